"""Jobs, openings, people who seek work, placements: each deed in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.ids import LivelihoodId, MemberId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import (
    Accommodation,
    Answer,
    Employment,
    Evidence,
    JobKind,
    SeekerState,
    Skill,
)
from desktop.models.rules.livelihoods.jobs import DECENT, Term
from desktop.models.rules.livelihoods.standards import MOST_DAYS
from desktop.services import job_matching, jobs, placements
from desktop.services.acts import Act, Outcome
from desktop.services.job_matching import Match, Opening, OpeningRow, Seeker, SeekerRow
from desktop.services.jobs import JobRow, NewJob, Worker
from desktop.services.placements import CheckRow, PlacementRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from desktop.views.kit.pickers import AskingPicker, Find, person
from desktop.views.livelihoods.finders import find_livelihoods
from desktop.views.livelihoods.inputs import codes, hours, kinds
from desktop.views.people.finders import find_members
from resources.lang.messages import N_, _

Then = Callable[[Any], object]
_REGIONS = [(1, N_("Vùng I")), (2, N_("Vùng II")), (3, N_("Vùng III")), (4, N_("Vùng IV"))]
_WRITTEN = (JobKind.NEW, JobKind.IMPROVED, JobKind.SUSTAINED, JobKind.EXISTING)
_WORKED_OUT = ("pay", "hours", "age")


def _term_fields() -> list[Field | Section]:
    return [
        Field("since", N_("Từ ngày"), day(past=True), required=True),
        Field("days", N_("Số ngày làm trong năm"), number(0, MOST_DAYS), required=True),
        Field("minutes", N_("Số giờ mỗi ngày"), hours(), required=True),
        Field("months", N_("Số tháng làm trong năm"), number(1, 12), default=12),
        Field("pay", N_("Thu nhập mỗi tháng"), dong()),
        Field("evidence", N_("Bằng chứng"), choice(kinds(Evidence))),
    ]


def _term(values: dict[str, Any]) -> Term:
    return Term(
        values["since"],
        values["days"] or 0,
        values["minutes"] or 0,
        values["months"] or 12,
        values["pay"] or 0,
    )


def job_fields(desk: Desk, at_employer: bool) -> list[Field | Section]:
    """Return the fields of a job; `at_employer`: it belongs to no activity of the book."""
    answers = [
        (Answer.UNASKED, Answer.UNASKED.title),
        (Answer.YES, Answer.YES.title),
        (Answer.NO, Answer.NO.title),
    ]
    found: list[Field | Section] = [
        Field("member", N_("Người làm (thành viên)"), person(desk, find_members), span=2),
        Field("work", N_("Công việc"), line()),
        Field("person", N_("Hoặc họ tên người ngoài sổ"), line()),
        Field("sex", N_("Giới tính"), choice([(None, N_("Chưa rõ")), *((one, one.title) for one in Sex)])),
        Field("birth_year", N_("Năm sinh"), number(1900, 2100)),
    ]
    if at_employer:
        found.append(Field("employer", N_("Nơi làm việc"), line(), required=True, span=0))
    found += [
        Field("kind", N_("Loại việc làm"), choice([(one, one.title) for one in _WRITTEN])),
        Field("employment", N_("Hình thức"), choice(kinds(Employment))),
        Field("region", N_("Vùng lương tối thiểu"), choice(_REGIONS), default=4),
        *_term_fields(),
        Field("casual", N_("Làm công nhật"), check()),
        Field("indirect", N_("Việc làm gián tiếp (nơi bán, nơi mua)"), check()),
        Field("hazardous", N_("Việc nguy hiểm, độc hại"), check()),
        Section(N_("Việc làm bền vững"), N_("Lương so với mức tối thiểu, giờ mỗi tuần và tuổi do sổ tự tính.")),
    ]  # fmt: skip
    found += [
        Field(f"decent_{key}", title, choice(answers)) for key, title in DECENT if key not in _WORKED_OUT
    ]
    found.append(Field("note", N_("Ghi chú"), text(2), span=0))
    return found


def _job_from(values: dict[str, Any], livelihood: LivelihoodId | None) -> NewJob:
    return NewJob(
        Worker(values["member"], values["person"], values["sex"], values["birth_year"]),
        values["kind"],
        values["employment"],
        _term(values),
        livelihood,
        values.get("employer", ""),
        values["work"],
        casual=values["casual"],
        direct=not values["indirect"],
        hazardous=values["hazardous"],
        region=values["region"],
        evidence=values["evidence"],
        decent={
            key: values[f"decent_{key}"]
            for key, _title in DECENT
            if f"decent_{key}" in values and values[f"decent_{key}"] not in (None, Answer.UNASKED)
        },
        note=values["note"],
    )


def new_job(
    desk: Desk, livelihood: LivelihoodId | None, then: Then, parent: QWidget, member: Find | None = None
) -> FormDialog:
    """Return the dialog that writes a job down: in an activity, or at an employer."""
    usual = {
        "member": member, "kind": JobKind.NEW, "employment": Employment.SELF if livelihood else Employment.WAGE_CONTRACT,
        "evidence": Evidence.DECLARED, "since": desk.today(), "months": 12, "region": 4,
    }  # fmt: skip
    return FormDialog(
        desk,
        _("Việc làm mới"),
        job_fields(desk, livelihood is None),
        lambda book, typed, act: jobs.add(book, _job_from(typed, livelihood), act),
        then,
        values=usual,
        columns=3,
        width=880,
        save_text=_("Ghi việc làm"),
        parent=parent,
    )


def edit_job(desk: Desk, row: JobRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that mends what is written of a job."""
    kind = row.change.job.kind
    values: dict[str, Any] = {
        "member": None if row.member is None else Find(row.member, row.name),
        "person": "" if row.member is not None else row.name,
        "sex": None if row.member is not None else row.sex,
        "birth_year": None if row.member is not None else row.birth_year,
        "employer": row.employer, "work": row.work, "kind": kind, "employment": row.employment, "region": row.region,
        "since": row.term.since, "days": row.term.days, "minutes": row.term.minutes, "months": row.term.months,
        "pay": row.term.pay or None, "evidence": row.evidence, "casual": row.casual, "indirect": not row.direct,
        "hazardous": row.hazardous, "note": row.note,
        **{f"decent_{key}": row.answers.get(key, Answer.UNASKED) for key, _title in DECENT},
    }  # fmt: skip
    return FormDialog(
        desk,
        _("Sửa việc làm của {name}").format(name=row.name),
        job_fields(desk, row.livelihood is None),
        lambda book, typed, act: jobs.change(
            book, row.id, row.version, _job_from(typed, row.livelihood), act
        ),
        then,
        values=values,
        intro=_("Đổi ngày công hay thu nhập từ một ngày khác thì dùng “Việc làm đổi…”."),
        columns=3,
        width=880,
        parent=parent,
    )


