"""What an import would do, shown before it is done: every row as understood, every problem at its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.problems import Level, Problem
from desktop.models.records.every import Group, Household, Member
from desktop.models.rules import people
from desktop.models.rules.people import Found
from desktop.services.exchange.columns import Field, Mapping, mapping_for
from desktop.services.exchange.parsing import (
    ImportOptions,
    OldFont,
    PreviewRow,
    Progress,
    converted,
    old_fonts,
    parse_rows,
)
from desktop.services.exchange.reading import Sheet
from desktop.services.person_records import found_people
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import fold, fold_tones


@dataclass(frozen=True, slots=True)
class Preview:
    """An import as it would go. `problems` concern the file as a whole; those of a row stand at the row."""

    sheet: Sheet
    mapping: Mapping
    options: ImportOptions
    rows: tuple[PreviewRow, ...]
    fonts: tuple[OldFont, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def bad(self) -> int:
        """Return how many rows cannot be imported."""
        return sum(1 for row in self.rows if row.is_bad)

    @property
    def warned(self) -> int:
        """Return how many rows need the user's yes."""
        return sum(1 for row in self.rows if row.is_warned)

    @property
    def good(self) -> int:
        """Return how many rows are right as they are."""
        return len(self.rows) - self.bad - self.warned

    def rejected(self) -> list[PreviewRow]:
        """Return the rows that are not imported with these options."""
        return [row for row in self.rows if self._is_rejected(row)]

    def accepted(self) -> list[PreviewRow]:
        """Return the rows that are imported with these options."""
        return [row for row in self.rows if not self._is_rejected(row)]

    def _is_rejected(self, row: PreviewRow) -> bool:
        return row.is_bad or (row.is_warned and not self.options.accept_warnings)


def preview(
    book: Book,
    sheet: Sheet,
    mapping: Mapping | None,
    options: ImportOptions,
    progress: Progress | None = None,
) -> Preview:
    """Return what importing the sheet would do; without a mapping the remembered or guessed one. Writes nothing."""
    fields = mapping_for(book, sheet.headings, sheet.rows) if mapping is None else mapping
    fonts = old_fonts(sheet, fields)
    readable = converted(sheet, fonts) if options.convert else sheet
    rows = parse_rows(readable, fields, options, progress)
    problems = _check_file(fields, rows, fonts, options)
    with book.read() as session:
        checked = against_book(session, rows, options)
        problems += check_group(session, options)
    return Preview(sheet, fields, options, tuple(checked), fonts, tuple(problems))


def _check_file(
    mapping: Mapping, rows: Sequence[PreviewRow], fonts: Sequence[OldFont], options: ImportOptions
) -> list[Problem]:
    problems = []
    if not {Field.FULL_NAME, Field.GIVEN} & set(mapping):
        text = _("Chưa có cột nào là họ tên. Hãy chọn cột họ tên.")
        problems.append(Problem.stop("no-name-column", Field.FULL_NAME.value, text))
    chosen = [one for one in mapping if one is not None]
    twice = {one for one in chosen if chosen.count(one) > 1}
    problems += [
        Problem.stop(
            "column-twice", one.value, _("Hai cột cùng được chọn là {field}.").format(field=one.label)
        )
        for one in sorted(twice)
    ]
    if not rows:
        problems.append(Problem.stop("no-rows", "", _("Không có dòng nào để nhập.")))
    if fonts and options.convert is None:
        text = _(
            "Tệp viết bằng phông chữ cũ ({names}). Hãy xem mẫu và cho biết có chuyển sang Unicode không."
        )
        names = ", ".join(sorted({font.encoding.value.upper() for font in fonts}))
        problems.append(Problem.stop("old-font", "", text.format(names=names)))
    return problems


def check_group(session: Session, options: ImportOptions) -> list[Problem]:
    """Return what is wrong with the group that everybody is to join."""
    if options.group is None:
        return []
    group = session.get(Group, options.group)
    if group is None or group.closed is not None:
        return [Problem.stop("group-closed", "group", _("Nhóm đã giải thể, không thêm thành viên được."))]
    return []


