"""Words of the program that are stored as codes: each with the name that people read beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from resources.lang.messages import _


class Named(StrEnum):
    """An enumeration whose members are written as `CODE = "code", N_("name to show")`."""

    _value_: str
    _name_to_show: str

    def __new__(cls, value: str, name_to_show: str = "") -> Any:
        """Make the member of a code."""
        made = str.__new__(cls, value)
        made._value_ = value
        made._name_to_show = name_to_show
        return made

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(self._name_to_show)
