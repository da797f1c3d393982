"""What the papers of loans say, where it stands, and that nothing is cut whatever is put in."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports import loan_samples, loan_schedule
from reports.catalogue import CATALOGUE, find
from reports.kit.report import PaperOptions
from reports.loan_application import LoanApplication, LoanDecision
from reports.loan_overdue import LoanOverdue
from reports.loan_parts import cost_lines, percent, percent_words
from reports.loan_passbook import LoanPassbook
from reports.loan_receipt import LoanReceipts
from reports.loan_reminder import LoanReminders, Tone
from reports.loan_values import LoanPerson, ScheduleRow, Split, UpfrontFee, paid_sum, schedule_sum
from resources.lang.dates import show_day
from resources.lang.dong import OFFICIAL, SOUTHERN, show_dong, show_number
from tests.reports.paper import Box, SeenPage, check_whole, look, said

LONG = "Nguyễn Phước Quý Thụy Nghiêm Đoan Trang Tôn Nữ Hoàng Ngọc Bảo Trân"
HUGE = 10**15
NATIONAL = {"loan-application", "loan-contract"}
SAMPLES: dict[str, Any] = {
    "loan-application": loan_samples.application(),
    "loan-contract": loan_samples.contract(),
    "loan-schedule": loan_samples.schedule(),
    "loan-passbook": loan_samples.passbook(),
    "loan-receipt": loan_samples.loan_receipts(),
    "loan-payoff": loan_samples.payoff(),
    "loan-overdue": loan_samples.overdue(),
    "loan-reminder": loan_samples.reminders(),
    "loan-due-list": loan_samples.due_list(),
}
KEYS = sorted(SAMPLES)


def text_of(key: str, value: Any, options: PaperOptions = PaperOptions()) -> str:
    data = find(key).render(value, options)
    check_whole(data)
    return said(data)


def right_edges(page: SeenPage, texts: list[str]) -> list[float]:
    """Return the right edges of the figures, each text found once or more on the page."""
    return [box.right for text in texts for box in page.boxes if box.text == text]


def one(page: SeenPage, text: str) -> Box:
    """Return the first string of the page that is exactly this."""
    return next(box for box in page.boxes if box.text == text)


CODES = {"code", "loan", "voucher", "number", "contract", "phone", "debt_group", "debit", "credit", "book"}


def changed(value: Any, **kinds: Any) -> Any:
    """Return a value with every text or every amount inside replaced, at any depth; codes and counts stay."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
        return type(value)(
            **{
                name: one
                if (name in CODES and not is_dataclass(one)) or name == "mark"
                else changed(one, **kinds)
                for name, one in made.items()
            }
        )
    if isinstance(value, tuple):
        return tuple(changed(one, **kinds) for one in value)
    kind = type(value).__name__
    if kind == "int" and value < 1000:
        return value
    return kinds.get(kind, value) if value else value


def test_all_loan_papers_are_in_the_catalogue() -> None:
    assert {report.key for report in CATALOGUE if report.key.startswith("loan-")} == set(SAMPLES)


@pytest.mark.parametrize("key", KEYS)
def test_contracts_and_applications_carry_the_national_head_the_rest_does_not(key: str) -> None:
    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text_of(key, SAMPLES[key])) is (key in NATIONAL)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_long_texts_are_never_cut(key: str, large: bool) -> None:
    data = find(key).render(changed(SAMPLES[key], str=LONG), PaperOptions(large_print=large))
    check_whole(data)
    assert "Tôn Nữ Hoàng" in said(data)
    assert min(box.size for page in look(data) for box in page.boxes) >= (18 if large else 8)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("key", KEYS)
def test_huge_amounts_are_never_cut(key: str, large: bool) -> None:
    data = find(key).render(changed(SAMPLES[key], int=HUGE), PaperOptions(large_print=large))
    check_whole(data)
    assert show_number(HUGE) in said(data)


def test_the_value_itself_may_wish_for_large_print() -> None:
    for key in KEYS:
        value = SAMPLES[key]
        if not hasattr(value, "large_print"):
            continue
        data = find(key).render(replace(value, large_print=True), PaperOptions())
        assert min(box.size for page in look(data) for box in page.boxes) >= 18, key