# -- against the book and the file itself ----------------------------------------------------------

_AGAIN = frozenset(
    {"code-twice", "citizen-twice", "person-twice", "group-unknown", "head-twice", "home-differs"}
)
"""Problems that are found anew each time, since the book may have changed."""


@dataclass(slots=True)
class _Known:
    """A person already there: in the book (`id`) or in an earlier row of the file (`row`)."""

    id: int | None
    row: int | None
    commune: str | None
    hamlet: str
    code: str = ""
    number: str = ""
    birth_date: date | None = None
    home: str = ""

    def is_same(self, other: _Known) -> bool:
        """Tell whether nothing that is written of two namesakes of one year and hamlet tells them apart."""
        return (
            (self.commune or "") == (other.commune or "")
            and fold(self.hamlet) == fold(other.hamlet)
            and self.birth_date == other.birth_date
            and not _differ(self.code, other.code)
            and not _differ(self.number, other.number)
            and not _differ(self.home, other.home)
        )


def _differ(one: str, other: str) -> bool:
    """Tell whether both are known and differ."""
    return bool(one and other and one != other)


@dataclass(slots=True)
class _KnownHome:
    id: int | None
    commune: str | None
    hamlet: str
    head_row: int | None = None
    has_head: bool = False


@dataclass(slots=True)
class Index:
    """Who and what is in the book already; rows of the file are added as they are checked."""

    codes: dict[str, _Known] = field(default_factory=dict)
    numbers: dict[str, _Known] = field(default_factory=dict)
    names: dict[tuple[str, int], list[_Known]] = field(default_factory=dict)
    homes: dict[str, _KnownHome] = field(default_factory=dict)
    groups: dict[str, GroupId | None] = field(default_factory=dict)


def load_index(session: Session) -> Index:
    """Read the index of the book: one question per table."""
    index = Index()
    rows = session.execute(
        select(
            Member.id,
            Member.code,
            Member.citizen_number,
            Member.name_tones,
            Member.birth_year,
            Member.birth_date,
            Household.commune_code,
            Household.hamlet,
            Household.code,
        ).outerjoin(Household, Household.id == Member.household_id)
    )
    for key, code, number, tones, year, born, commune, hamlet, home in rows:
        known = _Known(key, None, commune, hamlet or "", code, number or "", born, home or "")
        index.codes[code] = known
        if number:
            index.numbers[number] = known
        if year is not None:
            index.names.setdefault((tones, year), []).append(known)
    heads = set(session.scalars(select(Member.household_id).where(Member.is_head.in_((True,)))))
    for key, code, commune, hamlet in session.execute(
        select(Household.id, Household.code, Household.commune_code, Household.hamlet)
    ):
        index.homes[code] = _KnownHome(key, commune, hamlet, None, key in heads)
    for key, code, name in session.execute(
        select(Group.id, Group.code, Group.name).where(Group.closed.is_(None))
    ):
        index.groups[fold(code)] = GroupId(key)
        named = fold(name)
        # Two groups of one name: the name no longer says which.
        index.groups[named] = None if named in index.groups else GroupId(key)
    return index


def against_book(
    session: Session, rows: Iterable[PreviewRow], options: ImportOptions, index: Index | None = None
) -> list[PreviewRow]:
    """Return the rows with what is wrong beside the book and beside each other."""
    found = _Finder(load_index(session) if index is None else index, options)
    checked = [replace(row, problems=(*_kept(row), *found.problems(row))) for row in rows]
    who = found_people(session, found.named)
    return [_with_names(row, who) for row in checked] if found.named else checked


def _kept(row: PreviewRow) -> list[Problem]:
    return [problem for problem in row.problems if problem.code not in _AGAIN]


def _with_names(row: PreviewRow, who: dict[int, Found]) -> PreviewRow:
    """Put the record found into the messages that wait for it."""
    problems = tuple(
        replace(problem, message=problem.message.format(who=who[problem.member].describe()))
        if isinstance(problem, _Waiting)
        else problem
        for problem in row.problems
    )
    plain = tuple(Problem(p.code, p.field, p.message, p.level) for p in problems)
    return replace(row, problems=plain)


