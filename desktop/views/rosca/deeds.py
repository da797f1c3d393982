"""What is done with a rotating fund: hold an opening, take late money, take an opening back, hand a part over, notify."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import RoscaPartId
from desktop.models.kinds import RoscaKind, RoscaOrder
from desktop.models.rules import rosca as rules
from desktop.services import rosca
from desktop.services.acts import Act, Outcome
from desktop.services.rosca import OpenRound, PayLate, RoundPosted
from desktop.services.rosca_book import Debt, PartRow, RoscaDetail
from desktop.views.kit.blocks import button, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog, ReasonDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.group_picker import members_of
from desktop.views.kit.inputs import choice, day, dong, line
from desktop.views.kit.pickers import person
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


def part_words(part: PartRow) -> str:
    """Return a part as people call it: "3. Nguyễn Thị Hòa"."""
    return f"{part.number}. {part.name}"


class OpeningDialog(FormDialog):
    """The next opening. What each part owes is filled in; type over it only for who brought less."""

    def __init__(
        self, desk: Desk, found: RoscaDetail, then: Callable[[RoundPosted], object], parent: QWidget
    ) -> None:
        self.found = found
        self.number = found.next_number or len(found.openings)
        self._filling = False
        self._typed: set[str] = set()
        self.waiting = [part for part in found.parts if part.drawn_at is None]
        fields: list[Field | Section] = [
            Field("day", N_("Ngày mở họ"), day(), required=True),
            Field(
                "drawer",
                N_("Phần được lĩnh"),
                choice([(p.id, part_words(p)) for p in self.waiting]),
                required=True,
            ),
            Field("bid", N_("Lãi kêu mỗi phần"), dong()),
            Field("note", N_("Ghi chú"), line("", 200)),
            Section(N_("Thực góp"), N_("Đã điền đủ cho mọi phần; chỉ sửa phần nào góp thiếu.")),
            *(Field(f"paid/{part.id}", part_words(part), dong()) for part in found.parts),
        ]
        planned = rules.opening_day(found.terms, self.number)
        super().__init__(
            desk,
            _("Mở kỳ {number} của {code}").format(number=self.number, code=found.code),
            fields,
            self._hold,
            then,
            values={"day": min(planned, desk.today())},
            intro=_("Kỳ {number}/{parts}, theo lịch ngày {day}.").format(
                number=self.number, parts=found.terms.parts, day=show_day(planned)
            ),
            save_text=_("Ghi sổ"),
            columns=2,
            width=640,
            parent=parent,
        )
        self.told = label("", "accent", self, wrap=True)
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        if found.terms.order is RoscaOrder.LOT and len(self.waiting) > 1:
            self.lot_button = button(_("Bốc thăm giúp"), self.draw_lots, "refresh", "", self)
            self.lot_button.setToolTip(_("Chương trình chọn ngẫu nhiên một phần chưa lĩnh"))
            box.insertWidget(1, self.lot_button)
        box.insertWidget(box.count() - 1, self.told)
        self.form.set_visible("bid", found.terms.kind is RoscaKind.INTEREST)
        self.form.changed.connect(self._changed)
        if len(self.waiting) == 1:
            self.form.set_values({"drawer": self.waiting[0].id})
        self._fill()
        ceiling = rules.bid_ceiling(found.terms, self.number)
        self.form.input("bid").noted.emit(_("Cao nhất được phép: {most}").format(most=show_dong(ceiling)))

    def draw_lots(self) -> None:
        """Choose a part by chance among those that have not drawn."""
        self.form.input("drawer").set_value(secrets.choice(self.waiting).id)

    def _changed(self, key: str) -> None:
        if self._filling:
            return
        if key.startswith("paid/"):
            self._typed.add(key)
        self._fill()

    def _draw(self) -> rules.Draw | None:
        drawer, bid = self.form.value("drawer"), self.form.value("bid") or 0
        if drawer is None:
            return None
        drawn = {part.id for part in self.found.parts if part.drawn_at is not None}
        return rules.draw(self.found.terms, [part.id for part in self.found.parts], drawn, drawer, bid)

    def _fill(self) -> None:
        worked = self._draw()
        dues = {part.id: self.found.terms.part_value for part in self.found.parts}
        if worked is not None:
            dues = dict(worked.dues)
        self._filling = True
        self.form.set_values(
            {f"paid/{part}": due for part, due in dues.items() if f"paid/{part}" not in self._typed}
        )
        self._filling = False
        if worked is None:
            self._say(_("Hãy chọn phần được lĩnh."))
            return
        short = worked.collected - sum(self.form.value(f"paid/{part}") or 0 for part in dues)
        told = _("Phải góp {sum}; người lĩnh nhận {drawn}.").format(
            sum=show_dong(worked.collected),
            drawn=show_dong(worked.drawn - (0 if self.found.terms.organiser_covers else short)),
        )
        if worked.commission:
            told += " " + _("Hoa hồng {amount}.").format(amount=show_dong(worked.commission))
        if short > 0:
            told += " " + (
                _("Thiếu {short}: chủ họ góp thay.")
                if self.found.terms.organiser_covers
                else _("Thiếu {short}.")
            ).format(short=show_dong(short))
        self._say(told)

    def _say(self, told: str) -> None:
        self.told.setText(told)
        self.told.setAccessibleName(told)

    def _hold(self, book: Any, values: dict[str, Any], act: Act) -> Outcome[RoundPosted]:
        paid = {
            RoscaPartId(int(key.partition("/")[2])): value or 0
            for key, value in values.items()
            if key.startswith("paid/")
        }
        command = OpenRound(
            self.found.id, values["day"], values["drawer"], values["bid"] or 0, paid, values["note"] or ""
        )
        return rosca.open_round(book, command, act)


def pay_late(
    desk: Desk, found: RoscaDetail, debt: Debt, then: Callable[[Any], object], parent: QWidget
) -> FormDialog:
    """Return the dialog that takes what a part still owes; the interest follows from the day and may be changed."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[Any]:
        command = PayLate(
            found.id, debt.opening_id, debt.part, values["day"], values["amount"], values["interest"] or 0
        )
        return rosca.pay_late(book, command, act)

    dialog = FormDialog(
        desk,
        _("Góp bù kỳ {number}").format(number=debt.opening),
        [
            Field("day", N_("Ngày góp"), day(), required=True),
            Field("amount", N_("Số tiền góp"), dong(), required=True),
            Field("interest", N_("Lãi góp chậm"), dong(), hint=N_("Theo thỏa thuận; sửa được")),
        ],
        deed,
        then,
        values={"day": desk.today(), "amount": debt.amount},
        intro=_("{name}, phần số {part}: còn phải góp {owed}.").format(
            name=debt.name, part=debt.part_number, owed=show_dong(debt.amount)
        ),
        save_text=_("Ghi sổ"),
        parent=parent,
    )

    def follow(key: str) -> None:
        on, amount = dialog.form.value("day"), dialog.form.value("amount")
        if key in ("day", "amount", "") and on is not None and amount is not None:
            dialog.form.set_values({"interest": rules.late_interest(found.terms, amount, debt.day, on)})

    dialog.form.changed.connect(follow)
    follow("")
    return dialog


