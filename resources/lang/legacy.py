"""Old Vietnamese encodings in spreadsheets: recognised by what they would say, converted to Unicode.

TCVN3 (fonts .VnTime …) has one character per letter; VNI (VNI-Times …) a base letter and a mark; VIQR spells
marks in plain ASCII. A column is judged as a whole, since a short name may be valid in two encodings; the
user sees texts before and after, and decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from resources.lang.syllables import is_syllable


class Encoding(StrEnum):
    """How a text holds its Vietnamese letters."""

    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"
    VIQR = "viqr"


_MARKS = {
    "huyền": "\u0300",
    "hỏi": "\u0309",
    "ngã": "\u0303",
    "sắc": "\u0301",
    "nặng": "\u0323",
    "circumflex": "\u0302",
    "breve": "\u0306",
    "horn": "\u031b",
}


# --- TCVN3: the characters from U+00A1 on; capitals with tones only exist in the full standard TCVN 5712.
_TCVN3_FROM_A1 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323"
    "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_TCVN3_FROM_80 = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
_TCVN3 = {0xA1 + place: letter for place, letter in enumerate(_TCVN3_FROM_A1)}
_TCVN3 |= {0x80 + place: letter for place, letter in enumerate(_TCVN3_FROM_80)}
_TCVN3 |= {0x01: "Ú", 0x02: "Ụ", 0x04: "Ừ", 0x05: "Ử", 0x06: "Ữ", 0x11: "Ứ", 0x12: "Ự"}
_TCVN3 |= {0x13: "Ỳ", 0x14: "Ỷ", 0x15: "Ỹ", 0x16: "Ý", 0x17: "Ỵ"}
_TCVN3[0x03BC] = _TCVN3[0xB5]  # the Greek mu that some programs put for the micro sign


def tcvn3_to_unicode(text: str) -> str:
    """Return a TCVN3 text in Unicode (NFC), letter by letter."""
    return unicodedata.normalize("NFC", text.translate(_TCVN3))


# --- VNI: letters of their own, and marks that follow the letter they belong to.
_VNI_LETTERS = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_VNI_TONES = {"ù": "sắc", "ø": "huyền", "û": "hỏi", "õ": "ngã", "ï": "nặng"}
_VNI_SHAPES = {
    "circumflex": {"â": "", "á": "sắc", "à": "huyền", "å": "hỏi", "ã": "ngã", "ä": "nặng"},
    "breve": {"ê": "", "é": "sắc", "è": "huyền", "ú": "hỏi", "ü": "ngã", "ë": "nặng"},
}


def _vni_table() -> dict[str, str]:
    """Return every VNI writing of a letter and its Unicode letter, small and capital."""
    small = dict(_VNI_LETTERS)
    for base in "aeiouyôö":
        letter = _VNI_LETTERS.get(base, base)
        for sign, tone in _VNI_TONES.items():
            small[base + sign] = letter + _MARKS[tone]
    for shape, bases in (("circumflex", "aeo"), ("breve", "a")):
        for base in bases:
            for sign, tone in _VNI_SHAPES[shape].items():
                small[base + sign] = base + _MARKS[shape] + (_MARKS[tone] if tone else "")
    table = {}
    for written, letter in small.items():
        table[written] = unicodedata.normalize("NFC", letter)
        capital = unicodedata.normalize("NFC", letter.upper())
        for variant in (written.upper(), written[0].upper() + written[1:]):
            table[variant] = capital
    return table


_VNI = _vni_table()
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))


def vni_to_unicode(text: str) -> str:
    """Return a VNI text in Unicode (NFC)."""
    return unicodedata.normalize("NFC", _VNI_LETTER.sub(lambda found: _VNI[found[0]], text))


# --- VIQR: marks as punctuation after the vowel, the backslash keeps a sign literal.
_VIQR_SHAPES = {"^": "circumflex", "(": "breve", "+": "horn", "*": "horn"}
_VIQR_TONES = {"'": "sắc", "`": "huyền", "?": "hỏi", "~": "ngã", ".": "nặng"}
_VIQR_TAKES = {"^": "aeo", "(": "a", "+": "ou", "*": "ou"}
_VIQR_LETTER = re.compile(
    r"\\(?P<literal>.)"
    r"|(?P<dd>[dD][dD])"
    r"|(?P<vowel>[aeiouyAEIOUY])(?P<signs>[\^(+*]['`?~.]?|['`?~.][\^(+*]?)"
)


def _viqr_letter(found: re.Match[str]) -> str:
    if found["literal"] is not None:
        return found["literal"]
    if found["dd"] is not None:
        return "Đ" if found["dd"][0] == "D" else "đ"
    vowel = found["vowel"]
    marks, kept = "", ""
    for sign in found["signs"]:
        if sign in _VIQR_TONES and not kept:
            marks += _MARKS[_VIQR_TONES[sign]]
        elif vowel.lower() in _VIQR_TAKES.get(sign, "") and not kept:
            marks = _MARKS[_VIQR_SHAPES[sign]] + marks
        else:
            kept += sign
    return unicodedata.normalize("NFC", vowel + marks) + kept


def viqr_to_unicode(text: str) -> str:
    """Return a VIQR text in Unicode (NFC): "Tie^'ng Vie^.t" -> "Tiếng Việt"."""
    return unicodedata.normalize("NFC", _VIQR_LETTER.sub(_viqr_letter, text))


# --- Converting and recognising
_CONVERTERS = {
    Encoding.TCVN3: tcvn3_to_unicode,
    Encoding.VNI: vni_to_unicode,
    Encoding.VIQR: viqr_to_unicode,
}
_ONLY_UNICODE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
_VIQR_SIGNAL = re.compile(
    r"[aeoAEO]\^|[ouOU]\+|[aA]\(['`?~.]?[cmnptCMNPT]|[aeiouyAEIOUY][`~]|\b[dD][dD][aeiouyAEIOUY]"
)
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"\S+")
_SAMPLE = 400


def convert(text: str, encoding: Encoding) -> str:
    """Return `text` in Unicode NFC. A text that already holds Unicode Vietnamese letters is only normalised.

    TCVN3 draws capitals with a font, so "NGUYÔN" comes out in capitals as a whole: "NGUYỄN".
    """
    if encoding is Encoding.UNICODE or _ONLY_UNICODE.search(text):
        return unicodedata.normalize("NFC", text)
    converted = _CONVERTERS[encoding](text)
    if encoding is Encoding.TCVN3:
        return _WORD.sub(_even_case, converted)
    return converted


def _even_case(found: re.Match[str]) -> str:
    """Return a word in capitals when all its plain letters, two at least, are capitals."""
    word = found[0]
    plain = [char for char in word if char.isascii()]
    return word.upper() if len(plain) > 1 and all(char.isupper() for char in plain) else word


def guess_text(text: str) -> Encoding | None:
    """Return the encoding in which one text says most Vietnamese; None if it gives no hint (plain ASCII)."""
    if _ONLY_UNICODE.search(text):
        return Encoding.UNICODE
    if text.isascii():
        if _VIQR_SIGNAL.search(text) and _worth(viqr_to_unicode(text)) > 0:
            return Encoding.VIQR
        return None
    worths = {Encoding.UNICODE: _worth(unicodedata.normalize("NFC", text))}
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        worths[encoding] = _worth(convert(text, encoding))
    best = max(worths, key=lambda encoding: worths[encoding])  # the first of equals: Unicode
    return best if best is Encoding.UNICODE or worths[best] > 0 else None


def guess_encoding(texts: Iterable[str]) -> Encoding:
    """Return the encoding of a column by the majority of its texts that give a hint; Unicode if none does."""
    votes: Counter[Encoding] = Counter()
    for text in texts:
        guess = guess_text(text)
        if guess is not None:
            votes[guess] += 1
            if votes.total() >= _SAMPLE:
                break
    if not votes:
        return Encoding.UNICODE
    return max(Encoding, key=lambda encoding: votes[encoding])


def _worth(text: str) -> int:
    """Return the count of words that are Vietnamese syllables less those that are not."""
    words = [word.strip(".,;:!?()[]\"'/-") for word in _SPACED.findall(text)]
    judged = [word for word in words if word and not word.isascii()]
    return sum(1 if is_syllable(word) else -1 for word in judged)
