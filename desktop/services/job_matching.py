"""Matching: openings of employers and cooperatives, members who seek work, who fits where."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import LivelihoodId, MemberId, OpeningId, new_uid
from desktop.models.livelihood_kinds import (
    Accommodation,
    Employment,
    SeekerState,
    Skill,
)
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import (
    Job,
    JobOpening,
    JobSeeker,
    Member,
    Placement,
)
from desktop.models.rules import people
from desktop.models.rules.livelihoods.visits import check_work
from desktop.services.acts import Act, Outcome
from desktop.services.codes import next_code
from desktop.services.erasing import refuse_erased
from desktop.services.jobs import CHANGED
from desktop.services.livelihoods import codes_text
from desktop.services.loan_portfolio import names_of
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Opening:
    """Work on offer. `days` a year, `minutes` a day; `pay` in đồng a month; `offers`: accommodation that is there."""

    employer: str
    title: str
    opened: date
    cooperative: bool = False
    livelihood: LivelihoodId | None = None
    place: str = ""
    places: int = 1
    employment: Employment = Employment.WAGE_CONTRACT
    skills: tuple[Skill, ...] = ()
    offers: tuple[Accommodation, ...] = ()
    pay: int = 0
    days: int = 240
    minutes: int = 480
    region: int = 4
    contact: str = ""
    closed: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening in the list; `filled` of its places are taken."""

    id: OpeningId
    uid: bytes
    code: str
    opening: Opening
    filled: int
    version: int

    @property
    def free(self) -> int:
        """Return how many places are still free; none once it is closed."""
        return 0 if self.opening.closed is not None else max(self.opening.places - self.filled, 0)


@dataclass(frozen=True, slots=True)
class Seeker:
    """A member who seeks work. `income` is what was earned a month before, in đồng."""

    member: MemberId
    since: date
    skills: tuple[Skill, ...] = ()
    needs: tuple[Accommodation, ...] = ()
    wish: str = ""
    income: int = 0
    state: SeekerState = SeekerState.SEEKING
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeekerRow:
    """Somebody who seeks work in the list; `matches` is how many open openings fit."""

    id: int
    code: str
    name: str
    seeker: Seeker
    matches: int
    version: int


@dataclass(frozen=True, slots=True)
class Match:
    """An opening and somebody who seeks work: skills in common, what is asked for and lacking, needs not met there."""

    opening: OpeningRow
    seeker: SeekerRow
    shared: tuple[Skill, ...]
    lacking: tuple[Skill, ...]
    unmet: tuple[Accommodation, ...]

    @property
    def fits(self) -> bool:
        """Tell whether all needs are met and a skill (if any is asked for) is there."""
        return not self.unmet and (bool(self.shared) or not self.opening.opening.skills)


# -- openings --------------------------------------------------------------------------------------


def keep_opening(
    book: Book, opening: Opening, act: Act, changing: tuple[OpeningId, int] | None = None
) -> Outcome[OpeningId]:
    """Keep an opening; `changing` names it and its version. Raises Refusal, and Trouble "stale"."""
    refuse_if_stopped(check_opening(opening, act.today))
    with book.write(act) as session:
        if changing is None:
            row = JobOpening(
                uid=new_uid(),
                code=next_code(session, JobOpening),
                employer="",
                title="",
                opened=opening.opened,
            )
            session.add(row)
        else:
            row = session.get_one(JobOpening, changing[0])
            expect_version(row, changing[1])
            filled = _filled(session).get(row.id, 0)
            if opening.places < filled:
                text = _("Đã có {n} người vào làm; số chỗ không thể ít hơn.").format(n=filled)
                raise Refusal([Problem.stop("places", "places", text)])
        row.employer, row.title = people.tidy(opening.employer), people.tidy(opening.title)
        row.cooperative, row.livelihood_id = opening.cooperative, opening.livelihood
        row.place, row.places, row.employment = (
            people.tidy(opening.place),
            opening.places,
            opening.employment,
        )
        row.skills, row.offers = codes_text(opening.skills), codes_text(opening.offers)
        row.pay, row.days, row.minutes, row.region = (
            opening.pay,
            opening.days,
            opening.minutes,
            opening.region,
        )
        row.contact, row.opened, row.closed = people.tidy(opening.contact), opening.opened, opening.closed
        row.note = people.tidy_note(opening.note)
        session.flush()
        made = OpeningId(row.id)
    return Outcome(made, CHANGED)


def check_opening(opening: Opening, today: date) -> list[Problem]:
    """Return what is wrong with an opening, each problem at its field."""
    problems = []
    if not opening.employer.strip():
        problems.append(Problem.stop("missing", "employer", _("Cần ghi nơi tuyển.")))
    if not opening.title.strip():
        problems.append(Problem.stop("missing", "title", _("Cần ghi công việc.")))
    if not 1 <= opening.places <= 1000:
        problems.append(Problem.stop("places", "places", _("Số chỗ phải từ 1 đến 1000.")))
    if opening.opened > today:
        problems.append(Problem.stop("future", "opened", _("Ngày này chưa tới.")))
    if opening.closed is not None and opening.closed < opening.opened:
        problems.append(Problem.stop("order", "closed", _("Ngày ngừng tuyển phải sau ngày bắt đầu.")))
    if opening.pay < 0:
        problems.append(Problem.stop("negative", "pay", _("Số tiền không được âm.")))
    if opening.days == 0:
        problems.append(Problem.stop("days", "days", _("Cần nhập số ngày làm trong năm.")))
    return [*problems, *check_work(opening.days, opening.minutes)]


