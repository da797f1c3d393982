"""Support as values: a dossier in a list and whole, its records, assets, what is due. Amounts in đồng."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from desktop.models.ids import (
    GroupId,
    MemberId,
    SupportAssetId,
    SupportId,
    VoucherId,
)
from desktop.models.kinds import Sex
from desktop.models.problems import Problem
from desktop.models.rules.support.assessment import Judgement, Score
from desktop.models.rules.support.dossier import (
    Again,
    Dossier,
)
from desktop.models.rules.support.standards import Standards
from desktop.models.rules.support.steps import Step
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
from desktop.services.supports import Beneficiary


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
    """Why the lower share holds; "" for who may not see hardship."""
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
