"""Requests for support: written down, changed before they are decided, withdrawn with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, HouseholdId, LivelihoodId, MemberId, SupportId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Group, Household, Livelihood, Member, Support
from desktop.models.rules import people
from desktop.models.support_kinds import SupportKind
from desktop.services import sight
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.erasing import refuse_erased
from desktop.services.support_facts import behind_of, group_of, rows_in
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG
from resources.lang.messages import _
from resources.lang.names import fold

CHANGED = Changed.of(Topic.SUPPORTS, Topic.LIVELIHOODS)


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """For whom support is asked: exactly one of the four."""

    member: MemberId | None = None
    household: HouseholdId | None = None
    group: GroupId | None = None
    livelihood: LivelihoodId | None = None

    @property
    def told(self) -> bool:
        """Tell whether exactly one is named."""
        named = (self.member, self.household, self.group, self.livelihood)
        return sum(one is not None for one in named) == 1


@dataclass(frozen=True, slots=True)
class Request:
    """What a request says. `amount` is the value asked for, in đồng; `training` the codes of the courses needed.

    `through` is the group that follows it; `hardship` asks for the lower co-contribution, for `hardship_basis`.
    """

    beneficiary: Beneficiary
    kind: SupportKind
    title: str
    amount: int
    day: date
    by: str
    through: GroupId | None = None
    provider: str = ""
    quantity: str = ""
    purpose: str = ""
    hardship: bool = False
    hardship_basis: str = ""
    training: tuple[str, ...] = ()


def ask(book: Book, new: Request, act: Act) -> Outcome[SupportId]:
    """Write down a request. Raises Refusal, each problem at its field."""
    with book.write(act) as session:
        refuse_if_stopped([*check(new, act.today), *_check_there(session, new)])
        row = Support(
            uid=new_uid(),
            code=next_code(session, Support),
            kind=new.kind,
            title="",
            requested_on=new.day,
            requested_by="",
            amount=new.amount,
        )
        _apply(row, new)
        session.add(row)
        session.flush()
        made = SupportId(row.id)
    return Outcome(made, CHANGED)


def change(book: Book, support: SupportId, version: int, new: Request, act: Act) -> Outcome[SupportId]:
    """Change a request that was not decided yet. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        rows = rows_in(session, support)
        row = rows.support
        expect_version(row, version)
        if row.hardship and new.hardship and not sight.sensitive_in(session):
            # Who cannot read the reason leaves it empty; it stays as it was.
            new = replace(new, hardship_basis=new.hardship_basis.strip() or row.hardship_basis)
        problems = [*check(new, act.today), *_check_there(session, new)]
        if rows.decisions or rows.transfers:
            text = _("Đã có quyết định, không sửa đề nghị được; hãy lập đề nghị mới.")
            problems = [Problem.stop("decided", "", text)]
        if row.withdrawn_on is not None:
            problems = [Problem.stop("withdrawn", "", _("Đề nghị này đã rút."))]
        if rows.assessments:
            problems += _check_same(row, new)
        first = min((one.day for one in rows.assessments), default=None)
        if first is not None and new.day > first:
            text = _("Ngày đề nghị không được sau ngày đánh giá ({day}).").format(day=show_day(first))
            problems.append(Problem.stop("day", "day", text))
        refuse_if_stopped(problems)
        _apply(row, new)
    return Outcome(support, CHANGED)


def withdraw(book: Book, support: SupportId, day: date, reason: str, act: Act) -> Outcome[SupportId]:
    """Withdraw a request with a reason; not after anything was handed over. Raises Refusal."""
    with book.write(act) as session:
        rows = rows_in(session, support)
        row, problems = rows.support, []
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do.")))
        if not row.requested_on <= day <= act.today:
            problems.append(Problem.stop("day", "day", _("Ngày rút phải từ ngày đề nghị đến hôm nay.")))
        if row.withdrawn_on is not None:
            problems = [Problem.stop("withdrawn", "", _("Đề nghị này đã rút."))]
        if rows.dossier.transfers:
            text = _("Đã bàn giao thì không rút đề nghị được; hãy hủy bàn giao trước.")
            problems = [Problem.stop("transferred", "", text)]
        refuse_if_stopped(problems)
        row.withdrawn_on, row.withdrawn_reason = day, people.tidy_note(reason)
    return Outcome(support, CHANGED)


# -- checks ----------------------------------------------------------------------------------------


