"""Check the figures: numbers without gaps, no box below zero, totals that follow from the postings, both sides equal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from desktop.models.ids import GroupId
from desktop.models.kinds import (
    NEVER_NEGATIVE,
    Account,
    AccountType,
    account_name,
    account_type,
    natural,
)
from desktop.services.findings import Finding, Findings, day_as_kept, group_names, number_as_kept
from resources.lang.dong import show_dong
from resources.lang.messages import _

_NUMBERED = text("""
SELECT group_id, paper, year, min(number) AS least, max(number) AS most, count(*) AS many
FROM vouchers GROUP BY group_id, paper, year
HAVING min(number) <> 1 OR max(number) <> count(*)
ORDER BY group_id, paper, year
""")
_NUMBERS = text(
    "SELECT number FROM vouchers WHERE group_id = :group AND paper = :paper AND year = :year ORDER BY number"
)
_ASSETS = ", ".join(str(int(a)) for a in sorted(NEVER_NEGATIVE) if account_type(a) is AccountType.ASSET)
_OWED = ", ".join(str(int(a)) for a in sorted(NEVER_NEGATIVE) if account_type(a) is not AccountType.ASSET)
_BELOW_ZERO = text(f"""
SELECT a.group_id, a.account, a.member_id, b.day, b.balance
FROM (
    SELECT account_id, day, sum(sum(amount)) OVER (PARTITION BY account_id ORDER BY day) AS balance
    FROM postings GROUP BY account_id, day
) b JOIN accounts a ON a.id = b.account_id
WHERE (a.account IN ({_ASSETS}) AND b.balance < 0) OR (a.account IN ({_OWED}) AND b.balance > 0)
ORDER BY a.group_id, a.account, a.member_id, b.day
""")
_TOTALS = text("""
SELECT group_id, account, day, sum(amount) AS difference FROM (
    SELECT a.group_id, a.account, s.day, s.amount
    FROM (SELECT account_id, day, sum(amount) AS amount FROM postings GROUP BY account_id, day) s
    JOIN accounts a ON a.id = s.account_id
    UNION ALL SELECT group_id, account, day, -amount FROM day_totals
) both_sides
GROUP BY group_id, account, day HAVING sum(amount) <> 0 ORDER BY group_id, day, account
""")
_OUT_OF_BALANCE = text("""
SELECT group_id, day, moved FROM (
    SELECT a.group_id, s.day, sum(s.amount) AS moved
    FROM (SELECT account_id, day, sum(amount) AS amount FROM postings GROUP BY account_id, day) s
    JOIN accounts a ON a.id = s.account_id GROUP BY a.group_id, s.day
) days WHERE moved <> 0 ORDER BY group_id, day
""")


def number_findings(connection: Connection) -> Findings:
    """Yield the first missing voucher number of each group, kind and year."""
    groups = group_names(connection)
    for group, paper, year, _least, _most, _many in connection.execute(_NUMBERED).all():
        key = {"group": group, "paper": paper, "year": year}
        missing = _first_missing(row[0] for row in connection.execute(_NUMBERS, key))
        number = number_as_kept(paper, missing, year)
        yield Finding(
            "number-gap",
            _("Thiếu chứng từ số {number}.").format(number=number),
            groups.get(group, "?"),
            group=GroupId(group),
        )


def _first_missing(numbers: Iterator[int]) -> int:
    wanted = 1
    for number in numbers:
        if number != wanted:
            break
        wanted += 1
    return wanted


def below_zero_findings(connection: Connection) -> Findings:
    """Yield the accounts that are below zero on some day, each with the first such day."""
    groups = group_names(connection)
    told: set[tuple[Any, ...]] = set()
    for group, number, member, day, balance in connection.execute(_BELOW_ZERO):
        if (group, number, member) in told:
            continue
        told.add((group, number, member))
        account = Account(number)
        yield Finding(
            "below-zero",
            _("{account} ngày {day} thiếu {short}.").format(
                account=account_name(account),
                day=day_as_kept(day),
                short=show_dong(-natural(account, int(balance))),
            ),
            groups.get(group, "?"),
            group=GroupId(group),
        )


def total_findings(connection: Connection) -> Findings:
    """Yield the daily totals that are not the sum of the postings, the first of each group."""
    groups = group_names(connection)
    told: set[int] = set()
    for group, number, day, difference in connection.execute(_TOTALS):
        if group in told:
            continue
        told.add(group)
        yield Finding(
            "totals",
            _(
                "Tổng ngày {day} của {account} lệch {difference} so với các bút toán; tổng này lập lại được."
            ).format(
                day=day_as_kept(day),
                account=_account_name(number),
                difference=show_dong(abs(int(difference))),
            ),
            groups.get(group, "?"),
            group=GroupId(group),
        )


def balance_findings(connection: Connection) -> Findings:
    """Yield each group whose assets are not liabilities + equity + income − expenses, with the first such day."""
    groups = group_names(connection)
    told: set[int] = set()
    for group, day, moved in connection.execute(_OUT_OF_BALANCE):
        if group in told:
            continue
        told.add(group)
        yield Finding(
            "out-of-balance",
            _("Từ ngày {day}, tài sản và nguồn vốn lệch nhau {difference}.").format(
                day=day_as_kept(day), difference=show_dong(abs(int(moved)))
            ),
            groups.get(group, "?"),
            group=GroupId(group),
        )


def _account_name(number: int) -> str:
    try:
        return account_name(Account(number))
    except ValueError:
        return str(number)
