"""After a class: certificates, visits, figures for donors, papers, and what erasure leaves."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from desktop.models.ids import EnrolmentId, MemberId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import Decider, Practice, Wave
from desktop.models.problems import Refusal
from desktop.models.records.every import Change, Member
from desktop.models.rules.livelihoods.income import Figures
from desktop.models.rules.suppression import Release
from desktop.models.rules.training.results import Result, Standing
from desktop.models.training_kinds import Care, FollowState, Missing
from desktop.services import (
    analysis,
    analysis_table,
    data_copy,
    livelihood_gathering,
    livelihood_indicators,
    livelihood_visits,
    livelihoods,
    memberships,
    paper_checks,
    privacy,
    training_book,
    training_certificates,
    training_classes,
    training_follow_ups,
    training_papers,
    training_results,
    verify,
)
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.indicators.training import applied_by_module, by_module
from desktop.services.livelihood_cuts import CUTS, Person
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.services.memberships import LeaveGroup
from desktop.services.organisation_measures import trained_men, trained_young_women
from desktop.services.training_book import ClassFilter
from desktop.services.training_follow_ups import NewFollowUp
from desktop.services.training_results import NewResult
from desktop.store.book import Book
from reports import training_certificate, training_class
from tests.inclusion_village import agree
from tests.reports.paper import said
from tests.services.training_kit import (
    ACT,
    START,
    School,
    a_school,
    attend,
    completed_school,
    give,
    learner,
    pass_test,
    refused,
)
from tests.village import an_act


def test_certificates_are_numbered_copied_and_taken_back(school: School) -> None:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    pass_test(school, 1)
    with pytest.raises(Refusal) as error:
        give(school, 0, 2)
    assert refused(error) == [("not-completed", "enrolments")]
    assert "Nguyễn Thị Hòa 3" in error.value.problems[0].message
    value = give(school, 0, 1)
    assert [one.number for one in value.certificates] == ["CN-000001/2026", "CN-000002/2026"]
    with pytest.raises(Refusal) as error:
        give(school, 0)
    assert refused(error) == [("twice", "enrolments")]
    row = training_certificates.listed(school.book)[-1]
    copy = training_certificates.reprint(school.book, [row.id], ACT).value.certificates[0]
    assert (copy.number, copy.mark.number, copy.mark.count) == (row.number, row.number, 2)
    again = training_certificates.reprint(school.book, [row.id], ACT).value
    assert "BẢN SAO, in lần 3" in said(training_certificate.render(again))
    qr = value.certificates[0].mark.qr
    assert paper_checks.check_paper(school.book, qr).verdict is paper_checks.Verdict.MATCHES
    training_certificates.revoke(school.book, row.id, ACT.today, "Ghi nhầm điểm", ACT)
    told = paper_checks.check_paper(school.book, qr)
    assert told.verdict is paper_checks.Verdict.CORRECTED
    assert "ĐÃ THU HỒI" in told.message
    with pytest.raises(Refusal):
        training_certificates.reprint(school.book, [row.id], ACT)
    assert give(school, 0).certificates[0].number == "CN-000003/2026"


def test_what_a_certificate_rests_on_cannot_be_taken_back_before_it(school: School) -> None:
    for session in school.sessions:
        attend(school.book, session)
    pass_test(school, 0)
    give(school, 0)
    member = school.village.members[0]
    with pytest.raises(Refusal) as error:
        attend(school.book, school.sessions[0], member)
    assert refused(error) == [("certified", f"{member}/hours")]
    row = learner(school)
    with pytest.raises(Refusal) as error:
        training_results.keep(
            school.book, NewResult(row.enrolment, row.version, Result(post=10, tested=START)), ACT
        )
    assert refused(error) == [("certified", "post")]
    with pytest.raises(Refusal) as error:
        training_classes.withdraw(school.book, row.enrolment, ACT.today, "Bận", ACT)
    assert refused(error) == [("certified", "day")]


def an_activity(school: School, practices: tuple[Practice, ...], day: date) -> None:
    owner = Owner(member=school.village.members[0])
    key = livelihoods.register(
        school.book, Activity(owner, "Nuôi vịt đẻ", "0146", started=date(2026, 1, 5)), an_act(day)
    ).value
    figures = Figures(revenue=9_000_000, days=90, minutes=240, household=4)
    for wave, seen_on, seen in ((Wave.BASE, date(2026, 1, 4), ()), (Wave.M6, day, practices)):
        visit = Visit(key, wave, seen_on, "Lê Thị Phượng", figures, practices=seen, agreed=True)
        livelihood_visits.record(school.book, visit, an_act(day))


def test_who_is_to_be_visited_and_what_a_visit_of_the_livelihood_says(school: School) -> None:
    completed_school(school)
    due = date(2026, 6, 6)
    rows = training_follow_ups.due(school.book, due)
    assert [(row.name, row.follow.state, row.follow.due) for row in rows] == [
        ("Nguyễn Thị Hòa 1", FollowState.DUE, due)
    ]
    assert training_follow_ups.due(school.book, date(2026, 8, 1))[0].late == 11
    an_activity(school, (), date(2026, 6, 20))
    assert training_follow_ups.due(school.book, date(2026, 6, 30))[0].follow.state is FollowState.NOT_APPLIED
    choice = training_follow_ups.visit_choices(school.book, school.enrolment(), date(2026, 6, 30))[0]
    new = NewFollowUp(school.enrolment(), None, "Lê Thị Phượng", ("KT.daybook",), choice.id)
    training_follow_ups.record(school.book, new, an_act(date(2026, 6, 30)))
    row = training_follow_ups.due(school.book, date(2026, 6, 30))[0]
    assert (row.follow.state, row.practices) == (FollowState.APPLIED, ("KT.daybook",))


@pytest.mark.parametrize(
    ("day", "practices", "code", "field"),
    [
        (date(2026, 5, 1), ("KT.daybook",), "early", "day"),
        (date(2027, 5, 1), ("KT.daybook",), "future", "day"),
        (None, ("KT.daybook",), "missing", "day"),
        (date(2026, 6, 20), ("FL.budget",), "practice", "practices"),
    ],
)
def test_a_follow_up_that_cannot_be_is_refused(
    school: School, day: date | None, practices: tuple[str, ...], code: str, field: str
) -> None:
    completed_school(school)
    with pytest.raises(Refusal) as error:
        training_follow_ups.record(
            school.book, NewFollowUp(school.enrolment(), day, "Lê", practices), an_act(date(2026, 6, 30))
        )
    assert refused(error) == [(code, field)]


def test_indicators_count_persons_once_and_only_visits_of_livelihoods(school: School) -> None:
    completed_school(school)
    book, ends = school.book, date(2026, 12, 31)

    def figure(key: str, starts: date = date(2026, 1, 1)) -> object:
        return indicators()[key].compute(load(book, Scope(), starts, ends))

    assert figure("DT01").amount == 1  # type: ignore[attr-defined]
    assert figure("DT01", date(2026, 4, 1)).amount == 0  # type: ignore[attr-defined]
    assert figure("DT02").amount is None  # type: ignore[attr-defined]
    new = NewFollowUp(school.enrolment(), date(2026, 6, 20), "Lê", ("KT.daybook",))
    training_follow_ups.record(book, new, an_act(date(2026, 6, 30)))
    assert figure("DT02").amount is None  # type: ignore[attr-defined]  # a visit at home, not of a livelihood
    an_activity(school, (Practice.STORAGE,), date(2026, 6, 25))
    assert figure("DT02").amount == 1  # type: ignore[attr-defined]
    assert figure("HN07").amount == 1  # type: ignore[attr-defined]
    table = analysis.cross(
        book, analysis_table.Choice("DT01", "module", "sex", date(2026, 1, 1), ends), sensitive=True
    )
    cells = {name: row[-1].text for name, row in zip(table.row_names, table.cells, strict=False)}
    assert cells["Ghi chép sổ sách"] == "1"
    assert table.row_names == ("Ghi chép sổ sách",)  # who learned nothing is in no row
    facts = load(book, Scope(), date(2026, 1, 1), ends)
    assert by_module(facts) == {"KT": 1}
    assert applied_by_module(facts) == {"KT": (1, 1)}
    few = facts.only(lambda part: part.member == school.village.members[0])
    assert indicators()["HN07"].compute(few).amount == 1  # all three learned alike
    nobody = facts.only(lambda part: False)
    assert indicators()["HN07"].compute(nobody).amount is None


def test_what_the_donor_publishes_of_trained_people_is_counted_from_visits(school: School) -> None:
    completed_school(school)
    book, owner = school.book, school.village.members[0]
    man = school.village.members[1]
    pass_test(school, 1)
    with book.write(ACT) as session:
        session.get_one(Member, owner).birth_year = 2003
        session.get_one(Member, man).sex = Sex.MALE
    smart = Activity(
        Owner(owner),
        "Nuôi vịt đẻ",
        "0146",
        started=date(2026, 1, 5),
        smart=True,
        practices=(Practice.STORAGE,),
    )
    key = livelihoods.register(book, smart, ACT).value
    other = Activity(Owner(man), "Nuôi heo", "0145", decider=Decider.JOINT, started=date(2026, 1, 5))
    livelihoods.register(book, other, ACT)
    day = date(2026, 7, 5)
    assert trained_young_women(livelihood_gathering.figures(book, day)) == (0, 0)
    for wave, seen_on in ((Wave.BASE, date(2026, 1, 4)), (Wave.M6, day)):
        figures = Figures(revenue=9_000_000, days=90, minutes=240, household=4)
        visit = Visit(key, wave, seen_on, "Lê Thị Phượng", figures, agreed=True)
        livelihood_visits.record(book, visit, an_act(day))
    found = livelihood_gathering.figures(book, day)
    assert (trained_young_women(found), trained_men(found)) == ((1, 1), (1, 1))
    lines = {line.id: (line.value, line.basis) for line in livelihood_indicators.indicators(found)}
    assert lines["NMA-PN"] == ("1", "trên 1 cơ sở đã thăm")
    assert lines["NMA-NG"] == ("1", "trên 1 người đã hỏi")


def test_a_whole_class_on_both_engines(any_book: Book) -> None:
    school = completed_school(a_school(any_book))
    value = give(school, 0)
    an_activity(school, (Practice.STORAGE,), date(2026, 6, 25))
    assert training_follow_ups.due(any_book, date(2026, 7, 1))[0].follow.state is FollowState.APPLIED
    assert training_book.listed(any_book, ClassFilter(text="so sach"), ACT.today)[0].certificates == 1
    assert (
        training_certificates.reprint(any_book, [training_certificates.listed(any_book)[0].id], ACT)
        .value.certificates[0]
        .mark.number
        == value.certificates[0].number
    )
    training_papers.class_report(any_book, school.klass, ACT)
    facts = load(any_book, Scope(), date(2026, 1, 1), date(2026, 12, 31))
    assert [indicators()[key].compute(facts).amount for key in ("DT01", "DT02", "HN07")] == [1, 1, 1]
    member = school.village.members[0]
    memberships.leave(any_book, LeaveGroup(school.village.group, member, ACT.today, "Chuyển đi"), ACT)
    privacy.erase(any_book, member, "Theo yêu cầu", ACT, agreed=True)
    assert verify.verify(any_book).ok


def test_papers_say_who_came_and_what_was_reached(school: School) -> None:
    completed_school(school)
    give(school, 0)
    blank = training_papers.attendance_list(school.book, school.klass, ACT, school.sessions[0]).value
    assert "Ký tên" in said(training_class.render_list(blank))
    full = training_papers.attendance_list(school.book, school.klass, ACT, blank=False).value
    assert [one.total for one in full.learners] == ["16"] * 3
    report = training_papers.class_report(school.book, school.klass, ACT).value
    text = said(training_class.render_report(report))
    for words in ("BÁO CÁO LỚP TẬP HUẤN", "CN-000001/2026", "Nguyễn Thị Hòa 1", "Mật – dùng trong xã"):
        assert words in text
    silent = training_papers.class_report(school.book, school.klass, ACT, Release.DONOR).value
    assert dict(silent.facts)["Hoàn thành:"] == "0"  # nobody has agreed to be counted outside
    assert any("chưa đồng ý" in note for note in silent.notes)
    agree(school.book, school.village.members, ACT)
    outside = training_papers.class_report(school.book, school.klass, ACT, Release.DONOR).value
    text = said(training_class.render_report(outside))
    assert "Nguyễn Thị Hòa 1" not in text
    assert {row.completed for cut in outside.cuts for row in cut.rows} == {"…"}
    assert dict(outside.facts)["Hoàn thành:"] == "…"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("FM"), st.booleans()), min_size=1, max_size=40))
def test_no_small_number_of_a_class_can_be_worked_out_from_its_report(people: list[tuple[str, bool]]) -> None:
    rows = tuple(a_row(place, sex, done) for place, (sex, done) in enumerate(people))
    traits = {row.member: Person(sex=row.sex) for row in rows}
    cut = training_papers._cut(CUTS[0], rows, traits, Release.PARTNER)  # type: ignore[arg-type]
    whole, lines = cut.rows[-1], cut.rows[:-1]
    done = sum(one for _sex, one in people)
    if 0 < done < 5 or 0 < len(people) - done < 5:
        assert {row.completed for row in cut.rows} == {"…"}
    else:
        assert whole.completed == str(done)
    for column in ("enrolled", "completed", "hours"):
        told = [getattr(row, column) for row in lines]
        assert told.count("…") != 1 or len(lines) == 1 or getattr(whole, column) == "…"
        if column != "hours":
            assert all(text in ("…", "0") or int(text) >= 5 for text in told)
    if len(lines) == 1:
        assert lines[0].enrolled == "…"  # that everybody is a woman tells of each of them


def a_row(place: int, sex: str, done: bool) -> training_book.LearnerRow:
    standing = Standing(960 if done else 240, START if done else None, None if done else Missing.HOURS)
    return training_book.LearnerRow(
        EnrolmentId(place), MemberId(place), f"TV-{place}", "Người", Sex(sex), 1990, "", (), START, None,
        Care.NONE, "", "", Result(), "", standing, None, "", 1,
    )  # fmt: skip


def test_who_is_erased_leaves_hours_without_a_word_about_them(school: School) -> None:
    completed_school(school)
    book, member = school.book, school.village.members[0]
    told = data_copy.data_of(book, member)["Tập huấn"]
    assert [(row["Số giờ đã học"], row["Điểm cuối khóa"]) for row in told] == [("16", "8")]
    training_classes.change_enrolment(book, school.enrolment(), Care.NONE, "Đang mang thai", START, ACT)
    memberships.leave(book, LeaveGroup(school.village.group, member, ACT.today, "Chuyển đi"), ACT)
    privacy.erase(book, member, "Theo yêu cầu", ACT, agreed=True)
    row = learner(school)
    assert (row.name, row.note, row.standing.minutes) == (f"Đã xóa {row.code}", "", 16 * 60)
    with book.read() as session:
        kept = " ".join(f"{row.before} {row.after}" for row in session.scalars(select(Change)))
    assert "Đang mang thai" not in kept
    assert verify.verify(book).ok
