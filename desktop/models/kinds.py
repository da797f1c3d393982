"""The words of the ledger: accounts, kinds of entry, kinds of paper; and the whole double entry on one screen.

`EFFECTS` says which account each kind of entry debits and credits. A posting's amount is signed: a debit is
positive, a credit negative, so the postings of a voucher sum to zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


class EntryKind(IntEnum):
    """What one line of a voucher does. The numbers are stored and never change their meaning."""

    CASH = 1  # the cash leg of a voucher, the sum of its lines that touch one box
    SAVINGS_IN = 10
    SAVINGS_OUT = 11
    COMPULSORY_IN = 12
    COMPULSORY_OUT = 13
    SHARES_IN = 20
    SHARES_OUT = 21
    SOCIAL_IN = 30
    SOCIAL_OUT = 31
    FINE = 40
    FINE_OWED = 41
    FINE_PAID = 42
    FINE_WAIVED = 43
    EXPENSE = 50
    OTHER_INCOME = 51
    BANK_IN = 60
    BANK_OUT = 61
    EXTERNAL_IN = 70
    EXTERNAL_OUT = 71
    OVER = 80
    SHORT = 81
    SOCIAL_OVER = 82
    SOCIAL_SHORT = 83
    OPENING_CASH = 90
    OPENING_BANK = 91
    OPENING_SOCIAL = 92
    SHARE_OUT_PROFIT = 95
    SHARE_OUT_LOSS = 96
    CYCLE_CLOSE = 97
    SHARE_OUT_TO_SOCIAL = 98
    SOCIAL_FROM_SHARE_OUT = 99
    LOAN_OUT = 100
    LOAN_OUT_BANK = 101
    LOAN_PRINCIPAL = 102
    LOAN_INTEREST = 103
    LOAN_FEE = 104
    LOAN_PENALTY = 105
    LOAN_OVERPAID = 106
    LOAN_REFUND = 107
    LOAN_WRITE_OFF = 108
    LOAN_RECOVERY = 109
    LENDER_IN = 110
    LENDER_PRINCIPAL = 111
    LENDER_INTEREST = 112
    COLLECTED_IN = 113
    COLLECTED_OUT = 114
    COMMISSION_IN = 115
    LOAN_UPFRONT = 116
    ROSCA_IN = 130
    ROSCA_OUT = 131
    ROSCA_ADVANCE = 132
    ROSCA_ADVANCE_BACK = 133
    ROSCA_COMMISSION = 134
    ROSCA_LATE_INTEREST = 135
    EXTERNAL_IN_BANK = 150
    EXTERNAL_OUT_BANK = 151
    GRANT_IN = 152
    GRANT_IN_BANK = 153
    GRANT_BACK = 154
    GRANT_BACK_BANK = 155
    EXPENSE_BANK = 156
    BANK_FEE = 157
    BANK_INTEREST = 158
    OPENING_SAVINGS = 160
    OPENING_COMPULSORY = 161
    OPENING_SHARES = 162
    OPENING_FINES = 163
    OPENING_LOAN = 164
    OPENING_EXTERNAL = 165
    OPENING_GRANT = 166
    OPENING_LENDER = 167
    SAVINGS_INTEREST = 140
    COMPULSORY_INTEREST = 141
    SAVINGS_INTEREST_LESS = 142
    COMPULSORY_INTEREST_LESS = 143
    LEAVING_FEE = 170


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of entry does: the accounts debited and credited, and its name on paper."""

    debit: Account
    credit: Account
    title: str

    @property
    def name(self) -> str:
        """Return the words for the paper, in the language in use."""
        return _(self.title)


