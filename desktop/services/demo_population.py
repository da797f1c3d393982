"""Official counts of the communes of the demonstration book: made up, in believable proportions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from sqlalchemy import select

from desktop.models.ids import HouseholdId
from desktop.models.kinds import Poverty
from desktop.models.records.every import Household
from desktop.models.rules.categories import Category
from desktop.models.rules.poverty import standard_of
from desktop.services import population, poverty
from desktop.services.acts import Act
from desktop.services.places import communes_of_groups
from desktop.services.population import SetCount
from desktop.services.poverty import RecordPoverty
from desktop.store.book import Book

# Of a thousand people (and households), by category.
_PER_MILLE: dict[Category, tuple[int, int | None]] = {
    Category.FEMALE: (506, None),
    Category.DISABLED: (66, 190),
    Category.CERTIFIED: (27, 88),
    Category.MINORITY: (94, 96),
    Category.POOR: (34, 41),
    Category.NEAR_POOR: (49, 52),
    Category.YOUTH: (232, None),
    Category.ELDER: (148, None),
    Category.WOMAN_HEAD: (121, 268),
    Category.SINGLE: (11, 24),
    Category.LONELY: (6, 16),
}
MOST_COMMUNES, MOST_HOUSEHOLDS = 60, 3_000


def count_people(book: Book, today: date, who: str) -> int:
    """Write last year's counts of the communes that have groups; posts no voucher."""
    act = Act(who, datetime(today.year, today.month, today.day, 2, tzinfo=UTC), today)
    random = Random(int.from_bytes(b"population", "big"))
    year = today.year - 1
    for code, _name in communes_of_groups(book)[:MOST_COMMUNES]:
        persons = random.randint(6_200, 11_800)
        households = persons * 10 // random.randint(36, 43)
        counts: dict[Category, tuple[int, int | None]] = {Category.ALL: (persons, households)}
        for category, (people, homes) in _PER_MILLE.items():
            factor = random.randint(85, 115)
            counts[category] = (
                persons * people * factor // 100_000,
                None if homes is None else households * homes * factor // 100_000,
            )
        for category, (people, homes) in counts.items():
            population.set_count(
                book,
                SetCount(code, year, category, people, homes, 0, f"UBND xã, số liệu rà soát cuối năm {year}"),
                act,
            )
    _review(book, act, random, year)
    return 0


def _review(book: Book, act: Act, random: Random, year: int) -> None:
    """Write the commune's yearly review of poor and near-poor households."""
    standard = standard_of(year)
    with book.write(act) as session:
        homes = session.scalars(select(Household.id).order_by(Household.id).limit(MOST_HOUSEHOLDS))
        for home in homes.all():
            chance = random.random()
            status = Poverty.NOT_POOR
            if chance < 0.3:
                status = Poverty.POOR if chance < 0.14 else Poverty.NEAR_POOR
            points = {
                Poverty.POOR: (random.randint(70, 135), random.randint(3, 6) * 10),
                Poverty.NEAR_POOR: (random.randint(90, 140), random.randint(0, 2) * 10),
            }
            b1, b2 = points.get(status, (None, None))
            decision = f"QĐ 45/QĐ-UBND ngày 20/12/{year}"
            command = RecordPoverty(HouseholdId(home), year, standard, status, b1, b2, decision)
            poverty.record_in(session, command, act)
