"""The dated data that figures of livelihoods rest on: thresholds, consumer prices, minimum wages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import LivelihoodStandard, PriceIndex, WageFloor
from desktop.models.rules.livelihoods.standards import (
    Dated,
    PriceRow,
    Standards,
    WageRow,
    check_standards,
    standards_on,
)
from desktop.models.rules.plain import from_text, to_text
from desktop.services import dated_standards
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources import economy
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _

_CHANGED = Changed.of(Topic.LIVELIHOODS, Topic.JOBS)


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price index in the list; `own`: typed into this book."""

    year: int
    month: int
    points: int
    source: str
    own: bool


@dataclass(frozen=True, slots=True)
class WageLine:
    """A minimum wage in the list; `own`: typed into this book."""

    region: int
    since: date
    monthly: int
    hourly: int
    source: str
    own: bool


@dataclass(frozen=True, slots=True)
class StandardLine:
    """Thresholds and the day from which they hold; no day for the usual ones."""

    since: date | None
    value: Standards
    reason: str


# -- reading inside a session ----------------------------------------------------------------------


def prices_in(session: Session) -> list[PriceRow]:
    """Return all price indexes; a row of the book stands for a shipped one of the same month."""
    return [PriceRow(line.year, line.month, line.points) for line in _prices(session)]


def wages_in(session: Session) -> list[WageRow]:
    """Return all minimum wages; a row of the book stands for a shipped one of the same region and day."""
    return [
        WageRow(line.region, line.since, line.monthly, line.hourly, line.source) for line in _wages(session)
    ]


def standards_in(session: Session, day: date) -> Standards:
    """Return the thresholds that hold on a day."""
    rows = session.scalars(select(LivelihoodStandard))
    return standards_on([Dated(row.since, from_text(Standards, row.rules)) for row in rows], day)


def _prices(session: Session) -> list[PriceLine]:
    found = {
        (one.year, one.month): PriceLine(
            one.year, one.month, one.points, _("Cục Thống kê, bình quân năm"), False
        )
        for one in economy.prices()
    }
    for row in session.scalars(select(PriceIndex)):
        found[row.year, row.month] = PriceLine(row.year, row.month, row.points, row.source, True)
    return [found[key] for key in sorted(found)]


def _wages(session: Session) -> list[WageLine]:
    found = {
        (one.since, one.region): WageLine(one.region, one.since, one.monthly, one.hourly, one.source, False)
        for one in economy.wages()
    }
    for row in session.scalars(select(WageFloor)):
        found[row.since, row.region] = WageLine(
            row.region, row.since, row.monthly, row.hourly, row.source, True
        )
    return [found[key] for key in sorted(found)]


# -- questions -------------------------------------------------------------------------------------


def prices(book: Book) -> list[PriceLine]:
    """Return all price indexes, the oldest first."""
    with book.read() as session:
        return _prices(session)


def wages(book: Book) -> list[WageLine]:
    """Return all minimum wages, the oldest first."""
    with book.read() as session:
        return _wages(session)


def standards(book: Book, day: date) -> Standards:
    """Return the thresholds that hold on a day."""
    with book.read() as session:
        return standards_in(session, day)


def standard_lines(book: Book) -> list[StandardLine]:
    """Return all thresholds by the day from which they hold, the usual ones first."""
    with book.read() as session:
        rows = session.scalars(select(LivelihoodStandard).order_by(LivelihoodStandard.since))
        own = [StandardLine(row.since, from_text(Standards, row.rules), row.reason) for row in rows]
        own = [line for line in own if not line.value.alone]
    return [StandardLine(None, Standards(), _("Mức thường dùng")), *own]


# -- deeds -----------------------------------------------------------------------------------------


def keep_price(book: Book, year: int, month: int, points: int, source: str, act: Act) -> Outcome[int]:
    """Keep a price index (hundredths of a point; month 0 is a year's average). Raises Refusal."""
    problems = []
    if not 1990 <= year <= 2200:
        problems.append(Problem.stop("year", "year", _("Hãy ghi năm có bốn chữ số.")))
    if not 0 <= month <= 12:
        problems.append(Problem.stop("month", "month", _("Tháng phải từ 1 đến 12; 0 là bình quân cả năm.")))
    if not 1_000 <= points <= 1_000_000:
        text = _("Chỉ số phải tính theo gốc năm {year} = 100, ví dụ 119,87.").format(year=economy.BASE_YEAR)
        problems.append(Problem.stop("points", "points", text))
    if not source.strip():
        problems.append(Problem.stop("source", "source", _("Cần ghi nguồn của số liệu.")))
    refuse_if_stopped(problems)
    with book.write(act) as session:
        row = session.scalar(select(PriceIndex).where(PriceIndex.year == year, PriceIndex.month == month))
        if row is None:
            row = PriceIndex(uid=new_uid(), year=year, month=month, points=points, source=source.strip())
            session.add(row)
        else:
            row.points, row.source = points, source.strip()
        session.flush()
        key = row.id
    return Outcome(key, _CHANGED)


def keep_wage(
    book: Book, region: int, since: date, monthly: int, hourly: int, source: str, act: Act
) -> Outcome[int]:
    """Keep a minimum wage of a region from a day on. Raises Refusal."""
    problems = []
    if not 1 <= region <= 4:
        problems.append(Problem.stop("region", "region", _("Vùng phải từ 1 đến 4.")))
    for field, amount in (("monthly", monthly), ("hourly", hourly)):
        if not 0 < amount <= MAX_DONG:
            problems.append(Problem.stop("amount", field, _("Mức lương phải lớn hơn 0.")))
    if not source.strip():
        problems.append(Problem.stop("source", "source", _("Cần ghi số nghị định.")))
    refuse_if_stopped(problems)
    with book.write(act) as session:
        row = session.scalar(select(WageFloor).where(WageFloor.region == region, WageFloor.since == since))
        if row is None:
            row = WageFloor(uid=new_uid(), region=region, since=since, monthly=monthly, hourly=hourly)
            session.add(row)
        row.monthly, row.hourly, row.source = monthly, hourly, source.strip()
        session.flush()
        key = row.id
    return Outcome(key, _CHANGED)


def keep_standards(book: Book, since: date, value: Standards, reason: str, act: Act) -> Outcome[int]:
    """Let other thresholds hold from a day on, with the reason (a donor's rule, a decision). Raises Refusal."""
    refuse_if_stopped([*check_standards(value), *dated_standards.check_reason(reason)])
    with book.write(act) as session:
        # The same row may say from which day loans are counted otherwise (`loan_standards`): that stays.
        row = session.scalar(select(LivelihoodStandard).where(LivelihoodStandard.since == since))
        loans = None if row is None else from_text(Standards, row.rules).loans
        text = to_text(replace(value, loans=loans, alone=False))
        key = dated_standards.keep_in(session, LivelihoodStandard, since, text, reason)
    return Outcome(key, _CHANGED)
