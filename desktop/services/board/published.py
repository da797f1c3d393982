"""NMA-V's own published measures, by name. The publications give no definitions: those here are this programme's [ours].

Each function gives the list behind the figure, and where the measure is a part of something, the list of the whole.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from desktop.models.kinds import GroupKind, Sex
from desktop.models.livelihood_kinds import Decider, JobKind, Wave
from desktop.services.board.gathering import Asked, BoardFacts
from desktop.services.board.registry import measure
from desktop.services.board.values import Entry, Measured, Part
from desktop.services.indicators.membership import active_groups_of
from desktop.services.livelihood_actors import real_of
from desktop.services.livelihood_book import LivelihoodRow
from desktop.services.livelihood_visits import VisitRow
from desktop.services.organisation_progress import EMPOWERMENT, ORGANISATION
from resources.indicators import limit
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import N_, _, ngettext

BUSINESS_COURSE = "KD40"
PPI_LINE = "bottom40"
CONFIDENT = 4
"""The mean of the EAT's questions on voice from which somebody counts as confident: its band "cao"."""
_GOT = (JobKind.NEW, JobKind.IMPROVED)


# -- businesses and income -------------------------------------------------------------------------


@measure(
    "NMA-1",
    Part.PUBLISHED,
    N_("Cơ sở kinh doanh thích ứng khí hậu của nữ thanh niên đã đào tạo, có lãi sau 6–12 tháng"),
    N_("cơ sở"),
    N_("Sinh kế thích ứng khí hậu, chủ là nữ 16–30 tuổi đã học xong một khóa trước lần thăm; lần thăm 6 hoặc 12 tháng trong kỳ thấy còn hoạt động và thu nhập ròng lớn hơn 0. Mẫu số: các cơ sở như vậy được thăm trong kỳ."),
)  # fmt: skip
def young_women(facts: BoardFacts) -> Measured:
    """Return trained young women's climate-smart businesses with a profit at their 6 or 12 months' visit."""
    seen: dict[int, tuple[LivelihoodRow, VisitRow]] = {}
    for row in facts.figures.livelihoods:
        for visit in row.visits:
            due = visit.wave in (Wave.M6, Wave.M12) and facts.within(visit.day)
            if (
                row.smart
                and due
                and _young_woman(facts, row)
                and _trained_by(facts, row.owner.person, visit.day)
            ):
                seen[int(row.id)] = (row, visit)
    good = {key: pair for key, pair in seen.items() if pair[1].operating and pair[1].net > 0}
    return Measured.of(
        tuple(facts.activity(row, _net_words(visit), visit.day) for row, visit in good.values()),
        tuple(facts.activity(row, _net_words(visit), visit.day) for row, visit in seen.values()),
    )


def _young_woman(facts: BoardFacts, row: LivelihoodRow) -> bool:
    person = facts.people.get(row.owner.person or 0)
    return (
        person is not None and person.sex is Sex.FEMALE and person.age is not None and 16 <= person.age <= 30
    )


def _trained_by(facts: BoardFacts, person: int | None, day: date) -> bool:
    done = facts.trained.get(person or 0)
    return done is not None and done <= day


def _net_words(visit: VisitRow) -> str:
    return _("{wave}: thu nhập ròng {net}").format(wave=visit.wave.title, net=show_dong(visit.net))


def _year_visits(facts: BoardFacts, since: date) -> list[tuple[LivelihoodRow, VisitRow]]:
    """Return the activities with a visit before and one at 12 months from a day on, whose real change is known."""
    found = []
    for row in facts.figures.priced:
        visit = next((one for one in row.visits if one.wave is Wave.M12), None)
        if visit is not None and since <= visit.day <= facts.ends:
            found.append((row, visit))
    return found


def _homes(
    facts: BoardFacts, rows: list[tuple[LivelihoodRow, VisitRow]]
) -> dict[tuple[str, int], tuple[LivelihoodRow, VisitRow]]:
    """Return rows by household; of a household with several activities the one that changed most."""
    found: dict[tuple[str, int], tuple[LivelihoodRow, VisitRow]] = {}
    for row, visit in sorted(rows, key=lambda pair: real_of(pair[0])):
        key = facts.home_of(row.owner.person, row.owner.household)
        if key is not None and row.owner.group is None:
            found[key] = (row, visit)
    return found


