"""After posting: what was done, the papers to print, and on to the next group."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.services.meetings import meeting_title
from desktop.views.kit import icons
from desktop.views.kit.blocks import Card, Facts, button, label, scroll_area
from desktop.views.kit.desk import Desk
from desktop.views.kit.theme import px, space
from desktop.views.meetings.affected import papers_table
from desktop.views.meetings.paper_deeds import print_blank, print_minutes, print_receipts
from desktop.views.meetings.sheet_room import Posted
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _, ngettext


class DonePanel(QWidget):
    """One card in the middle; the first button is the paper most asked for."""

    def __init__(
        self,
        desk: Desk,
        posted: Posted,
        next_group: Callable[[], object],
        to_list: Callable[[], object],
        summary: list[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.posted = posted
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        area = scroll_area(self)
        whole.addWidget(area)
        holder = QWidget(area)
        area.setWidget(holder)
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        card = Card(parent=holder)
        card.setMaximumWidth(px(720))
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        body = card.body
        body.setSpacing(space(3))
        mark = QLabel(card)
        mark.setPixmap(icons.pixmap("good", px(40), "good"))
        body.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        title = label(self._title(), "title", card)
        body.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(label(self._subtitle(), "muted", card), 0, Qt.AlignmentFlag.AlignHCenter)
        body.addWidget(Facts(summary, card))
        if posted.outcome.papers:
            self._add_papers(card)
        self.buttons = self._add_buttons(card, next_group, to_list)

    def _title(self) -> str:
        return _("Đã ghi phần sửa") if self.posted.corrected else _("Đã ghi sổ")

    def _subtitle(self) -> str:
        what = meeting_title(self.posted.outcome.number, self.posted.day)
        return f"{self.posted.facts.group_name} · {what}"

    def _add_papers(self, card: Card) -> None:
        count = len(self.posted.outcome.papers)
        words = ngettext(
            "{n} giấy đã in trước đây không còn đúng. Hãy thu hồi hoặc in lại:",
            "{n} giấy đã in trước đây không còn đúng. Hãy thu hồi hoặc in lại:",
            count,
        ).format(n=count)
        card.body.addWidget(label(words, "warn", card, wrap=True))
        self.papers = papers_table(self.desk, self.posted.outcome.papers, card)
        self.papers.setMinimumHeight(px(150))
        self.papers.setMinimumWidth(px(620))
        card.body.addWidget(self.papers)
        card.body.addWidget(
            button(_("Xuất danh sách này ra Excel…"), self.papers.export, "export", "link", card)
        )

    def _add_buttons(
        self, card: Card, next_group: Callable[[], object], to_list: Callable[[], object]
    ) -> list[QWidget]:
        grid = QGridLayout()
        grid.setSpacing(space(2))
        made = [
            button(_("Biên bản họp (F7)"), self.minutes, "document", "primary", card),
            button(_("Phiếu thu, phiếu chi (F8)"), self.receipts, "print", parent=card),
            button(_("Phiếu trống kỳ sau (Ctrl+P)"), self.blank, "print", parent=card),
            button(_("Nhóm tiếp theo (Ctrl+N)"), next_group, "forward", parent=card),
            button(_("Danh sách buổi họp"), to_list, "meeting", "quiet", card),
        ]
        for place, one in enumerate(made):
            one.setAutoDefault(True)  # Enter presses it, as everywhere on the sheet
            grid.addWidget(one, place // 2, place % 2)
        card.body.addLayout(grid)
        return list(made)

    def focus_first(self) -> None:
        """Put the focus on the first paper."""
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def minutes(self) -> None:
        """Show the minutes."""
        print_minutes(self.desk, self, self.posted.outcome.meeting)

    def receipts(self) -> None:
        """Show receipts and payment slips."""
        print_receipts(self.desk, self, self.posted.outcome.meeting)

    def blank(self) -> None:
        """Show the blank sheet of the next meeting."""
        print_blank(self.desk, self, self.posted.facts.group)


def summary_of(room: object) -> list[tuple[str, str]]:
    """Return what a posted sheet came to, as pairs of name and value."""
    draft = room.draft  # type: ignore[attr-defined]
    sums = draft.totals
    pairs = [
        (_("Dự họp"), f"{sums.taking_part}/{len(draft.members)}"),
        (_("Thu vào"), show_dong(sums.cash_in + sums.social_in)),
        (_("Chi ra"), show_dong(sums.cash_out + sums.social_out)),
        (_("Quỹ vay sau buổi họp"), show_dong(sums.cash_after + sums.difference)),
    ]
    if draft.facts.social_cash or sums.social_in or sums.social_out:
        pairs.append((_("Quỹ xã hội sau buổi họp"), show_dong(sums.social_after + sums.social_difference)))
    shares = sum(sums.units.values())
    if shares:
        pairs.append((_("Cổ phần đã mua"), show_number(shares)))
    difference = sums.difference + sums.social_difference
    if difference:
        pairs.append((_("Thừa, thiếu quỹ"), show_dong(difference)))
    return pairs
