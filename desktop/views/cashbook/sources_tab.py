"""Outside money of a group: every source with what was received, given back and is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, LoanId
from desktop.models.money_kinds import SourceKind
from desktop.services import external_funds
from desktop.services.acts import Act, Outcome
from desktop.services.external_funds import MoveRow, OutsideMoney, Pass, SourceData, SourceRow
from desktop.services.ledger import PostedVoucher
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, day, dong, line, text
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.people.rights import allow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a source, a lender's loan, or money that has no source yet. Amounts in đồng."""

    kind: str
    name: str
    agreement: str
    received: int
    returned: int
    left: int
    owed: int
    due: date | None = None
    source: SourceRow | None = None
    loan: LoanId | None = None
    today: date | None = None

    @property
    def late(self) -> bool:
        """Tell whether it should have been given back by now."""
        return bool(self.owed and self.due and self.today and self.due < self.today)


_COLUMNS: list[Column[Line]] = [
    Column("kind", N_("Loại vốn"), lambda row: row.kind, width=20),
    Column("name", N_("Bên cấp vốn"), lambda row: row.name, stretch=True, width=20),
    Column("agreement", N_("Văn bản thỏa thuận"), lambda row: row.agreement, width=16),
    Column("received", N_("Đã nhận (₫)"), lambda row: row.received, "money", width=12),
    Column("returned", N_("Đã hoàn (₫)"), lambda row: row.returned, "money", width=12),
    Column("left", N_("Còn lại (₫)"), lambda row: row.left, "money", width=12),
    Column("owed", N_("Nhóm còn nợ (₫)"), lambda row: row.owed, "money", width=13),
    Column(
        "due",
        N_("Hạn trả"),
        lambda row: State("" if row.due is None else show_day(row.due), "bad" if row.late else ""),
        "state",
        width=11,
    ),
]

_MOVES: list[Column[MoveRow]] = [
    Column("day", N_("Ngày"), lambda row: row.day, "day", width=10),
    Column("number", N_("Số"), lambda row: row.number, width=12),
    Column("text", N_("Diễn giải"), lambda row: row.text, stretch=True),
    Column("received", N_("Nhận (₫)"), lambda row: row.received, "money", width=11),
    Column("returned", N_("Hoàn (₫)"), lambda row: row.returned, "money", width=11),
    Column("left", N_("Còn lại (₫)"), lambda row: row.left, "money", width=11, zero=True),
]


