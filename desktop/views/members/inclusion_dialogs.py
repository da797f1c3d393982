"""What is asked for a person's inclusion and personal data: each deed in a form, written when it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

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
from desktop.services import consents, inclusion, privacy
from desktop.services.consents import ConsentRow, GiveConsent
from desktop.services.inclusion import (
    AccommodationRow,
    AddAccommodation,
    AddCertificate,
    AddVulnerability,
    CertificateRow,
    VulnerabilityRow,
)
from desktop.services.privacy import RequestRow, TakeRequest
from desktop.views.kit import inputs
from desktop.views.kit.attachments import scan
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Asker:
    """Where a deed is asked for: whose it is, what follows once it is written, over which window."""

    desk: Desk
    member: MemberId
    then: Callable[[Any], object]
    parent: QWidget

    def form(
        self,
        title: str,
        fields: Sequence[Field | Section],
        deed: Callable[[Any, dict[str, Any], Any], Any],
        values: dict[str, Any] | None = None,
        intro: str = "",
        save: str = "",
    ) -> None:
        """Open the form of one deed."""
        FormDialog(
            self.desk,
            title,
            fields,
            deed,
            self.then,
            values=values,
            intro=intro,
            save_text=save,
            parent=self.parent,
        ).open()


def give_consent(ask: Asker) -> None:
    """Ask which purposes the person agreed to, when and how."""
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
        chosen = tuple(purpose for purpose in Purpose if values[purpose.value])
        file = values["scan"]
        paper = None if file is None else consents.scan_file(file.name, file.content)
        return consents.give(
            book,
            GiveConsent(ask.member, chosen, values["given"], values["form"], values["representative"], paper),
            act,
        )

    ask.form(
        _("Ghi sự đồng ý"),
        [
            Section(N_("Người đó đã đánh dấu những mục đích nào?")),
            *boxes,
            Section(N_("Bằng chứng")),
            Field("given", N_("Ngày đồng ý"), inputs.day(), required=True, width=20),
            Field("form", N_("Cách đồng ý"), inputs.choice([(one, one.title) for one in ConsentForm])),
            Field("representative", N_("Người đại diện (nếu có)"), inputs.line()),
            Field("scan", N_("Bản quét giấy đã ký"), scan(ask.desk)),
        ],
        deed,
        {"given": ask.desk.today(), "form": ConsentForm.SIGNED},
        save=_("Ghi đồng ý"),
    )


def withdraw(ask: Asker, row: ConsentRow) -> None:
    """Ask from which day the person no longer agrees."""
    key = row.id
    if key is None or not row.holds:
        return
    ask.form(
        _("Rút đồng ý: {purpose}").format(purpose=row.purpose.title),
        [
            Field("on", N_("Ngày rút"), inputs.day(), required=True, width=20),
            Field("reason", N_("Lý do (nếu người đó nói)"), inputs.line()),
        ],
        lambda book, values, act: consents.withdraw(book, key, values["on"], values["reason"], act),
        {"on": ask.desk.today()},
        _("Từ ngày này không ghi thêm và không dùng dữ liệu cho mục đích đó."),
        _("Rút đồng ý"),
    )


def add_certificate(ask: Asker) -> None:
    """Ask for a certificate as it stands on the paper."""
    kinds = [Field(f"type.{kind.value}", kind.title, inputs.check()) for kind in DisabilityType]

    def deed(book: Any, values: dict[str, Any], act: Any) -> Any:
        types = tuple(kind for kind in DisabilityType if values[f"type.{kind.value}"])
        return inclusion.add_certificate(
            book,
            AddCertificate(
                ask.member,
                values["number"],
                types,
                values["degree"],
                values["issued"],
                values["expires"],
                values["issuer"],
            ),
            act,
        )

    ask.form(
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


def end_certificate(ask: Asker, row: CertificateRow) -> None:
    """Ask from when a certificate no longer holds."""
    ask.form(
        _("Giấy {number} thôi hiệu lực").format(number=row.number),
        [
            Field("on", N_("Ngày cuối còn hiệu lực"), inputs.day(), required=True, width=20),
            Field("reason", N_("Lý do"), inputs.line()),
        ],
        lambda book, values, act: inclusion.withdraw_certificate(
            book, row.id, values["on"], values["reason"], act
        ),
        {"on": ask.desk.today()},
    )


def add_hardship(ask: Asker) -> None:
    """Ask for a category of vulnerable people."""
    ask.form(
        _("Hoàn cảnh đặc biệt"),
        [
            Field("category", N_("Diện"), inputs.choice([(one, one.title) for one in Vulnerable])),
            Field("since", N_("Từ ngày"), inputs.day(), required=True, width=20),
            Field("basis", N_("Căn cứ"), inputs.line(N_("số giấy tờ, hoặc “tự khai”"))),
        ],
        lambda book, values, act: inclusion.add_vulnerability(
            book,
            AddVulnerability(ask.member, values["category"], values["since"], values["basis"]),
            act,
        ),
        {"since": ask.desk.today(), "basis": _("tự khai")},
    )


def end_hardship(ask: Asker, row: VulnerabilityRow) -> None:
    """Ask for the last day of a category."""
    ask.form(
        _("Kết thúc diện: {name}").format(name=row.category.title),
        [Field("on", N_("Ngày cuối"), inputs.day(), required=True, width=20)],
        lambda book, values, act: inclusion.end_vulnerability(book, row.id, values["on"], act),
        {"on": ask.desk.today()},
    )


def add_accommodation(ask: Asker) -> None:
    """Ask what is done so that the person can take part."""
    ask.form(
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
            AddAccommodation(ask.member, values["kind"], values["since"], values["note"], values["barrier"]),
            act,
        ),
        {"since": ask.desk.today()},
    )


def end_accommodation(ask: Asker, row: AccommodationRow) -> None:
    """Ask for the last day of an accommodation."""
    ask.form(
        _("Kết thúc: {name}").format(name=row.kind.title),
        [Field("on", N_("Ngày cuối"), inputs.day(), required=True, width=20)],
        lambda book, values, act: inclusion.end_accommodation(book, row.id, values["on"], act),
        {"on": ask.desk.today()},
    )


def take_request(ask: Asker) -> None:
    """Ask what the person wants about their data."""
    ask.form(
        _("Yêu cầu về dữ liệu của mình"),
        [
            Field("kind", N_("Yêu cầu"), inputs.choice([(one, one.title) for one in RequestKind])),
            Field("received", N_("Ngày nhận"), inputs.day(), required=True, width=20),
            Field("detail", N_("Nội dung"), inputs.text(2)),
        ],
        lambda book, values, act: privacy.take(
            book, TakeRequest(ask.member, values["kind"], values["received"], values["detail"]), act
        ),
        {"received": ask.desk.today()},
        _(
            "Báo đã nhận trong {n} ngày làm việc. Hạn: xem, sửa, bản sao 10 ngày; rút đồng ý 15 ngày; xóa 20 ngày."
        ).format(n=privacy.ANSWER_WORKING_DAYS),
    )


def close_request(ask: Asker, row: RequestRow) -> None:
    """Ask how a request ended."""
    states = [(one, one.title) for one in (RequestState.DONE, RequestState.REFUSED)]
    ask.form(
        row.kind.title,
        [
            Field("state", N_("Kết quả"), inputs.choice(states)),
            Field("on", N_("Ngày xong"), inputs.day(), required=True, width=20),
            Field("outcome", N_("Đã làm gì, hoặc lý do từ chối"), inputs.text(2)),
        ],
        lambda book, values, act: privacy.close(
            book, row.id, values["state"], values["on"], values["outcome"], act
        ),
        {"on": ask.desk.today()},
    )


def extend_request(ask: Asker, row: RequestRow) -> None:
    """Put off the due day once."""
    ask.form(
        _("Gia hạn: {kind} (hạn {day})").format(kind=row.kind.title, day=show_day(row.due)),
        [Field("reason", N_("Lý do, sẽ báo cho người đó"), inputs.text(2), required=True)],
        lambda book, values, act: privacy.extend(book, row.id, values["reason"], act),
    )


def erase(ask: Asker) -> None:
    """Ask why, then erase for good."""
    ask.form(
        _("Xóa dữ liệu cá nhân"),
        [Field("reason", N_("Lý do (yêu cầu của ai, ngày nào)"), inputs.text(2), required=True)],
        lambda book, values, act: privacy.erase(
            book, ask.member, values["reason"], act, agreed=bool(values.get("agreed"))
        ),
        save=_("Xóa hẳn"),
    )
