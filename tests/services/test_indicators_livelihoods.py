"""Livelihoods, jobs and climate in the one list of indicators: the same figures as the page, crossed, hidden, drilled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from desktop.models.kinds import EntryKind, Poverty, Sex
from desktop.models.livelihood_kinds import (
    Decider,
    Employment,
    Evidence,
    Hazard,
    JobKind,
    LossShare,
    Wave,
)
from desktop.models.problems import Refusal
from desktop.models.rules.categories import Category
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.livelihoods.climate import Risk
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.livelihoods.jobs import Term
from desktop.models.rules.suppression import Release
from desktop.services import (
    analysis,
    business_plans,
    figure_papers,
    inclusion_report,
    jobs,
    livelihood_gathering,
    livelihood_indicators,
    livelihood_standards,
    livelihood_visits,
    livelihoods,
    poverty,
    shock_book,
    shocks,
    vouchers,
)
from desktop.services.analysis_table import HIDDEN, SUM, Choice, CrossTable
from desktop.services.indicator_list import IndicatorRow, indicator_list
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import NO_DATA, indicators
from desktop.services.jobs import NewJob, Worker
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.services.shock_book import Event, LossLine
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from resources.indicators import definitions
from tests.inclusion_village import COMMUNE, Mixed, mixed
from tests.ready_books import ready_book
from tests.services.people_kit import enrol, household
from tests.village import an_act

TODAY = date(2027, 3, 1)
STARTS = date(2026, 1, 1)
STARTED = date(2026, 2, 1)
FLOOD = date(2026, 3, 2)
SALT, SUN = Risk(Hazard.SALT, 3, 2), Risk(Hazard.HEAT, 1, 2)


@dataclass(frozen=True)
class Place:
    """The group of eight women and four men, of whom the last has not agreed to stand in figures outside."""

    village: Mixed
    outside: int
    """A man of no group who heads a household with an activity."""


def fill(book: Book) -> Place:
    """Four activities: of the first woman (ducks), the last man (a shop), a household of no member, and the group.

    The first woman and a neighbour have new jobs of half a year, the last man's job grew from a half to a whole. A flood
    hit the first woman (3 million) and the household outside (1 million); the fund gave her 10.000 within the week.
    """
    village, act = mixed(book, silent=1), an_act(date(2026, 1, 20))
    home = household(book, act, "ấp 9", commune_code=COMMUNE)
    outside = enrol(book, act, "Lê Văn Ngoài", sex=Sex.MALE, household=home, is_head=True, agreed=True)
    first, last = village.members[0], village.members[-1]
    for place, status in ((0, Poverty.POOR), (-1, Poverty.NOT_POOR)):
        poverty.record(book, poverty.RecordPoverty(village.homes[place], 2026, "2022", status), act)
    act = an_act(STARTED)

    def start(owner: Owner, name: str, vsic: str, **more: object) -> livelihoods.LivelihoodId:
        made = Activity(owner, name, vsic, started=STARTED)
        return livelihoods.register(book, replace(made, **more), act).value  # type: ignore[arg-type]

    ducks = start(Owner(first), "Nuôi vịt", "0146", risks=(SALT, SUN), decider=Decider.JOINT)
    shop = start(Owner(last), "Tạp hóa", "4711", risks=(SUN,), decider=Decider.ALONE)
    start(Owner(household=home), "Vườn", "0121")
    start(Owner(group=village.group), "Xay lúa", "1061")
    for points, when in ((12_000, (2026, 0)), (12_600, (2027, 2))):
        livelihood_standards.keep_price(book, *when, points, "Thử", an_act())
    for key, before, after in ((ducks, 38_000_000, 44_000_000), (shop, 40_000_000, 40_500_000)):
        for wave, day, revenue in (
            (Wave.BASE, date(2026, 1, 25), before),
            (Wave.M12, date(2027, 2, 1), after),
        ):
            counted = Figures(revenue=revenue, costs=20_000_000, days=120, minutes=240, household=4)
            visit = Visit(key, wave, day, "Cán bộ", counted, evidence=Evidence.VISIT_PHOTO, agreed=True)
            livelihood_visits.record(book, visit, an_act(max(day, STARTED)))
    plan = Plan("Trứng", "Chợ", "trăm", 1, 2, 10, 100, own=150, incomes=(10,) * 12, expenses=(10,) * 12)
    planned = date(2026, 6, 1)
    kept = business_plans.keep(book, ducks, plan, an_act(planned)).value
    business_plans.approve(book, kept, ("Bà A", "Ông B"), planned, an_act(TODAY))

    def work(worker: Worker, kind: JobKind, place: livelihoods.LivelihoodId, day: date) -> jobs.JobId:
        new = NewJob(worker, kind, Employment.SELF, Term(day, 120, 480), place, evidence=Evidence.CASHBOOK)
        return jobs.add(book, new, an_act(TODAY)).value

    work(Worker(first), JobKind.NEW, ducks, date(2026, 3, 1))
    work(Worker(name="Trần Văn Út", birth_year=2005, sex=Sex.MALE), JobKind.NEW, ducks, date(2026, 5, 1))
    grown = work(Worker(last), JobKind.EXISTING, shop, date(2026, 1, 20))
    jobs.new_term(book, grown, Term(date(2026, 6, 1), 240, 480), Evidence.CASHBOOK, an_act(TODAY))
    shock = shocks.keep_event(book, Event(Hazard.FLOOD, "Lũ", FLOOD, FLOOD), an_act(FLOOD)).value
    for house, value, recovered in ((village.homes[0], 3_000_000, date(2026, 6, 2)), (home, 1_000_000, None)):
        lost = LossLine(house, "Vịt", "", value, LossShare.UNDER_30, recovered=recovered)
        shocks.keep_loss(book, shock, lost, an_act(TODAY))
    day = date(2026, 3, 8)
    grant = RecordVoucher(village.group, EntryKind.SOCIAL_OUT, 10_000, day, first, "Lũ")
    vouchers.record(book, grant, an_act(day))
    (payable,) = shock_book.payables(book, shock)
    shocks.link(book, shock, payable.kind, payable.key, "", an_act(TODAY))
    shocks.keep_preparedness(book, village.homes[0], TODAY, "Kê cao", an_act(TODAY))
    return Place(village, outside)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[Book, Place]]:
    book, made = ready_book(tmp_path / "so.sonhom", "livelihoods of a mixed village", fill)
    with book:
        yield book, made


def rows(book: Book, scope: Scope = Scope(), release: Release = Release.COMMUNE) -> dict[str, IndicatorRow]:
    found = indicator_list(book, scope, STARTS, TODAY, release, sensitive=True)
    return {row.id: row for row in found.rows}


def crossed(book: Book, measure: str, by: str, columns: str = "none", **more: object) -> CrossTable:
    choice = replace(Choice(measure, by, columns, STARTS, TODAY), **more)  # type: ignore[arg-type]
    return analysis.cross(book, choice, sensitive=True)


def sums(table: CrossTable) -> dict[str, str]:
    """Return what the last column shows, by row, and of all together."""
    return {name: row[-1].text for name, row in zip((*table.row_names, SUM), table.cells, strict=True)}


# -- the list is whole -----------------------------------------------------------------------------


def test_every_indicator_of_the_programme_is_computed_or_its_want_of_data_is_told() -> None:
    assert set(indicators()) | set(NO_DATA) == set(definitions())
    assert not set(indicators()) & set(NO_DATA)
    told = Path(__file__).parents[2].joinpath("docs", "indicators.md").read_text(encoding="utf-8")
    for key in NO_DATA:
        assert f"| {key} |" in told, f"docs/indicators.md does not say why there is no {key}"


def test_what_has_no_data_stands_in_the_list_with_its_reason_and_is_not_crossed(
    place: tuple[Book, Place],
) -> None:
    book, _made = place
    found = rows(book)
    assert [key for key in found if "." not in key] == list(definitions())
    for key in NO_DATA:
        assert (found[key].shown, found[key].measure) == ("–", "")
        assert found[key].reason
    with pytest.raises(Refusal):
        crossed(book, "KN01", "sex")


# -- the same figures as the page and the papers ---------------------------------------------------


@pytest.mark.parametrize("where", ["book", "commune", "group", "nowhere"])
def test_a_figure_of_the_list_is_that_of_the_page_of_livelihoods(
    place: tuple[Book, Place], where: str
) -> None:
    book, made = place
    scope = {
        "book": Scope(),
        "commune": Scope(commune=COMMUNE),
        "group": Scope(made.village.group),
        "nowhere": Scope(commune="99999"),
    }[where]
    found = rows(book, scope)
    group = None if where == "book" else made.village.group
    if where == "nowhere":
        assert {found[key].shown for key in ("SK01", "SK02", "VL01", "VL02", "SK06")} == {"0"}
        assert {found[key].shown for key in ("SK04", "SK05", "VL06", "KH01", "KH03")} == {"–"}
        return
    page = livelihood_gathering.figures(book, TODAY, group)
    lines = {line.id: line.value for line in livelihood_indicators.indicators(page)}
    shown = {key: row.shown for key, row in found.items()}
    for key in ("SK01", "SK02", "SK05", "SK07", "VL01", "VL05", "VL06", "VL07", "VL09"):
        assert shown[key] == lines[key], key
    for key in ("KH01", "KH02", "KH04", "KH05", "KH06"):
        assert shown[key] == lines[key], key
    assert (shown["SK03.6"], shown["SK03.12"]) == (lines["SK03a"], lines["SK03b"])
    assert shown["SK03"] == lines["SK03b"]
    for key in ("SK06", "KH03"):
        assert f"{shown[key]}\u00a0₫" == lines[key], key
    assert f"{shown['SK04']}\u00a0₫ ({shown['SK04.percent']})" == lines["SK04"]
    for key in ("VL02", "VL03", "VL04"):
        assert f"{shown[key]} việc, {shown[f'{key}.fte']} FTE" == lines[key], key


def test_figures_counted_by_hand(place: tuple[Book, Place]) -> None:
    book, _made = place
    value = {key: row.value.amount for key, row in rows(book).items()}
    # Ducks 24.000.000 / 1,05 − 18.000.000; shop 20.500.000 / 1,05 − 20.000.000: the middle of both.
    ducks, shop = Fraction(24_000_000) / Fraction(105, 100) - 18_000_000, 20_500_000 / Fraction(105, 100)
    change = (round(ducks) + round(shop - 20_000_000)) / 2
    assert value["SK04"] is not None
    assert abs(value["SK04"] - Fraction(change)) <= 1
    assert (value["SK01"], value["SK05"], value["SK07"], value["SK07.period"]) == (4, Fraction(1, 2), 1, 1)
    assert value["SK06"] == value["SK06.own"] == 150
    assert (value["VL02"], value["VL02.fte"], value["VL03"], value["VL03.fte"]) == (2, 1, 1, Fraction(1, 2))
    assert (value["VL01"], value["VL09"]) == (Fraction(3, 2), 120 + 120 + 120)
    # Nobody was asked whether it would be so anyway: nothing is claimed.
    assert (value["VL05"], value["VL06"]) == (0, Fraction(1, 2))
    assert (value["KH01"], value["KH02"]) == (Fraction(1, 2), 0)
    assert (value["KH03"], value["KH05"], value["KH06"]) == (2_000_000, 1, Fraction(1, 12))
    assert value["KH04"] == Fraction(
        91, 30
    )  # 2 March to 2 June: 92 days of 30,44 a month, in whole days of 30
    assert value["HN09"] == 1  # the one woman who owns an activity decides with her husband


def asked(book: Book) -> int:
    """Return how many questions the book is asked when facts are loaded."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        load(book, Scope(), STARTS, TODAY)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def test_more_activities_jobs_and_losses_ask_no_more_of_the_book(place: tuple[Book, Place]) -> None:
    book, made = place
    before = asked(book)
    shock = shock_book.events(book, TODAY)[0].id
    for member, home in zip(made.village.members[1:5], made.village.homes[1:5], strict=True):
        new = Activity(Owner(member), "Rau", "0118", started=STARTED, risks=(SALT,))
        key = livelihoods.register(book, new, an_act(STARTED)).value
        term = Term(date(2026, 3, 1), 120, 480)
        job = NewJob(Worker(member), JobKind.NEW, Employment.SELF, term, key, evidence=Evidence.CASHBOOK)
        jobs.add(book, job, an_act(TODAY))
        lost = LossLine(home, "Rau", "", 500_000, LossShare.UNDER_30, livelihood=key)
        shocks.keep_loss(book, shock, lost, an_act(TODAY))
    assert rows(book)["SK01"].value.amount == 8
    assert asked(book) <= before + 1  # the visits, once, when a loss is of an activity


