"""The guided closing of a cycle: count, decide, look, approve, post. What is decided so far survives a power cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId, LoanId, MemberId
from desktop.models.kinds import Account, LoanChoice, OpeningState, RemainderRule
from desktop.models.problems import Problem, Refusal
from desktop.models.rules import closing
from desktop.models.rules.closing import ClosingChoices, ClosingFacts, ClosingPlan, Payout
from desktop.models.rules.sheet import NOTES
from desktop.models.rules.templates import cycle_end
from desktop.services import drafts, groups, share_outs
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.groups import GroupDetail
from desktop.services.share_outs import Divide, ShareOutPosted, ShareOutRow
from desktop.views.kit import messages
from desktop.views.kit.blocks import Facts, Figure, Wrap, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field, Form, FormPanel, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import dress, px, space
from desktop.views.people.rights import allow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _

_PAUSE = 400
_PAYOUTS: list[Column[Payout]] = [
    Column("code", N_("Mã"), lambda row: row.member.code, width=9),
    Column("name", N_("Họ và tên"), lambda row: row.member.name, width=18, stretch=True),
    Column("units", N_("Cổ phần"), lambda row: row.member.units, kind="number", width=8),
    Column("capital", N_("Đã góp (₫)"), lambda row: row.member.capital, kind="money", width=11),
    Column("payout", N_("Được chia (₫)"), lambda row: row.payout, kind="money", width=12),
    Column("savings", N_("Trả tiết kiệm (₫)"), lambda row: row.savings, kind="money", width=12),
    Column("loans", N_("Trừ nợ (₫)"), lambda row: row.loans, kind="money", width=10),
    Column("fines", N_("Trừ phạt (₫)"), lambda row: row.fines, kind="money", width=10),
    Column("cash", N_("Thực nhận (₫)"), lambda row: row.cash, kind="money", width=12, zero=True),
]
_DONE: list[Column[ShareOutRow]] = [
    Column("cycle", N_("Chu kỳ"), lambda row: row.cycle, kind="number", width=7),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
    Column("paid", N_("Đã chia (₫)"), lambda row: row.paid, kind="money", width=12),
    Column("value", N_("Giá trị cổ phần (₫)"), lambda row: row.value_per_share, kind="money", width=14),
    Column("remainder", N_("Số lẻ (₫)"), lambda row: row.remainder, kind="money", width=10),
    Column("by", N_("Người duyệt"), lambda row: row.approved_by, stretch=True),
    Column(
        "state",
        N_("Trạng thái"),
        lambda row: State(row.state.title, "good" if row.state is OpeningState.POSTED else "muted"),
        kind="state",
        width=14,
    ),
]


class ShareOutPage(Page):
    """One page, top to bottom as the meeting goes: count the box, decide, look at everybody's part, approve."""

    scrolls = True
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
        figures = Wrap(170, 4, self)
        for figure in (self.fund_figure, self.value_figure, self.cash_figure, self.rest_figure):
            figures.add(figure)
        self.body.addWidget(figures)
        self.told = label("", "warn", self, wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.holder = QWidget(self)
        self._form_box = QVBoxLayout(self.holder)
        self._form_box.setContentsMargins(0, space(3), 0, 0)
        self.payouts: RowTable[Payout] = RowTable(desk, _PAYOUTS, key=lambda row: row.member.id)
        self.view = TableView(
            self.payouts,
            "share-out.lines",
            _("Phần của từng người"),
            empty=Empty("member", _("Nhóm chưa có ai.")),
        )
        self.view.setMinimumHeight(px(360))
        self.owned_facts, self.equity_facts = Facts(), Facts()
        both = Wrap(320, 2, self)
        both.add(self._titled(_("Tính từ tài sản"), self.owned_facts))
        both.add(self._titled(_("Tính từ nguồn vốn"), self.equity_facts))
        self.done: RowTable[ShareOutRow] = RowTable(desk, _DONE, key=lambda row: row.id)
        self.done_view = TableView(
            self.done,
            "share-out.done",
            _("Các lần chia trước"),
            filterable=False,
            empty=Empty("clock", _("Nhóm chưa chia lần nào.")),
            actions=(
                RowAction(_("In bảng chia"), self.print_posted, "print"),
                RowAction(_("In bảng và phiếu từng người"), self.print_slips, "print"),
                RowAction(_("Hủy lần chia…"), self.take_back, "undo", "Del", self._may_take_back),
            ),
        )
        self.done_view.setMinimumHeight(px(220))
        self.done_view.opened.connect(self.print_posted)
        self.tabs = PageTabs(
            self,
            _("Các phần của việc chia"),
            (
                (self.holder, _("Kiểm đếm, quyết định")),
                (self.view, _("Phần của từng người")),
                (both, _("Hai cách tính")),
                (self.done_view, _("Các lần chia trước")),
            ),
        )
        self.body.addWidget(self.tabs, 1)
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
        same = before is not None and _shape(before) == _shape(facts)
        if self.form is None or not same:
            self._build(facts, json.loads(kept) if kept else {})
        self.work_out()
        self.titled.emit()

    def _show_rest(self, facts: ClosingFacts) -> None:
        """The cycle that was opened has not begun: there is nothing to divide, and the last papers wait to be signed."""
        self._drop_form()
        for figure in (self.fund_figure, self.value_figure, self.cash_figure, self.rest_figure):
            figure.set("–", "")
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
        typed = kept or ({} if self.form is None else _plain(self.form.values()))
        self._drop_form()
        form = self.form = Form(self._fields(facts), columns=2, saves=False)
        self.panel = FormPanel(form, lambda _values: self.post(), _("Ghi sổ"), parent=self, card=False)
        self.panel.closed.connect(self.go_up)
        self._form_box.addWidget(self.panel)
        self._filling = True
        form.set_values(
            {
                "day": facts.today,
                "remainder": RemainderRule.NEXT_CYCLE
                if self.detail is None
                else self.detail.rules.share_out_remainder,
                "next_ends": cycle_end(facts.today),
                **{f"loan/{debt.id}": LoanChoice.NET for debt in facts.debts},
                **{f"stays/{member.id}": True for member in facts.members},
            }
        )
        form.set_values({key: value for key, value in _typed(typed).items() if key in form.values()})
        self._filling = False
        form.set_dirty(False)
        allow(self.desk, [self.panel.save_button])
        form.changed.connect(self._changed)
        if self._begin:
            self.focus_first()
        self.titled.emit()

    def _fields(self, facts: ClosingFacts) -> list[Field | Section]:
        fields: list[Field | Section] = [
            Field("day", N_("Ngày chia"), day(past=True), required=True),
            Section(N_("Đếm tiền trong hòm"), N_("Số tờ của từng mệnh giá.")),
            *(Field(f"note/{note}", show_number(note), number(0, 99_999), width=8) for note in NOTES),
            Field("reason", N_("Lý do lệch"), line("", 200), hint=N_("Khi tiền đếm khác sổ"), span=0),
        ]
        if facts.of(Account.BANK):
            fields.append(
                Field(
                    "bank", N_("Số dư ở ngân hàng"), dong(1), hint=N_("Theo sổ phụ ngân hàng"), required=True
                )
            )
        if facts.debts:
            fields.append(
                Section(N_("Khoản vay còn nợ"), N_("Mỗi khoản: trừ vào tiền được chia, hay chuyển tiếp."))
            )
        for debt in facts.debts:
            name = f"{debt.name} ({debt.code}): {show_dong(debt.payoff)}"
            choices = [(one, one.title) for one in LoanChoice]
            fields.append(Field(f"loan/{debt.id}", name, choice(choices), required=True, span=0))
        fields.append(Section(N_("Quyết định của cuộc họp")))
        if any(member.fines for member in facts.members):
            fields.append(
                Field("carry_fines", N_("Chuyển tiền phạt còn nợ sang chu kỳ sau"), check(), span=0)
            )
        if any(member.savings + member.compulsory for member in facts.members):
            fields.append(Field("return_savings", N_("Trả luôn tiền tiết kiệm"), check(), span=0))
        officers = [(officer.id, f"{officer.name} – {officer.office}") for officer in facts.officers]
        fields += [
            Field(
                "remainder",
                N_("Số lẻ còn lại"),
                choice([(one, one.title) for one in RemainderRule]),
                required=True,
            ),
            Field("next_ends", N_("Chu kỳ mới kết thúc ngày"), day(), required=True),
            Field("minutes", N_("Quyết định, biểu quyết"), text(2), required=True, span=0),
            Field("first", N_("Người duyệt thứ nhất"), choice([(None, ""), *officers]), required=True),
            Field("second", N_("Người duyệt thứ hai"), choice([(None, ""), *officers]), required=True),
            Section(
                N_("Ai tham gia chu kỳ mới"), N_("Bỏ dấu ở người thôi tham gia; họ rời nhóm vào ngày chia.")
            ),
            *(Field(f"stays/{member.id}", "", check(member.name)) for member in facts.members),
        ]
        return fields

    # -- deciding -----------------------------------------------------------------------------------

    def _day(self) -> date | None:
        return None if self.form is None else self.form.value("day")

    def choices(self) -> ClosingChoices:
        """Return what was decided so far."""
        assert self.form is not None
        values = self.form.values()
        counted = {note: values[f"note/{note}"] for note in NOTES if values[f"note/{note}"] is not None}
        approvers = tuple(MemberId(values[key]) for key in ("first", "second") if values[key] is not None)
        return ClosingChoices(
            counted=counted or None,
            bank=values.get("bank"),
            difference_reason=values["reason"] or "",
            loans={
                LoanId(int(key.partition("/")[2])): value
                for key, value in values.items()
                if key.startswith("loan/") and value is not None
            },
            carry_fines=bool(values.get("carry_fines")),
            return_savings=bool(values.get("return_savings")),
            remainder=values["remainder"] or RemainderRule.NEXT_CYCLE,
            leaving=frozenset(
                MemberId(int(key.partition("/")[2]))
                for key, value in values.items()
                if key.startswith("stays/") and not value
            ),
            next_ends=values["next_ends"],
            approvers=approvers,
            minutes=values["minutes"] or "",
        )

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
        group, content = self.group, json.dumps(_plain(self.form.values()))
        self.desk.do(
            lambda book, act: drafts.keep(book, share_outs.DRAFT, str(group), content, act), owner=self
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
        problems = [_at_field(problem) for problem in closing.check(facts, choices)]
        if problems:
            self.tabs.setCurrentIndex(0)
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
        self.tabs.setCurrentIndex(3)
        self.reload()

    def _may_take_back(self, row: ShareOutRow) -> bool:
        return self.desk.can_write and row.state is OpeningState.POSTED

    def take_back(self, row: ShareOutRow) -> None:
        """Take a whole share-out back, with a reason."""
        if not self._may_take_back(row):
            return
        FormDialog(
            self.desk,
            _("Hủy lần chia"),
            [Field("reason", N_("Lý do"), text(2), required=True)],
            lambda book, values, act: share_outs.take_back(book, row.id, values["reason"], act),
            lambda _none: self.desk.say(_("Đã hủy lần chia."), "good"),
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


def _shape(facts: ClosingFacts) -> tuple[Any, ...]:
    """Return what decides which fields the form has."""
    return (
        facts.cycle,
        tuple(debt.id for debt in facts.debts),
        tuple(member.id for member in facts.members),
        bool(facts.of(Account.BANK)),
        any(member.fines for member in facts.members),
        any(member.savings + member.compulsory for member in facts.members),
    )


_FIELDS = {"counted": f"note/{NOTES[0]}", "difference_reason": "reason", "approvers": "first"}


def _at_field(problem: Problem) -> Problem:
    return Problem(problem.code, _FIELDS.get(problem.field, problem.field), problem.message, problem.level)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return a form's values as JSON knows them."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        if isinstance(value, date):
            found[key] = {"day": value.isoformat()}
        elif isinstance(value, (LoanChoice, RemainderRule)):
            found[key] = {type(value).__name__: value.value}
        else:
            found[key] = value
    return found


def _typed(kept: dict[str, Any]) -> dict[str, Any]:
    """Return what `_plain` wrote as a form's values."""
    made: dict[str, Callable[[str], Any]] = {
        "day": date.fromisoformat,
        "LoanChoice": LoanChoice,
        "RemainderRule": RemainderRule,
    }
    return {
        key: made[next(iter(value))](next(iter(value.values()))) if isinstance(value, dict) else value
        for key, value in kept.items()
    }
