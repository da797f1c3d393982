from __future__ import annotations

import random
import re
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel
from reportlab.graphics.shapes import Line, String
from reportlab.graphics.widgets.markers import Marker

from reports import samples
from reports.kit import charts, fonts, qr, tables
from reports.kit.columns import Column, Row
from reports.kit.ink import Runs, fast_possible
from reports.kit.page import Document, Flow, Frame
from reports.kit.styles import LARGE, NORMAL, sheet
from reports.kit.tables import Look
from reports.kit.text import clean, lines_of, wrap
from reports.kit.values import CashCount
from tests.reports.paper import check_whole, fonts_of, look, said

TEXTS = st.text(
    alphabet=st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyỆỸặẫ <>&()\\-–₫ 0123456789"), max_size=200
)


@given(TEXTS, st.floats(30, 400))
def test_wrapping_loses_no_letter_and_fits(text: str, room: float) -> None:
    lines = wrap(text, fonts.REGULAR, 10, room)
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")
    assert all(fonts.width(line.rstrip(), fonts.REGULAR, 10) <= room + 0.01 for line in lines)


@given(st.text(max_size=60))
def test_clean_is_composed_drawable_and_stays_as_it_is(text: str) -> None:
    shown = clean(text)
    assert unicodedata.is_normalized("NFC", shown)
    assert clean(shown) == shown
    assert all(ord(letter) in fonts.covered(fonts.REGULAR) for letter in shown)


def test_minus_sign_is_printed_although_the_typeface_lacks_it() -> None:
    assert clean("−1.234") == "–1.234"


def test_no_break_space_keeps_amount_and_sign_together() -> None:
    lines = wrap("Tổng cộng số tiền là 1.234.567\u00a0₫", fonts.REGULAR, 10, 120)
    assert any("1.234.567\u00a0₫" in line for line in lines)


def test_lines_of_keeps_typed_lines() -> None:
    assert lines_of("\n một\nhai \n") == ["một", "hai"]


def test_all_faces_have_every_letter() -> None:
    for face in (fonts.REGULAR, fonts.BOLD, fonts.ITALIC, fonts.BOLD_ITALIC):
        assert all(ord(letter) in fonts.covered(face) for letter in fonts.NEEDED)