# -- crossed ---------------------------------------------------------------------------------------


def test_owners_are_told_apart_by_their_traits_also_when_they_are_no_members(
    place: tuple[Book, Place],
) -> None:
    book, _made = place
    assert sums(crossed(book, "SK01", "sex")) == {"Nữ": "1", "Nam": "2", "Không rõ": "1", SUM: "4"}
    assert sums(crossed(book, "SK01", "poverty")) == {
        "Hộ nghèo": "1",
        "Không nghèo": "1",
        "Không rõ": "2",
        SUM: "4",
    }
    by_group = sums(crossed(book, "SK01", "group"))
    assert by_group == {"Hoa Sen": "3", "Không thuộc nhóm nào": "1", SUM: "4"}
    # Who owns no activity and is no member is in no other table.
    assert SUM not in sums(crossed(book, "NH02", "group")).values()
    assert sums(crossed(book, "NH02", "group")) == {"Hoa Sen": "12", SUM: "12"}


@pytest.mark.parametrize("by", ["sex", "age", "disability", "poverty", "ethnicity", "group", "hamlet"])
@pytest.mark.parametrize("measure", ["SK01", "SK06", "VL01", "VL02"])
def test_what_is_counted_adds_up_over_any_table(place: tuple[Book, Place], measure: str, by: str) -> None:
    book, _made = place
    table = crossed(book, measure, by, "sex" if by != "sex" else "age")
    for lines in (table.cells, tuple(zip(*table.cells, strict=True))):
        for line in lines:
            assert sum(cell.value.amount or 0 for cell in line[:-1]) == line[-1].value.amount


