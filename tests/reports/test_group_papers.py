"""Constitution, passbooks and the sheet of a model: what they say and that nothing is cut, in both editions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reports import constitution, group_paper_samples, model_sheet, passbook
from reports.kit.report import PaperOptions
from reports.kit.styles import MM
from reports.passbook import Passbooks
from tests.reports.paper import check_whole, look, reader, said

PAPERS: dict[str, tuple[Any, Any]] = {
    "constitution": (constitution, group_paper_samples.constitution()),
    "constitution-blank": (constitution, group_paper_samples.constitution(3, agreed=False)),
    "constitution-nobody": (constitution, group_paper_samples.constitution(0)),
    "passbooks": (passbook, group_paper_samples.passbooks()),
    "passbook-savings": (passbook, Passbooks((group_paper_samples.passbook(shares=False),))),
    "passbook-empty": (passbook, Passbooks((replace(group_paper_samples.passbook(), rows=(), loans=()),))),
    "model": (model_sheet, group_paper_samples.model()),
    "model-bare": (model_sheet, replace(group_paper_samples.model(0), courses=(), products=(), cost=0)),
}


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("name", PAPERS)
def test_nothing_is_cut(name: str, large: bool) -> None:
    module, value = PAPERS[name]
    data = module.render(value, PaperOptions(large_print=large))
    check_whole(data)
    least = min(box.size for page in look(data) for box in page.boxes)
    assert least >= (18 if large else 8) - 0.01


def test_what_is_not_known_yet_leaves_room_to_write_it() -> None:
    text = said(constitution.render(group_paper_samples.constitution(3, agreed=False)))
    assert "ngày …/…/……" in text
    assert "21 người tán thành" not in text


def test_the_stamps_stand_in_their_boxes() -> None:
    """Three stamps are three dark squares in the first three boxes of the row; text says the number beside them."""
    book = group_paper_samples.passbook(0)  # buys (number × 3) mod 6: 3, 0, 3, 0 …
    data = passbook.render(Passbooks((book,)))
    page = look(data)[0]
    row = next(box for box in page.boxes if box.text == "10/01/2026")
    line = sorted((box.left, box.text) for box in page.boxes if abs(box.low - row.low) < 3)
    assert [text for _left, text in line][:4] == ["1", "10/01/2026", "3", "15"]
    # Between the day and the number of shares there is room for five boxes of at least 3 mm.
    gap = line[2][0] - row.right
    assert gap > 5 * 3 * MM


def test_totals_are_said_in_digits_and_words() -> None:
    book = group_paper_samples.passbook(0)
    text = said(passbook.render(Passbooks((book,))))
    assert f"Tổng số cổ phần: {book.shares}" in text
    assert "Bằng chữ:" in text
    assert "Còn nợ gốc: 2.500.000 ₫." in text


def test_large_letters_follow_the_member_in_a_batch() -> None:
    books = Passbooks((group_paper_samples.passbook(0), group_paper_samples.passbook(1, large_print=True)))
    data = passbook.render(books)
    assert len(reader(data).outline) == 2
    assert {round(page.wide) for page in look(data)} == {595, 842}


def test_the_sheet_adds_up_hours_and_says_where_it_runs() -> None:
    text = said(model_sheet.render(group_paper_samples.model()))
    assert "28,5" in text
    assert "Đang chạy" in text
    assert "a1" * 32 in text
