"""The deeds of a dossier, each in a dialog: request, decision, co-contribution, hand-over, taking back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import AttachmentKind
from desktop.models.rules.support.contribution import Given, missing_for, share_of
from desktop.models.support_kinds import ContributionKind, MoneyRoute, Result, SupportKind, Verdict
from desktop.services import (
    support_assessing,
    support_contributions,
    support_transfers,
    supports,
)
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile
from desktop.services.support_assessing import Decide
from desktop.services.support_contributions import Contribute
from desktop.services.support_transfers import Transfer
from desktop.services.support_views import ContributionView, SupportDetail
from desktop.services.supports import Beneficiary, Request
from desktop.views.kit.attachments import PickedFile, scan
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.inputs import check, choice, day, dong, line, text
from desktop.views.kit.named_inputs import CodesEdit, kinds
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.people.finders import find_members
from desktop.views.supports.asset_dialogs import asset_fields, asset_from
from desktop.views.supports.finders import find_beneficiaries
from desktop.views.supports.inputs import TenthsEdit
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _
from resources.training import modules

Then = Callable[[Any], object]
Make = Callable[[QWidget], Any]


def _finding(desk: Desk, search: Any, placeholder: str) -> Make:
    def make(parent: QWidget) -> AskingPicker:
        made = AskingPicker(desk, search, parent)
        made.setPlaceholderText(_(placeholder))
        return made

    return make


def _courses(parent: QWidget) -> CodesEdit:
    return CodesEdit(modules().values(), 2, parent)


def files_from(picked: PickedFile | None, title: str) -> tuple[NewFile, ...]:
    """Return the file of a form as evidence."""
    if picked is None:
        return ()
    return (NewFile(AttachmentKind.EVIDENCE, picked.name, picked.content, title),)


# -- the request -----------------------------------------------------------------------------------


def request(
    desk: Desk,
    detail: SupportDetail | None,
    then: Then,
    parent: QWidget,
    beneficiary: Find | None = None,
) -> FormDialog:
    """Return the dialog of a request, new or changed; `beneficiary` is filled in for a new one."""
    fields: list[Field | Section] = [
        Field("beneficiary", N_("Người nhận"), _finding(desk, find_beneficiaries, N_("Gõ tên sinh kế, nhóm, người hoặc hộ")), required=True, span=2),
        Field("kind", N_("Loại hỗ trợ"), choice(kinds(SupportKind)), required=True),
        Field("through", N_("Nhóm theo dõi, giữ quỹ"), _finding(desk, find_groups, N_("Gõ tên hoặc mã nhóm")), hint=N_("Để trống: nhóm của người nhận")),
        Field("title", N_("Hỗ trợ gì"), line(N_("Máy ấp trứng")), required=True),
        Field("quantity", N_("Số lượng"), line(N_("1 máy 500 trứng"))),
        Field("amount", N_("Giá trị đề nghị"), dong(), required=True),
        Field("provider", N_("Nguồn hỗ trợ"), line(N_("Dự án, nhà tài trợ"))),
        Field("day", N_("Ngày đề nghị"), day(past=True), required=True),
        Field("by", N_("Ai đề nghị"), line(), required=True),
        Field("purpose", N_("Dùng để làm gì"), text(2), span=0),
        Section(N_("Đối ứng và đào tạo")),
        Field("hardship", N_("Hộ nghèo, đặc biệt khó khăn: đối ứng mức thấp"), check(), span=0),
        Field("hardship_basis", N_("Căn cứ"), line(N_("Số sổ hộ nghèo, quyết định của xã")), span=0),
        Field("training", N_("Đào tạo cần xong trước khi nhận"), _courses, span=0, hint=N_("Không chọn: một khóa bất kỳ")),
    ]  # fmt: skip

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = {key: value for key, value in typed.items() if key != "agreed"}
        whole["training"] = tuple(one.code for one in typed["training"])
        whole["beneficiary"] = typed["beneficiary"] or Beneficiary()
        new = Request(**whole)
        if detail is None:
            return supports.ask(book, new, act)
        return supports.change(book, detail.row.id, detail.version, new, act)

    values: dict[str, Any] = {"day": desk.today(), "kind": SupportKind.IN_KIND, "beneficiary": beneficiary}
    if detail is not None:
        values = _request_values(detail)
    title = _("Đề nghị hỗ trợ") if detail is None else _("Sửa đề nghị {code}").format(code=detail.row.code)
    return FormDialog(desk, title, fields, deed, then, values=values, columns=2, width=780, parent=parent)


def _request_values(detail: SupportDetail) -> dict[str, Any]:
    row, known = detail.row, modules()
    return {
        "beneficiary": Find(detail.beneficiary, row.who),
        "kind": row.kind,
        "through": None if detail.through is None else Find(detail.through, row.group_name),
        "title": row.title,
        "quantity": detail.quantity,
        "amount": row.asked,
        "provider": detail.provider,
        "day": row.requested_on,
        "by": detail.requested_by,
        "purpose": detail.purpose,
        "hardship": detail.hardship,
        "hardship_basis": detail.hardship_basis,
        "training": tuple(known[code] for code in detail.training if code in known),
    }


def withdraw(desk: Desk, detail: SupportDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that withdraws a request."""
    return FormDialog(
        desk,
        _("Rút đề nghị {code}").format(code=detail.row.code),
        [
            Field("day", N_("Ngày rút"), day(past=True), required=True),
            Field("reason", N_("Lý do"), text(2), required=True),
        ],
        lambda book, typed, act: supports.withdraw(book, detail.row.id, typed["day"], typed["reason"], act),
        then,
        values={"day": desk.today()},
        save_text=_("Rút đề nghị"),
        parent=parent,
    )


