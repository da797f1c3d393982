"""How mature a group is: the score of today with the numbers behind each item, and the scores that were kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.models.capacity_kinds import Grade, Item, Mark
from desktop.models.rules.maturity import Line
from desktop.services import maturity
from desktop.services.capacity_papers import chart_of, mark_words
from desktop.services.maturity import Proposal, ScoreRow
from desktop.services.maturity_words import evidence, working
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.blocks import Figure, Wrap, button, label
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from desktop.views.people import capacity_dialogs
from resources.lang.dates import show_day
from resources.lang.messages import N_, _, ngettext

MARK_TONES = {Mark.FULL: "good", Mark.HALF: "warn", Mark.ZERO: "bad", Mark.MISSING: "muted"}
GRADE_TONES = {Grade.A: "good", Grade.B: "good", Grade.C: "warn", Grade.D: "bad"}

_EVIDENCE = {
    Item.TURNING: "overview",
    Item.REPAYMENT: "loans",
    Item.RULES: "rules",
    Item.DEMOCRACY: "offices",
    Item.SOCIAL: "social",
}
"""The tab of the group's page where the records behind an item are; the others are behind its meetings."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of the score as the table shows it."""

    line: Line
    working: str
    evidence: str


_ITEMS: list[Column[ItemRow]] = [
    Column("number", N_("Mục"), lambda row: row.line.item.number, kind="number", width=5),
    Column("title", N_("Tiêu chí"), lambda row: row.line.item.title, width=22),
    Column("points", N_("Điểm"), lambda row: f"{row.line.points}/{row.line.most}", width=7, figures=True),
    Column(
        "mark",
        N_("Mức"),
        lambda row: State(mark_words(row.line.mark, row.line.partial), MARK_TONES[row.line.mark]),
        kind="state",
        width=18,
    ),
    Column("working", N_("Số liệu"), lambda row: row.working, width=44, stretch=True),
    Column("evidence", N_("Bằng chứng khi thăm"), lambda row: row.evidence, width=24),
]
_SCORES: list[Column[ScoreRow]] = [
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
    Column("points", N_("Điểm"), lambda row: row.points, kind="number", width=6),
    Column("known", N_("Độ phủ"), lambda row: row.known, kind="number", width=7),
    Column("grade", N_("Xếp loại"), lambda row: State(row.grade.title, GRADE_TONES[row.grade]), kind="state", width=15),
    Column("phase", N_("Giai đoạn"), lambda row: row.phase.title, width=11),
    Column("assessor", N_("Người đánh giá"), lambda row: row.assessor, width=14, stretch=True),
    Column(
        "state",
        N_("Trạng thái"),
        lambda row: State(_("đang dùng"), "good") if row.in_force else State(_("đã sửa"), "muted"),
        kind="state",
        width=10,
    ),
]  # fmt: skip


