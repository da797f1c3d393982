"""Addresses of books on a server, taken apart and put together; what may be shown and kept of them.

The parts are cut as SQLAlchemy cuts them, so that what is taken for a password here is what is used as one there.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
PORT = 5432
"""Where PostgreSQL listens when nothing else is said."""

_PARTS = (  # compiled when an address is taken apart, not at every start
    r"(?P<scheme>[\w+]+)://(?:(?P<user>[^:/]*)(?::(?P<password>[^@]*))?@)?"
    r"(?P<host>\[[^/?]+\]|[^/:?]*)(?::(?P<port>[^/?]*))?(?:/(?P<database>[^?]*))?(?:\?(?P<options>.*))?"
)
_SECRET_OPTIONS = ("password", "sslpassword")


class ServerPlace(NamedTuple):
    """Where a book is on a server and who opens it; `port` 0 is the usual one, `options` as they stand after `?`."""

    host: str = ""
    port: int = 0
    database: str = ""
    user: str = ""
    password: str = ""
    options: str = ""

    def address(self) -> str:
        """Return the address of this place, the password in it."""
        who = quote(self.user, safe="")
        if self.password:
            who += f":{quote(self.password, safe='')}"
        at = f"{who}@" if who else ""
        port = f":{self.port}" if self.port and self.port != PORT else ""
        more = f"?{self.options}" if self.options else ""
        return f"postgresql://{at}{self.host}{port}/{self.database}{more}"


def is_server(address: str) -> bool:
    """Tell whether an address names a server (`postgresql://…`) and not a file."""
    return "://" in address


def place_of(address: str) -> ServerPlace:
    """Take a server's address apart. Raises ValueError when it is none."""
    found = re.fullmatch(_PARTS, address.strip())
    if found is None or found["scheme"] not in SCHEMES:
        raise ValueError("no address of a PostgreSQL server")
    return ServerPlace(
        found["host"] or "",
        int(found["port"] or 0),
        found["database"] or "",
        unquote(found["user"] or ""),
        unquote(found["password"] or ""),
        found["options"] or "",
    )


def without_password(address: str) -> str:
    """Return a book's address as it may be kept on the disk: a server's without its password."""
    return _with_secrets(address, "")


def shown_address(address: str) -> str:
    """Return where a book is as it may stand on the screen: a password in it as three stars."""
    return _with_secrets(address, "***")


def short_name(address: str) -> str:
    """Return what to call a book that is not open yet: its file without the ending, or its database."""
    if not is_server(address):
        return Path(address).stem
    found = re.fullmatch(_PARTS, address.strip())
    return (found["database"] or found["host"] or "") if found is not None else ""


def _with_secrets(address: str, stars: str) -> str:
    """Return an address with its secrets as `stars`, or left out where that is empty; a file's path as it is."""
    if not is_server(address):
        return address
    found = re.fullmatch(_PARTS, address)
    if found is None:
        return address.split("://", 1)[0] + "://"  # nobody can tell what of it is a secret
    kept = address
    if found["password"] is not None:
        start, end = found.span("password")
        kept = f"{address[:start]}{stars}{address[end:]}" if stars else address[: start - 1] + address[end:]
    place, question, options = kept.partition("?")
    told = []
    for option in options.split("&") if question else ():
        key, equals, _value = option.partition("=")
        if key.lower() not in _SECRET_OPTIONS:
            told.append(option)
        elif stars:
            told.append(f"{key}{equals}{stars}")
    return f"{place}?{'&'.join(told)}" if told else place
