"""Short ways through a dossier of support for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.ids import GroupId, SupportId
from desktop.models.rules.support.assessment import items_of
from desktop.models.support_kinds import ContributionKind, SupportKind, Verdict, Wave
from desktop.services import support_assessing, support_contributions, support_transfers, supports
from desktop.services.support_assessing import Assess, Assessed, Decide, ItemAnswer
from desktop.services.support_contributions import Contribute, Kept
from desktop.services.support_transfers import Transfer
from desktop.services.supports import Beneficiary, Request
from desktop.store.book import Book
from tests.village import an_act

TODAY = date(2027, 6, 1)
ASKED = 10_000_000


def request(who: Beneficiary | GroupId, **more: Any) -> Request:
    """A request of ten million đồng in kind on 1 February 2026."""
    known: dict[str, Any] = {
        "beneficiary": who if isinstance(who, Beneficiary) else Beneficiary(group=who),
        "kind": SupportKind.IN_KIND,
        "title": "Máy ấp trứng",
        "amount": ASKED,
        "day": date(2026, 2, 1),
        "by": "Nguyễn Thị Hòa",
    }
    return Request(**{**known, **more})


def ask(book: Book, who: Beneficiary | GroupId, **more: Any) -> SupportId:
    """Write a request down."""
    return supports.ask(book, request(who, **more), an_act(TODAY)).value


def answers(wave: Wave = Wave.BEFORE, **few: int | None) -> tuple[ItemAnswer, ...]:
    """Every item 2 with a paper, but the `few` (named s1, s2, …)."""
    return tuple(
        ItemAnswer(item.number, few.get(f"s{item.number}", 2), f"Biên bản mục {item.number}")
        for item in items_of(wave)
    )


def assess(
    book: Book, support: SupportId, day: date = date(2026, 2, 10), wave: Wave = Wave.BEFORE, **few: int | None
) -> Assessed:
    """Assess a dossier."""
    command = Assess(support, day, "Chị Lan", answers(wave, **few), wave)
    return support_assessing.assess(book, command, an_act(TODAY)).value


def decide(book: Book, support: SupportId, day: date = date(2026, 2, 20), **more: Any) -> int:
    """Approve a dossier."""
    known: dict[str, Any] = {"verdict": Verdict.APPROVE, "decider": "Lê Văn Sơn", "amount": ASKED}
    return support_assessing.decide(book, Decide(support, day, **{**known, **more}), an_act(TODAY)).value


def contribute(book: Book, support: SupportId, value: int = 2_500_000, **more: Any) -> Kept:
    """Give materials with a list of signatures."""
    known: dict[str, Any] = {
        "day": date(2026, 2, 12),
        "kind": ContributionKind.MATERIAL,
        "evidence": "Danh sách ký nhận số 3",
    }
    command = Contribute(support, value=value, **{**known, **more})
    return support_contributions.contribute(book, command, an_act(TODAY)).value


def hand_over(
    book: Book, support: SupportId, value: int = ASKED, day: date = date(2026, 3, 1), **more: Any
) -> Kept:
    """Hand over with minutes."""
    known: dict[str, Any] = {
        "what": "1 máy ấp 500 trứng",
        "minutes": "BB-01",
        "giver": "Lê Văn Sơn",
        "receiver": "Nguyễn Thị Hòa",
    }
    return support_transfers.transfer(
        book, Transfer(support, day, value, **{**known, **more}), an_act(TODAY)
    ).value
