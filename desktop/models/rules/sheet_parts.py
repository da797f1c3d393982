"""What the meeting sheet is made of: the facts it needs, what is keyed in, and a column as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.models.ids import CycleId, GroupId, MeetingId, MemberId
from desktop.models.kinds import EFFECTS, Account, Attendance, EntryKind
from desktop.models.problems import Problem
from desktop.models.rules.constitution import Rules
from desktop.models.rules.entries import Entry
from desktop.models.rules.loan_sheet import NOTHING, OpenLoan
from desktop.models.rules.loans.state import Parts
from desktop.models.rules.savings_terms import SavingsTerms
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as the sheet needs them: balances without the meeting itself, in đồng; shares in units.

    `loans` are the loans being repaid, oldest first, and `due` what is asked for on the day of the meeting.
    """

    id: MemberId
    code: str
    name: str
    position: int
    savings: int = 0
    compulsory: int = 0
    shares: int = 0
    share_amount: int = 0
    social: int = 0
    fines: int = 0
    fines_owed: int = 0
    """What the member still owes of earlier fines."""
    reminder: str = ""
    loans: tuple[OpenLoan, ...] = ()
    due: Parts = NOTHING
    owed: int = 0
    """Principal outstanding of all loans, in đồng."""
    savings_lowest: int | None = None
    """The least voluntary savings on the day or any later one; None: as on the day."""
    noticed: int = 0
    """What notices of withdrawal allow on the day, in đồng."""
    notice_coming: date | None = None
    """The next day on which another notice falls due."""


@dataclass(frozen=True, slots=True)
class CycleSpan:
    """The cycle that a meeting lies in."""

    id: CycleId
    number: int
    starts: date
    ends: date
    open: bool = True


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """All that the rules need to judge a meeting of `group` on `day`; boxes as they were before it, in đồng."""

    group: GroupId
    group_code: str
    group_name: str
    day: date
    today: date
    rules: Rules
    cycle: CycleSpan | None
    number: int
    members: tuple[MemberFacts, ...]
    cash: int = 0
    social_cash: int = 0
    other_days: frozenset[date] = frozenset()
    closed_through: date | None = None
    corrects: MeetingId | None = None
    savings_terms: SavingsTerms | None = None
    """What limits withdrawals of voluntary savings on the day."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What was keyed in for one member: attendance, a note, and amounts by column (đồng, or units of shares)."""

    member: MemberId
    attendance: Attendance = Attendance.PRESENT
    amounts: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole meeting as keyed in. `counted` maps a note's value to pieces; None: not counted."""

    day: date
    rows: tuple[SheetRow, ...]
    place: str = ""
    started: str = ""
    ended: str = ""
    chair: MemberId | None = None
    secretary: MemberId | None = None
    decisions: str = ""
    counted: Mapping[int, int] | None = None
    social_counted: Mapping[int, int] | None = None
    difference_reason: str = ""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the sheet.

    `applies` says which groups have it, `expected` what a member is expected to bring (in the column's unit),
    `entry` what an amount posts, `check` what is wrong with an amount. `counts_shares`: the unit is a share.
    """

    key: str
    title: str
    kind: EntryKind
    applies: Callable[[Rules], bool]
    expected: Callable[[SheetFacts, MemberFacts, Attendance], int]
    check: Callable[[SheetFacts, MemberFacts, int], list[Problem]]
    balance: Callable[[MemberFacts], int] | None = None
    counts_shares: bool = False
    of_loans: bool = False
    """A part of what is repaid: the row's parts are split over the member's loans together (`loan_columns`)."""

    @property
    def name(self) -> str:
        """Return the heading in the language in use."""
        return _(self.title)

    @property
    def box(self) -> Account:
        """Return the cash box that the column moves."""
        effect = EFFECTS[self.kind]
        return effect.debit if self.comes_in else effect.credit

    @property
    def comes_in(self) -> bool:
        """Tell whether the money comes into the box."""
        return EFFECTS[self.kind].debit in (Account.CASH, Account.SOCIAL_CASH)

    @property
    def moves_cash(self) -> bool:
        """Tell whether money changes hands; what is only owed does not."""
        effect = EFFECTS[self.kind]
        return bool({effect.debit, effect.credit} & {Account.CASH, Account.SOCIAL_CASH})

    def dong(self, rules: Rules, value: int) -> int:
        """Return the đồng of a value of this column."""
        return value * rules.share_value if self.counts_shares else value

    def entry(self, rules: Rules, member: MemberId, value: int) -> Entry:
        """Return what `value` (more than 0) posts for a member."""
        units = value if self.counts_shares else 0
        return Entry(self.kind, self.dong(rules, value), member=member, units=units)


def cell(member: MemberId, column: str) -> str:
    """Return the name of a cell of the sheet, as problems name it."""
    return f"{member}/{column}"
