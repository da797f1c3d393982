"""The report of inclusion (indicators.md 6.4): who the members are beside the people of the commune, category by category.

Coverage comes first: of how many the answer is known, and how many households of each category have a member. Every
figure passes the rules of release; what cannot be trusted is a dash with a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from desktop.models.rules import suppression
from desktop.models.rules.categories import Category
from desktop.models.rules.inclusion import Ratio, composite
from desktop.models.rules.suppression import Counts, Release, protect
from desktop.services.analysis_hiding import left_out
from desktop.services.analysis_table import HIDDEN
from desktop.services.inclusion_columns import COLUMNS, SHARES, beside, figure, shown
from desktop.services.inclusion_ratios import Standing
from desktop.services.indicators.equity import DELICATE
from desktop.services.indicators.facts import Facts, Scope, Value
from desktop.services.indicators.loading import load
from desktop.services.population import NO_BENCHMARK, Benchmark, benchmark
from desktop.store.book import Book
from resources.lang.dong import show_number, show_percent
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category: its counts, ratios and figures. `known` is of how many members the answer is known.

    `hidden` tells that its members may not be shown; then nothing derived from them is.
    """

    category: Category
    population: int | None
    households: int | None
    reached: int
    members: int
    known: int
    officers: int
    index: Ratio
    cover: Ratio
    parity: Ratio
    credit: Ratio
    figures: tuple[Value, ...]
    hidden: bool = False
    cover_hidden: bool = False
    officers_hidden: bool = False


