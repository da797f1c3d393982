"""What is right about a person: the name and what follows from it, the days, the numbers, and who is there twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.ids import MemberId
from desktop.models.kinds import Sex
from desktop.models.problems import Problem
from desktop.models.rules.identity import (
    check_citizen_number,
    check_phone,
    normal_citizen_number,
    normal_phone,
)
from resources import places
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold, fold_tones, join_name, nfc, person_sort_key, proper_case
from resources.people import ethnic_groups

LONGEST_NAME = 120
LONGEST_CODE = 24
_OLDEST = 110
_CODE = re.compile(r"[\w./-]+")
_ODD_IN_NAME = re.compile(r"[^\w\s'\u2019\u2018\u02bc.\-]|[\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is known of a person. A birth date, or only the year; texts empty where nothing is known.

    `sort_name` is the word that the person is listed under when it is not the given name (H'Hen Niê).
    """

    family: str = ""
    middle: str = ""
    given: str = ""
    sort_name: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    citizen_number: str = ""
    old_paper: str = ""
    phone: str = ""
    ethnic_code: str | None = None
    joined: date | None = None
    large_print: bool = False
    note: str = ""

    @property
    def full_name(self) -> str:
        """Return the name as it is written."""
        return join_name(self.family, self.middle, self.given)


@dataclass(frozen=True, slots=True)
class NameForms:
    """What follows from a name: to find it without marks, with marks, and to put it in order."""

    fold: str
    tones: str
    sort: str


@dataclass(frozen=True, slots=True)
class Found:
    """A person already in the book, as much of them as tells the clerk who it is."""

    id: MemberId
    code: str
    full_name: str
    birth_year: int | None = None
    hamlet: str = ""
    groups: tuple[str, ...] = ()

    def describe(self) -> str:
        """Return code, name, year of birth, hamlet and groups in one line."""
        return ", ".join((f"{self.code} {self.full_name}", *self.particulars()))

    def particulars(self) -> tuple[str, ...]:
        """Return year of birth, hamlet and groups, as far as they are known."""
        born = "" if self.birth_year is None else _("sinh {year}").format(year=self.birth_year)
        return tuple(part for part in (born, self.hamlet, *self.groups) if part)


def name_forms(family: str, middle: str, given: str, sort_name: str = "") -> NameForms:
    """Return the forms of a name for searching and sorting; `sort_name` takes the given name's place in the order."""
    full = join_name(family, middle, given)
    if sort_name.strip():
        order = person_sort_key(full, "", sort_name)
    else:
        order = person_sort_key(family, middle, given)
    return NameForms(fold(full), fold_tones(full), order)


def tidy(text: str) -> str:
    """Return a text in NFC with single spaces and without characters that cannot be seen."""
    kept = nfc(text)
    if not kept.isprintable():
        kept = "".join(" " if char.isspace() else char for char in kept if not _is_hidden(char))
    return " ".join(kept.split())


def tidy_note(text: str) -> str:
    """Return a note in NFC: its lines stay, characters that cannot be seen go."""
    return "\n".join(tidy(line) for line in nfc(text).strip().splitlines())


