"""A rotating fund for the demonstration book: twelve parts, some openings held, one part short at the last one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from desktop.models.ids import GroupId
from desktop.models.kinds import RoscaKind, RoscaOrder
from desktop.models.rules.rosca import RoscaTerms, bid_ceiling, opening_day
from desktop.services import group_lists, rosca, rosca_book
from desktop.services.acts import Act
from desktop.services.rosca import Agree, OpenRound
from desktop.store.book import Book

PARTS = 12
_OPENED = 4
_BIDS = (30_000, 25_000, 25_000, 20_000)
_CLOCK = time(12, 30, tzinfo=UTC)


def rotate(book: Book, today: date, who: str) -> int:
    """Add one rotating fund with bids to the first group; return how many vouchers were posted."""
    first = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, 1
    )
    starts = today - timedelta(days=30 * _OPENED)
    for row in first:
        roster = group_lists.roster(book, GroupId(row.id), starts)
        still = {person.member_id for person in group_lists.roster(book, GroupId(row.id), today)}
        people = [person.member_id for person in roster if person.member_id in still][:PARTS]
        if len(people) < 2:
            return 0
        terms = RoscaTerms(RoscaKind.INTEREST, RoscaOrder.BID, 500_000, len(people), starts)
        command = Agree(
            GroupId(row.id),
            terms,
            people[0],
            dict.fromkeys(people, 1),
            starts,
            name="Họ mua phân bón",
            place="Nhà văn hóa ấp",
            agreed=True,
        )
        key = rosca.agree(book, command, _act(starts, who)).value
        posted = 0
        for number, bid in enumerate(_BIDS[: min(_OPENED, len(people))], 1):
            day = min(opening_day(terms, number), today)
            parts = rosca_book.detail(book, key).parts
            short = {parts[-1].id: 200_000} if number == _OPENED else {}
            done = rosca.open_round(
                book,
                OpenRound(key, day, parts[number - 1].id, min(bid, bid_ceiling(terms, number)), short),
                _act(day, who),
            )
            posted += len(done.value.vouchers)
        return posted
    return 0


def _act(day: date, who: str) -> Act:
    return Act(who, datetime.combine(day, _CLOCK), day)
