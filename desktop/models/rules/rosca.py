"""Rotating funds: who pays what at an opening, what is drawn, and what Decree 19/2019/NĐ-CP allows and demands.

All amounts in đồng; percents are per year. Sources: Decree 19/2019/NĐ-CP, Articles 5, 8, 14, 18–22; Civil Code 2015,
Articles 468 and 471.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from desktop.models.ids import MemberId, RoscaPartId
from desktop.models.kinds import Frequency, RoscaKind, RoscaOrder
from desktop.models.problems import Problem
from desktop.models.rules.loans.rounding import RoundingMode, round_exact
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

INTEREST_CAP = Fraction(20)
"""Percent a year that interest may not pass (Article 21; Civil Code, Article 468)."""

LATE_DEFAULT = Fraction(10)
"""Percent a year on late payment where nothing is agreed: half of the cap (Article 22)."""

NOTICE_FROM = 100_000_000
"""Đồng of all parts at one opening from which the organiser must notify the commune (Article 14)."""

FULL_AGE, LEAST_AGE = 18, 15
MOST_PARTS = 100

_STEPS = {Frequency.WEEKLY: 7, Frequency.FORTNIGHTLY: 14, Frequency.FOUR_WEEKLY: 28}


@dataclass(frozen=True, slots=True)
class RoscaTerms:
    """What was agreed: the kind, what a part pays in, how many parts (= openings), when, and how one draws."""

    kind: RoscaKind
    order: RoscaOrder
    part_value: int
    parts: int
    starts: date
    frequency: Frequency = Frequency.MONTHLY
    commission: int = 0
    late_percent: Fraction = LATE_DEFAULT
    organiser_covers: bool = True

    @property
    def pot(self) -> int:
        """Return the value of all parts at one opening."""
        return self.part_value * self.parts


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds parts, with what the agreement must say of them; `age` in full years, if known."""

    member: MemberId
    name: str
    age: int | None
    missing: tuple[str, ...] = ()
    """What the agreement must name and the book does not know: identity number, birth date, residence."""


@dataclass(frozen=True, slots=True)
class Draw:
    """One opening worked out: what each part owes, what comes in, what the drawer takes home."""

    dues: Mapping[RoscaPartId, int]
    commission: int

    @property
    def collected(self) -> int:
        """Return what all parts owe together."""
        return sum(self.dues.values())

    @property
    def drawn(self) -> int:
        """Return what the drawer gets when all have paid."""
        return self.collected - self.commission


class Duty(StrEnum):
    """Why the organiser must notify the commune People's Committee in writing."""

    LARGE = "large"
    SEVERAL = "several"


# -- days -------------------------------------------------------------------------------------------


def opening_day(terms: RoscaTerms, number: int) -> date:
    """Return the day of the `number`-th opening (from 1), counted from the first; months keep their day where they can."""
    if terms.frequency is Frequency.MONTHLY:
        months = terms.starts.month - 1 + number - 1
        year, month = terms.starts.year + months // 12, months % 12 + 1
        return date(year, month, min(terms.starts.day, calendar.monthrange(year, month)[1]))
    return terms.starts + timedelta(days=_STEPS[terms.frequency] * (number - 1))


def last_day(terms: RoscaTerms) -> date:
    """Return the day of the last opening."""
    return opening_day(terms, terms.parts)


# -- money ------------------------------------------------------------------------------------------


def bid_ceiling(terms: RoscaTerms, number: int, percent: Fraction = INTEREST_CAP) -> int:
    """Return the highest lawful bid of the `number`-th opening, in đồng a part.

    Article 21 caps interest at 20 % a year of (all parts to be paid − parts paid) over the remaining time. Who draws
    at opening k still owes n − k parts and forgoes the bid of as many, so the cap on one part is
    part × 20 % × days to the last opening ÷ 365.
    """
    days = (last_day(terms) - opening_day(terms, number)).days
    return int(terms.part_value * percent * days / (100 * 365))