# The schedule


def test_schedule_says_every_instalment_and_its_sums() -> None:
    value = loan_samples.schedule()
    text = text_of("loan-schedule", value)
    for row in value.rows:
        cells = (row.principal, row.interest, row.fees, row.due, row.balance)
        shown = " ".join(show_number(cell) if cell else "–" for cell in cells)
        assert f"{row.nr} {show_day(row.due_on)} {shown}" in text
    sums = schedule_sum(value.rows)
    assert f"Cộng {show_number(sums.principal)} {show_number(sums.interest)} {show_number(sums.fees)}" in text
    assert "Mười triệu đồng." in text
    assert "1 %/tháng, tức 12 %/năm, tính trên dư nợ giảm dần" in text
    assert "Khoản vay này tốn bao nhiêu?" in text


def test_schedule_columns_line_up() -> None:
    page = look(find("loan-schedule").render(loan_samples.schedule(), PaperOptions()))[0]
    for texts in (["100.000", "91.670", "8.370"], ["9.167.000", "1.670.000"], ["938.000", "10.710.220"]):
        edges = right_edges(page, texts)
        assert max(edges) - min(edges) < 1, texts


def test_schedule_of_a_year_fits_one_page() -> None:
    assert len(look(find("loan-schedule").render(loan_samples.schedule(12), PaperOptions()))) == 1


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("number", [0, 1, 60, 240])
def test_schedule_of_any_length(number: int, large: bool) -> None:
    value = loan_samples.schedule(number) if number else replace(loan_samples.schedule(1), rows=())
    data = find("loan-schedule").render(value, PaperOptions(large_print=large))
    check_whole(data)
    pages, text = look(data), said(data)
    for row in value.rows:
        assert show_day(row.due_on) in text
    if number == 60 and not large:
        assert len(pages) == 3
        assert "Các kỳ trả nợ (đồng) (tiếp theo)" in text


def test_schedule_has_columns_only_for_what_is_asked() -> None:
    text = text_of("loan-schedule", loan_samples.schedule(fees=0))
    assert "Lãi Phí Cộng" not in text
    assert "Lãi Phí Cộng" in text_of("loan-schedule", loan_samples.schedule())
    assert "Phạt" not in text
    rows = tuple(replace(row, penalties=1000 * row.nr) for row in loan_samples.schedule_rows(6))
    assert "Phạt" in text_of("loan-schedule", replace(loan_samples.schedule(6), rows=rows))


def test_a_trial_says_that_nothing_is_signed() -> None:
    text = text_of("loan-schedule", loan_samples.schedule(trial=True))
    assert "Bản tính thử, chưa ký kết" in text
    assert "NGƯỜI VAY" not in text
    assert "Ký nhận" not in text


def test_moved_instalments_say_why() -> None:
    value = loan_samples.schedule()
    rows = (replace(value.rows[0], moved="gia hạn đến 05/06/2026 do bão số 4"), *value.rows[1:])
    assert "Kỳ 1: gia hạn đến 05/06/2026 do bão số 4." in text_of("loan-schedule", replace(value, rows=rows))


# The cost


def test_cost_is_told_in_dong_and_as_a_share_of_a_year() -> None:
    loan, rows = loan_samples.head(), loan_samples.schedule_rows()
    lines = cost_lines(loan, rows, (UpfrontFee("phí hồ sơ", 50_000),), OFFICIAL)
    asked = schedule_sum(rows)
    assert show_dong(asked.total + 50_000) in lines[0]
    assert show_dong(asked.interest + 50_000) in lines[0]
    assert "phí hồ sơ 50.000" in lines[1]
    assert "mỗi năm người vay trả 12,98" in lines[2]
    assert "(mười hai phẩy chín mươi tám phần trăm)" in lines[2]
    assert "13,78" in lines[3]


def test_cost_leaves_out_what_cannot_be_told() -> None:
    loan = replace(loan_samples.head(), apr_percent=None, eir_percent=None)
    assert cost_lines(loan, (), (), OFFICIAL) == []