def _stable(pair: tuple[LivelihoodRow, VisitRow]) -> bool:
    return pair[1].operating and real_of(pair[0]) >= 0


def _home_entry(facts: BoardFacts, key: tuple[str, int], pair: tuple[LivelihoodRow, VisitRow]) -> Entry:
    row, visit = pair
    text = _("{name}: thay đổi thực {change} một năm").format(name=row.name, change=show_dong(real_of(row)))
    return facts.home(key, text, visit.day, row.owner.person)


@measure(
    "NMA-2",
    Part.PUBLISHED,
    N_("Hộ có thu nhập ổn định sau 1 năm"),
    N_("hộ"),
    N_("Hộ có sinh kế được thăm lần 12 tháng trong kỳ: còn hoạt động, và thu nhập thực (theo giá lúc trước hỗ trợ) không giảm so với lần trước hỗ trợ. Người chưa ghi vào hộ nào tính là một hộ. Mẫu số: hộ có đủ hai lần thăm."),
)  # fmt: skip
def stable_households(facts: BoardFacts) -> Measured:
    """Return households whose income held after a year."""
    homes = _homes(facts, _year_visits(facts, facts.starts))
    return Measured.of(
        tuple(_home_entry(facts, key, pair) for key, pair in homes.items() if _stable(pair)),
        tuple(_home_entry(facts, key, pair) for key, pair in homes.items()),
    )


@measure(
    "NMA-3",
    Part.PUBLISHED,
    N_("Người vay đầu tư thích ứng khí hậu"),
    N_("người"),
    N_("Người có khoản vay giải ngân trong kỳ gắn với sinh kế đánh dấu thích ứng khí hậu. Mẫu số: mọi người vay trong kỳ."),
)  # fmt: skip
def smart_borrowers(facts: BoardFacts) -> Measured:
    """Return loan takers who invest in a climate-smart activity."""
    smart = {int(row.id): row for row in facts.figures.livelihoods if row.smart}
    mine: dict[int, tuple[LivelihoodRow, date]] = {}
    for livelihood, member, day in facts.smart_loans:
        if livelihood in smart and facts.within(day):
            mine[member] = (smart[livelihood], day)
    borrowers = {int(part.member) for part in facts.facts.parts if part.lent > 0} | set(mine)
    return Measured.of(
        tuple(facts.person(member, row.name, day) for member, (row, day) in sorted(mine.items())),
        facts.people_of(borrowers),
    )


@measure(
    "NMA-4",
    Part.PUBLISHED,
    N_("Người có mức sống tăng (điểm PPI)"),
    N_("người"),
    N_("Người trong sổ thuộc hộ được hỏi PPI 2021 trong kỳ và ít nhất một lần trước đó, có khả năng thuộc nhóm 40 % tài sản thấp nhất giảm so với lần hỏi đầu. Đây là nhóm tài sản, không phải chuẩn nghèo. Mẫu số: người thuộc hộ được hỏi ít nhất hai lần."),
)  # fmt: skip
def better_off(facts: BoardFacts) -> Measured:
    """Return people of households whose likelihood of few assets has fallen since the first survey."""
    surveys: dict[int, list[Asked]] = {}
    for asked in facts.asked:
        if asked.subject == "households" and PPI_LINE in asked.results and asked.uid in facts.households:
            surveys.setdefault(facts.households[asked.uid], []).append(asked)
    twice = {home: rows for home, rows in surveys.items() if len(rows) > 1 and facts.within(rows[-1].day)}
    risen, every = [], []
    for member, person in facts.people.items():
        rows = twice.get(person.household or 0)
        if rows is None:
            continue
        first, last = (Fraction(str(one.results[PPI_LINE])) for one in (rows[0], rows[-1]))
        text = _("khả năng {first} → {last}").format(first=show_percent(first, 1), last=show_percent(last, 1))
        entry = facts.person(member, text, rows[-1].day)
        every.append(entry)
        if last < first:
            risen.append(entry)
    return Measured.of(tuple(risen), tuple(every))


# -- training --------------------------------------------------------------------------------------


