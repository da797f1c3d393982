"""Support read: lists by where dossiers stand, one dossier whole, the register of assets, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import (
    GroupId,
    HouseholdId,
    LivelihoodId,
    MemberId,
    SupportAssetId,
    SupportId,
    VoucherId,
)
from desktop.models.kinds import Sex
from desktop.models.problems import Problem
from desktop.models.records.every import (
    AssetCheck,
    Group,
    Livelihood,
    Member,
    Support,
    SupportAssessment,
    SupportAsset,
    SupportContribution,
    SupportDecision,
    SupportTransfer,
    Voucher,
)
from desktop.models.rules.entries import show_number
from desktop.models.rules.plain import from_text
from desktop.models.rules.support.assessment import Judgement, Score, Scores, judge
from desktop.models.rules.support.assets import left_value, next_check
from desktop.models.rules.support.dossier import (
    Again,
    Dossier,
    DueState,
    schedule,
    stage,
    transfer_blocks,
)
from desktop.models.rules.support.standards import Standards
from desktop.models.rules.support.steps import Step, steps
from desktop.models.support_kinds import (
    AssetEnd,
    Condition,
    ContributionKind,
    MoneyRoute,
    SupportKind,
    SupportStage,
    Use,
    Verdict,
    Wave,
)
from desktop.services.attachments import Subject, files_in
from desktop.services.loan_portfolio import names_of
from desktop.services.support_facts import Behind, Rows, behind_of, group_of, rows_in, rows_of
from desktop.services.support_standards import standards_in
from desktop.services.supports import Beneficiary, training_of
from desktop.store.book import Book


@dataclass(frozen=True, slots=True)
class SupportRow:
    """A dossier in a list. Amounts in đồng; `share` is the co-contribution that counts over the whole."""

    id: SupportId
    code: str
    title: str
    kind: SupportKind
    who: str
    who_kind: str
    person: MemberId | None
    sex: Sex | None
    group: GroupId | None
    group_name: str
    requested_on: date
    asked: int
    approved: int
    transferred: int
    given: int
    share: Fraction | None
    stage: SupportStage
    next: str
    override: bool
    first_transfer: date | None = None


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """A kept assessment: its scores, the thresholds it was judged by, what it came to, how many files it has."""

    id: int
    uid: bytes
    wave: Wave
    day: date
    assessor: str
    scores: tuple[Score, ...]
    standards: Standards
    judgement: Judgement
    note: str
    files: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A kept decision; `in_force`: it is about the last assessment."""

    id: int
    day: date
    verdict: Verdict
    amount: int
    decider: str
    decider_post: str
    override: bool
    second: str
    second_post: str
    reason: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class ContributionView:
    """A co-contribution, in đồng; it counts while `counts`."""

    id: int
    uid: bytes
    day: date
    kind: ContributionKind
    value: int
    tenths: int
    rate: int
    description: str
    giver: str
    evidence: str
    route: MoneyRoute
    voucher: VoucherId | None
    voucher_number: str
    counts: bool
    taken_back: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """A hand-over, in đồng."""

    id: int
    uid: bytes
    day: date
    value: int
    what: str
    minutes: str
    giver: str
    receiver: str
    witness: str
    place: str
    route: MoneyRoute
    voucher: VoucherId | None
    voucher_number: str
    taken_back: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CheckView:
    """An asset as somebody saw it."""

    id: int
    day: date
    condition: Condition
    use: Use
    checker: str
    note: str


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset of the register; `left` is what is left of its value on the day asked, in đồng."""

    id: SupportAssetId
    uid: bytes
    code: str
    name: str
    value: int
    left: int
    owner: str
    responsible: str
    years: int
    place: str
    serial: str
    note: str
    handed_on: date
    support: SupportId
    support_code: str
    who: str
    group: GroupId | None
    transfer: int
    checks: tuple[CheckView, ...]
    next_check: date | None
    late: int
    ended_on: date | None
    end_kind: AssetEnd | None
    end_reason: str
    version: int

    @property
    def last(self) -> CheckView | None:
        """Return the last check."""
        return self.checks[-1] if self.checks else None


@dataclass(frozen=True, slots=True)
class SupportDetail:
    """A dossier whole."""

    row: SupportRow
    uid: bytes
    version: int
    beneficiary: Beneficiary
    through: GroupId | None
    requested_by: str
    provider: str
    quantity: str
    purpose: str
    hardship: bool
    hardship_basis: str
    training: tuple[str, ...]
    withdrawn_on: date | None
    withdrawn_reason: str
    least_share: int
    assessments: tuple[AssessmentView, ...]
    decisions: tuple[DecisionView, ...]
    contributions: tuple[ContributionView, ...]
    transfers: tuple[TransferView, ...]
    assets: tuple[AssetRow, ...]
    steps: tuple[Step, ...]
    again: tuple[Again, ...]
    blocks: tuple[Problem, ...]
    dossier: Dossier

    @property
    def left(self) -> int:
        """Return what may still be handed over, in đồng."""
        return max(0, self.row.approved - self.row.transferred)


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something to be done: "again" (an assessment after the hand-over), "asset" (a check), "evidence" (missing)."""

    kind: str
    support: SupportId
    code: str
    title: str
    who: str
    what: str
    due: date
    overdue: bool
    days_late: int
    wave: Wave | None = None
    asset: SupportAssetId | None = None
    contribution: int | None = None

    @property
    def key(self) -> tuple[str, int, int]:
        """Return what tells this line from others."""
        place = self.asset or self.contribution or (0 if self.wave is None else list(Wave).index(self.wave))
        return self.kind, self.support, place


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
    if not step.text or step.text.startswith(step.title):
        return step.text or step.title
    return f"{step.title}: {step.text}"


