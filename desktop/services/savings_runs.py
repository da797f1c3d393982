"""Interest credited to savings: posted in one piece after its working was shown, taken back in one piece.

A run credits the days after the last one, so that no day is credited twice; every member gets a voucher of their own. A
member who leaves is settled before the others by a run of one. The last run may be taken back while nothing was credited
after it; then it can be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, VoucherId, new_uid
from desktop.models.kinds import OpeningState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import SavingsCredit, SavingsRun
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.rules.plain import to_text
from desktop.models.savings_kinds import SavingsKind
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.affected_papers import AffectedPaper, affected_papers
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.savings_facts import rates_of, runs_of, terms_of
from desktop.services.savings_interest import InterestPlan, MemberInterest, history_in, plan_in
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.dates import show_day
from resources.lang.messages import _, speaking

_CHANGED = (Topic.SAVINGS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Credit:
    """Credit interest for the days `starts` to `ends`, as shown: `total` (đồng) is the sum that was looked at.

    `uid` is chosen when the working is opened: posting it twice posts it once.
    """

    group: GroupId
    kind: SavingsKind
    starts: date
    ends: date
    total: int
    uid: bytes
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class RunPosted:
    """A run just posted: its number within the group, its vouchers, and the papers that it made out of date."""

    run: int
    number: int
    vouchers: tuple[PostedVoucher, ...] = ()
    papers: tuple[AffectedPaper, ...] = ()


def new_run_uid() -> bytes:
    """Return the identity of a working just opened."""
    return new_uid()


def credit(book: Book, command: Credit, act: Act) -> Outcome[RunPosted]:
    """Post the interest of a period: one transaction, whole or not at all. Raises Refusal.

    A period that is credited already is refused with the number of the run that did it.
    """
    with book.write(act) as session, speaking(PLAIN.language):
        again = session.scalar(select(SavingsRun).where(SavingsRun.uid == command.uid))
        if again is not None:
            return Outcome(RunPosted(again.id, again.number))
        plan = _plan(session, command, act)
        papers = affected_papers(session, command.group, plan.ends, None)
        posted = _post(session, plan.group, plan.kind, plan.title, plan.starts, plan.ends, plan.lines)
        run = _write_down(session, command.uid, plan, None, posted, act)
        result = RunPosted(run.id, run.number, tuple(v for v in posted if v is not None), tuple(papers))
    return Outcome(result, Changed.of(*_CHANGED, group=command.group))


def _plan(session: Session, command: Credit, act: Act) -> InterestPlan:
    group, kind = command.group, command.kind
    if not terms_of(session, group, kind):
        text = _("Nhóm chưa có quy định cho {kind}.").format(kind=kind.title.lower())
        raise Refusal([Problem.stop("no-terms", "ends", text)])
    for run in runs_of(session, group, kind):
        if run.member is None and run.ends >= command.starts:
            text = _("Lãi từ {starts} đến {ends} đã nhập ở lần số {number}.").format(
                starts=show_day(run.starts), ends=show_day(run.ends), number=run.number
            )
            raise Refusal([Problem.stop("credited", "ends", text)])
    plan = plan_in(session, group, kind, act.today, command.ends)
    if plan is None or plan.starts != command.starts:
        raise Refusal([_outdated()])
    refuse_if_stopped(
        check(plan, act.today, rates=bool(rates_of(session, group, kind))), agreed=command.agreed
    )
    if plan.total != command.total:
        raise Refusal([_outdated()])
    return plan


def _outdated() -> Problem:
    return Problem.stop(
        "changed", "", _("Số liệu đã thay đổi từ khi xem bảng tính; hãy xem lại rồi nhập lãi.")
    )


def check(plan: InterestPlan, today: date, *, rates: bool = True) -> list[Problem]:
    """Return what stands in the way of a run; a period cut short asks for a yes."""
    if plan.ends > today:
        text = _("Ngày {day} chưa tới.").format(day=show_day(plan.ends))
        return [Problem.stop("future", "ends", text)]
    if plan.ends > plan.period_ends:
        text = _("Mỗi lần chỉ nhập lãi một kỳ, đến hết {day}.").format(day=show_day(plan.period_ends))
        return [Problem.stop("too-long", "ends", text)]
    if not rates:
        return [Problem.stop("no-rate", "ends", _("Chưa có lãi suất; hãy ghi lãi suất trước."))]
    if plan.early:
        text = _("Kỳ này đến {day} mới hết. Nhập lãi sớm đến hết {early}?").format(
            day=show_day(plan.period_ends), early=show_day(plan.ends)
        )
        return [Problem.warn("early", "ends", text)]
    return []


def _post(
    session: Session,
    group: GroupId,
    kind: SavingsKind,
    title: str,
    starts: date,
    ends: date,
    lines: Sequence[MemberInterest],
) -> list[PostedVoucher | None]:
    """Post a voucher for every member who gets (or gives back) something; None for the others."""
    drafts: list[VoucherDraft | None] = []
    for line in lines:
        if not line.total:
            drafts.append(None)
            continue
        entry = Entry(kind.interest if line.total > 0 else kind.less, abs(line.total), member=line.member)
        mine = title if line.working.starts == starts else _days(line.working.starts, ends)
        drafts.append(
            VoucherDraft(
                group=group,
                paper=paper_for([entry]),
                day=ends,
                lines=lines_of([entry]),
                text=mine,
                member=line.member,
            )
        )
    posted = iter(post(session, [draft for draft in drafts if draft is not None]))
    return [None if draft is None else next(posted) for draft in drafts]


def _days(starts: date, ends: date) -> str:
    return f"{show_day(starts)} – {show_day(ends)}"


def _write_down(
    session: Session,
    uid: bytes,
    plan: InterestPlan,
    member: MemberId | None,
    vouchers: Sequence[PostedVoucher | None],
    act: Act,
) -> SavingsRun:
    last = session.scalar(
        select(func.max(SavingsRun.number)).where(
            SavingsRun.group_id == plan.group, SavingsRun.kind == plan.kind
        )
    )
    run = SavingsRun(
        uid=uid,
        group_id=plan.group,
        kind=plan.kind,
        number=(last or 0) + 1,
        member_id=member,
        starts=plan.starts,
        ends=plan.ends,
        total=plan.total,
        recorded_at=act.at,
        recorded_by=act.who,
    )
    session.add(run)
    session.flush()
    session.add_all(
        SavingsCredit(
            uid=new_uid(),
            run_id=run.id,
            member_id=line.member,
            interest=line.working.interest,
            difference=line.difference,
            voucher_id=None if voucher is None else voucher.id,
            working=to_text(line.working),
        )
        for line, voucher in zip(plan.lines, vouchers, strict=True)
    )
    session.flush()
    return run


# -- one who leaves --------------------------------------------------------------------------------


def settlement_in(
    session: Session, group: GroupId, member: MemberId, day: date
) -> dict[SavingsKind, MemberInterest]:
    """Return the interest that a member who leaves on a day has not been credited with, by kind of savings."""
    found = {}
    for kind in SavingsKind:
        if terms_of(session, group, kind):
            history = history_in(session, group, kind, day, member)
            line = history.member_interest((member, "", ""), day)
            if line is not None and line.total:
                found[kind] = line
    return found


def settle_in(session: Session, group: GroupId, member: MemberId, day: date, act: Act) -> list[PostedVoucher]:
    """Credit a member who leaves with the interest through a day, before the others; see `settlement_in`."""
    done: list[PostedVoucher] = []
    for kind, line in settlement_in(session, group, member, day).items():
        starts = line.working.starts
        plan = InterestPlan(group, kind, starts, day, day, _days(starts, day), (line,))
        posted = _post(session, group, kind, plan.title, starts, day, plan.lines)
        _write_down(session, new_uid(), plan, member, posted, act)
        done += [voucher for voucher in posted if voucher is not None]
    return done


# -- taking back -----------------------------------------------------------------------------------


def take_back(book: Book, run_id: int, reason: str, act: Act) -> Outcome[RunPosted]:
    """Take a whole run back with a reason, while nothing was credited after it. Raises Refusal, also when members have
    taken the interest out meanwhile."""
    with book.write(act) as session:
        run = session.get_one(SavingsRun, run_id)
        group = GroupId(run.group_id)
        refuse_if_stopped(_check_taking_back(session, run, reason))
        papers = affected_papers(session, group, run.ends, None)
        vouchers = session.scalars(
            select(SavingsCredit.voucher_id)
            .where(SavingsCredit.run_id == run_id, SavingsCredit.voucher_id.is_not(None))
            .order_by(SavingsCredit.id)
        )
        posted = reverse(session, [VoucherId(key) for key in vouchers if key is not None], reason.strip())
        run.state, run.reason = OpeningState.REVERSED, reason.strip()
        result = RunPosted(run.id, run.number, tuple(posted), tuple(papers))
    return Outcome(result, Changed.of(*_CHANGED, group=group))


def _check_taking_back(session: Session, run: SavingsRun, reason: str) -> list[Problem]:
    found = []
    if not reason.strip():
        found.append(Problem.stop("reason", "reason", _("Hãy ghi lý do.")))
    if run.state is OpeningState.REVERSED:
        found.append(Problem.stop("reversed", "", _("Lần nhập lãi này đã được hủy rồi.")))
    later = session.scalar(
        select(SavingsRun.number)
        .where(
            SavingsRun.group_id == run.group_id,
            SavingsRun.kind == run.kind,
            SavingsRun.state == OpeningState.POSTED,
            SavingsRun.id > run.id,
        )
        .order_by(SavingsRun.id)
        .limit(1)
    )
    if later is not None:
        text = _("Đã nhập lãi lần số {number} sau lần này; hãy hủy lần đó trước.").format(number=later)
        found.append(Problem.stop("later", "", text))
    return found
