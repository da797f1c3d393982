"""Audit visits as deeds: a visit begins with what is drawn, its checks are filled in, it is closed; findings follow.

What was drawn is written down before anything is looked at, with its seed, so that everybody can draw it again.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.audit_kinds import CheckKind, Chosen, FindingState, Severity
from desktop.models.ids import AuditCheckId, AuditFindingId, AuditVisitId, GroupId, new_uid
from desktop.models.kinds import Account
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import AuditCheck, AuditFinding, AuditVisit, Group, Register
from desktop.models.rules import audit, people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.indicators.facts import Facts, LoanPart, Part, Scope
from desktop.services.indicators.loading import load
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _

TOLERABLE = 20
"""The error that may be tolerated unless said: a twentieth of the loan book."""
LARGEST = 5
"""So many of the largest loans are always looked at."""


@dataclass(frozen=True, slots=True)
class BeginAudit:
    """A visit to begin. `tolerable` None: a twentieth of the loan book; `seed` None: one is drawn.

    `everybody`: all passbooks and loans are looked at, nothing is drawn.
    """

    group: GroupId
    day: date
    auditor: str
    announced: bool = False
    confidence: int = 95
    tolerable: int | None = None
    everybody: bool = False
    seed: int | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found of a passbook or loan: the amount there, None while it was not to be seen (then a note says why)."""

    found: int | None
    present: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as it is written down."""

    severity: Severity
    title: str
    found_on: date
    advice: str = ""
    owner: str = ""
    due: date | None = None
    answer: str = ""


def _changed(group: int) -> Changed:
    return Changed.of(Topic.AUDITS, group=GroupId(group))


# -- the visit -------------------------------------------------------------------------------------


def begin(book: Book, command: BeginAudit, act: Act) -> Outcome[AuditVisitId]:
    """Begin a visit: draw passbooks and loans of that day and write them down. Raises Refusal."""
    facts = load(book, Scope(command.group), command.day, command.day, bare=True)
    with book.write(act) as session:
        loans = [(part, loan) for part in facts.parts for loan in part.loans if loan.outstanding > 0]
        loan_book = sum(loan.outstanding for _part, loan in loans)
        refuse_if_stopped(_begin_problems(session, command, act.today, loan_book), agreed=command.agreed)
        tolerable = command.tolerable if command.tolerable is not None else loan_book // TOLERABLE
        own = next((group for group in facts.groups if group.id == command.group), None)
        visit = AuditVisit(
            uid=new_uid(),
            code=next_code(session, AuditVisit),
            group_id=command.group,
            day=command.day,
            auditor=people.tidy(command.auditor) or act.who,
            announced=command.announced,
            seed=secrets.randbelow(1_000_000) if command.seed is None else command.seed,
            confidence=command.confidence,
            passbooks=len(facts.members),
            loan_book=loan_book,
            tolerable=tolerable,
            cash_book=0 if own is None else own.has(Account.CASH),
            social_book=0 if own is None else own.has(Account.SOCIAL_CASH),
            anchor=_anchor(session),
            at=act.at,
            by=act.who,
        )
        session.add(visit)
        session.flush()
        session.add_all(_passbooks(visit, facts, command.everybody))
        session.add_all(_loans(visit, loans, command.everybody))
        made = AuditVisitId(visit.id)
    return Outcome(made, _changed(command.group))


def _begin_problems(session: Session, command: BeginAudit, today: date, loan_book: int) -> list[Problem]:
    problems = []
    group = session.get_one(Group, command.group)
    if command.day > today:
        problems.append(Problem.stop("future", "day", _("Ngày kiểm tra chưa tới.")))
    if group.founded is not None and command.day < group.founded:
        problems.append(Problem.stop("before", "day", _("Ngày kiểm tra trước ngày thành lập nhóm.")))
    if command.confidence not in audit.CONFIDENCES:
        problems.append(Problem.stop("confidence", "confidence", _("Độ tin cậy là 90 % hoặc 95 %.")))
    tolerable = command.tolerable
    if tolerable is not None and (tolerable <= 0 or (loan_book and tolerable > loan_book)):
        text = _("Sai sót chấp nhận được phải lớn hơn 0 và không quá dư nợ của nhóm.")
        problems.append(Problem.stop("tolerable", "tolerable", text))
    going_on = session.scalar(
        select(AuditVisit.code).where(AuditVisit.group_id == command.group, AuditVisit.closed.is_(None))
    )
    if going_on is not None:
        text = _("Đợt kiểm tra {code} của nhóm này chưa kết thúc.").format(code=going_on)
        problems.append(Problem.warn("going-on", "group", text))
    return problems


def _anchor(session: Session) -> str:
    """Return where every chain of the book stands, as the auditor copies it: place and first 16 digits of the hash."""
    rows = session.scalars(select(Register).order_by(Register.id))
    return " ".join(f"{row.id}:{row.last_seq}:{row.last_hash.hex()[:16]}" for row in rows)


def _passbooks(visit: AuditVisit, facts: Facts, everybody: bool) -> list[AuditCheck]:
    members = list(facts.members)
    size = len(members) if everybody else audit.passbooks_to_see(len(members), visit.confidence)
    chosen = Chosen.ALL if size == len(members) else Chosen.SAMPLE
    return [_passbook(visit, part, chosen) for part in audit.draw(members, size, visit.seed)]


def _passbook(visit: AuditVisit, part: Part, chosen: Chosen) -> AuditCheck:
    return AuditCheck(
        uid=new_uid(),
        visit_id=visit.id,
        kind=CheckKind.PASSBOOK,
        member_id=part.member,
        book_amount=part.savings,
        chosen=chosen.value,
        hits=1,
    )


def _loans(visit: AuditVisit, loans: list[tuple[Part, LoanPart]], everybody: bool) -> list[AuditCheck]:
    if not loans:
        return []
    step = audit.interval(visit.tolerable, visit.confidence)
    hits = audit.pick_by_dong([(loan.id, loan.outstanding) for _part, loan in loans], step, visit.seed)
    reasons: dict[int, list[Chosen]] = {loan: [Chosen.SAMPLE] for loan in hits}
    for part, loan in loans:
        if part.leads:
            reasons.setdefault(loan.id, []).append(Chosen.LEADER)
    for _part, loan in sorted(loans, key=lambda one: -one[1].outstanding)[:LARGEST]:
        reasons.setdefault(loan.id, []).append(Chosen.LARGEST)
    if everybody:
        reasons = {loan.id: [Chosen.ALL] for _part, loan in loans}
    return [
        AuditCheck(
            uid=new_uid(),
            visit_id=visit.id,
            kind=CheckKind.LOAN,
            member_id=part.member,
            loan_id=loan.id,
            book_amount=loan.outstanding,
            chosen=",".join(reasons[loan.id]),
            hits=hits.get(loan.id, 0),
        )
        for part, loan in loans
        if loan.id in reasons
    ]


def see_all(book: Book, visit_id: AuditVisitId, act: Act) -> Outcome[int]:
    """Add every passbook that was not drawn: what follows from one wrong passbook. Returns how many. Raises Refusal."""
    with book.read() as session:
        known = session.get_one(AuditVisit, visit_id)
        group, day = GroupId(known.group_id), known.day
    facts = load(book, Scope(group), day, day, bare=True)
    with book.write(act) as session:
        visit = _open_visit(session, visit_id)
        drawn = set(
            session.scalars(
                select(AuditCheck.member_id).where(
                    AuditCheck.visit_id == visit_id, AuditCheck.kind == CheckKind.PASSBOOK
                )
            )
        )
        added = [_passbook(visit, part, Chosen.ALL) for part in facts.members if part.member not in drawn]
        session.add_all(added)
    return Outcome(len(added), _changed(group))


def count_boxes(
    book: Book, visit_id: AuditVisitId, version: int, cash: int, social: int, act: Act
) -> Outcome[None]:
    """Write down what was counted in both boxes, each by itself. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        visit = _open_visit(session, visit_id)
        expect_version(visit, version)
        problems = [
            Problem.stop("negative", field, _("Số tiền không được âm."))
            for field, amount in (("cash", cash), ("social", social))
            if amount < 0
        ]
        refuse_if_stopped(problems)
        visit.cash_counted, visit.social_counted = cash, social
    return Outcome(None, _changed(visit.group_id))