@dataclass(frozen=True, slots=True)
class InclusionTable:
    """The report as values: lines by category, `everybody` first, and what is to be said beside them."""

    scope: Scope
    starts: date
    ends: date
    release: Release
    lines: tuple[CategoryLine, ...]
    columns: tuple[tuple[str, str], ...]
    composite: float | None
    counted_in: int
    answered: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]

    @property
    def secret(self) -> bool:
        """Tell whether the paper must stay within the commune."""
        return self.release is Release.COMMUNE

    def texts(self, line: CategoryLine) -> tuple[str, ...]:
        """Return what is shown of a line, in the order of `titles`."""
        everybody = line.category is Category.ALL
        population = "–" if line.population is None else show_number(line.population)
        if line.households is None:
            households = show_number(line.reached) if not line.cover_hidden else HIDDEN
        else:
            households = f"{show_number(line.reached)}/{show_number(line.households)}"
        if not line.known:
            households = "–"
        if line.cover_hidden:
            households = HIDDEN
        cover = HIDDEN if line.cover_hidden else _percent(line.cover.value if line.known else None)
        cells: list[str] = [line.category.title, population, households, cover]
        if line.hidden:
            return (*cells, *([HIDDEN] * (5 + len(self.columns))))
        if not line.known:
            return (*cells, *(["–"] * (5 + len(self.columns))))
        cells.append(show_number(line.members))
        cells.append(_percent(Fraction(line.members, line.known) if line.known else None))
        cells.append("" if everybody else _times(line.index.value))
        cells.append(HIDDEN if line.officers_hidden else show_number(line.officers))
        cells.append(HIDDEN if line.officers_hidden else "" if everybody else _times(line.parity.value))
        for (key, _title), value in zip(self.columns, line.figures, strict=True):
            cells.append("" if everybody and key in SHARES else shown(key, value, self.release))
        return tuple(cells)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the titles of the columns, in the language in use."""
        return (
            _("Nhóm dân cư"),
            _("Dân số"),
            _("Hộ có thành viên"),
            _("Độ phủ hộ"),
            _("Thành viên"),
            _("Tỷ lệ"),
            _("II"),
            _("Ban quản lý"),
            _("LP"),
            *(_(title) for _key, title in self.columns),
        )

    def intervals(self) -> tuple[tuple[str, str, str, str], ...]:
        """Return, for each category with an index: name, index with its 95 % interval, the counts, how it reads."""
        found = []
        for line in self.lines[1:]:
            if line.hidden:
                continue
            ratio = line.index
            if ratio.value is None:
                reason = "" if ratio.missing is None else ratio.missing.title
                found.append((line.category.title, "–", _counts_of(ratio), reason))
                continue
            assert ratio.low is not None
            assert ratio.high is not None
            assert ratio.verdict is not None
            span = _("{value} (từ {low} đến {high})").format(
                value=_times(ratio.value),
                low=_times(Fraction(ratio.low)),
                high=_times(Fraction(ratio.high)),
            )
            found.append((line.category.title, span, _counts_of(ratio), ratio.verdict.title))
        return tuple(found)


def _counts_of(ratio: Ratio) -> str:
    members = f"{show_number(ratio.part)}/{show_number(ratio.whole)}"
    if not ratio.base:
        return _("thành viên {members}").format(members=members)
    return _("thành viên {members}, dân {people}").format(
        members=members, people=f"{show_number(ratio.base_part)}/{show_number(ratio.base)}"
    )


def _percent(value: Fraction | None) -> str:
    return "–" if value is None else show_percent(value, 1)


def _times(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.2f}".replace(".", ",")


def report(
    book: Book,
    scope: Scope,
    starts: date,
    ends: date,
    release: Release,
    *,
    sensitive: bool,
) -> InclusionTable:
    """Return the report of a place and a period; without `sensitive` only categories that everybody may see."""
    facts = load(book, scope, starts, ends)
    if release is not Release.COMMUNE:
        facts = facts.agreeing()
    with book.read() as session:
        base = benchmark(session, {group.commune for group in facts.groups}, ends)
    return make(facts, base, release, sensitive=sensitive)


def make(facts: Facts, base: Benchmark, release: Release, *, sensitive: bool) -> InclusionTable:
    """Return the report of facts beside a benchmark."""
    if facts.scope.group is not None:
        base = NO_BENCHMARK  # a group is not held against a whole commune
    wanted = [one for one in Category if sensitive or not one.sensitive]
    lines = [_line(facts, base, release, category) for category in wanted]
    keys, whole = [key for key, _title in COLUMNS], lines[0].figures
    lines = [replace(line, figures=beside(keys, line.figures, whole)) for line in lines]
    used = [line for line in lines[1:] if not line.hidden and line.index.value is not None]
    return InclusionTable(
        facts.scope,
        facts.starts,
        facts.ends,
        release,
        tuple(line for line in lines if line.category is Category.ALL or line.known or line.population),
        COLUMNS,
        composite(line.index for line in used),
        len(used),
        tuple(
            (
                line.category.title,
                _("{known}/{all} ({share})").format(
                    known=show_number(line.known),
                    all=show_number(len(facts.people)),
                    share=_percent(Fraction(line.known, len(facts.people)) if facts.people else None),
                ),
            )
            for line in lines[1:]
            if line.category in _ASKED
        ),
        _notes(base, release, lines, facts),
    )


_ASKED = (
    Category.DISABLED,
    Category.CERTIFIED,
    Category.MINORITY,
    Category.POOR,
    Category.YOUTH,
)
"""Categories whose answer may be missing: how many are known is printed before anything else."""


def _line(
    facts: Facts,
    base: Benchmark,
    release: Release,
    category: Category,
) -> CategoryLine:
    found = Standing(facts, base, category)
    mine, reached, officers = found.mine, found.reached, found.officers
    # Owners and workers who are no members are of the category too: figures of livelihoods and jobs count them.
    also = {part.member for part in facts.others if category.holds(part.traits)}
    some = facts.only(lambda part: part.member in mine or part.member in also)
    households = base.households.get(category)
    least = suppression.least_count(release, delicate=category in DELICATE)
    return CategoryLine(
        category,
        base.persons.get(category),
        households if category.by_household else None,
        len(reached),
        len(mine),
        found.known,
        len(officers & mine),
        found.index,
        found.cover,
        found.parity,
        found.credit,
        tuple(figure(key, found, some) for key, _title in COLUMNS),
        hidden=_small(len(mine), found.known, least),
        cover_hidden=_small(len(reached), households or 0, least),
        officers_hidden=_small(len(officers & mine), len(officers), least),
    )


def _small(number: int, whole: int, least: int) -> bool:
    """Tell whether a count, or what is left of the whole beside it, is too small to be shown."""
    if not least:
        return False
    rest = max(0, whole - number)
    return (0, 0) in protect(Counts(((number, rest),)), least, rows_tell=False, columns_tell=False).cells


def _notes(base: Benchmark, release: Release, lines: Sequence[CategoryLine], facts: Facts) -> tuple[str, ...]:
    notes = []
    if base.years:
        years = ", ".join(str(year) for year in base.years)
        notes.append(
            _("Số dân: năm {years}; nguồn: {sources}.").format(
                years=years, sources="; ".join(base.sources) or _("không ghi")
            )
        )
    elif facts.scope.group is not None:
        notes.append(_("Báo cáo của một nhóm không so với dân số của cả xã."))
    else:
        notes.append(_("Chưa có số dân của xã: nhập ở thẻ Số dân để tính II và độ phủ."))
    notes.append(
        _(
            "II: tỷ lệ trong thành viên chia cho tỷ lệ trong dân cùng lứa tuổi; dưới 0,8 là thiếu đại diện, "
            "trên 1,2 là được ưu tiên. LP: tỷ lệ trong ban quản lý chia cho tỷ lệ trong thành viên."
        )
    )
    notes.append(
        _(
            "Ban quản lý: tổ trưởng, thư ký, thủ quỹ. Tỷ lệ tính trên những người đã biết câu trả lời; "
            "khoảng tin cậy 95 % theo Wilson."
        )
    )
    notes.append(
        _(
            "Tiếp cận vốn: phần trong tiền cho vay của kỳ chia cho tỷ lệ trong thành viên. Hưởng lợi: cũng vậy với "
            "giờ học và hỗ trợ đã nhận. 1 là ngang bằng, dưới 0,8 là ít hơn phần của mình."
        )
    )
    if any(line.hidden or line.cover_hidden or line.officers_hidden for line in lines):
        notes.append(
            _(
                "Dấu {sign}: số người quá ít (hoặc phần còn lại quá ít), được ẩn để bảo vệ dữ liệu cá nhân."
            ).format(sign=HIDDEN)
        )
    notes += left_out(facts, release)
    if release is Release.COMMUNE:
        notes.append(_("Bản không ẩn số liệu: chỉ dùng trong xã."))
    return tuple(notes)
