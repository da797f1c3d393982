"""What an erasure takes out of the records that tell of a person beside their own: learning, support, work, audits.

Days, amounts, results and codes stay: figures that were given out rest on them. What was said in words goes.
Nothing new about the person is written afterwards.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import (
    AuditCheck,
    CoordinationGuest,
    Draft,
    Enrolment,
    Erasure,
    JobSeeker,
    Livelihood,
    Member,
    Placement,
    PlacementCheck,
    SocialGrant,
    Support,
    SupportAssessment,
    SupportAsset,
    SupportContribution,
    SupportTransfer,
    Trainer,
    TrainingAttendance,
    TrainingCertificate,
    TrainingFollowUp,
)
from resources.lang.messages import N_, _
from resources.lang.names import fold

GONE = N_("(đã xóa)")

_WORDS: dict[type[Any], tuple[str, ...]] = {
    Enrolment: ("note", "reason", "plan"),
    TrainingAttendance: ("note",),
    TrainingFollowUp: ("note",),
    Trainer: ("phone", "note", "tot"),
    TrainingCertificate: ("reason",),
    CoordinationGuest: ("position",),
    SocialGrant: ("words", "decision"),
    JobSeeker: ("wish", "note"),
    Placement: ("note",),
    PlacementCheck: ("note",),
    AuditCheck: ("note",),
    Support: ("purpose", "withdrawn_reason"),
    SupportContribution: ("description", "reason"),
    SupportTransfer: ("place", "reason"),
    SupportAsset: ("place", "note"),
}
"""Of each record the fields that are emptied."""


def is_erased(session: Session, member: Member) -> bool:
    """Tell whether a person's data were erased."""
    query = select(Erasure.id).where(Erasure.subject_uid == member.uid).limit(1)
    return session.scalar(query) is not None


def refuse_erased(session: Session, member: Member) -> None:
    """Refuse what would write about a person whose data were erased. Raises Refusal."""
    if is_erased(session, member):
        raise Refusal([Problem.stop("erased", "", why_erased())])


def why_erased() -> str:
    """Return why nothing is written about such a person, and what to do when they come back."""
    return _(
        "Dữ liệu của người này đã xóa theo yêu cầu: không ghi thêm gì về họ. Nếu họ trở lại, hãy thêm như người mới."
    )


def records_of(session: Session, member: Member) -> list[Any]:
    """Return the records of other modules about a person, which lose what they say in words."""
    found: list[Any] = []
    for model in (Enrolment, Trainer, CoordinationGuest, SocialGrant, JobSeeker, Placement, AuditCheck):
        found += session.scalars(select(model).where(model.member_id == member.id))
    learned = select(Enrolment.id).where(Enrolment.member_id == member.id)
    for learning in (TrainingAttendance, TrainingFollowUp, TrainingCertificate):
        found += session.scalars(select(learning).where(learning.enrolment_id.in_(learned)))
    found += session.scalars(
        select(TrainingCertificate).where(
            TrainingCertificate.signer == member.full_name, TrainingCertificate.enrolment_id.not_in(learned)
        )
    )
    found += session.scalars(
        select(PlacementCheck).where(
            PlacementCheck.placement_id.in_(select(Placement.id).where(Placement.member_id == member.id))
        )
    )
    return [*found, *_support(session, member)]


def _support(session: Session, member: Member) -> list[Any]:
    """Return a person's own dossiers with what hangs on them, and what the person gave for others'."""
    own = select(Support.id).where(
        or_(
            Support.member_id == member.id,
            Support.livelihood_id.in_(select(Livelihood.id).where(Livelihood.member_id == member.id)),
        )
    )
    handed = select(SupportTransfer.id).where(SupportTransfer.support_id.in_(own))
    return [
        *session.scalars(select(Support).where(Support.id.in_(own))),
        *session.scalars(
            select(SupportContribution).where(
                or_(SupportContribution.giver_id == member.id, SupportContribution.support_id.in_(own))
            )
        ),
        *session.scalars(select(SupportTransfer).where(SupportTransfer.support_id.in_(own))),
        *session.scalars(select(SupportAsset).where(SupportAsset.transfer_id.in_(handed))),
    ]


def files_beside(session: Session, records: list[Any]) -> list[bytes]:
    """Return the identities of records that stay as they are but whose files go: assessments of a person's dossiers."""
    dossiers = [record.id for record in records if isinstance(record, Support)]
    return list(
        session.scalars(select(SupportAssessment.uid).where(SupportAssessment.support_id.in_(dossiers)))
    )


def empty(record: Any, member: Member) -> None:
    """Take what is said in words out of a record of another module. Call it while the person still has a name."""
    for field in _WORDS.get(type(record), ()):
        setattr(record, field, "")
    code, name = member.code, member.full_name
    if isinstance(record, Trainer):
        record.name = code
        record.name_fold = fold(code)
    elif isinstance(record, TrainingCertificate):
        if record.signer == name:
            record.signer = code
    elif isinstance(record, JobSeeker):
        record.skills = record.needs = "[]"
    elif isinstance(record, Support):
        record.requested_by = code
        if record.hardship:  # the share that held stays, why does not
            record.hardship_basis = _(GONE)
        record.title = record.title.replace(name, code)
        record.title_fold = fold(record.title)
    elif isinstance(record, SupportContribution):
        if record.evidence:  # without any it would no longer count
            record.evidence = _(GONE)
    elif isinstance(record, SupportTransfer):
        record.receiver = code
    elif isinstance(record, SupportAsset):
        record.owner = record.responsible = code


def drop_drafts(session: Session, member: Member) -> None:
    """Throw away unfinished work in which the person's name, telephone or number stands, or a note beside them."""
    words = [word for word in (member.full_name, member.phone, member.citizen_number) if word]
    spelled = [*words, *(json.dumps(word)[1:-1] for word in words)]
    for draft in session.scalars(select(Draft)):
        if any(word in draft.content for word in spelled) or _has_note(draft.content, member.id):
            session.delete(draft)


def _has_note(content: str, member: int) -> bool:
    """Tell whether a draft keeps words in a line of this person."""
    try:
        return _noted(json.loads(content), member)
    except ValueError:
        return False


def _noted(value: Any, member: int) -> bool:
    if isinstance(value, dict):
        if value.get("member") == member and any(value.get(key) for key in ("note", "notes", "reason")):
            return True
        return any(_noted(one, member) for one in value.values())
    return isinstance(value, list) and any(_noted(one, member) for one in value)
