"""`sonhom savings-interest`: the working as JSON and as paper; nothing is posted."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from desktop.services import savings_book
from desktop.services.verify import verify
from desktop.store.book import Book
from tests.cli.conftest import call
from tests.reports.paper import said
from tests.services.savings_kit import agree, move, run
from tests.village import settle


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A book where January is credited and February waits, closed."""
    from datetime import date

    file = tmp_path / "lang.sonhom"
    with Book.create(str(file), "Sổ thử", who="Thư ký") as book:
        village = settle(book)
        agree(book, village)
        move(book, village, date(2026, 1, 10), 1_000_000)
        run(book, village)
    return str(file)


def test_the_next_run_is_worked_out_and_not_posted(address: str, tmp_path: Path) -> None:
    paper = tmp_path / "lai.pdf"
    found = call("savings-interest", address, "--group", "TO-01", "--json", "--out", paper)
    assert found.code == 0, found.err
    answer = found.json
    assert (answer["from"], answer["to"], answer["total"]) == ("2026-02-01", "2026-02-28", 5_624)
    (member,) = answer["members"]
    assert member["opening"] == 1_004_200
    assert Fraction(member["exact"]) == Fraction(1_004_200 * 2 * 28, 10_000)
    assert [(one["days"], one["balance"], one["percent_a_year"]) for one in member["working"]] == [
        (28, "1004200", "73/10")
    ]
    assert "Bản tính thử, chưa ghi sổ" in said(paper.read_bytes())
    with Book.open(address) as book:
        assert len(savings_book.runs(book, 1)) == 1  # type: ignore[arg-type]
        assert verify(book).ok


def test_a_posted_run_is_shown_as_it_was(address: str, tmp_path: Path) -> None:
    paper = tmp_path / "lai.pdf"
    found = call("savings-interest", address, "--group", "TO-01", "--run", 1, "--json", "--out", paper).json
    assert (found["run"], found["state"], found["total"]) == (1, "posted", 4_200)
    text = said(paper.read_bytes())
    for words in ("BẢNG TÍNH LÃI TIẾT KIỆM", "Tháng 1/2026", "1.004.200", "TL-000001/20"):
        assert words in text


def test_what_is_not_there_is_said(address: str) -> None:
    missing = call("savings-interest", address, "--group", "TO-01", "--run", 9, "--json")
    assert missing.code == 1
    assert missing.json["refused"][0]["code"] == "no-run"
    nothing = call("savings-interest", address, "--group", "TO-01", "--kind", "compulsory")
    assert "Không có kỳ nào" in nothing.out
