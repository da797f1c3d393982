"""How a group's own assessment of itself has moved over time, and what its members say of their voice (EAT)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.records.every import Group, Member
from desktop.models.rules import forms
from desktop.models.rules.forms.scoring import points_of
from desktop.models.rules.loans.calendar import add_months
from desktop.services.assessments import AssessmentRow, form_in, history_in, latest_in
from desktop.services.attachments import Subject
from desktop.services.facts import members_in_order
from desktop.store.book import Book
from resources.lang.dong import show_number
from resources.lang.messages import _, ngettext

ORGANISATION, EMPOWERMENT = "organisation", "empowerment"
LEAST_ASKED = 5
"""Below so many answers a mean of the members' own voice would tell of single people [ours]."""
MOST_TIMES = 6
_VOICE = ("voice", "home", "overall")


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A question or a score with what was said of it each time; `moved` is the change from the first time to the last.

    `moved` is None where points cannot be compared. `head`: the title of a section, `score`: a figure of the form.
    """

    key: str
    text: str
    answers: tuple[str, ...]
    moved: int | None = None
    head: bool = False
    score: bool = False


@dataclass(frozen=True, slots=True)
class VoiceYear:
    """What members said of their voice in a year: how many answered, means of 1 to 5 where enough did."""

    year: int
    asked: int
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A form about a group over time: the days on which it was filled in (the latest six), and its lines."""

    title: str
    days: tuple[date, ...]
    lines: tuple[ProgressLine, ...]
    voice: tuple[VoiceYear, ...]
    due: date | None


def progress(book: Book, group: GroupId, today: date, form: str = ORGANISATION) -> Progress:
    """Return how a group's assessments compare, the first one first."""
    with book.read() as session:
        return progress_in(session, group, today, form)


def progress_in(session: Session, group: GroupId, today: date, form: str = ORGANISATION) -> Progress:
    """Return how a group's assessments compare inside an open session."""
    record = session.get_one(Group, group)
    kept = [row for row in history_in(session, Subject.of(record), form) if row.in_force and not row.erased]
    rows = [row for row in kept if row.day <= today][:MOST_TIMES][::-1]
    found = form_in(session, form)
    due = None
    if rows and found.repeat_months:
        due = add_months(rows[-1].day, found.repeat_months)
    return Progress(
        str(found.title),
        tuple(row.day for row in rows),
        _lines(found, rows),
        _voice(session, group, today),
        due,
    )


def _lines(form: forms.Form, rows: list[AssessmentRow]) -> tuple[ProgressLine, ...]:
    if not rows:
        return ()
    found = []
    for rule in form.scores:
        shown = [next((one for one in row.scores if one.id == rule.id), None) for row in rows]
        values = [None if one is None else one.value for one in shown]
        first, last = values[0], values[-1]
        percent = rule.compute == "percent"
        moved = None
        if isinstance(first, int | Fraction) and isinstance(last, int | Fraction):
            moved = round((last - first) * (100 if percent else 1))
        found.append(
            ProgressLine(
                f"score:{rule.id}",
                str(rule.title),
                tuple("–" if one is None else one.shown for one in shown),
                moved,
                score=True,
            )
        )
    for section in form.sections:
        found.append(ProgressLine(f"section:{section.id}", str(section.title), ("",) * len(rows), head=True))
        for question in section.questions:
            answers = [row.answers.get(question.id) for row in rows]
            counts = any(option.points for option in question.options)
            points = [points_of(question, one) if counts and one is not None else None for one in answers]
            moved = None
            if points[0] is not None and points[-1] is not None:
                moved = points[-1] - points[0]
            found.append(
                ProgressLine(
                    question.id,
                    str(question.text),
                    tuple(forms.words_of(question, one) or "–" for one in answers),
                    moved,
                )
            )
    return tuple(found)


def _voice(session: Session, group: GroupId, today: date) -> tuple[VoiceYear, ...]:
    """Return the members' answers to the EAT by year, the last of each person up to the year's end."""
    uids = _member_uids(session, group, today)
    found = []
    for year in range(today.year - 3, today.year + 1):
        ends = min(date(year, 12, 31), today)
        latest = latest_in(session, (EMPOWERMENT,), ends)
        mine = [latest[uid].results for uid in uids if uid in latest and latest[uid].day.year == year]
        if mine:
            found.append(VoiceYear(year, len(mine), _means(mine)))
    return tuple(found)


def _member_uids(session: Session, group: GroupId, today: date) -> list[bytes]:
    members = [row.member_id for row in members_in_order(session, group, today)]
    return list(session.scalars(select(Member.uid).where(Member.id.in_(members))))


def _means(results: list[Mapping[str, object]]) -> tuple[str, ...]:
    if len(results) < LEAST_ASKED:
        return tuple(_("dưới {n} người").format(n=LEAST_ASKED) for _score in _VOICE)
    means = []
    for score in _VOICE:
        values = [float(str(row[score])) for row in results if row.get(score) is not None]
        means.append(f"{sum(values) / len(values):.1f}".replace(".", ",") if values else "–")
    return tuple(means)


def voice_words(voice: tuple[VoiceYear, ...]) -> str:
    """Return the members' voice in a sentence, "" when nobody was asked."""
    parts = [
        ngettext(
            "{year}: {n} người, trong nhóm {voice}, trong nhà {home}, chung {overall}",
            "{year}: {n} người, trong nhóm {voice}, trong nhà {home}, chung {overall}",
            one.asked,
        ).format(
            year=one.year,
            n=show_number(one.asked),
            voice=one.means[0],
            home=one.means[1],
            overall=one.means[2],
        )
        for one in voice
    ]
    return (
        _("Tiếng nói của thành viên (EAT, thang 1–5) – {parts}.").format(parts="; ".join(parts))
        if parts
        else ""
    )


def moved_words(moved: int | None) -> str:
    """Return a change in points with its sign."""
    if moved is None:
        return "–"
    return f"+{moved}" if moved > 0 else "0" if not moved else f"−{-moved}"
