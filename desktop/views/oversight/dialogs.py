"""The deeds of an audit, each in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.audit_kinds import CheckKind, Severity
from desktop.models.ids import AuditVisitId, GroupId
from desktop.models.rules.audit import CONFIDENCES
from desktop.services import audits
from desktop.services.acts import Act, Outcome
from desktop.services.audit_book import CheckRow, FindingRow, VisitRow
from desktop.services.audits import BeginAudit, CheckResult, Found
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.inputs import check, choice, day, dong, line, text
from desktop.views.kit.pickers import Find
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def begin(desk: Desk, then: Then, parent: QWidget, group: Find | None = None) -> FormDialog:
    """Return the dialog that begins a visit; who may have drawn is told afterwards."""

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        return audits.begin(
            book,
            BeginAudit(
                GroupId(typed["group"]),
                typed["day"],
                typed["auditor"],
                typed["announced"],
                typed["confidence"],
                typed["tolerable"],
                typed["everybody"],
                agreed=bool(typed.get("agreed")),
            ),
            act,
        )

    return FormDialog(
        desk,
        _("Mở đợt kiểm tra"),
        [
            Field("group", N_("Nhóm"), lambda owner: GroupPicker(desk, owner), required=True, span=0),
            Field("day", N_("Ngày kiểm tra"), day(past=True), required=True),
            Field("auditor", N_("Người kiểm tra"), line(), required=True),
            Field(
                "confidence",
                N_("Độ tin cậy"),
                choice([(one, f"{one} %") for one in sorted(CONFIDENCES, reverse=True)]),
            ),
            Field(
                "tolerable",
                N_("Sai sót chấp nhận được"),
                dong(),
                hint=N_("Để trống: một phần hai mươi dư nợ"),
            ),
            Field("announced", N_("Đã báo trước cho nhóm"), check(), span=0),
            Field("everybody", N_("Xem tất cả, không chọn mẫu"), check(), span=0),
        ],
        deed,
        then,
        values={
            "group": group,
            "day": desk.today(),
            "auditor": desk.who,
            "confidence": 95,
            "announced": False,
            "everybody": False,
        },
        intro=_(
            "Nhóm từ 15 người trở xuống xem mọi sổ. Số gieo được ghi lại để ai cũng chọn lại được đúng mẫu này."
        ),
        save_text=_("Chọn mẫu và mở"),
        columns=2,
        parent=parent,
    )


def count(desk: Desk, row: VisitRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of the count of both boxes. It does not show what the book says."""
    return FormDialog(
        desk,
        _("Kiểm quỹ bất ngờ"),
        [
            Field("cash", N_("Đếm được trong quỹ vay, tiết kiệm"), dong(), required=True),
            Field("social", N_("Đếm được trong quỹ xã hội"), dong(), required=True),
        ],
        lambda book, typed, act: audits.count_boxes(
            book, row.id, row.version, typed["cash"], typed["social"], act
        ),
        then,
        values={"cash": row.cash_counted, "social": row.social_counted},
        intro=_("Đếm xong mới so với sổ; lệch một nghìn cũng ghi."),
        parent=parent,
    )