def draw(
    terms: RoscaTerms,
    parts: Sequence[RoscaPartId],
    drawn: Collection[RoscaPartId],
    drawer: RoscaPartId,
    bid: int = 0,
) -> Draw:
    """Return what each part owes at an opening: parts that have not drawn yet pay the bid less, the drawer does not."""
    dues = {part: terms.part_value - (0 if part in drawn or part == drawer else bid) for part in parts}
    return Draw(dues, terms.commission if terms.kind is RoscaKind.COMMISSION else 0)


def late_interest(terms: RoscaTerms, amount: int, due_on: date, paid_on: date) -> int:
    """Return the interest on a part paid late: amount × percent × days ÷ 365, rounded half up (Article 22)."""
    days = max((paid_on - due_on).days, 0)
    return round_exact(Fraction(amount) * terms.late_percent * days / (100 * 365), RoundingMode.HALF_UP)


# -- what must be and what may not ------------------------------------------------------------------


def duties(terms: RoscaTerms, running: int) -> tuple[Duty, ...]:
    """Return why the commune must be notified; `running` counts the organiser's rotating funds, this one too."""
    found = []
    if terms.pot >= NOTICE_FROM:
        found.append(Duty.LARGE)
    if running >= 2:
        found.append(Duty.SEVERAL)
    return tuple(found)


def duty_text(duty: Duty) -> str:
    """Return a reason for the notification in words."""
    if duty is Duty.LARGE:
        return _("tổng giá trị các phần họ tại một kỳ mở từ {amount} trở lên").format(
            amount=show_dong(NOTICE_FROM)
        )
    return _("chủ họ tổ chức từ hai dây họ trở lên")


def check_terms(terms: RoscaTerms, holders: Mapping[MemberId, int], today: date) -> list[Problem]:
    """Return what is wrong with an agreement; `holders` says how many parts each member takes."""
    found: list[Problem] = []
    if type(terms.part_value) is not int or not 0 < terms.part_value <= MAX_DONG // MOST_PARTS:
        found.append(Problem.stop("amount", "part_value", _("Giá trị một phần họ phải lớn hơn 0.")))
    taken = sum(holders.values())
    if any(count < 0 for count in holders.values()):
        found.append(Problem.stop("parts", "parts", _("Số phần họ của một người không thể âm.")))
    elif not 2 <= taken <= MOST_PARTS:
        found.append(
            Problem.stop("parts", "parts", _("Dây họ phải có từ 2 đến {most} phần.").format(most=MOST_PARTS))
        )
    elif sum(1 for count in holders.values() if count) < 2:
        found.append(Problem.stop("parts", "parts", _("Dây họ phải có ít nhất 2 người tham gia.")))
    if (terms.order is RoscaOrder.BID) is not (terms.kind is RoscaKind.INTEREST):
        found.append(
            Problem.stop(
                "order",
                "order",
                _(
                    "Họ có lãi thì người trả lãi cao nhất được lĩnh; họ không có lãi thì bốc thăm hoặc biểu quyết."
                ),
            )
        )
    if not 0 <= terms.commission < max(terms.pot, 1):
        found.append(Problem.stop("commission", "commission", _("Hoa hồng phải nhỏ hơn số tiền lĩnh.")))
    elif bool(terms.commission) is not (terms.kind is RoscaKind.COMMISSION):
        found.append(
            Problem.stop(
                "commission",
                "commission",
                _("Chỉ họ hưởng hoa hồng mới có hoa hồng, và phải ghi rõ số tiền."),
            )
        )
    if not 0 <= terms.late_percent <= INTEREST_CAP:
        found.append(
            Problem.stop("late", "late_percent", _("Lãi góp chậm phải từ 0 đến 20 % một năm (Điều 22)."))
        )
    if terms.starts.year > today.year + 2:
        found.append(Problem.stop("starts", "starts", _("Ngày mở họ đầu tiên quá xa.")))
    return found


