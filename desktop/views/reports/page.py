"""The reports page: every paper of the program, for one group or for all, and the check of a printed paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Account, account_name
from desktop.services.acts import Topic
from desktop.views.kit import papers
from desktop.views.kit.blocks import Card, Wrap, button, label
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_folder
from desktop.views.kit.group_picker import PeriodBar, members_of
from desktop.views.kit.inputs import CheckBox
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.pickers import PersonPicker
from desktop.views.kit.runner import Progress
from desktop.views.kit.theme import dress, space
from desktop.views.reports.funds_card import FundsCard
from desktop.views.reports.statements import Batch, BatchDone, write_groups
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext


class ReportsPage(Page):
    """Cards of papers under one choice of group and period."""

    topics = frozenset({Topic.GROUPS})
    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.bar = PeriodBar(desk, self)
        self.body.addWidget(self.bar)
        grid = Wrap(420, 2, self, gap=4)
        for card in (self._statement_card(), self._meeting_card(), self._book_card(), self._list_card()):
            grid.add(card)
        self.body.addWidget(grid)
        self.funds = FundsCard(desk, self.bar, self)
        self.body.addWidget(self.funds)
        self.body.addWidget(self._check_card())
        self.body.addStretch(1)
        self.bar.group.changed.connect(self._group_changed)

    def title(self) -> str:
        """Return the heading."""
        return _("Báo cáo và giấy in")

    def actions(self) -> list[PageAction]:
        """Return what the header offers."""
        return [
            PageAction(
                _("In sao kê cả nhóm"), self.print_group, "print", "Ctrl+P", primary=True, writes=False
            )
        ]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Take the group named, or the first one."""
        if group is not None:
            self.bar.group.choose(group)
        else:
            self.bar.group.first()

    # -- cards --------------------------------------------------------------------------------------

    def _card(self, icon: str, title: str, words: str) -> tuple[Card, QVBoxLayout]:
        card = Card(title, icon, self)
        card.body.addWidget(label(words, "muted", card, wrap=True))
        return card, card.body

    def _buttons(self, box: QVBoxLayout, *buttons: tuple[str, Callable[[], object]]) -> None:
        box.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        for text, deed in buttons:
            line.addWidget(button(text, deed, parent=self))
        line.addStretch(1)
        box.addLayout(line)

    def _statement_card(self) -> Card:
        card, box = self._card(
            "document",
            _("Sao kê thành viên"),
            _("Một người, cả nhóm trong một tệp, hoặc mọi nhóm vào một thư mục (mỗi nhóm một tệp)."),
        )
        self.member = PersonPicker(self.desk, self._find_members, card)
        self.member.setAccessibleName(_("Thành viên"))
        self.member.setPlaceholderText(_("Cả nhóm, hoặc gõ tên một thành viên"))
        box.addWidget(self.member)
        self.edition = Choice(
            [
                (None, _("Cỡ chữ theo ý từng người")),
                (False, _("Bản in thường")),
                (True, _("Bản in chữ to (18 điểm)")),
            ],
            card,
        )
        self.edition.setAccessibleName(_("Cỡ chữ của bản in"))
        box.addWidget(self.edition)
        self._buttons(box, (_("Xem và in"), self.print_statements), (_("Mọi nhóm…"), self.print_all))
        return card

    def _find_members(self, book: Any, typed: str) -> list[Any]:
        group = self.bar.group.value()
        return members_of(GroupId(group))(book, typed) if group is not None else []

    def _meeting_card(self) -> Card:
        card, box = self._card(
            "meeting",
            _("Họp nhóm"),
            _("Phiếu trống của kỳ họp tới; biên bản và phiếu thu, chi của một kỳ đã ghi sổ."),
        )
        self.meeting = Choice((), card)
        self.meeting.setAccessibleName(_("Kỳ họp"))
        box.addWidget(self.meeting)
        self.large_sheet = CheckBox(_("Phiếu trống chữ to"), card)
        box.addWidget(self.large_sheet)
        self._buttons(
            box,
            (_("Phiếu họp trống"), self.print_blank),
            (_("Biên bản"), self.print_minutes),
            (_("Phiếu thu, chi"), self.print_receipts),
        )
        return card

    def _book_card(self) -> Card:
        card, box = self._card(
            "cashbook",
            _("Sổ quỹ và bảng cân đối"),
            _("Của nhóm và kỳ đã chọn ở trên, tính từ chứng từ trong sổ."),
        )
        boxes = (Account.CASH, Account.SOCIAL_CASH, Account.BANK)
        self.box = Choice([(account, account_name(account)) for account in boxes], card)
        self.box.setAccessibleName(_("Quỹ"))
        box.addWidget(self.box)
        self._buttons(box, (_("Sổ quỹ"), self.print_cash_book), (_("Bảng cân đối"), self.print_trial))
        return card

    def _list_card(self) -> Card:
        card, box = self._card(
            "member",
            _("Danh sách"),
            _("Danh sách thành viên vào ngày cuối kỳ, hoặc danh sách để điểm danh, ký nhận."),
        )
        self.purpose = Choice(
            [
                ("list", _("Danh sách thành viên")),
                ("attendance", _("Danh sách điểm danh")),
                ("acknowledge", _("Danh sách ký nhận")),
            ],
            card,
        )
        self.purpose.setAccessibleName(_("Loại danh sách"))
        box.addWidget(self.purpose)
        self.subject = LineEdit(card)
        self.subject.setPlaceholderText(_("Nội dung, ví dụ: Tập huấn ghi chép sổ"))
        self.subject.setAccessibleName(_("Nội dung của danh sách"))
        box.addWidget(self.subject)
        self._buttons(box, (_("Xem và in"), self.print_list))
        return card

    def _check_card(self) -> Card:
        card, box = self._card(
            "verify",
            _("Kiểm tra giấy đã in"),
            _("Quét mã QR trên giấy bằng điện thoại hoặc máy quét rồi dán nội dung vào đây. Không cần mạng."),
        )
        self.code = LineEdit(card)
        self.code.setPlaceholderText("SN1;…")
        self.code.setAccessibleName(_("Nội dung mã QR"))
        self.code.returnPressed.connect(self.check)
        box.addWidget(self.code)
        self.verdict = QLabel(card)
        self.verdict.setWordWrap(True)
        self.verdict.hide()
        box.addWidget(self.verdict)
        self._buttons(box, (_("Đối chiếu với sổ"), self.check))
        return card

    # -- what changes -------------------------------------------------------------------------------

    def _group_changed(self) -> None:
        group = self.bar.group.value()
        self.member.set_value(None)
        if group is not None:
            self.desk.ask(lambda book: _meetings_of(book, GroupId(group)), self._show_meetings, owner=self)

    def reload(self) -> None:
        """Load the meetings of the group again."""
        self._group_changed()

    def _show_meetings(self, choices: list[tuple[int, str]]) -> None:
        self.meeting.set_choices(choices)
        if choices:
            self.meeting.set_value(choices[0][0])

    def _ready(self) -> GroupId | None:
        if not self.bar.complete:
            self.desk.say(_("Hãy chọn nhóm và kỳ (từ ngày trước đến ngày)."), "warn")
            return None
        return GroupId(self.bar.group.value())

    # -- deeds --------------------------------------------------------------------------------------

    def print_group(self) -> None:
        """Print the statements of the whole group."""
        self.member.set_value(None)
        self.print_statements()

    def print_statements(self) -> None:
        """Print the statements of one member or of the whole group."""
        group = self._ready()
        if group is None:
            return
        member = self.member.value()
        members = None if member is None else (MemberId(member),)
        starts, ends, edition = self.bar.starts.value(), self.bar.ends.value(), self.edition.value()
        words = self.desk.settings.word_style()

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import statements

            return statements.issue(
                book, statements.StatementOrder(group, starts, ends, members, large_print=edition), act
            )

        def gathered(values: Any) -> None:
            self.desk.aside(lambda: _draw(values, edition, words), shown, owner=self)

        def shown(data: bytes) -> None:
            from desktop.views.kit.pdf import show_pdf

            show_pdf(self.desk, _("Sao kê thành viên"), data, self)

        self.desk.do(gather, gathered, owner=self)

    def print_all(self) -> None:
        """Write the statements of every group into a folder."""
        if self._ready() is None:
            return
        ask_folder(self, self.desk, "statements", _("Thư mục cho các tệp sao kê"), self._print_into)

    def _print_into(self, folder: str) -> None:
        batch = Batch(
            self.bar.starts.value(),
            self.bar.ends.value(),
            self.edition.value(),
            self.desk.settings.word_style(),
        )

        def job(book: Any, act: Any, progress: Progress) -> Any:
            return write_groups(book, _all_groups(book), batch, folder, act, progress)

        self.desk.work_on_book(job, self._told, owner=self, title=_("Đang in sao kê mọi nhóm…"))

    def _told(self, done: BatchDone) -> None:
        text = ngettext(
            "Đã ghi {statements} tờ sao kê của {n} nhóm vào {folder}.",
            "Đã ghi {statements} tờ sao kê của {n} nhóm vào {folder}.",
            done.groups,
        ).format(n=show_number(done.groups), statements=show_number(done.statements), folder=done.folder)
        if done.stopped:
            self.desk.say(Message(_("Đã dừng theo yêu cầu."), "warn", text))
        else:
            self.desk.say(text, "good")

    def print_blank(self) -> None:
        """Print the blank sheet of the next meeting."""
        group, large = self._ready(), bool(self.large_sheet.value())
        if group is not None:

            def gather(book: Any, act: Any) -> Any:
                from desktop.services import meeting_papers

                return meeting_papers.blank_sheet(book, group, act, large_print=large)

            papers.print_paper(self.desk, self, "blank-sheet", _("Phiếu họp trống"), gather)

    def print_minutes(self) -> None:
        """Print the minutes of the chosen meeting."""
        self._print_of_meeting("meeting-minutes", _("Biên bản họp"), "minutes")

    def print_receipts(self) -> None:
        """Print the receipts and payment slips of the chosen meeting."""
        self._print_of_meeting("receipts", _("Phiếu thu, phiếu chi"), "receipts_of_meeting")

    def _print_of_meeting(self, report: str, title: str, service: str) -> None:
        meeting = self.meeting.value()
        if meeting is None:
            self.desk.say(_("Nhóm chưa có kỳ họp nào đã ghi sổ."), "warn")
            return

        def gather(book: Any, act: Any) -> Any:
            from desktop.services import meeting_papers as gathered

            return getattr(gathered, service)(book, meeting, act)

        papers.print_paper(self.desk, self, report, title, gather)

    def print_cash_book(self) -> None:
        """Print the book of the chosen box."""
        group, box = self._ready(), self.box.value()
        starts, ends = self.bar.starts.value(), self.bar.ends.value()
        if group is not None:

            def gather(book: Any, act: Any) -> Any:
                from desktop.services import group_papers

                return group_papers.cash_book(book, group, box, starts, ends, act)

            papers.print_paper(self.desk, self, "cash-book", account_name(box), gather)

    def print_trial(self) -> None:
        """Print the trial balance."""
        group, starts, ends = self._ready(), self.bar.starts.value(), self.bar.ends.value()
        if group is not None:

            def gather(book: Any, act: Any) -> Any:
                from desktop.services import group_papers

                return group_papers.trial_balance_paper(book, group, starts, ends, act)

            papers.print_paper(self.desk, self, "trial-balance", _("Bảng cân đối"), gather)

    def print_list(self) -> None:
        """Print the list of members, plain or to sign."""
        group, purpose, subject = self._ready(), self.purpose.value(), self.subject.value()
        day = self.bar.ends.value()
        if group is not None:

            def gather(book: Any, act: Any) -> Any:
                from desktop.services import group_papers
                from reports.member_list import ListPurpose

                return group_papers.member_list(
                    book, group, day, act, purpose=ListPurpose(purpose), subject=subject
                )

            papers.print_paper(self.desk, self, "member-list", _("Danh sách"), gather)

    def check(self) -> None:
        """Compare the text of a QR code with the book."""
        text = self.code.value()
        if not text:
            self.desk.say(_("Hãy dán nội dung mã QR vào ô."), "warn")
            return

        def question(book: Any) -> Any:
            from desktop.services import paper_checks

            return paper_checks.check_paper(book, text)

        self.desk.ask(question, self._show_verdict, owner=self)

    def _show_verdict(self, found: Any) -> None:
        tones = {"matches": "good", "corrected": "warn"}
        dress(self.verdict, tones.get(found.verdict.value, "bad"))
        self.verdict.setText(found.message)
        self.verdict.show()
        self.code.setAccessibleDescription(found.message)


def _meetings_of(book: Any, group: GroupId) -> list[tuple[int, str]]:
    from desktop.services import meetings

    rows = meetings.meetings_of(book, group, with_reversed=False)
    return [(row.id, meetings.meeting_title(row.number, row.day)) for row in rows]


def _all_groups(book: Any) -> list[tuple[GroupId, str, str]]:
    from desktop.services import group_lists

    wanted = group_lists.GroupFilter()
    rows = group_lists.page(book, wanted, group_lists.GroupSort(), 0, group_lists.count(book, wanted))
    return [(row.id, row.code, row.name) for row in rows]


def _draw(values: Any, edition: bool | None, words: Any) -> bytes:
    from reports.kit.report import PaperOptions
    from reports.member_statement import render_group

    return render_group(values, PaperOptions(large_print=edition, words=words))