EFFECTS: dict[EntryKind, Effect] = {
    EntryKind.SAVINGS_IN: Effect(Account.CASH, Account.SAVINGS, N_("Gửi tiết kiệm tự nguyện")),
    EntryKind.SAVINGS_OUT: Effect(Account.SAVINGS, Account.CASH, N_("Rút tiết kiệm")),
    EntryKind.COMPULSORY_IN: Effect(Account.CASH, Account.COMPULSORY_SAVINGS, N_("Gửi tiết kiệm bắt buộc")),
    EntryKind.COMPULSORY_OUT: Effect(Account.COMPULSORY_SAVINGS, Account.CASH, N_("Rút tiết kiệm bắt buộc")),
    EntryKind.SHARES_IN: Effect(Account.CASH, Account.SHARES, N_("Mua cổ phần")),
    EntryKind.SHARES_OUT: Effect(Account.SHARES, Account.CASH, N_("Hoàn trả cổ phần")),
    EntryKind.SOCIAL_IN: Effect(Account.SOCIAL_CASH, Account.SOCIAL_FUND, N_("Đóng quỹ xã hội")),
    EntryKind.SOCIAL_OUT: Effect(Account.SOCIAL_GRANTS, Account.SOCIAL_CASH, N_("Trợ cấp quỹ xã hội")),
    EntryKind.FINE: Effect(Account.CASH, Account.FINES, N_("Nộp tiền phạt")),
    # A fine that is not paid at once is owed; only what is paid or waived takes it away again.
    EntryKind.FINE_OWED: Effect(Account.FINES_OWED, Account.FINES, N_("Phạt ghi nợ")),
    EntryKind.FINE_PAID: Effect(Account.CASH, Account.FINES_OWED, N_("Nộp tiền phạt còn nợ")),
    EntryKind.FINE_WAIVED: Effect(Account.FINES, Account.FINES_OWED, N_("Miễn tiền phạt")),
    EntryKind.EXPENSE: Effect(Account.EXPENSES, Account.CASH, N_("Chi phí của nhóm")),
    EntryKind.OTHER_INCOME: Effect(Account.CASH, Account.OTHER_INCOME, N_("Thu khác")),
    EntryKind.BANK_IN: Effect(Account.BANK, Account.CASH, N_("Gửi tiền vào ngân hàng")),
    EntryKind.BANK_OUT: Effect(Account.CASH, Account.BANK, N_("Rút tiền từ ngân hàng")),
    EntryKind.EXTERNAL_IN: Effect(Account.CASH, Account.EXTERNAL_FUNDS, N_("Nhận vốn bên ngoài")),
    EntryKind.EXTERNAL_OUT: Effect(Account.EXTERNAL_FUNDS, Account.CASH, N_("Hoàn vốn bên ngoài")),
    EntryKind.OVER: Effect(Account.CASH, Account.OVER_SHORT, N_("Thừa quỹ khi kiểm đếm")),
    EntryKind.SHORT: Effect(Account.OVER_SHORT, Account.CASH, N_("Thiếu quỹ khi kiểm đếm")),
    EntryKind.SOCIAL_OVER: Effect(
        Account.SOCIAL_CASH, Account.OVER_SHORT, N_("Thừa quỹ xã hội khi kiểm đếm")
    ),
    EntryKind.SOCIAL_SHORT: Effect(
        Account.OVER_SHORT, Account.SOCIAL_CASH, N_("Thiếu quỹ xã hội khi kiểm đếm")
    ),
    EntryKind.OPENING_CASH: Effect(Account.CASH, Account.SURPLUS, N_("Số dư đầu: tiền mặt")),
    EntryKind.OPENING_BANK: Effect(Account.BANK, Account.SURPLUS, N_("Số dư đầu: ngân hàng")),
    EntryKind.OPENING_SOCIAL: Effect(Account.SOCIAL_CASH, Account.SOCIAL_FUND, N_("Số dư đầu: quỹ xã hội")),
    EntryKind.SHARE_OUT_PROFIT: Effect(Account.SURPLUS, Account.CASH, N_("Chia lãi cuối chu kỳ")),
    EntryKind.SHARE_OUT_LOSS: Effect(Account.SHARES, Account.SURPLUS, N_("Lỗ trừ vào cổ phần")),
    # Income and expenses of a cycle go to the surplus at its end; each line names its own account.
    EntryKind.CYCLE_CLOSE: Effect(Account.SURPLUS, Account.SURPLUS, N_("Kết chuyển cuối chu kỳ")),
    EntryKind.SHARE_OUT_TO_SOCIAL: Effect(Account.SURPLUS, Account.CASH, N_("Số lẻ chuyển sang quỹ xã hội")),
    EntryKind.SOCIAL_FROM_SHARE_OUT: Effect(
        Account.SOCIAL_CASH, Account.SOCIAL_FUND, N_("Số lẻ nhận từ chia cổ phần")
    ),
    EntryKind.LEAVING_FEE: Effect(Account.SHARES, Account.OTHER_INCOME, N_("Phí rời nhóm giữa chu kỳ")),
    EntryKind.LOAN_OUT: Effect(Account.LOANS, Account.CASH, N_("Giải ngân khoản vay")),
    EntryKind.LOAN_OUT_BANK: Effect(Account.LOANS, Account.BANK, N_("Giải ngân qua ngân hàng")),
    EntryKind.LOAN_PRINCIPAL: Effect(Account.CASH, Account.LOANS, N_("Trả gốc")),
    EntryKind.LOAN_INTEREST: Effect(Account.CASH, Account.INTEREST, N_("Trả lãi")),
    EntryKind.LOAN_FEE: Effect(Account.CASH, Account.FEES, N_("Trả phí vay")),
    EntryKind.LOAN_PENALTY: Effect(Account.CASH, Account.PENALTIES, N_("Phạt trả chậm")),
    EntryKind.LOAN_OVERPAID: Effect(Account.CASH, Account.LOAN_CREDITS, N_("Trả thừa khoản vay")),
    EntryKind.LOAN_REFUND: Effect(Account.LOAN_CREDITS, Account.CASH, N_("Hoàn tiền trả thừa")),
    EntryKind.LOAN_WRITE_OFF: Effect(Account.WRITE_OFFS, Account.LOANS, N_("Xóa nợ")),
    EntryKind.LOAN_RECOVERY: Effect(Account.CASH, Account.WRITE_OFFS, N_("Thu hồi nợ đã xóa")),
    EntryKind.LENDER_IN: Effect(Account.CASH, Account.LENDERS, N_("Nhận vốn vay của nhóm")),
    EntryKind.LENDER_PRINCIPAL: Effect(Account.LENDERS, Account.CASH, N_("Nhóm trả gốc cho bên cho vay")),
    EntryKind.LENDER_INTEREST: Effect(
        Account.INTEREST_PAID, Account.CASH, N_("Nhóm trả lãi cho bên cho vay")
    ),
    EntryKind.COLLECTED_IN: Effect(Account.CASH, Account.COLLECTED, N_("Thu hộ lãi cho bên cho vay")),
    EntryKind.COLLECTED_OUT: Effect(Account.COLLECTED, Account.CASH, N_("Nộp lãi thu hộ")),
    EntryKind.LOAN_UPFRONT: Effect(Account.CASH, Account.FEES, N_("Phí thu khi giải ngân")),
    EntryKind.COMMISSION_IN: Effect(Account.CASH, Account.COMMISSION, N_("Nhận hoa hồng thu hộ")),
    # A rotating fund passes through the box: what is collected is owed to the one who draws, until it is drawn.
    EntryKind.ROSCA_IN: Effect(Account.CASH, Account.ROSCA, N_("Góp họ")),
    EntryKind.ROSCA_OUT: Effect(Account.ROSCA, Account.CASH, N_("Lĩnh họ")),
    EntryKind.ROSCA_ADVANCE: Effect(Account.CASH, Account.ROSCA, N_("Chủ họ góp thay")),
    EntryKind.ROSCA_ADVANCE_BACK: Effect(Account.ROSCA, Account.CASH, N_("Trả lại tiền góp thay")),
    EntryKind.ROSCA_COMMISSION: Effect(Account.ROSCA, Account.CASH, N_("Hoa hồng của chủ họ")),
    EntryKind.ROSCA_LATE_INTEREST: Effect(Account.CASH, Account.ROSCA, N_("Lãi góp họ chậm")),
    EntryKind.EXTERNAL_IN_BANK: Effect(
        Account.BANK, Account.EXTERNAL_FUNDS, N_("Nhận vốn bên ngoài qua ngân hàng")
    ),
    EntryKind.EXTERNAL_OUT_BANK: Effect(
        Account.EXTERNAL_FUNDS, Account.BANK, N_("Hoàn vốn bên ngoài qua ngân hàng")
    ),
    # A grant is not owed, and it is not the members' profit either: it stands on an account of its own.
    EntryKind.GRANT_IN: Effect(Account.CASH, Account.GRANTS, N_("Nhận vốn tài trợ")),
    EntryKind.GRANT_IN_BANK: Effect(Account.BANK, Account.GRANTS, N_("Nhận vốn tài trợ qua ngân hàng")),
    EntryKind.GRANT_BACK: Effect(Account.GRANTS, Account.CASH, N_("Trả lại vốn tài trợ không dùng hết")),
    EntryKind.GRANT_BACK_BANK: Effect(Account.GRANTS, Account.BANK, N_("Trả lại vốn tài trợ qua ngân hàng")),
    EntryKind.EXPENSE_BANK: Effect(Account.EXPENSES, Account.BANK, N_("Chi phí trả qua ngân hàng")),
    EntryKind.BANK_FEE: Effect(Account.EXPENSES, Account.BANK, N_("Phí ngân hàng")),
    EntryKind.BANK_INTEREST: Effect(Account.BANK, Account.OTHER_INCOME, N_("Lãi tiền gửi ngân hàng")),
    # What a group that starts on paper brings with it: all against the surplus, which is what is left.
    EntryKind.OPENING_SAVINGS: Effect(Account.SURPLUS, Account.SAVINGS, N_("Số dư đầu: tiết kiệm tự nguyện")),
    EntryKind.OPENING_COMPULSORY: Effect(
        Account.SURPLUS, Account.COMPULSORY_SAVINGS, N_("Số dư đầu: tiết kiệm bắt buộc")
    ),
    EntryKind.OPENING_SHARES: Effect(Account.SURPLUS, Account.SHARES, N_("Số dư đầu: cổ phần")),
    EntryKind.OPENING_FINES: Effect(Account.FINES_OWED, Account.SURPLUS, N_("Số dư đầu: tiền phạt còn nợ")),
    EntryKind.OPENING_LOAN: Effect(Account.LOANS, Account.SURPLUS, N_("Số dư đầu: dư nợ cho vay")),
    EntryKind.OPENING_EXTERNAL: Effect(
        Account.SURPLUS, Account.EXTERNAL_FUNDS, N_("Số dư đầu: vốn bên ngoài")
    ),
    EntryKind.OPENING_GRANT: Effect(Account.SURPLUS, Account.GRANTS, N_("Số dư đầu: vốn tài trợ")),
    EntryKind.OPENING_LENDER: Effect(Account.SURPLUS, Account.LENDERS, N_("Số dư đầu: nợ bên cho vay")),
    # Interest on savings moves no cash: it is an expense of the group and stays on the member's savings.
    EntryKind.SAVINGS_INTEREST: Effect(Account.SAVINGS_INTEREST, Account.SAVINGS, N_("Lãi tiết kiệm")),
    EntryKind.COMPULSORY_INTEREST: Effect(
        Account.SAVINGS_INTEREST, Account.COMPULSORY_SAVINGS, N_("Lãi tiết kiệm bắt buộc")
    ),
    EntryKind.SAVINGS_INTEREST_LESS: Effect(
        Account.SAVINGS, Account.SAVINGS_INTEREST, N_("Giảm lãi tiết kiệm đã nhập")
    ),
    EntryKind.COMPULSORY_INTEREST_LESS: Effect(
        Account.COMPULSORY_SAVINGS, Account.SAVINGS_INTEREST, N_("Giảm lãi tiết kiệm bắt buộc đã nhập")
    ),
}


