"""Official counts of the communes of the demonstration book: made up, in believable proportions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from desktop.models.rules.categories import Category
from desktop.services import population
from desktop.services.acts import Act
from desktop.services.places import communes_of_groups
from desktop.services.population import SetCount
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
MOST_COMMUNES = 60


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
    return 0