def test_an_interest_free_loan_costs_nothing() -> None:
    row = ScheduleRow(1, date(2026, 5, 5), 1_000_000, 0)
    loan = replace(loan_samples.head(amount=1_000_000), apr_percent=Decimal(0), eir_percent=None)
    lines = cost_lines(loan, (row,), (), OFFICIAL)
    assert "tiền lãi và phí 0" in lines[0]
    assert "không phần trăm" in lines[1]


@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        ("21.455", "21,46\u00a0%", "hai mươi mốt phẩy bốn mươi sáu phần trăm"),
        ("12.00", "12\u00a0%", "mười hai phần trăm"),
        ("0.05", "0,05\u00a0%", "không phẩy không năm phần trăm"),
    ],
)
def test_percents_are_shown_and_read_alike(value: str, shown: str, read: str) -> None:
    assert percent(Decimal(value)) == shown
    assert percent_words(Decimal(value), OFFICIAL) == read


# The application


def test_application_says_what_is_asked_and_what_was_decided() -> None:
    value = loan_samples.application()
    text = text_of("loan-application", value)
    for part in (
        "ĐƠN ĐỀ NGHỊ VAY VỐN", "Kính gửi: Tổ tiết kiệm Sen Hồng", "Nguyễn Thị Hòa", "Mười triệu đồng",
        "Mua 2 con bò giống và làm chuồng", "Ngân hàng Chính sách xã hội", "8.700.000", "5.500.000",
        "VỢ (CHỒNG)", "Nguyễn Văn Bảy", "Số người có mặt: 23/25", "Đồng ý: 21", "Không đồng ý: 1",
        "Đồng ý cho vay", "16,4 % thu nhập",
    ):  # fmt: skip
        assert part in text, part
    assert "Còn lại mỗi tháng sau chi phí và trả nợ nơi khác: 2.750.000" in text
    assert text.count("NGƯỜI BẢO LÃNH") == 2


def test_a_refusal_names_the_people_and_the_reason() -> None:
    text = text_of("loan-application", loan_samples.refused_application())
    assert "Lê Thị Hồng Nhung (Thủ quỹ): không đồng ý" in text
    assert "Quỹ vay kỳ này không đủ tiền" in text
    assert "Số tiền cho vay" not in text
    assert "Số người có mặt" not in text


def test_a_blank_form_has_labels_and_no_figures() -> None:
    value = loan_samples.blank_application()
    text = text_of("loan-application", value)
    assert "₫" not in text
    assert "Không có người bảo lãnh" not in text
    for label in ("Họ và tên:", "Số tiền đề nghị vay:", "Bằng chữ:", "Đồng ý cho vay", "Lý do, ý kiến khác:"):
        assert label in text
    pages = look(find("loan-application").render(value, PaperOptions()))
    assert len(pages) == 2
    assert not any("5. Quyết định" in page.text for page in pages[:1])


def test_an_application_without_debts_or_guarantors_says_so() -> None:
    value = replace(loan_samples.application(), debts=(), guarantors=(), decision=None)
    text = text_of("loan-application", value)
    assert "Hộ không có khoản nợ nào khác" in text
    assert "Không có người bảo lãnh." in text
    assert "Lý do, ý kiến khác:" in text  # still to be decided


def test_a_bare_decision_is_enough() -> None:
    value = loan_samples.application()
    bare: LoanApplication = replace(value, decision=LoanDecision(True, date(2026, 4, 5)))
    assert "05/04/2026" in text_of("loan-application", bare)


# The contract


def test_contract_names_law_parties_price_and_schedule() -> None:
    value = loan_samples.contract()
    text = text_of("loan-contract", value)
    for part in (
        "Điều 463, Điều 466 và Điều 468 Bộ luật Dân sự", "Số: 17/HĐVV-2026", "Thạch Thị Sa Rương (TV-006)",
        "Nguyễn Thị Bé Tư (Tổ trưởng); Lê Thị Hồng Nhung (Thủ quỹ)", "bằng chữ: Mười triệu đồng",
        "Lãi suất: 1 %/tháng, tức 12 %/năm", "Tính cả phí, mỗi năm người vay trả 12,98", "(EIR)",
        "gốc quá hạn chịu lãi 1,5 %/tháng", "không mất thêm phí", "bảo lãnh toàn bộ số nợ", "bảo lãnh đến 5.000.000",
        "NGƯỜI LÀM CHỨNG", "Thạch Minh Tâm", "(Điểm chỉ ngón trỏ phải)", "VỢ (CHỒNG)", "Phụ lục: Lịch trả nợ",
        "Lập thành 02 bản", "không đe dọa",
    ):  # fmt: skip
        assert part in text, part
    for row in value.rows:
        assert f"{row.nr} {show_day(row.due_on)}" in text
    numbers = [int(part.split(".")[0]) for part in text.split("Điều ")[1:] if part.split(".")[0].isdigit()]
    assert numbers == list(range(1, 11))


