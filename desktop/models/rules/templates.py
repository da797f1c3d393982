"""Templates of groups: a constitution, loan products and offices as data, with no member and no money in them.

A template comes with the program (`resources/templates`), or from a working group, in a sealed file that another
commune reads in. docs/templates.md describes the format.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from desktop.models.kinds import Attendance, Frequency, GroupKind, LeavingRule, RemainderRule
from desktop.models.problems import Level, Problem, Refusal
from desktop.models.rules import sealed
from desktop.models.rules.charter import USUAL_OFFICES, Charter, Seats, check_charter
from desktop.models.rules.constitution import FineRule, Rules, check_rules
from desktop.models.rules.forms.definition import Words
from desktop.models.rules.loan_products import DatedRate, Product, check_product
from desktop.models.rules.loans.rounding import RoundingMode
from desktop.models.rules.plain import BadText, from_plain, to_plain
from desktop.models.rules.savings_interest import BalanceBasis
from desktop.models.rules.savings_terms import SavingsAgreed, SavingsRate, SavingsTerms, TermsFacts
from desktop.models.rules.savings_terms import check_agreed as check_savings
from desktop.models.savings_kinds import Crediting, RatePer, SavingsKind
from resources.lang.messages import _

SEAL = sealed.Seal("sonhom-group-template", 1)
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ANY_DAY = date(2000, 1, 1)
_NO_WORDS = Words("")


@dataclass(frozen=True, slots=True)
class TemplateFine:
    """A fine of the list; amount in đồng."""

    code: str
    title: Words
    amount: int
    attendance: Attendance | None = None


@dataclass(frozen=True, slots=True)
class TemplateRules:
    """The amounts and limits of a constitution (`constitution.Rules`), without day and place."""

    frequency: Frequency = Frequency.MONTHLY
    weekday: int = 5
    month_day: int | None = None
    meeting_time: str = ""
    share_value: int = 0
    shares_min: int = 0
    shares_max: int = 0
    voluntary_savings: bool = True
    withdrawals: bool = True
    compulsory_saving: int = 0
    social_contribution: int = 0
    fines: tuple[TemplateFine, ...] = ()
    quorum_percent: int = 50
    share_out_unit: int = 1000
    share_out_remainder: RemainderRule = RemainderRule.NEXT_CYCLE
    leaving_rule: LeavingRule = LeavingRule.PAID
    leaving_fee_percent: int = 0


@dataclass(frozen=True, slots=True)
class TemplateCharter:
    """The words of a constitution (`charter.Charter`)."""

    aim: Words = _NO_WORDS
    membership: Words = _NO_WORDS
    offices: tuple[Seats, ...] = USUAL_OFFICES
    clauses: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateProduct:
    """A loan product that a group founded on the template offers; `code` is unique within the template."""

    code: str
    name: Words
    product: Product


@dataclass(frozen=True, slots=True)
class TemplateSavings:
    """What one kind of savings bears and when it may be taken out (`savings_terms`), without days; minimum in đồng."""

    kind: SavingsKind
    percent: Fraction = Fraction(0)
    per: RatePer = RatePer.YEAR
    basis: BalanceBasis = BalanceBasis.DAILY
    crediting: Crediting = Crediting.MONTHLY
    days_in_year: int = 365
    rounding_unit: int = 1
    rounding: RoundingMode = RoundingMode.HALF_UP
    minimum: int = 0
    locked_by_loan: bool = False
    notice_days: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a template was copied from: the group's name and the commune's code."""

    group: str = ""
    commune: str = ""


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Template:
    """A way of keeping a group. `version` counts what became of the same `code`."""

    code: str
    version: int
    kind: GroupKind
    title: Words
    explanation: Words
    rules: TemplateRules
    charter: TemplateCharter = TemplateCharter()
    products: tuple[TemplateProduct, ...] = ()
    savings: tuple[TemplateSavings, ...] = ()
    cycle_months: int = 12
    origin: Origin = NOWHERE


class BadTemplate(ValueError):
    """A template that cannot be used; the text says what is wrong and where."""


# -- from a template to a group --------------------------------------------------------------------


def rules_from(template: Template, valid_from: date) -> Rules:
    """Return the rules that a group founded on the template begins with, in the language in use."""
    given = {field.name: getattr(template.rules, field.name) for field in fields(TemplateRules)}
    given["fines"] = tuple(
        FineRule(fine.code, str(fine.title), fine.amount, fine.attendance) for fine in template.rules.fines
    )
    return Rules(valid_from=valid_from, **given)


