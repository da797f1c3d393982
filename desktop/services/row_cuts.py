"""Categories that are of what people do and not of themselves: a branch, a hazard, a purpose, a reason, a course.

Of each there are the categories of a person (`…_of`) and what leaves only one category in the facts of a cell (`with_…`), so
that somebody with two activities counts in each branch with the one that is of it. Who has none is in no category.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.models.capacity_kinds import Phase
from desktop.models.ids import MemberId
from desktop.models.kinds import GrantReason
from desktop.models.livelihood_kinds import Employment, Hazard
from desktop.models.support_kinds import SupportKind
from desktop.services.indicators.facts import Facts, Kept, LoanPart, Part
from desktop.services.indicators.fines import FINES
from desktop.services.indicators.funds import GRANTS
from desktop.services.indicators.lending import NAME as LENDING
from desktop.services.indicators.livelihoods import held, in_employment, in_section, of_hazard
from resources.activities import OTHER, SECTIONS
from resources.lang.messages import _
from resources.lang.names import fold

UNKNOWN = "?"
"""The category of those of whom it is not known: never left out silently (indicators.md 0)."""
_SEP = "\x1f"


class _Once:
    """Keeps what was last worked out of the rows of facts: dimensions ask for it person by person."""

    def __init__(
        self, make: Callable[[Facts], Mapping[Any, Sequence[str]]], source: Callable[[Facts], object]
    ):
        self._make, self._source = make, source
        self._seen: object = None
        self._found: Mapping[Any, Sequence[str]] = {}

    def __call__(self, facts: Facts) -> Mapping[Any, Sequence[str]]:
        key = (self._source(facts), facts.starts, facts.ends)
        seen = self._seen
        if not isinstance(seen, tuple) or seen[0] is not key[0] or seen[1:] != key[1:]:
            self._seen, self._found = key, self._make(facts)
        return self._found


# -- livelihoods, jobs, shocks ---------------------------------------------------------------------


def sections_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the sections of VSIC of a person's activities and jobs."""
    return tuple(key or UNKNOWN for key in held(facts).sections.get(part.member, ()))


def with_section(facts: Facts, key: str) -> Facts:
    """Return the facts of what belongs to one section."""
    return in_section(facts, "" if key == UNKNOWN else key)


def section_name(key: str) -> str:
    """Return the name of a section."""
    if key == UNKNOWN:
        return _("Không rõ")
    return next((_(title) for letter, title, _span in SECTIONS if letter == key), _("Dịch vụ khác"))


SECTION_ORDER = (*(letter for letter, _title, _span in SECTIONS), OTHER)


def hazards_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the hazards of a person's activities, and of the events that hit them or brought an emergency loan."""
    urgent = _urgent(facts).get((part.member, part.group), ())
    return (*held(facts).hazards.get(part.member, frozenset()).union(urgent),)


_urgent = _Once(
    lambda facts: _listed(
        ((row.member, row.group), row.hazard) for row in facts.more.get(LENDING, ()) if row.hazard
    ),
    lambda facts: facts.more.get(LENDING),
)


def with_hazard(facts: Facts, key: str) -> Facts:
    """Return the facts of what belongs to one hazard."""
    kept = of_hazard(facts, key)
    return _with_rows(kept, LENDING, lambda row: row.hazard == key)


def hazard_name(key: str) -> str:
    """Return the name of a hazard."""
    title: str = Hazard(key).title
    return title


HAZARD_ORDER = tuple(one.value for one in Hazard)


def employments_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the status in employment of a person's jobs."""
    return tuple(held(facts).employments.get(part.member, ()))


def employment_name(key: str) -> str:
    """Return the name of a status in employment."""
    title: str = Employment(key).title
    return title


with_employment = in_employment
EMPLOYMENT_ORDER = tuple(one.value for one in Employment)


# -- loans -----------------------------------------------------------------------------------------


def _purposes(facts: Facts) -> Mapping[str, Sequence[str]]:
    """Return, by folded purpose, its key: purposes that read alike are one, named as the first of them is written."""
    written: dict[str, list[str]] = {}
    for part in facts.parts:
        for loan in part.loans:
            if loan.outstanding or loan.lent or loan.decided:
                written.setdefault(fold(loan.purpose.strip()), [loan.purpose.strip()])
    return {code: [f"{code}{_SEP}{titles[0]}"] for code, titles in written.items()}


_purpose_keys = _Once(_purposes, lambda facts: facts.parts)


def purposes_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the purposes of a person's loans."""
    keys = _purpose_keys(facts)
    return tuple(
        dict.fromkeys(key for loan in part.loans for key in keys.get(fold(loan.purpose.strip()), ()))
    )


def with_purpose(facts: Facts, key: str) -> Facts:
    """Return the facts of the loans for one purpose."""
    code = key.partition(_SEP)[0]

    return _with_loans(facts, lambda loan: fold(loan.purpose.strip()) == code)


def _with_loans(facts: Facts, of_it: Callable[[LoanPart], bool]) -> Facts:
    parts = tuple(
        replace(part, loans=tuple(loan for loan in part.loans if of_it(loan))) for part in facts.parts
    )
    kept = {loan.id for part in parts for loan in part.loans}
    return _with_rows(replace(facts, parts=parts), LENDING, lambda row: row.id in kept)


def products_of(part: Part, _facts: Facts) -> Sequence[str]:
    """Return the products of a person's loans."""
    return tuple(dict.fromkeys(loan.product for loan in part.loans))


def with_product(facts: Facts, key: str) -> Facts:
    """Return the facts of the loans of one product."""
    return _with_loans(facts, lambda loan: loan.product == key)


