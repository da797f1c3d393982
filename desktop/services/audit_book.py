"""What the book knows of audits: visits with their results, findings with their age, whom to visit first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.audit_kinds import CheckKind, Chosen, FindingState, Severity
from desktop.models.ids import AuditCheckId, AuditFindingId, AuditVisitId, GroupId, LoanId, MemberId
from desktop.models.records.every import AuditCheck, AuditFinding, AuditVisit, Group, Loan, Member
from desktop.models.rules import audit
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.store.book import Book
from resources.lang.names import join_name

YEAR = timedelta(days=365)
COUNTED_WITHIN = timedelta(days=92)
"""A box that was not counted for three months is a risk (indicators.md 7.2)."""
LONG_OPEN = 90
"""A finding that is open for more days stands out."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A passbook or loan of a visit. `difference` is what was found less the book; None while not looked at."""

    id: AuditCheckId
    kind: CheckKind
    member: MemberId | None
    loan: LoanId | None
    code: str
    name: str
    chosen: tuple[Chosen, ...]
    hits: int
    book: int
    found: int | None
    present: bool
    note: str
    version: int

    @property
    def difference(self) -> int | None:
        """Return what was found less what the book says."""
        return None if self.found is None else self.found - self.book

    @property
    def seen(self) -> bool:
        """Tell whether it was looked at, or why it could not be."""
        return self.found is not None or bool(self.note)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding; `age` in days up to the day asked for, or to the day it was closed."""

    id: AuditFindingId
    uid: bytes
    code: str
    group: GroupId
    group_name: str
    visit: AuditVisitId | None
    severity: Severity
    state: FindingState
    title: str
    advice: str
    found_on: date
    owner: str
    due: date | None
    answer: str
    closed: date | None
    evidence: str
    age: int
    late: bool
    version: int


@dataclass(frozen=True, slots=True)
class PassbookResult:
    """What the passbooks say: of `population`, `seen` were looked at and `wrong` differ; at most `most` of all are wrong."""

    population: int
    drawn: int
    seen: int
    wrong: int
    most: int
    confidence: int

    @property
    def to_extend(self) -> bool:
        """Tell whether one wrong passbook asks for all of them to be seen."""
        return self.wrong > 0 and self.drawn < self.population


@dataclass(frozen=True, slots=True)
class LoanResult:
    """What the loans say; `limit` is None until all that were drawn are looked at."""

    loan_book: int
    tolerable: int
    interval: int
    drawn: int
    seen: int
    wrong: int
    limit: audit.Limit | None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit with its results."""

    id: AuditVisitId
    uid: bytes
    code: str
    group: GroupId
    group_code: str
    group_name: str
    day: date
    auditor: str
    announced: bool
    seed: int
    anchor: str
    cash_book: int
    social_book: int
    cash_counted: int | None
    social_counted: int | None
    closed: date | None
    summary: str
    passbooks: PassbookResult
    loans: LoanResult
    findings: int
    open_findings: int
    version: int

    @property
    def box_difference(self) -> int | None:
        """Return counted less book, both boxes together; None while they were not counted."""
        if self.cash_counted is None or self.social_counted is None:
            return None
        return self.cash_counted - self.cash_book + self.social_counted - self.social_book