# -- the decision ----------------------------------------------------------------------------------


class DecideDialog(FormDialog):
    """A decision on the last assessment. The fields of an override are shown where it did not pass."""

    def __init__(self, desk: Desk, detail: SupportDetail, then: Then, parent: QWidget) -> None:
        before = [one for one in detail.assessments if one.wave.value == "before"]
        last = before[-1] if before else None
        self.passed = last is not None and last.judgement.result is Result.TRANSFER
        intro = _("Chưa có đánh giá nào.")
        if last is not None:
            intro = _("Đánh giá {day}: {points}/{most} điểm, kết quả “{result}”.").format(
                day=show_day(last.day),
                points=last.judgement.points,
                most=last.judgement.most,
                result=last.judgement.result.title,
            )
            if last.judgement.missed:
                intro += " " + _("Mục bắt buộc chưa đạt: {items}.").format(
                    items=", ".join(str(n) for n in last.judgement.missed)
                )

        def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
            whole = {key: value for key, value in typed.items() if key != "agreed"}
            whole["amount"] = typed["amount"] or 0
            return support_assessing.decide(book, Decide(detail.row.id, **whole), act)

        verdict = Verdict.APPROVE if self.passed else Verdict.IMPROVE
        super().__init__(
            desk,
            _("Quyết định {code}").format(code=detail.row.code),
            [
                Field("verdict", N_("Quyết định"), choice(kinds(Verdict)), required=True),
                Field("day", N_("Ngày quyết định"), day(past=True), required=True),
                Field("decider", N_("Người quyết định"), line(), required=True),
                Field("decider_post", N_("Chức vụ"), line()),
                Field("amount", N_("Giá trị duyệt"), dong(), span=0),
                Field("override", N_("Duyệt ngoại lệ khi đánh giá chưa đạt"), check(), span=0),
                Field("second", N_("Người thứ hai"), line(), hint=N_("Phải là người khác; cả hai tên được in")),
                Field("second_post", N_("Chức vụ người thứ hai"), line()),
                Field("reason", N_("Lý do, việc phải bổ sung"), text(2), span=0),
            ],
            deed,
            then,
            values={
                "verdict": verdict,
                "day": desk.today(),
                "amount": detail.row.asked,
                "decider": desk.who,
            },
            intro=intro,
            save_text=_("Ghi quyết định"),
            columns=2,
            parent=parent,
        )  # fmt: skip
        self.form.changed.connect(self._changed)
        self._changed("verdict")

    def _changed(self, _key: str) -> None:
        approve = self.form.value("verdict") is Verdict.APPROVE
        override = approve and not self.passed
        self.form.set_visible("amount", approve)
        self.form.set_visible("override", override)
        for key in ("second", "second_post"):
            self.form.set_visible(key, override and bool(self.form.value("override")))