@measure(
    "NMA-5",
    Part.PUBLISHED,
    N_("Nam giới đã đào tạo cùng vợ quyết định"),
    N_("người"),
    N_("Nam chủ sinh kế đã học xong một khóa đến cuối kỳ, sinh kế ghi “vợ chồng cùng quyết”. Mẫu số: nam chủ sinh kế đã đào tạo và đã được hỏi ai quyết."),
)  # fmt: skip
def men_involving_women(facts: BoardFacts) -> Measured:
    """Return trained men whose activity is decided on together."""
    asked: dict[int, tuple[LivelihoodRow, bool]] = {}
    for row in facts.figures.livelihoods:
        person = facts.people.get(row.owner.person or 0)
        decider = facts.deciders.get(int(row.id), Decider.UNKNOWN)
        if person is None or person.sex is not Sex.MALE or row.owner.group is not None:
            continue
        if decider is Decider.UNKNOWN or not _trained_by(facts, person.id, facts.ends):
            continue
        before = asked.get(person.id)
        joint = decider is Decider.JOINT or (before is not None and before[1])
        asked[person.id] = (row, joint)
    return Measured.of(
        tuple(facts.person(key, row.name) for key, (row, joint) in sorted(asked.items()) if joint),
        tuple(facts.person(key, row.name) for key, (row, _joint) in sorted(asked.items())),
    )


@measure(
    "NMA-6",
    Part.PUBLISHED,
    N_("Người học xong khóa kinh doanh 40 giờ"),
    N_("người"),
    N_("Người hoàn thành khóa KD40 trong kỳ (đủ giờ theo ngưỡng của khóa và đạt kiểm tra hoặc nộp kế hoạch). Mẫu số: người học các lớp KD40 kết thúc trong kỳ."),
)  # fmt: skip
def business_course(facts: BoardFacts) -> Measured:
    """Return those who completed the 40-hour business course in the period."""
    mine = [one for one in facts.learnings if one.course.code == BUSINESS_COURSE]
    done = {int(one.member): one for one in mine if facts.within(one.completed)}
    learners = {int(one.member) for one in mine if facts.within(one.ends)} | set(done)
    return Measured.of(
        tuple(facts.person(key, one.class_name, one.completed) for key, one in sorted(done.items())),
        facts.people_of(learners),
    )


# -- people with disabilities ----------------------------------------------------------------------


@measure(
    "NMA-7a",
    Part.PUBLISHED,
    N_("Người khuyết tật tham gia tổ chức ở địa phương"),
    N_("người"),
    N_("Người khuyết tật (bộ câu hỏi WG hoặc giấy xác nhận) là thành viên một nhóm đến cuối kỳ và có dự họp trong kỳ, hoặc đã dự cuộc họp phối hợp với chính quyền trong kỳ. Mẫu số: mọi người khuyết tật trong sổ."),
    sensitive=True,
)  # fmt: skip
def taking_part(facts: BoardFacts) -> Measured:
    """Return people with disabilities who take part in a group or in meetings with the authorities."""
    came = {int(part.member) for part in facts.facts.members if part.attended} | set(facts.coordinated)
    every = {member for member in facts.people if facts.disabled(member)}
    return Measured.of(facts.people_of(every & came), facts.people_of(every))


@measure(
    "NMA-7b",
    Part.PUBLISHED,
    N_("Người khuyết tật tự tin tham gia"),
    N_("người"),
    N_("Người khuyết tật trả lời EAT trong kỳ, trung bình các câu “trong nhóm” từ 4 trên 5. Mẫu số: người khuyết tật được hỏi EAT trong kỳ."),
    sensitive=True,
)  # fmt: skip
def confident(facts: BoardFacts) -> Measured:
    """Return people with disabilities who feel that they are heard."""
    asked: dict[int, Asked] = {}
    for one in facts.asked:
        member = facts.uids.get(one.uid)
        if (
            one.form == EMPOWERMENT
            and member is not None
            and facts.within(one.day)
            and facts.disabled(member)
        ):
            asked[member] = one
    sure = {
        member: one for member, one in asked.items() if float(str(one.results.get("voice") or 0)) >= CONFIDENT
    }

    def line(member: int, one: Asked) -> Entry:
        mean = f"{float(str(one.results.get('voice') or 0)):.1f}".replace(".", ",")
        return facts.person(member, _("EAT trong nhóm: {mean}").format(mean=mean), one.day)

    return Measured.of(
        tuple(line(*pair) for pair in sorted(sure.items())),
        tuple(line(*pair) for pair in sorted(asked.items())),
    )


