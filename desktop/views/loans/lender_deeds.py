"""Money that the group holds for a lender: interest collected, handed on, the commission received."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import EFFECTS
from desktop.models.problems import Problem, Refusal
from desktop.services import lender_loans
from desktop.services.acts import Act, Outcome
from desktop.services.ledger import PostedVoucher
from desktop.services.lender_loans import KINDS, Collected
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.group_picker import GroupPicker
from desktop.views.kit.inputs import choice, day, dong, line
from desktop.views.loans import prints
from desktop.views.loans.deeds import short_at_amount
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


class CollectDialog(FormDialog):
    """One receipt or payment; what is held for the lender stands below the amount."""

    def __init__(self, desk: Desk, group: int | None, parent: QWidget) -> None:
        super().__init__(
            desk,
            _("Thu hộ bên cho vay"),
            [
                Field("group", N_("Nhóm"), lambda holder: GroupPicker(desk, holder), required=True, span=0),
                Field(
                    "kind",
                    N_("Việc"),
                    choice([(kind, EFFECTS[kind].name) for kind in KINDS]),
                    required=True,
                    span=0,
                ),
                Field("day", N_("Ngày"), day(), required=True),
                Field("amount", N_("Số tiền"), dong(), required=True),
                Field(
                    "text",
                    N_("Nội dung"),
                    line(N_("Ví dụ: lãi tháng 8 của Ngân hàng Chính sách"), 200),
                    span=0,
                ),
            ],
            _collect,
            self._posted,
            values={"kind": KINDS[0], "day": desk.today()},
            intro=_("Lãi thu hộ không phải là tiền của nhóm; hoa hồng là thu nhập của nhóm."),
            save_text=_("Ghi sổ"),
            columns=2,
            width=540,
            parent=parent,
        )
        self.form.changed.connect(self._changed)
        if group is not None:
            self.form.input("group").choose(group)

    def _changed(self, key: str) -> None:
        group, on = self.form.value("group"), self.form.value("day")
        if key not in ("group", "day") or group is None or on is None:
            return
        self.desk.ask(
            lambda book: lender_loans.held_for_lender(book, GroupId(group), on), self._held, owner=self
        )

    def _held(self, amount: int) -> None:
        self.form.input("kind").noted.emit(
            _("Đang giữ hộ {amount} chưa nộp.").format(amount=show_dong(amount))
        )

    def _posted(self, voucher: PostedVoucher) -> None:
        self.desk.say(_("Đã ghi {number}.").format(number=voucher.number), "good")


def _collect(book: Any, values: dict[str, Any], act: Act) -> Outcome[PostedVoucher]:
    command = Collected(
        GroupId(values["group"]), values["kind"], values["day"], values["amount"], values["text"] or ""
    )
    with short_at_amount():
        return lender_loans.collect(book, command, act)


class CollectionDialog(FormDialog):
    """Asks for a group and a period and shows the list of what was collected for its lender."""

    def __init__(self, desk: Desk, group: int | None, parent: QWidget) -> None:
        today = desk.today()
        super().__init__(
            desk,
            _("Bảng kê thu hộ bên cho vay"),
            [
                Field("group", N_("Nhóm"), lambda holder: GroupPicker(desk, holder), required=True, span=0),
                Field("starts", N_("Từ ngày"), day(), required=True),
                Field("ends", N_("Đến ngày"), day(), required=True),
            ],
            _period,
            lambda chosen: prints.collection(desk, parent, *chosen),
            values={"starts": today.replace(day=1), "ends": today},
            save_text=_("Xem và in"),
            columns=2,
            parent=parent,
        )
        if group is not None:
            self.form.input("group").choose(group)


def _period(_book: Any, values: dict[str, Any], _act: Act) -> Outcome[tuple[GroupId, date, date]]:
    if values["ends"] < values["starts"]:
        raise Refusal([Problem.stop("period", "ends", _("Ngày cuối phải từ ngày đầu trở đi."))])
    return Outcome((GroupId(values["group"]), values["starts"], values["ends"]))
