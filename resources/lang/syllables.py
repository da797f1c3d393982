"""Which written words are possible Vietnamese syllables: onset, rhyme and tone that may stand together."""

from __future__ import annotations

import re
import unicodedata

_ONSETS = re.findall(r"\S+", "ngh ng nh n gh gi g kh k ch c ph p qu th tr t b d đ h l m r s v x")
_TONES = {"\u0300": "huyền", "\u0309": "hỏi", "\u0303": "ngã", "\u0301": "sắc", "\u0323": "nặng"}

# Vowels and the final consonants each may take; "-" stands for none.
_RHYMES = {
    "a": "- c ch m n ng nh p t",
    "ă": "c m n ng p t",
    "â": "c m n ng p t",
    "e": "- c m n ng p t",
    "ê": "- c ch m n nh p t",
    "i": "- c ch m n nh p t",
    "o": "- c m n ng p t",
    "ô": "- c m n ng p t",
    "ơ": "- m n p t",
    "u": "- c m n ng p t",
    "ư": "- c m n ng t",
    "y": "- ch n nh t",
    "oo": "c ng",
    "iê": "c m n ng p t",
    "yê": "m n ng t",
    "uô": "c m n ng t",
    "ươ": "c m n ng p t",
    "oa": "- c ch m n ng nh p t",
    "oă": "c m n ng t",
    "oe": "- n t m",
    "uâ": "n ng t",
    "uê": "- ch nh n c",
    "uơ": "-",
    "uy": "- ch n nh t p",
    "uyê": "n t",
    "ua": "-",
    "ưa": "-",
    "ia": "-",
    "uya": "-",
}
_OPEN = """ai ao au ay âu ây eo êu iu iêu yêu oi ôi ơi ui ưi ưu uôi ươi ươu
    oai oay oao oeo uây uyu uêu uao"""
_RHYMES |= dict.fromkeys(_OPEN.split(), "-")
_ALLOWED = frozenset(
    vowel + ("" if final == "-" else final) for vowel, finals in _RHYMES.items() for final in finals.split()
)
# After "qu" and "gi" part of the vowel is already written in the onset.
_AFTER_QU = frozenset(rhyme for rhyme in _ALLOWED if rhyme[0] in "aăâeêiơoyô")
_FINAL = re.compile(r"(ch|c|p|t)$")


def is_syllable(word: str) -> bool:
    """Say whether `word` may be one Vietnamese syllable; case must be small, capital or capitalised."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    tone = ""
    letters = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            if tone:
                return False
            tone = _TONES[char]
        else:
            letters.append(char)
    plain = unicodedata.normalize("NFC", "".join(letters))
    rhyme_fits = any(_fits(plain, onset) for onset in ("", *_ONSETS))
    if not rhyme_fits:
        return False
    return not _FINAL.search(plain) or tone in ("sắc", "nặng")


def _fits(plain: str, onset: str) -> bool:
    """Say whether the toneless word is this onset and a rhyme that may follow it."""
    if not plain.startswith(onset):
        return False
    rest = plain[len(onset) :]
    if onset == "qu":
        return rest in _AFTER_QU
    if onset == "gi":
        return rest in _ALLOWED or "i" + rest in _ALLOWED
    return rest in _ALLOWED
