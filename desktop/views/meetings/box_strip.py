"""Sheet, book and count of each box side by side, always in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.views.kit.blocks import label
from desktop.views.kit.theme import dress, space
from desktop.views.meetings.count_panel import ACCOUNTS, boxes_of, short_name
from desktop.views.meetings.sheet_draft import SheetDraft
from desktop.views.meetings.sheet_state import BOXES
from resources.lang.dong import show_number
from resources.lang.messages import _

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BoxStrip(QWidget):
    """One line for each box: before the meeting, what the sheet brings and takes, the book, the count."""

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(0)
        titles = (
            "",
            _("Đầu buổi"),
            _("Phiếu thu vào"),
            _("Phiếu chi ra"),
            _("Sổ"),
            _("Đếm được"),
            _("Lệch"),
        )
        self._heads = [label(title, "section", self) for title in titles]
        for across, head in enumerate(self._heads):
            grid.addWidget(head, 0, across, _RIGHT)
        self._compact = False
        self._lines: dict[str, QLabel] = {}
        self._cells: dict[tuple[str, int], QLabel] = {}
        for down, box in enumerate(BOXES, 1):
            name = label(short_name(ACCOUNTS[box]), "label", self)
            grid.addWidget(name, down, 0)
            self._cells[(box, 0)] = name
            for across in range(1, len(titles)):
                cell = label("", "", self)
                cell.setAlignment(_RIGHT)
                grid.addWidget(cell, down, across)
                self._cells[(box, across)] = cell
            self._lines[box] = label("", "", self)
            self._lines[box].setMinimumWidth(1)
            grid.addWidget(self._lines[box], down, len(titles))
        grid.setColumnStretch(len(titles) + 1, 1)
        draft.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the sums of the draft."""
        facts, sums = self.draft.facts, self.draft.totals
        shown = boxes_of(facts, sums)
        figures = {
            "counted": (
                facts.cash,
                sums.cash_in,
                sums.cash_out,
                sums.cash_after,
                sums.counted,
                sums.difference,
            ),
            "social_counted": (
                facts.social_cash,
                sums.social_in,
                sums.social_out,
                sums.social_after,
                sums.social_counted,
                sums.social_difference,
            ),
        }
        for box, (before, came, went, book, counted, difference) in figures.items():
            for across, value in enumerate((before, came, went, book), 1):
                self._cells[(box, across)].setText(show_number(value))
            dress(self._cells[(box, 4)], "bad" if book < 0 else "label")
            self._cells[(box, 5)].setText("–" if counted is None else show_number(counted))
            dress(self._cells[(box, 5)], "label")
            text, tone = self._difference(counted, difference)
            self._cells[(box, 6)].setText(text)
            dress(self._cells[(box, 6)], tone)
            for across in range(7):
                wanted = box in shown and (across in (0, 6) or not self._compact)
                self._cells[(box, across)].setVisible(wanted)
            self._lines[box].setText(
                _("phiếu {sheet} · sổ {book} · đếm {counted}").format(
                    sheet=show_number(came - went),
                    book=show_number(book),
                    counted="–" if counted is None else show_number(counted),
                )
            )
            self._lines[box].setVisible(box in shown and self._compact)
        for head in self._heads:
            head.setVisible(not self._compact)
        self.setAccessibleName(_("Hòm tiền"))
        self.setAccessibleDescription(self.spoken())

    def set_compact(self, compact: bool) -> None:
        """Show each box in one short line without headings, where there is little room."""
        self._compact = compact
        self.show_state()

    def _difference(self, counted: int | None, difference: int) -> tuple[str, str]:
        if counted is None:
            return _("chưa đếm"), "muted"
        if not difference:
            return _("✓ khớp"), "good"
        word = _("thừa") if difference > 0 else _("thiếu")
        explained = bool(self.draft.state.difference_reason.strip())
        return f"{word} {show_number(abs(difference))}", "warn" if explained else "bad"

    def text_of(self, box: str) -> list[str]:
        """Return what stands in the line of a box."""
        return [self._cells[(box, across)].text() for across in range(7)]

    def spoken(self) -> str:
        """Return both lines as a sentence for a screen reader."""
        shown = boxes_of(self.draft.facts, self.draft.totals)
        parts = []
        for box in shown:
            name, _before, _came, _went, book, counted, difference = self.text_of(box)
            parts.append(f"{name}: {_('Sổ')} {book}, {_('Đếm được')} {counted}, {difference}")
        return "; ".join(parts)
