"""Who owes fines of a group: pay, or be let off with a reason."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import EntryKind
from desktop.services import fines, vouchers
from desktop.services.acts import Act, Outcome
from desktop.services.fines import FineDebt, Waive
from desktop.services.vouchers import RecordVoucher
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import day, dong, text
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_COLUMNS: list[Column[FineDebt]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Họ và tên"), lambda row: row.name, stretch=True),
    Column("owed", N_("Còn nợ phạt (₫)"), lambda row: row.owed, kind="money", width=14),
    Column("now", N_("Trong nhóm"), lambda row: row.member_now, kind="check", width=10),
]


class FinesTab(GroupTab):
    """The list; what is owed also stands on the sheet of the next meeting."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table: RowTable[FineDebt] = RowTable(desk, _COLUMNS, key=lambda row: row.member)
        self.view = TableView(
            self.table,
            "group.fines",
            _("Tiền phạt còn nợ"),
            empty=Empty("good", _("Không ai còn nợ tiền phạt.")),
            actions=(
                RowAction(_("Ghi nộp phạt…"), self.pay, "cash", enabled=self._may),
                RowAction(_("Miễn phạt…"), self.waive, "minus", enabled=self._may),
                RowAction(_("Mở hồ sơ"), self.open_member, "member"),
            ),
        )
        self.view.opened.connect(self.pay)
        self.view.setMinimumHeight(px(300))
        self.body.addWidget(self.view, 1)

    def load(self) -> None:
        """Read who owes."""
        group, today = self.group, self.desk.today()
        self.desk.ask(lambda book: fines.owed(book, group, today), self._show, owner=self)

    def _show(self, rows: list[FineDebt]) -> None:
        self.table.set_rows(rows)
        total = sum(row.owed for row in rows)
        self.view.set_summary(_("Còn nợ {total}").format(total=show_dong(total)) if rows else "")

    def _may(self, _row: FineDebt) -> bool:
        return self.desk.can_write

    def pay(self, row: FineDebt) -> None:
        """Take what a person owes, outside a meeting."""
        group = self.group

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
            command = RecordVoucher(group, EntryKind.FINE_PAID, values["amount"], values["day"], row.member)
            return vouchers.record(book, command, act)

        self._dialog(row, _("Nộp tiền phạt"), deed, _("Ghi sổ"), reason=False)

    def waive(self, row: FineDebt) -> None:
        """Let a person off, with a reason."""
        group = self.group

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
            command = Waive(group, row.member, values["day"], values["amount"], values["reason"])
            return fines.waive(book, command, act)

        self._dialog(row, _("Miễn tiền phạt"), deed, _("Miễn phạt"), reason=True)

    def _dialog(self, row: FineDebt, title: str, deed: Any, save: str, *, reason: bool) -> None:
        if not self.desk.can_write:
            return
        fields = [
            Field("amount", N_("Số tiền"), dong(), required=True),
            Field("day", N_("Ngày"), day(past=True), required=True),
        ]
        if reason:
            fields.append(Field("reason", N_("Lý do, ai quyết định"), text(2), required=True, span=0))
        FormDialog(
            self.desk,
            title,
            fields,
            deed,
            lambda _value: self.desk.say(_("Đã ghi sổ."), "good"),
            values={"amount": row.owed, "day": self.desk.today()},
            intro=_("{name} còn nợ {owed} tiền phạt.").format(name=row.name, owed=show_dong(row.owed)),
            save_text=save,
            columns=2,
            parent=self,
        ).open()

    def open_member(self, row: FineDebt) -> None:
        """Open the page of who owes."""
        self.desk.open_page("member", member=row.member)