def charter_from(template: Template) -> Charter:
    """Return the words that a group founded on the template begins with, in the language in use."""
    words = template.charter
    return Charter(
        aim=str(words.aim),
        membership=str(words.membership),
        offices=words.offices,
        clauses="\n".join(str(clause) for clause in words.clauses),
    )


def savings_from(template: Template, since: date) -> tuple[SavingsAgreed, ...]:
    """Return what a group founded on the template agrees on for its savings, from a day on."""
    terms = {field.name for field in fields(SavingsTerms)} - {"valid_from"}
    return tuple(
        SavingsAgreed(
            SavingsTerms(valid_from=since, **{name: getattr(one, name) for name in terms}),
            SavingsRate(since, one.percent, one.per) if one.percent else None,
        )
        for one in template.savings
    )


def product_from(wanted: TemplateProduct, since: date) -> Product:
    """Return a product as a group offers it from a day on: at the template's latest rate."""
    latest = max(wanted.product.rates, key=lambda rate: rate.since)
    return replace(wanted.product, rates=(DatedRate(since, latest.percent),))


def cycle_end(starts: date, months: int = 12) -> date:
    """Return the last day of a cycle of so many months that begins on `starts`."""
    month = starts.month - 1 + months
    year, month = starts.year + month // 12, month % 12 + 1
    day = min(starts.day, calendar.monthrange(year, month)[1])
    end = date(year, month, day)
    # From 29 February a year reaches to 28 February, and no day further back.
    return end if day < starts.day else end - timedelta(days=1)


# -- from a group to a template --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Naming:
    """What is typed when a template is copied from a group."""

    code: str
    title: str
    explanation: str
    version: int = 1


def template_of(
    naming: Naming,
    kind: GroupKind,
    rules: Rules,
    charter: Charter,
    products: Iterable[tuple[str, str, Product]],
    origin: Origin,
    cycle_months: int = 12,
    savings: Iterable[SavingsAgreed] = (),
) -> Template:
    """Return a group's ways as a template. The place of meeting stays behind: it is often somebody's house."""
    given = {
        field.name: getattr(rules, field.name) for field in fields(TemplateRules) if field.name != "fines"
    }
    fines = tuple(
        TemplateFine(fine.code, Words(fine.title), fine.amount, fine.attendance) for fine in rules.fines
    )
    return Template(
        code=naming.code.strip(),
        version=naming.version,
        kind=kind,
        title=Words(naming.title.strip()),
        explanation=Words(naming.explanation.strip()),
        rules=TemplateRules(**given, fines=fines),
        charter=TemplateCharter(
            Words(charter.aim.strip()),
            Words(charter.membership.strip()),
            charter.offices,
            tuple(Words(line) for line in charter.further()),
        ),
        products=tuple(
            TemplateProduct(code.strip(), Words(name.strip()), product_from_now(product))
            for code, name, product in products
        ),
        savings=tuple(map(_savings_of, savings)),
        cycle_months=cycle_months,
        origin=origin,
    )


def _savings_of(agreed: SavingsAgreed) -> TemplateSavings:
    """Return savings as a template tells of them: the rules and the rate of now."""
    names = {field.name for field in fields(SavingsTerms)} - {"valid_from"}
    given = {name: getattr(agreed.terms, name) for name in names}
    if agreed.rate is not None:
        given |= {"percent": agreed.rate.percent, "per": agreed.rate.per}
    return TemplateSavings(**given)


def product_from_now(product: Product) -> Product:
    """Return a product with its latest rate alone, from any day: when rates changed is the group's own story."""
    latest = max(product.rates, key=lambda rate: rate.since)
    return replace(product, rates=(DatedRate(_ANY_DAY, latest.percent),))


def find_people(content: Mapping[str, Any], names: Iterable[str], numbers: Iterable[str]) -> list[Problem]:
    """Return the problems of texts that name a person: a full name, or a telephone or identity number."""
    wanted = {" ".join(name.split()).casefold(): name for name in names if len(name.split()) > 1}
    digits = [number for number in numbers if len(number) >= 8]
    found = []
    for place, text in sealed.texts(content):
        folded, bare = " ".join(text.split()).casefold(), re.sub(r"\D", "", text)
        hit = next((name for key, name in wanted.items() if key in folded), "")
        hit = hit or next((number for number in digits if number in bare), "")
        if hit:
            problem = _("Mẫu không được chứa tên hay số của ai; “{text}” có “{hit}” ({place}).")
            problem = problem.format(text=text[:80], hit=hit, place=place)
            found.append(Problem.stop("person", _FIELD.get(place.split(".")[0], ""), problem))
    return found