def new_term(desk: Desk, row: JobRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down other days, hours or pay from a day on."""
    term = row.term
    return FormDialog(
        desk,
        _("Việc làm đổi: {name}").format(name=row.name),
        _term_fields(),
        lambda book, typed, act: jobs.new_term(book, row.id, _term(typed), typed["evidence"], act),
        then,
        values={
            "since": desk.today(), "days": term.days, "minutes": term.minutes, "months": term.months,
            "pay": term.pay or None, "evidence": row.evidence,
        },
        intro=_("Số liệu trước vẫn giữ. Thêm ngày công hoặc thu nhập thì việc làm được tính là cải thiện."),
        columns=3,
        parent=parent,
    )  # fmt: skip


def end_job(desk: Desk, row: JobRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down that a job is lost."""
    return FormDialog(
        desk,
        _("Kết thúc việc làm của {name}").format(name=row.name),
        [
            Field("day", N_("Từ ngày"), day(past=True), required=True),
            Field("reason", N_("Lý do"), text(2), required=True),
        ],
        lambda book, typed, act: jobs.end(book, row.id, typed["day"], typed["reason"], act),
        then,
        values={"day": desk.today()},
        save_text=_("Ghi mất việc"),
        parent=parent,
    )


def keep_opening(desk: Desk, row: OpeningRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of an opening, new or changed."""
    changing = None if row is None else (row.id, row.version)

    def activity(parent: QWidget) -> AskingPicker:
        made = AskingPicker(desk, find_livelihoods, parent)
        made.setPlaceholderText(_("Gõ tên sinh kế trong sổ, nếu có"))
        return made

    fields: list[Field | Section] = [
        Field("employer", N_("Nơi tuyển"), line(), required=True),
        Field("title", N_("Công việc"), line(), required=True),
        Field("place", N_("Địa điểm"), line()),
        Field("cooperative", N_("Là HTX, tổ hợp tác"), check()),
        Field("livelihood", N_("Sinh kế trong sổ"), activity, span=2),
        Field("places", N_("Số chỗ"), number(1, 1000), required=True, default=1),
        Field("employment", N_("Hình thức"), choice(kinds(Employment))),
        Field("region", N_("Vùng lương tối thiểu"), choice(_REGIONS)),
        Field("pay", N_("Thu nhập mỗi tháng"), dong()),
        Field("days", N_("Số ngày làm trong năm"), number(0, MOST_DAYS), required=True),
        Field("minutes", N_("Số giờ mỗi ngày"), hours(), required=True),
        Field("opened", N_("Tuyển từ ngày"), day(past=True), required=True),
        Field("closed", N_("Ngừng tuyển ngày"), day()),
        Field("contact", N_("Người liên hệ, điện thoại"), line()),
        Field("skills", N_("Cần biết làm"), codes(Skill, 3), span=0),
        Field("offers", N_("Nơi làm có thể điều chỉnh"), codes(Accommodation, 2), span=0),
        Field("note", N_("Ghi chú"), text(2), span=0),
    ]

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = {
            **typed,
            "pay": typed["pay"] or 0,
            "days": typed["days"] or 0,
            "minutes": typed["minutes"] or 0,
        }
        whole.pop("agreed", None)
        return job_matching.keep_opening(book, Opening(**whole), act, changing)

    if row is None:
        values: dict[str, Any] = {
            "places": 1, "employment": Employment.WAGE_CONTRACT, "region": 4, "days": 240, "minutes": 480,
            "opened": desk.today(),
        }  # fmt: skip
    else:
        values = {field.key: getattr(row.opening, field.key) for field in fields if isinstance(field, Field)}
        if row.opening.livelihood is not None:
            values["livelihood"] = Find(row.opening.livelihood, row.opening.employer)
    title = _("Chỗ làm mới") if row is None else _("Sửa chỗ làm {code}").format(code=row.code)
    return FormDialog(desk, title, fields, deed, then, values=values, columns=3, width=860, parent=parent)


def keep_seeker(desk: Desk, row: SeekerRow | None, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog of somebody who seeks work, new or changed."""
    version = None if row is None else row.version
    fields: list[Field | Section] = [
        Field("member", N_("Thành viên"), person(desk, find_members), required=True),
        Field("since", N_("Tìm việc từ ngày"), day(past=True), required=True),
        Field("income", N_("Thu nhập mỗi tháng hiện nay"), dong()),
        Field("state", N_("Tình trạng"), choice(kinds(SeekerState))),
        Field("wish", N_("Muốn làm việc gì"), line(), span=0),
        Field("skills", N_("Biết làm"), codes(Skill, 3), span=0),
        Field("needs", N_("Cần nơi làm điều chỉnh"), codes(Accommodation, 2), span=0, hint=N_("Ghi điều cần để làm được việc, không ghi chẩn đoán.")),
        Field("note", N_("Ghi chú"), text(2), span=0),
    ]  # fmt: skip

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        whole = {**typed, "income": typed["income"] or 0}
        whole.pop("agreed", None)
        return job_matching.keep_seeker(book, Seeker(**whole), act, version)

    values: dict[str, Any] = {"since": desk.today(), "state": SeekerState.SEEKING}
    if row is not None:
        values = {field.key: getattr(row.seeker, field.key) for field in fields if isinstance(field, Field)}
        values["member"] = Find(row.seeker.member, row.name)
    title = _("Người tìm việc") if row is None else _("Tìm việc: {name}").format(name=row.name)
    made = FormDialog(desk, title, fields, deed, then, values=values, columns=2, width=760, parent=parent)
    made.form.input("member").setEnabled(row is None)
    return made


def place(desk: Desk, match: Match, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down that somebody takes a place."""
    opening = match.opening
    missing = [one.title for one in match.unmet]
    intro = _("{name} vào làm {title} tại {employer}.").format(
        name=match.seeker.name, title=opening.opening.title, employer=opening.opening.employer
    )
    if missing:
        intro += " " + _("Cần nơi làm điều chỉnh: {needs}.").format(needs=", ".join(missing))
    return FormDialog(
        desk,
        _("Ghi có việc làm"),
        [
            Field("day", N_("Ngày vào làm"), day(past=True), required=True),
            Field("pay", N_("Thu nhập mỗi tháng"), dong(), required=True),
            Field("note", N_("Ghi chú"), text(2)),
        ],
        lambda book, typed, act: placements.place(
            book,
            opening.id,
            MemberId(match.seeker.seeker.member),
            typed["day"],
            typed["pay"],
            typed["note"],
            act,
        ),
        then,
        values={"day": desk.today(), "pay": opening.opening.pay or None},
        intro=intro,
        parent=parent,
    )


def check_placement(desk: Desk, row: PlacementRow, then: Then, parent: QWidget) -> FormDialog:
    """Return the dialog that writes down how a placement goes."""

    def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
        answer = CheckRow(
            typed["day"], typed["working"], typed["pay"] or 0, typed["accommodated"], typed["note"]
        )
        return placements.check_placement(book, row.id, answer, act)

    return FormDialog(
        desk,
        _("Hỏi lại {name}").format(name=row.name),
        [
            Field("day", N_("Ngày hỏi"), day(past=True), required=True),
            Field("working", N_("Còn làm ở đó"), check()),
            Field("pay", N_("Thu nhập mỗi tháng"), dong()),
            Field("accommodated", N_("Nơi làm đã điều chỉnh như cần"), check()),
            Field("note", N_("Ghi chú"), text(2), hint=N_("Nếu đã nghỉ: ghi vì sao")),
        ],
        deed,
        then,
        values={"day": desk.today(), "working": True},
        parent=parent,
    )
