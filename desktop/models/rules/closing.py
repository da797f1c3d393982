"""The end of a cycle: what the group owns, counted two ways, and how it is divided. Whole đồng; nothing is lost.

The fund is what the loan fund owns after all debts: boxes and bank, loans and fines still owed, less savings, lenders
and outside funds. The social fund is never part of it. Source of the division: domain facts, section 1.2;
floor(fund × shares ÷ all shares ÷ unit) × unit, the remainder by decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from desktop.models.ids import CycleId, GroupId, LoanId, MemberId
from desktop.models.kinds import Account, LoanChoice, RemainderRule
from desktop.models.problems import Problem
from desktop.models.rules.savings_terms import SavingsTerms
from desktop.models.rules.savings_withdrawal import Held, check_withdrawal
from desktop.models.rules.share_out import share_out
from desktop.models.savings_kinds import SavingsKind
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _

OWNED = (Account.CASH, Account.BANK, Account.LOANS, Account.FINES_OWED)
OWING = (
    Account.LENDERS,
    Account.COLLECTED,
    Account.SAVINGS,
    Account.COMPULSORY_SAVINGS,
    Account.LOAN_CREDITS,
    Account.EXTERNAL_FUNDS,
    Account.GRANTS,
    Account.ROSCA,
)
"""What is never divided: debts, and grants, which were given to the group and not to its members."""
EARNED = (
    Account.INTEREST,
    Account.FEES,
    Account.PENALTIES,
    Account.FINES,
    Account.OTHER_INCOME,
    Account.COMMISSION,
)
SPENT = (Account.EXPENSES, Account.WRITE_OFFS, Account.SAVINGS_INTEREST, Account.INTEREST_PAID)


@dataclass(frozen=True, slots=True)
class ShareMember:
    """A member as the share-out sees them: shares and what was paid for them, savings, fines owed, in đồng."""

    id: MemberId
    code: str
    name: str
    units: int = 0
    capital: int = 0
    savings: int = 0
    compulsory: int = 0
    fines: int = 0


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A loan still open: its principal, and what pays it off on the day of the share-out, in đồng."""

    id: LoanId
    code: str
    member: MemberId
    name: str
    principal: int
    payoff: int


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who holds an office and may approve."""

    id: MemberId
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What a share-out is judged by. `balances` are the group's on `day`; `over_short` only of the loan-fund box."""

    group: GroupId
    cycle: CycleId | None
    number: int
    starts: date
    ends: date
    open: bool
    day: date
    today: date
    unit: int
    has_shares: bool
    members: tuple[ShareMember, ...]
    debts: tuple[OpenDebt, ...]
    balances: Mapping[Account, int]
    over_short: int
    officers: tuple[Officer, ...]
    last_day: date | None
    """The latest day on which anything is posted."""
    unposted: bool = False
    """A meeting is being keyed in and not posted yet."""
    uncredited: int = 0
    """Interest on savings that is not credited through `day`, in đồng."""
    savings_terms: tuple[SavingsTerms, ...] = ()
    """The rules of savings on `day`."""

    def of(self, account: Account) -> int:
        """Return a balance."""
        return self.balances.get(account, 0)


@dataclass(frozen=True, slots=True)
class ClosingChoices:
    """What the group decides. `counted` maps notes to pieces; None: not counted. Loans not named are netted."""

    counted: Mapping[int, int] | None = None
    bank: int | None = None
    difference_reason: str = ""
    loans: Mapping[LoanId, LoanChoice] = field(default_factory=dict)
    carry_fines: bool = False
    return_savings: bool = False
    remainder: RemainderRule = RemainderRule.NEXT_CYCLE
    leaving: frozenset[MemberId] = frozenset()
    next_ends: date | None = None
    approvers: tuple[MemberId, ...] = ()
    minutes: str = ""

    @property
    def counted_sum(self) -> int | None:
        """Return the đồng counted."""
        return None if self.counted is None else sum(note * pieces for note, pieces in self.counted.items())

    def choice(self, debt: OpenDebt) -> LoanChoice:
        """Return what becomes of a loan."""
        return self.loans.get(debt.id, LoanChoice.NET)


@dataclass(frozen=True, slots=True)
class Payout:
    """One member's line. `payout` is their part of the fund; `cash` what they take home, in đồng."""

    member: ShareMember
    payout: int
    loans: int = 0
    fines: int = 0
    savings: int = 0

    @property
    def profit(self) -> int:
        """Return what the part is above (or below) what was paid for the shares."""
        return self.payout - self.member.capital

    @property
    def cash(self) -> int:
        """Return what is handed over: the part and the savings, less loans and fines taken off."""
        return self.payout + self.savings - self.loans - self.fines


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """The share-out worked out. `net_owned` and `net_equity` are the fund counted two ways and must agree."""

    net_owned: int
    net_equity: int
    difference: int
    earned_by_netting: int
    carried: int
    divided: int
    shares: int
    lines: tuple[Payout, ...]
    remainder: int

    @property
    def paid(self) -> int:
        """Return the sum of all payouts."""
        return sum(line.payout for line in self.lines)

    @property
    def cash_needed(self) -> int:
        """Return the cash that is handed over."""
        return sum(line.cash for line in self.lines)

    @property
    def value_per_share(self) -> Fraction | None:
        """Return the value of one share, not rounded; None without shares."""
        return Fraction(self.divided, self.shares) if self.shares else None


