"""Commands that print, and the check of a printed paper."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest

from desktop.commands.book_access import groups_of
from desktop.services.livelihood_book import LivelihoodFilter, listed
from desktop.services.paper_checks import Verdict
from desktop.store.book import Book
from tests.cli.conftest import call, text_of


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
        ("blank-sheet", "PHIẾU HỌP TRỐNG"),
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
    from desktop.services.paper_codes import qr_text
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
