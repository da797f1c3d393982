"""The tabs of replication: working models, the places that adopted them with their checklist, templates of groups."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.models.rules.constitution_words import offices, product_words
from desktop.models.rules.replication import AdoptionState
from desktop.models.rules.templates import charter_from
from desktop.services import replication, templates
from desktop.services.replication import AdoptionRow, ModelRow, StepRow
from desktop.services.templates import TemplateRow
from desktop.views.kit.blocks import Card, Facts, Wrap, label
from desktop.views.kit.columns import Column, State
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.tab import Tab, listing
from desktop.views.kit.table_view import RowAction
from desktop.views.kit.theme import px
from desktop.views.replication import deeds
from resources.lang.dates import show_instant
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import N_, _, ngettext

_TONES = {
    AdoptionState.BEGUN: "",
    AdoptionState.RUNS: "good",
    AdoptionState.IDLE: "warn",
    AdoptionState.ENDED: "muted",
}


def _hours(minutes: int) -> str:
    return _("{n} giờ").format(n=f"{minutes / 60:g}".replace(".", ","))


class ModelsTab(Tab):
    """The models of the book; below, what the chosen one holds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        columns: list[Column[ModelRow]] = [
            Column("code", N_("Mã"), lambda row: row.model.code, width=13),
            Column("version", N_("Bản"), lambda row: row.model.version, kind="number", width=5),
            Column("title", N_("Tên mô hình"), lambda row: row.model.title, stretch=True, width=26),
            Column("source", N_("Nơi lập"), lambda row: row.source, width=28),
            Column("cost", N_("Chi phí mỗi hộ (₫)"), _cost, kind="money", width=15),
            Column("adopted", N_("Nơi áp dụng"), lambda row: row.adopted, kind="number", width=10),
            Column("running", N_("Đang chạy"), lambda row: row.running, kind="number", width=9),
            Column(
                "replicated",
                N_("Nhân rộng"),
                lambda row: row.replicated,
                kind="number",
                width=9,
                note=N_("Đang chạy, xong mọi việc, không nhận tiền và hiện vật của dự án (BV08)"),
            ),
        ]
        self.table, self.view = listing(
            desk,
            columns,
            "models.list",
            _("Mô hình"),
            empty=Empty(
                "copy",
                _("Sổ chưa có mô hình nào."),
                _("Lập mô hình từ một nhóm đang chạy tốt, hoặc nhập tệp mô hình của nơi khác."),
                (_("Lập mô hình…"), self.make),
            ),
            actions=(
                RowAction(_("Ghi nơi áp dụng…"), self.adopt, "plus", enabled=desk.may_write),
                RowAction(_("In bản mô tả"), self.print_row, "print"),
                RowAction(_("Lưu ra tệp…"), self.save, "save"),
            ),
            opened=self.print_row,
            chosen=self._chosen,
            least=220,
        )
        self.body.addWidget(self.view, 2)
        cards = Wrap(300, 3)
        self.told, self.taught, self.asked = Facts(), Facts(), Facts()
        for title, facts in (
            (_("Mô hình"), self.told),
            (_("Bộ khóa học, chi phí"), self.taught),
            (_("Việc khi áp dụng"), self.asked),
        ):
            card = Card(title, parent=cards)
            card.body.addWidget(facts)
            card.body.addStretch(1)
            cards.add(card)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(cards)
        self.below = area
        self.below.setMinimumHeight(px(200))
        self.body.addWidget(self.below, 2)
        self.below.hide()

    def reload(self) -> None:
        """Read the models."""
        today = self.desk.today()
        self.desk.ask(lambda book: replication.listed(book, today), self._show, owner=self)

    def _show(self, rows: list[ModelRow]) -> None:
        self.table.set_rows(rows)
        models = len({row.model.code for row in rows if row.replicated})
        where = sum(row.replicated for row in rows)
        self.view.set_summary(
            _("Đã nhân rộng {models} mô hình ở {places} nơi").format(
                models=show_number(models), places=show_number(where)
            )
            if rows
            else ""
        )
        self.below.setVisible(bool(rows))
        if rows and self.view.current_row() is None:
            self._chosen(rows[0])

    def _chosen(self, row: ModelRow | None) -> None:
        if row is None:
            return
        model = row.model
        template = model.template
        self.told.set(
            [
                (_("Mô tả"), model.description),
                (_("Loại nhóm"), template.kind.title),
                (_("Chức vụ"), offices(charter_from(template))),
                (
                    _("Sản phẩm vay"),
                    "\n".join(product_words(str(one.name), one.product) for one in template.products)
                    or _("không kèm"),
                ),
                (_("Bài học"), model.lessons),
            ]
        )
        self.taught.set(
            [
                *((course.code, f"{course.title}, {_hours(course.minutes)}") for course in model.courses),
                (_("Cộng"), _hours(model.minutes) if model.courses else _("không kèm khóa học")),
                (_("Chi phí mỗi hộ"), show_dong(model.cost.amount) if model.cost.amount else _("chưa tính")),
                (_("Gồm"), model.cost.basis),
                (_("Người lập"), f"{row.added_by}, {show_instant(row.added_at)}"),
            ]
        )
        self.asked.set([(str(place), item.text) for place, item in enumerate(model.checklist, 1)])

    def make(self) -> None:
        """Make a model from a group."""
        if self.desk.can_write:
            deeds.make_model(self.desk, self)

    def load(self) -> None:
        """Load a model's file."""
        if self.desk.can_write:
            deeds.load_model(self.desk, self)

    def adopt(self, row: ModelRow) -> None:
        """Note a place that adopts a model."""
        deeds.adopt(self.desk, self, row)

    def adopt_current(self) -> None:
        """Note a place that adopts the current model."""
        row = self._current()
        if row is not None and self.desk.can_write:
            self.adopt(row)

    def print_row(self, row: ModelRow) -> None:
        """Print the sheet of a model."""
        deeds.print_sheet(self.desk, self, row)

    def print_current(self) -> None:
        """Print the sheet of the current model."""
        row = self._current()
        if row is not None:
            self.print_row(row)

    def save(self, row: ModelRow) -> None:
        """Write a model's file."""
        deeds.save_model(self.desk, self, row)

    def save_current(self) -> None:
        """Write the current model's file."""
        row = self._current()
        if row is not None:
            self.save(row)

    def _current(self) -> ModelRow | None:
        row: ModelRow | None = self.view.current_row()
        if row is None and self.table.size:
            row = self.table.row_at(0)
        if row is None:
            self.desk.say(_("Sổ chưa có mô hình nào."), "info")
        return row


