"""Values that several papers print: who issues, which group, who signs, how often it was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who issues the paper. `superior` is the body above it, printed first on minutes-like papers."""

    name: str
    address: str = ""
    superior: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """The group a paper is about; `commune` as it is written in addresses ("xã Tân Hưng, tỉnh Vĩnh Long")."""

    code: str
    name: str
    commune: str = ""
    hamlet: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature block: the title, the name to print below the space, and for people who cannot write
    a box for the fingerprint (điểm chỉ) and the line of a witness.
    """

    title: str
    name: str = ""
    fingerprint: bool = False
    witness: str = ""


@dataclass(frozen=True, slots=True)
class PrintMark:
    """What tells one printed sheet from another. The time of printing is an input: same value, same bytes.

    `number` is the paper's own number ("SK-2026-000123"), `count` how often it was printed including this
    time (0 = not counted), `printed_at` an aware instant, `qr` the whole text of the QR code, `check_code`
    and `ledger_position` what a reader without a phone compares. Empty texts are not printed.
    """

    printed_at: datetime
    printed_by: str
    number: str = ""
    count: int = 0
    qr: str = ""
    check_code: str = ""
    ledger_position: str = ""


@dataclass(frozen=True, slots=True)
class CashCount:
    """A box counted by denomination (bảng kê loại tiền). Amounts in đồng.

    `pieces` holds (value of the note, number of notes), largest first. `book` is what the book says should be
    in the box; `explanation` says why the two differ.
    """

    title: str
    pieces: tuple[tuple[int, int], ...]
    book: int
    explanation: str = ""

    @property
    def counted(self) -> int:
        """What was in the box, in đồng."""
        return sum(value * number for value, number in self.pieces)

    @property
    def difference(self) -> int:
        """Counted minus book, in đồng: positive is too much in the box."""
        return self.counted - self.book
