"""Biên bản kiểm kê quỹ: the boxes counted outside meetings by note, before the three who hold the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reports.kit import papers
from reports.kit.columns import Column, Row, amount
from reports.kit.heads import group_name
from reports.kit.page import Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.tables import Look, draw
from reports.kit.values import CashCount, GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long
from resources.lang.dong import in_words, show_dong, show_number
from resources.lang.messages import N_, _


@dataclass(frozen=True, slots=True)
class CountMinutes:
    """Everything the minutes print. `treatments` says, per box of `counts`, what was done about the difference.

    `holders` are the three as they sign: the first `keys` of them hold the keys, the others are witnesses; `cancelled`
    says why the count was taken back.
    """

    organisation: Organisation
    group: GroupBlock
    number: str
    day: date
    counts: tuple[CashCount, ...]
    treatments: tuple[str, ...]
    holders: tuple[str, ...]
    mark: PrintMark
    at: str = ""
    place: str = ""
    issued_at: str = ""
    treasurer: str = ""
    leader: str = ""
    cancelled: str = ""
    large_print: bool = False
    keys: int = 3


@in_its_language
def render(value: CountMinutes, options: PaperOptions = PLAIN) -> bytes:
    """Return the minutes as a PDF."""
    frame = Frame(
        title=_("Biên bản kiểm kê quỹ"),
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=", ".join(count.title for count in value.counts),
        running=_("Kiểm kê quỹ, {day}").format(day=show_day_long(value.day)),
        national=True,
        number_line=_("Số: {number}").format(number=value.number),
        dated=papers.dated(value.issued_at, value.day),
    )
    paper = papers.begin(frame, group_name(value.group), options, large_print=value.large_print)
    flow = paper.flow
    _opening(flow, value)
    for count, treatment in zip(value.counts, value.treatments, strict=True):
        _box(flow, count, treatment, options)
    _ending(flow, value)
    return paper.done()


def _opening(flow: Flow, value: CountMinutes) -> None:
    body = flow.edition.body
    if value.cancelled:
        flow.write(_("ĐÃ HỦY: {reason}").format(reason=value.cancelled), body.bold)
    when = show_day_long(value.day)
    if value.at:
        when = _("hồi {time}, {day}").format(time=value.at, day=when)
    flow.write(_("Hôm nay, {when}, chúng tôi gồm:").format(when=when))
    for place, name in enumerate(value.holders, 1):
        holds = place <= value.keys
        text = (
            _("{n}. {name} – người giữ chìa khóa thứ {nth}") if holds else _("{n}. {name} – người chứng kiến")
        )
        nth = (_("nhất"), _("hai"), _("ba"))[min(place, 3) - 1]
        flow.write(text.format(n=place, name=name, nth=nth), indent=body.size)
    at = _("Tại {place}, ").format(place=value.place) if value.place else ""
    flow.write(at + _("đã cùng mở hòm và kiểm đếm tiền mặt, kết quả như sau:"))


def _box(flow: Flow, count: CashCount, treatment: str, options: PaperOptions) -> None:
    """Draw one box: what the book says, the notes one by one, the difference and why."""
    body = flow.edition.body
    columns = [
        Column(_("STT"), "centre", 24, key=True),
        Column(_("Diễn giải"), "text", 140, 2),
        Column(_("Số tờ"), "money", 60),
        Column(_("Số tiền (đồng)"), "money", 90),
    ]
    rows = [Row(("I", _("Số dư theo sổ quỹ"), "", show_number(count.book)), bold=True)]
    rows.append(Row(("II", _("Số kiểm kê thực tế"), "", show_number(count.counted)), bold=True))
    for place, (note, pieces) in enumerate(count.pieces, 1):
        text = _("Loại {note}").format(note=show_dong(note))
        rows.append(Row((str(place), text, show_number(pieces), amount(note * pieces))))
    gap = show_number(count.difference) if count.difference else _("0 (khớp)")
    rows.append(Row(("III", _("Chênh lệch (III = II − I)"), "", gap), bold=True, shade=True, keep=True))
    flow.gap(0.5 * body.leading)
    draw(flow, columns, rows, Look(count.title, grid=True, tight=True))
    flow.gap(0.2 * body.leading)
    flow.write(
        _("Số tiền kiểm kê bằng chữ: {words}.").format(words=in_words(count.counted, options.words)),
        body.italic,
    )
    if count.difference:
        kind = _("Thừa") if count.difference > 0 else _("Thiếu")
        text = _("{kind} {amount} so với sổ. Lý do: {why}.").format(
            kind=kind, amount=show_dong(abs(count.difference)), why=count.explanation.rstrip(".") or "…"
        )
        flow.write(text)
    flow.write(_("Kết luận: {text}.").format(text=treatment.rstrip(".")))


def _ending(flow: Flow, value: CountMinutes) -> None:
    body = flow.edition.body
    # The office stands beside the name above; below the signature the name is enough.
    signers = [
        Signer(
            _("Người giữ chìa khóa") if place <= value.keys else _("Người chứng kiến"), name.split(" (")[0]
        )
        for place, name in enumerate(value.holders, 1)
    ]
    signers += [Signer(_("Thủ quỹ"), value.treasurer), Signer(_("Tổ trưởng"), value.leader)]
    rows = papers.sign_rows(flow, signers, most=5)
    flow.need(2.4 * body.leading + rows[0].first_height)
    flow.gap(0.4 * body.leading)
    if value.keys >= len(value.holders):
        text = _(
            "Kiểm đếm xong, tiền được cất lại vào hòm và khóa đủ ba ổ. Biên bản lập thành 02 bản như nhau./."
        )
    else:  # how many locks the box of such a group has, its constitution does not say
        text = _(
            "Kiểm đếm xong, tiền được cất lại vào hòm và khóa lại. Biên bản lập thành 02 bản như nhau./."
        )
    flow.write(text)
    for blocks in rows:
        blocks.draw()


REPORT = Report("cash-count", N_("Biên bản kiểm kê quỹ"), CountMinutes, render)
