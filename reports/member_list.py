"""Danh sách thành viên, also as attendance or acknowledgement list with a column to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import BytesIO

from reports.kit import signatures
from reports.kit.columns import Column, Row, fits_room
from reports.kit.page import Document, Flow, Frame
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import LARGE, MM, NORMAL, sheet
from reports.kit.tables import Look, draw
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long
from resources.lang.messages import N_, _


class ListPurpose(StrEnum):
    """A plain list, a list to mark attendance, or one to acknowledge receipt; the last two are signed."""

    LIST = "list"
    ATTENDANCE = "attendance"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One row; empty texts leave their cell empty, and a column that is empty in all rows is not printed."""

    code: str
    full_name: str
    sex: str = ""
    born: str = ""
    address: str = ""
    household_code: str = ""
    phone: str = ""
    ethnicity: str = ""
    joined: str = ""
    status: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class MemberList:
    """The list. `subject` says what was attended or received ("Tập huấn trồng nấm", "Hỗ trợ 500.000 ₫")."""

    organisation: Organisation
    group: GroupBlock
    day: date
    members: tuple[ListedMember, ...]
    mark: PrintMark
    purpose: ListPurpose = ListPurpose.LIST
    subject: str = ""
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False


@in_its_language
def render(value: MemberList, options: PaperOptions = PLAIN) -> bytes:
    """Return the list as a PDF, upright if its columns fit."""
    out = BytesIO()
    day = show_day_long(value.day)
    title = _title(value)
    document = Document(
        out,
        title=f"{title} – {value.group.name}",
        author=value.organisation.name,
        subject=value.subject or day,
        produced=value.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    wished = value.large_print if options.large_print is None else options.large_print
    edition = LARGE if wished else NORMAL
    columns, rows = _table(value)
    upright = sheet(edition)
    landscape = not fits_room(columns, rows, edition.cell, upright.room, edition.least)
    signed = value.purpose is not ListPurpose.LIST
    dated = f"{value.place}, {day}" if value.place else day[0].upper() + day[1:]
    frame = Frame(
        title=title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=value.subject or (day[0].upper() + day[1:]),
        running=value.subject or value.group.name,
        # Lists that go to the commune with signatures are letters; a list for the group's own use is not.
        national=signed,
        number_line=_("Số: {number}").format(number=value.mark.number) if value.mark.number else "",
        dated=dated,
    )
    flow = Flow(document, sheet(edition, landscape=landscape), edition, frame)
    look = Look(grid=True, row_height=10 * MM if signed else 0, empty=_("Danh sách chưa có ai."))
    draw(flow, columns, rows, look)
    _count(flow, value)
    if value.signers:
        signatures.draw(flow, value.signers, "" if signed else dated)
    flow.finish()
    document.save()
    return out.getvalue()


def _title(value: MemberList) -> str:
    if value.purpose is ListPurpose.ATTENDANCE:
        return _("Danh sách điểm danh")
    if value.purpose is ListPurpose.ACKNOWLEDGE:
        return _("Danh sách ký nhận")
    return _("Danh sách thành viên")


def _table(value: MemberList) -> tuple[list[Column], list[Row]]:
    """Return the columns that have something in them, and the rows.

    What is signed and handed on says no more of a person than is needed to know who signed.
    """
    members = value.members
    wanted = [
        (Column(_("Mã"), "tight", key=True), [one.code for one in members]),
        (Column(_("Họ và tên"), "text", 110, 1.5, key=True), [one.full_name for one in members]),
        (Column(_("Giới"), "tight"), [one.sex for one in members]),
        (Column(_("Năm sinh"), "tight"), [one.born for one in members]),
        (Column(_("Thôn, ấp"), "text", 70), [one.address for one in members]),
        (Column(_("Dân tộc"), "tight"), [one.ethnicity for one in members]),
    ]
    private = [
        (Column(_("Mã hộ"), "tight"), [one.household_code for one in members]),
        (Column(_("Điện thoại"), "tight"), [one.phone for one in members]),
        (Column(_("Ngày vào"), "tight"), [one.joined for one in members]),
        (Column(_("Chức vụ"), "tight"), [one.office for one in members]),
        (Column(_("Tình trạng"), "tight"), [one.status for one in members]),
    ]
    if value.purpose is ListPurpose.LIST:
        wanted += private
    kept = [(column, texts) for column, texts in wanted if any(texts) or (column.key and not members)]
    columns = [Column(_("STT"), "centre", 14, key=True), *(column for column, _texts in kept)]
    rows = [
        Row((str(number), *(texts[number - 1] for _column, texts in kept)))
        for number in range(1, len(members) + 1)
    ]
    if value.purpose is not ListPurpose.LIST:
        title = _("Ký tên") if value.purpose is ListPurpose.ATTENDANCE else _("Ký nhận")
        columns.append(Column(title, "write", 80))
        rows = [row._replace(cells=(*row.cells, "")) for row in rows]
    return columns, rows


def _count(flow: Flow, value: MemberList) -> None:
    """Say how many the list holds, and how many of them are women."""
    women = sum(one.sex == _("Nữ") for one in value.members)
    flow.gap(0.5 * flow.edition.body.leading)
    text = _("Danh sách có {count} người.").format(count=len(value.members))
    if women:
        text = _("Danh sách có {count} người, trong đó {women} nữ.").format(
            count=len(value.members), women=women
        )
    flow.write(text, flow.edition.body.bold)


REPORT = Report("member-list", N_("Danh sách thành viên"), MemberList, render)
