"""Files that travel between books, on the disk: read with a bound, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from desktop.models.problems import Trouble
from desktop.models.rules.sealed import LARGEST
from desktop.store.troubles import explain_file
from resources.lang.messages import _


def read(path: str) -> bytes:
    """Return the bytes of a file, one more than allowed when it is too large. Raises Trouble."""
    try:
        with Path(path).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except (FileNotFoundError, IsADirectoryError) as error:
        raise Trouble(
            _("Không thấy tệp {path}.").format(path=path),
            _("Hãy kiểm tra lại tên tệp và thư mục."),
            "missing",
        ) from error
    except OSError as error:
        raise explain_file(error) from error


def write(path: str, data: bytes) -> str:
    """Write a file whole or not at all; return where. Raises Trouble."""
    place = Path(path)
    working = place.with_name(place.name + ".dang-ghi")
    try:
        working.write_bytes(data)
        working.replace(place)
    except OSError as error:
        working.unlink(missing_ok=True)
        raise explain_file(error) from error
    return str(place)
