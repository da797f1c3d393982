"""Working models: a way of working that others can take over. What one holds, what is wrong with one, when it runs.

A model is a template of a group with the courses its members took, a checklist for whoever adopts it, and what it cost
a household. It travels in a sealed file, like a template: no member and no money of the group is in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from desktop.models.problems import Problem, Refusal
from desktop.models.rules import sealed
from desktop.models.rules.charter import lines_of
from desktop.models.rules.plain import BadText, from_plain, to_plain
from desktop.models.rules.templates import (
    NOWHERE,
    BadTemplate,
    Origin,
    Template,
    check_template,
    read_template,
)
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG
from resources.lang.messages import N_, _

SEAL = sealed.Seal("sonhom-working-model", 1)
RUNS_FOR = timedelta(days=60)
"""A place runs the model when its group held a meeting within so many days (as for active groups, NH01)."""

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
LONGEST_TEXT = 4_000
USUAL_CHECKLIST = (
    N_("Họp dân, giới thiệu mô hình và lấy ý kiến"),
    N_("Chính quyền cấp xã đồng ý bằng văn bản"),
    N_("Bầu ban quản lý và giao chức vụ"),
    N_("Thông qua quy chế, mọi thành viên ký"),
    N_("Tập huấn ban quản lý ghi sổ"),
    N_("Họp kỳ đầu, ghi sổ và kiểm quỹ"),
)
"""What a checklist is proposed to say; free to change."""


@dataclass(frozen=True, slots=True)
class CoursePart:
    """A course of the set: its code, title, minutes in all, and the codes of its modules."""

    code: str
    title: str
    minutes: int
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing to be done by whoever adopts the model; `code` is unique within the model."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class HouseholdCost:
    """What the model cost one household, in đồng, and how that was worked out.

    `households` is over how many the total was divided; 0 where it was not counted. `basis` says what is in it.
    """

    amount: int = 0
    households: int = 0
    basis: str = ""


NO_COST = HouseholdCost()


@dataclass(frozen=True, slots=True)
class Model:
    """A working model. `version` counts what became of the same `code`; `lessons` is one a line."""

    code: str
    version: int
    title: str
    description: str
    template: Template
    courses: tuple[CoursePart, ...] = ()
    checklist: tuple[CheckItem, ...] = ()
    cost: HouseholdCost = NO_COST
    lessons: str = ""
    origin: Origin = NOWHERE

    @property
    def minutes(self) -> int:
        """Return the minutes of all courses of the set."""
        return sum(course.minutes for course in self.courses)


def checklist_from(text: str) -> tuple[CheckItem, ...]:
    """Return a checklist typed one item a line; items are numbered in their order."""
    return tuple(CheckItem(f"V{place:02d}", line) for place, line in enumerate(lines_of(text), 1))


def checklist_text(items: tuple[CheckItem, ...]) -> str:
    """Return a checklist as it is typed."""
    return "\n".join(item.text for item in items)


def check_model(model: Model) -> list[Problem]:
    """Return what is wrong with a model before it is kept or carried; fields are those of the form."""
    found = []
    if not _CODE.fullmatch(model.code):
        text = _("Mã mô hình gồm chữ hoa không dấu, số, gạch nối; nhiều nhất 20 chữ, ví dụ MH-VSLA-01.")
        found.append(Problem.stop("code", "code", text))
    if model.version < 1:
        found.append(Problem.stop("version", "version", _("Bản của mô hình là số từ 1.")))
    if not model.title.strip():
        found.append(Problem.stop("title", "title", _("Hãy nhập tên mô hình.")))
    if not model.description.strip():
        text = _("Hãy mô tả mô hình: dành cho ai, làm gì, được gì.")
        found.append(Problem.stop("description", "description", text))
    for field in ("description", "lessons"):
        if len(getattr(model, field)) > LONGEST_TEXT:
            text = _("Văn bản dài quá {count} chữ.").format(count=LONGEST_TEXT)
            found.append(Problem.stop("text-long", field, text))
    if not model.checklist:
        text = _("Hãy ghi ít nhất một việc phải làm khi áp dụng, mỗi việc một dòng.")
        found.append(Problem.stop("checklist", "checklist", text))
    codes = [item.code for item in model.checklist]
    if len(codes) != len(set(codes)) or any(not item.text.strip() for item in model.checklist):
        found.append(Problem.stop("checklist", "checklist", _("Các việc phải làm trùng mã hoặc để trống.")))
    if any(course.minutes <= 0 or not course.code.strip() for course in model.courses):
        found.append(Problem.stop("courses", "courses", _("Khóa học thiếu mã hoặc số giờ.")))
    return [*found, *_check_cost(model.cost), *check_template(model.template)]


def _check_cost(cost: HouseholdCost) -> list[Problem]:
    if not 0 <= cost.amount <= MAX_DONG or cost.households < 0:
        text = _("Chi phí mỗi hộ phải từ 0 đồng.")
        return [Problem.stop("cost", "cost", text)]
    if cost.amount and not cost.basis.strip():
        text = _("Hãy ghi chi phí này tính từ những khoản nào.")
        return [Problem.stop("cost-basis", "cost_basis", text)]
    return []


# -- reading and writing ---------------------------------------------------------------------------


def write_model(model: Model) -> dict[str, Any]:
    """Return a model as the content of a file."""
    content: dict[str, Any] = to_plain(model)
    return content


def read_model(raw: object) -> Model:
    """Return the model of a file's content. Raises BadTemplate."""
    if not isinstance(raw, Mapping):
        raise BadTemplate(_("Mô hình phải là một bảng các khoản."))
    strange = sorted(set(raw) - {field.name for field in fields(Model)})
    if strange:
        raise BadTemplate(_("Mô hình có khoản lạ: {names}.").format(names=", ".join(map(str, strange))))
    read_template(raw.get("template"))
    try:
        model = from_plain(Model, raw)
    except (BadText, ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as error:
        raise BadTemplate(_("Mô hình có chỗ không đọc được ({what}).").format(what=error)) from error
    problems = check_model(model)
    if problems:
        raise BadTemplate(" ".join(problem.message for problem in problems))
    assert isinstance(model, Model)
    return model


def open_model(data: bytes) -> tuple[Model, str]:
    """Return the model of a travelling file, and its seal. Raises Refusal (field "file")."""
    opened = sealed.open_file(SEAL, data)
    try:
        return read_model(opened.content), opened.sha256
    except BadTemplate as error:
        raise Refusal([Problem.stop("model", "file", str(error))]) from error


# -- adoption --------------------------------------------------------------------------------------


class AdoptionState(StrEnum):
    """Where a place stands with a model it adopted."""

    BEGUN = "begun"
    RUNS = "runs"
    IDLE = "idle"
    ENDED = "ended"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name in the language in use."""
        return _(_STATES[self])


_STATES = {
    AdoptionState.BEGUN: N_("Đang chuẩn bị"),
    AdoptionState.RUNS: N_("Đang chạy"),
    AdoptionState.IDLE: N_("Ngừng họp"),
    AdoptionState.ENDED: N_("Đã thôi áp dụng"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules must know of a place on a day: its checklist, the last meeting of its group, transfers."""

    adopted_on: date
    done: int
    items: int
    last_meeting: date | None
    with_transfer: bool
    ended_on: date | None = None

    def state(self, day: date) -> AdoptionState:
        """Return where the place stands on a day."""
        if self.ended_on is not None and self.ended_on <= day:
            return AdoptionState.ENDED
        met = self.last_meeting is not None and self.last_meeting >= self.adopted_on
        if self.done < self.items or not met:
            return AdoptionState.BEGUN
        assert self.last_meeting is not None
        return AdoptionState.RUNS if self.last_meeting >= day - RUNS_FOR else AdoptionState.IDLE

    def replicated(self, day: date) -> bool:
        """Tell whether the place counts for BV08: it runs, and no project gave money or things for it."""
        return self.state(day) is AdoptionState.RUNS and not self.with_transfer


def check_adoption(
    adopted_on: date,
    today: date,
    *,
    has_place: bool,
    own_group: bool,
    with_transfer: bool,
    transfer_note: str,
) -> list[Problem]:
    """Return what is wrong with adopting a model; fields are those of the form."""
    found = []
    if not has_place:
        text = _("Hãy chọn nhóm hoặc xã áp dụng mô hình.")
        found.append(Problem.stop("place", "group", text))
    if own_group:
        text = _("Nhóm này là nơi lập ra mô hình; hãy chọn nhóm khác.")
        found.append(Problem.stop("own-group", "group", text))
    if adopted_on > today:
        found.append(Problem.stop("adopted-future", "adopted_on", _("Ngày áp dụng chưa tới.")))
    if with_transfer and not transfer_note.strip():
        text = _("Hãy ghi dự án đã hỗ trợ gì: tiền, hiện vật, bao nhiêu.")
        found.append(Problem.stop("transfer", "transfer_note", text))
    return found


def check_step(done_on: date | None, adopted_on: date, today: date) -> list[Problem]:
    """Return what is wrong with the day on which an item of the checklist was done."""
    if done_on is None:
        return []
    if done_on > today:
        return [Problem.stop("done-future", "done_on", _("Ngày làm xong chưa tới."))]
    if done_on < adopted_on:
        text = _("Mô hình được áp dụng từ ngày {day}; việc này không thể xong trước đó.")
        return [Problem.stop("done-early", "done_on", text.format(day=show_day(adopted_on)))]
    return []
