"""The analysis page: five tabs over one place and period."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.services import analysis_choices
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.analysis_choices import SavedChoice
from desktop.views.analysis.actions_tab import ActionsTab
from desktop.views.analysis.bar import PlaceBar
from desktop.views.analysis.cross_tab import CrossTab
from desktop.views.analysis.inclusion_tab import InclusionTab
from desktop.views.analysis.indicators_tab import IndicatorsTab
from desktop.views.analysis.population_tab import PopulationTab
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import choice, line
from desktop.views.kit.page import PageAction
from desktop.views.kit.tabbed_page import ListsPage
from resources.lang.messages import N_, _


class AnalysisPage(ListsPage):
    """Tables crossed, the report of inclusion, indicators, action lists, counts. Ctrl+1 … Ctrl+5 choose."""

    scrolls = True  # with large letters the choices above leave no room for the table
    topics = frozenset(
        {
            Topic.MEMBERS,
            Topic.HOUSEHOLDS,
            Topic.MEETINGS,
            Topic.ENTRIES,
            Topic.LOANS,
            Topic.GROUPS,
            Topic.LIVELIHOODS,
            Topic.JOBS,
            Topic.SHOCKS,
            Topic.TRAINING,
            Topic.SUPPORTS,
            Topic.MODELS,
            Topic.INCLUSION,
            Topic.CAPACITY,
            Topic.AUDITS,
            Topic.POPULATION,
            Topic.ANALYSIS,
            Topic.BOOK,
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bar = PlaceBar(desk, self)
        self.bar.changed.connect(self.reload)
        self.body.addWidget(self.bar)
        self.cross = CrossTab(desk, self.bar, self)
        self.inclusion = InclusionTab(desk, self.bar, self)
        self.indicators = IndicatorsTab(desk, self.bar, self.cross_measure, self)
        self.lists = ActionsTab(desk, self.bar, self)
        self.population = PopulationTab(desk, self.bar, self)
        self.set_parts(
            _("Các phần của trang Phân tích"),
            (
                ("cross", self.cross, _("Bảng chéo")),
                ("inclusion", self.inclusion, _("Báo cáo hòa nhập")),
                ("indicators", self.indicators, _("Chỉ số")),
                ("actions", self.lists, _("Danh sách cần làm")),
                ("population", self.population, _("Số dân")),
            ),
        )

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Phân tích")

    def actions(self) -> list[PageAction]:
        """Return what can be done on the shown tab."""
        shown = self.tabs.currentWidget()
        if shown is self.population:
            return [
                PageAction(_("Thêm số dân"), self.population.add, "plus", "Ctrl+N", primary=True),
                PageAction(_("Nhập số dân từ tệp…"), self.population.import_file, "import"),
                self._households(),
            ]
        found = []
        if shown in (self.cross, self.inclusion, self.lists):
            found = [
                PageAction(_("In"), self.print_shown, "print", "Ctrl+P", primary=True, writes=False),
                PageAction(_("Xuất Excel…"), self.export_shown, "export", "Ctrl+E", writes=False),
            ]
        if shown is self.cross:
            found += [
                PageAction(_("Lưu lựa chọn…"), self.save_choice, "save", "Ctrl+S"),
                PageAction(_("Mở lựa chọn đã lưu…"), self.open_choice, "open", "Ctrl+Shift+O", writes=False),
            ]
        if shown is self.lists:
            found.append(self._households())
        return found

    def _households(self) -> PageAction:
        return PageAction(_("Nhập danh sách hộ nghèo…"), self.import_households, "household")

    def open(
        self, tab: str = "", list: str = "", measure: str = "", group: int | None = None, **_args: Any
    ) -> None:
        """Show a tab; `list` names a list that leads to action, `measure` what is crossed, `group` the place."""
        self.bar.load()
        self.show_tab(tab)
        if list:
            from desktop.services.action_lists import ActionList

            self.lists.which.set_value(ActionList(list))
        if measure:
            self.cross.measure.set_value(measure)
        if group is not None:
            self.bar.group.choose(group)
        self.reload()

    def _tab(self) -> Any:
        return self.tabs.currentWidget()

    def focus_first(self) -> None:
        """Begin in the shown tab."""
        tab = self._tab()
        target = tab.measure if tab is self.cross else tab.view
        if target is not None:
            (target if tab is self.cross else target.grid).setFocus()

    # -- deeds --------------------------------------------------------------------------------------

    def cross_measure(self, key: str) -> None:
        """Show an indicator crossed by what it can be crossed by."""
        self.cross.show_measure(key)
        self.tabs.setCurrentWidget(self.cross)

    def print_shown(self) -> None:
        """Print what the tab shows."""
        self._tab().print_shown()

    def export_shown(self) -> None:
        """Write what the tab shows to a spreadsheet."""
        self._tab().export_shown()

    def import_households(self) -> None:
        """Go to the import of a commune's household list."""
        self.desk.open_page("household-list")

    def save_choice(self) -> None:
        """Keep the choice under a name."""
        wanted = self.cross.wanted()
        if wanted is None or not self.desk.can_write:
            return

        def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
            return analysis_choices.save(book, values["name"] or "", wanted, act)

        FormDialog(
            self.desk,
            _("Lưu lựa chọn"),
            [Field("name", N_("Tên"), line(N_("Ví dụ: tiết kiệm của nữ theo nhóm"), 80), required=True)],
            deed,
            lambda _id: self.desk.say(_("Đã lưu lựa chọn."), "good"),
            intro=_("Lựa chọn cùng tên đã lưu trước sẽ được thay."),
            parent=self,
        ).open()

    def open_choice(self) -> None:
        """Ask which kept choice to show."""
        self.desk.ask(analysis_choices.saved, self._offer, owner=self)

    def _offer(self, found: list[SavedChoice]) -> None:
        if not found:
            self.desk.say(_("Chưa lưu lựa chọn nào."), "info")
            return
        by_id = {one.id: one for one in found}

        def deed(_book: Any, values: dict[str, Any], _act: Act) -> Outcome[int]:
            return Outcome(values["choice"])

        FormDialog(
            self.desk,
            _("Mở lựa chọn đã lưu"),
            [
                Field(
                    "choice",
                    N_("Lựa chọn"),
                    choice([(one.id, one.name) for one in found]),
                    required=True,
                )
            ],
            deed,
            lambda key: self.cross.show_choice(by_id[key].choice),
            values={"choice": found[0].id},
            save_text=_("Mở"),
            parent=self,
        ).open()
