"""What is known of people that is recorded by date: answers to the WG questions, certificates, poverty, vulnerability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.inclusion_kinds import Barrier, Vulnerable
from desktop.models.kinds import Poverty
from desktop.models.records.every import Accommodation, DisabilityCertificate, Member, Vulnerability
from desktop.models.rules.categories import Traits, age_on
from desktop.models.rules.washington import DOMAINS, Finding, profile
from desktop.services.assessments import latest_in
from desktop.services.poverty import statuses_on
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class Known:
    """What the dated records say of a person on a day; nothing recorded is "not asked" and "unknown".

    Certificates and vulnerabilities are registers: once the book keeps one, those not in it have none; before that
    nothing is known of anybody.
    """

    disability: Finding = Finding.NOT_ASKED
    certificate: bool | None = None
    poverty: Poverty = Poverty.UNKNOWN
    vulnerabilities: frozenset[str] | None = None
    asked_on: date | None = None
    difficulties: int = 0
    accommodated: bool = False
    certificate_until: date | None = None
    certificate_number: str = ""
    barriers: frozenset[str] | None = None
    """What hinders the person, by the last answers to the form of barriers; None where nobody asked."""


def known_of(session: Session, on: date) -> Mapping[int, Known]:
    """Return what is known of each person on a day."""
    poverty = statuses_on(session, on)
    washington = latest_in(session, WASHINGTON, on)
    hindered = latest_in(session, (BARRIERS,), on)
    certificates = _certificates(session, on)
    vulnerable = _vulnerable(session, on)
    accommodated = set(
        session.scalars(
            select(Accommodation.member_id).where(
                Accommodation.since <= on, or_(Accommodation.until.is_(None), Accommodation.until >= on)
            )
        )
    )
    keeps_certificates = _keeps(session, DisabilityCertificate.id)
    keeps_vulnerable = _keeps(session, Vulnerability.id)
    found: dict[int, Known] = {}
    for member, uid, home in session.execute(select(Member.id, Member.uid, Member.household_id)):
        asked = washington.get(uid)
        certificate = certificates.get(member)
        in_force = certificate is not None and (certificate.expires is None or certificate.expires >= on)
        answers = {} if asked is None else asked.answers
        known = Known(
            disability=Finding.NOT_ASKED if asked is None else Finding(asked.results["finding"]),
            certificate=in_force if keeps_certificates else None,
            poverty=poverty.get(home, Poverty.UNKNOWN) if home is not None else Poverty.UNKNOWN,
            vulnerabilities=frozenset(vulnerable.get(member, ())) if keeps_vulnerable else None,
            asked_on=None if asked is None else asked.day,
            difficulties=profile(answers),
            accommodated=member in accommodated,
            certificate_until=None if certificate is None else certificate.expires,
            certificate_number="" if certificate is None else certificate.number,
            barriers=_barriers(hindered[uid].answers) if uid in hindered else None,
        )
        if known != _NOTHING:
            found[member] = known
    return found


COUNTED_BY = (
    Member.family,
    Member.middle,
    Member.given,
    Member.sex,
    Member.birth_date,
    Member.birth_year,
    Member.ethnic_code,
    Member.is_head,
)
"""The columns that a question about people needs for their name and for `traits_of`."""


def traits_of(row: Any, known: Known, on: date) -> Traits:
    """Return what somebody is counted by on a day. `row` has the columns of `COUNTED_BY`."""
    return Traits(
        sex=row.sex,
        age=age_on(row.birth_date or row.birth_year, on),
        ethnic=row.ethnic_code,
        disability=known.disability,
        certificate=known.certificate,
        poverty=known.poverty,
        is_head=bool(row.is_head),
        vulnerabilities=known.vulnerabilities,
    )


def _keeps(session: Session, key: InstrumentedAttribute[int]) -> bool:
    return session.scalar(select(key).limit(1)) is not None


def _certificates(session: Session, on: date) -> dict[int, DisabilityCertificate]:
    """Return the last certificate of each person that was not withdrawn; it may have expired."""
    rows = session.scalars(
        select(DisabilityCertificate)
        .where(
            DisabilityCertificate.issued <= on,
            or_(DisabilityCertificate.withdrawn.is_(None), DisabilityCertificate.withdrawn > on),
        )
        .order_by(DisabilityCertificate.issued, DisabilityCertificate.id)
    )
    return {row.member_id: row for row in rows}


def _vulnerable(session: Session, on: date) -> dict[int, set[str]]:
    rows = session.execute(
        select(Vulnerability.member_id, Vulnerability.category).where(
            Vulnerability.since <= on, or_(Vulnerability.until.is_(None), Vulnerability.until >= on)
        )
    )
    found: dict[int, set[str]] = {}
    for member, category in rows:
        found.setdefault(member, set()).add(category.value)
    return found


def _barriers(answers: Mapping[str, Any]) -> frozenset[str]:
    known = {one.value for one in Barrier}
    return frozenset(code for code in answers.get("barriers") or () if code in known)


def vulnerability_name(code: str) -> str:
    """Return the name of a category of vulnerability, in the language in use."""
    return Vulnerable(code).title if code in {one.value for one in Vulnerable} else code


def difficulty_names() -> Mapping[str, str]:
    """Return the name of each domain of the WG questions, in the language in use."""
    return {domain: _(_DOMAINS[domain]) for domain in DOMAINS}


_NOTHING = Known()
WASHINGTON = ("wg-ss", "wg-ss-enhanced")
"""The forms whose answers tell how a person is counted; the later one asked decides."""

BARRIERS = "barriers"
"""The form whose answers tell what hinders a person."""

_DOMAINS = {
    "seeing": N_("Nhìn"),
    "hearing": N_("Nghe"),
    "walking": N_("Vận động"),
    "remembering": N_("Ghi nhớ, tập trung"),
    "self_care": N_("Tự chăm sóc"),
    "communicating": N_("Giao tiếp"),
}
