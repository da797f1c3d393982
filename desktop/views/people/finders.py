"""Finding people, households and hamlets while typing: questions for the pickers, run on the book thread."""

from __future__ import annotations

from typing import Any

from desktop.models.kinds import MemberStatus
from desktop.views.kit.pickers import Find
from resources.lang.messages import _

_MOST = 40


def find_members(book: Any, text: str) -> list[Find]:
    """Return people in the programme by name, code, phone or citizen number; the value is the member's id."""
    from desktop.services import members

    wanted = members.MemberFilter(text=text, status=MemberStatus.ACTIVE)
    rows = members.page(book, wanted, members.MemberSort(), 0, _MOST)
    return [Find(row.id, row.full_name, member_detail(row)) for row in rows]


def member_detail(row: Any) -> str:
    """Return what tells a person of a list apart from others of that name."""
    parts = [row.code]
    if row.birth_year:
        parts.append(_("sinh {year}").format(year=row.birth_year))
    if row.hamlet:
        parts.append(row.hamlet)
    if row.groups:
        parts.append(", ".join(row.groups))
    return " · ".join(parts)


def find_households(book: Any, text: str) -> list[Find]:
    """Return households by code, head or hamlet; the value is the household's id."""
    from desktop.services import households

    rows = households.page(book, households.HouseholdFilter(text=text), households.HouseholdSort(), 0, _MOST)
    return [household_find(row.id, row.code, row.head, row.address.show()) for row in rows]


def household_find(household: int, code: str, head: str, address: str) -> Find:
    """Return a household as a find: code and head, its address beside."""
    return Find(household, f"{code} {head}".strip(), address)


def find_livelihoods(book: Any, text: str) -> list[Find]:
    """Return activities by code, name, owner or branch; the value is the activity's id."""
    from datetime import date

    from desktop.services import livelihood_book

    wanted = livelihood_book.LivelihoodFilter(text=text)
    rows = livelihood_book.listed(book, wanted, date.today())[:40]
    return [Find(row.id, f"{row.code} {row.name}", row.owner.text) for row in rows]
