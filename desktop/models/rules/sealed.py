"""The one form of files that travel between books: a name, a version, a seal over the content, the content.

`{"format": "sonhom-…", "version": 1, "sha256": "…", "content": {…}}`, UTF-8. The seal is the SHA-256 of the content
written canonically (keys in order, no spaces, NFC), so that a file cut short or changed by hand is noticed. It is no
signature: it says that the file is whole, not who wrote it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from desktop.models.problems import Problem, Refusal
from resources.lang.messages import _

LARGEST = 2_000_000
"""Bytes of a travelling file at most; more is no file of ours."""

SUFFIX = ".somau"
"""The ending of the names of travelling files."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A kind of travelling file: its `format` name and the newest `version` that this program reads."""

    format: str
    version: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was found whole: its version, its content and its seal (64 hexadecimal digits)."""

    version: int
    content: dict[str, Any]
    sha256: str


def canonical(content: Any) -> bytes:
    """Return content as the bytes that the seal is taken over."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode()


def digest(content: Any) -> str:
    """Return the seal of content."""
    return hashlib.sha256(canonical(content)).hexdigest()


def close(kind: Seal, content: dict[str, Any]) -> bytes:
    """Return the file of some content, indented so that people can read it."""
    whole = {
        "format": kind.format,
        "version": kind.version,
        "sha256": digest(content),
        "content": content,
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False)
    return (unicodedata.normalize("NFC", text) + "\n").encode()


def open_file(kind: Seal, data: bytes) -> Opened:
    """Return what a file holds. Raises Refusal (field "file"): damaged, of another kind, newer, or changed."""
    if len(data) > LARGEST:
        _refuse("file-large", _("Tệp lớn quá 2 MB, không phải tệp mẫu của Sổ Nhóm."))
    try:
        whole = json.loads(data.decode("utf-8-sig"), parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        _refuse(
            "file-damaged", _("Tệp bị hỏng hoặc bị cắt giữa chừng, không đọc được. Hãy xin lại tệp khác.")
        )
    if not isinstance(whole, dict) or whole.get("format") != kind.format:
        _refuse("file-kind", _("Đây không phải tệp loại này của Sổ Nhóm. Hãy chọn tệp khác."))
    version, content, seal = whole.get("version"), whole.get("content"), whole.get("sha256")
    if type(version) is not int or version < 1 or not isinstance(content, dict):
        _refuse("file-damaged", _("Tệp thiếu phần đầu hoặc phần nội dung. Hãy xin lại tệp khác."))
    if version > kind.version:
        _refuse(
            "file-newer",
            _("Tệp được ghi bằng phiên bản Sổ Nhóm mới hơn. Hãy cài phiên bản mới rồi nhập lại."),
        )
    found = digest(content)
    if seal != found:
        _refuse(
            "file-changed",
            _("Nội dung tệp đã bị sửa sau khi lưu: dấu niêm không khớp. Hãy xin lại tệp từ nơi đã lưu."),
        )
    return Opened(version, content, found)


def texts(content: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text within content with the place it stands at, for looking through what people typed."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from texts(value, f"{place}.{key}" if place else str(key))
    elif isinstance(content, (list, tuple)):
        for value in content:
            yield from texts(value, place)
    elif isinstance(content, str):
        yield place, content


def _no_float(_text: str) -> NoReturn:
    raise ValueError("money and counts are whole numbers; fractions are written as text")


def _refuse(code: str, text: str) -> NoReturn:
    raise Refusal([Problem.stop(code, "file", text)])