def take_back(desk: Desk, found: RoscaDetail, then: Callable[[Any], object], parent: QWidget) -> FormDialog:
    """Return the dialog that takes the last opening back, with a reason."""
    return ReasonDialog(
        desk,
        _("Hủy kỳ mở họ cuối"),
        lambda book, reason, act: rosca.reverse_round(book, found.id, reason, act),
        then,
        intro=_("Mọi chứng từ của kỳ đó được đảo; sau đó mở lại kỳ cho đúng."),
        save_text=_("Hủy kỳ mở họ"),
        parent=parent,
    )


def hand_over(
    desk: Desk, found: RoscaDetail, part: PartRow, then: Callable[[Any], object], parent: QWidget
) -> FormDialog:
    """Return the dialog that hands a part over to another member."""
    return FormDialog(
        desk,
        _("Chuyển phần họ số {number}").format(number=part.number),
        [Field("member", N_("Người nhận"), person(desk, members_of(found.group)), required=True)],
        lambda book, values, act: rosca.hand_over(book, part.id, values["member"], act),
        then,
        intro=_("{name} chuyển cả quyền lĩnh và nghĩa vụ góp của phần này.").format(name=part.name),
        save_text=_("Chuyển phần họ"),
        parent=parent,
    )


def notify(desk: Desk, found: RoscaDetail, then: Callable[[Any], object], parent: QWidget) -> FormDialog:
    """Return the dialog that keeps when the commune was notified."""
    return FormDialog(
        desk,
        _("Đã thông báo cho Ủy ban nhân dân xã"),
        [
            Field("day", N_("Ngày thông báo"), day(past=True), required=True),
            Field("note", N_("Số văn bản, người nhận"), line("", 160)),
        ],
        lambda book, values, act: rosca.notify(book, found.id, values["day"], values["note"] or "", act),
        then,
        values={"day": desk.today()},
        save_text=_("Ghi nhận"),
        parent=parent,
    )
