"""The papers of a share-out: the table for signatures, as a draft or as posted, with a slip for each member."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import RemainderRule, account_name
from desktop.models.records.every import Cycle, Group, Member, ShareOut
from desktop.models.rules.closing import OWING, OWNED, ClosingChoices, ClosingFacts, work_out
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.share_outs import facts_in
from desktop.store.book import Book
from reports.kit.values import PrintMark, Signer
from reports.share_out import ShareOutLine, ShareOutPaper
from resources.lang.messages import _


@heads.for_paper
def draft(book: Book, group: GroupId, day: date, choices: ClosingChoices, act: Act) -> Outcome[ShareOutPaper]:
    """Return the table as the decisions stand now; it has no number, because nothing is posted."""
    with book.read() as session:
        known = facts_in(session, group, day, act.today)
        plan = work_out(known, choices)
        lines = tuple(
            ShareOutLine(
                line.member.code,
                line.member.name,
                line.member.units,
                line.member.capital,
                line.payout,
                line.loans,
                line.fines,
                line.savings,
            )
            for line in plan.lines
        )
        workings = [*_workings(known), (_("Lệch kiểm đếm"), plan.difference)]
        workings += [
            (_("Lãi của khoản vay được trừ"), plan.earned_by_netting),
            (_("Chuyển sang chu kỳ sau"), -plan.carried),
            (_("Số được chia"), plan.divided),
        ]
        names = {officer.id: officer for officer in known.officers}
        value = ShareOutPaper(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            cycle=_("Chu kỳ {number}").format(number=known.number),
            day=day,
            workings=tuple((what, sum_) for what, sum_ in workings if sum_ or what == _("Số được chia")),
            divided=plan.divided,
            unit=known.unit,
            lines=lines,
            remainder=plan.remainder,
            remainder_text=choices.remainder.title.lower(),
            mark=heads.mark(act, None),
            decision=choices.minutes,
            signers=tuple(
                Signer(names[one].office, names[one].name) for one in choices.approvers if one in names
            ),
            place=heads.commune_name(session.get_one(Group, group).commune_code),
            draft=True,
        )
    return Outcome(value)


def _workings(known: ClosingFacts) -> list[tuple[str, int]]:
    owned = [(account_name(account), known.of(account)) for account in OWNED]
    return owned + [(_("Trừ {account}").format(account=account_name(one)), -known.of(one)) for one in OWING]


@heads.for_paper
def posted(book: Book, share_out: int, act: Act, *, slips: bool = False) -> Outcome[ShareOutPaper]:
    """Return the table of a posted share-out, numbered and noted as printed."""
    with book.read() if book.readonly else book.write(act) as session:
        record = session.get_one(ShareOut, share_out)
        group = GroupId(record.group_id)
        cycle = session.get_one(Cycle, record.cycle_id)
        order = PrintOrder(
            "share-out", group, ends=record.day, balance=record.paid, subject=f"share-out {cycle.number}"
        )
        value = _posted(
            session, record, cycle.number, paper_marks.issue_marks(session, [order], act)[0], slips
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


def _posted(session: Session, record: ShareOut, number: int, mark: PrintMark, slips: bool) -> ShareOutPaper:
    plan = json.loads(record.plan)
    lines = []
    for line in plan["lines"]:
        member = session.get_one(Member, MemberId(line["member"]))
        lines.append(
            ShareOutLine(
                member.code,
                member.full_name,
                line["units"],
                line["capital"],
                line["payout"],
                line["loans"],
                line["fines"],
                line["savings"],
            )
        )
    workings = [(_("Tài sản ròng của nhóm"), record.net)]
    if plan["carried"]:
        workings.append((_("Chuyển sang chu kỳ sau"), -plan["carried"]))
    workings.append((_("Số được chia"), record.divided))
    group = session.get_one(Group, record.group_id)
    return ShareOutPaper(
        organisation=heads.organisation(session),
        group=heads.group_block(session, GroupId(record.group_id)),
        cycle=_("Chu kỳ {number}").format(number=number),
        day=record.day,
        workings=tuple(workings),
        divided=record.divided,
        unit=record.unit,
        lines=tuple(lines),
        remainder=record.remainder,
        remainder_text=RemainderRule(plan["remainder_to"]).title.lower(),
        mark=mark,
        decision=record.minutes,
        signers=tuple(_signer(one) for one in record.approved_by.split("; ")),
        place=heads.commune_name(group.commune_code),
        slips=slips,
    )


def _signer(text: str) -> Signer:
    """Return the signature block of "Nguyễn Thị Hòa (Tổ trưởng)"."""
    name, _open, office = text.partition(" (")
    return Signer(office.rstrip(")"), name)