def test_contract_leaves_out_articles_without_content() -> None:
    value = replace(loan_samples.contract(), guarantees=(), clauses=(), spouse=None, rows=(), fees=())
    text = text_of("loan-contract", value)
    assert "Bảo lãnh" not in text
    assert "NGƯỜI BẢO LÃNH" not in text
    assert "Thỏa thuận khác" not in text
    assert "Điều 8. Điều khoản chung" in text


def test_contract_is_never_signed_on_a_page_without_text() -> None:
    value = loan_samples.contract()
    for number in range(0, 40, 3):
        clauses = tuple("Bên vay gửi tiết kiệm đều đặn." for _turn in range(number))
        pages = look(find("loan-contract").render(replace(value, clauses=clauses), PaperOptions()))
        signed = [page for page in pages[:-1] if any("(Ký, ghi" in box.text for box in page.boxes)]
        assert len(signed) == 1, number
        assert any("Lập thành 02 bản" in box.text for box in signed[0].boxes), number
        assert any(box.text == "Nguyễn Thị Bé Tư" for box in signed[0].boxes), number


def test_contract_with_a_flat_rate_names_its_declining_equal() -> None:
    value = loan_samples.contract()
    loan = replace(
        value.loan, method_text="tính trên dư nợ ban đầu", equivalent_text="1,79 %/tháng trên dư nợ giảm dần"
    )
    text = text_of("loan-contract", replace(value, loan=loan))
    assert "tính trên dư nợ ban đầu (bằng 1,79 %/tháng trên dư nợ giảm dần)" in text


def test_contract_with_many_guarantors_goes_over_pages() -> None:
    value = loan_samples.contract()
    text = text_of("loan-contract", replace(value, guarantees=value.guarantees * 10))
    assert text.count("NGƯỜI BẢO LÃNH") == 20


@pytest.mark.parametrize("number", [0, 60])
def test_contract_with_an_annex_of_any_length(number: int) -> None:
    rows = loan_samples.schedule_rows(number) if number else ()
    check_whole(find("loan-contract").render(replace(loan_samples.contract(), rows=rows), PaperOptions()))


# The passbook


def test_passbook_shows_what_was_paid_beside_what_was_due() -> None:
    value = loan_samples.passbook()
    text = text_of("loan-passbook", value)
    assert "2 05/06/2026 833.000 91.670 15.000 8.334.000 05/06/2026 833.000 91.670 15.000" in text
    paid = paid_sum(value.rows)
    assert f"{show_number(paid.principal)} {show_number(paid.interest)} {show_number(paid.penalties)}" in text
    assert "05/05/2026 PT-2026-0101 Trả kỳ 1 tại kỳ họp 26" in text
    assert f"Còn nợ đến 25/08/2026: {show_dong(value.owed.total)}".replace("\u00a0", " ") in text
    assert "Sáu triệu bảy trăm mười hai nghìn" in text


def test_passbook_says_what_is_late_and_what_was_not_cash() -> None:
    value = loan_samples.passbook()
    waived = replace(value.movements[1], text="Miễn tiền phạt", cash=False)
    late: LoanPassbook = replace(
        value, overdue=Split(833_000, 66_680), days_late=12, movements=(*value.movements, waived)
    )
    text = text_of("loan-passbook", late)
    assert "Trong đó đã quá hạn 12 ngày: 899.680" in text
    assert "Miễn tiền phạt (không thu tiền)" in text


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("number", [1, 60])
def test_passbook_of_any_length(number: int, large: bool) -> None:
    value = loan_samples.passbook(number, paid=number)
    check_whole(find("loan-passbook").render(value, PaperOptions(large_print=large)))
    empty = replace(value, rows=(), movements=(), owed=Split(), blank_rows=10)
    check_whole(find("loan-passbook").render(empty, PaperOptions(large_print=large)))