class Paper(StrEnum):
    """The kinds of voucher; each is numbered by group and year without gaps."""

    RECEIPT = "PT"
    PAYMENT = "PC"
    TRANSFER = "CK"
    JOURNAL = "PK"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name of the paper in the language in use."""
        return _(_PAPER_TITLES[self])


_PAPER_TITLES = {
    Paper.RECEIPT: N_("Phiếu thu"),
    Paper.PAYMENT: N_("Phiếu chi"),
    Paper.TRANSFER: N_("Phiếu chuyển khoản"),
    Paper.JOURNAL: N_("Phiếu kế toán"),
}


class _Named(StrEnum):
    """An enumeration whose members have a name to show, marked in `_TITLES` below."""

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(_TITLES[type(self).__name__][self.value])


class Sex(_Named):
    """Sex as on the identity paper."""

    FEMALE = "F"
    MALE = "M"
    OTHER = "X"


class MemberStatus(_Named):
    """Where a person stands with the programme."""

    ACTIVE = "active"
    LEFT = "left"
    DIED = "died"


class Attendance(_Named):
    """How a member took part in a meeting."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"
    REPRESENTED = "represented"

    @property
    def takes_part(self) -> bool:
        """Tell whether the member counts for the quorum and is expected to pay."""
        return self in (Attendance.PRESENT, Attendance.LATE, Attendance.REPRESENTED)


