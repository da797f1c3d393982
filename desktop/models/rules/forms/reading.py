"""Read a form from its file: everything that does not fit is refused with a sentence that names the place.

Two file formats: our own (docs/forms.md), and scorecards in the format of the PPI file (questions with points by
line, a table of likelihoods by score).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from desktop.models.rules.forms.conditions import named_in
from desktop.models.rules.forms.definition import (
    Band,
    Form,
    Option,
    Question,
    QuestionKind,
    ScoreRule,
    Section,
    Words,
)
from resources.lang.messages import _

_ID = re.compile(r"[a-z][a-z0-9_.-]{0,59}")
_YES = Words("Có", "Yes")
_NO = Words("Không", "No")
COMPUTES = ("sum", "mean", "percent", "max", "count", "washington", "washington-enhanced")
SUBJECTS = ("members", "households", "savings_groups")
"""What a form may be about when its file does not say."""


class BadForm(ValueError):
    """A form file that cannot be used; the text says what is wrong and where."""


def read_text(text: str | bytes) -> Form:
    """Return the form of a file's content. Raises BadForm."""
    try:
        raw = json.loads(text)
    except (ValueError, UnicodeDecodeError) as error:
        raise BadForm(_("Tệp không phải là JSON đọc được: tệp bị hỏng hoặc bị cắt giữa chừng.")) from error
    return read_form(raw)


def read_form(raw: object) -> Form:
    """Return the form of a file's JSON. Raises BadForm."""
    whole = _mapping(raw, _("tệp"))
    if "likelihood" in whole:
        from desktop.models.rules.forms.scorecards import read_scorecard

        return read_scorecard(whole)
    sections = tuple(_section(one) for one in _list(whole.get("sections"), "sections"))
    form = Form(
        id=read_id(whole.get("id"), "id"),
        version=_text(whole.get("version"), "version"),
        title=words(whole.get("title"), "title"),
        subjects=tuple(_text(one, "subjects") for one in whole.get("subjects", SUBJECTS)),
        sections=sections,
        scores=tuple(_score(one) for one in whole.get("scores", ())),
        source=_maybe(whole.get("source"), "source"),
        explanation=_maybe(whole.get("explanation"), "explanation"),
        consent=str(whole.get("consent", "")),
        sensitive=bool(whole.get("sensitive", False)),
        youngest=_whole(whole.get("youngest"), "youngest"),
        oldest=_whole(whole.get("oldest"), "oldest"),
        repeat_months=_whole(whole.get("repeat_months"), "repeat_months"),
    )
    _check(form)
    return form


def _section(raw: object) -> Section:
    one = _mapping(raw, "sections")
    key = read_id(one.get("id"), "sections.id")
    return Section(
        key,
        words(one.get("title"), key),
        tuple(_question(question) for question in _list(one.get("questions"), key)),
        _maybe(one.get("intro"), key),
    )


def _question(raw: object) -> Question:
    one = _mapping(raw, "questions")
    key = read_id(one.get("id"), "questions.id")
    try:
        kind = QuestionKind(str(one.get("type")))
    except ValueError:
        raise BadForm(
            _("Câu “{question}”: không có loại câu hỏi “{kind}”.").format(question=key, kind=one.get("type"))
        ) from None
    least, most = _whole(one.get("least"), key), _whole(one.get("most"), key)
    if least is not None and most is not None and least > most:
        raise BadForm(_("Câu “{question}”: số nhỏ nhất lớn hơn số lớn nhất.").format(question=key))
    return Question(
        key,
        kind,
        words(one.get("text"), key),
        _maybe(one.get("hint"), key),
        bool(one.get("required", True)),
        _options(one, kind, key, least, most),
        one.get("show_if"),
        least,
        most,
        _maybe(one.get("unit"), key),
    )


def _options(
    one: Mapping[str, Any], kind: QuestionKind, key: str, least: int | None, most: int | None
) -> tuple[Option, ...]:
    if kind is QuestionKind.YES_NO:
        points = _mapping(one.get("points", {}), key)
        return (
            Option(True, _YES, "1", _points(points.get("yes", {}), key)),
            Option(False, _NO, "2", _points(points.get("no", {}), key)),
        )
    if kind is QuestionKind.SCALE:
        if least is None or most is None or most - least > 10:
            raise BadForm(
                _("Câu “{question}”: thang điểm cần “least” và “most”, không quá 11 bậc.").format(
                    question=key
                )
            )
        labels = _mapping(one.get("labels", {}), key)
        return tuple(
            Option(step, _maybe(labels.get(str(step)), key) or Words(str(step)), str(step), {"": step})
            for step in range(least, most + 1)
        )
    if kind not in (QuestionKind.CHOICE, QuestionKind.MULTI):
        return ()
    rows = _list(one.get("options"), key)
    made = []
    for place, raw in enumerate(rows, 1):
        row = _mapping(raw, key)
        value = row.get("value")
        if not isinstance(value, int | str) or isinstance(value, bool) or value == "":
            raise BadForm(
                _("Câu “{question}”, lựa chọn {place}: thiếu giá trị.").format(question=key, place=place)
            )
        digit = isinstance(value, int) and 0 <= value <= 9
        made.append(
            Option(
                value,
                words(row.get("text"), key),
                str(value) if digit else str(place),
                _points(row.get("points", {}), key),
            )
        )
    if len({(type(option.value), option.value) for option in made}) != len(made):
        raise BadForm(_("Câu “{question}”: hai lựa chọn trùng giá trị.").format(question=key))
    if len({option.key for option in made}) != len(made):
        made = [Option(one.value, one.text, str(place), one.points) for place, one in enumerate(made, 1)]
    return tuple(made)


