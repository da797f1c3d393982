"""Back to a copy: which copies there are, what would be lost, the restoring itself, and what the book says of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from desktop.models.kinds import Paper
from desktop.models.problems import Problem, Refusal, Trouble
from desktop.models.rules.entries import show_number
from desktop.services.acts import Act
from desktop.services.findings import Progress
from desktop.services.safety import FOLDER
from desktop.services.verify import verify
from desktop.store import copies, restoring
from desktop.store.backup import is_sound
from desktop.store.book import Book
from desktop.store.inside import Inside, Loss, look_inside, lost_between
from desktop.store.recognise import is_server, real_file
from desktop.store.restoring import Restored
from resources.lang.dong import show_number as show_count
from resources.lang.messages import N_, _

__all__ = [
    "CopyKind",
    "FoundCopy",
    "Loss",
    "Preview",
    "Restored",
    "find_copies",
    "preview",
    "restore",
    "is_whole",
]

SUFFIX = ".sonhom"


class CopyKind(Enum):
    """How a copy came about."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    UPGRADE = "upgrade"
    REPLACED = "replaced"

    @property
    def title(self) -> str:
        """Return the kind in words."""
        return _(_KINDS[self])


_KINDS = {
    CopyKind.AUTOMATIC: N_("tự động"),
    CopyKind.MANUAL: N_("tự sao lưu"),
    CopyKind.UPGRADE: N_("trước khi nâng cấp"),
    CopyKind.REPLACED: N_("trước lần khôi phục"),
}


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A copy that was found: when it was made (aware), its size in bytes, how far it goes, who wrote into it last.

    `name` is the name of its book, "" when the file cannot be read. `whole`: checked and sound, checked and damaged,
    or not checked yet (None).
    """

    path: Path
    kind: CopyKind
    made: datetime
    size: int
    name: str = ""
    vouchers: int = 0
    last_voucher: date | None = None
    last_meeting: date | None = None
    written_by: str = ""
    computer: str = ""
    whole: bool | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring a copy would mean. `present` tells whether there is a file in the place of the book now,
    `loss` what of it the copy has not (None when it cannot be read)."""

    copy: FoundCopy
    present: bool
    loss: Loss | None
    other_book: str = ""
    """The name of the book the copy is of, when that is another one."""

    def lost_vouchers(self) -> list[str]:
        """Return the lost vouchers as they are printed, with their group, the latest first."""
        if self.loss is None:
            return []
        return [
            f"{show_number(Paper(row.paper), row.number, row.year)} · {row.group}"
            for row in self.loss.voucher_list
        ]


def find_copies(address: str, folder: str = "", others: Sequence[Path] = ()) -> list[FoundCopy]:
    """Return the copies of a book's file, the newest first: in the folder of the automatic copies, beside the book,
    and in `others` (where copies were put by hand). They are not checked yet.

    A copy is ours when it holds this very book; where the book can no longer be read or is not there, when it is
    called like it, or holds the same book as one that is. Raises Trouble for a book on a server.
    """
    book = _file(address)
    automatic = Path(folder) if folder else book.parent / FOLDER
    named = {copy.path: copy.made for copy in copies.named(book, automatic)}
    found: dict[Path, tuple[FoundCopy, bytes | None]] = {}
    for place in dict.fromkeys([automatic, book.parent, *others]):
        for file in _files(place, book):
            found.setdefault(file, _look(file, book, named.get(file)))
    present = look_inside(book)
    ours = (
        {present.uid}
        if present is not None
        else {uid for copy, uid in found.values() if uid is not None and _like(copy.path, book)}
    )
    if not ours:  # nothing to go by: the user knows the book by its name
        ours = {uid for _copy, uid in found.values() if uid is not None}
    rows = [copy for copy, uid in found.values() if uid in ours or (uid is None and _like(copy.path, book))]
    return sorted(rows, key=lambda copy: (copy.made, copy.path.name), reverse=True)


def _file(address: str) -> Path:
    if is_server(address):
        raise Trouble(
            _("Sổ này nằm trên máy chủ PostgreSQL, không khôi phục từ tệp được."),
            _("Hãy nhờ người quản trị máy chủ khôi phục bằng pg_restore."),
            "server-book",
        )
    return real_file(address)


def _files(place: Path, book: Path) -> list[Path]:
    with suppress(OSError):
        own = book.resolve()
        return [file for file in place.iterdir() if file.suffix == SUFFIX and file.resolve() != own]
    return []


