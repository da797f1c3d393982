"""What people may ask about their own data: a register with due days, and erasure; the copy of it is in `data_copy`.

Erasure makes a person a code and keeps the ledger whole: money stays, the person's particulars go, in the rows and
in the log of changes. How that works with the chain is in docs/security.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, RequestId, new_uid
from desktop.models.inclusion_kinds import RequestKind, RequestState, SeenHow
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    ERASABLE,
    Accommodation,
    AccountRow,
    Assessment,
    Attachment,
    Change,
    Consent,
    DataRequest,
    DisabilityCertificate,
    ErasedItem,
    Erasure,
    Member,
    MemberPhoto,
    Membership,
    Posting,
    Vulnerability,
)
from desktop.models.rules import people
from desktop.services import sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.attachments import remove_in
from desktop.services.erasing import drop_drafts, empty, files_beside, is_erased, records_of
from desktop.services.person_records import fill_names, name_household
from desktop.store.book import Book
from desktop.store.trail import erased_text
from resources.lang.messages import _
from resources.lang.names import join_name

ANSWER_WORKING_DAYS = 2
"""Working days within which a person is answered that the request has come (Decree 356/2025, Article 5)."""


@dataclass(frozen=True, slots=True)
class TakeRequest:
    """A person asks for something about their data on a day."""

    member: MemberId
    kind: RequestKind
    received: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as the register shows it; `days_left` is negative when it is overdue, None when it is closed."""

    id: RequestId
    member: MemberId
    code: str
    name: str
    kind: RequestKind
    received: date
    due: date
    extended: bool
    state: RequestState
    closed: date | None
    detail: str
    outcome: str
    days_left: int | None

    @property
    def overdue(self) -> bool:
        """Tell whether it is open after its due day."""
        return self.days_left is not None and self.days_left < 0


# -- the register ----------------------------------------------------------------------------------


def take(book: Book, command: TakeRequest, act: Act) -> Outcome[RequestId]:
    """Enter a request; its due day follows from the law. Raises Refusal."""
    if command.received > act.today:
        raise Refusal([Problem.stop("future", "received", _("Ngày nhận không thể ở tương lai."))])
    with book.write(act) as session:
        session.get_one(Member, command.member)
        row = DataRequest(
            uid=new_uid(),
            member_id=command.member,
            kind=command.kind,
            received=command.received,
            due=command.received + timedelta(days=command.kind.days),
            detail=people.tidy(command.detail),
            at=act.at,
            by=act.who,
        )
        session.add(row)
        session.flush()
        return Outcome(RequestId(row.id), Changed.of(Topic.INCLUSION))


def extend(book: Book, request: RequestId, reason: str, act: Act) -> Outcome[RequestId]:
    """Put the due day off once, by as many days again, with a reason to tell the person. Raises Refusal."""
    with book.write(act) as session:
        row = _open_request(session, request)
        if row.extended:
            raise Refusal([Problem.stop("extended", "", _("Yêu cầu này đã được gia hạn một lần."))])
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do gia hạn để báo cho người đó."))])
        row.extended, row.due = True, row.due + timedelta(days=row.kind.days)
        row.outcome = people.tidy(reason)
    return Outcome(request, Changed.of(Topic.INCLUSION))


def close(
    book: Book, request: RequestId, state: RequestState, on: date, outcome: str, act: Act
) -> Outcome[RequestId]:
    """Record that a request was done, or refused with a reason. Raises Refusal."""
    with book.write(act) as session:
        row = _open_request(session, request)
        problems = []
        if state is RequestState.REFUSED and not outcome.strip():
            problems.append(Problem.stop("reason", "outcome", _("Từ chối thì phải ghi lý do.")))
        if on < row.received or on > act.today:
            problems.append(Problem.stop("day", "on", _("Ngày xong phải từ ngày nhận đến hôm nay.")))
        refuse_if_stopped(problems)
        row.state, row.closed, row.outcome = state, on, people.tidy(outcome)
    return Outcome(request, Changed.of(Topic.INCLUSION))


