"""Stamps on the screen: a person's passbook of the cycle, one row a meeting; and printing passbooks."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId
from desktop.services import passbooks
from desktop.services.passbooks import PassbookChoice, PassbookOrder
from desktop.views.kit.blocks import button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column, Stamps
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import px, space
from reports.passbook import Passbook, PassbookRow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _


def print_passbooks(
    desk: Desk, owner: QWidget, group: GroupId, member: MemberId | None = None, cycle: int | None = None
) -> None:
    """Show the passbooks of a group, or of one of its members; letters follow each one's wish."""

    def gather(book: Any, act: Any) -> Any:
        order = PassbookOrder(group, None if member is None else (member,), cycle)
        return passbooks.issue(book, order, act)

    print_paper(desk, owner, "passbook", _("Sổ thành viên"), gather)


class PassbookChooser(Choice):
    """Which passbook is looked at: the cycle, and the group where there are several."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self.setAccessibleName(_("Chu kỳ của sổ"))
        self.setMinimumWidth(px(230))
        self._offering = False
        self.changed.connect(self._tell)

    def offer(self, found: list[PassbookChoice], *, named: bool) -> None:
        """Offer passbooks; the one chosen before stays, else the usual one is chosen and told."""
        before: PassbookChoice | None = self.value()
        self._offering = True
        self.set_choices([(one, _choice_words(one, named=named)) for one in found])
        same = next(
            (
                one
                for one in found
                if before is not None and (one.group, one.cycle) == (before.group, before.cycle)
            ),
            None,
        )
        wanted = same or (passbooks.usual_choice(found) if found else None)
        self.set_value(wanted)
        self._offering = False
        if wanted is not None:
            self.chosen.emit(wanted)

    def _tell(self) -> None:
        if not self._offering and self.value() is not None:
            self.chosen.emit(self.value())


def _choice_words(one: PassbookChoice, *, named: bool) -> str:
    text = _("Chu kỳ {n}: {starts} – {ends}").format(
        n=one.cycle, starts=show_day(one.starts), ends=show_day(one.ends)
    )
    return f"{one.name} · {text}" if named else text


class PassbookTab(QWidget):
    """A person's passbook: stamps and totals of the cycle, in the group they belong to (or the last one)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.member: MemberId | None = None
        self.shown: Passbook | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, space(3), 0, 0)
        self.said = label("", "lead", self, wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.chooser = PassbookChooser(self)
        self.chooser.chosen.connect(self._read)
        self.print_button = button(_("In sổ thành viên"), self.print_book, "print", "", self)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        line.addWidget(self.chooser)
        line.addWidget(self.print_button)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(self.said)
        columns: list[Column[PassbookRow]] = [
            Column("meeting", N_("Kỳ"), lambda row: row.meeting, kind="number", width=5),
            Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=12),
            Column("stamps", N_("Dấu cổ phần"), self._stamps, kind="state", width=16),
            Column("shares", N_("Số CP"), lambda row: row.shares, kind="number", width=7),
            Column("held", N_("Cộng dồn"), lambda row: row.held, kind="number", width=8),
            Column("social", N_("Quỹ xã hội (₫)"), lambda row: row.social, kind="money", width=12),
            Column("fine", N_("Phạt (₫)"), lambda row: row.fine, kind="money", width=9),
            Column("saved", N_("Gửi (₫)"), _saved, kind="money", width=10),
            Column("withdrawn", N_("Rút (₫)"), lambda row: row.withdrawn, kind="money", width=9),
            Column("balance", N_("Số dư TK (₫)"), lambda row: row.balance, kind="money", width=12),
        ]
        self.table: RowTable[PassbookRow] = RowTable(desk, columns, key=lambda row: (row.day, row.meeting))
        self.view = TableView(
            self.table,
            "member.passbook",
            _("Sổ thành viên của chu kỳ"),
            filterable=False,
            empty=Empty("meeting", _("Chu kỳ này chưa có buổi họp nào được ghi sổ.")),
        )
        box.addWidget(self.view, 1)

    def load(self, member: MemberId) -> None:
        """Read which passbooks a person has; the usual one is shown."""
        self.member = member
        self.desk.ask(lambda book: passbooks.choices(book, member=member), self._offer, owner=self)

    def _offer(self, found: list[PassbookChoice]) -> None:
        self.chooser.offer(found, named=True)
        if not found:
            self.shown = None
            self.print_button.setEnabled(False)
            self.said.setText(_("Người này chưa vào nhóm nào nên chưa có sổ."))
            self.table.set_rows([])

    def _read(self, choice: PassbookChoice) -> None:
        if self.member is None:
            return
        order = PassbookOrder(choice.group, (self.member,), choice.cycle, planned=False)
        act = self.desk.act()
        self.desk.ask(lambda book: passbooks.look(book, order, act), self._show, owner=self)

    def _show(self, found: list[tuple[MemberId, Passbook]]) -> None:
        self.shown = found[0][1] if found else None
        self.print_button.setEnabled(self.shown is not None)
        one = self.shown
        if one is None:
            return
        self.said.setText(words_of(one))
        self.view.show_columns(
            {
                "stamps": one.has_shares,
                "shares": one.has_shares,
                "held": one.has_shares,
                "social": one.social > 0,
                "saved": one.savings or one.balance > 0,
                "withdrawn": one.savings or one.balance > 0,
                "balance": one.savings or one.balance > 0,
            }
        )
        self.table.set_rows(one.rows)

    def _stamps(self, row: PassbookRow) -> Stamps | None:
        if self.shown is None or row.meeting is None:
            return None
        return Stamps.of(max(row.shares, 0), max(self.shown.shares_max, 1))

    def print_book(self) -> None:
        """Print what is shown."""
        choice = self.chooser.value()
        if choice is not None and self.member is not None:
            print_passbooks(self.desk, self, choice.group, self.member, choice.cycle)


def _saved(row: PassbookRow) -> int:
    return row.saved + row.compulsory


def words_of(one: Passbook) -> str:
    """Return a passbook's totals in one sentence: what the stamps say to those who do not see them."""
    parts = [
        _("{group}, chu kỳ {n} ({starts} – {ends})").format(
            group=one.group.name, n=one.cycle, starts=show_day(one.starts), ends=show_day(one.ends)
        )
    ]
    if one.has_shares:
        bought = sum(row.shares for row in one.rows)
        parts.append(
            _("{all} cổ phần, trong chu kỳ {n}, đã góp {amount}").format(
                all=show_number(one.shares), n=show_number(bought), amount=show_dong(one.paid_in)
            )
        )
    if one.balance or one.savings:
        parts.append(_("tiết kiệm {amount}").format(amount=show_dong(one.balance)))
    social = sum(row.social for row in one.rows)
    if social:
        parts.append(_("góp quỹ xã hội {amount}").format(amount=show_dong(social)))
    return " · ".join(parts)
