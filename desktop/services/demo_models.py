"""Constitutions changed, a template copied, a working model and where it was adopted, for the demonstration book."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from desktop.models.ids import GroupId
from desktop.models.problems import Refusal
from desktop.models.rules.charter import Agreement
from desktop.services import constitutions, group_lists, replication, templates
from desktop.services.acts import Act
from desktop.services.constitutions import AgreeRules
from desktop.services.groups import get
from desktop.services.replication import Adopt, MakeModel
from desktop.services.templates import CopyGroup
from desktop.store.book import Book

_CLOCK = time(9, 0, tzinfo=UTC)
_CODE = "MH-VSLA-01"
_COURSES = ("QLN", "NNKT", "KTSX")
"""Courses of the set, as far as the book teaches them; else the first ones it has."""
_CHECKLIST = """Họp dân, giới thiệu mô hình và lấy ý kiến
Chính quyền cấp xã đồng ý bằng văn bản
Bầu ban quản lý và giao chức vụ
Thông qua quy chế, mọi thành viên ký
Tập huấn ban quản lý ghi sổ
Họp kỳ đầu, ghi sổ và kiểm quỹ"""


def spread(book: Book, today: date, who: str) -> int:
    """Change one constitution, copy a template, make a model and adopt it; posts no voucher."""
    order = group_lists.GroupSort(group_lists.GroupOrder.CODE)
    rows = group_lists.page(book, group_lists.GroupFilter(), order, 0, 4)
    act = Act(who, datetime.combine(today, _CLOCK), today)
    _change_rules(book, rows[0].id, act)
    try:
        made = _make(book, rows[0].id, act)
    except Refusal:  # a name of the story stands in a text
        return 0
    _adopt(book, made, [row.id for row in rows[1:]], rows[0].commune_code, act)
    return 0


def _change_rules(book: Book, group: GroupId, act: Act) -> None:
    """Let the first group raise its social fund from the next meeting on, as its last meeting agreed."""
    held = constitutions.possible_meetings(book, group, 1)
    if not held:
        return
    detail = get(book, group, act.today)
    rules = replace(
        detail.rules,
        valid_from=max(act.today, held[0].day + timedelta(days=1)),
        social_contribution=detail.rules.social_contribution + 5_000,
    )
    agreement = Agreement(
        held[0].day,
        held[0].present,
        max(held[0].present - 1, held[0].present // 2 + 1),
        "Quỹ xã hội chi nhiều cho ốm đau, tang gia; nhóm muốn góp thêm.",
    )
    command = AgreeRules(group, rules, agreement=agreement, meeting=held[0].id, agreed=True)
    constitutions.agree_rules(book, command, act)


def _make(book: Book, group: GroupId, act: Act) -> int:
    """Copy the first group's ways into a template, and make a model of it."""
    copy = CopyGroup(
        group,
        "co-phan-thang",
        "Nhóm cổ phần họp hằng tháng",
        "Cho ấp đông người đi làm xa, chỉ họp được mỗi tháng một lần.",
    )
    templates.copy_group(book, copy, act)
    offered = {course.code: course for course in replication.courses(book, act.today)}
    wanted = [offered[code] for code in _COURSES if code in offered] or list(offered.values())[:3]
    command = MakeModel(
        group=group,
        code=_CODE,
        title="Nhóm cổ phần gắn sinh kế hộ nghèo",
        description=(
            "Dành cho ấp có từ 15 hộ nghèo, cận nghèo và hộ có người khuyết tật.\n"
            "Nhóm góp cổ phần mỗi tháng, cho nhau vay làm ăn nhỏ, học cách ghi sổ và tính lời lỗ."
        ),
        checklist=_CHECKLIST,
        courses=tuple(wanted),
        cost=1_350_000,
        cost_households=25,
        cost_basis="Tập huấn, sổ sách, hòm ba khóa, đi lại của cán bộ trong năm đầu; không tính vốn vay.",
        lessons=(
            "Ấp có đường vào khó thì họp tại nhà văn hóa gần nhất.\n"
            "Ban quản lý học ghi sổ hai buổi là tự làm được."
        ),
    )
    return replication.make(book, command, act).value


def _adopt(book: Book, model: int, groups: list[GroupId], commune: str | None, act: Act) -> None:
    """Let other groups adopt it: one that runs by itself, one that a project helped, and a commune that prepares."""
    for place, group in enumerate(groups[:2]):
        day = act.today - timedelta(days=240 - 60 * place)
        helped = place == 1
        command = Adopt(
            model=model,
            adopted_on=day,
            group=group,
            with_transfer=helped,
            transfer_note="Dự án cho hòm ba khóa và 5.000.000 đồng vốn mồi." if helped else "",
        )
        adoption = replication.adopt(book, command, act).value
        found = next(one for one in replication.adoptions(book, act.today) if one.id == adoption)
        for number, step in enumerate(found.steps, 1):
            done = day + timedelta(days=12 * number)
            replication.set_step(book, adoption, step.item, done, "", act)
    if commune is None:
        return
    coming = Adopt(
        model=model,
        adopted_on=act.today - timedelta(days=20),
        commune=commune,
        note="Ấp bên cạnh; Hội Phụ nữ đang vận động.",
    )
    adoption = replication.adopt(book, coming, act).value
    first = next(one for one in replication.adoptions(book, act.today) if one.id == adoption).steps[0]
    replication.set_step(book, adoption, first.item, act.today - timedelta(days=9), "32 hộ dự họp", act)
