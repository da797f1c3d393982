"""Certificates, attendance lists and reports of classes say what they must, on whole pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import training_certificate, training_class, training_samples
from reports.kit.report import PaperOptions
from tests.reports.paper import check_whole, look, said


def test_a_certificate_names_person_course_hours_and_signer() -> None:
    text = said(training_certificate.render(training_samples.certificates()))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY CHỨNG NHẬN",
        "Bà Nguyễn Thị Hòa",
        "Sinh ngày 17/05/1984",
        "Khóa học kinh doanh 40 giờ",
        "đã học 38,5 giờ",
        "CN-000001/2026",
        "CHỦ TỊCH HỘI LHPN XÃ",
        "Trần Thị Mai",
    ):
        assert words in text
    assert "BẢN SAO" not in text


def test_a_copy_says_so() -> None:
    text = said(training_certificate.render(training_samples.certificates(copy=2)))
    assert "BẢN SAO, in lần 2" in text


@pytest.mark.parametrize("large", [False, True])
def test_a_certificate_is_one_landscape_page_also_with_long_names(large: bool) -> None:
    value = training_samples.certificates()
    one = replace(
        value.certificates[0],
        name="Công Tằng Tôn Nữ Thị Ngọc Bích Thủy",
        course="Sinh kế thích ứng biến đổi khí hậu, hạn hán và xâm nhập mặn vùng ven biển",
        office="Phó Giám đốc Trung tâm Dịch vụ nông nghiệp khu vực liên xã",
    )
    content = training_certificate.render(
        replace(value, certificates=(one,)), PaperOptions(large_print=large)
    )
    (page,) = look(content)
    assert page.wide > page.high
    check_whole(content)


def test_a_class_is_one_file_with_a_page_for_each() -> None:
    content = training_certificate.render(training_samples.certificates(25))
    pages = look(content)
    assert len(pages) == 25
    with pytest.raises(ValueError, match="at least one"):
        training_certificate.render(training_samples.certificates(0))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("one", [False, True])
@pytest.mark.parametrize("blank", [False, True])
def test_an_attendance_list_is_whole(blank: bool, one: bool, large: bool) -> None:
    content = training_class.render_list(
        training_samples.attendance(blank=blank, one=one), PaperOptions(large_print=large)
    )
    check_whole(content)
    text = said(content)
    assert "Nguyễn Thị Hòa" in text
    assert ("Ký tên" in text) == (blank and one)


def test_a_filled_list_adds_up_and_says_who_completed() -> None:
    text = said(training_class.render_list(training_samples.attendance(blank=False, one=False)))
    assert "39,5 Hoàn thành" in text
    assert "31,5 Chưa đủ giờ" in text


def test_a_report_for_a_donor_names_nobody() -> None:
    inside = said(training_class.render_report(training_samples.class_report()))
    assert "Kết quả từng người" in inside
    outside = said(training_class.render_report(training_samples.class_report(inside=False)))
    assert "Kết quả từng người" not in outside
    assert "Nhà tài trợ, công bố" in outside
    assert "Nguyễn Thị Hòa" not in outside
    empty = replace(training_samples.class_report(), sessions=(), came=(), needs=(), results=(), signers=())
    check_whole(training_class.render_report(empty))
