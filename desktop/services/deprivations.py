"""What a household lacks, recorded with its poverty status from the commune's forms; never scored again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from desktop.models.ids import HouseholdId, new_uid
from desktop.models.problems import refuse_if_stopped
from desktop.models.records.every import Deprivation, Household, HouseholdPoverty
from desktop.models.rules.deprivations import INDICATORS, check_deprivations
from desktop.services import poverty
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.poverty import RecordPoverty
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class RecordForms:
    """A status with the forms behind it: `deprived` are codes of indicators, None where form B2 is not at hand."""

    status: RecordPoverty
    deprived: frozenset[str] | None = None


def record(book: Book, command: RecordForms, act: Act) -> Outcome[HouseholdId]:
    """Record a status and what the household lacks. Raises Refusal; forms that disagree with each other only warn."""
    status = command.status
    with book.write(act) as session:
        home = session.get_one(Household, status.household)
        problems = poverty.check(home.commune_code, status)
        if command.deprived is not None:
            problems += check_deprivations(status.standard, command.deprived, status.b2)
        refuse_if_stopped(problems, agreed=status.agreed)
        poverty.record_in(session, status, act)
        session.flush()
        if command.deprived is not None:
            row = session.scalars(
                select(HouseholdPoverty)
                .where(HouseholdPoverty.household_id == home.id)
                .order_by(HouseholdPoverty.id.desc())
                .limit(1)
            ).one()
            session.add_all(
                Deprivation(
                    uid=new_uid(),
                    household_id=home.id,
                    poverty_id=row.id,
                    year=status.year,
                    standard=status.standard,
                    indicator=code,
                    deprived=code in command.deprived,
                )
                for code in INDICATORS[status.standard]
            )
    return Outcome(status.household, Changed.of(Topic.HOUSEHOLDS, Topic.INCLUSION))


def lacking(book: Book, household: HouseholdId, year: int) -> frozenset[str] | None:
    """Return what a household lacks by the last forms of a year; None when none were recorded."""
    with book.read() as session:
        last = session.scalar(
            select(Deprivation.poverty_id)
            .where(Deprivation.household_id == household, Deprivation.year == year)
            .order_by(Deprivation.poverty_id.desc())
            .limit(1)
        )
        if last is None:
            return None
        rows = session.execute(
            select(Deprivation.indicator, Deprivation.deprived).where(Deprivation.poverty_id == last)
        )
        return frozenset(code for code, lacks in rows if lacks)
