"""By what figures of people are broken down: sex, age, disability, poverty, ethnicity, branch. "Unknown" is a category of its own.

What is known of people by date (answers to the WG questions, the lists of poor households) comes from
`indicators.traits.known_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.kinds import Poverty, Sex
from desktop.models.records.every import Member
from desktop.models.rules.washington import Finding
from desktop.services.indicators.traits import Known, known_of
from desktop.services.person_records import IN_CHUNK
from resources.activities import OTHER, SECTIONS
from resources.lang.messages import N_, _

UNKNOWN = "unknown"
KINH = "01"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody on the day of the figures."""

    sex: Sex | None = None
    birth_year: int | None = None
    ethnic_code: str | None = None
    age: int | None = None
    disability: Finding = Finding.NOT_ASKED
    poverty: Poverty = Poverty.UNKNOWN
    section: str = ""
    """The section of VSIC of the activity concerned."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A characteristic: its key, its title, its categories in order. `sensitive`: only for who may see it; `delicate`:
    hidden below the stricter threshold of donors.
    """

    key: str
    title: str
    pairs: tuple[tuple[str, str], ...]
    sort: Callable[[Person], str]
    sensitive: bool = False
    delicate: bool = False

    def categories(self) -> list[tuple[str, str]]:
        """Return the categories with their names in the language in use, the unknown last."""
        return [*((key, _(title)) for key, title in self.pairs), (UNKNOWN, _("Không rõ"))]

    def shown_title(self) -> str:
        """Return the name of the characteristic in the language in use."""
        return _(self.title)


def _sex(person: Person) -> str:
    return UNKNOWN if person.sex is None else person.sex.value


def _age(person: Person) -> str:
    if person.age is None:
        return UNKNOWN
    for key, least in (("60", 60), ("31", 31), ("25", 25), ("16", 16)):
        if person.age >= least:
            return key
    return "0"


def _ethnic(person: Person) -> str:
    if not person.ethnic_code or person.ethnic_code == "56":
        return UNKNOWN
    return "kinh" if person.ethnic_code == KINH else "minority"


def _disability(person: Person) -> str:
    return person.disability.value


def _poverty(person: Person) -> str:
    return person.poverty.value


CUTS: list[Cut] = [
    Cut("sex", N_("Giới tính"), (("F", N_("Nữ")), ("M", N_("Nam")), ("X", N_("Khác"))), _sex),
    Cut(
        "age",
        N_("Nhóm tuổi"),
        (
            ("0", N_("Dưới 16")),
            ("16", N_("16–24")),
            ("25", N_("25–30")),
            ("31", N_("31–59")),
            ("60", N_("Từ 60")),
        ),
        _age,
    ),
    Cut(
        "disability",
        N_("Khuyết tật (WG)"),
        ((Finding.YES.value, N_("Có khuyết tật")), (Finding.NO.value, N_("Không khuyết tật"))),
        _disability,
        sensitive=True,
        delicate=True,
    ),
    Cut(
        "poverty",
        N_("Mức sống"),
        (
            (Poverty.POOR.value, N_("Hộ nghèo")),
            (Poverty.NEAR_POOR.value, N_("Hộ cận nghèo")),
            (Poverty.NOT_POOR.value, N_("Không nghèo")),
        ),
        _poverty,
    ),
    Cut(
        "ethnic",
        N_("Dân tộc"),
        (("kinh", N_("Kinh")), ("minority", N_("Dân tộc thiểu số"))),
        _ethnic,
        sensitive=True,
    ),
    Cut(
        "section",
        N_("Lĩnh vực"),
        (*((letter, title) for letter, title, _span in SECTIONS), (OTHER, N_("Dịch vụ khác"))),
        lambda person: person.section or UNKNOWN,
    ),
]
"""The characteristics, in the order of lists and papers."""


def cut_key(cut: Cut, person: Person) -> str:
    """Return the category of a person."""
    found = cut.sort(person)
    return found if any(found == key for key, _title in cut.pairs) else UNKNOWN


def people_in(
    session: Session, members: Iterable[int], day: date, *, sensitive: bool = True
) -> dict[int, Person]:
    """Return what is known of members on a day, by member. Without `sensitive` nothing of disability or ethnicity
    is read.
    """
    wanted, found = sorted(set(members)), {}
    known = known_of(session, day)
    for start in range(0, len(wanted), IN_CHUNK):
        rows = session.execute(
            select(Member.id, Member.sex, Member.birth_date, Member.birth_year, Member.ethnic_code).where(
                Member.id.in_(wanted[start : start + IN_CHUNK])
            )
        )
        for row in rows:
            facts = known.get(row.id, Known())
            found[row.id] = Person(
                sex=row.sex,
                birth_year=row.birth_year,
                ethnic_code=row.ethnic_code if sensitive else None,
                disability=facts.disability if sensitive else Finding.NOT_ASKED,
                poverty=facts.poverty,
                age=years_of(row.birth_date, row.birth_year, day),
            )
    return found


def years_of(born: date | None, year: int | None, day: date) -> int | None:
    """Return completed years; of a year alone, as if born on 1 July."""
    if born is None:
        if year is None:
            return None
        born = date(year, 7, 1)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
