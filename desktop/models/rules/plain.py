"""Frozen values as JSON and back, by their types: how terms and rules are kept so that they never change meaning.

Handles dataclasses, enumerations, dates, fractions (as "1/3"), tuples, frozensets, optional values and plain ones.
A field that is missing takes its default, so older texts stay readable when a value grows a field.
"""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class BadText(ValueError):
    """A kept text does not fit its type: damaged, or from a newer program."""


def to_text(value: Any) -> str:
    """Return a value as JSON with its keys in order."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(kind: type[T], text: str) -> T:
    """Return the value of type `kind` that `to_text` wrote. Raises BadText.

    The values are frozen, so one is given to all who ask for the same text: every question about a loan reads its
    terms and its product again, and most loans of a book have the same.
    """
    asked: Any = kind
    made: T = _read(asked, text)
    return made


@lru_cache(maxsize=2_000)
def _read(kind: Any, text: str) -> Any:
    try:
        made = from_plain(kind, json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise BadText(str(error)) from error
    if not isinstance(made, kind):
        raise BadText(f"not a {kind.__name__}")
    return made


def to_plain(value: Any) -> Any:
    """Return a value made of JSON's own kinds."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_plain(item) for item in value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, data: Any) -> Any:
    """Return the value of a type from JSON's own kinds."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        choices = [choice for choice in get_args(kind) if choice is not type(None)]
        return from_plain(choices[0], data)
    if origin is tuple:
        return _tuple(get_args(kind), data)
    if origin is frozenset:
        return frozenset(from_plain(get_args(kind)[0], item) for item in data)
    if isinstance(kind, type):
        if is_dataclass(kind):
            return _dataclass(kind, data)
        if issubclass(kind, Enum):
            return kind(data)
        if kind is date:
            return date.fromisoformat(data)
        if kind is Fraction:
            return Fraction(data)
        if kind in (int, str, bool) and type(data) is not kind:
            raise BadText(f"{data!r} is not {kind.__name__}")
    return data


def _tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(from_plain(kinds[0], item) for item in data)
    if len(kinds) != len(data):
        raise BadText(f"{len(data)} items where {len(kinds)} belong")
    return tuple(from_plain(kind, item) for kind, item in zip(kinds, data, strict=True))


def _dataclass(kind: type[Any], data: Any) -> Any:
    if not isinstance(data, Mapping):
        raise BadText(f"{data!r} is not a {kind.__name__}")
    hints: dict[str, Any] = _hints(kind)
    given = {}
    for field in fields(kind):
        if field.name in data:
            given[field.name] = from_plain(hints[field.name], data[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise BadText(f"{kind.__name__} without {field.name}")
    return kind(**given)


_known: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _known:
        _known[kind] = get_type_hints(kind)
    return _known[kind]
