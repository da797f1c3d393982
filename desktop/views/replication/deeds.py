"""Dialogs about models and templates: make, adopt, follow the checklist; save and load their files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.rules.replication import USUAL_CHECKLIST, CoursePart
from desktop.models.rules.sealed import SUFFIX
from desktop.services import replication, templates, travelling
from desktop.services.acts import Act, Outcome
from desktop.services.replication import Adopt, AdoptionRow, ChangeAdoption, MakeModel, ModelRow, StepRow
from desktop.services.templates import TemplateRow
from desktop.views.kit import inputs, pickers
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.files import ask_open, ask_save
from desktop.views.kit.form import Field, Form, Section
from desktop.views.kit.group_picker import find_groups
from desktop.views.kit.papers import print_paper
from desktop.views.kit.pickers import AskingPicker, Find
from desktop.views.replication.courses_edit import CoursesEdit
from resources.lang.dates import show_day
from resources.lang.messages import N_, _


def _kinds() -> str:
    return _("Tệp mẫu Sổ Nhóm (*{suffix});;Mọi tệp (*)").format(suffix=SUFFIX)


# -- models ----------------------------------------------------------------------------------------


def make_model(desk: Desk, owner: QWidget, group: Find | None = None) -> None:
    """Ask for what a model says beside its group's ways, and keep it."""
    today = desk.today()

    def came(courses: list[CoursePart]) -> None:
        _model_dialog(desk, owner, group, courses).open()

    desk.ask(lambda book: replication.courses(book, today), came, owner=owner)


def _model_dialog(desk: Desk, owner: QWidget, group: Find | None, courses: list[CoursePart]) -> FormDialog:
    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        command = MakeModel(
            group=values["group"],
            code=values["code"],
            title=values["title"],
            description=values["description"],
            checklist=values["checklist"],
            courses=values["courses"],
            cost=values["cost"] or 0,
            cost_households=values["cost_households"] or 0,
            cost_basis=values["cost_basis"],
            lessons=values["lessons"],
        )
        return replication.make(book, command, act)

    dialog = FormDialog(
        desk,
        _("Lập mô hình từ một nhóm đang chạy"),
        [
            Field(
                "group",
                N_("Nhóm làm mẫu"),
                lambda parent: AskingPicker(desk, find_groups, parent),
                required=True,
                span=2,
            ),
            Field("code", N_("Mã mô hình"), inputs.line(N_("MH-VSLA-01"), 20), required=True),
            Field("title", N_("Tên mô hình"), inputs.line(length=120), required=True, span=0),
            Field(
                "description",
                N_("Mô hình dành cho ai, làm gì, được gì"),
                inputs.text(4),
                required=True,
                span=0,
            ),
            Field("courses", N_("Bộ khóa học"), CoursesEdit, span=0),
            Field(
                "checklist",
                N_("Việc phải làm khi áp dụng"),
                inputs.text(6),
                required=True,
                span=0,
                hint=N_("Mỗi dòng một việc."),
            ),
            Section(N_("Chi phí cho một hộ"), N_("Để trống khi chưa tính.")),
            Field("cost", N_("Số tiền mỗi hộ (₫)"), inputs.dong(words_from=1)),
            Field("cost_households", N_("Tính trên mấy hộ"), inputs.number(0, 99_999)),
            Field(
                "cost_basis",
                N_("Gồm những khoản nào"),
                inputs.text(2),
                span=0,
                hint=N_("Ví dụ: tập huấn 3 ngày, sổ sách, đi lại của cán bộ; không tính vốn vay."),
            ),
            Field("lessons", N_("Bài học"), inputs.text(3), span=0, hint=N_("Mỗi dòng một bài học.")),
        ],
        deed,
        lambda _model: desk.say(_("Đã lập mô hình. Lưu ra tệp để nơi khác dùng."), "good"),
        intro=_("Chép quy chế, sản phẩm vay, chức vụ của nhóm hôm nay; không chép thành viên và tiền bạc."),
        save_text=_("Lập mô hình"),
        columns=3,
        width=820,
        parent=owner,
    )
    picked: CoursesEdit = dialog.form.input("courses")
    picked.offer(courses)
    dialog.form.set_values({"group": group, "checklist": "\n".join(_(item) for item in USUAL_CHECKLIST)})
    dialog.form.set_dirty(False)
    return dialog


