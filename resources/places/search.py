"""Finding a place by a few typed words, with or without marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from resources.lang.names import fold, fold_tones

Unit = TypeVar("Unit")

# An apostrophe is left out as often as typed: Cư M'gar, Cư Mgar.
_SIGNS = str.maketrans("-,./", "    ", "'\u2019\u2018\u02bc`")
_KINDS = (["xa"], ["phuong"], ["dac", "khu"], ["thi", "tran"])
_SHORT = {
    "x": "xa",
    "p": "phuong",
    "f": "phuong",
    "dk": "dac khu",
    "t": "tinh",
    "tp": "thanh pho",
    "hcm": "ho chi minh",
    "tphcm": "thanh pho ho chi minh",
    "hn": "ha noi",
}


@dataclass(frozen=True, slots=True)
class Entry(Generic[Unit]):
    """A unit with the words it is found by; each text begins with a space so that words can be matched."""

    unit: Unit
    name: str
    loose: str
    marked: str

    @classmethod
    def of(cls, unit: Unit, kind: str, name: str, home: str) -> Entry[Unit]:
        """Return the entry of a unit of this kind and name lying in `home`."""
        return cls(
            unit,
            _bare(name),
            f" {_bare(kind)} {_bare(name)} {_bare(home)}",
            " " + _marks(f"{kind} {name} {home}"),
        )


def _plain(text: str) -> str:
    return text.translate(_SIGNS)


def _bare(text: str) -> str:
    return fold(_plain(text))


@cache
def _marked_word(word: str) -> str:
    return fold_tones(word)


def _marks(text: str) -> str:
    """Return the text with marks, one tone placement; words repeat, so each is folded once."""
    return " ".join(_marked_word(word) for word in _plain(text).split())


def search(entries: Iterable[Entry[Unit]], text: str, limit: int) -> list[Unit]:
    """Return the units that hold all typed words in order, best first; equals keep their order.

    Where nothing fits, a wrong kind in front ("xã" of a ward) or wrong marks are overlooked.
    """
    typed = _marks(text).split()
    if not typed:
        return []
    everything = list(entries)
    plain = [fold(word) for word in typed]
    written_out = " ".join(_SHORT.get(word, word) for word in plain).split()
    marked = [word for word in typed if fold(word) != word]
    homes = _without_home_kind(written_out)
    for words in (plain, written_out, homes, _without_kind(homes)):
        found = [entry for entry in everything if _holds(entry.loose, words)]
        if found:
            found = [entry for entry in found if _holds(entry.marked, marked)] or found
            query = " ".join(words)
            return [entry.unit for entry in sorted(found, key=lambda entry: _rank(entry, query))[:limit]]
    return []


def _without_home_kind(words: list[str]) -> list[str]:
    """Return the words without "tinh" and "thanh pho" (they are no part of what is searched)."""
    kept = f" {' '.join(words)} ".replace(" thanh pho ", " ").replace(" tinh ", " ").split()
    return kept or words


def _without_kind(words: list[str]) -> list[str]:
    """Return the words without a kind of commune in front; unchanged if nothing else would be left."""
    for kind in _KINDS:
        if words[: len(kind)] == kind and len(words) > len(kind):
            return words[len(kind) :]
    return words


def _holds(hay: str, words: list[str]) -> bool:
    """Say whether the words begin words of `hay`, in this order."""
    place = 0
    for word in words:
        place = hay.find(" " + word, place)
        if place < 0:
            return False
        place += len(word) + 1
    return True


def _rank(entry: Entry[Unit], query: str) -> int:
    """Return how far the unit is from the typed text: the name itself, its beginning, with kind, with home."""
    if entry.name == query:
        return 0
    whole = entry.loose
    if whole.startswith(f" {query} ") or query.startswith(entry.name + " "):
        return 1
    if entry.name.startswith(query):
        return 2
    if whole.startswith(" " + query):
        return 3
    if " " + query in " " + entry.name:
        return 4
    if " " + query in whole:
        return 5
    return 6
