"""Entering a group's people one after another: type a name, Enter, and the next one waits.

Each person is written to the book at once; nothing typed before is lost when the power goes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Sex
from desktop.models.rules.people import Found, Person
from desktop.services import members, memberships, standing
from desktop.services.acts import Act, Outcome
from desktop.services.members import EnrolMember
from desktop.services.memberships import AddMembers
from desktop.views.kit import inputs, messages
from desktop.views.kit.blocks import button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form
from desktop.views.kit.theme import dress, space
from desktop.views.people.found_box import FoundBox
from desktop.views.people.person_form import person_from, refusal_at_fields, sexes, worth_showing
from desktop.views.people.person_inputs import BirthEdit, NameEdit, guess_sex, guessed_note
from resources.lang.messages import N_, _, ngettext

_PAUSE = 350


def _name(parent: QWidget) -> NameEdit:
    return NameEdit(parent, takes_tables=True)


_FIELDS = (
    Field("name", N_("Họ và tên"), _name, required=True, span=2),
    Field("sex", N_("Giới tính"), inputs.choice(sexes), required=True),
    Field("birth", N_("Năm sinh"), BirthEdit),
    Field("phone", N_("Điện thoại"), inputs.line(length=30)),
    Field("citizen_number", N_("Số định danh (CCCD)"), inputs.line(length=20)),
    Field("joined", N_("Ngày vào nhóm"), inputs.day(), required=True),
)


class EntryStrip(QFrame):
    """A row of inputs; Enter in any of them writes the person into the book and the group."""

    left = Signal()
    """Esc with nothing typed, or "Xong"."""
    pasted = Signal(str)
    """A table was pasted into the name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.desk = desk
        self.group: GroupId | None = None
        self._saving = False
        self._sex_chosen = False
        self._guessing = False
        self._complained = False
        """What Enter was refused for stands at its field until something is typed."""
        self._proposed: date | None = None
        self.added = 0
        box = QVBoxLayout(self)
        box.setContentsMargins(space(4), space(3), space(4), space(3))
        box.setSpacing(space(2))
        self.form = Form(_FIELDS, columns=len(_FIELDS) + 1, parent=self)
        box.addWidget(self.form)
        self.found = FoundBox(_("Thêm người này vào nhóm"), self)
        self.found.opened.connect(self._open_found)
        self.found.taken.connect(self._take_found)
        box.addWidget(self.found)
        foot = QHBoxLayout()
        self.told = label(_("Enter: ghi và sang người kế · dán bảng từ Excel vào ô họ tên"), "small", self)
        foot.addWidget(self.told, 1)
        self.done_button = button(_("Xong"), self.finish, "", "", self)
        self.done_button.setToolTip("Esc")
        self.add_button = button(_("Ghi người này"), self.submit, "plus", "primary", self)
        self.add_button.setToolTip("Enter")
        foot.addWidget(self.done_button)
        foot.addWidget(self.add_button)
        box.addLayout(foot)
        for key in ("name", "sex", "birth", "phone", "citizen_number", "joined"):
            self.form.input(key).installEventFilter(self)
        self.form.input("name").pasted.connect(self.pasted)
        self.form.changed.connect(self._changed)
        self.form.submitted.connect(self.submit)
        self.form.left.connect(self._escape)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._check)

    def begin(self) -> None:
        """Put the focus into the name."""
        self.form.input("name").setFocus(Qt.FocusReason.TabFocusReason)

    def belong(self, group: GroupId) -> None:
        """Enter people into this group from now on."""
        if group != self.group:
            self.group, self._proposed = group, None
            self._set_day(None)

    def propose(self, day: date) -> None:
        """Propose the day on which people join, unless the clerk has typed another."""
        if self.form.value("joined") in (None, self._proposed):
            self._set_day(day)
        self._proposed = day

    def _set_day(self, day: date | None) -> None:
        dirty = self.form.dirty
        self.form.input("joined").set_value(day)
        self.form.set_dirty(dirty)

    def finish(self) -> None:
        """Put the strip away; ask first when somebody stands there half typed."""
        self._lose_then(self.put_away)

    def put_away(self) -> None:
        """Put the strip away, with what may stand there half typed."""
        self._clear()
        self.added = 0
        self.left.emit()

    def submit(self) -> None:
        """Write the person, unless that is under way."""
        if self._saving or self.group is None:
            return
        if not self.form.value("name") and not self.form.dirty:
            self.begin()
            return
        # A check that is still to come would take away what is said here.
        self._pause.stop()
        values = self.form.collect()
        self._complained = values is None
        if values is None:
            return
        self._saving = True
        self.add_button.setEnabled(False)
        group, person = self.group, person_from(values)

        def deed(agreed: bool) -> Any:
            command = EnrolMember(person=person, group=group, agreed=agreed)
            return lambda book, act: members.enrol(book, command, act)

        self.desk.do(deed(False), lambda _member: self._added(person), self._refused, self, agreed=deed(True))

    # -- what happens -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter writes the person, from every input."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.submit()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, Choice):
            self._choose_sex()
        return super().eventFilter(watched, event)

    def _changed(self, key: str) -> None:
        self._complained = False
        if key == "name" and not self._sex_chosen:
            self._propose_sex(guess_sex(self.form.value("name")))
        elif key == "sex" and not self._guessing:
            self._choose_sex()
        self._pause.start()

    def _propose_sex(self, guessed: Sex | None) -> None:
        """Set what the middle name tells, and say that it is only a guess; a name that tells nothing takes it back."""
        if self.form.value("sex") != guessed:
            self._guessing = True
            self.form.input("sex").set_value(guessed)
            self._guessing = False
        self.form.input("sex").noted.emit(guessed_note() if guessed is not None else "")

    def _choose_sex(self) -> None:
        self._sex_chosen = True
        self.form.input("sex").noted.emit("")

    def _check(self) -> None:
        """Ask the book, while the clerk types on, whether this may be somebody it knows."""
        values = self.form.values()
        if self._saving or not values["name"]:
            self.found.show_found([])
            return
        person, today = person_from(values), self.desk.today()

        def question(book: Any) -> Any:
            return standing.found_twice(book, person), members.check(book, person, today)

        def answer(found: Any) -> None:
            if self.form.values() == values and not self._saving:
                self.found.show_found(found[0])
                told = [one for one in worth_showing(found[1], values) if one.code != "person-twice"]
                if not self._complained:
                    self.form.show_problems(told, focus=False)

        self.desk.ask(question, answer, owner=self)

    def _added(self, person: Person) -> None:
        self._saving = False
        self.add_button.setEnabled(True)
        self.added += 1
        count = ngettext("đã thêm {n} người", "đã thêm {n} người", self.added).format(n=self.added)
        sex = person.sex.title if person.sex is not None else ""
        if sex and not self._sex_chosen:
            sex = _("{sex} (đoán theo tên đệm)").format(sex=sex)
        self.told.setText(
            _("Đã ghi {name} · {sex} · {count}").format(name=person.full_name, sex=sex, count=count)
        )
        self._clear()
        self.begin()

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self.add_button.setEnabled(True)
        self._complained = True
        self.form.refused(refusal_at_fields(error))

    def _clear(self) -> None:
        self._pause.stop()
        self._sex_chosen = self._complained = False
        self.form.set_values(
            {"name": None, "sex": None, "birth": None, "phone": None, "citizen_number": None}
        )
        self.form.input("sex").noted.emit("")
        self.found.show_found([])

    def _escape(self) -> None:
        if self._half_typed():
            self._lose_then(self._start_over)
        else:
            self.put_away()

    def _start_over(self) -> None:
        self._clear()
        self.begin()

    def _half_typed(self) -> bool:
        return self.form.dirty and any(
            self.form.input(key).text().strip() for key in ("name", "birth", "phone", "citizen_number")
        )

    def _lose_then(self, go: Callable[[], object]) -> None:
        if not self._half_typed():
            go()
            return
        messages.ask_lose(self, go, _("Người này chưa được ghi vào sổ."), question=_("Bỏ người vừa gõ?"))

    # -- somebody known -----------------------------------------------------------------------------

    def _open_found(self, found: Found) -> None:
        self.desk.open_page("member", member=found.id)

    def _take_found(self, found: Found) -> None:
        group, joined = self.group, self.form.value("joined")
        if group is None:
            return

        def deed(book: Any, act: Act) -> Outcome[int]:
            return memberships.add(book, AddMembers(group, (MemberId(found.id),), joined or act.today), act)

        def done(_count: int) -> None:
            self.desk.say(_("{name} đã vào nhóm.").format(name=found.full_name), "good")
            self._clear()
            self.begin()

        self.desk.do(deed, done, owner=self)