class CapacityTab(GroupTab):
    """Figures, the eleven items, and what was kept before."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Proposal | None = None
        self.points_figure = Figure(_("Điểm theo sổ hôm nay"), "–", parent=self)
        self.grade_figure = Figure(_("Xếp loại"), "–", parent=self)
        self.phase_figure = Figure(_("Giai đoạn"), "–", parent=self)
        self.known_figure = Figure(_("Độ phủ số liệu"), "–", parent=self)
        self.free_figure = Figure(_("Chỉ số độc lập"), "–", parent=self)
        figures = Wrap(150, 5, self)
        for figure in (
            self.points_figure,
            self.grade_figure,
            self.phase_figure,
            self.known_figure,
            self.free_figure,
        ):
            figures.add(figure)
        self.body.addWidget(figures)
        self.assess_button = self.starter = self.writer(_("Chấm điểm…"), self.assess, "check", "primary")
        self.print_button = button(_("In phiếu gần nhất"), self.print_last, "print", "", self)
        self.row_of(self.assess_button, self.print_button)
        self.words = label("", "muted", self, wrap=True)
        self.body.addWidget(self.words)
        self.items: RowTable[ItemRow] = RowTable(desk, _ITEMS, key=lambda row: row.line.item.value)
        self.items_view = TableView(
            self.items,
            "group.maturity.items",
            _("Các mục của thang điểm trưởng thành"),
            filterable=False,
            empty=Empty("check", _("Chưa có số liệu.")),
            actions=(RowAction(_("Mở nơi có số liệu"), self.open_evidence, "open"),),
        )
        self.items_view.tools.insertWidget(0, label(_("Mười một mục"), "heading", self))
        self.items_view.opened.connect(self.open_evidence)
        self.items_view.chosen.connect(self._tell)
        self.items_view.setMinimumHeight(px(510))
        self.body.addWidget(self.items_view)
        self.told = label("", "", self, wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.told)
        self.chart = Chart(self)
        self.chart.setMinimumHeight(px(240))
        self.scores: RowTable[ScoreRow] = RowTable(desk, _SCORES, key=lambda row: row.id)
        self.scores_view = TableView(
            self.scores,
            "group.maturity.scores",
            _("Các lần chấm điểm đã lưu"),
            filterable=False,
            empty=Empty(
                "document",
                _("Chưa lưu phiếu nào."),
                _("Sau khi thăm nhóm, bấm “Chấm điểm…” để lưu phiếu có ngày."),
            ),
            actions=(
                RowAction(_("In phiếu"), self.print_score, "print", "Ctrl+P"),
                RowAction(_("Sửa bằng phiếu mới…"), self.correct, "edit", "F2", self._may_correct),
            ),
        )
        self.scores_view.tools.insertWidget(0, label(_("Các lần chấm điểm"), "heading", self))
        self.scores_view.opened.connect(self.print_score)
        self.scores_view.setMinimumHeight(px(240))
        both = Wrap(420, 2, self)
        both.add(self.scores_view)
        both.add(self.chart)
        self.body.addWidget(both)
        self.body.addStretch(1)

    def load(self) -> None:
        """Judge the group as it is today, and read what was kept."""
        group, today = self.group, self.desk.today()

        def question(book: Any) -> tuple[Proposal, list[ScoreRow]]:
            return maturity.propose(book, group, today), maturity.history(book, group)

        self.desk.ask(question, self._show, owner=self)

    def _show(self, answer: tuple[Proposal, list[ScoreRow]]) -> None:
        found, kept = answer
        self.found = found
        card = found.card
        self.points_figure.set(f"{card.points}/100", self._since(found))
        self.grade_figure.set(card.grade.title)
        months = found.facts.months
        self.phase_figure.set(
            found.phase.title, ngettext("nhóm {n} tháng tuổi", "nhóm {n} tháng tuổi", months).format(n=months)
        )
        self.known_figure.set(_("{n}/100 điểm").format(n=card.known))
        self.free_figure.set(_("Độc lập") if card.independent else _("Chưa độc lập"))
        self.words.setText(self._said(found))
        self.items.set_rows(
            [
                ItemRow(
                    line, working(line.item, found.facts, found.observed), evidence(line.item, found.observed)
                )
                for line in card.lines
            ]
        )
        self.scores.set_rows(kept)
        self.print_button.setEnabled(any(row.in_force for row in kept))
        self._draw(kept)

    def _since(self, found: Proposal) -> str:
        if found.last is None:
            return ""
        moved = found.card.points - found.last.points
        sign = "+" if moved > 0 else "−" if moved < 0 else "±"
        return _("{sign}{n} từ {day}").format(sign=sign, n=abs(moved), day=show_day(found.last.day))

    def _said(self, found: Proposal) -> str:
        period = _("Số liệu từ {first} đến {last}.").format(
            first=show_day(found.facts.starts), last=show_day(found.facts.ends)
        )
        if found.last is None:
            return period + " " + _("Mục 6 (một phần), 7, 11 cần thăm nhóm mới chấm được.")
        changed = maturity.differences(found.last.lines, found.card.lines)
        if not changed:
            return period + " " + _("Không mục nào đổi mức từ lần chấm đã lưu.")
        items = "; ".join(f"{one.item.title}: {one.before.title} → {one.after.title}" for one in changed)
        return period + " " + _("Đổi từ lần chấm đã lưu: {items}.").format(items=items)

    def _draw(self, kept: list[ScoreRow]) -> None:
        made = chart_of(kept)
        self.chart.setVisible(made is not None)
        if made is None:
            return

        def job() -> str:
            from reports.kit import charts

            series = [charts.Series(name, values) for name, values in made.series]
            return charts.svg(
                charts.lines(made.title, made.categories, series, wide=460, high=240, look=look()),
                made.title,
            )

        points = "; ".join(
            f"{name}: {value}" for name, value in zip(made.categories, made.series[0][1], strict=True)
        )
        words = f"{made.title}. {points}"
        self.desk.aside(job, lambda svg: self.chart.show_svg(svg, words), owner=self)

    def _tell(self, row: ItemRow | None) -> None:
        """Say the whole working of the chosen item below the table, where its column is too narrow for it."""
        if row is None:
            self.told.setText("")
            return
        seen = _("Bằng chứng khi thăm: {text}").format(text=row.evidence) if row.evidence else ""
        parts = (f"{row.line.item.number}. {row.line.item.title}: {row.working}.", seen)
        self.told.setText(" ".join(part for part in parts if part))

    # -- deeds --------------------------------------------------------------------------------------

    def assess(self) -> None:
        """Keep a score of this group."""
        if self.detail is None or self.found is None or not self.desk.can_write:
            return
        capacity_dialogs.assess(
            self.desk, self.group, self.found.observed, self._kept(_("Đã lưu phiếu chấm điểm.")), self
        ).open()

    def _may_correct(self, row: ScoreRow) -> bool:
        return self.desk.can_write and row.in_force

    def correct(self, row: ScoreRow) -> None:
        """Mend a score by a new one that takes its place."""
        if self._may_correct(row):
            capacity_dialogs.assess(
                self.desk, self.group, row.observed, self._kept(_("Đã lưu phiếu sửa.")), self, row
            ).open()

    def _kept(self, words: str) -> Any:
        return lambda _key: self.desk.say(words, "good")

    def open_evidence(self, row: ItemRow) -> None:
        """Go to the records behind an item."""
        if row.line.item is Item.INCLUSION:
            self.desk.open_page("analysis", group=self.group)
            return
        self.desk.open_page("group", group=self.group, tab=_EVIDENCE.get(row.line.item, "meetings"))

    def print_last(self) -> None:
        """Show the last score as paper."""
        row = next((one for one in self.scores.loaded_rows() if one.in_force), None)
        if row is not None:
            self.print_score(row)

    def print_score(self, row: ScoreRow) -> None:
        """Show a kept score as paper."""

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import capacity_papers

            return capacity_papers.score_paper(book, row.id, act)

        print_paper(self.desk, self, "maturity-score", _("Phiếu chấm điểm trưởng thành"), gather)
