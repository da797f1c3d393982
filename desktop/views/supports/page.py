"""The page of support with external resources: dossiers by where they stand, what is due, the register of assets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.support_kinds import SupportStage
from desktop.services import support_book, support_due, support_register, support_standards
from desktop.services.acts import Topic
from desktop.services.support_views import AssetRow, DueRow, SupportRow
from desktop.services.supports import Beneficiary
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.list_tab import ListTab
from desktop.views.kit.page import PageAction
from desktop.views.kit.pickers import Find
from desktop.views.kit.tab import Tab, listing, sieve
from desktop.views.kit.tabbed_page import ListsPage
from desktop.views.kit.table_view import RowAction
from desktop.views.people.support_list import summary
from desktop.views.supports import asset_dialogs, dialogs, prints, standard_dialog
from desktop.views.supports.columns import ASSETS, DUE, STANDARDS, SUPPORTS
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _

_OPEN = tuple(
    one
    for one in SupportStage
    if one not in (SupportStage.TRANSFERRED, SupportStage.REFUSED, SupportStage.WITHDRAWN)
)


class ListOfSupports(ListTab):
    """All dossiers."""

    def __init__(self, desk: Desk, new: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.rows: list[SupportRow] = []
        self.table, self.view = listing(
            desk,
            SUPPORTS,
            "supports.list",
            _("Các hồ sơ hỗ trợ"),
            empty=Empty(
                "support",
                _("Chưa có hồ sơ hỗ trợ nào."),
                _("Mỗi hỗ trợ bắt đầu bằng một đề nghị, rồi đánh giá tính bền vững trước khi giao."),
                (_("Đề nghị hỗ trợ"), new),
            ),
            actions=(RowAction(_("Mở hồ sơ"), self.open_row, "open"),),
            opened=self.open_row,
        )
        choices: list[tuple[Any, str]] = [
            ((), _("Mọi tình trạng")),
            (_OPEN, _("Đang làm")),
            *(((one,), one.title) for one in SupportStage),
        ]
        self.stage = sieve(self.view, _("Tình trạng"), choices, self._fill)
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the dossiers."""
        day, group = self.bar.day, self.bar.group
        if day is not None:
            self.ask(lambda book: support_book.list_supports(book, day, group), self._show)

    def _show(self, rows: list[SupportRow]) -> None:
        self.rows = rows
        self._fill()

    def _fill(self) -> None:
        wanted = self.stage.value() or ()
        rows = [row for row in self.rows if not wanted or row.stage in wanted]
        self.table.set_rows(rows)
        self.view.set_summary(summary(rows))

    def open_row(self, row: SupportRow) -> None:
        """Open the page of a dossier."""
        self.desk.open_page("support-dossier", support=row.id)


class DueTab(ListTab):
    """What is to be done, the overdue first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Đến ngày"), parent)
        self.table, self.view = listing(
            desk,
            DUE,
            "supports.due",
            _("Việc cần làm"),
            key=lambda row: row.key,
            empty=Empty("good", _("Không có việc nào đến hạn tới ngày này.")),
            actions=(RowAction(_("Mở hồ sơ"), self.open_row, "open"),),
            opened=self.open_row,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for what is due."""
        day, group = self.bar.day, self.bar.group
        if day is not None:
            self.ask(lambda book: support_due.due(book, day, group), self._show)

    def _show(self, rows: list[DueRow]) -> None:
        self.table.set_rows(rows)
        late = sum(row.overdue for row in rows)
        self.view.set_summary(
            _("{n} việc, {late} quá hạn").format(n=show_number(len(rows)), late=show_number(late))
            if rows
            else ""
        )

    def open_row(self, row: DueRow) -> None:
        """Open the dossier where the work is done."""
        tab = {"again": "assessments", "asset": "assets", "evidence": "contributions"}[row.kind]
        self.desk.open_page("support-dossier", support=row.support, tab=tab)


