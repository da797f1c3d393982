"""The board for a reader: figures with their targets and the period before, the list behind each, breakdowns.

Inside the commune all is shown. For readers outside names never leave, small figures are hidden, and figures by which
a hidden one could be worked out with them (`models.rules.suppression`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import new_uid
from desktop.models.inclusion_kinds import Purpose, SeenHow
from desktop.models.problems import Refusal
from desktop.models.records.every import PublishedTable
from desktop.models.rules.suppression import Counts, Release, least_base, least_count, protect
from desktop.services import consents, sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.board.gathering import BoardFacts, gather
from desktop.services.board.registry import measures
from desktop.services.board.targets import targets_in
from desktop.services.board.values import Board, BoardLine, Entry, Measure, Measured, Period, Target
from desktop.services.livelihood_cuts import CUTS, Cut, Person, cut_key, people_in
from desktop.store.book import Book
from resources.lang.dong import show_number, show_percent
from resources.lang.messages import _, ngettext

HIDDEN = "…"
NOTHING = "–"
CUT_KEYS = ("sex", "age", "disability", "poverty", "ethnic")
"""By what people behind a figure are broken down."""


@dataclass(frozen=True, slots=True)
class CutCell:
    """How many of a category stand on a list; `shown` as text, "…" where hidden."""

    key: str
    title: str
    count: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class CutRow:
    """A measure broken down: by cut its cells. Only for lists of people; `persons` are those counted."""

    measure: Measure
    persons: int
    cells: Mapping[str, tuple[CutCell, ...]]


@dataclass(frozen=True, slots=True)
class Opened:
    """The list behind a figure, its whole (of which it is a part), and the figure: the length of the list."""

    measure: Measure
    period: Period
    measured: Measured

    @property
    def value(self) -> int:
        """Return the figure."""
        return self.measured.value


# -- figures ---------------------------------------------------------------------------------------


def measure_all(facts: BoardFacts) -> dict[str, Measured]:
    """Return every measure of a period with the lists behind it; sensitive ones are empty for who may not see them."""
    closed = Measured((), None, sight.no_right().message)
    return {
        key: closed if one.sensitive and not facts.sensitive else one.compute(facts)
        for key, one in measures().items()
    }


@dataclass(frozen=True, slots=True)
class Counted:
    """A period counted once: each measure with its lists, the breakdowns, the targets."""

    period: Period
    measured: Mapping[str, Measured]
    rows: tuple[CutRow, ...]
    targets: Mapping[str, Target]
    sensitive: bool
    left_out: int = 0
    """How many people have not agreed that figures of them leave the commune, and are not counted here."""


def count(book: Book, period: Period, release: Release, who: str) -> Counted:
    """Count a period for a reader."""
    sensitive = sight.sees(book, who)
    facts = gather(book, period.starts, period.ends, sensitive=sensitive)
    measured: Mapping[str, Measured] = measure_all(facts)
    with book.read() as session:
        measured, left_out = _agreeing(session, measured, release)
        targets = targets_in(session, period)
        rows = _breakdowns(session, measured, period, release, sensitive=sensitive)
    return Counted(period, measured, tuple(rows), targets, sensitive, left_out)


def count_before(book: Book, period: Period, release: Release, who: str) -> Mapping[str, Measured]:
    """Count the period before for the same reader, for comparison."""
    previous = period.shifted(-1)
    found = measure_all(gather(book, previous.starts, previous.ends, sensitive=sight.sees(book, who)))
    with book.read() as session:
        return _agreeing(session, found, release)[0]


def _agreeing(
    session: Session, found: Mapping[str, Measured], release: Release
) -> tuple[Mapping[str, Measured], int]:
    """Return figures without the lines of people who have not agreed that figures of them leave the commune, and how
    many people these are. Lines of no single person (groups, dossiers of groups, promises) stay.
    """
    if release is Release.COMMUNE:
        return found, 0
    agreed = consents.agreeing_in(session, Purpose.STATISTICS)
    refused: set[int] = set()

    def of(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        refused.update(one.person for one in entries if one.person is not None and one.person not in agreed)
        return tuple(one for one in entries if one.person is None or one.person in agreed)

    kept = {
        key: replace(one, entries=of(one.entries), whole=None if one.whole is None else of(one.whole))
        for key, one in found.items()
    }
    return kept, len(refused)


def board_of(now: Counted, before: Mapping[str, Measured] | None, release: Release) -> Board:
    """Return the board of a period that was counted; without `before` nothing is compared yet."""
    lines = tuple(
        _line(one, now.measured[key], None if before is None else before[key], now.targets.get(key), release)
        for key, one in measures().items()
    )
    hidden = sum(line.shown == HIDDEN for line in lines)
    notes = _notes(now.period, release, hidden, sensitive=now.sensitive)
    if left := consents.left_out_note(now.left_out, least_count(release)):
        notes = (*notes, left)
    return Board(now.period, now.period.shifted(-1), lines, hidden, notes)


def board(book: Book, period: Period, release: Release, who: str) -> Board:
    """Return the board of a period for a reader, with targets and the period before."""
    return board_of(count(book, period, release, who), count_before(book, period, release, who), release)


def _line(
    measure: Measure, now: Measured, before: Measured | None, target: Target | None, release: Release
) -> BoardLine:
    if now.missing:
        return BoardLine(measure, NOTHING, NOTHING, None, None, None, "", target, None, now.missing, False)
    inside = release is Release.COMMUNE
    may = shows(measure, now, release)
    may_before = before is not None and shows(measure, before, release)
    moved = now.value - (0 if before is None else before.value)
    if measure.sensitive and 0 < abs(moved) < least_count(release, delicate=True):
        may_before = False  # the two figures together would tell of a few people
    value = now.value if may else None
    share = ""
    if may and now.base is not None:
        share = share_words(now) if inside or now.base >= least_base(release) else ""
    return BoardLine(
        measure,
        HIDDEN if value is None else show_number(value),
        "" if before is None else show_number(before.value) if may_before else HIDDEN,
        moved if may and may_before else None,
        value,
        now.base if may else None,
        share,
        target,
        Fraction(value, target.amount) if target is not None and value is not None else None,
        "" if may else _("dưới ngưỡng bảo vệ dữ liệu cá nhân"),
        inside and now.value + (now.base or 0) > 0,
        before.value if before is not None and may_before else None,
    )


def share_words(measured: Measured) -> str:
    """Return "12/40 (30 %)", a dash without a whole."""
    if measured.base is None:
        return ""
    share = NOTHING if measured.share is None else show_percent(measured.share, 1)
    return f"{show_number(measured.value)}/{show_number(measured.base)} ({share})"


def shows(measure: Measure, measured: Measured, release: Release) -> bool:
    """Tell whether a figure may be shown to a reader: it and what is left of its whole are zero or large enough.

    A figure of groups or dossiers tells nothing of a person and is shown.
    """
    least = least_count(release, delicate=measure.sensitive)
    if not least or not _of_people(measured):
        return True
    rest = max(0, (measured.base or 0) - measured.value)
    cells = ((measured.value, rest),) if measured.base is not None else ((measured.value,),)
    return (0, 0) not in protect(Counts(cells), least, rows_tell=False, columns_tell=False).cells


def _of_people(measured: Measured) -> bool:
    kinds = {entry.key[0] for entry in (*measured.entries, *(measured.whole or ()))}
    return not kinds <= {"group", "support", "promise"}


def _notes(period: Period, release: Release, hidden: int, *, sensitive: bool) -> tuple[str, ...]:
    notes = [
        _("Kỳ: {title} ({days}). Mỗi số là số dòng của danh sách đứng sau nó.").format(
            title=period.title, days=period.days
        ),
        _(
            "NMA-V công bố tên thước đo, không công bố định nghĩa: định nghĩa ghi “quy ước của chương trình” là của sổ này."
        ),
    ]
    if release is not Release.COMMUNE and hidden:
        least, delicate = least_count(release), least_count(release, delicate=True)
        text = ngettext(
            "{n} số bị ẩn (…): dưới {least} người, hoặc dưới {delicate} người với thước đo về khuyết tật.",
            "{n} số bị ẩn (…): dưới {least} người, hoặc dưới {delicate} người với thước đo về khuyết tật.",
            hidden,
        )
        notes.append(text.format(n=hidden, least=least, delicate=delicate))
    if not sensitive:
        notes.append(_("Thước đo về người khuyết tật chỉ cán bộ hòa nhập và quản trị viên xem được."))
    return tuple(notes)


# -- the list behind a figure ----------------------------------------------------------------------


def opened(book: Book, key: str, period: Period, who: str) -> Opened:
    """Return the list behind a figure. Raises Refusal for who may not see it; reading sensitive lists is logged."""
    measure = measures()[key]
    sensitive = sight.sees(book, who)
    if measure.sensitive and not sensitive:
        raise Refusal([sight.no_right()])
    measured = measure.compute(gather(book, period.starts, period.ends, sensitive=sensitive))
    if measure.sensitive:
        people = [entry.person for entry in measured.entries if entry.person is not None]
        sight.note_people(book, SeenHow.SEEN, "board", people)
    return Opened(measure, period, measured)


# -- breakdowns ------------------------------------------------------------------------------------


def cuts_for(*, sensitive: bool) -> list[Cut]:
    """Return the characteristics that people behind figures are broken down by."""
    return [cut for cut in CUTS if cut.key in CUT_KEYS and (sensitive or not cut.sensitive)]


def breakdowns(book: Book, period: Period, release: Release, who: str) -> list[CutRow]:
    """Return the measures of people broken down, as this reader may see them."""
    return list(count(book, period, release, who).rows)


def _breakdowns(
    session: Session, found: Mapping[str, Measured], period: Period, release: Release, *, sensitive: bool
) -> list[CutRow]:
    wanted = {entry.person for one in found.values() for entry in one.entries if entry.person is not None}
    people = people_in(session, wanted, period.ends, sensitive=sensitive)
    kept = _kept_hidden(session.scalars(select(PublishedTable)).all(), period, release)
    cuts = cuts_for(sensitive=sensitive)
    rows = []
    for key, measured in found.items():
        measure = measures()[key]
        if measured.missing or not measured.entries or any(one.person is None for one in measured.entries):
            continue
        if not shows(measure, measured, release):
            continue  # a figure that is hidden has no parts to show
        cells = {cut.key: _cells(measure, cut, measured.entries, people, release, kept) for cut in cuts}
        rows.append(CutRow(measure, measured.value, cells))
    return rows


def _cells(
    measure: Measure,
    cut: Cut,
    entries: Sequence[Entry],
    people: Mapping[int, Person],
    release: Release,
    kept: frozenset[tuple[str, str, str]],
) -> tuple[CutCell, ...]:
    counts: dict[str, int] = {}
    for entry in entries:
        sort = cut_key(cut, people.get(entry.person or 0, Person()))
        counts[sort] = counts.get(sort, 0) + 1
    # Empty categories stand in the table too: a single hidden cell beside shown zeros would be the whole.
    categories = cut.categories()
    least = least_count(release, delicate=cut.delicate or measure.sensitive)
    hide: set[int] = set()
    if least:
        table = Counts((tuple(counts.get(key, 0) for key, _title in categories),))
        # What an earlier paper of this period hid stays hidden, or the two together would tell it.
        before = [(0, at) for at, (key, _t) in enumerate(categories) if (measure.key, cut.key, key) in kept]
        places = protect(table, least, also=before).cells
        hide = {column for _row, column in places}
        if len(categories) in hide:  # the sum stands elsewhere on the paper, so all of its parts go
            hide = set(range(len(categories)))
    return tuple(
        CutCell(key, title, None, HIDDEN)
        if place in hide
        else CutCell(key, title, counts.get(key, 0), show_number(counts.get(key, 0)))
        for place, (key, title) in enumerate(categories)
    )


def _kept_hidden(
    rows: Sequence[PublishedTable], period: Period, release: Release
) -> frozenset[tuple[str, str, str]]:
    """Return (measure, cut, category) of the cells that papers of this period hid before."""
    if release is Release.COMMUNE:
        return frozenset()
    found: set[tuple[str, str, str]] = set()
    for row in rows:
        if row.columns_by != _BOARD or (row.starts, row.ends) != (period.starts, period.ends):
            continue
        found |= {(row.measure, cut, key) for cut, key, value in json.loads(row.cells) if value is None}
    return frozenset(found)


_BOARD = "board"


def publish(book: Book, period: Period, release: Release, rows: Sequence[CutRow], act: Act) -> Outcome[int]:
    """Note what left the commune, so that the next paper does not give away what this one hides."""
    if release is Release.COMMUNE or book.readonly:
        return Outcome(0)
    with book.write(act) as session:
        for row in rows:
            cells = [[cut, cell.key, cell.count] for cut, found in row.cells.items() for cell in found]
            session.add(
                PublishedTable(
                    uid=new_uid(),
                    measure=row.measure.key,
                    rows_by="none",
                    columns_by=_BOARD,
                    place="all",
                    starts=period.starts,
                    ends=period.ends,
                    release=release.value,
                    cells=json.dumps(cells, ensure_ascii=False),
                    at=act.at,
                    by=act.who,
                )
            )
    return Outcome(len(rows), Changed.of(Topic.ANALYSIS))
