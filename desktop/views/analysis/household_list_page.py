"""Bringing in a commune's list of poor and near-poor households: choose, map, review, keep all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.kinds import Poverty
from desktop.models.problems import Refusal
from desktop.models.rules.poverty import STANDARDS, standard_of
from desktop.services.acts import Act, Outcome
from desktop.services.exchange import Sheet, read_table
from desktop.services.household_lists.columns import ListField, mapping_for
from desktop.services.household_lists.keeping import ListResult, keep, write_rejects
from desktop.services.household_lists.previewing import ListPreview, preview
from desktop.services.household_lists.reading import ListOptions
from desktop.views.analysis.review import Review
from desktop.views.kit import messages
from desktop.views.kit.blocks import Card, button, label, scroll_area
from desktop.views.kit.column_mapping import ColumnMapping
from desktop.views.kit.desk import Desk
from desktop.views.kit.files import ask_open, ask_save
from desktop.views.kit.form import Field, Form
from desktop.views.kit.inputs import choice, line, number
from desktop.views.kit.page import Page
from desktop.views.kit.pickers import commune
from desktop.views.kit.runner import Progress
from desktop.views.kit.theme import px, space
from resources.lang.dong import show_number
from resources.lang.messages import N_, _, ngettext

SOURCE, MAPPING, REVIEW, RESULT = range(4)


class HouseholdListPage(Page):
    """Four steps. Ctrl+Enter goes on, Esc goes one step back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._path = ""
        self._sheet: Sheet | None = None
        self._seen: ListPreview | None = None
        self._busy = False
        self.step_line = label("", "small", self)
        self.body.addWidget(self.step_line)
        self.problem = label("", "bad", self, wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.steps = QStackedWidget(self)
        self.body.addWidget(self.steps, 1)
        self.steps.addWidget(self._source())
        self.area = scroll_area(self.steps)
        self.steps.addWidget(self.area)
        self.columns: ColumnMapping | None = None
        self.review = Review(desk, self.steps)
        self.review.changed.connect(self._refresh)
        self.steps.addWidget(self.review)
        self.steps.addWidget(self._result())
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        self.back_button = button(_("Quay lại"), self.back, "back", "", self)
        self.back_button.setToolTip("Esc")
        self.next_button = button("", self.go_next, "", "primary", self)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        self.body.addLayout(foot)
        for keys, run in (("Ctrl+Return", self.go_next), ("Ctrl+Enter", self.go_next), ("Escape", self.back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
        desk.session_changed.connect(self.begin)
        self._go(SOURCE)

    def _source(self) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(3))
        box.addWidget(
            label(
                _(
                    "Danh sách hộ nghèo, hộ cận nghèo của xã (Excel, CSV). Mỗi dòng một hộ: họ tên chủ hộ, thôn, "
                    "diện hộ; có thêm số định danh thì nhận đúng hộ dễ hơn. Không dòng nào được ghép vào hộ có "
                    "sẵn mà không chắc: những dòng đó bạn sẽ quyết định."
                ),
                "muted",
                holder,
                wrap=True,
            )
        )
        year = self.desk.today().year - 1
        self.form = Form(
            [
                Field("year", N_("Kết quả rà soát của năm"), number(), required=True),
                Field(
                    "standard",
                    N_("Chuẩn nghèo"),
                    choice([(one, _standard(one)) for one in STANDARDS]),
                    required=True,
                ),
                Field("commune", N_("Xã, phường"), commune(self.desk), span=0),
                Field(
                    "status",
                    N_("Khi không có cột diện hộ, mọi dòng là"),
                    choice(
                        [
                            (None, N_("– phải có cột –")),
                            (Poverty.POOR, N_("Hộ nghèo")),
                            (Poverty.NEAR_POOR, N_("Hộ cận nghèo")),
                        ]
                    ),
                ),
                Field("decision", N_("Quyết định"), line(N_("Ví dụ: QĐ 45/QĐ-UBND ngày 20/12/2025"), 200)),
            ],
            2,
        )
        self.form.set_values({"year": year, "standard": standard_of(year)})
        card = Card(_("Danh sách nào"), "household", holder)
        card.body.addWidget(self.form)
        line_of = QHBoxLayout()
        self.choose_button = button(_("Chọn tệp…"), self.choose, "open", "primary", card)
        line_of.addWidget(self.choose_button)
        line_of.addStretch(1)
        card.body.addLayout(line_of)
        box.addWidget(card)
        box.addStretch(1)
        return holder

    def _result(self) -> QWidget:
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        card = Card(_("Đã nhập danh sách"), "good", holder)
        self.told = label("", "lead", card, wrap=True)
        card.body.addWidget(self.told)
        foot = QHBoxLayout()
        self.rejects_button = button(_("Lưu các dòng bị loại…"), self.save_rejects, "export", "", card)
        self.list_button = button(
            _("Xem hộ chưa có ai vào nhóm"),
            lambda: self.desk.open_page("analysis", tab="actions", list="left_out"),
            "search",
            "primary",
            card,
        )
        self.again_button = button(_("Nhập danh sách khác"), self.begin, "import", "", card)
        for one in (self.list_button, self.rejects_button, self.again_button):
            foot.addWidget(one)
        foot.addStretch(1)
        card.body.addLayout(foot)
        box.addWidget(card)
        box.addStretch(1)
        return holder

    # -- what the window asks -----------------------------------------------------------------------

    def title(self) -> str:
        """Return the heading."""
        return _("Nhập danh sách hộ nghèo")

    def trail(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the analysis page."""
        return [(_("Phân tích"), lambda: self.desk.open_page("analysis"))]

    def open(self, path: str = "", **_args: Any) -> None:
        """Begin; `path` names a file."""
        if self.steps.currentIndex() == RESULT:
            self.begin()
        if path and self.desk.can_write:
            self.read(path)

    def can_leave(self, go: Callable[[], None]) -> bool:
        """Ask before decisions are lost."""
        if self.steps.currentIndex() not in (MAPPING, REVIEW) or self._busy:
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
            self.choose_button.setFocus()
        elif step == MAPPING and self.columns is not None:
            self.columns.choices[0].setFocus()
        elif step == REVIEW:
            self.review.view.grid.setFocus()

    # -- steps --------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start over."""
        self._path, self._sheet, self._seen = "", None, None
        self.review.seen = None
        self.review.decisions = {}
        self._say("")
        self._go(SOURCE)

    def choose(self) -> None:
        """Ask for the file."""
        if self.desk.can_write and self.form.collect() is not None:
            ask_open(
                self,
                self.desk,
                "import",
                _("Chọn danh sách hộ nghèo, cận nghèo"),
                _("Bảng tính và CSV (*.xlsx *.xls *.xlsb *.ods *.csv *.txt)"),
                self.read,
            )

    def read(self, path: str) -> None:
        """Read a file, off the window."""
        self._path = path
        self._busy = True

        def came(sheet: Sheet) -> None:
            self._sheet = sheet
            self.desk.ask(
                lambda book: mapping_for(book, sheet.headings), self._mapped, self._failed, owner=self
            )

        self.desk.work(
            lambda _progress: read_table(path),
            came,
            self._failed,
            self,
            title=_("Đang đọc tệp…"),
            can_cancel=False,
        )

    def _mapped(self, mapping: Any) -> None:
        assert self._sheet is not None
        self._busy = False
        fields = [(field, field.label) for field in ListField]
        self.columns = ColumnMapping(self._sheet, mapping, fields)
        self.area.setWidget(self.columns)
        for before, after in pairwise((self.choose_button, *self.columns.choices)):
            QWidget.setTabOrder(before, after)  # made last, they would come after the buttons below them
        self._go(MAPPING)

    def _options(self) -> ListOptions | None:
        values = self.form.collect()
        if values is None:
            return None
        return ListOptions(
            today=self.desk.today(),
            year=values["year"],
            standard=values["standard"],
            decision=values["decision"] or "",
            commune_code=values["commune"] or "",
            status=values["status"],
        )

    def _look(self) -> None:
        options, sheet = self._options(), self._sheet
        if options is None or sheet is None or self.columns is None:
            self._go(SOURCE)
            return
        mapping = self.columns.mapping()
        self._busy = True

        def job(book: Any, _act: Act, progress: Progress) -> ListPreview:
            return preview(book, sheet, mapping, options, progress)

        self.desk.work_on_book(job, self._seen_all, self._failed, self, title=_("Đang tìm hộ của từng dòng…"))

    def _seen_all(self, seen: ListPreview) -> None:
        self._busy = False
        if seen.problems:
            self._say("\n".join(problem.message for problem in seen.problems))
            return
        self._say("")
        self._seen = seen
        self.review.show_preview(seen)
        self._go(REVIEW)

    def run(self) -> None:
        """Keep the list, all or nothing."""
        seen, decisions = self._seen, dict(self.review.decisions)
        if seen is None or self._busy or not self.desk.can_write:
            return
        self._busy = True
        self._refresh()

        def job(book: Any, act: Act, progress: Progress) -> Outcome[ListResult]:
            return keep(book, seen, decisions, act, progress)

        self.desk.work_on_book(job, self._done, self._not_done, self, title=_("Đang nhập danh sách…"))

    def _done(self, result: ListResult) -> None:
        self._busy = False
        self.told.setText(
            _("{matched} hộ có sẵn, {founded} hộ mới lập; {left} dòng bị loại.").format(
                matched=show_number(result.matched),
                founded=show_number(result.founded),
                left=show_number(result.left_out),
            )
        )
        self.rejects_button.setVisible(result.left_out > 0)
        self._go(RESULT)

    def _not_done(self, error: Exception) -> None:
        self._busy = False
        self._refresh()
        if isinstance(error, Refusal):
            shown = [problem.message for problem in error.problems[:6]]
            self._say("\n".join([_("Chưa nhập dòng nào."), *shown]))
            if any(problem.code == "changed" for problem in error.problems):
                self._look()

    def save_rejects(self) -> None:
        """Ask where to save the lines that were left out."""
        ask_save(
            self,
            self.desk,
            "imports",
            _("Lưu các dòng bị loại"),
            _("{name} - dong bi loai.xlsx").format(name=Path(self._path).stem),
            _("Bảng tính Excel (*.xlsx)"),
            self.save_rejects_to,
        )

    def save_rejects_to(self, path: str) -> None:
        """Write the lines that were left out, off the window."""
        seen, decisions = self._seen, dict(self.review.decisions)
        if seen is None:
            return

        def saved(count: int) -> None:
            self.desk.say(
                ngettext("Đã lưu {n} dòng vào {path}.", "Đã lưu {n} dòng vào {path}.", count).format(
                    n=show_number(count), path=path
                ),
                "good",
            )

        self.desk.aside(lambda: write_rejects(path, seen, decisions), saved, owner=self)

    def go_next(self) -> None:
        """Go one step on."""
        step = self.steps.currentIndex()
        if self._busy or not self.next_button.isEnabled():
            return
        if step == MAPPING:
            self._look()
        elif step == REVIEW:
            self.run()

    def back(self) -> None:
        """Go one step back."""
        step = self.steps.currentIndex()
        if not self._busy and step in (MAPPING, REVIEW):
            self._say("")
            self._go(step - 1)

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        names = (_("Chọn tệp"), _("Ghép cột"), _("Xem lại từng hộ"), _("Xong"))
        self.step_line.setText(
            _("Bước {n}/{all}: {name}").format(n=step + 1, all=len(names), name=names[step])
        )
        self._refresh()
        self.focus_first()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _failed(self, _error: Exception) -> None:
        self._busy = False
        self._refresh()

    def _refresh(self) -> None:
        step = self.steps.currentIndex()
        self.back_button.setVisible(step in (MAPPING, REVIEW))
        self.next_button.setVisible(step in (MAPPING, REVIEW))
        self.choose_button.setEnabled(self.desk.can_write)
        if step == MAPPING:
            self.next_button.setText(_("Xem từng hộ"))
            self.next_button.setEnabled(not self._busy)
            self.next_button.setToolTip("Ctrl+Enter")
        elif step == REVIEW and self._seen is not None:
            counts = self._seen.count(self.review.decisions)
            kept = counts.get("accept", 0) + counts.get("new", 0)
            waiting = counts.get("undecided", 0)
            self.next_button.setText(ngettext("Nhập {n} hộ", "Nhập {n} hộ", kept).format(n=show_number(kept)))
            self.next_button.setEnabled(not self._busy and kept > 0 and not waiting and self.desk.can_write)
            self.next_button.setToolTip(
                _("Còn {n} dòng cần quyết định.").format(n=show_number(waiting)) if waiting else "Ctrl+Enter"
            )
            self.next_button.setAccessibleDescription(self.next_button.toolTip())
        self.next_button.setMinimumWidth(px(120))


def _standard(version: str) -> str:
    names = {
        "2016": _("2016–2021"),
        "2022": _("2022–2026 (Nghị định 07/2021, 351/2025)"),
        "2027": _("2027–2030 (Nghị định 351/2025)"),
    }
    return names[version]
