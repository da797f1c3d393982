"""Step 3: every row as it was understood, what is wrong at its row and column, and old fonts before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.problems import Level, Problem
from desktop.services.exchange import Field, OldFont, Preview, PreviewRow
from desktop.views.kit.blocks import button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px, space
from resources.lang.dong import show_number
from resources.lang.messages import N_, _, ngettext

_WIDE = {Field.FULL_NAME: 26, Field.FAMILY_MIDDLE: 20, Field.ADDRESS: 26, Field.NOTE: 18}
_FONTS = {"tcvn3": "TCVN3 (ABC, .VnTime)", "vni": "VNI", "viqr": "VIQR"}


def state_of(row: PreviewRow) -> State:
    """Return how a row stands."""
    if row.is_bad:
        return State(_("Lỗi"), "bad")
    return State(_("Xem lại"), "warn") if row.is_warned else State(_("Đúng"), "good")


def problem_text(row: PreviewRow) -> str:
    """Return all that is wrong with a row, each with the column that it belongs to."""
    return " ".join(_named(problem) for problem in row.problems)


def _named(problem: Problem) -> str:
    try:
        return f"{Field(problem.field).label}: {problem.message}"
    except ValueError:
        return problem.message


def columns_of(preview: Preview) -> list[Column[PreviewRow]]:
    """Return a column for each field that is read; a cell that is wrong is marked and not only coloured."""
    found = [
        Column[PreviewRow]("number", N_("Dòng"), lambda row: row.number, "number", width=6),
        Column[PreviewRow]("state", N_("Tình trạng"), state_of, "state", width=10),
    ]
    for place, field in enumerate(preview.mapping):
        if field is not None:
            found.append(
                Column[PreviewRow](
                    field.value,
                    _title(field),
                    _cell(field, place),
                    "state",
                    width=max(_WIDE.get(field, 12), len(field.label) + 2),
                )
            )
    found.append(Column[PreviewRow]("problems", N_("Cần biết"), problem_text, width=60))
    return found


def _title(field: Field) -> Callable[[], str]:
    return lambda: field.label


def _cell(field: Field, place: int) -> Callable[[PreviewRow], State]:
    """Show what was understood, or what stands in the file where nothing was: "31/02/1980" is not "missing"."""

    def value(row: PreviewRow) -> State:
        written = row.cells[place] if place < len(row.cells) else ""
        text = row.values().get(field, "") or (written if row.is_bad else "")
        levels = {problem.level for problem in row.problems if problem.field == field.value}
        if Level.STOP in levels:
            return State(f"✕ {text}" if text else _("✕ thiếu"), "bad")
        return State(f"! {text}", "warn") if Level.WARN in levels else State(text)

    return value


class FontBox(QFrame):
    """Texts in an old encoding, before and after; the clerk says whether to convert."""

    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "message-warn")
        box = QVBoxLayout(self)
        box.setContentsMargins(space(4), space(3), space(4), space(3))
        box.setSpacing(space(2))
        self.title = label("", "label", self, wrap=True)
        box.addWidget(self.title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(5))
        self._grid.setColumnStretch(3, 1)
        box.addLayout(self._grid)
        line = QHBoxLayout()
        self.yes = button(
            _("Chuyển sang Unicode"), lambda: self.answered.emit(True), "check", "primary", self
        )
        self.no = button(_("Giữ nguyên như trong tệp"), lambda: self.answered.emit(False), "", "", self)
        line.addWidget(self.yes)
        line.addWidget(self.no)
        line.addStretch(1)
        box.addLayout(line)
        self.hide()

    def show_fonts(self, fonts: Sequence[OldFont]) -> None:
        """Show samples of each column; hide when there is none."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        names = ", ".join(sorted({_FONTS.get(font.encoding.value, font.encoding.value) for font in fonts}))
        self.title.setText(
            _("Tệp viết bằng phông chữ cũ: {names}. Chuyển các cột này sang Unicode?").format(names=names)
        )
        row = 0
        for font in fonts:
            for before, after in font.samples[:2]:
                for column, (text, look) in enumerate(
                    ((font.heading, "small"), (before, "muted"), (f"→  {after}", "label"))
                ):
                    self._grid.addWidget(label(text, look, self), row, column)
                row += 1
        self.setVisible(bool(fonts))


