"""Livelihoods for the demonstration book: activities of borrowers with plans and visits, jobs, openings, a flood.

They are written through the services at the end of the story, in the first groups only; nothing in them moves money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, LoanId, MemberId
from desktop.models.kinds import Sex
from desktop.models.livelihood_kinds import (
    Accommodation,
    Answer,
    Contribution,
    Decider,
    Employment,
    Establishment,
    Evidence,
    Hazard,
    JobKind,
    LossShare,
    Practice,
    ReliefKind,
    Skill,
    Wave,
)
from desktop.models.records.every import Loan, Member
from desktop.models.rules.livelihoods.business_plan import Plan
from desktop.models.rules.livelihoods.climate import Risk
from desktop.models.rules.livelihoods.income import Asset, Figures
from desktop.models.rules.livelihoods.jobs import Term
from desktop.models.rules.loans.calendar import add_months
from desktop.services import (
    business_plans,
    group_lists,
    job_matching,
    jobs,
    livelihood_standards,
    livelihood_visits,
    livelihoods,
    placements,
    shock_book,
    shocks,
)
from desktop.services.acts import Act
from desktop.services.job_matching import Opening, Seeker
from desktop.services.jobs import NewJob, Worker
from desktop.services.livelihood_visits import Visit
from desktop.services.livelihoods import Activity, Owner
from desktop.services.placements import CheckRow
from desktop.services.shock_book import Event, LossLine
from desktop.store.book import Book
from resources import economy

MOST_GROUPS = 3
_CLOCK = time(12, 0, tzinfo=UTC)
_HELPERS = (
    "Nguyễn Văn Tèo", "Trần Thị Mận", "Lê Văn Sang", "Phạm Thị Bưởi", "Huỳnh Văn Lũy", "Thạch Thị Sa Vy", "Võ Văn Tám",
    "Đặng Thị Chín", "Bùi Thị Mười", "Ngô Văn Đua", "Kim Sa Rinh", "Lâm Thị Xuyến", "Hồ Văn Bảy",
)  # fmt: skip
VISITOR = "Lê Thị Bích Phượng, cán bộ dự án"


@dataclass(frozen=True, slots=True)
class _Idea:
    """One activity of the story: whose (place in the group), what, since when, and how its income went."""

    place: int
    name: str
    vsic: str
    months_ago: int
    nets: tuple[int, ...]
    hazard: Hazard
    risk: tuple[int, int]
    practice: Practice
    kind: Establishment = Establishment.FARM
    joint: bool = True
    days: int = 200
    hours: int = 4
    helper: bool = False
    says: Contribution = Contribution.NOT_WITHOUT
    end: str = ""


_IDEAS = (
    _Idea(1, "Nuôi vịt đẻ", "0146", 14, (18_000_000, 26_500_000, 31_200_000), Hazard.INUNDATION, (3, 2), Practice.SAFE_STABLE, hours=5, helper=True),
    _Idea(4, "Trồng rau màu an toàn", "0118", 13, (21_600_000, 25_000_000, 29_800_000), Hazard.SALT, (3, 3), Practice.WATER, hours=6, helper=True, says=Contribution.SMALLER),
    _Idea(7, "Bán tạp hóa", "4711", 13, (24_000_000, 27_000_000, 26_400_000), Hazard.STORM, (1, 2), Practice.SAFE_HOUSE, kind=Establishment.BUSINESS, joint=False, days=300, hours=7, says=Contribution.SMALLER),
    _Idea(2, "May gia công tại nhà", "1410", 12, (9_600_000, 15_400_000), Hazard.RAIN, (1, 1), Practice.OFF_FARM, kind=Establishment.HOME_WORK, days=180, helper=True),
    _Idea(5, "Nuôi heo nái", "0145", 13, (20_400_000, 12_000_000), Hazard.DISEASE, (3, 3), Practice.SAFE_STABLE, end="Dịch tả heo châu Phi, chưa tái đàn"),
    _Idea(9, "Nấu rượu, nuôi gà thả vườn", "0150", 8, (14_000_000,), Hazard.HEAT, (2, 2), Practice.MIXED),
)  # fmt: skip


def livelihoods_of_demo(book: Book, today: date, who: str) -> int:
    """Add livelihoods, jobs and a flood to the first groups; return how many vouchers were posted: none."""
    first = _act(add_months(today, -16), who)
    known = {row.year for row in economy.prices()}
    last = economy.prices()[-1]
    for year in range(last.year + 1, today.year + 1):
        if year not in known:
            points = last.points * (100 + 3 * (year - last.year)) // 100
            livelihood_standards.keep_price(book, year, 0, points, "Số ví dụ, thay bằng số công bố", first)
    rows = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, MOST_GROUPS
    )
    made: list[tuple[MemberId, LivelihoodId]] = []
    for number, row in enumerate(rows):
        made += _of_group(book, row.id, number, today, who)
    if made:
        _matching(book, [member for member, _key in made], rows[0].id, today, who)
        _flood(book, made, today, who)
    return 0


def _of_group(
    book: Book, group: GroupId, number: int, today: date, who: str
) -> list[tuple[MemberId, LivelihoodId]]:
    roster = group_lists.roster(book, group, today)
    made = []
    for place, idea in enumerate(_IDEAS):
        if idea.place >= len(roster) or (place + number) % 6 == 5:
            continue
        member = MemberId(roster[idea.place].member_id)
        made.append((member, _activity(book, member, idea, number, today, who)))
    return made


def _activity(book: Book, member: MemberId, idea: _Idea, number: int, today: date, who: str) -> LivelihoodId:
    started = add_months(today, -idea.months_ago) + timedelta(days=3 * number)
    base_day = started - timedelta(days=12)
    command = Activity(
        Owner(member),
        idea.name,
        idea.vsic,
        establishment=idea.kind,
        decider=Decider.JOINT if idea.joint else Decider.ALONE,
        started=started,
        smart=max(idea.risk) == 3,
        practices=(idea.practice,),
        risks=(Risk(idea.hazard, *idea.risk),),
    )
    key = livelihoods.register(book, command, _act(base_day, who), _loan_of(book, member)).value
    plan = _plan(idea, number)
    kept = business_plans.keep(book, key, plan, _act(base_day, who)).value
    if len(idea.nets) > 1:  # one plan waits for its approval
        people = ("Tổ trưởng nhóm", VISITOR.split(",", maxsplit=1)[0])
        business_plans.approve(
            book, kept, people, base_day + timedelta(days=5), _act(base_day + timedelta(days=5), who)
        )
    _visits(book, key, idea, number, base_day, started, today, who)
    _jobs(book, key, member, idea, started, today, who)
    return key


def _loan_of(book: Book, member: MemberId) -> LoanId | None:
    with book.read() as session:
        found = session.scalar(
            select(Loan.id).where(Loan.member_id == member, Loan.disbursed_on.is_not(None)).limit(1)
        )
    return None if found is None else LoanId(found)


def _plan(idea: _Idea, number: int) -> Plan:
    year = idea.nets[-1] * 2
    month = year // 12 // 1000 * 1000
    spent = month * 45 // 100 // 1000 * 1000
    return Plan(
        product=idea.name,
        market="Chợ xã, thương lái tới nhà",
        unit="lứa",
        unit_cost=month * 40 // 100,
        price=month,
        fixed=month * 2,
        startup=6_000_000 + 500_000 * number,
        own=3_000_000 + 500_000 * number,
        loan=5_000_000,
        incomes=(0, month // 2, *(month,) * 10),
        expenses=(spent, *(spent,) * 11)[:12] if spent <= 2_000_000 else (2_000_000, *(spent,) * 11),
        risk=f"{idea.hazard.title}; giá lên xuống",
        mitigation=f"{idea.practice.title}; bán cho hai mối",
        climate=idea.hazard.title,
    )


def _visits(
    book: Book,
    key: LivelihoodId,
    idea: _Idea,
    number: int,
    base_day: date,
    started: date,
    today: date,
    who: str,
) -> None:
    for wave, net in zip((Wave.BASE, Wave.M6, Wave.M12), idea.nets, strict=False):
        day = base_day if wave is Wave.BASE else add_months(started, wave.months) + timedelta(days=4)
        if day > today:
            return
        closed = bool(idea.end) and wave is not Wave.BASE
        net += 700_000 * number
        figures = Figures(
            revenue=net * 2,
            own_use=1_200_000,
            stock_start=2_000_000,
            stock_end=2_000_000 if wave is Wave.BASE else 2_600_000,
            costs=net + 200_000,
            interest=0 if wave is Wave.BASE else 400_000,
            days=idea.days if wave is not Wave.BASE else idea.days // 2,
            minutes=idea.hours * 60,
            household=4,
            assets=(Asset("Chuồng trại, dụng cụ", 5_000_000, 5),),
        )
        visit = Visit(
            key,
            wave,
            day,
            VISITOR,
            figures,
            operating=not closed,
            practices=() if wave is Wave.BASE else (idea.practice,),
            contribution=Contribution.UNASKED if wave is Wave.BASE else idea.says,
            evidence=Evidence.VISIT_PHOTO,
            note=idea.end if closed else "",
            agreed=True,
        )
        livelihood_visits.record(book, visit, _act(day, who))


def _jobs(
    book: Book, key: LivelihoodId, member: MemberId, idea: _Idea, started: date, today: date, who: str
) -> None:
    begun = started - timedelta(days=12)
    answers = dict.fromkeys(("safety", "free", "on_time", "voice"), Answer.YES)
    first = Term(begun, idea.days // 2, idea.hours * 60, 12)
    owner = NewJob(
        Worker(member), JobKind.EXISTING, Employment.SELF, first, key, work=idea.name,
        evidence=Evidence.CASHBOOK, decent=answers,
    )  # fmt: skip
    job = jobs.add(book, owner, _act(started, who)).value
    later = add_months(started, 2)
    if later <= today:
        income = (idea.nets[min(1, len(idea.nets) - 1)] // 12) // 1000 * 1000
        more = Term(later, idea.days, idea.hours * 60, 12, income)
        jobs.new_term(book, job, more, Evidence.CASHBOOK, _act(later, who))
    if idea.helper and later <= today:
        name = _HELPERS[(int(key) + idea.hours) % len(_HELPERS)]
        worker = Worker(
            name=name, sex=Sex.FEMALE if "Thị" in name else Sex.MALE, birth_year=1980 + int(key) % 28
        )
        helper = NewJob(
            worker, JobKind.NEW, Employment.WAGE_VERBAL, Term(later, 120, 360, 8, 1_800_000), key, work="Phụ việc",
            evidence=Evidence.TWO_WITNESS, decent=answers,
        )  # fmt: skip
        jobs.add(book, helper, _act(later, who))
    if idea.end:
        ended = add_months(started, 7)
        if ended <= today:
            jobs.end(book, job, ended, idea.end, _act(ended, who))


def _matching(book: Book, taken: list[MemberId], group: GroupId, today: date, who: str) -> None:
    roster = [MemberId(row.member_id) for row in group_lists.roster(book, group, today)]
    free = [member for member in roster if member not in taken]
    day = add_months(today, -8)
    cooperative = Opening(
        "Hợp tác xã Rau sạch Tân Hưng", "Sơ chế, đóng gói rau", day, cooperative=True, place="Ấp Chợ", places=3,
        skills=(Skill.PACKING, Skill.FARMING), offers=(Accommodation.SEATED, Accommodation.FLEXIBLE, Accommodation.ACCESS),
        pay=4_200_000, days=240, minutes=420, contact="Anh Đức, 0909 000 111",
    )  # fmt: skip
    sewing = Opening(
        "Cơ sở may Thanh Trúc", "May gia công", add_months(today, -2), place="Ấp Bình Phú", places=2,
        skills=(Skill.SEWING,), offers=(Accommodation.HOME, Accommodation.SEATED), pay=4_500_000, days=260, minutes=480,
    )  # fmt: skip
    first = job_matching.keep_opening(book, cooperative, _act(day, who)).value
    job_matching.keep_opening(book, sewing, _act(add_months(today, -2), who))
    wishes = (
        ((Skill.PACKING,), (Accommodation.SEATED,), "Việc ngồi làm, gần nhà", 1_500_000),
        ((Skill.FARMING, Skill.COOKING), (), "Việc ổn định quanh năm", 2_500_000),
        ((Skill.SEWING,), (Accommodation.HOME,), "Nhận hàng về nhà may", 1_200_000),
        ((Skill.SELLING,), (Accommodation.TRANSPORT,), "Bán hàng", 0),
    )
    for member, (skills, needs, wish, income) in zip(free, wishes, strict=False):
        job_matching.keep_seeker(book, Seeker(member, day, skills, needs, wish, income), _act(day, who))
    for place, member in enumerate(free[:2]):
        on = day + timedelta(days=20)
        placement = placements.place(book, first, member, on, 4_200_000, "", _act(on, who)).value
        asked = add_months(on, 6) if place == 0 else add_months(on, 3)
        answer = CheckRow(asked, True, 4_400_000 if place == 0 else 4_200_000, True, "")
        placements.check_placement(book, placement, answer, _act(asked, who))


def _flood(book: Book, made: list[tuple[MemberId, LivelihoodId]], today: date, who: str) -> None:
    day = today - timedelta(days=150)
    flood = Event(
        Hazard.INUNDATION,
        f"Triều cường, ngập lụt {day.year}",
        day,
        day + timedelta(days=4),
        "Ấp Bình Phú, ấp Chợ",
        declared=True,
    )
    event = shocks.keep_event(book, flood, _act(day + timedelta(days=2), who)).value
    written = _act(day + timedelta(days=6), who)
    for place, (member, key) in enumerate(made[:4]):
        with book.read() as session:
            home = session.scalar(select(Member.household_id).where(Member.id == member))
        if home is None:
            continue
        line = LossLine(
            HouseholdId(home), ("Vịt chết", "Rau ngập úng", "Hàng ướt", "Nguyên liệu hỏng")[place],
            ("40 con", "1.500 m²", "", "200 kg")[place], (3_200_000, 4_500_000, 1_100_000, 900_000)[place],
            (LossShare.FROM_30_TO_70, LossShare.OVER_70, LossShare.UNDER_30, LossShare.UNDER_30)[place],
            state_help=1_000_000 if place == 1 else 0, livelihood=key,
            recovered=min(day + timedelta(days=45 + 30 * place), today) if place < 3 else None,
        )  # fmt: skip
        act = written if line.recovered is None else _act(max(line.recovered, written.today), who)
        shocks.keep_loss(book, event, line, act)
        measures = "Kê cao thức ăn, gửi gia súc nhà cao, để dành tiền ở quỹ xã hội"
        shocks.keep_preparedness(book, HouseholdId(home), act.today, measures, act)
    for payable in shock_book.payables(book, event)[:2]:
        if payable.kind is ReliefKind.GRANT or payable.amount <= 5_000_000:
            shocks.link(
                book, event, payable.kind, payable.key, "", _act(max(payable.day, written.today), who)
            )


def _act(day: date, who: str) -> Act:
    return Act(who=who, at=datetime.combine(day, _CLOCK), today=day)