def net_owned(facts: ClosingFacts) -> int:
    """Return the fund from what is owned and owed."""
    return sum(map(facts.of, OWNED)) - sum(map(facts.of, OWING))


def net_equity(facts: ClosingFacts) -> int:
    """Return the fund from what was paid in, kept, earned and spent."""
    kept = facts.of(Account.SHARES) + facts.of(Account.SURPLUS)
    return kept + sum(map(facts.of, EARNED)) - sum(map(facts.of, SPENT)) + facts.over_short


def work_out(facts: ClosingFacts, choices: ClosingChoices) -> ClosingPlan:
    """Return the share-out that follows from the decisions. Groups without shares divide by savings."""
    counted = choices.counted_sum
    difference = 0 if counted is None else counted - facts.of(Account.CASH)
    netted = [debt for debt in facts.debts if choices.choice(debt) is LoanChoice.NET]
    earned = sum(debt.payoff - debt.principal for debt in netted)
    owned = net_owned(facts) + difference + earned
    equity = net_equity(facts) + difference + earned
    fines = sum(member.fines for member in facts.members)
    carried = sum(debt.principal for debt in facts.debts if debt not in netted)
    carried += fines if choices.carry_fines else 0
    if not facts.has_shares and not choices.return_savings:
        # What savers leave in the group stands behind the loans that go on; only what is beyond it waits.
        carried = max(0, carried - facts.of(Account.SAVINGS) - facts.of(Account.COMPULSORY_SAVINGS))
    divided = owned - carried
    weights = [_weight(facts, member) for member in facts.members]
    payouts = [0] * len(weights)
    remainder = divided
    if sum(weights) > 0 and divided >= 0:
        made = share_out(divided, weights, facts.unit)
        payouts, remainder = list(made.payouts), made.remainder
    lines = tuple(
        Payout(
            member,
            payout,
            sum(debt.payoff for debt in netted if debt.member == member.id),
            0 if choices.carry_fines else member.fines,
            member.savings + member.compulsory if choices.return_savings else 0,
        )
        for member, payout in zip(facts.members, payouts, strict=True)
    )
    shares = sum(member.units for member in facts.members)
    return ClosingPlan(owned, equity, difference, earned, carried, divided, shares, lines, remainder)


def _weight(facts: ClosingFacts, member: ShareMember) -> int:
    return member.units if facts.has_shares else member.savings + member.compulsory


# -- what may not be -------------------------------------------------------------------------------


def check(facts: ClosingFacts, choices: ClosingChoices) -> list[Problem]:
    """Return all that stands in the way of a share-out, by field; warnings may be overruled."""
    return [
        *_check_cycle(facts, choices),
        *_check_count(facts, choices),
        *_check_savings(facts, choices),
        *_check_plan(facts, choices, work_out(facts, choices)),
        *_check_decision(facts, choices),
    ]


def _check_cycle(facts: ClosingFacts, choices: ClosingChoices) -> list[Problem]:
    found = []
    if facts.cycle is None or not facts.open:
        return [Problem.stop("cycle-closed", "day", _("Chu kỳ này đã kết thúc và đã chia rồi."))]
    if facts.day > facts.today:
        found.append(Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(facts.day))))
    if facts.day < facts.starts:
        found.append(Problem.stop("before-cycle", "day", _("Ngày này trước khi chu kỳ bắt đầu.")))
    if facts.last_day is not None and facts.day < facts.last_day:
        found.append(
            Problem.stop(
                "not-last",
                "day",
                _("Sổ còn chứng từ ngày {day}; hãy chia từ ngày đó trở đi.").format(
                    day=show_day(facts.last_day)
                ),
            )
        )
    if facts.unposted:
        found.append(
            Problem.stop("unposted", "day", _("Còn một buổi họp đang ghi dở; hãy ghi sổ hoặc bỏ nó."))
        )
    if choices.next_ends is not None and choices.next_ends <= facts.day:
        found.append(Problem.stop("next-ends", "next_ends", _("Chu kỳ mới phải kết thúc sau ngày chia.")))
    return found


