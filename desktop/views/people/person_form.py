"""A person's form: its fields, and the way between what is typed and what is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.models.kinds import Sex
from desktop.models.problems import Problem, Refusal
from desktop.models.rules.people import Person
from desktop.views.kit import inputs, pickers
from desktop.views.kit.form import Field, Section
from desktop.views.kit.pickers import Find
from desktop.views.people.person_inputs import BirthEdit, NameEdit
from resources.lang.messages import N_
from resources.lang.names import split_name
from resources.people import ethnic_groups

_FIELDS = {"family": "name", "middle": "name", "given": "name", "birth_date": "birth", "birth_year": "birth"}
"""The fields of the rules that this form shows under another name."""


def sexes() -> list[tuple[Sex | None, str]]:
    """Return the choices of sex, beginning with none chosen."""
    return [(None, "–"), *((sex, sex.title) for sex in Sex)]


def _ethnics() -> list[Find]:
    return [Find(group.code, group.name, ", ".join(group.other_names)) for group in ethnic_groups()]


def person_fields() -> list[Field | Section]:
    """Return the fields of a person that everybody asks for."""
    return [
        Field("name", N_("Họ và tên"), NameEdit, required=True, span=2),
        Field("sex", N_("Giới tính"), inputs.choice(sexes), required=True),
        Field("birth", N_("Năm sinh hoặc ngày sinh"), BirthEdit),
        Field("citizen_number", N_("Số định danh (CCCD)"), inputs.line(N_("12 chữ số"), 20)),
        Field("phone", N_("Điện thoại"), inputs.line(length=30)),
        Field("code", N_("Mã thành viên"), inputs.line(length=24), required=True),
        Field("ethnic_code", N_("Dân tộc"), pickers.pick(_ethnics)),
    ]


def more_fields() -> list[Field | Section]:
    """Return the fields of a person that are seldom asked for."""
    return [
        Field("joined", N_("Ngày tham gia"), inputs.day()),
        Field("old_paper", N_("Giấy tờ cũ (CMND)"), inputs.line(length=60)),
        Field(
            "sort_name",
            N_("Xếp danh sách theo tên"),
            inputs.line(length=40),
            hint=N_("Chỉ khi khác chữ cuối của họ tên"),
        ),
        Field("large_print", N_("In giấy tờ bằng chữ lớn"), inputs.check()),
        Field("note", N_("Ghi chú"), inputs.text(2), span=0),
    ]


def person_from(values: dict[str, Any], before: Person | None = None) -> Person:
    """Return the person that a form's values mean. Of an unchanged name the parts stay as they were kept."""
    name = values["name"]
    parts = split_name(name)
    if before is not None and name == before.full_name:
        parts = (before.family, before.middle, before.given)
    born = values["birth"]
    known: dict[str, Any] = {
        key: values[key]
        for key in ("sex", "citizen_number", "phone", "ethnic_code", "joined", "old_paper", "sort_name")
        if key in values
    }
    known |= {key: values[key] for key in ("large_print", "note") if key in values}
    return replace(
        before or Person(),
        family=parts[0],
        middle=parts[1],
        given=parts[2],
        birth_date=born if isinstance(born, date) else None,
        birth_year=born.year if isinstance(born, date) else born,
        **known,
    )


def person_values(person: Person) -> dict[str, Any]:
    """Return what a form shows of a person."""
    keys = ("sex", "citizen_number", "phone", "ethnic_code", "joined", "old_paper", "sort_name")
    return {
        "name": person.full_name,
        "birth": person.birth_date or person.birth_year,
        **{key: getattr(person, key) for key in keys},
        "large_print": person.large_print,
        "note": person.note,
    }


def at_fields(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems of the rules at the fields of this form."""
    return [replace(problem, field=_FIELDS.get(problem.field, problem.field)) for problem in problems]


def refusal_at_fields(error: Exception) -> Exception:
    """Return a refusal with its problems at the fields of this form; other errors as they are."""
    return Refusal(at_fields(error.problems)) if isinstance(error, Refusal) else error


def worth_showing(problems: Iterable[Problem], values: dict[str, Any]) -> list[Problem]:
    """Return the problems, already at the form's fields, of those that are filled in: for a check while typing."""
    return [problem for problem in at_fields(problems) if values.get(problem.field) not in (None, "")]