def _workers(facts: BoardFacts) -> dict[int, tuple[str, date]]:
    """Return people with disabilities who got a job or a better one in the period, with it and since when."""
    found: dict[int, tuple[str, date]] = {}
    for row in facts.figures.jobs:
        if row.member is None or row.kind not in _GOT or not row.reported or not facts.disabled(row.member):
            continue
        day = row.since if row.kind is JobKind.NEW else max(one.since for one in row.change.job.terms)
        if facts.within(day):
            found[int(row.member)] = (f"{row.work} ({row.kind.title})", day)
    for placed in facts.figures.placements:
        if facts.disabled(placed.member) and facts.within(placed.day):
            found[int(placed.member)] = (placed.opening, placed.day)
    return found


@measure(
    "NMA-7c",
    Part.PUBLISHED,
    N_("Người khuyết tật có việc làm"),
    N_("người"),
    N_("Người khuyết tật có việc làm mới hoặc việc được cải thiện từ trong kỳ, có bằng chứng; hoặc được giới thiệu vào làm trong kỳ. Mẫu số: mọi người khuyết tật trong sổ."),
    sensitive=True,
)  # fmt: skip
def got_jobs(facts: BoardFacts) -> Measured:
    """Return people with disabilities who got a job or a better one."""
    found = _workers(facts)
    every = {member for member in facts.people if facts.disabled(member)}
    return Measured.of(
        tuple(facts.person(member, text, day) for member, (text, day) in sorted(found.items())),
        facts.people_of(every),
    )


@measure(
    "NMA-7d",
    Part.PUBLISHED,
    N_("Người khuyết tật tăng thu nhập"),
    N_("người"),
    N_("Người khuyết tật, trong kỳ: lương ở nơi được giới thiệu cao hơn thu nhập trước đó; hoặc việc làm được trả cao hơn trước; hoặc sinh kế thăm lần 12 tháng tăng thu nhập thực đủ mức tính. Mẫu số: người khuyết tật có việc hoặc sinh kế được hỏi trong kỳ."),
    sensitive=True,
)  # fmt: skip
def earning_more(facts: BoardFacts) -> Measured:
    """Return people with disabilities who earn more than before."""
    more: dict[int, tuple[str, date]] = {}
    asked: set[int] = set(_workers(facts))
    for placed in facts.figures.placements:
        last = max((check.day for check in placed.checks), default=placed.day)
        if facts.disabled(placed.member) and facts.within(last):
            asked.add(int(placed.member))
            if placed.improved:
                more[int(placed.member)] = (placed.opening, last)
    for job in facts.figures.jobs:
        terms = sorted(job.change.job.terms, key=lambda term: term.since)
        if job.member is not None and facts.disabled(job.member) and facts.within(terms[-1].since):
            asked.add(int(job.member))
            if len(terms) > 1 and terms[-1].pay > terms[0].pay:
                more[int(job.member)] = (job.work, terms[-1].since)
    for row, visit in _year_visits(facts, facts.starts):
        person = row.owner.person
        if person is not None and row.owner.group is None and facts.disabled(person):
            asked.add(int(person))
            if facts.figures.gains(row):
                more[int(person)] = (row.name, visit.day)
    return Measured.of(
        tuple(facts.person(member, text, day) for member, (text, day) in sorted(more.items())),
        facts.people_of(asked),
    )


# -- resilience and organisations ------------------------------------------------------------------


def _resilient(facts: BoardFacts) -> tuple[dict[tuple[str, int], Entry], dict[tuple[str, int], Entry]]:
    """Return the households that are more resilient, and those of whom it can be said."""
    homes = _homes(facts, _year_visits(facts, date.min))
    saving = {
        home
        for part in facts.facts.members
        if part.savings > 0 and (home := facts.home_of(int(part.member), None)) is not None
    }
    good, every = {}, {}
    for key, pair in homes.items():
        nets = [
            text
            for held, text in (
                (key in saving, _("có tiết kiệm trong nhóm")),
                (key[0] == "household" and key[1] in facts.prepared, _("có kế hoạch ứng phó")),
                (pair[0].practised, _("áp dụng thực hành thích ứng")),
            )
            if held
        ]
        entry = facts.home(key, "; ".join(nets), pair[1].day, pair[0].owner.person)
        every[key] = entry
        if _stable(pair) and nets:
            good[key] = entry
    return good, every


