"""Passphrases: kept as scrypt keys with a salt, compared in constant time; a recovery code is shown once."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from desktop.models.problems import Problem
from resources.lang.messages import _
from resources.lang.names import nfc

_N, _R, _P = 2**14, 8, 1
LEAST = 8
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def check_passphrase(passphrase: str, again: str | None = None) -> list[Problem]:
    """Return what is wrong with a new passphrase."""
    if len(nfc(passphrase)) < LEAST:
        return [
            Problem.stop(
                "short", "passphrase", _("Mật khẩu cần ít nhất 8 ký tự; một câu ngắn dễ nhớ là tốt.")
            )
        ]
    if again is not None and nfc(again) != nfc(passphrase):
        return [Problem.stop("differs", "again", _("Hai lần gõ mật khẩu khác nhau."))]
    return []


def sealed(passphrase: str, salt: bytes | None = None) -> str:
    """Return the key of a passphrase as it is kept: "scrypt$n$r$p$salt$key"."""
    salt = secrets.token_bytes(16) if salt is None else salt
    key = hashlib.scrypt(nfc(passphrase).encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${key.hex()}"


def opens(passphrase: str, kept: str) -> bool:
    """Tell whether a passphrase is the one whose key is kept."""
    try:
        _name, n, r, p, salt, key = kept.split("$")
        made = hashlib.scrypt(
            nfc(passphrase).encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=32
        )
    except ValueError:
        return False
    return hmac.compare_digest(made, bytes.fromhex(key))


def new_recovery_code() -> str:
    """Return a recovery code to be written down: four blocks of five letters, 100 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _place in range(5)) for _block in range(4))


def tidy_recovery(code: str) -> str:
    """Return a recovery code as it was made, however it was typed."""
    letters = "".join(char for char in code.upper() if char in _ALPHABET)
    return "-".join(letters[start : start + 5] for start in range(0, len(letters), 5))