def product_name(key: str) -> str:
    """Return the name of a product; loans from a paper book may have none."""
    return key.partition(_SEP)[2] or _("không theo sản phẩm nào")


def purpose_name(key: str) -> str:
    """Return a purpose as it is written."""
    return key.partition(_SEP)[2] or _("chưa ghi mục đích")


# -- grants, support, courses ----------------------------------------------------------------------


_grants = _Once(
    lambda facts: _listed(
        ((row.member, row.group), row.reason) for row in facts.more.get(GRANTS, ()) if row.amount
    ),
    lambda facts: facts.more.get(GRANTS),
)


def reasons_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return why the social fund gave to a person in the period."""
    return tuple(_grants(facts).get((part.member, part.group), ()))


def with_reason(facts: Facts, key: str) -> Facts:
    """Return the facts of the grants for one reason."""
    given: dict[tuple[MemberId, int], int] = {}
    for row in facts.more.get(GRANTS, ()):
        if row.reason == key:
            given[row.member, row.group] = given.get((row.member, row.group), 0) + row.amount
    parts = tuple(replace(part, social_out=given.get((part.member, part.group), 0)) for part in facts.parts)
    return replace(facts, parts=parts)


def reason_name(key: str) -> str:
    """Return the name of a reason."""
    return _("chưa ghi lý do") if key == UNKNOWN else GrantReason(key).title


REASON_ORDER = tuple(one.value for one in GrantReason)

_fines = _Once(
    lambda facts: _listed(((row.member, row.group), row.reason) for row in facts.more.get(FINES, ())),
    lambda facts: facts.more.get(FINES),
)


def fines_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return why a person was fined in the period."""
    return tuple(_fines(facts).get((part.member, part.group), ()))


def with_fine(facts: Facts, key: str) -> Facts:
    """Return the facts of the fines for one reason."""
    asked = {(row.member, row.group): row.amount for row in facts.more.get(FINES, ()) if row.reason == key}
    parts = tuple(replace(part, fines=asked.get((part.member, part.group), 0)) for part in facts.parts)
    return _with_rows(replace(facts, parts=parts), FINES, lambda row: row.reason == key)


_kinds = _Once(
    lambda facts: _listed(
        (member, row.kind.value) for row in facts.more.get("support", ()) for member in row.people
    ),
    lambda facts: facts.more.get("support"),
)


def supports_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the kinds of support that reached a person in the period."""
    return tuple(_kinds(facts).get(part.member, ()))


def with_support(facts: Facts, key: str) -> Facts:
    """Return the facts of the support of one kind."""
    return _with_rows(facts, "support", lambda row: row.kind.value == key)


def support_name(key: str) -> str:
    """Return the name of a kind of support."""
    title: str = SupportKind(key).title
    return title


SUPPORT_ORDER = tuple(one.value for one in SupportKind)

_modules = _Once(
    lambda facts: {
        row.member: tuple(
            sorted(
                {code for code, day in row.modules if facts.starts <= day <= facts.ends} | row.visited_modules
            )
        )
        for row in facts.more.get("training", ())
    },
    lambda facts: facts.more.get("training"),
)


def modules_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return the modules that a person completed in the period, or was visited about."""
    return _modules(facts).get(part.member, ())


def with_module(facts: Facts, key: str) -> Facts:
    """Return the facts of one module."""
    rows = tuple(
        replace(
            row,
            modules=tuple(one for one in row.modules if one[0] == key),
            visited_modules=row.visited_modules & {key},
            applied_modules=row.applied_modules & {key},
        )
        for row in facts.more.get("training", ())
    )
    return replace(facts, more={**facts.more, "training": rows})


# -- groups ----------------------------------------------------------------------------------------

_phases = _Once(
    lambda facts: {row.group: (row.phase.value,) for row in facts.more.get("maturity", ())},
    lambda facts: facts.more.get("maturity"),
)


def phases_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return how far a person's group has come, by its last score that still holds."""
    return _phases(facts).get(part.group) or (UNKNOWN,)


def phase_name(key: str) -> str:
    """Return the name of a phase."""
    if key == UNKNOWN:
        return _("Chưa chấm điểm")
    title: str = Phase(key).title
    return title


PHASE_ORDER = tuple(one.value for one in Phase)


def users_of(part: Part, facts: Facts) -> Sequence[str]:
    """Return who recorded vouchers of a person's group in the period."""
    group = facts.by_group.get(part.group)
    return () if group is None else tuple(group.by_user)


def with_user(facts: Facts, key: str) -> Facts:
    """Return the facts of what one person recorded: how their groups' books were kept by them."""
    groups = []
    for group in facts.groups:
        kept = group.by_user.get(key, Kept())
        groups.append(
            replace(
                group,
                vouchers=kept.vouchers,
                in_time=kept.in_time,
                reversals=kept.reversals,
                by_user={key: kept} if kept.vouchers else {},
            )
        )
    return replace(facts, groups=tuple(groups))


def user_name(key: str) -> str:
    """Return the name that a voucher was recorded under."""
    return key or _("Không rõ")


def _with_rows(facts: Facts, name: str, keep: Callable[[Any], bool]) -> Facts:
    rows = tuple(row for row in facts.more.get(name, ()) if keep(row))
    return replace(facts, more={**facts.more, name: rows})


def _listed(pairs: Any) -> dict[Any, tuple[str, ...]]:
    found: dict[Any, tuple[str, ...]] = {}
    for who, key in pairs:
        if key not in found.get(who, ()):
            found[who] = (*found.get(who, ()), key)
    return found