def test_a_branch_a_hazard_and_a_status_take_only_what_is_theirs(place: tuple[Book, Place]) -> None:
    book, _made = place
    assert sums(crossed(book, "SK01", "section")) == {
        "Nông, lâm nghiệp, thủy sản": "2",
        "Chế biến, tiểu thủ công nghiệp": "1",
        "Buôn bán": "1",
        SUM: "4",
    }
    assert sums(crossed(book, "VL02", "section")) == {"Nông, lâm nghiệp, thủy sản": "2", SUM: "2"}
    assert sums(crossed(book, "VL02", "employment", "sex")) == {"Tự làm": "2", SUM: "2"}
    # Both have heat, at 2 of 9; the ducks alone have salt, at 6.
    risk = sums(crossed(book, "KH01", "hazard"))
    assert (risk["Xâm nhập mặn"], risk["Nắng nóng"], risk[SUM]) == ("100\u00a0%", "0\u00a0%", "50\u00a0%")
    assert sums(crossed(book, "KH03", "hazard")) == {"Lũ": "2.000.000", SUM: "2.000.000"}
    assert sums(crossed(book, "KH03", "poverty")) == {
        "Hộ nghèo": "3.000.000",
        "Không nghèo": "–",
        "Không rõ": "1.000.000",
        SUM: "2.000.000",
    }


