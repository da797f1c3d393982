"""The columns of a person's consents, certificates, hardship, accommodations and requests."""

from __future__ import annotations

from datetime import date

from desktop.services.consents import ConsentRow
from desktop.services.inclusion import (
    AccommodationRow,
    CertificateRow,
    VulnerabilityRow,
)
from desktop.services.privacy import RequestRow
from desktop.views.kit.columns import Column, State
from desktop.views.people.request_state import request_state
from resources.lang.messages import N_, _


def _consent_state(row: ConsentRow) -> State:
    if row.holds:
        return State(_("đồng ý"), "good")
    return State(_("đã rút"), "bad") if row.given is not None else State(_("chưa"), "muted")


def _ended(until: date | None) -> State:
    return State(_("đang dùng"), "good") if until is None else State(_("đã kết thúc"), "muted")


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
    Column("state", N_("Tình trạng"), request_state, kind="state", width=16),
    Column("detail", N_("Nội dung"), lambda row: row.detail, width=26, stretch=True),
    Column("outcome", N_("Kết quả"), lambda row: row.outcome, width=26),
]
