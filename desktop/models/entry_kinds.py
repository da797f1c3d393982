"""The kinds of entry, and the whole double entry on one screen.

`EFFECTS` says which account each kind of entry debits and credits. A posting's amount is signed: a debit is
positive, a credit negative, so the postings of a voucher sum to zero.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from desktop.models.accounts import Account
from resources.lang.messages import N_, _


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
    LOAN_UPFRONT_BANK = 117
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


class Effect(NamedTuple):
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
    # Kept back from a transfer it never passes the cash box: less leaves the bank.
    EntryKind.LOAN_UPFRONT_BANK: Effect(
        Account.BANK, Account.FEES, N_("Phí giữ lại khi giải ngân qua ngân hàng")
    ),
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
