"""Outside money of a group by source: revolving funds, grants, loans without a schedule; received, given back, owed.

All of it stands on the group's accounts for outside money; which voucher belongs to which source is kept beside
(`ExternalMove`), so a source is a sub-account. A loan with a repayment schedule is a lender's loan
(`services.lender_loans`) and is listed here with its balance.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, LoanId, VoucherId, new_uid
from desktop.models.kinds import Account, EntryKind, LoanDirection
from desktop.models.money_kinds import SourceKind
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.base import table_of
from desktop.models.records.every import AccountRow, ExternalMove, ExternalSource, Posting, Voucher
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for, show_number
from desktop.models.rules.outside_money import Move, check_move, check_source
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances
from desktop.services.ledger import PostedVoucher, post
from desktop.services.loan_lists import LoanFilter
from desktop.services.loan_lists import listed as listed_loans
from desktop.store.book import Book
from resources.lang.messages import _

_CHANGED = (Topic.ENTRIES, Topic.GROUPS)
_IN = {
    (True, False): EntryKind.EXTERNAL_IN,
    (True, True): EntryKind.EXTERNAL_IN_BANK,
    (False, False): EntryKind.GRANT_IN,
    (False, True): EntryKind.GRANT_IN_BANK,
}
_OUT = {
    (True, False): EntryKind.EXTERNAL_OUT,
    (True, True): EntryKind.EXTERNAL_OUT_BANK,
    (False, False): EntryKind.GRANT_BACK,
    (False, True): EntryKind.GRANT_BACK_BANK,
}
"""The kind of entry by whether the source is owed, and whether the money goes through the bank."""


@dataclass(frozen=True, slots=True)
class SourceData:
    """A source of outside money as agreed upon; `agreed` in đồng, 0: not said."""

    kind: SourceKind
    funder: str
    agreement: str = ""
    agreed_on: date | None = None
    agreed: int = 0
    purpose: str = ""
    conditions: str = ""
    return_by: date | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its money on a day, in đồng."""

    id: int
    group: GroupId
    data: SourceData
    received: int
    returned: int
    last_day: date | None

    @property
    def left(self) -> int:
        """Return what was received and not given back."""
        return self.received - self.returned

    @property
    def owed(self) -> int:
        """Return what the group owes: nothing of a grant."""
        return self.left if self.data.kind.owed else 0


@dataclass(frozen=True, slots=True)
class LenderRow:
    """A lender's loan with a schedule, and what is owed of it, in đồng."""

    loan: LoanId
    code: str
    lender: str
    amount: int
    owed: int


@dataclass(frozen=True, slots=True)
class OutsideMoney:
    """All outside money of a group on a day. `unnamed` is what was received without a source, in đồng."""

    sources: tuple[SourceRow, ...]
    lenders: tuple[LenderRow, ...]
    unnamed: int
    unnamed_vouchers: tuple[VoucherId, ...] = field(default=())

    @property
    def owed(self) -> int:
        """Return what the group owes in all."""
        return sum(row.owed for row in self.sources) + sum(row.owed for row in self.lenders) + self.unnamed


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One receipt or return of a source with what is left after it, in đồng."""

    voucher: VoucherId
    number: str
    day: date
    text: str
    received: int
    returned: int
    left: int


# -- deeds -----------------------------------------------------------------------------------------


def add(book: Book, group: GroupId, data: SourceData, act: Act) -> Outcome[int]:
    """Write down a source. Raises Refusal."""
    with book.write(act) as session:
        source = add_in(session, group, data, act)
    return Outcome(source, Changed.of(Topic.GROUPS, group=group))


def add_in(session: Session, group: GroupId, data: SourceData, act: Act) -> int:
    """Write down a source inside an open write; return its key."""
    _refuse_data(data)
    row = ExternalSource(
        uid=new_uid(),
        group_id=group,
        kind=data.kind,
        funder="",
        recorded_at=act.at,
        recorded_by=act.who,
    )
    _fill(row, data)
    session.add(row)
    session.flush()
    return row.id


def change(book: Book, source: int, data: SourceData, act: Act) -> Outcome[int]:
    """Correct what is said of a source; its kind stays once money has moved. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(ExternalSource, source)
        _refuse_data(data)
        if data.kind.owed is not row.kind.owed and moves_in(session, source):
            text = _("Nguồn này đã có thu chi; không đổi được giữa vốn phải trả và vốn không phải trả.")
            raise Refusal([Problem.stop("kind", "kind", text)])
        _fill(row, data)
        group = GroupId(row.group_id)
    return Outcome(source, Changed.of(Topic.GROUPS, group=group))


