"""Whoever sees, prints or takes out sensitive data of a person is written down: who, when, how, what, of whom; no value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from desktop.models.ids import MemberId
from desktop.models.inclusion_kinds import Accommodate, Purpose, Role, SeenHow
from desktop.models.problems import Refusal, Trouble
from desktop.models.rules.suppression import Release
from desktop.services import (
    action_lists,
    analysis,
    analysis_table,
    assessments,
    attachments,
    consents,
    coordination_book,
    data_copy,
    figure_papers,
    inclusion,
    inclusion_papers,
    member_lists,
    questionnaire_papers,
    sight,
    support_book,
    support_papers,
    training_papers,
    users,
)
from desktop.services.action_lists import ActionList
from desktop.services.analysis_table import Choice
from desktop.services.attachments import Subject
from desktop.services.board import reading
from desktop.services.indicators.facts import Scope
from desktop.store.book import Book
from tests.secret_book import ACT, TODAY, WHO, Secret, leaks, sign
from tests.secret_papers import FROM, TO, YEAR
from tests.services.people_kit import enrol

pytestmark = pytest.mark.slow
Deed = Callable[[Book, Secret, Path], Any]
CELL = Choice("NH02", "disability", "none", FROM, TO, Scope(), Release.COMMUNE)


def _certificate(secret: Secret, book: Book) -> Subject:
    with book.read() as session:
        query = text("SELECT uid FROM disability_certificates WHERE id = :id")
        uid = session.execute(query, {"id": secret.places["certificate"]}).scalar_one()
    return Subject("disability_certificates", bytes(uid))


def _action_rows(book: Book) -> Any:
    found = action_lists.rows(book, ActionList.EXPIRING, Scope(), TODAY, sensitive=sight.sees(book, ""))
    action_lists.note_rows(book, SeenHow.SEEN, ActionList.EXPIRING, found)
    return found


READING: dict[tuple[str, str], tuple[Deed, ...]] = {
    ("xem", "dân tộc"): (lambda book, who, _: member_lists.get(book, who.member),),
    ("xem", "hồ sơ hòa nhập"): (
        lambda book, who, _: inclusion.of_member(book, who.member),
        lambda book, who, _: assessments.history(book, Subject("members", who.uid)),
    ),
    ("xem", "phiếu đánh giá"): (lambda book, who, _: assessments.get(book, who.places["assessment"]),),
    ("xem", "căn cứ khó khăn trong hồ sơ hỗ trợ"): (
        lambda book, who, _: support_book.detail(book, who.support, TODAY),
    ),
    ("xem", "người dự cuộc họp phối hợp"): (
        lambda book, who, _: coordination_book.detail(book, who.meeting, TODAY),
    ),
    ("xem", "danh sách cần làm"): (lambda book, who, _: _action_rows(book),),
    ("xem", "những người trong một ô của bảng phân tích"): (
        lambda book, who, _: analysis.people_behind(
            book, CELL, analysis_table.SUM, analysis_table.SUM, sensitive=sight.sees(book, "")
        ),
    ),
    ("xem", "những người sau một số liệu của bảng dự án"): (
        lambda book, who, _: reading.opened(book, "NMA-7a", YEAR, ""),
    ),
    ("in", "hồ sơ thành viên"): (lambda book, who, _: inclusion_papers.profile(book, who.member, ACT),),
    ("in", "phiếu đánh giá"): (
        lambda book, who, _: questionnaire_papers.filled(book, who.places["assessment"], ACT),
    ),
    ("in", "căn cứ khó khăn trong hồ sơ hỗ trợ"): (
        lambda book, who, _: support_papers.dossier(book, who.support, ACT),
    ),
    ("in", "báo cáo lớp tập huấn"): (
        lambda book, who, _: training_papers.class_report(book, who.klass, ACT, Release.COMMUNE),
    ),
    ("in", "danh sách cần làm"): (
        lambda book, who, _: figure_papers.action_paper(book, ActionList.EXPIRING, Scope(), TODAY, ACT),
    ),
    ("xuất tệp", "danh sách cần làm"): (
        lambda book, who, folder: figure_papers.export_actions(
            book, ActionList.EXPIRING, Scope(), TODAY, folder / "ds.xlsx", ACT
        ),
    ),
    ("xuất tệp", "toàn bộ dữ liệu của một người"): (
        lambda book, who, folder: data_copy.export_data(book, who.member, folder / "toan-bo.json"),
    ),
    ("xuất tệp", "hồ sơ hòa nhập"): (
        lambda book, who, _: sight.note_taken(book, "inclusion", [("members", who.uid)]),
    ),
    ("xuất tệp", "những người trong một ô của bảng phân tích"): (
        lambda book, who, _: sight.note_people_taken(book, "cell", [who.member]),
    ),
}
"""Each way to sensitive data, by how the log calls it: how, and what."""
CASES = [(how, what, deed) for (how, what), deeds in READING.items() for deed in deeds]


def lines_of(book: Book, secret: Secret) -> list[sight.SeenRow]:
    sign(book, Role.ADMIN)
    return sight.log(book, 5000, secret.uid)


def test_each_reading_is_one_line_that_says_who_when_how_what_of_whom_and_no_value(
    secret_book: Book, secret: Secret, tmp_path: Path
) -> None:
    seen = 0
    for how, what, deed in CASES:
        before = datetime.now(UTC)
        with secret_book.engine.begin() as connection:  # as if ten minutes had gone by
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS guard_access_log_delete")
            connection.exec_driver_sql("DELETE FROM access_log")
        sign(secret_book, Role.INCLUSION)
        deed(secret_book, secret, tmp_path)
        (line,) = lines_of(secret_book, secret)
        assert (line.how, line.what) == (how, what)
        assert (line.by, line.role) == (WHO[Role.INCLUSION], "inclusion")
        assert line.whose == f"{secret.code} {secret.name}"
        assert before - timedelta(seconds=1) <= line.at <= datetime.now(UTC)
        assert leaks(str(line)) == []
        seen += 1
    assert seen == len(CASES)


def test_a_clerk_who_tries_leaves_no_line_for_nothing_was_seen(
    secret_book: Book, secret: Secret, tmp_path: Path
) -> None:
    sign(secret_book, Role.CLERK)
    for _how, _what, deed in CASES:
        try:
            text_of = str(deed(secret_book, secret, tmp_path))
        except Refusal as refused:
            text_of = str(refused)
        assert leaks(text_of) == []
    assert lines_of(secret_book, secret) == []
    assert not (tmp_path / "toan-bo.json").exists()


def test_files_of_sensitive_records_are_read_with_a_line_and_taken_away_by_who_may_see_them(
    secret_book: Book, secret: Secret
) -> None:
    sign(secret_book, Role.INCLUSION)
    subject = _certificate(secret, secret_book)
    (file,) = attachments.files_of(secret_book, subject)
    assert attachments.open_file(secret_book, file.id) is not None
    sign(secret_book, Role.CLERK)
    with pytest.raises(Refusal) as refused:
        attachments.remove(secret_book, file.id, "không cần", ACT)
    assert leaks(str(refused.value)) == []
    sign(secret_book, Role.ADMIN)
    (line,) = sight.log(secret_book, 50, secret.uid)  # the same reading twice is one line
    assert (line.how, line.what, line.by) == ("xem", "tệp đính kèm", WHO[Role.INCLUSION])
    assert secret.name in line.whose


def test_a_barrier_alone_is_written_down_too(secret_book: Book) -> None:
    sign(secret_book, Role.ADMIN)
    other = enrol(secret_book, ACT, "Trần Thị Mai", birth_year=1970, agreed=True)
    consents.give(secret_book, consents.GiveConsent(other, (Purpose.HEALTH,), TODAY), ACT)
    need = inclusion.AddAccommodation(other, Accommodate.READER, TODAY, "", "mắt mờ")
    inclusion.add_accommodation(secret_book, need, ACT)
    uid = member_lists.get(secret_book, other).uid
    sign(secret_book, Role.INCLUSION)
    inclusion.of_member(secret_book, other)
    sign(secret_book, Role.ADMIN)
    assert [(row.by, row.what) for row in sight.log(secret_book, 5, uid)] == [
        (WHO[Role.INCLUSION], "hồ sơ hòa nhập")
    ]


def test_what_cannot_be_written_down_is_not_shown(secret_model: Any, secret: Secret, tmp_path: Path) -> None:
    """While another computer holds the pen, or on a disk that is full or write-protected."""
    path = secret_model.copy(tmp_path / "so.sonhom")
    with Book.open(str(path), who="Máy khác"), Book.open(str(path), who="Máy thử") as book:
        assert book.readonly
        users.sign_in(book, WHO[Role.INCLUSION], "mat khau de thu")
        found = member_lists.get(book, MemberId(secret.member))
        assert found.person.full_name == secret.name
        assert found.person.ethnic_code is None
        with pytest.raises(Trouble):
            inclusion.of_member(book, secret.member)
        with pytest.raises(Trouble):
            support_book.detail(book, secret.support, TODAY)


def test_the_log_is_for_administrators_and_never_changed(secret_book: Book, secret: Secret) -> None:
    sign(secret_book, Role.INCLUSION)
    inclusion.of_member(secret_book, secret.member)
    for role in Role:
        sign(secret_book, role)
        if role is not Role.ADMIN:
            with pytest.raises(Refusal, match="quản trị viên"):
                sight.log(secret_book)
    sign(secret_book, Role.ADMIN)
    for statement in ("DELETE FROM access_log", "UPDATE access_log SET what = 'x'"):
        with pytest.raises(Trouble), secret_book.write(ACT) as session:
            session.execute(text(statement))
