"""Commands of the whole book: new, demo, verify, backup, restore, and what they say of damage."""

from __future__ import annotations

import io
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from desktop import cli
from desktop.store.book import Book
from tests.cli.conftest import TODAY, call


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
    early = call("demo", tmp_path / "x.sonhom", "--today", "31/12/2022", "--json")
    assert (early.code, early.json["refused"][0]["field"]) == (1, "today")
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


def test_verify_tells_of_guards_that_were_gone(demo: Path) -> None:
    with closing(sqlite3.connect(demo)) as raw:
        raw.execute("DROP TRIGGER guard_postings_update")
    said = call("verify", demo, "--json")
    assert (said.code, said.json["first"]["code"]) == (1, "guard-repaired")
    assert "guard_postings_update" in said.json["first"]["message"]
    assert call("verify", demo).code == 0


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


def test_a_reader_that_has_had_enough_does_not_change_the_code(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    with closing(sqlite3.connect(demo)) as raw:
        raw.execute("UPDATE day_totals SET amount = amount + 1")
        raw.commit()
    for words, code in (
        (("verify", demo), 1),
        (("verify", tmp_path / "khong-co", "--json"), 3),
        (("words", 5), 0),
    ):
        monkeypatch.setattr(sys, "stdout", Gone())
        assert cli.main([str(word) for word in words]) == code
