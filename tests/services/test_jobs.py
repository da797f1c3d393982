"""Jobs, and people who seek one: what counts, what is matched, what lasts; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import (
    Accommodation,
    Contribution,
    Employment,
    Evidence,
    JobKind,
    SeekerState,
    Skill,
    Wave,
)
from desktop.models.problems import Refusal
from desktop.models.rules.livelihoods.jobs import Term
from desktop.services import analysis, job_matching, jobs, livelihood_gathering, livelihoods, placements
from desktop.services.analysis_table import SUM, Choice
from desktop.services.job_matching import Opening, Seeker
from desktop.services.jobs import JobFilter, NewJob, Worker
from desktop.services.livelihood_breakdowns import jobs_by
from desktop.services.livelihood_indicators import indicators
from desktop.services.placements import CheckRow
from tests.services.livelihood_kit import STARTED, TODAY, Place, activity, codes, visit
from tests.village import an_act


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
