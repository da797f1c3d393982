"""Inclusion in the demonstration book: consents, WG answers, certificates, hardship, accommodations, poverty, requests.

The same order makes the same content. Rates are about those of the country: some six in a hundred adults have a
disability, more among the old.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import HouseholdId, MemberId
from desktop.models.inclusion_kinds import (
    Accommodate,
    ConsentForm,
    DisabilityDegree,
    DisabilityType,
    Purpose,
    RequestKind,
    Vulnerable,
)
from desktop.models.kinds import MemberStatus, Poverty
from desktop.models.records.every import Household, HouseholdPoverty, Member
from desktop.models.rules.categories import age_on
from desktop.models.rules.deprivations import INDICATORS
from desktop.models.rules.poverty import standard_of
from desktop.models.rules.washington import DOMAINS
from desktop.services import assessments, consents, deprivations, inclusion, poverty, privacy
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.consents import GiveConsent
from desktop.services.deprivations import RecordForms
from desktop.services.inclusion import AddAccommodation, AddCertificate, AddVulnerability
from desktop.services.poverty import RecordPoverty
from desktop.store.book import Book

MOST_PEOPLE = 120
"""Of so many people inclusion is told; a larger book has the rest without answers, as books are."""

_NEEDS = {
    "seeing": (Accommodate.LARGE_PRINT, "", DisabilityType.SEEING),
    "hearing": (Accommodate.FRONT_SEAT, "", DisabilityType.HEARING_SPEECH),
    "walking": (Accommodate.HOME_VISIT, "khi trời mưa", DisabilityType.MOBILITY),
    "remembering": (Accommodate.READER, "", DisabilityType.INTELLECTUAL),
    "self_care": (Accommodate.COMPANION, "", DisabilityType.MOBILITY),
    "communicating": (Accommodate.SIGN_LANGUAGE, "", DisabilityType.HEARING_SPEECH),
}


def include(book: Book, today: date, who: str) -> int:
    """Write what is known of people, some weeks ago; posts no voucher."""
    random = Random(int.from_bytes(b"inclusion", "big"))
    asked = today - timedelta(days=40)
    act = Act(who, datetime(asked.year, asked.month, asked.day, 3, tzinfo=UTC), asked)
    with book.read() as session:
        people = session.scalars(
            select(Member)
            .where(Member.status == MemberStatus.ACTIVE, Member.joined <= asked)
            .order_by(Member.id)
            .limit(MOST_PEOPLE)
        ).all()
        homes = session.execute(select(Household.id, Household.commune_code).order_by(Household.id)).all()
    for member in people:
        _person(book, member, act, random)
    _homes(book, [home for home, _commune in homes[:MOST_PEOPLE]], act, random)
    if people:
        now = Act(who, datetime(today.year, today.month, today.day, 3, tzinfo=UTC), today)
        first = MemberId(people[0].id)
        taken = privacy.TakeRequest(
            first, RequestKind.COPY, today - timedelta(days=12), "xin bản sao sao kê và hồ sơ"
        )
        privacy.take(book, taken, now)
    return 0


def _person(book: Book, member: Member, act: Act, random: Random) -> None:
    key = MemberId(member.id)
    age = age_on(member.born, act.today)
    if random.random() >= 0.92 or age is None or age < 18:
        return
    purposes = [Purpose.MEMBERSHIP, Purpose.FINANCE, Purpose.HEALTH, Purpose.STATISTICS]
    purposes += [Purpose.ETHNICITY] if random.random() < 0.9 else []
    purposes += [Purpose.HARDSHIP] if random.random() < 0.8 else []
    form = ConsentForm.FINGERPRINT if age >= 70 else ConsentForm.SIGNED
    with book.write(act) as session:
        consents.give_in(session, GiveConsent(key, tuple(purposes), act.today, form), act)
        answers = _answers(age, random)
        command = RecordAssessment("wg-ss", Subject.of(member), act.today, answers)
        assessments.record_in(session, command, act)
    worst = max(
        (domain for domain in DOMAINS if answers[domain] in (3, 4)), key=lambda d: answers[d], default=None
    )
    if worst is not None:
        kind, note, paper = _NEEDS[worst]
        if random.random() < 0.75:
            inclusion.add_accommodation(book, AddAccommodation(key, kind, act.today, note), act)
        if random.random() < 0.6:
            _certificate(book, key, paper, answers[worst], act, random)
    if Purpose.HARDSHIP in purposes and random.random() < 0.12:
        category = (
            Vulnerable.OLDER_ALONE
            if age >= 65
            else random.choice(
                (Vulnerable.SINGLE_PARENT, Vulnerable.CAREGIVER, Vulnerable.MIGRANT, Vulnerable.DISASTER)
            )
        )
        inclusion.add_vulnerability(book, AddVulnerability(key, category, act.today, "tự khai"), act)


def _answers(age: int, random: Random) -> dict[str, int]:
    """Return six answers: some difficulty is common, a lot is rare and grows with age."""
    lot = 0.008 if age < 50 else 0.02 if age < 65 else 0.06
    found = {}
    for domain in DOMAINS:
        chance = random.random()
        found[domain] = 4 if chance < lot / 6 else 3 if chance < lot else 2 if chance < 0.1 + age / 500 else 1
    if random.random() < 0.02:
        found[random.choice(DOMAINS)] = 7
    return found


def _certificate(
    book: Book, member: MemberId, kind: DisabilityType, answer: int, act: Act, random: Random
) -> None:
    issued = act.today - timedelta(days=random.randint(90, 1500))
    expires = act.today + timedelta(days=random.randint(20, 700)) if random.random() < 0.4 else None
    degree = DisabilityDegree.EXTREMELY_SEVERE if answer == 4 else DisabilityDegree.SEVERE
    number = f"{random.randint(10, 480):03d}/{issued.year}/XNKT"
    inclusion.add_certificate(
        book, AddCertificate(member, number, (kind,), degree, issued, expires, "UBND xã"), act
    )


def _homes(book: Book, homes: list[int], act: Act, random: Random) -> None:
    standard = standard_of(act.today.year)
    codes = tuple(INDICATORS[standard])
    for home in homes:
        chance = random.random()
        status = Poverty.POOR if chance < 0.09 else Poverty.NEAR_POOR if chance < 0.18 else Poverty.NOT_POOR
        with book.read() as session:
            if _has_status(session, home, act.today.year):
                continue
        count = random.randint(3, 5) if status is Poverty.POOR else random.randint(0, 2)
        b1 = random.randint(80, 138) if status is not Poverty.NOT_POOR else random.randint(180, 240)
        record = RecordPoverty(
            HouseholdId(home),
            act.today.year,
            standard,
            status,
            b1,
            10 * count,
            f"{random.randint(20, 90)}/QĐ-UBND" if status is not Poverty.NOT_POOR else "",
            agreed=True,
        )
        if status is Poverty.NOT_POOR:
            poverty.record(book, record, act)
        else:
            deprivations.record(book, RecordForms(record, frozenset(random.sample(codes, count))), act)


def _has_status(session: Session, home: int, year: int) -> bool:
    return (
        session.scalar(
            select(HouseholdPoverty.id).where(
                HouseholdPoverty.household_id == home, HouseholdPoverty.year == year
            )
        )
        is not None
    )