# -- co-contribution -------------------------------------------------------------------------------


class ContributeDialog(FormDialog):
    """A co-contribution; what it is worth and the share it makes are shown while typing."""

    def __init__(self, desk: Desk, detail: SupportDetail, then: Then, parent: QWidget) -> None:
        self.detail = detail

        def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
            command = Contribute(
                detail.row.id,
                typed["day"],
                typed["kind"],
                typed["value"] or 0,
                typed["tenths"] or 0,
                typed["rate"] or 0,
                typed["description"],
                typed["giver"],
                typed["route"],
                typed["counted"],
                typed["evidence"],
                files_from(typed["file"], _("Chứng từ đối ứng")),
            )
            return support_contributions.contribute(book, command, act)

        super().__init__(
            desk,
            _("Đối ứng cho {code}").format(code=detail.row.code),
            [
                Field("kind", N_("Loại đối ứng"), choice(kinds(ContributionKind)), required=True),
                Field("day", N_("Ngày"), day(past=True), required=True),
                Field("value", N_("Giá trị"), dong()),
                Field("route", N_("Tiền vào đâu"), choice(kinds(MoneyRoute)), hint=N_("Vào quỹ nhóm thì sổ lập phiếu thu")),
                Field("tenths", N_("Số ngày công"), TenthsEdit),
                Field("rate", N_("Đơn giá một công ở địa phương"), dong()),
                Field("giver", N_("Người góp"), _finding(desk, find_members, N_("Gõ tên hoặc mã thành viên"))),
                Field("description", N_("Gì, bao nhiêu"), line(N_("Dựng chuồng, 12 người"))),
                Field("counted", N_("Đã có chứng từ, được tính"), check(), span=0, hint=N_("Bỏ chọn: mới hứa góp, chưa tính vào tỷ lệ")),
                Field("evidence", N_("Chứng từ"), line(N_("Danh sách ký nhận số 3")), span=2),
                Field("file", N_("Ảnh, bản quét chứng từ"), scan(desk), span=2),
            ],
            deed,
            then,
            values={
                "kind": ContributionKind.CASH,
                "day": desk.today(),
                "route": MoneyRoute.DIRECT,
                "counted": True,
            },
            save_text=_("Ghi đối ứng"),
            columns=2,
            parent=parent,
        )  # fmt: skip
        self.result_line = self.line_below()
        self.form.changed.connect(self._changed)
        self._changed("kind")

    def _changed(self, _key: str) -> None:
        kind = self.form.value("kind")
        labour, cash = kind is ContributionKind.LABOUR, kind is ContributionKind.CASH
        self.form.set_visible("value", not labour)
        self.form.set_visible("tenths", labour)
        self.form.set_visible("rate", labour)
        self.form.set_visible("route", cash)
        counted = bool(self.form.value("counted"))
        for key in ("evidence", "file"):
            self.form.set_visible(key, counted)
        if not cash and self.form.value("route") is not MoneyRoute.DIRECT:
            self.form.input("route").set_value(MoneyRoute.DIRECT)
        worth = Given(
            kind or ContributionKind.CASH,
            self.form.value("value") or 0,
            self.form.value("tenths") or 0,
            self.form.value("rate") or 0,
        ).worth
        self.result_line.setText(_share_words(self.detail, worth if counted else 0))


def _share_words(detail: SupportDetail, more: int) -> str:
    """Return the share that the co-contribution makes with `more` đồng, and what is still missing."""
    external = detail.row.transferred or detail.row.approved or detail.row.asked
    given = detail.row.given + more
    said = _("Đối ứng được tính {given}: {share} (cần {least} %)").format(
        given=show_dong(given),
        share=show_percent(share_of(given, external) or 0, 1),
        least=detail.least_share,
    )
    missing = missing_for(given, external, detail.least_share)
    return _("{said}, còn thiếu {missing}").format(said=said, missing=show_dong(missing)) if missing else said


