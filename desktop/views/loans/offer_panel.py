"""Beside a form: the schedule as it would be, and what it really costs. Alive while one types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.problems import Level, Problem
from desktop.models.rules.loan_products import Offer
from desktop.models.rules.loans.rows import Row
from desktop.services import loan_words
from desktop.views.kit.blocks import Card, Figure, Wrap, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px
from desktop.views.loans.columns import PLAN
from desktop.views.loans.words import offer_words
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _


class OfferPanel(Card):
    """Shows an `Offer`; without one it says what is still missing."""

    def __init__(self, desk: Desk, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "calendar", parent)
        self.offer: Offer | None = None
        self.each = Figure(_("Kỳ đầu phải trả"), "–", parent=self)
        self.interest = Figure(_("Tổng lãi và phí"), "–", parent=self)
        self.apr = Figure(_("APR một năm"), "–", parent=self)
        self.figures = Wrap(118, 3, self)
        for figure in (self.each, self.interest, self.apr):
            self.figures.add(figure)
        self.body.addWidget(self.figures)
        self.words = label("", "", self, wrap=True)
        self.body.addWidget(self.words)
        self.warning = label("", "warn", self, wrap=True)
        self.warning.hide()
        self.body.addWidget(self.warning)
        self.table: RowTable[Row] = RowTable(desk, PLAN, key=lambda row: row.nr)
        self.view = TableView(
            self.table,
            name,
            _("Lịch trả dự kiến"),
            filterable=False,
            empty=Empty("calendar", _("Chưa có lịch trả."), _("Nhập số tiền và số kỳ để xem trước.")),
            parent=self,
        )
        self.view.setMinimumHeight(px(240))
        self.view.tools.insertWidget(0, label(_("Lịch trả dự kiến"), "heading", self))
        self.body.addWidget(self.view, 1)

    def show_offer(self, made: Offer | None, problems: Iterable[Problem] = ()) -> None:
        """Show an offer with what was found wrong with it (what belongs to no field is said here)."""
        self.offer = made
        self._warn(problems)
        if made is None:
            for figure in (self.each, self.interest, self.apr):
                figure.set("–")
            self.words.setText("")
            self.words.hide()
            self.table.set_rows([])
            self.view.set_summary("")
            return
        rows = made.schedule.rows
        self.each.set(show_dong(rows[0].total), show_day(rows[0].due_on))
        self.interest.set(show_dong(made.cost.cost))
        self.apr.set(loan_words.percent(made.cost.apr_percent))
        self.words.setText("\n".join(offer_words(made)))
        self.words.show()
        self.view.show_columns({"fees": bool(made.schedule.fees)})
        self.table.set_rows(list(rows))
        self.view.set_summary(
            _("Lãi {interest} · tổng {total}").format(
                interest=show_dong(made.schedule.interest),
                total=show_dong(made.schedule.total),
            )
        )

    def _warn(self, problems: Iterable[Problem]) -> None:
        found = list(problems)
        dress(self.warning, "bad" if any(one.level is Level.STOP for one in found) else "warn")
        self.warning.setText("\n".join(one.message for one in found))
        self.warning.setVisible(bool(found))
        self.warning.setAccessibleName(self.warning.text())

    def said(self) -> dict[str, Any]:
        """Return what is shown, for tests."""
        return {"words": self.words.text(), "warning": self.warning.text(), "rows": self.table.size}
