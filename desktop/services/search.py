"""One search over everything: people, groups, households, livelihoods, classes, vouchers, as the clerk types (Ctrl+K)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.kinds import Paper
from desktop.models.records.every import Group, Household, Livelihood, Member, TrainingClass, Voucher
from desktop.models.rules.entries import show_number
from desktop.models.rules.people import show_address
from desktop.services.livelihood_owners import owners_of
from desktop.services.person_records import found_people, matches, member_matches
from desktop.store.book import Book
from resources import places
from resources.lang.dates import show_day
from resources.lang.messages import _
from resources.lang.names import fold, fold_tones, join_name


class HitKind(StrEnum):
    """What was found."""

    MEMBER = "member"
    GROUP = "group"
    HOUSEHOLD = "household"
    VOUCHER = "voucher"
    LIVELIHOOD = "livelihood"
    TRAINING_CLASS = "training_class"


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: `title` says what it is, `subtitle` tells it apart from others of that title."""

    kind: HitKind
    id: int
    title: str
    subtitle: str


_VOUCHER = re.compile(
    r"(?P<paper>"
    + "|".join(paper.value for paper in Paper)
    + r")[\s\-]*(?P<number>[0-9]{1,9})(?:[/\s]+(?P<year>[0-9]{2,4}))?",
    re.IGNORECASE,
)
_SHARE = 3
"""Of the rows asked for, groups and households take one part in three each at most, when people fill the rest."""


