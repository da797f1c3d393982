"""One writer at a time: the lock beside a book, and who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop.models.problems import Trouble
from resources.lang.messages import _

if sys.platform == "win32":  # pragma: no cover - no Windows machine here
    import msvcrt
else:
    import fcntl

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "davfs",
        "fuse.davfs2",
        "afs",
        "vboxsf",
        "ncpfs",
        "webdav",
        "afpfs",
        "glusterfs",
        "fuse.glusterfs",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
        "prl_fs",
        "fuse.curlftpfs",
        "fuse.s3fs",
        "fuse.gcsfuse",
        "fuse.onedriver",
        "fuse.google-drive-ocamlfuse",
    }
)


class Owner(NamedTuple):
    """Who has a book open for writing: person, computer, since when (as text)."""

    who: str
    computer: str
    since: str


class WriterLock:
    """The right to write a book file, and a note beside it of who has it. The system takes it back when the program dies."""

    def __init__(self, path: Path) -> None:
        self._file = Path(f"{path}-lock")
        self._who = Path(f"{path}-who")
        self._held: int | None = None

    def take(self, who: str) -> bool:
        """Take the lock and say who has it; return False when another window has it."""
        self._held = _locked(self._file)
        if self._held is None:
            return False
        owner = {
            "who": who,
            "computer": computer_here(),
            "since": datetime.now().isoformat(timespec="minutes"),
            "pid": os.getpid(),
        }
        with contextlib.suppress(OSError):
            self._who.write_text(json.dumps(owner, ensure_ascii=False), encoding="utf-8")
        return True

    def owner(self) -> Owner:
        """Return who has the lock, as far as it is known."""
        try:
            found = json.loads(self._who.read_text(encoding="utf-8"))
            return Owner(str(found["who"]), str(found["computer"]), str(found["since"]))
        except (OSError, ValueError, KeyError):
            return Owner(_("một cửa sổ khác"), computer_here(), "")

    def release(self) -> None:
        """Give the lock back."""
        if self._held is None:
            return
        # Removed while the lock is still held: removed later, it might be the file that another window just locked.
        # A window that opened the file before it was removed sees that it has no name any more and gives it up.
        _remove(self._who)
        if sys.platform != "win32":
            _remove(self._file)
        os.close(self._held)
        self._held = None
        if sys.platform == "win32":  # pragma: no cover - no Windows machine here
            _remove(self._file)  # there no file goes while it is open, in this window or in another


def _locked(file: Path) -> int | None:
    """Return a handle that holds the lock on a file until it is closed or the program ends; None: somebody has it.

    Programs that are started do not inherit it. A place that cannot be written or knows no locks gives None too.
    """
    with contextlib.suppress(OSError):
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        with contextlib.suppress(OSError):
            _lock_now(handle)
            # Who had it may have removed the file between our opening and our locking: then ours has no name.
            if os.path.samestat(os.fstat(handle), os.stat(file)):
                return handle
        os.close(handle)
    return None


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _lock_now(handle: int) -> None:
    """Lock an open file for this program; raise OSError at once when that cannot be."""
    if sys.platform == "win32":  # pragma: no cover - no Windows machine here
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def computer_here() -> str:
    """Return the name of this computer (what `platform.node()` says, without loading that module at every start)."""
    return os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")


def user_here() -> str:
    """Return the name under which somebody is logged in on this computer, or an empty text."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def refuse_network_place(path: Path) -> None:
    """Raise Trouble when the file lies on a network drive: two computers writing there would damage the book."""
    if _on_network(path):
        raise Trouble(
            _("Sổ nằm trên ổ đĩa mạng; ghi qua mạng có thể làm hỏng sổ."),
            _("Hãy chép sổ vào ổ đĩa của máy này, hoặc dùng máy chủ PostgreSQL cho nhiều người."),
            "network-drive",
        )


def _on_network(path: Path) -> bool:
    full = path.resolve()
    if sys.platform == "win32":  # pragma: no cover - no Windows machine here
        import ctypes

        drive = full.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4
    if str(path).startswith("\\\\"):
        return True
    return _file_system(full) in _NETWORK_FILE_SYSTEMS


def _file_system(path: Path) -> str:
    """Return the type of the file system that holds `path` (Linux, macOS), or an empty text."""
    best, kind = "", ""
    for line in mounts().splitlines():
        _device, place, fs_type, *_rest = line.split(" ")
        place = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), place)
        inside = str(path) == place or str(path).startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):
            best, kind = place, fs_type
    return kind


_ESCAPED = re.compile(r"\\([0-7]{3})")
"""How the list writes a space, a number sign or a backslash in the name of a folder."""
_OF_MACOS = re.compile(r"^.* on (?P<place>.*) \((?P<kind>[^,)]+).*\)$", re.M)


def mounts() -> str:
    """Return the system's list of mounted file systems as Linux writes it, or an empty text."""
    if sys.platform == "darwin":  # pragma: no cover - no Macintosh here
        import subprocess

        return as_on_linux(
            subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        )
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8")
    except OSError:
        return ""


def as_on_linux(listed: str) -> str:
    """Return what macOS' `mount` lists, in the form of Linux: device, folder, type."""
    return "\n".join(
        f"- {found['place'].replace(' ', chr(92) + '040')} {found['kind']}"
        for found in _OF_MACOS.finditer(listed)
    )
