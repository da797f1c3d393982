"""The sheet that describes a working model, from the model and where it was adopted."""

from __future__ import annotations

import json

from desktop.models.records.every import WorkingModel
from desktop.models.rules.constitution_words import points, product_words
from desktop.models.rules.replication import read_model
from desktop.models.rules.templates import charter_from, rules_from
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.prints import PrintOrder
from desktop.services.replication import AdoptionRow, adoptions_in, origin_words
from desktop.store.book import Book
from reports.kit.values import GroupBlock
from reports.model_sheet import ModelSheet, SheetCourse, SheetPlace
from resources import places

_RULES = (
    "frequency",
    "shares",
    "compulsory_saving",
    "social_contribution",
    "voluntary_savings",
    "withdrawals",
    "quorum_percent",
    "fines",
    "offices",
    "share_out",
    "leaving",
)


@heads.for_paper
def sheet(book: Book, model: int, act: Act) -> Outcome[ModelSheet]:
    """Return the sheet of a model, numbered and noted as printed."""
    with book.read() if book.readonly else book.write(act) as session:
        record = session.get_one(WorkingModel, model)
        made = read_model(json.loads(record.content))
        order = PrintOrder("model-sheet", None, ends=act.today, subject=f"{made.code}/{made.version}")
        template = made.template
        said = {one.key: one for one in points(rules_from(template, act.today), charter_from(template))}
        commune = places.commune(made.origin.commune) if made.origin.commune else None
        value = ModelSheet(
            organisation=heads.organisation(session),
            group=GroupBlock("", made.origin.group, "" if commune is None else commune.address),
            code=made.code,
            version=made.version,
            title=made.title,
            description=made.description,
            source=origin_words(made.origin),
            rules=tuple((said[key].name, said[key].text) for key in _RULES),
            clauses=charter_from(template).further(),
            products=tuple(product_words(str(one.name), one.product) for one in template.products),
            courses=tuple(SheetCourse(one.code, one.title, one.minutes, one.modules) for one in made.courses),
            checklist=tuple(item.text for item in made.checklist),
            cost=made.cost.amount,
            cost_households=made.cost.households,
            cost_basis=made.cost.basis,
            lessons=tuple(line for line in made.lessons.splitlines() if line.strip()),
            places=tuple(_place(row) for row in adoptions_in(session, act.today, model)),
            seal=record.sha256,
            day=act.today,
            mark=paper_marks.issue_marks(session, [order], act)[0],
        )
    return Outcome(value, Changed.of(Topic.PRINTS))


def _place(row: AdoptionRow) -> SheetPlace:
    return SheetPlace(
        row.place,
        row.commune,
        row.adopted_on,
        row.progress,
        row.state.title,
        row.with_transfer,
        row.replicated,
    )
