"""The papers of what a group does for a lender: the list of interest collected, handed on, and commission."""

from __future__ import annotations

from datetime import date

from desktop.models.ids import GroupId
from desktop.models.kinds import Account
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.vouchers import BoxLine, box_book
from desktop.store.book import Book
from reports.lender_collection import CollectionLine, LenderCollection


@heads.for_paper
def collection(book: Book, group: GroupId, starts: date, ends: date, act: Act) -> Outcome[LenderCollection]:
    """Return the list of a period, numbered and noted as printed."""
    held = box_book(book, group, Account.COLLECTED, starts, ends)
    earned = box_book(book, group, Account.COMMISSION, starts, ends)
    with book.read() if book.readonly else book.write(act) as session:
        order = PrintOrder(
            "lender-collection", group, starts=starts, ends=ends, balance=-held.closing, subject="collected"
        )
        mark = paper_marks.issue_marks(session, [order], act)[0]
        names = paper_marks.names_of(session, group, ends)
        value = LenderCollection(
            organisation=heads.organisation(session),
            group=heads.group_block(session, group),
            first_day=starts,
            last_day=ends,
            opening=-held.opening,
            closing=-held.closing,
            lines=tuple(_lines(held.lines, earned.lines, -held.opening)),
            mark=mark,
            signed_on=act.today,
            place=names.place,
            treasurer=names.treasurer,
            leader=names.leader,
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


def _lines(held: tuple[BoxLine, ...], earned: tuple[BoxLine, ...], opening: int) -> list[CollectionLine]:
    """Return both accounts as one list by day; credits (what was collected, what was earned) are positive."""
    both = sorted(
        [(line.day, line.voucher, line, True) for line in held]
        + [(line.day, line.voucher, line, False) for line in earned],
        key=lambda one: (one[0], one[1]),
    )
    found, balance = [], opening
    for day, _voucher, line, of_lender in both:
        change = line.paid_out - line.paid_in
        if of_lender:
            balance += change
            found.append(
                CollectionLine(day, line.number, line.text, max(change, 0), max(-change, 0), held=balance)
            )
        else:
            found.append(CollectionLine(day, line.number, line.text, commission=change, held=balance))
    return found
