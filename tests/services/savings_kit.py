"""A village whose savings bear interest, for the tests of savings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from desktop.models.kinds import Account, EntryKind
from desktop.models.rules.savings_terms import SavingsRate, SavingsTerms
from desktop.models.savings_kinds import RatePer, SavingsKind
from desktop.services import savings, savings_interest, savings_runs, vouchers
from desktop.services.balances import member_holdings
from desktop.services.savings_runs import Credit, RunPosted
from desktop.services.vouchers import RecordVoucher
from desktop.store.book import Book
from tests.village import Village, an_act

JANUARY = date(2026, 1, 31)
ACT = an_act(date(2026, 6, 30))
TERMS = SavingsTerms(SavingsKind.VOLUNTARY, date(2026, 1, 1))


def agree(
    book: Book,
    village: Village,
    percent: str = "7.3",
    kind: SavingsKind = SavingsKind.VOLUNTARY,
    **more: object,
) -> None:
    """Let savings bear `percent` a year from the first of January; `more` are fields of the rules."""
    terms = replace(TERMS, kind=kind, **more)  # type: ignore[arg-type]
    savings.keep_terms(book, village.group, terms, ACT)
    rate(book, village, terms.valid_from, percent, kind)


def rate(
    book: Book,
    village: Village,
    day: date,
    percent: str,
    kind: SavingsKind = SavingsKind.VOLUNTARY,
    per: RatePer = RatePer.YEAR,
) -> None:
    """Give savings a rate from a day on."""
    made = SavingsRate(day, Fraction(percent), per)
    savings.keep_rate(book, savings.KeepRate(village.group, kind, made, agreed=True), ACT)


def move(
    book: Book, village: Village, day: date, amount: int, who: int = 0, compulsory: bool = False
) -> None:
    """Pay in (+) or take out (−) outside a meeting."""
    ways = (
        (EntryKind.COMPULSORY_IN, EntryKind.COMPULSORY_OUT)
        if compulsory
        else (EntryKind.SAVINGS_IN, EntryKind.SAVINGS_OUT)
    )
    command = RecordVoucher(village.group, ways[amount < 0], abs(amount), day, member=village.members[who])
    vouchers.record(book, command, ACT)


def run(
    book: Book,
    village: Village,
    ends: date | None = None,
    kind: SavingsKind = SavingsKind.VOLUNTARY,
    uid: bytes | None = None,
) -> RunPosted:
    """Credit the next period as it was shown."""
    plan = savings_interest.plan(book, village.group, kind, ACT.today, ends)
    assert plan is not None
    command = Credit(
        village.group,
        kind,
        plan.starts,
        plan.ends,
        plan.total,
        uid or savings_runs.new_run_uid(),
        agreed=True,
    )
    return savings_runs.credit(book, command, ACT).value


def held(book: Book, village: Village, who: int = 0, account: Account = Account.SAVINGS) -> int:
    """Return what a member has on an account at the end of June."""
    with book.read() as session:
        found = member_holdings(session, village.group, ACT.today).get(village.members[who], {})
        return found[account].amount if account in found else 0
