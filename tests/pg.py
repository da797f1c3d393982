"""A PostgreSQL server of our own for the tests: on a free loopback port, in a temporary folder, gone afterwards.

Debian's `postgresql` refuses to run as root, so its programs run as the user `postgres` that the package made.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.pg_reuse import Reused

PLACES = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt/postgresql")


class NoServer(Exception):
    """PostgreSQL cannot be started here; the text says why."""


def programs() -> Path:
    """Return the folder with initdb and pg_ctl, the newest version found."""
    found = [initdb for place in PLACES for initdb in Path(place).glob("**/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    if not found:
        raise NoServer("PostgreSQL is not installed (Debian: apt-get install postgresql)")
    return max(found, key=lambda initdb: [int(part) for part in initdb.parts if part.isdigit()]).parent


class Server:
    """A running server; `new_database()` gives each test one of its own."""

    def __init__(self) -> None:
        self._bin = programs()
        self._root = Path(tempfile.mkdtemp(prefix="sonhom-pg-"))
        self._data = self._root / "data"
        self._count = itertools.count(1)
        self._made_before: dict[str, str] = {}
        self._free: dict[str, list[Reused]] = {}
        self._as_user: dict[str, Any] = {}
        if os.name == "posix" and os.geteuid() == 0:
            try:
                shutil.chown(self._root, "postgres", "postgres")
            except LookupError as error:
                raise NoServer(
                    "running as root and there is no user 'postgres' to start the server"
                ) from error
            self._as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        self._start()

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / program), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self._root,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            timeout=60,
            **self._as_user,
        )
        if done.returncode:
            raise NoServer(f"{program} failed: {done.stderr.strip()[-500:]}")

    def _start(self) -> None:
        # A collation that is not by byte: an ORDER BY that forgets its own collation shows in the tests.
        self._run(
            "initdb", "-D", str(self._data), "-U", "sonhom", "--auth=trust", "--encoding=UTF8", "--no-sync",
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi",
        )  # fmt: skip
        for attempt in range(5):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
            options = (
                f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
                "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=32MB -c max_connections=40 "
                "-c autovacuum=off -c jit=off -c wal_level=minimal -c max_wal_senders=0"
            )
            try:
                self._run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-t",
                    "30",
                    "-D",
                    str(self._data),
                    "-l",
                    str(self._root / "log"),
                    "-o",
                    options,
                )
            except NoServer:
                if attempt == 4:
                    raise
            else:
                return

    def stop(self) -> None:
        """Stop the server and remove what it wrote."""
        try:
            self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self._data))
        finally:
            shutil.rmtree(self._root, ignore_errors=True)

    def address(self, database: str) -> str:
        """Return the address of a database, as a user would type it."""
        return f"postgresql://sonhom@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def new_database(self, like: Callable[[str], object] | None = None) -> Iterator[str]:
        """Give a database's address and drop it afterwards: empty, or as `like(address)` makes it (done once)."""
        import psycopg

        name = self._create("template1" if like is None else self._template(like))
        try:
            yield self.address(name)
        finally:
            with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @contextmanager
    def used_database(self, like: Callable[[str], object]) -> Iterator[str]:
        """Give the address of a database as `like(address)` makes it, and clear it afterwards for the next test.

        Making a database is a thousand small files; taking a few rows out of one is not.
        """
        from tests.pg_reuse import Reused

        key = like.__qualname__
        free = self._free.setdefault(key, [])
        if free:
            used = free.pop()
        else:
            name = self._create(self._template(like))
            used = Reused(self.address(name))
        try:
            yield used.address
        finally:
            if used.clear():
                free.append(used)

    def _create(self, template: str) -> str:
        import psycopg

        name = f"t{next(self._count)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def _template(self, like: Callable[[str], object]) -> str:
        import psycopg

        key = like.__qualname__
        if key not in self._made_before:
            name = f"like{len(self._made_before)}"
            with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            like(self.address(name))
            self._made_before[key] = name
        return self._made_before[key]


@pytest.fixture(scope="session")
def pg_server() -> Iterator[Server]:
    """One server for the whole run; the tests that need it are skipped with the reason when it cannot start."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install sonhom[server])")
    try:
        server = Server()
    except NoServer as error:
        pytest.skip(str(error))
    yield server
    server.stop()


@pytest.fixture
def pg_address(pg_server: Server) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    with pg_server.new_database() as address:
        yield address
