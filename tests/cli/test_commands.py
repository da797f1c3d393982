"""Each command does what it says, and says no with the right code."""

from __future__ import annotations

import csv
import errno
import os
import random
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdf
import pytest

from desktop import cli
from desktop.commands.book_access import groups_of
from desktop.services.livelihood_book import LivelihoodFilter, listed
from desktop.services.prints import Verdict
from desktop.store.book import Book
from tests.cli.conftest import TODAY, call


def text_of(path: str | Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(str(path)).pages)


# -- words, usage, the window ---------------------------------------------------------------------------


def test_words() -> None:
    assert call("words", 1005).out == "Một nghìn không trăm linh năm đồng\n"
    assert call("words", "1,5tr", "--json").json["amounts"] == [
        {"amount": 1_500_000, "words": "Một triệu năm trăm nghìn đồng"}
    ]
    assert "lẻ" in call("words", 1005, "--odd", "lẻ").out


def test_words_are_vietnamese_in_english_too_and_the_help_says_so() -> None:
    assert call("words", 1005, "--lang", "en").out == call("words", 1005).out
    assert "tiếng Việt" in call("words", "--help").out


@pytest.mark.parametrize(
    "words", [("words", "1.5"), ("words",), ("dance",), ("words", "5", "--loud"), ("verify",)]
)
def test_a_wrong_command_line_ends_with_2(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.err
    assert not said.out


def test_without_a_command_the_window_opens() -> None:
    opened: list[str | None] = []

    def window(book: str | None) -> int:
        opened.append(book)
        return 0

    for argv in ([], ["--lang", "en"], ["a.sonhom"], ["postgresql://x/y", "--lang=en"]):
        assert cli.main(argv, open_window=window) == 0
    assert opened == [None, None, "a.sonhom", "postgresql://x/y"]
    assert cli.main(["words", "5"], open_window=window) == 0
    assert len(opened) == 4


def test_help_imports_neither_qt_nor_the_database() -> None:
    script = (
        "import sys; from desktop import cli; code = cli.main(['--help']) + cli.main(['words', '5']);"
        "heavy = {'sqlalchemy', 'PySide6', 'reportlab', 'alembic'} & set(sys.modules);"
        "assert not heavy, heavy; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "verify" in done.stdout


@pytest.mark.parametrize(
    "words", [("words", "--json"), ("statement", "so.sonhom", "--all", "--member", "x", "--json")]
)
def test_a_wrong_command_line_is_answered_as_any_refusal(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 2
    assert said.json["refused"][0]["code"] == "mistyped"


def test_a_mistake_of_the_program_is_answered_as_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("desktop.services.books.open_book", broken)
    said = call("verify", "so.sonhom", "--json")
    assert said.code == 3
    assert "ZeroDivisionError" in said.json["trouble"]["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="Windows and macOS always have a screen")
def test_a_window_without_a_screen_says_so(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", str(tmp_path / "so.sonhom")],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 3
    assert "không có màn hình" in done.stderr


def test_a_language_that_is_not_there_is_refused() -> None:
    assert call("words", "5", "--lang", "fr").code == 2


# -- making and checking books --------------------------------------------------------------------------


def test_new_makes_a_book_once(tmp_path: Path) -> None:
    path = tmp_path / "moi.sonhom"
    said = call("new", path, "--name", "Sổ xã", "--json")
    assert said.code == 0
    assert said.json["name"] == "Sổ xã"
    before = path.read_bytes()
    again = call("new", path)
    assert (again.code, path.read_bytes()) == (3, before)
    assert call("verify", path).code == 0


def test_the_demo_says_how_much_is_in_the_book(tmp_path: Path) -> None:
    path = tmp_path / "mau.sonhom"
    words = ("--groups", 1, "--members", 4, "--years", 1, "--today", TODAY, "--bulk", "--json")
    said = call("demo", path, *words).json
    with sqlite3.connect(path) as raw:
        tables = {"groups": "savings_groups", "members": "members", "vouchers": "vouchers"}
        for name, table in tables.items():
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (said[name],)
    raw.close()


def test_demo_is_sound_and_refuses_silly_sizes(demo: Path, tmp_path: Path) -> None:
    said = call("verify", demo, "--json")
    assert said.code == 0
    assert said.json["ok"] is True
    assert said.json["vouchers"] > 50
    refused = call("demo", tmp_path / "x.sonhom", "--members", 1, "--json")
    assert refused.code == 1
    assert refused.json["refused"][0]["field"] == "members"
    assert not (tmp_path / "x.sonhom").exists()


def test_verify_names_the_first_voucher_that_does_not_fit(demo: Path) -> None:
    with sqlite3.connect(demo) as raw:
        raw.execute("PRAGMA recursive_triggers=OFF")
        (guards,) = raw.execute(
            "SELECT group_concat(name) FROM sqlite_master WHERE name LIKE 'guard_postings_%'"
        ).fetchone()
        for guard in guards.split(","):
            raw.execute(f"DROP TRIGGER {guard}")
        voucher, number, paper, year = raw.execute(
            "SELECT id, number, paper, year FROM vouchers WHERE paper = 'PT' ORDER BY seq LIMIT 1 OFFSET 9"
        ).fetchone()
        raw.execute("UPDATE postings SET amount = amount + 1 WHERE voucher_id = ? AND amount > 0", (voucher,))
    raw.close()
    said = call("verify", demo, "--json")
    assert said.code == 1
    assert said.json["ok"] is False
    assert said.json["first"]["voucher"] == f"{paper}-{number:04d}/{year}"
    assert f"{paper}-{number:04d}/{year}" in call("verify", demo).out


def test_a_book_that_is_none_is_trouble(tmp_path: Path) -> None:
    empty, folder = tmp_path / "rong.sonhom", tmp_path / "thu-muc.sonhom"
    empty.write_bytes(b"PK\x03\x04 not a book at all")
    folder.mkdir()
    for path in (empty, folder, tmp_path / "khong-co.sonhom"):
        said = call("verify", path, "--json")
        assert said.code == 3
        assert said.json["trouble"]["message"]
    assert empty.read_bytes() == b"PK\x03\x04 not a book at all"


def test_backup_copies_and_checks(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    said = call("backup", demo, folder, "--json")
    assert said.code == 0
    copy = Path(said.json["path"])
    assert copy.parent == folder
    assert call("verify", copy).code == 0
    assert call("backup", demo, tmp_path / "none" / "x.sonhom").code == 3
    assert Path(call("backup", demo, f"{tmp_path}/bk/", "--json").json["path"]).parent == tmp_path / "bk"
    again = call("backup", demo, copy)
    assert again.code == 3
    assert "--replace" in again.err
    assert call("backup", demo, copy, "--replace").code == 0
    assert call("backup", demo, folder, "--json").json["path"] != str(copy)


def damage(path: Path) -> None:
    """Overwrite twenty pages of what was written last with noise."""
    content = bytearray(path.read_bytes())
    at = len(content) // 4096 * 3 // 4 * 4096
    content[at : at + 20 * 4096] = random.Random(1).randbytes(20 * 4096)
    path.write_bytes(content)


def test_verify_of_a_damaged_book_says_what_is_damaged_and_where_the_copy_lies(
    demo: Path, tmp_path: Path
) -> None:
    (tmp_path / "sao-luu").mkdir()
    copy = tmp_path / "sao-luu" / "so-20261123-1200.sonhom"
    assert call("backup", demo, copy).code == 0
    damage(demo)
    said = call("verify", demo)
    assert said.code == 1
    assert "TỆP SỔ BỊ HỎNG" in said.out
    assert "Phần " in said.out
    assert str(copy) in said.out
    assert "nguyên vẹn" not in said.out + said.err
    assert "sổ vẫn nguyên" not in said.out + said.err
    answer = call("verify", demo, "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert answer.json["damaged"] is True
    assert answer.json["first"]["code"] == "damaged"
    assert any(str(copy) in sentence for sentence in answer.json["advice"])


@pytest.mark.parametrize("seed", range(12))
def test_wherever_the_damage_is_verify_answers_in_words(demo: Path, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(demo.read_bytes())
    for _page in range(3):
        at = dice.randrange(1, len(content) // 4096) * 4096
        content[at : at + 4096] = dice.randbytes(4096)
    demo.write_bytes(content)
    said = call("verify", demo, "--json")
    assert said.code == 1, said.err
    assert said.json["ok"] is False
    assert said.json["advice"]
    assert call("backup", demo, demo.parent / "sao.sonhom").code in (1, 3)
    assert not (demo.parent / "sao.sonhom").exists()


def test_a_book_damaged_at_its_beginning_is_an_answer_of_verify(demo: Path) -> None:
    content = bytearray(demo.read_bytes())
    content[100:8192] = random.Random(1).randbytes(8092)
    demo.write_bytes(content)
    said = call("verify", demo, "--json")
    assert said.code == 1
    assert said.json["damaged"] is True
    assert "bị hỏng" in call("verify", demo).out


def test_restore_puts_a_copy_in_place_and_keeps_the_old_file(demo: Path, tmp_path: Path) -> None:
    copy = demo.with_name(f"{demo.stem} sao.sonhom")
    assert call("backup", demo, copy).code == 0
    (listed,) = [
        row for row in call("restore", "--list", demo, "--json").json["copies"] if row["path"] == str(copy)
    ]
    assert (listed["whole"], listed["kind"]) == (True, "manual")
    assert str(copy) in call("restore", "--list", demo).out
    assert call("restore", copy).code == 2
    nothing = call("restore", copy, demo, "--json")
    assert (nothing.code, nothing.json["lost"]["vouchers"], nothing.json["restored"]) == (0, 0, True)
    # Now the book goes on: the restored one has the note of its restoring, which the copy has not.
    asked = call("restore", copy, demo, "--json")
    assert (asked.code, asked.json["refused"][0]["code"]) == (1, "would-lose")
    seen = call("restore", copy, demo, "--dry-run", "--json")
    assert (seen.code, seen.json["restored"], seen.json["lost"]["changes"]) == (0, False, 1)
    done = call("restore", copy, demo, "--yes", "--json")
    assert done.code == 0
    assert Path(done.json["kept"]).parent == demo.parent
    assert call("verify", done.json["kept"]).code == call("verify", demo).code == 0


def test_restore_says_no_with_the_right_code(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sao.sonhom"
    assert call("backup", demo, copy).code == 0
    before = demo.read_bytes()
    damaged = bytearray(copy.read_bytes())
    damaged[5 * 4096 : 40 * 4096] = bytes([5]) * (35 * 4096)
    (tmp_path / "bad.sonhom").write_bytes(damaged)
    (tmp_path / "photo.sonhom").write_bytes(b"\x89PNG" + bytes(300))
    bad = call("restore", tmp_path / "bad.sonhom", demo, "--json")
    assert (bad.code, bad.json["trouble"]["code"]) == (1, "damaged")
    assert call("restore", tmp_path / "photo.sonhom", demo).code == 3
    assert call("restore", tmp_path / "none.sonhom", demo).code == 3
    with Book.open(str(demo)):
        in_use = call("restore", copy, demo, "--json")
    assert (in_use.code, in_use.json["trouble"]["code"]) == (3, "in-use")
    assert call("restore", copy, "postgresql://x/y").code == 3
    assert demo.read_bytes() == before


def test_backup_of_a_damaged_book_keeps_the_good_copy(demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "sao.sonhom"
    assert call("backup", demo, copy).code == 0
    good = copy.read_bytes()
    damage(demo)
    said = call("backup", demo, copy, "--replace", "--json")
    assert said.code == 1
    assert said.json["trouble"]["code"] == "damaged"
    assert "sao lưu gần nhất" in said.json["trouble"]["advice"]
    assert copy.read_bytes() == good


def test_a_mistake_of_the_program_never_says_that_the_book_is_whole(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_words: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("desktop.services.verify.verify", broken)
    said = call("verify", demo, "--json")
    assert said.code == 3
    assert said.json["trouble"]["code"] == "program"
    assert "nguyên" not in said.err
    assert "sonhom verify" in said.err


def test_a_book_in_a_mistyped_folder_is_refused(tmp_path: Path) -> None:
    said = call("new", tmp_path / "usb" / "so.sonhom", "--json")
    assert said.code == 3
    assert "Không thấy thư mục" in said.json["trouble"]["message"]
    assert not (tmp_path / "usb").exists()


def test_an_empty_book_says_that_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "so.sonhom"
    call("new", path)
    for words in (("statement", path, "--all"), ("statement", path, "--group", "N-001")):
        said = call(*words)
        assert said.code == 1
        assert "Sổ chưa có nhóm nào." in said.err


# -- papers ---------------------------------------------------------------------------------------------


def test_statements_of_a_group_and_of_one_member(demo: Path, tmp_path: Path) -> None:
    said = call(
        "statement", demo, "--group", "n-001", "--to", "23/11/2026", "--out", tmp_path / "in", "--json"
    )
    assert said.code == 0, said.err
    (file,) = said.json["files"]
    assert file["statements"] >= 6
    text = text_of(file["file"])
    assert "SAO KÊ THÀNH VIÊN" in text
    assert "24/11/2025" in text
    one = call(
        "statement",
        demo,
        "--group",
        "N-001",
        "--member",
        "TV-0002",
        "--to",
        "23/11/2026",
        "--out",
        tmp_path,
        "--json",
    )
    assert one.json["files"][0]["statements"] == 1
    assert "TV-0002" in text_of(one.json["files"][0]["file"])


def test_statements_of_all_groups_are_a_file_each(demo: Path, tmp_path: Path) -> None:
    said = call("statement", demo, "--all", "--to", "23/11/2026", "--out", tmp_path / "tat-ca", "--json")
    assert [file["group"] for file in said.json["files"]] == ["N-001", "N-002"]
    assert len(list((tmp_path / "tat-ca").iterdir())) == 2


def test_a_medium_that_cannot_be_written_is_told_in_words(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On such a medium also the removal of the working file is refused."""

    def refuse(*_args: object, **_kept: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("reports.member_statement.render_statements", refuse)
    monkeypatch.setattr(Path, "unlink", refuse)
    said = call("statement", demo, "--group", "N-001", "--to", "23/11/2026", "--out", tmp_path / "in")
    assert said.code == 3
    assert "ngoài dự kiến" not in said.err
    assert "được quyền ghi" in said.err


def test_statements_that_cannot_be(demo: Path, tmp_path: Path) -> None:
    unknown = call("statement", demo, "--group", "KHONG", "--out", tmp_path)
    assert unknown.code == 1
    assert "N-001" in unknown.err
    assert call("statement", demo, "--group", "N-001", "--member", "TV-9999", "--out", tmp_path).code == 1
    assert (
        call(
            "statement", demo, "--group", "N-001", "--from", "2/2/2026", "--to", "1/1/2026", "--out", tmp_path
        ).code
        == 1
    )
    assert call("statement", demo, "--group", "N-001", "--from", "31/02/2026").code == 2
    assert call("statement", demo).code == 2
    assert not list(tmp_path.glob("*.pdf*"))


@pytest.mark.parametrize(
    ("key", "said_on_paper"),
    [
        ("meeting-minutes", "BIÊN BẢN HỌP"),
        ("receipts", "PHIẾU THU"),
        ("blank-sheet", "PHIẾU GHI HỌP"),
        ("member-list", "DANH SÁCH THÀNH VIÊN"),
        ("cash-book", "SỔ QUỸ TIỀN MẶT"),
        ("trial-balance", "BẢNG CÂN ĐỐI TÀI KHOẢN"),
        ("social-book", "SỔ QUỸ XÃ HỘI"),
        ("expense-list", "BẢNG KÊ CHI PHÍ"),
        ("group-report", "BÁO CÁO THÁNG CỦA NHÓM"),
    ],
)
def test_other_papers(key: str, said_on_paper: str, demo: Path, tmp_path: Path) -> None:
    said = call("report", demo, key, "--group", "N-002", "--to", "23/11/2026", "--out", tmp_path, "--json")
    assert said.code == 0, said.err
    assert said_on_paper in text_of(said.json["file"]).upper()


@pytest.mark.parametrize(
    ("key", "more", "said_on_paper"),
    [
        ("donor-report", ("--period", "2026-H2", "--release", "donor"), "BÁO CÁO NHÀ TÀI TRỢ"),
        ("coordination-list", (), "DANH SÁCH PHỐI HỢP"),
        ("maturity-score", ("--group", "N-001"), "PHIẾU CHẤM ĐIỂM TRƯỞNG THÀNH"),
        ("change-plan", ("--group", "N-001"), "KẾ HOẠCH THAY ĐỔI"),
    ],
)
def test_papers_of_the_project(
    key: str, more: tuple[str, ...], said_on_paper: str, demo: Path, tmp_path: Path
) -> None:
    said = call("report", demo, key, *more, "--out", tmp_path, "--json")
    assert said.code == 0, said.err
    assert said_on_paper in text_of(said.json["file"]).upper()


def test_a_paper_of_a_group_needs_one_and_a_period_must_be_one(demo: Path, tmp_path: Path) -> None:
    assert call("report", demo, "member-list", "--out", tmp_path).code == 2
    missing = call("report", demo, "loan-contract", "--out", tmp_path, "--json")
    assert missing.code == 2
    assert "--group, --loan" in missing.json["refused"][0]["message"]
    assert call("report", demo, "donor-report", "--period", "2026-Q5", "--out", tmp_path).code == 2
    assert not list(tmp_path.glob("*.pdf*"))


def test_a_livelihood_says_its_group_itself(demo: Path, tmp_path: Path) -> None:
    with Book.open(str(demo)) as book:
        rows = listed(book, LivelihoodFilter(), date(2026, 11, 23))
        row = next(row for row in rows if row.owner.groups)
        codes = {group.id: group.code for group in groups_of(book)}
    code = codes[row.owner.groups[0]]
    for key in ("livelihood-record", "visit-form"):
        words = ("report", demo, key, "--livelihood", row.code.lower(), "--out", tmp_path, "--json")
        alone, with_group = call(*words), call(*words, "--group", code)
        assert alone.code == 0, alone.err
        assert alone.json == with_group.json
        assert alone.json["group"] == code
    unknown = call("report", demo, "visit-form", "--livelihood", "SK-9999", "--out", tmp_path)
    assert unknown.code == 1
    assert "Sổ không có sinh kế mã SK-9999" in unknown.err
    assert call("report", demo, "livelihood-record", "--group", code, "--out", tmp_path).code == 2


def test_the_report_on_jobs_is_of_the_whole_book_unless_a_group_is_named(demo: Path, tmp_path: Path) -> None:
    whole = call("report", demo, "job-report", "--out", tmp_path, "--json")
    assert whole.code == 0, whole.err
    assert whole.json["group"] == ""
    of_group = call("report", demo, "job-report", "--group", "n-001", "--out", tmp_path, "--json")
    assert of_group.json["group"] == "N-001"
    assert text_of(whole.json["file"]) != text_of(of_group.json["file"])


def test_a_loan_that_is_not_there_is_named_as_typed(demo: Path, tmp_path: Path) -> None:
    said = call("report", demo, "loan-contract", "--group", "N-001", "--loan", "KV-9999", "--out", tmp_path)
    assert said.code == 1
    assert "không có khoản vay mã KV-9999" in said.err


def test_a_paper_of_a_meeting_that_was_not_held(demo: Path, tmp_path: Path) -> None:
    said = call("report", demo, "meeting-minutes", "--group", "N-001", "--meeting", 999, "--out", tmp_path)
    assert said.code == 1


def test_check_paper(demo: Path, tmp_path: Path) -> None:
    call(
        "statement", demo, "--group", "N-001", "--member", "TV-0002", "--to", "23/11/2026", "--out", tmp_path
    )
    qr = _qr_of_first_statement(demo)
    good = call("check-paper", demo, qr, "--json")
    assert (good.code, good.json["verdict"]) == (0, Verdict.MATCHES.value)
    forged = call("check-paper", demo, qr.replace(";", ";9", 1), "--json")
    assert forged.code == 1
    assert call("check-paper", demo, "hello").code == 1


def _qr_of_first_statement(demo: Path) -> str:
    from desktop.services.prints import qr_text
    from desktop.store.book import Book

    with Book.open(str(demo)) as book, book.read() as session:
        from desktop.models.records.every import Member, Print, Register

        paper = session.query(Print).filter(Print.report == "member_statement").order_by(Print.id).first()
        assert paper is not None
        assert paper.member_id is not None
        member = session.get_one(Member, paper.member_id)
        register = session.get_one(Register, paper.register_id)
        return qr_text(
            book.uid,
            paper.number,
            member.code,
            paper.ends,
            paper.balance,
            register.uid,
            paper.seq,
            paper.check_code,
        )


# -- import ---------------------------------------------------------------------------------------------


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


def test_the_help_lists_the_papers_one_under_the_other_and_breaks_no_key(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["report", "--help"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert any(line.startswith("blank-sheet: ") for line in lines)
    assert any(line.startswith("trial-balance: ") for line in lines)