def openings(book: Book, *, with_closed: bool = False) -> list[OpeningRow]:
    """Return the openings, those with free places first."""
    with book.read() as session:
        rows = openings_in(session)
    shown = [row for row in rows if with_closed or row.free > 0]
    return sorted(shown, key=lambda row: (row.free == 0, row.code))


def openings_in(session: Session) -> list[OpeningRow]:
    """Return all openings inside an open session."""
    filled = _filled(session)
    return [
        OpeningRow(
            OpeningId(row.id),
            row.uid,
            row.code,
            Opening(
                employer=row.employer,
                title=row.title,
                opened=row.opened,
                cooperative=row.cooperative,
                livelihood=None if row.livelihood_id is None else LivelihoodId(row.livelihood_id),
                place=row.place,
                places=row.places,
                employment=row.employment,
                skills=_codes(Skill, row.skills),
                offers=_codes(Accommodation, row.offers),
                pay=row.pay,
                days=row.days,
                minutes=row.minutes,
                region=row.region,
                contact=row.contact,
                closed=row.closed,
                note=row.note,
            ),
            filled.get(row.id, 0),
            row.version,
        )
        for row in session.scalars(select(JobOpening).order_by(JobOpening.code))
    ]


def _filled(session: Session) -> dict[int, int]:
    """Return how many places of each opening are taken by people who still work there."""
    rows = session.execute(
        select(Placement.opening_id, func.count())
        .join(Job, Job.id == Placement.job_id)
        .where(Job.ended.is_(None))
        .group_by(Placement.opening_id)
    )
    return {int(key): int(count) for key, count in rows}


def _codes(words: type[Code], text: str) -> tuple[Code, ...]:
    return tuple(words(code) for code in json.loads(text))


# -- people who seek work --------------------------------------------------------------------------


def keep_seeker(book: Book, seeker: Seeker, act: Act, version: int | None = None) -> Outcome[int]:
    """Keep that a member seeks work; one row a member, changed when it is there already. Raises Refusal."""
    problems = []
    if seeker.since > act.today:
        problems.append(Problem.stop("future", "since", _("Ngày này chưa tới.")))
    if seeker.income < 0:
        problems.append(Problem.stop("negative", "income", _("Số tiền không được âm.")))
    refuse_if_stopped(problems)
    with book.write(act) as session:
        refuse_erased(session, session.get_one(Member, seeker.member))
        row = session.scalar(select(JobSeeker).where(JobSeeker.member_id == seeker.member))
        if row is None:
            row = JobSeeker(uid=new_uid(), member_id=seeker.member, since=seeker.since)
            session.add(row)
        elif version is not None:
            expect_version(row, version)
        row.since, row.state, row.wish = seeker.since, seeker.state, people.tidy(seeker.wish)
        row.skills, row.needs = codes_text(seeker.skills), codes_text(seeker.needs)
        row.income, row.note = seeker.income, people.tidy_note(seeker.note)
        session.flush()
        key = row.id
    return Outcome(key, CHANGED)


def seekers(book: Book, *, seeking: bool = True) -> list[SeekerRow]:
    """Return the members who seek work (or all ever written down), the longest waiting first."""
    with book.read() as session:
        rows, offers = _seekers(session), [row for row in openings_in(session) if row.free > 0]
    shown = [row for row in rows if not seeking or row.seeker.state is SeekerState.SEEKING]
    return [
        replace(row, matches=sum(match(opening, row).fits for opening in offers))
        if row.seeker.state is SeekerState.SEEKING
        else row
        for row in shown
    ]


def _seekers(session: Session) -> list[SeekerRow]:
    rows = session.execute(
        select(JobSeeker, Member.code)
        .join(Member, Member.id == JobSeeker.member_id)
        .order_by(JobSeeker.since, JobSeeker.id)
    ).all()
    names = names_of(session, [row.member_id for row, _code in rows])
    return [
        SeekerRow(
            row.id,
            code,
            names[row.member_id],
            Seeker(
                MemberId(row.member_id),
                row.since,
                _codes(Skill, row.skills),
                _codes(Accommodation, row.needs),
                row.wish,
                row.income,
                row.state,
                row.note,
            ),
            0,
            row.version,
        )
        for row, code in rows
    ]


def match(opening: OpeningRow, seeker: SeekerRow) -> Match:
    """Return how somebody fits an opening."""
    wanted, can = opening.opening.skills, seeker.seeker.skills
    return Match(
        opening,
        seeker,
        tuple(skill for skill in wanted if skill in can),
        tuple(skill for skill in wanted if skill not in can),
        tuple(need for need in seeker.seeker.needs if need not in opening.opening.offers),
    )


def matches(book: Book, opening: OpeningId | None = None, member: MemberId | None = None) -> list[Match]:
    """Return who fits where, the best first: of one opening, of one member, or all. Those who lack something follow,
    with what is lacking, so that the workplace can be asked for it.
    """
    with book.read() as session:
        offers = [
            row for row in openings_in(session) if row.free > 0 and (opening is None or row.id == opening)
        ]
        looking = [
            row
            for row in _seekers(session)
            if row.seeker.state is SeekerState.SEEKING and (member is None or row.seeker.member == member)
        ]
    found = [match(one, who) for one in offers for who in looking]
    return sorted(
        found,
        key=lambda one: (not one.fits, len(one.unmet), -len(one.shared), len(one.lacking), one.seeker.name),
    )
