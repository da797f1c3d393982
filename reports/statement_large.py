"""The tables of a statement in large print, for an upright page: few columns, one line a row, nothing said twice.

What went in and out stands in one column with its sign; a text that most rows of a table share is said once, above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from reports.kit.columns import Column, Row, amount
from reports.kit.tables import Look
from reports.statement_values import (
    COMMON,
    Laid,
    MemberStatement,
    Movement,
    Section,
    StatementAccount,
)
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _

_MOST_COMMON = 2
"""How many accounts that were only paid into stand side by side."""


def tall_tables(value: MemberStatement) -> list[Laid]:
    """Return the balances at a glance and then a table for each account."""
    tables = [_summary(value)]
    for account in value.accounts:
        if account.section is Section.SAVINGS:
            tables.append(_running(value, account, _("Gửi, rút"), _("Số dư")))
        elif account.section is Section.LOAN:
            tables.append(_running(value, account, _("Nhận vay, Trả gốc"), _("Còn nợ")))
        elif account.section is Section.SHARES:
            tables.append(_shares(value, account))
    paid = [account for account in value.accounts if account.section in COMMON]
    for start in range(0, len(paid), _MOST_COMMON):
        tables.append(_paid(value, paid[start : start + _MOST_COMMON]))
    return tables


def _signed(change: int) -> str:
    """Return a change with its sign, a dash for nothing."""
    return f"+{show_number(change)}" if change > 0 else amount(change)


def _summary(value: MemberStatement) -> Laid:
    owed = [one for one in value.accounts if one.section in (Section.SAVINGS, Section.SHARES)]
    rows = [Row(_sums(_name(one), [one], one.closing)) for one in owed]
    total = _sums(_("Nhóm đang giữ của thành viên"), owed, value.closing_total)
    rows.append(Row(total, bold=True, shade=True, keep=True))
    for one in value.accounts:
        if one.section not in (Section.SAVINGS, Section.SHARES):
            rows.append(Row(_sums(_name(one), [one], one.closing)))
    columns = (
        Column(_("Khoản (đồng)"), "text", 120),
        Column(_("Vào"), "money"),
        Column(_("Ra"), "money"),
        Column(_("Cuối kỳ"), "money"),
    )
    return Laid(columns, rows, Look(tight=True))


def _name(account: StatementAccount) -> str:
    if account.section is Section.SHARES:
        text = _("{title} ({count} cổ phần)")
        return text.format(title=account.title, count=show_number(account.closing_shares))
    if account.section is Section.LOAN:
        return _("{title} (thành viên còn nợ)").format(title=account.title)
    if account.section is Section.RECEIVED:
        return _("{title} (đã nhận từ khi vào nhóm)").format(title=account.title)
    if account.section is Section.PAID:
        return _("{title} (đã nộp từ khi vào nhóm)").format(title=account.title)
    return account.title


def _sums(title: str, accounts: Sequence[StatementAccount], closing: int) -> tuple[str, ...]:
    lines = [line for account in accounts for line in account.movements]
    paid_in, paid_out = sum(line.paid_in for line in lines), sum(line.paid_out for line in lines)
    return title, amount(paid_in), amount(paid_out), amount(closing)


# -- one account ------------------------------------------------------------------------------------------


def _common_text(lines: Sequence[Movement]) -> str:
    """Return the text that more than half of the rows have, "" for none."""
    texts = Counter(line.text for line in lines)
    text, count = texts.most_common(1)[0] if texts else ("", 0)
    return text if 2 * count > len(lines) else ""


def _caption(title: str, common: str) -> str:
    return f"{title}: {common}" if common else title


def _lead(common: str) -> list[Column]:
    second = _("Số chứng từ") if common else _("Diễn giải")
    return [Column(_("Ngày"), "tight"), Column(second, "text", 130)]


def _cells(line: Movement, common: str) -> tuple[str, str]:
    if not line.voucher:
        return show_day(line.day), line.text
    number = _number(line)
    return show_day(line.day), number if line.text == common else f"{number} {line.text}"


def _number(line: Movement) -> str:
    """Return the number of the voucher, and of the meeting that it was written at."""
    if not line.voucher or not line.meeting:
        return line.voucher
    return _("{voucher}, kỳ {meeting}").format(voucher=line.voucher, meeting=line.meeting)


def _opening(value: MemberStatement) -> tuple[str, str]:
    return "", _("Số dư đầu kỳ {day}").format(day=show_day(value.first_day))


def _closing(value: MemberStatement) -> tuple[str, str]:
    return "", _("Số dư cuối kỳ {day}").format(day=show_day(value.last_day))


def _running(value: MemberStatement, account: StatementAccount, moved: str, left: str) -> Laid:
    lines = account.movements
    common = _common_text(lines)
    rows = [Row((*_opening(value), "", show_number(account.opening)))]
    for line in lines:
        change = _signed(line.paid_in - line.paid_out)
        rows.append(Row((*_cells(line, common), change, show_number(line.balance))))
    change = _signed(sum(line.paid_in - line.paid_out for line in lines))
    rows.append(Row((*_closing(value), change, show_number(account.closing)), True, True, True))
    marks = [account.opening, *(line.balance for line in lines), account.closing]
    columns = (*_lead(common), Column(moved, "money"), Column(left, "money"))

    def carry(done: int) -> tuple[str, ...]:
        return "", "", "", show_number(marks[done - 1])

    return Laid(columns, rows, Look(_caption(account.title, common), carry=carry, tight=True))


def _shares(value: MemberStatement, account: StatementAccount) -> Laid:
    """Return the movements of shares; what was paid is not repeated where it is the number times the price."""
    lines = account.movements
    title, common = account.title, _common_text(lines)
    if value.share_value:
        title = _("{title} (mỗi cổ phần {value})").format(title=title, value=show_dong(value.share_value))
    plain = all(line.paid_in - line.paid_out == line.shares * value.share_value for line in lines)

    def cells(
        lead: tuple[str, str], change: int | None, paid: int | None, held: int, worth: int
    ) -> tuple[str, ...]:
        moved = "" if change is None else _signed(change)
        money = () if plain else ("" if paid is None else _signed(paid),)
        return *lead, moved, *money, show_number(held), show_number(worth)

    rows = [Row(cells(_opening(value), None, None, account.opening_shares, account.opening))]
    for line in lines:
        paid = line.paid_in - line.paid_out
        rows.append(Row(cells(_cells(line, common), line.shares, paid, line.shares_held, line.balance)))
    bought = sum(line.shares for line in lines)
    paid = sum(line.paid_in - line.paid_out for line in lines)
    last = cells(_closing(value), bought, paid, account.closing_shares, account.closing)
    rows.append(Row(last, bold=True, shade=True, keep=True))
    marks = [
        (account.opening_shares, account.opening),
        *((line.shares_held, line.balance) for line in lines),
        (account.closing_shares, account.closing),
    ]

    def carry(done: int) -> tuple[str, ...]:
        return cells(("", ""), None, None, *marks[done - 1])

    columns = [*_lead(common), Column(_("Số CP"), "money")]
    columns += [] if plain else [Column(_("Số tiền"), "money")]
    columns += [Column(_("Đang có"), "money"), Column(_("Giá trị"), "money")]
    return Laid(tuple(columns), rows, Look(_caption(title, common), carry=carry, tight=True))


def _paid(value: MemberStatement, accounts: Sequence[StatementAccount]) -> Laid:
    """Return what was only paid, one column each; what was paid at once stands in one row."""
    together: dict[tuple[date, str], list[tuple[int, Movement]]] = {}
    for place, account in enumerate(accounts):
        for line in account.movements:
            together.setdefault((line.day, line.voucher), []).append((place, line))
    common = _common_text([lines[0][1] for lines in together.values()])
    before = _("Cộng trước ngày {day}").format(day=show_day(value.first_day))
    rows = [Row(("", before, *(amount(account.opening) for account in accounts)))]
    paid = [[account.opening for account in accounts]]
    # By day only: within a day the order of the ledger stands, a reversal after what it takes back.
    for _key, lines in sorted(together.items(), key=lambda item: item[0][0]):
        sums = [0] * len(accounts)
        for place, line in lines:
            sums[place] += line.paid_in - line.paid_out
        texts = [text for text in dict.fromkeys(line.text for _place, line in lines) if text != common]
        first = lines[0][1]
        second = " ".join(part for part in (_number(first), "; ".join(texts)) if part)
        rows.append(Row((show_day(first.day), second, *(amount(one) for one in sums))))
        paid.append([earlier + now for earlier, now in zip(paid[-1], sums, strict=True)])
    until = _("Cộng đến ngày {day}").format(day=show_day(value.last_day))
    closing = tuple(show_number(account.closing) for account in accounts)
    paid.append([account.closing for account in accounts])
    rows.append(Row(("", until, *closing), bold=True, shade=True, keep=True))
    columns = [*_lead(common), *(Column(account.title, "money") for account in accounts)]
    caption = " · ".join(account.title for account in accounts)

    def carry(done: int) -> tuple[str, ...]:
        return "", "", *(show_number(one) for one in paid[done - 1])

    return Laid(tuple(columns), rows, Look(_caption(caption, common), carry=carry, tight=True))
