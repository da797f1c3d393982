"""The books and lists of a group as papers: the book of a box, the trial balance, the list of members."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Account, account_name
from desktop.models.records.every import Household, Member
from desktop.services import heads
from desktop.services.acts import Act, Outcome
from desktop.services.balances import trial_balance
from desktop.services.bank_accounts import find_in
from desktop.services.facts import members_in_order
from desktop.services.paper_marks import issue_marks, names_of, printed_of
from desktop.services.prints import PrintOrder
from desktop.services.vouchers import box_book
from desktop.store.book import Book
from reports.cash_book import CashBook, CashLine
from reports.kit.values import Signer
from reports.member_list import ListedMember, ListPurpose, MemberList
from reports.trial_balance import TrialBalance, TrialRow
from resources.lang.dates import show_day
from resources.lang.messages import _


@heads.for_paper
def cash_book(
    book: Book, group: GroupId, box: Account, starts: date, ends: date, act: Act
) -> Outcome[CashBook]:
    """Return the book of a box over a period (sổ quỹ), numbered and noted as printed."""
    found = box_book(book, group, box, starts, ends)
    with book.read() if book.readonly else book.write(act) as session:
        order = PrintOrder(
            "cash_book", group, starts=starts, ends=ends, balance=found.closing, subject=str(int(box))
        )
        mark = issue_marks(session, [order], act)[0]
        names = names_of(session, group, ends)
        value = CashBook(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            box=account_name(box),
            first_day=starts,
            last_day=ends,
            opening=found.opening,
            closing=found.closing,
            lines=tuple(
                CashLine(
                    booked=line.recorded,
                    day=line.day,
                    receipt=line.number if line.paid_in else "",
                    payment="" if line.paid_in else line.number,
                    text=", ".join(part for part in (line.member, line.text) if part),
                    paid_in=line.paid_in,
                    paid_out=line.paid_out,
                    balance=line.balance,
                )
                for line in found.lines
            ),
            mark=mark,
            signed_on=act.today,
            opened_on=starts,
            place=names.place,
            treasurer=names.treasurer,
            secretary=names.secretary,
            leader=names.leader,
            bank=box is Account.BANK,
            account=_bank_account(session, group) if box is Account.BANK else (),
        )
    return Outcome(value, printed_of(group))


def _bank_account(session: Session, group: GroupId) -> tuple[tuple[str, str], ...]:
    found = find_in(session, group)
    if found is None:
        return ()
    return (
        (_("Nơi mở tài khoản:"), found.bank),
        (_("Số tài khoản:"), found.number),
        (_("Chủ tài khoản:"), found.holder),
    )


@heads.for_paper
def trial_balance_paper(
    book: Book, group: GroupId, starts: date, ends: date, act: Act
) -> Outcome[TrialBalance]:
    """Return the trial balance of a group as a paper."""
    found = trial_balance(book, group, starts, ends)
    with book.read() as session:
        names = names_of(session, group, ends)
        value = TrialBalance(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            first_day=starts,
            last_day=ends,
            rows=tuple(
                TrialRow(
                    account=str(int(row.account)),
                    name=row.name,
                    opening_debit=max(row.opening, 0),
                    opening_credit=max(-row.opening, 0),
                    debit=row.debit,
                    credit=row.credit,
                    closing_debit=max(row.closing, 0),
                    closing_credit=max(-row.closing, 0),
                )
                for row in found.rows
            ),
            mark=heads.mark(act, None),
            signed_on=act.today,
            place=names.place,
            preparer=names.secretary,
            treasurer=names.treasurer,
            leader=names.leader,
        )
    return Outcome(value)


@heads.for_paper
def member_list(
    book: Book,
    group: GroupId,
    day: date,
    act: Act,
    *,
    purpose: ListPurpose = ListPurpose.LIST,
    subject: str = "",
    large_print: bool = False,
) -> Outcome[MemberList]:
    """Return the list of a group's members on a day, also to mark attendance or to sign."""
    with book.read() as session:
        roster = members_in_order(session, group, day)
        names = names_of(session, group, day)
        value = MemberList(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            day=day,
            members=tuple(_listed(session, row.member_id, row.joined) for row in roster),
            mark=heads.mark(act, None),
            purpose=purpose,
            subject=subject,
            place=names.place,
            signers=(Signer(_("Người lập"), names.secretary), Signer(_("Tổ trưởng"), names.leader)),
            large_print=large_print,
        )
    return Outcome(value)


def _listed(session: Session, member_id: MemberId, joined: date) -> ListedMember:
    member = session.get_one(Member, member_id)
    household = None if member.household_id is None else session.get_one(Household, member.household_id)
    born = "" if member.born is None else str(member.birth_year or "")
    if member.birth_date is not None:
        born = show_day(member.birth_date)
    return ListedMember(
        code=member.code,
        full_name=member.full_name,
        sex=member.sex.title,
        born=born,
        address="" if household is None else household.hamlet,
        household_code="" if household is None else household.code,
        phone=member.phone,
        joined=show_day(joined),
        status="",
    )
