"""The page of one event: its sums, what each household lost, and the help that followed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LossEventId
from desktop.models.kinds import AttachmentKind
from desktop.services import shock_book, shocks
from desktop.services.acts import Topic
from desktop.services.attachments import Subject
from desktop.services.shock_book import EventDetail, LossRow, Payable, ReliefRow
from desktop.views.kit import messages
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Figure
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.page import PageAction
from desktop.views.kit.record_page import RecordPage
from desktop.views.kit.tab import listing
from desktop.views.kit.table_view import RowAction
from desktop.views.livelihoods import shock_dialogs
from desktop.views.livelihoods.columns import LOSSES, RELIEFS
from desktop.views.livelihoods.inputs import show_hundredths
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _


class ShockPage(RecordPage[LossEventId, EventDetail]):
    """One event. Ctrl+1 … Ctrl+3 choose losses, help or files."""

    route = "event"
    reads = staticmethod(shock_book.detail)
    topics = frozenset({Topic.SHOCKS, Topic.LIVELIHOODS, Topic.LOANS, Topic.ENTRIES, Topic.BOOK})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.households = Figure(_("Hộ thiệt hại"), "–", parent=self)
        self.value = Figure(_("Thiệt hại"), "–", parent=self)
        self.recovered = Figure(_("Đã phục hồi"), "–", parent=self)
        self.helped = Figure(_("Hỗ trợ của nhóm"), "–", parent=self)
        self.add_figures(self.households, self.value, self.recovered, self.helped)
        self.losses, self.losses_view = listing(
            desk,
            LOSSES,
            "shock.losses",
            _("Thiệt hại của các hộ"),
            empty=Empty(
                "household", _("Chưa ghi thiệt hại nào."), action=(_("Ghi thiệt hại"), self.new_loss)
            ),
            actions=(
                RowAction(_("Sửa thiệt hại…"), self.edit_loss, "edit", "F2", desk.may_write),
                RowAction(_("Xóa dòng ghi nhầm…"), self.remove_loss, "delete", "Del", desk.may_write),
            ),
            opened=self.edit_loss,
        )
        self.reliefs, self.reliefs_view = listing(
            desk,
            RELIEFS,
            "shock.reliefs",
            _("Hỗ trợ sau sự kiện"),
            empty=Empty(
                "loan",
                _("Chưa gắn khoản vay khẩn cấp hay trợ cấp nào."),
                _("Khoản vay và trợ cấp ghi ở trang của chúng, rồi gắn vào đây."),
                (_("Gắn hỗ trợ"), self.link),
            ),
            actions=(
                RowAction(_("Mở khoản vay"), self.open_loan, "open", "", lambda row: row.loan is not None),
                RowAction(_("Bỏ gắn…"), self.unlink, "delete", "Del", desk.may_write),
            ),
        )
        self.files = AttachmentList(desk, "shock.files", AttachmentKind.PHOTO, self)
        self.set_parts(
            _("Các phần của sự kiện"),
            (
                ("losses", self.losses_view, _("Thiệt hại")),
                ("reliefs", self.reliefs_view, _("Hỗ trợ")),
                ("files", self.files, _("Ảnh, giấy tờ")),
            ),
        )

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the name of the event."""
        return _("Thiên tai, dịch bệnh") if self.detail is None else self.detail.row.event.name

    def subtitle(self) -> str:
        """Return what kind, when and where."""
        if self.detail is None:
            return ""
        event = self.detail.row.event
        days = f"{show_day(event.starts)} – {show_day(event.ends)}"
        declared = _("đã công bố thiên tai") if event.declared else ""
        return " · ".join(part for part in (event.hazard.title, days, event.place, declared) if part)

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of events."""
        return [(_("Thiên tai"), lambda: self.desk.open_page("livelihoods", tab="shocks"))]

    def actions(self) -> list[PageAction]:
        """Return what can be done with the event."""
        if self.detail is None:
            return []
        main = PageAction(_("Ghi thiệt hại…"), self.new_loss, "plus", "Ctrl+N", primary=True)
        other = PageAction(_("Gắn hỗ trợ…"), self.link, "loan")
        if self.shown_key == "reliefs":
            main, other = (
                PageAction(_("Gắn hỗ trợ…"), self.link, "loan", "Ctrl+N", primary=True),
                PageAction(_("Ghi thiệt hại…"), self.new_loss, "plus"),
            )
        return [main, other, PageAction(_("Sửa sự kiện…"), self.edit, "edit", "Ctrl+E")]

    def take(self, detail: EventDetail) -> None:
        """Show the figures and the tabs."""
        row = detail.row
        self.households.set(show_number(row.households))
        self.value.set(show_dong(row.value))
        note = ""
        if detail.median_months is not None:
            note = _("trung vị {n} tháng").format(n=show_hundredths(round(detail.median_months * 10) * 10))
        self.recovered.set(f"{row.recovered}/{row.households}", note)
        paid = sum(relief.amount for relief in detail.reliefs)
        timely = _("{n}/{whole} kịp thời").format(n=row.in_time, whole=row.helped) if row.helped else ""
        self.helped.set(show_dong(paid), timely)
        self.losses.set_rows(list(detail.losses))
        self.reliefs.set_rows(list(detail.reliefs))
        self.files.show_subject(Subject("loss_events", row.uid))

    # -- deeds --------------------------------------------------------------------------------------

    def edit(self) -> None:
        """Change the event."""
        if detail := self.writable:
            shock_dialogs.keep_event(
                self.desk, detail.row, self.desk.saying(_("Đã sửa sự kiện.")), self
            ).open()

    def new_loss(self) -> None:
        """Write a loss down."""
        if detail := self.writable:
            shock_dialogs.keep_loss(
                self.desk, detail.row.id, None, self.desk.saying(_("Đã ghi thiệt hại.")), self
            ).open()

    def edit_loss(self, row: LossRow) -> None:
        """Change a loss."""
        if detail := self.writable:
            shock_dialogs.keep_loss(
                self.desk, detail.row.id, row, self.desk.saying(_("Đã sửa thiệt hại.")), self
            ).open()

    def remove_loss(self, row: LossRow) -> None:
        """Take a loss away that was written by mistake, after a question."""
        if self.writable is None:
            return
        messages.ask(
            self,
            _("Xóa thiệt hại của {name}?").format(name=row.household_text),
            detail=_("Chỉ xóa dòng ghi nhầm; nhật ký vẫn giữ."),
            yes=_("Xóa"),
            no=_("Giữ"),
            then=lambda: self.desk.do(
                lambda book, act: shocks.remove_loss(book, row.id, row.version, act),
                self.desk.saying(_("Đã xóa.")),
                owner=self,
            ),
            danger=True,
        )

    def link(self) -> None:
        """Tie a loan or a grant to the event."""
        detail = self.writable
        if detail is None:
            return
        event = detail.row.id

        def came(offered: list[Payable]) -> None:
            if not offered:
                self.desk.say(
                    _("Không có khoản vay giải ngân hay trợ cấp nào trong 6 tháng sau sự kiện chưa gắn."),
                    "info",
                )
                return
            shock_dialogs.link(self.desk, event, offered, self.desk.saying(_("Đã gắn hỗ trợ.")), self).open()

        self.desk.ask(lambda book: shock_book.payables(book, event), came, owner=self)

    def unlink(self, row: ReliefRow) -> None:
        """Take a tie back after a question."""
        if self.writable is None:
            return
        messages.ask(
            self,
            _("Bỏ gắn {number}?").format(number=row.number),
            detail=_("Khoản vay hoặc phiếu chi vẫn giữ nguyên trong sổ."),
            yes=_("Bỏ gắn"),
            no=_("Giữ"),
            then=lambda: self.desk.do(
                lambda book, act: shocks.unlink(book, row.id, act),
                self.desk.saying(_("Đã bỏ gắn.")),
                owner=self,
            ),
        )

    def open_loan(self, row: ReliefRow) -> None:
        """Open an emergency loan."""
        if row.loan is not None:
            self.desk.open_page("loan", loan=row.loan)