class GroupKind(_Named):
    """The kinds of group that the programme works with."""

    VSLA = "vsla"
    SAVINGS_CREDIT = "savings_credit"
    SELF_HELP = "self_help"
    VBSP = "vbsp"
    COOPERATIVE_GROUP = "cooperative_group"
    REVOLVING_FUND = "revolving_fund"
    ROSCA = "rosca"
    WOMEN_UNION = "women_union"
    OTHER = "other"


class Frequency(_Named):
    """How often a group meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


class Office(_Named):
    """The offices of a group."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    MONEY_COUNTER = "money_counter"
    KEY_HOLDER = "key_holder"


class CycleState(_Named):
    """The life of a cycle."""

    OPEN = "open"
    CLOSED = "closed"


class MeetingState(_Named):
    """The life of a posted meeting."""

    POSTED = "posted"
    REVERSED = "reversed"


class LoanDirection(_Named):
    """Who lends: the group to a member, or somebody to the group."""

    OUT = "out"
    IN = "in"


class LoanStage(_Named):
    """The life of a loan before and after the money; what is owed follows from its events."""

    APPLIED = "applied"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    ACTIVE = "active"
    CLOSED = "closed"
    WRITTEN_OFF = "written_off"


class LoanEventKind(_Named):
    """What may happen to a loan."""

    DISBURSEMENT = "disbursement"
    REPAYMENT = "repayment"
    FEE = "fee"
    PENALTY = "penalty"
    WAIVER = "waiver"
    RESCHEDULE = "reschedule"
    WRITE_OFF = "write_off"
    REFUND = "refund"
    UNDO = "undo"
    ADJUSTMENT = "adjustment"


