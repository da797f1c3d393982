"""Bringing members in: choose a list, say which column is what, look at every row, import all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.ids import GroupId
from desktop.models.problems import Refusal
from desktop.services.acts import Act, Outcome
from desktop.services.exchange import (
    ImportOptions,
    ImportResult,
    Mapping,
    Preview,
    Sheet,
    preview,
    read_table,
    run_import,
    write_rejects,
)
from desktop.views.imports.mapping_step import MappingStep
from desktop.views.imports.paste import read_pasted
from desktop.views.imports.preview_step import PreviewStep
from desktop.views.imports.result_step import ResultStep
from desktop.views.imports.source_step import SourceStep
from desktop.views.kit import messages
from desktop.views.kit.blocks import button
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_save
from desktop.views.kit.page import Page
from desktop.views.kit.runner import Progress
from desktop.views.kit.stepper import Stepper, Steps
from desktop.views.kit.theme import space
from resources.lang.dong import show_number
from resources.lang.messages import _, many, ngettext

SOURCE, MAPPING, PREVIEW, RESULT = range(4)


class ImportPage(Page):
    """The wizard. Ctrl+Enter goes on, Esc goes one step back."""

    scrolls = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path: str | None = None
        self._group: GroupId | None = None
        self._sheet: Sheet | None = None
        self._preview: Preview | None = None
        self._result: ImportResult | None = None
        self._options = ImportOptions(today=desk.today())
        self._busy = False
        self.stepper = Stepper([_("Chọn tệp"), _("Ghép cột"), _("Xem trước"), _("Nhập")], self)
        self.body.addWidget(self.stepper)
        self.source = SourceStep(desk, self)
        self.source.chosen.connect(self.read)
        self.source.pasted.connect(self.read_text)
        self.columns = MappingStep(desk, self)
        self.columns.worksheet_chosen.connect(self._read_worksheet)
        self.rows = PreviewStep(desk, self)
        self.rows.convert.connect(self._convert)
        self.rows.changed.connect(self._refresh_buttons)
        self.result = ResultStep(self)
        self.result.save_rejects.connect(self.save_rejects)
        self.result.again.connect(self.begin)
        self.result.go_on.connect(self._go_on)
        self.steps = Steps([self.source, self.columns, self.rows, self.result], self)
        self.body.addWidget(self.steps, 1)
        line = QHBoxLayout()
        line.setSpacing(space(2))
        self.back_button = button(_("Quay lại"), self.back, "back", "", self)
        self.back_button.setToolTip("Esc")
        self.next_button = button("", self.go_next, "", "primary", self)
        self.next_button.setToolTip("Ctrl+Enter")
        line.addWidget(self.back_button)
        line.addStretch(1)
        line.addWidget(self.next_button)
        self.body.addLayout(line)
        for keys, run in (
            ("Ctrl+Return", self.go_next),
            ("Ctrl+Enter", self.go_next),
            ("Escape", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        desk.session_changed.connect(self.begin)
        self._go(SOURCE)

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Nhập thành viên từ tệp")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the list of people."""
        return [(many("Thành viên"), lambda: self.desk.open_page("members"))]

    def open(self, group: int | None = None, text: str = "", path: str = "", **_args: Any) -> None:
        """Begin; `group` is where the people belong, `text` a table from the clipboard, `path` a file."""
        self.source.refresh_rights()
        if group is not None or text or path or self.steps.currentIndex() == RESULT:
            self.begin()
        self._group = None if group is None else GroupId(group)
        if text and self.desk.can_write:
            self.read_text(text)
        elif path and self.desk.can_write:
            self.read(path)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before what was chosen is lost."""
        if self.steps.currentIndex() not in (MAPPING, PREVIEW) or self._busy:
            return True

        def leave() -> None:
            self.begin()
            go()

        messages.ask_lose(self, leave, question=_("Bỏ việc nhập tệp này?"))
        return False

    def focus_first(self) -> None:
        """Begin with what the step asks."""
        step = self.steps.currentIndex()
        if step == SOURCE:
            self.source.choose_button.setFocus()
        elif step == MAPPING:
            self.columns.focus_first()
        elif step == PREVIEW:
            self.rows.focus_first()

    # -- step 1 -------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start over."""
        self._path = self._sheet = self._preview = self._result = None
        self._options = ImportOptions(today=self.desk.today())
        self.source.refresh_rights()
        self._go(SOURCE)

    def read(self, path: str) -> None:
        """Read a file, off the window."""
        self._path = path
        self._read(lambda: read_table(path), Path(path).name)

    def read_text(self, text: str) -> None:
        """Read a table from the clipboard."""
        self._path = None
        self._read(lambda: read_pasted(text), _("Bảng đã dán"))

    def _read_worksheet(self, name: str) -> None:
        path = self._path
        if path is not None:
            self._read(lambda: read_table(path, name), Path(path).name)

    def _read(self, job: Callable[[], Sheet], source: str) -> None:
        self._set_busy(True)
        today = self.desk.today()

        def came(sheet: Sheet) -> None:
            self._sheet = sheet
            self.desk.ask(lambda book: _mapping_for(book, sheet), mapped, self._failed, self)

        def mapped(mapping: Mapping) -> None:
            assert self._sheet is not None
            self._set_busy(False)
            self._options = ImportOptions(today=today)
            self.columns.show_sheet(self._sheet, mapping, source)
            self.columns.show_problem("")
            if self._group is not None:
                self.columns.group.choose(self._group)
            self._go(MAPPING)

        self.desk.work(
            lambda _progress: job(), came, self._failed, self, title=_("Đang đọc tệp…"), can_cancel=False
        )

    # -- step 2 -------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Read all rows with the chosen columns and show them."""
        wrong = self.columns.wrong()
        if wrong:
            self.columns.show_problem(wrong)
            return
        self._options = self.columns.options(self._options)
        self._make_preview(self.columns.mapping())

    def _make_preview(self, mapping: Mapping) -> None:
        sheet, options = self._sheet, self._options
        assert sheet is not None
        self._set_busy(True)

        def job(book: Any, _act: Act, progress: Progress) -> Preview:
            return preview(book, sheet, mapping, options, progress)

        self.desk.work_on_book(job, self._previewed, self._failed, self, title=_("Đang kiểm tra các dòng…"))

    def _previewed(self, made: Preview) -> None:
        self._set_busy(False)
        self._preview = made
        of_columns = [p.message for p in made.problems if p.code in ("no-name-column", "column-twice")]
        if of_columns:
            self.columns.show_problem("\n".join(of_columns))
            self._go(MAPPING)
            return
        self.columns.show_problem("")
        self.rows.show_preview(made)
        self._go(PREVIEW)

    # -- step 3 -------------------------------------------------------------------------------------

    def _convert(self, yes: bool) -> None:
        assert self._preview is not None
        self._options = replace(self._options, convert=yes)
        self._make_preview(self._preview.mapping)

    def run(self) -> None:
        """Import what the preview shows, all or nothing."""
        if self._preview is None or not self.rows.ready or self._busy:
            return
        options = replace(
            self._preview.options,
            skip_bad=bool(self.rows.skip.value()),
            accept_warnings=bool(self.rows.agree.value()),
        )
        wanted = replace(self._preview, options=options)
        self._preview = wanted
        self._busy = True

        def job(book: Any, act: Act, progress: Progress) -> Outcome[ImportResult]:
            return run_import(book, wanted, act, progress)

        work = self.desk.work_on_book(job, self._done, self._not_done, self, title=_("Đang nhập thành viên…"))
        self._go(RESULT)
        self.result.follow(work)

    def _done(self, result: ImportResult) -> None:
        self._busy = False
        self._result = result
        self.result.show_result(result)
        self._refresh_buttons()

    def _not_done(self, error: Exception) -> None:
        self.result.stopped()
        self._busy = False
        self._go(PREVIEW)
        if isinstance(error, Refusal):
            # The book has changed since the preview: show every row as it stands now.
            self.desk.say(_("Chưa nhập dòng nào. Hãy xem lại các dòng được đánh dấu."), "warn")
            assert self._preview is not None
            self._make_preview(self._preview.mapping)

    # -- step 4 -------------------------------------------------------------------------------------

    def save_rejects(self) -> None:
        """Save the rows that were not imported, with the reasons."""
        name = Path(self._path).stem if self._path else _("bang-da-dan")
        ask_save(
            self,
            self.desk,
            "imports",
            _("Lưu các dòng bị loại"),
            _("{name} - dong bi loai.xlsx").format(name=name),
            _("Bảng tính Excel (*.xlsx)"),
            self.save_rejects_to,
        )

    def save_rejects_to(self, path: str) -> None:
        """Write the rows that were not imported, off the window."""
        made = self._preview
        assert made is not None

        def saved(count: int) -> None:
            self.desk.say(
                ngettext("Đã lưu {n} dòng vào {path}.", "Đã lưu {n} dòng vào {path}.", count).format(
                    n=show_number(count), path=path
                ),
                "good",
            )

        self.desk.aside(lambda: write_rejects(path, made), saved, owner=self)

    def _go_on(self) -> None:
        group = self._preview.options.group if self._preview is not None else None
        self.begin()
        if group is not None:
            self.desk.open_page("group", group=group, tab="members")
        else:
            self.desk.open_page("members")

    # -- steps --------------------------------------------------------------------------------------

    def go_next(self) -> None:
        """Go one step on."""
        step = self.steps.currentIndex()
        if self._busy:
            return
        if step == MAPPING:
            self._look()
        elif step == PREVIEW:
            self.run()

    def back(self) -> None:
        """Go one step back."""
        step = self.steps.currentIndex()
        if not self._busy and step in (MAPPING, PREVIEW):
            self._go(step - 1)

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.stepper.show_step(step)
        self._refresh_buttons()
        self.focus_first()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._refresh_buttons()

    def _failed(self, _error: Exception) -> None:
        self._set_busy(False)

    def _refresh_buttons(self) -> None:
        step = self.steps.currentIndex()
        self.back_button.setVisible(step in (MAPPING, PREVIEW))
        self.next_button.setVisible(step in (MAPPING, PREVIEW))
        self.back_button.setEnabled(not self._busy)
        if step == MAPPING:
            self.next_button.setText(_("Xem trước"))
            self.next_button.setToolTip("Ctrl+Enter")
            self.next_button.setEnabled(not self._busy and self.desk.can_write)
        elif step == PREVIEW:
            count = self.rows.count
            self.next_button.setText(
                ngettext("Nhập {n} người", "Nhập {n} người", count).format(n=show_number(count))
            )
            why = self.rows.why_not
            self.next_button.setEnabled(not self._busy and not why and self.desk.can_write)
            self.next_button.setToolTip(why or "Ctrl+Enter")
            self.next_button.setAccessibleDescription(why)


def _mapping_for(book: Any, sheet: Sheet) -> Mapping:
    from desktop.services.exchange import mapping_for

    return mapping_for(book, sheet.headings, sheet.rows)