def _is_hidden(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn")


def tidy_code(text: str) -> str:
    """Return a code as it is kept: capitals, no spaces."""
    return "".join(tidy(text).split()).upper()


def normal_person(person: Person) -> Person:
    """Return the person as kept: texts tidy, numbers without signs, the year of birth that the date says."""
    born = person.birth_date
    return replace(
        person,
        family=_normal_name(person.family),
        middle=_normal_name(person.middle),
        given=_normal_name(person.given),
        sort_name=tidy(person.sort_name),
        birth_year=person.birth_year if born is None else born.year,
        citizen_number=normal_citizen_number(tidy(person.citizen_number)),
        old_paper=tidy(person.old_paper),
        phone=normal_phone(tidy(person.phone)),
        ethnic_code=person.ethnic_code or None,
        note=tidy_note(person.note),
    )


def _normal_name(text: str) -> str:
    """Return a part of a name tidy; one written all in capitals ("NGUYỄN") becomes "Nguyễn"."""
    name = tidy(text)
    if len(name) < 2 or _ODD_IN_NAME.search(name):
        return name
    return proper_case(name) if name.isupper() or name.islower() else name


def check_person(person: Person, today: date) -> list[Problem]:
    """Return all that is wrong with a person's own data; fields are named as in `Person`."""
    return [
        *_check_name(person),
        *_check_sex(person),
        *_check_birth(person, today),
        *check_citizen_number(person.citizen_number, person.sex, _year(person)),
        *check_phone(person.phone),
        *_check_ethnic(person),
        *_check_joined(person, today),
    ]


def _year(person: Person) -> int | None:
    return person.birth_year if person.birth_date is None else person.birth_date.year


def _check_name(person: Person) -> list[Problem]:
    if not person.given.strip():
        return [Problem.stop("name-missing", "given", _("Hãy nhập tên."))]
    full = person.full_name
    if len(full) > LONGEST_NAME:
        text = _("Họ tên dài quá {count} chữ.").format(count=LONGEST_NAME)
        return [Problem.stop("name-long", "given", text)]
    odd = _ODD_IN_NAME.search(full)
    if odd:
        text = _("Họ tên có ký tự lạ “{char}”. Hãy xem lại.").format(char=odd[0])
        return [Problem.warn("name-odd", "given", text)]
    return []


def _check_sex(person: Person) -> list[Problem]:
    return [] if person.sex else [Problem.stop("sex-missing", "sex", _("Hãy chọn giới tính."))]


def _check_birth(person: Person, today: date) -> list[Problem]:
    field = "birth_year" if person.birth_date is None else "birth_date"
    year = _year(person)
    if year is None:
        return []
    if (person.birth_date or date(min(max(year, 1), 9999), 1, 1)) > today:
        return [Problem.stop("birth-future", field, _("Ngày sinh ở trong tương lai."))]
    if year < 1850:
        return [Problem.stop("birth-early", field, _("Năm sinh {year} không hợp lý.").format(year=year))]
    if today.year - year > _OLDEST:
        text = _("Năm sinh {year}: người này đã hơn {age} tuổi. Hãy xem lại.").format(year=year, age=_OLDEST)
        return [Problem.warn("birth-old", field, text)]
    return []


def _check_ethnic(person: Person) -> list[Problem]:
    if not person.ethnic_code or any(group.code == person.ethnic_code for group in ethnic_groups()):
        return []
    return [
        Problem.stop(
            "ethnic", "ethnic_code", _("Không có dân tộc mã {code}.").format(code=person.ethnic_code)
        )
    ]


def _check_joined(person: Person, today: date) -> list[Problem]:
    if person.joined is None:
        return []
    if person.joined > today:
        return [Problem.stop("joined-future", "joined", _("Ngày tham gia ở trong tương lai."))]
    year = _year(person)
    if year is not None and person.joined < (person.birth_date or date(max(year, 1), 1, 1)):
        return [Problem.stop("joined-early", "joined", _("Ngày tham gia trước ngày sinh."))]
    return []


def check_code(code: str, field: str = "code") -> list[Problem]:
    """Return what is wrong with a code that people say aloud ("TV-0012")."""
    if not code:
        return [Problem.stop("code-missing", field, _("Hãy nhập mã."))]
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        text = _("Mã chỉ gồm chữ, số và dấu - . /, dài nhất {count} ký tự.").format(count=LONGEST_CODE)
        return [Problem.stop("code-form", field, text)]
    return []


def check_duplicates(
    same_code: Found | None, same_number: Found | None, alike: Sequence[Found]
) -> list[Problem]:
    """Return the problems of finding a person there already.

    The same code or citizen number refuses. The same name, year and hamlet (`alike`) asks, unless it is the
    very record that the number already refused.
    """
    found = []
    if same_code is not None:
        text = _("Mã này đã có: {who}.").format(who=same_code.describe())
        found.append(Problem.stop("code-twice", "code", text))
    if same_number is not None:
        text = _("Số định danh này đã có trong sổ: {who}.").format(who=same_number.describe())
        found.append(Problem.stop("citizen-twice", "citizen_number", text))
    for one in alike:
        if same_number is None or one.id != same_number.id:
            text = _("Có thể đã có trong sổ: {who}. Có đúng là người khác không?").format(who=one.describe())
            found.append(Problem.warn("person-twice", "given", text))
    return found


def same_place(commune: str | None, hamlet: str, other_commune: str | None, other_hamlet: str) -> bool:
    """Tell whether two addresses may be the same hamlet: not when both are known and differ."""
    if commune and other_commune and commune != other_commune:
        return False
    mine, theirs = fold(hamlet), fold(other_hamlet)
    return not mine or not theirs or mine == theirs


def check_leaving(left: date, joined: date | None, today: date, last_meeting: date | None) -> list[Problem]:
    """Return what is wrong with a day of leaving; `last_meeting` is the last one in which the person stands."""
    if left > today:
        return [Problem.stop("left-future", "left", _("Ngày rời ở trong tương lai."))]
    if joined is not None and left < joined:
        text = _("Ngày rời trước ngày tham gia {day}.").format(day=show_day(joined))
        return [Problem.stop("left-early", "left", text)]
    if last_meeting is not None and left < last_meeting:
        text = _("Người này còn có tên trong buổi họp ngày {day}; ngày rời không được trước ngày đó.")
        return [Problem.stop("left-before-meeting", "left", text.format(day=show_day(last_meeting)))]
    return []


def show_address(commune_code: str | None, hamlet: str, address_text: str) -> str:
    """Return an address for papers: as it was written when it was kept as text, else hamlet, commune, province."""
    if address_text:
        return address_text
    commune = None if not commune_code else places.commune(commune_code)
    return ", ".join(part for part in (hamlet, commune.address if commune else "") if part)


def check_commune(code: str | None, field: str = "commune_code") -> list[Problem]:
    """Return the problem of a commune code that no list knows; None is no commune, no problem."""
    if not code or places.commune(code) is not None:
        return []
    return [Problem.stop("commune", field, _("Không có xã, phường mã {code}.").format(code=code))]