class RoscaKind(_Named):
    """The kinds of rotating fund (dây họ) that Decree 19/2019/NĐ-CP knows."""

    FREE = "free"
    INTEREST = "interest"
    COMMISSION = "commission"


class RoscaOrder(_Named):
    """How it is settled who draws at an opening."""

    LOT = "lot"
    VOTE = "vote"
    LIST = "list"
    BID = "bid"


class RoscaState(_Named):
    """The life of a rotating fund."""

    RUNNING = "running"
    ENDED = "ended"


class LeavingRule(_Named):
    """What a member who leaves in the middle of a cycle gets for their shares."""

    PAID = "paid"
    CURRENT = "current"
    LESS_FEE = "less_fee"


class RemainderRule(_Named):
    """Where the đồng go that rounding the payouts leaves."""

    NEXT_CYCLE = "next_cycle"
    SOCIAL = "social"


class LoanChoice(_Named):
    """What becomes of an open loan at the share-out."""

    NET = "net"
    CARRY = "carry"


class GrantReason(_Named):
    """Why the social fund helps."""

    SICKNESS = "sickness"
    FUNERAL = "funeral"
    BIRTH = "birth"
    DISASTER = "disaster"
    SCHOOL = "school"
    ACCIDENT = "accident"
    OTHER = "other"


class GrantState(_Named):
    """The life of a grant from the social fund."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"
    REVERSED = "reversed"


class OpeningState(_Named):
    """The life of an opening that was posted."""

    POSTED = "posted"
    REVERSED = "reversed"


class AttachmentKind(_Named):
    """What a scan or a photo kept in the book shows."""

    RECEIPT = "receipt"
    MINUTES = "minutes"
    CONSENT = "consent"
    CONTRACT = "contract"
    EVIDENCE = "evidence"
    PHOTO = "photo"
    OTHER = "other"


class Poverty(_Named):
    """The official status of a household in a year (rà soát hộ nghèo); unknown where no list says it."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    NOT_POOR = "not_poor"
    UNKNOWN = "unknown"