# The receipt


def test_receipt_splits_the_money_and_says_what_is_next() -> None:
    text = text_of("loan-receipt", loan_samples.loan_receipts())
    for part in (
        "PHIẾU THU", "Gốc 833.000 Lãi 100.000 Phí 5.000 Phạt 15.000 Trả thừa – Cộng 953.000",
        "Chín trăm năm mươi ba nghìn đồng.", "trước khi trả 10.000.000 ₫, sau khi trả 9.167.000 ₫",
        "ngày 05/06/2026, 924.670 ₫", "gửi vào tiết kiệm tự nguyện", "khoản vay đã trả hết",
    ):  # fmt: skip
        assert part in text, part


def test_two_loan_receipts_share_a_page() -> None:
    pages = look(find("loan-receipt").render(loan_samples.loan_receipts(), PaperOptions()))
    assert len(pages) == 2
    upper, lower = pages[0].find("Số: PT-2026-0101"), pages[0].find("Số: PT-2026-0106")
    assert upper.low > pages[0].high / 2 > lower.high


def test_two_copies_of_a_loan_receipt_and_none() -> None:
    data = find("loan-receipt").render(LoanReceipts((loan_samples.loan_receipt(),), 2), PaperOptions())
    check_whole(data)
    assert len(look(data)) == 1
    with pytest.raises(ValueError):
        find("loan-receipt").render(LoanReceipts(()), PaperOptions())


# The payoff quote


def test_payoff_adds_up_and_says_how() -> None:
    value = loan_samples.payoff()
    assert value.total == 6_668_000 + 43_845 - 12_000
    text = text_of("loan-payoff", value)
    for part in (
        "Số tiền cần trả để tất toán: 6.699.845 ₫", "Sáu triệu sáu trăm chín mươi chín nghìn",
        "6.668.000 ₫ × 12 %/năm × 20 ngày ÷ 365 43.845", "–12.000", "có giá trị đến hết ngày 31 tháng 8 năm 2026",
        "bớt được 196.895 ₫ tiền lãi", "mỗi ngày trả sau ngày 25/08/2026",
    ):  # fmt: skip
        assert part in text, part


def test_payoff_amounts_line_up_at_the_right_edge() -> None:
    page = look(find("loan-payoff").render(loan_samples.payoff(), PaperOptions()))[0]
    edges = right_edges(page, ["6.668.000", "43.845", "–12.000", "6.699.845"])
    assert len(edges) == 4
    assert max(edges) - min(edges) < 1


def test_payoff_of_nothing() -> None:
    value = replace(loan_samples.payoff(), parts=(), interest_saved=0, later_text="")
    text = text_of("loan-payoff", value)
    assert "Không đồng." in text
    assert "bớt được" not in text


# The lists


def test_overdue_list_has_ages_risk_and_totals() -> None:
    value = loan_samples.overdue()
    text = text_of("loan-overdue", value)
    for row in value.rows:
        assert f"{row.name} ({row.code})" in text
        assert show_number(row.balance) in text
    assert "KV-0014*" in text
    assert "* Đã cơ cấu lại" in text
    for bucket in value.buckets:
        assert bucket.title in text
    assert show_number(sum(row.principal for row in value.rows)) in text
    for line in value.risk:
        assert (
            f"{line.title}: {show_dong(line.balance)}, bằng {line.share_text}".replace("\u00a0", " ") in text
        )
    assert "100 %" in text


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("loans", [0, 1, 120])
def test_overdue_list_of_any_length(loans: int, large: bool) -> None:
    value: LoanOverdue = loan_samples.overdue(loans)
    rows = tuple(replace(row, group="Tổ Sen Hồng", phone="0912 345 678") for row in value.rows)
    data = find("loan-overdue").render(replace(value, rows=rows), PaperOptions(large_print=large))
    check_whole(data)
    assert ("Không có khoản vay nào quá hạn." in said(data)) is (loans == 0)