class AssetsTab(ListTab):
    """The register of assets."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.ended = CheckBox(_("Cả tài sản đã ra khỏi sổ"), self)
        self.ended.changed.connect(self.reload)
        self.table, self.view = listing(
            desk,
            ASSETS,
            "supports.assets",
            _("Sổ theo dõi tài sản"),
            empty=Empty(
                "household",
                _("Chưa có tài sản nào."),
                _("Tài sản vào sổ khi bàn giao ở trang hồ sơ hỗ trợ."),
            ),
            actions=(
                RowAction(_("Mở hồ sơ"), self.open_row, "open"),
                RowAction(_("Kiểm tra…"), self.check, "check", "F3", self._in_register),
                RowAction(_("In thẻ tài sản"), self.print_card, "print"),
            ),
            opened=self.open_row,
        )
        self.view.tools.insertWidget(0, self.ended)
        self.body.addWidget(self.view, 1)

    def _in_register(self, row: AssetRow) -> bool:
        return self.desk.can_write and row.ended_on is None

    def reload(self) -> None:
        """Ask for the assets."""
        day, group, ended = self.bar.day, self.bar.group, self.ended.value()
        if day is not None:
            self.ask(lambda book: support_register.assets(book, day, group, ended=ended), self._show)

    def _show(self, rows: list[AssetRow]) -> None:
        self.table.set_rows(rows)
        held = [row for row in rows if row.ended_on is None]
        self.view.set_summary(
            _("{n} tài sản · giá trị {value} · còn lại {left}").format(
                n=show_number(len(held)),
                value=show_dong(sum(row.value for row in held)),
                left=show_dong(sum(row.left for row in held)),
            )
            if rows
            else ""
        )

    def open_row(self, row: AssetRow) -> None:
        """Open the dossier at its assets."""
        self.desk.open_page("support-dossier", support=row.support, tab="assets")

    def check(self, row: AssetRow) -> None:
        """Write a check down."""
        if self._in_register(row):
            asset_dialogs.check(self.desk, row, self.desk.saying(_("Đã ghi lần kiểm tra.")), self).open()

    def print_card(self, row: AssetRow) -> None:
        """Print the card of an asset."""
        prints.asset(self.desk, self, row.id, row.code)


class RulesTab(Tab):
    """The thresholds that hold, by day."""

    def __init__(self, desk: Desk, add: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            STANDARDS,
            "supports.rules",
            _("Mức quy định"),
            key=lambda row: row.since,
            empty=Empty("calendar", _("Chưa có mức quy định."), action=(_("Mức mới"), add)),
            filterable=False,
        )
        self.body.addWidget(self.view, 1)

    def reload(self) -> None:
        """Ask for the thresholds."""
        today = self.desk.today()
        self.desk.ask(
            lambda book: support_standards.standard_lines(book, today),
            lambda rows: self.table.set_rows(list(reversed(rows))),
            owner=self,
        )


class SupportsPage(ListsPage):
    """Four tabs. Ctrl+1 … Ctrl+4 choose one."""

    topics = frozenset({Topic.SUPPORTS, Topic.LIVELIHOODS, Topic.GROUPS, Topic.MEMBERS, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = ListOfSupports(desk, self.new_request, self)
        self.due = DueTab(desk, self)
        self.assets = AssetsTab(desk, self)
        self.rules = RulesTab(desk, self.new_rules, self)
        self.set_parts(
            _("Các phần của trang Hỗ trợ nguồn lực"),
            (
                ("list", self.list, _("Hồ sơ")),
                ("due", self.due, _("Việc cần làm")),
                ("assets", self.assets, _("Tài sản")),
                ("rules", self.rules, _("Mức quy định")),
            ),
        )

    def title(self) -> str:
        """Return the heading."""
        return _("Hỗ trợ nguồn lực")

    def actions(self) -> list[PageAction]:
        """Return what can be done here; the first follows the tab."""
        new = PageAction(_("Đề nghị hỗ trợ"), self.new_request, "plus", "Ctrl+N", primary=True)
        if self.tabs.currentWidget() is self.rules:
            new = PageAction(_("Mức mới"), self.new_rules, "plus", "Ctrl+N", primary=True)
        return [
            new,
            PageAction(_("In sổ tài sản"), self.print_register, "print", "Ctrl+P", writes=False),
        ]

    def open(
        self,
        tab: str = "",
        group: int | None = None,
        ask: str = "",
        who: int | None = None,
        text: str = "",
        **_args: Any,
    ) -> None:
        """Show a tab; for one group if it is named. `ask` begins a request for who is named by `who` and `text`."""
        self.show_tab(tab)
        if group is not None:
            for part in (self.list, self.due, self.assets):
                part.bar.picker.choose(group)
        self.reload()
        if ask in ("member", "household", "group", "livelihood") and who is not None:
            self.new_request(Find(Beneficiary(**{ask: who}), text))

    # -- deeds --------------------------------------------------------------------------------------

    def new_request(self, beneficiary: Find | None = None) -> None:
        """Write a request down and open its dossier."""
        if self.desk.can_write:
            dialogs.request(
                self.desk,
                None,
                lambda key: self.desk.open_page("support-dossier", support=key),
                self,
                beneficiary,
            ).open()

    def new_rules(self) -> None:
        """Let other thresholds hold from a day on."""
        if not self.desk.can_write:
            return
        today = self.desk.today()
        self.desk.ask(
            lambda book: support_standards.standards(book, today),
            lambda latest: standard_dialog.standards(
                self.desk, latest, self.desk.saying(_("Đã ghi mức quy định.")), self
            ).open(),
            owner=self,
        )

    def print_register(self) -> None:
        """Print the register of assets of the shown group and day."""
        bar = self.assets.bar
        day = bar.day or self.desk.today()
        prints.register(self.desk, self, bar.group, day)
