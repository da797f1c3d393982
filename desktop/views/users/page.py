"""Users of the book and what they may see; the register of requests; the log of who read whose sensitive data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.inclusion_kinds import Role
from desktop.services import privacy, sight, users
from desktop.services.acts import Topic
from desktop.services.privacy import RequestRow
from desktop.services.sight import SeenRow
from desktop.services.users import NewUser, UserRow
from desktop.views.kit import inputs, messages
from desktop.views.kit.blocks import label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.empty import Empty
from desktop.views.kit.form import Field
from desktop.views.kit.page import Page, PageAction
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.tabs import PageTabs
from desktop.views.kit.theme import px, space
from desktop.views.people.request_state import request_state
from desktop.views.users.sign_in import passphrase_fields, show_code
from resources.lang.messages import N_, _

USERS: list[Column[UserRow]] = [
    Column("name", N_("Tên"), lambda row: row.name, width=26, stretch=True),
    Column("role", N_("Vai trò"), lambda row: row.role.title, width=20),
    Column(
        "sensitive",
        N_("Xem dữ liệu nhạy cảm"),
        lambda row: State(_("được xem"), "warn") if row.role.sensitive else State(_("không"), "muted"),
        kind="state",
        width=20,
    ),
    Column(
        "active",
        N_("Đăng nhập"),
        lambda row: State(_("được"), "good") if row.active else State(_("đã khóa"), "muted"),
        kind="state",
        width=12,
    ),
]
REQUESTS: list[Column[RequestRow]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=9),
    Column("name", N_("Họ tên"), lambda row: row.name, width=22, stretch=True),
    Column("kind", N_("Yêu cầu"), lambda row: row.kind.title, width=24),
    Column("received", N_("Ngày nhận"), lambda row: row.received, kind="day", width=12),
    Column("due", N_("Hạn trả lời"), lambda row: row.due, kind="day", width=12),
    Column("state", N_("Tình trạng"), request_state, kind="state", width=16),
    Column("outcome", N_("Kết quả"), lambda row: row.outcome, width=24),
]
SEEN: list[Column[SeenRow]] = [
    Column("at", N_("Lúc"), lambda row: row.at, "instant", width=16),
    Column("by", N_("Ai"), lambda row: row.by, width=18),
    Column("how", N_("Làm gì"), lambda row: row.how, width=12),
    Column("what", N_("Dữ liệu"), lambda row: row.what, width=26),
    Column("whose", N_("Của ai"), lambda row: row.whose, width=28, stretch=True),
]


class UsersPage(Page):
    """Without users: what roles are for, and the way to switch them on. With users: the list, requests, the log."""

    topics = frozenset({Topic.USERS, Topic.INCLUSION, Topic.MEMBERS})
    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.on = False
        self.table: RowTable[UserRow] = RowTable(desk, USERS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "users.list",
            _("Người dùng của sổ"),
            filterable=False,
            empty=Empty(
                "lock",
                _("Sổ chưa có người dùng: ai mở được tệp cũng xem được mọi thứ."),
                _("Bật người dùng để chỉ cán bộ hòa nhập và quản trị viên xem được dữ liệu nhạy cảm."),
                (_("Bật người dùng…"), self.switch_on),
            ),
            actions=(
                RowAction(_("Đổi vai trò…"), self.change_role, "edit"),
                RowAction(_("Đặt lại mật khẩu…"), self.reset, "lock"),
            ),
        )
        self.view.opened.connect(self.change_role)
        self.requests: RowTable[RequestRow] = RowTable(desk, REQUESTS, key=lambda row: row.id)
        request_view = TableView(
            self.requests,
            "users.requests",
            _("Yêu cầu của người dân về dữ liệu của mình"),
            filterable=False,
            empty=Empty(
                "document", _("Chưa có yêu cầu nào."), _("Nhận yêu cầu ở trang của từng thành viên.")
            ),
        )
        request_view.opened.connect(lambda row: desk.open_page("member", member=row.member, tab="inclusion"))
        self.seen: RowTable[SeenRow] = RowTable(desk, SEEN, key=lambda row: row.key)
        seen_view = TableView(
            self.seen,
            "users.seen",
            _("Ai đã xem dữ liệu nhạy cảm của ai"),
            filterable=False,
            exportable=False,
            empty=Empty("clock", _("Chưa có lần xem nào."), _("Ghi từ khi sổ có người dùng.")),
        )
        for view in (self.view, request_view, seen_view):
            view.setMinimumHeight(px(320))
        self.tabs = PageTabs(
            self,
            _("Các phần"),
            (
                (_padded(self.view), _("Người dùng")),
                (_padded(request_view), _("Yêu cầu")),
                (_padded(seen_view), _("Nhật ký truy cập")),
            ),
        )
        self.body.addWidget(self.tabs, 1)
        self.body.addWidget(
            label(
                _(
                    "Mật khẩu cho chương trình biết ai đang làm; tệp sổ không được mã hóa. Hãy giữ máy và bản sao cẩn thận."
                ),
                "small",
                self,
                wrap=True,
            )
        )

    def title(self) -> str:
        """Return the title."""
        return _("Người dùng và dữ liệu riêng tư")

    def subtitle(self) -> str:
        """Return who is signed in."""
        session = self.desk.session
        user = session.user if session is not None else ""
        return _("Đang dùng: {name}").format(name=user) if user else _("Sổ chưa có người dùng")

    def actions(self) -> list[PageAction]:
        """Return what can be done with users."""
        if not self.on:
            return [PageAction(_("Bật người dùng…"), self.switch_on, "lock", "Ctrl+N", primary=True)]
        return [
            PageAction(_("Thêm người dùng…"), self.add, "plus", "Ctrl+N", primary=True),
            PageAction(_("Đổi mật khẩu của tôi…"), self.own_passphrase, "lock"),
            PageAction(_("Tắt người dùng"), self.switch_off, "undo", shown=False),
        ]

    def open(self, **_args: Any) -> None:
        """Read everything."""
        self.reload()

    def reload(self) -> None:
        """Read the users, the requests and the log again."""
        today = self.desk.today()
        self.desk.ask(users.users, self._show, owner=self)
        self.desk.ask(lambda book: privacy.requests(book, today), self.requests.set_rows, owner=self)
        session = self.desk.session
        if session is not None and session.manages:
            self.desk.ask(sight.log, self.seen.set_rows, owner=self)

    def _show(self, rows: Sequence[UserRow]) -> None:
        self.on = any(row.active for row in rows)
        self.table.set_rows(rows if self.on else ())
        self.titled.emit()

    # -- deeds ------------------------------------------------------------------------------------------

    def switch_on(self) -> None:
        """Make the first administrator."""
        name = self.desk.settings["who"]
        FormDialog(
            self.desk,
            _("Bật người dùng"),
            [Field("name", N_("Tên quản trị viên"), inputs.line(), required=True), *passphrase_fields()],
            lambda book, values, act: users.switch_on(
                book, values["name"], values["passphrase"], values["again"], act
            ),
            self._switched_on,
            values={"name": name},
            intro=_("Từ nay ai mở sổ cũng phải chọn tên và gõ mật khẩu. Thêm người khác sau khi bật."),
            save_text=_("Bật người dùng"),
            parent=self,
        ).open()

    def _switched_on(self, code: str) -> None:
        self._renew()
        show_code(self, code, self.reload)

    def _renew(self) -> None:
        """Let the window know who uses the book now."""
        book, session = self.desk.book, self.desk.session
        if book is not None and session is not None:
            access = book.access
            self.desk.session = replace(
                session, user=access.user, sensitive=access.sensitive, manages=access.manages
            )
        self.titled.emit()

    def add(self) -> None:
        """Ask for a user."""
        FormDialog(
            self.desk,
            _("Thêm người dùng"),
            [
                Field("name", N_("Tên"), inputs.line(), required=True),
                Field("role", N_("Vai trò"), inputs.choice(_roles)),
                *passphrase_fields(),
            ],
            lambda book, values, act: users.add(
                book, NewUser(values["name"], values["role"], values["passphrase"], values["again"]), act
            ),
            values={"role": Role.CLERK},
            parent=self,
        ).open()

    def change_role(self, row: UserRow) -> None:
        """Ask for another role, or lock a user out."""
        FormDialog(
            self.desk,
            row.name,
            [
                Field("role", N_("Vai trò"), inputs.choice(_roles)),
                Field("active", N_("Được đăng nhập"), inputs.check()),
            ],
            lambda book, values, act: users.change_role(book, row.id, values["role"], values["active"], act),
            values={"role": row.role, "active": row.active},
            parent=self,
        ).open()

    def reset(self, row: UserRow) -> None:
        """Give a user another passphrase."""
        FormDialog(
            self.desk,
            _("Mật khẩu của {name}").format(name=row.name),
            passphrase_fields(),
            lambda book, values, act: users.set_passphrase(
                book, row.id, values["passphrase"], values["again"], act
            ),
            lambda _user: self.desk.say(_("Đã đặt mật khẩu mới."), "good"),
            parent=self,
        ).open()

    def own_passphrase(self) -> None:
        """Give oneself another passphrase."""
        session = self.desk.session
        mine = next(
            (row for row in self.table.loaded_rows() if session is not None and row.name == session.user),
            None,
        )
        if mine is not None:
            self.reset(mine)

    def switch_off(self) -> None:
        """Ask, then open the book to everybody again."""
        messages.ask(
            self,
            _("Tắt người dùng của sổ này?"),
            detail=_("Ai mở được tệp cũng xem được dữ liệu nhạy cảm. Nhật ký cũ được giữ."),
            yes=_("Tắt"),
            danger=True,
            then=lambda: self.desk.do(users.switch_off, lambda _none: self._renew(), owner=self),
        )


def _roles() -> list[tuple[Role, str]]:
    return [(role, role.title) for role in Role]


def _padded(view: QWidget) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, space(3), 0, 0)
    box.addWidget(view)
    return holder
