"""Which household of the book a line of somebody's list means: sure, unsure with candidates, or none.

Nothing is taken for the same silently. Sure is only: the same citizen number and the same name; or the same head's
name with all its marks in the same hamlet, once, with nothing against it. Everything else that is alike is shown to
a person who decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.ids import HouseholdId
from resources.lang.messages import N_, _
from resources.lang.names import fold, fold_tones

MOST_CANDIDATES = 6
_KINDS_OF_HAMLET = re.compile(r"^(ap|thon|ban|xom|khom|buon|lang|to dan pho|to|khu pho|kp|tdp)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class HomePerson:
    """One of a household's people, as far as matching needs them."""

    name: str
    citizen_number: str = ""
    birth_year: int | None = None
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A household of the book."""

    id: HouseholdId
    code: str
    commune_code: str
    hamlet: str
    people: tuple[HomePerson, ...]

    @property
    def head(self) -> HomePerson | None:
        """Return the head, or the only one who lives there."""
        marked = next((person for person in self.people if person.is_head), None)
        return marked or (self.people[0] if len(self.people) == 1 else None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of the list: its head of household and where they live."""

    name: str
    hamlet: str = ""
    commune_code: str = ""
    citizen_number: str = ""
    birth_year: int | None = None


class Likeness(StrEnum):
    """Why a household may be the one that is meant, the likeliest first."""

    NUMBER = "number"
    NUMBER_OTHER_NAME = "number-other-name"
    NAME_PLACE = "name-place"
    NAME_PLACE_AGAINST = "name-place-against"
    PERSON = "person"
    NO_MARKS = "no-marks"
    OTHER_PLACE = "other-place"
    NO_MARKS_OTHER_PLACE = "no-marks-other-place"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the words to show, in the language in use."""
        return _(_WORDS[self])


_WORDS = {
    Likeness.NUMBER: N_("cùng số định danh và tên"),
    Likeness.NUMBER_OTHER_NAME: N_("cùng số định danh nhưng khác tên"),
    Likeness.NAME_PLACE: N_("cùng tên chủ hộ, cùng thôn"),
    Likeness.NAME_PLACE_AGAINST: N_("cùng tên, cùng thôn nhưng khác số định danh hoặc năm sinh"),
    Likeness.PERSON: N_("là người trong hộ, không phải chủ hộ"),
    Likeness.NO_MARKS: N_("tên giống nếu bỏ dấu, cùng thôn"),
    Likeness.OTHER_PLACE: N_("cùng tên nhưng khác thôn"),
    Likeness.NO_MARKS_OTHER_PLACE: N_("tên giống nếu bỏ dấu, cùng năm sinh, khác thôn"),
}
_ORDER = list(Likeness)


class Kind(StrEnum):
    """How a line stands."""

    SURE = "sure"
    UNSURE = "unsure"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that may be meant, and why."""

    home: Home
    why: Likeness


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a line; the first candidate of a sure match is the household."""

    kind: Kind
    candidates: tuple[Candidate, ...] = ()

    @property
    def home(self) -> Home | None:
        """Return the household of a sure match."""
        return self.candidates[0].home if self.kind is Kind.SURE else None


def hamlet_key(hamlet: str) -> str:
    """Return a hamlet as it is compared: without marks and without the word for its kind ("ấp 3" is "3")."""
    key = " ".join(re.sub(r"[^\w]+", " ", fold(hamlet)).split())
    return _KINDS_OF_HAMLET.sub("", key)


class Finder:
    """Finds households by citizen number and by name; made once for a list of thousands of lines."""

    def __init__(self, homes: Iterable[Home]) -> None:
        self._by_number: dict[str, list[tuple[Home, HomePerson]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[Home, HomePerson]]] = defaultdict(list)
        for home in homes:
            for person in home.people:
                if person.citizen_number:
                    self._by_number[person.citizen_number].append((home, person))
                self._by_name[fold(person.name)].append((home, person))

    def find(self, wanted: Wanted) -> Match:
        """Return what a line means."""
        found: dict[HouseholdId, Candidate] = {}
        for home, person in self._by_number.get(wanted.citizen_number, ()):
            same = fold_tones(person.name) == fold_tones(wanted.name)
            _add(found, home, Likeness.NUMBER if same else Likeness.NUMBER_OTHER_NAME)
        for home, person in self._by_name.get(fold(wanted.name), ()):
            if wanted.commune_code and home.commune_code and wanted.commune_code != home.commune_code:
                continue
            why = _likeness(wanted, home, person)
            if why is not None:
                _add(found, home, why)
        candidates = sorted(found.values(), key=lambda one: (_ORDER.index(one.why), one.home.code))
        if not candidates:
            return Match(Kind.NEW)
        best = candidates[0].why
        alone = [one for one in candidates if one.why is best]
        if best in (Likeness.NUMBER, Likeness.NAME_PLACE) and len(alone) == 1:
            # A household that has the number outweighs one of the same name without it.
            rivals = [
                one for one in candidates[1:] if one.why in (Likeness.NUMBER_OTHER_NAME, Likeness.NAME_PLACE)
            ]
            if best is Likeness.NUMBER or not rivals:
                return Match(Kind.SURE, tuple(candidates[:MOST_CANDIDATES]))
        return Match(Kind.UNSURE, tuple(candidates[:MOST_CANDIDATES]))


def _add(found: dict[HouseholdId, Candidate], home: Home, why: Likeness) -> None:
    before = found.get(home.id)
    if before is None or _ORDER.index(why) < _ORDER.index(before.why):
        found[home.id] = Candidate(home, why)


def _likeness(wanted: Wanted, home: Home, person: HomePerson) -> Likeness | None:
    same_marks = fold_tones(person.name) == fold_tones(wanted.name)
    same_place = hamlet_key(home.hamlet) == hamlet_key(wanted.hamlet)
    if not same_place:
        unknown = not home.hamlet.strip() or not wanted.hamlet.strip()
        if same_marks or unknown:
            return Likeness.OTHER_PLACE
        # Many people share a name without its marks; the year of birth tells whether to ask.
        same_year = wanted.birth_year is not None and wanted.birth_year == person.birth_year
        return Likeness.NO_MARKS_OTHER_PLACE if same_year else None
    if not same_marks:
        return Likeness.NO_MARKS
    if _against(wanted, person):
        return Likeness.NAME_PLACE_AGAINST
    head = home.head
    if head is not person and not (head is None and not any(one.is_head for one in home.people)):
        return Likeness.PERSON
    return Likeness.NAME_PLACE


def _against(wanted: Wanted, person: HomePerson) -> bool:
    """Tell whether numbers or years say that the two are not one person."""
    numbers = wanted.citizen_number and person.citizen_number
    if numbers and wanted.citizen_number != person.citizen_number:
        return True
    years = wanted.birth_year is not None and person.birth_year is not None
    return bool(years and wanted.birth_year != person.birth_year)
