"""Reading the facts of a place and a period: one loader, a question for each kind of record, none for each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.records.every import Group
from desktop.services.indicators.facts import Facts, Scope
from desktop.services.indicators.group_reader import GroupReader
from desktop.services.indicators.household_reader import households_in
from desktop.services.indicators.others import others_in
from desktop.services.indicators.people_reader import PeopleReader
from desktop.services.indicators.registry import indicators
from desktop.services.loan_portfolio import portfolio
from desktop.store.book import Book

Loader = Callable[[Session, Scope, date, date], Iterable[Any]]
LOADERS: dict[str, Loader] = {}
"""What other modules add to `Facts.more`: their name and a function that reads their rows."""


def load(book: Book, scope: Scope, starts: date, ends: date, *, bare: bool = False) -> Facts:
    """Return the facts of a place from `starts` to `ends`, both included.

    `bare` leaves out what other modules keep (`more`, and `others` behind it), which is most of the work: for a
    deed that asks about members, groups and households only.
    """
    indicators()  # the modules of indicators name their loaders when they are imported
    loans = portfolio(book, ends, scope.group).loans
    with book.read() as session:
        groups = _groups(session, scope)
        inside = frozenset(group.id for group in groups)
        whole = scope == Scope()
        people = PeopleReader(session, inside, starts, ends, whole=whole)
        parts = people.parts({loan.id: loan for loan in loans if loan.group in inside})
        of_groups = GroupReader(session, inside, starts, ends, whole=whole)
        found = tuple(of_groups.group(group) for group in groups)
        homes = tuple(households_in(session, scope, parts, ends, people.known))
        loaders = {} if bare else LOADERS
        more = {name: tuple(loader(session, scope, starts, ends)) for name, loader in loaders.items()}
        there = {part.member for part in parts}
        others = tuple(others_in(session, more, there, inside, ends, people.known, people.agreeing))
    return Facts(scope, starts, ends, parts, found, homes, more, others=others, whole=parts)


def groups_in(session: Session, scope: Scope) -> frozenset[GroupId] | None:
    """Return the groups of a place; None for the whole book."""
    if scope == Scope():
        return None
    return frozenset(GroupId(group.id) for group in _groups(session, scope))


def _groups(session: Session, scope: Scope) -> Sequence[Group]:
    query = select(Group).order_by(Group.name_sort, Group.id)
    if scope.group is not None:
        query = query.where(Group.id == scope.group)
    if scope.commune:
        query = query.where(Group.commune_code == scope.commune)
    return session.scalars(query).all()