def check(
    book: Book, check_id: AuditCheckId, version: int, result: CheckResult, act: Act
) -> Outcome[AuditCheckId]:
    """Write down what was found of a passbook or loan. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(AuditCheck, check_id)
        visit = _open_visit(session, AuditVisitId(row.visit_id))
        expect_version(row, version)
        note = people.tidy_note(result.note)
        problems = []
        if result.found is not None and result.found < 0:
            problems.append(Problem.stop("negative", "found", _("Số tiền không được âm.")))
        if result.found is None and not note:
            problems.append(
                Problem.stop("why", "note", _("Không xem được thì ghi lý do, ví dụ “không mang sổ”."))
            )
        refuse_if_stopped(problems)
        row.found_amount, row.present, row.note = result.found, result.present, note
    return Outcome(check_id, _changed(visit.group_id))


def close(
    book: Book,
    visit_id: AuditVisitId,
    version: int,
    on: date,
    summary: str,
    act: Act,
    *,
    agreed: bool = False,
) -> Outcome[AuditVisitId]:
    """End a visit after the meeting in which the findings were agreed. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        visit = _open_visit(session, visit_id)
        expect_version(visit, version)
        problems = []
        if not visit.day <= on <= act.today:
            problems.append(Problem.stop("day", "on", _("Ngày kết thúc phải từ ngày kiểm tra đến hôm nay.")))
        left = session.scalars(
            select(AuditCheck.id).where(
                AuditCheck.visit_id == visit_id, AuditCheck.found_amount.is_(None), AuditCheck.note == ""
            )
        ).all()
        if left:
            text = _("Còn {n} sổ, khoản vay chưa đối chiếu.").format(n=len(left))
            problems.append(Problem.warn("left", "", text))
        if visit.cash_counted is None:
            problems.append(Problem.warn("box", "", _("Chưa ghi kết quả kiểm quỹ bất ngờ.")))
        refuse_if_stopped(problems, agreed=agreed)
        visit.closed, visit.summary = on, people.tidy_note(summary)
    return Outcome(visit_id, _changed(visit.group_id))


