"""Founding a group: a template is chosen, all that it says is proposed and free to change; then people are entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.rules.constitution_words import offices, product_words, savings_words
from desktop.models.rules.savings_terms import SavingsAgreed
from desktop.models.rules.sheet import columns_of
from desktop.models.rules.templates import Template, cycle_end, savings_from
from desktop.models.rules.templates import charter_from as template_charter
from desktop.models.rules.templates import rules_from as template_rules
from desktop.models.savings_kinds import SavingsKind
from desktop.services import groups, templates
from desktop.services.acts import Act, Outcome, Topic
from desktop.services.groups import FoundGroup
from desktop.services.templates import TemplateRow
from desktop.views.groups.charter_inputs import ProductsPick
from desktop.views.groups.forms import (
    RULE_KEYS,
    RuleWatcher,
    charter_from,
    charter_values,
    cycle_fields,
    describe,
    group_fields,
    rule_fields,
    rule_values,
    rules_from,
)
from desktop.views.kit import inputs
from desktop.views.kit.blocks import Card, Facts, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.form_panel import FormPanel
from desktop.views.kit.page import Page
from desktop.views.people.rights import allow
from resources.lang.messages import N_, _, many


class FoundPage(Page):
    """The form that founds a group. Its proposals follow the template until the clerk changes them."""

    scrolls = True
    topics = frozenset({Topic.GROUPS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._proposing = False
        self._changed_by_hand: set[str] = set()
        self._rows: list[TemplateRow] = templates.shipped()
        self._wished = ""
        own = group_fields(desk)
        self.form = Form(
            [
                *own[:2],
                Field(
                    "template",
                    N_("Mẫu nhóm"),
                    inputs.choice([(row.key, str(row.template.title)) for row in self._rows]),
                    required=True,
                    span=2,
                    hint=N_("Điền sẵn mọi mục bên dưới; sửa được hết."),
                ),
                *own[2:],
                Section(N_("Chu kỳ đầu tiên")),
                *cycle_fields(),
                *rule_fields(dated=False),
                Section(N_("Sản phẩm vay kèm theo")),
                Field("products", N_("Nhóm bắt đầu với"), ProductsPick, span=0),
            ],
            columns=3,
        )
        self.panel = FormPanel(self.form, self._save, _("Thành lập nhóm"), parent=self)
        self.panel.closed.connect(self.go_up)
        self.meaning = label("", "accent", self.panel, wrap=True)
        box = self.panel.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertWidget(1, self.meaning)
        self.explained = Card(_("Mẫu này dành cho ai"), parent=self)
        self.explanation = label("", "", self.explained, wrap=True)
        self.brings = Facts(parent=self.explained)
        self.explained.body.addWidget(self.explanation)
        self.explained.body.addWidget(self.brings)
        self.body.addWidget(self.explained)
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

    def open(self, template: str = "", **_args: Any) -> None:
        """Begin a new form, unless one is half filled in; `template` is the key of the template to begin with."""
        allow(self.desk, [self.panel.save_button])
        self.form.set_enabled(self.desk.can_write)
        if not self.form.dirty:
            self._begin()
        self._wished = template
        self.reload()

    def reload(self) -> None:
        """Offer the templates of the book too."""
        self.desk.ask(templates.listed, self._templates_came, owner=self)

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

    def _templates_came(self, rows: list[TemplateRow]) -> None:
        self._rows = rows
        self._proposing = True
        self.form.input("template").set_choices([(row.key, str(row.template.title)) for row in rows])
        self._proposing = False
        wished, self._wished = self._wished, ""
        if wished and any(row.key == wished for row in rows):
            self.form.input("template").set_value(wished)
        self._explain()

    @property
    def template(self) -> Template:
        """The template chosen, the first one when none is."""
        wanted = self.form.value("template")
        return next((row for row in self._rows if row.key == wanted), self._rows[0]).template

    def _begin(self) -> None:
        today = self.desk.today()
        self._changed_by_hand.clear()
        values: dict[str, Any] = dict.fromkeys(("name", "code", "hamlet", "commune_code"))
        values |= {"template": self._rows[0].key, "founded": today, "starts": today}
        self._propose(values)
        self._propose(self._proposals())
        self.form.set_dirty(False)
        self._explain()
        self.desk.ask(groups.propose_code, self._code_came, owner=self)

    def _proposals(self) -> dict[str, Any]:
        """Return all that the template proposes."""
        template, today = self.template, self.desk.today()
        starts = self.form.value("starts") or today
        return {
            "kind": template.kind,
            "ends": cycle_end(starts, template.cycle_months),
            "products": templates.proposal(template, self.form.value("founded") or today),
            **rule_values(template_rules(template, today)),
            **charter_values(template_charter(template)),
        }

    def _explain(self) -> None:
        """Say whom the template is for and what it brings."""
        template = self.template
        self.explained.title.setText(str(template.title))
        self.explanation.setText(str(template.explanation))
        columns = columns_of(template_rules(template, self.desk.today()))
        loans = [product_words(str(one.name), one.product) for one in template.products]
        saved = [savings_words(one) for one in savings_from(template, self.desk.today())]
        self.brings.set(
            [
                (_("Cột của phiếu họp"), ", ".join(column.name for column in columns)),
                (_("Chức vụ"), offices(template_charter(template))),
                (_("Sản phẩm vay"), "\n".join(loans) or _("không kèm")),
                (_("Lãi, rút tiết kiệm"), "\n".join(saved) or _("không kèm")),
            ]
        )

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
        if key == "template":
            proposed = self._proposals()
            self._propose({k: v for k, v in proposed.items() if k not in self._changed_by_hand})
            self._explain()
            return
        self._changed_by_hand.add(key)
        if key == "founded" and self.form.value("founded"):
            self._begin_with_the_group(self.form.value("founded"))
        if key == "starts" and self.form.value("starts") and "ends" not in self._changed_by_hand:
            self._propose({"ends": cycle_end(self.form.value("starts"), self.template.cycle_months)})

    def _begin_with_the_group(self, founded: date) -> None:
        """Let a young group's first cycle begin on its founding day, unless the user has said otherwise."""
        ends = cycle_end(founded, self.template.cycle_months)
        today = self.desk.today()
        proposed = {"starts": founded, "ends": ends} if founded <= today <= ends else {"starts": today}
        if "starts" not in self._changed_by_hand:
            self._propose({k: v for k, v in proposed.items() if k not in self._changed_by_hand})

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
            charter=charter_from(values),
            products=values["products"],
            savings=self._savings(values),
            template=self.template.code,
        )

        def deed(book: Any, act: Act) -> Outcome[GroupId]:
            return groups.found(book, command, act)

        self.desk.do(deed, self._founded, self._refused, self)

    def _savings(self, values: dict[str, Any]) -> tuple[SavingsAgreed, ...]:
        """Return the template's rules for the savings that the group has, from the day of its founding on."""
        kept = {
            SavingsKind.VOLUNTARY: bool(values["voluntary_savings"]),
            SavingsKind.COMPULSORY: bool(values["compulsory_saving"]),
        }
        since = values["founded"] or values["starts"]
        return tuple(one for one in savings_from(self.template, since) if kept[one.terms.kind])

    def _founded(self, group: GroupId) -> None:
        self.panel.done()
        self._begin()
        self.desk.say(_("Đã thành lập nhóm. Hãy nhập thành viên."), "good")
        self.desk.open_page("group", group=group, tab="members", enter=True)

    def _refused(self, error: Exception) -> None:
        self.panel.refused(error)
