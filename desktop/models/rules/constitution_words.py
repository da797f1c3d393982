"""A constitution in words: what it says, point by point; and what changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.models.kinds import Frequency, LeavingRule
from desktop.models.rules.charter import Charter, Seats
from desktop.models.rules.constitution import FineRule, Rules
from desktop.models.rules.loan_products import Method, Product
from desktop.models.rules.loans.terms import PeriodUnit, RateUnit
from desktop.models.rules.savings_terms import SavingsAgreed, basis_title
from resources.lang.dates import weekday_names
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a constitution says: `key` for comparing, its name, and what it says."""

    key: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between two constitutions, in words."""

    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return _("{name}: trước là “{before}”, nay là “{after}”").format(
            name=self.name, before=self.before, after=self.after
        )


def points(rules: Rules, charter: Charter) -> tuple[Point, ...]:
    """Return what a constitution says, in the order of the form."""
    return (
        Point("aim", _("Mục đích"), charter.aim or _unsaid()),
        Point("membership", _("Ai được vào nhóm"), charter.membership or _unsaid()),
        Point("frequency", _("Nhịp họp"), rules.frequency.title),
        Point("meeting_day", _("Ngày họp"), meeting_day(rules)),
        Point("meeting_time", _("Giờ họp"), rules.meeting_time or _unsaid()),
        Point("meeting_place", _("Nơi họp"), rules.meeting_place or _unsaid()),
        Point("shares", _("Cổ phần"), shares(rules)),
        Point("compulsory_saving", _("Tiết kiệm bắt buộc mỗi kỳ"), amount(rules.compulsory_saving)),
        Point("social_contribution", _("Đóng quỹ xã hội mỗi kỳ"), amount(rules.social_contribution)),
        Point(
            "voluntary_savings",
            _("Tiết kiệm tự nguyện"),
            _("có nhận") if rules.voluntary_savings else _("không nhận"),
        ),
        Point(
            "withdrawals",
            _("Rút tiết kiệm"),
            _("được rút") if rules.withdrawals else _("không rút trong chu kỳ"),
        ),
        Point("quorum_percent", _("Tỷ lệ dự họp tối thiểu"), f"{rules.quorum_percent} %"),
        Point("fines", _("Các khoản phạt"), fines(rules.fines)),
        Point("offices", _("Chức vụ"), offices(charter)),
        Point("share_out", _("Chia cuối chu kỳ"), share_out(rules)),
        Point("leaving", _("Rời nhóm giữa chu kỳ"), leaving(rules)),
        Point("clauses", _("Quy định khác"), " ".join(charter.further()) or _unsaid()),
    )


def differences(before: tuple[Rules, Charter], after: tuple[Rules, Charter]) -> tuple[Difference, ...]:
    """Return what changed between two constitutions, in words; nothing when they say the same."""
    old = {point.key: point for point in points(*before)}
    return tuple(
        Difference(point.name, old[point.key].text, point.text)
        for point in points(*after)
        if old[point.key].text != point.text
    )


def _unsaid() -> str:
    return _("chưa ghi")


def amount(value: int) -> str:
    """Return an amount of a constitution; 0 means that there is no such thing."""
    return show_dong(value) if value else _("không có")


def meeting_day(rules: Rules) -> str:
    """Return on which day a group meets."""
    if rules.month_day is not None:
        return _("ngày {day} mỗi tháng").format(day=rules.month_day)
    name = weekday_names()[rules.weekday]
    if rules.frequency is Frequency.MONTHLY:
        return _("{weekday} đầu tiên của tháng").format(weekday=name)
    return name


def shares(rules: Rules) -> str:
    """Return the rule of shares."""
    if not rules.has_shares:
        return _("không có")
    return _("{value} mỗi cổ phần, mỗi kỳ {least} đến {most} cổ phần").format(
        value=show_dong(rules.share_value), least=rules.shares_min, most=rules.shares_max
    )


def fines(found: Sequence[FineRule]) -> str:
    """Return the list of fines in one line."""
    return "; ".join(f"{fine.title} {show_dong(fine.amount)}" for fine in found) or _("không có")


def offices(charter: Charter) -> str:
    """Return the offices with how many hold each."""
    held = [Seats(office, seats) for office, seats in charter.seats().items()]
    return seats_words(held) or _("không có")


def seats_words(found: Sequence[Seats]) -> str:
    """Return offices in one line, with how many people where it is more than one."""
    parts = [
        one.office.title
        if one.seats == 1
        else _("{office} ({seats} người)").format(office=one.office.title, seats=one.seats)
        for one in found
    ]
    return ", ".join(parts)


def share_out(rules: Rules) -> str:
    """Return how payouts are rounded and where the remainder goes."""
    unit = (
        _("chia đúng từng đồng")
        if rules.share_out_unit == 1
        else _("chia tròn xuống đến {unit}").format(unit=show_dong(rules.share_out_unit))
    )
    return _("{unit}; số lẻ: {rest}").format(unit=unit, rest=rules.share_out_remainder.title.lower())


def leaving(rules: Rules) -> str:
    """Return what a leaver gets for shares in mid-cycle."""
    text = rules.leaving_rule.title
    if rules.leaving_rule is LeavingRule.LESS_FEE:
        return _("{rule} ({percent} %)").format(rule=text, percent=rules.leaving_fee_percent)
    return text


# -- loan products ---------------------------------------------------------------------------------

_RATES = {
    RateUnit.YEAR: N_("{rate} một năm"),
    RateUnit.MONTH: N_("{rate} một tháng"),
    RateUnit.WEEK: N_("{rate} một tuần"),
    RateUnit.DAY: N_("{rate} một ngày"),
    RateUnit.PERIOD: N_("{rate} một kỳ"),
    RateUnit.WHOLE_TERM: N_("{rate} cho cả thời hạn"),
}
_PERIODS = {
    PeriodUnit.DAYS: (N_("trả hằng ngày"), N_("trả {n} ngày một lần")),
    PeriodUnit.WEEKS: (N_("trả hằng tuần"), N_("trả {n} tuần một lần")),
    PeriodUnit.MONTHS: (N_("trả hằng tháng"), N_("trả {n} tháng một lần")),
    PeriodUnit.YEARS: (N_("trả hằng năm"), N_("trả {n} năm một lần")),
}


def savings_words(agreed: SavingsAgreed) -> str:
    """Return what one kind of savings bears and when it may be taken out, in one sentence."""
    terms, rate = agreed.terms, agreed.rate
    parts = [_("không hưởng lãi")]
    if rate is not None and rate.percent:
        parts = [
            _("lãi {percent} {per}, tính theo {basis}, một năm {days} ngày").format(
                percent=show_percent(rate.percent / 100, 3),
                per=rate.per.title,
                basis=basis_title(terms.basis).lower(),
                days=terms.days_in_year,
            ),
            _("lãi nhập vào tiết kiệm {crediting}").format(crediting=terms.crediting.title.lower()),
        ]
        if terms.rounding_unit > 1:
            unit = show_dong(terms.rounding_unit)
            parts.append(_("làm tròn đến {unit}").format(unit=unit))
    if terms.minimum:
        parts.append(_("luôn để lại ít nhất {amount}").format(amount=show_dong(terms.minimum)))
    if terms.locked_by_loan:
        parts.append(_("không rút khi còn nợ vay"))
    if terms.notice_days:
        parts.append(
            ngettext("báo trước {n} ngày khi rút", "báo trước {n} ngày khi rút", terms.notice_days).format(
                n=terms.notice_days
            )
        )
    return _("{kind}: {rules}.").format(kind=terms.kind.title, rules="; ".join(parts))


def product_words(name: str, product: Product) -> str:
    """Return a loan product in one sentence: rate, way of repaying, limits."""
    rate = max(product.rates, key=lambda one: one.since).percent
    unit = RateUnit.PERIOD if product.method is Method.PER_MEETING else product.rate_unit
    parts = [
        _("lãi {rate}").format(rate=_(_RATES[unit]).format(rate=show_percent(rate / 100)))
        if rate
        else _("không lãi"),
        _way(product, free=not rate),
    ]
    if product.fee_percent:
        parts.append(_("phí {rate}").format(rate=show_percent(product.fee_percent / 100)))
    at_meetings = product.at_meetings or product.method is Method.PER_MEETING
    parts.append(
        _("trả tại buổi họp")
        if at_meetings
        else _(_PERIODS[product.unit][product.every > 1]).format(n=product.every)
    )
    limits = product.limits
    parts.append(_("nhiều nhất {n} kỳ").format(n=limits.most_number))
    if limits.most:
        parts.append(_("tối đa {amount}").format(amount=show_dong(limits.most)))
    if limits.times_savings:
        parts.append(_("không quá {n} lần tiết kiệm và cổ phần").format(n=limits.times_savings))
    if limits.guarantors:
        parts.append(_("{n} người bảo lãnh").format(n=limits.guarantors))
    return _("{name}: {parts}.").format(name=name, parts=", ".join(parts))


def _way(product: Product, *, free: bool) -> str:
    """Return the way of repaying; without interest only what is said before the comma."""
    title = product.method.title
    if free:
        title = title.partition(",")[0]
    return title[0].lower() + title[1:]
