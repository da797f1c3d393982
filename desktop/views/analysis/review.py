"""The lines of a list side by side with the households of the book: somebody decides what is unsure."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.models.problems import Level
from desktop.models.rules.household_matching import Candidate, Kind
from desktop.services.household_lists.previewing import Choice as Chosen
from desktop.services.household_lists.previewing import Decision, ListPreview, SeenRow
from desktop.views.kit.blocks import Facts, button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

CANDIDATES: list[Column[Candidate]] = [
    Column("head", N_("Chủ hộ trong sổ"), lambda row: _head(row), width=22, sortable=False),
    Column("why", N_("Vì sao giống"), lambda row: row.why.title, width=26, stretch=True, sortable=False),
    Column("hamlet", N_("Thôn, ấp"), lambda row: row.home.hamlet, width=13, sortable=False),
    Column("number", N_("Số định danh"), lambda row: _number(row), width=13, sortable=False),
    Column("code", N_("Mã hộ"), lambda row: row.home.code, width=9, sortable=False),
]


def _head(row: Candidate) -> str:
    head = row.home.head
    if head is None:
        return ", ".join(person.name for person in row.home.people[:3])
    born = "" if head.birth_year is None else f" ({head.birth_year})"
    return f"{head.name}{born}"


def _number(row: Candidate) -> str:
    head = row.home.head
    return "" if head is None else head.citizen_number


class Review(QWidget):
    """All lines on the left (or above), the chosen line and its candidates on the right."""

    changed = Signal()
    """A decision was made or taken back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.seen: ListPreview | None = None
        self.decisions: dict[int, Decision] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        self.sums = label("", "label", self, wrap=True)
        box.addWidget(self.sums)
        split = QSplitter(self)
        split.setChildrenCollapsible(False)
        box.addWidget(split, 1)
        self.rows: RowTable[SeenRow] = RowTable(desk, self._columns(), key=lambda row: row.number)
        self.view = TableView(
            self.rows,
            "households.review",
            _("Các dòng của danh sách"),
            exportable=False,
            empty=Empty("good", _("Không có dòng nào như vậy.")),
        )
        self.which = Choice([], self)
        self.which.setAccessibleName(_("Những dòng được xem"))
        self._filling = False
        self.which.changed.connect(self._filter)
        self.view.tools.insertWidget(0, self.which)
        self.view.chosen.connect(self._show_row)
        self.view.opened.connect(lambda _row: self.candidates_view.grid.setFocus())
        split.addWidget(self.view)
        split.addWidget(self._panel(split))
        split.setSizes([px(590), px(500)])

    def _columns(self) -> list[Column[SeenRow]]:
        return [
            Column("number", N_("Dòng"), lambda row: row.number, "number", width=6),
            Column("state", N_("Quyết định"), self.state_of, "state", width=14),
            Column("name", N_("Chủ hộ trong danh sách"), lambda row: row.row.name, width=24, stretch=True),
            Column("hamlet", N_("Thôn, ấp"), lambda row: row.row.hamlet, width=14),
            Column("status", N_("Diện hộ"), lambda row: row.row.status.title, width=13),
        ]

    def _panel(self, parent: QWidget) -> QWidget:
        panel = QWidget(parent)
        box = QVBoxLayout(panel)
        box.setContentsMargins(space(3), 0, 0, 0)
        box.setSpacing(space(2))
        box.addWidget(label(_("Dòng trong danh sách của xã"), "heading", panel))
        self.facts = Facts(parent=panel)
        box.addWidget(self.facts)
        self.problems = label("", "bad", panel, wrap=True)
        box.addWidget(self.problems)
        box.addWidget(label(_("Hộ giống trong sổ"), "heading", panel))
        self.candidates: RowTable[Candidate] = RowTable(self.desk, CANDIDATES, key=lambda row: row.home.id)
        self.candidates_view = TableView(
            self.candidates,
            "households.candidates",
            _("Hộ giống trong sổ"),
            filterable=False,
            exportable=False,
            empty=Empty("household", _("Không có hộ nào giống.")),
            actions=(RowAction(_("Là hộ này"), self.accept, "check"),),
        )
        self.candidates_view.opened.connect(self.accept)
        self.candidates_view.setMinimumHeight(px(170))
        box.addWidget(self.candidates_view, 1)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        self.accept_button = button(_("Là hộ này"), self._accept_current, "check", "primary", panel)
        self.new_button = button(_("Hộ mới"), self.found, "plus", "", panel)
        self.skip_button = button(_("Bỏ qua"), self.skip, "close", "", panel)
        for one, keys, run in (
            (self.accept_button, "Ctrl+H", self._accept_current),
            (self.new_button, "Ctrl+M", self.found),
            (self.skip_button, "Ctrl+J", self.skip),
        ):
            one.setToolTip(keys)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
            line.addWidget(one)
        line.addStretch(1)
        box.addLayout(line)
        return panel

    # -- showing ------------------------------------------------------------------------------------

    def state_of(self, row: SeenRow) -> State:
        """Return how a line stands."""
        if row.is_bad:
            return State(_("Lỗi"), "bad")
        decision = row.decided(self.decisions)
        if decision is None:
            return State(_("Cần quyết định"), "warn")
        words = {
            Chosen.ACCEPT: _("Hộ có sẵn"),
            Chosen.NEW: _("Hộ mới"),
            Chosen.SKIP: _("Bỏ qua"),
        }
        return State(words[decision.choice], "muted" if decision.choice is Chosen.SKIP else "good")

    def show_preview(self, seen: ListPreview) -> None:
        """Show a list; decisions for lines that still stand as they did are kept."""
        if self.seen is not None and self.seen.sheet is not seen.sheet:
            self.decisions = {}
        self.seen = seen
        self._refresh()
        self.which.set_value("undecided" if seen.undecided(self.decisions) else "all")
        self._filter()

    def _refresh(self) -> None:
        seen = self.seen
        assert seen is not None
        counts = seen.count(self.decisions)
        self.sums.setText(
            _(
                "{accept} hộ có sẵn, {new} hộ mới, {undecided} cần quyết định, {skip} bỏ qua, {bad} lỗi."
            ).format(
                **{
                    name: show_number(counts.get(name, 0))
                    for name in ("accept", "new", "undecided", "skip", "bad")
                }
            )
        )
        chosen = self.which.value()
        self._filling = True
        self.which.set_choices(
            [
                ("undecided", _("Cần quyết định ({n})").format(n=show_number(counts.get("undecided", 0)))),
                ("all", _("Tất cả ({n})").format(n=show_number(len(seen.rows)))),
                ("unsure", _("Không chắc")),
                ("new", _("Không có trong sổ")),
                ("bad", _("Lỗi ({n})").format(n=show_number(counts.get("bad", 0)))),
            ]
        )
        self.which.set_value(chosen or "undecided")
        self._filling = False
        self.changed.emit()

    def _filter(self) -> None:
        if self.seen is None or self._filling:
            return
        wanted = self.which.value()
        rows = [row for row in self.seen.rows if self._fits(row, wanted)]
        self.rows.set_rows(rows)
        if rows:
            self.view.select_key(rows[0].number)
        self._show_row(rows[0] if rows else None)

    def _fits(self, row: SeenRow, wanted: Any) -> bool:
        if wanted == "undecided":
            return row.decided(self.decisions) is None
        if wanted == "unsure":
            return row.match.kind is Kind.UNSURE
        if wanted == "new":
            return row.match.kind is Kind.NEW and not row.is_bad
        return row.is_bad if wanted == "bad" else True

    def _show_row(self, row: SeenRow | None) -> None:
        open_row = row is not None and not row.is_bad
        for one in (self.accept_button, self.new_button, self.skip_button):
            one.setEnabled(open_row)
        if row is None:
            self.facts.set([])
            self.problems.setText("")
            self.candidates.set_rows([])
            return
        read = row.row
        born = "" if read.birth_year is None else str(read.birth_year)
        self.facts.set(
            [
                (_("Chủ hộ"), " ".join(part for part in (read.name, f"({born})" if born else "") if part)),
                (_("Giới tính"), "" if read.sex is None else read.sex.title),
                (_("Thôn, ấp"), read.hamlet),
                (_("Số định danh"), read.citizen_number),
                (_("Diện hộ"), read.status.title),
                (_("B1, B2"), ", ".join("–" if one is None else str(one) for one in (read.b1, read.b2))),
            ]
        )
        said = [one.message for one in row.problems if one.level is not Level.NOTE]
        self.problems.setText("\n".join(said))
        self.problems.setVisible(bool(said))
        self.candidates.set_rows(list(row.match.candidates))
        if row.match.candidates:
            self.candidates_view.select_key(row.match.candidates[0].home.id)
        self.accept_button.setEnabled(open_row and bool(row.match.candidates))
        self.new_button.setEnabled(open_row and read.sex is not None)
        self.new_button.setToolTip("Ctrl+M" if read.sex is not None else _("Thiếu giới tính của chủ hộ."))

    # -- deciding -----------------------------------------------------------------------------------

    def _accept_current(self) -> None:
        candidate = self.candidates_view.current_row()
        if candidate is not None:
            self.accept(candidate)

    def accept(self, candidate: Candidate) -> None:
        """The current line is this household."""
        self._decide(Decision(Chosen.ACCEPT, candidate.home.id))

    def found(self) -> None:
        """The current line is a household that the book does not have."""
        row = self.view.current_row()
        if row is not None and row.row.sex is not None:
            self._decide(Decision(Chosen.NEW))

    def skip(self) -> None:
        """Leave the current line out."""
        self._decide(Decision(Chosen.SKIP))

    def _decide(self, decision: Decision) -> None:
        row: SeenRow | None = self.view.current_row()
        if row is None or row.is_bad or self.seen is None:
            return
        self.decisions[row.number] = decision
        shown = self.rows.loaded_rows()
        place = next((at for at, one in enumerate(shown) if one.number == row.number), 0)
        self._refresh()
        rows = [one for one in self.seen.rows if self._fits(one, self.which.value())]
        self.rows.set_rows(rows)
        if not rows:
            self._show_row(None)
            return
        # Go on with the next line, whether the decided one has left the list or not.
        stays = any(one.number == row.number for one in rows)
        target = rows[min(place + (1 if stays else 0), len(rows) - 1)]
        self.view.select_key(target.number)
        self._show_row(target)
        self.view.grid.setFocus()
