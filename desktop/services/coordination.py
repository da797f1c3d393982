"""Meetings with the local authorities: who took part, what was promised by when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import Promise, Side
from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.models.kinds import Sex
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Commitment, CoordinationGuest, CoordinationMeeting, Member
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.change_plans import settled_problems
from desktop.services.codes import next_code
from desktop.services.erasing import refuse_erased
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources import places
from resources.lang.messages import _

CHANGED = Changed.of(Topic.COORDINATION)


@dataclass(frozen=True, slots=True)
class Meet:
    """A coordination meeting to be kept; `group` when it was about one group only."""

    day: date | None
    topic: str
    organiser: str
    place: str = ""
    commune_code: str = ""
    group: GroupId | None = None
    agenda: str = ""
    result: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who took part: a member of the book, or a name. `sex`, `disabled`: of those who are not members."""

    side: Side
    member: MemberId | None = None
    name: str = ""
    position: str = ""
    sex: Sex | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Commit:
    """A promise: whose side, who in person or which office, what, by when."""

    side: Side
    who: str
    what: str
    due: date | None


# -- meetings --------------------------------------------------------------------------------------


def keep(book: Book, meet: Meet, act: Act, changing: tuple[int, int] | None = None) -> Outcome[int]:
    """Keep a meeting; `changing` names it and its version. Raises Refusal, and Trouble "stale"."""
    refuse_if_stopped(_check(meet, act.today))
    assert meet.day is not None
    with book.write(act) as session:
        if changing is None:
            row = CoordinationMeeting(
                uid=new_uid(),
                code=next_code(session, CoordinationMeeting),
                day=meet.day,
                topic="",
                organiser="",
            )
            session.add(row)
        else:
            row = session.get_one(CoordinationMeeting, changing[0])
            expect_version(row, changing[1])
            _refuse_after_promises(session, row.id, meet.day)
        row.day, row.topic, row.organiser = meet.day, people.tidy(meet.topic), people.tidy(meet.organiser)
        row.place, row.commune_code, row.group_id = (
            people.tidy(meet.place),
            meet.commune_code or None,
            meet.group,
        )
        row.agenda, row.result = people.tidy_note(meet.agenda), people.tidy_note(meet.result)
        session.flush()
        made = row.id
    return Outcome(made, CHANGED)


def _check(meet: Meet, today: date) -> list[Problem]:
    found = []
    if meet.day is None:
        found.append(Problem.stop("missing", "day", _("Cần ghi ngày họp.")))
    elif meet.day > today:
        found.append(Problem.stop("future", "day", _("Ngày họp chưa tới; ghi sau khi đã họp.")))
    if not meet.topic.strip():
        found.append(Problem.stop("missing", "topic", _("Cần ghi họp về việc gì.")))
    if not meet.organiser.strip():
        found.append(Problem.stop("missing", "organiser", _("Cần ghi ai tổ chức, ví dụ “UBND xã”.")))
    if meet.commune_code and places.commune(meet.commune_code) is None:
        found.append(Problem.stop("commune", "commune_code", _("Không có xã, phường này trong danh mục.")))
    return found


def _refuse_after_promises(session: Session, meeting: int, day: date) -> None:
    """Refuse a day after something promised at the meeting is due or settled already."""
    for row in session.scalars(select(Commitment).where(Commitment.meeting_id == meeting)):
        if row.due < day or (row.settled is not None and row.settled < day):
            text = _("Có cam kết của cuộc họp này đến hạn hoặc kết thúc trước ngày đó.")
            raise Refusal([Problem.stop("order", "day", text)])


def remove(book: Book, key: int, version: int, act: Act) -> Outcome[int]:
    """Take a meeting away that was written by mistake, with who took part. Raises Refusal while promises hang on it."""
    with book.write(act) as session:
        row = session.get_one(CoordinationMeeting, key)
        expect_version(row, version)
        if session.scalar(select(Commitment.id).where(Commitment.meeting_id == key).limit(1)) is not None:
            text = _("Cuộc họp đã có cam kết; hãy xóa cam kết ghi nhầm trước.")
            raise Refusal([Problem.stop("promised", "", text)])
        for guest in session.scalars(select(CoordinationGuest).where(CoordinationGuest.meeting_id == key)):
            session.delete(guest)
        session.flush()
        session.delete(row)
    return Outcome(key, CHANGED)


# -- who took part ---------------------------------------------------------------------------------


def add_guests(book: Book, meeting: int, guests: Sequence[Guest], act: Act) -> Outcome[int]:
    """Write down who took part; returns how many were added. Raises Refusal; nothing is added then."""
    with book.write(act) as session:
        session.get_one(CoordinationMeeting, meeting)
        there = set(
            session.scalars(
                select(CoordinationGuest.member_id).where(CoordinationGuest.meeting_id == meeting)
            )
        )
        for guest in guests:
            _refuse_guest(session, guest, there)
            there.add(guest.member)
            outsider = guest.member is None
            session.add(
                CoordinationGuest(
                    uid=new_uid(),
                    meeting_id=meeting,
                    member_id=guest.member,
                    name=people.tidy(guest.name) if outsider else "",
                    side=guest.side,
                    position=people.tidy(guest.position),
                    sex=guest.sex if outsider else None,
                    disabled=guest.disabled if outsider else None,
                )
            )
    return Outcome(len(guests), CHANGED)