def _refuse_data(data: SourceData) -> None:
    refuse_if_stopped(check_source(data.kind, data.funder, data.agreed, data.agreed_on, data.return_by))


def _fill(row: ExternalSource, data: SourceData) -> None:
    row.kind, row.funder, row.agreement = data.kind, data.funder.strip(), data.agreement.strip()
    row.agreed_on, row.agreed, row.return_by = data.agreed_on, data.agreed, data.return_by
    row.purpose, row.conditions = data.purpose.strip(), data.conditions.strip()


@dataclass(frozen=True, slots=True)
class Pass:
    """Money of a source received, or given back (`back`), into or out of the box or the bank; in đồng, above 0."""

    source: int
    day: date
    amount: int
    back: bool = False
    bank: bool = False
    text: str = ""


def pass_on(book: Book, command: Pass, act: Act) -> Outcome[PostedVoucher]:
    """Post money received from a source or given back to it. Raises Refusal: above what was received, box empty."""
    with book.write(act) as session:
        row = session.get_one(ExternalSource, command.source)
        amount = -command.amount if command.back else command.amount
        known = [Move(move.day, move.amount) for move in moves_in(session, row.id)]
        refuse_if_stopped(check_move(known, Move(command.day, amount), act.today))
        kind = (_OUT if command.back else _IN)[row.kind.owed, command.bank]
        entry = Entry(kind, command.amount)
        words = [row.funder, row.agreement, command.text.strip()]
        voucher = post(
            session,
            [
                VoucherDraft(
                    group=GroupId(row.group_id),
                    paper=paper_for([entry]),
                    day=command.day,
                    lines=lines_of([entry]),
                    text=", ".join(word for word in words if word),
                )
            ],
        )[0]
        note_move(session, row.id, voucher.id, command.day, amount)
        group = GroupId(row.group_id)
    return Outcome(voucher, Changed.of(*_CHANGED, group=group))


def note_move(session: Session, source: int, voucher: VoucherId, day: date, amount: int) -> None:
    """Say which source a voucher's outside money belongs to."""
    session.add(ExternalMove(uid=new_uid(), source_id=source, voucher_id=voucher, day=day, amount=amount))
    session.flush()


