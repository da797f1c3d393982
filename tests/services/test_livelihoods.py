"""Livelihoods, visits, plans, jobs, matching and shocks through the services, on both engines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import select

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, MemberId
from desktop.models.kinds import EntryKind, Sex
from desktop.models.livelihood_kinds import (
    Accommodation,
    Contribution,
    Employment,
    Evidence,
    Hazard,
    JobKind,
    LivelihoodState,
    LossShare,
    Practice,
    ReliefKind,
    SeekerState,
    Skill,
    Wave,
)
from desktop.models.problems import Refusal, Trouble
from desktop.models.records.every import Member
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.livelihoods.climate import Risk
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.livelihoods.jobs import Term
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.livelihoods.visits import DueState
from desktop.models.rules.suppression import Release
from desktop.services import (
    analysis,
    business_plans,
    history,
    households,
    job_matching,
    job_papers,
    jobs,
    livelihood_book,
    livelihood_gathering,
    livelihood_papers,
    livelihood_release,
    livelihood_standards,
    livelihood_visits,
    livelihoods,
    organisation_measures,
    placements,
    shock_book,
    shocks,
    verify,
    vouchers,
)
from desktop.services.analysis_table import SUM, Choice
from desktop.services.households import FoundHousehold
from desktop.services.job_matching import Opening, Seeker
from desktop.services.jobs import JobFilter, NewJob, Worker
from desktop.services.livelihood_book import LivelihoodFilter
from desktop.services.livelihood_breakdowns import jobs_by
from desktop.services.livelihood_indicators import indicators
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, ChangeActivity, Owner
from desktop.services.placements import CheckRow
from desktop.services.shock_book import Event, LossLine
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.village import Village, an_act, meet, settle

STARTED = date(2026, 2, 1)
TODAY = date(2027, 3, 1)
GOOD = Figures(revenue=40_000_000, costs=20_000_000, days=120, minutes=240, household=4)


@dataclass(frozen=True)
class Place:
    """A village with one activity, its owner living in a household."""

    book: Book
    village: Village
    home: HouseholdId
    key: LivelihoodId

    @property
    def owner(self) -> MemberId:
        return self.village.members[0]


@pytest.fixture
def place(any_book: Book) -> Place:
    village = settle(any_book)
    home = households.found(any_book, FoundHousehold(), an_act()).value
    households.move(any_book, village.members[:2], home, an_act())
    households.appoint_head(any_book, home, village.members[0], an_act())
    key = livelihoods.register(any_book, activity(village.members[0]), an_act(date(2026, 1, 20))).value
    return Place(any_book, village, home, key)


def activity(member: MemberId, **more: object) -> Activity:
    made = Activity(Owner(member), "Nuôi vịt đẻ", "0146", started=STARTED, risks=(Risk(Hazard.SALT, 3, 2),))
    return replace(made, **more)  # type: ignore[arg-type]


def visit(place: Place, wave: Wave, day: date, revenue: int = 40_000_000, **more: object) -> None:
    figures = replace(GOOD, revenue=revenue)
    made = Visit(place.key, wave, day, "Cán bộ", figures, evidence=Evidence.VISIT_PHOTO, agreed=True)
    livelihood_visits.record(place.book, replace(made, **more), an_act(max(day, STARTED)))  # type: ignore[arg-type]


def codes(refused: pytest.ExceptionInfo[Refusal]) -> set[tuple[str, str]]:
    return {(one.field, one.code) for one in refused.value.problems}


# -- activities ------------------------------------------------------------------------------------


def test_an_activity_is_found_by_its_owner_group_and_words(place: Place) -> None:
    rows = livelihood_book.listed(place.book, LivelihoodFilter(place.village.group), TODAY)
    assert [(row.code, row.owner.sex, row.state, row.risk) for row in rows] == [
        ("SK-0001", Sex.FEMALE, LivelihoodState.OPERATING, 6)
    ]
    for text in ("vit", "sk-0001", "hoa 1", "gia cam"):
        assert livelihood_book.listed(place.book, LivelihoodFilter(text=text), TODAY)
    assert not livelihood_book.listed(place.book, LivelihoodFilter(GroupId(999)), TODAY)
    before = livelihood_book.listed(place.book, LivelihoodFilter(), date(2026, 1, 25))
    assert before[0].state is LivelihoodState.PLANNED


def test_an_activity_needs_one_owner_a_name_a_branch_and_practices_when_smart(place: Place) -> None:
    with pytest.raises(Refusal) as refused:
        livelihoods.register(place.book, Activity(Owner(), " ", "9999", smart=True), an_act())
    assert codes(refused) == {
        ("owner", "owner"),
        ("name", "missing"),
        ("vsic_code", "vsic"),
        ("practices", "practices"),
    }
    with pytest.raises(Refusal):
        livelihoods.register(place.book, activity(MemberId(99_999)), an_act())


def test_the_chain_knows_what_changed_and_two_editors_are_told(place: Place) -> None:
    detail = livelihood_book.detail(place.book, place.key, TODAY)
    changed = activity(place.owner, name="Nuôi vịt thịt", started=date(2026, 2, 3))
    command = ChangeActivity(place.key, detail.version, changed)
    livelihoods.change(place.book, command, an_act(date(2026, 2, 5)))
    with pytest.raises(Trouble):
        livelihoods.change(place.book, command, an_act(date(2026, 2, 6)))
    after = livelihood_book.detail(place.book, place.key, TODAY)
    assert after.row.started == date(2026, 2, 3)
    assert [event.day for event in after.story] == [date(2026, 2, 3)]
    assert not verify.verify(place.book).findings


def test_pausing_and_closing_need_a_reason_and_go_forward(place: Place) -> None:
    def step(state: LivelihoodState, day: date, reason: str) -> None:
        livelihoods.set_state(place.book, place.key, state, day, reason, an_act(TODAY))

    with pytest.raises(Refusal) as refused:
        step(LivelihoodState.CLOSED, date(2026, 6, 1), " ")
    assert codes(refused) == {("reason", "reason")}
    step(LivelihoodState.PAUSED, date(2026, 6, 1), "Thiếu nước")
    with pytest.raises(Refusal):
        step(LivelihoodState.OPERATING, date(2026, 5, 1), "")
    step(LivelihoodState.CLOSED, date(2026, 8, 1), "Bán hết đàn")
    rows = livelihood_book.listed(place.book, LivelihoodFilter(), date(2026, 7, 1))
    assert rows[0].state is LivelihoodState.PAUSED
    rows = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)
    assert (rows[0].state, rows[0].closed) == (LivelihoodState.CLOSED, date(2026, 8, 1))


def test_only_loans_of_the_household_pay_for_an_activity(place: Place) -> None:
    from tests.services.loan_kit import lend  # the loan of another member

    own, other = lend(place.book, place.village, 1), lend(place.book, place.village, 2)
    with pytest.raises(Refusal) as refused:
        livelihoods.link_loan(place.book, place.key, other, "", an_act(TODAY))
    assert codes(refused) == {("loan", "other-owner")}
    livelihoods.link_loan(place.book, place.key, own, "Mua vịt giống", an_act(TODAY))
    with pytest.raises(Refusal):
        livelihoods.link_loan(place.book, place.key, own, "", an_act(TODAY))
    detail = livelihood_book.detail(place.book, place.key, TODAY)
    assert [(loan.id, loan.purpose) for loan in detail.loans] == [(own, "Mua vịt giống")]
    assert "loan" in {event.kind for event in detail.story}
    livelihoods.unlink_loan(place.book, place.key, own, an_act(TODAY))
    assert not livelihood_book.detail(place.book, place.key, TODAY).loans


# -- visits and plans ------------------------------------------------------------------------------


def test_visits_become_due_and_tell_income(place: Place) -> None:
    assert [row.visit.wave for row in livelihood_visits.due(place.book, date(2026, 1, 25))] == [Wave.BASE]
    visit(place, Wave.BASE, date(2026, 1, 25), 38_000_000)
    assert not livelihood_visits.due(place.book, date(2026, 2, 1))
    (due,) = livelihood_visits.due(place.book, date(2026, 10, 1))
    assert (due.visit.wave, due.visit.state, due.days_late) == (Wave.M6, DueState.OVERDUE, 16)
    with pytest.raises(Refusal) as refused:
        visit(place, Wave.M6, date(2026, 1, 24))
    assert codes(refused) == {("day", "before-baseline")}
    visit(place, Wave.M6, date(2026, 8, 1), 41_000_000)
    visit(place, Wave.M12, date(2027, 2, 1), 44_000_000, practices=(Practice.WATER,))
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.income is not None
    assert (row.income.base, row.income.later, row.income.nominal) == (18_000_000, 24_000_000, 6_000_000)
    assert row.income.real is None  # no index of 2026 or 2027 is known
    livelihood_standards.keep_price(place.book, 2026, 0, 12_000, "Thử", an_act())
    livelihood_standards.keep_price(place.book, 2027, 2, 12_600, "Thử", an_act())
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.income is not None
    assert row.income.real == round(24_000_000 / 1.05 - 18_000_000)
    assert row.practised


def test_a_visit_is_mended_and_the_log_keeps_both(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    row = livelihood_book.detail(place.book, place.key, TODAY).row.visits[0]
    made = Visit(place.key, Wave.BASE, row.day, "Cán bộ", replace(GOOD, revenue=30_000_000))
    livelihood_visits.change(place.book, row.id, row.version, made, an_act(TODAY))
    with pytest.raises(Trouble):
        livelihood_visits.change(place.book, row.id, row.version, made, an_act(TODAY))
    assert livelihood_book.detail(place.book, place.key, TODAY).row.net == 10_000_000
    assert not verify.verify(place.book).findings


def test_a_visit_that_finds_it_closed_closes_it(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    visit(place, Wave.M6, date(2026, 8, 1), operating=False, note="Dịch")
    row = livelihood_book.listed(place.book, LivelihoodFilter(), TODAY)[0]
    assert row.state is LivelihoodState.CLOSED
    figures = livelihood_gathering.figures(place.book, TODAY)
    assert (figures.survival6.operating, figures.survival6.visited) == (0, 1)


def test_a_plan_is_approved_by_two_named_people_and_then_stays(place: Place) -> None:
    plan = Plan("Trứng", "Chợ", "trăm", 1, 2, 10, 100, own=150, incomes=(10,) * 12, expenses=(10,) * 12)
    short = replace(plan, own=99)
    key = business_plans.keep(place.book, place.key, short, an_act(TODAY)).value
    with pytest.raises(Refusal) as refused:
        business_plans.approve(place.book, key, ("A",), TODAY, an_act(TODAY))
    assert codes(refused) == {("months", "cash-flow"), ("people", "people")}
    (row,) = business_plans.plans_of(place.book, place.key)
    business_plans.keep(place.book, place.key, plan, an_act(TODAY), (key, row.version))
    business_plans.approve(place.book, key, ("Bà A", "Ông B"), TODAY, an_act(TODAY))
    (row,) = business_plans.plans_of(place.book, place.key)
    assert (row.approved_on, row.approvers) == (TODAY, ("Bà A", "Ông B"))
    with pytest.raises(Refusal):
        business_plans.keep(place.book, place.key, plan, an_act(TODAY), (key, row.version))


# -- jobs ------------------------------------------------------------------------------------------


def job(place: Place, worker: Worker, kind: JobKind, term: Term, **more: object) -> jobs.JobId:
    made = NewJob(worker, kind, Employment.SELF, term, place.key, evidence=Evidence.CASHBOOK)
    return jobs.add(place.book, replace(made, **more), an_act(TODAY)).value  # type: ignore[arg-type]


def test_a_half_job_made_whole_is_improved_and_the_figures_agree_with_the_list(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    visit(place, Wave.M6, date(2026, 8, 1), contribution=Contribution.SMALLER)
    first = job(place, Worker(place.owner), JobKind.EXISTING, Term(date(2026, 1, 20), 120, 480))
    jobs.new_term(place.book, first, Term(date(2026, 6, 1), 240, 480), Evidence.CASHBOOK, an_act(TODAY))
    job(
        place,
        Worker(name="Trần Văn Út", birth_year=2005, sex=Sex.MALE),
        JobKind.NEW,
        Term(date(2026, 5, 1), 120, 480),
    )
    job(
        place,
        Worker(name="Người khai", birth_year=1990),
        JobKind.NEW,
        Term(date(2026, 5, 1), 240, 480),
        evidence=Evidence.DECLARED,
    )
    lost = job(place, Worker(name="Bà Sáu"), JobKind.EXISTING, Term(date(2026, 1, 20), 60, 480))
    jobs.end(place.book, lost, date(2026, 9, 1), "Nghỉ", an_act(TODAY))
    rows = jobs.listed(place.book, JobFilter(place.key), TODAY)
    kinds = {row.name: row.kind for row in rows}
    assert kinds["Bà Sáu"] is JobKind.LOST
    assert JobKind.IMPROVED in kinds.values()
    figures = livelihood_gathering.figures(place.book, TODAY)
    assert figures.net_fte == Fraction(1, 2) + Fraction(1, 2) - Fraction(1, 4)
    assert figures.attributed_fte == figures.net_fte / 2
    assert figures.net_fte == sum(row.change.net for row in rows if row.reported)
    assert figures.youth_share == 1
    for cut in figures.cuts():
        parts = jobs_by(figures, cut).slices
        assert sum((part.value or 0 for part in parts), Fraction()) == figures.net_fte
        assert sum(part.count for part in parts) == len(figures.counted_jobs)
    line = next(one for one in indicators(figures) if one.id == "VL01")
    assert line.value == "0,75"


def test_one_person_in_two_activities_is_one_job_at_most(place: Place) -> None:
    other = livelihoods.register(place.book, activity(place.owner, name="Nuôi cá"), an_act(STARTED)).value
    whole = Term(date(2026, 3, 1), 240, 480)
    job(place, Worker(place.owner), JobKind.NEW, whole)
    job(replace(place, key=other), Worker(place.owner), JobKind.NEW, whole)
    assert sum(row.fte for row in jobs.listed(place.book, JobFilter(), TODAY)) == 1
    one = jobs.listed(place.book, JobFilter(place.key), TODAY)
    assert [row.fte for row in one] == [Fraction(1, 2)]


def test_apprentices_and_members_of_cooperatives_are_told_apart_and_what_was_kept_is_counted_apart(
    place: Place,
) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    half, whole = Term(date(2026, 5, 1), 120, 480), Term(date(2026, 5, 1), 240, 480)
    learner = Worker(name="Trần Văn Út", birth_year=2008, sex=Sex.MALE)
    job(place, learner, JobKind.NEW, half, employment=Employment.APPR)
    coop = {"employment": Employment.COOP, "livelihood": None, "employer": "HTX Tân Hưng"}
    job(place, Worker(place.village.members[1]), JobKind.NEW, whole, **coop)
    long_there = Term(date(2025, 6, 1), 240, 480)
    job(place, Worker(place.village.members[2]), JobKind.SUSTAINED, long_there, **coop)

    figures = livelihood_gathering.figures(place.book, TODAY)
    line = {one.id: one.value for one in indicators(figures)}
    assert (line["VL02"], line["VL04"]) == ("2 việc, 1,5 FTE", "1 việc, 1 FTE")
    # A job that was kept adds nothing to what the programme made.
    assert (line["VL01"], line["VL03"]) == ("1,5", "0 việc, 0 FTE")
    assert [row.change.net for row in figures.of_kind(JobKind.SUSTAINED)] == [0]

    def by_status(measure: str) -> dict[str, str]:
        choice = Choice(measure, "employment", "none", date(2026, 1, 1), TODAY)
        table = analysis.cross(place.book, choice, sensitive=True)
        shown = zip((*table.row_names, SUM), (row[-1].text for row in table.cells), strict=True)
        return {name: text for name, text in shown if text != "0"}

    assert by_status("VL02") == {"Học nghề": "1", "Thành viên HTX, tổ hợp tác": "1", SUM: "2"}
    assert by_status("VL04") == {"Thành viên HTX, tổ hợp tác": "1", SUM: "1"}


def test_impossible_jobs_are_refused_at_their_field(place: Place) -> None:
    bad = Term(date(2028, 1, 1), 400, 25 * 60, 12)
    with pytest.raises(Refusal) as refused:
        job(place, Worker(), JobKind.LOST, bad, region=7)
    assert {field for field, _code in codes(refused)} == {
        "member",
        "kind",
        "region",
        "since",
        "days",
        "minutes",
    }
    with pytest.raises(Refusal) as refused:
        job(
            place,
            Worker(place.owner),
            JobKind.NEW,
            Term(STARTED, 100, 480),
            direct=False,
            evidence=Evidence.DECLARED,
        )
    assert codes(refused) == {("evidence", "indirect")}
    key = job(place, Worker(place.owner), JobKind.NEW, Term(STARTED, 100, 480))
    for day, reason in ((STARTED, "x"), (date(2026, 6, 1), " ")):
        with pytest.raises(Refusal):
            jobs.end(place.book, key, day, reason, an_act(TODAY))
    with pytest.raises(Refusal) as refused:
        jobs.new_term(place.book, key, Term(STARTED, 100, 480), Evidence.DECLARED, an_act(TODAY))
    assert codes(refused) == {("since", "order")}


# -- matching --------------------------------------------------------------------------------------


def test_who_seeks_work_is_matched_placed_and_asked_about(place: Place) -> None:
    opening = Opening(
        "HTX Rau", "Đóng gói", date(2026, 3, 1), cooperative=True, places=1, skills=(Skill.PACKING,),
        offers=(Accommodation.SEATED,), pay=4_000_000,
    )  # fmt: skip
    first, second = place.village.members[1], place.village.members[2]
    act = an_act(date(2026, 4, 1))
    key = job_matching.keep_opening(place.book, opening, act).value
    job_matching.keep_seeker(
        place.book, Seeker(first, act.today, (Skill.PACKING,), (Accommodation.SEATED,), income=1_000_000), act
    )
    job_matching.keep_seeker(
        place.book, Seeker(second, act.today, (Skill.SEWING,), (Accommodation.SIGN,)), act
    )
    best, worse = job_matching.matches(place.book)
    assert (best.seeker.seeker.member, best.fits) == (first, True)
    assert (worse.fits, worse.unmet, worse.lacking) == (False, (Accommodation.SIGN,), (Skill.PACKING,))
    assert [row.matches for row in job_matching.seekers(place.book)] == [1, 0]
    placement = placements.place(place.book, key, first, act.today, 4_000_000, "", act).value
    assert not job_matching.openings(place.book)
    with pytest.raises(Refusal):
        placements.place(place.book, key, second, act.today, 4_000_000, "", act)
    (row,) = placements.placements(place.book, act.today)
    assert (row.next_check, row.lasted(act.today), row.improved) == (date(2026, 5, 1), None, True)
    placements.check_placement(
        place.book, placement, CheckRow(date(2026, 10, 2), True, 4_200_000, True, ""), an_act(TODAY)
    )
    (row,) = placements.placements(place.book, TODAY)
    assert row.lasted(TODAY) is True
    with pytest.raises(Refusal):
        placements.check_placement(
            place.book, placement, CheckRow(date(2026, 12, 1), False, 0, True, ""), an_act(TODAY)
        )
    placements.check_placement(
        place.book, placement, CheckRow(date(2026, 12, 1), False, 0, True, "Chuyển nhà"), an_act(TODAY)
    )
    states = {row.seeker.member: row.seeker.state for row in job_matching.seekers(place.book, seeking=False)}
    assert states[first] is SeekerState.SEEKING
    assert job_matching.openings(place.book)[0].free == 1


def test_a_placement_that_ends_soon_has_not_lasted(place: Place) -> None:
    act = an_act(date(2026, 4, 1))
    key = job_matching.keep_opening(place.book, Opening("HTX", "Việc", date(2026, 3, 1)), act).value
    made = placements.place(place.book, key, place.owner, act.today, 1, "", act).value
    placements.check_placement(
        place.book, made, CheckRow(date(2026, 5, 1), False, 0, False, "Xa"), an_act(TODAY)
    )
    (row,) = placements.placements(place.book, TODAY)
    assert (row.lasted(TODAY), row.improved) == (False, False)


# -- shocks ----------------------------------------------------------------------------------------


def test_a_flood_with_losses_and_help_in_time(place: Place) -> None:
    meet(place.book, place.village, 1)
    meet(place.book, place.village, 2)
    day = date(2026, 3, 2)
    event = shocks.keep_event(place.book, Event(Hazard.INUNDATION, "Ngập", day, day), an_act(day)).value
    visit(place, Wave.BASE, date(2026, 1, 25))
    visit(place, Wave.M6, date(2026, 8, 1), 39_000_000)
    line = LossLine(
        place.home, "Vịt chết", "40 con", 3_000_000, LossShare.FROM_30_TO_70, livelihood=place.key
    )
    shocks.keep_loss(place.book, event, line, an_act(TODAY))
    grant = RecordVoucher(
        place.village.group, EntryKind.SOCIAL_OUT, 10_000, date(2026, 3, 8), place.owner, "Thiên tai"
    )
    vouchers.record(place.book, grant, an_act(date(2026, 3, 8)))
    (payable,) = shock_book.payables(place.book, event)
    assert (payable.kind, payable.amount) == (ReliefKind.GRANT, 10_000)
    shocks.link(place.book, event, payable.kind, payable.key, "", an_act(TODAY))
    with pytest.raises(Refusal):
        shocks.link(place.book, event, payable.kind, payable.key, "", an_act(TODAY))
    detail = shock_book.detail(place.book, event, TODAY)
    assert (detail.row.households, detail.row.value, detail.row.in_time, detail.row.helped) == (
        1,
        3_000_000,
        1,
        1,
    )
    assert detail.losses[0].recovered == date(2026, 8, 1)  # the visit found 95 % of the income again
    story = livelihood_book.detail(place.book, place.key, TODAY).story
    assert "shock" in {one.kind for one in story}
    assert livelihood_gathering.figures(place.book, TODAY, place.village.group).events[0].row.households == 1
    assert livelihood_gathering.figures(place.book, TODAY, GroupId(999)).events[0].row.households == 0


def test_losses_belong_to_their_household_and_time(place: Place) -> None:
    day = date(2026, 3, 2)
    with pytest.raises(Refusal) as refused:
        shocks.keep_event(
            place.book, Event(Hazard.STORM, " ", day, date(2026, 3, 1)), an_act(date(2026, 1, 1))
        )
    assert codes(refused) == {("name", "missing"), ("starts", "future"), ("ends", "order")}
    event = shocks.keep_event(place.book, Event(Hazard.STORM, "Bão", day, day), an_act(day)).value
    other = households.found(place.book, FoundHousehold(), an_act()).value
    wrong = LossLine(other, "", value=-1, livelihood=place.key, recovered=date(2026, 1, 1))
    with pytest.raises(Refusal) as refused:
        shocks.keep_loss(place.book, event, wrong, an_act(TODAY))
    assert {field for field, _code in codes(refused)} == {"item", "value", "recovered", "livelihood"}


def test_members_of_prepared_households_are_counted(place: Place) -> None:
    with pytest.raises(Refusal):
        shocks.keep_preparedness(place.book, place.home, TODAY, " ", an_act(TODAY))
    shocks.keep_preparedness(place.book, place.home, TODAY, "Kê cao", an_act(TODAY))
    assert livelihood_gathering.figures(place.book, TODAY).prepared == (2, 3)
    assert livelihood_gathering.figures(place.book, date(2029, 1, 1)).prepared == (0, 3)


# -- dated data and papers -------------------------------------------------------------------------


def test_dated_data_hold_from_their_day(place: Place) -> None:
    with pytest.raises(Refusal) as refused:
        livelihood_standards.keep_price(place.book, 26, 13, 5, " ", an_act())
    assert {field for field, _code in codes(refused)} == {"year", "month", "points", "source"}
    livelihood_standards.keep_wage(place.book, 4, date(2027, 1, 1), 4_000_000, 19_000, "Thử", an_act())
    line = livelihood_standards.wages(place.book)[-1]
    assert (line.monthly, line.own) == (4_000_000, True)
    donor = Standards(fte_hours=2000)
    livelihood_standards.keep_standards(place.book, date(2027, 1, 1), donor, "Nhà tài trợ", an_act())
    assert livelihood_standards.standards(place.book, date(2026, 12, 31)).fte_hours == 1920
    assert livelihood_standards.standards(place.book, TODAY).fte_hours == 2000
    with pytest.raises(Refusal):
        livelihood_standards.keep_standards(place.book, TODAY, Standards(window=999), "", an_act())


def test_papers_say_what_the_book_says(place: Place) -> None:
    visit(place, Wave.BASE, date(2026, 1, 25))
    act = an_act(TODAY)
    record = livelihood_papers.record(place.book, place.key, act).value
    assert record.visits[0].net == 20_000_000
    blank = livelihood_papers.visit(place.book, place.key, None, act).value
    assert blank.figures is None
    assert [ticked for _text, ticked in blank.waves] == [False, True, False, False]
    row = livelihood_book.detail(place.book, place.key, TODAY).row.visits[0]
    filled = livelihood_papers.visit(place.book, place.key, row.id, act).value
    assert filled.figures is not None
    assert filled.figures.net == 20_000_000
    report = job_papers.job_report(place.book, place.village.group, TODAY, act).value
    assert report.secret
    assert not verify.verify(place.book).findings


def test_outside_the_commune_no_names_and_no_small_cells(place: Place) -> None:
    for number in range(3):
        worker = Worker(name=f"Người {number}", sex=Sex.FEMALE if number else Sex.MALE)
        job(place, worker, JobKind.NEW, Term(date(2026, 3, 1), 120, 480))
    figures = livelihood_gathering.figures(place.book, TODAY)
    inside = livelihood_release.cut_tables(figures, Release.COMMUNE)[0]
    assert [line.jobs for line in inside.lines] == ["2", "1", "3"]
    assert inside.lines[-1].fte == "1,5"
    outside = livelihood_release.cut_tables(figures, Release.DONOR)
    for table in outside:
        assert all(line.jobs in ("…", "0") and line.fte in ("…", "0") for line in table.lines)
    paper = job_papers.job_report(place.book, None, TODAY, an_act(TODAY), Release.DONOR).value
    assert paper.jobs == ()
    assert all(line.value == "…" for line in paper.indicators if line.id.startswith("VL"))


def test_outside_the_commune_only_those_who_agreed_are_counted(place: Place) -> None:
    from tests.inclusion_village import agree

    def note(release: Release) -> str:
        paper = job_papers.job_report(place.book, None, TODAY, an_act(TODAY), release).value
        return next((line for line in paper.method if line.startswith("Không tính")), "")

    assert note(Release.COMMUNE) == ""
    assert note(Release.DONOR).startswith("Không tính dưới 5 người chưa đồng ý")
    with place.book.read() as session:
        nobody = livelihood_gathering.figures_in(session, TODAY, agreed=frozenset())
        everybody = livelihood_gathering.figures_in(session, TODAY)
    assert len(everybody.livelihoods) == 1
    assert (nobody.livelihoods, nobody.left_out) == ((), 1)
    agree(place.book, place.village.members, an_act(TODAY))
    assert note(Release.DONOR) == ""


def test_every_table_has_a_name_in_the_log(place: Place) -> None:
    from desktop.store.trail import LOGGED

    for table in LOGGED:
        assert history.subject_title(table) != table or table not in _TABLES
    with place.book.read() as session:
        assert session.scalar(select(Member.id).limit(1))


_TABLES = frozenset(
    [
        "livelihoods",
        "livelihood_steps",
        "livelihood_loans",
        "business_plans",
        "livelihood_visits",
        "price_indexes",
        "wage_floors",
        "livelihood_standards",
        "jobs",
        "job_terms",
        "job_openings",
        "job_seekers",
        "placements",
        "placement_checks",
        "loss_events",
        "losses",
        "reliefs",
        "preparedness_plans",
    ]
)


def test_people_with_disabilities_at_work_are_counted_only_for_who_may_see(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.models.rules.washington import Finding
    from desktop.services import livelihood_cuts
    from desktop.services.indicators.traits import Known

    first, second = place.village.members[:2]
    known = {first: Known(disability=Finding.YES), second: Known(disability=Finding.NO)}
    monkeypatch.setattr(livelihood_cuts, "known_of", lambda _session, _on: known)
    key = job(place, Worker(first), JobKind.EXISTING, Term(date(2026, 1, 20), 120, 480, pay=1_000_000))
    more = Term(date(2026, 6, 1), 120, 480, pay=1_500_000)
    jobs.new_term(place.book, key, more, Evidence.CASHBOOK, an_act(TODAY))
    job(place, Worker(second), JobKind.NEW, Term(date(2026, 3, 1), 120, 480))
    seen = livelihood_gathering.figures(place.book, TODAY)
    assert organisation_measures.disabled_at_work(seen) == (1, 1)
    cut = next(one for one in seen.cuts() if one.key == "disability")
    assert {part.key: part.count for part in jobs_by(seen, cut).slices} == {"yes": 1, "no": 1}
    hidden = livelihood_gathering.figures(place.book, TODAY, sensitive=False)
    assert organisation_measures.disabled_at_work(hidden) is None
    assert not [one for one in hidden.cuts() if one.sensitive]
    assert not [line for line in indicators(hidden) if line.id == "NMA-KT"]


def test_the_search_of_everything_finds_activities(place: Place) -> None:
    from desktop.services.search import HitKind, search

    for text in ("vit de", "SK-0001"):
        assert [(hit.kind, hit.id) for hit in search(place.book, text)] == [(HitKind.LIVELIHOOD, place.key)]


def test_a_household_that_is_written_of_is_not_removed(place: Place) -> None:
    home = households.found(place.book, FoundHousehold(), an_act()).value
    livelihoods.register(place.book, Activity(Owner(household=home), "Vườn chung", "0121"), an_act())
    with pytest.raises(Refusal) as refused:
        households.remove(place.book, home, households.get(place.book, home).version, an_act(TODAY))
    assert codes(refused) == {("", "household-in-use")}
    row = livelihood_book.listed(place.book, LivelihoodFilter(household=home), TODAY)[0]
    assert row.owner.text.startswith("Hộ HO-")