class PreviewStep(QWidget):
    """The rows, how many are right, and what to do with those that are not."""

    convert = Signal(bool)
    changed = Signal()
    """What is to be imported has changed: rows left out, warnings agreed to."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.preview: Preview | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(space(3))
        self.fonts = FontBox(self)
        self.fonts.answered.connect(self.convert)
        self.problem = label("", "bad", self, wrap=True)
        self.sums = label("", "label", self, wrap=True)
        self.skip = CheckBox(_("Bỏ qua các dòng không nhập được, lưu lại sau"), self)
        self.agree = CheckBox(_("Đã xem, vẫn nhập các dòng cần xem lại"), self)
        for widget in (self.fonts, self.problem, self.sums):
            self._box.addWidget(widget)
        line = QHBoxLayout()
        line.setSpacing(space(5))
        line.addWidget(self.skip)
        line.addWidget(self.agree)
        line.addStretch(1)
        self._box.addLayout(line)
        self.skip.changed.connect(self.changed)
        self.agree.changed.connect(self.changed)
        self.which = Choice([], self)
        self.which.setAccessibleName(_("Những dòng được xem"))
        self.which.changed.connect(self._which_changed)
        self.view: TableView | None = None
        self.table: RowTable[PreviewRow] | None = None
        self.detail = label("", "", self, wrap=True)
        self._box.addWidget(self.detail)

    def show_preview(self, preview: Preview) -> None:
        """Show a preview; the table is made anew, since its columns follow the mapping."""
        same = self.preview is not None and self.preview.mapping == preview.mapping
        self.preview = preview
        self.fonts.show_fonts(preview.fonts if preview.options.convert is None else ())
        stops = [p.message for p in preview.problems if p.level is Level.STOP and p.code != "old-font"]
        self.problem.setText("\n".join(stops))
        self.problem.setVisible(bool(stops))
        self._show_sums(preview)
        if not same or self.table is None:
            self._build_table(preview)
        chosen = self.which.value()
        self.which.set_choices(
            [
                ("all", _("Tất cả {n} dòng").format(n=show_number(len(preview.rows)))),
                ("bad", _("Chỉ {n} dòng lỗi").format(n=show_number(preview.bad))),
                ("warned", _("Chỉ {n} dòng cần xem lại").format(n=show_number(preview.warned))),
            ]
        )
        if (
            chosen is None
            or (chosen == "bad" and not preview.bad)
            or (chosen == "warned" and not preview.warned)
        ):
            chosen = "bad" if preview.bad else "all"
        self.which.set_value(chosen)
        self._which_changed()

    @property
    def ready(self) -> bool:
        """Tell whether the import may begin: nothing refuses, and something is left to import."""
        return not self.why_not

    @property
    def why_not(self) -> str:
        """Return what has to be settled before the import may begin, "" when nothing has."""
        preview = self.preview
        if preview is None:
            return _("Chưa đọc tệp nào.")
        if preview.fonts and preview.options.convert is None:
            return _("Hãy cho biết có chuyển phông chữ cũ không.")
        stopping = [problem.message for problem in preview.problems if problem.level is Level.STOP]
        if stopping:
            return stopping[0]
        if preview.bad and not self.skip.value():
            return _("Hãy sửa các dòng lỗi trong tệp rồi đọc lại, hoặc đánh dấu bỏ qua các dòng đó.")
        if preview.warned and not (self.agree.value() or self.skip.value()):
            return _("Hãy xem các dòng cần xem lại, rồi đánh dấu vẫn nhập hoặc bỏ qua.")
        return "" if self.count else _("Không còn dòng nào để nhập.")

    @property
    def count(self) -> int:
        """How many rows would be imported."""
        if self.preview is None:
            return 0
        return self.preview.good + (self.preview.warned if self.agree.value() else 0)

    def focus_first(self) -> None:
        """Begin where an answer is needed."""
        if self.fonts.isVisible():
            self.fonts.yes.setFocus()
        elif self.view is not None:
            self.view.grid.setFocus()

    # -- parts --------------------------------------------------------------------------------------

    def _show_sums(self, preview: Preview) -> None:
        parts = [ngettext("{n} dòng đúng", "{n} dòng đúng", preview.good).format(n=show_number(preview.good))]
        if preview.warned:
            parts.append(
                ngettext("{n} dòng cần xem lại", "{n} dòng cần xem lại", preview.warned).format(
                    n=show_number(preview.warned)
                )
            )
        if preview.bad:
            parts.append(
                ngettext("{n} dòng lỗi", "{n} dòng lỗi", preview.bad).format(n=show_number(preview.bad))
            )
        self.sums.setText(" · ".join(parts))
        self.skip.setVisible(bool(preview.bad or preview.warned))
        self.agree.setVisible(bool(preview.warned))

    def _build_table(self, preview: Preview) -> None:
        if self.view is not None:
            self.view.tools.removeWidget(self.which)
            self.which.setParent(self)
            self._box.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.table = RowTable(self.desk, columns_of(preview), key=lambda row: row.number)
        self.view = TableView(
            self.table,
            "imports.preview",
            _("Các dòng của tệp"),
            empty=Empty("good", _("Không có dòng nào như vậy.")),
            parent=self,
        )
        # As high as there is room, so that the button to go on stays in sight.
        self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.view.setMinimumHeight(px(200))
        self.view.tools.insertWidget(0, self.which)
        self.which.show()
        self.view.chosen.connect(self._row_chosen)
        self._box.insertWidget(self._box.indexOf(self.detail), self.view, 1)

    def _which_changed(self) -> None:
        preview, table = self.preview, self.table
        if preview is None or table is None:
            return
        wanted: Any = self.which.value()
        rows = preview.rows
        if wanted == "bad":
            rows = tuple(row for row in rows if row.is_bad)
        elif wanted == "warned":
            rows = tuple(row for row in rows if row.is_warned)
        table.set_rows(rows)
        self._row_chosen(None)

    def _row_chosen(self, row: PreviewRow | None) -> None:
        told = problem_text(row) if row is not None else ""
        if row is not None and told:
            self.detail.setText(_("Dòng {n}: {problems}").format(n=row.number, problems=told))
        else:
            self.detail.setText(_("Chọn một dòng để đọc đầy đủ điều cần sửa.") if self._any_told() else "")
        dress(self.detail, "muted" if not told else "")

    def _any_told(self) -> bool:
        return self.preview is not None and bool(self.preview.bad or self.preview.warned)