def _refuse_guest(session: Session, guest: Guest, there: set[int | None]) -> None:
    if guest.member is None:
        if not guest.name.strip():
            text = _("Cần chọn thành viên trong sổ, hoặc ghi họ tên người ngoài.")
            raise Refusal([Problem.stop("missing", "name", text)])
        return
    refuse_erased(session, session.get_one(Member, guest.member))
    if guest.name.strip():
        text = _("Đã chọn thành viên thì để trống họ tên người ngoài.")
        raise Refusal([Problem.stop("both", "name", text)])
    if guest.member in there:
        raise Refusal([Problem.stop("twice", "member", _("Người này đã có trong danh sách dự họp."))])


def remove_guest(book: Book, guest: int, act: Act) -> Outcome[int]:
    """Take somebody off the list who was written down by mistake; the log keeps the line."""
    with book.write(act) as session:
        session.delete(session.get_one(CoordinationGuest, guest))
    return Outcome(guest, CHANGED)


# -- promises --------------------------------------------------------------------------------------


def commit(
    book: Book, meeting: int, command: Commit, act: Act, changing: tuple[int, int] | None = None
) -> Outcome[int]:
    """Keep a promise given at a meeting. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(CoordinationMeeting, meeting)
        problems = []
        if not command.who.strip():
            problems.append(Problem.stop("missing", "who", _("Cần ghi ai cam kết: người hoặc cơ quan.")))
        if not command.what.strip():
            problems.append(Problem.stop("missing", "what", _("Cần ghi cam kết làm gì.")))
        if command.due is None:
            problems.append(Problem.stop("missing", "due", _("Cần ghi hạn thực hiện.")))
        elif command.due < record.day:
            problems.append(Problem.stop("order", "due", _("Hạn phải từ ngày họp trở đi.")))
        refuse_if_stopped(problems)
        assert command.due is not None
        if changing is None:
            row = Commitment(
                uid=new_uid(), meeting_id=meeting, side=command.side, who="", what="", due=command.due
            )
            session.add(row)
        else:
            row = session.get_one(Commitment, changing[0])
            expect_version(row, changing[1])
            if row.state is not Promise.OPEN:
                text = _("Cam kết này đã có kết quả; hãy mở lại trước khi sửa.")
                raise Refusal([Problem.stop("settled", "what", text)])
        row.side, row.who, row.what = command.side, people.tidy(command.who), people.tidy_note(command.what)
        row.due = command.due
        session.flush()
        made = row.id
    return Outcome(made, CHANGED)


def settle(
    book: Book, key: int, version: int, state: Promise, day: date | None, evidence: str, act: Act
) -> Outcome[int]:
    """Say whether a promise was kept, with the day and the evidence. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(Commitment, key)
        expect_version(row, version)
        meeting = session.get_one(CoordinationMeeting, row.meeting_id)
        problems = settled_problems(meeting.day, day, act.today)
        if row.state is not Promise.OPEN:
            problems.append(Problem.stop("settled", "state", _("Cam kết này đã có kết quả.")))
        if state is Promise.OPEN:
            problems.append(Problem.stop("open", "state", _("Hãy chọn kết quả của cam kết.")))
        if state is Promise.BROKEN and day is not None and day <= row.due:
            text = _("Chưa qua hạn; chưa thể nói là không thực hiện.")
            problems.append(Problem.stop("early", "state", text))
        if not evidence.strip():
            text = _("Cần bằng chứng: văn bản, ảnh, ai xác nhận; không làm thì vì sao.")
            problems.append(Problem.stop("missing", "evidence", text))
        refuse_if_stopped(problems)
        row.state, row.settled, row.evidence = state, day, people.tidy_note(evidence)
    return Outcome(key, CHANGED)


def reopen(book: Book, key: int, version: int, act: Act) -> Outcome[int]:
    """Open a promise again whose result was written by mistake; the log keeps it. Raises Trouble "stale"."""
    with book.write(act) as session:
        row = session.get_one(Commitment, key)
        expect_version(row, version)
        row.state, row.settled, row.evidence = Promise.OPEN, None, ""
    return Outcome(key, CHANGED)


def remove_commitment(book: Book, key: int, version: int, act: Act) -> Outcome[int]:
    """Take a promise away that was written by mistake; the log keeps it. Raises Refusal once it has a result."""
    with book.write(act) as session:
        row = session.get_one(Commitment, key)
        expect_version(row, version)
        if row.state is not Promise.OPEN:
            raise Refusal([Problem.stop("settled", "", _("Cam kết đã có kết quả thì không xóa được."))])
        session.delete(row)
    return Outcome(key, CHANGED)
