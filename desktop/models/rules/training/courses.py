"""A course as data: its modules with their hours, how it is passed, whether a certificate is given."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.problems import Problem
from resources.lang.messages import _, language

HOUR = 60
MOST_COURSE_HOURS = 400
MOST_POINTS = 1000
"""The highest maximum of a test, in tenths: 100 points."""


@dataclass(frozen=True, slots=True)
class Module:
    """A part of a course that is counted by itself: its code and its minutes."""

    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Course:
    """A course. Points are in tenths; `plan_counts`: a plan that was handed in stands for the test.

    `offered` is False from the day on which it is taught no more.
    """

    code: str
    title: str
    title_en: str = ""
    modules: tuple[Module, ...] = ()
    tested: bool = True
    most: int = 100
    pass_mark: int = 50
    plan_counts: bool = False
    certified: bool = True
    offered: bool = True
    note: str = ""

    @property
    def minutes(self) -> int:
        """Return the minutes of the whole course."""
        return sum(module.minutes for module in self.modules)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of its modules."""
        return tuple(module.code for module in self.modules)

    @property
    def shown(self) -> str:
        """Return its name in the language in use."""
        return self.title_en if language() == "en" and self.title_en else self.title


def check_course(course: Course) -> list[Problem]:
    """Return what is wrong with a course, each problem at its field."""
    found = []
    if not course.code.strip() or len(course.code) > 12 or not course.code.isalnum():
        text = _("Mã khóa học gồm 1 đến 12 chữ và số, ví dụ KTSX2.")
        found.append(Problem.stop("code", "code", text))
    if not course.title.strip():
        found.append(Problem.stop("missing", "title", _("Cần đặt tên khóa học.")))
    if not course.modules:
        text = _("Cần ít nhất một mô-đun và số giờ của nó.")
        found.append(Problem.stop("modules", "modules", text))
    if any(module.minutes <= 0 for module in course.modules):
        found.append(Problem.stop("hours", "modules", _("Số giờ của mỗi mô-đun phải lớn hơn 0.")))
    elif course.minutes > MOST_COURSE_HOURS * HOUR:
        text = _("Một khóa học không quá {most} giờ.").format(most=MOST_COURSE_HOURS)
        found.append(Problem.stop("hours", "modules", text))
    if len(set(course.codes)) != len(course.codes):
        found.append(Problem.stop("twice", "modules", _("Một mô-đun chỉ ghi một lần trong khóa học.")))
    if not course.tested and not course.plan_counts:
        text = _("Hoàn thành khóa học cần bài kiểm tra hoặc kế hoạch: hãy chọn ít nhất một.")
        found.append(Problem.stop("proof", "tested", text))
    return found + (_check_points(course) if course.tested else [])


def _check_points(course: Course) -> list[Problem]:
    if not 10 <= course.most <= MOST_POINTS:
        return [Problem.stop("points", "most", _("Điểm tối đa phải từ 1 đến 100."))]
    if not 0 < course.pass_mark <= course.most:
        return [Problem.stop("points", "pass_mark", _("Điểm đạt phải lớn hơn 0 và không quá điểm tối đa."))]
    return []