def _like(copy: Path, book: Path) -> bool:
    return copy.stem == book.stem or copy.stem.startswith((f"{book.stem}-", f"{book.stem} "))


def _look(file: Path, book: Path, made: datetime | None) -> tuple[FoundCopy, bytes | None]:
    kind = CopyKind.MANUAL
    if made is not None:
        kind = CopyKind.AUTOMATIC
    elif file.stem.startswith(f"{book.stem}-truoc-nang-cap"):
        kind = CopyKind.UPGRADE
    elif file.stem.startswith(f"{book.stem}-truoc-khoi-phuc"):
        kind = CopyKind.REPLACED
    try:
        about = file.stat()
        size, changed = about.st_size, datetime.fromtimestamp(about.st_mtime)
    except OSError:
        size, changed = 0, datetime.fromtimestamp(0)
    inside = look_inside(file)
    made = (made or changed).astimezone()
    if inside is None:
        return FoundCopy(file, kind, made, size, whole=False), None
    return _found(file, kind, made, size, inside), inside.uid


def _found(file: Path, kind: CopyKind, made: datetime, size: int, inside: Inside) -> FoundCopy:
    return FoundCopy(
        file,
        kind,
        made,
        size,
        inside.name,
        inside.vouchers,
        inside.last_voucher,
        inside.last_meeting,
        inside.written_by,
        inside.computer,
    )


def is_whole(copy: Path) -> bool:
    """Tell whether every page of a copy can be read and every row points to something."""
    return look_inside(copy) is not None and is_sound(copy)


def preview(address: str, copy: Path) -> Preview:
    """Return what restoring this copy would mean, with the copy checked. Raises Trouble when there is no such file."""
    book = _file(address)
    restoring.check_copy(copy)
    row, uid = _look(copy, book, None)
    whole = is_whole(copy)
    row = replace(row, whole=whole)
    present = look_inside(book)
    other = row.name if present is not None and uid is not None and uid != present.uid else ""
    loss = None if other or not whole or present is None else lost_between(book, copy)
    return Preview(row, book.exists(), loss, other)


def loss_lines(seen: Preview) -> list[str]:
    """Return, in sentences, what restoring would cost; one sentence when it costs nothing."""
    loss = seen.loss
    if loss is None:
        if not seen.present:
            return [_("Hiện không có tệp sổ ở chỗ này; bản sao sẽ nằm vào đó.")]
        return [_("Sổ hiện tại không đọc được nên không so được với bản sao; tệp của sổ vẫn được giữ lại.")]
    if loss.nothing:
        return [_("Bản sao có đủ mọi thứ của sổ hiện tại: không mất gì.")]
    parts = [
        text.format(n=show_count(n))
        for text, n in (
            (_("{n} buổi họp"), loss.meetings),
            (_("{n} chứng từ"), loss.vouchers),
            (_("{n} lần sửa hồ sơ"), loss.changes),
        )
        if n
    ]
    text = _("Bản sao chưa có {parts} của sổ hiện tại; sau khi khôi phục phải ghi lại.")
    lines = [text.format(parts=", ".join(parts))]
    if loss.gained:
        text = _("Bản sao có {n} chứng từ mà sổ hiện tại không có: hai tệp đã đi hai đường.")
        lines.append(text.format(n=show_count(loss.gained)))
    if loss.erasures:
        text = _("{n} lần xóa dữ liệu theo yêu cầu sẽ phải làm lại: bản sao còn giữ dữ liệu đó.")
        lines.append(text.format(n=show_count(loss.erasures)))
    return lines


def restore(address: str, copy: Path, act: Act, progress: Progress | None = None) -> Restored:
    """Put a copy in the place of a book that nobody has open; see `desktop.store.restoring`.

    The copy is checked as `verify` does before it takes the place. Raises Refusal when it is not right, and Trouble;
    the book is then as it was.
    """
    if progress is not None:
        progress(0, 0, _("Đang chép và kiểm tra bản sao…"))

    def check(book: Book) -> None:
        found = verify(book, progress)
        if not found.ok:
            text = _("Bản sao này không khớp: {finding} Sổ không bị thay đổi; hãy chọn một bản sao khác.")
            message = text.format(finding=found.findings[0].message)
            raise Refusal([Problem.stop("findings", "copy", message)])

    return restoring.restore(copy, _file(address), act, check)
