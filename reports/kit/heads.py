"""What stands above and below the blocks of every page: heads, title, running head, footer.

Two heads exist and are never mixed: papers of account carry organisation and address; letter-like papers carry
the national title and motto (Decree 30/2020).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reports.kit import fonts, qr
from reports.kit.ink import Page
from reports.kit.styles import HAIR, MM, RULE, Edition, Sheet, Style, baseline
from reports.kit.text import clean, wrap
from reports.kit.values import GroupBlock, PrintMark
from resources.lang.dates import show_day, show_instant
from resources.lang.messages import _

if TYPE_CHECKING:
    from reports.kit.page import Flow, Frame

_QR_SIDE = 24 * MM


def group_name(group: GroupBlock) -> str:
    """Return the group as heads name it: "Tổ Sen Hồng (N-01)"."""
    return f"{group.name} ({group.code})" if group.code else group.name


def period_line(first: date, last: date) -> str:
    """Return the days that a paper speaks of, both included."""
    return _("Từ ngày {first} đến ngày {last}").format(first=show_day(first), last=show_day(last))


def group_place(group: GroupBlock) -> str:
    """Return where the group is, small to large."""
    return ", ".join(part for part in (group.hamlet, group.commune) if part)


def print_count(mark: PrintMark) -> str:
    """Return "Bản in lần 2", or nothing where prints are not counted."""
    return _("Bản in lần {count}").format(count=mark.count) if mark.count else ""


def account_head(flow: Flow) -> None:
    """Draw the head of papers of account: who issues on the left; form, number, code on the right."""
    frame, sheet, style, small = flow.frame, flow.sheet, flow.edition.body, flow.edition.small
    organisation, mark = frame.organisation, frame.mark
    top, edge = flow.y, sheet.end
    if mark.qr:
        quiet = qr.quiet(mark.qr, _QR_SIDE)
        qr.draw(flow.page, mark.qr, edge - _QR_SIDE + quiet, top - _QR_SIDE + quiet, _QR_SIDE)
        edge -= _QR_SIDE - quiet
    right = [(line, small) for line in (frame.form,) if line]
    if mark.number:
        right.append((_("Số: {number}").format(number=mark.number), small.bold))
    right += [(line, small) for line in (print_count(mark), *_checks(mark)) if line]
    taken = max((fonts.width(clean(text), kind.face, kind.size) for text, kind in right), default=0)
    room = edge - sheet.left - taken - 14
    lines_right = sum(kind.leading for _text, kind in right)
    if room < sheet.room * 0.35:  # nothing has room beside such a number: who issues stands below it
        top, room = top - max(lines_right, _QR_SIDE if mark.qr else 0), sheet.room
    left = [(organisation.name.upper() if not flow.edition.large else organisation.name, style.bold)]
    phone = _("Điện thoại: {phone}").format(phone=organisation.phone) if organisation.phone else ""
    left += _beside([organisation.address, phone], small, room, together=flow.edition.large)
    left += [(group_name(frame.group), style.bold), (group_place(frame.group), small)]
    y = flow.y
    beside = y - max(lines_right, _QR_SIDE if mark.qr else 0)
    low = _column(flow, left, room, top, beside if flow.edition.large else 0)
    for text, kind in right:
        flow.page.tags.begin("P")
        flow.page.right(edge, baseline(y, kind), kind.face, kind.size, text)
        y -= kind.leading
    flow.y = min(low, y, flow.y - (_QR_SIDE - 4 * MM if mark.qr else 0)) - 0.4 * style.leading


def _beside(texts: list[str], style: Style, room: float, *, together: bool) -> list[tuple[str, Style]]:
    """Return texts on one line where that is wished and they fit, or else each on its own."""
    shown = [text for text in texts if text]
    joined = " · ".join(shown)
    if together and fonts.width(clean(joined), style.face, style.size) <= room:
        return [(joined, style)]
    return [(text, style) for text in shown]


def _checks(mark: PrintMark) -> list[str]:
    """Return the lines that a reader without a phone compares with the book."""
    lines = []
    if mark.check_code:
        lines.append(_("Mã kiểm tra: {code}").format(code=mark.check_code))
    if mark.ledger_position:
        lines.append(_("Vị trí sổ: {position}").format(position=mark.ledger_position))
    return lines


def _column(flow: Flow, parts: list[tuple[str, Style]], room: float, top: float, beside: float = 0) -> float:
    """Write wrapped texts below each other at the left margin; return where they end.

    A text that begins below `beside` has the whole width: there is nothing at its right any more.
    """
    for text, style in parts:
        flow.page.tags.begin("P")
        if top <= beside:
            room = flow.sheet.room
        for line in wrap(text, style.face, style.size, room) if text else ():
            flow.page.text(flow.sheet.left, baseline(top, style), style.face, style.size, line)
            top -= style.leading
    return top


def national_head(flow: Flow) -> None:
    """Draw the head of letter-like papers: issuer left, national title and motto right (Decree 30/2020).

    Large print has no room for both beside each other: the national title comes first, the issuer below it.
    """
    sheet, body, top = flow.sheet, flow.edition.body, flow.y
    if flow.edition.large:
        middle = sheet.left + sheet.room / 2
        low = _nation(flow, middle, sheet.room, top)
        flow.y = _issuer(flow, middle, sheet.room, low - 0.4 * body.leading) - 0.3 * body.leading
        return
    right = min(fonts.width(_nation_text(), fonts.BOLD, body.size) + 4, sheet.room * 0.62)
    left = sheet.room - right - 8
    low = _issuer(flow, sheet.left + left / 2, left, top)
    flow.y = min(low, _nation(flow, sheet.end - right / 2, right, top)) - 0.5 * body.leading


def _nation_text() -> str:
    return _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")


def _nation(flow: Flow, middle: float, room: float, y: float) -> float:
    """Write national title and motto with its rule, and the place and date; return the lower end."""
    body, motto = flow.edition.body, _("Độc lập - Tự do - Hạnh phúc")
    y = _centred(flow, _nation_text(), body.bold, middle, room, y)
    y = _centred(flow, motto, body.bold, middle, room, y)
    half = fonts.width(motto, fonts.BOLD, body.size) / 2
    flow.page.line(middle - half, y - 2, middle + half, y - 2, RULE)
    return _centred(flow, flow.frame.dated, body.italic, middle, room, y - 6)


def _issuer(flow: Flow, middle: float, room: float, y: float) -> float:
    """Write who issues the paper, with the body above it, and the paper's number; return the lower end."""
    frame, body = flow.frame, flow.edition.body
    superior = frame.organisation.superior or frame.organisation.name
    issuer = frame.organisation.name if frame.organisation.superior else frame.group.name
    y = _centred(flow, superior.upper(), flow.edition.small, middle, room, y)
    y = _centred(flow, issuer.upper(), body.bold, middle, room, y)
    wide = min(room, 200) / 5
    flow.page.line(middle - wide, y - 2, middle + wide, y - 2, RULE)
    return _centred(flow, frame.number_line, body, middle, room, y - 6)


