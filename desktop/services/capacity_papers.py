"""Papers of a group's capacity and of work with the authorities, as values of `reports.figures`."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.models.capacity_kinds import Mark
from desktop.models.ids import GroupId
from desktop.models.kinds import Office
from desktop.models.records.every import Group
from desktop.services import change_plans, coordination_book, heads, maturity, organisation_progress
from desktop.services.acts import Act, Outcome
from desktop.services.change_plans import ActionRow
from desktop.services.coordination_book import PromiseRow
from desktop.services.maturity import ScoreRow
from desktop.services.maturity_words import evidence, working
from desktop.services.organisation_progress import moved_words, voice_words
from desktop.store.book import Book
from reports.figures import FigureChart, FigureColumn, Figures, FigureTable
from reports.kit.values import GroupBlock, Signer
from resources.lang.dates import show_day
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

MOST_POINTS = 8
"""So many assessments the chart of a group's history shows, the latest ones."""


# -- a score ---------------------------------------------------------------------------------------


@heads.for_paper
def score_paper(book: Book, key: int, act: Act) -> Outcome[Figures]:
    """Return a kept score as a paper: items with their working and evidence, history, what changed, signatures."""
    with book.read() as session:
        group = maturity.group_of(session, key)
        rows = maturity.history_in(session, group)
        row = next(one for one in rows if one.id == key)
        before = next((one for one in rows if one.in_force and one.day < row.day), None)
        officers = heads.officers(session, group, row.day)
        value = Figures(
            title=_("Phiếu chấm điểm trưởng thành"),
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            mark=heads.mark(act, None),
            first_day=row.facts.starts,
            last_day=row.day,
            about=_score_about(row),
            known=((_("Các mục có số liệu:"), _("{n}/100 điểm").format(n=row.known)),),
            known_title=_("Độ phủ số liệu"),
            tables=(_items(row), _history(rows), *_changes(before, row)),
            chart=chart_of(rows),
            notes=_score_notes(row),
            signed_on=row.day,
            place=heads.commune_name(session.get_one(Group, group).commune_code),
            signers=(
                Signer(_("Người đánh giá"), row.assessor),
                Signer(Office.CHAIR.title, officers.get(Office.CHAIR, "")),
            ),
        )
    return Outcome(value)


def _score_about(row: ScoreRow) -> tuple[tuple[str, str], ...]:
    return (
        (_("Điểm"), f"{row.points}/100"),
        (_("Xếp loại"), row.grade.title),
        (_("Giai đoạn"), row.phase.title),
        (_("Độc lập"), _("độc lập") if row.independent else _("chưa độc lập")),
        (_("Tuổi của nhóm"), ngettext("{n} tháng", "{n} tháng", row.facts.months).format(n=row.facts.months)),
        (_("Người đánh giá"), row.assessor),
    )


def _items(row: ScoreRow) -> FigureTable:
    return FigureTable(
        _("Từng tiêu chí"),
        (
            FigureColumn(_("STT"), "centre", 18, key=True),
            FigureColumn(_("Tiêu chí"), "text", 90, key=True),
            FigureColumn(_("Số liệu"), "text", 150, weight=3),
            FigureColumn(_("Bằng chứng khi thăm"), "text", 90, weight=2),
            FigureColumn(_("Mức"), "text", 60),
            FigureColumn(_("Điểm"), "money"),
            FigureColumn(_("Tối đa"), "money"),
        ),
        (
            *(
                (
                    str(line.item.number),
                    line.item.title,
                    working(line.item, row.facts, row.observed),
                    evidence(line.item, row.observed),
                    mark_words(line.mark, line.partial),
                    str(line.points),
                    str(line.most),
                )
                for line in row.lines
            ),
            ("", _("Cộng"), "", "", "", str(row.points), "100"),
        ),
        sums=True,
    )


def mark_words(mark: Mark, partial: bool) -> str:
    """Return a mark in words; what is judged on part of its data says so."""
    return _("{mark} (thiếu một phần số liệu)").format(mark=mark.title) if partial else mark.title