def save_model(desk: Desk, owner: QWidget, row: ModelRow) -> None:
    """Ask where to, and write the model's file."""
    name = f"{row.model.code}-v{row.model.version}{SUFFIX}"
    _save(desk, owner, _("Lưu mô hình ra tệp"), name, lambda book: replication.file_of(book, row.id))


def load_model(desk: Desk, owner: QWidget) -> None:
    """Ask for a model's file and keep what is in it."""
    said = _("Đã nhập mô hình và mẫu nhóm của nó.")
    _load(desk, owner, _("Nhập mô hình từ tệp"), replication.bring_in, said)


def print_sheet(desk: Desk, owner: QWidget, row: ModelRow) -> None:
    """Show the sheet that describes a model."""

    def gather(book: Any, act: Any) -> Any:
        from desktop.services import replication_papers

        return replication_papers.sheet(book, row.id, act)

    print_paper(desk, owner, "model-sheet", _("Bản mô tả mô hình"), gather)


# -- adoption --------------------------------------------------------------------------------------


def adopt(desk: Desk, owner: QWidget, row: ModelRow) -> FormDialog:
    """Note that a group or a commune adopts a model."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        command = Adopt(
            model=row.id,
            adopted_on=values["adopted_on"],
            group=values["group"],
            commune=values["commune"],
            with_transfer=values["with_transfer"],
            transfer_note=values["transfer_note"],
            note=values["note"],
        )
        return replication.adopt(book, command, act)

    dialog = FormDialog(
        desk,
        _("Áp dụng mô hình {title}").format(title=row.model.title),
        [
            Field(
                "group",
                N_("Nhóm áp dụng"),
                lambda parent: AskingPicker(desk, find_groups, parent),
                hint=N_("Để trống khi nhóm chưa thành lập; ghi sau."),
            ),
            Field("commune", N_("Xã, phường áp dụng"), pickers.commune(desk), hint=N_("Khi chưa có nhóm.")),
            Field("adopted_on", N_("Áp dụng từ ngày"), inputs.day(), required=True),
            *_transfer_fields(),
        ],
        deed,
        lambda _adoption: desk.say(_("Đã ghi nơi áp dụng; đánh dấu từng việc khi làm xong."), "good"),
        values={"adopted_on": desk.today(), "with_transfer": False},
        intro=_("Nơi không nhận tiền, hiện vật của dự án mà vẫn chạy mới tính là nhân rộng."),
        save_text=_("Ghi áp dụng"),
        columns=2,
        width=640,
        parent=owner,
    )
    _follow_transfer(dialog.form)
    dialog.open()
    return dialog


def _transfer_fields() -> list[Field | Section]:
    return [
        Field("with_transfer", N_("Dự án có cho tiền, hiện vật"), inputs.check()),
        Field("transfer_note", N_("Đã cho gì"), inputs.text(2), span=0),
        Field("note", N_("Ghi chú"), inputs.text(2), span=0),
    ]


def _follow_transfer(form: Form) -> None:
    def refresh(key: str = "with_transfer") -> None:
        if key == "with_transfer":
            form.set_visible("transfer_note", bool(form.value("with_transfer")))

    form.changed.connect(refresh)
    refresh()
    form.set_dirty(False)


def change_adoption(desk: Desk, owner: QWidget, row: AdoptionRow) -> FormDialog:
    """Change what is noted of a place: its group, the transfer, the day it ended."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        command = ChangeAdoption(
            adoption=row.id,
            version=row.version,
            group=values["group"],
            with_transfer=values["with_transfer"],
            transfer_note=values["transfer_note"],
            note=values["note"],
            ended_on=values["ended_on"],
        )
        return replication.change_adoption(book, command, act)

    dialog = FormDialog(
        desk,
        _("Nơi áp dụng: {place}").format(place=row.place),
        [
            Field("group", N_("Nhóm áp dụng"), lambda parent: AskingPicker(desk, find_groups, parent)),
            Field("ended_on", N_("Thôi áp dụng từ ngày"), inputs.day(), hint=N_("Để trống: còn áp dụng")),
            *_transfer_fields(),
        ],
        deed,
        values={
            "group": None if row.group is None else Find(row.group, row.place),
            "ended_on": row.standing.ended_on,
            "with_transfer": row.with_transfer,
            "transfer_note": row.transfer_note,
            "note": row.note,
        },
        columns=2,
        width=640,
        parent=owner,
    )
    _follow_transfer(dialog.form)
    dialog.open()
    return dialog


