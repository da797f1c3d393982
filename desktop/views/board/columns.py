"""The columns of the board: measures, breakdowns, targets, and the list behind a figure."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.services.board.reading import CutCell
from desktop.services.board.registry import measures
from desktop.services.board.values import BoardLine, Entry, Target
from desktop.views.kit.columns import PLACEHOLDER, Column, State
from resources.lang.dong import show_number, show_percent
from resources.lang.messages import N_, _


def progress(line: BoardLine) -> State:
    """Return how far a measure has come towards its target, as a bar with the share."""
    if line.target is None:
        return State("")
    if line.progress is None:
        return State("…", "muted")
    tone = "good" if line.progress >= 1 else "warn" if line.progress >= 0.5 else "bad"
    return State(show_percent(line.progress, 0), tone, float(line.progress))


def _number(value: int | None, shown: str) -> int | str | None:
    """Return a figure, the sign of a hidden one, or nothing where it cannot be said."""
    if value is not None:
        return value
    return PLACEHOLDER if shown == PLACEHOLDER else None


MEASURES: list[Column[BoardLine]] = [
    Column("key", N_("Mã"), lambda row: row.measure.key, width=8),
    Column("title", N_("Thước đo"), lambda row: row.measure.title, width=44, stretch=True),
    Column("value", N_("Kỳ này"), lambda row: _number(row.value, row.shown), kind="number", width=8),
    Column("unit", N_("Đơn vị"), lambda row: row.measure.unit, width=7),
    Column(
        "target",
        N_("Mục tiêu"),
        lambda row: None if row.target is None else row.target.amount,
        kind="number",
        width=9,
    ),
    Column("progress", N_("Đạt"), progress, kind="state", width=14),
    Column(
        "before", N_("Kỳ trước"), lambda row: _number(row.value_before, row.before), kind="number", width=9
    ),
    Column("moved", N_("Tăng, giảm"), lambda row: row.moved, kind="number", width=9),
    Column("share", N_("Trong số"), lambda row: row.share or row.reason, width=16),
    Column("part", N_("Phần"), lambda row: row.measure.part.title, width=18, hidden=True),
]


@dataclass(frozen=True, slots=True)
class CutLine:
    """One category of a measure's breakdown."""

    measure: str
    title: str
    cell: CutCell
    whole: int


BREAKDOWN: list[Column[CutLine]] = [
    Column("key", N_("Mã"), lambda row: row.measure, width=8),
    Column("title", N_("Thước đo"), lambda row: row.title, width=40, stretch=True),
    Column("category", N_("Nhóm người"), lambda row: row.cell.title, width=22),
    Column(
        "count",
        N_("Số"),
        lambda row: row.cell.count if row.cell.count is not None else PLACEHOLDER,
        kind="number",
        width=8,
    ),
    Column("whole", N_("Cộng"), lambda row: row.whole, kind="number", width=8),
]


def _measure_title(key: str) -> str:
    found = measures().get(key)
    return key if found is None else found.title


TARGETS: list[Column[Target]] = [
    Column("period", N_("Kỳ"), lambda row: row.period.title, width=20),
    Column("measure", N_("Mã"), lambda row: row.measure, width=8),
    Column("title", N_("Thước đo"), lambda row: _measure_title(row.measure), width=44, stretch=True),
    Column("amount", N_("Mục tiêu"), lambda row: row.amount, kind="number", width=10),
    Column("note", N_("Ghi chú"), lambda row: row.note, width=26),
]

ENTRIES: list[Column[Entry]] = [
    Column("code", N_("Mã"), lambda row: row.code, width=10),
    Column("name", N_("Tên"), lambda row: row.name, width=28, stretch=True),
    Column("place", N_("Nơi, nhóm"), lambda row: row.place, width=24),
    Column("detail", N_("Vì sao được tính"), lambda row: row.detail, width=36),
    Column("day", N_("Ngày"), lambda row: row.day, kind="day", width=11),
]


def whole_columns() -> list[Column[Entry]]:
    """Return the columns of the list of the whole: the same, under a name that says so."""
    return [
        Column("detail", N_("Chi tiết"), lambda row: row.detail, width=36) if one.key == "detail" else one
        for one in ENTRIES
    ]


def open_words(value: int) -> str:
    """Say that a figure is the length of its list."""
    return _("Số liệu: {n} – bằng số dòng của danh sách này.").format(n=show_number(value))
