"""What a person may choose on this computer: one declared list, kept as JSON in the settings folder.

A value that is missing, of the wrong type or not among the choices falls back to its default, so that a
damaged or older file never stops the program. Rules of a group are records of its book, not settings.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from resources.addresses import without_password
from resources.files import config_dir
from resources.lang.messages import N_

if TYPE_CHECKING:
    from resources.lang.words import WordStyle


class Option(NamedTuple):
    """One thing to choose: its key, type, default, what it means, and the choices or bounds it has."""

    key: str
    type: type
    default: Any
    description: str
    choices: tuple[Any, ...] = ()
    least: int | None = None
    most: int | None = None

    def accepts(self, value: object) -> bool:
        """Tell whether `value` may be kept under this option."""
        if type(value) is not self.type:
            return False
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, int) and not isinstance(value, bool):
            return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)
        return True


OPTIONS: tuple[Option, ...] = (
    Option("who", str, "", N_("Tên người dùng máy này, ghi vào sổ và in trên giấy")),
    Option("language", str, "vi", N_("Ngôn ngữ của cửa sổ"), choices=("vi", "en")),
    Option("theme", str, "system", N_("Giao diện"), choices=("system", "light", "dark", "contrast")),
    Option("text_size", int, 100, N_("Cỡ chữ, phần trăm"), least=100, most=200),
    Option("words_odd", str, "linh", N_("Đọc số 0 hàng chục"), choices=("linh", "lẻ")),
    Option("words_thousand", str, "nghìn", N_("Đọc hàng nghìn"), choices=("nghìn", "ngàn")),
    Option("words_even", str, "never", N_("Thêm chữ “chẵn”"), choices=("never", "always", "round-thousands")),
    Option("organisation", str, "", N_("Tên đơn vị ở đầu mỗi tờ giấy in")),
    Option("organisation_address", str, "", N_("Địa chỉ đơn vị ở đầu mỗi tờ giấy in")),
    Option("large_print", bool, False, N_("In chữ lớn (từ 18 điểm)")),
    Option("backup_on_close", bool, True, N_("Tự sao lưu khi đóng sổ")),
    Option("backup_folder", str, "", N_("Thư mục sao lưu; để trống là bên cạnh sổ")),
    Option("backup_days", int, 7, N_("Số bản sao hằng ngày được giữ"), least=1, most=365),
    Option("backup_weeks", int, 4, N_("Số bản sao hằng tuần được giữ"), least=0, most=104),
    Option("backup_months", int, 12, N_("Số bản sao hằng tháng được giữ"), least=0, most=120),
    Option("loan_ceiling", int, 20, N_("Trần lãi suất cho vay, phần trăm một năm"), least=1, most=100),
    Option("loan_dsr_warn", int, 50, N_("Nhắc khi trả nợ chiếm từ phần trăm thu nhập"), least=1, most=100),
    Option(
        "loan_dsr_stop", int, 70, N_("Không cho vay khi trả nợ quá phần trăm thu nhập"), least=1, most=100
    ),
    Option("loan_guarantees", int, 2, N_("Nhắc khi một người đã bảo lãnh số khoản vay"), least=1, most=20),
    Option("recent_books", list, [], N_("Các sổ mở gần đây, mới nhất đứng đầu")),
    Option("backups", dict, {}, N_("Lần sao lưu gần nhất của từng sổ")),
    Option("reopen_last", bool, True, N_("Mở lại sổ gần nhất khi khởi động")),
    Option("navigation_narrow", bool, False, N_("Thu gọn thanh bên")),
    Option("window", dict, {}, N_("Vị trí và kích thước cửa sổ")),
    Option("tables", dict, {}, N_("Độ rộng, thứ tự cột và cách sắp xếp của từng bảng")),
    Option("folders", dict, {}, N_("Thư mục đã chọn lần trước của từng việc")),
    Option("import_columns", dict, {}, N_("Cách ghép cột của lần nhập trước")),
)
"""All options. A page or a service reads no other key."""

BY_KEY = {option.key: option for option in OPTIONS}
MOST_RECENT_BOOKS = 8
_FILE = "settings.json"


class Settings:
    """The chosen values; `settings["theme"]` reads, `settings.set("theme", "dark")` writes to the disk.

    Unknown keys raise KeyError, values that the option does not accept raise ValueError.
    """

    __slots__ = ("_listeners", "_values", "path")

    def __init__(self, path: Path | None = None) -> None:
        """Hold the defaults; with a `path`, what is chosen is written there."""
        self.path = path
        self._values: dict[str, Any] = {}
        self._listeners: list[Callable[[str], None]] = []

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the settings of this user, or those in `path`."""
        settings = cls(path or config_dir() / _FILE)
        assert settings.path is not None
        try:
            kept = json.loads(settings.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        if isinstance(kept, dict):
            settings._values = {k: v for k, v in kept.items() if k in BY_KEY and BY_KEY[k].accepts(v)}
        settings._forget_passwords()
        return settings

    def _forget_passwords(self) -> None:
        """Take the passwords out of the addresses that an earlier version of the program kept with them."""
        kept = self.recent_books()
        clean = [(without_password(address), name) for address, name in kept]
        if clean != kept:
            self.set("recent_books", [list(entry) for entry in dict(clean).items()])

    def __getitem__(self, key: str) -> Any:
        option = BY_KEY[key]
        value = self._values.get(key, option.default)
        return value.copy() if isinstance(value, (list, dict)) else value

    def set(self, key: str, value: Any) -> None:
        """Keep `value` under `key` and tell those who listen."""
        self.update({key: value})

    def update(self, values: dict[str, Any]) -> None:
        """Keep several values at once: one write, then each listener is told each key that changed."""
        for key, value in values.items():
            if not BY_KEY[key].accepts(value):
                raise ValueError(f"{key} does not accept {value!r}")
        changed = [key for key, value in values.items() if self[key] != value]
        if not changed:
            return
        self._values.update({key: values[key] for key in changed})
        self._write()
        for key in changed:
            for listener in list(self._listeners):
                listener(key)

    def reset(self, key: str) -> None:
        """Go back to the default of `key`."""
        self.update({key: BY_KEY[key].default})

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call `listener(key)` after every change, until `forget(listener)`."""
        self._listeners.append(listener)

    def forget(self, listener: Callable[[str], None]) -> None:
        """Stop calling `listener`."""
        with contextlib.suppress(ValueError):
            self._listeners.remove(listener)

    def _write(self) -> None:
        """Replace the file whole, so that a power cut leaves the old or the new one. A full disk is borne."""
        if self.path is None:
            return
        import tempfile  # heavy, and nothing is written while the program starts

        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        name = ""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=_FILE)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(name, self.path)
        except OSError:
            # The choice holds for this session; money is never in this file.
            if name:
                Path(name).unlink(missing_ok=True)

    # -- small readings ------------------------------------------------------------------------------

    def word_style(self) -> WordStyle:
        """Return how amounts are read in words."""
        from resources.lang.words import WordStyle

        return WordStyle(
            odd=self["words_odd"],
            thousand=self["words_thousand"],
            even=self["words_even"],
        )

    def remember_book(self, address: str, name: str) -> None:
        """Put a book in front of the recent ones; a server's address without its password."""
        address = without_password(address)
        others = [entry for entry in self.recent_books() if entry[0] != address]
        kept = [(address, name), *others][:MOST_RECENT_BOOKS]
        self.set("recent_books", [list(entry) for entry in kept])

    def forget_book(self, address: str) -> None:
        """Take a book out of the recent ones."""
        self.set("recent_books", [list(entry) for entry in self.recent_books() if entry[0] != address])

    def note_backup(self, address: str, at: datetime) -> None:
        """Remember when a book was last copied (aware, UTC)."""
        kept = self["backups"]
        kept[address] = at.isoformat(timespec="seconds")
        self.set("backups", kept)

    def last_backup(self, address: str) -> datetime | None:
        """Return when this computer last copied a book, None when it never did."""
        try:
            return datetime.fromisoformat(self["backups"][address])
        except (KeyError, TypeError, ValueError):
            return None

    def recent_books(self) -> list[tuple[str, str]]:
        """Return (address, name) of the recent books, newest first."""
        return [
            (entry[0], entry[1])
            for entry in self["recent_books"]
            if isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)
        ]