def _centred(flow: Flow, text: str, style: Style, middle: float, room: float, y: float) -> float:
    """Write a wrapped text around `middle`; return where it ends."""
    flow.page.tags.begin("P")
    for line in wrap(text, style.face, style.size, room) if text else ():
        flow.page.centred(middle, baseline(y, style), style.face, style.size, line)
        y -= style.leading
    return y


def title(flow: Flow) -> None:
    """Write title and subtitle in the middle; letter-like papers carry their code beside it."""
    style, under = flow.edition.title, flow.edition.body
    flow.gap(0.2 * style.leading)
    beside, low = _beside_title(flow) if flow.frame.national else (0.0, flow.y)
    if flow.edition.large and beside:  # large letters have no room beside each other
        beside, flow.y = 0.0, low
    room = flow.sheet.room - 2 * beside
    flow.page.tags.begin("H1")
    for line in wrap(flow.frame.title.upper(), style.face, style.size, room):
        flow.line(line, style, align="centre")
    if flow.frame.subtitle:
        flow.page.tags.begin("P")
        for line in wrap(flow.frame.subtitle, under.face, under.size, room):
            flow.line(line, under, align="centre")
    flow.y = min(flow.y, low)
    flow.gap(0.6 * under.leading)


def _beside_title(flow: Flow) -> tuple[float, float]:
    """Draw QR code (right) and check lines (left) beside the title; return the width taken and the lower end."""
    mark, small, y = flow.frame.mark, flow.edition.small, flow.y
    taken = 0.0
    for text in (print_count(mark), *_checks(mark)):
        if text:
            flow.page.tags.begin("P")
            flow.page.text(flow.sheet.left, baseline(y, small), small.face, small.size, text)
            taken = max(taken, fonts.width(clean(text), small.face, small.size) + 8)
            y -= small.leading
    if not mark.qr:
        return taken, y
    quiet = qr.quiet(mark.qr, _QR_SIDE)
    qr.draw(flow.page, mark.qr, flow.sheet.end - _QR_SIDE + quiet, flow.y - _QR_SIDE + quiet, _QR_SIDE)
    return max(taken, _QR_SIDE), min(y, flow.y - _QR_SIDE + 2 * quiet)


def running_head(flow: Flow) -> None:
    """Say on a following page what it belongs to."""
    frame, style = flow.frame, flow.edition.small
    label = _("(tiếp theo)")
    name = " · ".join(part for part in (frame.title, frame.running) if part)
    right = fonts.width(label, fonts.ITALIC, style.size)
    lines = wrap(name, fonts.BOLD, style.size, flow.sheet.room - right - 10)
    flow.page.right(flow.sheet.end, baseline(flow.y, style), fonts.ITALIC, style.size, label)
    for line in lines:
        flow.line(line, style.bold)
    flow.page.line(flow.sheet.left, flow.y - 2, flow.sheet.end, flow.y - 2, HAIR)
    flow.gap(0.7 * style.leading)


def foot_lines(frame: Frame, sheet: Sheet, edition: Edition) -> tuple[str, ...]:
    """Return what the foot of every page says on its left: when and by whom it was printed, which print."""
    style, mark = edition.small, frame.mark
    printed = _("In lúc {when}, người in: {who}").format(
        when=show_instant(mark.printed_at), who=mark.printed_by
    )
    identity = " · ".join(part for part in (mark.number, print_count(mark)) if part)
    room = sheet.room - fonts.width(_page_counter(88, 88), style.face, style.size) - 12
    whole = f"{printed} · {identity}" if identity else printed
    if fonts.width(clean(whole), style.face, style.size) <= room:
        return (whole,)
    lines = wrap(printed, style.face, style.size, room)
    return (*lines, *wrap(identity, style.face, style.size, room)) if identity else lines


def _page_counter(number: int, count: int) -> str:
    return _("Trang {number}/{count}").format(number=number, count=count)


def footer(flow: Flow, page: Page, number: int) -> None:
    """Write the foot of one page, with page x of y on the right."""
    sheet, style = flow.sheet, flow.edition.small
    top = sheet.bottom - 0.4 * style.leading
    page.line(sheet.left, top, sheet.end, top, HAIR)
    counter = _page_counter(number, len(flow.pages))
    page.right(sheet.end, baseline(top, style), style.face, style.size, counter)
    for line in flow.foot:
        page.text(sheet.left, baseline(top, style), style.face, style.size, line)
        top -= style.leading