def test_parts_of_a_job_are_drawn_in_hundredths(place: tuple[Book, Place]) -> None:
    book, _made = place
    chart = figure_papers.chart_of(crossed(book, "VL01", "sex"))
    assert chart is not None
    # Half a job for the first woman; half for the neighbour and half more for the last man.
    assert (chart.per, chart.categories, chart.series[0][1]) == (100, ("Nữ", "Nam"), (50, 100))
    assert chart.title == "Việc làm ròng tăng thêm (FTE)"
    whole = figure_papers.chart_of(crossed(book, "SK01", "sex"))
    assert whole is not None
    assert (whole.per, whole.series[0][1]) == (1, (1, 2, 1))


def test_behind_a_cell_stand_those_whom_it_counts(place: tuple[Book, Place]) -> None:
    book, _made = place

    def behind(measure: str, row: str, by: str = "sex") -> list[str]:
        choice = Choice(measure, by, "none", STARTS, TODAY)
        return [one.name for one in analysis.people_behind(book, choice, row, SUM, sensitive=True)]

    assert behind("SK01", "F") == ["Trần Thị Aa"]
    assert set(behind("SK01", "M")) == {"Trần Văn Al", "Lê Văn Ngoài"}
    assert behind("SK01", "?") == ["Hoa Sen"]
    assert set(behind("VL02", SUM)) == {"Trần Thị Aa", "Trần Văn Út"}
    assert len(behind("NH02", "F")) == 8
    outside = Choice("SK01", "sex", "none", STARTS, TODAY, release=Release.DONOR)
    with pytest.raises(Refusal):
        analysis.people_behind(book, outside, "F", SUM, sensitive=True)


