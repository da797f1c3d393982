"""Opening, making and closing books: the only place of the window that does so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.problems import Refusal, Trouble
from desktop.views.kit import messages
from desktop.views.kit.desk import Desk, Session
from desktop.views.kit.messages import Message
from resources.addresses import is_server, short_name, without_password
from resources.lang.dong import show_number
from resources.lang.messages import _

if TYPE_CHECKING:
    from desktop.views.kit.runner import Progress

SUFFIX = ".sonhom"
_LEAVE_ALONE = 100
"""Milliseconds for the first page to be drawn before the rest is loaded behind it."""


class Books(QObject):
    """Keeps one book on the desk. Everything heavy is imported and done on the book thread."""

    opening = Signal(str)
    """A book is being opened: its name or path."""
    backed_up = Signal()
    renamed = Signal()
    """The open book has another name."""
    settled = Signal()
    """Opening has ended, well or not."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.desk = desk
        self._window = window
        self._made_ready: Any = None
        desk.first_page_stands.connect(self._make_ready)

    # -- asked by the user ------------------------------------------------------------------------------

    def ask_open(self) -> None:
        """Ask for a book and open it."""
        from desktop.views.kit.files import ask_open

        kinds = _("Sổ Nhóm (*.sonhom);;Mọi tệp (*)")
        ask_open(self._window, self.desk, "books", _("Mở sổ"), kinds, self.open)

    def ask_server(self, address: str = "", trouble: Trouble | None = None) -> None:
        """Ask where on a server a book is and open it, or make one there; `trouble`: why `address` did not open."""
        from desktop.views.start.server import ServerDialog

        ServerDialog(self.desk, self._opened, address, trouble, self._window).open()

    def ask_create(self) -> None:
        """Ask for the name and place of a new book, make it and open it."""
        from desktop.views.start.create import CreateDialog

        CreateDialog(self.desk, self.create, self._window).open()

    def ask_import(self) -> None:
        """Make a new book, then bring members into it from a file."""
        from desktop.views.start.create import CreateDialog

        CreateDialog(self.desk, self._create_and_import, self._window).open()

    def ask_backup(self) -> None:
        """Ask where to put a copy, make it and check it."""
        from desktop.views.kit.files import ask_save

        session = self.desk.session
        if session is None:
            return
        if is_server(session.address):
            # Told at once why there is no copy of a server's book, before a place for it is asked for.
            self.backup_to("")
            return
        name = f"{Path(session.address).stem} {self.desk.today():%Y-%m-%d}{SUFFIX}"
        kinds = _("Sổ Nhóm (*.sonhom)")
        ask_save(self._window, self.desk, "backup", _("Sao lưu sổ"), name, kinds, self.backup_to)

    def ask_head(self) -> None:
        """Ask what shall stand at the head of the open book's papers."""

        def question(book: Any) -> Any:
            from desktop.services.book_info import book_info

            return book_info(book)

        def show(info: Any) -> None:
            from desktop.views.start.book_head import head_dialog

            head_dialog(self.desk, info, self._named, self._window).open()

        self.desk.ask(question, show, owner=self._window)

    def _named(self, name: str) -> None:
        session = self.desk.session
        if session is None:
            return
        self.desk.session = session._replace(name=name)
        self.desk.settings.remember_book(session.address, name)
        self.desk.say(_("Đã ghi tên sổ và đơn vị. Giấy in từ nay mang tên này."), "good")
        self.renamed.emit()

    def ask_restore(self) -> None:
        """Ask from which copy to restore: the open book, the one that did not open, or the last one."""
        session = self.desk.session
        address = session.address if session is not None else self.desk.unopened
        recent = [known for known, _name in self.desk.settings.recent_books() if not is_server(known)]
        address = address or next(iter(recent), "")
        if address:
            self._restore_dialog(address)
            return
        from desktop.views.kit.files import ask_save

        kinds = _("Sổ Nhóm (*.sonhom)")
        title = _("Sổ được khôi phục sẽ nằm ở tệp nào?")
        ask_save(self._window, self.desk, "books", title, f"so-nhom{SUFFIX}", kinds, self._restore_dialog)

    def _restore_dialog(self, address: str) -> None:
        if is_server(address):
            self.desk.aside(lambda: _refused_restore(address), lambda _none: None, owner=self._window)
            return
        from desktop.views.start.restore import RestoreDialog

        RestoreDialog(self.desk, address, self.restore, self._window).open()

    # -- doing ------------------------------------------------------------------------------------------

    def open(self, address: str, then: Callable[[], object] | None = None) -> None:
        """Open a book in the place of the one on the desk, which stays until the other one is open.

        A Trouble is told and changes nothing. A server is asked aside: it may let the window wait.
        """
        who = self.desk.settings["who"]
        address = whole_address(address)

        def job() -> Any:
            from desktop.services.books import open_book

            return open_book(address, who)

        if is_server(address):
            self.opening.emit(short_name(address))
            self.desk.runner.aside(
                job,
                lambda book: self._opened(address, book, then),
                lambda error: self._server_refused(address, error),
                self._window,
            )
            return
        session = self.desk.session
        if session is not None and _same_file(session.address, address):
            self.close(
                lambda: self._replace(address, job, then)
            )  # its own lock would leave it only to be read
        else:
            self._replace(address, job, then)

    def create(
        self,
        address: str,
        name: str,
        organisation: str = "",
        place: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Make a new book and put it in the place of the one on the desk, which stays if there is a Trouble."""
        who = self.desk.settings["who"]
        address = whole_address(address)

        def job() -> Any:
            from desktop.services.books import create_book

            return create_book(address, name, who, organisation, place)

        self._replace(address, job, then)

    def _create_and_import(self, address: str, name: str, organisation: str, place: str) -> None:
        self.create(address, name, organisation, place, lambda: self.desk.open_page("imports"))

    def open_demo(self, *, sure: bool = False) -> None:
        """Write the demonstration book beside the user's documents, if it is not there, and open it; ask before it
        takes the place of an open book."""
        from desktop.views.kit.files import documents

        if self.desk.session is not None and not sure:
            messages.ask(
                self._window,
                _("Đóng sổ này và mở sổ mẫu?"),
                detail=_(
                    "Sổ đang mở được sao lưu và đóng lại; việc đang làm dở trên trang này không được giữ."
                ),
                yes=_("Mở sổ mẫu"),
                no=_("Ở lại"),
                then=lambda: self.open_demo(sure=True),
            )
            return
        path = documents() / f"so-mau{SUFFIX}"
        if path.exists():
            self.open(str(path))
            return

        def job(progress: Progress) -> str:
            from desktop.services.demo import write_demo

            write_demo(str(path), progress=progress)
            return str(path)

        self.desk.work(job, self.open, owner=self._window, title=_("Đang viết sổ mẫu…"))

    def backup_to(self, path: str) -> None:
        """Write a checked copy of the open book."""

        def job(book: Any, _act: Any, progress: Progress) -> Any:
            from desktop.services.safety import back_up

            return back_up(book, path, progress)

        def done(_value: Any) -> None:
            self.note_backup()
            self.desk.say(_("Đã sao lưu và kiểm tra bản sao: {path}").format(path=path), "good")

        self.desk.work_on_book(job, done, owner=self._window, title=_("Đang sao lưu…"))

    def restore(self, address: str, copy: str) -> None:
        """Put a copy in the place of a book, which is closed before and opened again after, also when it failed."""
        act = self.desk.act()
        session = self.desk.session
        was_open = session is not None and session.address == address

        def job(progress: Progress) -> Any:
            from desktop.services.restoring import restore

            return restore(address, Path(copy), act, progress)

        def failed(error: Exception) -> None:
            if isinstance(error, Refusal):
                self.desk.show_error(error)
            if was_open:
                self.open(address)

        def go_on() -> None:
            title = _("Đang khôi phục sổ…")
            self.desk.work(job, done, failed, owner=self._window, title=title)

        def done(restored: Any) -> None:
            self.open(address, lambda: self._tell_restored(restored))

        if was_open:
            # Without a copy of closing: it could push out the very copy that is to be restored, and the file stays.
            self.close(go_on, back_up=False)
        else:
            go_on()

    def _tell_restored(self, restored: Any) -> None:
        text = _("Đã khôi phục sổ từ bản sao, đã kiểm tra: {n} chứng từ.").format(
            n=show_number(restored.vouchers)
        )
        advice = _("Tệp cũ được giữ lại: {path}").format(path=restored.kept) if restored.kept else ""
        if QApplication.activeWindow() is None:
            # The question and the dialog below it went in one stroke: some desktops then leave no window with the
            # keyboard, and who has no mouse would be stuck.
            self._window.activateWindow()
        self.desk.say(Message(text, "good", advice, stays=True))

    def note_backup(self) -> None:
        """Remember that the open book has just been copied."""
        if self.desk.session is not None:
            self.desk.settings.note_backup(self.desk.session.address, self.desk.act().at)
            self.backed_up.emit()

    def verify(self) -> None:
        """Recompute the chain and the figures of the book and tell the result."""

        def job(book: Any, _act: Any, progress: Progress) -> Any:
            from desktop.services.safety import way_back
            from desktop.services.verify import verify

            found = verify(book, progress)
            return found, way_back(book.path, folder) if found.damaged and book.is_file else ""

        folder = self.desk.settings["backup_folder"]
        self.desk.work_on_book(job, self._verified, owner=self._window, title=_("Đang kiểm tra sổ…"))

    def close(self, then: Callable[[], object] | None = None, *, back_up: bool = True) -> None:
        """Close the book on the desk (with the backup of closing), then go on."""
        book, session = self.desk.book, self.desk.session
        plan = self._backup_plan() if back_up else None
        if book is None or session is None:
            if then is not None:
                then()
            return
        address = session.address
        self.desk.take_book(None, None)

        def job() -> Any:
            from desktop.services.books import BackupPlan, close_book

            return close_book(book, BackupPlan(**plan) if plan is not None else None)

        def closed(done: Any) -> None:
            if done.trouble is not None:
                self.desk.show_error(done.trouble)
            elif done.copy is not None:
                self.desk.settings.note_backup(address, self.desk.act().at)
            if then is not None:
                then()

        def broke(error: BaseException) -> None:
            self.desk.show_error(error)
            if then is not None:
                then()

        self.desk.runner.on_book(job, closed, broke, None)

    # -- inside -----------------------------------------------------------------------------------------

    def _replace(self, address: str, job: Callable[[], Any], then: Callable[[], object] | None) -> None:
        self.opening.emit(short_name(address))
        self.desk.runner.on_book(
            job,
            lambda book: self._opened(address, book, then),
            lambda error: self._not_opened(address, error),
            self._window,
        )

    def _server_refused(self, address: str, error: BaseException) -> None:
        """Tell why a server did not open a book; where it wants a password, or another one, ask for it."""
        if isinstance(error, Trouble) and error.code == "server-sign-in":
            self.settled.emit()
            self.ask_server(address, error)
        else:
            self._not_opened(address, error)

    def _opened(self, address: str, book: Any, then: Callable[[], object] | None = None) -> None:
        """Put a book that is open already in the place of the one on the desk, once who opens it has signed in."""
        if book.access.locked:
            from desktop.views.users.sign_in import SignInDialog

            self.settled.emit()
            SignInDialog(
                self.desk,
                book,
                lambda: self._put(address, book, then),
                lambda: self.desk.runner.on_book(book.close, lambda _none: None, self.desk.show_error, None),
                self._window,
            ).open()
            return
        self._put(address, book, then)

    def _put(self, address: str, book: Any, then: Callable[[], object] | None) -> None:
        if self.desk.book is not None:
            self.close(lambda: self._put(address, book, then))
            return
        self._taken(address, book, then)
        self.settled.emit()

    def _taken(self, address: str, book: Any, then: Callable[[], object] | None) -> None:
        owner = book.owner if book.readonly else None
        holder = ""
        if owner is not None:
            computer = getattr(owner, "computer", "")
            holder = f"{owner.who} ({computer})" if computer else str(owner.who)
        address = without_password(address)  # the book has it, and needs it; nothing else does
        self.desk.settings.remember_book(address, book.name)
        self.desk.take_book(
            book,
            Session(
                book.name,
                address,
                book.readonly,
                holder,
                book.access.user,
                book.access.sensitive,
                book.access.manages,
            ),
        )
        if book.repaired:
            check = (_("Kiểm tra sổ"), self.verify)
            text = _("Khóa bảo vệ của sổ đã bị gỡ bỏ ngoài chương trình, nay đã đặt lại ({n} khóa).")
            advice = _("Ai đó có thể đã sửa sổ bằng chương trình khác.")
            words = text.format(n=show_number(len(book.repaired)))
            self.desk.say(Message(words, "warn", advice, check, stays=True))
        if then is not None:
            then()

    def _make_ready(self) -> None:
        """While the clerk reads the first page, load what every other page and deed needs of the book."""
        book = self.desk.book
        if book is None or book is self._made_ready:
            return
        self._made_ready = book
        QTimer.singleShot(_LEAVE_ALONE, self, lambda: self._load_rest(book))

    def _load_rest(self, book: Any) -> None:
        def job() -> None:
            from desktop.services.books import make_ready

            make_ready(book)

        if book is not self.desk.book:
            return
        # What goes wrong here will go wrong again for whoever needs it, and is told there.
        self.desk.runner.on_book(job, None, lambda _error: None, None)

    def _not_opened(self, address: str, error: BaseException) -> None:
        if isinstance(error, Trouble) and not is_server(address):
            self.desk.unopened = address
        self.settled.emit()
        self.desk.show_error(error)

    def _verified(self, answer: Any) -> None:
        report, way_back = answer
        findings = report.findings
        if not findings:
            self.desk.say(_("Sổ nguyên vẹn: mọi chứng từ và số dư đều khớp."), "good")
            return
        damage = next((finding.advice for finding in findings if finding.advice), "")
        if damage:
            back = (_("Khôi phục từ bản sao lưu…"), self.ask_restore)
            self.desk.say(Message(_("Tệp sổ đã bị hỏng."), "error", f"{damage} {way_back}".strip(), back))
            return
        more = len(findings) - 1
        advice = _("Còn {n} điều khác.").format(n=more) if more else ""
        self.desk.say(Message(findings[0].message, "error", advice))

    def _backup_plan(self) -> dict[str, Any] | None:
        settings = self.desk.settings
        if not settings["backup_on_close"]:
            return None
        return {
            "folder": settings["backup_folder"],
            "days": settings["backup_days"],
            "weeks": settings["backup_weeks"],
            "months": settings["backup_months"],
        }


def whole_address(address: str) -> str:
    """Return a book's address as it holds from any folder: a file's path whole, a server's address as it is.

    `sonhom so.sonhom` names the file from the folder of the shell; remembered like that, the recent books would
    miss it when the program is started elsewhere, and its backups would be counted as another book's.
    """
    return address if not address or "://" in address else str(Path(address).absolute())


def _same_file(one: str, other: str) -> bool:
    """Tell whether two addresses lead to the same file."""
    if is_server(one) or is_server(other):
        return False
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def _refused_restore(address: str) -> None:
    """Raise the Trouble that says who restores the book of a server."""
    from desktop.services.restoring import find_copies

    find_copies(address)
