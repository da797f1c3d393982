"""Capacity of groups in the demonstration book: scores over time, their own assessments, plans, promises of the commune.

The same order makes the same content; days are told from today backwards.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import select

from desktop.models.capacity_kinds import ActionState, Keeper, Promise, Side
from desktop.models.ids import GroupId, MemberId
from desktop.models.kinds import Sex
from desktop.models.problems import Refusal
from desktop.models.records.every import Group, Member
from desktop.models.rules.forms.definition import QuestionKind
from desktop.models.rules.maturity import Observed
from desktop.services import assessments, change_plans, coordination, coordination_book, maturity
from desktop.services.acts import Act
from desktop.services.assessments import RecordAssessment
from desktop.services.attachments import Subject
from desktop.services.change_plans import Plan
from desktop.services.coordination import Commit, Guest, Meet
from desktop.services.facts import members_in_order
from desktop.services.maturity import Assess
from desktop.store.book import Book

MOST_GROUPS = 3
OFFICER = "Lê Thị Ngọc Ánh"
_AGO = (400, 215, 30)
_SEEN = (
    Observed(
        sampled=6,
        wrong=1,
        books_evidence="So 6 sổ tiết kiệm, sổ TV thứ 4 thiếu một lần gửi",
        written=True,
        asked=8,
        knew=4,
        rules_evidence="Bản quy chế viết tay, hỏi 8 người",
        alone=1,
        keeper=Keeper.HELPED,
        self_evidence="Cán bộ có mặt 2 trong 3 buổi, giúp cộng sổ",
    ),
    Observed(
        sampled=6,
        books_evidence="So 6 sổ tiết kiệm, khớp cả",
        written=True,
        asked=8,
        knew=6,
        rules_evidence="Quy chế đã đánh máy, dán ở nhà trưởng nhóm",
        alone=2,
        keeper=Keeper.HELPED,
        self_evidence="Thư ký ghi sổ, cán bộ kiểm lại",
    ),
    Observed(
        sampled=8,
        books_evidence="So 8 sổ tiết kiệm, khớp cả",
        written=True,
        asked=10,
        knew=9,
        rules_evidence="Đọc lại quy chế đầu buổi họp, hỏi 10 người",
        alone=3,
        keeper=Keeper.MEMBER,
        self_evidence="Biên bản 3 buổi gần nhất không có cán bộ",
    ),
)
_ANSWERS = (
    {"written": 1, "regular": 1},
    {"written": 2, "regular": 2},
)
_PLANS = (
    ("Sổ sách khớp mỗi buổi họp", "Hai người đếm tiền, đọc to, ghi vào biên bản", 120, 45, "Ba biên bản gần nhất có chữ ký hai người đếm"),
    ("Ai cũng nắm quy chế", "Đọc một điều của quy chế đầu mỗi buổi họp", 120, -25, ""),
    ("Luân phiên cán bộ nhóm", "Bầu lại ban quản lý cuối chu kỳ, có ít nhất một nữ", 90, 12, ""),
    ("Không bỏ sót hộ nghèo trong ấp", "Đến vận động ba hộ nghèo chưa vào nhóm", 60, -60, ""),
)  # fmt: skip
"""Goal, action, agreed so many days ago, due so many days ago (before zero: still to come), what came of it."""


def build_capacity(book: Book, today: date, who: str) -> int:
    """Tell how the first groups grew, and what the commune promised; posts no voucher."""
    with book.read() as session:
        found = session.execute(
            select(Group.id, Group.uid, Group.founded).order_by(Group.code).limit(MOST_GROUPS)
        ).all()
    for place, (group, uid, founded) in enumerate(found):
        _assess(book, GroupId(group), founded, today, place)
        _ask(book, GroupId(group), uid, founded, today)
        _plan(book, GroupId(group), today, who, place)
    if found:
        _coordinate(book, [GroupId(row[0]) for row in found], today, who)
    return 0


def _act(day: date, who: str) -> Act:
    return Act(who, datetime(day.year, day.month, day.day, 4, tzinfo=UTC), day)


def _assess(book: Book, group: GroupId, founded: date | None, today: date, place: int) -> None:
    """Keep up to three scores; later groups are a visit behind."""
    for seen, ago in zip(_SEEN[: 3 - place // 2], _AGO, strict=False):
        day = today - timedelta(days=ago + place)
        if founded is not None and day < founded + timedelta(days=60):
            continue
        maturity.record(book, Assess(group, day, seen, OFFICER), _act(day, OFFICER))


def _ask(book: Book, group: GroupId, uid: bytes, founded: date | None, today: date) -> None:
    """Fill in the group's own assessment twice, and the EAT of some members."""
    form = assessments.form(book, "organisation")
    for extra, ago in zip(_ANSWERS, (370, 25), strict=True):
        day = today - timedelta(days=ago)
        if founded is not None and day < founded:
            continue
        answers: dict[str, Any] = {}
        for number, question in enumerate(form.questions()):
            if question.kind is QuestionKind.YES_NO:
                answers[question.id] = True
            elif question.options:
                better = min(len(question.options) - 1, (ago < 100) + (number % 2))
                answers[question.id] = question.options[better].value
            elif question.kind is QuestionKind.TEXT:
                answers[question.id] = "Hộp thư góp ý, và đầu mỗi buổi họp"
        answers |= extra
        assessments.record(
            book,
            RecordAssessment("organisation", Subject("savings_groups", uid), day, answers, OFFICER),
            _act(day, OFFICER),
        )
    _voices(book, group, today)


