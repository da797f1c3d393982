"""What can be done with a loan, each in a dialog: decide, pay out, take money, change what is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.kinds import LoanEventKind
from desktop.models.problems import Refusal
from desktop.services import loan_applications, loan_changes
from desktop.services.acts import Act, Outcome
from desktop.services.loan_book import EventRow, LoanDetail
from desktop.services.loan_changes import Change, FeeBase
from desktop.services.loans import LoanPosted
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.form import Field
from desktop.views.kit.inputs import check, choice, day, dong, number, text
from desktop.views.kit.messages import Message
from desktop.views.kit.papers import tell_papers
from desktop.views.kit.rates import percent
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

Then = Callable[[Any], object]


def tell_posted(
    desk: Desk, posted: LoanPosted, text: str, action: tuple[str, Callable[[], object]] | None = None
) -> None:
    """Say what was done, under which vouchers, and which papers printed before no longer agree."""
    numbers = ", ".join(voucher.number for voucher in posted.vouchers)
    said = _("{text} Chứng từ: {numbers}.").format(text=text, numbers=numbers) if numbers else text
    desk.say(Message(said, "good", action=action))
    tell_papers(desk, posted.papers)


@contextmanager
def short_at_amount() -> Iterator[None]:
    """Say at the amount that a box would fall below zero: that is where the clerk can mend it."""
    try:
        yield
    except Refusal as refusal:
        raise Refusal(
            replace(one, field="amount") if one.code == "box-short" else one for one in refusal.problems
        ) from refusal


# -- taking an application back ----------------------------------------------------------------------


def cancel(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Ask why an application is taken back."""
    return ReasonDialog(
        desk,
        _("Rút đơn {code}").format(code=loan.code),
        lambda book, reason, act: loan_applications.cancel(book, loan.id, reason, act),
        then,
        intro=_("Chưa có tiền nào được giao; đơn vẫn được lưu trong sổ."),
        save_text=_("Rút đơn"),
        lines=3,
        parent=parent,
    )


def lent(loan: LoanDetail) -> int:
    """Return what was handed over so far, in đồng."""
    return sum(
        event.amount for event in loan.events if event.kind is LoanEventKind.DISBURSEMENT and not event.undone
    )


# -- taking back -----------------------------------------------------------------------------------


def undo(desk: Desk, loan: LoanDetail, event: EventRow, then: Then, parent: QWidget) -> FormDialog:
    """Take back what happened: its vouchers are reversed, later repayments are split anew."""
    if event.kind is LoanEventKind.REPAYMENT:
        title = _("Hủy lần trả {amount} ngày {day}")
    else:
        title = _("Hủy: {what} ngày {day}")
    return ReasonDialog(
        desk,
        title.format(amount=show_dong(event.amount), day=show_day(event.day), what=event.kind.title.lower()),
        lambda book, reason, act: loan_changes.undo(book, loan.id, event.seq, reason, act),
        then,
        intro=_("Chứng từ (nếu có) được đảo; các lần trả sau được phân bổ lại. Không có gì bị xóa."),
        save_text=_("Ghi hủy"),
        lines=3,
        parent=parent,
    )


# -- changing what is owed -------------------------------------------------------------------------


