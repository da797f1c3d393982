"""Both sides of a balance, live: what the group has, what it owes and owns, and whether they agree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.models.kinds import Account, account_name
from desktop.models.rules.opening import Sides
from desktop.views.kit.blocks import Card, label
from desktop.views.kit.theme import dress, space
from resources.lang.dong import show_dong
from resources.lang.messages import _

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SidesCard(Card):
    """A line an account, amounts on the right, sums below each side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Hai bên của bảng cân đối"), parent=parent)
        self._amounts: dict[Account | str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(1))
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.balance = label("", "muted", self, wrap=True)
        self.body.addWidget(self.balance)
        self.body.addStretch(1)

    def show_sides(self, both: Sides) -> None:
        """Show both sides."""
        if not self._amounts:
            self._build(both)
        for account, amount in (*both.has, *both.owes):
            self._amounts[account].setText(show_dong(amount))
        self._amounts["assets"].setText(show_dong(both.assets))
        self._amounts["claims"].setText(show_dong(both.claims))
        agree = both.difference == 0
        words = (
            _("Hai bên bằng nhau.")
            if agree
            else _("Lệch {gap}: chưa ghi sổ được.").format(gap=show_dong(both.difference))
        )
        self.balance.setText(words)
        self.balance.setAccessibleName(words)
        dress(self.balance, "good" if agree else "warn")

    def _build(self, both: Sides) -> None:
        row = 0
        sides = ((_("Nhóm có"), both.has, "assets"), (_("Nguồn hình thành"), both.owes, "claims"))
        for title, lines, total in sides:
            self._grid.addWidget(label(title, "section", self), row, 0, 1, 2)
            row += 1
            for account, _amount in lines:
                self._line(row, account_name(account), account, "")
                row += 1
            self._line(row, _("Cộng"), total, "label")
            row += 1

    def _line(self, row: int, name: str, key: Account | str, look: str) -> None:
        self._grid.addWidget(label(name, look or "muted", self), row, 0)
        amount = label("", look, self)
        amount.setAlignment(_RIGHT)
        self._amounts[key] = amount
        self._grid.addWidget(amount, row, 1)