def _cost(row: ModelRow) -> int | None:
    return row.model.cost.amount or None


class PlacesTab(Tab):
    """Where models were adopted; below, the checklist of the chosen place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.place: AdoptionRow | None = None
        columns: list[Column[AdoptionRow]] = [
            Column("place", N_("Nơi áp dụng"), lambda row: row.place, stretch=True, width=26),
            Column("commune", N_("Xã, phường"), lambda row: row.commune, width=18),
            Column("model", N_("Mô hình"), lambda row: row.model_code, width=13),
            Column("since", N_("Từ ngày"), lambda row: row.adopted_on, kind="day", width=11),
            Column("done", N_("Việc xong"), lambda row: row.progress, width=9, figures=True),
            Column("last", N_("Họp gần nhất"), lambda row: row.standing.last_meeting, kind="day", width=12),
            Column(
                "state",
                N_("Tình trạng"),
                lambda row: State(row.state.title, _TONES[row.state]),
                kind="state",
                width=15,
            ),
            Column("transfer", N_("Dự án cho"), lambda row: row.with_transfer, kind="check", width=9),
            Column("replicated", N_("Nhân rộng"), lambda row: row.replicated, kind="check", width=9),
        ]
        self.table, self.view = listing(
            desk,
            columns,
            "models.places",
            _("Nơi áp dụng mô hình"),
            empty=Empty(
                "place",
                _("Chưa nơi nào áp dụng mô hình."),
                _("Chọn một mô hình rồi ghi nhóm hoặc xã áp dụng, từ ngày nào."),
            ),
            actions=(
                RowAction(_("Sửa nơi áp dụng…"), self.change, "edit", "F2", desk.may_write),
                RowAction(_("Mở nhóm"), self.open_group, "groups", enabled=_has_group),
            ),
            opened=self.open_group,
            chosen=self._chosen,
            least=200,
        )
        self.body.addWidget(self.view, 1)
        self.steps_title = label("", "heading", self)
        self.body.addWidget(self.steps_title)
        steps: list[Column[StepRow]] = [
            Column("item", N_("Số"), lambda row: row.item, width=7),
            Column("text", N_("Việc phải làm"), lambda row: row.text, stretch=True),
            Column("done", N_("Xong ngày"), lambda row: row.done_on, kind="day", width=12),
            Column("state", N_("Tình trạng"), _step_state, kind="state", width=12),
            Column("note", N_("Ghi chú"), lambda row: row.note, width=30),
        ]
        self.steps, self.step_view = listing(
            desk,
            steps,
            "models.steps",
            _("Danh sách việc khi áp dụng"),
            key=lambda row: row.item,
            empty=Empty("check", _("Chọn một nơi áp dụng ở trên để xem việc phải làm.")),
            actions=(
                RowAction(
                    _("Đánh dấu xong hôm nay, hoặc bỏ dấu"), self.toggle, "check", "Space", desk.may_write
                ),
                RowAction(_("Ghi ngày xong…"), self.mark, "edit", enabled=desk.may_write),
            ),
            opened=self.mark,
            least=200,
            filterable=False,
        )
        self.body.addWidget(self.step_view, 1)

    def reload(self) -> None:
        """Read the places."""
        today = self.desk.today()
        self.desk.ask(lambda book: replication.adoptions(book, today), self._show, owner=self)

    def _show(self, rows: list[AdoptionRow]) -> None:
        self.table.set_rows(rows)
        running = sum(row.state is AdoptionState.RUNS for row in rows)
        self.view.set_summary(
            ngettext("{n} nơi áp dụng, {running} nơi đang chạy", "{n} nơi áp dụng, {running} nơi đang chạy", len(rows))
            .format(n=len(rows), running=running)
            if rows
            else ""
        )  # fmt: skip
        before = None if self.place is None else self.place.id
        kept = next((row for row in rows if row.id == before), rows[0] if rows else None)
        self._chosen(kept)

    def _chosen(self, row: AdoptionRow | None) -> None:
        if row is None and self.table.size:
            return
        self.place = row
        self.steps.set_rows([] if row is None else row.steps)
        self.steps_title.setText(
            "" if row is None else _("Việc phải làm ở {place}: {done}").format(place=row.place, done=row.progress)
        )  # fmt: skip

    def change(self, row: AdoptionRow) -> None:
        """Change what is noted of a place."""
        deeds.change_adoption(self.desk, self, row)

    def open_group(self, row: AdoptionRow) -> None:
        """Open the group that runs the model."""
        if row.group is not None:
            self.desk.open_page("group", group=row.group)

    def toggle(self, step: StepRow) -> None:
        """Mark an item done today, or not done."""
        if self.place is not None:
            deeds.toggle_step(self.desk, self, self.place, step)

    def mark(self, step: StepRow) -> None:
        """Note on which day an item was done."""
        if self.place is not None and self.desk.can_write:
            deeds.mark_step(self.desk, self, self.place, step)


def _has_group(row: AdoptionRow) -> bool:
    return row.group is not None


def _step_state(row: StepRow) -> State:
    return State(_("chưa xong"), "warn") if row.done_on is None else State(_("đã xong"), "good")


class TemplatesTab(Tab):
    """Templates on offer when a group is founded: those of the program and those of the book."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        columns: list[Column[TemplateRow]] = [
            Column("title", N_("Mẫu nhóm"), lambda row: str(row.template.title), stretch=True, width=30),
            Column("code", N_("Mã"), lambda row: row.template.code, width=18),
            Column("version", N_("Bản"), lambda row: row.template.version, kind="number", width=5),
            Column("kind", N_("Loại nhóm"), lambda row: row.template.kind.title, width=24),
            Column(
                "own",
                N_("Nguồn"),
                lambda row: (
                    State(_("có sẵn"), "")
                    if row.id is None
                    else State(_("của sổ"), "good" if row.active else "muted")
                ),
                kind="state",
                width=10,
            ),
            Column("groups", N_("Nhóm đã lập"), lambda row: row.groups or None, kind="number", width=10),
            Column("added", N_("Thêm lúc"), lambda row: row.added_at, kind="instant", width=16, hidden=True),
        ]
        self.table, self.view = listing(
            desk,
            columns,
            "templates.list",
            _("Mẫu nhóm"),
            key=lambda row: row.key,
            empty=Empty("groups", _("Không có mẫu nào khớp.")),
            actions=(
                RowAction(_("Thành lập nhóm theo mẫu này"), self.found, "plus", enabled=desk.may_write),
                RowAction(_("Lưu ra tệp…"), self.save, "save"),
                RowAction(_("Cất mẫu, hoặc dùng lại"), self.put_away, "minus", enabled=_own),
            ),
            opened=self.found,
            chosen=self._chosen,
            least=260,
        )
        self.body.addWidget(self.view, 1)
        self.explained = label("", "muted", self, wrap=True)
        self.body.addWidget(self.explained)

    def reload(self) -> None:
        """Read the templates."""
        self.desk.ask(lambda book: templates.listed(book, with_ended=True), self.table.set_rows, owner=self)

    def _chosen(self, row: TemplateRow | None) -> None:
        self.explained.setText("" if row is None else str(row.template.explanation))

    def found(self, row: TemplateRow) -> None:
        """Begin founding a group from a template."""
        if self.desk.can_write:
            self.desk.open_page("group-new", template=row.key)

    def save(self, row: TemplateRow) -> None:
        """Write a template's file."""
        deeds.save_template(self.desk, self, row)

    def load(self) -> None:
        """Load a template's file."""
        if self.desk.can_write:
            deeds.load_template(self.desk, self)

    def put_away(self, row: TemplateRow) -> None:
        """Offer a template no more, or again."""
        if self.desk.can_write:
            deeds.put_template_away(self.desk, self, row)


def _own(row: TemplateRow) -> bool:
    return row.id is not None
