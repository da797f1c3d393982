"""Tables, the report of inclusion and action lists as papers and as spreadsheets, with what this role may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.models.inclusion_kinds import SeenHow
from desktop.models.records.every import Group
from desktop.models.rules.suppression import Release
from desktop.services import analysis, analysis_given_out, analysis_table, heads, inclusion_report, sight
from desktop.services.action_lists import ActionList, ActionRow, note_rows
from desktop.services.action_lists import rows as action_rows
from desktop.services.acts import Act, Outcome
from desktop.services.analysis_table import Choice, CrossTable
from desktop.services.exchange import ColumnKind, Value, export_table
from desktop.services.inclusion_report import InclusionTable
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.registry import Kind, Unit, indicators
from desktop.store.book import Book
from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import GroupBlock, Signer
from resources import places
from resources.lang.dates import show_day
from resources.lang.messages import _


def _place(session: Session, scope: Scope) -> tuple[GroupBlock, str, str]:
    """Return the place as the head of papers, in words, and where papers are signed."""
    if scope.group is not None:
        block = heads.group_block(session, scope.group)
        signed = heads.commune_name(session.get_one(Group, scope.group).commune_code)
        return block, block.name, signed
    if scope.commune:
        found = places.commune(scope.commune)
        name = scope.commune if found is None else found.full_name
        whole = heads.commune_text(scope.commune)
        return GroupBlock(scope.commune, name, "" if whole == name else whole), name, name
    return GroupBlock("", _("Tất cả các nhóm")), _("Tất cả các nhóm"), ""


# -- a table crossed -------------------------------------------------------------------------------


def shown_columns(table: CrossTable) -> tuple[str, ...]:
    """Return the titles of the columns that are shown: one way of counting needs no column of sums."""
    if table.choice.columns == "none":
        return table.column_names
    return (*table.column_names, _("Chung"))


def shown_rows(table: CrossTable) -> list[tuple[str, tuple[analysis_table.Cell, ...]]]:
    """Return the rows that are shown, the last of all together; none of an empty table."""
    if table.empty:
        return []
    width = len(shown_columns(table))
    found = [(name, row[:width]) for name, row in zip(table.row_names, table.cells[:-1], strict=True)]
    if table.choice.rows != "none":
        found.append((_("Chung"), table.cells[-1][:width]))
    return found


@heads.for_paper
def analysis_paper(book: Book, choice: Choice, act: Act) -> Outcome[Figures]:
    """Return a table as a paper; one that leaves the commune is noted as published."""
    table = analysis.cross(book, choice, sensitive=sight.sees(book, act.who))
    noted = Outcome(table) if book.readonly else analysis_given_out.publish(book, table, act)
    with book.read() as session:
        block, place, _signed = _place(session, choice.scope)
        organisation = heads.organisation(session)
    rows = shown_rows(table)
    value = Figures(
        title=table.title,
        organisation=organisation,
        group=block,
        mark=heads.mark(act, None),
        first_day=choice.starts,
        last_day=choice.ends,
        about=(
            (_("Nơi"), place),
            (_("Đơn vị tính"), table.unit),
            (_("Gửi cho"), choice.release.title),
        ),
        known=table.coverage,
        tables=(
            FigureTable(
                f"{table.rows_title} × {table.columns_title}"
                if choice.columns != "none"
                else table.rows_title,
                (
                    FigureColumn(table.rows_title, "text", 90, key=True),
                    *(FigureColumn(name) for name in shown_columns(table)),
                ),
                tuple((name, *(cell.text for cell in cells)) for name, cells in rows),
                sums=choice.rows != "none",
                empty=_("Không có ai trong kỳ này."),
            ),
        ),
        chart=chart_of(table),
        notes=table.notes,
        secret=choice.release is Release.COMMUNE,
    )
    return Outcome(value, noted.changed)


MOST_BARS = 16


def chart_of(table: CrossTable) -> FigureChart | None:
    """Return the bars of a table: hidden cells and figures that are not given have none; None where it says nothing."""
    if table.empty or len(table.row_keys) > MOST_BARS:
        return None
    measure = indicators()[table.choice.measure]
    columns = table.column_names[:5]
    series = tuple(
        (name, tuple(_bar(measure.unit, row[place]) for row in table.cells[:-1]))
        for place, name in enumerate(columns)
    )
    if not any(value for _name, values in series for value in values):
        return None
    unit = _("phần trăm") if measure.unit in (Unit.PERCENT, Unit.RATIO) else table.unit
    # Names below each other's bars would run together: each has its share of the axis.
    room = max(6, 96 // len(table.row_names))
    names = tuple(name if len(name) <= room else f"{name[: room - 1].rstrip()}…" for name in table.row_names)
    title = table.title if table.title.endswith(f"({unit})") else f"{table.title} ({unit})"
    return FigureChart(title, names, series, per=100 if measure.unit in _DECIMAL else 1)


_DECIMAL = (Unit.FTE, Unit.MONTHS)
"""Units whose figures have decimals: their bars are in hundredths."""


def _bar(unit: Unit, cell: analysis_table.Cell) -> int:
    if cell.hidden or cell.value.amount is None:
        return 0
    return round(cell.value.amount * (100 if unit in (Unit.PERCENT, Unit.RATIO, *_DECIMAL) else 1))


def export_analysis(book: Book, choice: Choice, path: Path | str, act: Act) -> Outcome[int]:
    """Write a table as xlsx or CSV with the same cells hidden; one that leaves the commune is noted as published."""
    table = analysis.cross(book, choice, sensitive=sight.sees(book, act.who))
    measure = indicators()[choice.measure]
    whole = measure.unit is Unit.DONG or measure.kind is Kind.COUNT
    rows: list[list[Value]] = []
    for name, cells in shown_rows(table):
        line: list[Value] = [name]
        for cell in cells:
            plain = whole and not cell.hidden and cell.value.amount is not None
            line.append(round(cell.value.amount) if plain and cell.value.amount is not None else cell.text)
        rows.append(line)
    width = 1 + len(shown_columns(table))
    rows += [[""] * width]
    for text in _beside(table):
        rows.append([text, *([""] * (width - 1))])
    money = ColumnKind.DONG if measure.unit is Unit.DONG else ColumnKind.NUMBER
    export_table(
        path,
        [table.rows_title, *shown_columns(table)],
        rows,
        [ColumnKind.TEXT, *([money if whole else ColumnKind.TEXT] * (width - 1))],
        sheet=table.title,
    )
    noted = Outcome(table) if book.readonly else analysis_given_out.publish(book, table, act)
    return Outcome(len(rows), noted.changed)


def _beside(table: CrossTable) -> list[str]:
    choice = table.choice
    found = [
        _("{title}, {unit}, từ {first} đến {last}").format(
            title=table.title,
            unit=table.unit,
            first=show_day(choice.starts),
            last=show_day(choice.ends),
        ),
        _("Gửi cho: {who}").format(who=choice.release.title),
    ]
    found += [_("Độ phủ {name}: {value}").format(name=name, value=value) for name, value in table.coverage]
    if choice.release is Release.COMMUNE:
        found.append(_("Mật – dùng trong xã"))
    return [*found, *table.notes]


# -- inclusion -------------------------------------------------------------------------------------


@heads.for_paper
def inclusion_paper(
    book: Book, scope: Scope, starts: date, ends: date, release: Release, act: Act
) -> Outcome[Figures]:
    """Return the report of inclusion as a paper."""
    table = inclusion_report.report(book, scope, starts, ends, release, sensitive=sight.sees(book, act.who))
    with book.read() as session:
        block, place, signed = _place(session, scope)
        organisation = heads.organisation(session)
    titles = table.titles
    intervals = table.intervals()
    tables = [
        FigureTable(
            _("Theo nhóm dân cư"),
            tuple(
                FigureColumn(title, "text", 110, key=True) if place == 0 else FigureColumn(title)
                for place, title in enumerate(titles)
            ),
            tuple(table.texts(line) for line in table.lines),
        )
    ]
    if intervals:
        tables.append(
            FigureTable(
                _("Chỉ số hòa nhập II với khoảng tin cậy 95 %"),
                (
                    FigureColumn(_("Nhóm dân cư"), "text", 120, key=True),
                    FigureColumn(_("II (khoảng tin cậy)"), "tight"),
                    FigureColumn(_("Số đếm"), "text", 120, weight=2),
                    FigureColumn(_("Đọc là"), "text", 110, weight=2),
                ),
                intervals,
            )
        )
    value = Figures(
        title=_("Báo cáo hòa nhập"),
        organisation=organisation,
        group=block,
        mark=heads.mark(act, None),
        first_day=starts,
        last_day=ends,
        about=((_("Nơi"), place), (_("Gửi cho"), release.title), *_composite(table)),
        known=(*covered(table), *table.answered),
        known_title=_("Độ phủ: hộ có thành viên trên hộ của xã, và bao nhiêu người đã biết câu trả lời"),
        tables=tuple(tables),
        notes=table.notes,
        secret=table.secret,
        signed_on=act.today,
        place=signed,
        signers=(Signer(_("Người lập"), act.who), Signer(_("Người kiểm tra"))),
    )
    return Outcome(value)


def covered(table: InclusionTable) -> tuple[tuple[str, str], ...]:
    """Return the coverage of households of each category that the commune counts: printed before any average."""
    found = []
    for line in table.lines:
        if line.cover.value is not None and line.known:
            texts = table.texts(line)
            text = texts[2] if line.cover_hidden else f"{texts[2]} ({texts[3]})"
            found.append((_("Hộ: {name}").format(name=line.category.title), text))
    return tuple(found)


def _composite(table: InclusionTable) -> tuple[tuple[str, str], ...]:
    if table.composite is None:
        return ()
    shown = f"{table.composite:.2f}".replace(".", ",")
    text = _("{value} (từ {n} nhóm dân cư đủ dữ liệu)").format(value=shown, n=table.counted_in)
    return ((_("Chỉ số hòa nhập tổng hợp"), text),)


def export_inclusion(
    book: Book, scope: Scope, starts: date, ends: date, release: Release, path: Path | str, act: Act
) -> Outcome[int]:
    """Write the report of inclusion as xlsx or CSV, coverage first."""
    table = inclusion_report.report(book, scope, starts, ends, release, sensitive=sight.sees(book, act.who))
    width = len(table.titles)

    def wide(*texts: str) -> list[Value]:
        return [*texts, *([""] * (width - len(texts)))]

    rows = [list(table.texts(line)) for line in table.lines]
    beside: list[Sequence[Value]] = [wide("")]
    beside += [wide(name, text) for name, text in (*covered(table), *table.answered)]
    beside += [wide(*line) for line in table.intervals()]
    beside += [wide(note) for note in table.notes]
    beside += [wide(_("Mật – dùng trong xã"))] if table.secret else []
    export_table(path, table.titles, [*rows, *beside], sheet=_("Báo cáo hòa nhập"))
    return Outcome(len(rows))


# -- lists that lead to action ---------------------------------------------------------------------


def action_titles(which: ActionList) -> tuple[str, ...]:
    """Return the titles of the columns of a list, in the language in use."""
    return (
        _("Mã"),
        _("Chủ hộ") if which is ActionList.LEFT_OUT else _("Họ và tên"),
        _("Thôn, ấp"),
        _("Nhóm"),
        _("Cần biết"),
        _("Từ ngày"),
    )


def action_cells(row: ActionRow) -> tuple[str, ...]:
    """Return a row of a list as texts."""
    return (
        row.code,
        row.name,
        row.place,
        row.group,
        row.detail,
        "" if row.since is None else show_day(row.since),
    )


@heads.for_paper
def action_paper(book: Book, which: ActionList, scope: Scope, day: date, act: Act) -> Outcome[Figures]:
    """Return a list as a paper, with room to write what was done. It stays within the commune."""
    found = action_rows(book, which, scope, day, sensitive=sight.sees(book, act.who))
    note_rows(book, SeenHow.PRINTED, which, found)
    with book.read() as session:
        block, place, _signed = _place(session, scope)
        organisation = heads.organisation(session)
    titles = action_titles(which)
    value = Figures(
        title=which.title,
        organisation=organisation,
        group=block,
        mark=heads.mark(act, None),
        last_day=day,
        about=((_("Nơi"), place), (_("Số dòng"), str(len(found))), (_("Việc cần làm"), which.todo)),
        tables=(
            FigureTable(
                "",
                (
                    FigureColumn(_("STT"), "centre", 18, key=True),
                    FigureColumn(titles[0], "tight"),
                    FigureColumn(titles[1], "text", 100, key=True),
                    FigureColumn(titles[2], "text", 60),
                    FigureColumn(titles[3], "text", 80),
                    FigureColumn(titles[4], "text", 120, weight=2),
                    FigureColumn(titles[5], "tight", 44),
                    FigureColumn(_("Đã làm"), "write", 70),
                ),
                tuple((str(number), *action_cells(row), "") for number, row in enumerate(found, start=1)),
                empty=_("Không có ai trong danh sách này."),
            ),
        ),
        secret=True,
    )
    return Outcome(value)


def export_actions(
    book: Book, which: ActionList, scope: Scope, day: date, path: Path | str, act: Act
) -> Outcome[int]:
    """Write a list as xlsx or CSV, with what this role may see."""
    found = action_rows(book, which, scope, day, sensitive=sight.sees(book, act.who))
    note_rows(book, SeenHow.EXPORTED, which, found)
    kinds = [*([ColumnKind.TEXT] * 5), ColumnKind.DAY]
    cells: list[list[Value]] = [[*action_cells(row)[:5], row.since] for row in found]
    export_table(path, action_titles(which), cells, kinds, sheet=which.title)
    return Outcome(len(found))