def mark_step(desk: Desk, owner: QWidget, adoption: AdoptionRow, step: StepRow) -> FormDialog:
    """Note on which day an item of the checklist was done."""

    def deed(book: Any, values: dict[str, Any], act: Act) -> Outcome[int]:
        return replication.set_step(book, adoption.id, step.item, values["done_on"], values["note"], act)

    dialog = FormDialog(
        desk,
        step.text,
        [
            Field("done_on", N_("Làm xong ngày"), inputs.day(), width=24, hint=N_("Để trống: chưa xong")),
            Field("note", N_("Ghi chú"), inputs.text(2)),
        ],
        deed,
        values={"done_on": step.done_on or desk.today(), "note": step.note},
        intro=_("{place}, áp dụng từ {day}").format(place=adoption.place, day=show_day(adoption.adopted_on)),
        parent=owner,
    )
    dialog.open()
    return dialog


def toggle_step(desk: Desk, owner: QWidget, adoption: AdoptionRow, step: StepRow) -> None:
    """Mark an item done today, or not done."""
    day = desk.today() if step.done_on is None else None
    desk.do(
        lambda book, act: replication.set_step(book, adoption.id, step.item, day, step.note, act),
        owner=owner,
    )


# -- templates -------------------------------------------------------------------------------------


def save_template(desk: Desk, owner: QWidget, row: TemplateRow) -> None:
    """Ask where to, and write the template's file."""
    code = row.template.code
    name = f"{code}-v{row.template.version}{SUFFIX}"
    _save(desk, owner, _("Lưu mẫu nhóm ra tệp"), name, lambda book: templates.file_of(book, code))


def load_template(desk: Desk, owner: QWidget) -> None:
    """Ask for a template's file and keep what is in it."""
    said = _("Đã nhập mẫu nhóm; chọn nó khi thành lập nhóm.")
    _load(desk, owner, _("Nhập mẫu nhóm từ tệp"), templates.bring_in, said)


def put_template_away(desk: Desk, owner: QWidget, row: TemplateRow) -> None:
    """Offer a template of the book no more, or again."""
    key, active = row.id, not row.active
    if key is not None:
        desk.do(lambda book, act: templates.put_away(book, key, act, active=active), owner=owner)


# -- files -----------------------------------------------------------------------------------------


def _save(desk: Desk, owner: QWidget, title: str, name: str, content: Callable[[Any], bytes]) -> None:
    """Ask where to, and write what the book gives for a file."""

    def write(path: str) -> None:
        def written(data: bytes) -> None:
            _write(desk, owner, path, data)

        desk.ask(content, written, owner=owner)

    ask_save(owner, desk, "models", title, name, _kinds(), write)


def _load(
    desk: Desk,
    owner: QWidget,
    title: str,
    bring_in: Callable[[Any, bytes, Act], Outcome[Any]],
    said: str,
) -> None:
    """Ask for a file and bring what is in it into the book."""

    def read(path: str) -> None:
        desk.aside(lambda: travelling.read(path), keep, owner=owner)

    def keep(data: bytes) -> None:
        desk.do(
            lambda book, act: bring_in(book, data, act), lambda _kept: desk.say(said, "good"), owner=owner
        )

    ask_open(owner, desk, "models", title, _kinds(), read)


def _write(desk: Desk, owner: QWidget, path: str, data: bytes) -> None:
    desk.aside(
        lambda: travelling.write(path, data),
        lambda place: desk.say(_("Đã lưu tệp: {path}").format(path=place), "good"),
        owner=owner,
    )
