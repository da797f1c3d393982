from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from reports import (
    audit_samples,
    blank_sheet,
    capacity_samples,
    cash_book,
    figure_samples,
    form_samples,
    group_paper_samples,
    livelihood_samples,
    loan_samples,
    meeting_minutes,
    member_list,
    member_statement,
    money_samples,
    receipt,
    rosca_samples,
    samples,
    savings_samples,
    share_out_samples,
    support_samples,
    training_samples,
    trial_balance,
)
from reports.catalogue import CATALOGUE, find
from reports.kit.report import PaperOptions
from reports.kit.values import Signer
from reports.meeting_minutes import MoneyColumn
from reports.member_list import ListPurpose
from reports.receipt import ReceiptKind, Receipts
from resources.lang import messages
from resources.lang.dong import SOUTHERN, show_number
from tests.reports.paper import check_whole, fonts_of, look, reader, said

LONG = "Nguyễn Phước Quý Thụy Nghiêm Đoan Trang Tôn Nữ Hoàng Ngọc Bảo Trân"
SAMPLES: dict[str, Any] = {
    "member-statement": samples.statement(5),
    "meeting-minutes": samples.minutes(signature_column=True),
    "receipts": samples.receipts(),
    "blank-sheet": samples.blank_sheet(),
    "member-list": samples.member_list(),
    "cash-book": samples.cash_book(),
    "trial-balance": samples.trial_balance(),
    "loan-application": loan_samples.application(),
    "loan-contract": loan_samples.contract(),
    "loan-schedule": loan_samples.schedule(),
    "loan-passbook": loan_samples.passbook(),
    "loan-receipt": loan_samples.loan_receipts(),
    "loan-payoff": loan_samples.payoff(),
    "loan-overdue": loan_samples.overdue(),
    "loan-reminder": loan_samples.reminders(),
    "loan-due-list": loan_samples.due_list(),
    "lender-collection": loan_samples.collection(),
    "rosca-agreement": rosca_samples.agreement(),
    "rosca-ledger": rosca_samples.ledger(),
    "rosca-notice": rosca_samples.notice(),
    "member-profile": form_samples.profile(),
    "consent": form_samples.consent(),
    "questionnaire": form_samples.filled(),
    "questionnaire-blank": form_samples.blank(),
    "analysis-table": figure_samples.analysis(),
    "inclusion-report": figure_samples.inclusion(),
    "action-list": figure_samples.actions(),
    "audit-sheet": audit_samples.sheet(),
    "audit-minutes": audit_samples.minutes(),
    "livelihood-record": livelihood_samples.record(),
    "business-plan": livelihood_samples.plan(),
    "visit-form": livelihood_samples.visit(),
    "job-report": livelihood_samples.job_report(),
    "support-dossier": support_samples.dossier(),
    "support-handover": support_samples.handover(),
    "support-assessment": support_samples.assessment(),
    "asset-register": support_samples.register(),
    "asset-card": support_samples.card(),
    "share-out": share_out_samples.share_out(),
    "cash-count": money_samples.count(),
    "opening-balances": money_samples.opening(),
    "social-book": money_samples.social_book(),
    "expense-list": money_samples.expenses(),
    "group-report": money_samples.group_report(),
    "savings-interest": savings_samples.interest(),
    "maturity-score": capacity_samples.maturity(),
    "capacity-progress": capacity_samples.progress(),
    "change-plan": capacity_samples.change_plan(),
    "coordination-list": capacity_samples.coordination(),
    "coordination-meeting": capacity_samples.coordination_meeting(),
    "donor-report": capacity_samples.donor_report(),
    "constitution": group_paper_samples.constitution(),
    "passbook": group_paper_samples.passbooks(),
    "model-sheet": group_paper_samples.model(),
    "training-certificate": training_samples.certificates(),
    "training-attendance": training_samples.attendance(),
    "training-class": training_samples.class_report(),
}
KEYS = sorted(SAMPLES)


