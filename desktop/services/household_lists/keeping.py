"""Keeping a list: all accepted lines in one write, or none. What was left out goes to a file with the reasons."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.models.ids import HouseholdId
from desktop.models.problems import Level, Problem, Refusal
from desktop.models.rules.people import Person
from desktop.services import households, members, poverty
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.exchange import Progress, export_table
from desktop.services.household_lists.columns import remember
from desktop.services.household_lists.previewing import (
    Choice,
    Decisions,
    ListPreview,
    SeenRow,
    match_rows,
)
from desktop.services.households import Address, FoundHousehold
from desktop.services.members import EnrolMember
from desktop.services.poverty import RecordPoverty
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import split_name

_STEP = 50


@dataclass(frozen=True, slots=True)
class ListResult:
    """What was kept: households found in the book, households founded, lines left out."""

    matched: int
    founded: int
    left_out: int


def keep(
    book: Book,
    seen: ListPreview,
    decisions: Decisions,
    act: Act,
    progress: Progress | None = None,
) -> Outcome[ListResult]:
    """Keep a list. Raises Refusal while a line is undecided, or when the book has changed since it was looked at.

    Matching is done again in the same write: a household that was sure must still be the same one.
    """
    undecided = seen.undecided(decisions)
    if undecided:
        raise Refusal(
            [
                Problem.stop(
                    "undecided",
                    str(row.number),
                    _("Dòng {n} ({name}): chưa quyết định là hộ nào.").format(
                        n=row.number, name=row.row.name
                    ),
                )
                for row in undecided
            ]
        )
    chosen = [(row, decision) for row in seen.rows if (decision := row.decided(decisions)) is not None]
    kept = [(row, decision) for row, decision in chosen if decision.choice is not Choice.SKIP]
    if not kept:
        raise Refusal([Problem.stop("no-rows", "", _("Không còn dòng nào để nhập."))])
    _refuse_twice([(row, decision.home) for row, decision in kept if decision.home is not None])
    founded = 0
    with book.write(act) as session:
        _refuse_changed(session, seen)
        for place, (row, decision) in enumerate(kept, 1):
            home = decision.home
            if decision.choice is Choice.NEW or home is None:
                home = _found(session, row, act)
                founded += 1
            poverty.record_in(session, _record(home, row, seen), act)
            if place % _STEP == 0:
                session.flush()
                if progress is not None:
                    progress(place, len(kept))
        remember(session, seen.sheet.headings, seen.mapping)
        session.flush()
    result = ListResult(len(kept) - founded, founded, len(seen.rows) - len(kept))
    return Outcome(result, Changed.of(Topic.HOUSEHOLDS, Topic.MEMBERS))


def _refuse_twice(kept: list[tuple[SeenRow, HouseholdId]]) -> None:
    taken: dict[HouseholdId, int] = {}
    problems = []
    for row, home in kept:
        if home in taken:
            text = _("Dòng {n} và dòng {m} cùng nhận một hộ.").format(n=row.number, m=taken[home])
            problems.append(Problem.stop("home-twice", str(row.number), text))
        taken.setdefault(home, row.number)
    if problems:
        raise Refusal(problems)


def _refuse_changed(session: Session, seen: ListPreview) -> None:
    """Refuse when the book has changed so that a line means another household than was shown."""
    again = match_rows(session, [row.row for row in seen.rows], seen.options)
    problems = [
        Problem.stop(
            "changed",
            str(now.number),
            _("Dòng {n}: hộ trong sổ đã thay đổi từ lúc xem, hãy xem lại.").format(n=now.number),
        )
        for then, now in zip(seen.rows, again, strict=True)
        if _means(then) != _means(now)
    ]
    if problems:
        raise Refusal(problems)


def _means(row: SeenRow) -> tuple[str, tuple[int, ...]]:
    return row.match.kind.value, tuple(one.home.id for one in row.match.candidates)


def _found(session: Session, seen: SeenRow, act: Act) -> HouseholdId:
    """Found a household with its head, as the list names them; the head is in no group."""
    row = seen.row
    home = households.found_in(session, FoundHousehold(address=Address(row.commune_code or None, row.hamlet)))
    family, middle, given = split_name(row.name)
    person = Person(
        family=family,
        middle=middle,
        given=given,
        sex=row.sex,
        birth_date=row.birth_date,
        birth_year=None if row.birth_date is not None else row.birth_year,
        citizen_number=row.citizen_number,
        ethnic_code=row.ethnic,
    )
    command = EnrolMember(person=person, household=HouseholdId(home.id), is_head=True, agreed=True)
    try:
        members.enrol_in(session, command, act)
    except Refusal as refused:
        raise Refusal(
            [
                Problem(
                    problem.code,
                    str(seen.number),
                    _("Dòng {n}: {what}").format(n=seen.number, what=problem.message),
                    problem.level,
                )
                for problem in refused.problems
                if problem.level is Level.STOP
            ]
        ) from None
    return HouseholdId(home.id)


def _record(home: HouseholdId, seen: SeenRow, whole: ListPreview) -> RecordPoverty:
    row, options = seen.row, whole.options
    return RecordPoverty(
        home,
        options.year,
        options.standard,
        row.status,
        row.b1,
        row.b2,
        options.decision,
        row.paper,
        row.note,
        agreed=True,
    )


def write_rejects(path: Path | str, seen: ListPreview, decisions: Decisions) -> int:
    """Write the lines that were not kept, as they stood in the file, with number and reasons; return how many."""
    titles = [heading or f"({place})" for place, heading in enumerate(seen.sheet.headings, 1)]
    rows: list[list[str]] = []
    for row in seen.rows:
        decision = row.decided(decisions)
        if decision is not None and decision.choice is not Choice.SKIP:
            continue
        reasons = [one.message for one in row.problems if one.level is not Level.NOTE]
        if not row.is_bad:
            reasons.append(_("Người nhập chọn bỏ qua.") if decision else _("Chưa quyết định là hộ nào."))
        rows.append([*row.row.cells, str(row.number), "\n".join(reasons)])
    return export_table(path, [*titles, _("Dòng số"), _("Lý do")], rows, sheet=_("Dòng bị loại"))
