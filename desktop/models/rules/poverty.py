"""The official poverty status of a household: recorded from the commune's forms and never scored again.

What is checked is only whether the form agrees with itself (Circular 07/2021, standard 2022): B2 is ten points for
each deprivation; poor is B1 up to the line with B2 of 30 or more, near-poor is B1 up to the line with less.
Source: indicators.md 2.3. A status belongs to a year and to a standard; they are never mixed.
"""

from __future__ import annotations

from enum import StrEnum

from desktop.models.kinds import Poverty
from desktop.models.problems import Problem
from resources.indicators import limit
from resources.lang.messages import N_, _

STANDARDS = ("2016", "2022", "2027")
YEARS = range(2016, 2101)
POINTS = 10
"""Points of B2 for each deprivation."""


def standard_of(year: int) -> str:
    """Return the standard of a year: Decree 351/2025 keeps that of 2022 until the end of 2026."""
    if year >= 2027:
        return "2027"
    return "2022" if year >= 2022 else "2016"


def check_poverty(
    status: Poverty, year: int, standard: str, b1: int | None, b2: int | None, *, urban: bool
) -> list[Problem]:
    """Return what is wrong (refused) or odd (told) about a status and the points of its forms."""
    problems = []
    if status is Poverty.UNKNOWN:
        problems.append(Problem.stop("no-status", "status", _("Hãy chọn diện hộ.")))
    if year not in YEARS:
        problems.append(Problem.stop("bad-year", "year", _("Năm phải từ 2016 đến 2100.")))
    if standard not in STANDARDS:
        problems.append(Problem.stop("bad-standard", "standard", _("Không có chuẩn nghèo này.")))
    elif year in YEARS and standard != standard_of(year):
        text = _("Năm {year} theo quy định dùng chuẩn {standard}.").format(
            year=year, standard=standard_of(year)
        )
        problems.append(Problem.warn("other-standard", "standard", text))
    for field, points in (("b1", b1), ("b2", b2)):
        if points is not None and points < 0:
            problems.append(Problem.stop("negative", field, _("Điểm không thể âm.")))
    return [*problems, *_check_forms(status, standard, b1, b2, urban=urban)]


def _check_forms(
    status: Poverty, standard: str, b1: int | None, b2: int | None, *, urban: bool
) -> list[Problem]:
    problems = []
    if b2 is not None and b2 % POINTS:
        text = _("Điểm B2 là 10 điểm cho mỗi chỉ số thiếu hụt: {points} không chia hết cho 10.").format(
            points=b2
        )
        problems.append(Problem.warn("b2-points", "b2", text))
    if standard != "2022" or b1 is None or b2 is None or status is Poverty.UNKNOWN:
        return problems
    line = limit("poverty.b1.urban" if urban else "poverty.b1.rural")
    said = Poverty.NOT_POOR
    if b1 <= line:
        said = Poverty.POOR if b2 >= limit("poverty.b2") else Poverty.NEAR_POOR
    if said is not status:
        text = _("Theo điểm B1 = {b1}, B2 = {b2} thì hộ này là {said}, danh sách ghi {status}.").format(
            b1=b1, b2=b2, said=said.title.lower(), status=status.title.lower()
        )
        problems.append(Problem.warn("forms-differ", "status", text))
    return problems


class Change(StrEnum):
    """What became of a household from one year to the next, under one standard."""

    STAYED = "stayed"
    LEFT_POVERTY = "left-poverty"
    TO_NEAR = "to-near"
    FELL = "fell"
    FELL_AGAIN = "fell-again"
    NEW_NEAR = "new-near"
    LEFT_NEAR = "left-near"

    @property
    def title(self) -> str:  # type: ignore[override]  # str.title() makes no sense for a code
        """Return the words to show, in the language in use."""
        return _(_CHANGES[self])


_CHANGES = {
    Change.STAYED: N_("giữ nguyên"),
    Change.LEFT_POVERTY: N_("thoát nghèo"),
    Change.TO_NEAR: N_("từ nghèo lên cận nghèo"),
    Change.FELL: N_("phát sinh nghèo"),
    Change.FELL_AGAIN: N_("tái nghèo"),
    Change.NEW_NEAR: N_("phát sinh cận nghèo"),
    Change.LEFT_NEAR: N_("thoát cận nghèo"),
}


def change_of(before: Poverty, after: Poverty, *, poor_earlier: bool = False) -> Change | None:
    """Return what changed between two years; None when either is not known. `poor_earlier`: in a year before those."""
    if Poverty.UNKNOWN in (before, after):
        return None
    if before is after:
        return Change.STAYED
    if before is Poverty.POOR:
        return Change.TO_NEAR if after is Poverty.NEAR_POOR else Change.LEFT_POVERTY
    if after is Poverty.POOR:
        return Change.FELL_AGAIN if poor_earlier else Change.FELL
    return Change.LEFT_NEAR if before is Poverty.NEAR_POOR else Change.NEW_NEAR