def test_figures_are_equally_wide() -> None:
    for face in (fonts.REGULAR, fonts.BOLD):
        assert len({round(fonts.width(figure, face, 10), 3) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("length", [0, 1, 13, 14, 15, 60, 62, 63, 150, 213, 214, 500])
def test_qr_code_is_the_one_reportlab_makes(length: int) -> None:
    text = "".join(random.Random(length).choice("abcộ;|0123") for _ in range(length))
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.dataList.append(QR8bitByte(text.encode()))
    code.version = code.calculate_version()
    code.makeImpl(False, 3)
    assert qr.matrix(text) == ["".join("1" if dark else "0" for dark in row) for row in code.modules]


def test_qr_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr.matrix("x" * 5000)


def flow_of(out: object, *, large: bool = False, fast: bool = True) -> Flow:
    edition = LARGE if large else NORMAL
    document = Document(out, title="t", author="a", subject="s", produced=samples.PRINTED, fast=fast)  # type: ignore[arg-type]
    frame = Frame("Bảng", samples.ORGANISATION, samples.GROUP, samples.mark())
    return Flow(document, sheet(edition), edition, frame)


def drawn(columns: list[Column], rows: list[Row], look_of: Look = Look(), *, large: bool = False) -> bytes:
    import io

    out = io.BytesIO()
    flow = flow_of(out, large=large)
    tables.draw(flow, columns, rows, look_of)
    flow.finish()
    flow.document.save()
    return out.getvalue()


def test_too_many_columns_become_several_tables_with_the_key_repeated() -> None:
    columns = [Column("STT", "centre", key=True), Column("Họ và tên", "text", 90, key=True)]
    columns += [Column(f"Khoản {number}", "money") for number in range(20)]
    rows = [Row((str(n), f"Người {n}", *(f"{n}.{c:03d}.000.000" for c in range(20)))) for n in range(1, 6)]
    data = drawn(columns, rows)
    check_whole(data)
    text = said(data)
    assert text.count("Người 3") > 1
    assert all(f"3.{number:03d}.000.000" in text for number in range(20))


def test_a_cell_taller_than_a_page_goes_on_on_the_next() -> None:
    words = " ".join(f"từ{number}" for number in range(3000))
    data = drawn([Column("Diễn giải", "text"), Column("Tiền", "money")], [Row((words, "1.000"))])
    assert len(look(data)) > 1
    assert "từ2999" in said(data)
    check_whole(data)


def test_an_empty_table_says_so() -> None:
    data = drawn([Column("STT", "centre"), Column("Tên")], [], Look(empty="Chưa có ai."))
    assert "Chưa có ai." in said(data)


def test_sums_stay_with_a_row_above() -> None:
    for count in range(30, 60):
        rows = [Row((f"Dòng {number}", "1")) for number in range(count)]
        rows.append(Row(("Cộng", str(count)), bold=True, keep=True))
        last = [box.text for box in look(drawn([Column("Tên"), Column("Số", "money")], rows))[-1].boxes]
        assert f"Dòng {count - 1}" in last
        assert "Cộng" in last


def test_fast_path_is_possible_with_this_reportlab() -> None:
    """Fails when a new reportlab loses the parts the fast path writes to: papers still print, but slowly."""
    import io

    flow = flow_of(io.BytesIO())
    assert fast_possible(flow.document._canvas)
    assert isinstance(flow.document._runs, Runs)


def test_cash_count_adds_up() -> None:
    count = CashCount("Quỹ vay", ((500_000, 3), (1_000, 7)), 1_500_000)
    assert (count.counted, count.difference) == (1_507_000, 7_000)


CATEGORIES = ["T1", "T2", "T3"]
SERIES = [charts.Series("Tiết kiệm", (10, 25, 31)), charts.Series("Cổ phần", (5, 0, 12))]


@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_charts_are_readable_svg_with_axes_from_zero(draw: object) -> None:
    text = charts.svg(
        draw("Quý I <2026>", CATEGORIES, SERIES, look=charts.Look(fills=("#0b6e4f",), thin=("#0b6e4f",))),
        "Quý I <2026>",
    )  # type: ignore[operator]
    root = ET.fromstring(text.encode())
    said_there = [item.text for item in root.iter() if item.tag.endswith("text")]
    for expected in ("Quý I <2026>", "0", "T1", "Tiết kiệm", "Cổ phần"):
        assert expected in said_there
    assert "Helvetica" not in text
    assert "font-family: Noto Sans" in text


def test_charts_on_paper_use_our_fonts() -> None:
    import io

    for fast in (True, False):
        out = io.BytesIO()
        flow = flow_of(out, fast=fast)
        charts.place(flow, charts.bars("Tiết kiệm", CATEGORIES, SERIES))
        flow.finish()
        flow.document.save()
        found = fonts_of(out.getvalue())
        assert all(found.values()), found
        assert "Cổ phần" in said(out.getvalue())


@given(st.integers(0, 10**15))
def test_scales_are_round_and_high_enough(most: int) -> None:
    top, step = charts.top_of_scale(most)
    assert top >= most
    assert top % step == 0
    assert top // step <= 8
    assert top - step < max(most, 1) or most == 0


def test_charts_refuse_gaps() -> None:
    with pytest.raises(ValueError):
        charts.bars("x", CATEGORIES, [charts.Series("y", (1,))])


def test_lines_of_a_chart_are_not_filled_on_the_screen() -> None:
    drawing = charts.lines("Quỹ", ["1", "2", "3"], [charts.Series("Tiền", (1, 5, 2))])
    drawn = re.findall(r"<polyline[^>]*>", charts.svg(drawing, "Quỹ"))
    assert drawn
    assert all("fill: none" in line for line in drawn)


def test_a_legend_shows_each_line_as_it_is_drawn() -> None:
    names = ("Tiết kiệm, cổ phần", "Đang cho vay", "Tiền quỹ vay", "Quỹ xã hội")
    drawing = charts.lines("Quỹ", CATEGORIES, [charts.Series(name, (1, 2, 3)) for name in names])
    marks = [item for item in drawing.contents if isinstance(item, Marker)]
    strokes = [item for item in drawing.contents if isinstance(item, Line)]
    assert len({mark.kind for mark in marks}) == len(names)
    assert len({str(line.strokeDashArray) for line in strokes}) == len(names)
    wide = max(item.x + len(item.text) * 4 for item in drawing.contents if isinstance(item, String))
    assert wide <= drawing.width


def test_names_under_an_axis_do_not_run_into_each_other() -> None:
    """The ages of debts are six names in half a window."""
    ages = ["Trong hạn", "1–30 ngày", "31–60 ngày", "61–90 ngày", "91–180 ngày", "Trên 180 ngày"]
    look = charts.Look(size=10)
    chart = charts.bars("Dư nợ", ages, [charts.Series("Dư nợ", (1,) * 6)], wide=480, look=look).contents[1]
    room = chart.width / len(ages)
    drawn = chart.categoryAxis.categoryNames
    assert [name.replace("\n", " ") for name in drawn] == ages
    for line in "\n".join(drawn).split("\n"):
        assert fonts.width(line, fonts.REGULAR, 10) < room
