"""A new rotating fund: what is agreed, and how many parts each member takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId, MemberId, RoscaId
from desktop.models.kinds import Frequency, RoscaKind, RoscaOrder
from desktop.models.rules import rosca as rules
from desktop.models.rules.rosca import RoscaTerms
from desktop.services import groups, rosca
from desktop.services.acts import Act, Outcome
from desktop.services.groups import GroupDetail
from desktop.services.rosca import Agree
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from desktop.views.kit.page import Page
from desktop.views.kit.theme import dress
from desktop.views.people.rights import allow
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _


class NewRoscaPage(Page):
    """The agreement. Ctrl+S writes it down; what the pot is and when it ends stands beside while typing."""

    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.group: GroupDetail | None = None
        self._wanted: GroupId | None = None
        self.form: Form | None = None
        self.panel: FormPanel | None = None
        self.words = label("", "accent", self, wrap=True)
        self.body.addWidget(self.words)
        self.body.addStretch(1)

    # -- the page -----------------------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Lập dây họ")

    def subtitle(self) -> str:
        """Return the group's name."""
        return "" if self.group is None else self.group.name

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the way up to the group."""
        return [(_("Nhóm"), self.go_up)]

    def open(self, group: int | None = None, **_args: Any) -> None:
        """Begin for a group, unless a form of it is half filled in."""
        wanted = None if group is None else GroupId(group)
        if wanted is None or (self.form is not None and self.form.dirty and wanted == self._wanted):
            return
        self._wanted = wanted
        today = self.desk.today()
        self.desk.ask(lambda book: groups.get(book, wanted, today), self._begin, owner=self)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        return self.panel.leave_then(go) if self.panel is not None and self.panel.form.dirty else True

    def focus_first(self) -> None:
        """Begin with the name."""
        if self.form is not None:
            self.form.focus_first()

    def go_up(self) -> None:
        """Go back to the group's rotating funds."""
        self.desk.open_page("group", group=self._wanted, tab="roscas")

    def _begin(self, detail: GroupDetail) -> None:
        if self.panel is not None:
            self.panel.deleteLater()
        self.group = detail
        self.form = form = Form(self._fields(detail), columns=2)
        self.panel = FormPanel(form, self._save, _("Ghi thỏa thuận"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.body.insertWidget(0, self.panel)
        allow(self.desk, [self.panel.save_button])
        form.set_values(
            {
                "kind": RoscaKind.FREE,
                "order": RoscaOrder.LOT,
                "frequency": Frequency.MONTHLY,
                "agreed_on": self.desk.today(),
                "starts": self.desk.today(),
                "late_percent": int(rules.LATE_DEFAULT),
                "covers": True,
                **{f"parts/{member.member_id}": 1 for member in detail.members},
            }
        )
        form.set_dirty(False)
        form.set_visible("commission", False)
        form.changed.connect(self._changed)
        self._changed("")
        self.titled.emit()
        form.focus_first()

    def _fields(self, detail: GroupDetail) -> list[Field | Section]:
        people = [(member.member_id, member.full_name) for member in detail.members]
        return [
            Field("name", N_("Tên dây họ"), line(N_("Ví dụ: Họ chợ Tân Hưng"), 80)),
            Field("organiser", N_("Chủ họ"), choice(people), required=True),
            Field("kind", N_("Loại họ"), choice([(one, one.title) for one in RoscaKind]), required=True),
            Field(
                "order", N_("Ai lĩnh trước"), choice([(one, one.title) for one in RoscaOrder]), required=True
            ),
            Field("part_value", N_("Một phần họ góp mỗi kỳ"), dong(), required=True),
            Field(
                "frequency", N_("Kỳ mở họ"), choice([(one, one.title) for one in Frequency]), required=True
            ),
            Field("starts", N_("Ngày mở kỳ đầu"), day(), required=True),
            Field("agreed_on", N_("Ngày ký thỏa thuận"), day(), required=True),
            Field("commission", N_("Hoa hồng của chủ họ mỗi kỳ"), dong()),
            Field(
                "late_percent",
                N_("Lãi góp chậm (% một năm)"),
                number(0, 20),
                hint=N_("Không thỏa thuận thì là 10 % (Điều 22)"),
                width=8,
            ),
            Field("covers", "", check(N_("Ai không góp thì chủ họ góp thay (Điều 18)")), span=0),
            Field("place", N_("Nơi ký"), line("", 120)),
            Field("security", N_("Bảo đảm"), line(N_("Để trống nếu không có"), 160)),
            Field("rules", N_("Thỏa thuận khác"), text(3), span=0),
            Section(N_("Số phần họ của từng người"), N_("0: không tham gia. Mỗi phần lĩnh một lần.")),
            *(Field(f"parts/{key}", name, number(0, 10), width=6) for key, name in people),
        ]

    # -- while typing -------------------------------------------------------------------------------

    def _changed(self, key: str) -> None:
        assert self.form is not None
        if key == "kind":
            kind = self.form.value("kind")
            self.form.set_visible("commission", kind is RoscaKind.COMMISSION)
            bidding = self.form.value("order") is RoscaOrder.BID
            if (kind is RoscaKind.INTEREST) is not bidding:
                self.form.set_values({"order": RoscaOrder.BID if not bidding else RoscaOrder.LOT})
        terms = self._terms()
        if terms is None or terms.parts < 2:
            self.words.setText("")
            return
        told = _("{n} phần, {n} kỳ; mỗi kỳ {pot}; kỳ cuối ngày {last}.").format(
            n=terms.parts, pot=show_dong(terms.pot), last=show_day(rules.last_day(terms))
        )
        duties = rules.duties(terms, 1)
        if duties:
            told += " " + _("Phải thông báo bằng văn bản cho Ủy ban nhân dân xã: {why}.").format(
                why="; ".join(rules.duty_text(duty) for duty in duties)
            )
        self.words.setText(told)
        self.words.setAccessibleName(told)
        dress(self.words, "warn" if duties else "accent")

    def _terms(self) -> RoscaTerms | None:
        assert self.form is not None
        values = self.form.values()
        if any(values[key] is None for key in ("kind", "order", "part_value", "frequency", "starts")):
            return None
        late = values["late_percent"]
        return RoscaTerms(
            values["kind"],
            values["order"],
            values["part_value"],
            sum(count or 0 for key, count in values.items() if key.startswith("parts/")),
            values["starts"],
            values["frequency"],
            (values["commission"] or 0) if values["kind"] is RoscaKind.COMMISSION else 0,
            rules.LATE_DEFAULT if late is None else type(rules.LATE_DEFAULT)(late),
            bool(values["covers"]),
        )

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        terms, group = self._terms(), self._wanted
        assert terms is not None
        assert group is not None
        assert self.panel is not None
        parts = {
            MemberId(int(key.partition("/")[2])): count or 0
            for key, count in values.items()
            if key.startswith("parts/")
        }
        command = Agree(
            group,
            terms,
            MemberId(values["organiser"]),
            parts,
            values["agreed_on"],
            values["name"] or "",
            values["place"] or "",
            values["security"] or "",
            values["rules"] or "",
        )

        def deed(book: Any, act: Act) -> Outcome[RoscaId]:
            return rosca.agree(book, command, act)

        def agreed(book: Any, act: Act) -> Outcome[RoscaId]:
            return rosca.agree(book, replace(command, agreed=True), act)

        self.desk.do(deed, self._saved, self.panel.refused, self, agreed)

    def _saved(self, key: RoscaId) -> None:
        assert self.panel is not None
        self.panel.done()
        self.desk.say(_("Đã ghi thỏa thuận; hãy in cho mọi người ký."), "good")
        self.desk.open_page("rosca", rosca=key)
