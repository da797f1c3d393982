"""A list as it would be kept: each line with what is wrong with it, and the household that it means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import HouseholdId
from desktop.models.kinds import Poverty
from desktop.models.problems import Level, Problem
from desktop.models.records.every import Household, Member
from desktop.models.rules.household_matching import Finder, Home, HomePerson, Kind, Match, Wanted
from desktop.models.rules.poverty import check_poverty
from desktop.services.exchange import Progress, Sheet
from desktop.services.household_lists.columns import ListField, ListMapping
from desktop.services.household_lists.reading import ListOptions, ListRow, read_rows
from desktop.services.poverty import is_urban
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import join_name

_STEP = 200


class Choice(StrEnum):
    """What a person decided for a line."""

    ACCEPT = "accept"
    NEW = "new"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision for a line; `home` is the accepted household."""

    choice: Choice
    home: HouseholdId | None = None


Decisions = Mapping[int, Decision]
"""Decisions by the number of the line in the file."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A line with what it was matched with, and all that is to be said of it."""

    row: ListRow
    match: Match
    problems: tuple[Problem, ...]

    @property
    def number(self) -> int:
        """Return the number of the line in the file."""
        return self.row.number

    @property
    def is_bad(self) -> bool:
        """Tell whether the line cannot be kept, whatever is decided."""
        return any(problem.level is Level.STOP for problem in self.problems)

    def decided(self, decisions: Decisions) -> Decision | None:
        """Return what happens to the line, None while somebody has to decide."""
        if self.is_bad:
            return Decision(Choice.SKIP)
        said = decisions.get(self.number)
        if said is not None:
            return said
        if self.match.kind is Kind.SURE and self.match.home is not None:
            return Decision(Choice.ACCEPT, self.match.home.id)
        return Decision(Choice.NEW) if self.match.kind is Kind.NEW else None


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A whole list; `problems` are of the list itself (no column of names)."""

    sheet: Sheet
    mapping: ListMapping
    options: ListOptions
    rows: tuple[SeenRow, ...]
    problems: tuple[Problem, ...] = ()

    def undecided(self, decisions: Decisions) -> list[SeenRow]:
        """Return the lines that somebody has to decide."""
        return [row for row in self.rows if row.decided(decisions) is None]

    def count(self, decisions: Decisions) -> dict[str, int]:
        """Return how many lines are accepted, new, skipped, bad, undecided."""
        found: dict[str, int] = defaultdict(int)
        for row in self.rows:
            decision = row.decided(decisions)
            name = "bad" if row.is_bad else "undecided" if decision is None else decision.choice.value
            found[name] += 1
        return dict(found)


def load_homes(session: Session) -> list[Home]:
    """Return all households of the book with their people, in two questions."""
    people: dict[int, list[HomePerson]] = defaultdict(list)
    query = select(
        Member.household_id,
        Member.family,
        Member.middle,
        Member.given,
        Member.citizen_number,
        Member.birth_year,
        Member.birth_date,
        Member.is_head,
    ).where(Member.household_id.is_not(None))
    for row in session.execute(query):
        year = row.birth_year or (None if row.birth_date is None else row.birth_date.year)
        people[row.household_id].append(
            HomePerson(
                join_name(row.family, row.middle, row.given),
                row.citizen_number or "",
                year,
                bool(row.is_head),
            )
        )
    homes = select(Household.id, Household.code, Household.commune_code, Household.hamlet)
    return [
        Home(
            HouseholdId(row.id),
            row.code,
            row.commune_code or "",
            row.hamlet,
            tuple(people.get(row.id, ())),
        )
        for row in session.execute(homes)
    ]


def preview(
    book: Book,
    sheet: Sheet,
    mapping: ListMapping,
    options: ListOptions,
    progress: Progress | None = None,
) -> ListPreview:
    """Return a list as it would be kept; nothing is written."""
    problems = check_mapping(mapping)
    if problems:
        return ListPreview(sheet, mapping, options, (), tuple(problems))
    rows = read_rows(sheet, mapping, options)
    with book.read() as session:
        seen = match_rows(session, rows, options, progress)
    return ListPreview(sheet, mapping, options, seen)


def check_mapping(mapping: ListMapping) -> list[Problem]:
    """Return what is wrong with the choice of columns."""
    problems = []
    if ListField.NAME not in mapping:
        problems.append(Problem.stop("no-name-column", "", _("Hãy chọn cột Họ và tên chủ hộ.")))
    for field in ListField:
        if mapping.count(field) > 1:
            text = _("Hai cột cùng là “{field}”.").format(field=field.label)
            problems.append(Problem.stop("column-twice", "", text))
    return problems


def _of_forms(row: ListRow, options: ListOptions) -> list[Problem]:
    if row.status is Poverty.UNKNOWN:
        return []  # said already, at its column
    return check_poverty(
        row.status, options.year, options.standard, row.b1, row.b2, urban=is_urban(row.commune_code)
    )


def match_rows(
    session: Session,
    rows: Sequence[ListRow],
    options: ListOptions,
    progress: Progress | None = None,
) -> tuple[SeenRow, ...]:
    """Return the lines with the households that they mean; a household meant twice is sure for nobody."""
    finder = Finder(load_homes(session))
    found: list[SeenRow] = []
    taken: dict[HouseholdId, int] = {}
    written: dict[tuple[str, str, str], int] = {}
    for place, row in enumerate(rows, 1):
        match = finder.find(
            Wanted(
                row.name,
                row.hamlet,
                row.commune_code,
                row.citizen_number,
                row.birth_year or (None if row.birth_date is None else row.birth_date.year),
            )
        )
        problems = [*row.problems, *_of_forms(row, options)]
        key = (row.name, row.hamlet, row.citizen_number)
        if row.name and key in written:
            text = _("Trùng với dòng {n} của danh sách.").format(n=written[key])
            problems.append(Problem.stop("row-twice", ListField.NAME, text))
        written.setdefault(key, row.number)
        sure = match.home
        if sure is not None:
            if sure.id in taken:
                text = _("Cùng hộ với dòng {n}: hãy xem lại.").format(n=taken[sure.id])
                problems.append(Problem.warn("home-twice", ListField.NAME, text))
                match = replace(match, kind=Kind.UNSURE)
            else:
                taken[sure.id] = row.number
        if match.kind is Kind.NEW and not row.is_bad and row.sex is None:
            text = _("Hộ chưa có trong sổ: cần giới tính của chủ hộ để lập hộ mới.")
            problems.append(Problem.stop("no-sex", ListField.SEX, text))
        found.append(SeenRow(row, match, tuple(problems)))
        if progress is not None and place % _STEP == 0:
            progress(place, len(rows))
    return tuple(found)
