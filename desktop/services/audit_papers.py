"""The papers of an audit: the sheet to take along, the minutes of what was found."""

from __future__ import annotations

from datetime import date

from desktop.models.audit_kinds import CheckKind
from desktop.models.ids import AuditVisitId, GroupId
from desktop.models.kinds import Office
from desktop.services import audit_book, heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.audit_book import CheckRow, VisitDetail, VisitRow
from desktop.services.prints import PrintOrder
from desktop.store.book import Book
from reports.figures import FigureColumn, Figures, FigureTable
from reports.kit.values import Signer
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _


@heads.for_paper
def sheet(book: Book, visit: AuditVisitId, act: Act) -> Outcome[Figures]:
    """Return the sheet that is taken to the group: what to look at, without the amounts of the book."""
    detail = audit_book.detail(book, visit, act.today)
    blank = (_("Có mặt"), _("Người đó nói"), _("Trong sổ, giấy của họ"), _("Ký tên"))
    tables = tuple(
        FigureTable(
            kind.title,
            (
                FigureColumn(_("Mã"), "text", 60),
                FigureColumn(_("Họ và tên"), "text", 140, 2, key=True),
                *(FigureColumn(title, "text", 90) for title in blank),
            ),
            tuple((row.code, row.name, *("" for _title in blank)) for row in detail.of(kind)),
        )
        for kind in CheckKind
        if detail.of(kind)
    )
    boxes = FigureTable(
        _("Kiểm quỹ bất ngờ (làm trước mọi việc khác)"),
        (
            FigureColumn(_("Hộp"), "text", 120, key=True),
            FigureColumn(_("Đếm được"), "text", 140),
            FigureColumn(_("Người giữ chìa khóa ký"), "text", 160),
        ),
        ((_("Quỹ vay, tiết kiệm"), "", ""), (_("Quỹ xã hội"), "", "")),
    )
    notes = (
        _("Hỏi thành viên số dư trước khi mở sổ. Số trong sổ nhóm không in ở đây."),
        _("Một sổ sai thì xem tất cả các sổ của nhóm."),
    )
    return _paper(book, detail, act, "audit-sheet", _("Phiếu kiểm tra"), (boxes, *tables), (), notes)


@heads.for_paper
def minutes(book: Book, visit: AuditVisitId, act: Act) -> Outcome[Figures]:
    """Return the minutes: boxes, passbooks and loans beside the book, what it says of the rest, the findings."""
    detail = audit_book.detail(book, visit, act.today)
    row = detail.row
    tables = [_boxes(row), *(_checks(kind, detail.of(kind)) for kind in CheckKind if detail.of(kind))]
    tables.append(
        FigureTable(
            _("Kiến nghị"),
            (
                FigureColumn(_("Mã"), "text", 60),
                FigureColumn(_("Mức"), "text", 50),
                FigureColumn(_("Điều chưa đúng"), "text", 160, 3, key=True),
                FigureColumn(_("Việc cần làm"), "text", 130, 2),
                FigureColumn(_("Ai khắc phục"), "text", 90),
                FigureColumn(_("Hạn"), "text", 70),
                FigureColumn(_("Nhóm trả lời"), "text", 100, 2),
            ),
            tuple(
                (
                    one.code,
                    one.severity.title,
                    one.title,
                    one.advice,
                    one.owner,
                    "" if one.due is None else show_day(one.due),
                    one.answer,
                )
                for one in detail.findings
            ),
            empty=_("Không có kiến nghị nào."),
        )
    )
    notes = [
        _(
            "Chênh lệch: số tìm thấy trừ số trong sổ nhóm. Mẫu chọn lại được bằng số gieo và danh sách ngày kiểm tra."
        ),
        _("Mức sai nhiều nhất: nếu nhiều sổ sai hơn thế thì ít khi mẫu này lại cho kết quả như vậy."),
    ]
    if row.summary:
        notes.insert(0, row.summary)
    return _paper(
        book, detail, act, "audit-minutes", _("Biên bản kiểm tra"), tuple(tables), results(row), tuple(notes)
    )


