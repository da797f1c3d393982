"""Forms filled in about people, households, groups and other records: dated, scored, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.models.ids import AssessmentId, new_uid
from desktop.models.inclusion_kinds import Purpose, SeenHow
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Assessment, FormFile, Member
from desktop.models.rules import forms, people
from desktop.models.rules.categories import age_on
from desktop.models.rules.forms import BadForm, Form, Score
from desktop.services import consents, sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.attachments import Subject
from desktop.services.erasing import refuse_erased
from desktop.store.book import Book
from desktop.store.trail import LOGGED, canonical
from resources.forms import shipped
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class RecordAssessment:
    """A form filled in: `answers` by question id; `supersedes` is the earlier row that this corrects, with a reason.

    `respondent` says who answered when it was not the person themselves.
    """

    form: str
    subject: Subject
    day: date
    answers: Mapping[str, Any]
    asked_by: str = ""
    respondent: str = ""
    supersedes: AssessmentId | None = None
    reason: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment as lists show it: `scores` as computed, `answers` as kept; `in_force` when nothing corrects it."""

    id: AssessmentId
    uid: bytes
    form: str
    version: str
    title: str
    day: date
    asked_by: str
    respondent: str
    answers: Mapping[str, Any]
    scores: tuple[Score, ...]
    in_force: bool
    reason: str
    erased: bool
    at: datetime
    by: str

    @property
    def summary(self) -> str:
        """Return the first figure in words."""
        return next((f"{score.title}: {score.shown}" for score in self.scores), "")


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form that can be filled in. `locked` says why not of this subject, "" when it can."""

    id: str
    version: str
    title: str
    questions: int
    sensitive: bool
    locked: str = ""
    added_by: str = field(default="")


# -- the forms -------------------------------------------------------------------------------------


@cache
def _shipped() -> dict[str, tuple[Form, str]]:
    found = {}
    for raw in shipped().values():
        form = forms.read_form(raw)
        found[form.id] = (form, canonical(raw))
    return found


def form_in(session: Session, key: str, version: str | None = None) -> Form:
    """Return a form: the version asked for, or the one now in use. Raises KeyError.

    A form loaded into the book goes before one of the same name that comes with the program.
    """
    query = select(FormFile.content).where(FormFile.form == key)
    if version is not None:
        query = query.where(FormFile.version == version)
    shipped_one = _shipped().get(key)
    if version is None and shipped_one is not None:
        return shipped_one[0]
    content = session.scalar(query.order_by(FormFile.id.desc()).limit(1))
    if content is not None:
        return forms.read_text(content)
    if shipped_one is None or version not in (None, shipped_one[0].version):
        raise KeyError(key)
    return shipped_one[0]


def form(book: Book, key: str, version: str | None = None) -> Form:
    """Return a form by its id; see `form_in`."""
    with book.read() as session:
        return form_in(session, key, version)


def form_rows(book: Book, subject: Subject) -> list[FormRow]:
    """Return the forms that may be filled in about a record, the shortest first; those locked come last and say why."""
    with book.read() as session:
        loaded = session.scalars(select(FormFile.form).distinct()).all()
        found = []
        for key in dict.fromkeys([*_shipped(), *loaded]):
            one = form_in(session, key)
            if subject.table not in one.subjects:
                continue
            why = ""
            if one.sensitive and not sight.sensitive_in(session):
                why = sight.no_right().message
            elif one.consent and subject.table == "members":
                member = session.scalars(select(Member).where(Member.uid == subject.uid)).one()
                problems = consents.require(session, member.id, Purpose(one.consent))
                why = problems[0].message if problems else ""
            count = sum(1 for _question in one.questions())
            found.append(FormRow(one.id, one.version, str(one.title), count, one.sensitive, why))
    return sorted(found, key=lambda row: (bool(row.locked), row.questions))


def load_form(book: Book, content: bytes, act: Act) -> Outcome[str]:
    """Keep a questionnaire or scorecard from a file in the book; return its id. Raises Refusal (field "file").

    A damaged file, or a scorecard whose points do not fit its table, is refused whole; nothing is kept.
    """
    try:
        read = forms.read_text(content)
    except BadForm as error:
        raise Refusal([Problem.stop("bad-form", "file", str(error))]) from error
    if read.id in _shipped():
        raise Refusal(
            [
                Problem.stop(
                    "shipped",
                    "file",
                    _("Mã “{form}” là của biểu mẫu có sẵn; hãy đổi mã trong tệp.").format(form=read.id),
                )
            ]
        )
    text = canonical(json.loads(content))
    with book.write(act) as session:
        kept = session.scalars(
            select(FormFile).where(FormFile.form == read.id, FormFile.version == read.version)
        ).one_or_none()
        if kept is not None and kept.content != text:
            raise Refusal(
                [
                    Problem.stop(
                        "same-version",
                        "file",
                        _("Sổ đã có bản này với nội dung khác; bản mới cần số bản mới."),
                    )
                ]
            )
        if kept is None:
            _keep(session, read, text, act)
    return Outcome(read.id, Changed.of(Topic.INCLUSION))


def _keep(session: Session, read: Form, text: str, act: Act) -> None:
    session.add(
        FormFile(
            uid=new_uid(), form=read.id, version=read.version, content=text, added_at=act.at, added_by=act.who
        )
    )


# -- deeds -----------------------------------------------------------------------------------------


def record(book: Book, command: RecordAssessment, act: Act) -> Outcome[AssessmentId]:
    """Keep a filled form with its figures. Raises Refusal with a problem at each question that is not right."""
    with book.write(act) as session:
        kept = record_in(session, command, act)
        return Outcome(kept, Changed.of(Topic.INCLUSION, Topic.MEMBERS, Topic.HOUSEHOLDS))


def record_in(session: Session, command: RecordAssessment, act: Act) -> AssessmentId:
    """Keep a filled form inside an open write; see `record`."""
    filled = form_in(session, command.form)
    checked = forms.check_answers(filled, command.answers)
    problems = [
        *_subject_problems(session, filled, command, act.today),
        *_correction_problems(session, command),
        *checked.problems,
    ]
    refuse_if_stopped(problems, agreed=command.agreed)
    known = session.scalar(
        select(FormFile.id).where(FormFile.form == filled.id, FormFile.version == filled.version)
    )
    if known is None:
        # The wording stays readable when the program brings a later version.
        _keep(session, filled, _shipped()[filled.id][1], act)
    row = Assessment(
        uid=new_uid(),
        form=filled.id,
        version=filled.version,
        subject=command.subject.table,
        subject_uid=command.subject.uid,
        day=command.day,
        asked_by=people.tidy(command.asked_by) or act.who,
        respondent=people.tidy(command.respondent),
        answers=canonical(checked.answers),
        results=canonical(forms.results_of(forms.evaluate(filled, checked.answers))),
        supersedes_id=command.supersedes,
        reason=people.tidy(command.reason),
        at=act.at,
        by=act.who,
    )
    session.add(row)
    session.flush()
    return AssessmentId(row.id)


def _subject_problems(
    session: Session, filled: Form, command: RecordAssessment, today: date
) -> list[Problem]:
    table, uid = command.subject.table, command.subject.uid
    if table not in filled.subjects:
        return [Problem.stop("other-subject", "form", _("Biểu mẫu này không dùng cho đối tượng này."))]
    if filled.sensitive and not sight.sensitive_in(session):
        return [sight.no_right()]
    problems = []
    if command.day > today:
        problems.append(Problem.stop("future", "day", _("Ngày đánh giá không thể ở tương lai.")))
    model: Any = LOGGED.get(table)
    found = None if model is None else session.scalars(select(model).where(model.uid == uid)).one_or_none()
    if found is None:
        return [Problem.stop("no-subject", "form", _("Không thấy đối tượng của phiếu trong sổ."))]
    if isinstance(found, Member):
        problems += _member_problems(session, filled, found, command.day)
    return problems


def _member_problems(session: Session, filled: Form, member: Member, day: date) -> list[Problem]:
    refuse_erased(session, member)
    problems: list[Problem] = []
    born = member.born
    first = born if isinstance(born, date) else None if born is None else date(born, 1, 1)
    if first is not None and day < first:
        problems.append(
            Problem.stop("before-birth", "day", _("Ngày đánh giá trước ngày sinh của người này."))
        )
    age = age_on(born, day)
    if age is not None and not problems:
        if filled.youngest is not None and age < filled.youngest:
            text = _("Biểu mẫu này không hỏi người dưới {age} tuổi.").format(age=filled.youngest)
            problems.append(Problem.stop("too-young", "day", text))
        if filled.oldest is not None and age > filled.oldest:
            text = _("Biểu mẫu này không hỏi người trên {age} tuổi.").format(age=filled.oldest)
            problems.append(Problem.stop("too-old", "day", text))
    if filled.consent:
        problems += consents.require(session, member.id, Purpose(filled.consent), "form")
    return problems


def _correction_problems(session: Session, command: RecordAssessment) -> list[Problem]:
    if command.supersedes is None:
        return []
    earlier = session.get_one(Assessment, command.supersedes)
    problems = []
    if not command.reason.strip():
        problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do sửa phiếu.")))
    if (earlier.form, earlier.subject_uid) != (command.form, command.subject.uid):
        problems.append(Problem.stop("other-form", "form", _("Phiếu sửa phải cùng biểu mẫu, cùng người.")))
    later = session.scalar(select(Assessment.id).where(Assessment.supersedes_id == earlier.id))
    if later is not None:
        problems.append(Problem.stop("corrected", "form", _("Phiếu này đã được sửa bằng một phiếu sau.")))
    return problems


# -- questions -------------------------------------------------------------------------------------


def history(book: Book, subject: Subject, key: str | None = None) -> list[AssessmentRow]:
    """Return what was filled in about a record, the latest first; sensitive forms only for those who may see them.

    Reading sensitive answers is written down in a book with users.
    """
    with book.read() as session:
        rows = history_in(session, subject, key)
        sensitive = any(form_in(session, row.form, row.version).sensitive for row in rows)
    if sensitive:
        sight.note(book, SeenHow.SEEN, "inclusion", [(subject.table, subject.uid)])
    return rows


def history_in(session: Session, subject: Subject, key: str | None = None) -> list[AssessmentRow]:
    """Return what was filled in about a record inside an open session."""
    query = select(Assessment).where(Assessment.subject_uid == subject.uid)
    if key is not None:
        query = query.where(Assessment.form == key)
    records = session.scalars(query.order_by(Assessment.day.desc(), Assessment.id.desc())).all()
    corrected = {row.supersedes_id for row in records}
    allowed = sight.sensitive_in(session)
    found = []
    for row in records:
        filled = form_in(session, row.form, row.version)
        if allowed or not filled.sensitive:
            found.append(_row(filled, row, row.id not in corrected))
    return found


def get(book: Book, assessment: AssessmentId) -> tuple[Form, AssessmentRow]:
    """Return one assessment with its form. Raises Refusal when the user may not see it."""
    with book.read() as session:
        row = session.get_one(Assessment, assessment)
        filled = form_in(session, row.form, row.version)
        if filled.sensitive and not sight.sensitive_in(session):
            raise Refusal([sight.no_right()])
        later = session.scalar(select(Assessment.id).where(Assessment.supersedes_id == row.id))
        found = _row(filled, row, later is None)
        subject = (row.subject, row.subject_uid)
    if filled.sensitive:
        sight.note(book, SeenHow.SEEN, "assessment", [subject])
    return filled, found


def _row(filled: Form, row: Assessment, in_force: bool) -> AssessmentRow:
    answers = json.loads(row.answers)
    return AssessmentRow(
        AssessmentId(row.id),
        row.uid,
        row.form,
        row.version,
        str(filled.title),
        row.day,
        row.asked_by,
        row.respondent,
        answers,
        () if row.erased else forms.evaluate(filled, answers),
        in_force,
        row.reason,
        row.erased,
        row.at,
        row.by,
    )


@dataclass(frozen=True, slots=True)
class Latest:
    """The answers in force of a record on a day."""

    form: str
    day: date
    answers: Mapping[str, Any]
    results: Mapping[str, Any]


def latest_in(session: Session, keys: tuple[str, ...], on: date) -> dict[bytes, Latest]:
    """Return the last answers to one of these forms up to a day, by the identity of the record."""
    later = aliased(Assessment)
    query = (
        select(Assessment)
        .outerjoin(later, later.supersedes_id == Assessment.id)
        .where(
            Assessment.form.in_(keys),
            Assessment.day <= on,
            later.id.is_(None),
            Assessment.erased.in_((False,)),
        )
        .order_by(Assessment.day, Assessment.id)
    )
    return {
        row.subject_uid: Latest(row.form, row.day, json.loads(row.answers), json.loads(row.results))
        for row in session.scalars(query)
    }