def _history(rows: list[ScoreRow]) -> FigureTable:
    kept = [row for row in rows if row.in_force]
    return FigureTable(
        _("Các lần đánh giá"),
        (
            FigureColumn(_("Ngày"), "tight", key=True),
            FigureColumn(_("Điểm"), "money"),
            FigureColumn(_("Độ phủ"), "money"),
            FigureColumn(_("Xếp loại"), "text", 90),
            FigureColumn(_("Giai đoạn"), "text", 90),
            FigureColumn(_("Người đánh giá"), "text", 90),
        ),
        tuple(
            (
                show_day(row.day),
                str(row.points),
                str(row.known),
                row.grade.title,
                row.phase.title,
                row.assessor,
            )
            for row in kept
        ),
    )


def _changes(before: ScoreRow | None, row: ScoreRow) -> tuple[FigureTable, ...]:
    if before is None:
        return ()
    found = maturity.differences(before.lines, row.lines)
    table = FigureTable(
        _("Thay đổi so với ngày {day}").format(day=show_day(before.day)),
        (
            FigureColumn(_("Tiêu chí"), "text", 120, key=True),
            FigureColumn(_("Lần trước"), "text", 80),
            FigureColumn(_("Lần này"), "text", 80),
            FigureColumn(_("Điểm tăng, giảm"), "money"),
        ),
        tuple((one.item.title, one.before.title, one.after.title, moved_words(one.points)) for one in found),
        empty=_("Không mục nào đổi mức."),
    )
    return (table,)


def chart_of(rows: list[ScoreRow]) -> FigureChart | None:
    """Return the points of a group's scores over time, None before there are two."""
    kept = [row for row in rows if row.in_force][:MOST_POINTS][::-1]
    if len(kept) < 2:
        return None
    return FigureChart(
        _("Điểm trưởng thành qua các lần đánh giá"),
        tuple(show_day(row.day) for row in kept),
        ((_("Điểm"), tuple(row.points for row in kept)),),
    )


def _score_notes(row: ScoreRow) -> tuple[str, ...]:
    notes = [
        _(
            "Cách chấm: indicators.md mục 4.4 [quy ước của chương trình]. Mục thiếu số liệu tính 0 điểm. Điểm không tự"
            " quyết định khoản tiền nào."
        ),
        _("A từ 85 điểm, B từ 70, C từ 50, D dưới 50. Tự quản: đã chia quỹ và hai lần liền đạt A hoặc B."),
    ]
    if row.note:
        notes.append(_("Ghi chú: {text}").format(text=row.note))
    if row.reason:
        notes.append(_("Phiếu sửa, lý do: {text}").format(text=row.reason))
    return tuple(notes)


# -- the group's own assessment over time -----------------------------------------------------------


@heads.for_paper
def progress_paper(book: Book, group: GroupId, act: Act) -> Outcome[Figures]:
    """Return the group's assessments of itself beside each other as a paper."""
    with book.read() as session:
        found = organisation_progress.progress_in(session, group, act.today)
        rows = tuple(
            (
                line.text.upper() if line.head else line.text,
                *line.answers,
                "" if line.head else moved_words(line.moved),
            )
            for line in found.lines
        )
        columns = (
            FigureColumn(_("Câu hỏi"), "text", 150, weight=3, key=True),
            *(FigureColumn(show_day(day), "text", 60) for day in found.days),
            FigureColumn(_("Thay đổi"), "money"),
        )
        said = voice_words(found.voice)
        value = Figures(
            title=_("Đánh giá năng lực theo thời gian"),
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            mark=heads.mark(act, None),
            last_day=act.today,
            about=(
                (_("Phiếu"), found.title),
                (_("Số lần"), str(len(found.days))),
                *(((_("Lần sau"), show_day(found.due)),) if found.due is not None else ()),
            ),
            tables=(FigureTable("", columns, rows, empty=_("Nhóm chưa tự đánh giá lần nào.")),),
            notes=(said,) if said else (),
        )
    return Outcome(value)


# -- plan of change --------------------------------------------------------------------------------


@heads.for_paper
def plan_paper(book: Book, group: GroupId, act: Act) -> Outcome[Figures]:
    """Return a group's plan of change as a paper, with signatures of those who agreed on it."""
    with book.read() as session:
        rows = change_plans.actions_in(session, act.today, group)
        officers = heads.officers(session, group, act.today)
        value = Figures(
            title=_("Kế hoạch thay đổi"),
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            mark=heads.mark(act, None),
            last_day=act.today,
            about=_plan_about(rows),
            tables=(_actions(rows, with_group=False),),
            signed_on=act.today,
            place=heads.commune_name(session.get_one(Group, group).commune_code),
            signers=(
                Signer(Office.CHAIR.title, officers.get(Office.CHAIR, "")),
                Signer(Office.SECRETARY.title, officers.get(Office.SECRETARY, "")),
            ),
        )
    return Outcome(value)


