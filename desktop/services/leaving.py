"""One member leaves in the middle of a cycle: what they are paid by the group's rule, settled and ended in one deed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import EntryKind, LeavingRule
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.rules.closing import ClosingFacts, OpenDebt, ShareMember, net_owned
from desktop.models.rules.constitution import Rules
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.savings_kinds import SavingsKind
from desktop.services import memberships
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.facts import rules_on
from desktop.services.ledger import PostedVoucher, post
from desktop.services.loans import Repay, repay_in
from desktop.services.savings_limits import Wanted, withdrawal_problems
from desktop.services.savings_runs import settle_in, settlement_in
from desktop.services.share_outs import facts_in
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.dong import show_dong
from resources.lang.messages import _, speaking


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a leaver gets, in đồng: `shares` by the group's rule (`fee` already off), savings, less loans and fines.

    `savings` and `compulsory` hold the interest through the day, of which `interest` has not been credited yet.
    """

    member: MemberId
    name: str
    rule: LeavingRule
    units: int
    capital: int
    shares: int
    fee: int
    savings: int
    compulsory: int
    loans: int
    fines: int
    interest: int = 0

    @property
    def cash(self) -> int:
        """Return what is handed over; below zero the leaver still owes."""
        return self.shares + self.savings + self.compulsory - self.loans - self.fines


@dataclass(frozen=True, slots=True)
class Leave:
    """Let a member leave on a day with everything settled. `agreed`: warnings were accepted."""

    group: GroupId
    member: MemberId
    day: date
    reason: str = ""
    agreed: bool = False


def settlement(book: Book, group: GroupId, member: MemberId, day: date, today: date) -> Settlement:
    """Return what a member would be paid on a day. Raises Refusal when they do not belong to the group then."""
    with book.read() as session:
        return _settlement(session, facts_in(session, group, day, today), member)


def _settlement(session: Session, known: ClosingFacts, member: MemberId) -> Settlement:
    rules = rules_on(session, known.group, known.day)
    who = next((one for one in known.members if one.id == member), None)
    if who is None:
        raise Refusal([Problem.stop("not-member", "member", _("Người này không còn trong nhóm."))])
    debts = [debt for debt in known.debts if debt.member == member]
    shares, fee = _share_value(known, rules, who)
    lines = settlement_in(session, known.group, member, known.day)
    interest = {kind: lines[kind].total if kind in lines else 0 for kind in SavingsKind}
    return Settlement(
        member=member,
        name=who.name,
        rule=rules.leaving_rule,
        units=who.units,
        capital=who.capital,
        shares=shares,
        fee=fee,
        savings=who.savings + interest[SavingsKind.VOLUNTARY],
        compulsory=who.compulsory + interest[SavingsKind.COMPULSORY],
        interest=sum(interest.values()),
        loans=sum(debt.payoff for debt in debts),
        fines=who.fines,
    )


def _share_value(known: ClosingFacts, rules: Rules, who: ShareMember) -> tuple[int, int]:
    """Return what the shares are paid back with, and the fee that stays with the group."""
    if rules.leaving_rule is LeavingRule.CURRENT:
        units = sum(one.units for one in known.members)
        fund = max(net_owned(known), 0)
        value = fund * who.units // units // known.unit * known.unit if units else 0
        return value, 0
    if rules.leaving_rule is LeavingRule.LESS_FEE:
        fee = who.capital * rules.leaving_fee_percent // 100
        return who.capital - fee, fee
    return who.capital, 0