class SourcesTab(QWidget):
    """The list of sources; Enter shows what came in and went back of one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.group: GroupId | None = None
        self._day: date | None = None
        self.found: OutsideMoney | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(2), 0, 0)
        self.table: RowTable[Line] = RowTable(desk, _COLUMNS, key=lambda row: (row.kind, row.name, row.loan))
        self.view = TableView(
            self.table,
            "cashbook.sources",
            _("Vốn bên ngoài"),
            filterable=False,
            empty=Empty(
                "loan",
                _("Nhóm không có vốn bên ngoài."),
                _("Vốn quay vòng, vốn tài trợ hay tiền mượn được ghi theo từng nguồn, không lẫn vào nhau."),
                (_("Thêm nguồn vốn…"), self.add),
            ),
            actions=(
                RowAction(_("Nhận vốn…"), self.receive, "plus", "Ctrl+Shift+I", self._of_source),
                RowAction(_("Hoàn vốn…"), self.give_back, "minus", "Ctrl+Shift+O", self._has_left),
                RowAction(_("Thu, hoàn của nguồn này"), self.show_moves, "document", enabled=_known),
                RowAction(_("Sửa thỏa thuận…"), self.change, "edit", enabled=self._of_source),
                RowAction(
                    _("Gán khoản chưa rõ nguồn vào đây…"), self.assign, "check", enabled=self._may_assign
                ),
                RowAction(_("Mở khoản vay của nhóm"), self.open_loan, "loan", enabled=_is_loan),
            ),
        )
        self.view.opened.connect(self.look)
        self.add_button = button(_("Thêm nguồn vốn…"), self.add, "plus", "primary", self)
        self.take_button = button(_("Nhóm vay có lịch trả…"), self.take_loan, "loan", "", self)
        self.view.tools.insertWidget(0, self.add_button)
        self.view.tools.insertWidget(1, self.take_button)
        box.addWidget(self.view, 1)
        self.told = label("", "warn", self, wrap=True)
        box.addWidget(self.told)

    def load(self, group: GroupId, ends: date) -> None:
        """Show the sources with their money on a day."""
        self.group, self._day = group, ends
        allow(self.desk, [self.add_button, self.take_button])
        self.desk.ask(lambda book: external_funds.outside_money(book, group, ends), self._show, owner=self)

    def _again(self) -> None:
        if self.group is not None and self._day is not None:
            self.load(self.group, self._day)

    def _show(self, found: OutsideMoney) -> None:
        self.found = found
        today = self._day
        lines = [
            Line(
                row.data.kind.title,
                row.data.funder,
                row.data.agreement,
                row.received,
                row.returned,
                row.left,
                row.owed,
                row.data.return_by,
                row,
                today=today,
            )
            for row in found.sources
        ]
        lines += [
            Line(_("Vay có lịch trả"), row.lender, row.code, row.amount, row.amount - row.owed, row.owed,
                 row.owed, loan=row.loan)
            for row in found.lenders
        ]  # fmt: skip
        if found.unnamed:
            name = _("Chưa ghi rõ nguồn")
            lines.append(Line(_("Vốn bên ngoài"), name, "", found.unnamed, 0, found.unnamed, found.unnamed))
        self.table.set_rows(lines)
        self.view.set_summary(_("Nhóm còn nợ: {sum}").format(sum=show_dong(found.owed)))
        self.told.setVisible(bool(found.unnamed))
        self.told.setText(
            _("Có {sum} nhận trước đây chưa ghi rõ nguồn: thêm nguồn vốn rồi gán vào.").format(
                sum=show_dong(found.unnamed)
            )
        )

    # -- what is allowed ----------------------------------------------------------------------------

    def _of_source(self, row: Line) -> bool:
        return self.desk.can_write and row.source is not None

    def _has_left(self, row: Line) -> bool:
        return self._of_source(row) and row.left > 0

    def _may_assign(self, row: Line) -> bool:
        waiting = self.found is not None and self.found.unnamed > 0
        return self._of_source(row) and waiting and row.source is not None and row.source.data.kind.owed

    # -- deeds --------------------------------------------------------------------------------------

    def look(self, row: Line) -> None:
        """Enter shows the moves of a source, or the page of a lender's loan."""
        if row.loan is not None:
            self.open_loan(row)
        elif row.source is not None:
            self.show_moves(row)

    def open_loan(self, row: Line) -> None:
        """Open a lender's loan."""
        self.desk.open_page("loan", loan=row.loan)

    def take_loan(self) -> None:
        """Go to the form of a loan to the group."""
        self.desk.open_page("loan-take", group=self.group)

    def add(self) -> None:
        """Write down a source."""
        group = self.group
        if group is None or not self.desk.can_write:
            return
        SourceDialog(
            self.desk,
            _("Thêm nguồn vốn"),
            lambda book, values, act: external_funds.add(book, group, _data(values), act),
            lambda _key: self._said(_("Đã thêm nguồn vốn; bây giờ có thể ghi nhận tiền.")),
            {"kind": SourceKind.REVOLVING},
            self,
        ).open()

    def change(self, row: Line) -> None:
        """Correct what is said of a source."""
        source = row.source
        if source is None or not self.desk.can_write:
            return
        data = source.data
        SourceDialog(
            self.desk,
            _("Sửa thỏa thuận nguồn vốn"),
            lambda book, values, act: external_funds.change(book, source.id, _data(values), act),
            lambda _key: self._said(_("Đã sửa nguồn vốn.")),
            {name: getattr(data, name) or None for name in SourceData.__slots__},
            self,
        ).open()

    def receive(self, row: Line) -> None:
        """Record money received from a source."""
        self._pass(row, back=False)

    def give_back(self, row: Line) -> None:
        """Record money given back to a source."""
        self._pass(row, back=True)

    def _pass(self, row: Line, *, back: bool) -> None:
        source = row.source
        if source is None or not self.desk.can_write:
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[PostedVoucher]:
            command = Pass(
                source.id,
                values["day"],
                values["amount"],
                back,
                values["bank"],
                values["text"] or "",
            )
            return external_funds.pass_on(book, command, act)

        told = _("Còn lại {left} chưa hoàn.").format(left=show_dong(row.left))
        FormDialog(
            self.desk,
            _("Hoàn vốn cho {name}").format(name=row.name)
            if back
            else _("Nhận vốn của {name}").format(name=row.name),
            [
                Field("day", N_("Ngày"), day(past=True), required=True, width=14),
                Field("amount", N_("Số tiền"), dong(), required=True, width=24),
                Field(
                    "bank",
                    N_("Tiền qua"),
                    choice([(False, _("Tiền mặt quỹ vay")), (True, _("Tiền gửi ngân hàng"))]),
                    required=True,
                ),
                Field("text", N_("Nội dung"), line("", 160)),
            ],
            deed,
            lambda posted: self._said(_("Đã ghi {number}.").format(number=posted.number)),
            values={"day": self.desk.today(), "bank": False},
            intro=told if back else row.agreement,
            save_text=_("Ghi sổ"),
            parent=self,
        ).open()

    def assign(self, row: Line) -> None:
        """Give what was received without a source to this one."""
        source = row.source
        if source is not None and self.desk.can_write:
            self.desk.do(
                lambda book, act: external_funds.assign(book, source.id, act),
                lambda _n: self._said(_("Đã gán vào nguồn {name}.").format(name=row.name)),
                owner=self,
            )

    def show_moves(self, row: Line) -> None:
        """Show what came in and went back of a source."""
        source = row.source
        if source is None:
            return

        def show(moves: list[MoveRow]) -> None:
            MovesDialog(self.desk, source.data, moves, self).open()

        self.desk.ask(lambda book: external_funds.moves(book, source.id), show, owner=self)

    def _said(self, words: str) -> None:
        self.desk.say(words, "good")
        self._again()


