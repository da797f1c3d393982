"""The balances of a group that was kept on paper: what was typed, both sides of it, and what may not be.

What the group has (boxes, bank, loans, fines owed) must equal what it owes and owns (savings, shares, social fund,
outside money, lenders, surplus), and each list must add up to the total that stands on the paper. Whole đồng.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from desktop.models.kinds import Account, account_name
from desktop.models.money_kinds import SourceKind
from desktop.models.problems import Problem
from desktop.models.rules.loan_products import DatedRate, Method, Product, Request
from desktop.models.rules.loans.terms import PeriodUnit, RateUnit
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class MemberOpening:
    """What a member brings, in đồng; `shares` in units. `social`: their part of what is in the social fund."""

    member: int
    savings: int = 0
    compulsory: int = 0
    shares: int = 0
    social: int = 0
    fines: int = 0


@dataclass(frozen=True, slots=True)
class RunningTerms:
    """The terms of a running loan from now on: `number` payments left, the next on `first_due`, `every` `unit` apart.

    `original` (đồng) is what was lent at first: a flat rate is charged on it; 0: not said.
    """

    method: Method = Method.EQUAL_PRINCIPAL
    rate: Fraction = Fraction(0)
    rate_unit: RateUnit = RateUnit.MONTH
    number: int = 1
    first_due: date | None = None
    every: int = 1
    unit: PeriodUnit = PeriodUnit.MONTHS
    original: int = 0


@dataclass(frozen=True, slots=True)
class LoanOpening:
    """A running loan of a member: its balance in đồng and its terms from now on."""

    member: int
    amount: int
    terms: RunningTerms
    contract: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class LenderOpening:
    """What the group owes a lender with a schedule: the balance in đồng and the terms from now on."""

    lender: str
    amount: int
    terms: RunningTerms
    contract: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class SourceOpening:
    """Outside money without a schedule: the balance of a source in đồng."""

    kind: SourceKind
    funder: str
    amount: int
    agreement: str = ""
    purpose: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class PaperTotals:
    """The totals that stand on the paper, in đồng; None: not typed yet."""

    savings: int | None = None
    compulsory: int | None = None
    shares: int | None = None
    fines: int | None = None
    loans: int | None = None
    sources: int | None = None
    lenders: int | None = None


@dataclass(frozen=True, slots=True)
class OpeningSheet:
    """All that was typed. Boxes, bank and surplus in đồng; the surplus may be below zero (a loss)."""

    day: date
    cash: int = 0
    bank: int = 0
    social_cash: int = 0
    members: tuple[MemberOpening, ...] = ()
    loans: tuple[LoanOpening, ...] = ()
    lenders: tuple[LenderOpening, ...] = ()
    sources: tuple[SourceOpening, ...] = ()
    surplus: int = 0
    totals: PaperTotals = field(default_factory=PaperTotals)
    handed_by: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What a sheet is judged by: the share value (0: no shares), who belongs to the group on the day, and the days."""

    share_value: int
    members: frozenset[int]
    today: date
    founded: date | None = None
    first_voucher: date | None = None
    posted: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a sheet, account by account, in đồng."""

    has: tuple[tuple[Account, int], ...]
    owes: tuple[tuple[Account, int], ...]

    @property
    def assets(self) -> int:
        """Return what the group has."""
        return sum(amount for _account, amount in self.has)

    @property
    def claims(self) -> int:
        """Return what the group owes and owns."""
        return sum(amount for _account, amount in self.owes)

    @property
    def difference(self) -> int:
        """Return how much more (or less) the group has than is accounted for."""
        return self.assets - self.claims


def sums_of(sheet: OpeningSheet, share_value: int) -> dict[str, int]:
    """Return the sum of each list by its name in `PaperTotals`, in đồng."""
    return {
        "savings": sum(row.savings for row in sheet.members),
        "compulsory": sum(row.compulsory for row in sheet.members),
        "shares": share_value * sum(row.shares for row in sheet.members),
        "fines": sum(row.fines for row in sheet.members),
        "loans": sum(row.amount for row in sheet.loans),
        "sources": sum(row.amount for row in sheet.sources),
        "lenders": sum(row.amount for row in sheet.lenders),
    }


def sides(sheet: OpeningSheet, share_value: int) -> Sides:
    """Return both sides of a sheet."""
    sums = sums_of(sheet, share_value)
    grants = sum(row.amount for row in sheet.sources if not row.kind.owed)
    return Sides(
        (
            (Account.CASH, sheet.cash),
            (Account.BANK, sheet.bank),
            (Account.SOCIAL_CASH, sheet.social_cash),
            (Account.LOANS, sums["loans"]),
            (Account.FINES_OWED, sums["fines"]),
        ),
        (
            (Account.SAVINGS, sums["savings"]),
            (Account.COMPULSORY_SAVINGS, sums["compulsory"]),
            (Account.SHARES, sums["shares"]),
            (Account.SOCIAL_FUND, sheet.social_cash),
            (Account.EXTERNAL_FUNDS, sums["sources"] - grants),
            (Account.GRANTS, grants),
            (Account.LENDERS, sums["lenders"]),
            (Account.SURPLUS, sheet.surplus),
        ),
    )


def product_of(terms: RunningTerms, amount: int, day: date) -> Product:
    """Return the rules of a running loan from now on.

    A flat rate is charged on what was lent at first; on the balance that is left it is so much higher.
    """
    rate = terms.rate
    if terms.method is Method.FLAT and terms.original > amount > 0:
        rate = rate * terms.original / amount
    return Product(
        terms.method,
        (DatedRate(day, rate),),
        terms.rate_unit,
        terms.every,
        terms.unit,
        off_sundays=False,
        off_holidays=False,
    )


def request_of(terms: RunningTerms, amount: int, day: date) -> Request:
    """Return the balance as a loan handed over on the day of the opening."""
    return Request(amount, terms.number, day, terms.first_due)


# -- what may not be -------------------------------------------------------------------------------


def check_opening(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    """Return all that stands in the way, by field: of the sheet, "member/column", or "loans/place"."""
    found = [
        *_check_day(facts, sheet),
        *_check_amounts(sheet),
        *_check_members(facts, sheet),
        *_check_loans(facts, sheet),
        *_check_outside(sheet),
    ]
    return found or [*check_totals(facts, sheet), *_check_balance(facts, sheet)]


def _check_day(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    if facts.posted:
        return [Problem.stop("posted", "day", _("Nhóm này đã có số dư đầu; hãy hủy rồi ghi lại."))]
    if sheet.day > facts.today:
        return [Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(sheet.day)))]
    if facts.founded is not None and sheet.day < facts.founded:
        return [Problem.stop("before-group", "day", _("Ngày này trước ngày thành lập nhóm."))]
    if facts.first_voucher is not None and facts.first_voucher <= sheet.day:
        text = _("Nhóm đã có chứng từ ngày {day}; số dư đầu phải là của ngày trước đó.")
        return [Problem.stop("vouchers", "day", text.format(day=show_day(facts.first_voucher)))]
    return []


def _check_amounts(sheet: OpeningSheet) -> list[Problem]:
    found = []
    for name in ("cash", "bank", "social_cash"):
        if not _sound(getattr(sheet, name)):
            found.append(_bad_amount(name))
    if type(sheet.surplus) is not int or abs(sheet.surplus) > MAX_DONG:
        found.append(Problem.stop("amount", "surplus", _("Kết dư phải là số nguyên đồng.")))
    return found


def _sound(amount: int, least: int = 0) -> bool:
    return type(amount) is int and least <= amount <= MAX_DONG


def _bad_amount(field_name: str) -> Problem:
    return Problem.stop("amount", field_name, _("Số tiền phải là số nguyên đồng, không âm."))


def _check_members(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    found = []
    for row in sheet.members:
        if row.member not in facts.members:
            text = _("Người này không thuộc nhóm vào ngày của số dư đầu.")
            found.append(Problem.stop("member", f"{row.member}/member", text))
        for name in ("savings", "compulsory", "shares", "social", "fines"):
            if not _sound(getattr(row, name)):
                found.append(_bad_amount(f"{row.member}/{name}"))
        if row.shares and not facts.share_value:
            text = _("Quy chế của nhóm không có cổ phần vào ngày này.")
            found.append(Problem.stop("no-shares", f"{row.member}/shares", text))
    social = sum(row.social for row in sheet.members)
    if not found and social > sheet.social_cash:
        text = _("Phần của thành viên trong quỹ xã hội cộng lại {sum}, nhiều hơn trong hòm {held}.")
        text = text.format(sum=show_dong(social), held=show_dong(sheet.social_cash))
        found.append(Problem.stop("social", "social_cash", text))
    return found


def _check_loans(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    found = []
    for at, loan in enumerate(sheet.loans):
        if loan.member not in facts.members:
            text = _("Người vay không thuộc nhóm vào ngày của số dư đầu.")
            found.append(Problem.stop("member", f"loans/{at}", text))
        found += check_terms(loan.amount, loan.terms, sheet.day, f"loans/{at}")
    for at, lender in enumerate(sheet.lenders):
        if not lender.lender.strip():
            found.append(Problem.stop("lender", f"lenders/{at}", _("Hãy ghi tên bên cho vay.")))
        found += check_terms(lender.amount, lender.terms, sheet.day, f"lenders/{at}")
    return found


def check_terms(amount: int, terms: RunningTerms, day: date, field_name: str) -> list[Problem]:
    """Return what is wrong with the balance and the terms of a running loan; `field_name` says where it shows."""
    found = []
    if not _sound(amount, 1):
        found.append(Problem.stop("amount", field_name, _("Dư nợ còn lại phải là số nguyên đồng lớn hơn 0.")))
    elif terms.original and terms.original < amount:
        found.append(Problem.stop("original", field_name, _("Dư nợ còn lại lớn hơn số tiền vay ban đầu.")))
    if not 0 <= terms.rate <= 100:
        found.append(Problem.stop("rate", field_name, _("Lãi suất phải từ 0 đến 100 phần trăm.")))
    if not 1 <= terms.number <= 600:
        found.append(Problem.stop("number", field_name, _("Số kỳ trả phải từ 1 đến 600.")))
    if terms.every < 1:
        found.append(Problem.stop("every", field_name, _("Kỳ trả phải cách nhau ít nhất 1.")))
    if terms.first_due is not None and terms.first_due <= day:
        text = _("Kỳ trả tới phải sau ngày của số dư đầu {day}.").format(day=show_day(day))
        found.append(Problem.stop("first-due", field_name, text))
    return found


def _check_outside(sheet: OpeningSheet) -> list[Problem]:
    found = []
    for at, source in enumerate(sheet.sources):
        if not source.funder.strip():
            found.append(Problem.stop("funder", f"sources/{at}", _("Hãy ghi tên bên cấp vốn.")))
        if not _sound(source.amount, 1):
            text = _("Số tiền phải là số nguyên đồng lớn hơn 0.")
            found.append(Problem.stop("amount", f"sources/{at}", text))
    return found


def total_title(name: str) -> str:
    """Return what a total of `PaperTotals` is called."""
    if name == "sources":
        return _("Vốn bên ngoài, vốn tài trợ")
    return account_name(
        {
            "savings": Account.SAVINGS,
            "compulsory": Account.COMPULSORY_SAVINGS,
            "shares": Account.SHARES,
            "fines": Account.FINES_OWED,
            "loans": Account.LOANS,
            "lenders": Account.LENDERS,
        }[name]
    )


def check_totals(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    """Return the lists that do not add up to the total of the paper, or whose total was not typed."""
    found = []
    for name, total in sums_of(sheet, facts.share_value).items():
        paper: int | None = getattr(sheet.totals, name)
        if paper is None and total:
            text = _("{name}: hãy gõ tổng ghi trên sổ giấy (danh sách cộng được {sum}).")
            found.append(
                Problem.stop(
                    "total-missing",
                    f"totals/{name}",
                    text.format(name=total_title(name), sum=show_dong(total)),
                )
            )
        elif (paper or 0) != total:
            text = _("{name}: danh sách cộng được {sum}, sổ giấy ghi {paper}, lệch {gap}.").format(
                name=total_title(name),
                sum=show_dong(total),
                paper=show_dong(paper or 0),
                gap=show_dong(total - (paper or 0)),
            )
            found.append(Problem.stop("total", f"totals/{name}", text))
    return found


def _check_balance(facts: OpeningFacts, sheet: OpeningSheet) -> list[Problem]:
    both = sides(sheet, facts.share_value)
    if both.difference:
        text = _("Nhóm có {has} nhưng nguồn vốn cộng được {owes}: lệch {gap}. Hãy soát lại với sổ giấy.")
        text = text.format(
            has=show_dong(both.assets), owes=show_dong(both.claims), gap=show_dong(both.difference)
        )
        return [Problem.stop("unbalanced", "surplus", text)]
    if not any(amount for _account, amount in (*both.has, *both.owes)):
        return [Problem.stop("empty", "cash", _("Chưa có số dư nào để ghi."))]
    return []
