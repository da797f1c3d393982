"""Events that hit households, written down: what was lost, the help tied to it, households' plans."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import (
    HouseholdId,
    LossEventId,
    new_uid,
)
from desktop.models.livelihood_kinds import ReliefKind
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    Household,
    Livelihood,
    Loss,
    LossEvent,
    Member,
    PreparednessPlan,
    Relief,
)
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.shock_book import Event, LossLine, payables_in
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _

CHANGED = Changed.of(Topic.SHOCKS, Topic.LIVELIHOODS)


# -- deeds -----------------------------------------------------------------------------------------


def keep_event(
    book: Book, event: Event, act: Act, changing: tuple[LossEventId, int] | None = None
) -> Outcome[LossEventId]:
    """Keep an event; `changing` names it and its version. Raises Refusal, and Trouble "stale"."""
    problems = []
    if not event.name.strip():
        problems.append(Problem.stop("missing", "name", _("Cần đặt tên, ví dụ “Bão số 3 năm 2026”.")))
    if event.starts > act.today:
        problems.append(Problem.stop("future", "starts", _("Ngày này chưa tới.")))
    if event.ends < event.starts:
        problems.append(Problem.stop("order", "ends", _("Ngày hết phải từ ngày bắt đầu.")))
    refuse_if_stopped(problems)
    with book.write(act) as session:
        if changing is None:
            row = LossEvent(
                uid=new_uid(),
                code=next_code(session, LossEvent),
                hazard=event.hazard,
                name="",
                starts=event.starts,
                ends=event.ends,
            )
            session.add(row)
        else:
            row = session.get_one(LossEvent, changing[0])
            expect_version(row, changing[1])
        row.hazard, row.name, row.place = event.hazard, people.tidy(event.name), people.tidy(event.place)
        row.starts, row.ends, row.declared = event.starts, event.ends, event.declared
        row.note = people.tidy_note(event.note)
        session.flush()
        made = LossEventId(row.id)
    return Outcome(made, CHANGED)


def keep_loss(
    book: Book, event: LossEventId, line: LossLine, act: Act, changing: tuple[int, int] | None = None
) -> Outcome[int]:
    """Keep what a household lost in an event. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(LossEvent, event)
        refuse_if_stopped(_check_loss(session, record, line, act.today))
        if changing is None:
            row = Loss(uid=new_uid(), event_id=event, household_id=line.household, item="")
            session.add(row)
        else:
            row = session.get_one(Loss, changing[0])
            expect_version(row, changing[1])
        row.household_id, row.livelihood_id = line.household, line.livelihood
        row.item, row.quantity, row.value = people.tidy(line.item), people.tidy(line.quantity), line.value
        row.share, row.state_help, row.group_help = line.share, line.state_help, line.group_help
        row.recovered, row.note = line.recovered, people.tidy_note(line.note)
        session.flush()
        key = row.id
    return Outcome(key, CHANGED)


def _check_loss(session: Session, event: LossEvent, line: LossLine, today: date) -> list[Problem]:
    problems = []
    if not line.item.strip():
        problems.append(Problem.stop("missing", "item", _("Cần ghi thiệt hại gì, ví dụ “vịt chết”.")))
    for field in ("value", "state_help", "group_help"):
        if getattr(line, field) < 0:
            problems.append(Problem.stop("negative", field, _("Số tiền không được âm.")))
    if line.recovered is not None and not event.starts <= line.recovered <= today:
        text = _("Ngày phục hồi phải từ ngày xảy ra đến hôm nay.")
        problems.append(Problem.stop("recovered", "recovered", text))
    if line.livelihood is not None:
        activity = session.get_one(Livelihood, line.livelihood)
        home = activity.household_id
        if activity.member_id is not None:
            home = session.get_one(Member, activity.member_id).household_id
        if home is not None and home != line.household:
            problems.append(
                Problem.stop("other-household", "livelihood", _("Sinh kế này không phải của hộ đã chọn."))
            )
    return problems


def remove_loss(book: Book, loss: int, version: int, act: Act) -> Outcome[int]:
    """Take a loss away that was written by mistake; the chain keeps it. Raises Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(Loss, loss)
        expect_version(row, version)
        session.delete(row)
    return Outcome(loss, CHANGED)


def link(book: Book, event: LossEventId, kind: ReliefKind, key: int, note: str, act: Act) -> Outcome[int]:
    """Tie an emergency loan or a social-fund grant (its voucher) to an event. Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(LossEvent, event)
        found = next(
            (one for one in payables_in(session, record) if (one.kind, one.key) == (kind, key)), None
        )
        if found is None:
            text = _("Khoản này không phải vay hay trợ cấp sau sự kiện, hoặc đã gắn rồi.")
            raise Refusal([Problem.stop("relief", "relief", text)])
        row = Relief(
            uid=new_uid(),
            event_id=event,
            kind=kind,
            loan_id=key if kind is ReliefKind.LOAN else None,
            voucher_id=key if kind is ReliefKind.GRANT else None,
            note=people.tidy_note(note),
        )
        session.add(row)
        session.flush()
        made = row.id
    return Outcome(made, CHANGED)


def unlink(book: Book, relief: int, act: Act) -> Outcome[int]:
    """Take the tie between help and event back; the loan or the voucher stays as it is."""
    with book.write(act) as session:
        session.delete(session.get_one(Relief, relief))
    return Outcome(relief, CHANGED)


def keep_preparedness(book: Book, household: HouseholdId, day: date, measures: str, act: Act) -> Outcome[int]:
    """Write down that a household has looked at its plan for the next event. Raises Refusal."""
    problems = []
    if not measures.strip():
        problems.append(Problem.stop("missing", "measures", _("Cần ghi hộ sẽ làm gì khi có thiên tai.")))
    if day > act.today:
        problems.append(Problem.stop("future", "day", _("Ngày này chưa tới.")))
    refuse_if_stopped(problems)
    with book.write(act) as session:
        session.get_one(Household, household)
        row = PreparednessPlan(
            uid=new_uid(), household_id=household, day=day, measures=people.tidy_note(measures)
        )
        session.add(row)
        session.flush()
        key = row.id
    return Outcome(key, CHANGED)