def _points(raw: object, key: str) -> Mapping[str, int]:
    given: Mapping[Any, Any] = raw if isinstance(raw, Mapping) else {"": raw}
    for points in given.values():
        if isinstance(points, bool) or not isinstance(points, int):
            raise BadForm(
                _("Câu “{question}”: điểm phải là số nguyên, không phải {points}.").format(
                    question=key, points=repr(points)
                )
            )
    return {str(line): points for line, points in given.items()}


def _score(raw: object) -> ScoreRule:
    one = _mapping(raw, "scores")
    key = read_id(one.get("id"), "scores.id")
    compute = one.get("compute")
    if compute not in COMPUTES:
        raise BadForm(_("Điểm “{score}”: không có cách tính “{name}”.").format(score=key, name=compute))
    bands = tuple(
        Band(_whole(_mapping(band, key).get("from"), key) or 0, words(_mapping(band, key).get("text"), key))
        for band in one.get("bands", ())
    )
    return ScoreRule(
        key,
        words(one.get("title"), key),
        str(compute),
        tuple(one.get("of", ())),
        tuple(one.get("values", ())),
        tuple(sorted(bands, key=lambda band: band.least)),
    )


def _check(form: Form) -> None:
    """Refuse ids used twice, and rules that name questions which are not there or come later."""
    seen: set[str] = set()
    if not form.subjects:
        raise BadForm(_("Biểu mẫu chưa nói hỏi về ai (“subjects”)."))
    for question in form.questions():
        if question.id in seen:
            raise BadForm(_("Hai câu hỏi cùng mã “{question}”.").format(question=question.id))
        if question.show_if is not None:
            named = named_in(question.show_if)
            if named is None or not named <= seen:
                raise BadForm(
                    _(
                        "Câu “{question}”: điều kiện hỏi không đọc được, hoặc nhắc đến câu không đứng trước."
                    ).format(question=question.id)
                )
        seen.add(question.id)
    if not seen:
        raise BadForm(_("Biểu mẫu không có câu hỏi nào."))
    for score in form.scores:
        if not set(score.of) <= seen:
            raise BadForm(_("Điểm “{score}” tính từ câu không có trong biểu mẫu.").format(score=score.id))


# -- parts that the scorecards use too --------------------------------------------------------------


def words(raw: object, where: str) -> Words:
    """Return a text in both languages. Raises BadForm when the Vietnamese is missing."""
    found = _maybe(raw, where)
    if not found:
        raise BadForm(_("Thiếu chữ tiếng Việt ở “{place}”.").format(place=where))
    return found


def read_id(raw: object, where: str) -> str:
    """Return an id: small letters, digits, - and _. Raises BadForm."""
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise BadForm(
            _("Mã ở “{place}” phải là chữ thường không dấu, số, gạch nối; tệp ghi {given}.").format(
                place=where, given=repr(raw)
            )
        )
    return raw


def _maybe(raw: object, where: str) -> Words:
    if raw is None or raw == "":
        return Words("")
    if isinstance(raw, str):
        return Words(raw)
    given = _mapping(raw, where)
    vi, en = given.get("vi", ""), given.get("en", "")
    if not isinstance(vi, str) or not isinstance(en, str):
        raise BadForm(_("Chữ ở “{place}” không phải là văn bản.").format(place=where))
    return Words(vi, en)


def _mapping(raw: object, where: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadForm(_("Phần “{place}” không đúng dạng.").format(place=where))
    return raw


def _list(raw: object, where: str) -> Sequence[Any]:
    if not isinstance(raw, list) or not raw:
        raise BadForm(_("Phần “{place}” phải là danh sách không rỗng.").format(place=where))
    return raw


def _text(raw: object, where: str) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise BadForm(_("Thiếu “{place}”.").format(place=where))
    return raw.strip()


def _whole(raw: object, where: str) -> int | None:
    if raw is None:
        return None
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadForm(_("“{place}” phải là số nguyên.").format(place=where))
    return raw