def check(new: Request, today: date) -> list[Problem]:
    """Return what is wrong with what was typed, each problem at its field."""
    found = []
    if not new.beneficiary.told:
        text = _("Cần chọn người nhận: một người, một hộ, một nhóm hoặc một sinh kế.")
        found.append(Problem.stop("beneficiary", "beneficiary", text))
    if not new.title.strip():
        text = _("Cần ghi hỗ trợ gì, ví dụ “Máy ấp trứng”.")
        found.append(Problem.stop("missing", "title", text))
    if type(new.amount) is not int or not 0 < new.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Giá trị phải là số nguyên đồng lớn hơn 0.")))
    if new.day > today:
        found.append(Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(new.day))))
    if not new.by.strip():
        found.append(Problem.stop("by", "by", _("Cần ghi ai đề nghị.")))
    if new.hardship and not new.hardship_basis.strip():
        text = _("Đối ứng mức thấp cần ghi căn cứ: số sổ hộ nghèo, quyết định của xã.")
        found.append(Problem.stop("hardship", "hardship_basis", text))
    in_group = new.through is not None or new.beneficiary.group is not None
    if new.kind is SupportKind.REVOLVING and not in_group:
        text = _("Vốn quay vòng cần một nhóm giữ quỹ.")
        found.append(Problem.stop("through", "through", text))
    return found


def _check_there(session: Session, new: Request) -> list[Problem]:
    who = new.beneficiary
    if who.member is not None and (person := session.get(Member, who.member)) is not None:
        refuse_erased(session, person)
    for record, key in (
        (Member, who.member),
        (Household, who.household),
        (Group, who.group),
        (Livelihood, who.livelihood),
    ):
        if key is not None and session.get(record, key) is None:
            return [Problem.stop("beneficiary", "beneficiary", _("Người nhận này không có trong sổ."))]
    if new.through is not None and session.get(Group, new.through) is None:
        return [Problem.stop("through", "through", _("Nhóm này không có trong sổ."))]
    return []


def _check_same(row: Support, new: Request) -> list[Problem]:
    """Return what may not change once it was assessed: for whom, and which kind of support."""
    found = []
    named = _named(new.beneficiary)
    if any(getattr(row, name) != key for name, key in named.items()):
        text = _("Đã đánh giá cho người nhận này; muốn đổi người nhận, hãy lập đề nghị mới.")
        found.append(Problem.stop("assessed", "beneficiary", text))
    if row.kind is not new.kind:
        text = _("Đã đánh giá loại hỗ trợ này; muốn đổi loại, hãy lập đề nghị mới.")
        found.append(Problem.stop("assessed", "kind", text))
    return found


# -- parts -----------------------------------------------------------------------------------------


def _named(who: Beneficiary) -> dict[str, int | None]:
    return {
        "member_id": who.member,
        "household_id": who.household,
        "group_id": who.group,
        "livelihood_id": who.livelihood,
    }


def _apply(row: Support, new: Request) -> None:
    for name, key in _named(new.beneficiary).items():
        setattr(row, name, key)
    row.kind, row.title, row.amount = new.kind, people.tidy(new.title), new.amount
    row.title_fold = fold(row.title)
    row.requested_on, row.requested_by = new.day, people.tidy(new.by)
    row.through_id = new.through if new.through is not None else new.beneficiary.group
    row.provider, row.quantity = people.tidy(new.provider), people.tidy(new.quantity)
    row.purpose = people.tidy_note(new.purpose)
    row.hardship = new.hardship
    row.hardship_basis = people.tidy(new.hardship_basis) if new.hardship else ""
    row.training = json.dumps(sorted(set(new.training)))


def training_of(row: Support) -> tuple[str, ...]:
    """Return the codes of the courses that the recipients need."""
    return tuple(json.loads(row.training))


def money_group(session: Session, row: Support, day: date, field: str = "route") -> GroupId:
    """Return the group whose box takes the money of a dossier. Raises Refusal when there is none on that day."""
    group = group_of(row, behind_of(session, [row])[row.id])
    if group is None:
        text = _("Hồ sơ chưa gắn với nhóm nào, nên không ghi vào quỹ được.")
        raise Refusal([Problem.stop("no-group", field, text)])
    closed = session.get_one(Group, group).closed
    if closed is not None and day > closed:
        raise Refusal([Problem.stop("group-closed", "day", _("Nhóm đã giải thể."))])
    return group
