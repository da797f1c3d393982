"""One rotating fund: its openings, parts and ledger, and what the law asks of the organiser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId, RoscaId
from desktop.models.kinds import AttachmentKind, RoscaKind
from desktop.models.rules import rosca as rules
from desktop.services import rosca_book
from desktop.services.acts import Topic
from desktop.services.rosca import RoundPosted
from desktop.services.rosca_book import Debt, OpeningRow, PartRow, PaymentRow, RoscaDetail
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Facts, Figure, Wrap, button, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import px, space
from desktop.views.rosca import deeds
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _, many

_OPENINGS: list[Column[OpeningRow]] = [
    Column("number", N_("Kỳ"), lambda row: row.number, kind="number", width=5),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
    Column("drawer", N_("Người lĩnh"), lambda row: row.drawer, stretch=True),
    Column("bid", N_("Lãi kêu (₫)"), lambda row: row.bid if row.id else None, kind="money", width=11),
    Column(
        "collected", N_("Đã góp (₫)"), lambda row: row.collected if row.id else None, kind="money", width=11
    ),
    Column(
        "covered", N_("Góp thay (₫)"), lambda row: row.covered if row.id else None, kind="money", width=11
    ),
    Column("drawn", N_("Đã lĩnh (₫)"), lambda row: row.drawn if row.id else None, kind="money", width=11),
    Column("owed", N_("Còn thiếu (₫)"), lambda row: row.owed if row.id else None, kind="money", width=11),
    Column("voucher", N_("Chứng từ"), lambda row: row.voucher_number, width=13),
    Column("state", N_("Trạng thái"), lambda row: _opening_state(row), kind="state", width=12),
]
_PARTS: list[Column[PartRow]] = [
    Column("number", N_("Phần"), lambda row: row.number, kind="number", width=6),
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Người giữ"), lambda row: row.name, stretch=True),
    Column("paid", N_("Đã góp (₫)"), lambda row: row.paid, kind="money", width=11),
    Column("drawn", N_("Đã lĩnh (₫)"), lambda row: row.drawn, kind="money", width=11),
    Column("owed", N_("Còn thiếu (₫)"), lambda row: row.owed, kind="money", width=11),
    Column("at", N_("Lĩnh kỳ"), lambda row: "" if row.drawn_at is None else str(row.drawn_at), width=8),
]
_LEDGER: list[Column[PaymentRow]] = [
    Column("opening", N_("Kỳ"), lambda row: row.opening, kind="number", width=5),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day"),
    Column("name", N_("Họ và tên"), lambda row: row.name, stretch=True),
    Column("part", N_("Phần"), lambda row: row.part_number, kind="number", width=6),
    Column("paid", N_("Góp vào (₫)"), lambda row: row.paid, kind="money", width=11),
    Column("drawn", N_("Lĩnh ra (₫)"), lambda row: row.drawn, kind="money", width=11),
    Column("interest", N_("Lãi góp chậm (₫)"), lambda row: row.late_interest, kind="money", width=11),
    Column("covers", N_("Góp thay"), lambda row: row.covers, kind="check", width=9),
    Column("voucher", N_("Chứng từ"), lambda row: row.voucher, width=13),
]
_DEBTS: list[Column[Debt]] = [
    Column("opening", N_("Kỳ"), lambda row: row.opening, kind="number", width=5),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day"),
    Column("name", N_("Họ và tên"), lambda row: row.name, stretch=True),
    Column("part", N_("Phần"), lambda row: row.part_number, kind="number", width=6),
    Column("amount", N_("Còn thiếu (₫)"), lambda row: row.amount, kind="money", width=11),
]


def _opening_state(row: OpeningRow) -> State:
    if row.id is None:
        return State(_("Chưa mở"), "muted")
    return State(_("Còn thiếu"), "warn") if row.owed else State(_("Đã lĩnh"), "good")


class RoscaPage(Page):
    """One rotating fund."""

    scrolls = True
    topics = frozenset({Topic.ROSCAS, Topic.ENTRIES, Topic.MEMBERS, Topic.ATTACHMENTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rosca: RoscaId | None = None
        self.found: RoscaDetail | None = None
        self.figures = Wrap(150, 4, self)
        self.pot_figure = Figure(_("Mỗi kỳ"), "–", parent=self)
        self.next_figure = Figure(_("Kỳ tới"), "–", parent=self)
        self.owed_figure = Figure(_("Còn thiếu"), "–", parent=self)
        self.bid_figure = Figure(_("Lãi kêu cao nhất kỳ tới"), "–", parent=self)
        for figure in (self.pot_figure, self.next_figure, self.owed_figure, self.bid_figure):
            self.figures.add(figure)
        self.body.addWidget(self.figures)
        self.duty = label("", "warn", self, wrap=True)
        self.notify_button = button(_("Ghi là đã thông báo…"), self.notify, "check", "", self)
        self.body.addWidget(self.duty)
        self.body.addWidget(self.notify_button)
        self.openings: RowTable[OpeningRow] = RowTable(desk, _OPENINGS, key=lambda row: row.number)
        self.parts: RowTable[PartRow] = RowTable(desk, _PARTS, key=lambda row: row.id)
        self.ledger: RowTable[PaymentRow] = RowTable(
            desk, _LEDGER, key=lambda row: (row.opening, row.part, row.voucher, row.drawn)
        )
        self.debts: RowTable[Debt] = RowTable(desk, _DEBTS, key=lambda row: (row.opening, row.part))
        self.openings_view = TableView(self.openings, "rosca.openings", _("Các kỳ mở họ"), filterable=False)
        self.parts_view = TableView(
            self.parts,
            "rosca.parts",
            _("Các phần họ"),
            actions=(
                RowAction(_("Chuyển phần họ…"), self.hand_over, "forward"),
                RowAction(_("Mở hồ sơ"), self.open_member, "member"),
            ),
        )
        self.parts_view.opened.connect(self.open_member)
        self.ledger_view = TableView(
            self.ledger, "rosca.ledger", _("Sổ họ"), empty=Empty("book", _("Chưa mở kỳ nào."))
        )
        self.debts_view = TableView(
            self.debts,
            "rosca.debts",
            _("Còn thiếu"),
            filterable=False,
            empty=Empty("good", _("Mọi người đã góp đủ.")),
            actions=(RowAction(_("Ghi góp bù…"), self.pay_late, "cash"),),
        )
        self.debts_view.opened.connect(self.pay_late)
        self.facts = Facts()
        self.files = AttachmentList(desk, "rosca.files", AttachmentKind.CONTRACT, self)
        agreement = QWidget(self)
        box = QVBoxLayout(agreement)
        box.setContentsMargins(0, space(3), 0, 0)
        box.addWidget(self.facts)
        box.addWidget(label(_("Bản có chữ ký"), "heading", agreement))
        box.addWidget(self.files, 1)
        self.tabs = PageTabs(
            self,
            _("Các phần của dây họ"),
            (
                (self.openings_view, _("Kỳ mở họ")),
                (self.parts_view, many("Phần họ")),
                (self.debts_view, _("Còn thiếu")),
                (self.ledger_view, _("Sổ họ")),
                (agreement, _("Thỏa thuận")),
            ),
        )
        for view in (self.openings_view, self.parts_view, self.debts_view, self.ledger_view):
            view.setMinimumHeight(px(320))
        self.body.addWidget(self.tabs, 1)
        desk.session_changed.connect(self._session_changed)

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return code and name."""
        found = self.found
        return _("Dây họ") if found is None else " · ".join(filter(None, (found.code, found.name)))

    def subtitle(self) -> str:
        """Return the kind, the organiser, the group and the state."""
        found = self.found
        if found is None:
            return ""
        organiser = _("chủ họ {name}").format(name=found.organiser_name)
        return " · ".join((found.terms.kind.title, organiser, found.group_name, found.state.title))

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the group."""
        return [(_("Nhóm"), self.go_up)]

    def actions(self) -> list[PageAction]:
        """Return what can be done: the next opening first."""
        found = self.found
        if found is None:
            return []
        papers = (
            PageAction(
                _("Văn bản thỏa thuận"), lambda: self.print_paper("rosca-agreement"), "document", writes=False
            ),
            PageAction(_("Sổ họ"), lambda: self.print_paper("rosca-ledger"), "document", writes=False),
            PageAction(
                _("Thông báo gửi xã"), lambda: self.print_paper("rosca-notice"), "document", writes=False
            ),
        )
        actions = []
        if found.next_number is not None:
            title = _("Mở kỳ {number}…").format(number=found.next_number)
            actions.append(PageAction(title, self.hold, "cash", "Ctrl+T", primary=True))
        actions.append(
            PageAction(
                _("In"),
                lambda: self.print_paper("rosca-ledger"),
                "print",
                "Ctrl+P",
                writes=False,
                menu=papers,
            )
        )
        if found.ledger:
            actions.append(PageAction(_("Hủy kỳ cuối…"), self.take_back, "undo"))
        return actions

    def open(self, rosca: int | None = None, **_args: Any) -> None:
        """Show a rotating fund."""
        if rosca is not None and rosca != self.rosca:
            self.rosca, self.found = RoscaId(rosca), None
            self.tabs.setCurrentIndex(0)
        self.reload()

    def reload(self) -> None:
        """Read it again."""
        key = self.rosca
        if key is not None:
            self.desk.ask(lambda book: rosca_book.detail(book, key), self._show, owner=self)

    def focus_first(self) -> None:
        """Begin in the table in front."""
        view = self.tabs.currentWidget()
        (view.grid if isinstance(view, TableView) else self.tabs.tabBar()).setFocus()

    def go_up(self) -> None:
        """Go to the group's rotating funds."""
        if self.found is not None:
            self.desk.open_page("group", group=GroupId(self.found.group), tab="roscas")

    def _session_changed(self) -> None:
        self.rosca = self.found = None

    # -- showing ------------------------------------------------------------------------------------

    def _show(self, found: RoscaDetail) -> None:
        if found.id != self.rosca:
            return
        self.found = found
        terms, coming = found.terms, found.next_number
        self.pot_figure.set(
            show_dong(terms.pot),
            _("{n} phần × {value}").format(n=terms.parts, value=show_dong(terms.part_value)),
        )
        if coming is None:
            self.next_figure.set(_("đã mở đủ"))
        else:
            self.next_figure.set(
                show_day(rules.opening_day(terms, coming)),
                _("kỳ {number}/{parts}").format(number=coming, parts=terms.parts),
            )
        owed = sum(debt.amount for debt in found.debts)
        self.owed_figure.set(show_dong(owed))
        bidding = terms.kind is RoscaKind.INTEREST and coming is not None
        self.bid_figure.setVisible(bidding)
        if bidding and coming is not None:
            self.bid_figure.set(show_dong(rules.bid_ceiling(terms, coming)), _("mỗi phần, 20 % một năm"))
        self._show_duty(found)
        self.openings.set_rows(found.openings)
        self.openings_view.show_columns(
            {
                "bid": terms.kind is RoscaKind.INTEREST,
                "covered": any(row.covered for row in found.openings),
                "owed": bool(found.debts),
            }
        )
        self.parts.set_rows(found.parts)
        self.ledger.set_rows(found.ledger)
        self.debts.set_rows(found.debts)
        self._show_agreement(found)
        self.titled.emit()

    def _show_duty(self, found: RoscaDetail) -> None:
        told = []
        if found.must_notify:
            why = "; ".join(rules.duty_text(duty) for duty in found.duties)
            told.append(
                _("Chủ họ phải thông báo bằng văn bản cho Ủy ban nhân dân xã ({why}).").format(why=why)
            )
        if found.missing:
            told.append(_("Văn bản thỏa thuận còn thiếu: {what}.").format(what="; ".join(found.missing)))
        self.duty.setText("\n".join(told))
        self.duty.setAccessibleName("\n".join(told))
        self.duty.setVisible(bool(told))
        self.notify_button.setVisible(found.must_notify and self.desk.can_write)

    def _show_agreement(self, found: RoscaDetail) -> None:
        terms = found.terms
        pairs = [
            (_("Ngày ký"), show_day(found.agreed_on)),
            (_("Loại họ"), terms.kind.title),
            (_("Ai lĩnh trước"), terms.order.title),
            (_("Kỳ mở họ"), terms.frequency.title),
            (_("Lãi góp chậm"), _("{rate} một năm").format(rate=show_percent(terms.late_percent / 100))),
            (_("Người không góp"), _("chủ họ góp thay") if terms.organiser_covers else _("nợ người lĩnh")),
            (_("Bảo đảm"), found.security or _("không có")),
        ]
        if terms.commission:
            pairs.append((_("Hoa hồng"), show_dong(terms.commission)))
        if found.rules:
            pairs.append((_("Thỏa thuận khác"), found.rules))
        if found.notified_on is not None:
            told = " – ".join(filter(None, (show_day(found.notified_on), found.notice)))
            pairs.append((_("Đã thông báo cho xã"), told))
        self.facts.set(pairs)
        self.files.show_subject(found.subject)

    # -- deeds --------------------------------------------------------------------------------------

    def hold(self) -> None:
        """Hold the next opening."""
        if self.found is not None and self.desk.can_write and self.found.next_number is not None:
            deeds.OpeningDialog(self.desk, self.found, self._held, self).open()

    def _held(self, posted: RoundPosted) -> None:
        told = _("Đã ghi kỳ {number}: {n} chứng từ.").format(number=posted.number, n=len(posted.vouchers))
        self.desk.say(Message(told, "good", action=(_("In sổ họ"), lambda: self.print_paper("rosca-ledger"))))

    def pay_late(self, debt: Debt) -> None:
        """Take what a part still owes."""
        if self.found is not None and self.desk.can_write:
            deeds.pay_late(self.desk, self.found, debt, self._said(_("Đã ghi góp bù.")), self).open()

    def take_back(self) -> None:
        """Take the last opening back."""
        if self.found is not None and self.desk.can_write:
            deeds.take_back(self.desk, self.found, self._said(_("Đã hủy kỳ mở họ.")), self).open()

    def hand_over(self, part: PartRow) -> None:
        """Hand a part over."""
        if self.found is not None and self.desk.can_write:
            deeds.hand_over(self.desk, self.found, part, self._said(_("Đã chuyển phần họ.")), self).open()

    def notify(self) -> None:
        """Keep that the commune was notified."""
        if self.found is not None and self.desk.can_write:
            deeds.notify(self.desk, self.found, self._said(_("Đã ghi nhận thông báo.")), self).open()

    def open_member(self, part: PartRow) -> None:
        """Open the page of who holds a part."""
        self.desk.open_page("member", member=part.member)

    def _said(self, text: str) -> Callable[[Any], object]:
        return lambda _value: self.desk.say(text, "good")

    # -- papers -------------------------------------------------------------------------------------

    def print_paper(self, report: str) -> None:
        """Show a paper of this fund in the preview."""
        if self.found is None:
            return
        key = self.found.id
        titles = {
            "rosca-agreement": _("Thỏa thuận dây họ {code}"),
            "rosca-ledger": _("Sổ họ {code}"),
            "rosca-notice": _("Thông báo dây họ {code}"),
        }

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import rosca_papers

            makers = {
                "rosca-agreement": rosca_papers.agreement,
                "rosca-ledger": rosca_papers.ledger,
                "rosca-notice": rosca_papers.notice,
            }
            return makers[report](book, key, act)

        print_paper(self.desk, self, report, titles[report].format(code=self.found.code), gather)
