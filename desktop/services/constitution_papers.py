"""A constitution as a document to be signed: any version, from the data, numbered and noted as printed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId
from desktop.models.kinds import Office
from desktop.models.records.every import Group
from desktop.models.rules.constitution_articles import Article, Named, articles
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.charters import lending_words
from desktop.services.constitutions import Version, versions_in
from desktop.services.facts import cycle_on, members_in_order
from desktop.services.offices import holders_on
from desktop.services.prints import PrintOrder
from desktop.services.savings_facts import agreed_on
from desktop.store.book import Book
from reports.constitution import Constitution, ConstitutionArticle, Signatory
from reports.kit.values import PrintMark
from resources.lang.dates import show_day
from resources.lang.messages import _


@heads.for_paper
def document(book: Book, group: GroupId, constitution: int | None, act: Act) -> Outcome[Constitution]:
    """Return a version of a group's constitution as a paper; None: the one in force today."""
    with book.read() if book.readonly else book.write(act) as session:
        version = _version(session, group, constitution, act)
        record = session.get_one(Group, group)
        order = PrintOrder(
            "constitution",
            group,
            starts=version.rules.valid_from,
            ends=version.rules.valid_from,
            subject=record.code,
        )
        value = _value(session, record, version, act, paper_marks.issue_marks(session, [order], act)[0])
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


def _version(session: Session, group: GroupId, constitution: int | None, act: Act) -> Version:
    rows = versions_in(session, group)
    if constitution is not None:
        return next(row for row in rows if row.id == constitution)
    return next((row for row in rows if row.rules.valid_from <= act.today), rows[-1])


def _value(session: Session, record: Group, version: Version, act: Act, mark: PrintMark) -> Constitution:
    group = GroupId(record.id)
    block = heads.group_block(session, group)
    in_force = version.until is None or version.until > act.today
    # Who signs is who belongs to the group today, or did while an older version held.
    day = act.today if version.until is None else min(act.today, version.until)
    day = max(day, version.rules.valid_from)
    people = members_in_order(session, group, day)
    offices: dict[int, list[str]] = {}
    for holder in holders_on(session, group, day):
        offices.setdefault(holder.member, []).append(holder.office.title)
    chiefs = heads.officers(session, group, day)
    cycle = cycle_on(session, group, day)
    place = ", ".join(part for part in (block.hamlet, block.commune) if part)
    named = Named(
        record.name,
        record.kind.title,
        place,
        len(people),
        ""
        if cycle is None
        else _("{starts} đến {ends}").format(starts=show_day(cycle.starts), ends=show_day(cycle.ends)),
    )
    # The version in force tells of the loans on offer today; an older one of those when it was agreed.
    lending = lending_words(session, group) if in_force else version.charter.lending
    # Rules of savings are dated by themselves: those of the last day on which the version held, or of today.
    last = act.today if version.until is None else min(act.today, version.until - timedelta(days=1))
    agreed = agreed_on(session, group, max(last, version.rules.valid_from))
    agreement = version.agreement
    return Constitution(
        organisation=heads.organisation(session),
        group=block,
        number=version.number,
        valid_from=version.rules.valid_from,
        until=version.until,
        articles=tuple(map(_article, articles(version.rules, version.charter, named, lending, agreed))),
        members=tuple(
            Signatory(row.full_name, row.code, ", ".join(offices.get(row.member_id, ()))) for row in people
        ),
        mark=mark,
        agreed_on=None if agreement is None else agreement.agreed_on,
        minutes=version.minutes,
        present=0 if agreement is None else agreement.present,
        in_favour=0 if agreement is None else agreement.in_favour,
        reason="" if agreement is None else agreement.reason,
        changes=tuple(str(one) for one in version.changes),
        place=heads.commune_name(record.commune_code),
        chair=chiefs.get(Office.CHAIR, ""),
        secretary=chiefs.get(Office.SECRETARY, ""),
    )


def _article(article: Article) -> ConstitutionArticle:
    return ConstitutionArticle(article.title, article.clauses)
