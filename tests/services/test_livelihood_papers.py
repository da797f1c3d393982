"""What leaves the book about livelihoods: dated thresholds, papers, figures for readers outside; on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Evidence, JobKind, Wave
from desktop.models.problems import Refusal
from desktop.models.records.every import Member
from desktop.models.rules.livelihoods.jobs import Term
from desktop.models.rules.livelihoods.standards import Standards
from desktop.models.rules.suppression import Release
from desktop.services import (
    history,
    job_papers,
    jobs,
    livelihood_book,
    livelihood_gathering,
    livelihood_papers,
    livelihood_release,
    livelihood_standards,
    organisation_measures,
    verify,
)
from desktop.services.jobs import Worker
from desktop.services.livelihood_breakdowns import jobs_by
from desktop.services.livelihood_indicators import indicators
from tests.services.livelihood_kit import TODAY, Place, codes, visit
from tests.services.test_jobs import job
from tests.village import an_act


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
