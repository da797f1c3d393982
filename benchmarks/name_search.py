"""Finding a person by a typed name among 50,000, as the clerk types."""

from __future__ import annotations

import statistics
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from random import Random

from benchmarks.measure import Line, timed, worked
from desktop.models.ids import new_uid
from desktop.models.records.base import table_of
from desktop.models.records.every import Member
from desktop.models.rules import people
from desktop.services.acts import Act
from desktop.services.demo_people import PROVINCES, ethnic_mix, make_person
from desktop.services.person_records import apply_person
from desktop.services.search import search
from desktop.store.book import Book
from desktop.store.rows import RowWriter

MEMBERS = 50_000
QUERIES = (
    "nguyen thi hoa", "Nguyễn Thị Hòa", "hoa", "thach", "Đặng", "dang van", "le thi kim", "tran van ut",
    "huynh", "Sà Rương", "ng", "tv-0421",
)  # fmt: skip


def run(folder: Path) -> Line:
    """Search for several names again and again."""
    with Book.create(str(folder / "names.sonhom"), "Sổ tên", "bench") as book:
        _fill(book)
        took, before = [], 0.0
        for turn in range(9):
            if turn == 1:  # the first is for warming up
                took, before = [], worked()
            took.append([timed(partial(search, book, query)) for query in QUERIES])
        processor = (worked() - before) / len(took) / len(QUERIES)
    return Line(
        f"Find a name among {MEMBERS:,} members",
        statistics.median(chain.from_iterable(took)),
        None,
        20,
        note=f"slowest of {len(QUERIES)} queries {max(map(statistics.median, zip(*took, strict=True))):.1f} ms; "
        f"mean processor time {processor:.1f} ms",
    )


def _fill(book: Book) -> None:
    rng, today = Random(1), date(2026, 11, 23)
    columns = [column.name for column in table_of(Member).c]
    rows = []
    for number in range(1, MEMBERS + 1):
        province = rng.choice(PROVINCES)
        ethnic = rng.choices(*ethnic_mix(province))[0]
        person = people.normal_person(make_person(rng, province, ethnic, today, number))
        assert person.sex is not None
        member = Member(
            uid=new_uid(), code=f"TV-{number:05d}", family=person.family, given=person.given, sex=person.sex
        )
        member.id = number
        apply_person(member, person)
        rows.append(tuple(getattr(member, name) for name in columns))
    with book.write(Act.now("bench")) as session:
        RowWriter(table_of(Member), *columns).write(session.connection(), rows)
