"""Số dư đầu: the guided screen for a group that was kept on paper. It ends only when everything agrees with the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.rules.opening import OpeningSheet, check_opening, sides
from desktop.services import groups, money_papers, openings
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.groups import GroupDetail
from desktop.services.openings import Opened, OpeningDesk, OpeningRow
from desktop.views.kit import messages
from desktop.views.kit.blocks import Card, Columns, Facts, button
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import ReasonDialog
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.stepper import Stepper, Steps
from desktop.views.kit.theme import space
from desktop.views.money.opening_steps import BoxesStep, EndStep, LoansStep, MembersStep, OutsideStep, Step
from desktop.views.money.sides_card import SidesCard
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_PAUSE = 300
_BESIDE = 440
_TITLES = (
    N_("Ngày, các hòm"),
    N_("Thành viên"),
    N_("Khoản vay"),
    N_("Vốn bên ngoài"),
    N_("Đối chiếu, ghi sổ"),
)


class OpeningPage(Page):
    """Five steps with both sides of the balance beside them. What is typed is kept as a draft at every change."""

    scrolls = True
    topics = frozenset({Topic.ENTRIES, Topic.GROUPS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupId | None = None
        self.detail: GroupDetail | None = None
        self.found: OpeningDesk | None = None
        self.sheet: OpeningSheet | None = None
        self._loading = False
        self.stepper = Stepper([_(title) for title in _TITLES], self)
        self.body.addWidget(self.stepper)
        self.body.addLayout(self._build_buttons())
        self._content = Columns(_BESIDE, self, (5, 2))
        self.body.addWidget(self._content, 1)
        self.steps: tuple[Step, ...] = ()
        self.front: Steps | None = None
        self._left: QWidget | None = None
        self._side = SidesCard(self)
        self._side.hide()  # until a step is beside it
        self.posted_card = Card(_("Số dư đầu đã ghi sổ"), "good", self)
        self.posted_facts = Facts()
        self.posted_card.body.addWidget(self.posted_facts)
        self.body.addWidget(self.posted_card)
        self.body.addStretch(1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._keep)
        self._show_parts()
        desk.session_changed.connect(self._session_changed)

    def _build_buttons(self) -> QHBoxLayout:
        self.back_button = button(_("Quay lại"), self.back, "back", "", self)
        self.next_button = button(_("Tiếp tục"), self.go_on, "forward", "primary", self)
        self.post_button = button(_("Ghi sổ"), self.post, "check", "primary", self)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        for one in (self.back_button, self.next_button, self.post_button):
            line.addWidget(one)
        line.addStretch(1)
        return line

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Số dư đầu của nhóm ghi sổ giấy")

    def subtitle(self) -> str:
        """Return the group's name and what is done here."""
        if self.detail is None:
            return ""
        return _("{group} · chép số dư từ sổ giấy, đối chiếu rồi mới ghi").format(group=self.detail.name)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the group."""
        return [(_("Nhóm"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done."""
        if self.found is None:
            return []
        if self.found.posted is not None:
            return [
                PageAction(_("In biên bản bàn giao"), self.print_posted, "print", "Ctrl+P", writes=False),
                PageAction(_("Hủy số dư đầu…"), self.take_back, "undo"),
            ]
        return [PageAction(_("In bản dự thảo"), self.print_draft, "print", "Ctrl+P", writes=False)]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Show the opening of a group, as it was left."""
        if group is not None and group != self.group:
            self.flush()
            self._session_changed()
            self.group = GroupId(group)
        self.reload()

    def reload(self) -> None:
        """Read the group and the kept draft; what is being typed stays."""
        group, today = self.group, self.desk.today()
        if group is None:
            return
        on = today if self.sheet is None else self.sheet.day

        def question(book: Any) -> tuple[GroupDetail, OpeningDesk]:
            return groups.get(book, group, today), openings.desk(book, group, on, today)

        self.desk.ask(question, self._show, owner=self)

    def focus_first(self) -> None:
        """Begin with the step at hand."""
        if self.steps and self.front is not None and not self._left_hidden():
            self.steps[self.front.currentIndex()].focus_first()

    def flush(self) -> None:
        """Keep what was typed so far."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def go_up(self) -> None:
        """Go to the group."""
        self.desk.open_page("group", group=self.group, tab="overview")

    def _session_changed(self) -> None:
        self.group = self.detail = self.found = self.sheet = None
        self._drop_steps()
        self._show_parts()

    # -- building -----------------------------------------------------------------------------------

    def _drop_steps(self) -> None:
        if self._left is not None:
            self._left.setParent(None)
            self._left.deleteLater()
        self._side.setParent(self)
        self._side.hide()
        self.steps, self.front, self._left = (), None, None
        self._content.setParent(None)
        self._content.deleteLater()
        self._content = Columns(_BESIDE, self, (5, 2))
        self.body.insertWidget(2, self._content, 1)

    def _build_steps(self, found: OpeningDesk, at: int) -> None:
        self._drop_steps()
        self.steps = (
            BoxesStep(self.desk, self),
            MembersStep(self.desk, found, self),
            LoansStep(self.desk, found.members, self),
            OutsideStep(self.desk, self),
            EndStep(self.desk, self),
        )
        self.front = Steps(self.steps, self)
        self._left = self.front
        for step in self.steps:
            step.changed.connect(self._changed)
        self._content.left.addWidget(self.front)
        self._content.right.addWidget(self._side)
        self._side.show()
        self._content.finish()
        assert self.sheet is not None
        self._loading = True
        for step in self.steps:
            step.show_sheet(self.sheet)
        self._loading = False
        self._go(at)

    def _show(self, answer: tuple[GroupDetail, OpeningDesk]) -> None:
        detail, found = answer
        if detail.id != self.group:
            return
        before = self.found
        self.detail, self.found = detail, found
        if found.posted is not None:
            self.sheet = None
            self._drop_steps()
            self._show_posted(found.posted)
        elif self.sheet is None or before is None or before.members != found.members:
            at = 0 if self.front is None else self.front.currentIndex()
            known = self.sheet or found.draft or OpeningSheet(self.desk.today())
            self.sheet = openings.without_strangers(known, found.facts.members)
            self._build_steps(found, at)
        self._show_parts()
        self._compare()
        self.titled.emit()

    def _show_parts(self) -> None:
        posted = self.found is not None and self.found.posted is not None
        typing = self.found is not None and not posted
        self.posted_card.setVisible(posted)
        self._content.setVisible(typing)
        self.stepper.setVisible(typing)
        at = 0 if self.front is None else self.front.currentIndex()
        last = len(_TITLES) - 1
        self.back_button.setVisible(typing and at > 0)
        self.next_button.setVisible(typing and at < last)
        self.post_button.setVisible(typing and at == last)
        self.post_button.setEnabled(self.desk.can_write)

    def _left_hidden(self) -> bool:
        return self._content.isHidden()

    def _show_posted(self, row: OpeningRow) -> None:
        sheet = row.sheet
        self.posted_facts.set(
            [
                (_("Ngày của số dư đầu"), show_day(sheet.day)),
                (_("Tổng tài sản"), show_dong(row.total)),
                (_("Thành viên có số dư"), str(len(sheet.members))),
                (_("Khoản vay mở tiếp"), str(len(sheet.loans) + len(sheet.lenders))),
                (_("Nguồn vốn bên ngoài"), str(len(sheet.sources))),
                (_("Bên giao, bên nhận"), ", ".join(n for n in (sheet.handed_by, sheet.received_by) if n)),
                (_("Người ghi"), row.recorded_by),
            ]
        )

    # -- steps --------------------------------------------------------------------------------------

    def _go(self, at: int) -> None:
        if self.front is None:
            return
        self.front.setCurrentIndex(at)
        self.stepper.show_step(at)
        self._show_parts()
        self.steps[at].focus_first()

    def back(self) -> None:
        """Go one step back."""
        if self.front is not None and self.front.currentIndex() > 0:
            self._go(self.front.currentIndex() - 1)

    def go_on(self) -> None:
        """Go one step on, unless something on this one cannot be read."""
        if self.front is None:
            return
        at = self.front.currentIndex()
        wrong = self.steps[at].problem()
        if wrong:
            self.desk.say(wrong, "warn")
            return
        self.flush()
        if at == 0:
            self.reload()  # another day, other members
        self._go(min(at + 1, len(_TITLES) - 1))

    # -- while typing -------------------------------------------------------------------------------

    def _changed(self) -> None:
        if self._loading or self.sheet is None:
            return
        for step in self.steps:
            self.sheet = step.put(self.sheet)
        self._compare()
        self._pause.start()

    def _keep(self) -> None:
        sheet, group = self.sheet, self.group
        if sheet is None or group is None or not self.desk.can_write:
            return
        self.desk.do(lambda book, act: openings.keep_draft(book, group, sheet, act), owner=self, aside=True)

    def _compare(self) -> None:
        """Show both sides and say what does not agree yet."""
        if self.sheet is None or self.found is None or not self.steps:
            return
        value = self.found.facts.share_value
        both = sides(self.sheet, value)
        self._side.show_sides(both)
        for step in self.steps:
            totals = getattr(step, "totals", None)
            if totals is not None:
                totals.compare(self.sheet, value)
        problems = check_opening(self.found.facts, self.sheet)
        boxes, end = self.steps[0], self.steps[-1]
        assert isinstance(boxes, BoxesStep)
        assert isinstance(end, EndStep)
        boxes.say([problem for problem in problems if problem.code != "empty"])
        end.tell([problem.message for problem in problems])

    # -- the end ------------------------------------------------------------------------------------

    def post(self) -> None:
        """Ask once more, then post everything in one piece."""
        sheet, found, group = self.sheet, self.found, self.group
        if sheet is None or found is None or group is None or not self.desk.can_write:
            return
        problems = check_opening(found.facts, sheet)
        if problems:
            self.desk.say(Message(problems[0].message, "warn", _("Chưa ghi gì vào sổ.")))
            return
        self._pause.stop()

        def deed(book: Any, act: Act) -> Outcome[Opened]:
            return openings.open_group(book, group, sheet, act)

        total = show_dong(sides(sheet, found.facts.share_value).assets)
        messages.ask(
            self,
            _("Ghi số dư đầu ngày {day}, tổng tài sản {total}?").format(day=show_day(sheet.day), total=total),
            then=lambda: self.desk.do(deed, self._posted, self._refused, self),
            yes=_("Ghi sổ"),
            detail=_("Hãy in bản dự thảo cho hai bên ký trước. Sau khi ghi, số dư chỉ hủy được khi chưa có "
                     "chứng từ nào dựa vào."),
        )  # fmt: skip

    def _posted(self, opened: Opened) -> None:
        self.sheet = None
        self.desk.say(
            Message(
                _("Đã ghi số dư đầu: {n} chứng từ.").format(n=len(opened.vouchers)),
                "good",
                "",
                (_("In biên bản bàn giao"), self.print_posted),
            )
        )
        self.reload()

    def _refused(self, error: Exception) -> None:
        for problem in getattr(error, "problems", ())[:3]:
            self.desk.say(problem.message, "warn")

    def take_back(self) -> None:
        """Take the balances back with a reason; what was typed comes back as a draft."""
        group = self.group
        if group is None or not self.desk.can_write:
            return
        ReasonDialog(
            self.desk,
            _("Hủy số dư đầu"),
            lambda book, reason, act: openings.take_back(book, group, reason, act),
            lambda _key: self._taken_back(),
            intro=_(
                "Mọi chứng từ của số dư đầu được đảo, khoản vay mở theo được hủy. Số đã gõ trở lại thành bản nháp."
            ),
            save_text=_("Hủy số dư đầu"),
            parent=self,
        ).open()

    def _taken_back(self) -> None:
        self.desk.say(_("Đã hủy số dư đầu; có thể sửa rồi ghi lại."), "good")
        self.reload()

    def print_posted(self) -> None:
        """Show the minutes of the balances that stand."""
        group = self.group
        if group is not None:
            self._print(lambda book, act: money_papers.opening_minutes(book, group, act))

    def print_draft(self) -> None:
        """Show the minutes of what is typed so far, to be checked and signed before posting."""
        group, sheet = self.group, self.sheet
        if group is not None and sheet is not None:
            self._print(lambda book, act: money_papers.opening_minutes(book, group, act, sheet))

    def _print(self, gather: Callable[[Any, Any], Any]) -> None:
        print_paper(self.desk, self, "opening-balances", _("Biên bản bàn giao số dư đầu"), gather)
