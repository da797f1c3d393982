"""Papers and charts on the screen: pages drawn as they are seen, keys, saving, printing to a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.models.problems import Trouble
from desktop.views.kit.charts import Chart
from desktop.views.kit.desk import Desk
from desktop.views.kit.messages import Message
from desktop.views.kit.pdf import Paper, PdfView, show_pdf
from tests.views.accessible import assert_named
from tests.views.typing import press


@pytest.fixture(scope="module")
def paper_bytes() -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in range(30):
        canvas.drawString(100, 700, f"Page {page + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def view(desk: Desk, qtbot: Any, paper_bytes: bytes) -> PdfView:
    made = PdfView(desk)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.show_pdf(paper_bytes, "sao-ke.pdf")
    qtbot.waitUntil(lambda: made.paper is not None)
    qtbot.waitUntil(lambda: bool(made.area._drawn))
    return made


def test_only_pages_in_view_are_drawn(view: PdfView, qtbot: Any) -> None:
    assert {page for page, _size in view.area._drawn} <= {0, 1}
    view.area.go_to(20)
    qtbot.waitUntil(lambda: 20 in {page for page, _size in view.area._drawn})
    assert len(view.area._drawn) < 8


def test_pages_are_drawn_with_ink(view: PdfView) -> None:
    picture = next(iter(view.area._drawn.values())).toImage()
    colours = {
        picture.pixelColor(x, y).lightness()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    assert 255 in colours
    assert min(colours) < 100


def test_keys_turn_pages_and_zoom(view: PdfView) -> None:
    press(view.area, Qt.Key.Key_PageDown)
    assert view.area.page == 1
    press(view.area, Qt.Key.Key_End)
    assert view.area.page == 29
    press(view.area, Qt.Key.Key_Home)
    assert view.area.page == 0
    before = view.area.zoom
    press(view.area, Qt.Key.Key_Plus)
    assert view.area.zoom > before
    press(view.area, Qt.Key.Key_0)
    assert view.area.zoom == pytest.approx(before)


def test_the_page_number_can_be_typed(view: PdfView) -> None:
    view._number.setText("12")
    press(view._number, Qt.Key.Key_Return)
    assert view.area.page == 11
    view._number.setText("abc")
    press(view._number, Qt.Key.Key_Return)
    assert view._number.text() == "12"


def test_saving_gives_the_same_bytes(view: PdfView, qtbot: Any, tmp_path: Path, paper_bytes: bytes) -> None:
    with qtbot.waitSignal(view.saved):
        view.save_to(str(tmp_path / "a.pdf"))
    assert (tmp_path / "a.pdf").read_bytes() == paper_bytes
    assert view.told.isVisible()  # the window's own messages lie below the preview
    assert "a.pdf" in view.told.text()


def test_saving_into_nowhere_is_told(view: PdfView, qtbot: Any, tmp_path: Path) -> None:
    said: list[Message] = []
    view.desk.said.connect(said.append)
    view.save_to(str(tmp_path / "none" / "a.pdf"))
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].level == "error"
    assert view.told.isVisible()
    assert view.told.text()


def test_a_paper_is_saved_under_what_it_calls_itself(view: PdfView, qtbot: Any) -> None:
    """Two groups' blank sheets under one name would overwrite each other."""
    from reports import samples
    from reports.blank_sheet import render

    view.show_pdf(render(samples.blank_sheet()), "Phiếu họp trống.pdf")
    qtbot.waitUntil(lambda: view.name != "Phiếu họp trống.pdf")
    assert samples.GROUP.name in view.name


def test_printing_sends_the_chosen_pages(view: PdfView, qtbot: Any, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 4)
    with qtbot.waitSignal(view.printed, timeout=20_000):
        view.print_on(printer)
    printed = Paper(str(tmp_path / "printed.pdf"))
    assert len(printed) == 3
    width, height = printed.sizes[0]
    assert (round(width), round(height)) == pytest.approx((595, 842), abs=2)


def test_the_print_dialog_opens_without_blocking(view: PdfView, qtbot: Any) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    view.print_()
    dialog = view.findChild(QPrintDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()


def test_a_paper_opens_in_a_window_of_its_own(
    desk: Desk, qtbot: Any, paper_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = show_pdf(desk, "Sao kê: Nguyễn Thị Hoa", paper_bytes)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.view.paper is not None)
    assert dialog.view.name == "Sao kê- Nguyễn Thị Hoa.pdf"
    assert_named(dialog)
    asked: list[str] = []
    monkeypatch.setattr("desktop.views.kit.files.ask_save", lambda *args: asked.append(args[4]))
    dialog.activateWindow()
    press(dialog.view.area, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["Sao kê- Nguyễn Thị Hoa.pdf"]
    assert dialog.screen().availableGeometry().contains(dialog.pos())


def test_a_damaged_file_is_told(desk: Desk, qtbot: Any) -> None:
    said: list[Message] = []
    desk.said.connect(said.append)
    view = PdfView(desk)
    qtbot.addWidget(view)
    view.show_pdf(b"not a pdf")
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].level == "error"
    assert not view.print_button.isEnabled()
    with pytest.raises(Trouble):
        Paper(b"nor this")


def test_every_control_has_a_name(view: PdfView) -> None:
    assert_named(view)


def test_a_chart_is_drawn_and_said(dressed: Any, qtbot: Any) -> None:
    chart = Chart()
    qtbot.addWidget(chart)
    assert not chart.drawn
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="red"/></svg>'
    chart.show_svg(svg, "Tiết kiệm tăng từ 1 đến 2 triệu đồng")
    chart.resize(200, 100)
    assert chart.drawn
    assert chart.grab().toImage().pixelColor(100, 50).red() > 200
    assert "Tiết kiệm" in chart.accessibleName()
