"""The lists of the livelihoods' page: activities, visits to be made, jobs, events, dated data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.livelihood_kinds import JobKind, LivelihoodState
from desktop.services import (
    jobs,
    livelihood_book,
    livelihood_standards,
    livelihood_visits,
    shock_book,
)
from desktop.services.jobs import JobFilter, JobRow
from desktop.services.livelihood_book import LivelihoodFilter, LivelihoodRow
from desktop.services.livelihood_visits import DueRow
from desktop.services.shock_book import EventRow
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.list_tab import ListTab
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.tab import Tab, listing, sieve
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from desktop.views.livelihoods import data_dialogs, job_dialogs, shock_dialogs
from desktop.views.livelihoods.columns import (
    DUES,
    EVENTS,
    JOBS,
    LIVELIHOODS,
    PRICES,
    STANDARDS,
    WAGES,
    share,
)
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _

_RUNNING = (LivelihoodState.PLANNED, LivelihoodState.OPERATING, LivelihoodState.PAUSED)


class LivelihoodsTab(ListTab):
    """All activities."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.table, self.view = listing(
            desk,
            LIVELIHOODS,
            "livelihoods.list",
            _("Các sinh kế"),
            empty=Empty(
                "livelihood",
                _("Chưa có sinh kế nào."),
                _("Ghi sinh kế trước khi hỗ trợ, để có số liệu gốc mà so sánh."),
                (_("Sinh kế mới"), new),
            ),
            actions=(RowAction(_("Mở sinh kế"), self.open_row, "open"),),
            opened=self.open_row,
        )
        states: list[tuple[Any, str]] = [
            (_RUNNING, _("Chưa đóng")),
            ((), _("Mọi tình trạng")),
            *(((one,), one.title) for one in LivelihoodState),
        ]
        self.state = sieve(self.view, _("Tình trạng"), states, self.reload)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the activities."""
        day = self.bar.day
        if day is not None:
            wanted = LivelihoodFilter(self.bar.group, states=self.state.value() or ())
            self.ask(lambda book: livelihood_book.listed(book, wanted, day), self._show)

    def _show(self, rows: list[LivelihoodRow]) -> None:
        self.table.set_rows(rows)
        running = sum(row.state is LivelihoodState.OPERATING for row in rows)
        self.view.set_summary(
            _("{n} sinh kế, {running} đang hoạt động").format(
                n=show_number(len(rows)), running=show_number(running)
            )
            if rows
            else ""
        )

    def open_row(self, row: LivelihoodRow) -> None:
        """Open the page of an activity."""
        self.desk.open_page("livelihood", livelihood=row.id)


class DueTab(ListTab):
    """The visits to be made, the overdue first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Đến ngày"), parent)
        self.coming = CheckBox(_("Cả lần chưa đến hạn"), self)
        self.coming.changed.connect(self.reload)
        self.table, self.view = listing(
            desk,
            DUES,
            "livelihoods.due",
            _("Các lần thăm cần làm"),
            key=lambda row: row.key,
            empty=Empty("good", _("Không có lần thăm nào đến hạn tới ngày này.")),
            actions=(RowAction(_("Mở sinh kế"), self.open_row, "open"),),
            opened=self.open_row,
        )
        self.view.tools.insertWidget(0, self.coming)
        self.body.addWidget(self.view, 1)
        self.bar.edit.set_value(desk.today() + timedelta(days=14))

    def reload(self) -> None:
        """Ask for the visits."""
        day, group, coming = self.bar.day, self.bar.group, self.coming.value()
        if day is not None:
            self.ask(lambda book: livelihood_visits.due(book, day, group, coming=coming), self._show)

    def _show(self, rows: list[DueRow]) -> None:
        self.table.set_rows(rows)
        late = sum(row.days_late > 0 for row in rows)
        self.view.set_summary(
            _("{n} lần thăm, {late} quá hạn").format(n=show_number(len(rows)), late=show_number(late))
            if rows
            else ""
        )

    def open_row(self, row: DueRow) -> None:
        """Open the page of an activity at its visits."""
        self.desk.open_page("livelihood", livelihood=row.livelihood, tab="visits")


class JobsTab(ListTab):
    """All jobs as of a day; FTE of a person never add up to more than one."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.table, self.view = listing(
            desk,
            JOBS,
            "livelihoods.jobs",
            _("Các việc làm"),
            empty=Empty(
                "member",
                _("Chưa có việc làm nào."),
                _("Việc làm của sinh kế được ghi ở trang sinh kế; việc ở nơi khác thì ghi tại đây."),
                (_("Ghi việc làm ở nơi khác"), new),
            ),
            actions=job_actions(desk, self),
            opened=self.open_row,
        )
        kinds: list[tuple[Any, str]] = [((), _("Mọi loại")), *(((one,), one.title) for one in JobKind)]
        self.kind = sieve(self.view, _("Loại việc làm"), kinds, self.reload)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the jobs."""
        day = self.bar.day
        if day is not None:
            wanted = JobFilter(group=self.bar.group, kinds=self.kind.value() or ())
            self.ask(lambda book: jobs.listed(book, wanted, day), self._show)

    def _show(self, rows: list[JobRow]) -> None:
        self.table.set_rows(rows)
        self.view.set_summary(
            _("{n} việc làm · FTE {fte} · tăng thêm {net} (báo cáo được)").format(
                n=show_number(len(rows)),
                fte=share(sum(row.fte for row in rows)),
                net=share(sum(row.change.net for row in rows if row.reported)),
            )
            if rows
            else ""
        )

    def open_row(self, row: JobRow) -> None:
        """Open the activity of a job, or the job itself where it has none."""
        if row.livelihood is not None:
            self.desk.open_page("livelihood", livelihood=row.livelihood, tab="jobs")
        elif self.desk.can_write:
            job_dialogs.edit_job(self.desk, row, lambda _job: None, self).open()


