"""What the rules of support judge: the records of dossiers as plain facts, and who stands behind each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, SupportId
from desktop.models.records.every import (
    Attachment,
    Livelihood,
    Support,
    SupportAssessment,
    SupportContribution,
    SupportDecision,
    SupportTransfer,
)
from desktop.models.rules.support.dossier import AssessmentFact, DecisionFact, Dossier, MoneyFact
from desktop.services.livelihood_owners import Owned, OwnerBlock, owners_of
from desktop.services.person_records import IN_CHUNK


@dataclass(slots=True)
class Rows:
    """The records of one dossier, each list in the order in which it was kept."""

    support: Support
    assessments: list[SupportAssessment] = field(default_factory=list)
    decisions: list[SupportDecision] = field(default_factory=list)
    contributions: list[SupportContribution] = field(default_factory=list)
    transfers: list[SupportTransfer] = field(default_factory=list)
    filed: frozenset[bytes] = frozenset()
    """Identities of contributions beside which a file is kept."""

    def proven(self, row: SupportContribution) -> bool:
        """Tell whether something shows a contribution, so that it counts."""
        return bool(row.evidence) or row.uid in self.filed

    @property
    def dossier(self) -> Dossier:
        """Return the facts that the rules judge."""
        support = self.support
        return Dossier(
            kind=support.kind,
            requested_on=support.requested_on,
            asked=support.amount,
            hardship=support.hardship,
            withdrawn_on=support.withdrawn_on,
            assessments=tuple(
                AssessmentFact(row.id, row.wave, row.day, row.result) for row in self.assessments
            ),
            decisions=tuple(decision_fact(row) for row in self.decisions),
            contributions=tuple(
                MoneyFact(row.id, row.day, row.value, self.proven(row))
                for row in self.contributions
                if not row.taken_back
            ),
            transfers=tuple(
                MoneyFact(row.id, row.day, row.value) for row in self.transfers if not row.taken_back
            ),
        )


def decision_fact(row: SupportDecision) -> DecisionFact:
    """Return a decision as the rules judge it."""
    return DecisionFact(
        row.id,
        row.assessment_id,
        row.day,
        row.verdict,
        row.amount,
        row.override,
        row.decider,
        row.second,
        row.reason,
    )


def rows_of(session: Session, supports: Sequence[Support]) -> dict[int, Rows]:
    """Return the records of dossiers by the key of each."""
    found = {row.id: Rows(row) for row in supports}
    for keys in _chunks(found):
        for assessment in session.scalars(
            select(SupportAssessment)
            .where(SupportAssessment.support_id.in_(keys))
            .order_by(SupportAssessment.id)
        ):
            found[assessment.support_id].assessments.append(assessment)
        for decision in session.scalars(
            select(SupportDecision).where(SupportDecision.support_id.in_(keys)).order_by(SupportDecision.id)
        ):
            found[decision.support_id].decisions.append(decision)
        for contribution in session.scalars(
            select(SupportContribution)
            .where(SupportContribution.support_id.in_(keys))
            .order_by(SupportContribution.day, SupportContribution.id)
        ):
            found[contribution.support_id].contributions.append(contribution)
        for transfer in session.scalars(
            select(SupportTransfer)
            .where(SupportTransfer.support_id.in_(keys))
            .order_by(SupportTransfer.day, SupportTransfer.id)
        ):
            found[transfer.support_id].transfers.append(transfer)
    filed = _filed(session)
    for rows in found.values():
        rows.filed = filed
    return found


def rows_in(session: Session, support: SupportId) -> Rows:
    """Return the records of one dossier; raises NoResultFound for a key that is not there."""
    return rows_of(session, [session.get_one(Support, support)])[support]


def _filed(session: Session) -> frozenset[bytes]:
    return frozenset(
        session.scalars(
            select(Attachment.subject_uid).where(
                Attachment.subject == SupportContribution.__tablename__, Attachment.removed.in_((False,))
            )
        )
    )


def _chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    wanted = sorted(keys)
    for start in range(0, len(wanted), IN_CHUNK):
        yield wanted[start : start + IN_CHUNK]


# -- who stands behind a dossier -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Behind:
    """The beneficiary in the words of a list, with the activity where there is one.

    `owner` is who it is in the end: the activity's owner, else the beneficiary itself.
    """

    text: str
    kind: str
    owner: OwnerBlock
    livelihood: int | None = None


def behind_of(session: Session, supports: Sequence[Support]) -> dict[int, Behind]:
    """Return who stands behind each dossier, by its key."""
    activities = {
        row.id: row
        for keys in _chunks({one.livelihood_id for one in supports if one.livelihood_id is not None})
        for row in session.scalars(select(Livelihood).where(Livelihood.id.in_(keys)))
    }
    owned = []
    for support in supports:
        source: Support | Livelihood = support
        if support.livelihood_id is not None:
            source = activities[support.livelihood_id]
        owned.append(Owned(support.id, source.member_id, source.household_id, source.group_id))
    owners = owners_of(session, owned)
    found = {}
    for support in supports:
        owner = owners[support.id]
        if support.livelihood_id is None:
            found[support.id] = Behind(owner.text, owner.kind, owner)
        else:
            name = activities[support.livelihood_id].name
            found[support.id] = Behind(f"{name} – {owner.text}", owner.kind, owner, support.livelihood_id)
    return found


def group_of(support: Support, behind: Behind) -> GroupId | None:
    """Return the group that follows a dossier: the one named, else the beneficiary's own."""
    if support.through_id is not None:
        return GroupId(support.through_id)
    return behind.owner.group or (behind.owner.groups[0] if behind.owner.groups else None)
