"""The page of one household: its address, its people, its log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import HouseholdId
from desktop.services import history, households
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.attachments import Subject
from desktop.services.households import ChangeHousehold, HouseholdDetail, HouseholdPerson
from desktop.views.kit import messages, pickers
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field, Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import px, space
from desktop.views.members.columns import PEOPLE
from desktop.views.members.poverty_list import PovertyList
from desktop.views.people.assessments import AssessmentList
from desktop.views.people.finders import find_members
from desktop.views.people.household_dialog import address_from, household_fields
from desktop.views.people.log import COLUMNS, LogView
from desktop.views.people.rights import allow
from desktop.views.people.switching import SideBySide
from resources.lang.messages import N_, _, many


class HouseholdPage(Page):
    """One household."""

    scrolls = True

    topics = frozenset({Topic.HOUSEHOLDS, Topic.MEMBERS, Topic.BOOK, Topic.INCLUSION})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.household: HouseholdId | None = None
        self.detail: HouseholdDetail | None = None
        self.form = Form(household_fields(desk, code_required=True))
        self.panel = FormPanel(self.form, self._save, parent=self)
        self.panel.closed.connect(self._restore)
        self.table: RowTable[HouseholdPerson] = RowTable(desk, PEOPLE, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "household.people",
            _("Người trong hộ"),
            filterable=False,
            empty=Empty(
                "household",
                _("Hộ chưa có ai."),
                _("Thêm người đã có trong sổ, hoặc chọn hộ này ở hồ sơ từng người."),
                (_("Thêm người…"), self.add_person),
            ),
            actions=(
                RowAction(_("Mở hồ sơ"), self._open_person, "open"),
                RowAction(_("Đặt làm chủ hộ"), self.appoint_head, "check", "", self._may_head),
                RowAction(_("Đưa ra khỏi hộ"), self.take_out, "leave", "Del", self._may_write),
            ),
        )
        self.view.opened.connect(self._open_person)
        self.add_button = button(_("Thêm người…"), self.add_person, "plus", "", self)
        self.view.tools.insertWidget(0, self.add_button)
        # In half a page: who and what kind of record are left to the log of the person.
        narrow = [column for column in COLUMNS if column.key not in ("subject", "by")]
        self.log = LogView(desk, "household.log", self, narrow)
        self.log.tools.insertWidget(0, label(_("Nhật ký thay đổi"), "heading", self))
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space(4))
        column.addWidget(self.view, 3)
        self.poverty = PovertyList(desk)
        self.assessments = AssessmentList(desk, "household.assessments")
        self.tabs = PageTabs(
            self,
            _("Các phần của hộ"),
            [
                (self.poverty, _("Diện hộ")),
                (self.assessments, _("Phiếu đánh giá")),
                (self.log, _("Nhật ký")),
            ],
        )
        column.addWidget(self.tabs, 3)
        side.setMinimumHeight(px(360))
        self.body.addWidget(SideBySide(side, self.panel, 360, 860, self))

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return code and head."""
        if self.detail is None:
            return _("Hộ gia đình")
        head = self.detail.head
        name = head.full_name if head is not None else _("chưa có chủ hộ")
        return _("Hộ {code}: {head}").format(code=self.detail.code, head=name)

    def subtitle(self) -> str:
        """Return the address."""
        return "" if self.detail is None else self.detail.address.show()

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of people."""
        return [(many("Thành viên"), lambda: self.desk.open_page("members"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the household."""
        if self.detail is None:
            return []
        found = [PageAction(_("Thêm người…"), self.add_person, "plus", "Ctrl+N", primary=True)]
        if not self.detail.people:
            found.append(PageAction(_("Xóa hộ trống"), self.remove, "delete"))
        return found

    def open(self, household: int | None = None, **_args: Any) -> None:
        """Show a household."""
        if household is not None and household != self.household:
            self.household, self.detail = HouseholdId(household), None
            self.form.set_dirty(False)
        self.reload()

    def reload(self) -> None:
        """Read the household again."""
        household = self.household
        if household is not None:
            self.desk.ask(lambda book: households.get(book, household), self._show, owner=self)
            self.log.load(lambda book: history.of_household(book, household))
            self.poverty.show_household(household)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        if not self.form.dirty:
            return True
        self.panel.leave_then(go)
        return False

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, detail: HouseholdDetail) -> None:
        if detail.id != self.household:
            return
        if not self.form.dirty:
            self.detail = detail
            self._restore()
        self.table.set_rows(detail.people)
        name = detail.head.full_name if detail.head is not None else ""
        self.assessments.show_subject(Subject("households", detail.uid), f"{detail.code} {name}".strip())
        allow(self.desk, [self.panel.save_button, self.add_button])
        self.form.set_enabled(self.desk.can_write)
        self.titled.emit()

    def _restore(self) -> None:
        detail = self.detail
        if detail is not None:
            address = detail.address
            self.form.set_values(
                {
                    "code": detail.code,
                    "commune_code": address.commune_code,
                    "hamlet": address.hamlet,
                    "text": address.text,
                    "note": detail.note,
                }
            )

    # -- deeds --------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        detail = self.detail
        assert detail is not None
        command = ChangeHousehold(
            detail.id, detail.version, values["code"], address_from(values), values["note"]
        )
        self.desk.do(
            lambda book, act: households.change(book, command, act), self._saved, self.panel.refused, self
        )

    def _saved(self, _household: HouseholdId) -> None:
        self.panel.done()
        self.desk.say(_("Đã lưu hộ."), "good")

    def add_person(self) -> None:
        """Let somebody who is in the book live here."""
        detail = self.detail
        if detail is None or not self.desk.can_write:
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
            return households.move(book, [values["member"]], detail.id, act)

        FormDialog(
            self.desk,
            _("Thêm người vào hộ {code}").format(code=detail.code),
            [Field("member", N_("Thành viên"), pickers.person(self.desk, find_members), required=True)],
            deed,
            intro=_("Người đang thuộc hộ khác được chuyển sang hộ này."),
            save_text=_("Thêm vào hộ"),
            parent=self,
        ).open()

    def appoint_head(self, row: HouseholdPerson) -> None:
        """Make a person the head."""
        household = self.household
        if household is not None:
            self.desk.do(lambda book, act: households.appoint_head(book, household, row.id, act), owner=self)

    def take_out(self, row: HouseholdPerson) -> None:
        """Let a person live in no household, after a question."""
        messages.ask(
            self,
            _("Đưa {name} ra khỏi hộ này?").format(name=row.full_name),
            yes=_("Đưa ra"),
            then=lambda: self.desk.do(
                lambda book, act: households.move(book, [row.id], None, act), owner=self
            ),
        )

    def remove(self) -> None:
        """Remove the household, entered by mistake."""
        detail = self.detail
        if detail is None or not self.desk.can_write:
            return
        messages.ask(
            self,
            _("Xóa hộ {code}?").format(code=detail.code),
            yes=_("Xóa hộ"),
            danger=True,
            then=lambda: self.desk.do(
                lambda book, act: households.remove(book, detail.id, detail.version, act),
                self._removed,
                owner=self,
            ),
        )

    def _removed(self, _household: HouseholdId) -> None:
        self.household = self.detail = None
        self.desk.open_page("members")

    def _open_person(self, row: HouseholdPerson) -> None:
        self.desk.open_page("member", member=row.id)

    def _may_write(self, _row: HouseholdPerson) -> bool:
        return self.desk.can_write

    def _may_head(self, row: HouseholdPerson) -> bool:
        return self.desk.can_write and not row.is_head
