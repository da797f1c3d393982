"""A book on a server in the window: typed or pasted, refused at the field, made where there is none, its password kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from shiboken6 import isValid

from desktop.app import Program
from desktop.settings import Settings
from desktop.store.book import Book
from desktop.views.start.server import ServerDialog
from desktop.views.start.tiles import Line
from resources.files import config_dir
from tests.pg import Server
from tests.views.accessible import assert_named
from tests.views.conftest import Answers

SECRET = "bí mật/của:huyện@1"


@pytest.fixture
def program(dressed: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(QApplication, "quit", lambda *_: None)
    made = Program(dressed, Settings.load())
    made.show()
    yield made
    window = made.window
    assert window is not None
    window.books.close()
    qtbot.waitUntil(lambda: not made.desk.runner.busy, timeout=60_000)
    window.hand_over()
    window.deleteLater()
    made.end()
    made.deleteLater()


@pytest.fixture
def guarded(pg_server: Server, pg_address: str) -> Iterator[str]:
    """The address of an empty database with a role "lan" that the server lets in with its password only."""
    import psycopg

    rules = pg_server._data / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    rules.write_text(f"host all lan 127.0.0.1/32 scram-sha-256\n{before}", encoding="utf-8")
    with psycopg.connect(pg_address, autocommit=True) as raw:
        raw.execute("SELECT pg_reload_conf()")
        with suppress(psycopg.errors.DuplicateObject):
            raw.execute("CREATE ROLE lan LOGIN SUPERUSER")
        raw.execute(f"ALTER ROLE lan PASSWORD '{SECRET}'")
    yield pg_address.replace("sonhom@", "lan@")
    rules.write_text(before, encoding="utf-8")
    with psycopg.connect(pg_address, autocommit=True) as raw:
        raw.execute("SELECT pg_reload_conf()")


def dialog(program: Program, qtbot: Any) -> ServerDialog:
    """The dialog that asks for a server; it is waited for."""
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: bool(window.findChildren(ServerDialog)), timeout=60_000)
    found = window.findChildren(ServerDialog)
    assert len(found) == 1
    return found[0]


def asked(program: Program, qtbot: Any) -> ServerDialog:
    """The dialog as the first page opens it."""
    window = program.window
    assert window is not None
    line = next(one for one in window.page.findChildren(Line) if "máy chủ" in one.accessibleName())
    line.click()
    return dialog(program, qtbot)


def tried(opened: ServerDialog, qtbot: Any, **values: Any) -> dict[str, str]:
    """Type values, press the button and return what is said at the fields once the server has answered."""
    for key, value in values.items():
        opened.form.input(key).set_value(value)
    opened.panel.save_button.click()
    qtbot.waitUntil(lambda: not opened.desk.runner.busy, timeout=180_000)
    return opened.form.problems() if isValid(opened) else {}


def kept() -> str:
    return "".join(file.read_text(encoding="utf-8") for file in config_dir().rglob("*") if file.is_file())


@pytest.mark.postgres
def test_a_pasted_address_is_taken_apart_and_a_book_is_made_where_there_is_none(
    program: Program, qtbot: Any, guarded: str
) -> None:
    from resources.addresses import place_of

    at = place_of(guarded)
    opened = asked(program, qtbot)
    assert_named(opened)
    assert not opened.form.input("name").isVisible()
    whole = guarded.replace("lan@", "lan:b%C3%AD%20m%E1%BA%ADt%2Fc%E1%BB%A7a%3Ahuy%E1%BB%87n%401@")
    said = tried(opened, qtbot, host=whole)
    form = opened.form
    assert (form.value("host"), form.value("port"), form.value("database")) == (at.host, at.port, at.database)
    assert (form.value("user"), form.value("password")) == ("lan", SECRET)
    assert form.input("password").echoMode() == QLineEdit.EchoMode.Password
    assert "chưa có sổ" in said["name"]
    assert opened.panel.save_button.text() == "Tạo sổ"
    assert "tên" in tried(opened, qtbot, name="   ")["name"]
    assert tried(opened, qtbot, name="Sổ huyện Ba Bể", who="chị Hoa") == {}
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=60_000)
    session = program.desk.session
    assert session is not None
    assert (session.name, session.address) == ("Sổ huyện Ba Bể", guarded)
    assert program.settings.recent_books() == [(guarded, "Sổ huyện Ba Bể")]
    assert program.settings["who"] == "chị Hoa"
    assert SECRET not in kept()
    assert "%C3%AD" not in kept()


@pytest.mark.postgres
def test_each_refusal_stands_at_its_field_in_words(program: Program, qtbot: Any, guarded: str) -> None:
    import psycopg

    from resources.addresses import place_of

    at = place_of(guarded)
    opened = asked(program, qtbot)
    assert set(tried(opened, qtbot)) == {"host", "database"}  # what is needed is asked for
    said = tried(opened, qtbot, host=at.host, port=1, database=at.database, user="lan", password=SECRET)
    assert "Không liên lạc được với máy chủ" in said["host"]
    assert "kiểm tra mạng" in said["host"]
    said = tried(opened, qtbot, port=at.port, password="sai")
    assert "không nhận tên đăng nhập hoặc mật khẩu" in said["password"]
    said = tried(opened, qtbot, password=SECRET, database="khong_co")
    assert "chưa có cơ sở dữ liệu" in said["database"]
    with psycopg.connect(guarded, password=SECRET) as raw:
        raw.execute("CREATE TABLE posts (title text)")
    said = tried(opened, qtbot, database=at.database)
    assert "không phải sổ" in said["database"]
    assert not opened.making
    assert program.desk.session is None


@pytest.mark.postgres
def test_a_recent_book_asks_for_its_password_and_the_open_book_waits(
    program: Program, qtbot: Any, guarded: str, tmp_path: Path
) -> None:

    from resources.addresses import place_of

    Book.create(place_of(guarded)._replace(password=SECRET).address(), "Sổ huyện").close()
    program.settings.remember_book(guarded, "Sổ huyện")
    window = program.window
    assert window is not None
    window.books.create(str(tmp_path / "xa.sonhom"), "Sổ xã")
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=60_000)
    program.desk.open_book.emit(guarded)
    opened = dialog(program, qtbot)
    assert "mật khẩu" in opened.form.problems()["password"]
    assert opened.form.value("user") == "lan"
    assert program.desk.session is not None
    assert program.desk.session.name == "Sổ xã"  # nothing was closed for a book that did not open
    assert tried(opened, qtbot, password=SECRET) == {}
    qtbot.waitUntil(lambda: program.desk.session.name == "Sổ huyện", timeout=60_000)  # type: ignore[union-attr]
    assert [name for _address, name in program.settings.recent_books()] == ["Sổ huyện", "Sổ xã"]
    assert SECRET not in kept()


@pytest.mark.postgres
def test_the_password_file_of_postgresql_is_enough(
    program: Program, qtbot: Any, guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passes = tmp_path / "pgpass"
    passes.write_text("*:*:*:lan:" + SECRET.replace(":", "\\:") + "\n", encoding="utf-8")
    passes.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passes))
    Book.create(guarded, "Sổ huyện").close()
    window = program.window
    assert window is not None
    window.books.open(guarded)
    qtbot.waitUntil(lambda: program.desk.session is not None, timeout=60_000)
    assert window.findChildren(ServerDialog) == []


@pytest.mark.postgres
def test_a_book_that_opens_after_the_dialog_was_left_is_closed_again(
    program: Program, qtbot: Any, pg_address: str, answers: Answers
) -> None:
    Book.create(pg_address, "Sổ huyện").close()
    opened = asked(program, qtbot)
    opened.form.input("host").set_value(pg_address)
    opened.panel.save_button.click()
    opened.reject()
    qtbot.waitUntil(lambda: not program.desk.runner.busy, timeout=60_000)
    assert answers.asked == []
    assert program.desk.session is None
    assert program.settings.recent_books() == []


def test_passwords_that_an_earlier_version_kept_are_taken_out_of_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    old = [
        ["postgresql://lan:bi-mat@may/so", "Sổ A"],
        ["postgresql://lan@may/so?password=bi-mat&sslmode=require", "Sổ B"],
        ["/home/lan/xã: 5@a.sonhom", "Sổ C"],
    ]
    file.write_text(json.dumps({"recent_books": old}), encoding="utf-8")
    settings = Settings.load(file)
    assert settings.recent_books() == [
        ("postgresql://lan@may/so", "Sổ A"),
        ("postgresql://lan@may/so?sslmode=require", "Sổ B"),
        ("/home/lan/xã: 5@a.sonhom", "Sổ C"),
    ]
    assert "bi-mat" not in file.read_text(encoding="utf-8")
