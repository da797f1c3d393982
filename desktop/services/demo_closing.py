"""Grants of the social fund and one share-out for the demonstration book, through the services of the window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from desktop.models.ids import GroupId
from desktop.models.kinds import Account, GrantReason, LoanChoice
from desktop.models.problems import Refusal
from desktop.models.rules.closing import ClosingChoices, ClosingFacts, check
from desktop.models.rules.sheet import NOTES
from desktop.services import group_lists, share_outs, social_fund
from desktop.services.acts import Act
from desktop.services.share_outs import Divide
from desktop.services.social_fund import Ask, Decide
from desktop.store.book import Book

MOST_GROUPS = 3
_CLOCK = time(13, 0, tzinfo=UTC)
_GRANTS = (
    (2, GrantReason.SICKNESS, 30_000, "Nằm viện huyện", True),
    (5, GrantReason.SCHOOL, 50_000, "Mua sách vở cho con", False),
)


def care(book: Book, today: date, who: str) -> int:
    """Add grants to the first groups and share out the last of them; return how many vouchers were posted."""
    groups = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, MOST_GROUPS
    )
    posted = sum(_grant(book, GroupId(row.id), today, who) for row in groups)
    if len(groups) > 1:
        posted += _share_out(book, GroupId(groups[-1].id), today, who)
    return posted


def _grant(book: Book, group: GroupId, today: date, who: str) -> int:
    day = today - timedelta(days=2)
    act = _act(today, who)
    roster = group_lists.roster(book, group, day)
    posted = 0
    for place, reason, amount, words, paid in _GRANTS:
        if place >= len(roster):
            continue
        grant = social_fund.ask(
            book, Ask(group, roster[place].member_id, reason, amount, day, words), act
        ).value
        if not paid:
            continue
        try:
            present = len(roster) - 1
            social_fund.decide(book, Decide(grant, day, True, present, present - 1), act)
            social_fund.pay(book, grant, today, act)
            posted += 1
        except Refusal:
            continue
    return posted


def _share_out(book: Book, group: GroupId, today: date, who: str) -> int:
    known = share_outs.facts(book, group, today, today)
    if len(known.officers) < 2:
        return 0
    choices = ClosingChoices(
        counted=_notes(known.of(Account.CASH)),
        bank=known.of(Account.BANK) or None,
        loans={debt.id: LoanChoice.CARRY for debt in known.debts},
        approvers=(known.officers[0].id, known.officers[1].id),
        minutes="Cuộc họp thống nhất chia, các khoản vay còn nợ chuyển sang chu kỳ sau.",
        next_ends=today + timedelta(days=365),
    )
    if not _ready(known, choices):
        return 0
    return len(share_outs.divide(book, Divide(group, today, choices), _act(today, who)).value.vouchers)


def _ready(known: ClosingFacts, choices: ClosingChoices) -> bool:
    return not check(known, choices)


def _notes(amount: int) -> Mapping[int, int]:
    """Return the fewest notes that make an amount; what is smaller than the smallest is left out."""
    found = {}
    for note in NOTES:
        found[note], amount = divmod(amount, note)
    return found


def _act(day: date, who: str) -> Act:
    return Act(who, datetime.combine(day, _CLOCK), day)
