"""Livelihood activities: registered, changed, begun, paused, closed; tied to the loans that paid for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, LoanId, MemberId, new_uid
from desktop.models.kinds import LoanDirection
from desktop.models.livelihood_kinds import Decider, Establishment, LivelihoodState, Practice
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    Group,
    Household,
    Livelihood,
    LivelihoodLoan,
    LivelihoodStep,
    LivelihoodVisit,
    Loan,
    Member,
)
from desktop.models.rules import people
from desktop.models.rules.livelihoods.climate import Risk, check_risks, check_smart
from desktop.models.rules.plain import from_plain, to_text
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.activities import VERSION, activity
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold

CHANGED = Changed.of(Topic.LIVELIHOODS)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose an activity is: exactly one of the three."""

    member: MemberId | None = None
    household: HouseholdId | None = None
    group: GroupId | None = None

    @property
    def told(self) -> bool:
        """Tell whether exactly one is named."""
        return sum(one is not None for one in (self.member, self.household, self.group)) == 1


@dataclass(frozen=True, slots=True)
class Activity:
    """What is written of an activity. `vsic_code` is one of VSIC 2025; `place` the hamlet."""

    owner: Owner
    name: str
    vsic_code: str = ""
    vsic_version: str = VERSION
    establishment: Establishment = Establishment.FARM
    co_owner: str = ""
    decider: Decider = Decider.UNKNOWN
    place: str = ""
    started: date | None = None
    smart: bool = False
    practices: tuple[Practice, ...] = ()
    risks: tuple[Risk, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeActivity:
    """Change an activity; `version` is that of the form when it was opened."""

    livelihood: LivelihoodId
    version: int
    activity: Activity


# -- deeds -----------------------------------------------------------------------------------------


def register(book: Book, new: Activity, act: Act, loan: LoanId | None = None) -> Outcome[LivelihoodId]:
    """Register an activity: operating from its start, being prepared before it or without one. Raises Refusal.

    `loan` ties it to the loan that pays for it.
    """
    refuse_if_stopped(check(new, act.today))
    with book.write(act) as session:
        refuse_if_stopped(_check_owner(session, new.owner))
        record = Livelihood(
            uid=new_uid(),
            code=next_code(session, Livelihood),
            name="",
            vsic_version=new.vsic_version,
            vsic_code=new.vsic_code,
        )
        _apply(record, new)
        state = LivelihoodState.PLANNED if new.started is None else LivelihoodState.OPERATING
        session.add(record)
        session.flush()
        _step(session, record, new.started or act.today, state, "")
        if loan is not None:
            _link(session, record, loan, "")
        session.flush()
        made = LivelihoodId(record.id)
    return Outcome(made, CHANGED)


def change(book: Book, command: ChangeActivity, act: Act) -> Outcome[LivelihoodId]:
    """Change what is written of an activity. Raises Refusal, and Trouble "stale"."""
    new = command.activity
    refuse_if_stopped(check(new, act.today))
    with book.write(act) as session:
        record = session.get_one(Livelihood, command.livelihood)
        expect_version(record, command.version)
        refuse_if_stopped(_check_owner(session, new.owner))
        base = session.scalar(
            select(LivelihoodVisit.day).where(
                LivelihoodVisit.livelihood_id == record.id, LivelihoodVisit.wave != "base"
            )
        )
        if base is not None and new.started is None:
            text = _("Sinh kế đã có lần thăm sau khi bắt đầu, không thể bỏ ngày bắt đầu.")
            raise Refusal([Problem.stop("started", "started", text)])
        before = record.started
        _apply(record, new)
        _move_start(session, record, before)
    return Outcome(command.livelihood, CHANGED)


def set_state(
    book: Book, livelihood: LivelihoodId, state: LivelihoodState, day: date, reason: str, act: Act
) -> Outcome[LivelihoodId]:
    """Write down that an activity runs, rests or has closed from a day on. Pausing and closing need a reason."""
    problems = []
    if day > act.today:
        problems.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
    if state in (LivelihoodState.PAUSED, LivelihoodState.CLOSED) and not reason.strip():
        problems.append(Problem.stop("reason", "reason", _("Cần ghi lý do tạm ngừng hoặc đóng.")))
    if state is LivelihoodState.PLANNED:
        problems.append(
            Problem.stop("state", "state", _("Sinh kế đã ghi sổ thì không quay lại lúc chuẩn bị."))
        )
    refuse_if_stopped(problems)
    with book.write(act) as session:
        record = session.get_one(Livelihood, livelihood)
        last = session.scalar(
            select(LivelihoodStep.day)
            .where(LivelihoodStep.livelihood_id == livelihood)
            .order_by(LivelihoodStep.day.desc())
            .limit(1)
        )
        if last is not None and day < last and record.state is not LivelihoodState.PLANNED:
            text = _("Ngày phải từ lần thay đổi trước ({day}).").format(day=show_day(last))
            raise Refusal([Problem.stop("order", "day", text)])
        if record.state is state:
            raise Refusal([Problem.stop("same", "state", _("Sinh kế đang ở tình trạng này rồi."))])
        if record.started is None and state is LivelihoodState.OPERATING:
            record.started = day
        _step(session, record, day, state, reason.strip())
    return Outcome(livelihood, CHANGED)


def link_loan(
    book: Book, livelihood: LivelihoodId, loan: LoanId, purpose: str, act: Act
) -> Outcome[LivelihoodId]:
    """Tie a loan to the activity it paid for. Raises Refusal for a loan of somebody else."""
    with book.write(act) as session:
        _link(session, session.get_one(Livelihood, livelihood), loan, purpose)
    return Outcome(livelihood, CHANGED)


def unlink_loan(book: Book, livelihood: LivelihoodId, loan: LoanId, act: Act) -> Outcome[LivelihoodId]:
    """Take back that a loan paid for an activity: tied by mistake."""
    with book.write(act) as session:
        row = session.scalar(
            select(LivelihoodLoan).where(
                LivelihoodLoan.livelihood_id == livelihood, LivelihoodLoan.loan_id == loan
            )
        )
        if row is not None:
            session.delete(row)
    return Outcome(livelihood, CHANGED)


# -- checks ----------------------------------------------------------------------------------------


def check(new: Activity, today: date) -> list[Problem]:
    """Return what is wrong with what was typed, each problem at its field."""
    problems = []
    if not new.owner.told:
        problems.append(
            Problem.stop("owner", "owner", _("Cần chọn chủ sinh kế: một người, một hộ hoặc một nhóm."))
        )
    if not new.name.strip():
        problems.append(Problem.stop("missing", "name", _("Cần đặt tên sinh kế, ví dụ “Nuôi vịt đẻ”.")))
    if not new.vsic_code:
        problems.append(Problem.stop("vsic", "vsic_code", _("Cần chọn ngành trong danh mục VSIC 2025.")))
    elif activity(new.vsic_code, new.vsic_version) is None:
        text = _("Mã ngành {code} không có trong danh mục VSIC {version}.")
        problems.append(
            Problem.stop("vsic", "vsic_code", text.format(code=new.vsic_code, version=new.vsic_version))
        )
    return [*problems, *check_risks(new.risks), *check_smart(new.smart, new.practices)]


def _check_owner(session: Session, owner: Owner) -> list[Problem]:
    for record, key in ((Member, owner.member), (Household, owner.household), (Group, owner.group)):
        if key is not None and session.get(record, key) is None:
            return [Problem.stop("owner", "owner", _("Chủ sinh kế này không có trong sổ."))]
    return []


# -- parts -----------------------------------------------------------------------------------------


def _apply(record: Livelihood, new: Activity) -> None:
    record.name = people.tidy(new.name)
    record.name_fold = fold(record.name)
    record.member_id, record.household_id, record.group_id = (
        new.owner.member,
        new.owner.household,
        new.owner.group,
    )
    record.vsic_version, record.vsic_code = new.vsic_version, new.vsic_code
    record.establishment, record.decider = new.establishment, new.decider
    record.co_owner, record.place = people.tidy(new.co_owner), people.tidy(new.place)
    record.started, record.smart = new.started, new.smart
    record.practices, record.risks = codes_text(new.practices), to_text(new.risks)
    record.note = people.tidy_note(new.note)


def _step(session: Session, record: Livelihood, day: date, state: LivelihoodState, reason: str) -> None:
    record.state = state
    session.add(LivelihoodStep(uid=new_uid(), livelihood_id=record.id, day=day, state=state, reason=reason))


def _move_start(session: Session, record: Livelihood, before: date | None) -> None:
    """Let the dated states follow a start that was written or mended."""
    if record.started is None or record.started == before:
        return
    if record.state is LivelihoodState.PLANNED:
        _step(session, record, record.started, LivelihoodState.OPERATING, "")
        return
    first = session.scalar(
        select(LivelihoodStep).where(
            LivelihoodStep.livelihood_id == record.id,
            LivelihoodStep.state == LivelihoodState.OPERATING,
            LivelihoodStep.day == before,
        )
    )
    if first is not None:
        first.day = record.started


def _link(session: Session, record: Livelihood, loan_id: LoanId, purpose: str) -> None:
    loan = session.get_one(Loan, loan_id)
    problems = []
    if not _may_pay_for(session, record, loan):
        text = _("Khoản vay {code} không phải của chủ sinh kế này.").format(code=loan.code)
        problems.append(Problem.stop("other-owner", "loan", text))
    there = session.scalar(
        select(LivelihoodLoan.id).where(
            LivelihoodLoan.livelihood_id == record.id, LivelihoodLoan.loan_id == loan_id
        )
    )
    if there is not None:
        problems.append(Problem.stop("linked", "loan", _("Khoản vay này đã gắn với sinh kế rồi.")))
    refuse_if_stopped(problems)
    session.add(
        LivelihoodLoan(
            uid=new_uid(),
            livelihood_id=record.id,
            loan_id=loan_id,
            purpose=people.tidy(purpose) or loan.livelihood or loan.purpose,
        )
    )
    session.flush()


def _may_pay_for(session: Session, record: Livelihood, loan: Loan) -> bool:
    if record.group_id is not None:
        return loan.direction is LoanDirection.IN and loan.group_id == record.group_id
    return loan.member_id is not None and loan.member_id in set(people_of(session, record))


def people_of(session: Session, record: Livelihood) -> Sequence[int]:
    """Return the members whose loans may pay for an activity: its owner and those who live in the same household."""
    household = record.household_id
    if record.member_id is not None:
        household = session.scalar(select(Member.household_id).where(Member.id == record.member_id))
        if household is None:
            return [record.member_id]
    if household is None:
        return []
    return list(session.scalars(select(Member.id).where(Member.household_id == household)))


def codes_text(codes: Sequence[str]) -> str:
    """Return stored codes as the JSON list that a column keeps."""
    return json.dumps([str(getattr(one, "value", one)) for one in codes])


def practices_from(text: str) -> tuple[Practice, ...]:
    """Return the practices of a column."""
    return tuple(Practice(code) for code in json.loads(text))


def risks_from(text: str) -> tuple[Risk, ...]:
    """Return the hazards of a column."""
    return tuple(from_plain(Risk, one) for one in json.loads(text))
