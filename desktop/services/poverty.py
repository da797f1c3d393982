"""The official poverty status of households: recorded by year and standard, read as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import HouseholdId, new_uid
from desktop.models.kinds import Poverty
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import Household, HouseholdPoverty
from desktop.models.rules import people
from desktop.models.rules.poverty import check_poverty
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources import places


@dataclass(frozen=True, slots=True)
class RecordPoverty:
    """Record what a commune decided of a household for a year; a later record of the same year replaces it."""

    household: HouseholdId
    year: int
    standard: str
    status: Poverty
    b1: int | None = None
    b2: int | None = None
    decision: str = ""
    paper: str = ""
    note: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class PovertyRow:
    """A recorded status; `in_force` tells that no later record of the same year replaces it."""

    year: int
    standard: str
    status: Poverty
    b1: int | None
    b2: int | None
    decision: str
    paper: str
    note: str
    by: str
    in_force: bool


def record(book: Book, command: RecordPoverty, act: Act) -> Outcome[HouseholdId]:
    """Record a status. Raises Refusal; points that do not agree with the status only warn."""
    with book.write(act) as session:
        home = session.get_one(Household, command.household)
        problems = check(home.commune_code, command)
        refuse_if_stopped(problems, agreed=command.agreed)
        record_in(session, command, act)
    return Outcome(command.household, Changed.of(Topic.HOUSEHOLDS))


def check(commune_code: str | None, command: RecordPoverty) -> list[Problem]:
    """Return what is wrong or odd about a record, for a household of this commune."""
    return check_poverty(
        command.status,
        command.year,
        command.standard,
        command.b1,
        command.b2,
        urban=is_urban(commune_code),
    )


def is_urban(commune_code: str | None) -> bool:
    """Tell whether the commune is a ward (phường): the line of B1 is another there."""
    found = places.commune(commune_code) if commune_code else None
    return found is not None and found.full_name.startswith("phường")


def record_in(session: Session, command: RecordPoverty, act: Act) -> None:
    """Add a record inside an open write, checked before."""
    session.add(
        HouseholdPoverty(
            uid=new_uid(),
            household_id=command.household,
            year=command.year,
            standard=command.standard,
            status=command.status,
            b1=command.b1,
            b2=command.b2,
            decision=people.tidy(command.decision),
            paper=people.tidy(command.paper),
            note=people.tidy(command.note),
            at=act.at,
            by=act.who,
        )
    )


def history(book: Book, household: HouseholdId) -> list[PovertyRow]:
    """Return what was recorded of a household, the latest year first."""
    query = (
        select(HouseholdPoverty)
        .where(HouseholdPoverty.household_id == household)
        .order_by(HouseholdPoverty.year.desc(), HouseholdPoverty.id.desc())
    )
    found: list[PovertyRow] = []
    with book.read() as session:
        for row in session.scalars(query):
            newest = not any(one.year == row.year for one in found)
            found.append(
                PovertyRow(
                    row.year,
                    row.standard,
                    row.status,
                    row.b1,
                    row.b2,
                    row.decision,
                    row.paper,
                    row.note,
                    row.by,
                    newest,
                )
            )
    return found


def statuses_on(session: Session, on: date) -> dict[int, Poverty]:
    """Return the status of each household for the year of a day; before this year's list, that of the year before."""
    query = (
        select(HouseholdPoverty.household_id, HouseholdPoverty.year, HouseholdPoverty.status)
        .where(HouseholdPoverty.year <= on.year, HouseholdPoverty.year >= on.year - 1)
        .order_by(HouseholdPoverty.year, HouseholdPoverty.id)
    )
    return {household: status for household, _year, status in session.execute(query)}
