"""The check code and the QR text of a paper.

A check code is taken over the paper's identity, its balance and the chain's hash at its position, so that it
anchors the whole book as it was: nobody can change what came before without the code failing.
"""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.records.every import Register
from desktop.store.trail import canonical


def check_code(
    book: bytes,
    number: str,
    subject: str,
    ends: date | None,
    balance: int,
    register: bytes,
    seq: int,
    chain: bytes,
) -> str:
    """Return the code of a paper: twelve letters and digits over what it says and the chain's hash at its place."""
    content = canonical(
        [
            book.hex(),
            number,
            subject,
            None if ends is None else ends.isoformat(),
            balance,
            register.hex(),
            seq,
            chain.hex(),
        ]
    )
    digest = hashlib.sha256(content.encode()).hexdigest()[:12].upper()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:]}"


def qr_text(
    book: bytes,
    number: str,
    subject: str,
    ends: date | None,
    balance: int,
    register: bytes,
    seq: int,
    code: str,
) -> str:
    """Return the text of a paper's QR code: fields parted by `;`, readable by any telephone."""
    day = "" if ends is None else ends.isoformat()
    return ";".join(
        ["SN1", book.hex()[-8:], number, subject, day, str(balance), f"{register.hex()[-6:]}.{seq}", code]
    )


def uid_of(session: Session, register: int) -> bytes:
    """Return the unique number of a register by its key in this book."""
    return session.scalars(select(Register.uid).where(Register.id == register)).one()
