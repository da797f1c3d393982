"""Households: found, changed, given a head and people; listed and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.models.ids import HouseholdId, MemberId, new_uid
from desktop.models.kinds import MemberStatus, Sex
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Household, Livelihood, Loss, Member, PreparednessPlan
from desktop.models.rules import people
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.erasing import refuse_erased
from desktop.services.person_records import IN_CHUNK, matches, name_household, set_head
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import join_name

_CHANGED = (Topic.HOUSEHOLDS, Topic.MEMBERS)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a household lives. `text` is the address as written before the reform of 1 July 2025."""

    commune_code: str | None = None
    hamlet: str = ""
    text: str = ""

    def show(self) -> str:
        """Return the address as papers print it."""
        return people.show_address(self.commune_code, self.hamlet, self.text)


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """Enter a household; without a code it gets the next free one."""

    code: str = ""
    address: Address = Address()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeHousehold:
    """Change a household; `version` is that of the form when it was opened."""

    household: HouseholdId
    version: int
    code: str
    address: Address
    note: str = ""


# -- deeds -----------------------------------------------------------------------------------------


def found(book: Book, command: FoundHousehold, act: Act) -> Outcome[HouseholdId]:
    """Enter a household. Raises Refusal when its code or commune is not right."""
    with book.write(act) as session:
        household = found_in(session, command)
    return Outcome(HouseholdId(household.id), Changed.of(*_CHANGED))


def found_in(session: Session, command: FoundHousehold) -> Household:
    """Enter a household inside an open write."""
    code = people.tidy_code(command.code) or next_code(session, Household)
    refuse_if_stopped(_check(session, code, command.address, None))
    household = Household(uid=new_uid(), code=code)
    _apply(household, command.address, command.note)
    session.add(household)
    session.flush()
    name_household(session, household.id)
    session.flush()
    return household


def change(book: Book, command: ChangeHousehold, act: Act) -> Outcome[HouseholdId]:
    """Change a household's code, address or note. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        household = session.get_one(Household, command.household)
        expect_version(household, command.version)
        code = people.tidy_code(command.code)
        refuse_if_stopped(_check(session, code, command.address, command.household))
        household.code = code
        _apply(household, command.address, command.note)
        name_household(session, household.id)
    return Outcome(command.household, Changed.of(*_CHANGED))


def appoint_head(book: Book, household: HouseholdId, member: MemberId, act: Act) -> Outcome[HouseholdId]:
    """Make one of the household's people its head. Raises Refusal when the person lives elsewhere."""
    with book.write(act) as session:
        record = session.get_one(Member, member)
        if record.household_id != household:
            raise Refusal([Problem.stop("not-in-household", "head", _("Chủ hộ phải là người của hộ này."))])
        set_head(session, household, record)
        session.flush()
        name_household(session, household)
    return Outcome(household, Changed.of(*_CHANGED))


def move(
    book: Book, members: Sequence[MemberId], household: HouseholdId | None, act: Act
) -> Outcome[HouseholdId | None]:
    """Let people live in a household from now on, or in none. A head who moves is head no more. Raises Refusal."""
    with book.write(act) as session:
        touched: set[int | None] = {household}
        for one in members:
            record = session.get_one(Member, one)
            if household is not None:
                refuse_erased(session, record)
            if record.household_id != household:
                touched.add(record.household_id)
                record.is_head, record.household_id = False, household
        session.flush()
        for changed in touched:
            name_household(session, changed)
    return Outcome(household, Changed.of(*_CHANGED))


def remove(book: Book, household: HouseholdId, version: int, act: Act) -> Outcome[HouseholdId]:
    """Remove a household that has no people, entered by mistake. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(Household, household)
        expect_version(record, version)
        if session.scalar(select(func.count()).select_from(Member).where(Member.household_id == household)):
            raise Refusal([Problem.stop("household-in-use", "", _("Hộ này còn người, không xóa được."))])
        if _is_written_of(session, household):
            text = _("Hộ này có sinh kế, thiệt hại hoặc kế hoạch ứng phó, không xóa được.")
            raise Refusal([Problem.stop("household-in-use", "", text)])
        session.delete(record)
    return Outcome(household, Changed.of(*_CHANGED))


def _is_written_of(session: Session, household: HouseholdId) -> bool:
    """Tell whether other records of the book name the household."""
    return any(
        session.scalar(select(record.id).where(record.household_id == household).limit(1)) is not None
        for record in (Livelihood, Loss, PreparednessPlan)
    )


def _apply(household: Household, address: Address, note: str) -> None:
    household.commune_code = address.commune_code or None
    household.hamlet = people.tidy(address.hamlet)
    household.address_text = people.tidy(address.text)
    household.note = people.tidy_note(note)


def _check(session: Session, code: str, address: Address, but: int | None) -> list[Problem]:
    problems = [*people.check_code(code), *people.check_commune(address.commune_code)]
    there = session.scalar(select(Household.id).where(Household.code == code, Household.id != (but or 0)))
    if there is not None:
        problems.append(Problem.stop("code-twice", "code", _("Mã hộ {code} đã có.").format(code=code)))
    return problems


# -- questions -------------------------------------------------------------------------------------


class HouseholdOrder(StrEnum):
    """What a list of households is ordered by."""

    CODE = "code"
    HAMLET = "hamlet"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """Which households a list shows: by typed words (code, head, hamlet) and by place."""

    text: str = ""
    commune_code: str | None = None
    hamlet: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdSort:
    """How a list of households is ordered."""

    by: HouseholdOrder = HouseholdOrder.CODE
    descending: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household in a list; `head` is the name of its head, empty when it has none; `someone` is then one of its
    people, by whom a clerk knows it."""

    id: HouseholdId
    uid: bytes
    code: str
    head: str
    address: Address
    people: int
    someone: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdPerson:
    """One of a household's people."""

    id: MemberId
    code: str
    full_name: str
    sex: Sex
    birth_date: date | None
    birth_year: int | None
    status: MemberStatus
    is_head: bool


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """A household with its people, the head first."""

    id: HouseholdId
    uid: bytes
    code: str
    address: Address
    note: str
    people: tuple[HouseholdPerson, ...]
    version: int

    @property
    def head(self) -> HouseholdPerson | None:
        """Return the head of the household, or None."""
        return next((person for person in self.people if person.is_head), None)


