"""Choices of the analysis page kept under a name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.models.ids import GroupId
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import AnalysisChoice
from desktop.models.rules.people import tidy
from desktop.models.rules.suppression import Release
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.analysis_table import Choice
from desktop.services.indicators.facts import Scope
from desktop.store.book import Book
from resources.lang.collation import sort_key
from resources.lang.messages import _

LONGEST = 80


@dataclass(frozen=True, slots=True)
class SavedChoice:
    """A choice with its name."""

    id: int
    name: str
    choice: Choice


def save(book: Book, name: str, choice: Choice, act: Act) -> Outcome[int]:
    """Keep a choice; one of the same name is replaced. Raises Refusal without a name."""
    name = tidy(name)
    if not name or len(name) > LONGEST:
        text = _("Hãy đặt tên, không quá {n} chữ.").format(n=LONGEST)
        raise Refusal([Problem.stop("no-name", "name", text)])
    with book.write(act) as session:
        row = session.scalars(select(AnalysisChoice).where(AnalysisChoice.name == name)).one_or_none()
        if row is None:
            row = AnalysisChoice(name=name, content="", saved_at=act.at, saved_by=act.who)
            session.add(row)
        row.content, row.saved_at, row.saved_by = _to_text(choice), act.at, act.who
        session.flush()
        return Outcome(row.id, Changed.of(Topic.ANALYSIS))


def forget(book: Book, choice: int, act: Act) -> Outcome[int]:
    """Remove a kept choice."""
    with book.write(act) as session:
        session.delete(session.get_one(AnalysisChoice, choice))
    return Outcome(choice, Changed.of(Topic.ANALYSIS))


def saved(book: Book) -> list[SavedChoice]:
    """Return the kept choices by name."""
    with book.read() as session:
        found = [
            SavedChoice(row.id, row.name, _from_text(row.content))
            for row in session.scalars(select(AnalysisChoice))
        ]
    return sorted(found, key=lambda one: sort_key(one.name))


def _to_text(choice: Choice) -> str:
    return json.dumps(
        {
            "measure": choice.measure,
            "rows": choice.rows,
            "columns": choice.columns,
            "starts": choice.starts.isoformat(),
            "ends": choice.ends.isoformat(),
            "group": choice.scope.group,
            "commune": choice.scope.commune,
            "release": choice.release.value,
        }
    )


def _from_text(text: str) -> Choice:
    kept = json.loads(text)
    group = kept["group"]
    return Choice(
        kept["measure"],
        kept["rows"],
        kept["columns"],
        date.fromisoformat(kept["starts"]),
        date.fromisoformat(kept["ends"]),
        Scope(None if group is None else GroupId(group), kept["commune"]),
        Release(kept["release"]),
    )
