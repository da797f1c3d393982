"""The board's charts as values: change of income and jobs added, by a characteristic, as a reader may see them."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.rules.suppression import Release
from desktop.services import sight
from desktop.services.board.reading import HIDDEN
from desktop.services.board.values import Period
from desktop.services.livelihood_breakdowns import Breakdown, income_by, jobs_by
from desktop.services.livelihood_cuts import Cut
from desktop.services.livelihood_figures import Figures
from desktop.services.livelihood_gathering import figures
from desktop.services.livelihood_release import cut_tables
from desktop.store.book import Book
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: a bar for each category. `per` 100: values are hundredths. `words` say it without eyes."""

    title: str
    categories: tuple[str, ...]
    values: tuple[int, ...]
    per: int
    words: str


@dataclass(frozen=True, slots=True)
class CutBars:
    """Both charts of one characteristic."""

    key: str
    title: str
    income: Bars
    jobs: Bars


def charts(book: Book, period: Period, release: Release, who: str) -> list[CutBars]:
    """Return the charts as of the end of a period, one pair for each characteristic that may be shown."""
    found = figures(book, period.ends, sensitive=sight.sees(book, who), release=release)
    tables = {table.title: table for table in cut_tables(found, release)}
    made = []
    for cut in found.cuts():
        lines = tables[cut.shown_title()].lines
        incomes = {line.title for line in lines if line.change != HIDDEN}
        jobs = {line.title for line in lines if line.fte != HIDDEN and line.jobs != HIDDEN}
        made.append(
            CutBars(cut.key, cut.shown_title(), _income(found, cut, incomes), _jobs(found, cut, jobs))
        )
    return made


def _income(found: Figures, cut: Cut, shown: set[str]) -> Bars:
    breakdown = income_by(found, cut)
    pairs = [
        (one.title, round((one.value or 0) / 1000))
        for one in breakdown.slices
        if one.title in shown and one.value is not None
    ]
    title = _("Thay đổi thu nhập thực một năm, trung vị (nghìn đồng)")
    return _bars(title, pairs, 1, len(breakdown.slices) - len(pairs), _of(breakdown))


def _jobs(found: Figures, cut: Cut, shown: set[str]) -> Bars:
    breakdown = jobs_by(found, cut)
    pairs = [(one.title, round((one.value or 0) * 100)) for one in breakdown.slices if one.title in shown]
    title = _("Việc làm tăng thêm so với trước hỗ trợ (FTE)")
    return _bars(title, pairs, 100, len(breakdown.slices) - len(pairs), _of(breakdown))


def _of(breakdown: Breakdown) -> int:
    return sum(one.count for one in breakdown.slices)


def _bars(title: str, pairs: list[tuple[str, int]], per: int, hidden: int, whole: int) -> Bars:
    said = "; ".join(f"{name}: {_shown(value, per)}" for name, value in pairs) or _("chưa có số liệu")
    words = f"{title}. {said}."
    if hidden:
        text = ngettext("{n} nhóm bị ẩn.", "{n} nhóm bị ẩn.", hidden).format(n=hidden)
        words = f"{words} {text}"
    elif whole:
        words = f"{words} " + _("Tính từ {n} dòng.").format(n=show_number(whole))
    return Bars(title, tuple(name for name, _v in pairs), tuple(value for _n, value in pairs), per, words)


def _shown(value: int, per: int) -> str:
    if per == 1:
        return show_number(value)
    sign = "−" if value < 0 else ""
    return f"{sign}{show_number(abs(value) // per)},{abs(value) % per:02d}"