def search(book: Book, text: str, limit: int = 20) -> list[Hit]:
    """Return what the words find, best first: vouchers by number, then people, groups, households, livelihoods, classes.

    Words are found in any order, with or without marks; those that agree in their marks, and whole words,
    come first. An empty text finds nothing.
    """
    if not fold(text):
        return []
    with book.read() as session:
        vouchers = _vouchers(session, text, limit)
        part = max(limit // _SHARE, 1)
        groups, households = _groups(session, text, part), _households(session, text, part)
        livelihoods = _livelihoods(session, text, part)
        classes = _classes(session, text, part)
        others = [*groups, *households, *livelihoods, *classes]
        room = max(limit - len(vouchers) - len(others), part)
        return [*vouchers, *_members(session, text, room), *others][:limit]


def find_members(book: Book, text: str, limit: int = 20) -> list[Hit]:
    """Return the people whom the words find, best first: to choose somebody while typing."""
    if not fold(text):
        return []
    with book.read() as session:
        return _members(session, text, limit)


# -- ranks -----------------------------------------------------------------------------------------


def _rank(
    text: str, folded: InstrumentedAttribute[str], tones: InstrumentedAttribute[str]
) -> ColumnElement[int]:
    """Return how well a name fits, -1 best: the very name, the very words with their marks, … , letters inside words."""
    words = fold(text).split()
    marked = fold_tones(text)
    if len(marked) == 1:
        return literal(0)  # one letter fits almost everybody: the list in order is as good, and at once there
    whole_tones = literal(" ").concat(tones).concat(" ")
    whole_fold = literal(" ").concat(folded).concat(" ")
    each_marked = and_(*(whole_tones.contains(f" {word} ", autoescape=True) for word in marked.split()))
    each_whole = and_(*(whole_fold.contains(f" {word} ", autoescape=True) for word in words))
    return case(
        (tones == marked, -1),
        (whole_tones.contains(f" {marked} ", autoescape=True), 0),
        (each_marked, 1),
        (whole_fold.contains(f" {' '.join(words)} ", autoescape=True), 2),
        (each_whole, 3),
        (whole_fold.contains(f" {words[0]}", autoescape=True), 4),
        else_=5,
    )


# -- people ----------------------------------------------------------------------------------------


def _members(session: Session, text: str, limit: int) -> list[Hit]:
    # Names and ranks come from one index; what is shown is read for the best few.
    rank = _rank(text, Member.name_fold, Member.name_tones)
    keys = session.scalars(
        select(Member.id)
        .where(*member_matches(text))
        .order_by(rank, Member.name_sort, Member.id)
        .limit(limit)
    ).all()
    if not keys:
        return []
    people = found_people(session, keys)
    return [
        Hit(HitKind.MEMBER, who.id, who.full_name, " · ".join((who.code, *who.particulars())))
        for who in map(people.__getitem__, keys)
    ]


# -- groups and households -------------------------------------------------------------------------


def _groups(session: Session, text: str, limit: int) -> list[Hit]:
    rows = session.execute(
        select(Group.id, Group.code, Group.name, Group.commune_code, Group.hamlet, Group.closed)
        .where(*matches(text, Group.name_fold, Group.code))
        .order_by(Group.closed.is_not(None), _marks_first(text, Group.name), Group.name_sort, Group.id)
        .limit(limit)
    )
    return [
        Hit(
            HitKind.GROUP,
            row.id,
            row.name,
            " · ".join(part for part in (row.code, row.hamlet, _commune(row.commune_code)) if part),
        )
        for row in rows
    ]


def _livelihoods(session: Session, text: str, limit: int) -> list[Hit]:
    records = session.scalars(
        select(Livelihood)
        .where(*matches(text, Livelihood.name_fold, Livelihood.code))
        .order_by(_marks_first(text, Livelihood.name), Livelihood.code)
        .limit(limit)
    ).all()
    owners = owners_of(session, records)
    return [
        Hit(
            HitKind.LIVELIHOOD,
            one.id,
            one.name,
            " · ".join((_("Sinh kế {code}").format(code=one.code), owners[one.id].text)),
        )
        for one in records
    ]


def _classes(session: Session, text: str, limit: int) -> list[Hit]:
    rows = session.scalars(
        select(TrainingClass)
        .where(*matches(text, TrainingClass.name_fold, TrainingClass.code))
        .order_by(_marks_first(text, TrainingClass.name), TrainingClass.starts.desc(), TrainingClass.code)
        .limit(limit)
    )
    return [
        Hit(
            HitKind.TRAINING_CLASS,
            row.id,
            row.name,
            " · ".join(
                (_("Lớp tập huấn {code}").format(code=row.code), row.course_code, show_day(row.starts))
            ),
        )
        for row in rows
    ]


def _marks_first(text: str, name: InstrumentedAttribute[str]) -> ColumnElement[int]:
    """Return 0 for names that hold the text as typed: capitals of marked letters need both forms."""
    typed = " ".join(text.split())
    forms = {typed, typed.lower(), typed.title(), typed.capitalize(), typed.upper()}
    return case((or_(*(name.contains(form, autoescape=True) for form in sorted(forms))), 0), else_=1)


def _commune(code: str | None) -> str:
    commune = None if code is None else places.commune(code)
    return "" if commune is None else commune.full_name


def _households(session: Session, text: str, limit: int) -> list[Hit]:
    rows = session.execute(
        select(
            Household.id,
            Household.code,
            Household.commune_code,
            Household.hamlet,
            Household.address_text,
            Member.family,
            Member.middle,
            Member.given,
        )
        .outerjoin(Member, and_(Member.household_id == Household.id, Member.is_head.in_((True,))))
        .where(*matches(text, Household.name_fold, Household.code))
        .order_by(Household.code)
        .limit(limit)
    )
    found = []
    for row in rows:
        head = join_name(row.family or "", row.middle or "", row.given or "")
        title = _("Hộ {name}").format(name=head or row.code)
        address = show_address(row.commune_code, row.hamlet, row.address_text)
        found.append(
            Hit(HitKind.HOUSEHOLD, row.id, title, " · ".join(part for part in (row.code, address) if part))
        )
    return found


# -- vouchers --------------------------------------------------------------------------------------


def _vouchers(session: Session, text: str, limit: int) -> list[Hit]:
    """Return the vouchers of a number as printed: "PT-12/2026", "pt 12"."""
    typed = _VOUCHER.fullmatch(text.strip())
    if typed is None:
        return []
    query = (
        select(Voucher, Group.code, Group.name)
        .join(Group, Group.id == Voucher.group_id)
        .where(Voucher.paper == Paper(typed["paper"].upper()), Voucher.number == int(typed["number"]))
    )
    if typed["year"]:
        query = query.where(Voucher.year % 10 ** len(typed["year"]) == int(typed["year"]))
    rows = session.execute(query.order_by(Voucher.year.desc(), Group.code, Voucher.id).limit(limit))
    return [
        Hit(
            HitKind.VOUCHER,
            voucher.id,
            f"{voucher.paper.title} {show_number(voucher.paper, voucher.number, voucher.year)}",
            " · ".join(part for part in (f"{code} {name}", show_day(voucher.day), voucher.text) if part),
        )
        for voucher, code, name in rows
    ]
