"""Forms: problems under their fields, the focus, what is dirty, saving and leaving by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout

from desktop.models.problems import Problem, Refusal
from desktop.services.acts import Changed, Outcome, Topic
from desktop.views.kit.blocks import button
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import check, choice, day, dong, line
from resources.lang.messages import N_
from tests.views.accessible import assert_named, name_of
from tests.views.conftest import Answers, give_book
from tests.views.typing import press, type_vi

FIELDS = [
    Section(N_("Thành viên")),
    Field("name", N_("Họ và tên"), line(), required=True),
    Field("born", N_("Ngày sinh"), day(past=True)),
    Field("saved", N_("Tiết kiệm"), dong(), hint=N_("Để trống nếu chưa có")),
    Field("sex", N_("Giới tính"), choice([("f", N_("Nữ")), ("m", N_("Nam"))]), default="f"),
    Field("large", N_("In chữ lớn"), check()),
]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(dressed: Any, qtbot: Any) -> Form:
    made = Form(FIELDS, columns=2)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def test_labels_name_their_fields(form: Form) -> None:
    assert name_of(form.input("name")) == "Họ và tên"
    assert name_of(form.input("saved")) == "Tiết kiệm"
    assert_named(form)


def test_values_come_out_as_values(form: Form) -> None:
    type_vi(form.input("name"), "Nguyễn Thị Hòa")
    type_vi(form.input("saved"), "1,5tr")
    assert form.collect() == {
        "name": "Nguyễn Thị Hòa",
        "born": None,
        "saved": 1_500_000,
        "sex": "f",
        "large": False,
    }


def test_what_is_missing_or_unreadable_is_said_at_the_field(form: Form, qtbot: Any) -> None:
    type_vi(form.input("saved"), "mười")
    form.input("saved").setFocus()
    assert form.collect() is None
    said = form.problems()
    assert said["name"] == "Cần nhập “Họ và tên”."
    assert "mười" in said["saved"]
    qtbot.waitUntil(form.input("name").hasFocus)
    assert form.input("name").accessibleDescription() == said["name"]
    assert form.input("name").property("state") == "bad"


def test_a_day_that_is_none_is_said_in_words_when_its_field_is_left(form: Form) -> None:
    form.input("born").setFocus()
    type_vi(form.input("born"), "31/02/1980")
    press(form.input("born"), Qt.Key.Key_Tab)
    assert form.problems() == {"born": "Tháng 2 năm 1980 không có ngày 31."}
    form.input("born").set_value(None)
    assert form.problems() == {}


def test_typing_takes_the_problem_away(form: Form) -> None:
    form.collect()
    type_vi(form.input("name"), "A")
    assert "name" not in form.problems()
    assert form.input("name").property("state") == ""


def test_what_rules_say_stands_where_it_belongs(form: Form) -> None:
    form.refused(
        Refusal(
            [
                Problem.stop("taken", "name", "Đã có người này."),
                Problem.warn("odd", "born", "Khác với CCCD."),
                Problem.stop("closed", "nowhere", "Kỳ này đã khóa sổ."),
            ]
        )
    )
    assert form.problems() == {
        "name": "Đã có người này.",
        "born": "Khác với CCCD.",
        "": "Kỳ này đã khóa sổ.",
    }
    assert form.input("born").property("state") == "warn"


def test_the_amount_in_words_stands_below_its_field(form: Form) -> None:
    slot = form._slots["saved"]
    assert slot.below.text() == "Để trống nếu chưa có"
    type_vi(form.input("saved"), "50k")
    assert slot.below.text() == "Năm mươi nghìn đồng"


def test_filling_does_not_make_a_form_dirty(form: Form) -> None:
    states: list[bool] = []
    form.dirty_changed.connect(states.append)
    form.set_values({"name": "Hoa"})
    assert not form.dirty
    type_vi(form.input("name"), "x")
    assert form.dirty
    form.set_dirty(False)
    assert states == [True, False]


def panel_of(qtbot: Any, saved: list[Any]) -> FormPanel:
    form = Form(FIELDS, columns=2)
    panel = FormPanel(form, saved.append)
    qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    form.focus_first()
    qtbot.waitUntil(form.input("name").hasFocus)
    return panel


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_saving_by_keys_saves_once(dressed: Any, qtbot: Any, key: Qt.Key) -> None:
    saved: list[Any] = []
    panel = panel_of(qtbot, saved)
    form = panel.form
    type_vi(form.input("name"), "Hoa")
    press(form.input("name"), key, CONTROL)
    press(form.input("name"), key, CONTROL)
    assert len(saved) == 1
    assert saved[0]["name"] == "Hoa"
    panel.refused(Refusal([Problem.stop("x", "name", "Trùng.")]))
    press(form.input("name"), key, CONTROL)
    assert len(saved) == 2


def test_escape_goes_on_to_the_window_where_nobody_leaves_the_form(dressed: Any, qtbot: Any) -> None:
    """On the page of preferences Esc closes the message below it."""
    holder = QDialog()
    qtbot.addWidget(holder)
    form = Form(FIELDS, parent=holder)
    QVBoxLayout(holder).addWidget(form)
    holder.show()
    holder.activateWindow()
    form.focus_first()
    qtbot.waitUntil(form.input("name").hasFocus)
    press(form.input("name"), Qt.Key.Key_Escape)
    assert not holder.isVisible()


def test_escape_leaves_a_clean_form_and_asks_at_a_dirty_one(
    dressed: Any, qtbot: Any, answers: Answers
) -> None:
    panel = panel_of(qtbot, [])
    form = panel.form
    left: list[int] = []
    panel.closed.connect(lambda: left.append(1))
    type_vi(form.input("name"), "Hoa")
    answers.yes = False
    press(form.input("name"), Qt.Key.Key_Escape)
    assert left == []
    assert len(answers.asked) == 1
    answers.yes = True
    press(form.input("name"), Qt.Key.Key_Escape)
    assert left == [1]
    press(form.input("name"), Qt.Key.Key_Escape)
    assert len(answers.asked) == 2
    assert left == [1, 1]


def dialog_of(desk: Desk, qtbot: Any, deed: Any, then: Any = None) -> FormDialog:
    give_book(desk, "book")
    made = FormDialog(desk, "Thêm thành viên", FIELDS, deed, then)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_a_dialog_does_its_deed_and_closes(desk: Desk, qtbot: Any) -> None:
    given: list[Any] = []
    got: list[Any] = []

    def deed(book: Any, values: dict[str, Any], act: Any) -> Outcome[int]:
        given.append(values["name"])
        return Outcome(12, Changed.of(Topic.MEMBERS))

    dialog = dialog_of(desk, qtbot, deed, got.append)
    type_vi(dialog.form.input("name"), "Hoa")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: bool(got))
    assert (given, got) == (["Hoa"], [12])
    assert not dialog.isVisible()


def test_a_refused_dialog_stays_open_with_what_was_typed(desk: Desk, qtbot: Any) -> None:
    def deed(book: Any, values: dict[str, Any], act: Any) -> Outcome[int]:
        raise Refusal([Problem.stop("taken", "name", "Đã có người này.")])

    dialog = dialog_of(desk, qtbot, deed)
    type_vi(dialog.form.input("name"), "Hoa")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: bool(dialog.form.problems()))
    assert dialog.isVisible()
    assert dialog.form.problems() == {"name": "Đã có người này."}
    assert dialog.form.value("name") == "Hoa"
    assert dialog.panel.save_button.isEnabled()


def test_a_dialog_asks_when_rules_only_warn(desk: Desk, qtbot: Any, answers: Answers) -> None:
    got: list[Any] = []

    def deed(book: Any, values: dict[str, Any], act: Any) -> Outcome[str]:
        if not values.get("agreed"):
            raise Refusal([Problem.warn("same", "name", "Trùng tên và năm sinh.")])
        return Outcome("đã ghi")

    dialog = dialog_of(desk, qtbot, deed, got.append)
    type_vi(dialog.form.input("name"), "Hoa")
    dialog.panel.submit()
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["đã ghi"]
    assert len(answers.asked) == 1


def test_the_first_wrong_field_is_scrolled_into_sight(desk: Desk, qtbot: Any) -> None:
    many = [Field("name", N_("Họ và tên"), line(), required=True)]
    many += [Field(f"more{n}", N_("Ghi chú"), line()) for n in range(40)]
    give_book(desk, "book")
    dialog = FormDialog(desk, "Phiếu dài", many, lambda *_given: Outcome(1))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    area = dialog.panel.findChild(QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    dialog.panel.submit()
    qtbot.waitUntil(lambda: bar.value() < bar.maximum() // 2)
    name = dialog.form.input("name")
    assert area.viewport().rect().contains(name.mapTo(area.viewport(), name.rect().center()))


def test_a_dialog_makes_room_for_what_is_refused(desk: Desk, qtbot: Any) -> None:
    def deed(book: Any, values: dict[str, Any], act: Any) -> Outcome[int]:
        raise Refusal([Problem.stop("not-now", "", "Người này còn ở trong nhóm: hãy trả hết tiền trước.")])

    give_book(desk, "book")
    dialog = FormDialog(desk, "Xóa dữ liệu", [Field("why", N_("Lý do"), line())], deed)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    before = dialog.height()
    dialog.panel.submit()
    qtbot.waitUntil(lambda: dialog.height() > before)
    qtbot.waitUntil(lambda: dialog.panel.findChild(QScrollArea).verticalScrollBar().maximum() == 0)


def test_enter_in_a_dialog_saves_and_presses_no_other_button(desk: Desk, qtbot: Any) -> None:
    picked: list[int] = []
    got: list[Any] = []
    dialog = dialog_of(desk, qtbot, lambda *_given: Outcome(3), got.append)
    button(
        "Tệp…", lambda: picked.append(1), parent=dialog.form
    ).show()  # Qt's default button is the first one
    name = dialog.form.input("name")
    name.setFocus()
    type_vi(name, "Hoa")
    press(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(got))
    assert picked == []
