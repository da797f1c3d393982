"""The tab "Hòa nhập" of a person: consents, assessments, certificates, hardship, accommodations, requests.

Each part is a list with its deeds as buttons and in the menu of the row; Alt and the underlined letter reach a
button, Ins adds, Enter opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import (
    Accommodate,
    ConsentForm,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    RequestKind,
    RequestState,
    Vulnerable,
)
from desktop.services import consents, inclusion, inclusion_papers, privacy
from desktop.services.attachments import Subject
from desktop.services.consents import ConsentRow, GiveConsent
from desktop.services.inclusion import (
    AccommodationRow,
    AddAccommodation,
    AddCertificate,
    AddVulnerability,
    CertificateRow,
    InclusionDetail,
    VulnerabilityRow,
)
from desktop.services.member_lists import MemberDetail
from desktop.services.privacy import RequestRow, TakeRequest
from desktop.views.kit import inputs, messages
from desktop.views.kit.attachments import scan
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.form import Field, Section
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import space
from desktop.views.people.assessments import AssessmentList
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def _consent_state(row: ConsentRow) -> State:
    if row.holds:
        return State(_("đồng ý"), "good")
    return State(_("đã rút"), "bad") if row.given is not None else State(_("chưa"), "muted")


def _ended(until: date | None) -> State:
    return State(_("đang dùng"), "good") if until is None else State(_("đã kết thúc"), "muted")


def _request_state(row: RequestRow) -> State:
    if row.overdue:
        return State(_("quá hạn {n} ngày").format(n=-(row.days_left or 0)), "bad")
    if row.days_left is not None:
        return State(_("còn {n} ngày").format(n=row.days_left), "warn" if row.days_left <= 3 else "")
    return State(row.state.title, "good" if row.state is RequestState.DONE else "muted")


CONSENTS: list[Column[ConsentRow]] = [
    Column(
        "purpose",
        N_("Mục đích"),
        lambda row: row.purpose.title + (" " + _("(nhạy cảm)") if row.purpose.sensitive else ""),
        width=40,
        stretch=True,
    ),
    Column("state", N_("Trạng thái"), _consent_state, kind="state", width=12),
    Column("given", N_("Ngày đồng ý"), lambda row: row.given, kind="day", width=12),
    Column("form", N_("Cách đồng ý"), lambda row: "" if row.form is None else row.form.title, width=16),
    Column("withdrawn", N_("Ngày rút"), lambda row: row.withdrawn, kind="day", width=12),
    Column("scans", N_("Bản quét"), lambda row: row.scans or None, kind="number", width=9),
]
CERTIFICATES: list[Column[CertificateRow]] = [
    Column("number", N_("Số giấy"), lambda row: row.number, width=16),
    Column(
        "types", N_("Dạng"), lambda row: ", ".join(kind.title for kind in row.types), width=26, stretch=True
    ),
    Column("degree", N_("Mức độ"), lambda row: row.degree.title, width=14),
    Column("issued", N_("Ngày cấp"), lambda row: row.issued, kind="day", width=12),
    Column("expires", N_("Hết hạn"), lambda row: row.expires, kind="day", width=12),
    Column("issuer", N_("Nơi cấp"), lambda row: row.issuer, width=20),
    Column("withdrawn", N_("Thôi hiệu lực"), lambda row: row.withdrawn, kind="day", width=12),
]
HARDSHIPS: list[Column[VulnerabilityRow]] = [
    Column("category", N_("Diện"), lambda row: row.category.title, width=34, stretch=True),
    Column("since", N_("Từ ngày"), lambda row: row.since, kind="day", width=12),
    Column("until", N_("Đến ngày"), lambda row: row.until, kind="day", width=12),
    Column("basis", N_("Căn cứ"), lambda row: row.basis, width=26),
]
ACCOMMODATIONS: list[Column[AccommodationRow]] = [
    Column("kind", N_("Làm gì"), lambda row: row.kind.title, width=28),
    Column("state", N_("Trạng thái"), lambda row: _ended(row.until), kind="state", width=12),
    Column("since", N_("Từ ngày"), lambda row: row.since, kind="day", width=12),
    Column("note", N_("Nhắc trên bảng họp"), lambda row: row.note, width=26, stretch=True),
    Column("barrier", N_("Trở ngại"), lambda row: row.barrier, width=26),
]
REQUESTS: list[Column[RequestRow]] = [
    Column("kind", N_("Yêu cầu"), lambda row: row.kind.title, width=26),
    Column("received", N_("Ngày nhận"), lambda row: row.received, kind="day", width=12),
    Column("due", N_("Hạn trả lời"), lambda row: row.due, kind="day", width=12),
    Column("state", N_("Tình trạng"), _request_state, kind="state", width=16),
    Column("detail", N_("Nội dung"), lambda row: row.detail, width=26, stretch=True),
    Column("outcome", N_("Kết quả"), lambda row: row.outcome, width=26),
]


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
        """Know whose tab this is."""
        self.detail = detail

    def load(self, member: MemberId) -> None:
        """Read everything again."""
        self.member = member
        today = self.desk.today()
        self.desk.ask(lambda book: inclusion.of_member(book, member), self._show, owner=self)
        self.desk.ask(lambda book: consents.of_member(book, member), self.consents.set_rows, owner=self)
        self.desk.ask(lambda book: privacy.requests(book, today, member), self.requests.set_rows, owner=self)
        if self.detail is not None:
            self.assessments.show_subject(Subject("members", self.detail.uid), self.detail.person.full_name)

    def _show(self, found: InclusionDetail) -> None:
        self.lock.setText(found.locked)
        self.lock.setVisible(bool(found.locked))
        self.certificates.set_rows(found.certificates)
        self.hardships.set_rows(found.vulnerabilities)
        self.accommodations.set_rows(found.accommodations)

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
        for place, (text, run, icon) in enumerate(deeds):
            view.tools.insertWidget(place, button(text, run, icon, "", view))
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

    def _ask(
        self,
        title: str,
        fields: Sequence[Field | Section],
        deed: Callable[[Any, dict[str, Any], Any], Any],
        values: dict[str, Any] | None = None,
        intro: str = "",
        save: str = "",
    ) -> None:
        if self.member is None or not self.desk.can_write:
            return
        FormDialog(
            self.desk,
            title,
            fields,
            deed,
            self._again,
            values=values,
            intro=intro,
            save_text=save,
            parent=self,
        ).open()

    def _again(self, _value: Any) -> None:
        if self.member is not None:
            self.load(self.member)

    def give_consent(self) -> None:
        """Ask which purposes the person agreed to, when and how."""
        member = self.member
        boxes = [
            Field(
                purpose.value,
                purpose.title,
                inputs.check(),
                hint=N_("Dữ liệu nhạy cảm: phải nói cho người đó biết.") if purpose.sensitive else "",
            )
            for purpose in Purpose
        ]

        def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
            assert member is not None
            chosen = tuple(purpose for purpose in Purpose if values[purpose.value])
            file = values["scan"]
            paper = None if file is None else consents.scan_file(file.name, file.content)
            return consents.give(
                book,
                GiveConsent(member, chosen, values["given"], values["form"], values["representative"], paper),
                act,
            )

        self._ask(
            _("Ghi sự đồng ý"),
            [
                Section(N_("Người đó đã đánh dấu những mục đích nào?")),
                *boxes,
                Section(N_("Bằng chứng")),
                Field("given", N_("Ngày đồng ý"), inputs.day(), required=True, width=20),
                Field("form", N_("Cách đồng ý"), inputs.choice([(one, one.title) for one in ConsentForm])),
                Field("representative", N_("Người đại diện (nếu có)"), inputs.line()),
                Field("scan", N_("Bản quét giấy đã ký"), scan(self.desk)),
            ],
            deed,
            {"given": self.desk.today(), "form": ConsentForm.SIGNED},
            save=_("Ghi đồng ý"),
        )

    def withdraw(self, row: ConsentRow) -> None:
        """Ask from which day the person no longer agrees."""
        key = row.id
        if key is None or not row.holds:
            return
        self._ask(
            _("Rút đồng ý: {purpose}").format(purpose=row.purpose.title),
            [
                Field("on", N_("Ngày rút"), inputs.day(), required=True, width=20),
                Field("reason", N_("Lý do (nếu người đó nói)"), inputs.line()),
            ],
            lambda book, values, act: consents.withdraw(book, key, values["on"], values["reason"], act),
            {"on": self.desk.today()},
            _("Từ ngày này không ghi thêm và không dùng dữ liệu cho mục đích đó."),
            _("Rút đồng ý"),
        )

    def add_certificate(self) -> None:
        """Ask for a certificate as it stands on the paper."""
        member = self.member
        kinds = [Field(f"type.{kind.value}", kind.title, inputs.check()) for kind in DisabilityType]

        def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
            assert member is not None
            types = tuple(kind for kind in DisabilityType if values[f"type.{kind.value}"])
            return inclusion.add_certificate(
                book,
                AddCertificate(
                    member,
                    values["number"],
                    types,
                    values["degree"],
                    values["issued"],
                    values["expires"],
                    values["issuer"],
                ),
                act,
            )

        self._ask(
            _("Giấy xác nhận khuyết tật"),
            [
                Field("number", N_("Số giấy"), inputs.line(), required=True),
                Section(N_("Dạng khuyết tật ghi trên giấy")),
                *kinds,
                Section(N_("Mức độ và ngày")),
                Field(
                    "degree",
                    N_("Mức độ"),
                    # Nothing beforehand: whoever saves in haste must not write down the gravest.
                    inputs.choice([(None, "–"), *((one, one.title) for one in DisabilityDegree)]),
                    required=True,
                ),
                Field("issued", N_("Ngày cấp"), inputs.day(past=True), required=True, width=20),
                Field("expires", N_("Hết hạn (nếu có)"), inputs.day(), width=20),
                Field("issuer", N_("Nơi cấp"), inputs.line()),
            ],
            deed,
        )

    def end_certificate(self, row: CertificateRow) -> None:
        """Ask from when a certificate no longer holds."""
        self._ask(
            _("Giấy {number} thôi hiệu lực").format(number=row.number),
            [
                Field("on", N_("Ngày cuối còn hiệu lực"), inputs.day(), required=True, width=20),
                Field("reason", N_("Lý do"), inputs.line()),
            ],
            lambda book, values, act: inclusion.withdraw_certificate(
                book, row.id, values["on"], values["reason"], act
            ),
            {"on": self.desk.today()},
        )

    def add_hardship(self) -> None:
        """Ask for a category of vulnerable people."""
        member = self.member
        self._ask(
            _("Hoàn cảnh đặc biệt"),
            [
                Field("category", N_("Diện"), inputs.choice([(one, one.title) for one in Vulnerable])),
                Field("since", N_("Từ ngày"), inputs.day(), required=True, width=20),
                Field("basis", N_("Căn cứ"), inputs.line(N_("số giấy tờ, hoặc “tự khai”"))),
            ],
            lambda book, values, act: inclusion.add_vulnerability(
                book,
                AddVulnerability(_known(member), values["category"], values["since"], values["basis"]),
                act,
            ),
            {"since": self.desk.today(), "basis": _("tự khai")},
        )

    def end_hardship(self, row: VulnerabilityRow) -> None:
        """Ask for the last day of a category."""
        self._ask(
            _("Kết thúc diện: {name}").format(name=row.category.title),
            [Field("on", N_("Ngày cuối"), inputs.day(), required=True, width=20)],
            lambda book, values, act: inclusion.end_vulnerability(book, row.id, values["on"], act),
            {"on": self.desk.today()},
        )

    def add_accommodation(self) -> None:
        """Ask what is done so that the person can take part."""
        member = self.member
        self._ask(
            _("Điều chỉnh hợp lý"),
            [
                Field("kind", N_("Làm gì"), inputs.choice([(one, one.title) for one in Accommodate])),
                Field("since", N_("Từ ngày"), inputs.day(), required=True, width=20),
                Field(
                    "note",
                    N_("Nhắc trên bảng họp"),
                    inputs.line(),
                    hint=N_("Chỉ ghi cần làm gì, không ghi vì sao: thư ký nào cũng đọc được."),
                ),
                Field(
                    "barrier",
                    N_("Trở ngại (nhạy cảm)"),
                    inputs.line(),
                    hint=N_("Chỉ cán bộ hòa nhập đọc được; cần sự đồng ý về sức khỏe."),
                ),
            ],
            lambda book, values, act: inclusion.add_accommodation(
                book,
                AddAccommodation(
                    _known(member), values["kind"], values["since"], values["note"], values["barrier"]
                ),
                act,
            ),
            {"since": self.desk.today()},
        )

    def end_accommodation(self, row: AccommodationRow) -> None:
        """Ask for the last day of an accommodation."""
        self._ask(
            _("Kết thúc: {name}").format(name=row.kind.title),
            [Field("on", N_("Ngày cuối"), inputs.day(), required=True, width=20)],
            lambda book, values, act: inclusion.end_accommodation(book, row.id, values["on"], act),
            {"on": self.desk.today()},
        )

    def take_request(self) -> None:
        """Ask what the person wants about their data."""
        member = self.member
        self._ask(
            _("Yêu cầu về dữ liệu của mình"),
            [
                Field("kind", N_("Yêu cầu"), inputs.choice([(one, one.title) for one in RequestKind])),
                Field("received", N_("Ngày nhận"), inputs.day(), required=True, width=20),
                Field("detail", N_("Nội dung"), inputs.text(2)),
            ],
            lambda book, values, act: privacy.take(
                book, TakeRequest(_known(member), values["kind"], values["received"], values["detail"]), act
            ),
            {"received": self.desk.today()},
            _(
                "Báo đã nhận trong {n} ngày làm việc. Hạn: xem, sửa, bản sao 10 ngày; rút đồng ý 15 ngày; xóa 20 ngày."
            ).format(n=privacy.ANSWER_WORKING_DAYS),
        )

    def close_request(self, row: RequestRow) -> None:
        """Ask how a request ended."""
        states = [(one, one.title) for one in (RequestState.DONE, RequestState.REFUSED)]
        self._ask(
            row.kind.title,
            [
                Field("state", N_("Kết quả"), inputs.choice(states)),
                Field("on", N_("Ngày xong"), inputs.day(), required=True, width=20),
                Field("outcome", N_("Đã làm gì, hoặc lý do từ chối"), inputs.text(2)),
            ],
            lambda book, values, act: privacy.close(
                book, row.id, values["state"], values["on"], values["outcome"], act
            ),
            {"on": self.desk.today()},
        )

    def extend_request(self, row: RequestRow) -> None:
        """Put off the due day once."""
        self._ask(
            _("Gia hạn: {kind} (hạn {day})").format(kind=row.kind.title, day=show_day(row.due)),
            [Field("reason", N_("Lý do, sẽ báo cho người đó"), inputs.text(2), required=True)],
            lambda book, values, act: privacy.extend(book, row.id, values["reason"], act),
        )

    def export(self) -> None:
        """Write all about the person to a file."""
        member, detail = self.member, self.detail
        if member is None or detail is None:
            return

        def write(path: str) -> None:
            self.desk.ask(
                lambda book: privacy.export_data(book, member, path),
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
        if member is None or detail is None or not self.desk.can_write:
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
        member = self.member
        self._ask(
            _("Xóa dữ liệu cá nhân"),
            [Field("reason", N_("Lý do (yêu cầu của ai, ngày nào)"), inputs.text(2), required=True)],
            lambda book, values, act: privacy.erase(
                book, _known(member), values["reason"], act, agreed=bool(values.get("agreed"))
            ),
            save=_("Xóa hẳn"),
        )

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


def _known(member: MemberId | None) -> MemberId:
    assert member is not None  # a deed is asked for only on a page that shows somebody
    return member


def _is_open(row: RequestRow) -> bool:
    return row.state is RequestState.OPEN
