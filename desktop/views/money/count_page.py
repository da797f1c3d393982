"""Counting the boxes outside a meeting: notes, the three who hold the keys, and what is done about a difference."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import CASH_BOXES, Account, Office
from desktop.models.rules.cash_count import KEY_HOLDERS, keys_of
from desktop.services import cash_counts, groups, money_papers
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.cash_counts import Count, Counted
from desktop.services.groups import GroupDetail
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, save_keys
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import Make, choice, day, line, text
from desktop.views.kit.line_edit import LineEdit
from desktop.views.kit.messages import Message
from desktop.views.kit.page import Page
from desktop.views.kit.papers import print_paper
from desktop.views.money.notes_grid import NotesGrid
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _

_KEYS = (
    N_("Người giữ chìa khóa thứ nhất"),
    N_("Người giữ chìa khóa thứ hai"),
    N_("Người giữ chìa khóa thứ ba"),
)
_WITNESSES = (
    N_("Người chứng kiến thứ nhất"),
    N_("Người chứng kiến thứ hai"),
    N_("Người chứng kiến thứ ba"),
)
_NO_KEYS = N_(
    "Quy chế không có đủ ba người giữ chìa khóa: ghi tên người chứng kiến, thành viên hoặc người ngoài."
)


def _name_line(names: Sequence[str]) -> Make:
    """Make a line that proposes names but takes any."""

    def make(parent: QWidget) -> LineEdit:
        made = LineEdit(parent)
        made.setMaxLength(120)
        completer = QCompleter(list(names), made)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        made.setCompleter(completer)
        return made

    return make


class CountPage(Page):
    """One page: the notes on the left, who and why on the right. Ctrl+S keeps the count and offers its minutes."""

    scrolls = True
    topics = frozenset({Topic.ENTRIES})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupId | None = None
        self.detail: GroupDetail | None = None
        self.form: Form | None = None
        self.panel: FormPanel | None = None
        self.grid: NotesGrid | None = None
        self._holder: Wrap | None = None
        self.told = label("", "bad", self, wrap=True)
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        desk.session_changed.connect(self._drop)

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Kiểm kê quỹ")

    def subtitle(self) -> str:
        """Return the group's name and what is done."""
        if self.detail is None:
            return ""
        return _("{group} · ba người giữ chìa khóa cùng mở hòm, đếm từng loại tiền").format(
            group=self.detail.name
        )

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the counts."""
        return [(_("Sổ quỹ"), self.go_up)]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Begin a count of a group, unless one is half typed."""
        if group is None or (group == self.group and self.typed):
            return
        self.group = GroupId(group)
        today = self.desk.today()
        wanted = self.group
        self.desk.ask(lambda book: groups.get(book, wanted, today), self._begin, owner=self)

    def reload(self) -> None:
        """Ask again what the book says."""
        self._ask_book()

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before a count is lost."""
        if self.panel is not None and self.typed:
            self.panel.form.set_dirty(True)
            return self.panel.leave_then(go)
        return True

    def focus_first(self) -> None:
        """Begin with the largest note."""
        if self.grid is not None:
            self.grid.focus_first()

    @property
    def typed(self) -> bool:
        """Tell whether something was counted and not kept yet."""
        return self.grid is not None and bool(self.grid.pieces())

    def go_up(self) -> None:
        """Go to the counts of the group."""
        self.desk.open_page("cashbook", group=self.group, tab="counts")

    def _drop(self) -> None:
        if self._holder is not None:
            self._holder.deleteLater()
        self._holder = self.form = self.panel = self.grid = None
        self.group = self.detail = None

    # -- building -----------------------------------------------------------------------------------

    def _begin(self, detail: GroupDetail) -> None:
        if detail.id != self.group:
            return
        if self._holder is not None:
            self._holder.deleteLater()
        self.detail = detail
        holders = [
            one.full_name for one in detail.offices if one.office is Office.KEY_HOLDER and one.until is None
        ]
        self.form = form = Form(self._fields(detail), columns=2)
        self.panel = FormPanel(form, self._save, _("Ghi kiểm kê"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.grid = NotesGrid(CASH_BOXES, self)
        self.grid.changed.connect(self._changed)
        self.grid.done.connect(form.focus_first)
        save_keys(self.grid, self.panel.submit)
        self._holder = Wrap(420, 2, self)
        self._holder.add(self.grid)
        self._holder.add(self.panel)
        self.body.insertWidget(1, self._holder)
        allow(self.desk, [self.panel.save_button])
        form.set_values(
            {
                "day": self.desk.today(),
                "post": True,
                "place": detail.rules.meeting_place,
                **{f"holder{n}": name for n, name in enumerate(holders[:KEY_HOLDERS], 1)},
            }
        )
        form.changed.connect(self._form_changed)
        self._changed()
        self._ask_book()
        self.titled.emit()
        self.grid.focus_first()

    def _fields(self, detail: GroupDetail) -> list[Field]:
        officers = [f"{one.full_name} ({one.office.title})" for one in detail.offices if one.until is None]
        names = [*officers, *(member.full_name for member in detail.members)]
        keys = keys_of(detail.charter.seats(), (one.office for one in detail.offices if one.until is None))
        titles = [*_KEYS[:keys], *_WITNESSES[: KEY_HOLDERS - keys]]
        return [
            Field("day", N_("Ngày kiểm kê"), day(past=True), required=True, width=14),
            Field("at", N_("Lúc"), line(N_("Ví dụ: 08 giờ 30"), 20), width=14),
            Field("place", N_("Tại"), line("", 120), span=0),
            *(
                Field(
                    f"holder{n}",
                    title,
                    _name_line(names),
                    required=True,
                    span=0,
                    hint=_NO_KEYS if n == keys + 1 else "",
                )
                for n, title in enumerate(titles, 1)
            ),
            Field(
                "post",
                N_("Khi có chênh lệch"),
                choice(
                    [
                        (True, _("Ghi thừa, thiếu vào sổ")),
                        (False, _("Chỉ giải trình, chưa ghi sổ")),
                    ]
                ),
                required=True,
                span=0,
            ),
            Field("explanation", N_("Lý do chênh lệch"), text(2), span=0),
        ]  # fmt: skip

    # -- while typing -------------------------------------------------------------------------------

    def _form_changed(self, key: str) -> None:
        if key == "day":
            self._ask_book()

    def _ask_book(self) -> None:
        if self.form is None or self.group is None:
            return
        group, on = self.group, self.form.value("day") or self.desk.today()
        today = min(on, self.desk.today())

        def question(book: Any) -> dict[Account, int]:
            return cash_counts.book_says(book, group, today)

        self.desk.ask(question, self._show_book, owner=self)

    def _show_book(self, book: Mapping[Account, int]) -> None:
        if self.grid is not None:
            self.grid.set_book(book)
            self._changed()

    def _changed(self) -> None:
        if self.form is None or self.grid is None:
            return
        differs = any(self.grid.differences().values())
        self.form.set_visible("post", differs)
        self.form.set_visible("explanation", differs)
        self.told.hide()

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        assert self.grid is not None
        assert self.panel is not None
        assert self.group is not None
        wrong = self.grid.problem()
        if wrong:
            self._tell(wrong)
            self.panel.again()
            return
        command = Count(
            self.group,
            values["day"],
            self.grid.pieces(),
            tuple(values[f"holder{n}"] or "" for n in range(1, KEY_HOLDERS + 1)),
            values["explanation"] or "",
            bool(values["post"]),
            values["at"] or "",
            values["place"] or "",
        )

        def deed(book: Any, act: Act) -> Outcome[Counted]:
            return cash_counts.record(book, command, act)

        self.desk.do(deed, self._saved, self._refused, self)

    def _refused(self, error: Exception) -> None:
        assert self.panel is not None
        self.panel.refused(error)
        problems = getattr(error, "problems", ())
        self._tell("\n".join(p.message for p in problems if p.field == "pieces"))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        self.told.setVisible(bool(words))

    def _saved(self, done: Counted) -> None:
        assert self.panel is not None
        assert self.grid is not None
        self.panel.done()
        self.grid.clear()
        group = self.group
        self.desk.say(
            Message(
                _("Đã ghi lần kiểm kê số {n}.").format(n=done.number),
                "good",
                ", ".join(voucher.number for voucher in done.vouchers),
                (_("In biên bản"), lambda: self.print_minutes(group, done.number)),
            )
        )
        self.go_up()

    def print_minutes(self, group: GroupId | None, number: int) -> None:
        """Show the minutes of a count."""
        if group is None:
            return

        def gather(book: Any, act: Any) -> Any:
            return money_papers.count_minutes(book, group, number, act)

        print_paper(self.desk, self, "cash-count", _("Biên bản kiểm kê quỹ"), gather)
