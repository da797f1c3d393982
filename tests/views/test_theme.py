"""The look: contrast by WCAG 2.2, every icon and token there, sizes that grow, Qt's own words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QMessageBox, QWidget

from desktop.views.actions import ACTIONS
from desktop.views.kit import icons, theme
from desktop.views.kit.qt_vi import WORDS, VietnameseQt
from desktop.views.kit.theme import PALETTES, Palette, Theme, contrast
from desktop.views.pages import PAGES
from resources.files import file

every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)

TEXT_ON_GROUND = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "stripe"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "stripe"),
    ("muted", "raised"),
    ("accent", "surface"),
    ("accent", "window"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_soft", "accent_soft"),
    ("text", "accent_soft"),
    *((tone, ground) for tone in ("good", "warn", "bad") for ground in ("surface", "window", f"{tone}_soft")),
    *(("text", f"{tone}_soft") for tone in ("good", "warn", "bad")),
]


def test_the_measure_is_right() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54


@every_palette
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@every_palette
@pytest.mark.parametrize("line", ["control", "focus", "accent", "bad", "warn"])
@pytest.mark.parametrize("ground", ["surface", "window"])
def test_lines_of_controls_and_the_focus_can_be_seen(palette: Palette, line: str, ground: str) -> None:
    assert contrast(getattr(palette, line), getattr(palette, ground)) >= 3


def test_high_contrast_means_seven_to_one() -> None:
    palette = PALETTES["contrast"]
    for text, ground in TEXT_ON_GROUND:
        assert contrast(getattr(palette, text), getattr(palette, ground)) >= 7, (text, ground)


@every_palette
def test_every_token_of_the_sheet_is_filled(palette: Palette, dressed: Any) -> None:
    sheet = theme.style_sheet(Theme(palette, 150))
    assert "$" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)


def test_one_sheet_for_all_no_widget_has_its_own() -> None:
    views = Path(theme.__file__).parents[1]
    ours = [
        *views.glob("*.py"),
        *(path for room in ("kit", "start", "preferences") for path in views.glob(f"{room}/*.py")),
    ]
    offenders = [
        path.name
        for path in ours
        if "setStyleSheet(" in path.read_text(encoding="utf-8") and path.name != "theme.py"
    ]
    assert offenders == []


def test_every_named_icon_is_there(dressed: Any) -> None:
    names = {entry.icon for entry in PAGES} | {action.icon for action in ACTIONS if action.icon}
    views = Path(theme.__file__).parents[1]
    for path in views.rglob("*.py"):
        names |= set(
            re.findall(r"icons\.(?:icon|pixmap)\(\s*\"([a-z-]+)\"", path.read_text(encoding="utf-8"))
        )
        names |= set(re.findall(r"icon=\"([a-z-]+)\"", path.read_text(encoding="utf-8")))
    for name in sorted(names):
        assert not icons.icon(name).isNull(), name


def test_icons_take_the_colour_of_the_theme() -> None:
    for path in file("icons").glob("*.svg"):
        source = path.read_text(encoding="utf-8")
        assert path.name == "sonhom.svg" or "currentColor" in source
        assert "http://www.w3.org/2000/svg" in source


def test_text_grows_to_twice_its_size(dressed: Any) -> None:
    try:
        theme.apply(dressed, "light", 100)
        small = dressed.font().pointSizeF()
        theme.apply(dressed, "light", 200)
        assert dressed.font().pointSizeF() == pytest.approx(2 * small)
        assert theme.space(3) == 24
        theme.apply(dressed, "light", 500)
        assert theme.theme().percent == 200
    finally:
        theme.apply(dressed, "light", 100)


def test_dressing_changes_the_look(dressed: Any, qtbot: Any) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    theme.dress(label, "title")
    label.show()
    assert label.font().pointSizeF() > dressed.font().pointSizeF()


@pytest.fixture
def vietnamese(dressed: Any) -> Any:
    translator = VietnameseQt()
    dressed.installTranslator(translator)
    yield translator
    dressed.removeTranslator(translator)


def test_qts_buttons_speak_vietnamese(vietnamese: Any, qtbot: Any) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    kinds = QMessageBox.StandardButton
    box.setStandardButtons(kinds.Yes | kinds.No | kinds.Cancel | kinds.Save | kinds.Discard)
    assert [box.button(kind).text().replace("&", "") for kind in (kinds.Yes, kinds.No, kinds.Cancel)] == [
        "Có",
        "Không",
        "Thôi",
    ]
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close)
    qtbot.addWidget(buttons)
    assert {button.text().replace("&", "") for button in buttons.buttons()} == {"Đồng ý", "Đóng"}


def test_the_context_menu_of_a_line_speaks_vietnamese(vietnamese: Any, qtbot: Any) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    texts = [action.text().split("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    assert texts == ["Hoàn tác", "Làm lại", "Cắt", "Chép", "Dán", "Xóa", "Chọn tất cả"]
    menu.deleteLater()


def test_the_file_dialog_speaks_vietnamese(vietnamese: Any, qtbot: Any) -> None:
    from PySide6.QtWidgets import QFileDialog

    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = {label.text().replace("&", "") for label in dialog.findChildren(QLabel)}
    assert {"Thư mục:", "Tên tệp:", "Loại tệp:"} <= labels


def test_unknown_words_stay_as_they_are(vietnamese: Any) -> None:
    assert vietnamese.translate("QFoo", "Something else") is None
    assert not vietnamese.isEmpty()
    assert all(words for words in WORDS.values())


def test_a_widget_without_looks_is_not_touched(dressed: Any, qtbot: Any) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    assert widget.property("look") is None


@every_palette
def test_a_button_keeps_its_size_when_it_is_reached(palette: Palette, dressed: Any, qtbot: Any) -> None:
    from PySide6.QtWidgets import QPushButton, QVBoxLayout

    try:
        theme.apply(dressed, palette.key, 100)
        holder = QWidget()
        qtbot.addWidget(holder)
        box = QVBoxLayout(holder)
        first, second = QPushButton("Kiểm tra sổ"), QLineEdit()
        box.addWidget(first)
        box.addWidget(second)
        holder.show()
        holder.activateWindow()
        second.setFocus()
        before = first.sizeHint()
        first.setFocus()
        qtbot.waitUntil(first.hasFocus)
        assert first.sizeHint() == before
        assert second.placeholderText() == ""
        assert second.palette().placeholderText().color().name().upper() == palette.muted
    finally:
        theme.apply(dressed, "light", 100)


def test_the_marks_of_a_theme_are_written_once_and_do_without_a_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def folder_of(sheet: str) -> Path:
        found = re.search(r'url\("(.+?)/check\.svg"\)', sheet)
        assert found is not None
        return Path(found[1])

    monkeypatch.setenv("SONHOM_CACHE_DIR", str(tmp_path / "cache"))
    light, dark = Theme(palette=PALETTES["light"]), Theme(palette=PALETTES["dark"])
    first = folder_of(theme.style_sheet(light))
    assert first.parent == tmp_path / "cache"
    assert PALETTES["light"].on_accent in (first / "check.svg").read_text(encoding="utf-8")
    made = (first / "check.svg").stat().st_mtime_ns
    assert folder_of(theme.style_sheet(light)) == first
    assert (first / "check.svg").stat().st_mtime_ns == made
    assert folder_of(theme.style_sheet(dark)) != first
    assert len(list((tmp_path / "cache").iterdir())) == 2, "no working folder is left"
    (tmp_path / "in-the-way").touch()
    monkeypatch.setenv("SONHOM_CACHE_DIR", str(tmp_path / "in-the-way"))
    assert (folder_of(theme.style_sheet(light)) / "check.svg").exists()


@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_the_ring_around_a_cell_takes_no_room_from_its_words(palette: Palette) -> None:
    """A code in a narrow column was cut in the very row that had the keyboard."""
    sheet = theme.style_sheet(Theme(palette, 100))
    usual = re.search(r"QTableView::item \{ padding: 0 (\d+)px", sheet)
    reached = re.search(r"QTableView::item:focus \{ border: (\d+)px solid [^;]+; padding: 0 (\d+)px", sheet)
    assert usual is not None
    assert reached is not None
    # The style keeps a pixel or two free beside the words of a cell.
    assert int(reached[1]) + int(reached[2]) <= int(usual[1]) + 1