def assign(book: Book, source: int, act: Act) -> Outcome[int]:
    """Give all outside money that was received without a source to one. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(ExternalSource, source)
        group = GroupId(row.group_id)
        if not row.kind.owed:
            text = _("Tiền này đã ghi là vốn phải trả; hãy chọn nguồn phải trả.")
            raise Refusal([Problem.stop("kind", "source", text)])
        waiting = _unnamed(session, group, act.today)
        if not waiting:
            raise Refusal([Problem.stop("none", "source", _("Không còn khoản nào chưa ghi rõ nguồn."))])
        for voucher, day, amount in waiting:
            note_move(session, source, voucher, day, amount)
    return Outcome(len(waiting), Changed.of(*_CHANGED, group=group))


# -- questions -------------------------------------------------------------------------------------


def moves_in(session: Session, source: int) -> list[ExternalMove]:
    """Return the moves of a source whose vouchers stand, by day."""
    undoing = table_of(Voucher).alias("undoing")
    return list(
        session.scalars(
            select(ExternalMove)
            .outerjoin(undoing, undoing.c.reverses_id == ExternalMove.voucher_id)
            .where(ExternalMove.source_id == source, undoing.c.id.is_(None))
            .order_by(ExternalMove.day, ExternalMove.id)
        )
    )


def _unnamed(session: Session, group: GroupId, day: date) -> list[tuple[VoucherId, date, int]]:
    """Return what was posted on the account of outside money without a source: voucher, day, amount received."""
    undoing = table_of(Voucher).alias("undoing")
    rows = session.execute(
        select(Voucher.id, Voucher.day, Posting.amount)
        .join(Posting, Posting.voucher_id == Voucher.id)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .outerjoin(undoing, undoing.c.reverses_id == Voucher.id)
        .where(
            Voucher.group_id == group,
            Voucher.day <= day,
            AccountRow.account == int(Account.EXTERNAL_FUNDS),
            Voucher.reverses_id.is_(None),
            undoing.c.id.is_(None),
            Voucher.id.not_in(select(ExternalMove.voucher_id)),
        )
        .order_by(Voucher.day, Voucher.id)
    )
    return [(VoucherId(voucher), on, -int(amount)) for voucher, on, amount in rows]


def outside_money(book: Book, group: GroupId, day: date) -> OutsideMoney:
    """Return all outside money of a group with what is owed of each source on a day."""
    lenders = [
        LenderRow(row.id, row.code, row.name, row.amount, row.outstanding)
        for row in listed_loans(book, LoanFilter(group=group, direction=LoanDirection.IN), day)
        if row.disbursed_on is not None and row.disbursed_on <= day
    ]
    with book.read() as session:
        waiting = _unnamed(session, group, day)
        return OutsideMoney(
            tuple(sources_in(session, group, day)),
            tuple(lenders),
            sum(amount for _voucher, _day, amount in waiting),
            tuple(voucher for voucher, _day, _amount in waiting),
        )


def sources_in(session: Session, group: GroupId, day: date) -> list[SourceRow]:
    """Return the sources of a group with their money on a day, inside an open session."""
    rows = session.scalars(
        select(ExternalSource).where(ExternalSource.group_id == group).order_by(ExternalSource.id)
    )
    return [_source_row(session, row, day) for row in rows]


def _source_row(session: Session, row: ExternalSource, day: date) -> SourceRow:
    moves = [move for move in moves_in(session, row.id) if move.day <= day]
    return SourceRow(
        row.id,
        GroupId(row.group_id),
        SourceData(
            row.kind,
            row.funder,
            row.agreement,
            row.agreed_on,
            row.agreed,
            row.purpose,
            row.conditions,
            row.return_by,
        ),
        sum(move.amount for move in moves if move.amount > 0),
        -sum(move.amount for move in moves if move.amount < 0),
        moves[-1].day if moves else None,
    )


def moves(book: Book, source: int) -> list[MoveRow]:
    """Return what came in and went back of a source, by day, with what is left after each."""
    found, left = [], 0
    with book.read() as session:
        for move in moves_in(session, source):
            voucher = session.get_one(Voucher, move.voucher_id)
            left += move.amount
            found.append(
                MoveRow(
                    VoucherId(voucher.id),
                    show_number(voucher.paper, voucher.number, voucher.year),
                    move.day,
                    voucher.text,
                    max(move.amount, 0),
                    max(-move.amount, 0),
                    left,
                )
            )
    return found


def agrees_in(session: Session, group: GroupId, day: date) -> bool:
    """Tell whether the sources (and what has none) add up to the accounts of outside money on a day."""
    held = group_balances(session, group, day)
    rows = sources_in(session, group, day)
    unnamed = sum(amount for _voucher, _day, amount in _unnamed(session, group, day))
    owed = sum(row.left for row in rows if row.data.kind.owed) + unnamed
    given = sum(row.left for row in rows if not row.data.kind.owed)
    return (owed, given) == (held.get(Account.EXTERNAL_FUNDS, 0), held.get(Account.GRANTS, 0))