@dataclass(frozen=True, slots=True)
class _Waiting(Problem):
    """A problem whose message still waits for who the member is."""

    member: int = 0


class _Finder:
    def __init__(self, index: Index, options: ImportOptions) -> None:
        self._index = index
        self._options = options
        self.named: set[int] = set()

    def problems(self, row: PreviewRow) -> list[Problem]:
        """Return what is wrong with a row beside all that is known, and make it known."""
        known = _Known(
            None,
            row.number,
            row.home.commune_code,
            row.home.hamlet,
            row.code,
            row.person.citizen_number,
            row.person.birth_date,
            row.home.code,
        )
        home = self._index.homes.get(row.home.code) if row.home.code else None
        if home is not None and not row.home.hamlet:
            known.commune, known.hamlet = home.commune, home.hamlet
        return [*self._same(row, known), *self._home(row), *self._group(row)]

    def _same(self, row: PreviewRow, known: _Known) -> list[Problem]:
        person, found = row.person, []
        same: _Known | None = None
        if row.code:
            other = self._index.codes.setdefault(row.code, known)
            found += self._told(Level.STOP, "code-twice", Field.CODE, other, known)
        if person.citizen_number:
            same = self._index.numbers.setdefault(person.citizen_number, known)
            found += self._told(Level.STOP, "citizen-twice", Field.CITIZEN_NUMBER, same, known)
        if person.birth_year is not None and person.given:
            namesakes = self._index.names.setdefault((fold_tones(person.full_name), person.birth_year), [])
            for other in namesakes:
                if other is not same and people.same_place(
                    known.commune, known.hamlet, other.commune, other.hamlet
                ):
                    # A list imported twice: the row says of the person nothing that the book does not.
                    level = Level.STOP if other.id is not None and known.is_same(other) else Level.WARN
                    found += self._told(level, "person-twice", Field.FULL_NAME, other, known)
            namesakes.append(known)
        return found

    def _told(self, level: Level, code: str, at: Field, other: _Known, known: _Known) -> list[Problem]:
        if other is known:
            return []
        if other.id is None:
            text = _("Trùng với dòng {row} của tệp.").format(row=other.row)
            return [Problem(code, at.value, text, level)]
        self.named.add(other.id)
        text = _("Có thể đã có trong sổ: {who}.") if level is Level.WARN else _("Đã có trong sổ: {who}.")
        return [_Waiting(code, at.value, text, level, other.id)]

    def _home(self, row: PreviewRow) -> list[Problem]:
        if not row.home.code:
            return []
        home = self._index.homes.get(row.home.code)
        if home is None:
            home = _KnownHome(None, row.home.commune_code, row.home.hamlet)
            self._index.homes[row.home.code] = home
        problems = []
        if row.home.hamlet and not people.same_place(
            row.home.commune_code, row.home.hamlet, home.commune, home.hamlet
        ):
            text = _("Hộ {code} ở {hamlet}, dòng này ghi nơi khác. Hộ giữ nơi ở cũ.")
            text = text.format(code=row.home.code, hamlet=home.hamlet or "…")
            problems.append(Problem.warn("home-differs", Field.HAMLET.value, text))
        if row.is_head:
            if home.has_head:
                text = _("Hộ {code} đã có chủ hộ.").format(code=row.home.code)
                problems.append(Problem.stop("head-twice", Field.HEAD.value, text))
            home.has_head = True
        return problems

    def _group(self, row: PreviewRow) -> list[Problem]:
        if not row.group or self._options.group is not None or self._index.groups.get(fold(row.group)):
            return []
        text = _("Không có nhóm “{text}”, hoặc có hai nhóm cùng tên. Hãy ghi mã nhóm.").format(
            text=row.group[:40]
        )
        return [Problem.stop("group-unknown", Field.GROUP.value, text)]
