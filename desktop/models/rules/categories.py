"""The categories that people and households are counted by: for the population of a commune and for members alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.models.kinds import Poverty, Sex
from desktop.models.rules.washington import Finding
from resources.lang.messages import N_, _

KINH = "01"
UNKNOWN_ETHNIC = "56"
YOUTH = range(16, 31)
ELDER_FROM = 60
AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("<16", 0, 15),
    ("16–24", 16, 24),
    ("25–30", 25, 30),
    ("31–59", 31, 59),
    ("60+", 60, 200),
)
"""Name, first and last completed year (indicators.md 0)."""
COARSE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("<16", 0, 15),
    ("16–30", 16, 30),
    ("31–59", 31, 59),
    ("60+", 60, 200),
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What a person is counted by on a day. What is not known is None or "unknown", never "no".

    `vulnerabilities` are the codes in force on the day (None: the book keeps none of anybody). `age` is in completed years.
    """

    sex: Sex | None
    age: int | None = None
    ethnic: str | None = None
    disability: Finding = Finding.NOT_ASKED
    certificate: bool | None = None
    poverty: Poverty = Poverty.UNKNOWN
    is_head: bool = False
    vulnerabilities: frozenset[str] | None = None

    @property
    def minority(self) -> bool | None:
        """Tell whether the person is of an ethnic minority, None when the group is not known."""
        if not self.ethnic or self.ethnic == UNKNOWN_ETHNIC:
            return None
        return self.ethnic != KINH


class Category(StrEnum):
    """A category k of the inclusion report. `ALL` is everybody: what shares are taken of."""

    ALL = "all"
    FEMALE = "female"
    DISABLED = "disabled"
    CERTIFIED = "certified"
    MINORITY = "minority"
    POOR = "poor"
    NEAR_POOR = "near_poor"
    YOUTH = "youth"
    ELDER = "elder"
    WOMAN_HEAD = "woman_head"
    SINGLE = "single"
    LONELY = "lonely"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the name to show, in the language in use."""
        return _(_CATEGORIES[self][0])

    @property
    def sensitive(self) -> bool:
        """Tell whether to know it of a person is sensitive data (Decree 356/2025: health, ethnic origin, private life)."""
        return self in _SENSITIVE

    @property
    def by_household(self) -> bool:
        """Tell whether the commune counts households of it, too: coverage (COV_k) is of those."""
        return self in (
            Category.ALL,
            Category.POOR,
            Category.NEAR_POOR,
            Category.DISABLED,
            Category.CERTIFIED,
            Category.MINORITY,
            Category.WOMAN_HEAD,
            Category.SINGLE,
            Category.LONELY,
        )

    def holds(self, traits: Traits) -> bool | None:
        """Tell whether a person belongs to it; None when that is not known."""
        return _CATEGORIES[self][1](traits)


def _disabled(traits: Traits) -> bool | None:
    if traits.disability in (Finding.YES, Finding.NO):
        return traits.disability is Finding.YES
    return None


def _poverty(wanted: Poverty) -> Callable[[Traits], bool | None]:
    def holds(traits: Traits) -> bool | None:
        return None if traits.poverty is Poverty.UNKNOWN else traits.poverty is wanted

    return holds


def _aged(first: int, last: int) -> Callable[[Traits], bool | None]:
    def holds(traits: Traits) -> bool | None:
        return None if traits.age is None else first <= traits.age <= last

    return holds


def _vulnerable(code: str) -> Callable[[Traits], bool | None]:
    def holds(traits: Traits) -> bool | None:
        return None if traits.vulnerabilities is None else code in traits.vulnerabilities

    return holds


_CATEGORIES: dict[Category, tuple[str, Callable[[Traits], bool | None]]] = {
    Category.ALL: (N_("Tất cả"), lambda _traits: True),
    Category.FEMALE: (
        N_("Nữ"),
        lambda traits: None if traits.sex is None else traits.sex is Sex.FEMALE,
    ),
    Category.DISABLED: (N_("Người khuyết tật (bộ câu hỏi WG)"), _disabled),
    Category.CERTIFIED: (N_("Người có giấy xác nhận khuyết tật"), lambda traits: traits.certificate),
    Category.MINORITY: (N_("Dân tộc thiểu số"), lambda traits: traits.minority),
    Category.POOR: (N_("Thuộc hộ nghèo"), _poverty(Poverty.POOR)),
    Category.NEAR_POOR: (N_("Thuộc hộ cận nghèo"), _poverty(Poverty.NEAR_POOR)),
    Category.YOUTH: (N_("Thanh niên 16–30 tuổi"), _aged(YOUTH.start, YOUTH.stop - 1)),
    Category.ELDER: (N_("Người từ 60 tuổi"), _aged(ELDER_FROM, 200)),
    Category.WOMAN_HEAD: (
        N_("Phụ nữ làm chủ hộ"),
        lambda traits: traits.sex is Sex.FEMALE and traits.is_head,
    ),
    Category.SINGLE: (N_("Đơn thân nuôi con"), _vulnerable("DONTHAN")),
    Category.LONELY: (N_("Cao tuổi cô đơn"), _vulnerable("CAOTUOI_DOC")),
}
_SENSITIVE = frozenset(
    {Category.DISABLED, Category.CERTIFIED, Category.MINORITY, Category.SINGLE, Category.LONELY}
)


def age_on(born: date | int | None, day: date) -> int | None:
    """Return completed years on a day; of whom only the year is known, as if born on 1 July (indicators.md 0)."""
    if born is None:
        return None
    if isinstance(born, int):
        born = date(born, 7, 1)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def band(age: int | None, bands: tuple[tuple[str, int, int], ...] = AGE_BANDS) -> str:
    """Return the name of the age band, "" when the age is not known."""
    if age is None:
        return ""
    return next((name for name, first, last in bands if first <= age <= last), "")
