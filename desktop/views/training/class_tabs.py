"""The tabs of the page of a class: tables that take what they show from the class, and what is written of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.models.rules.training.words import show_hours
from desktop.models.training_kinds import ClassState
from desktop.services.training_book import ClassDetail, LearnerRow, needs_of
from desktop.views.kit.blocks import Card, Facts, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.tab import RowsTab, Tab, listing
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.training import columns
from resources.lang.dong import show_dong
from resources.lang.messages import _
from resources.training import module_title

if TYPE_CHECKING:
    from desktop.views.training.class_page import ClassPage


class LearnersTab(RowsTab):
    """Who learns, and what is to be done so that everybody can."""

    def __init__(
        self,
        desk: Desk,
        made: tuple[RowTable[LearnerRow], TableView],
        rows: Callable[[ClassDetail], Sequence[LearnerRow]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, made, rows, parent)
        self.needs = label("", "muted", self, wrap=True)
        self.needs.hide()
        self.body.insertWidget(0, self.needs)

    def take(self, detail: ClassDetail) -> None:
        """Show the learners, and what they need together."""
        super().take(detail)
        needs = needs_of(detail.present)
        said = "; ".join(_("{need} ({count})").format(need=need, count=count) for need, count in needs)
        self.needs.setText(_("Cần chuẩn bị: {needs}").format(needs=said) if needs else "")
        self.needs.setVisible(bool(needs))


def learners_tab(page: ClassPage) -> LearnersTab:
    """Return the tab of who learns."""
    made = listing(
        page.desk,
        columns.LEARNERS,
        "training.learners",
        _("Người học"),
        key=lambda row: row.enrolment,
        empty=Empty(
            "member",
            _("Lớp chưa có người học."),
            _("Ghi danh từng người hoặc cả nhóm."),
            (_("Ghi danh…"), page.enrol),
        ),
        actions=(
            RowAction(_("Mở hồ sơ"), page.open_person, "member"),
            RowAction(_("Trông trẻ, đưa đón, ghi chú…"), page.edit_learner, "edit", "F2"),
            RowAction(_("Thôi học…"), page.withdraw, "leave", "Del", lambda row: row.withdrawn is None),
        ),
        opened=page.open_person,
    )
    return LearnersTab(page.desk, made, lambda detail: detail.learners, page)


def sessions_tab(page: ClassPage) -> RowsTab:
    """Return the tab of the sessions; Enter opens the attendance sheet."""
    made = listing(
        page.desk,
        columns.sessions(page.desk.today()),
        "training.sessions",
        _("Các buổi"),
        empty=Empty(
            "calendar",
            _("Lớp chưa có buổi nào."),
            _("Thêm các buổi theo lịch, rồi điểm danh sau mỗi buổi."),
            (_("Thêm buổi…"), page.new_session),
        ),
        actions=(
            RowAction(_("Điểm danh"), page.mark, "check"),
            RowAction(_("Sửa buổi…"), page.edit_session, "edit", "F2"),
            RowAction(_("In danh sách điểm danh"), page.print_session, "print"),
            RowAction(_("Bỏ buổi…"), page.remove_session, "delete", "Del", lambda row: not row.held),
        ),
        opened=page.mark,
        filterable=False,
    )
    return RowsTab(page.desk, made, lambda detail: detail.sessions, page)


def results_tab(page: ClassPage) -> RowsTab:
    """Return the tab of the results."""
    made = listing(
        page.desk,
        columns.results(page.course),
        "training.results",
        _("Kết quả"),
        key=lambda row: row.enrolment,
        empty=Empty("document", _("Lớp chưa có người học.")),
        actions=(RowAction(_("Ghi kết quả…"), page.edit_result, "edit", "F2"),),
        opened=page.edit_result,
    )
    return RowsTab(page.desk, made, lambda detail: detail.learners, page)


class FactsTab(Tab):
    """What is written of the class."""

    def __init__(self, page: ClassPage) -> None:
        super().__init__(page.desk, page)
        self.course = Facts(parent=self)
        self.rest = Facts(parent=self)
        for title, facts in ((_("Khóa học"), self.course), (_("Lớp"), self.rest)):
            card = Card(title, parent=self)
            card.body.addWidget(facts)
            self.body.addWidget(card)
        self.body.addStretch(1)

    def take(self, detail: ClassDetail) -> None:
        """Show what is written of a class."""
        course, plan, row = detail.course, detail.plan, detail.row
        self.course.set(
            [
                (_("Khóa học"), f"{course.code} · {course.shown}"),
                (
                    _("Mô-đun"),
                    "; ".join(
                        _("{name}: {hours} giờ").format(
                            name=module_title(m.code), hours=show_hours(m.minutes)
                        )
                        for m in course.modules
                    ),
                ),
                (_("Điều kiện đạt"), columns.how_passed(course)),
            ]
        )
        reason = detail.reason if row.state is ClassState.CANCELLED else ""
        self.rest.set(
            [
                (_("Giảng viên"), ", ".join(one.name for one in detail.teaching)),
                (_("Địa điểm"), ", ".join(part for part in (plan.place, row.commune) if part)),
                (_("Nhóm"), detail.group_name),
                (_("Nhà tài trợ"), plan.funder),
                (_("Kinh phí"), show_dong(plan.cost) if plan.cost else ""),
                (_("Trông trẻ"), plan.childcare),
                (_("Đi lại"), plan.transport),
                (_("Ghi chú"), plan.note),
                *([(_("Lý do hủy"), reason)] if reason else []),
            ]
        )