@measure(
    "NMA-8a",
    Part.PUBLISHED,
    N_("Hộ vững vàng hơn nhờ thu nhập ổn định"),
    N_("hộ"),
    N_("Đến cuối kỳ: hộ có thu nhập ổn định sau 1 năm (như trên, mọi kỳ) và ít nhất một chỗ dựa: tiết kiệm trong nhóm, kế hoạch ứng phó cập nhật trong 12 tháng, hoặc thực hành thích ứng thấy khi thăm. Mẫu số: hộ có đủ hai lần thăm."),
)  # fmt: skip
def resilient_households(facts: BoardFacts) -> Measured:
    """Return households with a stable income and something to fall back on."""
    good, every = _resilient(facts)
    return Measured.of(tuple(good.values()), tuple(every.values()))


@measure(
    "NMA-8b",
    Part.PUBLISHED,
    N_("Thành viên nhóm tiết kiệm (VSLA) thuộc hộ vững vàng hơn"),
    N_("người"),
    N_("Thành viên nhóm tiết kiệm và vay vốn thôn bản đến cuối kỳ, thuộc hộ của thước đo trên. Mẫu số: thành viên các nhóm đó thuộc hộ có đủ hai lần thăm."),
)  # fmt: skip
def resilient_members(facts: BoardFacts) -> Measured:
    """Return members of VSLAs who live in resilient households."""
    good, every = _resilient(facts)
    inside = {
        int(part.member)
        for part in facts.facts.members
        if facts.facts.by_group[part.group].kind is GroupKind.VSLA
    }

    def living_in(homes: dict[tuple[str, int], Entry]) -> tuple[Entry, ...]:
        return facts.people_of(member for member in inside if facts.home_of(member, None) in homes)

    return Measured.of(living_in(good), living_in(every))


@measure(
    "NMA-9",
    Part.PUBLISHED,
    N_("Nhóm, tổ chức được đánh giá bằng công cụ trao quyền (EAT)"),
    N_("nhóm"),
    N_("Nhóm tự đánh giá năng lực tổ chức trong kỳ, hoặc có ít nhất 5 thành viên trả lời EAT trong kỳ. Mẫu số: nhóm đang hoạt động."),
)  # fmt: skip
def assessed_groups(facts: BoardFacts) -> Measured:
    """Return groups whose strength or whose members' voice was assessed in the period."""
    known = {int(group.id) for group in facts.facts.groups}
    found: dict[int, tuple[str, date]] = {}
    voices: dict[int, dict[int, date]] = {}
    for one in facts.asked:
        if not facts.within(one.day):
            continue
        if one.form == ORGANISATION and facts.groups.get(one.uid) in known:
            found[facts.groups[one.uid]] = (_("tự đánh giá năng lực"), one.day)
        elif one.form == EMPOWERMENT and one.uid in facts.uids:
            member = facts.uids[one.uid]
            for part in facts.facts.parts:
                if int(part.member) == member and part.member_on(one.day):
                    voices.setdefault(int(part.group), {})[member] = one.day
    least = limit("suppression.partner.k")
    for group, said in voices.items():
        if len(said) >= least:
            text = ngettext("EAT: {n} thành viên", "EAT: {n} thành viên", len(said)).format(n=len(said))
            before = found.get(group)
            words = text if before is None else f"{before[0]}; {text}"
            found[group] = (words, max(said.values()) if before is None else before[1])
    active = _active(facts) | set(found)
    return Measured.of(
        tuple(facts.group(group, text, day) for group, (text, day) in sorted(found.items())),
        tuple(facts.group(group) for group in sorted(active)),
    )


def _active(facts: BoardFacts) -> set[int]:
    return {int(group.id) for group in active_groups_of(facts.facts)}
