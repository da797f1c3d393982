"""Signs in the book that ask for a question (indicators.md 7.2): never a proof, each with what may explain it.

They are read from the facts of the last twelve months, in one go for all groups; nothing is kept of them. What is
wrong with the chain itself `services.verify` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.audit_kinds import Severity
from desktop.models.ids import GroupId
from desktop.models.rules.loans.calendar import add_months
from desktop.services.indicators.facts import Facts, GroupFacts, Scope
from desktop.services.indicators.loading import load
from desktop.store.book import Book
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import _

LATE_SHARE = Fraction(1, 10)
"""A tenth of the vouchers recorded after more than seven days asks for a question."""
REVERSED_SHARE = Fraction(3, 100)
OFFICERS_TIMES = Fraction(3, 2)
"""Loans to officers: their share of what is owed over their share of the members."""
TOP, TOP_SHARE, LEAST_BORROWERS = 3, Fraction(2, 5), 8
"""Where fewer than eight borrow, three of them have more than two fifths even when all owe the same."""
LONG_AWAY = 8
"""Meetings without ever coming, after which a balance is asked about; for who owes, half of them."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its rule of the list, the group, what is seen, and what may innocently explain it."""

    rule: str
    severity: Severity
    group: GroupId
    group_name: str
    text: str
    innocent: str

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what tells signs apart."""
        return (self.rule, self.group, self.text)


def signs(book: Book, today: date) -> list[Sign]:
    """Return the signs of all groups that are not closed, the gravest first."""
    return signs_of(load(book, Scope(), add_months(today, -12), today))


def signs_of(facts: Facts) -> list[Sign]:
    """Return the signs that facts show."""
    found: list[Sign] = []
    for group in facts.groups:
        if group.closed is not None and group.closed <= facts.ends:
            continue
        mine = facts.within(frozenset({group.id}))
        for rule, severity, look in _RULES:
            found += [
                Sign(rule, severity, group.id, group.name, text, innocent)
                for text, innocent in look(mine, group)
            ]
    return sorted(found, key=lambda one: (-one.severity.weight, one.group_name, one.rule, one.text))


Seen = Iterator[tuple[str, str]]


def _box(_facts: Facts, group: GroupFacts) -> Seen:
    if group.counted and group.difference:
        yield (
            _("Lần đếm quỹ gần nhất lệch {amount} so với sổ.").format(amount=show_dong(group.difference)),
            _("Tiền lẻ thối lại, hoặc một khoản ghi sau khi đếm."),
        )


def _late(_facts: Facts, group: GroupFacts) -> Seen:
    late = group.vouchers - group.in_time
    if group.vouchers and Fraction(late, group.vouchers) > LATE_SHARE:
        yield (
            _("{n}/{all} chứng từ được ghi sau ngày của nó hơn 7 ngày.").format(n=late, all=group.vouchers),
            _("Nhóm ở xa, thư ký mang sổ giấy đến nhập theo tháng."),
        )


def _reversed(_facts: Facts, group: GroupFacts) -> Seen:
    if group.vouchers and Fraction(group.reversals, group.vouchers) > REVERSED_SHARE:
        share = show_percent(Fraction(group.reversals, group.vouchers), 1)
        yield (
            _("{share} bút toán là bút toán đảo.").format(share=share),
            _("Thư ký mới đang học, hoặc một buổi họp được sửa lại cả bảng."),
        )


def _officers(facts: Facts, _group: GroupFacts) -> Seen:
    owed = sum(part.owed for part in facts.members)
    leaders = [part for part in facts.members if part.leads]
    if not owed or not leaders:
        return
    times = Fraction(sum(part.owed for part in leaders), owed) / Fraction(len(leaders), len(facts.members))
    if times > OFFICERS_TIMES:
        yield (
            _(
                "Ban quản lý đang nợ {share} dư nợ của nhóm, gấp {times} lần phần của họ trong số thành viên."
            ).format(
                share=show_percent(Fraction(sum(part.owed for part in leaders), owed), 0),
                times=f"{float(times):.1f}".replace(".", ","),
            ),
            _("Nhóm nhỏ, ít người vay; lãnh đạo vay theo đúng thứ tự và được duyệt như mọi người."),
        )


def _concentrated(facts: Facts, _group: GroupFacts) -> Seen:
    owed = sorted((part.owed for part in facts.members if part.owed), reverse=True)
    if len(owed) >= LEAST_BORROWERS and Fraction(sum(owed[:TOP]), sum(owed)) > TOP_SHARE:
        share = show_percent(Fraction(sum(owed[:TOP]), sum(owed)), 0)
        yield (
            _("Ba người vay nhiều nhất giữ {share} dư nợ.").format(share=share),
            _("Vay mùa vụ hoặc đầu tư lớn đã được họp nhóm duyệt."),
        )


def _dormant(facts: Facts, _group: GroupFacts) -> Seen:
    for part in facts.members:
        if part.called >= LONG_AWAY and not part.attended and part.savings:
            yield (
                _(
                    "{name} ({code}) không đến họp lần nào trong {n} buổi nhưng còn {amount} trong quỹ."
                ).format(name=part.name, code=part.code, n=part.called, amount=show_dong(part.savings)),
                _("Người ốm, đi làm xa, có người đi thay."),
            )


def _ghost(facts: Facts, _group: GroupFacts) -> Seen:
    for part in facts.members:
        if part.called * 2 >= LONG_AWAY and not part.attended and not part.represented and part.owed:
            yield (
                _(
                    "{name} ({code}) đang nợ {amount} mà không đến họp, không có ai đến thay trong {n} buổi."
                ).format(name=part.name, code=part.code, amount=show_dong(part.owed), n=part.called),
                _("Người vay trả tại nhà theo điều chỉnh đã ghi; hãy gặp để hỏi."),
            )


_RULES: tuple[tuple[str, Severity, Callable[[Facts, GroupFacts], Seen]], ...] = (
    ("A-01", Severity.HIGH, _box),
    ("A-04", Severity.MEDIUM, _late),
    ("A-06", Severity.HIGH, _reversed),
    ("A-08", Severity.MEDIUM, _officers),
    ("A-15", Severity.HIGH, _dormant),
    ("A-16", Severity.HIGH, _ghost),
    ("A-23", Severity.MEDIUM, _concentrated),
)
"""The rules of indicators.md 7.2 that the facts of a period show by themselves."""