def confirm(desk: Desk, row: ContributionView, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that proves a co-contribution."""
    return FormDialog(
        desk,
        _("Bổ sung chứng từ đối ứng"),
        [
            Field("day", N_("Ngày xác nhận"), day(past=True), required=True),
            Field("evidence", N_("Chứng từ"), line(N_("Danh sách ký nhận số 3"))),
            Field("file", N_("Ảnh, bản quét chứng từ"), scan(desk)),
        ],
        lambda book, typed, act: support_contributions.confirm(
            book,
            row.id,
            typed["day"],
            typed["evidence"],
            files_from(typed["file"], _("Chứng từ đối ứng")),
            act,
        ),
        then,
        values={"day": desk.today()},
        intro=f"{row.kind.title}: {row.description} · {show_dong(row.value)}",
        parent=parent,
    )


# -- hand-over -------------------------------------------------------------------------------------


def transfer(desk: Desk, detail: SupportDetail, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of a hand-over, with the first asset where an asset is given."""
    kind = detail.row.kind
    fields: list[Field | Section] = [
        Field("day", N_("Ngày bàn giao"), day(past=True), required=True),
        Field("value", N_("Giá trị bàn giao"), dong(), required=True),
        Field("what", N_("Bàn giao gì, bao nhiêu"), line(N_("1 máy ấp 500 trứng, mới")), required=True, span=2),
        Field("minutes", N_("Biên bản số"), line(N_("BB-01/2026")), required=True),
        Field("place", N_("Nơi bàn giao"), line()),
        Field("giver", N_("Người giao"), line(), required=True),
        Field("receiver", N_("Người nhận"), line(), required=True),
        Field("witness", N_("Người chứng kiến"), line()),
        Field("file", N_("Ảnh, biên bản đã ký"), scan(desk)),
    ]  # fmt: skip
    if kind.money:
        routes = kinds(MoneyRoute) if kind is SupportKind.CASH else kinds([MoneyRoute.BOX, MoneyRoute.BANK])
        fields.insert(
            2,
            Field("route", N_("Tiền vào đâu"), choice(routes), required=True, hint=N_("Vào quỹ nhóm thì sổ lập phiếu")),
        )  # fmt: skip
    if kind is SupportKind.ASSET:
        fields += [Section(N_("Tài sản vào sổ theo dõi"), N_("Tài sản khác thêm sau, ở thẻ Tài sản."))]
        fields += asset_fields()

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        command = Transfer(
            detail.row.id,
            typed["day"],
            typed["value"] or 0,
            typed["what"],
            typed["minutes"],
            typed["giver"],
            typed["receiver"],
            typed["witness"],
            typed["place"],
            typed.get("route") or MoneyRoute.DIRECT,
            (asset_from(typed),) if kind is SupportKind.ASSET else (),
            files_from(typed["file"], _("Biên bản bàn giao")),
        )
        return support_transfers.transfer(book, command, act)

    values: dict[str, Any] = {
        "day": desk.today(),
        "value": detail.left,
        "what": " · ".join(part for part in (detail.row.title, detail.quantity) if part),
        "giver": desk.who,
        "receiver": detail.requested_by,
        "name": detail.row.title,
        "asset_value": detail.left,
        "owner": detail.row.who.rpartition(" – ")[2],
        "years": 5,
    }
    return FormDialog(
        desk,
        _("Bàn giao {code}").format(code=detail.row.code),
        fields,
        deed,
        then,
        values=values,
        intro=_("Duyệt {amount}, còn bàn giao được {left}.").format(
            amount=show_dong(detail.row.approved), left=show_dong(detail.left)
        ),
        save_text=_("Ghi bàn giao"),
        columns=2,
        width=780,
        parent=parent,
    )


def take_back(
    desk: Desk,
    title: str,
    intro: str,
    deed: Callable[[Any, str, Act], Outcome[Any]],
    then: Then,
    parent: QWidget,
) -> FormDialog:
    """Return the dialog that takes a deed back with a reason."""
    return ReasonDialog(
        desk,
        title,
        deed,
        then,
        intro=intro,
        save_text=_("Hủy"),
        parent=parent,
    )