def _open_visit(session: Session, visit_id: AuditVisitId) -> AuditVisit:
    visit = session.get_one(AuditVisit, visit_id)
    if visit.closed is not None:
        raise Refusal([Problem.stop("closed", "", _("Đợt kiểm tra này đã kết thúc; hãy mở đợt mới."))])
    return visit


# -- findings --------------------------------------------------------------------------------------


def keep_finding(
    book: Book,
    group: GroupId,
    found: Found,
    act: Act,
    visit: AuditVisitId | None = None,
    changing: tuple[AuditFindingId, int] | None = None,
) -> Outcome[AuditFindingId]:
    """Write down a finding, or what the group answers. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        title, answer = people.tidy(found.title), people.tidy_note(found.answer)
        problems = []
        if not title:
            problems.append(Problem.stop("missing", "title", _("Cần ghi điều chưa đúng.")))
        if found.found_on > act.today:
            problems.append(Problem.stop("future", "found_on", _("Ngày này chưa tới.")))
        if found.due is not None and found.due < found.found_on:
            problems.append(Problem.stop("due", "due", _("Hạn khắc phục phải sau ngày phát hiện.")))
        refuse_if_stopped(problems)
        if changing is None:
            row = AuditFinding(
                uid=new_uid(),
                code=next_code(session, AuditFinding),
                group_id=group,
                visit_id=visit,
                severity=found.severity,
                title=title,
                found_on=found.found_on,
                at=act.at,
                by=act.who,
            )
            session.add(row)
        else:
            row = session.get_one(AuditFinding, changing[0])
            expect_version(row, changing[1])
            if row.state is FindingState.CLOSED:
                raise Refusal([Problem.stop("closed", "", _("Kiến nghị này đã khép; hãy mở lại trước."))])
        row.severity, row.title, row.found_on, row.due = found.severity, title, found.found_on, found.due
        row.advice, row.owner = people.tidy_note(found.advice), people.tidy(found.owner)
        row.answer = answer
        row.state = FindingState.ANSWERED if answer else FindingState.OPEN
        session.flush()
        made = AuditFindingId(row.id)
    return Outcome(made, _changed(group))


def close_finding(
    book: Book, finding: AuditFindingId, version: int, on: date, evidence: str, act: Act
) -> Outcome[AuditFindingId]:
    """Close a finding with the proof that it is mended. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(AuditFinding, finding)
        expect_version(row, version)
        proof = people.tidy_note(evidence)
        problems = []
        if not proof:
            text = _("Cần ghi bằng chứng đã khắc phục, ví dụ “đã xem biên lai số 12”.")
            problems.append(Problem.stop("evidence", "evidence", text))
        if not row.found_on <= on <= act.today:
            text = _("Ngày khắc phục phải từ ngày phát hiện đến hôm nay.")
            problems.append(Problem.stop("day", "on", text))
        refuse_if_stopped(problems)
        row.state, row.closed, row.evidence = FindingState.CLOSED, on, proof
    return Outcome(finding, _changed(row.group_id))


def reopen_finding(
    book: Book, finding: AuditFindingId, version: int, reason: str, act: Act
) -> Outcome[AuditFindingId]:
    """Open a finding again because it was not mended after all; the reason joins the advice. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(AuditFinding, finding)
        expect_version(row, version)
        why = people.tidy(reason)
        if not why:
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do mở lại."))])
        row.state, row.closed, row.evidence = FindingState.OPEN, None, ""
        row.advice = "\n".join(part for part in (row.advice, _("Mở lại: {why}").format(why=why)) if part)
    return Outcome(finding, _changed(row.group_id))
