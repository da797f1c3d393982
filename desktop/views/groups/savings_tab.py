"""The savings of a group: who saves what, interest runs, rules and rates by date, notices of withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.models.kinds import OpeningState
from desktop.models.savings_kinds import NoticeState, PeriodState, SavingsKind
from desktop.services import savings, savings_book
from desktop.services.savings_book import KindFigures, NoticeRow, RuleRow, RunRow, Saver, SavingsView
from desktop.views.groups import savings_deeds
from desktop.views.groups.savings_columns import NOTICES, RULES, RUNS, SAVERS, percent_words, rule_words
from desktop.views.groups.tab import GroupTab
from desktop.views.kit import messages
from desktop.views.kit.blocks import Figure, Wrap, button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _, ngettext


class SavingsTab(GroupTab):
    """Figures and buttons above; below each other the savers, the runs, the rules and the notices."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: SavingsView | None = None
        self.sums = {kind: Figure(kind.title, "–", parent=self) for kind in SavingsKind}
        self.expected_figure = Figure(_("Lãi đến nay, chưa nhập"), "–", parent=self)
        self.waiting_figure = Figure(_("Kỳ chờ nhập lãi"), "–", parent=self)
        figures = Wrap(230, 4, self)
        for figure in (*self.sums.values(), self.expected_figure, self.waiting_figure):
            figures.add(figure)
        # The tab is as tall as the tallest of the group's page: what is left over belongs to the tables.
        figures.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body.addWidget(figures)
        # The page of the run also shows runs of the past: it opens in a read-only book as well.
        self.credit_button = button(_("Nhập lãi…"), self.credit, "check", "primary", self)
        self.terms_button = self.writer(_("Quy định…"), self.new_terms, "edit")
        self.rate_button = self.writer(_("Lãi suất…"), self.new_rate, "plus")
        self.notice_button = self.writer(_("Báo rút…"), self.new_notice, "calendar")
        self.row_of(self.credit_button, self.terms_button, self.rate_button, self.notice_button)
        self.told = label("", "warn", self, wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self._build_tables(desk)

    def _build_tables(self, desk: Desk) -> None:
        self.savers: RowTable[Saver] = RowTable(desk, SAVERS, key=lambda row: row.member)
        self.saver_view = TableView(
            self.savers,
            "group.savers",
            _("Người gửi tiết kiệm"),
            empty=Empty("member", _("Nhóm chưa có ai.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_member, "member"),),
        )
        self.saver_view.opened.connect(self.open_member)
        self.runs: RowTable[RunRow] = RowTable(desk, RUNS, key=lambda row: row.id)
        self.run_view = TableView(
            self.runs,
            "group.savings-runs",
            _("Các lần nhập lãi"),
            filterable=False,
            empty=Empty(
                "clock",
                _("Chưa nhập lãi lần nào."),
                _(
                    "Bảng tính của từng người hiện ra trước khi ghi sổ; nhập nhầm thì hủy cả lần rồi nhập lại."
                ),
            ),
            actions=(
                RowAction(_("Xem bảng tính"), self.open_run, "open"),
                RowAction(_("In bảng tính"), self.print_run, "print"),
            ),
        )
        self.run_view.opened.connect(self.open_run)
        self.rules: RowTable[RuleRow] = RowTable(
            desk, RULES, key=lambda row: (row.kind, row.rate is None, row.valid_from)
        )
        self.rule_view = TableView(
            self.rules,
            "group.savings-rules",
            _("Quy định và lãi suất"),
            filterable=False,
            empty=Empty(
                "document",
                _("Tiết kiệm của nhóm chưa có lãi."),
                _("Ghi quy định (cách tính, khi nào nhập lãi, khi nào được rút) rồi ghi lãi suất."),
                (_("Quy định…"), self.new_terms),
            ),
            actions=(RowAction(_("Bỏ dòng này…"), self.remove_rule, "delete", "Del", self._may_write),),
        )
        self.notices: RowTable[NoticeRow] = RowTable(desk, NOTICES, key=lambda row: row.id)
        self.notice_view = TableView(
            self.notices,
            "group.savings-notices",
            _("Báo trước khi rút"),
            filterable=False,
            empty=Empty("calendar", _("Chưa có ai báo rút.")),
            actions=(
                RowAction(_("Hủy báo rút…"), self.cancel_notice, "undo", "Del", self._may_cancel),
                RowAction(_("Mở hồ sơ"), self.open_member, "member"),
            ),
        )
        for title, view, tall in (
            (_("Người gửi tiết kiệm"), self.saver_view, 330),
            (_("Các lần nhập lãi"), self.run_view, 240),
            (_("Quy định và lãi suất theo ngày"), self.rule_view, 240),
            (_("Báo trước khi rút"), self.notice_view, 220),
        ):
            self.body.addWidget(label(title, "heading", self))
            view.setMinimumHeight(px(tall))
            self.body.addWidget(view)

    def load(self) -> None:
        """Read the savings."""
        group, today = self.group, self.desk.today()
        self.desk.ask(lambda book: savings_book.view(book, group, today), self._show, owner=self)

    def _show(self, found: SavingsView) -> None:
        self.found = found
        for figures in found.kinds:
            note = percent_words(figures.yearly) if figures.terms is not None else _("không có lãi")
            self.sums[figures.kind].set(show_dong(figures.total), note)
        expected = sum(row.expected + row.expected_compulsory for row in found.savers)
        self.expected_figure.set(show_dong(expected))
        self._show_waiting(found.kinds)
        self._show_differences(found)
        compulsory = any(row.compulsory for row in found.savers)
        self.savers.set_rows(list(found.savers))
        self.saver_view.show_columns({"compulsory": compulsory, "expected_compulsory": compulsory})
        total = _("Tổng tự nguyện: {amount}").format(
            amount=show_dong(sum(row.savings for row in found.savers))
        )
        if compulsory:
            sums = show_dong(sum(row.compulsory for row in found.savers))
            total += " · " + _("bắt buộc: {amount}").format(amount=sums)
        self.saver_view.set_summary(total)
        self.runs.set_rows(list(found.runs))
        self.run_view.show_columns(
            {
                "member": any(row.member for row in found.runs),
                "reason": any(row.state is OpeningState.REVERSED for row in found.runs),
            }
        )
        self.rules.set_rows(list(found.rules))
        self.notices.set_rows(list(found.notices))

    def _show_waiting(self, kinds: tuple[KindFigures, ...]) -> None:
        due = sum(one.due for one in kinds)
        waiting = [one.waiting for one in kinds if one.waiting is not None]
        if due:
            first = min((one for one in waiting if one.state is PeriodState.DUE), key=lambda one: one.ends)
            self.waiting_figure.set(
                first.title, ngettext("{n} kỳ đến hạn", "{n} kỳ đến hạn", due).format(n=due)
            )
        elif waiting:
            first = min(waiting, key=lambda one: one.ends)
            self.waiting_figure.set(first.title, _("hết kỳ ngày {day}").format(day=show_day(first.ends)))
        else:
            self.waiting_figure.set("–")

    def _show_differences(self, found: SavingsView) -> None:
        people = [
            f"{row.name} {'+' if row.amount > 0 else ''}{show_dong(row.amount)}"
            for _kind, row in found.differences
        ]
        told = ""
        if people:
            shown = "; ".join(people[:5]) + ("; …" if len(people) > 5 else "")
            told = _(
                "Có chứng từ ghi lùi ngày vào kỳ đã nhập lãi, lãi lệch: {people}. "
                "Lần nhập lãi sau tự ghi phần chênh lệch, hoặc hủy lần nhập rồi nhập lại."
            ).format(people=shown)
        self.told.setText(told)
        self.told.setAccessibleName(told)
        self.told.setVisible(bool(told))

    # -- what is allowed ----------------------------------------------------------------------------

    def _may_write(self, _row: RuleRow) -> bool:
        return self.desk.can_write

    def _may_cancel(self, row: NoticeRow) -> bool:
        return self.desk.can_write and row.state in (NoticeState.WAITING, NoticeState.DUE)

    # -- deeds --------------------------------------------------------------------------------------

    def credit(self) -> None:
        """Go to the working of the next run."""
        if self.detail is not None:
            self.desk.open_page("savings-run", group=self.group)

    def open_run(self, row: RunRow) -> None:
        """Show the working of a run."""
        self.desk.open_page("savings-run", group=self.group, run=row.id)

    def print_run(self, row: RunRow) -> None:
        """Show the paper of a run."""

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import savings_papers

            return savings_papers.of_run(book, row.id, act)

        print_paper(self.desk, self, "savings-interest", _("Bảng tính lãi tiết kiệm"), gather)

    def new_terms(self) -> None:
        """Write new rules down."""
        if self.found is not None and self.desk.can_write:
            kind = self._usual_kind()
            savings_deeds.TermsDialog(
                self.desk, self.group, self.found, kind, self._said(_("Đã lưu quy định tiết kiệm.")), self
            ).open()

    def new_rate(self) -> None:
        """Write a new rate down."""
        if self.detail is not None and self.desk.can_write:
            savings_deeds.new_rate(
                self.desk, self.group, self._usual_kind(), self._said(_("Đã lưu lãi suất.")), self
            ).open()

    def new_notice(self) -> None:
        """Write a member's notice down."""
        if self.detail is not None and self.desk.can_write:
            savings_deeds.notice(
                self.desk, self.detail, self._usual_kind(), self._said(_("Đã ghi báo rút.")), self
            ).open()

    def cancel_notice(self, row: NoticeRow) -> None:
        """Take a notice back with a reason."""
        if self._may_cancel(row):
            savings_deeds.cancel_notice(self.desk, row, self._said(_("Đã hủy báo rút.")), self).open()

    def remove_rule(self, row: RuleRow) -> None:
        """Take back rules or a rate that nothing was done under yet, after a question."""
        if not self.desk.can_write:
            return
        group, kind, day = self.group, row.kind, row.valid_from
        remove = savings.remove_terms if row.rate is None else savings.remove_rate
        messages.ask(
            self,
            _("Bỏ dòng này?"),
            detail=f"{kind.title}, {show_day(day)}: {rule_words(row)}",
            yes=_("Bỏ"),
            then=lambda: self.desk.do(lambda book, act: remove(book, group, kind, day, act), owner=self),
        )

    def open_member(self, row: Saver | NoticeRow) -> None:
        """Open the page of a member, at their money."""
        self.desk.open_page("member", member=row.member, tab="money")

    def _usual_kind(self) -> SavingsKind:
        """Return the savings that a dialog begins with: those that the group has."""
        found = self.found
        if found is None:
            return SavingsKind.VOLUNTARY
        known = [one.kind for one in found.kinds if one.terms is not None]
        saved = [one.kind for one in found.kinds if one.total]
        return (known or saved or [SavingsKind.VOLUNTARY])[0]

    def _said(self, words: str) -> Callable[[Any], object]:
        return lambda _value: self.desk.say(words, "good")
