"""Finding activities, members, households and groups while typing."""

from __future__ import annotations

from typing import Any

from desktop.services.livelihoods import Owner
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.pickers import Find
from desktop.views.people.finders import find_households, find_livelihoods, find_members
from resources.lang.messages import _

__all__ = ["find_livelihoods", "find_owners"]

_MOST = 15


def find_owners(book: Any, text: str) -> list[Find]:
    """Return people, households and groups that fit what was typed; the value is an `Owner`."""
    found = [Find(Owner(member=one.value), one.text, one.detail) for one in find_members(book, text)[:_MOST]]
    found += [
        Find(Owner(household=one.value), _("Hộ {name}").format(name=one.text), one.detail)
        for one in find_households(book, text)[:_MOST]
    ]
    found += [
        Find(Owner(group=one.value), _("Nhóm {name}").format(name=one.text), one.detail)
        for one in find_groups(book, text)[:_MOST]
    ]
    return found