def look(desk: Desk, row: CheckRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of one passbook or loan."""
    passbook = row.kind is CheckKind.PASSBOOK
    title = (
        _("Sổ của {name}").format(name=row.name)
        if passbook
        else _("Khoản vay {code} của {name}").format(code=row.code, name=row.name)
    )
    return FormDialog(
        desk,
        title,
        [
            Field(
                "found",
                N_("Số tiết kiệm trong sổ thành viên") if passbook else N_("Dư nợ theo hợp đồng, biên lai"),
                dong(),
                hint=N_("Để trống khi không xem được, và ghi lý do"),
            ),
            Field("present", N_("Người đó có mặt"), check()),
            Field("note", N_("Ghi chú"), text(2), span=0),
        ],
        lambda book, typed, act: audits.check(
            book, row.id, row.version, CheckResult(typed["found"], typed["present"], typed["note"]), act
        ),
        then,
        values={"found": row.found, "present": row.present, "note": row.note},
        intro=_("Sổ nhóm: {amount}. Hỏi thành viên trước khi xem.").format(amount=show_dong(row.book)),
        parent=parent,
    )


def close(desk: Desk, row: VisitRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that ends a visit."""
    return FormDialog(
        desk,
        _("Kết thúc đợt {code}").format(code=row.code),
        [
            Field("on", N_("Ngày họp kết thúc với nhóm"), day(past=True), required=True),
            Field("summary", N_("Nhận xét chung"), text(4), span=0),
        ],
        lambda book, typed, act: audits.close(
            book,
            row.id,
            row.version,
            typed["on"],
            typed["summary"],
            act,
            agreed=bool(typed.get("agreed")),
        ),
        then,
        values={"on": desk.today()},
        save_text=_("Kết thúc"),
        parent=parent,
    )


def finding(
    desk: Desk,
    row: FindingRow | None,
    then: Then,
    parent: QWidget,
    group: GroupId | None = None,
    visit: AuditVisitId | None = None,
    title: str = "",
    severity: Severity = Severity.MEDIUM,
) -> FormDialog:
    """Return the dialog of a finding, new or changed; in a visit its group is known. `title`: what was seen already."""
    changing = None if row is None else (row.id, row.version)
    known = row.group if row is not None else group
    fields = [
        Field("severity", N_("Mức"), choice([(one, one.title) for one in Severity]), required=True),
        Field("found_on", N_("Ngày phát hiện"), day(past=True), required=True),
        Field("title", N_("Điều chưa đúng"), line(N_("Thiếu biên lai chi 20/03")), required=True, span=0),
        Field("advice", N_("Việc cần làm"), text(2), span=0),
        Field("owner", N_("Ai khắc phục"), line()),
        Field("due", N_("Hạn khắc phục"), day()),
        Field("answer", N_("Nhóm trả lời"), text(2), span=0),
    ]
    if known is None:
        fields.insert(
            0, Field("group", N_("Nhóm"), lambda owner: GroupPicker(desk, owner), required=True, span=0)
        )

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = {key: value for key, value in typed.items() if key not in ("agreed", "group")}
        where = GroupId(typed["group"]) if known is None else known
        return audits.keep_finding(book, where, Found(**whole), act, visit, changing)

    values: dict[str, Any] = {"severity": severity, "found_on": desk.today(), "title": title}
    if row is not None:
        values = {one.key: getattr(row, one.key) for one in fields}
    heading = _("Kiến nghị mới") if row is None else _("Sửa {code}").format(code=row.code)
    return FormDialog(desk, heading, fields, deed, then, values=values, columns=2, width=720, parent=parent)


def close_finding(desk: Desk, row: FindingRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that closes a finding with its proof."""
    return FormDialog(
        desk,
        _("Khép kiến nghị {code}").format(code=row.code),
        [
            Field("on", N_("Ngày khắc phục xong"), day(past=True), required=True),
            Field("evidence", N_("Bằng chứng đã xem"), text(3), required=True, span=0),
        ],
        lambda book, typed, act: audits.close_finding(
            book, row.id, row.version, typed["on"], typed["evidence"], act
        ),
        then,
        values={"on": desk.today()},
        save_text=_("Khép"),
        parent=parent,
    )


def reopen(desk: Desk, row: FindingRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that opens a finding again."""
    return FormDialog(
        desk,
        _("Mở lại kiến nghị {code}").format(code=row.code),
        [Field("reason", N_("Lý do mở lại"), line(), required=True, span=0)],
        lambda book, typed, act: audits.reopen_finding(book, row.id, row.version, typed["reason"], act),
        then,
        save_text=_("Mở lại"),
        parent=parent,
    )
