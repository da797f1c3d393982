"""The paper of interest on savings: the table as it would be posted, or as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Office, OpeningState
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Group
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms, basis_title, latest, rounding_title
from desktop.models.savings_kinds import RatePer, SavingsKind
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.savings_book import run_in
from desktop.services.savings_facts import rates_of, terms_of
from desktop.services.savings_interest import MemberInterest, plan_in
from desktop.store.book import Book
from reports.kit.values import PrintMark, Signer
from reports.savings_interest import InterestLine, InterestStretch, SavingsInterest
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import _


@heads.for_paper
def draft(
    book: Book, group: GroupId, kind: SavingsKind, ends: date | None, act: Act
) -> Outcome[SavingsInterest]:
    """Return the table of the next run as it would be posted; it has no number. Raises Refusal when nothing is due."""
    with book.read() as session:
        plan = plan_in(session, group, kind, act.today, ends)
        if plan is None:
            raise Refusal([Problem.stop("nothing-due", "ends", _("Không có kỳ nào chờ nhập lãi."))])
        value = _value(
            session, group, kind, plan.title, plan.starts, plan.ends, plan.lines, heads.mark(act, None)
        )
    return Outcome(replace(value, draft=True))


@heads.for_paper
def of_run(book: Book, run_id: int, act: Act) -> Outcome[SavingsInterest]:
    """Return the table of a run, numbered and noted as printed; one taken back says so."""
    with book.read() if book.readonly else book.write(act) as session:
        found = run_in(session, run_id)
        row = found.row
        order = PrintOrder(
            "savings-interest",
            found.group,
            starts=row.starts,
            ends=row.ends,
            balance=row.total,
            subject=f"{session.get_one(Group, found.group).code}/{row.kind.value}/{row.number}",
        )
        mark = paper_marks.issue_marks(session, [order], act)[0]
        value = _value(session, found.group, row.kind, row.title, row.starts, row.ends, found.lines, mark)
        value = replace(
            value,
            number=row.number,
            reversed_why=row.reason if row.state is OpeningState.REVERSED else "",
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=found.group))


def _value(
    session: Session,
    group: GroupId,
    kind: SavingsKind,
    title: str,
    starts: date,
    ends: date,
    lines: Sequence[MemberInterest],
    mark: PrintMark,
) -> SavingsInterest:
    names = heads.officers(session, group, ends)
    terms = latest(terms_of(session, group, kind), ends)
    return SavingsInterest(
        organisation=heads.organisation(session),
        group=heads.group_block(session, group),
        kind=kind.title,
        period=title,
        starts=starts,
        ends=ends,
        rules=() if terms is None else rule_lines(terms, rates_of(session, group, kind), starts, ends),
        lines=tuple(_line(line) for line in lines),
        mark=mark,
        signers=(
            Signer(_("Người lập"), names.get(Office.SECRETARY, "")),
            Signer(_("Thủ quỹ"), names.get(Office.TREASURER, "")),
            Signer(_("Tổ trưởng"), names.get(Office.CHAIR, "")),
        ),
        place=heads.commune_name(session.get_one(Group, group).commune_code),
    )


def _line(line: MemberInterest) -> InterestLine:
    working = line.working
    return InterestLine(
        code=line.code,
        name=line.name,
        opening=working.opening,
        paid_in=working.paid_in,
        paid_out=working.paid_out,
        exact=working.exact,
        interest=working.interest,
        difference=line.difference,
        stretches=tuple(
            InterestStretch(one.starts, one.ends, one.days, one.balance, one.percent, one.interest)
            for one in working.stretches
            if one.balance
        ),
    )


def rule_lines(
    terms: SavingsTerms, rates: Sequence[SavingsRate], starts: date, ends: date
) -> tuple[tuple[str, str], ...]:
    """Return the rules and the rates of some days in words, in the order of the paper."""
    first = latest(rates, starts)
    used = [*([] if first is None else [first]), *(one for one in rates if starts < one.valid_from <= ends)]
    basis = _("{basis}, một năm {days} ngày").format(
        basis=basis_title(terms.basis).lower(), days=terms.days_in_year
    )
    rounding = _("đến {unit}, {how}").format(
        unit=show_dong(terms.rounding_unit), how=rounding_title(terms.rounding).lower()
    )
    return (
        (_("Cách tính lãi"), basis),
        (_("Lãi suất"), "; ".join(map(rate_words, used)) or _("chưa có")),
        (_("Nhập lãi"), terms.crediting.title.lower()),
        (_("Làm tròn"), rounding),
    )


def rate_words(rate: SavingsRate) -> str:
    """Return a rate in words: "0,5 % một tháng (6 % một năm) từ 01/01/2026"."""
    text = _("{rate} {per} từ {day}")
    shown = show_percent(Fraction(rate.percent) / 100, 3)
    if rate.per is RatePer.MONTH:
        text = _("{rate} {per} ({yearly} một năm) từ {day}")
    return text.format(
        rate=shown,
        per=rate.per.title,
        yearly=show_percent(rate.yearly / 100, 3),
        day=show_day(rate.valid_from),
    )
