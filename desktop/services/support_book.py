"""Support read: lists by where dossiers stand, one dossier whole, the register of assets, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import (
    GroupId,
    HouseholdId,
    LivelihoodId,
    MemberId,
    SupportId,
    VoucherId,
)
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.records.every import (
    Group,
    Livelihood,
    Member,
    Support,
    SupportAssessment,
    SupportContribution,
    SupportDecision,
    SupportTransfer,
    Voucher,
)
from desktop.models.rules.entries import show_number
from desktop.models.rules.plain import from_text
from desktop.models.rules.support.assessment import Scores, judge
from desktop.models.rules.support.dossier import (
    schedule,
    stage,
    transfer_blocks,
)
from desktop.models.rules.support.standards import Standards
from desktop.models.rules.support.steps import Step, steps
from desktop.services import sight
from desktop.services.attachments import Subject, files_in
from desktop.services.loan_portfolio import names_of
from desktop.services.support_facts import Behind, Rows, behind_of, group_of, rows_in, rows_of
from desktop.services.support_register import assets_of
from desktop.services.support_standards import standards_in
from desktop.services.support_views import (
    AssessmentView,
    ContributionView,
    DecisionView,
    SupportDetail,
    SupportRow,
    TransferView,
)
from desktop.services.supports import Beneficiary, training_of
from desktop.store.book import Book

# -- lists -----------------------------------------------------------------------------------------


def list_supports(book: Book, day: date, group: GroupId | None = None) -> list[SupportRow]:
    """Return the dossiers, the latest first."""
    with book.read() as session:
        found = _listed(session, day)
    return [row for row in found if group is None or row.group == group]


def for_livelihood(book: Book, livelihood: LivelihoodId, day: date) -> list[SupportRow]:
    """Return the dossiers of an activity."""
    with book.read() as session:
        return _listed(session, day, Support.livelihood_id == livelihood)


def for_group(book: Book, group: GroupId, day: date) -> list[SupportRow]:
    """Return the dossiers that a group receives or follows."""
    return list_supports(book, day, group)


def for_member(book: Book, member: MemberId, day: date) -> list[SupportRow]:
    """Return the dossiers of a person, of the household, and of the activities of either."""
    with book.read() as session:
        home = session.get_one(Member, member).household_id
        owned = or_(
            Livelihood.member_id == member, Livelihood.household_id == (home if home is not None else -1)
        )
        activities = select(Livelihood.id).where(owned)
        mine = or_(
            Support.member_id == member,
            Support.household_id == (home if home is not None else -1),
            Support.livelihood_id.in_(activities),
        )
        return _listed(session, day, mine)


def for_household(book: Book, household: HouseholdId, day: date) -> list[SupportRow]:
    """Return the dossiers of a household, its people and their activities."""
    with book.read() as session:
        people = select(Member.id).where(Member.household_id == household)
        activities = select(Livelihood.id).where(
            or_(Livelihood.household_id == household, Livelihood.member_id.in_(people))
        )
        mine = or_(
            Support.household_id == household,
            Support.member_id.in_(people),
            Support.livelihood_id.in_(activities),
        )
        return _listed(session, day, mine)


def _listed(session: Session, day: date, *where: ColumnElement[bool]) -> list[SupportRow]:
    records = session.scalars(
        select(Support).where(*where).order_by(Support.requested_on.desc(), Support.id.desc())
    ).all()
    rows, behind = rows_of(session, records), behind_of(session, records)
    names = _group_names(session)
    standards = standards_in(session, day)
    return [_row(rows[one.id], behind[one.id], names, day, standards) for one in records]


def _row(rows: Rows, behind: Behind, names: dict[int, str], day: date, standards: Standards) -> SupportRow:
    support, dossier = rows.support, rows.dossier
    group = group_of(support, behind)
    left = [step for step in steps(dossier, day, standards) if step.state.value in ("next", "blocked")]
    approval = dossier.approval
    return SupportRow(
        SupportId(support.id),
        support.code,
        support.title,
        support.kind,
        behind.text,
        behind.kind,
        behind.owner.person,
        behind.owner.sex,
        group,
        names.get(group or 0, ""),
        support.requested_on,
        support.amount,
        0 if approval is None else approval.amount,
        dossier.transferred,
        dossier.given,
        dossier.share,
        stage(dossier),
        _next(left[0]) if left else "",
        approval is not None and approval.override,
        dossier.first_transfer,
    )


def _next(step: Step) -> str:
    """Return what is next in one line; what already says which step it is needs no title."""
    if not step.text or step.title in step.text:
        return step.text or step.title
    return f"{step.title}: {step.text}"


def _group_names(session: Session) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Group.id, Group.name))}


# -- one dossier -----------------------------------------------------------------------------------


def detail(book: Book, support: SupportId, day: date) -> SupportDetail:
    """Return a dossier whole, as it stands on a day. Why somebody is in hardship: only for who may see it, and logged."""
    with book.read() as session:
        found = detail_in(session, support, day)
    note_hardship(book, SeenHow.SEEN, found)
    return found


def note_hardship(book: Book, how: SeenHow, found: SupportDetail) -> None:
    """Write down that the user saw, printed or exported why the people of a dossier are in hardship, where that is told."""
    if found.hardship_basis:
        homes = () if found.beneficiary.household is None else (found.beneficiary.household,)
        people = () if found.row.person is None else (found.row.person,)
        sight.note_people(book, how, "support", people, homes)


def detail_in(session: Session, support: SupportId, day: date) -> SupportDetail:
    """Return a dossier whole inside an open session."""
    rows = rows_in(session, support)
    record, dossier = rows.support, rows.dossier
    standards = standards_in(session, day)
    behind = behind_of(session, [record])[record.id]
    numbers = _voucher_numbers(
        session,
        [one.voucher_id for one in rows.contributions] + [one.voucher_id for one in rows.transfers],
    )
    names = names_of(session, [one.giver_id for one in rows.contributions if one.giver_id is not None])
    decided = dossier.decided
    return SupportDetail(
        row=_row(rows, behind, _group_names(session), day, standards),
        uid=record.uid,
        version=record.version,
        beneficiary=beneficiary_of(record),
        through=None if record.through_id is None else GroupId(record.through_id),
        requested_by=record.requested_by,
        provider=record.provider,
        quantity=record.quantity,
        purpose=record.purpose,
        hardship=record.hardship,
        hardship_basis=record.hardship_basis if sight.sensitive_in(session) else "",
        training=training_of(record),
        withdrawn_on=record.withdrawn_on,
        withdrawn_reason=record.withdrawn_reason,
        least_share=standards.least_share(hardship=record.hardship),
        assessments=tuple(_assessment(session, one) for one in rows.assessments),
        decisions=tuple(
            _decision(one, in_force=decided is not None and decided.id == one.id) for one in rows.decisions
        ),
        contributions=tuple(
            _contribution(one, names, numbers, counts=rows.proven(one) and not one.taken_back)
            for one in rows.contributions
        ),
        transfers=tuple(_transfer(one, numbers) for one in rows.transfers),
        assets=tuple(assets_of(session, day, standards, [record])),
        steps=steps(dossier, day, standards),
        again=schedule(dossier, day, standards),
        blocks=tuple(transfer_blocks(dossier)),
        dossier=dossier,
    )


def beneficiary_of(record: Support) -> Beneficiary:
    """Return for whom a dossier is."""
    return Beneficiary(
        None if record.member_id is None else MemberId(record.member_id),
        None if record.household_id is None else HouseholdId(record.household_id),
        None if record.group_id is None else GroupId(record.group_id),
        None if record.livelihood_id is None else LivelihoodId(record.livelihood_id),
    )


def _assessment(session: Session, row: SupportAssessment) -> AssessmentView:
    scores = from_text(Scores, row.scores).rows
    standards = from_text(Standards, row.standards)
    return AssessmentView(
        row.id,
        row.uid,
        row.wave,
        row.day,
        row.assessor,
        scores,
        standards,
        judge(scores, standards, row.wave),
        row.note,
        len(files_in(session, Subject.of(row))),
    )


def _decision(row: SupportDecision, *, in_force: bool) -> DecisionView:
    return DecisionView(
        row.id,
        row.day,
        row.verdict,
        row.amount,
        row.decider,
        row.decider_post,
        row.override,
        row.second,
        row.second_post,
        row.reason,
        in_force,
    )


def _contribution(
    row: SupportContribution, names: dict[int, str], numbers: dict[int, str], *, counts: bool
) -> ContributionView:
    return ContributionView(
        row.id,
        row.uid,
        row.day,
        row.kind,
        row.value,
        row.tenths,
        row.rate,
        row.description,
        names.get(row.giver_id or 0, ""),
        row.evidence,
        row.route,
        None if row.voucher_id is None else VoucherId(row.voucher_id),
        numbers.get(row.voucher_id or 0, ""),
        counts,
        row.taken_back,
        row.reason,
    )


def _transfer(row: SupportTransfer, numbers: dict[int, str]) -> TransferView:
    return TransferView(
        row.id,
        row.uid,
        row.day,
        row.value,
        row.what,
        row.minutes,
        row.giver,
        row.receiver,
        row.witness,
        row.place,
        row.route,
        None if row.voucher_id is None else VoucherId(row.voucher_id),
        numbers.get(row.voucher_id or 0, ""),
        row.taken_back,
        row.reason,
    )


def _voucher_numbers(session: Session, keys: Iterable[int | None]) -> dict[int, str]:
    wanted = [key for key in keys if key is not None]
    rows = session.scalars(select(Voucher).where(Voucher.id.in_(wanted)))
    return {row.id: show_number(row.paper, row.number, row.year) for row in rows}
