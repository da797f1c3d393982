"""What stands at the head and foot of papers: who issues, which group, who holds which office on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Office
from desktop.models.problems import Refusal
from desktop.models.records.every import BookRow, Group, Member, OfficeTerm
from desktop.services.acts import Act
from desktop.services.prints import Printed
from reports.kit.report import PLAIN
from reports.kit.values import GroupBlock, Organisation, PrintMark
from resources import places
from resources.lang.messages import language, speaking
from resources.lang.names import join_name

Given = ParamSpec("Given")
Made = TypeVar("Made")


def for_paper(gather: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let a function that gathers a paper speak the language papers are in, whatever the window speaks.

    A refusal is for the person at the window: it is said again in their language (nothing was written).
    """

    @wraps(gather)
    def spoken(*args: Given.args, **named: Given.kwargs) -> Made:
        try:
            with speaking(PLAIN.language):
                return gather(*args, **named)
        except Refusal:
            if language() == PLAIN.language:
                raise
        return gather(*args, **named)

    return spoken


def organisation(session: Session) -> Organisation:
    """Return who issues the papers of this book."""
    book = session.scalars(select(BookRow)).one()
    return Organisation(name=book.organisation or book.name, address=book.address)


def group_block(session: Session, group_id: GroupId) -> GroupBlock:
    """Return the group as papers name it."""
    group = session.get_one(Group, group_id)
    return GroupBlock(group.code, group.name, commune_text(group.commune_code), group.hamlet)


def commune_text(code: str | None) -> str:
    """Return a commune as it is written in an address ("xã Tân Hưng, tỉnh Vĩnh Long"), or nothing."""
    commune = None if code is None else places.commune(code)
    return "" if commune is None else commune.address


def commune_name(code: str | None) -> str:
    """Return a commune's bare name, which stands before the date of signing, or nothing."""
    commune = None if code is None else places.commune(code)
    return "" if commune is None else commune.name


def officers(session: Session, group_id: GroupId, on: date) -> dict[Office, str]:
    """Return the names of those who hold an office of the group on a day; the one longest in office per office."""
    rows = session.execute(
        select(OfficeTerm.office, Member.family, Member.middle, Member.given)
        .join(Member, Member.id == OfficeTerm.member_id)
        .where(
            OfficeTerm.group_id == group_id,
            OfficeTerm.since <= on,
            or_(OfficeTerm.until.is_(None), OfficeTerm.until >= on),
        )
        .order_by(OfficeTerm.since, OfficeTerm.id)
    )
    found: dict[Office, str] = {}
    for office, family, middle, given in rows:
        found.setdefault(office, join_name(family, middle, given))
    return found


def mark(act: Act, printed: Printed | None) -> PrintMark:
    """Return the print mark of a paper: numbered and checkable, or bare when it is not noted in the book."""
    if printed is None:
        return PrintMark(printed_at=act.at, printed_by=act.who)
    return PrintMark(
        printed_at=act.at,
        printed_by=act.who,
        number=printed.number,
        count=printed.copy,
        qr=printed.qr,
        check_code=printed.check_code,
        ledger_position=printed.position,
    )
