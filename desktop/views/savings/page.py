"""Interest on savings: choose the period, look at everybody's working, credit it; or look at a run of the past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import AttachmentKind, OpeningState
from desktop.models.problems import Level
from desktop.models.rules.savings_working import Stretch
from desktop.models.savings_kinds import PeriodState, SavingsKind
from desktop.services import savings_desk, savings_runs
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.savings_book import RunDetail
from desktop.services.savings_desk import InterestDesk
from desktop.services.savings_interest import InterestPlan, MemberInterest, Period
from desktop.services.savings_runs import Credit, RunPosted
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure, Wrap, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import ReasonDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field, Form
from desktop.views.kit.inputs import choice, day
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.papers import print_paper, tell_papers
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import TableView
from desktop.views.kit.theme import dress, px
from desktop.views.savings.tables import LINES, STRETCHES
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_exact, show_percent
from resources.lang.messages import N_, _, ngettext

NEXT = 0
"""The choice of the period that is credited next; runs are chosen by their key."""


class SavingsRunPage(Page):
    """Nothing is posted before its working was looked at; a period already credited shows its run."""

    scrolls = True
    topics = frozenset({Topic.SAVINGS, Topic.ENTRIES, Topic.ATTACHMENTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupId | None = None
        self.found: InterestDesk | None = None
        self._kind: SavingsKind | None = None
        self._run: int | None = None
        self._ends: date | None = None
        self._uid = b""
        self._filling = False
        self._asked: Ticket | None = None
        self.form = Form(
            [
                Field(
                    "kind",
                    N_("Loại tiết kiệm"),
                    choice(lambda: [(kind, kind.title) for kind in SavingsKind]),
                ),
                Field("period", N_("Kỳ"), choice([])),
                Field(
                    "ends",
                    N_("Nhập lãi đến hết ngày"),
                    day(),
                    hint=N_("Sớm hơn cuối kỳ khi chia cổ phần hay kết thúc sớm"),
                ),
            ],
            columns=3,
        )
        self.form.changed.connect(self._changed)
        self.body.addWidget(self.form)
        self.state = label("", "lead", self, wrap=True)
        self.body.addWidget(self.state)
        self._build_figures()
        self._build_tables(desk)
        desk.session_changed.connect(self._session_changed)

    def _build_figures(self) -> None:
        self.total_figure = Figure(_("Lãi nhập vào"), "–", parent=self)
        self.people_figure = Figure(_("Số người"), "–", parent=self)
        self.rate_figure = Figure(_("Lãi suất một năm"), "–", parent=self)
        self.difference_figure = Figure(_("Chênh lệch kỳ trước"), "–", parent=self)
        figures = Wrap(170, 4, self)
        for figure in (self.total_figure, self.people_figure, self.rate_figure, self.difference_figure):
            figures.add(figure)
        self.body.addWidget(figures)

    def _build_tables(self, desk: Desk) -> None:
        self.lines: RowTable[MemberInterest] = RowTable(desk, LINES, key=lambda row: row.member)
        self.view = TableView(
            self.lines,
            "savings.lines",
            _("Lãi của từng người"),
            empty=_nobody(),
        )
        self.view.setMinimumHeight(px(320))
        self.view.chosen.connect(self._show_working)
        self.view.opened.connect(self._show_working)
        self.body.addWidget(self.view, 1)
        self.whose = label(_("Cách tính"), "heading", self)
        self.body.addWidget(self.whose)
        self.stretches: RowTable[Stretch] = RowTable(desk, STRETCHES, key=lambda row: row.starts)
        self.stretch_view = TableView(
            self.stretches,
            "savings.stretches",
            _("Cách tính lãi của một người"),
            filterable=False,
            empty=Empty("info", _("Chọn một người ở bảng trên để xem lãi được tính thế nào.")),
        )
        self.stretch_view.setMinimumHeight(px(190))
        self.body.addWidget(self.stretch_view)
        self.signed = label(_("Bản có chữ ký"), "heading", self)
        self.files = AttachmentList(desk, "savings.files", AttachmentKind.MINUTES, self)
        self.files.setMinimumHeight(px(170))
        for one in (self.signed, self.files):
            one.hide()
            self.body.addWidget(one)

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        detail = self._detail
        if detail is None:
            return _("Nhập lãi tiết kiệm")
        return _("Nhập lãi tiết kiệm lần số {number}").format(number=detail.row.number)

    def subtitle(self) -> str:
        """Return kind, period and group."""
        found = self.found
        if found is None:
            return ""
        shown = found.plan.title if found.plan is not None else ""
        if found.detail is not None:
            shown = found.detail.row.title
        return " · ".join(part for part in (found.kind.title, shown, found.group_name) if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the group's savings."""
        return [(_("Tiết kiệm của nhóm"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done with what is shown."""
        found = []
        if self._plan is not None and not self._stopped:
            found.append(PageAction(_("Nhập lãi"), self.credit, "check", "Ctrl+Return", primary=True))
        if self._plan is not None or self._detail is not None:
            found.append(PageAction(_("In bảng tính"), self.print_table, "print", "Ctrl+P", writes=False))
        if self._detail is not None and self._detail.row.last:
            found.append(PageAction(_("Hủy lần nhập lãi…"), self.take_back, "undo"))
        return found

    def open(self, group: int | None = None, run: int | None = None, kind: str = "", **_args: Any) -> None:
        """Show the next run of a group, or a run of the past."""
        if group is not None:
            self.group = GroupId(group)
        self._run, self._ends = run, None
        self._kind = SavingsKind(kind) if kind else None
        self._new()
        self.reload()

    def reload(self) -> None:
        """Work it out again, or read the run again."""
        group, kind, ends, run, today = self.group, self._kind, self._ends, self._run, self.desk.today()
        if group is None:
            return
        if self._asked is not None:
            self._asked.drop()
        self._asked = self.desk.ask(
            lambda book: savings_desk.interest_desk(book, group, kind, today, ends, run),
            self._show,
            owner=self,
        )

    def focus_first(self) -> None:
        """Begin with the table of members."""
        self.view.grid.setFocus()

    def go_up(self) -> None:
        """Go to the group's savings."""
        if self.group is not None:
            self.desk.open_page("group", group=self.group, tab="savings")

    def _session_changed(self) -> None:
        self.group = self.found = None

    @property
    def _plan(self) -> InterestPlan | None:
        return None if self.found is None else self.found.plan

    @property
    def _detail(self) -> RunDetail | None:
        return None if self.found is None else self.found.detail

    @property
    def _stopped(self) -> bool:
        return self.found is not None and any(p.level is Level.STOP for p in self.found.problems)

    def _new(self) -> None:
        """Begin a run with an identity of its own."""
        self._uid = savings_runs.new_run_uid()

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, found: InterestDesk) -> None:
        if found.group != self.group:
            return
        self.found = found
        self._kind = found.kind
        self._fill(found)
        self.signed.setVisible(found.detail is not None)
        self.files.setVisible(found.detail is not None)
        if found.detail is not None:
            self.files.show_subject(found.detail.subject)
        lines = found.detail.lines if found.detail is not None else ()
        if found.plan is not None:
            lines = found.plan.lines
        self._show_sums(found, lines)
        shown = found.detail is not None or found.plan is not None
        self.view.set_empty(_nobody() if shown else Empty("info", _("Chọn kỳ ở trên để xem bảng tính.")))
        chosen = self.view.current_row()
        self.lines.set_rows(list(lines))
        self.view.show_columns({"difference": any(line.difference for line in lines)})
        again = next((line for line in lines if chosen is not None and line.member == chosen.member), None)
        self._show_working(again or (lines[0] if lines else None))
        self.titled.emit()

    def _fill(self, found: InterestDesk) -> None:
        self._filling = True
        waiting = next((one for one in found.periods[::-1] if one.state is not PeriodState.CREDITED), None)
        credited = [one for one in found.periods if one.state is PeriodState.CREDITED]
        choices: list[tuple[int, str]] = []
        if waiting is not None:
            choices.append((NEXT, _period_words(waiting)))
        elif credited and found.detail is None:
            choices.append((NEXT, _("Chưa đến kỳ sau")))
        choices += [(one.run or NEXT, _period_words(one)) for one in credited]
        if found.detail is not None and all(one.run != found.detail.row.id for one in credited):
            choices.append((found.detail.row.id, _run_words(found.detail)))
        self.form.input("period").set_choices(choices)
        self.form.set_values(
            {
                "kind": found.kind,
                "period": NEXT if found.detail is None else found.detail.row.id,
                "ends": self._ends or (None if found.plan is None else found.plan.ends),
            }
        )
        self.form.set_visible("ends", found.detail is None and waiting is not None)
        self.form.show_problems([one for one in found.problems if one.field == "ends"], focus=False)
        self._filling = False
        text, tone = self._state_words(found, waiting)
        self.state.setText(text)
        self.state.setAccessibleName(text)
        self.state.setVisible(bool(text))
        dress(self.state, tone)

    def _state_words(self, found: InterestDesk, waiting: Period | None) -> tuple[str, str]:
        if found.detail is not None:
            return _detail_words(found.detail)
        if found.kind not in found.kinds:
            told = _("Nhóm chưa có quy định cho {kind}: ghi ở thẻ Tiết kiệm của nhóm.")
            return told.format(kind=found.kind.title.lower()), "warn"
        if found.plan is None:
            if waiting is None or self._ends is None:
                return _("Mọi kỳ đã nhập lãi."), "good"
            if not any(one.state is PeriodState.CREDITED for one in found.periods):
                return _("Kỳ này bắt đầu từ ngày {day}.").format(day=show_day(waiting.starts)), "warn"
            return _("Ngày này đã nhập lãi rồi; chọn kỳ ở trên để xem."), "warn"
        due = sum(one.state is PeriodState.DUE for one in found.periods)
        if due > 1:
            told = _("Còn {n} kỳ đến hạn; nhập lần lượt từ kỳ cũ nhất.").format(n=due)
            return told, "muted"
        return _("Chưa ghi sổ. Xem bảng rồi bấm Nhập lãi."), "muted"

    def _show_sums(self, found: InterestDesk, lines: tuple[MemberInterest, ...]) -> None:
        total = sum(line.total for line in lines)
        difference = sum(line.difference for line in lines)
        self.total_figure.set(show_dong(total))
        self.people_figure.set(str(sum(1 for line in lines if line.total)))
        self.rate_figure.set("–" if found.yearly is None else show_percent(found.yearly / 100, 3))
        self.difference_figure.set(show_dong(difference))
        self.difference_figure.setVisible(any(line.difference for line in lines))
        self.view.set_summary(_("Tổng lãi nhập vào: {total}").format(total=show_dong(total)))

    def _show_working(self, line: MemberInterest | None) -> None:
        if line is None:
            self.whose.setText(_("Cách tính"))
            self.stretches.set_rows([])
            self.stretch_view.set_summary("")
            return
        self.whose.setText(_("Cách tính: {name}").format(name=line.name))
        self.stretches.set_rows(list(line.working.stretches))
        told = _(
            "Số dư × số ngày × lãi suất năm ÷ số ngày của năm. Cộng {exact} ₫, làm tròn {interest}"
        ).format(exact=show_exact(line.working.exact), interest=show_dong(line.working.interest))
        self.stretch_view.set_summary(told)

    def _changed(self, key: str) -> None:
        if self._filling:
            return
        value = self.form.value(key)
        if key == "kind" and value is not None:
            self._kind, self._run, self._ends = value, None, None
        elif key == "period":
            self._run, self._ends = value or None, None
        elif key == "ends":
            if value is None or self.form.input("ends").problem():
                return
            self._ends = value
        self._new()
        self.reload()

    # -- deeds --------------------------------------------------------------------------------------

    def credit(self) -> None:
        """Credit the interest after a last question."""
        plan = self._plan
        if plan is None or self._stopped or not self.desk.can_write:
            return
        people = sum(1 for line in plan.lines if line.total)
        messages.ask(
            self,
            _("Nhập lãi {title}?").format(title=plan.title),
            detail=_("Ghi {total} vào {kind} của {n} người, ngày {day}. Không chi tiền mặt.").format(
                total=show_dong(plan.total),
                kind=plan.kind.title.lower(),
                n=people,
                day=show_day(plan.ends),
            ),
            yes=_("Nhập lãi"),
            then=lambda: self._credit(plan),
        )

    def _credit(self, plan: InterestPlan) -> None:
        def deed(agreed: bool) -> Callable[[Any, Act], Outcome[RunPosted]]:
            command = Credit(
                plan.group, plan.kind, plan.starts, plan.ends, plan.total, self._uid, agreed=agreed
            )
            return lambda book, act: savings_runs.credit(book, command, act)

        self.desk.do(deed(False), self._credited, self.form.refused, self, agreed=deed(True))

    def _credited(self, posted: RunPosted) -> None:
        self._run, self._ends = posted.run, None
        told = ngettext(
            "Đã nhập lãi lần số {number}: {n} chứng từ.",
            "Đã nhập lãi lần số {number}: {n} chứng từ.",
            len(posted.vouchers),
        ).format(number=posted.number, n=len(posted.vouchers))
        self.desk.say(Message(told, "good", action=(_("In bảng tính"), self.print_table)))
        tell_papers(self.desk, posted.papers)
        self.reload()

    def take_back(self) -> None:
        """Take the run back with a reason."""
        detail = self._detail
        if detail is None or not self.desk.can_write:
            return
        run = detail.row.id
        ReasonDialog(
            self.desk,
            _("Hủy lần nhập lãi số {number}").format(number=detail.row.number),
            lambda book, reason, act: savings_runs.take_back(book, run, reason, act),
            self._taken_back,
            intro=_("Mọi chứng từ của lần này được đảo; sau đó nhập lại kỳ ấy cho đúng."),
            save_text=_("Hủy lần nhập lãi"),
            parent=self,
        ).open()

    def _taken_back(self, posted: RunPosted) -> None:
        self.desk.say(_("Đã hủy lần nhập lãi số {number}.").format(number=posted.number), "good")
        tell_papers(self.desk, posted.papers)
        self._new()
        self.reload()

    def print_table(self) -> None:
        """Show the paper: the run as it was posted, or the working as a draft."""
        group, kind, ends, run = self.group, self._kind, self._ends, self._run
        if group is None or kind is None:
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import savings_papers

            if run is not None:
                return savings_papers.of_run(book, run, act)
            return savings_papers.draft(book, group, kind, ends, act)

        print_paper(self.desk, self, "savings-interest", _("Bảng tính lãi tiết kiệm"), gather)


def _nobody() -> Empty:
    return Empty("cash", _("Không ai có tiền gửi trong kỳ này."))


def _period_words(period: Period) -> str:
    state = period.state.title.lower()
    if period.number is not None:
        state = _("đã nhập lãi lần {number}").format(number=period.number)
    return f"{period.title} ({state})"


def _run_words(detail: RunDetail) -> str:
    return _("{title} (lần {number}, {state})").format(
        title=detail.row.title, number=detail.row.number, state=detail.row.state.title.lower()
    )


def _detail_words(detail: RunDetail) -> tuple[str, str]:
    row = detail.row
    if row.state is OpeningState.REVERSED:
        return _("Lần nhập lãi này đã hủy: {reason}").format(reason=row.reason), "warn"
    told = _("Đã nhập lãi lần số {number}, ghi ngày {day}, người ghi: {who}.").format(
        number=row.number, day=show_day(row.ends), who=row.recorded_by
    )
    if row.member:
        told += " " + _("Riêng cho {name} khi rời nhóm.").format(name=row.member)
    return told, "good"
