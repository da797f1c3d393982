"""The import of members at the terminal: all or nothing unless told, and shown beforehand."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop.store.book import Book
from tests.cli.conftest import call


def a_list(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Tên đầy đủ của chị em", "Năm sinh", "Giới tính", "Ấp"], *rows])
    return path


def test_import_is_all_or_nothing_unless_told(demo: Path, tmp_path: Path) -> None:
    path = a_list(
        tmp_path / "ds.csv",
        ["Nguyễn Thị Bông Điên Điển", "1980", "Nữ", "ấp Một"],
        ["Trần Văn Lúa", "31/02/1970", "Nam", "ấp Một"],
    )
    mapped = ["--group", "N-001", "--map", "full_name=#1"]
    refused = call("import", demo, path, *mapped, "--json")
    assert refused.code == 1
    assert {problem["row"] for problem in refused.json["refused"]} == {3}
    rejects = tmp_path / "loai.csv"
    done = call("import", demo, path, *mapped, "--skip-bad", "--yes", "--rejects", rejects, "--json")
    assert done.code == 0, done.err
    assert (done.json["members"], done.json["memberships"], done.json["rejected"]) == (1, 1, 1)
    assert "Trần Văn Lúa" in rejects.read_text(encoding="utf-8-sig")
    assert call("verify", demo).code == 0


def test_an_import_into_a_book_that_a_window_holds_writes_nothing(demo: Path, tmp_path: Path) -> None:
    path = a_list(tmp_path / "ds.csv", ["Lê Thị Sen", "1980", "Nữ", ""], ["Lê Lúa", "31/02/1970", "Nam", ""])
    rejects = tmp_path / "loai.csv"
    words = ("import", demo, path, "--map", "full_name=#1", "--skip-bad", "--yes", "--rejects", rejects)
    with Book.open(str(demo), "Hoa"):
        said = call(*words)
        assert (said.code, said.out) == (3, "")
        assert "Hoa" in said.err
        assert not rejects.exists()
        assert call(*words, "--dry-run").code == 0  # a trial writes only the file of rejects
    assert rejects.exists()


def test_a_trial_import_ends_as_the_import_would(demo: Path, tmp_path: Path) -> None:
    path = a_list(
        tmp_path / "ds.csv", ["Lê Thị Sen Vàng", "1980", "Nữ", ""], ["Lê Lúa", "31/02/1970", "Nam", ""]
    )
    words = ("import", demo, path, "--map", "full_name=#1", "--yes")
    assert call(*words, "--dry-run").code == call(*words).code == 1
    assert call(*words, "--dry-run", "--skip-bad").code == call(*words, "--skip-bad").code == 0
    # The second time the same list has nobody new.
    assert call(*words, "--dry-run", "--skip-bad").code == call(*words, "--skip-bad").code == 1


def test_the_help_of_import_lists_all_fields() -> None:
    from desktop.commands.import_members import FIELDS
    from desktop.services.exchange import Field

    assert tuple(field.value for field in Field) == FIELDS


def test_import_shows_what_it_would_do(demo: Path, tmp_path: Path) -> None:
    path = a_list(tmp_path / "ds.csv", ["Nguyễn Thị Bông", "1980", "Nữ", "ấp Một"])
    before = demo.read_bytes()
    seen = call("import", demo, path, "--map", "full_name=tên đầy đủ của chị em", "--dry-run", "--json")
    assert (seen.code, seen.json["good"], seen.json["bad"]) == (0, 1, 0)
    assert demo.read_bytes() == before
    assert call("import", demo, path, "--map", "soul=#1").code == 1
    assert call("import", demo, path, "--map", "phone=#77").code == 1
    assert call("import", demo, tmp_path / "none.csv").code == 3
