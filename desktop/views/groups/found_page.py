"""Founding a group: one form, proposed as groups of that kind usually agree; then its people are entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import GroupKind
from desktop.models.rules.usual_rules import usual_cycle_end, usual_rules
from desktop.services import groups
from desktop.services.acts import Act, Outcome
from desktop.services.groups import FoundGroup
from desktop.views.groups.forms import (
    RULE_KEYS,
    RuleWatcher,
    cycle_fields,
    describe,
    group_fields,
    rule_fields,
    rule_values,
    rules_from,
)
from desktop.views.kit.blocks import label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Form, FormPanel, Section
from desktop.views.kit.page import Page
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _, many

_CYCLE = {"cycle_starts": "starts", "cycle_ends": "ends"}


class FoundPage(Page):
    """The form that founds a group. Its proposals follow the kind until the clerk changes them."""

    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._proposing = False
        self._changed_by_hand: set[str] = set()
        self.form = Form(
            [
                *group_fields(desk),
                Section(N_("Chu kỳ đầu tiên")),
                *cycle_fields(),
                *rule_fields(dated=False),
            ],
            columns=3,
        )
        self.panel = FormPanel(self.form, self._save, _("Thành lập nhóm"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.meaning = label("", "accent", self.panel, wrap=True)
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.meaning)
        self.body.addWidget(self.panel)
        self.body.addStretch(1)
        self.watcher = RuleWatcher(self.form, self._tell)
        self.form.changed.connect(self._form_changed)

    def title(self) -> str:
        """Return the heading."""
        return _("Thành lập nhóm")

    def subtitle(self) -> str:
        """Return what follows."""
        return _("Sau khi lưu sẽ nhập thành viên ngay.")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of groups."""
        return [(many("Nhóm"), self.go_up)]

    def open(self, **_args: Any) -> None:
        """Begin a new form, unless one is half filled in."""
        allow(self.desk, [self.panel.save_button])
        self.form.set_enabled(self.desk.can_write)
        if not self.form.dirty:
            self._begin()

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before something typed is lost."""
        if not self.form.dirty:
            return True
        self.panel.leave_then(go)
        return False

    def focus_first(self) -> None:
        """Begin with the name."""
        self.form.focus_first()

    def go_up(self) -> None:
        """Go to the list of groups."""
        self.desk.open_page("groups")

    # -- proposals ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        today = self.desk.today()
        self._changed_by_hand.clear()
        values: dict[str, Any] = dict.fromkeys(("name", "code", "hamlet", "commune_code"))
        values |= {"kind": GroupKind.VSLA, "founded": today, "starts": today}
        values["ends"] = usual_cycle_end(today)
        self._propose(values | rule_values(usual_rules(GroupKind.VSLA, today)))
        self.form.set_dirty(False)
        self.desk.ask(groups.propose_code, self._code_came, owner=self)

    def _code_came(self, code: str) -> None:
        if not self.form.value("code"):
            dirty = self.form.dirty
            self._propose({"code": code})
            self.form.set_dirty(dirty)

    def _propose(self, values: dict[str, Any]) -> None:
        self._proposing = True
        dirty = self.form.dirty
        self.form.set_values(values)
        self.form.set_dirty(dirty)
        self._proposing = False
        self.watcher.refresh()

    def _form_changed(self, key: str) -> None:
        if self._proposing:
            return
        self._changed_by_hand.add(key)
        if key == "kind" and self.form.value("kind") is not None:
            kind = self.form.value("kind")
            usual = rule_values(usual_rules(kind, self.desk.today()))
            self._propose({k: v for k, v in usual.items() if k not in self._changed_by_hand})
        if key == "starts" and self.form.value("starts") and "ends" not in self._changed_by_hand:
            self._propose({"ends": usual_cycle_end(self.form.value("starts"))})

    def _tell(self) -> None:
        values = self.form.values()
        starts = values["starts"]
        if not hasattr(self, "meaning") or any(values[k] is None for k in ("frequency", "weekday")):
            return
        rules = rules_from({key: values[key] for key in RULE_KEYS}, starts or self.desk.today())
        self.meaning.setText(describe(rules, starts))

    # -- saving -------------------------------------------------------------------------------------

    def _save(self, values: dict[str, Any]) -> None:
        command = FoundGroup(
            name=values["name"],
            code=values["code"],
            kind=values["kind"],
            commune_code=values["commune_code"],
            hamlet=values["hamlet"],
            founded=values["founded"],
            rules=rules_from(values, min(values["starts"], values["founded"] or values["starts"])),
            cycle_starts=values["starts"],
            cycle_ends=values["ends"],
        )

        def deed(book: Any, act: Act) -> Outcome[GroupId]:
            return groups.found(book, command, act)

        self.desk.do(deed, self._founded, self._refused, self)

    def _founded(self, group: GroupId) -> None:
        self.panel.done()
        self._begin()
        self.desk.say(_("Đã thành lập nhóm. Hãy nhập thành viên."), "good")
        self.desk.open_page("group", group=group, tab="members", enter=True)

    def _refused(self, error: Exception) -> None:
        self.panel.refused(error)