@heads.for_paper
def follow_up_paper(book: Book, act: Act) -> Outcome[Figures]:
    """Return what is late or due soon in the plans of all groups."""
    rows = change_plans.follow_up(book, act.today)
    with book.read() as session:
        value = _list_paper(
            session, act, _("Việc thay đổi đến hạn"), _plan_about(rows), _actions(rows, with_group=True)
        )
    return Outcome(value)


def _plan_about(rows: list[ActionRow]) -> tuple[tuple[str, str], ...]:
    return (
        (_("Số việc"), show_number(len(rows))),
        (_("Đang làm"), show_number(sum(row.open for row in rows))),
        (_("Quá hạn"), show_number(sum(row.open and row.days_late > 0 for row in rows))),
    )


def _actions(rows: list[ActionRow], *, with_group: bool) -> FigureTable:
    columns = [FigureColumn(_("STT"), "centre", 18, key=True)]
    columns += [FigureColumn(_("Nhóm"), "text", 80)] if with_group else []
    columns += [
        FigureColumn(_("Mục tiêu"), "text", 100, weight=2, key=True),
        FigureColumn(_("Việc làm"), "text", 110, weight=2),
        FigureColumn(_("Người phụ trách"), "text", 70),
        FigureColumn(_("Hạn"), "tight"),
        FigureColumn(_("Tình trạng"), "text", 70),
        FigureColumn(_("Kết quả, bằng chứng"), "text", 100, weight=2),
    ]
    return FigureTable(
        "",
        tuple(columns),
        tuple(
            (
                str(number),
                *((row.group_name,) if with_group else ()),
                row.goal,
                row.action,
                row.responsible,
                show_day(row.due),
                action_state(row),
                row.outcome,
            )
            for number, row in enumerate(rows, 1)
        ),
        empty=_("Chưa có việc nào."),
    )


def action_state(row: ActionRow) -> str:
    """Return where an action stands: late by so many days, or its state and day."""
    if row.open and row.days_late > 0:
        return _("Quá hạn {n} ngày").format(n=row.days_late)
    return row.state.title if row.settled is None else f"{row.state.title} {show_day(row.settled)}"


# -- work with the authorities ----------------------------------------------------------------------


@heads.for_paper
def coordination_paper(book: Book, act: Act, *, late_only: bool = False) -> Outcome[Figures]:
    """Return the meetings with the authorities and all promises (or only those that are late) as a paper."""
    rows = [] if late_only else coordination_book.meetings(book, act.today)
    promises = coordination_book.promises(book, act.today)
    if late_only:
        promises = [row for row in promises if row.open and row.days_late > 0]
    title = _("Cam kết quá hạn") if late_only else _("Danh sách phối hợp, cam kết")
    meetings = FigureTable(
        _("Cuộc họp"),
        (
            FigureColumn(_("Mã"), "tight", key=True),
            FigureColumn(_("Ngày"), "tight"),
            FigureColumn(_("Nội dung"), "text", 140, weight=2),
            FigureColumn(_("Ai tổ chức"), "text", 90),
            FigureColumn(_("Dự"), "money"),
            FigureColumn(_("Nữ"), "money"),
            FigureColumn(_("Cam kết"), "money"),
            FigureColumn(_("Đã giữ lời"), "money"),
            FigureColumn(_("Quá hạn"), "money"),
        ),
        tuple(
            (
                row.code,
                show_day(row.day),
                row.topic,
                row.organiser,
                show_number(row.people),
                show_number(row.women),
                show_number(row.promises),
                show_number(row.kept),
                show_number(row.late),
            )
            for row in rows
        ),
        empty=_("Chưa ghi cuộc họp nào."),
    )
    with book.read() as session:
        value = _list_paper(
            session,
            act,
            title,
            (
                (_("Cam kết"), show_number(len(promises))),
                (_("Quá hạn"), show_number(sum(row.open and row.days_late > 0 for row in promises))),
            ),
            *(() if late_only else (meetings,)),
            _promises(promises, with_meeting=True),
        )
    return Outcome(value)