def waive(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Waive interest, fees or penalties."""
    left = loan.state.left

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        change = Change(
            loan.id,
            LoanEventKind.WAIVER,
            values["day"],
            values["reason"],
            interest=values["interest"] or 0,
            fees=values["fees"] or 0,
            penalties=values["penalties"] or 0,
        )
        return loan_changes.change(book, change, act)

    def there(amount: int) -> str:
        return _("Còn {amount}").format(amount=show_dong(amount))

    return FormDialog(
        desk,
        _("Miễn giảm {code}").format(code=loan.code),
        [
            Field("interest", N_("Miễn lãi"), dong(1), hint=lambda: there(left.interest)),
            Field("fees", N_("Miễn phí"), dong(1), hint=lambda: there(left.fees)),
            Field("penalties", N_("Miễn phạt"), dong(1), hint=lambda: there(left.penalties)),
            Field("day", N_("Từ ngày"), day(), required=True),
            Field("reason", N_("Lý do, ai quyết định"), text(2), required=True, span=0),
        ],
        deed,
        then,
        values={"day": desk.today()},
        intro=_("Gốc không được miễn ở đây; gốc không thu được thì xóa nợ."),
        save_text=_("Ghi miễn giảm"),
        columns=2,
        width=520,
        parent=parent,
    )


def reschedule(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Move the instalments from one on: agreed with the borrower, or after a disaster."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        change = Change(
            loan.id,
            LoanEventKind.RESCHEDULE,
            values["day"],
            values["reason"],
            from_due=values["from_due"],
            days=values["days"] or 0,
            months=values["months"] or 0,
            with_interest=values["with_interest"],
            counts=not values["disaster"],
        )
        return loan_changes.change(book, change, act)

    unpaid = [
        (
            row.due_on,
            _("Kỳ {n}, {day}, còn {amount}").format(
                n=row.nr, day=show_day(row.due_on), amount=show_dong(row.outstanding)
            ),
        )
        for row in loan.rows
        if row.outstanding > 0
    ]
    return FormDialog(
        desk,
        _("Gia hạn {code}").format(code=loan.code),
        [
            Field("from_due", N_("Lùi từ kỳ"), choice(unpaid), required=True, span=0),
            Field("months", N_("Lùi thêm (tháng)"), number(0, 120), width=10),
            Field("days", N_("và (ngày)"), number(0, 3660), width=10),
            Field("with_interest", N_("Thời gian lùi vẫn tính lãi"), check(), span=0),
            Field("disaster", N_("Do thiên tai, dịch bệnh: không tính là nợ cơ cấu lại"), check(), span=0),
            Field("day", N_("Ngày quyết định"), day(), required=True),
            Field("reason", N_("Lý do, ai quyết định"), text(2), required=True, span=0),
        ],
        deed,
        then,
        values={"from_due": unpaid[0][0] if unpaid else None, "months": 1, "day": desk.today()},
        intro=_("Các kỳ từ kỳ này trở đi cùng lùi. Khoản vay vẫn hiện trong danh sách nợ được gia hạn."),
        save_text=_("Ghi gia hạn"),
        columns=2,
        width=520,
        parent=parent,
    )


_FEE_BASES = [
    (FeeBase.LENT, N_("số tiền vay")),
    (FeeBase.OWED, N_("gốc còn nợ")),
    (FeeBase.OVERDUE, N_("số tiền quá hạn")),
]


def charge_fee(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Charge a fee on a day."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        change = Change(
            loan.id,
            LoanEventKind.FEE,
            values["day"],
            values["reason"],
            amount=values["amount"] or 0,
            percent=values["percent"] or Fraction(0),
            base=values["base"],
        )
        return loan_changes.change(book, change, act)

    return FormDialog(
        desk,
        _("Thu thêm phí của {code}").format(code=loan.code),
        [
            Field("amount", N_("Số tiền phí"), dong(1)),
            Field("percent", N_("hoặc phần trăm"), percent(), width=10),
            Field("base", N_("Phần trăm của"), choice(_FEE_BASES), required=True),
            Field("day", N_("Ngày tính phí"), day(), required=True),
            Field("reason", N_("Phí gì"), text(2), required=True, span=0),
        ],
        deed,
        then,
        values={"day": desk.today(), "base": FeeBase.LENT},
        intro=_("Phí được cộng vào kỳ gần nhất chưa trả; tiền thu khi người vay trả nợ."),
        save_text=_("Ghi phí"),
        columns=2,
        width=520,
        parent=parent,
    )


def write_off(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Give up what cannot be collected; money that comes later is recovery."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[LoanPosted]:
        change = Change(loan.id, LoanEventKind.WRITE_OFF, values["day"], values["reason"])
        return loan_changes.change(book, change, act)

    return FormDialog(
        desk,
        _("Xóa nợ {code}").format(code=loan.code),
        [
            Field("day", N_("Ngày xóa nợ"), day(), required=True),
            Field("reason", N_("Lý do, ai quyết định"), text(3), required=True, span=0),
        ],
        deed,
        then,
        values={"day": desk.today()},
        intro=_(
            "Gốc {owed} được ghi vào chi phí của nhóm. Tiền thu được sau này vẫn ghi vào khoản vay."
        ).format(owed=show_dong(loan.state.principal_outstanding)),
        save_text=_("Xóa nợ"),
        columns=2,
        width=520,
        parent=parent,
    )


def refund(desk: Desk, loan: LoanDetail, then: Then, parent: QWidget) -> FormDialog:
    """Give back what was paid too much."""
    return FormDialog(
        desk,
        _("Hoàn tiền trả thừa của {code}").format(code=loan.code),
        [Field("day", N_("Ngày hoàn"), day(), required=True, width=16)],
        lambda book, values, act: loan_changes.refund(book, loan.id, values["day"], act),
        then,
        values={"day": desk.today()},
        intro=_("Trả lại {name} {amount}.").format(name=loan.name, amount=show_dong(credit(loan))),
        save_text=_("Ghi hoàn tiền"),
        parent=parent,
    )


def credit(loan: LoanDetail) -> int:
    """Return what was paid too much and not given back yet, in đồng."""
    given = sum(e.amount for e in loan.events if e.kind is LoanEventKind.REFUND and not e.undone)
    return max(loan.state.overpaid - given, 0)
