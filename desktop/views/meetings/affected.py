"""Papers printed earlier that a correction made out of date: shown, and given out as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.affected_papers import AffectedPaper
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import px, space
from resources.lang.messages import N_, _


def papers_table(desk: Desk, papers: Sequence[AffectedPaper], parent: QWidget) -> TableView:
    """Return a table of printed papers."""
    columns: list[Column[AffectedPaper]] = [
        Column("number", N_("Số"), lambda paper: paper.number, width=18),
        Column("title", N_("Giấy"), lambda paper: paper.title, width=20),
        Column("member", N_("Thành viên"), lambda paper: paper.member, stretch=True),
        Column("ends", N_("Đến ngày"), lambda paper: paper.ends, kind="day", width=12),
        Column("printed", N_("In lúc"), lambda paper: paper.printed_at, kind="instant", width=17),
    ]
    table = RowTable(desk, columns, key=lambda paper: (paper.number, paper.printed_at))
    view = TableView(
        table,
        "meetings.papers",
        _("Giấy đã in"),
        empty=Empty("good", _("Không có giấy nào đã in bị ảnh hưởng.")),
        filterable=False,
        parent=parent,
    )
    table.set_rows(list(papers))
    return view


class AffectedDialog(QDialog):
    """The list of papers to take back or to print anew."""

    def __init__(self, desk: Desk, papers: Sequence[AffectedPaper], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Giấy đã in cần thu hồi hoặc in lại"))
        self.resize(px(760), px(420))
        box = QVBoxLayout(self)
        box.setContentsMargins(*[space(5)] * 4)
        box.setSpacing(space(3))
        box.addWidget(label(_("Giấy đã in cần thu hồi hoặc in lại"), "heading", self))
        box.addWidget(
            label(
                _("Những giấy này đã in trước khi sửa, số trên đó không còn đúng với sổ."),
                "muted",
                self,
                wrap=True,
            )
        )
        self.table = papers_table(desk, papers, self)
        box.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.addWidget(button(_("Xuất ra Excel…"), self.table.export, "export", parent=self))
        line.addStretch(1)
        close = button(_("Đóng"), self.accept, look="primary", parent=self)
        close.setDefault(True)
        line.addWidget(close)
        box.addLayout(line)