def _known(row: Line) -> bool:
    return row.source is not None


def _is_loan(row: Line) -> bool:
    return row.loan is not None


def _data(values: dict[str, Any]) -> SourceData:
    return SourceData(
        values["kind"],
        values["funder"] or "",
        values["agreement"] or "",
        values["agreed_on"],
        values["agreed"] or 0,
        values["purpose"] or "",
        values["conditions"] or "",
        values["return_by"] if values["kind"].owed else None,
    )


class SourceDialog(FormDialog):
    """What is agreed with a source; a grant has no day to be given back."""

    def __init__(
        self, desk: Desk, title: str, deed: Any, then: Any, values: dict[str, Any], parent: QWidget
    ) -> None:
        fields = [
            Field("kind", N_("Loại vốn"), choice([(one, one.title) for one in SourceKind]), required=True),
            Field(
                "funder", N_("Bên cấp vốn"), line(N_("Ví dụ: Dự án hỗ trợ sinh kế xã"), 160), required=True
            ),
            Field("agreement", N_("Số văn bản thỏa thuận"), line("", 60)),
            Field("agreed_on", N_("Ngày thỏa thuận"), day(), width=14),
            Field("agreed", N_("Số tiền thỏa thuận"), dong()),
            Field("return_by", N_("Hạn hoàn trả"), day(), width=14),
            Field("purpose", N_("Mục đích"), line("", 200), span=0),
            Field("conditions", N_("Điều kiện"), text(2), span=0),
        ]
        super().__init__(
            desk,
            title,
            fields,
            deed,
            then,
            values=values,
            intro=_("Vốn tài trợ không hoàn lại thì nhóm không nợ, nhưng vẫn không chia khi hết chu kỳ."),
            save_text=_("Ghi lại"),
            columns=2,
            parent=parent,
        )
        self.form.changed.connect(self._changed)
        self._changed("kind")

    def _changed(self, key: str) -> None:
        if key == "kind":
            kind = self.form.value("kind")
            self.form.set_visible("return_by", kind is not None and kind.owed)


class MovesDialog(QDialog):
    """What came in and went back of one source, with what is left after each."""

    def __init__(self, desk: Desk, data: SourceData, moves: list[MoveRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(data.funder)
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(f"{data.kind.title} · {data.funder}", "heading", self))
        words = [data.agreement, data.purpose, data.conditions]
        if data.agreed:
            words.insert(1, _("thỏa thuận {sum}").format(sum=show_dong(data.agreed)))
        box.addWidget(label(" · ".join(word for word in words if word), "muted", self, wrap=True))
        self.table: RowTable[MoveRow] = RowTable(desk, _MOVES, key=lambda row: row.voucher)
        self.table.set_rows(moves)
        view = TableView(
            self.table,
            "source.moves",
            _("Thu, hoàn của nguồn"),
            filterable=False,
            empty=Empty("cash", _("Chưa nhận tiền của nguồn này.")),
        )
        box.addWidget(view, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        box.addWidget(buttons)
        self.resize(px(820), px(420))