def _voices(book: Book, group: GroupId, today: date) -> None:
    random = Random(int.from_bytes(b"voice", "big") + group)
    form = assessments.form(book, "empowerment")
    day = today - timedelta(days=20)
    with book.read() as session:
        roster = [row.member_id for row in members_in_order(session, group, day)][:7]
        uids = list(session.scalars(select(Member.uid).where(Member.id.in_(roster)).order_by(Member.id)))
    for uid in uids:
        answers: dict[str, Any] = {}
        for question in form.questions():
            if question.options:
                answers[question.id] = random.choice([option.value for option in question.options])
            else:
                answers[question.id] = random.randint(3, question.most or 5)
        try:
            assessments.record(
                book,
                RecordAssessment("empowerment", Subject("members", uid), day, answers, OFFICER),
                _act(day, OFFICER),
            )
        except Refusal:
            continue  # without this person's consent nothing is asked


def _plan(book: Book, group: GroupId, today: date, who: str, place: int) -> None:
    for goal, action, since, due, outcome in _PLANS[: 4 - place]:
        act = _act(today - timedelta(days=since), who)
        plan = Plan(
            group,
            act.today,
            goal,
            action,
            "Ban quản lý nhóm",
            today - timedelta(days=due),
            "Chấm điểm lần trước",
        )
        key = change_plans.keep(book, plan, act).value
        if outcome:
            day = today - timedelta(days=due + 5)
            change_plans.settle(book, key, 1, ActionState.DONE, day, outcome, _act(day, who))


def _coordinate(book: Book, groups: list[GroupId], today: date, who: str) -> None:
    with book.read() as session:
        commune = session.get_one(Group, groups[0]).commune_code or ""
        members = [row.member_id for row in members_in_order(session, groups[0], today)]
    first = _act(today - timedelta(days=150), who)
    meet = Meet(
        first.today,
        "Đưa nhóm tiết kiệm vào kế hoạch giảm nghèo của xã",
        "UBND xã",
        "Hội trường UBND xã",
        commune,
        None,
        "Nghe nhóm báo cáo; bàn hỗ trợ nơi họp; danh sách hộ nghèo chưa vào nhóm",
        "Thống nhất mỗi quý họp một lần",
    )
    meeting = coordination.keep(book, meet, first).value
    _guests(book, meeting, members[:3], first)
    kept = _promise(
        book, meeting, Side.AUTHORITY, "UBND xã", "Cho nhóm mượn nhà văn hóa ấp để họp", 60, first
    )
    _promise(book, meeting, Side.UNION, "Hội Phụ nữ xã", "Gửi danh sách hộ nghèo chưa vào nhóm", 90, first)
    _promise(book, meeting, Side.GROUP, "Trưởng các nhóm", "Báo cáo số liệu mỗi quý cho xã", 170, first)
    day = first.today + timedelta(days=50)
    version = next(row.version for row in coordination_book.promises(book, today) if row.id == kept)
    coordination.settle(
        book, kept, version, Promise.KEPT, day, "Thông báo 15/TB-UBND, đã họp ở nhà văn hóa", _act(day, who)
    )
    second = _act(today - timedelta(days=40), who)
    meeting = coordination.keep(
        book,
        Meet(
            second.today,
            "Phòng thiên tai mùa mưa bão và vay khẩn cấp",
            "Ban chỉ huy phòng thủ dân sự xã",
            "UBND xã",
            commune,
            groups[-1],
            "Kế hoạch ứng phó của hộ; quy trình vay khẩn cấp",
        ),
        second,
    ).value
    _guests(book, meeting, members[3:6], second)
    _promise(book, meeting, Side.AUTHORITY, "Ban chỉ huy xã", "Tập huấn sơ cứu, sơ tán cho nhóm", 60, second)


def _guests(book: Book, meeting: int, members: list[MemberId], act: Act) -> None:
    coordination.add_guests(
        book,
        meeting,
        [
            Guest(Side.AUTHORITY, name="Huỳnh Văn Lợi", position="Phó Chủ tịch UBND xã", sex=Sex.MALE, disabled=False),
            Guest(Side.UNION, name="Võ Thị Kim Hoa", position="Chủ tịch Hội Phụ nữ xã", sex=Sex.FEMALE, disabled=False),
            Guest(Side.PROJECT, name=OFFICER, position="Cán bộ dự án", sex=Sex.FEMALE),
            *(Guest(Side.GROUP, member) for member in members),
        ],
        act,
    )  # fmt: skip


def _promise(book: Book, meeting: int, side: Side, person: str, what: str, within: int, act: Act) -> int:
    due = act.today + timedelta(days=within)
    return coordination.commit(book, meeting, Commit(side, person, what, due), act).value