_TITLES: dict[str, dict[str, str]] = {
    "Poverty": {
        "poor": N_("Hộ nghèo"),
        "near_poor": N_("Hộ cận nghèo"),
        "not_poor": N_("Không nghèo"),
        "unknown": N_("Không rõ"),
    },
    "RoscaKind": {
        "free": N_("Họ không có lãi"),
        "interest": N_("Họ có lãi"),
        "commission": N_("Họ hưởng hoa hồng"),
    },
    "RoscaOrder": {
        "lot": N_("Bốc thăm"),
        "vote": N_("Biểu quyết"),
        "list": N_("Theo thứ tự đã thỏa thuận"),
        "bid": N_("Người trả lãi cao nhất"),
    },
    "RoscaState": {"running": N_("Đang mở"), "ended": N_("Đã mãn họ")},
    "LeavingRule": {
        "paid": N_("Trả lại đúng tiền đã góp"),
        "current": N_("Trả theo giá trị hiện nay"),
        "less_fee": N_("Trả tiền đã góp, trừ phí"),
    },
    "RemainderRule": {
        "next_cycle": N_("Để lại cho chu kỳ sau"),
        "social": N_("Chuyển sang quỹ xã hội"),
    },
    "LoanChoice": {"net": N_("Trừ vào tiền được chia"), "carry": N_("Chuyển sang chu kỳ sau")},
    "GrantReason": {
        "sickness": N_("Ốm đau"),
        "funeral": N_("Tang chế"),
        "birth": N_("Sinh con"),
        "disaster": N_("Thiên tai, hỏa hoạn"),
        "school": N_("Con đi học"),
        "accident": N_("Tai nạn"),
        "other": N_("Lý do khác"),
    },
    "GrantState": {
        "requested": N_("Đang xét"),
        "approved": N_("Đã duyệt, chưa chi"),
        "refused": N_("Không duyệt"),
        "paid": N_("Đã chi"),
        "reversed": N_("Đã hủy chi"),
    },
    "OpeningState": {"posted": N_("Đã ghi sổ"), "reversed": N_("Đã hủy bằng bút toán đảo")},
    "AttachmentKind": {
        "receipt": N_("Hóa đơn, biên lai"),
        "minutes": N_("Biên bản, nghị quyết"),
        "consent": N_("Phiếu đồng ý có chữ ký"),
        "contract": N_("Hợp đồng, cam kết"),
        "evidence": N_("Bằng chứng"),
        "photo": N_("Ảnh chụp"),
        "other": N_("Giấy tờ khác"),
    },
    "LoanDirection": {"out": N_("Nhóm cho vay"), "in": N_("Nhóm đi vay")},
    "LoanStage": {
        "applied": N_("Đang xét"),
        "approved": N_("Đã duyệt"),
        "refused": N_("Không duyệt"),
        "cancelled": N_("Đã rút đơn"),
        "active": N_("Đang vay"),
        "closed": N_("Đã tất toán"),
        "written_off": N_("Đã xóa nợ"),
    },
    "LoanEventKind": {
        "disbursement": N_("Giải ngân"),
        "repayment": N_("Trả nợ"),
        "fee": N_("Phí"),
        "penalty": N_("Phạt trả chậm"),
        "waiver": N_("Miễn giảm"),
        "reschedule": N_("Gia hạn"),
        "write_off": N_("Xóa nợ"),
        "refund": N_("Hoàn tiền thừa"),
        "undo": N_("Hủy"),
        "adjustment": N_("Điều chỉnh phân bổ"),
    },
    "Sex": {"F": N_("Nữ"), "M": N_("Nam"), "X": N_("Khác")},
    "MemberStatus": {"active": N_("Đang tham gia"), "left": N_("Đã rời"), "died": N_("Đã mất")},
    "Attendance": {
        "present": N_("Có mặt"),
        "late": N_("Đi muộn"),
        "absent": N_("Vắng không phép"),
        "excused": N_("Vắng có phép"),
        "represented": N_("Ủy quyền"),
    },
    "GroupKind": {
        "vsla": N_("Nhóm tiết kiệm và vay vốn thôn bản"),
        "savings_credit": N_("Nhóm tiết kiệm tín dụng"),
        "self_help": N_("Nhóm tự lực"),
        "vbsp": N_("Tổ tiết kiệm và vay vốn"),
        "cooperative_group": N_("Tổ hợp tác"),
        "revolving_fund": N_("Nhóm quỹ quay vòng"),
        "rosca": N_("Dây họ, hụi"),
        "women_union": N_("Nhóm phụ nữ góp đều"),
        "other": N_("Nhóm khác"),
    },
    "Frequency": {
        "weekly": N_("Hằng tuần"),
        "fortnightly": N_("Hai tuần một lần"),
        "four_weekly": N_("Bốn tuần một lần"),
        "monthly": N_("Hằng tháng"),
    },
    "Office": {
        "chair": N_("Tổ trưởng"),
        "secretary": N_("Thư ký"),
        "treasurer": N_("Thủ quỹ"),
        "money_counter": N_("Người đếm tiền"),
        "key_holder": N_("Người giữ chìa khóa"),
    },
    "CycleState": {"open": N_("Đang hoạt động"), "closed": N_("Đã kết thúc")},
    "MeetingState": {"posted": N_("Đã ghi sổ"), "reversed": N_("Đã hủy bằng bút toán đảo")},
}

Title = Callable[[], str]
"""A text to show, looked up when it is shown."""
