"""The steps of an opening: the boxes, the members, the loans, outside money, the end. Each edits its part of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.problems import Problem
from desktop.models.rules.opening import (
    LenderOpening,
    LoanOpening,
    OpeningSheet,
    SourceOpening,
)
from desktop.services.money_papers import rate_words
from desktop.services.openings import MemberLine, OpeningDesk
from desktop.views.kit.blocks import button, label, scroll_area
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field, Form
from desktop.views.kit.inputs import day, dong, line
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import dress, px, space
from desktop.views.money.members_grid import MembersGrid
from desktop.views.money.opening_dialogs import ask_lender, ask_loan, ask_source
from desktop.views.money.paper_totals import Totals
from resources.lang.messages import N_, _


class Step(QWidget):
    """A step: `show_sheet` shows what was typed, `put` returns the sheet with its own part as it is now."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(space(3))

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show a sheet."""
        raise NotImplementedError

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with what this step says."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what cannot be read, or nothing."""
        return ""

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        self.focusNextChild()


class FormStep(Step):
    """A step that is a form."""

    def __init__(self, desk: Desk, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = Form(fields, columns=2)
        self.form.changed.connect(lambda _key: self.changed.emit())
        self.box.addWidget(self.form)
        self.box.addStretch(1)

    def problem(self) -> str:
        """Return the first field that cannot be read."""
        for key in self.form.values():
            said = self.form.input(key).problem()
            if said:
                return str(said)
        return ""

    def focus_first(self) -> None:
        """Begin with the first field."""
        self.form.focus_first()


class BoxesStep(FormStep):
    """The day, what is in the boxes and at the bank, who hands over to whom."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        fields = [
            Field(
                "day",
                N_("Ngày của số dư đầu"),
                day(past=True),
                required=True,
                width=14,
                hint=N_("Ngày cuối cùng còn ghi sổ giấy"),
                span=0,
            ),
            Field("cash", N_("Tiền mặt quỹ vay"), dong()),
            Field("bank", N_("Tiền gửi ngân hàng"), dong()),
            Field("social_cash", N_("Tiền mặt quỹ xã hội"), dong(), span=0),
            Field("handed_by", N_("Bên giao (người giữ sổ giấy)"), line("", 120)),
            Field("received_by", N_("Bên nhận (người ghi sổ máy)"), line("", 120)),
        ]
        super().__init__(desk, fields, parent)

    def say(self, problems: Sequence[Problem]) -> None:
        """Show at its field what is wrong with the day or the boxes, while one is still typing."""
        mine = [problem for problem in problems if problem.field in self.form.values()]
        self.form.show_problems(mine, focus=False)

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show the boxes."""
        self.form.set_values(
            {
                "day": sheet.day,
                "cash": sheet.cash or None,
                "bank": sheet.bank or None,
                "social_cash": sheet.social_cash or None,
                "handed_by": sheet.handed_by,
                "received_by": sheet.received_by,
            }
        )

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with the boxes."""
        values = self.form.values()
        return replace(
            sheet,
            day=values["day"] or sheet.day,
            cash=int(values["cash"] or 0),
            bank=int(values["bank"] or 0),
            social_cash=int(values["social_cash"] or 0),
            handed_by=values["handed_by"] or "",
            received_by=values["received_by"] or "",
        )


class MembersStep(Step):
    """What each member brings."""

    def __init__(self, desk: Desk, found: OpeningDesk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        shares = bool(found.facts.share_value)
        columns = ["savings", *(["compulsory"] if found.has_compulsory else [])]
        columns += [*(["shares"] if shares else []), "social", "fines"]
        names = [name for name in ("savings", "compulsory", "shares") if name in columns]
        self.totals = Totals([*names, "fines"], self)
        self.totals.changed.connect(self.changed)
        self.grid = MembersGrid(found.members, columns, self)
        self.grid.changed.connect(self.changed)
        area = scroll_area(self)
        area.setMinimumHeight(px(320))
        area.setWidget(self.grid)
        self.box.addWidget(area, 1)
        self.box.addWidget(self.totals)

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show the members."""
        self.grid.set_rows(sheet.members)
        self.totals.show_sheet(sheet)

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with the members."""
        return self.totals.put(replace(sheet, members=self.grid.rows()))

    def problem(self) -> str:
        """Return what cannot be read."""
        return self.grid.problem()

    def focus_first(self) -> None:
        """Begin with the first person."""
        self.grid.focus_first()


class ListStep(Step):
    """A list that is filled by a dialog: add, change, take out."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.sheet: OpeningSheet | None = None

    def make_list(
        self, name: str, title: str, columns: list[Column[Any]], empty: str, add: str, kind: str
    ) -> RowTable[Any]:
        """Build one list; `kind` names the sheet's list that it edits."""
        table: RowTable[Any] = RowTable(self.desk, columns, key=id)
        view = TableView(
            table,
            name,
            title,
            filterable=False,
            exportable=False,
            empty=Empty("document", empty, action=(add, lambda: self.ask(kind, None))),
            actions=(
                RowAction(_("Sửa…"), lambda row: self.ask(kind, row), "edit"),
                RowAction(_("Bỏ khỏi danh sách"), lambda row: self.take_out(kind, row), "delete", "Delete"),
            ),
            parent=self,
        )
        view.opened.connect(lambda row: self.ask(kind, row))
        view.setMinimumHeight(px(170))
        add_button = button(add, lambda: self.ask(kind, None), "plus", "", self)
        line_ = QHBoxLayout()
        line_.addWidget(label(title, "heading", self))
        line_.addStretch(1)
        line_.addWidget(add_button)
        self.box.addLayout(line_)
        self.box.addWidget(view, 1)
        return table

    def ask(self, kind: str, row: Any) -> None:
        """Ask for a row of a list."""
        raise NotImplementedError

    def keep(self, kind: str, old: Any, new: Any) -> None:
        """Put a row into its list, in the place of an old one."""
        assert self.sheet is not None
        rows = list(getattr(self.sheet, kind))
        if old is None:
            rows.append(new)
        else:
            rows = [new if row is old else row for row in rows]
        self._set(kind, tuple(rows))

    def take_out(self, kind: str, row: Any) -> None:
        """Take a row out of its list."""
        assert self.sheet is not None
        self._set(kind, tuple(one for one in getattr(self.sheet, kind) if one is not row))

    def _set(self, kind: str, rows: tuple[Any, ...]) -> None:
        assert self.sheet is not None
        self.show_sheet(replace(self.sheet, **{kind: rows}))
        self.changed.emit()


class LoansStep(ListStep):
    """The loans that members are still repaying."""

    def __init__(self, desk: Desk, members: Sequence[MemberLine], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.members = tuple(members)
        names = {int(one.id): f"{one.name} ({one.code})" for one in members}
        columns: list[Column[LoanOpening]] = [
            Column("name", N_("Người vay"), lambda row: names.get(row.member, "?"), stretch=True),
            Column("contract", N_("Số khế ước"), lambda row: row.contract, width=12),
            Column("amount", N_("Dư nợ còn lại (₫)"), lambda row: row.amount, "money", width=14),
            Column("number", N_("Số kỳ còn lại"), lambda row: row.terms.number, "number", width=11),
            Column("due", N_("Kỳ trả tới"), lambda row: row.terms.first_due, "day", width=11),
            Column("rate", N_("Lãi suất"), lambda row: rate_words(row.terms), width=22),
        ]
        self.table = self.make_list(
            "opening.loans",
            _("Khoản vay đang còn"),
            columns,
            _("Không ai còn nợ."),
            _("Thêm khoản vay…"),
            "loans",
        )
        self.totals = Totals(["loans"], self)
        self.totals.changed.connect(self.changed)
        self.box.addWidget(self.totals)

    def ask(self, kind: str, row: Any) -> None:
        """Ask for a loan."""
        if self.sheet is not None:
            ask_loan(
                self.desk, self.members, self.sheet.day, row, lambda new: self.keep(kind, row, new), self
            )

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show the loans."""
        self.sheet = sheet
        self.table.set_rows(sheet.loans)
        self.totals.show_sheet(sheet)

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with the loans."""
        loans = sheet.loans if self.sheet is None else self.sheet.loans
        return self.totals.put(replace(sheet, loans=loans))


class OutsideStep(ListStep):
    """Outside money: sources without a schedule, lenders with one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        sources: list[Column[SourceOpening]] = [
            Column("kind", N_("Loại vốn"), lambda row: row.kind.title, width=20),
            Column("name", N_("Bên cấp vốn"), lambda row: row.funder, stretch=True),
            Column("agreement", N_("Văn bản"), lambda row: row.agreement, width=14),
            Column("amount", N_("Số còn giữ (₫)"), lambda row: row.amount, "money", width=14),
        ]
        lenders: list[Column[LenderOpening]] = [
            Column("name", N_("Bên cho vay"), lambda row: row.lender, stretch=True),
            Column("contract", N_("Số hợp đồng"), lambda row: row.contract, width=14),
            Column("amount", N_("Dư nợ còn lại (₫)"), lambda row: row.amount, "money", width=14),
            Column("number", N_("Số kỳ còn lại"), lambda row: row.terms.number, "number", width=11),
            Column("rate", N_("Lãi suất"), lambda row: rate_words(row.terms), width=22),
        ]
        self.sources = self.make_list(
            "opening.sources",
            _("Vốn bên ngoài, vốn tài trợ"),
            sources,
            _("Nhóm không giữ vốn bên ngoài."),
            _("Thêm nguồn vốn…"),
            "sources",
        )
        self.lenders = self.make_list(
            "opening.lenders",
            _("Nợ bên cho vay, có lịch trả"),
            lenders,
            _("Nhóm không nợ bên nào."),
            _("Thêm bên cho vay…"),
            "lenders",
        )
        self.totals = Totals(["sources", "lenders"], self)
        self.totals.changed.connect(self.changed)
        self.box.addWidget(self.totals)

    def ask(self, kind: str, row: Any) -> None:
        """Ask for a source or a lender."""
        if self.sheet is None:
            return

        def then(new: Any) -> None:
            self.keep(kind, row, new)

        if kind == "sources":
            ask_source(self.desk, row, then, self)
        else:
            ask_lender(self.desk, self.sheet.day, row, then, self)

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show both lists."""
        self.sheet = sheet
        self.sources.set_rows(sheet.sources)
        self.lenders.set_rows(sheet.lenders)
        self.totals.show_sheet(sheet)

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with both lists."""
        if self.sheet is not None:
            sheet = replace(sheet, sources=self.sheet.sources, lenders=self.sheet.lenders)
        return self.totals.put(sheet)


class EndStep(FormStep):
    """The surplus of the paper, and what still does not agree."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        fields = [
            Field("surplus", N_("Kết dư (lãi để lại) trên sổ giấy"), dong()),
            Field("loss", N_("Hoặc lỗ lũy kế trên sổ giấy"), dong()),
        ]
        super().__init__(desk, fields, parent)
        self.told = label("", "", self, wrap=True)
        self.box.insertWidget(1, self.told)

    def show_sheet(self, sheet: OpeningSheet) -> None:
        """Show the surplus."""
        self.form.set_values(
            {
                "surplus": sheet.surplus if sheet.surplus > 0 else None,
                "loss": -sheet.surplus if sheet.surplus < 0 else None,
            }
        )

    def put(self, sheet: OpeningSheet) -> OpeningSheet:
        """Return the sheet with the surplus."""
        values = self.form.values()
        return replace(sheet, surplus=int(values["surplus"] or 0) - int(values["loss"] or 0))

    def tell(self, words: Sequence[str]) -> None:
        """Say what still does not agree; nothing: all does."""
        text = "\n".join(f"• {one}" for one in words) or _("Mọi số đều khớp với sổ giấy. Có thể ghi sổ.")
        self.told.setText(text)
        self.told.setAccessibleName(text)
        dress(self.told, "bad" if words else "good")
