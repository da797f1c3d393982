"""The page of trust: the check of the whole book, and its copies."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.services.acts import Topic
from desktop.views.kit.blocks import Card, button, label, scroll_area
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.files import ask_save
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.runner import Progress
from desktop.views.kit.tab import listing
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import dress, px, space
from desktop.views.oversight.audit_tabs import AuditTabs
from resources.lang.dong import show_number
from resources.lang.messages import N_, _

FINDINGS: list[Column[Any]] = [
    Column("where", N_("Ở đâu"), lambda row: row.where, width=30, sortable=False),
    Column("message", N_("Điều không khớp"), lambda row: row.message, stretch=True, sortable=False),
]
COPIES: list[Column[Any]] = [
    Column("made", N_("Lúc"), lambda row: row.made, "instant", width=18, sortable=False),
    Column("name", N_("Tệp"), lambda row: row.path.name, width=40, stretch=True, sortable=False),
    Column("size", N_("Cỡ (KB)"), lambda row: row.size // 1024, "number", width=11, sortable=False),
]


_TABS = ("book", "audits", "findings", "due", "signs")


class OversightPage(Page):
    """Check the book and copy it; audits of groups, what they found, whom to visit next."""

    scrolls = True
    topics = frozenset({Topic.BOOK, Topic.AUDITS, Topic.GROUPS, Topic.ENTRIES, Topic.LOANS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        book = QWidget(self)
        box = QVBoxLayout(book)
        box.setContentsMargins(0, space(3), 0, 0)
        box.setSpacing(space(4))
        line = QHBoxLayout()
        line.setSpacing(space(4))
        line.addWidget(self._verify_card(), 1)
        line.addWidget(self._backup_card(), 1)
        box.addLayout(line)
        self.findings, self.findings_view = listing(
            desk,
            FINDINGS,
            "oversight.findings",
            _("Điều không khớp"),
            key=lambda row: (row.code, row.where, row.message),
            empty=Empty("verify", _("Chưa kiểm tra, hoặc sổ không có gì sai.")),
            opened=self._follow,
            filterable=False,
        )
        self.findings_view.hide()
        box.addWidget(self.findings_view, 1)
        self.copies, self.copies_view = listing(
            desk,
            COPIES,
            "oversight.copies",
            _("Bản sao lưu"),
            key=lambda row: str(row.path),
            empty=Empty(
                "backup",
                _("Chưa có bản sao lưu tự động nào."),
                _("Sổ được sao lưu mỗi khi đóng; nơi để và số bản giữ lại chọn ở trang Thiết lập."),
            ),
            filterable=False,
            exportable=False,
        )
        box.addWidget(self.copies_view, 1)
        self.audits = AuditTabs(desk, self)
        self.tabs = PageTabs(
            self,
            _("Các phần của việc kiểm tra"),
            (
                (self._scrolling(book), _("Sổ và bản sao")),
                (self.audits.visits_view, _("Đợt kiểm tra nhóm")),
                (self.audits.findings_view, _("Kiến nghị")),
                (self.audits.due_view, _("Nhóm cần kiểm tra")),
                (self.audits.signs_view, _("Dấu hiệu")),
            ),
        )
        self.tabs.currentChanged.connect(self._tab_changed)
        self.body.addWidget(self.tabs, 1)

    def _scrolling(self, content: QWidget) -> QScrollArea:
        """Let a part scroll as a whole where the window is low or the text large."""
        area = scroll_area(self)
        area.setWidget(content)
        self.copies_view.setMinimumHeight(px(260))
        return area

    def title(self) -> str:
        """Return the heading."""
        return _("Kiểm tra và sao lưu")

    def actions(self) -> list[PageAction]:
        """Return what the header offers."""
        if self.tabs.currentIndex() in (1, 3):
            return [PageAction(_("Mở đợt kiểm tra…"), self.audits.begin, "plus", "Ctrl+N", primary=True)]
        if self.tabs.currentIndex() in (2, 4):
            return [PageAction(_("Ghi kiến nghị…"), self.audits.new_finding, "plus", "Ctrl+N", primary=True)]
        return [
            PageAction(_("Sao lưu…"), self.back_up, "backup", primary=True, writes=False),
            PageAction(_("Kiểm tra sổ"), self.verify, "verify", writes=False),
            PageAction(_("Khôi phục…"), lambda: self.desk.run_action("book-restore"), "undo", writes=False),
        ]

    def open(self, tab: str = "", **_args: Any) -> None:
        """Show the page, or one of its parts: "audits", "findings", "due", "signs"."""
        if tab in _TABS:
            self.tabs.setCurrentIndex(_TABS.index(tab))
        self.reload()

    def _tab_changed(self, _place: int) -> None:
        self.titled.emit()

    def reload(self) -> None:
        """List the automatic copies, the audits and the findings again."""
        self.audits.reload()
        self.copies.expect()
        folder = self.desk.settings["backup_folder"]

        def question(book: Any) -> Any:
            from desktop.services import safety

            return safety.copies(book, folder)

        self.desk.ask(question, self._show_copies, lambda _error: self.copies.failed.emit(), owner=self)

    def _show_copies(self, found: Any) -> None:
        self.copies.set_rows(list(found))

    # -- cards --------------------------------------------------------------------------------------

    def _card(self, icon: str, title: str, words: str, text: str, deed: Any) -> tuple[Card, QLabel]:
        card = Card(title, icon, self)
        card.body.addWidget(label(words, "muted", card, wrap=True))
        result = label("", parent=card, wrap=True)
        result.hide()
        card.body.addWidget(result)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(button(text, deed, parent=card))
        foot.addStretch(1)
        card.body.addLayout(foot)
        return card, result

    def _verify_card(self) -> Card:
        card, self.verdict = self._card(
            "verify",
            _("Kiểm tra toàn bộ sổ"),
            _(
                "Đọc lại mọi chứng từ và thay đổi theo chuỗi kiểm chứng, cộng lại mọi số dư, so với hồ sơ hiện có."
            ),
            _("Kiểm tra sổ"),
            self.verify,
        )
        return card

    def _backup_card(self) -> Card:
        card, self.copied = self._card(
            "backup",
            _("Sao lưu"),
            _(
                "Chép sổ sang USB hoặc thư mục khác ngay khi đang mở; bản chép được đọc lại để chắc là nguyên vẹn."
            ),
            _("Sao lưu…"),
            self.back_up,
        )
        return card

    # -- deeds --------------------------------------------------------------------------------------

    def verify(self) -> None:
        """Check the whole book."""

        def job(book: Any, _act: Any, progress: Progress) -> Any:
            from desktop.services.safety import way_back
            from desktop.services.verify import verify

            found = verify(book, progress)
            return found, way_back(book.path, folder) if found.damaged and book.is_file else ""

        folder = self.desk.settings["backup_folder"]
        self.desk.work_on_book(job, self._show_verdict, owner=self, title=_("Đang kiểm tra sổ…"))

    def _show_verdict(self, answer: Any) -> None:
        found, way_back = answer
        damage = next((finding.advice for finding in found.findings if finding.advice), "")
        read = _("{vouchers} chứng từ, {postings} định khoản, {changes} thay đổi hồ sơ").format(
            vouchers=show_number(found.vouchers),
            postings=show_number(found.postings),
            changes=show_number(found.changes),
        )
        dress(self.verdict, "good" if found.ok else "bad")
        self.verdict.setText(
            _("✓ Sổ nguyên vẹn: {read}.").format(read=read)
            if found.ok
            else _("✗ TỆP SỔ BỊ HỎNG. {advice} {way_back}").format(advice=damage, way_back=way_back)
            if damage
            else _("✗ Có điều không khớp, điều đầu tiên: {first}").format(first=found.first.message)
        )
        self.verdict.show()
        self.findings.set_rows(list(found.findings))
        self.findings_view.setVisible(not found.ok)

    def _follow(self, row: Any) -> None:
        if row.voucher is not None:
            self.desk.open_page("cashbook", voucher=row.voucher)
        elif row.group is not None:
            self.desk.open_page("group", group=row.group)

    def back_up(self) -> None:
        """Ask for a place and copy the book there."""
        if self.desk.session is None:
            return
        from datetime import datetime

        name = f"{self.desk.session.name} {datetime.now():%Y-%m-%d %H%M}.sonhom"
        ask_save(self, self.desk, "backup", _("Sao lưu sổ"), name, _("Sổ Nhóm (*.sonhom)"), self._copy_to)

    def _copy_to(self, path: str) -> None:
        def job(book: Any, _act: Any, _progress: Progress) -> Any:
            from pathlib import Path

            from desktop.services import safety

            return safety.back_up(book, Path(path))

        self.desk.work_on_book(job, self._told, owner=self, title=_("Đang sao lưu…"), can_cancel=False)

    def _told(self, copy: Any) -> None:
        dress(self.copied, "good")
        self.copied.setText(
            _("✓ Đã chép và đọc lại {path} ({size} KB).").format(
                path=copy.path, size=show_number(copy.size // 1024)
            )
        )
        self.copied.show()
        self.reload()
