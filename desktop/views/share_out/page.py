"""The guided closing of a cycle: count, decide, look, approve, post. What is decided so far survives a power cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, OpeningState
from desktop.models.problems import Problem, Refusal
from desktop.models.rules import closing
from desktop.models.rules.closing import ClosingChoices, ClosingFacts, ClosingPlan
from desktop.services import drafts, groups, share_outs
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.groups import GroupDetail
from desktop.services.share_outs import Divide, ShareOutPosted, ShareOutRow
from desktop.views.kit import messages
from desktop.views.kit.blocks import Facts, Figure, Wrap, figures, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import ReasonDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Form
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.messages import Message
from desktop.views.kit.page import PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.runner import Ticket
from desktop.views.kit.tab import listing
from desktop.views.kit.tabbed_page import TabbedPage
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import dress, space
from desktop.views.people.rights import allow
from desktop.views.share_out.columns import DONE, PAYOUTS
from desktop.views.share_out.form import at_field, begun, choices_of, fields_of, plain, shape, typed
from desktop.views.share_out.words import net_words
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _

_PAUSE = 400


class ShareOutPage(TabbedPage):
    """One page, top to bottom as the meeting goes: count the box, decide, look at everybody's part, approve."""

    topics = frozenset({Topic.GROUPS, Topic.ENTRIES, Topic.LOANS, Topic.PERIODS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupId | None = None
        self.detail: GroupDetail | None = None
        self.facts: ClosingFacts | None = None
        self.plan: ClosingPlan | None = None
        self.resting = False
        self.form: Form | None = None
        self.panel: FormPanel | None = None
        self._asked: Ticket | None = None
        self._filling = False
        self._begin = False
        """The cursor goes to the first field as soon as the form is there."""
        self.fund_figure = Figure(_("Số được chia"), "–", parent=self)
        self.value_figure = Figure(_("Giá trị một cổ phần"), "–", parent=self)
        self.cash_figure = Figure(_("Tiền mặt cần chi"), "–", parent=self)
        self.rest_figure = Figure(_("Số lẻ còn lại"), "–", parent=self)
        row = (self.fund_figure, self.value_figure, self.cash_figure, self.rest_figure)
        self.body.addWidget(figures(row, self, 170))
        self.explained = label("", "small", self, wrap=True)
        self.body.addWidget(self.explained)
        self.told = label("", "warn", self, wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.holder = QWidget(self)
        self._form_box = QVBoxLayout(self.holder)
        self._form_box.setContentsMargins(0, space(3), 0, 0)
        self.payouts, self.view = listing(
            desk,
            PAYOUTS,
            "share-out.lines",
            _("Phần của từng người"),
            key=lambda row: row.member.id,
            empty=Empty("member", _("Nhóm chưa có ai.")),
            least=360,
        )
        self.owned_facts, self.equity_facts = Facts(), Facts()
        both = Wrap(320, 2, self)
        both.add(self._titled(_("Tính từ tài sản"), self.owned_facts))
        both.add(self._titled(_("Tính từ nguồn vốn"), self.equity_facts))
        self.done, self.done_view = listing(
            desk,
            DONE,
            "share-out.done",
            _("Các lần chia trước"),
            empty=Empty("clock", _("Nhóm chưa chia lần nào.")),
            actions=(
                RowAction(_("In bảng chia"), self.print_posted, "print"),
                RowAction(_("In bảng và phiếu từng người"), self.print_slips, "print"),
                RowAction(_("Hủy lần chia…"), self.take_back, "undo", "Del", self._may_take_back),
            ),
            opened=self.print_posted,
            least=220,
            filterable=False,
        )
        self.set_parts(
            _("Các phần của việc chia"),
            (
                ("decide", self.holder, _("Kiểm đếm, quyết định")),
                ("parts", self.view, _("Phần của từng người")),
                ("workings", both, _("Hai cách tính")),
                ("done", self.done_view, _("Các lần chia trước")),
            ),
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.work_out)
        desk.session_changed.connect(self._session_changed)

    def _titled(self, title: str, facts: Facts) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.addWidget(label(title, "heading", holder))
        box.addWidget(facts)
        box.addStretch(1)
        return holder

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Chia cổ phần")

    def subtitle(self) -> str:
        """Return group and cycle."""
        if self.detail is None or self.facts is None:
            return ""
        return _("{group} · chu kỳ {number}").format(group=self.detail.name, number=self.facts.number)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the group."""
        return [(_("Nhóm"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done: the closing, or between two closings the papers of the last one."""
        if self.resting:
            return [
                PageAction(_("In bảng và phiếu từng người"), self.print_last, "print", "Ctrl+P", writes=False)
            ]
        if self.form is None:
            return []
        return [
            PageAction(_("Ghi sổ"), self.post, "check", "Ctrl+Return", primary=True),
            PageAction(_("Ghi sổ"), self.post, "check", "Ctrl+S", shown=False),
            PageAction(_("In bản dự thảo"), self.print_draft, "print", "Ctrl+P", writes=False),
        ]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Show the share-out of a group, as it was left."""
        if group is not None and group != self.group:
            self.group = GroupId(group)
            self.detail = self.facts = None
            self._drop_form()
        self.reload()

    def reload(self) -> None:
        """Read the group, the earlier share-outs and the kept draft; what is being typed stays."""
        group, today = self.group, self.desk.today()
        if group is None:
            return

        def question(book: Any) -> tuple[GroupDetail, ClosingFacts, list[ShareOutRow], str]:
            kept = drafts.find(book, share_outs.DRAFT, str(group))
            return (
                groups.get(book, group, today),
                share_outs.facts(book, group, self._day() or today, today),
                share_outs.listed(book, group),
                "" if kept is None else kept.content,
            )

        self.desk.ask(question, self._show, owner=self)

    def focus_first(self) -> None:
        """Begin with the count."""
        self._begin = self.form is None
        if self.form is not None:
            self.form.focus_first()

    def flush(self) -> None:
        """Keep what was decided so far."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()

    def go_up(self) -> None:
        """Go to the group."""
        self.desk.open_page("group", group=self.group, tab="cycles")

    def _session_changed(self) -> None:
        self.group = self.detail = self.facts = None
        self._drop_form()

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, found: tuple[GroupDetail, ClosingFacts, list[ShareOutRow], str]) -> None:
        detail, facts, done, kept = found
        if detail.id != self.group:
            return
        before = self.facts
        self.detail, self.facts = detail, facts
        self.done.set_rows(done)
        self.resting = facts.today < facts.starts and any(row.state is OpeningState.POSTED for row in done)
        if self.resting:
            self._show_rest(facts)
            return
        same = before is not None and shape(before) == shape(facts)
        if self.form is None or not same:
            self._build(facts, json.loads(kept) if kept else {})
        self.work_out()
        self.titled.emit()

    def _show_rest(self, facts: ClosingFacts) -> None:
        """The cycle that was opened has not begun: there is nothing to divide, and the last papers wait to be signed."""
        self._drop_form()
        for figure in (self.fund_figure, self.value_figure, self.cash_figure, self.rest_figure):
            figure.set("–", "")
        self.explained.clear()
        said = _("Đã chia xong. Chu kỳ {number} bắt đầu ngày {day}.").format(
            number=facts.number, day=show_day(facts.starts)
        )
        self.told.setText(said)
        self.told.setAccessibleName(said)
        self.told.show()
        self.payouts.set_rows([])
        self.tabs.setCurrentIndex(3)
        self.done_view.setFocus()
        self.titled.emit()

    def _drop_form(self) -> None:
        if self.panel is not None:
            self.panel.deleteLater()
        self.form = self.panel = None
        self.plan = None

    def _build(self, facts: ClosingFacts, kept: dict[str, Any]) -> None:
        given = kept or ({} if self.form is None else plain(self.form.values()))
        self._drop_form()
        form = self.form = Form(fields_of(facts), columns=2, saves=False)
        self.panel = FormPanel(form, lambda _values: self.post(), _("Ghi sổ"), parent=self, card=False)
        self.panel.closed.connect(self.go_up)
        self._form_box.addWidget(self.panel)
        self._filling = True
        form.set_values(begun(facts, None if self.detail is None else self.detail.rules.share_out_remainder))
        form.set_values({key: value for key, value in typed(given).items() if key in form.values()})
        self._filling = False
        form.set_dirty(False)
        allow(self.desk, [self.panel.save_button])
        form.changed.connect(self._changed)
        if self._begin:
            self.focus_first()
        self.titled.emit()

    # -- deciding -----------------------------------------------------------------------------------

    def _day(self) -> date | None:
        return None if self.form is None else self.form.value("day")

    def choices(self) -> ClosingChoices:
        """Return what was decided so far."""
        assert self.form is not None
        return choices_of(self.form.values())

    def _changed(self, key: str) -> None:
        if self._filling:
            return
        self._pause.start()
        if key == "day" and self._day() is not None:
            self.reload()

    def work_out(self) -> None:
        """Show what follows from the decisions, and keep them."""
        self._pause.stop()
        if self.form is None or self.facts is None:
            return
        choices = self.choices()
        plan = self.plan = closing.work_out(self.facts, choices)
        self._show_plan(self.facts, plan)
        problems = closing.check(self.facts, choices)
        self._tell(problems)
        if self.form.dirty:
            self._keep()

    def _keep(self) -> None:
        if self.form is None or self.group is None or not self.desk.can_write:
            return
        group, content = self.group, json.dumps(plain(self.form.values()))
        self.desk.do(
            lambda book, act: drafts.keep(book, share_outs.DRAFT, str(group), content, act),
            owner=self,
            aside=True,
        )

    def _tell(self, problems: list[Problem]) -> None:
        """Say above the form what is not bound to a field, and how the count stands."""
        general = [problem.message for problem in problems if not problem.field or problem.field == "day"]
        general += self._losses()
        self.told.setText("\n".join(general))
        self.told.setAccessibleName("\n".join(general))
        self.told.setVisible(bool(general))
        assert self.form is not None
        assert self.facts is not None
        counted = self.choices().counted_sum
        book = self.facts.of(Account.CASH)
        words = _("Theo sổ {book}; chưa đếm.").format(book=show_dong(book))
        if counted is not None:
            words = _("Theo sổ {book}; đếm được {counted}; lệch {difference}.").format(
                book=show_dong(book), counted=show_dong(counted), difference=show_dong(counted - book)
            )
        self.form.input("reason").noted.emit(words)

    def _losses(self) -> list[str]:
        """Say that less is divided than was paid for the shares: the group must know before it decides."""
        facts, plan = self.facts, self.plan
        if facts is None or plan is None or not facts.has_shares:
            return []
        capital = sum(member.capital for member in facts.members)
        if plan.divided >= capital:
            return []
        said = _("Số được chia {divided} ít hơn tiền cổ phần {capital}: mọi người nhận ít hơn số đã góp.")
        return [said.format(divided=show_dong(plan.divided), capital=show_dong(capital))]

    def _show_plan(self, facts: ClosingFacts, plan: ClosingPlan) -> None:
        self.fund_figure.set(
            show_dong(plan.divided), _("tài sản ròng {net}").format(net=show_dong(plan.net_owned))
        )
        self.explained.setText(net_words(facts, plan))
        value = plan.value_per_share
        self.value_figure.set(
            "–" if value is None else show_dong(int(value)),
            "" if value is None else _("{n} cổ phần").format(n=show_number(plan.shares)),
        )
        cash = facts.of(Account.CASH)
        needed = "–" if plan.cash_needed < 0 else show_dong(plan.cash_needed)
        self.cash_figure.set(needed, _("trong hòm {cash}").format(cash=show_dong(cash)))
        dress(self.rest_figure, "card")
        self.rest_figure.set(show_dong(plan.remainder), self.choices().remainder.title.lower())
        self.payouts.set_rows(plan.lines)
        self.view.show_columns(
            {
                "units": facts.has_shares,
                "capital": facts.has_shares,
                "savings": any(one.savings for one in plan.lines),
                "loans": any(one.loans for one in plan.lines),
                "fines": any(one.fines for one in plan.lines),
            }
        )
        self.view.set_summary(
            _("Tổng chia {paid} · thực nhận {cash}").format(
                paid=show_dong(plan.paid), cash=show_dong(plan.cash_needed)
            )
        )
        self._show_workings(facts, plan)

    def _show_workings(self, facts: ClosingFacts, plan: ClosingPlan) -> None:
        from desktop.models.kinds import account_name

        extra = [
            (_("Lệch kiểm đếm"), plan.difference),
            (_("Lãi của khoản vay được trừ"), plan.earned_by_netting),
        ]
        owned = [(account_name(one), facts.of(one)) for one in closing.OWNED]
        owned += [(account_name(one), -facts.of(one)) for one in closing.OWING]
        equity = [
            (account_name(one), facts.of(one)) for one in (Account.SHARES, Account.SURPLUS, *closing.EARNED)
        ]
        equity += [(account_name(one), -facts.of(one)) for one in closing.SPENT]
        equity.append((_("Thừa, thiếu quỹ vay"), facts.over_short))
        for shown, rows, total in (
            (self.owned_facts, owned, plan.net_owned),
            (self.equity_facts, equity, plan.net_equity),
        ):
            lines = [(name, show_dong(amount)) for name, amount in [*rows, *extra] if amount]
            shown.set([*lines, (_("Tài sản ròng"), show_dong(total))])

    # -- deeds --------------------------------------------------------------------------------------

    def post(self) -> None:
        """Post the share-out after a last question; what stands in the way is shown at its field."""
        panel = self.panel
        if self.form is None or panel is None or self.facts is None or not self.desk.can_write:
            return
        self.work_out()
        choices, facts, plan = self.choices(), self.facts, self.plan
        assert plan is not None
        problems = [at_field(problem) for problem in closing.check(facts, choices)]
        if problems:
            self.show_tab("decide")
            panel.refused(Refusal(problems))
            return
        messages.ask(
            self,
            _("Ghi sổ lần chia này?"),
            detail="\n".join(
                [
                    _("Chia {paid} cho {n} người, chi {cash} tiền mặt; chu kỳ {number} kết thúc.").format(
                        paid=show_dong(plan.paid),
                        n=len(plan.lines),
                        cash=show_dong(plan.cash_needed),
                        number=facts.number,
                    ),
                    *self._losses(),
                ]
            ),
            yes=_("Ghi sổ"),
            otherwise=panel.again,
            then=lambda: self._post(Divide(facts.group, facts.day, choices, plan.paid)),
        )

    def _post(self, command: Divide) -> None:
        def deed(book: Any, act: Act) -> Outcome[ShareOutPosted]:
            return share_outs.divide(book, command, act)

        assert self.panel is not None
        self.desk.do(deed, self._posted, self.panel.refused, self)

    def _posted(self, done: ShareOutPosted) -> None:
        self._drop_form()
        self.facts = None
        self.desk.say(
            Message(
                _("Đã chia và mở chu kỳ mới: {n} chứng từ.").format(n=len(done.vouchers)),
                "good",
                action=(_("In bảng chia"), lambda: self._print(done.share_out, slips=False)),
            )
        )
        self.show_tab("done")
        self.reload()

    def _may_take_back(self, row: ShareOutRow) -> bool:
        return self.desk.can_write and row.state is OpeningState.POSTED

    def take_back(self, row: ShareOutRow) -> None:
        """Take a whole share-out back, with a reason."""
        if not self._may_take_back(row):
            return
        ReasonDialog(
            self.desk,
            _("Hủy lần chia"),
            lambda book, reason, act: share_outs.take_back(book, row.id, reason, act),
            self.desk.saying(_("Đã hủy lần chia.")),
            intro=_(
                "Mọi chứng từ của lần chia được đảo, chu kỳ cũ mở lại. Chỉ làm được khi chưa có gì ghi sau đó."
            ),
            save_text=_("Hủy lần chia"),
            parent=self,
        ).open()

    # -- papers -------------------------------------------------------------------------------------

    def print_draft(self) -> None:
        """Show the table as it stands now, for the meeting to look at."""
        if self.form is None or self.facts is None:
            return
        group, on, choices = self.facts.group, self.facts.day, self.choices()

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import share_out_papers

            return share_out_papers.draft(book, group, on, choices, act)

        print_paper(self.desk, self, "share-out", _("Bảng chia cổ phần (dự thảo)"), gather)

    def print_posted(self, row: ShareOutRow) -> None:
        """Show the table of an earlier share-out."""
        self._print(row.id, slips=False)

    def print_last(self) -> None:
        """Show the papers of the latest share-out that stands."""
        rows = (self.done.row_at(place) for place in range(self.done.size))
        last = max(
            (row for row in rows if row.state is OpeningState.POSTED), key=lambda row: row.id, default=None
        )
        if last is not None:
            self.print_slips(last)

    def print_slips(self, row: ShareOutRow) -> None:
        """Show the table with a slip for each member."""
        self._print(row.id, slips=True)

    def _print(self, share_out: int, *, slips: bool) -> None:
        def gather(book: Any, act: Any) -> Any:
            from desktop.services import share_out_papers

            return share_out_papers.posted(book, share_out, act, slips=slips)

        print_paper(self.desk, self, "share-out", _("Bảng chia cổ phần"), gather)