def _check_count(facts: ClosingFacts, choices: ClosingChoices) -> list[Problem]:
    if choices.counted is None:
        return [Problem.stop("not-counted", "counted", _("Hãy đếm tiền trong hòm trước khi chia."))]
    if any(pieces < 0 for pieces in choices.counted.values()):
        return [Problem.stop("count", "counted", _("Số tờ không được âm."))]
    found = []
    difference = (choices.counted_sum or 0) - facts.of(Account.CASH)
    if difference and not choices.difference_reason.strip():
        found.append(
            Problem.stop(
                "difference",
                "difference_reason",
                _("Tiền đếm được lệch với sổ {difference}; hãy đếm lại hoặc ghi rõ lý do.").format(
                    difference=show_dong(difference)
                ),
            )
        )
    if facts.of(Account.BANK) and choices.bank != facts.of(Account.BANK):
        found.append(
            Problem.stop(
                "bank",
                "bank",
                _("Sổ ghi trong ngân hàng còn {amount}; hãy đối chiếu với sổ phụ và ghi cho khớp.").format(
                    amount=show_dong(facts.of(Account.BANK))
                ),
            )
        )
    return found


def _check_savings(facts: ClosingFacts, choices: ClosingChoices) -> list[Problem]:
    """Interest is credited before the fund is divided; savings that a loan locks are not paid back while it goes on.

    No notice is asked for: that savings are returned is decided by the meeting.
    """
    found = []
    if facts.uncredited > 0:
        text = _("Còn {amount} lãi tiết kiệm chưa nhập đến ngày chia; hãy nhập lãi ở thẻ Tiết kiệm trước.")
        found.append(Problem.stop("interest-due", "day", text.format(amount=show_dong(facts.uncredited))))
    if not choices.return_savings:
        return found
    for debt in facts.debts:
        member = next((one for one in facts.members if one.id == debt.member), None)
        if member is None or choices.choice(debt) is not LoanChoice.CARRY:
            continue
        for terms in facts.savings_terms:
            amount = member.savings if terms.kind is SavingsKind.VOLUNTARY else member.compulsory
            held = Held(member.name, amount, debt.principal)
            rules = replace(terms, notice_days=0)
            found += check_withdrawal(rules, held, amount, f"loan/{debt.id}", closing=True)
    return found


def _check_plan(facts: ClosingFacts, choices: ClosingChoices, plan: ClosingPlan) -> list[Problem]:
    found: list[Problem] = []
    if plan.net_owned != plan.net_equity:
        found.append(
            Problem.stop(
                "two-ways",
                "",
                _("Hai cách tính tài sản ròng lệch nhau {difference}; hãy kiểm tra sổ.").format(
                    difference=show_dong(plan.net_owned - plan.net_equity)
                ),
            )
        )
    if sum(_weight(facts, member) for member in facts.members) <= 0:
        found.append(Problem.stop("no-shares", "", _("Chưa ai có cổ phần hay tiết kiệm để chia.")))
    if plan.divided < 0:
        found.append(Problem.stop("loss", "", _("Quỹ không còn gì để chia sau khi trừ các khoản nợ.")))
        return found
    for line in plan.lines:
        if line.cash < 0:
            debt = next((one for one in facts.debts if one.member == line.member.id), None)
            found.append(
                Problem.stop(
                    "net-too-much",
                    "" if debt is None else f"loan/{debt.id}",
                    _(
                        "{name} nợ nhiều hơn tiền được chia {short}; hãy thu trước hoặc chuyển nợ sang chu kỳ sau."
                    ).format(name=line.member.name, short=show_dong(-line.cash)),
                )
            )
    counted = choices.counted_sum
    if (
        counted is not None
        and plan.cash_needed > counted
        and not any(p.code == "net-too-much" for p in found)
    ):
        found.append(
            Problem.stop(
                "box-short",
                "counted",
                _(
                    "Cần {needed} tiền mặt, trong hòm có {counted}; hãy rút từ ngân hàng hoặc thu nợ trước."
                ).format(needed=show_dong(plan.cash_needed), counted=show_dong(counted)),
            )
        )
    if any(choices.choice(debt) is LoanChoice.CARRY for debt in facts.debts) and not choices.minutes.strip():
        found.append(
            Problem.stop(
                "minutes", "minutes", _("Chuyển nợ sang chu kỳ sau cần ghi quyết định của cuộc họp.")
            )
        )
    return found


def _check_decision(facts: ClosingFacts, choices: ClosingChoices) -> list[Problem]:
    found = []
    known = {officer.id for officer in facts.officers}
    if len(set(choices.approvers)) < 2 or not set(choices.approvers) <= known:
        found.append(
            Problem.stop(
                "approvers", "approvers", _("Cần hai người khác nhau đang giữ chức vụ trong nhóm duyệt.")
            )
        )
    if not choices.minutes.strip():
        found.append(Problem.stop("minutes", "minutes", _("Hãy ghi quyết định của cuộc họp chia cổ phần.")))
    return list(dict.fromkeys(found))