def leave(book: Book, command: Leave, act: Act) -> Outcome[tuple[PostedVoucher, ...]]:
    """Pay the leaver out, take loans and fines off, end the membership: one transaction. Raises Refusal."""
    with book.write(act) as session, speaking(PLAIN.language):
        known = facts_in(session, command.group, command.day, act.today)
        due = _settlement(session, known, command.member)
        refuse_if_stopped(
            [*_check(known, due, command), *_check_savings(session, known, command)], agreed=command.agreed
        )
        vouchers: list[PostedVoucher] = settle_in(session, command.group, command.member, command.day, act)
        vouchers += _pay(session, known, due, command, act)
        membership = next(
            one
            for one in memberships.current_memberships(session, command.group)
            if one.member_id == command.member
        )
        session.flush()
        refuse_if_stopped(
            memberships.leaving_problems(session, membership, command.day, act.today), agreed=command.agreed
        )
        memberships.end_in(session, membership, command.day, command.reason)
    changed = Changed.of(Topic.GROUPS, Topic.MEMBERS, Topic.ENTRIES, Topic.LOANS, group=command.group)
    return Outcome(tuple(vouchers), changed)


def _check(known: ClosingFacts, due: Settlement, command: Leave) -> list[Problem]:
    found = []
    if command.day > known.today:
        found.append(Problem.stop("future", "day", _("Ngày rời nhóm chưa tới.")))
    if due.cash < 0:
        found.append(
            Problem.stop(
                "owes",
                "day",
                _("{name} còn nợ nhiều hơn tiền được trả {short}; hãy thu nợ trước.").format(
                    name=due.name, short=show_dong(-due.cash)
                ),
            )
        )
    return found


def _check_savings(session: Session, known: ClosingFacts, command: Leave) -> list[Problem]:
    """Savings leave with their owner by the group's rules: with the notice agreed on. Loans are taken off first."""
    who = next(one for one in known.members if one.id == command.member)
    wanted = [
        Wanted(who.id, SavingsKind.VOLUNTARY, who.savings, "day"),
        Wanted(who.id, SavingsKind.COMPULSORY, who.compulsory, "day"),
    ]
    return withdrawal_problems(session, command.group, command.day, wanted, closing=True, owed={})


def _pay(
    session: Session, known: ClosingFacts, due: Settlement, command: Leave, act: Act
) -> list[PostedVoucher]:
    posted: list[PostedVoucher] = []
    for debt in _debts(known, command.member):
        text = _("Trừ vào tiền trả khi rời nhóm")
        posted += repay_in(session, Repay(debt.id, command.day, debt.payoff, note=text), act).vouchers
    entries = _entries(due)
    text = _("Thanh toán khi rời nhóm")
    if due.fines:
        entries_fine = [Entry(EntryKind.FINE_PAID, due.fines, member=due.member)]
        posted += post(session, [_voucher(command, entries_fine, text)])
    if entries:
        posted += post(session, [_voucher(command, entries, text)])
    return posted


def _debts(known: ClosingFacts, member: MemberId) -> list[OpenDebt]:
    return [debt for debt in known.debts if debt.member == member and debt.payoff]


def _entries(due: Settlement) -> list[Entry]:
    """Return what is paid out: shares, what they have gained or lost, savings."""
    found: list[Entry] = []
    base = min(due.shares, due.capital)
    if base:
        found.append(Entry(EntryKind.SHARES_OUT, base, member=due.member, units=due.units))
    if due.shares > due.capital:
        found.append(Entry(EntryKind.SHARE_OUT_PROFIT, due.shares - due.capital, member=due.member))
    lost = due.capital - due.shares - due.fee
    if due.fee:
        found.append(Entry(EntryKind.LEAVING_FEE, due.fee, member=due.member))
    if lost > 0:
        found.append(Entry(EntryKind.SHARE_OUT_LOSS, lost, member=due.member))
    if found and not base:
        found[0] = replace(found[0], units=due.units)
    for kind, amount in ((EntryKind.SAVINGS_OUT, due.savings), (EntryKind.COMPULSORY_OUT, due.compulsory)):
        if amount:
            found.append(Entry(kind, amount, member=due.member))
    return found


def _voucher(command: Leave, entries: list[Entry], text: str) -> VoucherDraft:
    return VoucherDraft(
        group=command.group,
        paper=paper_for(entries),
        day=command.day,
        lines=lines_of(entries),
        text=text,
        member=command.member,
    )
