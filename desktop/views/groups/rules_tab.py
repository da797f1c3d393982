"""The constitution of a group: what it says, all versions with what changed and how it was agreed, the signed papers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import GroupId
from desktop.models.kinds import AttachmentKind
from desktop.models.rules.constitution_words import points
from desktop.services import constitutions
from desktop.services.attachments import Subject
from desktop.services.constitutions import Version
from desktop.views.groups import rule_deeds
from desktop.views.groups.columns import rule_money
from desktop.views.groups.tab import GroupTab
from desktop.views.kit.attachments import AttachmentList
from desktop.views.kit.blocks import Card, Facts, Wrap, button, label
from desktop.views.kit.columns import Column
from desktop.views.kit.desk import Desk
from desktop.views.kit.papers import print_paper
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px
from resources.lang.dates import show_day
from resources.lang.messages import N_, _

_MEETING = ("frequency", "meeting_day", "meeting_time", "meeting_place", "quorum_percent")
_MONEY = (
    "shares",
    "compulsory_saving",
    "social_contribution",
    "voluntary_savings",
    "withdrawals",
    "share_out",
    "leaving",
)
_ORDER = ("aim", "membership", "offices", "fines", "clauses")

VERSIONS: list[Column[Version]] = [
    Column("number", N_("Bản"), lambda row: row.number, kind="number", width=5),
    Column("from", N_("Áp dụng từ"), lambda row: row.rules.valid_from, kind="day", width=12),
    Column("until", N_("Đến trước ngày"), lambda row: row.until, kind="day", width=14),
    Column("agreed", N_("Thông qua"), lambda row: _agreed(row), width=26),
    Column("changes", N_("Thay đổi so với bản trước"), lambda row: _changes(row), stretch=True),
    Column("money", N_("Mức đóng"), lambda row: rule_money(row.rules), width=30, hidden=True),
]


def _agreed(row: Version) -> str:
    if row.agreement is None:
        return ""
    text = _("{day}, {for_it}/{present} tán thành").format(
        day=show_day(row.agreement.agreed_on),
        for_it=row.agreement.in_favour,
        present=row.agreement.present,
    )
    return text if row.minutes is None else _("{text} (kỳ {n})").format(text=text, n=row.minutes)


def _changes(row: Version) -> str:
    if row.number == 1:
        return _("bản đầu tiên")
    return "; ".join(str(one) for one in row.changes) or _("không đổi nội dung")


class RulesTab(GroupTab):
    """The constitution in force or the version chosen in the list; print any, agree on a new one, copy as template."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.chosen: Version | None = None
        self.change_button = self.writer(_("Sửa quy chế…"), self.change, "edit", "primary")
        self.print_button = button(_("In quy chế"), self.print_current, "print", "", self)
        self.copy_button = self.writer(_("Lập mẫu…"), self.copy, "copy")
        self.model_button = self.writer(_("Lập mô hình…"), self.make_model, "export")
        self.row_of(self.change_button, self.print_button, self.copy_button, self.model_button)
        self.meeting_facts, self.money_facts, self.order_facts = Facts(), Facts(), Facts()
        cards = Wrap(280, 3, self)
        for title, facts in (
            (_("Buổi họp"), self.meeting_facts),
            (_("Đóng góp, chia, rời nhóm"), self.money_facts),
            (_("Lời văn, nội quy"), self.order_facts),
        ):
            card = Card(title, parent=cards)
            card.body.addWidget(facts)
            card.body.addStretch(1)
            cards.add(card)
        self.body.addWidget(label(_("Các bản quy chế"), "heading", self))
        self.table: RowTable[Version] = RowTable(desk, VERSIONS, key=lambda row: row.id)
        self.view = TableView(
            self.table,
            "group.rules",
            _("Các bản quy chế"),
            filterable=False,
            actions=(
                RowAction(_("In bản quy chế này"), self.print_version, "print", "Ctrl+Alt+P"),
                RowAction(_("Mở biên bản buổi họp"), self.open_meeting, "meeting", enabled=_has_meeting),
            ),
        )
        self.view.chosen.connect(self._chosen)
        self.view.setMinimumHeight(px(150))
        self.body.addWidget(self.view, 1)
        self.change_words = label("", "", self, wrap=True)
        self.body.addWidget(self.change_words)
        self.body.addWidget(cards)
        self.files_title = label("", "heading", self)
        self.body.addWidget(self.files_title)
        self.files = AttachmentList(desk, "group.rules.files", AttachmentKind.MINUTES, self)
        self.files.setMinimumHeight(px(150))
        self.body.addWidget(self.files)

    def load(self) -> None:
        """Read all versions; show the one in force."""
        group = self.group
        self.desk.ask(lambda book: constitutions.versions(book, group), self._came, owner=self)

    def _came(self, rows: tuple[Version, ...]) -> None:
        self.table.set_rows(rows)
        if self.detail is None or not rows:
            return
        day = self.detail.rules.valid_from
        self._show(next((row for row in rows if row.rules.valid_from == day), rows[0]))

    def change(self) -> None:
        """Write new rules."""
        if self.detail is not None:
            rule_deeds.agree_rules(self.desk, self, self.detail)

    def copy(self) -> None:
        """Copy the group's ways into a template."""
        if self.detail is not None:
            rule_deeds.copy_to_template(self.desk, self, self.detail)

    def make_model(self) -> None:
        """Make a model that others may adopt from this group."""
        self.desk.open_page("replication", tab="models", make=self.group)

    def print_current(self) -> None:
        """Print the version shown."""
        if self.chosen is not None:
            self.print_version(self.chosen)

    def print_version(self, row: Version) -> None:
        """Print a version as a document to be signed."""
        print_constitution(self.desk, self, self.group, row.id)

    def open_meeting(self, row: Version) -> None:
        """Open the meeting that agreed on a version."""
        if row.meeting is not None:
            self.desk.open_page("meetings", meeting=row.meeting)

    def _chosen(self, row: Version | None) -> None:
        if row is not None:
            self._show(row)

    def _show(self, row: Version) -> None:
        self.chosen = row
        said = {point.key: point for point in points(row.rules, row.charter)}
        self.meeting_facts.set(
            [
                (_("Áp dụng từ"), show_day(row.rules.valid_from)),
                *((said[key].name, said[key].text) for key in _MEETING),
            ]
        )
        self.money_facts.set([(said[key].name, said[key].text) for key in _MONEY])
        self.order_facts.set([(said[key].name, said[key].text) for key in _ORDER])
        lines = [f"• {one}" for one in row.changes]
        if row.agreement is not None and row.agreement.reason:
            lines.insert(0, _("Lý do: {reason}").format(reason=row.agreement.reason))
        self.change_words.setText("\n".join(lines))
        self.change_words.setVisible(bool(lines))
        self.files_title.setText(_("Bản giấy đã ký của bản số {n}").format(n=row.number))
        self.files.show_subject(Subject("constitutions", row.uid))


def print_constitution(desk: Desk, owner: QWidget, group: GroupId, constitution: int | None = None) -> None:
    """Show a version of a group's constitution as a document to be signed; None: the one in force."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import constitution_papers

        return constitution_papers.document(book, group, constitution, act)

    print_paper(desk, owner, "constitution", _("Quy chế hoạt động nhóm"), gather)


def _has_meeting(row: Version) -> bool:
    return row.meeting is not None
