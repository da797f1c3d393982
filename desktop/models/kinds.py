"""The words of the ledger in one place: accounts, kinds of entry, kinds of paper, and the states of what is kept."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from desktop.models.accounts import (
    BY_LOAN,
    BY_MEMBER,
    CASH_BOXES,
    NEVER_NEGATIVE,
    OWED_TO_MEMBERS,
    SAVED,
    Account,
    AccountType,
    account_name,
    account_type,
    natural,
)
from desktop.models.entry_kinds import EFFECTS, Effect, EntryKind
from desktop.models.states import CycleState, Frequency, MeetingState, OpeningState
from resources.lang.messages import N_, _

__all__ = [
    "Account", "AccountType", "AttachmentKind", "Attendance", "BY_LOAN", "BY_MEMBER", "CASH_BOXES",
    "CycleState", "EFFECTS", "Effect", "EntryKind", "Frequency", "GrantReason", "GrantState", "GroupKind",
    "LeavingRule", "LoanChoice", "LoanDirection", "LoanEventKind", "LoanStage", "MeetingState",
    "MemberStatus", "NEVER_NEGATIVE", "OWED_TO_MEMBERS", "Office", "OpeningState", "Paper", "Poverty", "RemainderRule",
    "RoscaKind", "RoscaOrder", "RoscaState", "SAVED", "Sex", "Title", "account_name", "account_type", "natural",
]  # fmt: skip


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


class Office(_Named):
    """The offices of a group."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    TREASURER = "treasurer"
    MONEY_COUNTER = "money_counter"
    KEY_HOLDER = "key_holder"


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
    "Office": {
        "chair": N_("Tổ trưởng"),
        "secretary": N_("Thư ký"),
        "treasurer": N_("Thủ quỹ"),
        "money_counter": N_("Người đếm tiền"),
        "key_holder": N_("Người giữ chìa khóa"),
    },
}

Title = Callable[[], str]
"""A text to show, looked up when it is shown."""