_FIELD = {"title": "title", "explanation": "explanation", "origin": "origin"}


# -- reading and writing ---------------------------------------------------------------------------


def write_template(template: Template) -> dict[str, Any]:
    """Return a template as the content of a file."""
    content: dict[str, Any] = to_plain(template)
    return content


def read_template(raw: object) -> Template:
    """Return the template of a file's content. Raises BadTemplate."""
    if not isinstance(raw, Mapping):
        raise BadTemplate(_("Mẫu nhóm phải là một bảng các khoản."))
    _known(raw, Template, _("mẫu"))
    _known(raw.get("rules", {}), TemplateRules, "rules")
    _known(raw.get("charter", {}), TemplateCharter, "charter")
    try:
        template = from_plain(Template, raw)
    except (BadText, ValueError, TypeError, KeyError, ArithmeticError, AttributeError) as error:
        raise BadTemplate(_("Mẫu nhóm có chỗ không đọc được ({what}).").format(what=error)) from error
    problems = check_template(template)
    if problems:
        raise BadTemplate(" ".join(problem.message for problem in problems))
    assert isinstance(template, Template)
    return template


def open_template(data: bytes) -> tuple[Template, str]:
    """Return the template of a travelling file, and its seal. Raises Refusal (field "file")."""
    opened = sealed.open_file(SEAL, data)
    try:
        return read_template(opened.content), opened.sha256
    except BadTemplate as error:
        raise Refusal([Problem.stop("template", "file", str(error))]) from error


def check_template(template: Template) -> list[Problem]:
    """Return what is wrong with a template before it is kept or carried; fields as in `Naming`, else those of `Rules`."""
    found = []
    if not _CODE.fullmatch(template.code):
        text = _("Mã mẫu gồm chữ thường không dấu, số, gạch nối; nhiều nhất 40 chữ.")
        found.append(Problem.stop("code", "code", text))
    if template.version < 1:
        found.append(Problem.stop("version", "version", _("Bản của mẫu là số từ 1.")))
    if not template.title:
        found.append(Problem.stop("title", "title", _("Hãy nhập tên mẫu.")))
    if not template.explanation:
        text = _("Hãy giải thích mẫu này dành cho nhóm nào.")
        found.append(Problem.stop("explanation", "explanation", text))
    if not 1 <= template.cycle_months <= 120:
        text = _("Chu kỳ của mẫu dài từ 1 đến 120 tháng.")
        found.append(Problem.stop("cycle", "cycle_months", text))
    found += check_rules(rules_from(template, _ANY_DAY))
    found += check_charter(charter_from(template))
    codes = [one.code for one in template.products]
    if len(codes) != len(set(codes)):
        found.append(Problem.stop("products", "products", _("Hai sản phẩm vay trùng mã.")))
    for one in template.products:
        if not one.code.strip() or not one.name:
            found.append(Problem.stop("products", "products", _("Sản phẩm vay thiếu mã hoặc tên.")))
        found += check_product(one.product)
    return found + _check_savings(template)


def _check_savings(template: Template) -> list[Problem]:
    kinds = [one.kind for one in template.savings]
    if len(kinds) != len(set(kinds)):
        return [Problem.stop("savings", "savings", _("Mẫu quy định một loại tiết kiệm hai lần."))]
    agreed = savings_from(template, _ANY_DAY)
    # A high rate is asked about when a group keeps it; a template only proposes it.
    problems = [problem for one in agreed for problem in check_savings(one, TermsFacts())]
    return [problem for problem in problems if problem.level is Level.STOP]


def _known(raw: object, kind: type[Any], place: str) -> None:
    """Refuse keys that nobody reads: a slip of the pen would else go unnoticed."""
    if not isinstance(raw, Mapping):
        raise BadTemplate(_("Mẫu nhóm có chỗ không đọc được ({what}).").format(what=place))
    strange = sorted(set(raw) - {field.name for field in fields(kind)})
    if strange:
        text = _("Mẫu nhóm có khoản lạ ở {place}: {names}.")
        raise BadTemplate(text.format(place=place, names=", ".join(map(str, strange))))
