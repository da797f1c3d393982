"""The desk: all that a page is handed. It asks and does on the book thread, says things to the user, and
leads to other pages. A page never reaches for the window, the application or a global.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.logs import describe, log
from desktop.models.problems import Level, Problem, Refusal, Trouble
from desktop.services.acts import Act, Outcome
from desktop.settings import Settings
from desktop.views.kit import messages
from desktop.views.kit.bulletin import Bulletin
from desktop.views.kit.messages import Message
from desktop.views.kit.runner import Cancelled, Progress, Runner, Ticket
from resources.lang.messages import _

T = TypeVar("T")
Book = Any
"""A `desktop.store.book.Book`; views hand it on to services and never look inside."""
Question = Callable[[Book], T]
Deed = Callable[[Book, Act], Outcome[T]]
Failed = Callable[[Exception], None]


class Session(NamedTuple):
    """The open book as the window shows it. `holder`: who may write when this window may only read. `sensitive` and
    `manages` only spare the user a refusal: services decide."""

    name: str
    address: str
    readonly: bool = False
    holder: str = ""
    user: str = ""
    """Who is signed in, in a book with users."""
    sensitive: bool = True
    manages: bool = True


class Route(NamedTuple):
    """The way to a place in the window: a page and what it should show."""

    page: str
    args: Mapping[str, Any] = MappingProxyType({})


class Work:
    """A long work under way, for the window to show with its progress and a button to stop it."""

    __slots__ = ("can_cancel", "progress", "ticket", "title")

    def __init__(self, title: str, progress: Progress, can_cancel: bool = True) -> None:
        self.title, self.progress, self.can_cancel = title, progress, can_cancel
        self.ticket: Ticket | None = None


class Desk(QObject):
    """Handed to every page and dialog. See docs/views-kit.md."""

    said = Signal(object)
    """A `Message` for the message area."""
    routed = Signal(object)
    """A `Route` to open."""
    session_changed = Signal()
    work_began = Signal(object)
    work_ended = Signal(object)
    action_asked = Signal(str)
    """The key of an action of `actions.py` that a page wants run (for example "book-open")."""
    open_book = Signal(str)
    """The address of a book that should be opened in place of this one."""
    day_changed = Signal(object, object)
    """A new day has begun while the window stood open: the old day and the new one."""
    first_page_stands = Signal()
    """The start page shows the open book, or the ways to get one, and answers keys."""
    saved = Signal()
    """Something has just been written to the disk: a deed, or what is being typed."""
    dealt_with = Signal()
    """A deed of the user is done: what was said before it is answered. A kept draft answers nothing."""

    def __init__(
        self, settings: Settings, runner: Runner | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.runner = runner or Runner(self)
        self.bulletin = Bulletin(self)
        self.session: Session | None = None
        self.unopened: str = ""
        """The address of a book that could not be opened, until another one is."""
        self.works: list[Work] = []
        """The long works under way."""
        self._book: Book | None = None
        self.lent = ""
        """Sensitive rows that were copied: they leave the clipboard with whoever was signed in."""

    # -- asking and doing ----------------------------------------------------------------------------

    def ask(
        self,
        question: Question[T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Ask the book: `question(book)` runs on the book thread, `then(answer)` on the main thread.

        Nothing arrives when `owner` is gone or the ticket was dropped. On an error see `_trouble`.
        """
        book = self._book

        def call() -> T:
            return question(_open(book))

        return self.runner.on_book(call, then, self._failing(failed, owner), owner)

    def do(
        self,
        deed: Deed[T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        agreed: Deed[T] | None = None,
        aside: bool = False,
    ) -> Ticket:
        """Do a deed: `deed(book, act)` runs on the book thread; then the change is published on the bulletin
        and `then(outcome.value)` is called.

        `agreed` is the same deed with the user's yes in it: when the rules only warn, the user is asked, and
        after a yes `agreed` is done. `aside` is a deed nobody asked for (a draft is kept): what was said before
        it stays, since it may be the very message that tells why the draft was not posted.
        """
        book, act = self._book, self.act()

        def call() -> Outcome[T]:
            return deed(_open(book), act)

        def done(outcome: Outcome[T]) -> None:
            self.saved.emit()
            if not aside:
                self.dealt_with.emit()  # takes old messages away, so before `then` says new ones
            # The one who did it hears first, so that a form has closed before its page reloads.
            if then is not None:
                then(outcome.value)
            self.bulletin.publish(outcome.changed)

        def refused(error: BaseException) -> None:
            if agreed is not None and isinstance(error, Refusal) and only_warns(error.problems):
                self._ask_consent(
                    error.problems, lambda: self.do(agreed, then, failed, owner), failed, error, owner
                )
            else:
                self._failing(failed, owner)(error)

        # A deed is told to the bulletin also when its page is gone: hence no owner here.
        return self.runner.on_book(call, _guarded(done, owner, self._publish_only), refused, None)

    def work(
        self,
        job: Callable[[Progress], T],
        then: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        title: str = "",
        can_cancel: bool = True,
    ) -> Work:
        """Run a long job that does not touch the book, with progress and a way to stop it."""
        return self._work(job, then, failed, owner, title, can_cancel, on_book=False)

    def work_on_book(
        self,
        job: Callable[[Book, Act, Progress], Any],
        then: Callable[[Any], None] | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        title: str = "",
        can_cancel: bool = True,
    ) -> Work:
        """Run a long job on the book thread. An `Outcome` it returns is published, its value goes to `then`."""
        book, act = self._book, self.act()
        return self._work(
            lambda progress: job(_open(book), act, progress),
            then,
            failed,
            owner,
            title,
            can_cancel,
            on_book=True,
        )

    def aside(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        failed: Failed | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run a short job that does not touch the book (drawing a page, reading a small file) off the window."""
        return self.runner.aside(job, then, self._failing(failed, owner), owner)

    @property
    def who(self) -> str:
        """Return who is working: who has signed in, else the name of this computer's settings, "" for none."""
        return (self.session.user if self.session else "") or str(self.settings["who"])

    def act(self) -> Act:
        """Return an act of now by the person of this computer."""
        return Act.now(self.who or _("Chưa ghi tên"))

    def today(self) -> date:
        """Return today, on this computer's clock."""
        return date.today()

    # -- saying and going -----------------------------------------------------------------------------

    def say(self, message: str | Message, level: str = "info") -> None:
        """Show a sentence in the message area: level "info", "good", "warn" or "error"."""
        self.said.emit(message if isinstance(message, Message) else Message(message, level))

    def saying(self, text: str) -> Callable[[object], None]:
        """Return what a deed does when it is done and there is only one sentence to say: the `then` of `do`."""
        return lambda _value: self.say(text, "good")

    def open_page(self, key: str, **args: Any) -> None:
        """Open the page `key` of `pages.py` and hand it `args`."""
        self.routed.emit(Route(key, args))

    def run_action(self, key: str) -> None:
        """Run an action of `actions.py`."""
        self.action_asked.emit(key)

    @property
    def can_write(self) -> bool:
        """Tell whether a book is open and may be written here."""
        return self.session is not None and not self.session.readonly

    def may_write(self, _row: object = None) -> bool:
        """Tell the same of any row: the `enabled` of row actions that write."""
        return self.can_write

    # -- the book -------------------------------------------------------------------------------------

    def take_book(self, book: Book | None, session: Session | None) -> None:
        """Put another open book on the desk, or none. The old one must have been closed (see `Books`)."""
        self._take_back()
        self._book = book
        self.session = session
        if book is not None:
            self.unopened = ""
        self.session_changed.emit()

    def _take_back(self) -> None:
        """Empty the clipboard of what was copied from a sensitive table: the next one at this computer may not see it."""
        if not self.lent:
            return
        from PySide6.QtGui import QGuiApplication

        clipboard = QGuiApplication.clipboard()
        if clipboard.text() == self.lent:
            clipboard.clear()
        self.lent = ""

    @property
    def book(self) -> Book | None:
        """The open book, to be handed to the book thread and nowhere else."""
        return self._book

    # -- when it goes wrong ---------------------------------------------------------------------------

    def show_error(self, error: BaseException, owner: QObject | None = None) -> None:
        """Tell the user of an error the way its kind asks for: a message, or the calm window for our bugs."""
        if isinstance(error, Cancelled):
            self.say(_("Đã dừng theo yêu cầu."), "info")
        elif isinstance(error, Refusal):
            for problem in error.problems:
                self.say(Message(problem.message, "error" if problem.level is Level.STOP else "warn"))
        elif isinstance(error, Trouble):
            log().warning("trouble %s", error.code)
            self.say(Message(error.message, "error", error.advice))
        else:
            log().error("bug\n%s", describe(error))
            messages.show_bug(error)

    def _failing(self, failed: Failed | None, owner: QObject | None) -> Callable[[BaseException], None]:
        """A Refusal goes to `failed` alone; a Trouble or a bug is shown here, and then `failed` hears of it."""

        def receive(error: BaseException) -> None:
            if failed is None or not isinstance(error, Refusal):
                self.show_error(error, owner)
            if failed is not None and isinstance(error, Exception) and _alive(owner):
                failed(error)

        return receive

    def _ask_consent(
        self,
        problems: tuple[Problem, ...],
        go_on: Callable[[], object],
        failed: Failed | None,
        error: Refusal,
        owner: QObject | None,
    ) -> None:
        messages.ask(
            owner,
            _("Có điều cần xem lại. Vẫn ghi?"),
            yes=_("Vẫn ghi"),
            no=_("Xem lại"),
            detail="\n".join(f"• {problem.message}" for problem in problems),
            danger=True,  # an impatient Enter must not say yes to a warning
            then=go_on,
            otherwise=lambda: failed(error) if failed is not None and _alive(owner) else None,
        )

    def _publish_only(self, outcome: Outcome[Any]) -> None:
        self.saved.emit()
        self.bulletin.publish(outcome.changed)

    def _work(
        self,
        job: Callable[[Progress], Any],
        then: Callable[[Any], None] | None,
        failed: Failed | None,
        owner: QObject | None,
        title: str,
        can_cancel: bool,
        *,
        on_book: bool,
    ) -> Work:
        progress = Progress()
        work = Work(title or _("Đang làm việc…"), progress, can_cancel)

        def done(value: Any) -> None:
            self._end_work(work)
            given = value.value if isinstance(value, Outcome) else value
            if then is not None and _alive(owner):
                then(given)
            if isinstance(value, Outcome):
                self._publish_only(value)

        def broke(error: BaseException) -> None:
            self._end_work(work)
            self._failing(failed, owner)(error)

        start = self.runner.on_book if on_book else self.runner.aside
        self.works.append(work)
        self.work_began.emit(work)
        work.ticket = start(lambda: job(progress), done, broke, None)
        return work

    def _end_work(self, work: Work) -> None:
        self.works.remove(work)
        self.work_ended.emit(work)


def only_warns(problems: tuple[Problem, ...]) -> bool:
    """Tell whether the user's yes is enough to go on."""
    return bool(problems) and all(problem.level is not Level.STOP for problem in problems)


def _open(book: Book | None) -> Book:
    if book is None:
        raise Trouble(_("Chưa mở sổ nào."), _("Hãy mở hoặc tạo một sổ trước."), "no-book")
    return book


def _alive(owner: QObject | None) -> bool:
    from shiboken6 import isValid

    return owner is None or isValid(owner)


def _guarded(
    done: Callable[[Any], None], owner: QObject | None, otherwise: Callable[[Any], None]
) -> Callable[[Any], None]:
    def receive(value: Any) -> None:
        (done if _alive(owner) else otherwise)(value)

    return receive
