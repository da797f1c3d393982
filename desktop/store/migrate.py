"""Which schema a book has, and how an older one is brought up to date without risk.

The version is read with the bare driver, so that Alembic is imported only when there is work for it.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from desktop.models.problems import Trouble
from desktop.store.guards import create_guards, guard_names
from desktop.store.troubles import damaged
from resources.lang.messages import _

HEAD = "0001"
"""The schema of this program. Versions are numbers, so that a newer one is known as newer."""

MIGRATIONS = Path(__file__).with_name("migrations")


def stamp(connection: Connection) -> None:
    """Write this program's schema version into a book just built."""
    connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:v)"), {"v": HEAD})


def file_version(path: Path) -> str:
    """Return the schema version of a book file; raise Trouble when the file is no book."""
    if path.is_dir():
        raise Trouble(_("Đây là một thư mục, không phải tệp sổ."), _("Hãy chọn tệp có đuôi .sonhom."), "directory")
    if not path.exists():
        raise Trouble(
            _("Không thấy tệp này."), _("Tệp có thể đã được chuyển đi hoặc đổi tên; hãy tìm và mở lại."), "missing"
        )
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise Trouble(
            _("Không đọc được tệp này."), _("Hãy kiểm tra quyền đọc tệp hoặc ổ đĩa."), "unreadable"
        ) from error
    if head != b"SQLite format 3\x00":
        raise damaged()
    # A file that nobody can write beside (a write-protected stick) opens only as immutable.
    pending = Path(str(path) + "-wal")
    plain = "" if pending.exists() else "&immutable=1"
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro{plain}", uri=True)
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT uid FROM book").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise damaged() from error
    if row is None:
        raise damaged()
    return str(row[0])


def check_file(path: Path) -> str:
    """Return the version of a book file; raise Trouble when it is no book or is from a newer program."""
    version = file_version(path)
    _refuse_newer(version)
    return version


def _refuse_newer(version: str) -> None:
    if version > HEAD:
        raise Trouble(
            _("Sổ này được ghi bằng phiên bản Sổ Nhóm mới hơn."),
            _("Hãy cài phiên bản mới rồi mở lại; tệp sổ không bị thay đổi."),
            "newer",
        )


def refuse_old(path: Path) -> None:
    """Raise Trouble when a book that may only be read has an older schema: it must first be opened for writing."""
    if file_version(path) != HEAD:
        raise Trouble(
            _("Sổ này cần được nâng cấp trước khi đọc, nhưng lúc này chỉ mở được để đọc."),
            _("Hãy đóng cửa sổ khác hoặc chép sổ vào ổ đĩa ghi được rồi mở lại."),
            "old-readonly",
        )


def check_server(engine: Engine) -> None:
    """Raise Trouble when a server's database holds no book or one of another version."""
    from sqlalchemy import inspect

    if not inspect(engine).has_table("alembic_version"):
        raise Trouble(
            _("Cơ sở dữ liệu trên máy chủ chưa có sổ."), _("Hãy tạo sổ mới ở địa chỉ này trước."), "no-book"
        )
    with engine.connect() as connection:
        version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
        _refuse_newer(version)
    if version != HEAD:
        upgrade(engine)
    with engine.begin() as connection:
        create_guards(connection)


def copy_name(path: Path, version: str) -> Path:
    """Return the name of the copy made before a migration: `book.sonhom.truoc-0001.sonhom`, with a number if taken."""
    candidate = path.with_name(f"{path.name}.truoc-nang-cap-{version}.sonhom")
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{path.name}.truoc-nang-cap-{version}-{number}.sonhom")
        number += 1
    return candidate


def bring_up_to_date(path: Path) -> Path | None:
    """Migrate an older book file; return the copy made before, or None when there was nothing to do.

    A migration works on a copy beside the file that then takes its place, so a failure leaves the old file
    as it was. Raises Trouble.
    """
    from desktop.store.engine import make_engine

    version = file_version(path)
    if version == HEAD:
        _restore_guards(path)
        return None
    _fold_log(path)
    kept, work = copy_name(path, version), Path(str(path) + "-nang-cap")
    try:
        shutil.copy2(path, kept)
        shutil.copy2(path, work)
        engine = make_engine(str(work))
        try:
            upgrade(engine)
        finally:
            engine.dispose()
        _fold_log(work)
        work.replace(path)
    except Exception as error:
        for suffix in ("", "-wal", "-shm"):
            Path(str(work) + suffix).unlink(missing_ok=True)
        raise Trouble(
            _("Không nâng cấp được sổ; tệp cũ vẫn nguyên như trước."),
            _("Bản sao lưu nằm ở {place}. Hãy gửi thông báo này cho người hỗ trợ.").format(place=kept.name),
            "migration-failed",
        ) from error
    return kept


def upgrade(engine: Engine) -> None:
    """Run the migrations that a database lacks, in one transaction, and make its guards anew."""
    from alembic import command
    from alembic.config import Config

    from desktop.store.engine import WRITING

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(**{WRITING: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        # Alembic's batch mode rebuilds tables and drops their triggers.
        create_guards(connection)


def _restore_guards(path: Path) -> None:
    """Make the guards anew when somebody or something dropped them."""
    connection = sqlite3.connect(path)
    try:
        found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    finally:
        connection.close()
    if guard_names() <= found:
        return
    from desktop.store.engine import make_engine

    engine = make_engine(str(path))
    try:
        with engine.begin() as writing:
            create_guards(writing)
    finally:
        engine.dispose()


def _fold_log(path: Path) -> None:
    """Bring the write-ahead log into the file, so that copying the file copies the book."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
