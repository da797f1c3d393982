"""What figures are crossed by: sex, age, disability, poverty, ethnicity, group, commune and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.models.inclusion_kinds import Barrier
from desktop.models.kinds import GroupKind, Poverty, Sex
from desktop.models.rules.categories import AGE_BANDS, COARSE_BANDS, Category, band
from desktop.models.rules.washington import DOMAINS, Finding
from desktop.services import row_cuts
from desktop.services.indicators.facts import Facts, Part
from desktop.services.indicators.fines import FINE_ORDER, fine_title
from desktop.services.indicators.traits import difficulty_names, vulnerability_name
from desktop.services.population import commune_name
from resources.lang.collation import sort_key
from resources.lang.messages import N_, _
from resources.training import module_title

UNKNOWN = row_cuts.UNKNOWN
"""The category of those of whom it is not known: never left out silently (indicators.md 0)."""
NOBODY = "-"
_CATEGORIES = tuple(one for one in Category if one is not Category.ALL)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to tell people or groups apart.

    `of` gives the categories of a membership (several where `overlapping`); `order` all categories that are
    always shown. `tells`: a category says something of a person; `sensitive`: only some may see it; `delicate`:
    counted with the stricter threshold of donors. `coarser`: the dimension to use where too much is hidden.
    `narrow`: where a category is of a person's activities, loans or courses, it leaves only those in the facts of a cell;
    who has none is in no row of it.
    """

    key: str
    title: str
    of: Callable[[Part, Facts], Sequence[str]]
    name: Callable[[str], str]
    order: tuple[str, ...] = ()
    tells: bool = True
    sensitive: bool = False
    delicate: bool = False
    overlapping: bool = False
    of_groups: bool = False
    coarser: str = ""
    narrow: Callable[[Facts, str], Facts] | None = None
    inside: bool = False
    """Whether it is for readers in the commune only: it names who keeps the book."""

    @property
    def shown(self) -> str:
        """Return the name in the language in use."""
        return _(self.title)

    def categories(self, facts: Facts) -> list[str]:
        """Return the categories that occur, in order; those not in `order` by their names, "not known" last."""
        seen = {key for part in (*facts.parts, *facts.others) for key in self.of(part, facts)}
        fixed = [key for key in self.order if key in seen]
        rest = sorted(seen - set(self.order) - {UNKNOWN}, key=lambda key: sort_key(self.name(key)))
        return [*fixed, *rest, *([UNKNOWN] if UNKNOWN in seen else [])]


def _yes_no(answer: bool | None) -> tuple[str]:
    return (UNKNOWN if answer is None else "yes" if answer else "no",)


def _named(names: dict[str, str]) -> Callable[[str], str]:
    return lambda key: _(names[key]) if key in names else _("Không rõ") if key == UNKNOWN else key


_YES_NO = _named({"yes": N_("Có"), "no": N_("Không")})


def _band(bands: tuple[tuple[str, int, int], ...]) -> Callable[[Part, Facts], Sequence[str]]:
    return lambda part, _facts: (band(part.traits.age, bands) or UNKNOWN,)


def _disability(part: Part, _facts: Facts) -> Sequence[str]:
    known = part.traits.disability in (Finding.YES, Finding.NO)
    return _yes_no(part.traits.disability is Finding.YES if known else None)


def _difficulties(part: Part, _facts: Facts) -> Sequence[str]:
    """Return in what a person has much difficulty, or cannot."""
    return tuple(domain for place, domain in enumerate(DOMAINS) if part.difficulties >> place & 1)


def _hindered(part: Part, _facts: Facts) -> Sequence[str]:
    """Return what hinders a person from taking part."""
    codes = part.barriers
    return (UNKNOWN,) if codes is None else tuple(sorted(codes)) or (NOBODY,)


def _barrier_name(key: str) -> str:
    if key == UNKNOWN:
        return _("Chưa hỏi")
    return _("Không gặp trở ngại nào") if key == NOBODY else Barrier(key).title


def _group_name(key: str) -> str:
    return _("Không thuộc nhóm nào") if key == UNKNOWN else key.partition("\x1f")[2]


