"""The balances with which a group that was kept on paper begins: drafted, judged, posted in one piece, taken back in one.

Loans and lenders' loans opened here live on as ordinary ones: their schedule runs from the balance that is left.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, MemberId, VoucherId, new_uid
from desktop.models.kinds import (
    EntryKind,
    LoanDirection,
    LoanEventKind,
    LoanStage,
    OpeningState,
    Paper,
)
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import ExternalMove, ExternalSource, Group, Loan, OpeningBalance, Voucher
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of
from desktop.models.rules.loan_products import offer
from desktop.models.rules.loans.schedule import BadSchedule
from desktop.models.rules.opening import (
    LenderOpening,
    LoanOpening,
    MemberOpening,
    OpeningFacts,
    OpeningSheet,
    SourceOpening,
    check_opening,
    product_of,
    request_of,
    sides,
)
from desktop.models.rules.plain import BadText, from_text, to_text
from desktop.services import drafts, external_funds
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.drafts import drop_in, keep_in
from desktop.services.external_funds import SourceData, moves_in, note_move
from desktop.services.facts import members_in_order, rules_on
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.loan_facts import rows_of
from desktop.services.loan_ledger import NewEvent, add_events, settle
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.dates import show_day
from resources.lang.messages import _, speaking

DRAFT = "opening"
"""The kind of draft that is kept while the balances are typed; its key is the group."""
_CHANGED = (Topic.GROUPS, Topic.ENTRIES, Topic.LOANS, Topic.DRAFTS)


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member on the list that is filled in."""

    id: MemberId
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """Opening balances that were posted, or taken back."""

    id: int
    group: GroupId
    sheet: OpeningSheet
    total: int
    state: OpeningState
    reason: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class OpeningDesk:
    """All that the screen of a group's opening shows: the facts, the members, the draft, what is posted."""

    facts: OpeningFacts
    members: tuple[MemberLine, ...]
    has_compulsory: bool
    draft: OpeningSheet | None
    posted: OpeningRow | None


@dataclass(frozen=True, slots=True)
class Opened:
    """Opening balances just posted: their key and vouchers, and the loans that go on."""

    opening: int
    vouchers: tuple[PostedVoucher, ...]
    loans: tuple[LoanId, ...]


# -- questions -------------------------------------------------------------------------------------


def facts_in(session: Session, group: GroupId, day: date, today: date) -> OpeningFacts:
    """Return what the balances of a day are judged by."""
    rules = rules_on(session, group, day)
    undoing = table_of(Voucher).alias("undoing")
    first = session.scalar(
        select(func.min(Voucher.day))
        .outerjoin(undoing, undoing.c.reverses_id == Voucher.id)
        .where(Voucher.group_id == group, Voucher.reverses_id.is_(None), undoing.c.id.is_(None))
    )
    return OpeningFacts(
        share_value=rules.share_value,
        members=frozenset(int(row.member_id) for row in members_in_order(session, group, day)),
        today=today,
        founded=session.get_one(Group, group).founded,
        first_voucher=first,
        posted=_posted(session, group) is not None,
    )


def _posted(session: Session, group: GroupId) -> OpeningBalance | None:
    return session.scalars(
        select(OpeningBalance).where(
            OpeningBalance.group_id == group, OpeningBalance.state == OpeningState.POSTED
        )
    ).one_or_none()


def desk(book: Book, group: GroupId, day: date, today: date) -> OpeningDesk:
    """Return what the screen shows for balances of a day."""
    kept = drafts.find(book, DRAFT, str(group))
    draft = None
    if kept is not None:
        try:
            draft = from_text(OpeningSheet, kept.content)
        except BadText:
            draft = None
    with book.read() as session:
        row = _posted(session, group)
        on = day if draft is None else draft.day
        rules = rules_on(session, group, on)
        return OpeningDesk(
            facts_in(session, group, on, today),
            tuple(
                MemberLine(one.member_id, one.code, one.full_name)
                for one in members_in_order(session, group, on)
            ),
            bool(rules.compulsory_saving),
            draft,
            None if row is None else _row(row),
        )


def _row(row: OpeningBalance) -> OpeningRow:
    return OpeningRow(
        row.id,
        GroupId(row.group_id),
        from_text(OpeningSheet, row.content),
        row.total,
        row.state,
        row.reason,
        row.recorded_at,
        row.recorded_by,
    )


def find(book: Book, group: GroupId) -> OpeningRow | None:
    """Return the opening balances of a group that stand."""
    with book.read() as session:
        row = _posted(session, group)
        return None if row is None else _row(row)


# -- deeds -----------------------------------------------------------------------------------------


def keep_draft(book: Book, group: GroupId, sheet: OpeningSheet, act: Act) -> Outcome[None]:
    """Keep what was typed so far."""
    return drafts.keep(book, DRAFT, str(group), to_text(sheet), act)


