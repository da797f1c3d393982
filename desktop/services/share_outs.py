"""The end of a cycle: what stands in the way, the division worked out, posted in one piece, taken back in one piece."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, LoanId, MemberId, VoucherId, new_uid
from desktop.models.kinds import (
    Account,
    CycleState,
    EntryKind,
    LoanChoice,
    LoanEventKind,
    LoanStage,
    OpeningState,
    Paper,
    RemainderRule,
)
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    AccountRow,
    Cycle,
    Draft,
    Loan,
    Meeting,
    Member,
    Membership,
    OfficeTerm,
    PeriodClosing,
    Posting,
    ShareOut,
    Voucher,
)
from desktop.models.rules import loan_sheet
from desktop.models.rules.closing import (
    EARNED,
    SPENT,
    ClosingChoices,
    ClosingFacts,
    ClosingPlan,
    Officer,
    OpenDebt,
    Payout,
    ShareMember,
    check,
    work_out,
)
from desktop.models.rules.entries import Entry, Line, VoucherDraft, lines_of, paper_for
from desktop.models.rules.templates import cycle_end
from desktop.models.savings_kinds import SavingsKind
from desktop.services import memberships
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances, member_holdings
from desktop.services.drafts import drop_in
from desktop.services.facts import cycles_of, members_in_order, rules_on
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.loan_facts import rows_of
from desktop.services.loan_ledger import open_loan, settle
from desktop.services.loans import Repay, repay_in, undo_in
from desktop.services.periods import closed_through
from desktop.services.savings_facts import terms_on
from desktop.services.savings_interest import uncredited_in
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.messages import _, speaking
from resources.lang.names import join_name

DRAFT = "share-out"
"""The kind of draft that the page keeps while the group decides."""
_CHANGED = (Topic.GROUPS, Topic.ENTRIES, Topic.LOANS, Topic.PERIODS, Topic.DRAFTS)


@dataclass(frozen=True, slots=True)
class ShareOutPosted:
    """A share-out just posted: its vouchers and the cycle that begins."""

    share_out: int
    vouchers: tuple[PostedVoucher, ...]
    next_cycle: CycleId


# -- questions -------------------------------------------------------------------------------------


def facts(book: Book, group: GroupId, day: date, today: date) -> ClosingFacts:
    """Return what a share-out on a day is judged by."""
    with book.read() as session:
        return facts_in(session, group, day, today)


def facts_in(session: Session, group: GroupId, day: date, today: date) -> ClosingFacts:
    """Return what a share-out is judged by inside an open session."""
    rules = rules_on(session, group, day)
    cycles = cycles_of(session, group)
    cycle = next((one for one in cycles if one.state is CycleState.OPEN), cycles[-1] if cycles else None)
    holdings = member_holdings(session, group, day)
    balances = group_balances(session, group, day)
    members = []
    for row in members_in_order(session, group, day):
        held = holdings.get(row.member_id, {})

        def of(account: Account, held: dict[Account, object] = held) -> int:  # type: ignore[assignment]
            return held[account].amount if account in held else 0  # type: ignore[attr-defined]

        members.append(
            ShareMember(
                row.member_id,
                row.code,
                row.full_name,
                held[Account.SHARES].units if Account.SHARES in held else 0,
                of(Account.SHARES),
                of(Account.SAVINGS),
                of(Account.COMPULSORY_SAVINGS),
                of(Account.FINES_OWED),
            )
        )
    return ClosingFacts(
        group=group,
        cycle=None if cycle is None else cycle.id,
        number=0 if cycle is None else cycle.number,
        starts=day if cycle is None else cycle.starts,
        ends=day if cycle is None else cycle.ends,
        open=cycle is not None and cycle.state is CycleState.OPEN,
        day=day,
        today=today,
        unit=rules.share_out_unit,
        has_shares=bool(balances.get(Account.SHARES)) or rules.has_shares,
        members=tuple(members),
        debts=tuple(_debts(session, group, day)),
        balances=balances,
        over_short=_over_short(session, group, day),
        officers=tuple(_officers(session, group, day)),
        last_day=session.scalar(select(func.max(Voucher.day)).where(Voucher.group_id == group)),
        unposted=_unposted(session, group),
        uncredited=uncredited_in(session, group, day),
        savings_terms=tuple(
            terms
            for terms in (terms_on(session, group, kind, day) for kind in SavingsKind)
            if terms is not None
        ),
    )


def _debts(session: Session, group: GroupId, day: date) -> list[OpenDebt]:
    loans = session.execute(
        select(Loan.id, Loan.code, Loan.member_id, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == Loan.member_id)
        .where(Loan.group_id == group, Loan.stage == LoanStage.ACTIVE)
        .order_by(Loan.id)
    )
    found = []
    for key, code, member, family, middle, given in loans:
        known = open_loan(session, LoanId(key))
        principal = known.state(day).principal_outstanding
        if principal or loan_sheet.settle_amount(known, day):
            payoff = loan_sheet.settle_amount(known, day)
            name = join_name(family, middle, given)
            found.append(OpenDebt(LoanId(key), code, MemberId(member or 0), name, principal, payoff))
    return found


def _over_short(session: Session, group: GroupId, day: date) -> int:
    """Return what counting the loan-fund box has brought (or cost), without the social-fund box, in đồng."""
    total = session.scalar(
        select(func.coalesce(func.sum(Posting.amount), 0))
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(
            AccountRow.group_id == group,
            AccountRow.account == int(Account.OVER_SHORT),
            Posting.kind.not_in([int(EntryKind.SOCIAL_OVER), int(EntryKind.SOCIAL_SHORT)]),
            Posting.day <= day,
        )
    )
    return -int(total or 0)


def _officers(session: Session, group: GroupId, day: date) -> list[Officer]:
    rows = session.execute(
        select(Member.id, Member.family, Member.middle, Member.given, OfficeTerm.office)
        .join(OfficeTerm, OfficeTerm.member_id == Member.id)
        .where(
            OfficeTerm.group_id == group,
            OfficeTerm.since <= day,
            or_(OfficeTerm.until.is_(None), OfficeTerm.until >= day),
        )
        .order_by(OfficeTerm.id)
    )
    found: dict[int, Officer] = {}
    for key, family, middle, given, office in rows:
        found.setdefault(key, Officer(MemberId(key), join_name(family, middle, given), office.title))
    return list(found.values())


def _unposted(session: Session, group: GroupId) -> bool:
    keys = session.scalars(select(Draft.key).where(Draft.kind == "meeting"))
    return any(key.split("/")[0] == str(group) for key in keys)


# -- posting ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Divide:
    """Divide the fund on a day, as decided. `paid` is the sum that was approved: another one is refused."""

    group: GroupId
    day: date
    choices: ClosingChoices
    paid: int | None = None


def divide(book: Book, command: Divide, act: Act) -> Outcome[ShareOutPosted]:
    """Post the share-out in one transaction: count, netted loans and fines, income closed, payouts, the next cycle.

    Raises Refusal with all that stands in the way; nothing is posted then.
    """
    with book.write(act) as session, speaking(PLAIN.language):
        done = divide_in(session, command, act)
    return Outcome(done, Changed.of(*_CHANGED, group=command.group))


def divide_in(session: Session, command: Divide, act: Act) -> ShareOutPosted:
    """Post a share-out inside an open write; see `divide`."""
    known = facts_in(session, command.group, command.day, act.today)
    choices = command.choices
    refuse_if_stopped(check(known, choices))
    plan = work_out(known, choices)
    if command.paid is not None and plan.paid != command.paid:
        text = _("Số liệu đã thay đổi từ khi duyệt; hãy xem lại bảng chia rồi duyệt lại.")
        raise Refusal([Problem.stop("changed", "", text)])
    vouchers = _settle_first(session, known, choices, plan, act)
    _same_as_planned(session, known, choices, plan, act)
    vouchers += post(session, _drafts(session, known, choices, plan))
    record = _write_down(session, known, choices, plan, vouchers, act)
    drop_in(session, DRAFT, str(command.group))
    assert record.next_cycle_id is not None
    return ShareOutPosted(record.id, tuple(vouchers), CycleId(record.next_cycle_id))


def _settle_first(
    session: Session, known: ClosingFacts, choices: ClosingChoices, plan: ClosingPlan, act: Act
) -> list[PostedVoucher]:
    """Post the counted difference, the loans and fines that are taken off."""
    posted: list[PostedVoucher] = []
    if plan.difference:
        kind = EntryKind.OVER if plan.difference > 0 else EntryKind.SHORT
        entry = Entry(kind, abs(plan.difference))
        posted += post(session, [_voucher(known, [entry], choices.difference_reason.strip())])
    for debt in known.debts:
        if choices.choice(debt) is LoanChoice.NET and debt.payoff:
            text = _("Trừ vào tiền chia cổ phần")
            posted += repay_in(session, Repay(debt.id, known.day, debt.payoff, note=text), act).vouchers
    if not choices.carry_fines:
        drafts = [
            _voucher(known, [Entry(EntryKind.FINE_PAID, member.fines, member=member.id)], "", member.id)
            for member in known.members
            if member.fines
        ]
        posted += post(session, drafts)
    return posted


def _same_as_planned(
    session: Session, known: ClosingFacts, choices: ClosingChoices, plan: ClosingPlan, act: Act
) -> None:
    """Make sure that what the ledger says now is what was worked out; anything else is a mistake of ours."""
    now = facts_in(session, known.group, known.day, act.today)
    again = work_out(now, replace(choices, counted=None, loans=_carried(known, choices)))
    if (again.net_owned, again.net_equity, again.divided) != (plan.net_owned, plan.net_equity, plan.divided):
        raise RuntimeError("the ledger does not follow the share-out that was worked out")


def _carried(known: ClosingFacts, choices: ClosingChoices) -> dict[LoanId, LoanChoice]:
    return {debt.id: choices.choice(debt) for debt in known.debts}


def _voucher(
    known: ClosingFacts, entries: Sequence[Entry], text: str, member: MemberId | None = None
) -> VoucherDraft:
    return VoucherDraft(
        group=known.group,
        paper=paper_for(entries),
        day=known.day,
        lines=lines_of(entries),
        text=text or _("Chia cổ phần chu kỳ {number}").format(number=known.number),
        member=member,
    )


def _drafts(
    session: Session, known: ClosingFacts, choices: ClosingChoices, plan: ClosingPlan
) -> list[VoucherDraft]:
    """Return the vouchers of the division itself: income closed, one payment a member, the remainder."""
    drafts = [_closing_voucher(session, known)]
    for line in plan.lines:
        entries = _entries(known, line)
        if entries:
            drafts.append(_voucher(known, entries, "", line.member.id))
    if plan.remainder and choices.remainder is RemainderRule.SOCIAL:
        drafts.append(
            _voucher(
                known,
                [
                    Entry(EntryKind.SHARE_OUT_TO_SOCIAL, plan.remainder),
                    Entry(EntryKind.SOCIAL_FROM_SHARE_OUT, plan.remainder),
                ],
                "",
            )
        )
    return [draft for draft in drafts if draft.lines]


def _closing_voucher(session: Session, known: ClosingFacts) -> VoucherDraft:
    """Return the voucher that brings income and expenses of the cycle into the surplus, account by account."""
    balances = group_balances(session, known.group, known.day)
    lines, surplus = [], 0
    for account in (*EARNED, *SPENT):
        amount = balances.get(account, 0)
        signed = amount if account in EARNED else -amount
        if amount:
            lines.append(Line(account, signed, EntryKind.CYCLE_CLOSE))
            surplus -= signed
    over_short = _over_short(session, known.group, known.day)
    if over_short:
        lines.append(Line(Account.OVER_SHORT, over_short, EntryKind.CYCLE_CLOSE))
        surplus -= over_short
    if surplus:
        lines.append(Line(Account.SURPLUS, surplus, EntryKind.CYCLE_CLOSE))
    return VoucherDraft(
        group=known.group,
        paper=Paper.JOURNAL,
        day=known.day,
        lines=tuple(lines),
        text=_("Kết chuyển thu chi chu kỳ {number}").format(number=known.number),
    )


def _entries(known: ClosingFacts, line: Payout) -> list[Entry]:
    member, found = line.member, []
    capital = min(member.capital, line.payout)
    if capital or (member.units and not member.capital):
        found.append(Entry(EntryKind.SHARES_OUT, capital, member=member.id, units=member.units))
    if line.payout > member.capital:
        found.append(Entry(EntryKind.SHARE_OUT_PROFIT, line.payout - member.capital, member=member.id))
    if line.payout < member.capital:
        units = 0 if capital else member.units
        loss = member.capital - line.payout
        found.append(Entry(EntryKind.SHARE_OUT_LOSS, loss, member=member.id, units=units))
    if line.savings:
        for kind, amount in (
            (EntryKind.SAVINGS_OUT, member.savings),
            (EntryKind.COMPULSORY_OUT, member.compulsory),
        ):
            if amount:
                found.append(Entry(kind, amount, member=member.id))
    return [entry for entry in found if entry.amount]


def _write_down(
    session: Session,
    known: ClosingFacts,
    choices: ClosingChoices,
    plan: ClosingPlan,
    vouchers: Sequence[PostedVoucher],
    act: Act,
) -> ShareOut:
    assert known.cycle is not None
    cycle = session.get_one(Cycle, known.cycle)
    ended = cycle.ends
    cycle.ends, cycle.state = known.day, CycleState.CLOSED
    starts = known.day + timedelta(days=1)
    coming = Cycle(
        uid=new_uid(),
        group_id=known.group,
        number=known.number + 1,
        starts=starts,
        ends=choices.next_ends or cycle_end(starts),
    )
    session.add(coming)
    before = closed_through(session, known.group)
    session.add(
        PeriodClosing(
            uid=new_uid(),
            group_id=known.group,
            through=known.day,
            reason=_("Chia cổ phần chu kỳ {number}").format(number=known.number),
            at=act.at,
            by=act.who,
        )
    )
    for membership in memberships.current_memberships(session, known.group):
        if membership.member_id in choices.leaving:
            memberships.end_in(session, membership, known.day, _("Không tham gia chu kỳ mới"))
    session.flush()
    names = {officer.id: f"{officer.name} ({officer.office})" for officer in known.officers}
    record = ShareOut(
        uid=new_uid(),
        group_id=known.group,
        cycle_id=known.cycle,
        next_cycle_id=coming.id,
        cycle_ended=ended,
        day=known.day,
        net=plan.net_owned,
        divided=plan.divided,
        paid=plan.paid,
        remainder=plan.remainder,
        unit=known.unit,
        approved_by="; ".join(names[one] for one in choices.approvers),
        minutes=choices.minutes.strip(),
        plan=_plan_text(known, choices, plan),
        vouchers=json.dumps([voucher.id for voucher in vouchers]),
        closed_before=before,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(record)
    session.flush()
    return record


def _plan_text(known: ClosingFacts, choices: ClosingChoices, plan: ClosingPlan) -> str:
    """Return the figures of every member as JSON, as they were decided."""
    return json.dumps(
        {
            "lines": [
                {
                    "member": line.member.id,
                    "units": line.member.units,
                    "capital": line.member.capital,
                    "payout": line.payout,
                    "loans": line.loans,
                    "fines": line.fines,
                    "savings": line.savings,
                }
                for line in plan.lines
            ],
            "shares": plan.shares,
            "carried": plan.carried,
            "remainder_to": choices.remainder.value,
            "netted": [debt.id for debt in known.debts if choices.choice(debt) is LoanChoice.NET],
            "leaving": sorted(choices.leaving),
        },
        sort_keys=True,
    )


# -- taking back -----------------------------------------------------------------------------------


def take_back(book: Book, share_out: int, reason: str, act: Act) -> Outcome[None]:
    """Take a whole share-out back with a reason, while nothing was posted or held after it. Raises Refusal."""
    with book.write(act) as session, speaking(PLAIN.language):
        record = session.get_one(ShareOut, share_out)
        group = GroupId(record.group_id)
        vouchers = [int(key) for key in json.loads(record.vouchers)]
        refuse_if_stopped(_check_taking_back(session, record, vouchers, reason))
        session.add(
            PeriodClosing(
                uid=new_uid(),
                group_id=group,
                through=record.closed_before,
                reason=reason.strip(),
                at=act.at,
                by=act.who,
            )
        )
        session.flush()
        rest = _undo_loans(session, record, vouchers, reason.strip())
        reverse(session, [VoucherId(key) for key in reversed(rest)], reason.strip())
        for loan in json.loads(record.plan)["netted"]:
            settle(session, LoanId(loan), act.today)
        _reopen(session, record)
        record.state, record.reason = OpeningState.REVERSED, reason.strip()
    return Outcome(None, Changed.of(*_CHANGED, group=group))


def _check_taking_back(
    session: Session, record: ShareOut, vouchers: Sequence[int], reason: str
) -> list[Problem]:
    found = []
    if not reason.strip():
        found.append(Problem.stop("reason", "reason", _("Hãy ghi lý do.")))
    if record.state is OpeningState.REVERSED:
        found.append(Problem.stop("reversed", "", _("Lần chia này đã được hủy rồi.")))
    later = session.scalar(
        select(func.count())
        .select_from(Voucher)
        .where(Voucher.group_id == record.group_id, Voucher.id > max(vouchers, default=0))
    )
    met = session.scalar(
        select(func.count()).select_from(Meeting).where(Meeting.cycle_id == record.next_cycle_id)
    )
    if later or met:
        found.append(
            Problem.stop(
                "later", "", _("Đã có chứng từ hoặc buổi họp sau lần chia; hãy hủy những việc đó trước.")
            )
        )
    return found


def _undo_loans(session: Session, record: ShareOut, vouchers: Sequence[int], reason: str) -> list[int]:
    """Undo the repayments that were netted; return the vouchers that remain to be reversed."""
    rest = list(vouchers)
    for loan in json.loads(record.plan)["netted"]:
        for row in rows_of(session, [LoanId(loan)])[LoanId(loan)]:
            if row.kind is LoanEventKind.REPAYMENT and row.voucher_id in rest:
                rest.remove(row.voucher_id)
                undo_in(session, LoanId(loan), row.seq, reason)
    # What the replay adjusted was reversed with its repayment.
    reversed_already = set(session.scalars(select(Voucher.reverses_id).where(Voucher.reverses_id.in_(rest))))
    return [voucher for voucher in rest if voucher not in reversed_already]


def _reopen(session: Session, record: ShareOut) -> None:
    cycle = session.get_one(Cycle, record.cycle_id)
    coming = session.get_one(Cycle, record.next_cycle_id)
    record.next_cycle_id = None
    session.flush()
    session.delete(coming)
    cycle.ends, cycle.state = record.cycle_ended, CycleState.OPEN
    leaving = json.loads(record.plan)["leaving"]
    ended = session.scalars(
        select(Membership).where(
            Membership.group_id == record.group_id,
            Membership.member_id.in_(leaving),
            Membership.left == record.day,
        )
    )
    for membership in ended:
        membership.left, membership.reason = None, ""
    session.flush()


# -- lists -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShareOutRow:
    """A share-out in a list, in đồng."""

    id: int
    cycle: int
    day: date
    net: int
    paid: int
    remainder: int
    shares: int
    approved_by: str
    state: OpeningState

    @property
    def value_per_share(self) -> int | None:
        """Return the value of a share, rounded down; None without shares."""
        return None if not self.shares else (self.paid + self.remainder) // self.shares


def listed(book: Book, group: GroupId) -> list[ShareOutRow]:
    """Return the share-outs of a group, the latest first."""
    with book.read() as session:
        rows = session.execute(
            select(ShareOut, Cycle.number)
            .join(Cycle, Cycle.id == ShareOut.cycle_id)
            .where(ShareOut.group_id == group)
            .order_by(ShareOut.id.desc())
        )
        return [
            ShareOutRow(
                row.id,
                number,
                row.day,
                row.net,
                row.paid,
                row.remainder,
                int(json.loads(row.plan)["shares"]),
                row.approved_by,
                row.state,
            )
            for row, number in rows
        ]
