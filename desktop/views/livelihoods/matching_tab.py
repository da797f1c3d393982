"""Matching: openings, people who seek work, who fits where, placements; one of the four at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.services import job_matching, placements
from desktop.services.job_matching import Match, OpeningRow, SeekerRow
from desktop.services.placements import PlacementRow
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.tab import Tab, by_id, listing
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.livelihoods import job_dialogs
from desktop.views.livelihoods.columns import MATCHES, OPENINGS, PLACEMENTS, SEEKERS
from resources.lang.dong import show_number
from resources.lang.messages import _


class MatchingTab(Tab):
    """Four tables; a choice above says which."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.which = Choice(
            [
                ("openings", _("Chỗ làm đang tuyển")),
                ("seekers", _("Người tìm việc")),
                ("matches", _("Ai hợp chỗ nào")),
                ("placements", _("Đã có việc, còn làm không")),
            ],
            self,
        )
        self.which.setAccessibleName(_("Bảng nào"))
        self.which.setMaximumWidth(px(320))
        self.which.changed.connect(self._switch)
        head = QHBoxLayout()
        head.setSpacing(space(4))
        head.addWidget(self.which, 1)
        self._views: dict[str, tuple[RowTable[Any], TableView]] = {}
        self._add(
            "openings", OPENINGS, _("Chỗ làm đang tuyển"), by_id,
            Empty("loan", _("Chưa có chỗ làm nào đang tuyển."), _("Hỏi hợp tác xã, cơ sở sản xuất trong xã."), (_("Thêm chỗ làm"), self.new_opening)),
            (
                RowAction(_("Sửa chỗ làm…"), self.edit_opening, "edit", "F2", desk.may_write),
                RowAction(_("Ai hợp chỗ này"), self.find_people, "search"),
            ),
        )  # fmt: skip
        self._add(
            "seekers", SEEKERS, _("Người tìm việc"), by_id,
            Empty("member", _("Chưa ghi ai tìm việc."), _("Ghi việc biết làm và điều cần để làm được việc."), (_("Thêm người tìm việc"), self.new_seeker)),
            (RowAction(_("Sửa…"), self.edit_seeker, "edit", "F2", desk.may_write),),
        )  # fmt: skip
        self._add(
            "matches", MATCHES, _("Ai hợp chỗ nào"), lambda row: (row.opening.id, row.seeker.id),
            Empty("search", _("Chưa có chỗ làm trống hoặc người tìm việc.")),
            (RowAction(_("Ghi có việc làm…"), self.place, "check", "F4", desk.may_write),),
        )  # fmt: skip
        self._add(
            "placements", PLACEMENTS, _("Đã có việc"), by_id,
            Empty("good", _("Chưa có ai vào làm qua giới thiệu.")),
            (RowAction(_("Hỏi lại…"), self.check, "phone", "F4", self._running),),
        )  # fmt: skip
        for key, opened in (
            ("openings", self.edit_opening), ("seekers", self.edit_seeker), ("matches", self.place),
            ("placements", self.check),
        ):  # fmt: skip
            self._views[key][1].opened.connect(opened)
        self.closed = CheckBox(_("Cả chỗ đã đủ người, người đã có việc"), self)
        self.closed.changed.connect(self.reload)
        head.addWidget(self.closed)
        head.addStretch(1)
        self.body.addLayout(head)
        for _table, view in self._views.values():
            self.body.addWidget(view, 1)
        self._opening: OpeningRow | None = None
        self._switch()

    def _add(
        self,
        key: str,
        columns: list[Column[Any]],
        title: str,
        row_key: Callable[[Any], Any],
        empty: Empty,
        actions: tuple[RowAction, ...],
    ) -> None:
        self._views[key] = listing(
            self.desk, columns, f"livelihoods.{key}", title, key=row_key, empty=empty, actions=actions
        )

    @property
    def view(self) -> TableView:
        """The table that is shown."""
        return self._views[self.which.value()][1]

    def table(self, key: str) -> RowTable[Any]:
        """Return one of the four tables."""
        return self._views[key][0]

    def _switch(self) -> None:
        shown = self.which.value()
        if shown != "matches":
            self._opening = None
        for key, (_table, view) in self._views.items():
            view.setVisible(key == shown)
        self.closed.setVisible(shown in ("openings", "seekers"))
        self.reload()

    def reload(self) -> None:
        """Ask for the shown table."""
        key, closed, today = self.which.value(), self.closed.value(), self.desk.today()
        opening = None if self._opening is None else self._opening.id
        questions: dict[str, Callable[[Any], Any]] = {
            "openings": lambda book: job_matching.openings(book, with_closed=closed),
            "seekers": lambda book: job_matching.seekers(book, seeking=not closed),
            "matches": lambda book: job_matching.matches(book, opening),
            "placements": lambda book: placements.placements(book, today),
        }
        self.desk.ask(questions[key], lambda rows: self._show(key, rows), owner=self)

    def _show(self, key: str, rows: list[Any]) -> None:
        table, view = self._views[key]
        table.set_rows(rows)
        said = ""
        if key == "placements" and rows:
            today = self.desk.today()
            lasted = [row.lasted(today) for row in rows]
            said = _(
                "{n} người có việc · còn làm sau 6 tháng: {kept}/{asked} · tăng thu nhập: {more}"
            ).format(
                n=show_number(len(rows)),
                kept=sum(one is True for one in lasted),
                asked=sum(one is not None for one in lasted),
                more=sum(row.improved is True for row in rows),
            )
        elif key == "matches" and self._opening is not None:
            said = _("Cho {job} tại {employer}").format(
                job=self._opening.opening.title, employer=self._opening.opening.employer
            )
        view.set_summary(said)

    def _running(self, row: PlacementRow) -> bool:
        return self.desk.can_write and row.ended is None

    # -- deeds --------------------------------------------------------------------------------------

    def new(self) -> None:
        """Add to the shown table."""
        if self.which.value() == "seekers":
            self.new_seeker()
        else:
            self.new_opening()

    def new_opening(self) -> None:
        """Write an opening down."""
        if self.desk.can_write:
            job_dialogs.keep_opening(self.desk, None, self.desk.saying(_("Đã ghi chỗ làm.")), self).open()

    def edit_opening(self, row: OpeningRow) -> None:
        """Change an opening."""
        if self.desk.can_write:
            job_dialogs.keep_opening(self.desk, row, self.desk.saying(_("Đã sửa chỗ làm.")), self).open()

    def find_people(self, row: OpeningRow) -> None:
        """Show who fits an opening."""
        self._opening = row
        self.which.set_value("matches")

    def new_seeker(self) -> None:
        """Write down that somebody seeks work."""
        if self.desk.can_write:
            job_dialogs.keep_seeker(
                self.desk, None, self.desk.saying(_("Đã ghi người tìm việc.")), self
            ).open()

    def edit_seeker(self, row: SeekerRow) -> None:
        """Change what is written of somebody who seeks work."""
        if self.desk.can_write:
            job_dialogs.keep_seeker(self.desk, row, self.desk.saying(_("Đã sửa.")), self).open()

    def place(self, row: Match) -> None:
        """Write down that somebody takes a place."""
        if self.desk.can_write:
            job_dialogs.place(self.desk, row, self.desk.saying(_("Đã ghi có việc làm.")), self).open()

    def check(self, row: PlacementRow) -> None:
        """Write down how a placement goes."""
        if self._running(row):
            job_dialogs.check_placement(
                self.desk, row, self.desk.saying(_("Đã ghi lần hỏi lại.")), self
            ).open()
