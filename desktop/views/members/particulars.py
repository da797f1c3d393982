"""The particulars of a person: the form with what is wrong inline, the people it may be about, photo, household."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, HouseholdId, MemberId
from desktop.models.problems import Problem
from desktop.models.rules.people import Found
from desktop.services import households, members, standing
from desktop.services.erasing import why_erased
from desktop.services.households import HouseholdDetail
from desktop.services.member_lists import MemberDetail
from desktop.services.members import ChangeMember, EnrolMember
from desktop.services.memberships import joining_day
from desktop.views.kit import inputs
from desktop.views.kit.blocks import Card, button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.pickers import AskingPicker
from desktop.views.kit.theme import space
from desktop.views.members.photo import PhotoBox
from desktop.views.people.finders import find_households, household_find
from desktop.views.people.found_box import FoundBox
from desktop.views.people.household_dialog import found_household
from desktop.views.people.person_form import (
    more_fields,
    person_fields,
    person_from,
    person_values,
    refusal_at_fields,
    worth_showing,
)
from desktop.views.people.person_inputs import guess_sex, guessed_note
from desktop.views.people.rights import allow, why_readonly
from desktop.views.people.switching import SideBySide
from resources.lang.messages import N_, _

_PAUSE = 400


class Particulars(QScrollArea):
    """The form of one person, old or new. `saved` carries the id."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.detail: MemberDetail | None = None
        self.group: GroupId | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = Form(
            [
                *person_fields(),
                Section(N_("Hộ gia đình")),
                Field("household", N_("Hộ"), self._household_picker, span=2),
                Field("is_head", N_("Là chủ hộ"), inputs.check()),
                Section(N_("Thông tin khác")),
                *more_fields(),
            ],
            columns=3,
        )
        self.new_household = button(_("Lập hộ mới…"), self.found_household, "household")
        self.panel = FormPanel(self.form, self._save, parent=self, extra=[self.new_household])
        self.found = FoundBox(parent=self.panel)
        self.found.opened.connect(self._open_found)
        self.why = label("", "warn", self.panel, wrap=True)
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(0, self.why)
        box.insertWidget(1, self.found)
        self.photo = PhotoBox(desk)
        self.home_card = Card(_("Người cùng hộ"), "household")
        self.home_people = QVBoxLayout()
        self.home_people.setSpacing(space(1))
        self.home_card.body.addLayout(self.home_people)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        photo_card = Card()
        photo_card.body.addWidget(self.photo)
        column.addWidget(photo_card)
        column.addWidget(self.home_card)
        column.addStretch(1)
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(0, space(3), 0, space(3))
        around.addWidget(SideBySide(self.panel, self.side, 260, 820, holder))
        around.addStretch(1)
        self.setWidget(holder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._check)
        self.form.changed.connect(self._changed)
        self.panel.closed.connect(self._leave)

    # -- showing ------------------------------------------------------------------------------------

    def begin_new(self, group: GroupId | None = None) -> None:
        """Show an empty form for somebody new; with `group` they also join it."""
        self.detail, self.group = None, group
        values: dict[str, Any] = dict.fromkeys(self.form.values())
        values |= {"joined": self.desk.today(), "large_print": False, "is_head": False}
        self.form.set_values(values)
        self.side.hide()
        self._dress(_("Thêm thành viên"))
        self.desk.ask(members.propose_code, self._code_came, owner=self)
        if group is not None:
            self._propose_day(group)

    def _propose_day(self, group: GroupId) -> None:
        """Propose the day on which people usually join this group."""
        today = self.desk.today()

        def came(day: Any) -> None:
            if self.group == group and self.form.value("joined") == today:
                dirty = self.form.dirty
                self.form.input("joined").set_value(day)
                self.form.set_dirty(dirty)

        self.desk.ask(lambda book: joining_day(book, group, today), came, owner=self)

    def show_detail(self, detail: MemberDetail) -> None:
        """Show a person. What is being typed stays."""
        other = self.detail is None or self.detail.id != detail.id
        self.side.show()
        self._dress(_("Lưu"), erased=detail.erased)
        if other or not self.form.dirty:
            self.detail = detail
            self._show_values(detail)
        self.photo.show_member(detail.id, has_photo=detail.has_photo, erased=detail.erased)
        if detail.household is not None:
            home = detail.household
            self.desk.ask(lambda book: households.get(book, home), self._home_came, owner=self)
        else:
            self._show_home(None)

    def _show_values(self, detail: MemberDetail) -> None:
        home = None
        if detail.household is not None:
            home = household_find(detail.household, detail.household_code, "", detail.address)
        self.form.set_values(
            {
                **person_values(detail.person),
                "code": detail.code,
                "household": home,
                "is_head": detail.is_head,
            }
        )
        self.found.show_found([])

    def _dress(self, save_text: str, *, erased: bool = False) -> None:
        self.panel.save_button.setText(save_text)
        allow(self.desk, [self.panel.save_button, self.new_household], also=not erased, reason=why_erased())
        self.form.set_enabled(self.desk.can_write and not erased)
        why = why_readonly(self.desk) or (why_erased() if erased else "")
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.found.show_found([])

    def _code_came(self, code: str) -> None:
        if self.detail is None and not self.form.value("code"):
            dirty = self.form.dirty
            self.form.input("code").set_value(code)
            self.form.set_dirty(dirty)

    def _home_came(self, home: HouseholdDetail) -> None:
        if self.detail is not None and self.detail.household == home.id:
            self._show_home(home)
            if not self.form.dirty and home.head is not None:
                # The record only knows the household's code; with the head's name people recognise it.
                find = household_find(home.id, home.code, home.head.full_name, home.address.show())
                self.form.input("household").set_value(find)
                self.form.set_dirty(False)

    def _show_home(self, home: HouseholdDetail | None) -> None:
        while self.home_people.count():
            item = self.home_people.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if home is None:
            self.home_people.addWidget(label(_("Chưa thuộc hộ nào."), "muted", self.home_card, wrap=True))
            return
        for person in home.people[:12]:
            text = _("{name} (chủ hộ)") if person.is_head else "{name}"
            text = text.format(name=person.full_name)
            if self.detail is not None and person.id == self.detail.id:
                self.home_people.addWidget(label(text, "label", self.home_card, wrap=True))
            else:
                one = button(text, _opener(self.desk, "member", member=person.id), "", "link", self.home_card)
                self.home_people.addWidget(one)
        self.home_people.addWidget(
            button(
                _("Mở hộ {code}").format(code=home.code),
                _opener(self.desk, "household", household=home.id),
                "household",
                "quiet",
                self.home_card,
            )
        )

    # -- while typing -------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        if key == "name" and self.form.value("sex") is None:
            guessed = guess_sex(self.form.value("name"))
            if guessed is not None:
                self.form.input("sex").set_value(guessed)
                self.form.input("sex").noted.emit(guessed_note())
        elif key == "sex":
            self.form.input("sex").noted.emit("")
        if key in ("name", "birth", "citizen_number", "phone", "code", "sex", "household"):
            self._pause.start()

    def _check(self) -> None:
        """Ask the book what would be refused, and who this may be; the focus stays."""
        values = self.form.values()
        if not values["name"] or not self.form.dirty:
            self.found.show_found([])
            return
        person = person_from(values, self.detail.person if self.detail else None)
        today, code, home = self.desk.today(), values["code"] or "", values["household"]
        member = self.detail.id if self.detail else None

        def question(book: Any) -> tuple[list[Found], list[Problem]]:
            return (
                standing.found_twice(book, person, code, home, member),
                members.check(book, person, today, code, home, member),
            )

        def answer(found: tuple[list[Found], list[Problem]]) -> None:
            if self.form.values() == values:
                self.found.show_found(found[0])
                told = [one for one in worth_showing(found[1], values) if one.code != "person-twice"]
                self.form.show_problems(told, focus=False)

        self.desk.ask(question, answer, owner=self)

    def _open_found(self, found: Found) -> None:
        self.desk.open_page("member", member=found.id)

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        detail = self.detail

        def deed(agreed: bool) -> Any:
            person = person_from(values, detail.person if detail else None)
            home, head = values["household"], bool(values["is_head"]) and values["household"] is not None
            if detail is None:
                new = EnrolMember(
                    person=person,
                    code=values["code"],
                    household=home,
                    is_head=head,
                    group=self.group,
                    agreed=agreed,
                )
                return lambda book, act: members.enrol(book, new, act)
            changed = ChangeMember(
                member=detail.id,
                version=detail.version,
                code=values["code"],
                person=person,
                household=home,
                is_head=head,
                agreed=agreed,
            )
            return lambda book, act: members.change(book, changed, act)

        self.desk.do(deed(False), self._saved, self._refused, self, agreed=deed(True))

    def _saved(self, member: MemberId) -> None:
        self.panel.done()
        self.found.show_found([])
        self.desk.say(_("Đã lưu {name}.").format(name=self.form.value("name")), "good")
        self.saved.emit(member)

    def _refused(self, error: Exception) -> None:
        self.panel.refused(refusal_at_fields(error))

    def _leave(self) -> None:
        if self.detail is not None:
            self._show_values(self.detail)
        self.left.emit()

    # -- household ----------------------------------------------------------------------------------

    def found_household(self) -> None:
        """Enter a household and choose it."""
        if self.desk.can_write:
            found_household(self.desk, self, self._household_made)

    def _household_made(self, household: HouseholdId) -> None:
        self.desk.ask(lambda book: households.get(book, household), self._choose_household, owner=self)

    def _choose_household(self, home: HouseholdDetail) -> None:
        find = household_find(
            home.id, home.code, home.head.full_name if home.head else "", home.address.show()
        )
        self.form.input("household").set_value(find)
        self.form.input("is_head").set_value(not home.people)
        self.form.set_dirty(True)

    def _household_picker(self, parent: QWidget) -> AskingPicker:
        made = AskingPicker(self.desk, find_households, parent)
        made.setPlaceholderText(_("Gõ tên chủ hộ, mã hộ hoặc thôn ấp"))
        return made


def _opener(desk: Desk, page: str, **args: Any) -> Any:
    return lambda: desk.open_page(page, **args)