def job_actions(desk: Desk, owner: QWidget) -> tuple[RowAction, ...]:
    """Return what can be done with a job, wherever it is listed."""

    def doing(make: Callable[..., Any], said: str) -> Callable[[JobRow], None]:
        def run(row: JobRow) -> None:
            if desk.can_write:
                make(desk, row, desk.saying(said), owner).open()

        return run

    def running(row: JobRow) -> bool:
        return desk.can_write and row.ended is None

    return (
        RowAction(_("Sửa việc làm…"), doing(job_dialogs.edit_job, _("Đã sửa việc làm.")), "edit", "F2", running),
        RowAction(_("Việc làm đổi…"), doing(job_dialogs.new_term, _("Đã ghi việc làm đổi.")), "plus", "F3", running),
        RowAction(_("Kết thúc việc làm…"), doing(job_dialogs.end_job, _("Đã ghi mất việc.")), "close", "Del", running),
    )  # fmt: skip


class ShocksTab(Tab):
    """Events that hit households."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            EVENTS,
            "livelihoods.shocks",
            _("Thiên tai, dịch bệnh"),
            empty=Empty(
                "warning",
                _("Chưa ghi thiên tai hay dịch bệnh nào."),
                _("Ghi sự kiện, rồi ghi thiệt hại của từng hộ và hỗ trợ của nhóm."),
                (_("Ghi sự kiện"), new),
            ),
            actions=(RowAction(_("Mở sự kiện"), self.open_row, "open"),),
            opened=self.open_row,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the events."""
        today = self.desk.today()
        self.desk.ask(lambda book: shock_book.events(book, today), self._show, owner=self)

    def _show(self, rows: list[EventRow]) -> None:
        self.table.set_rows(rows)
        whole = sum(row.value for row in rows)
        self.view.set_summary(_("Thiệt hại {value}").format(value=show_dong(whole)) if rows else "")

    def open_row(self, row: EventRow) -> None:
        """Open the page of an event."""
        self.desk.open_page("shock", event=row.id)

    def prepare(self) -> None:
        """Write a household's plan down."""
        shock_dialogs.prepare(self.desk, self.desk.saying(_("Đã ghi kế hoạch ứng phó.")), self).open()


class DataTab(Tab):
    """Dated data that the figures rest on: prices, wages, thresholds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.which = Choice(
            [
                ("prices", _("Chỉ số giá tiêu dùng")),
                ("wages", _("Lương tối thiểu vùng")),
                ("standards", _("Mức quy định")),
            ],
            self,
        )
        self.which.setAccessibleName(_("Bảng nào"))
        self.which.setMaximumWidth(px(280))
        self.which.changed.connect(self._switch)
        self.body.addWidget(self.which)
        self._tables: dict[str, tuple[RowTable[Any], TableView]] = {}
        parts: tuple[tuple[str, list[Column[Any]], str], ...] = (
            ("prices", PRICES, _("Chỉ số giá tiêu dùng")),
            ("wages", WAGES, _("Lương tối thiểu vùng")),
            ("standards", STANDARDS, _("Mức quy định")),
        )
        for key, columns, title in parts:
            empty = Empty("calendar", _("Chưa có số liệu."), action=(_("Thêm…"), self.add))
            table, view = listing(desk, columns, f"livelihoods.{key}", title, key=_row_key, empty=empty)
            self.body.addWidget(view, 1)
            self._tables[key] = (table, view)
        self._switch()

    @property
    def view(self) -> TableView:
        """The table that is shown."""
        return self._tables[self.which.value() or "prices"][1]

    def _switch(self) -> None:
        for key, (_table, view) in self._tables.items():
            view.setVisible(key == self.which.value())
        self.reload()

    def reload(self) -> None:
        """Ask for the shown table."""
        key = self.which.value() or "prices"
        question = {
            "prices": livelihood_standards.prices,
            "wages": livelihood_standards.wages,
            "standards": livelihood_standards.standard_lines,
        }[key]
        self.desk.ask(question, lambda rows: self._tables[key][0].set_rows(list(reversed(rows))), owner=self)

    def add(self) -> None:
        """Add to the shown table."""
        if not self.desk.can_write:
            return
        done = self.desk.saying(_("Đã thêm."))
        if self.which.value() == "wages":
            data_dialogs.wage(self.desk, done, self).open()
        elif self.which.value() == "standards":
            today = self.desk.today()
            self.desk.ask(
                lambda book: livelihood_standards.standards(book, today),
                lambda latest: data_dialogs.standards(self.desk, latest, done, self).open(),
                owner=self,
            )
        else:
            data_dialogs.price(self.desk, done, self).open()


def _row_key(row: Any) -> Any:
    return tuple(getattr(row, name, None) for name in ("year", "month", "region", "since"))