def test_the_report_of_inclusion_says_the_same_of_jobs_and_incomes(place: tuple[Book, Place]) -> None:
    book, _made = place
    table = inclusion_report.report(book, Scope(), STARTS, TODAY, Release.COMMUNE, sensitive=True)
    at = {key: column for column, (key, _title) in enumerate(table.columns)}
    lines = {line.category: line.figures for line in table.lines}
    found = rows(book)
    for key in ("SK04", "VL01"):
        assert lines[Category.ALL][at[key]].amount == found[key].value.amount
    assert lines[Category.FEMALE][at["VL01"]].amount == Fraction(1, 2)
    assert lines[Category.YOUTH][at["VL01"]].amount == Fraction(1, 2)  # the neighbour, who is no member


# -- outside the commune ---------------------------------------------------------------------------


def test_few_owners_and_workers_are_hidden_outside_the_commune(place: tuple[Book, Place]) -> None:
    book, _made = place
    found = rows(book, release=Release.PARTNER)
    for key in ("SK01", "SK04", "SK06", "VL01", "VL02", "VL02.fte", "KH01", "KH03", "HN09"):
        assert found[key].shown == HIDDEN, key
    for measure, by in (("SK01", "sex"), ("SK01", "section"), ("VL01", "sex"), ("KH01", "sex")):
        table = crossed(book, measure, by, release=Release.PARTNER)
        # Nobody of a row may be shown by himself, however many members the row has.
        for row in table.cells:
            for cell in row:
                assert cell.hidden or not cell.people, (measure, by)


def test_outside_only_those_who_agreed_are_counted_and_the_others_are_told(
    place: tuple[Book, Place],
) -> None:
    book, _made = place
    facts = load(book, Scope(), STARTS, TODAY)
    agreed = facts.agreeing()
    # The shop is the last man's, who has not agreed; he of no group has not been asked.
    assert indicators()["SK01"].compute(agreed).amount == 2
    assert indicators()["VL03"].compute(agreed).amount == 0
    choice = Choice("SK01", "sex", "none", STARTS, TODAY, release=Release.PARTNER)
    assert analysis.facts_for(facts, choice).left_out == 2
    with book.read() as session:
        everyone = frozenset(part.member for part in (*facts.parts, *facts.others) if part.agrees)
        page = livelihood_gathering.figures_in(session, TODAY, agreed=everyone)
    assert (len(page.operating), page.left_out) == (2, 2)
    assert page.loss_per_home == indicators()["KH03"].compute(agreed).amount == 3_000_000


def test_activities_that_last_are_the_same_in_a_table_and_on_the_page(book: Book) -> None:
    """Of whoever they are: a second one of one owner, a household's, the group's; the table says that these stand in it."""
    place = fill(book)
    second = Activity(Owner(place.village.members[0]), "Nuôi cá", "0322", started=STARTED)
    livelihoods.register(book, second, an_act(STARTED))
    unseen = [row.id for row in livelihood_gathering.figures(book, TODAY).livelihoods if not row.visits]
    counted = Figures(revenue=9_000_000, costs=1_000_000, days=120, minutes=240, household=4)
    for key in unseen:
        for wave, day in ((Wave.BASE, date(2026, 1, 25)), (Wave.M12, date(2027, 2, 1))):
            visit = Visit(key, wave, day, "Cán bộ", counted, evidence=Evidence.VISIT_PHOTO, agreed=True)
            livelihood_visits.record(book, visit, an_act(max(day, STARTED)))
    lasting = livelihood_gathering.figures(book, TODAY).survival12
    assert (lasting.operating, lasting.visited) == (5, 5)
    for by in ("sex", "age", "poverty", "ethnicity", "group", "kind", "commune", "section"):
        table = analysis.cross(book, Choice("SK03", by, "none", STARTS, TODAY), sensitive=True)
        *lines, whole = (line[-1].value for line in table.cells)
        assert (whole.numerator, whole.denominator) == (lasting.operating, lasting.visited)
        assert sum(value.numerator for value in lines) == lasting.operating
        assert sum(value.denominator or 0 for value in lines) == lasting.visited
        assert any("trang Sinh kế" in note for note in table.notes)
    alone = analysis.cross(book, Choice("NH02", "sex", "none", STARTS, TODAY), sensitive=True)
    assert not any("trang Sinh kế" in note for note in alone.notes)