_ORDERS: dict[HouseholdOrder, tuple[InstrumentedAttribute[str], ...]] = {
    HouseholdOrder.CODE: (Household.code,),
    HouseholdOrder.HAMLET: (Household.hamlet, Household.code),
    HouseholdOrder.HEAD: (Household.name_fold, Household.code),
}


def propose_code(book: Book) -> str:
    """Return the next free code of a household."""
    with book.read() as session:
        return next_code(session, Household)


def count(book: Book, wanted: HouseholdFilter) -> int:
    """Return how many households the filter finds."""
    with book.read() as session:
        query = select(func.count()).select_from(Household).where(*_conditions(wanted))
        return session.scalar(query) or 0


def page(
    book: Book, wanted: HouseholdFilter, sort: HouseholdSort, offset: int, limit: int
) -> list[HouseholdRow]:
    """Return a part of the list of households."""
    order = [column.desc() if sort.descending else column.asc() for column in _ORDERS[sort.by]]
    with book.read() as session:
        households = session.scalars(
            select(Household)
            .where(*_conditions(wanted))
            .order_by(*order, Household.id)
            .offset(offset)
            .limit(limit)
        ).all()
        heads, sizes, others = _heads_and_sizes(session, [household.id for household in households])
        return [
            HouseholdRow(
                HouseholdId(household.id),
                household.uid,
                household.code,
                heads.get(household.id, ""),
                _address(household),
                sizes.get(household.id, 0),
                "" if household.id in heads else others.get(household.id, ""),
            )
            for household in households
        ]


def get(book: Book, household: HouseholdId) -> HouseholdDetail:
    """Return a household with its people."""
    with book.read() as session:
        record = session.get_one(Household, household)
        members = session.scalars(
            select(Member)
            .where(Member.household_id == household)
            .order_by(Member.is_head.desc(), Member.name_sort, Member.id)
        )
        return HouseholdDetail(
            household,
            record.uid,
            record.code,
            _address(record),
            record.note,
            tuple(
                HouseholdPerson(
                    MemberId(member.id),
                    member.code,
                    member.full_name,
                    member.sex,
                    member.birth_date,
                    member.birth_year,
                    member.status,
                    member.is_head,
                )
                for member in members
            ),
            record.version,
        )


def hamlets(book: Book, commune_code: str | None = None) -> list[str]:
    """Return the hamlets already entered, of one commune or of all: to choose from while typing."""
    query = select(Household.hamlet).where(Household.hamlet != "").distinct().order_by(Household.hamlet)
    if commune_code:
        query = query.where(Household.commune_code == commune_code)
    with book.read() as session:
        return list(session.scalars(query))


def _address(household: Household) -> Address:
    return Address(household.commune_code, household.hamlet, household.address_text)


def _conditions(wanted: HouseholdFilter) -> list[ColumnElement[bool]]:
    conditions = matches(wanted.text, Household.name_fold, Household.code)
    if wanted.commune_code:
        conditions.append(Household.commune_code == wanted.commune_code)
    if wanted.hamlet:
        conditions.append(Household.hamlet == wanted.hamlet)
    return conditions


def _heads_and_sizes(
    session: Session, households: Sequence[int]
) -> tuple[dict[int, str], dict[int, int], dict[int, str]]:
    """Return of each household its head's name, how many people it has, and the name of the first of them."""
    heads: dict[int, str] = {}
    others: dict[int, str] = {}
    sizes: dict[int, int] = {}
    for start in range(0, len(households), IN_CHUNK):
        chunk = households[start : start + IN_CHUNK]
        for row in session.execute(
            select(Member.household_id, Member.family, Member.middle, Member.given, Member.is_head)
            .where(Member.household_id.in_(chunk))
            .order_by(Member.id)
        ):
            name = join_name(row.family, row.middle, row.given)
            sizes[row.household_id] = sizes.get(row.household_id, 0) + 1
            others.setdefault(row.household_id, name)
            if row.is_head:
                heads[row.household_id] = name
    return heads, sizes, others
