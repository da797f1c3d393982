"""The end of a cycle: what stands in the way, the division worked out, posted in one piece, taken back in one piece."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import CycleId, GroupId, LoanId, MemberId, new_uid
from desktop.models.kinds import (
    Account,
    CycleState,
    EntryKind,
    LoanChoice,
    OpeningState,
    Paper,
    RemainderRule,
)
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    Cycle,
    PeriodClosing,
    ShareOut,
)
from desktop.models.rules.closing import (
    EARNED,
    SPENT,
    ClosingChoices,
    ClosingFacts,
    ClosingPlan,
    Payout,
    check,
    work_out,
)
from desktop.models.rules.entries import Entry, Line, VoucherDraft, lines_of, paper_for
from desktop.models.rules.templates import cycle_end
from desktop.services import memberships
from desktop.services.acts import Act, Changed, Outcome
from desktop.services.balances import group_balances
from desktop.services.drafts import drop_in
from desktop.services.ledger import PostedVoucher, post
from desktop.services.loans import Repay, repay_in
from desktop.services.periods import closed_through
from desktop.services.share_out_facts import CHANGED, facts, facts_in, over_short_in
from desktop.services.share_out_undo import take_back
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.messages import _, speaking

__all__ = [
    "DRAFT", "Divide", "ShareOutPosted", "ShareOutRow", "divide", "divide_in", "facts", "facts_in", "listed", "take_back",
]  # fmt: skip


DRAFT = "share-out"
"""The kind of draft that the page keeps while the group decides."""


@dataclass(frozen=True, slots=True)
class ShareOutPosted:
    """A share-out just posted: its vouchers and the cycle that begins."""

    share_out: int
    vouchers: tuple[PostedVoucher, ...]
    next_cycle: CycleId


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
    return Outcome(done, Changed.of(*CHANGED, group=command.group))


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
    over_short = over_short_in(session, known.group, known.day)
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