def _of_group(part: Part, facts: Facts) -> Sequence[str]:
    group = facts.by_group.get(part.group)
    return (UNKNOWN,) if group is None else (f"{group.id}\x1f{group.name}",)


def _kind(part: Part, facts: Facts) -> Sequence[str]:
    group = facts.by_group.get(part.group)
    return (UNKNOWN,) if group is None else (group.kind.value,)


def _commune(part: Part, facts: Facts) -> Sequence[str]:
    group = facts.by_group.get(part.group)
    return (UNKNOWN,) if group is None else (group.commune or UNKNOWN,)


def _vulnerability(part: Part, _facts: Facts) -> Sequence[str]:
    codes = part.traits.vulnerabilities
    return (UNKNOWN,) if codes is None else tuple(sorted(codes)) or (NOBODY,)


def _vulnerability_named(key: str) -> str:
    if key == UNKNOWN:
        return _("Không rõ")
    return _("Không thuộc diện nào") if key == NOBODY else vulnerability_name(key)


_ALL: Iterable[Dimension] = (
    Dimension(
        "none", N_("(không chia)"), lambda _p, _f: ("all",), lambda _key: _("Tất cả"), ("all",), tells=False
    ),
    Dimension(
        "sex",
        N_("Giới tính"),
        lambda part, _facts: (UNKNOWN if part.traits.sex is None else part.traits.sex.value,),
        lambda key: _("Không rõ") if key == UNKNOWN else Sex(key).title,
        tuple(sex.value for sex in Sex),
        tells=False,
    ),
    Dimension(
        "age",
        N_("Nhóm tuổi"),
        _band(AGE_BANDS),
        _named({}),
        tuple(name for name, _first, _last in AGE_BANDS),
        tells=False,
        coarser="age3",
    ),
    Dimension(
        "age3",
        N_("Nhóm tuổi (gộp)"),
        _band(COARSE_BANDS),
        _named({}),
        tuple(name for name, _first, _last in COARSE_BANDS),
        tells=False,
    ),
    Dimension(
        "disability",
        N_("Khuyết tật (WG)"),
        _disability,
        _YES_NO,
        ("yes", "no"),
        sensitive=True,
        delicate=True,
    ),
    Dimension(
        "certificate",
        N_("Giấy xác nhận khuyết tật"),
        lambda part, _facts: _yes_no(part.traits.certificate),
        _YES_NO,
        ("yes", "no"),
        sensitive=True,
        delicate=True,
    ),
    Dimension(
        "domain",
        N_("Mặt khó khăn (WG)"),
        _difficulties,
        lambda key: difficulty_names()[key],
        DOMAINS,
        sensitive=True,
        delicate=True,
        overlapping=True,
        coarser="disability",
    ),
    Dimension(
        "barrier",
        N_("Trở ngại khi tham gia"),
        _hindered,
        _barrier_name,
        (*(one.value for one in Barrier), NOBODY),
        sensitive=True,
        delicate=True,
        overlapping=True,
        coarser="none",
    ),
    Dimension(
        "poverty",
        N_("Hộ nghèo, cận nghèo"),
        lambda part, _facts: (
            UNKNOWN if part.traits.poverty is Poverty.UNKNOWN else part.traits.poverty.value,
        ),
        lambda key: _("Không rõ") if key == UNKNOWN else Poverty(key).title,
        (Poverty.POOR.value, Poverty.NEAR_POOR.value, Poverty.NOT_POOR.value),
    ),
    Dimension(
        "ethnicity",
        N_("Dân tộc"),
        lambda part, _facts: _yes_no(part.traits.minority),
        _named({"no": N_("Kinh"), "yes": N_("Dân tộc khác")}),
        ("no", "yes"),
        sensitive=True,
    ),
    Dimension(
        "vulnerability",
        N_("Diện yếu thế"),
        _vulnerability,
        _vulnerability_named,
        sensitive=True,
        delicate=True,
        overlapping=True,
        coarser="vulnerable",
    ),
    Dimension(
        "vulnerable",
        N_("Có thuộc diện yếu thế"),
        lambda part, _facts: _yes_no(
            None if part.traits.vulnerabilities is None else bool(part.traits.vulnerabilities)
        ),
        _YES_NO,
        ("yes", "no"),
        sensitive=True,
    ),
    Dimension(
        "category",
        N_("Nhóm dân cư (k)"),
        lambda part, _facts: tuple(one.value for one in _CATEGORIES if one.holds(part.traits)),
        lambda key: Category(key).title,
        tuple(one.value for one in _CATEGORIES),
        sensitive=True,
        delicate=True,
        overlapping=True,
        coarser="none",
        narrow=lambda facts, key: replace(facts, category=Category(key)),
    ),
    Dimension(
        "section",
        N_("Ngành nghề (V)"),
        row_cuts.sections_of,
        row_cuts.section_name,
        row_cuts.SECTION_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_section,
    ),
    Dimension(
        "hazard",
        N_("Hiểm họa khí hậu (C)"),
        row_cuts.hazards_of,
        row_cuts.hazard_name,
        row_cuts.HAZARD_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_hazard,
    ),
    Dimension(
        "employment",
        N_("Vị thế việc làm"),
        row_cuts.employments_of,
        row_cuts.employment_name,
        row_cuts.EMPLOYMENT_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_employment,
    ),
    Dimension(
        "purpose",
        N_("Mục đích vay"),
        row_cuts.purposes_of,
        row_cuts.purpose_name,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_purpose,
    ),
    Dimension(
        "product",
        N_("Sản phẩm vay"),
        row_cuts.products_of,
        row_cuts.product_name,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_product,
    ),
    Dimension(
        "reason",
        N_("Lý do quỹ xã hội hỗ trợ"),
        row_cuts.reasons_of,
        row_cuts.reason_name,
        row_cuts.REASON_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_reason,
    ),
    Dimension(
        "fine",
        N_("Lý do phạt"),
        row_cuts.fines_of,
        fine_title,
        FINE_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_fine,
    ),
    Dimension(
        "support",
        N_("Loại hỗ trợ"),
        row_cuts.supports_of,
        row_cuts.support_name,
        row_cuts.SUPPORT_ORDER,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_support,
    ),
    Dimension(
        "module",
        N_("Mô-đun tập huấn"),
        row_cuts.modules_of,
        module_title,
        overlapping=True,
        coarser="none",
        narrow=row_cuts.with_module,
    ),
    Dimension(
        "office",
        N_("Ban quản lý nhóm"),
        lambda part, _facts: _yes_no(part.leads),
        _YES_NO,
        ("yes", "no"),
        tells=False,
    ),
    Dimension("group", N_("Nhóm"), _of_group, _group_name, tells=False, of_groups=True, coarser="kind"),
    Dimension(
        "kind",
        N_("Loại nhóm"),
        _kind,
        lambda key: _("Không thuộc nhóm nào") if key == UNKNOWN else GroupKind(key).title,
        tuple(kind.value for kind in GroupKind),
        tells=False,
        of_groups=True,
    ),
    Dimension(
        "phase",
        N_("Giai đoạn của nhóm"),
        row_cuts.phases_of,
        row_cuts.phase_name,
        row_cuts.PHASE_ORDER,
        tells=False,
        of_groups=True,
    ),
    Dimension(
        "commune",
        N_("Xã, phường"),
        _commune,
        lambda key: _("Không rõ") if key == UNKNOWN else commune_name(key),
        tells=False,
        of_groups=True,
    ),
    Dimension(
        "user",
        N_("Người ghi sổ"),
        row_cuts.users_of,
        row_cuts.user_name,
        tells=False,
        overlapping=True,
        of_groups=True,
        narrow=row_cuts.with_user,
        inside=True,
    ),
    Dimension(
        "hamlet",
        N_("Thôn, ấp"),
        lambda part, _facts: (part.hamlet or UNKNOWN,),
        _named({}),
        tells=False,
        coarser="none",
    ),
)
DIMENSIONS: dict[str, Dimension] = {one.key: one for one in _ALL}
