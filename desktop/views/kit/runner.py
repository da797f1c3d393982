"""Two places where work is done away from the window: the book thread and a small pool.

Whatever a job gives back arrives on the main thread, in the order of asking for the book thread, and is dropped
when its owner (a widget) is gone. Jobs carry plain values; the functions that receive results stay on the
main thread in a table, so that no widget is ever let go by a worker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid


class Cancelled(Exception):
    """The user stopped a long work; nothing is shown."""


class Ticket:
    """A job under way. `drop()` says that its answer is no longer wanted."""

    __slots__ = ("call", "dropped", "failed", "number", "owner", "then")

    def __init__(
        self,
        number: int,
        call: Callable[[], Any] | None,
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
        owner: QObject | None,
    ) -> None:
        self.number, self.call, self.then, self.failed, self.owner = number, call, then, failed, owner
        self.dropped = False

    def drop(self) -> None:
        """Let the job finish but throw its answer away; a job that waits is not begun."""
        self.dropped = True


class _Workers:
    """Threads that take jobs from one queue in order. They start with the first job.

    `concurrent.futures` would do, but importing it (with logging) delays the first picture of the window.
    """

    def __init__(self, name: str, count: int) -> None:
        self._jobs: SimpleQueue[tuple[Callable[[Ticket], None], Ticket] | None] = SimpleQueue()
        self._name, self._count = name, count
        self._threads: list[threading.Thread] = []

    def give(self, run: Callable[[Ticket], None], ticket: Ticket) -> None:
        """Put a job at the end of the queue."""
        while len(self._threads) < self._count:
            name = f"{self._name}-{len(self._threads)}" if self._count > 1 else self._name
            thread = threading.Thread(target=self._live, name=name, daemon=True)
            self._threads.append(thread)
            thread.start()
        self._jobs.put((run, ticket))

    def end(self) -> None:
        """Wait until the jobs given so far are done (dropped ones are skipped) and stop the threads."""
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _live(self) -> None:
        while (job := self._jobs.get()) is not None:
            run, ticket = job
            del job
            run(ticket)
            del run, ticket


class Runner(QObject):
    """Runs jobs on the book thread (one at a time) or in the pool, and brings their answers home."""

    _came = Signal(object)
    idle = Signal()
    """Nothing waits and nothing runs any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = _Workers("book", 1)
        self._pool = _Workers("aside", 2)
        self._waiting: dict[int, Ticket] = {}
        self._next = 0
        self._closed = False
        self._came.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Tell whether anything waits or runs."""
        return bool(self._waiting)

    def on_book(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run `call` on the book thread after what was asked before; `then(value)` or `failed(error)` follows."""
        return self._start(self._book, call, then, failed, owner)

    def aside(
        self,
        call: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run `call` in the pool; it must not touch the book."""
        return self._start(self._pool, call, then, failed, owner)

    def close(self) -> None:
        """Let running jobs end, drop what waits, stop the threads."""
        self._closed = True
        for ticket in self._waiting.values():
            ticket.drop()
        self._book.end()
        self._pool.end()
        self._waiting.clear()

    def _start(
        self,
        where: _Workers,
        call: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
        owner: QObject | None,
    ) -> Ticket:
        self._next += 1
        ticket = Ticket(self._next, call, then, failed, owner)
        if self._closed:
            ticket.drop()
            return ticket
        self._waiting[ticket.number] = ticket
        where.give(self._work, ticket)
        return ticket

    def _work(self, ticket: Ticket) -> None:
        """On a worker: run the job and send (number, value, error). The ticket keeps the callable alive."""
        value, error = None, None
        if not ticket.dropped:
            try:
                assert ticket.call is not None
                value = ticket.call()
            except BaseException as caught:  # everything goes home: the main thread decides
                error = caught
        self._came.emit((ticket.number, value, error))

    @Slot(object)
    def _receive(self, answer: tuple[int, Any, BaseException | None]) -> None:
        number, value, error = answer
        ticket = self._waiting.pop(number, None)
        if ticket is None:
            return
        try:
            if ticket.dropped or (ticket.owner is not None and not isValid(ticket.owner)):
                return
            if error is None:
                if ticket.then is not None:
                    ticket.then(value)
            elif ticket.failed is not None:
                ticket.failed(error)
        finally:
            ticket.call = ticket.then = ticket.failed = ticket.owner = None
            if not self._waiting:
                self.idle.emit()


class Progress:
    """What a long work is handed: it tells how far it is, and learns whether the user wants it to stop.

    Call it as a function, `progress(done, total, "Nguyễn Thị Hoa")`: it raises Cancelled after the user has
    stopped the work. `total` 0 means unknown.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[int, int, str] = (0, 0, "")
        self._stop = threading.Event()

    def __call__(self, done: int, total: int = 0, text: str = "") -> None:
        """Tell how far the work is; raise Cancelled when it should stop."""
        with self._lock:
            self._state = (done, total, text)
        if self._stop.is_set():
            raise Cancelled

    @property
    def state(self) -> tuple[int, int, str]:
        """Return (done, total, text) as last told."""
        with self._lock:
            return self._state

    @property
    def cancelled(self) -> bool:
        """Tell whether the user has stopped the work."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()