def test_due_list_says_what_is_due_and_leaves_room_to_sign() -> None:
    value = loan_samples.due_list()
    text = text_of("loan-due-list", value)
    for row in value.rows:
        assert f"{row.name} ({row.code}) {row.loan} {show_number(row.balance)}" in text
        assert show_number(row.total) in text
    total = sum(row.total for row in value.rows)
    assert f"Cộng phải thu: {show_dong(total)}".replace("\u00a0", " ") in text
    for part in ("Kỳ họp 30, ngày 05 tháng 9 năm 2026", "Thực trả", "Ký tên", "Trong đó trả trễ"):
        assert part in text


def test_due_list_columns_line_up() -> None:
    page = look(find("loan-due-list").render(loan_samples.due_list(), PaperOptions()))[0]
    for texts in (["10.000.000", "1.670.000"], ["938.000", "850.370"], ["12.000"], ["100.000", "8.370"]):
        edges = right_edges(page, texts)
        assert max(edges) - min(edges) < 1, texts


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("loans", [0, 1, 120])
def test_due_list_of_any_length(loans: int, large: bool) -> None:
    data = find("loan-due-list").render(loan_samples.due_list(loans), PaperOptions(large_print=large))
    check_whole(data)
    assert ("Kỳ này không có khoản vay nào đến hạn." in said(data)) is (loans == 0)


# The letters

HARSH = (
    "khởi kiện",
    "cưỡng chế",
    "tịch thu",
    "công an",
    "tòa án",
    "xử lý",
    "vi phạm",
    "nợ xấu",
    "bêu",
    "lập tức",
)


@pytest.mark.parametrize("tone", list(Tone))
def test_letters_are_kind_and_clear(tone: Tone) -> None:
    letter = loan_samples.reminder(tone)
    text = text_of("loan-reminder", LoanReminders((letter,)))
    assert not [word for word in HARSH if word in text.lower()]
    assert "Kính gửi: Chị Nguyễn Thị Hòa" in text
    total = sum(row.due for row in letter.rows)
    assert show_dong(total).replace("\u00a0", " ") in text
    for row in letter.rows:
        assert show_day(row.due_on) in text
    assert "khó khăn" in text
    assert "cùng bàn cách" in text
    assert "Xin cảm ơn" in text
    assert "0912 345 678" in text
    assert ("chưa ghi là đã trả" in text) is (tone is Tone.AFTER)


def test_each_letter_begins_on_a_page_of_its_own() -> None:
    pages = look(find("loan-reminder").render(loan_samples.reminders(), PaperOptions()))
    assert len(pages) == 2
    assert all(any("Kính gửi" in box.text for box in page.boxes) for page in pages)
    assert "Nguyễn Thị Hòa" not in pages[1].text  # nobody reads of another's loan
    with pytest.raises(ValueError):
        find("loan-reminder").render(LoanReminders(()), PaperOptions())


def test_letter_without_place_contact_or_rows() -> None:
    bare = replace(
        loan_samples.reminder(), rows=(), pay_on=None, pay_place="", contact="", salutation="", place=""
    )
    text = text_of("loan-reminder", LoanReminders((bare,)))
    assert "Có thể trả vào" not in text


# All of them


def test_words_follow_the_group() -> None:
    value = replace(loan_samples.payoff(), parts=(replace(loan_samples.payoff().parts[0], amount=1_005_000),))
    assert "không trăm lẻ năm ngàn" in said(find("loan-payoff").render(value, PaperOptions(words=SOUTHERN)))


def test_people_who_cannot_write_leave_a_fingerprint_before_a_witness() -> None:
    person: LoanPerson = loan_samples.person(5, fingerprint=True)
    loan = replace(loan_samples.head(5), borrower=person)
    for key, value in (
        ("loan-schedule", replace(loan_samples.schedule(), loan=loan)),
        ("loan-passbook", replace(loan_samples.passbook(), loan=loan)),
        ("loan-application", replace(loan_samples.application(), borrower=person)),
    ):
        text = text_of(key, value)
        assert "(Điểm chỉ ngón trỏ phải)" in text
        assert "Thạch Minh Tâm" in text


def test_schedule_module_is_the_one_of_the_catalogue() -> None:
    assert find("loan-schedule") is loan_schedule.REPORT
    assert find("loan-schedule").shown_title() == "Lịch trả nợ"