def _open_request(session: Session, request: RequestId) -> DataRequest:
    row = session.get_one(DataRequest, request)
    if row.state is not RequestState.OPEN:
        raise Refusal([Problem.stop("closed", "", _("Yêu cầu này đã kết thúc."))])
    return row


def requests(book: Book, today: date, member: MemberId | None = None) -> list[RequestRow]:
    """Return the register, what is open first, the soonest due first."""
    query = (
        select(DataRequest, Member)
        .join(Member, Member.id == DataRequest.member_id)
        .order_by(DataRequest.state != RequestState.OPEN, DataRequest.due, DataRequest.id)
    )
    if member is not None:
        query = query.where(DataRequest.member_id == member)
    with book.read() as session:
        return [
            RequestRow(
                RequestId(row.id),
                MemberId(who.id),
                who.code,
                who.full_name,
                row.kind,
                row.received,
                row.due,
                row.extended,
                row.state,
                row.closed,
                row.detail,
                row.outcome,
                (row.due - today).days if row.state is RequestState.OPEN else None,
            )
            for row, who in session.execute(query)
        ]


# -- erasure ---------------------------------------------------------------------------------------


def erase(book: Book, member: MemberId, reason: str, act: Act, *, agreed: bool = False) -> Outcome[MemberId]:
    """Erase a person's data: the person becomes their code; vouchers, postings and balances stay as they are.

    Raises Refusal: without a reason, by somebody who may not manage, while the person is in a group, or already done.
    """
    if not book.access.manages:
        raise Refusal(
            [Problem.stop("no-right", "", _("Chỉ quản trị viên của sổ xóa được dữ liệu của một người."))]
        )
    with book.write(act) as session:
        record = session.get_one(Member, member)
        refuse_if_stopped(_erase_problems(session, record, reason), agreed=agreed)
        erase_in(session, record, reason, act)
    sight.note(book, SeenHow.ERASED, "data", [("members", record.uid)])
    return Outcome(member, Changed.of(Topic.MEMBERS, Topic.INCLUSION, Topic.HOUSEHOLDS, Topic.GROUPS))


def _erase_problems(session: Session, member: Member, reason: str) -> list[Problem]:
    problems = []
    if not reason.strip():
        problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do xóa (yêu cầu của ai, ngày nào).")))
    current = session.scalar(
        select(Membership.id).where(Membership.member_id == member.id, Membership.left.is_(None)).limit(1)
    )
    if current is not None:
        problems.append(
            Problem.stop(
                "in-group", "", _("Người này còn ở trong nhóm: hãy ghi nhận đã rời và trả hết tiền trước.")
            )
        )
    elif _has_money(session, member):
        problems.append(
            Problem.warn(
                "money",
                "",
                _(
                    "Nhóm còn giữ tiền của người này, hoặc người này còn nợ: xóa rồi thì sổ không biết đó là ai."
                ),
            )
        )
    if is_erased(session, member):
        problems.append(Problem.stop("erased", "", _("Dữ liệu của người này đã được xóa.")))
    return problems


def _has_money(session: Session, member: Member) -> bool:
    """Tell whether any account of a person, in any group, is not at nought."""
    left = (
        select(Posting.account_id)
        .join(AccountRow, AccountRow.id == Posting.account_id)
        .where(AccountRow.member_id == member.id)
        .group_by(Posting.account_id)
        .having(func.sum(Posting.amount) != 0)
    )
    return session.scalar(left.limit(1)) is not None