def test_every_report_of_the_catalogue_has_a_sample() -> None:
    assert sorted(report.key for report in CATALOGUE) == KEYS
    assert all(isinstance(SAMPLES[report.key], report.takes) for report in CATALOGUE)
    assert find("receipts").shown_title() == "Phiếu thu, phiếu chi"
    with pytest.raises(KeyError):
        find("nothing")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_every_paper_is_whole_embedded_and_repeatable(key: str, large: bool) -> None:
    report, options = find(key), PaperOptions(large_print=large)
    data = report.render(SAMPLES[key], options)
    assert data == report.render(SAMPLES[key], options)
    check_whole(data)
    found = fonts_of(data)
    assert all(found.values()), found
    assert all("NotoSans" in name for name in found), found
    assert min(box.size for page in look(data) for box in page.boxes) >= (18 if large else 8)
    pdf = reader(data)
    assert pdf.trailer["/Root"]["/Lang"] == "vi-VN"  # type: ignore[index]
    assert pdf.metadata is not None
    assert pdf.metadata.title
    assert pdf.metadata.author == "Hội Liên hiệp Phụ nữ xã Tân Hưng"


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_is_the_same_by_both_drawing_paths(key: str) -> None:
    fast = find(key).render(SAMPLES[key], PaperOptions())
    plain = find(key).render(SAMPLES[key], PaperOptions(fast=False))
    assert said(fast) == said(plain)


@pytest.mark.parametrize("key", KEYS)
def test_every_paper_says_when_and_by_whom_it_was_printed(key: str) -> None:
    for page in look(find(key).render(SAMPLES[key], PaperOptions())):
        assert "người in: Trần Thị Mai" in page.text.replace("\u00a0", " ").replace("\r\n", " ")


def test_a_paper_has_its_own_language_whatever_the_window_speaks() -> None:
    pdf = reader(trial_balance.render(samples.trial_balance(), PaperOptions(language="en")))
    assert pdf.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    messages.set_language("en")
    try:
        data = trial_balance.render(samples.trial_balance())
        assert messages.language() == "en"
    finally:
        messages.set_language("vi")
    assert reader(data).trailer["/Root"]["/Lang"] == "vi-VN"  # type: ignore[index]
    assert "BẢNG CÂN ĐỐI TÀI KHOẢN" in said(data)


def test_minutes_carry_the_national_head_and_every_decision() -> None:
    value = samples.minutes()
    data = meeting_minutes.render(value)
    text = said(data)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "Tân Hưng, ngày 05 tháng 3 năm 2026" in text
    assert "Số: 05/BB-TSH" in text
    assert "08 giờ 00, Thứ Năm, ngày 05 tháng 3 năm 2026" in text
    assert (
        "23/25 thành viên có mặt, trong đó 2 đi muộn; 2 vắng mặt, trong đó 1 ủy quyền (tính dự họp 24/25)"
        in text
    )
    assert "Cuộc họp kết thúc vào 10 giờ 15, ngày 05 tháng 3 năm 2026./." in text
    for decision in value.decisions:
        assert decision in text
    for person in value.attendees:
        assert person.name in text
    for column in value.columns:
        assert show_number(sum(column.amounts)) in text
    assert "Hai triệu bảy trăm ba mươi nghìn đồng" in text
    assert "–10.000" in text  # the difference between count and book
    assert "thiếu 10.000 ₫, đã ghi vào sổ; số dư sau kiểm đếm" in text
    last = look(data)[-1]
    assert last.find("THƯ KÝ").left < last.find("CHỦ TỌA").left


