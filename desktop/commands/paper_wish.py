"""A paper wished for at the terminal: what it is of, and what is found by its code."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.commands.book_access import groups_of
from resources.lang.messages import _

if TYPE_CHECKING:
    from desktop.models.ids import LoanId
    from desktop.services.acts import Act
    from desktop.services.groups import GroupRow
    from desktop.services.livelihood_book import LivelihoodDetail
    from desktop.services.meetings import MeetingRow
    from desktop.store.book import Book

Gathered = tuple[Any, str]
"""The value that a report takes, and the words that name its file."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A paper wished for: of which group (None: of none, or of all), with which arguments, by whom."""

    book: Book
    found: GroupRow | None
    arguments: argparse.Namespace
    act: Act

    @property
    def group(self) -> GroupRow:
        """The group of a paper that needs one: without --group it is refused before."""
        assert self.found is not None
        return self.found


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the catalogue: what gathers its value and the words that name its file, the options it needs."""

    title: str
    gather: Callable[[Wish], Gathered]
    needs: tuple[str, ...] = ("group",)


@dataclass(frozen=True, slots=True)
class BookPaper:
    """A paper of the whole book: what gathers its value and the words that name its file."""

    title: str
    gather: Callable[[Book, argparse.Namespace, Act], Gathered]


def find_meeting(wish: Wish) -> MeetingRow:
    """Return the meeting of --meeting or --day, else the latest one. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.meetings import meetings_of

    number, on = wish.arguments.meeting, wish.arguments.day
    for row in meetings_of(wish.book, wish.group.id, with_reversed=False):
        if (number is None or row.number == number) and (on is None or row.day == on):
            return row
    raise Refusal([Problem.stop("no-meeting", "meeting", _("Nhóm không có buổi họp này."))])


def find_loan(wish: Wish) -> LoanId:
    """Return the loan of --loan. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.loan_lists import LoanFilter, listed

    wanted = wish.arguments.loan.upper()
    rows = listed(wish.book, LoanFilter(group=wish.group.id), wish.act.today)
    for row in rows:
        if row.code == wanted:
            return row.id
    text = _("Nhóm {group} không có khoản vay mã {code}. {known}").format(
        group=wish.group.code,
        code=wish.arguments.loan,
        known=_known([row.code for row in rows], _("Nhóm chưa có khoản vay nào.")),
    )
    raise Refusal([Problem.stop("no-loan", "loan", text)])


def _known(codes: list[str], none: str) -> str:
    """Return the sentence that names the codes there are, the first ten of them."""
    if not codes:
        return none
    return _("Các mã có: {known}.").format(
        known=", ".join(sorted(codes)[:10]) + (" …" if len(codes) > 10 else "")
    )


def find_livelihood(wish: Wish) -> LivelihoodDetail:
    """Return the activity of --livelihood, of the group where one is named. Raises Refusal."""
    from desktop.models.problems import Problem, Refusal
    from desktop.services.livelihood_book import LivelihoodFilter, detail, listed

    wanted = wish.arguments.livelihood.upper()
    group = wish.found
    rows = listed(wish.book, LivelihoodFilter(None if group is None else group.id), wish.act.today)
    for row in rows:
        if row.code == wanted:
            return detail(wish.book, row.id, wish.act.today)
    codes, typed = [row.code for row in rows], wish.arguments.livelihood
    if group is None:
        text = _("Sổ không có sinh kế mã {code}. {known}").format(
            code=typed, known=_known(codes, _("Sổ chưa có sinh kế nào."))
        )
    else:
        text = _("Nhóm {group} không có sinh kế mã {code}. {known}").format(
            group=group.code, code=typed, known=_known(codes, _("Nhóm chưa có sinh kế nào."))
        )
    raise Refusal([Problem.stop("no-livelihood", "livelihood", text)])


def own_group(wish: Wish) -> GroupRow | None:
    """Return the group that the activity of --livelihood is of, None for one of a household in no group."""
    groups = find_livelihood(wish).row.owner.groups
    return next((row for row in groups_of(wish.book) if groups and row.id == groups[0]), None)
