"""Which computer this is: its pen has one chain in every book that it writes."""

from __future__ import annotations

from desktop.models.ids import new_uid
from resources.files import config_dir

_register_uid: bytes | None = None


def register_uid() -> bytes:
    """Return the identity of this computer's pen: made once, kept in the user's settings folder."""
    global _register_uid
    if _register_uid is None:
        file = config_dir() / "register"
        try:
            _register_uid = bytes.fromhex(file.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            _register_uid = new_uid()
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(_register_uid.hex(), encoding="ascii")
            except OSError:
                pass  # a computer without a writable home still works; its pen then lives one session
    return _register_uid
