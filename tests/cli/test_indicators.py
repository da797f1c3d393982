"""`sonhom indicators`: figures, a crossed table, the report of inclusion; small cells hidden, roles kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import cli
from desktop.services import sight
from desktop.store.book import Book
from tests.cli.conftest import call
from tests.inclusion_village import mixed

PERIOD = ["--from", "01/01/2026", "--to", "31/03/2026"]


@pytest.fixture
def address(tmp_path: Path) -> str:
    """A book with a mixed village, closed."""
    file = tmp_path / "lang.sonhom"
    with Book.create(str(file), "Sổ thử", who="Thư ký") as book:
        mixed(book, 24, 14)
    return str(file)


def answer(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> dict[str, object]:
    assert cli.main(["indicators", *words, *PERIOD, "--json"]) == code
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_all_indicators(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, address, "--release", "commune")
    rows = {row["id"]: row for row in found["indicators"]}  # type: ignore[attr-defined]
    assert rows["NH02"]["numerator"] == 38
    assert rows["NH03"]["denominator"] == 38
    assert rows["TD08"]["shown"] == "–"
    assert cli.main(["indicators", address, *PERIOD]) == 0
    assert "NH02  Số thành viên: 38 người" in capsys.readouterr().out


def test_a_crossed_table_for_a_partner_hides_small_cells_also_in_files(
    address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    crossed = ["--measure", "nh02", "--rows", "sex", "--columns", "age3", "--release", "partner"]
    file = tmp_path / "bang.csv"
    found = answer(capsys, address, *crossed, "--out", str(file))
    cells = [cell for row in found["rows"] for cell in row["cells"]]  # type: ignore[attr-defined]
    assert "…" in cells
    assert not {"1", "2", "3", "4"} & set(cells)
    assert "…" in file.read_text(encoding="utf-8-sig")
    pdf = tmp_path / "bang.pdf"
    answer(capsys, address, *crossed, "--out", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF")


def test_the_report_of_inclusion(address: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "hn.xlsx"
    found = answer(capsys, address, "--inclusion", "--release", "commune", "--out", str(file))
    assert found["columns"][0] == "Nhóm dân cư"  # type: ignore[index]
    assert file.exists()


def test_without_the_role_nothing_sensitive_is_answered(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "sees", lambda _book, _who: False)
    refused = answer(capsys, address, "--measure", "NH02", "--rows", "disability", code=1)
    assert "refused" in refused
    text = json.dumps(answer(capsys, address, "--inclusion"), ensure_ascii=False).lower()
    assert "khuyết tật" not in text
    assert "dân tộc" not in text
    ids = {row["id"] for row in answer(capsys, address)["indicators"]}  # type: ignore[attr-defined]
    assert not ids & {"HN01", "HN05"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--measure", "XX99"], 2, "NH02"),
        (["--measure", "NH02", "--rows", "mau-da"], 2, "disability"),
        (["--out", "x.doc"], 2, ".xlsx"),
        (["--out", "x.pdf"], 2, ".csv"),
        (["--group", "KHONG"], 1, "KHONG"),
        (["--commune", "123"], 1, "123"),
    ],
)
def test_what_is_not_there_is_refused_with_what_there_is(
    address: str, capsys: pytest.CaptureFixture[str], words: list[str], code: int, told: str
) -> None:
    (refused,) = answer(capsys, address, *words, code=code)["refused"]  # type: ignore[misc]
    assert told in refused["message"]


def test_the_list_for_a_donor_says_how_many_were_not_counted(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.consents.agreeing_in", lambda *_asked: frozenset())
    assert "Không tính 38 người chưa đồng ý" in call("indicators", address, *PERIOD).out
    assert "chưa đồng ý" not in call("indicators", address, *PERIOD, "--release", "commune").out
