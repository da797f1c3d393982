"""QR codes, quickly: a statement run of a whole district prints one per member.

The patterns of each size come from reportlab's encoder, once. What changes with the text (byte mode, level M)
is computed here; the mask is fixed, which any reader accepts, because choosing the prettiest of eight takes
longer than laying out the page around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel, QRRSBlock, QRUtil

from reports.kit.ink import Page

QUIET = 4
"""Modules of white that must surround the code."""

_MASK = 3
_LARGEST = 40
_DARK = re.compile("1+")


@dataclass(frozen=True, slots=True)
class _Size:
    """What all codes of one version share. Bits are kept as one number, first bit highest."""

    side: int
    modules: tuple[str, ...]
    places: tuple[int, ...]
    mask: int
    blocks: tuple[tuple[int, int], ...]


def matrix(text: str) -> list[str]:
    """Return the rows of the code, "1" for dark, without quiet zone. Raises ValueError if the text is too long."""
    data = text.encode()
    size = _size(_version(len(data)))
    words = _interleaved(_padded(data, size), size.blocks)
    bits = len(size.places)
    value = (int.from_bytes(words, "big") << (bits - 8 * len(words))) ^ size.mask
    modules = list(size.modules)
    for place, bit in zip(size.places, f"{value:0{bits}b}", strict=True):
        modules[place] = bit
    flat = "".join(modules)
    return [flat[start : start + size.side] for start in range(0, len(flat), size.side)]


def draw(page: Page, text: str, x: float, y: float, side: float) -> None:
    """Draw the code with its quiet zone into the square of `side` points whose lower left corner is given."""
    rows = matrix(text)
    # Whole hundredths, as they are written: modules are then equally wide whoever draws them.
    step = round(side / (len(rows) + 2 * QUIET), 2)
    top = round(y + side - QUIET * step, 2)
    left = round(x + QUIET * step, 2)
    page.fills(
        [
            (left + run.start() * step, top - (number + 1) * step, (run.end() - run.start()) * step, step)
            for number, row in enumerate(rows)
            for run in _DARK.finditer(row)
        ],
        0,
    )


def quiet(text: str, side: float) -> float:
    """Return the width of the white around a code drawn into `side` points."""
    modules = 17 + 4 * _version(len(text.encode()))
    return side * QUIET / (modules + 2 * QUIET)


def _version(length: int) -> int:
    """Return the smallest version that holds so many bytes."""
    for version in range(1, _LARGEST + 1):
        room = sum(data for data, _ in _blocks(version))
        if length + (2 if version < 10 else 3) <= room:
            return version
    raise ValueError(f"{length} bytes are too long for a QR code")


@cache
def _blocks(version: int) -> tuple[tuple[int, int], ...]:
    """Return (data bytes, check bytes) of each block of a version."""
    found = QRRSBlock.getRSBlocks(version, QRErrorCorrectLevel.M)
    return tuple((block.dataCount, block.totalCount - block.dataCount) for block in found)


@cache
def _size(version: int) -> _Size:
    """Return what all codes of a version share, drawn once by reportlab."""
    code = QRCode(version, QRErrorCorrectLevel.M)
    code.dataList.append(QR8bitByte("0"))
    code.makeImpl(False, _MASK)
    side = code.getModuleCount()
    places = [(row, column) for column, row in code.dataPosIterator()]
    masked = QRUtil.getMask(_MASK)
    return _Size(
        side,
        tuple("1" if dark else "0" for row in code.modules for dark in row),
        tuple(row * side + column for row, column in places),
        int("".join("1" if masked(row, column) else "0" for row, column in places), 2),
        _blocks(version),
    )


def _padded(data: bytes, size: _Size) -> bytes:
    """Return the data words: mode, length, text, end and filling."""
    room = sum(count for count, _ in size.blocks)
    counted = 8 if size.side < 57 else 16  # from version 10 on the length takes two bytes
    head = (0b0100 << counted) | len(data)
    value = ((head << 8 * len(data)) | int.from_bytes(data, "big")) << 4
    words = value.to_bytes((4 + counted + 8 * len(data) + 4) // 8, "big")
    return words + (b"\xec\x11" * room)[: room - len(words)]


def _interleaved(words: bytes, blocks: tuple[tuple[int, int], ...]) -> bytes:
    """Return the words of all blocks and then their check words, taken in turns."""
    parts, checks, start = [], [], 0
    for data, check in blocks:
        part = words[start : start + data]
        start += data
        parts.append(part)
        checks.append(_check_words(part, check))
    mixed = [word for turn in zip_longest(*parts) for word in turn if word is not None]
    mixed += [word for turn in zip_longest(*checks) for word in turn if word is not None]
    return bytes(mixed)


def _check_words(part: bytes, count: int) -> bytes:
    """Return the Reed-Solomon check words of one block."""
    table = _division(count)
    top = 8 * (count - 1)
    kept = (1 << top) - 1
    rest = 0
    for word in part:
        rest = ((rest & kept) << 8) ^ table[(rest >> top) ^ word]
    return rest.to_bytes(count, "big")


@cache
def _division(count: int) -> tuple[int, ...]:
    """Return for each byte the number to subtract when it leads, dividing by the generator of `count` words."""
    generator = [1]
    for power in range(count):
        root = _power(power)
        shifted = [*generator, 0]
        for place, factor in enumerate(generator):
            shifted[place + 1] ^= _times(factor, root)
        generator = shifted
    return tuple(
        int.from_bytes(bytes(_times(factor, lead) for factor in generator[1:]), "big") for lead in range(256)
    )


def _power(exponent: int) -> int:
    """Return 2 to a power in the field of 256 numbers that QR codes use."""
    value = 1
    for _ in range(exponent):
        value = _times(value, 2)
    return value


def _times(one: int, other: int) -> int:
    """Return the product of two numbers in that field."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 0x100:
            one ^= 0x11D
        other >>= 1
    return product