def erase_in(session: Session, member: Member, reason: str, act: Act) -> None:
    """Erase a person's data inside an open write, in the rows and then in the log of changes."""
    records = _records_of(session, member)
    erasure = Erasure(
        uid=new_uid(), subject_uid=member.uid, reason=people.tidy(reason), at=act.at, by=act.who
    )
    session.add(erasure)
    session.flush()
    for record in records:
        if isinstance(record, Assessment):
            session.add(
                ErasedItem(uid=new_uid(), erasure_id=erasure.id, subject="assessments", record_uid=record.uid)
            )
    session.flush()  # the guards let go only of what is listed
    drop_drafts(session, member)
    for record in records:
        _empty(session, record)
        empty(record, member)
    session.execute(delete(MemberPhoto).where(MemberPhoto.member_id == member.id))
    home = member.household_id
    _make_code(member)
    session.flush()
    name_household(session, home)
    session.flush()
    _erase_log(session, erasure, [member, *records])


def _records_of(session: Session, member: Member) -> list[Any]:
    """Return the records about a person that lose their content, with the files kept beside them."""
    found: list[Any] = list(session.scalars(select(Assessment).where(Assessment.subject_uid == member.uid)))
    for model in (DisabilityCertificate, Vulnerability, Accommodation, Consent, DataRequest):
        found += session.scalars(select(model).where(model.member_id == member.id))
    found += records_of(session, member)
    uids = [member.uid, *(record.uid for record in found), *files_beside(session, found)]
    return [*found, *session.scalars(select(Attachment).where(Attachment.subject_uid.in_(uids)))]


def _empty(session: Session, record: Any) -> None:
    """Take the content out of a record; that it was there, and its days, stay."""
    if isinstance(record, Assessment):
        record.answers, record.results, record.erased = "{}", "{}", True
        record.respondent = record.asked_by = ""
        record.reason = _("(đã xóa)") if record.reason else ""
    elif isinstance(record, Attachment):
        if not record.removed:
            remove_in(session, record, _("(đã xóa theo yêu cầu)"))
        record.title, record.name = "", _("(đã xóa)")
    elif isinstance(record, (DisabilityCertificate, Vulnerability, Accommodation)):
        session.delete(record)
    elif isinstance(record, Consent):
        record.representative = record.reason = ""
    elif isinstance(record, DataRequest):
        record.detail = record.outcome = ""


def _make_code(member: Member) -> None:
    """Let the person be known by their code alone; sex stays for counts that were given out already."""
    member.family, member.middle, member.given = _("Đã xóa"), "", member.code
    member.sort_name = member.old_paper = member.phone = member.note = ""
    member.birth_date = member.birth_year = None
    member.citizen_number = member.ethnic_code = None
    member.household_id, member.is_head, member.large_print = None, False, False
    fill_names(member)


def _erase_log(session: Session, erasure: Erasure, records: list[Any]) -> None:
    """List each row of the log about these records as erased, then take the text out of it.

    The state after the last change stays: it is the code that the person is now, or nothing.
    """
    kept = [record for record in records if record.__tablename__ in ERASABLE]
    uids = [record.uid for record in kept]
    changes = list(session.scalars(select(Change).where(Change.subject_uid.in_(uids)).order_by(Change.id)))
    last = {change.subject_uid: change.id for change in changes}
    for change in changes:
        session.add(
            ErasedItem(
                uid=new_uid(),
                erasure_id=erasure.id,
                subject=change.subject,
                record_uid=change.subject_uid,
                register_id=change.register_id,
                seq=change.seq,
                hash=change.hash,
            )
        )
    session.flush()
    for change in changes:
        final = last[change.subject_uid] == change.id
        before = None if change.before is None else erased_text(change.before)
        after = change.after if final or change.after is None else erased_text(change.after)
        session.execute(
            update(Change)
            .where(Change.id == change.id)
            .values(before=before, after=after)
            .execution_options(synchronize_session=False)
        )


def name_of(book: Book, member: MemberId) -> str:
    """Return a person's name with the code."""
    with book.read() as session:
        record = session.get_one(Member, member)
        return f"{join_name(record.family, record.middle, record.given)} ({record.code})"
