"""The project board: measures with targets, charts, breakdowns. Enter opens the list behind a figure."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.rules.suppression import Release
from desktop.services.acts import Topic
from desktop.services.board import charts, papers, reading, targets
from desktop.services.board.charts import CutBars
from desktop.services.board.reading import Counted, CutRow
from desktop.services.board.values import Board, BoardLine, Period, Span, Target
from desktop.views.board import dialogs
from desktop.views.board.bar import PeriodBar
from desktop.views.board.charts_tab import ChartsTab
from desktop.views.board.columns import BREAKDOWN, MEASURES, TARGETS, CutLine
from desktop.views.kit import messages
from desktop.views.kit.blocks import Figure, Wrap, label, scroll_area
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.page import PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from resources.lang.dong import show_number
from resources.lang.messages import _


class BoardPage(TabbedPage):
    """Four tabs. Ctrl+1 … Ctrl+4 choose one."""

    topics = frozenset(
        {
            Topic.BOARD,
            Topic.CAPACITY,
            Topic.COORDINATION,
            Topic.LIVELIHOODS,
            Topic.JOBS,
            Topic.GROUPS,
            Topic.MEMBERS,
            Topic.INCLUSION,
            Topic.BOOK,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self.rows: list[CutRow] = []
        self._asked: Ticket | None = None
        self.bar = PeriodBar(desk, self)
        self.bar.changed.connect(self.reload)
        self.body.addWidget(self.bar)
        self.reached_figure = Figure(_("Đạt mục tiêu"), "–", parent=self)
        self.behind_figure = Figure(_("Dưới nửa mục tiêu"), "–", parent=self)
        self.without_figure = Figure(_("Chưa có mục tiêu"), "–", parent=self)
        self.hidden_figure = Figure(_("Bị ẩn với người đọc này"), "–", parent=self)
        figures = Wrap(170, 4, self)
        for figure in (self.reached_figure, self.behind_figure, self.without_figure, self.hidden_figure):
            figures.add(figure)
        self.body.addWidget(figures)
        self.table: RowTable[BoardLine] = RowTable(desk, MEASURES, key=lambda row: row.measure.key)
        self.view = TableView(
            self.table,
            "board.measures",
            _("Thước đo và chỉ số của dự án"),
            empty=Empty("reports", _("Chưa có số liệu.")),
            actions=(
                RowAction(_("Mở danh sách sau số liệu"), self.open_list, "open", "", _may_open),
                RowAction(_("Đặt mục tiêu…"), self.set_target, "edit", "F2", self._may_write),
                RowAction(_("Bỏ mục tiêu…"), self.remove_line_target, "delete", "Del", self._has_target),
            ),
        )
        self.view.opened.connect(self.open_list)
        self.view.chosen.connect(self._tell)
        self.told = label("", "muted", self, wrap=True)
        measures = QWidget(self)
        box = QVBoxLayout(measures)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        box.addWidget(self.view, 1)
        box.addWidget(self.told)
        self.charts = ChartsTab(desk, self)
        self.cuts: RowTable[CutLine] = RowTable(
            desk, BREAKDOWN, key=lambda row: f"{row.measure}/{row.cell.key}"
        )
        self.cuts_view = TableView(
            self.cuts,
            "board.cuts",
            _("Thước đo chia theo nhóm người"),
            empty=Empty("member", _("Kỳ này không có thước đo nào đếm người.")),
        )
        self.cut = Choice([], self)
        self.cut.setAccessibleName(_("Chia theo"))
        self.cut.changed.connect(self._sift)
        self.cuts_view.tools.insertWidget(0, self.cut)
        self.targets: RowTable[Target] = RowTable(desk, TARGETS, key=lambda row: row.id)
        self.targets_view = TableView(
            self.targets,
            "board.targets",
            _("Mục tiêu của mọi kỳ"),
            empty=Empty(
                "check",
                _("Chưa đặt mục tiêu nào."),
                _("Mục tiêu lấy từ văn kiện dự án, theo thước đo và theo kỳ."),
                (_("Đặt mục tiêu…"), self.new_target),
            ),
            actions=(
                RowAction(_("Sửa…"), self.edit_target, "edit", "F2", self._may_write),
                RowAction(_("Bỏ mục tiêu…"), self.remove_target, "delete", "Del", self._may_write),
            ),
        )
        self.targets_view.opened.connect(self.edit_target)
        area = scroll_area(self)
        area.setWidget(self.charts)
        self.set_parts(
            _("Các phần của bảng dự án"),
            (
                ("measures", measures, _("Thước đo")),
                ("charts", area, _("Biểu đồ")),
                ("cuts", self.cuts_view, _("Chia theo nhóm người")),
                ("targets", self.targets_view, _("Mục tiêu")),
            ),
        )
        self.tabs.jumped.connect(self.focus_first)
        self.tabs.setMinimumHeight(px(440))

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Bảng theo dõi dự án")

    def subtitle(self) -> str:
        """Return what a figure is here."""
        return _("Mỗi số là số dòng của danh sách đứng sau nó; Enter mở danh sách.")

    def actions(self) -> list[PageAction]:
        """Return what can be done here."""
        first = PageAction(_("Đặt mục tiêu…"), self.new_target, "plus", "Ctrl+N", primary=True)
        return [
            first,
            PageAction(_("In báo cáo BC09"), self.print_report, "print", "Ctrl+P", writes=False),
            PageAction(_("Xuất bảng tính…"), self.export, "export", "Ctrl+Shift+E", writes=False),
        ]

    def open(
        self, tab: str = "", starts: Any = None, span: str = "", release: str = "", **_args: Any
    ) -> None:
        """Show a tab; a period and a reader if they are named."""
        self.show_tab(tab)
        if starts is not None and span:
            self.bar.show_period(Period(starts, Span(span)))
        if release:
            self.bar.release.set_value(Release(release))
        self.reload()

    def reload(self) -> None:
        """Count again."""
        period, release, who = self.bar.period, self.bar.release.value(), self.desk.act().who
        if self._asked is not None:
            self._asked.drop()

        tables = (self.table, self.cuts, self.targets)
        for table in tables:
            table.expect()

        def question(book: Any) -> tuple[Counted, list[CutBars], list[Target]]:
            return (
                reading.count(book, period, release, who),
                charts.charts(book, period, release, who),
                targets.all_targets(book),
            )

        def counted(found: tuple[Counted, list[CutBars], list[Target]]) -> None:
            now, bars, every = found
            self._show(reading.board_of(now, None, release), list(now.rows), bars, every)
            # The period before is counted after the board stands: in a large book it takes as long again.
            self._asked = self.desk.ask(
                lambda book: reading.count_before(book, period, release, who),
                lambda before: self._show_board(reading.board_of(now, before, release)),
                owner=self,
            )

        def broke(_error: Exception) -> None:
            for table in tables:
                table.failed.emit()

        self._asked = self.desk.ask(question, counted, broke, owner=self)

    def focus_first(self) -> None:
        """Begin in the shown table."""
        views = {0: self.view, 2: self.cuts_view, 3: self.targets_view}
        view = views.get(self.tabs.currentIndex())
        (view.grid if view is not None else self.charts.cut).setFocus()

    def _show(self, board: Board, rows: list[CutRow], bars: list[CutBars], every: list[Target]) -> None:
        self.rows = rows
        self._show_board(board)
        self.charts.show_charts(board, bars)
        self.targets.set_rows(every)
        cuts = {cut: title for row in rows for cut, title in _cut_titles(row)}
        self.cut.set_choices(list(cuts.items()))
        self._sift()

    def _show_board(self, board: Board) -> None:
        self.board = board
        lines = board.lines
        self.table.set_rows(list(lines))
        with_target = [line for line in lines if line.target is not None]
        reached = sum(line.progress is not None and line.progress >= 1 for line in with_target)
        behind = sum(line.progress is not None and line.progress * 2 < 1 for line in with_target)
        self.reached_figure.set(f"{reached}/{len(with_target)}")
        self.behind_figure.set(show_number(behind))
        self.without_figure.set(show_number(len(lines) - len(with_target)))
        self.hidden_figure.set(show_number(board.hidden))
        self.told.setText(" ".join(board.notes))

    def _sift(self) -> None:
        cut = self.cut.value()
        self.cuts.set_rows(
            [
                CutLine(row.measure.key, row.measure.title, cell, row.persons)
                for row in self.rows
                for cell in row.cells.get(cut, ())
                if cell.count != 0
            ]
        )

    def _tell(self, row: BoardLine | None) -> None:
        """Say how the chosen measure is counted."""
        if row is None:
            return
        self.told.setText(f"{row.measure.key} · {row.measure.title}: {row.measure.definition}")

    # -- deeds --------------------------------------------------------------------------------------

    def _may_write(self, _row: object) -> bool:
        return self.desk.can_write

    def _has_target(self, row: BoardLine) -> bool:
        return self.desk.can_write and row.target is not None

    def open_list(self, row: BoardLine) -> None:
        """Open the list behind a figure; names stay within the commune."""
        if not row.may_open:
            words = row.reason or _("Danh sách có tên chỉ mở khi người đọc là “Trong xã”, và có dòng.")
            self.desk.say(words, "info")
            return
        period = self.bar.period
        self.desk.open_page(
            "board-list", measure=row.measure.key, starts=period.starts, span=period.span.value
        )

    def set_target(self, row: BoardLine) -> None:
        """Set or change the target of a measure in the period shown."""
        if self.desk.can_write:
            self._dialog(row.measure.key, self.bar.period, row.target)

    def new_target(self) -> None:
        """Set the target of the chosen measure, or of one to choose."""
        if not self.desk.can_write:
            return
        row = self.view.current_row() if self.tabs.currentIndex() == 0 else None
        if row is not None:
            self.set_target(row)
        else:
            self._dialog(None, self.bar.period, None)

    def edit_target(self, row: Target) -> None:
        """Change a target of any period."""
        if self.desk.can_write:
            self._dialog(row.measure, row.period, row)

    def _dialog(self, key: str | None, period: Period, target: Target | None) -> None:
        dialogs.keep_target(
            self.desk, key, period, target, lambda _key: self.desk.say(_("Đã lưu mục tiêu."), "good"), self
        ).open()

    def remove_line_target(self, row: BoardLine) -> None:
        """Take the target of a measure back."""
        if row.target is not None:
            self.remove_target(row.target)

    def remove_target(self, row: Target) -> None:
        """Take a target back, after a question."""
        if not self.desk.can_write:
            return
        messages.ask(
            self,
            _("Bỏ mục tiêu {measure}, {period}?").format(measure=row.measure, period=row.period.title),
            detail=_("Nhật ký vẫn giữ mục tiêu này."),
            yes=_("Bỏ"),
            no=_("Giữ"),
            then=lambda: self.desk.do(
                lambda book, act: targets.remove(book, row.id, row.version, act),
                lambda _key: self.desk.say(_("Đã bỏ mục tiêu."), "good"),
                owner=self,
            ),
        )

    def print_report(self) -> None:
        """Show the report of the period for the reader chosen."""
        period, release = self.bar.period, self.bar.release.value()
        print_paper(
            self.desk,
            self,
            "donor-report",
            _("Báo cáo nhà tài trợ (BC09)"),
            lambda book, act: papers.donor_report(book, period, release, act),
        )

    def export(self) -> None:
        """Save the board as a spreadsheet."""
        name = f"bang-du-an-{self.bar.period.starts}-{self.bar.period.ends}.xlsx"
        ask_save(
            self,
            self.desk,
            "exports",
            _("Xuất bảng dự án"),
            name,
            _("Bảng tính (*.xlsx *.csv)"),
            self._export,
        )

    def _export(self, path: str) -> None:
        period, release = self.bar.period, self.bar.release.value()
        self.desk.do(
            lambda book, act: papers.export_board(book, period, release, path, act),
            lambda _count: self.desk.say(_("Đã xuất {file}.").format(file=path), "good"),
            owner=self,
        )


def _may_open(row: BoardLine) -> bool:
    return row.may_open


def _cut_titles(row: CutRow) -> list[tuple[str, str]]:
    titles = {cut.key: cut.shown_title() for cut in reading.cuts_for(sensitive=True)}
    return [(key, titles[key]) for key in row.cells]
