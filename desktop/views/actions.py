"""One table of all actions of the window: its menus, Ctrl+K, the list of shortcuts and `desk.run_action` read it.

To add an action, add a row. What only one page can do stands in that page's `actions()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from resources.lang.messages import N_

if TYPE_CHECKING:
    from desktop.views.main_window import MainWindow


class Action(NamedTuple):
    """An action: `needs_book` greys it without a book, `writes` also when the book is read-only.

    `menu` is the part of the book menu it stands in ("" for none); `words` are more words to find it by.
    """

    key: str
    title: str
    run: Callable[[MainWindow], object]
    icon: str = ""
    shortcut: str = ""
    needs_book: bool = False
    writes: bool = False
    menu: str = ""
    words: str = ""


ACTIONS: tuple[Action, ...] = (
    Action(
        "book-create", N_("Tạo sổ mới…"), lambda w: w.books.ask_create(), "plus", "Ctrl+Shift+N", menu="open"
    ),
    Action("book-open", N_("Mở sổ…"), lambda w: w.books.ask_open(), "open", "Ctrl+O", menu="open"),
    Action(
        "book-open-server",
        N_("Mở sổ trên máy chủ…"),
        lambda w: w.books.ask_server(),
        "open",
        menu="open",
        words="postgresql server mạng",
    ),
    Action(
        "book-demo", N_("Mở sổ mẫu"), lambda w: w.books.open_demo(), "demo", menu="open", words="demo thử"
    ),
    Action(
        "book-import",
        N_("Tạo sổ từ danh sách Excel…"),
        lambda w: w.books.ask_import(),
        "import",
        menu="open",
        words="import csv excel",
    ),
    Action(
        "book-backup",
        N_("Sao lưu…"),
        lambda w: w.books.ask_backup(),
        "backup",
        "Ctrl+B",
        needs_book=True,
        menu="keep",
        words="usb chép sổ backup",
    ),
    Action(
        "book-head",
        N_("Tên sổ, đơn vị in ở đầu giấy…"),
        lambda w: w.books.ask_head(),
        "edit",
        needs_book=True,
        writes=True,
        menu="keep",
        words="đổi tên sổ tổ chức địa chỉ",
    ),
    Action(
        "book-restore",
        N_("Khôi phục từ bản sao lưu…"),
        lambda w: w.books.ask_restore(),
        "undo",
        menu="keep",
        words="restore phục hồi sổ hỏng mất",
    ),
    Action(
        "book-verify",
        N_("Kiểm tra sổ"),
        lambda w: w.books.verify(),
        "verify",
        needs_book=True,
        menu="keep",
        words="soát chuỗi verify",
    ),
    Action(
        "members-import",
        N_("Nhập thành viên từ Excel…"),
        lambda w: w.desk.open_page("imports"),
        "import",
        needs_book=True,
        writes=True,
        menu="keep",
        words="import csv excel",
    ),
    Action(
        "book-close",
        N_("Đóng sổ"),
        lambda w: w.books.close(),
        "close",
        "Ctrl+W",
        needs_book=True,
        menu="close",
    ),
    Action("quit", N_("Thoát"), lambda w: w.close(), "leave", "Ctrl+Q", menu="close"),
    Action("search", N_("Tìm và ra lệnh"), lambda w: w.open_palette(), "search", "Ctrl+K"),
    Action("back", N_("Quay lại"), lambda w: w.go_back(), "back", "Alt+Left"),
    Action("reload", N_("Tải lại trang"), lambda w: w.reload_page(), "refresh", "F9"),
    Action("navigation", N_("Thu gọn thanh bên"), lambda w: w.toggle_navigation(), "menu", "Ctrl+\\"),
    Action("larger", N_("Chữ to hơn"), lambda w: w.change_text_size(10), "zoom-in", "Ctrl+="),
    Action("smaller", N_("Chữ nhỏ hơn"), lambda w: w.change_text_size(-10), "zoom-out", "Ctrl+-"),
    Action("theme", N_("Đổi giao diện sáng, tối"), lambda w: w.switch_theme(), "sun", "Ctrl+Shift+L"),
    Action("language", N_("Đổi ngôn ngữ: tiếng Việt, English"), lambda w: w.switch_language(), "language"),
    Action("help", N_("Phím tắt và trợ giúp"), lambda w: w.open_help(), "help", "F1"),
)

BY_KEY = {action.key: action for action in ACTIONS}
