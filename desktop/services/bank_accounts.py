"""Where a group keeps its money at a bank: named at the head of its book of deposits."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, new_uid
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import BankAccount
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.store.book import Book
from resources.lang.messages import _

_LONGEST = 30


@dataclass(frozen=True, slots=True)
class BankData:
    """The bank and branch, the number of the account (text: it may begin with 0), and who holds it."""

    bank: str
    number: str = ""
    holder: str = ""


def find(book: Book, group: GroupId) -> BankData | None:
    """Return the bank account of a group, None when none is written down."""
    with book.read() as session:
        return find_in(session, group)


def find_in(session: Session, group: GroupId) -> BankData | None:
    """Return the bank account of a group inside an open session."""
    row = session.scalars(select(BankAccount).where(BankAccount.group_id == group)).one_or_none()
    return None if row is None else BankData(row.bank, row.number, row.holder)


def note(book: Book, group: GroupId, data: BankData, act: Act) -> Outcome[GroupId]:
    """Write down or correct the bank account of a group. Raises Refusal."""
    number = "".join(data.number.split())
    problems = []
    if not data.bank.strip():
        problems.append(Problem.stop("bank", "bank", _("Hãy ghi tên ngân hàng.")))
    if len(number) > _LONGEST or not (number.isalnum() or not number):
        problems.append(
            Problem.stop("number", "number", _("Số tài khoản chỉ gồm chữ số và chữ cái, tối đa 30 ký tự."))
        )
    refuse_if_stopped(problems)
    with book.write(act) as session:
        row = session.scalars(select(BankAccount).where(BankAccount.group_id == group)).one_or_none()
        if row is None:
            row = BankAccount(uid=new_uid(), group_id=group, bank="")
            session.add(row)
        row.bank, row.number, row.holder = data.bank.strip(), number, data.holder.strip()
    return Outcome(group, Changed.of(Topic.GROUPS, group=group))
