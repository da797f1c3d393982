"""The page of livelihoods and jobs: activities, visits due, jobs, matching, shocks, figures, dated data."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.suppression import Release
from desktop.services import livelihood_book
from desktop.services.acts import Topic
from desktop.views.kit.desk import Desk
from desktop.views.kit.page import PageAction
from desktop.views.kit.tabbed_page import ListsPage
from desktop.views.livelihoods import activity_dialog, job_dialogs, prints, shock_dialogs
from desktop.views.livelihoods.figures_tab import FiguresTab
from desktop.views.livelihoods.list_tabs import DataTab, DueTab, JobsTab, LivelihoodsTab, ShocksTab
from desktop.views.livelihoods.matching_tab import MatchingTab
from resources.lang.messages import _


class LivelihoodsPage(ListsPage):
    """Seven tabs. Ctrl+1 … Ctrl+7 choose one."""

    topics = frozenset(
        {Topic.LIVELIHOODS, Topic.JOBS, Topic.SHOCKS, Topic.LOANS, Topic.MEMBERS, Topic.GROUPS, Topic.BOOK}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = LivelihoodsTab(desk, self.new_livelihood, self)
        self.due = DueTab(desk, self)
        self.jobs = JobsTab(desk, self.new_job, self)
        self.matching = MatchingTab(desk, self)
        self.shocks = ShocksTab(desk, self.new_event, self)
        self.figures = FiguresTab(desk, self)
        self.data = DataTab(desk, self)
        self.set_parts(
            _("Các phần của trang Sinh kế"),
            (
                ("list", self.list, _("Sinh kế")),
                ("due", self.due, _("Cần thăm")),
                ("jobs", self.jobs, _("Việc làm")),
                ("matching", self.matching, _("Giới thiệu việc")),
                ("shocks", self.shocks, _("Thiên tai")),
                ("figures", self.figures, _("Số liệu")),
                ("data", self.data, _("Quy định, giá, lương")),
            ),
        )

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Sinh kế, việc làm")

    def actions(self) -> list[PageAction]:
        """Return what can be done here; the first follows the tab."""
        shown = self.tabs.currentWidget()
        new = PageAction(_("Sinh kế mới"), self.new_livelihood, "plus", "Ctrl+N", primary=True)
        if shown is self.jobs:
            new = PageAction(_("Ghi việc làm ở nơi khác"), self.new_job, "plus", "Ctrl+N", primary=True)
        elif shown is self.matching:
            new = PageAction(_("Thêm"), self.matching.new, "plus", "Ctrl+N", primary=True)
        elif shown is self.shocks:
            new = PageAction(_("Ghi sự kiện"), self.new_event, "plus", "Ctrl+N", primary=True)
        elif shown is self.data:
            new = PageAction(_("Thêm số liệu"), self.data.add, "plus", "Ctrl+N", primary=True)
        found = [new]
        if shown is self.list:
            found.append(PageAction(_("Từ khoản vay…"), self.from_loan, "loan"))
        elif shown is self.matching:
            found.append(PageAction(_("Thêm người tìm việc"), self.matching.new_seeker, "member"))
        elif shown is self.shocks:
            found.append(PageAction(_("Kế hoạch ứng phó của hộ"), self.shocks.prepare, "household"))
        readers = tuple(
            PageAction(release.title, partial(self.print_report, release), "document", writes=False)
            for release in Release
        )
        found += [
            PageAction(_("In báo cáo việc làm"), self.print_report, "print", writes=False, menu=readers),
            PageAction(
                _("In báo cáo việc làm, dùng trong xã"),
                self.print_report,
                "print",
                "Ctrl+P",
                writes=False,
                shown=False,
            ),
        ]
        return found

    def open(self, tab: str = "", group: int | None = None, **_args: Any) -> None:
        """Show a tab; for one group if it is named."""
        self.show_tab(tab)
        if group is not None:
            for part in (self.list, self.due, self.jobs, self.figures):
                part.bar.picker.choose(group)
        self.reload()

    # -- deeds --------------------------------------------------------------------------------------

    def new_livelihood(self) -> None:
        """Register an activity and open it."""
        if self.desk.can_write:
            activity_dialog.new(
                self.desk, lambda key: self.desk.open_page("livelihood", livelihood=key), self
            ).open()

    def from_loan(self) -> None:
        """Register an activity that a loan names in words."""
        if not self.desk.can_write:
            return
        group = self.list.bar.group

        def came(offered: list[Any]) -> None:
            if not offered:
                self.desk.say(_("Khoản vay nào có ghi việc làm ăn cũng đã gắn với sinh kế."), "info")
                return
            activity_dialog.from_loan(
                self.desk, offered, lambda key: self.desk.open_page("livelihood", livelihood=key), self
            ).open()

        self.desk.ask(lambda book: livelihood_book.unlinked_loans(book, group), came, owner=self)

    def new_job(self) -> None:
        """Write down a job that belongs to no activity of the book."""
        if self.desk.can_write:
            job_dialogs.new_job(self.desk, None, self.desk.saying(_("Đã ghi việc làm.")), self).open()

    def new_event(self) -> None:
        """Write an event down and open it."""
        if self.desk.can_write:
            shock_dialogs.keep_event(
                self.desk, None, lambda key: self.desk.open_page("shock", event=key), self
            ).open()

    def print_report(self, release: Release = Release.COMMUNE) -> None:
        """Show the report on jobs and income, of the group and day of the shown list, for those who will read it."""
        shown = self.tabs.currentWidget()
        bar = shown.bar if shown in (self.list, self.jobs, self.figures) else None
        group = None if bar is None else bar.group
        day = self.desk.today() if bar is None or bar.day is None else bar.day
        prints.job_report(self.desk, self, group, day, release)