def results(row: VisitRow) -> tuple[tuple[str, str], ...]:
    """Return what a visit says, as pairs of name and sentence."""
    books, loans = row.passbooks, row.loans
    found = [
        (
            _("Sổ thành viên"),
            _(
                "đã xem {seen}/{all} sổ, {wrong} sổ sai; với độ tin cậy {sure} %, nhiều nhất {most} sổ sai"
            ).format(
                seen=books.seen,
                all=books.population,
                wrong=books.wrong,
                sure=books.confidence,
                most=books.most,
            ),
        )
    ]
    if loans.drawn:
        text = _("đã xem {seen}/{drawn} khoản chọn, {wrong} khoản sai").format(
            seen=loans.seen, drawn=loans.drawn, wrong=loans.wrong
        )
        if loans.limit is not None:
            judged = _("chấp nhận được") if loans.limit.acceptable else _("không chấp nhận được")
            text = _("{text}; sai sót nhiều nhất {most}, mức cho phép {limit}: {judged}").format(
                text=text,
                most=show_dong(round(loans.limit.most)),
                limit=show_dong(loans.tolerable),
                judged=judged,
            )
        found.append((_("Dư nợ"), text))
    return tuple(found)


def _boxes(row: VisitRow) -> FigureTable:
    lines = []
    for name, kept, counted in (
        (_("Quỹ vay, tiết kiệm"), row.cash_book, row.cash_counted),
        (_("Quỹ xã hội"), row.social_book, row.social_counted),
    ):
        lines.append(
            (
                name,
                show_number(kept),
                "–" if counted is None else show_number(counted),
                "–" if counted is None else show_number(counted - kept),
            )
        )
    return FigureTable(
        _("Kiểm quỹ"),
        (
            FigureColumn(_("Hộp"), "text", 120, key=True),
            FigureColumn(_("Sổ nhóm (₫)"), "money", 70),
            FigureColumn(_("Đếm được (₫)"), "money", 70),
            FigureColumn(_("Chênh lệch (₫)"), "money", 80),
        ),
        tuple(lines),
    )


def _checks(kind: CheckKind, rows: tuple[CheckRow, ...]) -> FigureTable:
    return FigureTable(
        kind.title,
        (
            FigureColumn(_("Mã"), "text", 60),
            FigureColumn(_("Họ và tên"), "text", 140, 2, key=True),
            FigureColumn(_("Sổ nhóm (₫)"), "money", 70),
            FigureColumn(_("Tìm thấy (₫)"), "money", 70),
            FigureColumn(_("Chênh lệch (₫)"), "money", 80),
            FigureColumn(_("Có mặt"), "text", 50),
            FigureColumn(_("Ghi chú"), "text", 110, 2),
        ),
        tuple(
            (
                row.code,
                row.name,
                show_number(row.book),
                "–" if row.found is None else show_number(row.found),
                "–" if row.difference is None else show_number(row.difference),
                _("có") if row.present else "",
                row.note,
            )
            for row in rows
        ),
    )


def _paper(
    book: Book,
    detail: VisitDetail,
    act: Act,
    key: str,
    title: str,
    tables: tuple[FigureTable, ...],
    known: tuple[tuple[str, str], ...],
    notes: tuple[str, ...],
) -> Outcome[Figures]:
    row = detail.row
    with book.read() if book.readonly else book.write(act) as session:
        order = PrintOrder(key, row.group, ends=row.day, subject=row.code)
        mark = paper_marks.issue_marks(session, [order], act)[0]
        officers = heads.officers(session, GroupId(row.group), row.day)
        value = Figures(
            title=title,
            organisation=heads.organisation(session),
            group=heads.group_block(session, row.group),
            mark=mark,
            last_day=row.day,
            about=(
                (_("Đợt kiểm tra"), row.code),
                (_("Người kiểm tra"), row.auditor),
                (_("Báo trước"), _("có") if row.announced else _("không")),
                (_("Chọn mẫu"), _sampling(row)),
                (_("Chuỗi của sổ"), row.anchor),
                (_("Kết thúc"), _when(row.closed)),
            ),
            known=known,
            known_title=_("Kết quả"),
            tables=tables,
            notes=notes,
            secret=True,
            signed_on=row.closed or row.day,
            signers=(
                Signer(_("Người kiểm tra"), row.auditor),
                Signer(_("Tổ trưởng"), officers.get(Office.CHAIR, "")),
                Signer(_("Thủ quỹ"), officers.get(Office.TREASURER, "")),
            ),
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=row.group))


def _sampling(row: VisitRow) -> str:
    return _("{n}/{all} sổ, độ tin cậy {sure} %, số gieo {seed}").format(
        n=row.passbooks.drawn, all=row.passbooks.population, sure=row.passbooks.confidence, seed=row.seed
    )


def _when(day: date | None) -> str:
    return _("chưa") if day is None else show_day(day)