def open_group(book: Book, group: GroupId, sheet: OpeningSheet, act: Act) -> Outcome[Opened]:
    """Post the balances in one transaction. Raises Refusal unless both sides and all totals agree."""
    with book.write(act) as session, speaking(PLAIN.language):
        opened = open_in(session, group, sheet, act)
    return Outcome(opened, Changed.of(*_CHANGED, group=group))


def open_in(session: Session, group: GroupId, sheet: OpeningSheet, act: Act) -> Opened:
    """Post the balances inside an open write; see `open_group`."""
    known = facts_in(session, group, sheet.day, act.today)
    refuse_if_stopped(check_opening(known, sheet))
    vouchers = post(session, _drafts(group, sheet, known.share_value))
    for source in sheet.sources:
        vouchers.append(_open_source(session, group, source, sheet.day, act))
    loans = []
    running: list[LoanOpening | LenderOpening] = [*sheet.loans, *sheet.lenders]
    for row in running:
        loan, posted = _open_loan(session, group, row, sheet.day, act)
        loans.append(loan)
        vouchers += posted
    record = OpeningBalance(
        uid=new_uid(),
        group_id=group,
        day=sheet.day,
        total=sides(sheet, known.share_value).assets,
        content=to_text(sheet),
        vouchers=json.dumps([voucher.id for voucher in vouchers]),
        loans=json.dumps(loans),
        agreed_by=", ".join(name.strip() for name in (sheet.handed_by, sheet.received_by) if name.strip()),
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(record)
    session.flush()
    drop_in(session, DRAFT, str(group))
    return Opened(record.id, tuple(vouchers), tuple(loans))


def _journal(
    group: GroupId, day: date, entries: list[Entry], text: str, member: int | None = None
) -> VoucherDraft:
    return VoucherDraft(
        group=group,
        paper=Paper.JOURNAL,
        day=day,
        lines=lines_of(entries),
        text=text,
        member=None if member is None else MemberId(member),
    )


def _drafts(group: GroupId, sheet: OpeningSheet, share_value: int) -> list[VoucherDraft]:
    """Return the vouchers of boxes and members; the social fund that is nobody's part stands with the boxes."""
    common = sheet.social_cash - sum(row.social for row in sheet.members)
    boxes = [
        Entry(kind, amount)
        for kind, amount in (
            (EntryKind.OPENING_CASH, sheet.cash),
            (EntryKind.OPENING_BANK, sheet.bank),
            (EntryKind.OPENING_SOCIAL, common),
        )
        if amount
    ]
    text = _("theo sổ giấy")
    found = [_journal(group, sheet.day, boxes, text)] if boxes else []
    for row in sheet.members:
        entries = _member_entries(row, share_value)
        if entries:
            found.append(_journal(group, sheet.day, entries, text, row.member))
    return found


def _member_entries(row: MemberOpening, share_value: int) -> list[Entry]:
    member = MemberId(row.member)
    wanted = (
        (EntryKind.OPENING_SAVINGS, row.savings, 0),
        (EntryKind.OPENING_COMPULSORY, row.compulsory, 0),
        (EntryKind.OPENING_SHARES, row.shares * share_value, row.shares),
        (EntryKind.OPENING_SOCIAL, row.social, 0),
        (EntryKind.OPENING_FINES, row.fines, 0),
    )
    return [Entry(kind, amount, member, units=units) for kind, amount, units in wanted if amount]


def _open_source(
    session: Session, group: GroupId, source: SourceOpening, day: date, act: Act
) -> PostedVoucher:
    """Post what is left of a source, written down anew unless it is known and empty (opened once before)."""
    known = session.scalars(
        select(ExternalSource).where(
            ExternalSource.group_id == group,
            ExternalSource.kind == source.kind,
            ExternalSource.funder == source.funder.strip(),
            ExternalSource.agreement == source.agreement.strip(),
        )
    ).all()
    key = next((row.id for row in known if not moves_in(session, row.id)), None)
    if key is None:
        data = SourceData(
            source.kind,
            source.funder,
            source.agreement,
            purpose=source.purpose,
            conditions=source.conditions,
        )
        key = external_funds.add_in(session, group, data, act)
    kind = EntryKind.OPENING_EXTERNAL if source.kind.owed else EntryKind.OPENING_GRANT
    words = [_("theo sổ giấy"), source.funder.strip(), source.agreement.strip()]
    text = ", ".join(word for word in words if word)
    voucher = post(session, [_journal(group, day, [Entry(kind, source.amount)], text)])[0]
    note_move(session, key, voucher.id, day, source.amount)
    return voucher


def _open_loan(
    session: Session, group: GroupId, row: LoanOpening | LenderOpening, day: date, act: Act
) -> tuple[LoanId, list[PostedVoucher]]:
    """Let a running loan go on: its terms from the balance that is left, handed over by the opening's voucher."""
    product = product_of(row.terms, row.amount, day)
    try:
        made = offer(product, request_of(row.terms, row.amount, day))
    except (BadSchedule, ValueError) as error:
        text = _("Không lập được lịch trả hợp lệ cho dư nợ còn lại.")
        raise Refusal([Problem.stop("schedule", "loans", text)]) from error
    member = row.member if isinstance(row, LoanOpening) else None
    loan = Loan(
        uid=new_uid(),
        code=next_code(session, Loan),
        group_id=group,
        member_id=member,
        direction=LoanDirection.OUT if isinstance(row, LoanOpening) else LoanDirection.IN,
        lender="" if isinstance(row, LoanOpening) else row.lender.strip(),
        stage=LoanStage.APPROVED,
        purpose=row.purpose.strip(),
        amount=row.amount,
        applied_on=day,
        decided_on=day,
        contract=row.contract.strip(),
        terms=to_text(made.terms),
        rule=to_text(product),
    )
    session.add(loan)
    session.flush()
    key = LoanId(loan.id)
    kind = EntryKind.OPENING_LOAN if isinstance(row, LoanOpening) else EntryKind.OPENING_LENDER
    entry = Entry(kind, row.amount, None if member is None else MemberId(member), key)
    text = ", ".join(word for word in (_("theo sổ giấy"), loan.code, row.contract.strip()) if word)
    vouchers = post(session, [_journal(group, day, [entry], text, member)])
    event = NewEvent(LoanEventKind.DISBURSEMENT, day, row.amount, voucher=vouchers[0].id, note=text)
    add_events(session, key, [event])
    vouchers += settle(session, key, act.today)
    return key, vouchers


def take_back(book: Book, group: GroupId, reason: str, act: Act) -> Outcome[int]:
    """Take the balances back with a reason while nothing later depends on them; what was typed becomes a draft again.

    Raises Refusal that names what depends on them.
    """
    with book.write(act) as session, speaking(PLAIN.language):
        record = _posted(session, group)
        if record is None:
            raise Refusal([Problem.stop("none", "", _("Nhóm chưa có số dư đầu."))])
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        vouchers = [VoucherId(key) for key in json.loads(record.vouchers)]
        loans = [LoanId(key) for key in json.loads(record.loans)]
        refuse_if_stopped([*_later_on_loans(session, loans), *_later_on_sources(session, vouchers)])
        reverse(session, vouchers, reason.strip())
        for loan in loans:
            undo = NewEvent(LoanEventKind.UNDO, act.today, detail={"target": 1}, note=reason.strip())
            add_events(session, loan, [undo])
            settle(session, loan, act.today)
            session.get_one(Loan, loan).stage = LoanStage.CANCELLED
        record.state, record.reason = OpeningState.REVERSED, reason.strip()
        key = record.id
        keep_in(session, DRAFT, str(group), record.content, act)
    return Outcome(key, Changed.of(*_CHANGED, group=group))


def _later_on_loans(session: Session, loans: list[LoanId]) -> list[Problem]:
    found = []
    for loan, events in rows_of(session, loans).items():
        undone = {json.loads(row.detail)["target"] for row in events if row.kind is LoanEventKind.UNDO}
        later = [row for row in events if row.seq > 1 and row.kind is not LoanEventKind.UNDO]
        later = [row for row in later if row.seq not in undone]
        if later:
            text = _("Khoản vay {code} đã có diễn biến ngày {day}; hãy hủy diễn biến đó trước.")
            code = session.get_one(Loan, loan).code
            found.append(Problem.stop("loan-later", "", text.format(code=code, day=show_day(later[0].day))))
    return found


def _later_on_sources(session: Session, vouchers: list[VoucherId]) -> list[Problem]:
    """A source that was opened and has given money back since must be cleared first."""
    found = []
    opened = session.scalars(select(ExternalMove).where(ExternalMove.voucher_id.in_(vouchers))).all()
    for move in opened:
        later = [one for one in moves_in(session, move.source_id) if one.id != move.id and one.amount < 0]
        if later:
            funder = session.get_one(ExternalSource, move.source_id).funder
            text = _("Nguồn vốn {funder} đã hoàn trả ngày {day}; hãy hủy lần hoàn đó trước.")
            found.append(
                Problem.stop("source-later", "", text.format(funder=funder, day=show_day(later[0].day)))
            )
    return found


def without_strangers(sheet: OpeningSheet, members: frozenset[int]) -> OpeningSheet:
    """Return a sheet without people who do not belong to the group on its day (the day was changed)."""
    return replace(
        sheet,
        members=tuple(row for row in sheet.members if row.member in members),
        loans=tuple(row for row in sheet.loans if row.member in members),
    )
