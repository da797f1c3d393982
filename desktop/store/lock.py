"""One writer at a time: the lock beside a book, and who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.models.problems import Trouble
from resources.lang.messages import _

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


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has a book open for writing: person, computer, since when (as text)."""

    who: str
    computer: str
    since: str


class WriterLock:
    """The right to write a book file, and a note beside it of who has it. The system takes it back when the program dies."""

    def __init__(self, path: Path) -> None:
        from filelock import (
            FileLock,  # it brings asyncio with it, which a window without a book need not wait for
        )

        self._lock = FileLock(f"{path}-lock", timeout=0)
        self._who = Path(f"{path}-who")

    def take(self, who: str) -> bool:
        """Take the lock and say who has it; return False when another window has it."""
        try:
            self._lock.acquire()
        except OSError:  # a Timeout is one: another window has it
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
        if not self._lock.is_locked:
            return
        # Removed while the lock is still held: removed later, it might be the file that another window just locked.
        # A window that opened the file before it was removed sees that it has no name any more and gives it up.
        for file in (self._who, Path(self._lock.lock_file)):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        self._lock.release()


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
