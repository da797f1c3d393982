"""Settings: kept at once, read back, damaged files borne; the page that shows them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.settings import OPTIONS, Settings
from desktop.views.kit.desk import Desk
from desktop.views.preferences.page import PreferencesPage
from tests.views.accessible import assert_named
from tests.views.typing import type_vi


@pytest.fixture
def page(desk: Desk, qtbot: Any) -> PreferencesPage:
    made = PreferencesPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


def test_what_is_typed_is_kept(page: PreferencesPage, qtbot: Any) -> None:
    type_vi(page.form_of("who").input("who"), "Nguyễn Thị Hoa")
    page.flush()
    assert Settings.load()["who"] == "Nguyễn Thị Hoa"


def test_typing_is_kept_by_itself_after_a_moment(page: PreferencesPage, qtbot: Any) -> None:
    type_vi(page.form_of("organisation").input("organisation"), "Hội Phụ nữ")
    qtbot.waitUntil(lambda: Settings.load()["organisation"] == "Hội Phụ nữ", timeout=3000)


def test_bad_numbers_are_not_kept(page: PreferencesPage) -> None:
    field = page.form_of("backup_days").input("backup_days")
    field.clear()
    type_vi(field, "0")
    page.flush()
    assert Settings.load()["backup_days"] == 7
    field.clear()
    type_vi(field, "14")
    page.flush()
    assert Settings.load()["backup_days"] == 14


def test_the_example_shows_how_amounts_are_read(page: PreferencesPage) -> None:
    assert "linh" in page._example.text()
    page.form_of("words_odd").input("words_odd").set_value("lẻ")
    assert "lẻ" in page._example.text()
    assert page.desk.settings.word_style().odd == "lẻ"


def test_every_control_has_a_name(page: PreferencesPage) -> None:
    assert_named(page)


def test_every_shown_setting_is_declared(page: PreferencesPage) -> None:
    declared = {option.key for option in OPTIONS}
    assert {key for form in page.forms for key in form.values()} <= declared


def test_settings_survive_the_program(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    settings = Settings.load(path)
    settings.update({"theme": "dark", "text_size": 150})
    settings.remember_book("/a.sonhom", "Sổ A")
    settings.remember_book("/b.sonhom", "Sổ B")
    settings.remember_book("/a.sonhom", "Sổ A")
    again = Settings.load(path)
    assert again["theme"] == "dark"
    assert again.recent_books() == [("/a.sonhom", "Sổ A"), ("/b.sonhom", "Sổ B")]
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"theme": 5, "text_size": true, "unknown": 1}', "\xff"])
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content.encode("latin-1"))
    settings = Settings.load(path)
    assert settings["theme"] == "system"
    assert settings["text_size"] == 100


def test_values_out_of_bounds_are_refused(settings: Settings) -> None:
    for key, value in (("text_size", 300), ("theme", "pink"), ("who", 3), ("backup_on_close", 1)):
        with pytest.raises(ValueError):
            settings.set(key, value)
    with pytest.raises(KeyError):
        settings["nothing"]


def test_listeners_hear_only_of_changes(settings: Settings) -> None:
    heard: list[str] = []
    settings.listen(heard.append)
    settings.set("theme", "system")
    settings.update({"theme": "dark", "who": ""})
    assert heard == ["theme"]
    settings.forget(heard.append)
    settings.forget(heard.append)


def test_a_place_that_cannot_be_written_is_borne(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    settings = Settings.load(blocked / "settings.json")
    settings.set("theme", "dark")
    assert settings["theme"] == "dark"


def test_backups_are_remembered_per_book(settings: Settings) -> None:
    at = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
    assert settings.last_backup("/a.sonhom") is None
    settings.note_backup("/a.sonhom", at)
    assert Settings.load().last_backup("/a.sonhom") == at


def test_the_file_is_plain_json(settings: Settings) -> None:
    settings.set("who", "Hoa")
    assert settings.path is not None
    assert json.loads(settings.path.read_text(encoding="utf-8")) == {"who": "Hoa"}


def test_lists_read_out_are_copies(settings: Settings) -> None:
    settings["recent_books"].append("x")
    assert settings["recent_books"] == []