def _group_names(session: Session) -> dict[int, str]:
    return {row.id: row.name for row in session.execute(select(Group.id, Group.name))}


# -- one dossier -----------------------------------------------------------------------------------


def detail(book: Book, support: SupportId, day: date) -> SupportDetail:
    """Return a dossier whole, as it stands on a day."""
    with book.read() as session:
        return detail_in(session, support, day)


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
        hardship_basis=record.hardship_basis,
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
        assets=tuple(_assets(session, day, standards, [record])),
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


# -- the register of assets ------------------------------------------------------------------------


def assets(book: Book, day: date, group: GroupId | None = None, *, ended: bool = True) -> list[AssetRow]:
    """Return the register of assets as it stands on a day; without `ended` only those still in it."""
    with book.read() as session:
        found = assets_in(session, day)
    return [row for row in found if (ended or row.ended_on is None) and group in (None, row.group)]


def assets_in(session: Session, day: date) -> list[AssetRow]:
    """Return the register of assets inside an open session."""
    records = session.scalars(select(Support).order_by(Support.id)).all()
    return _assets(session, day, standards_in(session, day), records)


def _assets(session: Session, day: date, standards: Standards, supports: Sequence[Support]) -> list[AssetRow]:
    behind = behind_of(session, supports)
    by_key = {one.id: one for one in supports}
    rows = session.execute(
        select(SupportAsset, SupportTransfer)
        .join(SupportTransfer, SupportTransfer.id == SupportAsset.transfer_id)
        .order_by(SupportAsset.id)
    ).all()
    checks: dict[int, list[CheckView]] = {}
    for one in session.scalars(select(AssetCheck).order_by(AssetCheck.day, AssetCheck.id)):
        view = CheckView(one.id, one.day, one.condition, one.use, one.checker, one.note)
        checks.setdefault(one.asset_id, []).append(view)
    return [
        _asset(
            asset,
            transfer,
            by_key[transfer.support_id],
            behind,
            tuple(checks.get(asset.id, ())),
            day,
            standards,
        )
        for asset, transfer in rows
        if transfer.support_id in by_key
    ]


def _asset(
    row: SupportAsset,
    transfer: SupportTransfer,
    support: Support,
    behind: dict[int, Behind],
    checks: tuple[CheckView, ...],
    day: date,
    standards: Standards,
) -> AssetRow:
    due = next_check(transfer.day, checks[-1].day if checks else None, standards.asset_months)
    upto = min(day, row.ended_on) if row.ended_on is not None else day
    return AssetRow(
        SupportAssetId(row.id),
        row.uid,
        row.code,
        row.name,
        row.value,
        left_value(row.value, row.years, transfer.day, upto),
        row.owner,
        row.responsible,
        row.years,
        row.place,
        row.serial,
        row.note,
        transfer.day,
        SupportId(support.id),
        support.code,
        behind[support.id].text,
        group_of(support, behind[support.id]),
        transfer.id,
        checks,
        None if row.ended_on is not None else due,
        0 if row.ended_on is not None else max(0, (day - due).days),
        row.ended_on,
        row.end_kind,
        row.end_reason,
        row.version,
    )


# -- what is due -----------------------------------------------------------------------------------


def due(book: Book, day: date, group: GroupId | None = None) -> list[DueRow]:
    """Return what is to be done by a day: assessments after a hand-over, checks of assets, missing evidence."""
    with book.read() as session:
        records = session.scalars(select(Support).order_by(Support.code)).all()
        rows, behind = rows_of(session, records), behind_of(session, records)
        standards = standards_in(session, day)
        if group is not None:
            records = [one for one in records if group_of(one, behind[one.id]) == group]
        found = [
            line
            for one in records
            for line in (
                *_again(rows[one.id], behind[one.id], day, standards),
                *_unproven(rows[one.id], behind[one.id], day),
            )
        ]
        for asset in _assets(session, day, standards, records):
            if asset.next_check is not None and asset.next_check <= day:
                found.append(_to_check(asset, day, standards))
    return sorted(found, key=lambda line: (not line.overdue, line.due, line.code, line.key))


def _again(rows: Rows, behind: Behind, day: date, standards: Standards) -> Iterable[DueRow]:
    support = rows.support
    for one in schedule(rows.dossier, day, standards):
        if one.state in (DueState.DUE, DueState.OVERDUE):
            late = max(0, (day - one.last).days)
            yield DueRow(
                "again",
                SupportId(support.id),
                support.code,
                support.title,
                behind.text,
                one.wave.title,
                one.due,
                one.state is DueState.OVERDUE,
                late,
                wave=one.wave,
            )


def _unproven(rows: Rows, behind: Behind, day: date) -> Iterable[DueRow]:
    support = rows.support
    if support.withdrawn_on is not None:
        return
    for one in rows.contributions:
        if not one.taken_back and not rows.proven(one):
            yield DueRow(
                "evidence",
                SupportId(support.id),
                support.code,
                support.title,
                behind.text,
                one.kind.title + (f": {one.description}" if one.description else ""),
                one.day,
                False,
                max(0, (day - one.day).days),
                contribution=one.id,
            )


def _to_check(asset: AssetRow, day: date, standards: Standards) -> DueRow:
    assert asset.next_check is not None
    late = (day - asset.next_check).days
    return DueRow(
        "asset",
        asset.support,
        asset.code,
        asset.name,
        asset.who,
        asset.place,
        asset.next_check,
        late > standards.window,
        late,
        asset=asset.id,
    )
