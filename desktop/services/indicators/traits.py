"""What is known of people that is recorded by date: answers to the WG questions, certificates, poverty, vulnerability."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.kinds import Poverty
from desktop.models.records.every import Member
from desktop.models.rules.washington import DOMAINS, Finding
from desktop.services.poverty import statuses_on


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


def known_of(session: Session, on: date) -> Mapping[int, Known]:
    """Return what is known of each person on a day."""
    poverty = statuses_on(session, on)
    rows = session.execute(select(Member.id, Member.household_id))
    return {
        member: Known(poverty=poverty.get(home, Poverty.UNKNOWN))
        for member, home in rows
        if home is not None and home in poverty
    }


def vulnerability_name(code: str) -> str:
    """Return the name of a category of vulnerability, in the language in use."""
    return code


def difficulty_names() -> Mapping[str, str]:
    """Return the name of each domain of the WG questions, in the language in use."""
    return {domain: domain for domain in DOMAINS}
