"""Finding who may receive support while typing: people, households, groups, activities."""

from __future__ import annotations

from typing import Any

from desktop.services.supports import Beneficiary
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.pickers import Find
from desktop.views.people.finders import find_households, find_livelihoods, find_members
from resources.lang.messages import _

_MOST = 10


def find_beneficiaries(book: Any, text: str) -> list[Find]:
    """Return activities, groups, people and households that fit what was typed; the value is a `Beneficiary`."""
    found = [
        Find(Beneficiary(livelihood=one.value), _("Sinh kế {name}").format(name=one.text), one.detail)
        for one in find_livelihoods(book, text)[:_MOST]
    ]
    found += [
        Find(Beneficiary(group=one.value), _("Nhóm {name}").format(name=one.text), one.detail)
        for one in find_groups(book, text)[:_MOST]
    ]
    found += [
        Find(Beneficiary(member=one.value), one.text, one.detail) for one in find_members(book, text)[:_MOST]
    ]
    found += [
        Find(Beneficiary(household=one.value), _("Hộ {name}").format(name=one.text), one.detail)
        for one in find_households(book, text)[:_MOST]
    ]
    return found
