"""The course set of a model: ticks for the courses of the book, lines for others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.rules.replication import CoursePart
from desktop.views.kit.blocks import Wrap, label
from desktop.views.kit.inputs import CheckBox, TextEdit
from desktop.views.kit.theme import space
from resources.lang.messages import _

_HOUR = 60


class CoursesEdit(QWidget):
    """Its value is a tuple of `CoursePart`: the ticked ones, then those typed ("code; title; hours; modules")."""

    changed = Signal()
    noted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(space(2))
        self.ticks: list[tuple[CheckBox, CoursePart]] = []
        self._wrap = Wrap(300, 2, self, gap=1)
        box.addWidget(self._wrap)
        hint = label(
            _("Khóa khác, mỗi dòng một khóa: mã; tên; số giờ; mô-đun, mô-đun"), "small", self, wrap=True
        )
        box.addWidget(hint)
        self.typed = TextEdit(self, 2)
        self.typed.setAccessibleName(_("Khóa học khác, mỗi dòng một khóa"))
        hint.setBuddy(self.typed)
        self.typed.changed.connect(self.changed)
        box.addWidget(self.typed)
        self.setFocusProxy(self.typed)

    def offer(self, courses: Sequence[CoursePart]) -> None:
        """Offer the courses of the book, none ticked."""
        for course in courses:
            hours = f"{course.minutes / _HOUR:g}".replace(".", ",")
            tick = CheckBox(_("{title} ({hours} giờ)").format(title=course.title, hours=hours), self)
            tick.changed.connect(self.changed)
            self.ticks.append((tick, course))
            self._wrap.add(tick)
        if self.ticks:
            self.setFocusProxy(self.ticks[0][0])

    def value(self) -> tuple[CoursePart, ...]:
        """Return the courses chosen; lines that say nothing are left out, those that cannot be read too."""
        ticked = [course for tick, course in self.ticks if tick.value()]
        return (*ticked, *(course for course in map(_read, self._lines()) if course is not None))

    def set_value(self, value: Sequence[CoursePart] | None) -> None:
        """Tick the courses named; those that the book does not have are shown as lines."""
        codes = {course.code for course in value or ()}
        known = set()
        for tick, course in self.ticks:
            tick.set_value(course.code in codes)
            known.add(course.code)
        rest = [course for course in value or () if course.code not in known]
        self.typed.set_value("\n".join(_line(course) for course in rest))

    def problem(self) -> str:
        """Return which line cannot be read."""
        for line in self._lines():
            if _read(line) is None:
                text = _("Dòng “{line}” cần có mã; tên; số giờ, ví dụ: KT01; Nuôi vịt; 12")
                return text.format(line=line[:40])
        return ""

    def set_state(self, state: str) -> None:
        """Frame the lines as "bad", "warn" or ""."""
        self.typed.set_state(state)

    def _lines(self) -> list[str]:
        return [line.strip() for line in self.typed.value().splitlines() if line.strip()]


def _line(course: CoursePart) -> str:
    hours = f"{course.minutes / _HOUR:g}".replace(".", ",")
    parts = [course.code, course.title, hours, ", ".join(course.modules)]
    return "; ".join(part for part in parts if part)


def _read(line: str) -> CoursePart | None:
    """Return the course that a line says, None when it says none."""
    parts = [part.strip() for part in line.split(";")]
    if not 3 <= len(parts) <= 4 or not parts[0] or not parts[1]:
        return None
    whole, _comma, part = parts[2].replace(",", ".").partition(".")
    if not whole.isdigit() or (part and not part.isdigit()) or len(whole) > 4 or len(part) > 2:
        return None
    minutes = round(float(f"{whole}.{part or 0}") * _HOUR)
    modules = tuple(one.strip() for one in parts[3].split(",") if one.strip()) if len(parts) == 4 else ()
    return CoursePart(parts[0].upper(), parts[1], minutes, modules) if minutes else None
