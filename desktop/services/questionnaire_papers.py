"""Questionnaires on paper: blank for a subject or for anybody, and as they were answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import AssessmentId, GroupId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.problems import Refusal
from desktop.models.records.every import Assessment, Group, Household, Member, Membership
from desktop.models.rules import forms
from desktop.models.rules.forms import Form, Question, QuestionKind
from desktop.services import heads, sight
from desktop.services.acts import Act, Outcome
from desktop.services.assessments import form_in
from desktop.services.attachments import Subject
from desktop.store.book import Book
from desktop.store.trail import LOGGED
from reports.kit.values import GroupBlock, Signer
from reports.questionnaire import AskedOption, AskedQuestion, AskedSection, Questionnaire
from resources.lang.dates import show_day
from resources.lang.messages import _

NO_GROUP = GroupBlock("", "")


@heads.for_paper
def blank(book: Book, key: str, act: Act, subject: Subject | None = None) -> Outcome[Questionnaire]:
    """Return a form to be filled in by hand; with a subject, its name stands on it."""
    with book.read() as session:
        found = form_in(session, key)
        name, block, large = named(session, subject)
        value = _value(session, found, act, block)
        return Outcome(
            Questionnaire(
                **value,
                about=_about(name, "", ""),
                sections=sections(found, None),
                filled=False,
                signers=_signers(),
                dated="",
                large_print=large,
            )
        )


@heads.for_paper
def filled(book: Book, assessment: AssessmentId, act: Act) -> Outcome[Questionnaire]:
    """Return an assessment as it was answered. Raises Refusal for who may not see it; the printing is logged."""
    with book.read() as session:
        row = session.get_one(Assessment, assessment)
        found = form_in(session, row.form, row.version)
        if found.sensitive and not sight.sensitive_in(session):
            raise Refusal([sight.no_right()])

        answers = json.loads(row.answers)
        subject = Subject(row.subject, row.subject_uid)
        name, block, large = named(session, subject)
        scores = () if row.erased else forms.evaluate(found, answers)
        asked = row.asked_by if not row.respondent else f"{row.asked_by} · {row.respondent}"
        value = Questionnaire(
            **_value(session, found, act, block),
            about=_about(name, show_day(row.day), asked),
            sections=sections(found, answers),
            filled=True,
            scores=tuple((score.title, score.shown) for score in scores),
            signers=_signers(row.asked_by),
            dated="",
            large_print=large,
        )
    if found.sensitive:
        sight.note(book, SeenHow.PRINTED, "assessment", [(subject.table, subject.uid)])
    return Outcome(value)


def _value(session: Session, found: Form, act: Act, block: GroupBlock) -> dict[str, Any]:
    return {
        "title": str(found.title),
        "organisation": heads.organisation(session),
        "group": block,
        "mark": heads.mark(act, None),
        "explanation": str(found.explanation),
        "source": str(found.source),
        "version": found.version,
        "secret": found.sensitive,
    }


def _about(name: str, day: str, asked: str) -> tuple[tuple[str, str], ...]:
    return ((_("Về:"), name), (_("Ngày hỏi:"), day), (_("Người hỏi:"), asked))


def _signers(asked: str = "") -> tuple[Signer, ...]:
    return (Signer(_("Người trả lời")), Signer(_("Người hỏi"), asked))


def named(session: Session, subject: Subject | None) -> tuple[str, GroupBlock, bool]:
    """Return the name of a subject, the group it belongs to when it is one, and whether its papers are large."""
    if subject is None:
        return "", NO_GROUP, False
    model: Any = LOGGED[subject.table]
    record = session.scalars(select(model).where(model.uid == subject.uid)).one()
    if isinstance(record, Member):
        group = session.scalar(
            select(Membership.group_id)
            .where(Membership.member_id == record.id, Membership.left.is_(None))
            .order_by(Membership.id)
            .limit(1)
        )
        block = NO_GROUP if group is None else heads.group_block(session, GroupId(group))
        return f"{record.full_name} ({record.code})", block, record.large_print
    if isinstance(record, Group):
        return f"{record.name} ({record.code})", heads.group_block(session, GroupId(record.id)), False
    if isinstance(record, Household):
        head = session.scalars(
            select(Member).where(Member.household_id == record.id).order_by(Member.is_head.desc()).limit(1)
        ).one_or_none()
        words = [record.code, "" if head is None else head.full_name, record.hamlet]
        return " · ".join(word for word in words if word), NO_GROUP, False
    name = getattr(record, "name", "") or getattr(record, "code", "")
    return str(name), NO_GROUP, False


def sections(found: Form, answers: Mapping[str, Any] | None) -> tuple[AskedSection, ...]:
    """Return the questions as the paper prints them: with answers, or without for a blank form."""
    asked = None if answers is None else {question.id for question in forms.visible(found, answers)}
    number = 0
    made = []
    for section in found.sections:
        rows = []
        for question in section.questions:
            number += 1
            rows.append(
                _question(
                    found,
                    str(number),
                    question,
                    answers or {},
                    asked is not None and question.id not in asked,
                )
            )
        made.append(AskedSection(str(section.title), tuple(rows), str(section.intro)))
    return tuple(made)


def _question(
    found: Form, number: str, question: Question, answers: Mapping[str, Any], skipped: bool
) -> AskedQuestion:
    answer = answers.get(question.id)
    chosen = answer if isinstance(answer, list) else [answer]
    options = tuple(
        AskedOption(
            option.key,
            str(option.text),
            any(option.value == one and type(option.value) is type(one) for one in chosen),
        )
        for option in question.options
    )
    unit = _("đồng") if question.kind is QuestionKind.MONEY else str(question.unit)
    return AskedQuestion(
        number,
        str(question.text) + ("" if question.required else " " + _("(không bắt buộc)")),
        str(question.hint),
        options,
        "" if question.options else forms.words_of(question, answer),
        unit,
        _condition(found, question),
        skipped,
    )


def _condition(found: Form, question: Question) -> str:
    """Say on paper when a question is asked, for conditions on one earlier question."""
    rule = question.show_if
    if rule is None:
        return ""
    if "question" not in rule:
        return _("(Chỉ hỏi khi phù hợp với các câu trước.)")
    order = {one.id: str(place) for place, one in enumerate(found.questions(), 1)}
    earlier, number = found.question(rule["question"]), order[rule["question"]]
    if "in" in rule:
        keys = [option.key for option in earlier.options if option.value in rule["in"]]
        return _("(Chỉ hỏi nếu câu {number} trả lời {keys}.)").format(number=number, keys=", ".join(keys))
    if "from" in rule:
        return _("(Chỉ hỏi nếu câu {number} từ {least} trở lên.)").format(number=number, least=rule["from"])
    return _("(Chỉ hỏi khi phù hợp với câu {number}.)").format(number=number)