def check_holders(holders: Iterable[Holder]) -> list[Problem]:
    """Return who may not take part, and what the agreement must name and the book does not know (a warning)."""
    found = []
    for holder in holders:
        field = f"parts/{holder.member}"
        if holder.age is not None and holder.age < LEAST_AGE:
            found.append(
                Problem.stop(
                    "age", field, _("{name} chưa đủ 15 tuổi, không được chơi họ.").format(name=holder.name)
                )
            )
        elif holder.age is not None and holder.age < FULL_AGE:
            found.append(
                Problem.warn(
                    "age",
                    field,
                    _(
                        "{name} chưa đủ 18 tuổi: phải có tài sản riêng, tài sản đăng ký thì cần người đại diện đồng ý."
                    ).format(name=holder.name),
                )
            )
        if holder.missing:
            found.append(
                Problem.warn(
                    "identity",
                    field,
                    _("Văn bản thỏa thuận cần có của {name}: {what}.").format(
                        name=holder.name, what=", ".join(holder.missing)
                    ),
                )
            )
    return found


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """What an opening is judged by: the terms, its number, the parts and those that have drawn, the day before."""

    terms: RoscaTerms
    number: int
    parts: tuple[RoscaPartId, ...]
    drawn: frozenset[RoscaPartId]
    previous: date | None
    today: date


def check_opening(
    facts: OpeningFacts, day: date, drawer: RoscaPartId, bid: int, paid: Mapping[RoscaPartId, int]
) -> list[Problem]:
    """Return what is wrong with an opening: its day, who draws, the bid, what was paid in (field "paid/part")."""
    terms, found = facts.terms, []
    if facts.number > terms.parts:
        return [Problem.stop("ended", "", _("Dây họ đã mở đủ {n} kỳ.").format(n=terms.parts))]
    if day > facts.today:
        found.append(Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(day))))
    if facts.previous is not None and day < facts.previous:
        found.append(
            Problem.stop(
                "out-of-order", "day", _("Kỳ trước mở ngày {day}.").format(day=show_day(facts.previous))
            )
        )
    if drawer not in facts.parts:
        return [*found, Problem.stop("drawer", "drawer", _("Hãy chọn phần họ được lĩnh."))]
    if drawer in facts.drawn:
        return [*found, Problem.stop("drawn", "drawer", _("Phần họ này đã lĩnh rồi."))]
    found += check_bid(terms, facts.number, bid)
    if any(problem.field == "bid" for problem in found):
        return found
    worked = draw(terms, facts.parts, facts.drawn, drawer, bid)
    for part, due in worked.dues.items():
        amount = paid.get(part, due)
        if type(amount) is not int or amount < 0:
            found.append(Problem.stop("amount", f"paid/{part}", _("Số tiền góp không thể âm.")))
        elif amount > due:
            found.append(
                Problem.stop(
                    "too-much", f"paid/{part}", _("Kỳ này chỉ phải góp {due}.").format(due=show_dong(due))
                )
            )
    if sum(paid.get(part, due) for part, due in worked.dues.items()) <= worked.commission and not (
        terms.organiser_covers
    ):
        found.append(Problem.stop("nothing", "", _("Chưa có tiền góp để lĩnh.")))
    return found


def check_bid(terms: RoscaTerms, number: int, bid: int) -> list[Problem]:
    """Return what is wrong with a bid: below zero, in a fund without interest, or above what the law allows."""
    if type(bid) is not int or bid < 0:
        return [Problem.stop("bid", "bid", _("Số tiền lãi kêu không thể âm."))]
    if terms.kind is not RoscaKind.INTEREST:
        return [Problem.stop("bid", "bid", _("Dây họ này không có lãi."))] if bid else []
    ceiling = bid_ceiling(terms, number)
    if bid > ceiling:
        return [
            Problem.stop(
                "bid-ceiling",
                "bid",
                _("Mức lãi cao nhất được phép ở kỳ này là {most} mỗi phần (20 % một năm, Điều 21).").format(
                    most=show_dong(ceiling)
                ),
            )
        ]
    return []
