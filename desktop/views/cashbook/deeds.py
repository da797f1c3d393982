"""What can be done on the cash book page: record a voucher, reverse one, look into one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId, VoucherId
from desktop.models.kinds import BY_MEMBER, EFFECTS, EntryKind
from desktop.services.acts import Act, Outcome
from desktop.services.vouchers import ALONE, RecordVoucher, VoucherDetail, VoucherPosted
from desktop.views.cashbook.tables import LINES
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.group_picker import members_of
from desktop.views.kit.inputs import choice, day, dong, line, number, text
from desktop.views.kit.messages import Message
from desktop.views.kit.pickers import person
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px, space
from resources.lang.dates import show_day, show_instant
from resources.lang.dong import in_words, show_dong
from resources.lang.messages import N_, _, ngettext


def _of_member(kind: EntryKind) -> bool:
    effect = EFFECTS[kind]
    return bool({effect.debit, effect.credit} & BY_MEMBER)


class RecordDialog(FormDialog):
    """A receipt, payment or transfer outside a meeting. Fields that a kind does not need are hidden."""

    def __init__(
        self,
        desk: Desk,
        group: GroupId,
        group_name: str,
        then: Callable[[VoucherPosted], object],
        parent: QWidget,
    ) -> None:
        # A grant from the social fund is asked for and decided on the group's page before it is paid.
        kinds = [(kind, EFFECTS[kind].name) for kind in ALONE if kind is not EntryKind.SOCIAL_OUT]
        fields = [
            Field("kind", N_("Loại"), choice(kinds), required=True),
            Field("day", N_("Ngày"), day(), required=True, width=14),
            Field("member", N_("Thành viên"), person(desk, members_of(group))),
            Field("units", N_("Số cổ phần"), number(0, 10_000), width=10),
            Field("amount", N_("Số tiền"), dong(), required=True, width=24),
            Field("text", N_("Nội dung"), line(N_("Ví dụ: mua sổ sách cho nhóm"), 200)),
        ]
        super().__init__(
            desk,
            _("Ghi chứng từ · {group}").format(group=group_name),
            fields,
            lambda book, values, act: _record(book, group, values, act),
            then,
            values={"kind": EntryKind.EXPENSE, "day": desk.today()},
            save_text=_("Ghi sổ"),
            parent=parent,
        )
        self.form.changed.connect(self._kind_changed)
        self._kind_changed("kind")

    def _kind_changed(self, key: str) -> None:
        if key == "kind":
            kind = self.form.value("kind")
            self.form.set_visible("member", kind is not None and _of_member(kind))
            self.form.set_visible("units", kind is EntryKind.SHARES_OUT)


def _record(book: Any, group: GroupId, values: dict[str, Any], act: Act) -> Outcome[VoucherPosted]:
    from desktop.services import vouchers

    kind: EntryKind = values["kind"]
    member = values["member"] if _of_member(kind) else None
    units = -(values["units"] or 0) if kind is EntryKind.SHARES_OUT else 0
    return vouchers.record(
        book,
        RecordVoucher(
            group,
            kind,
            values["amount"],
            values["day"],
            member=None if member is None else MemberId(member),
            text=values["text"] or "",
            units=units,
        ),
        act,
    )


class ReverseDialog(FormDialog):
    """Asks for the reason of a reversal."""

    def __init__(
        self,
        desk: Desk,
        voucher: VoucherId,
        number: str,
        then: Callable[[VoucherPosted], object],
        parent: QWidget,
    ) -> None:
        super().__init__(
            desk,
            _("Đảo chứng từ {number}").format(number=number),
            [Field("reason", N_("Lý do"), text(2), required=True)],
            lambda book, values, act: _reverse(book, voucher, values["reason"], act),
            then,
            intro=_("Chứng từ cũ vẫn được giữ. Một bút toán đảo được ghi vào cùng ngày."),
            save_text=_("Ghi bút toán đảo"),
            parent=parent,
        )


def _reverse(book: Any, voucher: VoucherId, reason: str, act: Act) -> Outcome[VoucherPosted]:
    from desktop.services import vouchers

    return vouchers.reverse_voucher(book, voucher, reason, act)


def tell_posted(desk: Desk, posted: VoucherPosted) -> None:
    """Say which voucher was posted, and how many papers printed before no longer agree."""
    desk.say(_("Đã ghi {number}.").format(number=posted.voucher.number), "good")
    if posted.papers:
        numbers = ", ".join(paper.number for paper in posted.papers[:6])
        desk.say(
            Message(
                ngettext(
                    "{n} tờ đã in không còn khớp với sổ: {numbers}",
                    "{n} tờ đã in không còn khớp với sổ: {numbers}",
                    len(posted.papers),
                ).format(n=len(posted.papers), numbers=numbers),
                "warn",
                _("Hãy in lại và thu hồi bản cũ."),
            )
        )


class VoucherDialog(QDialog):
    """One voucher in full: what it says, its postings, its place in the chain."""

    def __init__(self, desk: Desk, detail: VoucherDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = detail.row
        self.setWindowTitle(row.number)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        heading = QLabel(f"{row.paper.title} {row.number}", self)
        dress(heading, "heading")
        box.addWidget(heading)
        box.addWidget(self._facts(detail))
        table: RowTable[Any] = RowTable(desk, LINES, key=lambda line: id(line))
        table.set_rows(list(detail.lines))
        view = TableView(
            table, "voucher.lines", _("Định khoản"), filterable=False, exportable=False, parent=self
        )
        box.addWidget(view, 1)
        chain = QLabel(
            _("Vị trí {seq} trong chuỗi kiểm chứng · {hash}").format(seq=detail.seq, hash=detail.hash[:16]),
            self,
        )
        chain.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dress(chain, "small")
        box.addWidget(chain)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(px(760), px(460))

    def _facts(self, detail: VoucherDetail) -> QLabel:
        row = detail.row
        amount = row.paid_in or row.paid_out
        lines = [
            _("Ngày {day}").format(day=show_day(row.day)),
            row.member,
            row.text,
            f"{show_dong(amount)} ({in_words(amount)})" if amount else "",
            _("Ghi lúc {at}, người ghi: {by}").format(at=show_instant(row.recorded_at), by=row.recorded_by),
        ]
        label = QLabel("\n".join(part for part in lines if part), self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
