"""The accounts of a group: their numbers and names, which are kept by member or by loan, which sign is natural."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from resources.lang.messages import N_, _


class AccountType(StrEnum):
    """The five kinds of account of double entry."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Account(IntEnum):
    """The accounts of a group. Those in `BY_MEMBER` and `BY_LOAN` are kept one by one below the head."""

    CASH = 111
    BANK = 112
    SOCIAL_CASH = 113
    LOANS = 121
    FINES_OWED = 131
    LENDERS = 311
    COLLECTED = 312
    SAVINGS = 321
    COMPULSORY_SAVINGS = 322
    LOAN_CREDITS = 323
    EXTERNAL_FUNDS = 331
    ROSCA = 341
    SHARES = 411
    SOCIAL_FUND = 421
    SURPLUS = 431
    GRANTS = 441
    INTEREST = 511
    FEES = 512
    FINES = 513
    OTHER_INCOME = 514
    PENALTIES = 515
    COMMISSION = 516
    EXPENSES = 611
    WRITE_OFFS = 612
    SAVINGS_INTEREST = 613
    INTEREST_PAID = 614
    SOCIAL_GRANTS = 615
    OVER_SHORT = 711


_TYPES: dict[int, AccountType] = {
    1: AccountType.ASSET,
    3: AccountType.LIABILITY,
    4: AccountType.EQUITY,
    5: AccountType.INCOME,
    6: AccountType.EXPENSE,
    7: AccountType.INCOME,
}

_ACCOUNT_NAMES: dict[Account, str] = {
    Account.CASH: N_("Tiền mặt quỹ vay"),
    Account.BANK: N_("Tiền gửi ngân hàng"),
    Account.SOCIAL_CASH: N_("Tiền mặt quỹ xã hội"),
    Account.LOANS: N_("Cho vay thành viên"),
    Account.FINES_OWED: N_("Tiền phạt còn phải thu"),
    Account.LENDERS: N_("Phải trả bên cho vay"),
    Account.COLLECTED: N_("Thu hộ bên cho vay"),
    Account.SAVINGS: N_("Tiết kiệm tự nguyện"),
    Account.COMPULSORY_SAVINGS: N_("Tiết kiệm bắt buộc"),
    Account.LOAN_CREDITS: N_("Tiền trả thừa của khoản vay"),
    Account.EXTERNAL_FUNDS: N_("Vốn bên ngoài"),
    Account.ROSCA: N_("Tiền họ giữ hộ"),
    Account.SHARES: N_("Vốn cổ phần"),
    Account.SOCIAL_FUND: N_("Quỹ xã hội"),
    Account.SURPLUS: N_("Kết dư"),
    Account.GRANTS: N_("Vốn tài trợ không hoàn lại"),
    Account.INTEREST: N_("Thu lãi cho vay"),
    Account.FEES: N_("Thu phí"),
    Account.FINES: N_("Thu tiền phạt"),
    Account.OTHER_INCOME: N_("Thu khác"),
    Account.PENALTIES: N_("Thu phạt trả chậm"),
    Account.COMMISSION: N_("Hoa hồng thu hộ"),
    Account.EXPENSES: N_("Chi phí"),
    Account.WRITE_OFFS: N_("Xóa nợ"),
    Account.SAVINGS_INTEREST: N_("Chi lãi tiết kiệm"),
    Account.INTEREST_PAID: N_("Chi lãi vay"),
    Account.SOCIAL_GRANTS: N_("Trợ cấp từ quỹ xã hội"),
    Account.OVER_SHORT: N_("Thừa, thiếu quỹ"),
}

SAVED = (Account.SAVINGS, Account.COMPULSORY_SAVINGS)
"""What members have saved, beside their shares."""
OWED_TO_MEMBERS = (*SAVED, Account.SHARES)
"""What a group keeps for its members and pays back."""

BY_MEMBER = frozenset(
    {
        Account.SAVINGS,
        Account.COMPULSORY_SAVINGS,
        Account.SHARES,
        Account.SOCIAL_FUND,
        Account.SOCIAL_GRANTS,
        Account.FINES,
        Account.FINES_OWED,
        Account.ROSCA,
    }
)
BY_LOAN = frozenset(
    {
        Account.LOANS,
        Account.INTEREST,
        Account.FEES,
        Account.PENALTIES,
        Account.LOAN_CREDITS,
        Account.WRITE_OFFS,
        Account.LENDERS,
        Account.INTEREST_PAID,
    }
)
CASH_BOXES = (Account.CASH, Account.SOCIAL_CASH)
NEVER_NEGATIVE = frozenset(
    {
        Account.CASH,
        Account.BANK,
        Account.SOCIAL_CASH,
        Account.SAVINGS,
        Account.COMPULSORY_SAVINGS,
        Account.SHARES,
        Account.LOANS,
        Account.LOAN_CREDITS,
        Account.LENDERS,
        Account.COLLECTED,
        Account.FINES_OWED,
        Account.EXTERNAL_FUNDS,
        Account.GRANTS,
    }
)
"""Accounts whose natural balance may not fall below zero on any day."""


def account_type(account: Account) -> AccountType:
    """Return the kind of an account; it follows from the first digit of its number."""
    return _TYPES[account // 100]


def account_name(account: Account) -> str:
    """Return the name of an account in the language in use."""
    return _(_ACCOUNT_NAMES[account])


def natural(account: Account, signed: int) -> int:
    """Return a signed sum (debit positive) as people say it: what is in the box, what is owed, what was earned."""
    if account_type(account) in (AccountType.ASSET, AccountType.EXPENSE):
        return signed
    return -signed
