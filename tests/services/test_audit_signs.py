"""Signs that ask for a question: each is shown by the facts it names, and by nothing less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.models.audit_kinds import Severity
from desktop.models.kinds import Office
from desktop.services import audit_signs
from desktop.services.indicators.facts import Facts, LoanPart, Part, Scope
from desktop.services.indicators.loading import load
from desktop.store.book import Book
from tests.inclusion_village import ENDS, STARTS, mixed

CALM = frozenset({Office.CHAIR})


def rules(facts: Facts) -> list[str]:
    return [one.rule for one in audit_signs.signs_of(facts)]


def facts_of(book: Book) -> Facts:
    mixed(book, 8, 4)
    return load(book, Scope(), STARTS, ENDS)


def group_with(facts: Facts, **more: object) -> Facts:
    (group,) = facts.groups
    return replace(facts, groups=(replace(group, **more),))  # type: ignore[arg-type]


def part_with(facts: Facts, place: int, **more: object) -> Facts:
    parts = list(facts.parts)
    parts[place] = replace(parts[place], **more)  # type: ignore[arg-type]
    return replace(facts, parts=tuple(parts))


def owing(amount: int) -> tuple[LoanPart, ...]:
    return (LoanPart(1, outstanding=amount),) if amount else ()


def lent(facts: Facts, *amounts: int) -> Facts:
    parts: list[Part] = []
    for place, part in enumerate(facts.parts):
        amount = amounts[place] if place < len(amounts) else 0
        parts.append(replace(part, loans=owing(amount), offices=frozenset()))
    return replace(facts, parts=tuple(parts))


def test_a_calm_group_shows_nothing(book: Book) -> None:
    facts = facts_of(book)
    assert rules(facts) == []
    assert audit_signs.signs(book, ENDS) == []


def test_the_box_late_vouchers_and_reversals(book: Book) -> None:
    facts = facts_of(book)
    assert rules(group_with(facts, counted=True, difference=-1_000)) == ["A-01"]
    assert rules(group_with(facts, counted=True, difference=0)) == []
    assert rules(group_with(facts, vouchers=20, in_time=18)) == []
    assert rules(group_with(facts, vouchers=20, in_time=17)) == ["A-04"]
    assert rules(group_with(facts, vouchers=100, in_time=100, reversals=3)) == []
    assert rules(group_with(facts, vouchers=100, in_time=100, reversals=4)) == ["A-06"]
    assert rules(group_with(facts, counted=True, difference=-1_000, closed=date(2026, 3, 1))) == []


def test_loans_of_officers_and_of_a_few(book: Book) -> None:
    facts = lent(facts_of(book), 200, *[100] * 9)
    # One of twelve members owes two elevenths: more than twice their share.
    assert rules(part_with(facts, 0, offices=CALM)) == ["A-08"]
    assert rules(part_with(facts, 11, offices=CALM)) == []
    assert rules(lent(facts, 300, 300, 300, *[100] * 5)) == ["A-23"]
    assert rules(lent(facts, *[100] * 8)) == []
    assert rules(lent(facts, 300, 300, 300, 100, 100)) == []  # so few borrow that three are most of them


def test_who_never_comes_but_has_money_or_owes(book: Book) -> None:
    facts = facts_of(book)
    away = {"called": 8, "attended": 0, "represented": 8}
    assert rules(part_with(facts, 1, **away)) == ["A-15"]
    assert rules(part_with(facts, 1, **{**away, "called": 7})) == []
    assert rules(part_with(facts, 1, **away, savings=0)) == []
    owes = part_with(facts, 5, called=4, attended=0, represented=0, savings=0, loans=owing(500_000))
    (sign,) = audit_signs.signs_of(owes)
    assert (sign.rule, sign.severity) == ("A-16", Severity.HIGH)
    assert "500.000" in sign.text
    assert sign.innocent