@dataclass(frozen=True, slots=True)
class VisitDetail:
    """A visit, everything that is looked at, and what was found."""

    row: VisitRow
    checks: tuple[CheckRow, ...]
    findings: tuple[FindingRow, ...]

    def of(self, kind: CheckKind) -> tuple[CheckRow, ...]:
        """Return the passbooks or the loans."""
        return tuple(one for one in self.checks if one.kind is kind)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A group and why to visit it: the risk, what it is made of, the last visit."""

    group: GroupId
    code: str
    name: str
    risk: Fraction
    open_findings: int
    arrears: Fraction | None
    counted: bool
    last_visit: date | None
    overdue: bool


def visits(book: Book, group: GroupId | None = None, on: date | None = None) -> list[VisitRow]:
    """Return the visits, the latest first; of one group, or up to a day."""
    with book.read() as session:
        return visits_in(session, group, on)


def visits_in(session: Session, group: GroupId | None = None, on: date | None = None) -> list[VisitRow]:
    """Return the visits inside an open session; see `visits`."""
    query = select(AuditVisit).order_by(AuditVisit.day.desc(), AuditVisit.id.desc())
    if group is not None:
        query = query.where(AuditVisit.group_id == group)
    if on is not None:
        query = query.where(AuditVisit.day <= on)
    rows = session.scalars(query).all()
    groups = _groups(session)
    checks: dict[int, list[AuditCheck]] = {}
    for one in session.scalars(select(AuditCheck).where(AuditCheck.visit_id.in_([row.id for row in rows]))):
        checks.setdefault(one.visit_id, []).append(one)
    states: dict[int | None, list[FindingState]] = {}
    for visit, state in session.execute(select(AuditFinding.visit_id, AuditFinding.state)):
        states.setdefault(visit, []).append(state)
    return [_visit(row, groups[row.group_id], checks.get(row.id, ()), states.get(row.id, ())) for row in rows]


def _groups(session: Session) -> dict[int, tuple[str, str]]:
    rows = session.execute(select(Group.id, Group.code, Group.name))
    return {int(key): (code, name) for key, code, name in rows}


def _visit(
    row: AuditVisit, group: tuple[str, str], checks: Sequence[AuditCheck], states: Sequence[FindingState]
) -> VisitRow:
    return VisitRow(
        AuditVisitId(row.id),
        row.uid,
        row.code,
        GroupId(row.group_id),
        *group,
        row.day,
        row.auditor,
        row.announced,
        row.seed,
        row.anchor,
        row.cash_book,
        row.social_book,
        row.cash_counted,
        row.social_counted,
        row.closed,
        row.summary,
        _passbook_result(row, [one for one in checks if one.kind is CheckKind.PASSBOOK]),
        _loan_result(row, [one for one in checks if one.kind is CheckKind.LOAN]),
        len(states),
        sum(state is not FindingState.CLOSED for state in states),
        row.version,
    )


def _passbook_result(row: AuditVisit, checks: Sequence[AuditCheck]) -> PassbookResult:
    seen = [one for one in checks if one.found_amount is not None]
    wrong = sum(one.found_amount != one.book_amount for one in seen)
    most = audit.most_wrong(row.passbooks, len(seen), wrong, row.confidence)
    return PassbookResult(row.passbooks, len(checks), len(seen), wrong, most, row.confidence)


def _loan_result(row: AuditVisit, checks: Sequence[AuditCheck]) -> LoanResult:
    seen = [one for one in checks if one.found_amount is not None]
    step = audit.interval(row.tolerable, row.confidence)
    limit = None
    drawn = [one for one in checks if one.hits]
    if drawn and all(one.found_amount is not None for one in drawn):
        # A balance below a step is hit once at most; a larger one was certain to be seen, and counts as it is.
        items = [audit.Examined(one.book_amount, one.found_amount or 0) for one in drawn]
        limit = audit.error_limit(items, row.tolerable, row.confidence)
    return LoanResult(
        row.loan_book,
        row.tolerable,
        int(step),
        len(checks),
        len(seen),
        sum(one.found_amount != one.book_amount for one in seen),
        limit,
    )


def detail(book: Book, visit: AuditVisitId, today: date) -> VisitDetail:
    """Return a visit with what is looked at and what was found."""
    with book.read() as session:
        record = session.get_one(AuditVisit, visit)
        row = next(one for one in visits_in(session, GroupId(record.group_id)) if one.id == visit)
        checks = _checks(session, visit)
        found = [one for one in findings_in(session, today, record.group_id) if one.visit == visit]
    return VisitDetail(row, tuple(checks), tuple(found))


def _checks(session: Session, visit: AuditVisitId) -> list[CheckRow]:
    query = (
        select(AuditCheck, Member, Loan.code)
        .outerjoin(Member, Member.id == AuditCheck.member_id)
        .outerjoin(Loan, Loan.id == AuditCheck.loan_id)
        .where(AuditCheck.visit_id == visit)
        .order_by(AuditCheck.kind.desc(), Member.name_sort, AuditCheck.id)
    )
    return [
        CheckRow(
            AuditCheckId(row.id),
            row.kind,
            None if member is None else MemberId(member.id),
            None if row.loan_id is None else LoanId(row.loan_id),
            loan or ("" if member is None else member.code),
            "" if member is None else join_name(member.family, member.middle, member.given),
            tuple(Chosen(one) for one in row.chosen.split(",")),
            row.hits,
            row.book_amount,
            row.found_amount,
            row.present,
            row.note,
            row.version,
        )
        for row, member, loan in session.execute(query)
    ]


def findings(
    book: Book, today: date, group: GroupId | None = None, *, still_open: bool = False
) -> list[FindingRow]:
    """Return the findings: open ones first, the gravest and oldest before the others."""
    with book.read() as session:
        rows = findings_in(session, today, group)
    return [row for row in rows if not (still_open and row.state is FindingState.CLOSED)]


def findings_in(session: Session, today: date, group: int | None = None) -> list[FindingRow]:
    """Return the findings inside an open session; see `findings`."""
    query = select(AuditFinding)
    if group is not None:
        query = query.where(AuditFinding.group_id == group)
    groups = _groups(session)
    rows = [
        FindingRow(
            AuditFindingId(row.id),
            row.uid,
            row.code,
            GroupId(row.group_id),
            groups[row.group_id][1],
            None if row.visit_id is None else AuditVisitId(row.visit_id),
            row.severity,
            row.state,
            row.title,
            row.advice,
            row.found_on,
            row.owner,
            row.due,
            row.answer,
            row.closed,
            row.evidence,
            ((row.closed or today) - row.found_on).days,
            row.closed is None and row.due is not None and row.due < today,
            row.version,
        )
        for row in session.scalars(query)
    ]
    return sorted(
        rows, key=lambda row: (row.state is FindingState.CLOSED, -row.severity.weight, row.found_on, row.id)
    )


def due(book: Book, today: date) -> list[DueRow]:
    """Return the groups that are not closed, the riskiest first; who was not visited for a year stands out."""
    facts = load(book, Scope(), today - COUNTED_WITHIN, today)
    with book.read() as session:
        last: dict[int, date] = {}
        for group, day in session.execute(select(AuditVisit.group_id, AuditVisit.day)):
            last[group] = max(day, last.get(group, day))
        still = [row for row in findings_in(session, today) if row.state is not FindingState.CLOSED]
    found = []
    for one in facts.groups:
        if one.closed is not None and one.closed <= today:
            continue
        loans = [loan for part in facts.parts if part.group == one.id for loan in part.loans]
        owed = sum(loan.outstanding for loan in loans)
        late = sum(loan.outstanding for loan in loans if loan.at_risk(30))
        share = Fraction(late, owed) if owed else None
        mine = [(row.severity.weight, row.age) for row in still if row.group == one.id]
        visited = last.get(one.id)
        found.append(
            DueRow(
                one.id,
                one.code,
                one.name,
                audit.risk(mine, share, counted=one.counted),
                len(mine),
                share,
                one.counted,
                visited,
                visited is None or today - visited > YEAR,
            )
        )
    return sorted(found, key=lambda row: (-row.risk, not row.overdue, row.code))
