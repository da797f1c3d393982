from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from reports import samples
from reports.kit.report import Cancelled, PaperOptions
from reports.kit.values import Organisation
from reports.member_statement import (
    MemberStatement,
    Movement,
    Section,
    StatementAccount,
    render,
    render_group,
    render_statements,
)
from resources.lang.dong import show_number
from tests.reports.paper import check_whole, fonts_of, look, picture, reader, said, squeeze

LONG = "Nguyễn Phước Quý Thụy Nghiêm Đoan Trang Tôn Nữ Hoàng Ngọc Bảo Trân"


def with_rows(count: int, value: int = 50_000) -> MemberStatement:
    lines, balance = [], 0
    for turn in range(count):
        balance += value
        day = date(2020 + turn // 200, 1 + turn % 12, 1 + turn % 28)
        lines.append(Movement(day, f"PT-{turn:04d}", str(turn), "Gửi tiết kiệm", value, 0, balance))
    account = StatementAccount(Section.SAVINGS, "Tiết kiệm bắt buộc", 0, balance, tuple(lines))
    return replace(samples.statement(), accounts=(account,), closing_total=balance)


def test_everything_put_in_is_read_back() -> None:
    value = samples.statement(5)
    text = said(render(value))
    assert value.member.full_name in text
    for account in value.accounts:
        assert account.title in text
        assert show_number(account.closing) in text
        for line in account.movements:
            assert line.voucher in text
            assert line.day.strftime("%d/%m/%Y") in text
            assert squeeze(line.text) in text
    assert "3.690.000 ₫" in text
    assert "Bằng chữ: Ba triệu sáu trăm chín mươi nghìn đồng." in text
    assert "0820******15" in text
    assert "trong 7 ngày" in text


def test_pypdf_reads_the_same_letters() -> None:
    text = squeeze(" ".join(page.extract_text() for page in reader(render(samples.statement())).pages))
    assert unicodedata.is_normalized("NFC", text)
    assert "HỘI LIÊN HIỆP PHỤ NỮ XÃ TÂN HƯNG" in text
    assert "Bằng chữ: Ba triệu năm trăm bốn mươi nghìn đồng." in text


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("index", [0, 5])
def test_nothing_is_cut_and_nothing_overlaps(index: int, large: bool) -> None:
    check_whole(render(samples.statement(index, large_print=large)))


def test_large_print_is_at_least_18_points_everywhere() -> None:
    for page in look(render(samples.statement(large_print=True))):
        assert min(box.size for box in page.boxes) >= 18


def test_a_year_in_large_print_is_five_upright_pages_and_says_everything() -> None:
    value = samples.statement(large_print=True)
    data = render(value)
    pages = reader(data).pages
    assert len(pages) <= 5
    assert all(page.mediabox.width < page.mediabox.height for page in pages)
    text = said(data)
    for account in value.accounts:
        assert account.title in text
        assert show_number(account.opening) in text
        for line in account.movements:
            assert (f"{line.voucher}, kỳ {line.meeting}" if line.meeting else line.voucher) in text
            assert squeeze(line.text.split(";")[0]) in text
            assert show_number(line.balance) in text or account.section is Section.PAID
    assert "–500.000" in text
    assert "+150.000" in text


def test_what_went_in_and_out_keeps_its_sum_in_large_print() -> None:
    """Whatever the rows, opening and signed changes give the balances; the sums in and out stand at a glance."""
    value = samples.statement(large_print=True)
    voluntary = value.accounts[1]
    change = sum(line.paid_in - line.paid_out for line in voluntary.movements)
    text = said(render(value))
    assert voluntary.opening + change == voluntary.closing
    assert f"Số dư cuối kỳ 31/03/2026 –{show_number(-change)} {show_number(voluntary.closing)}" in text
    paid_in = show_number(sum(line.paid_in for line in voluntary.movements))
    paid_out = show_number(sum(line.paid_out for line in voluntary.movements))
    assert f"{voluntary.title} {paid_in} {paid_out} {show_number(voluntary.closing)}" in text


def test_amounts_too_long_for_an_upright_page_lie_along_the_long_side() -> None:
    value = replace(with_rows(12, 10**14), large_print=True)
    page = reader(render(value)).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_large_print_follows_the_member_unless_told_otherwise() -> None:
    value = samples.statement(large_print=True)
    told = look(render(value, PaperOptions(large_print=False)))
    assert min(box.size for box in told[0].boxes) < 10
    told = look(render(replace(value, large_print=False), PaperOptions(large_print=True)))
    assert min(box.size for box in told[0].boxes) >= 18


def test_normal_print_is_never_smaller_than_8_points() -> None:
    for page in look(render(samples.statement())):
        assert min(box.size for box in page.boxes) >= 8


def test_a_year_of_monthly_meetings_fits_two_pages() -> None:
    assert len(look(render(samples.statement()))) == 2


def test_amounts_line_up_on_the_right() -> None:
    page = look(render(samples.statement()))[0]
    balances = [page.find(show_number(650_000 + 50_000 * turn)) for turn in (0, 2, 4, 7)]
    edges = [box.right for box in balances]
    assert max(edges) - min(edges) < 1
    assert page.find("Số dư").right == pytest.approx(edges[0], abs=1.5)


def test_long_tables_repeat_their_head_and_carry_the_balance() -> None:
    pages = look(render(with_rows(400)))
    assert len(pages) >= 6
    for number, page in enumerate(pages[1:-1], start=2):
        texts = [box.text for box in page.boxes]
        assert "Số chứng từ" in texts
        assert "Tiết kiệm bắt buộc (tiếp theo)" in texts
        assert "Trang trước mang sang" in texts
        assert f"Trang {number}/{len(pages)}" in texts
    first = [box.text for box in pages[0].boxes]
    carried = first[first.index("Mang sang trang sau") + 1]
    second = [box.text for box in pages[1].boxes]
    assert second[second.index("Trang trước mang sang") + 1] == carried
    check_whole(render(with_rows(400)))


@pytest.mark.parametrize("large", [False, True])
def test_what_was_only_paid_carries_its_sum_to_the_next_page(large: bool) -> None:
    value = samples.statement()
    account = next(one for one in value.accounts if one.section is Section.PAID)
    line = account.movements[0]
    lines = tuple(
        replace(line, day=date(2026, 1, 1) + timedelta(days=turn), paid_in=3_000, paid_out=0)
        for turn in range(120)
    )
    long = replace(account, opening=7_000, movements=lines, closing=367_000)
    value = replace(value, accounts=(long,), large_print=large)
    pages = [[box.text for box in page.boxes] for page in look(render(value))]
    sums = {show_number(7_000 + 3_000 * turn) for turn in range(121)}
    turned = [page for page in pages if "Mang sang trang sau" in page]
    assert turned
    for before, after in pairwise(pages[: len(turned) + 1]):
        carried = before[before.index("Mang sang trang sau") + 1]
        assert carried in sums
        assert after[after.index("Trang trước mang sang") + 1] == carried


def test_no_movements_at_all() -> None:
    text = said(render(with_rows(0)))
    assert "Số dư cuối kỳ: 0 ₫" in text
    assert "Bằng chữ: Không đồng." in text
    none = said(render(replace(samples.statement(), accounts=(), closing_total=0)))
    assert "Không đồng" in none


@pytest.mark.parametrize("large", [False, True])
def test_the_largest_amounts_are_not_cut(large: bool) -> None:
    value = replace(with_rows(12, 10**15), large_print=large)
    data = render(value)
    check_whole(data)
    assert "1.000.000.000.000.000" in said(data)
    assert "12.000.000.000.000.000" in said(data)


@pytest.mark.parametrize("large", [False, True])
def test_long_names_are_broken_not_cut(large: bool) -> None:
    value = samples.statement(large_print=large)
    value = replace(
        value,
        member=replace(value.member, full_name=LONG, address=" ".join(["ấp Bình Phú"] * 12)),
        organisation=Organisation(f"Hội Liên hiệp Phụ nữ {LONG}", f"Số 1, đường {LONG}"),
        group=replace(value.group, name=f"Tổ {LONG}", commune=f"xã {LONG}"),
        treasurer=LONG,
        leader="X" * 60,
        mark=replace(value.mark, printed_by=LONG, number="SK-" + "9" * 30),
    )
    data = render(value)
    check_whole(data)
    assert LONG in said(data)


def test_decomposed_text_is_composed() -> None:
    value = samples.statement()
    name = unicodedata.normalize("NFD", value.member.full_name)
    assert name != value.member.full_name
    decomposed = replace(value, member=replace(value.member, full_name=name))
    assert value.member.full_name in said(render(decomposed))


def test_markup_is_printed_as_typed() -> None:
    value = samples.statement()
    name = "Tổ <Sen> & <b>bạn</b> \\(x) 100%"
    value = replace(value, member=replace(value.member, full_name=name))
    assert name in said(render(value))


def test_control_and_unknown_letters_do_no_harm() -> None:
    value = samples.statement()
    value = replace(value, member=replace(value.member, full_name="Nguyễn\tThị\u200b Hòa\x00 漢"))
    assert "Nguyễn Thị Hòa \ufffd" in said(render(value))


def test_fonts_are_embedded_and_ours() -> None:
    found = fonts_of(render_group([samples.statement(0), samples.statement(1, large_print=True)]))
    assert all(found.values()), found
    assert all("NotoSans" in name for name in found), found


def test_metadata_and_language() -> None:
    pdf = reader(render(samples.statement()))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Sao kê thành viên – Nguyễn Thị Hòa (TV-001)"
    assert pdf.metadata.author == "Hội Liên hiệp Phụ nữ xã Tân Hưng"
    assert pdf.metadata.subject == "Từ ngày 01/04/2025 đến ngày 31/03/2026"
    assert pdf.metadata.creation_date == samples.PRINTED
    assert pdf.trailer["/Root"]["/Lang"] == "vi-VN"  # type: ignore[index]


def test_same_value_same_bytes_and_another_time_other_bytes() -> None:
    value = samples.statement()
    assert render(value) == render(value)
    later = replace(value, mark=replace(value.mark, printed_at=value.mark.printed_at.replace(hour=9)))
    assert render(later) != render(value)


def test_number_print_count_and_checks_are_on_the_paper() -> None:
    value = samples.statement()
    text = said(render(replace(value, mark=replace(value.mark, count=3))))
    assert "Số: SK-2026-000001" in text
    assert "Bản in lần 3" in text
    assert "Mã kiểm tra: 7K3M-9QFD" in text
    assert "Vị trí sổ: 1.284" in text
    assert "người in: Trần Thị Mai" in text


def test_fingerprint_brings_a_witness() -> None:
    text = said(render(samples.statement(5)))
    assert "NGƯỜI LÀM CHỨNG" in text
    assert "(Điểm chỉ ngón trỏ phải)" in text
    assert "Thạch Minh Tâm" in text


def test_room_to_sign_is_20_mm() -> None:
    page = look(render(samples.statement()))[-1]
    hints = [box for box in page.boxes if box.text == "(Ký, ghi rõ họ tên)"]
    names = [box for box in page.boxes if box.text == "Lê Thị Hồng Nhung"]
    assert hints[0].low - names[0].high >= 20 * 72 / 25.4


def test_signatures_never_stand_alone() -> None:
    """Whoever signs sees the balance on the same page, whatever the number of rows before it."""
    for count in range(28, 60, 3):
        page = look(render(with_rows(count)))[-1]
        texts = " ".join(box.text for box in page.boxes)
        assert "THỦ QUỸ" in texts
        assert "Bằng chữ" in texts


def test_both_drawing_paths_give_the_same_page() -> None:
    for large in (False, True):
        value = samples.statement(5, large_print=large)
        fast, plain = render(value), render(value, PaperOptions(fast=False))
        assert said(fast) == said(plain)
        for one, other in zip(look(fast), look(plain), strict=True):
            for box, twin in zip(one.boxes, other.boxes, strict=True):
                assert (box.text, box.size) == (twin.text, twin.size)
                assert box.left == pytest.approx(twin.left, abs=0.02)
                assert box.low == pytest.approx(twin.low, abs=0.02)
        pixels = list(zip(picture(fast), picture(plain), strict=True))
        assert sum(abs(one - other) > 32 for one, other in pixels) < len(pixels) / 500


def test_a_group_in_one_file_has_bookmarks_and_own_page_numbers() -> None:
    values = [samples.statement(index) for index in range(4)]
    data = render_group(values)
    pdf = reader(data)
    assert [item["/Title"] for item in pdf.outline] == [  # type: ignore[call-overload, index]
        f"{value.member.full_name} ({value.member.code})" for value in values
    ]
    pages = [pdf.get_destination_page_number(item) for item in pdf.outline]  # type: ignore[arg-type]
    assert pages == [0, 2, 4, 6]
    assert [next(box.text for box in page.boxes if "/" in box.text and box.text.startswith("Trang ")) for page in look(data)] == [
        "Trang 1/2", "Trang 2/2",
    ] * 4  # fmt: skip
    assert "Tổ tiết kiệm Sen Hồng (N-01)" in str(pdf.metadata.title)  # type: ignore[union-attr]


def test_statements_are_taken_one_at_a_time_and_can_be_stopped(tmp_path: Path) -> None:
    taken: list[int] = []

    def stream() -> object:
        for index in range(10):
            taken.append(index)
            yield samples.statement(index)

    seen: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 3

    with pytest.raises(Cancelled):
        render_statements(stream(), io.BytesIO(), total=10, progress=progress)  # type: ignore[arg-type]
    assert taken == [0, 1, 2]
    assert seen == [(1, 10), (2, 10), (3, 10)]

    path = tmp_path / "tổ sen hồng.pdf"
    assert render_statements([samples.statement()], str(path)) == 1
    assert path.read_bytes().startswith(b"%PDF")


def test_no_statement_is_an_error() -> None:
    with pytest.raises(ValueError):
        render_statements([], io.BytesIO())


def test_more_letters_than_one_subset_holds() -> None:
    """A document with more than 256 different letters needs a second subset of the font."""
    strange = "".join(chr(code) for code in range(0x100, 0x250))
    value = samples.statement()
    data = render(replace(value, member=replace(value.member, address=strange)))
    text = said(data).replace(" ", "")
    shown = "".join(letter for letter in strange if letter in text)
    assert len(shown) > 200
    assert "Bằng chữ: Ba triệu năm trăm bốn mươi nghìn đồng." in said(data)


def indebted() -> MemberStatement:
    lines = (
        Movement(date(2025, 5, 6), "PC-0001", "14", "Giải ngân khoản vay", 4_000_000, 0, 4_000_000),
        Movement(date(2025, 6, 5), "PT-0201", "15", "Trả gốc", 0, 1_000_000, 3_000_000),
    )
    loan = StatementAccount(Section.LOAN, "Dư nợ gốc khoản vay", 0, 3_000_000, lines)
    value = samples.statement()
    return replace(value, accounts=(*value.accounts[:3], loan, *value.accounts[3:]))


@pytest.mark.parametrize("large", [False, True])
def test_a_debt_is_told_but_not_added_to_what_the_group_keeps(large: bool) -> None:
    data = render(indebted(), PaperOptions(large_print=large))
    text = said(data)
    for part in ("Nhận vay", "Trả gốc", "Còn nợ", "PC-0001", "Giải ngân khoản vay", "4.000.000"):
        assert part in text
    assert "Dư nợ gốc khoản vay: thành viên còn nợ 3.000.000 ₫" in text
    assert "Số dư cuối kỳ: 3.540.000 ₫" in text
    total, debt = text.index("Nhóm đang giữ của thành viên"), text.index("(thành viên còn nợ)")
    assert total < debt < text.index("Quỹ xã hội (đã nộp từ khi vào nhóm)")
    check_whole(data)


def test_a_reversal_stands_after_what_it_takes_back() -> None:
    day = date(2025, 5, 6)
    lines = (
        Movement(day, "PT-0002", "14", "Đóng quỹ xã hội", 5_000, 0, 5_000),
        Movement(day, "PK-0001", "14", "Đảo PT-0002: ghi nhầm", 0, 5_000, 0),
    )
    account = StatementAccount(Section.PAID, "Quỹ xã hội", 0, 0, lines)
    text = said(render(replace(samples.statement(), accounts=(account,), closing_total=0)))
    assert text.index("Đóng quỹ xã hội") < text.index("Đảo PT-0002")
