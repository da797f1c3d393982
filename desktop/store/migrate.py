"""How a book of an older schema is brought up to date without risk.

The version and the guards are read with the bare driver, so that SQLAlchemy and Alembic are imported only when
there is work for them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.problems import Trouble
from desktop.store.disk import fold_log, remove_book, sync_file, sync_folder
from desktop.store.guards import create_guards, missing_guards
from desktop.store.recognise import file_version
from desktop.store.troubles import explain, explain_file
from resources.lang.messages import _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HEAD = "0009"
"""The schema of this program. Versions are numbers, so that a newer one is known as newer."""

MIGRATIONS = Path(__file__).with_name("migrations")

_VERSION_TABLE = """
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""


def stamp(connection: Connection) -> None:
    """Write this program's schema version into a book just built, in the table that Alembic keeps it in."""
    from sqlalchemy import text

    connection.exec_driver_sql(_VERSION_TABLE)
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:v)"), {"v": HEAD})


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


def check_server(engine: Engine) -> frozenset[str]:
    """Bring a server's book up to date; raise Trouble when there is no book or one from a newer program.

    Returns the guards that were missing in a book of this very schema, and stand again.
    """
    from sqlalchemy import inspect, text

    from desktop.store.engine import writing

    tables = set(inspect(engine).get_table_names())
    if not tables:
        raise Trouble(
            _("Cơ sở dữ liệu trên máy chủ chưa có sổ."), _("Hãy tạo sổ mới ở địa chỉ này trước."), "no-book"
        )
    if not {"alembic_version", "book", "vouchers"} <= tables:
        raise _other_database()
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        missing = frozenset(missing_guards(connection))
    if len(versions) != 1:
        raise _other_database()
    version = str(versions[0])
    _refuse_newer(version)
    if version != HEAD:
        upgrade(engine)
        return frozenset()
    if missing:
        with writing(engine).begin() as connection:
            create_guards(connection)
    return missing


def _other_database() -> Trouble:
    return Trouble(
        _("Cơ sở dữ liệu này đang được dùng cho việc khác, không phải sổ của Sổ Nhóm."),
        _("Hãy xem lại tên cơ sở dữ liệu, hoặc hỏi người quản trị máy chủ."),
        "not-a-book",
    )


def copy_name(path: Path, version: str) -> Path:
    """Return the name of the copy made before a migration: `so-truoc-nang-cap-0001.sonhom`, numbered if taken."""
    stem = f"{path.stem}-truoc-nang-cap-{version}"
    candidate, number = path.with_name(f"{stem}.sonhom"), 2
    while candidate.exists():
        candidate, number = path.with_name(f"{stem}-{number}.sonhom"), number + 1
    return candidate


def bring_up_to_date(path: Path) -> Path | None:
    """Migrate an older book file; return the copy made before, or None when only guards were missing, if anything.

    The migration works on a second copy, which then takes the place of the file: whatever fails, the old file
    stays as it was and no copy is left behind. Raises Trouble.
    """
    version = file_version(path)
    if version == HEAD:
        _restore_guards(path)
        return None
    from desktop.store.engine import make_engine

    kept, work = copy_name(path, version), Path(f"{path}-nang-cap")
    try:
        fold_log(path)
        remove_book(work)
        shutil.copy2(path, kept)
        shutil.copy2(path, work)
        engine = make_engine(str(work), migrating=True)
        try:
            upgrade(engine)
        finally:
            engine.dispose()
        fold_log(work)
        for file in (kept, work):
            sync_file(file)
        work.replace(path)
        sync_folder(path.parent)
    except BaseException as error:
        remove_book(work)
        remove_book(kept)
        if not isinstance(error, Exception):
            raise
        raise _failed(error) from error
    return kept


def _failed(error: Exception) -> Trouble:
    known = explain_file(error) if isinstance(error, OSError) else explain(error)
    if known is not None and known.code in ("disk-full", "disk-error", "busy"):
        return known
    return Trouble(
        _("Không nâng cấp được sổ; tệp cũ vẫn nguyên như trước."),
        _("Hãy gửi tệp sổ và thông báo này cho người hỗ trợ."),
        "migration-failed",
    )


def upgrade(engine: Engine) -> None:
    """Run the migrations that a database lacks, in one transaction, and make its guards anew."""
    from alembic import command
    from alembic.config import Config

    from desktop.store.engine import writing

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        # Alembic's batch mode rebuilds tables and drops their triggers.
        create_guards(connection)
        if connection.dialect.name == "sqlite":
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if lost is not None:
                raise RuntimeError(f"the migration left a row of {lost[0]} without its {lost[2]}")


def _restore_guards(path: Path) -> None:
    """Make the guards anew when somebody or something dropped them."""
    from desktop.store.engine import make_engine, writing

    engine = make_engine(str(path))
    try:
        with writing(engine).begin() as connection:
            create_guards(connection)
    finally:
        engine.dispose()


__all__ = [
    "HEAD",
    "MIGRATIONS",
    "bring_up_to_date",
    "check_file",
    "check_server",
    "copy_name",
    "file_version",
    "refuse_old",
    "stamp",
    "upgrade",
]
