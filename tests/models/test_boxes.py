"""Money moves between boxes only as docs/money.md says: the bank is the loan fund's, and the two funds are never mixed."""

from __future__ import annotations

from desktop.models.accounts import Account
from desktop.models.entry_kinds import EFFECTS, EntryKind

PLACES = {Account.CASH, Account.BANK, Account.SOCIAL_CASH}
SOCIAL = {Account.SOCIAL_CASH, Account.SOCIAL_FUND, Account.SOCIAL_GRANTS}


def test_only_the_loan_fund_moves_between_its_box_and_the_bank() -> None:
    moved = {kind for kind, effect in EFFECTS.items() if {effect.debit, effect.credit} <= PLACES}
    assert moved == {EntryKind.BANK_IN, EntryKind.BANK_OUT}


def test_no_entry_takes_money_of_one_fund_to_the_other() -> None:
    crossing = {
        kind
        for kind, effect in EFFECTS.items()
        if ((effect.debit in SOCIAL) != (effect.credit in SOCIAL))
        and Account.OVER_SHORT not in (effect.debit, effect.credit)
    }
    assert crossing == set()
