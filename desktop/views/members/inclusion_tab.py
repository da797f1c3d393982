"""The tab "Hòa nhập" of a person: consents, assessments, certificates, hardship, accommodations, requests.

Each part is a list with its deeds as buttons and in the menu of the row; Alt and the underlined letter reach a
button, Ins adds, Enter opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import (
    RequestState,
)
from desktop.services import consents, data_copy, inclusion, inclusion_papers, privacy, sight
from desktop.services.attachments import Subject
from desktop.services.consents import ConsentRow
from desktop.services.erasing import why_erased
from desktop.services.inclusion import (
    AccommodationRow,
    CertificateRow,
    InclusionDetail,
    VulnerabilityRow,
)
from desktop.services.member_lists import MemberDetail
from desktop.services.privacy import RequestRow
from desktop.views.kit import messages
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from desktop.views.members import inclusion_dialogs as dialogs
from desktop.views.members.inclusion_columns import (
    ACCOMMODATIONS,
    CERTIFICATES,
    CONSENTS,
    HARDSHIPS,
    REQUESTS,
)
from desktop.views.members.inclusion_dialogs import Asker
from desktop.views.people.assessments import AssessmentList
from desktop.views.people.rights import allow
from resources.lang.messages import _


class InclusionTab(QWidget):
    """All of inclusion and personal data of one person; `load(member)` reads it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.member: MemberId | None = None
        self.detail: MemberDetail | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(3), 0, 0)
        box.setSpacing(space(2))
        self.lock = label("", "warn", self, wrap=True)
        self.lock.hide()
        box.addWidget(self.lock)
        self.consents: RowTable[ConsentRow] = RowTable(desk, CONSENTS, key=lambda row: row.purpose)
        self.assessments = AssessmentList(desk, "member.assessments")
        self.certificates: RowTable[CertificateRow] = RowTable(desk, CERTIFICATES, key=lambda row: row.id)
        self.hardships: RowTable[VulnerabilityRow] = RowTable(desk, HARDSHIPS, key=lambda row: row.id)
        self.accommodations: RowTable[AccommodationRow] = RowTable(
            desk, ACCOMMODATIONS, key=lambda row: row.id
        )
        self.requests: RowTable[RequestRow] = RowTable(desk, REQUESTS, key=lambda row: row.id)
        self._writers: list[QWidget] = []
        """Buttons that write about the person."""
        self._beginners: dict[QWidget, Callable[[], object]] = {self.assessments: self.assessments.begin}
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAccessibleName(_("Các phần hòa nhập"))
        parts: Sequence[tuple[QWidget, str]] = (
            (self._consent_view(), _("Đồng ý")),
            (self.assessments, _("Phiếu đánh giá")),
            (self._certificate_view(), _("Giấy xác nhận")),
            (self._hardship_view(), _("Hoàn cảnh")),
            (self._accommodation_view(), _("Điều chỉnh")),
            (self._request_view(), _("Yêu cầu")),
        )
        for widget, title in parts:
            self.tabs.addTab(widget, title)
        box.addWidget(self.tabs, 1)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.begin)

    def begin(self) -> None:
        """Begin a new entry of the list in front, as its first button does."""
        self._beginners[self.tabs.currentWidget()]()

    # -- reading ----------------------------------------------------------------------------------------

    def show_member(self, detail: MemberDetail) -> None:
        """Know whose tab this is; of a person whose data were erased nothing more is written."""
        self.detail = detail
        allow(self.desk, self._writers, also=not detail.erased, reason=why_erased())

    def load(self, member: MemberId) -> None:
        """Read everything again."""
        self.member = member
        today = self.desk.today()
        self.desk.ask(lambda book: inclusion.of_member(book, member), self._show, owner=self)
        self.desk.ask(lambda book: consents.of_member(book, member), self.consents.set_rows, owner=self)
        self.desk.ask(lambda book: privacy.requests(book, today, member), self.requests.set_rows, owner=self)
        if self.detail is not None:
            self.assessments.show_subject(
                Subject("members", self.detail.uid),
                self.detail.person.full_name,
                why_erased() if self.detail.erased else "",
            )

    def _show(self, found: InclusionDetail) -> None:
        self.lock.setText(found.locked)
        self.lock.setVisible(bool(found.locked))
        self.certificates.set_rows(found.certificates)
        self.hardships.set_rows(found.vulnerabilities)
        self.accommodations.set_rows(found.accommodations)

    def _note_taken(self, book: Any) -> None:
        """Write down that a table of this person was copied or exported."""
        if self.detail is not None:
            sight.note_taken(book, "inclusion", [("members", self.detail.uid)])

    # -- views ------------------------------------------------------------------------------------------

    def _view(
        self,
        table: RowTable[Any],
        name: str,
        title: str,
        empty: Empty,
        deeds: Sequence[tuple[str, Callable[[], object], str]],
        rows: Sequence[RowAction] = (),
    ) -> TableView:
        view = TableView(table, name, title, filterable=False, empty=empty, actions=rows, parent=self)
        if table in (self.certificates, self.hardships, self.accommodations):
            view.taken = self._note_taken
        for place, (text, run, icon) in enumerate(deeds):
            made = button(text, run, icon, "", view)
            view.tools.insertWidget(place, made)
            if run not in (self.export, self.print_profile, self.take_request):
                self._writers.append(made)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Insert), view)
        shortcut.activated.connect(lambda: deeds[0][1]())
        self._beginners[view] = deeds[0][1]
        return view

    def _consent_view(self) -> TableView:
        view = self._view(
            self.consents,
            "member.consents",
            _("Sự đồng ý theo từng mục đích"),
            Empty("check", _("Chưa ghi sự đồng ý nào.")),
            (
                (_("&Ghi đồng ý…"), self.give_consent, "plus"),
                (_("&In giấy đồng ý"), self.print_consent, "print"),
            ),
            (RowAction(_("Rút đồng ý…"), self.withdraw, "undo", "Del", lambda row: bool(row.holds)),),
        )
        view.opened.connect(lambda row: self.withdraw(row) if row.holds else self.give_consent())
        return view

    def _certificate_view(self) -> TableView:
        return self._view(
            self.certificates,
            "member.certificates",
            _("Giấy xác nhận khuyết tật"),
            Empty(
                "document",
                _("Chưa ghi giấy xác nhận nào."),
                _("Giấy do xã cấp; không suy ra từ phiếu Washington."),
            ),
            ((_("&Ghi giấy xác nhận…"), self.add_certificate, "plus"),),
            (RowAction(_("Thôi hiệu lực…"), self.end_certificate, "close", "Del"),),
        )

    def _hardship_view(self) -> TableView:
        return self._view(
            self.hardships,
            "member.hardships",
            _("Hoàn cảnh đặc biệt"),
            Empty("member", _("Chưa ghi diện nào.")),
            ((_("&Ghi diện…"), self.add_hardship, "plus"),),
            (RowAction(_("Kết thúc…"), self.end_hardship, "close", "Del", lambda row: row.until is None),),
        )

    def _accommodation_view(self) -> TableView:
        return self._view(
            self.accommodations,
            "member.accommodations",
            _("Điều chỉnh để người này tham gia được"),
            Empty(
                "member",
                _("Chưa ghi điều chỉnh nào."),
                _("Hỏi người đó cần gì: chữ to, phiên dịch, đường dốc, đến nhà…"),
            ),
            ((_("&Ghi điều chỉnh…"), self.add_accommodation, "plus"),),
            (
                RowAction(
                    _("Kết thúc…"), self.end_accommodation, "close", "Del", lambda row: row.until is None
                ),
            ),
        )

    def _request_view(self) -> TableView:
        view = self._view(
            self.requests,
            "member.requests",
            _("Yêu cầu về dữ liệu của mình"),
            Empty("document", _("Chưa có yêu cầu nào.")),
            (
                (_("&Nhận yêu cầu…"), self.take_request, "plus"),
                (_("&Xuất dữ liệu của người này…"), self.export, "export"),
                (_("In hồ &sơ"), self.print_profile, "print"),
                (_("Xóa &dữ liệu…"), self.erase, "delete"),
            ),
            (
                RowAction(_("Ghi kết quả…"), self.close_request, "check", "", _is_open),
                RowAction(_("Gia hạn…"), self.extend_request, "clock", "", _is_open),
            ),
        )
        view.opened.connect(lambda row: self.close_request(row) if _is_open(row) else None)
        return view

    # -- deeds ------------------------------------------------------------------------------------------

    def _asker(self, *, also_erased: bool = False) -> Asker | None:
        """Return who is asked about, or None while nobody is shown or nothing may be written.

        Of a person whose data were erased only a request is dealt with, or consent withdrawn: `also_erased`.
        """
        erased = self.detail is not None and self.detail.erased and not also_erased
        if self.member is None or not self.desk.can_write or erased:
            return None
        return Asker(self.desk, self.member, self._again, self)

    def _again(self, _value: Any) -> None:
        if self.member is not None:
            self.load(self.member)

    def give_consent(self) -> None:
        """Ask which purposes the person agreed to, when and how."""
        if asker := self._asker():
            dialogs.give_consent(asker)

    def withdraw(self, row: ConsentRow) -> None:
        """Ask from which day the person no longer agrees."""
        if asker := self._asker(also_erased=True):
            dialogs.withdraw(asker, row)

    def add_certificate(self) -> None:
        """Ask for a certificate as it stands on the paper."""
        if asker := self._asker():
            dialogs.add_certificate(asker)

    def end_certificate(self, row: CertificateRow) -> None:
        """Ask from when a certificate no longer holds."""
        if asker := self._asker():
            dialogs.end_certificate(asker, row)

    def add_hardship(self) -> None:
        """Ask for a category of vulnerable people."""
        if asker := self._asker():
            dialogs.add_hardship(asker)

    def end_hardship(self, row: VulnerabilityRow) -> None:
        """Ask for the last day of a category."""
        if asker := self._asker():
            dialogs.end_hardship(asker, row)

    def add_accommodation(self) -> None:
        """Ask what is done so that the person can take part."""
        if asker := self._asker():
            dialogs.add_accommodation(asker)

    def end_accommodation(self, row: AccommodationRow) -> None:
        """Ask for the last day of an accommodation."""
        if asker := self._asker():
            dialogs.end_accommodation(asker, row)

    def take_request(self) -> None:
        """Ask what the person wants about their data."""
        if asker := self._asker(also_erased=True):
            dialogs.take_request(asker)

    def close_request(self, row: RequestRow) -> None:
        """Ask how a request ended."""
        if asker := self._asker(also_erased=True):
            dialogs.close_request(asker, row)

    def extend_request(self, row: RequestRow) -> None:
        """Put off the due day once."""
        if asker := self._asker(also_erased=True):
            dialogs.extend_request(asker, row)

    def export(self) -> None:
        """Write all about the person to a file."""
        member, detail = self.member, self.detail
        if member is None or detail is None:
            return

        def write(path: str) -> None:
            self.desk.ask(
                lambda book: data_copy.export_data(book, member, path),
                lambda _count: self.desk.say(
                    _("Đã xuất dữ liệu của người này: {path}").format(path=path), "good"
                ),
                owner=self,
            )

        kinds = "Excel (*.xlsx);;JSON (*.json)"
        ask_save(
            self, self.desk, "exports", _("Xuất dữ liệu của người này"), f"{detail.code}.xlsx", kinds, write
        )

    def erase(self) -> None:
        """Ask twice, then erase the person's data."""
        member, detail = self.member, self.detail
        if member is None or detail is None or detail.erased or not self.desk.can_write:
            return
        messages.ask(
            self,
            _("Xóa dữ liệu cá nhân của {name}?").format(name=detail.person.full_name),
            detail=_(
                "Tên, số định danh, điện thoại, ảnh, ghi chú, phiếu, giấy và tệp bị xóa hẳn; sổ tiền giữ nguyên dưới mã của người đó. Không lấy lại được."
            ),
            yes=_("Tiếp tục"),
            danger=True,
            then=self._erase_reason,
        )

    def _erase_reason(self) -> None:
        if asker := self._asker():
            dialogs.erase(asker)

    # -- papers -----------------------------------------------------------------------------------------

    def print_consent(self) -> None:
        """Print the consent form of this person."""
        member = self.member
        if member is not None:
            print_paper(
                self.desk,
                self,
                "consent",
                _("Giấy đồng ý"),
                lambda book, act: inclusion_papers.consent_form(book, member, act),
            )

    def print_profile(self) -> None:
        """Print the profile of this person."""
        member = self.member
        if member is not None:
            print_paper(
                self.desk,
                self,
                "member-profile",
                _("Hồ sơ thành viên"),
                lambda book, act: inclusion_papers.profile(book, member, act),
            )


def _is_open(row: RequestRow) -> bool:
    return row.state is RequestState.OPEN
