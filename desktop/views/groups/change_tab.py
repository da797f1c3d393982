"""How a group judges itself over time, and its plan of change: what is to be done, by whom, by when."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.capacity_kinds import ActionState
from desktop.services import change_plans, organisation_progress
from desktop.services.attachments import Subject
from desktop.services.change_plans import ActionRow
from desktop.services.organisation_progress import Progress, ProgressLine, moved_words, voice_words
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.blocks import button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from desktop.views.people import capacity_dialogs
from desktop.views.people.assessments import AssessmentList
from desktop.views.people.change_columns import ACTIONS
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def _place(line: ProgressLine, place: int) -> str:
    return line.answers[place] if -len(line.answers) <= place < len(line.answers) else ""


_PROGRESS: list[Column[ProgressLine]] = [
    Column(
        "text", N_("Câu hỏi"), lambda row: row.text.upper() if row.head else row.text, width=34, stretch=True
    ),
    Column("first", N_("Lần đầu"), lambda row: _place(row, 0), width=16),
    Column("before", N_("Lần trước"), lambda row: _place(row, -2) if len(row.answers) > 2 else "", width=16),
    Column("last", N_("Lần gần nhất"), lambda row: _place(row, -1) if len(row.answers) > 1 else "", width=16),
    Column(
        "moved",
        N_("Thay đổi"),
        lambda row: (
            State("")
            if row.head
            else State(moved_words(row.moved), "good" if (row.moved or 0) > 0 else "bad" if row.moved else "")
        ),
        kind="state",
        width=9,
    ),
]


class ChangeTab(GroupTab):
    """The plan of change above, the group's own assessments and how they compare below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Progress | None = None
        self.add_button = self.writer(_("Thêm việc…"), self.add, "plus", "primary")
        self.plan_button = button(_("In kế hoạch"), self.print_plan, "print", "", self)
        self.progress_button = button(_("In so sánh các lần"), self.print_progress, "print", "", self)
        self.row_of(self.add_button, self.plan_button, self.progress_button)
        self.actions_table: RowTable[ActionRow] = RowTable(desk, ACTIONS, key=lambda row: row.id)
        self.actions_view = TableView(
            self.actions_table,
            "group.change",
            _("Kế hoạch thay đổi"),
            empty=Empty(
                "check",
                _("Nhóm chưa có kế hoạch thay đổi."),
                _("Sau khi đánh giá, cùng nhóm chọn vài việc, giao người và hẹn ngày."),
                (_("Thêm việc…"), self.add),
            ),
            actions=(
                RowAction(_("Đã xong…"), self.finish, "check", "F3", self._open),
                RowAction(_("Sửa…"), self.edit, "edit", "F2", self._open),
                RowAction(_("Bỏ việc này…"), self.drop, "close", "Del", self._open),
                RowAction(_("Mở lại"), self.reopen, "undo", "", self._settled),
            ),
        )
        self.actions_view.tools.insertWidget(0, label(_("Kế hoạch thay đổi"), "heading", self))
        self.actions_view.opened.connect(self.next_step)
        self.actions_view.setMinimumHeight(px(270))
        self.body.addWidget(self.actions_view)
        self.list = AssessmentList(desk, "group.assessments", self)
        self.list.setMinimumHeight(px(230))
        self.body.addWidget(label(_("Phiếu đánh giá của nhóm"), "heading", self))
        self.body.addWidget(self.list)
        self.words = label("", "muted", self, wrap=True)
        self.body.addWidget(self.words)
        self.progress: RowTable[ProgressLine] = RowTable(desk, _PROGRESS, key=lambda row: row.key)
        self.progress_view = TableView(
            self.progress,
            "group.progress",
            _("So sánh các lần tự đánh giá"),
            filterable=False,
            empty=Empty("reports", _("Nhóm chưa tự đánh giá lần nào."), _("Làm “Phiếu mới” ở bảng trên.")),
        )
        self.progress_view.tools.insertWidget(0, label(_("So sánh các lần"), "heading", self))
        self.progress_view.setMinimumHeight(px(300))
        self.body.addWidget(self.progress_view)
        self.body.addStretch(1)

    def load(self) -> None:
        """Read the plan and the assessments."""
        assert self.detail is not None
        group, today = self.group, self.desk.today()
        self.list.show_subject(Subject("savings_groups", self.detail.uid), self.detail.name)

        def question(book: Any) -> tuple[list[ActionRow], Progress]:
            return (
                change_plans.actions(book, group, today),
                organisation_progress.progress(book, group, today),
            )

        self.desk.ask(question, self._show, owner=self)

    def _show(self, answer: tuple[list[ActionRow], Progress]) -> None:
        rows, self.found = answer
        self.actions_table.set_rows(rows)
        self.progress.set_rows(list(self.found.lines))
        self.words.setText(_said(self.found))
        self.words.setVisible(bool(self.words.text()))

    # -- deeds --------------------------------------------------------------------------------------

    def _open(self, row: ActionRow) -> bool:
        return self.desk.can_write and row.open

    def _settled(self, row: ActionRow) -> bool:
        return self.desk.can_write and not row.open

    def _after(self, words: str) -> Any:
        return lambda _key: self.desk.say(words, "good")

    def add(self) -> None:
        """Put an action into the plan."""
        if self.detail is not None and self.desk.can_write:
            capacity_dialogs.keep_action(
                self.desk, self.group, None, self._after(_("Đã thêm việc.")), self
            ).open()

    def next_step(self, row: ActionRow) -> None:
        """Enter finishes an open action."""
        if self._open(row):
            self.finish(row)

    def edit(self, row: ActionRow) -> None:
        """Change an action."""
        if self._open(row):
            capacity_dialogs.keep_action(
                self.desk, self.group, row, self._after(_("Đã sửa việc.")), self
            ).open()

    def finish(self, row: ActionRow) -> None:
        """Say that an action is done."""
        if self._open(row):
            capacity_dialogs.settle_action(
                self.desk, row, ActionState.DONE, self._after(_("Đã ghi kết quả.")), self
            ).open()

    def drop(self, row: ActionRow) -> None:
        """Drop an action with the reason."""
        if self._open(row):
            capacity_dialogs.settle_action(
                self.desk, row, ActionState.DROPPED, self._after(_("Đã bỏ việc.")), self
            ).open()

    def reopen(self, row: ActionRow) -> None:
        """Open an action again that was settled by mistake."""
        if self._settled(row):
            self.desk.do(
                lambda book, act: change_plans.reopen(book, row.id, row.version, act),
                self._after(_("Đã mở lại việc.")),
                owner=self,
            )

    def print_plan(self) -> None:
        """Show the plan as paper."""
        group = self.group

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.plan_paper(book, group, act)

        print_paper(self.desk, self, "change-plan", _("Kế hoạch thay đổi"), gather)

    def print_progress(self) -> None:
        """Show the assessments beside each other as paper."""
        group = self.group

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.progress_paper(book, group, act)

        print_paper(self.desk, self, "capacity-progress", _("Đánh giá năng lực theo thời gian"), gather)


def _said(found: Progress) -> str:
    parts = []
    if found.days:
        days = ", ".join(show_day(day) for day in found.days)
        parts.append(_("{form}: các lần {days}.").format(form=found.title, days=days))
    if found.due is not None:
        parts.append(_("Lần sau: {day}.").format(day=show_day(found.due)))
    parts.append(voice_words(found.voice))
    return " ".join(part for part in parts if part)
