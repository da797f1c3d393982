"""BC09: the report to donors as a paper and as a spreadsheet: measures, targets, breakdowns, definitions, method."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from desktop.models.rules.suppression import Release
from desktop.services import heads, sight
from desktop.services.acts import Act, Outcome
from desktop.services.board import reading
from desktop.services.board.reading import CutRow, cuts_for
from desktop.services.board.values import Board, BoardLine, Part, Period
from desktop.services.exchange import ColumnKind, Value, export_table
from desktop.services.livelihood_gathering import figures
from desktop.store.book import Book
from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import GroupBlock, Signer
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _

MOST_BARS = 12


@heads.for_paper
def donor_report(book: Book, period: Period, release: Release, act: Act) -> Outcome[Figures]:
    """Return the report of a period for a reader; what leaves the commune is noted in the book."""
    counted = reading.count(book, period, release, act.who)
    rows = counted.rows
    found = reading.board_of(counted, reading.count_before(book, period, release, act.who), release)
    noted = reading.publish(book, period, release, rows, act)
    with book.read() as session:
        organisation = heads.organisation(session)
    value = Figures(
        title=_("Báo cáo nhà tài trợ (BC09)"),
        organisation=organisation,
        group=GroupBlock("", _("Tất cả các nhóm")),
        mark=heads.mark(act, None),
        first_day=period.starts,
        last_day=period.ends,
        about=(
            (_("Kỳ báo cáo"), period.title),
            (_("So với"), found.previous.title),
            (_("Gửi cho"), release.title),
            (_("Số thước đo có mục tiêu"), show_number(sum(line.target is not None for line in found.lines))),
        ),
        tables=(
            *(_measures(part.title, found.part(part)) for part in Part),
            *_broken_down(rows, sensitive=sight.sees(book, act.who)),
            _definitions(found),
        ),
        chart=progress_chart(found),
        notes=(*found.notes, *method(book, period, release, act.who)),
        secret=release is Release.COMMUNE,
        signed_on=act.today,
        signers=(Signer(_("Người lập"), act.who), Signer(_("Người duyệt"))),
    )
    return Outcome(value, noted.changed)


def titles() -> tuple[str, ...]:
    """Return the titles of the columns of the table of measures."""
    return (
        _("Mã"),
        _("Thước đo"),
        _("Đơn vị"),
        _("Kỳ này"),
        _("Mục tiêu"),
        _("Đạt"),
        _("Kỳ trước"),
        _("Tăng, giảm"),
        _("Trong số"),
    )


def cells(line: BoardLine) -> tuple[str, ...]:
    """Return a line of the board as texts."""
    return (
        line.measure.key,
        line.measure.title,
        line.measure.unit,
        line.shown,
        "" if line.target is None else show_number(line.target.amount),
        "" if line.progress is None else show_percent(line.progress, 0),
        line.before,
        moved_words(line.moved),
        line.share or line.reason,
    )


def moved_words(moved: int | None) -> str:
    """Return a change with its sign, "" where it is not known."""
    if moved is None:
        return ""
    return f"+{show_number(moved)}" if moved > 0 else f"−{show_number(-moved)}" if moved else "0"


def _measures(caption: str, lines: Sequence[BoardLine]) -> FigureTable:
    names = titles()
    return FigureTable(
        caption,
        (
            FigureColumn(names[0], "tight", key=True),
            FigureColumn(names[1], "text", 180, weight=3, key=True),
            FigureColumn(names[2], "tight"),
            *(FigureColumn(name) for name in names[3:8]),
            FigureColumn(names[8], "text", 80),
        ),
        tuple(cells(line) for line in lines),
    )


def _broken_down(rows: Sequence[CutRow], *, sensitive: bool) -> list[FigureTable]:
    """Return one table: measures of people down, the categories of every characteristic across."""
    columns: list[tuple[str, str, str]] = []
    for cut in cuts_for(sensitive=sensitive):
        columns += [
            (cut.key, key, title)
            for key, title in cut.categories()
            if any(cell.key == key and cell.count != 0 for row in rows for cell in row.cells[cut.key])
        ]
    if not columns:
        return []
    body = []
    for row in rows:
        shown = {(cut, cell.key): cell.shown for cut, cells in row.cells.items() for cell in cells}
        body.append(
            (
                row.measure.key,
                row.measure.title,
                show_number(row.persons),
                *(shown.get((cut, key), reading.HIDDEN) for cut, key, _t in columns),
            )
        )
    table = FigureTable(
        _("Chia theo nhóm người (hộ và sinh kế: theo người đứng tên)"),
        (
            FigureColumn(_("Mã"), "tight", key=True),
            FigureColumn(_("Thước đo"), "text", 110, weight=3, key=True),
            FigureColumn(_("Cộng"), key=True),
            *(FigureColumn(title) for _cut, _key, title in columns),
        ),
        tuple(body),
    )
    return [table]


def _definitions(found: Board) -> FigureTable:
    return FigureTable(
        _("Định nghĩa"),
        (
            FigureColumn(_("Mã"), "tight", key=True),
            FigureColumn(_("Thước đo"), "text", 140, key=True),
            FigureColumn(_("Cách đếm"), "text", 260, weight=3),
        ),
        tuple((line.measure.key, line.measure.title, line.measure.definition) for line in found.lines),
    )


def progress_chart(found: Board) -> FigureChart | None:
    """Return how far measures with targets have come, in per cent; hidden figures have no bar."""
    reached = [line for line in found.lines if line.progress is not None][:MOST_BARS]
    if not reached:
        return None
    return FigureChart(
        _("Đạt bao nhiêu phần trăm mục tiêu"),
        tuple(line.measure.key for line in reached),
        ((_("% mục tiêu"), tuple(round((line.progress or Fraction()) * 100) for line in reached)),),
    )


def method(book: Book, period: Period, release: Release, who: str) -> tuple[str, ...]:
    """Return how jobs, income and attribution were counted, with the standards that held."""
    found = figures(book, period.ends, sensitive=sight.sees(book, who), release=release)
    s = found.standards
    return (
        _("Việc làm: FTE = số ngày × số giờ / {hours} giờ một năm, mỗi người nhiều nhất 1; chỉ tính việc có trả công và có bằng chứng. Quy thuộc dự án theo lời chủ sinh kế ở lần thăm gần nhất; nơi chưa hỏi ({n}) tính 0.").format(hours=show_number(s.fte_hours), n=found.unasked),
        _("Thu nhập thực theo chỉ số giá tiêu dùng; tăng được tính khi từ {percent} % và từ {least} một năm. Lần thăm thuộc kỳ khi ngày thăm nằm trong kỳ, lệch không quá {window} ngày so với lịch.").format(percent=s.gain_percent, least=show_dong(s.gain_least), window=s.window),
        _("Khuyết tật: DISABILITY3 của bộ câu hỏi Washington, hoặc giấy xác nhận còn hạn. Mức sống: danh sách rà soát của năm. Người ở hai nhóm tính một lần."),
        _("PPI 2021 đo nhóm tài sản, không phải chuẩn nghèo; tỷ lệ của nhóm là trung bình các khả năng."),
    )  # fmt: skip


def export_board(book: Book, period: Period, release: Release, path: Path | str, act: Act) -> Outcome[int]:
    """Write the board as xlsx or CSV: figures with targets, then definitions and notes. Raises Trouble."""
    found = reading.board(book, period, release, act.who)
    rows: list[Sequence[Value]] = []
    for line in found.lines:
        known = (*cells(line), line.measure.part.title, line.measure.definition)
        rows.append(
            [
                *known[:3],
                line.value if line.value is not None else line.shown,
                None if line.target is None else line.target.amount,
                *known[5:],
            ]
        )
    width = len(titles()) + 2
    rows += [[note, *([""] * (width - 1))] for note in found.notes]
    names = (*titles(), _("Phần"), _("Cách đếm"))
    kinds = [ColumnKind.TEXT] * width
    export_table(path, names, rows, kinds, sheet=_("Bảng dự án"))
    return Outcome(len(found.lines))
