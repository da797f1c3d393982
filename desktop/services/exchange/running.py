"""Doing an import: all its rows in one transaction, each written to the chain, or nothing at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Level, Problem, Refusal
from desktop.models.records.every import Household, Member, Membership
from desktop.models.rules.people import tidy
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import code_of, highest, number_of
from desktop.services.exchange.columns import remember
from desktop.services.exchange.parsing import PreviewRow, Progress
from desktop.services.exchange.previewing import Index, Preview, against_book, check_group, load_index
from desktop.services.memberships import last_position, usual_joining_day
from desktop.services.person_records import apply_person, household_fold, name_household
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import fold

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: members and households entered, memberships begun, rows left out."""

    members: int
    households: int
    memberships: int
    rejected: int


def run_import(
    book: Book, preview: Preview, act: Act, progress: Progress | None = None
) -> Outcome[ImportResult]:
    """Import what the preview showed. Raises Refusal; its fields are "row/field" (row as numbered in the file).

    With bad rows nothing is imported, unless the options say to skip them. The book is checked again in the
    same transaction: it may have changed since the preview.
    """
    with book.write(act) as session:
        index = load_index(session)
        rows = tuple(against_book(session, preview.rows, preview.options, index))
        now = replace(preview, rows=rows)
        _refuse(now, check_group(session, preview.options))
        accepted = now.accepted()
        writer = _Writer(session, index, now, progress, len(accepted))
        writer.write(accepted)
        remember(session, preview.sheet.headings, preview.mapping)
        result = replace(writer.result(), rejected=len(rows) - len(accepted))
    topics = (Topic.MEMBERS, Topic.HOUSEHOLDS, Topic.GROUPS)
    return Outcome(result, Changed.of(*topics, group=preview.options.group))


def _refuse(preview: Preview, of_group: Sequence[Problem]) -> None:
    kept = [problem for problem in preview.problems if problem.code != "group-closed"]
    of_file = [problem for problem in (*kept, *of_group) if problem.level is Level.STOP]
    rejected = preview.rejected()
    of_rows = [
        replace(problem, field=f"{row.number}/{problem.field}")
        for row in rejected
        for problem in row.problems
        if problem.level is not Level.NOTE
    ]
    if of_file or (of_rows and not preview.options.skip_bad):
        raise Refusal([*of_file, *of_rows])
    if len(rejected) == len(preview.rows):
        raise Refusal([Problem.stop("no-rows", "", _("Không còn dòng nào nhập được.")), *of_rows])