@heads.for_paper
def meeting_paper(book: Book, meeting: int, act: Act) -> Outcome[Figures]:
    """Return one meeting as a paper: who took part and how many, agenda, result, promises."""
    found = coordination_book.detail(book, meeting, act.today)
    meet, counted = found.meet, found.counted
    people = [
        (_("Tổng số người dự"), show_number(counted.people)),
        (_("Nữ"), show_number(counted.women)),
        (_("Nam"), show_number(counted.men)),
        (_("Thành viên nhóm"), show_number(counted.members)),
        (_("Cán bộ, đoàn thể"), show_number(counted.officials)),
    ]
    if counted.asked:
        text = _("{n} trong {asked} người đã biết").format(n=counted.disabled, asked=counted.asked)
        people.append((_("Người khuyết tật"), text))
    guests = FigureTable(
        _("Người dự"),
        (
            FigureColumn(_("STT"), "centre", 18, key=True),
            FigureColumn(_("Họ và tên"), "text", 120, key=True),
            FigureColumn(_("Bên"), "text", 100),
            FigureColumn(_("Chức vụ, cơ quan"), "text", 120),
            FigureColumn(_("Giới"), "text", 40),
        ),
        tuple(
            (str(number), one.name, one.side.title, one.position, "" if one.sex is None else one.sex.title)
            for number, one in enumerate(found.guests, 1)
        ),
        empty=_("Chưa ghi ai dự."),
    )
    with book.read() as session:
        block = NO_GROUP if meet.group is None else heads.group_block(session, meet.group)
        value = Figures(
            title=_("Ghi nhận cuộc họp phối hợp"),
            organisation=heads.organisation(session),
            group=block,
            mark=heads.mark(act, None),
            last_day=found.row.day,
            about=(
                (_("Mã"), found.row.code),
                (_("Ngày họp"), show_day(found.row.day)),
                (_("Nội dung"), meet.topic),
                (_("Ai tổ chức"), meet.organiser),
                *(((_("Địa điểm"), meet.place),) if meet.place else ()),
                *(((_("Chương trình"), meet.agenda),) if meet.agenda else ()),
                *(((_("Kết quả"), meet.result),) if meet.result else ()),
                *people,
            ),
            tables=(guests, _promises(list(found.promises), with_meeting=False)),
            signed_on=found.row.day,
            place=heads.commune_name(meet.commune_code),
            signers=(Signer(_("Người ghi")), Signer(_("Chủ trì"))),
            secret=True,
        )
    return Outcome(value)


NO_GROUP = GroupBlock("", "")


def _promises(rows: list[PromiseRow], *, with_meeting: bool) -> FigureTable:
    columns = [FigureColumn(_("STT"), "centre", 18, key=True)]
    columns += [FigureColumn(_("Cuộc họp"), "tight")] if with_meeting else []
    columns += [
        FigureColumn(_("Ai cam kết"), "text", 90, key=True),
        FigureColumn(_("Cam kết"), "text", 140, weight=2),
        FigureColumn(_("Hạn"), "tight"),
        FigureColumn(_("Kết quả"), "text", 80),
        FigureColumn(_("Bằng chứng"), "text", 110, weight=2),
    ]
    return FigureTable(
        _("Cam kết"),
        tuple(columns),
        tuple(
            (
                str(number),
                *((f"{row.meeting_code} {show_day(row.meeting_day)}",) if with_meeting else ()),
                row.who,
                row.what,
                show_day(row.due),
                promise_state(row),
                row.evidence,
            )
            for number, row in enumerate(rows, 1)
        ),
        empty=_("Không có cam kết nào."),
    )


def promise_state(row: PromiseRow) -> str:
    """Return how a promise stands: late by so many days, or its result and day."""
    if row.open and row.days_late > 0:
        return _("Quá hạn {n} ngày").format(n=row.days_late)
    return row.state.title if row.settled is None else f"{row.state.title} {show_day(row.settled)}"


def _list_paper(
    session: Session, act: Act, title: str, about: tuple[tuple[str, str], ...], *tables: FigureTable
) -> Figures:
    day: date = act.today
    return Figures(
        title=title,
        organisation=heads.organisation(session),
        group=GroupBlock("", _("Tất cả các nhóm")),
        mark=heads.mark(act, None),
        last_day=day,
        about=about,
        tables=tables,
    )