def test_minutes_head_has_the_motto_over_a_rule_of_its_own_length() -> None:
    page = look(meeting_minutes.render(samples.minutes()))[0]
    nation, motto = page.find("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), page.find("Độc lập - Tự do - Hạnh phúc")
    assert (nation.left + nation.right) / 2 == pytest.approx((motto.left + motto.right) / 2, abs=1.5)


def test_minutes_with_many_columns_and_huge_amounts_are_split_not_cut() -> None:
    value = samples.minutes()
    columns = tuple(MoneyColumn(f"Khoản thu số {number}", (10**15,) * 25) for number in range(9))
    data = meeting_minutes.render(replace(value, columns=columns))
    check_whole(data)
    assert "25.000.000.000.000.000" in said(data)


def test_minutes_of_nobody_about_nothing() -> None:
    value = replace(
        samples.minutes(),
        attendees=(),
        columns=(),
        funds=(),
        cash_counts=(),
        agenda=(),
        decisions=(),
        absentees=(),
    )
    check_whole(meeting_minutes.render(value))


def test_minutes_with_long_texts_go_over_pages() -> None:
    value = replace(
        samples.minutes(), decisions=("Thống nhất. " * 900, f"{LONG} " * 30), chair=LONG, place=LONG
    )
    data = meeting_minutes.render(value)
    check_whole(data)
    assert said(data).count("Thống nhất.") == 900


def test_two_receipts_share_a_page_with_a_line_to_cut() -> None:
    pages = look(receipt.render(samples.receipts()))
    assert len(pages) == 3  # five vouchers
    page = pages[0]
    upper, lower = page.find("Số: PT-2026-0001"), page.find("Số: PT-2026-0006")
    assert upper.low > page.high / 2 > lower.high


def test_receipt_says_who_why_how_much() -> None:
    text = said(receipt.render(Receipts((samples.receipt(0), samples.receipt(11, ReceiptKind.OUT)))))
    for part in (
        "PHIẾU THU", "Mẫu số 01 - TT", "Họ và tên người nộp tiền: Nguyễn Thị Hòa", "Nợ: 111, 113", "120.000 ₫",
        "Một trăm hai mươi nghìn đồng.", "NGƯỜI NỘP TIỀN", "PHIẾU CHI", "Mẫu số 02 - TT", "Ngày 05 tháng 3 năm 2026",
        "Ngô Thị Thu Hường", "1 chứng từ gốc", "NGƯỜI NHẬN TIỀN", "Quyển số: 01", "TỔ TRƯỞNG", "THỦ QUỸ", "NGƯỜI LẬP",
    ):  # fmt: skip
        assert part in text, part
    assert "CỘNG HÒA" not in text  # vouchers carry no national head


def test_a_transfer_says_from_where_to_where() -> None:
    text = said(receipt.render(Receipts((samples.transfer(),))))
    for part in (
        "PHIẾU CHUYỂN KHOẢN", "Số: CK-2026-0001", "Chuyển từ: Quỹ tiết kiệm, cho vay",
        "Chuyển đến: Tiền gửi ngân hàng, Agribank Cao Lãnh, số 6500205012345", "Nội dung: Gửi tiền vào ngân hàng",
        "12.000.000 ₫", "Mười hai triệu đồng.", "Đã chuyển đủ số tiền", "NGƯỜI GIAO DỊCH", "THỦ QUỸ", "Nợ: 112",
    ):  # fmt: skip
        assert part in text, part
    assert "Mẫu số" not in text  # the state has no form for it


def test_two_copies_of_one_receipt() -> None:
    pages = look(receipt.render(Receipts((samples.receipt(0),), copies=2)))
    assert len(pages) == 1
    assert "Liên 1" in pages[0].text
    assert "Liên 2" in pages[0].text


def test_a_cancelled_receipt_says_why() -> None:
    assert "Đã hủy bằng phiếu PC-2026-0009" in said(receipt.render(samples.receipts()))


def test_receipts_shrink_before_they_take_a_whole_page() -> None:
    long = replace(
        samples.receipt(5), person=LONG, reason="Nộp tiền tiết kiệm kỳ họp tháng ba. " * 9, preparer=LONG
    )
    data = receipt.render(Receipts((long, samples.receipt(1))))
    check_whole(data)
    assert len(look(data)) == 1
    endless = replace(long, reason="Nộp tiền tiết kiệm kỳ họp tháng ba. " * 40)
    data = receipt.render(Receipts((samples.receipt(0), endless, samples.receipt(1))))
    check_whole(data)
    assert len(look(data)) == 3
    with pytest.raises(ValueError):
        receipt.render(Receipts(()))


def test_words_follow_the_group() -> None:
    value = Receipts((replace(samples.receipt(0), amount=1_005_000),))
    assert "không trăm lẻ năm ngàn" in said(receipt.render(value, PaperOptions(words=SOUTHERN)))


def test_blank_sheet_keeps_the_order_and_says_what_is_expected() -> None:
    value = samples.blank_sheet()
    pages = look(blank_sheet.render(value))
    assert len(pages) == 2
    assert pages[0].wide > pages[0].high
    text = said(blank_sheet.render(value))
    places = [text.index(f"{row.name} ({row.code})") for row in value.rows]
    assert places == sorted(places)
    for part in (
        "Cổ phần đang có",
        "50.000",
        "Điểm danh",
        "Ký tên",
        "500.000",
        "Chênh lệch",
        "Quỹ vay 5.230.000 ₫",
    ):
        assert part in text
    for page in pages:
        assert "Họ và tên" in page.text


@pytest.mark.parametrize("members", [0, 1, 400])
def test_blank_sheet_of_any_length(members: int) -> None:
    data = blank_sheet.render(samples.blank_sheet(members))
    check_whole(data)
    pages = look(data)
    heads = sum("Họ và tên" in page.text for page in pages)
    assert heads >= len(pages) - 1


def test_list_leaves_empty_columns_out() -> None:
    value = samples.member_list()
    text = said(member_list.render(value))
    assert "Dân tộc" not in text
    assert "Điện thoại" in text
    assert "Danh sách có 25 người, trong đó 19 nữ." in text


def test_signed_lists_say_no_more_than_is_needed() -> None:
    text = said(member_list.render(samples.member_list(ListPurpose.ATTENDANCE)))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Tập huấn kỹ thuật trồng nấm rơm" in text
    assert "Ký tên" in text
    assert "Điện thoại" not in text
    assert "Ký nhận" in said(member_list.render(samples.member_list(ListPurpose.ACKNOWLEDGE)))


@pytest.mark.parametrize("members", [0, 400])
def test_list_of_any_length(members: int) -> None:
    data = member_list.render(samples.member_list(ListPurpose.ATTENDANCE, members=members))
    check_whole(data)
    assert f"Danh sách có {members} người" in said(data)


def test_list_with_long_names_and_markup() -> None:
    value = samples.member_list()
    name = unicodedata.normalize("NFD", LONG + " <b>&amp;</b>")
    members = (replace(value.members[0], full_name=name, address=LONG, office=LONG), *value.members[1:])
    data = member_list.render(replace(value, members=members, signers=(Signer("Người lập", LONG),) * 4))
    check_whole(data)
    assert LONG + " <b>&amp;</b>" in said(data)


def test_cash_book_runs_from_opening_to_closing() -> None:
    value = samples.cash_book()
    data = cash_book.render(value)
    text = said(data)
    assert "Mẫu số S07" in text
    assert f"Số dư đầu kỳ {show_number(value.opening)}" in text
    assert f"Số dư cuối kỳ {show_number(value.closing)}" in text
    assert "Cộng phát sinh 7.290.000 2.100.000" in text
    pages = look(data)
    assert f"Sổ này có {len(pages):02d} trang" in text
    for page in pages[1:]:
        texts = [box.text for box in page.boxes]
        carried = texts[texts.index("Trang trước mang sang") + 1]
        assert carried in [box.text for box in pages[pages.index(page) - 1].boxes]


@pytest.mark.parametrize("lines", [0, 400])
def test_cash_book_of_any_length(lines: int) -> None:
    check_whole(cash_book.render(samples.cash_book(lines)))


def test_trial_balance_adds_up_or_says_that_it_does_not() -> None:
    value = samples.trial_balance()
    text = said(trial_balance.render(value))
    assert "Cộng 4.075.000 4.075.000 4.265.000 4.265.000 6.445.000 6.445.000" in text
    assert "KHÔNG CÂN" not in text
    wrong = replace(value, rows=(*value.rows[:-1], replace(value.rows[-1], closing_debit=10_001)))
    assert "KHÔNG CÂN" in said(trial_balance.render(wrong))
    check_whole(trial_balance.render(replace(value, rows=())))


def test_trial_balance_columns_line_up() -> None:
    page = look(trial_balance.render(samples.trial_balance()))[0]
    edges = [page.find(text).right for text in ("1.450.000", "1.000.000", "65.000")]
    assert max(edges) - min(edges) < 1


def test_statement_report_takes_one_member() -> None:
    assert find("member-statement").takes is member_statement.MemberStatement


def test_the_book_of_the_bank_is_called_after_it() -> None:
    value = replace(samples.cash_book(), box="Tiền gửi ngân hàng", bank=True)
    text = said(cash_book.render(value))
    assert "SỔ TIỀN GỬI NGÂN HÀNG" in text
    assert "SỔ QUỸ TIỀN MẶT" not in text


def test_minutes_without_room_for_signatures_end_their_table_with_a_list_to_sign() -> None:
    value = samples.minutes(signature_column=True)
    wide = tuple(MoneyColumn(f"Khoản {n}", (1_234_567,) * len(value.attendees)) for n in range(8))
    text = said(meeting_minutes.render(replace(value, columns=wide)))
    money, _caption, signing = text.partition("Thành viên ký tên")
    assert signing
    assert "Ký tên" not in money
    signing = signing.partition("Số dư các quỹ")[0]
    assert all(person.name.split()[-1] in signing for person in value.attendees)
    assert "Ký tên STT Họ và tên Ký tên" in signing  # two abreast
    assert "Cộng" not in signing
    few = said(meeting_minutes.render(replace(value, columns=wide[:1])))
    assert "Thành viên ký tên" not in few
    assert "Ký tên" in few