class _Writer:
    """Writes the accepted rows: households, people, memberships, in that order, in parts."""

    def __init__(
        self, session: Session, index: Index, preview: Preview, progress: Progress | None, rows: int
    ) -> None:
        self._session = session
        self._index = index
        self._options = preview.options
        self._progress = progress
        self._all = rows * 3
        self._done = 0
        self._homes: dict[str, Household] = {}
        self._own_homes: dict[int, Household] = {}
        self._members: list[Member] = []
        self._memberships = 0
        self._days: dict[GroupId | None, date] = {}

    def write(self, rows: Sequence[PreviewRow]) -> None:
        """Write all rows. The database gives the keys, so each kind waits for the one before."""
        self._add_households(rows)
        self._add_members(rows)
        self._rename_households(rows)
        self._add_memberships(rows)

    def result(self) -> ImportResult:
        return ImportResult(len(self._members), len(self._homes) + len(self._own_homes), self._memberships, 0)

    def _flush(self, records: Sequence[object]) -> None:
        for start in range(0, len(records), _CHUNK):
            part = records[start : start + _CHUNK]
            self._session.add_all(part)
            self._session.flush()
            self._tell(len(part))

    def _tell(self, more: int) -> None:
        self._done = min(self._done + more, self._all)
        if self._progress is not None:
            self._progress(self._done, self._all)

    # -- households

    def _add_households(self, rows: Sequence[PreviewRow]) -> None:
        new: dict[str, list[PreviewRow]] = {}
        number = highest(self._session, Household)
        for row in rows:
            if row.home.code and self._known(row.home.code) is None:
                new.setdefault(row.home.code, []).append(row)
            elif not row.home.code and row.home.is_given:
                number += 1
                # Codes that the file itself gives are in the index too.
                while code_of(Household, number) in self._index.homes:
                    number += 1
                self._own_homes[row.number] = _household(code_of(Household, number), [row])
        self._homes = {code: _household(code, people) for code, people in new.items()}
        self._flush([*self._homes.values(), *self._own_homes.values()])

    def _known(self, code: str) -> int | None:
        """Return the household of this code that was in the book before, or None."""
        home = self._index.homes.get(code)
        return None if home is None else home.id

    def _home_of(self, row: PreviewRow) -> int | None:
        if row.home.code:
            made = self._homes.get(row.home.code)
            return self._known(row.home.code) if made is None else made.id
        own = self._own_homes.get(row.number)
        return None if own is None else own.id

    def _rename_households(self, rows: Sequence[PreviewRow]) -> None:
        """Fill what the households that were there already are found by: they may have a head now."""
        for code in sorted({row.home.code for row in rows if row.home.code} - self._homes.keys()):
            name_household(self._session, self._known(code))
        self._session.flush()

    # -- people

    def _add_members(self, rows: Sequence[PreviewRow]) -> None:
        # New codes follow those of the book and those that the file gives.
        given = [number_of(Member, row.code) for row in rows if row.code]
        number = max([highest(self._session, Member), *given])
        for row in rows:
            if not row.code:
                number += 1
            self._members.append(self._member(row, row.code or code_of(Member, number)))
        self._flush(self._members)

    def _member(self, row: PreviewRow, code: str) -> Member:
        person = row.person
        assert person.sex is not None  # the rules refuse a row without
        member = Member(
            uid=new_uid(),
            code=code,
            family=person.family,
            given=person.given,
            sex=person.sex,
            household_id=self._home_of(row),
            is_head=row.is_head,
        )
        apply_person(member, replace(person, joined=self._joined(row)))
        return member

    def _joined(self, row: PreviewRow) -> date:
        given = row.person.joined or self._options.joined
        if given is not None:
            return given
        group = self._group_of(row)
        if group not in self._days:
            today = self._options.today
            self._days[group] = today if group is None else usual_joining_day(self._session, group, today)
        return self._days[group]

    # -- memberships

    def _add_memberships(self, rows: Sequence[PreviewRow]) -> None:
        places: dict[GroupId, int] = {}
        found: list[Membership] = []
        for row, member in zip(rows, self._members, strict=True):
            group = self._group_of(row)
            if group is None:
                continue
            if group not in places:
                places[group] = last_position(self._session, group)
            places[group] += 1
            found.append(
                Membership(
                    uid=new_uid(),
                    group_id=group,
                    member_id=member.id,
                    position=places[group],
                    joined=self._joined(row),
                )
            )
        self._memberships = len(found)
        self._flush(found)
        self._tell(self._all)

    def _group_of(self, row: PreviewRow) -> GroupId | None:
        if self._options.group is not None:
            return self._options.group
        return self._index.groups.get(fold(row.group)) if row.group else None


def _household(code: str, rows: Sequence[PreviewRow]) -> Household:
    """Return a new household of these people: the first address given is its address."""
    home = next((row.home for row in rows if row.home.hamlet or row.home.address_text), rows[0].home)
    head = next((row for row in rows if row.is_head), rows[0])
    hamlet = tidy(home.hamlet)
    return Household(
        uid=new_uid(),
        code=code,
        commune_code=home.commune_code,
        hamlet=hamlet,
        address_text=tidy(home.address_text),
        name_fold=household_fold(fold(head.person.full_name), hamlet),
    )
