"""The papers of support say what they must, blank and filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import support_assessment, support_assets, support_dossier, support_handover, support_samples
from reports.kit.report import PaperOptions
from tests.reports.paper import check_whole, look, said


def test_a_dossier_prints_items_gates_evidence_and_the_override() -> None:
    text = said(support_dossier.render(support_samples.dossier()))
    for words in (
        "Đã hoàn thành đào tạo cần thiết",
        "Biên bản số 16/2026",
        "31/32 = 96,9 %",
        "Mục bắt buộc chưa đạt: 2.",
        "Lê Văn Sơn (Điều phối dự án) và Hà Thị Mai (Phó chủ tịch xã)",
        "Lý do: Lũ cuốn mất lò ấp",
        "Cộng được tính 3.000.000",
    ):
        assert words in text
    empty = replace(
        support_samples.dossier(), assessments=(), decisions=(), contributions=(), transfers=(), assets=()
    )
    text = said(support_dossier.render(empty))
    for words in ("Chưa đánh giá lần nào.", "Chưa có quyết định.", "Chưa ghi đối ứng nào.", "Chưa bàn giao."):
        assert words in text


def test_minutes_are_signed_by_both_sides_with_room_for_a_fingerprint() -> None:
    text = said(support_handover.render(support_samples.handover()))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Mười hai triệu đồng",
        "BÊN GIAO",
        "Điểm chỉ",
        "TS-0001",
    ):
        assert words in text


def test_a_form_is_blank_or_filled_before_and_after() -> None:
    blank = said(support_assessment.render(support_samples.assessment(blank=True)))
    assert "………/32" in blank
    assert "Biên bản số" not in blank
    again = said(support_assessment.render(support_samples.assessment(blank=True, again=True)))
    assert "PHIẾU ĐÁNH GIÁ LẠI SAU BÀN GIAO" in again
    assert "Đối ứng từ mức tối thiểu" not in again
    assert "………/10" in again


def test_a_card_has_room_for_checks_until_the_asset_is_gone() -> None:
    card = support_samples.card()
    assert "Lần kiểm tra tới: 01/03/2027" in said(support_assets.render_card(card))
    gone = replace(card, ended="Ra khỏi sổ ngày 01/10/2026: Mất. Báo công an.", next_check=None)
    assert "Báo công an" in said(support_assets.render_card(gone))
    empty = replace(support_samples.register(), assets=())
    assert "Chưa có tài sản nào." in said(support_assets.render_register(empty))


@pytest.mark.parametrize("large", [False, True])
def test_blank_forms_are_whole(large: bool) -> None:
    for again in (False, True):
        value = support_samples.assessment(blank=True, again=again)
        data = support_assessment.render(value, PaperOptions(large_print=large))
        check_whole(data)
        assert look(data)
