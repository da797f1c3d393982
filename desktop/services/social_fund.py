"""The social fund: what it has, and its grants – asked for, decided by a vote or by two officers, paid, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, VoucherId, new_uid
from desktop.models.kinds import Account, EntryKind, GrantReason, GrantState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Member, SocialGrant, Voucher
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for, show_number
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.balances import group_balances
from desktop.services.facts import members_in_order
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _
from resources.lang.names import join_name

_CHANGED = (Topic.GROUPS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the social fund for a grant to a member, in đồng."""

    group: GroupId
    member: MemberId
    reason: GrantReason
    amount: int
    day: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class Decide:
    """Approve or refuse a grant: by a vote (`present`, `in_favour`), else by two officers by name; refusals say why."""

    grant: int
    day: date
    approved: bool
    present: int = 0
    in_favour: int = 0
    officers: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant in a list, in đồng."""

    id: int
    member: MemberId
    code: str
    name: str
    reason: GrantReason
    words: str
    amount: int
    requested_on: date
    state: GrantState
    decision: str
    paid_on: date | None
    voucher: VoucherId | None
    voucher_number: str


@dataclass(frozen=True, slots=True)
class SocialFund:
    """What the fund has on a day, what it was given and what it gave since the beginning, in đồng."""

    cash: int
    contributed: int
    granted: int
    promised: int
    grants: tuple[GrantRow, ...]


# -- deeds -----------------------------------------------------------------------------------------


def ask(book: Book, command: Ask, act: Act) -> Outcome[int]:
    """Write down a request. Raises Refusal."""
    with book.write(act) as session:
        refuse_if_stopped(_check_ask(session, command, act.today))
        grant = SocialGrant(
            uid=new_uid(),
            group_id=command.group,
            member_id=command.member,
            reason=command.reason,
            words=command.words.strip(),
            amount=command.amount,
            requested_on=command.day,
            recorded_at=act.at,
            recorded_by=act.who,
        )
        session.add(grant)
        session.flush()
    return Outcome(grant.id, Changed.of(Topic.GROUPS, group=command.group))


def _check_ask(session: Session, command: Ask, today: date) -> list[Problem]:
    found = []
    if type(command.amount) is not int or not 0 < command.amount <= MAX_DONG:
        found.append(Problem.stop("amount", "amount", _("Số tiền phải là số nguyên đồng lớn hơn 0.")))
    if command.day > today:
        found.append(
            Problem.stop("future", "day", _("Ngày {day} chưa tới.").format(day=show_day(command.day)))
        )
    if command.member not in {row.member_id for row in members_in_order(session, command.group, command.day)}:
        found.append(Problem.stop("member", "member", _("Người này không thuộc nhóm vào ngày đó.")))
    if command.reason is GrantReason.OTHER and not command.words.strip():
        found.append(Problem.stop("words", "words", _("Hãy ghi rõ lý do trợ cấp.")))
    return found


def decide(book: Book, command: Decide, act: Act) -> Outcome[int]:
    """Approve or refuse a request. Raises Refusal: no majority, one officer only, a refusal without a reason."""
    with book.write(act) as session:
        grant = session.get_one(SocialGrant, command.grant)
        refuse_if_stopped(_check_decision(session, grant, command, act.today))
        grant.state = GrantState.APPROVED if command.approved else GrantState.REFUSED
        grant.decided_on, grant.decision = command.day, _decision_words(command)
    return Outcome(command.grant, Changed.of(Topic.GROUPS, group=GroupId(grant.group_id)))


def _decision_words(command: Decide) -> str:
    parts = []
    if command.present:
        vote = _("biểu quyết {yes}/{all}").format(yes=command.in_favour, all=command.present)
        parts.append(vote)
    parts += [_("duyệt: {names}").format(names=", ".join(command.officers))] if command.officers else []
    parts += [command.why.strip()] if command.why.strip() else []
    return "; ".join(parts)


def _check_decision(session: Session, grant: SocialGrant, command: Decide, today: date) -> list[Problem]:
    found = []
    if grant.state is not GrantState.REQUESTED:
        return [Problem.stop("decided", "", _("Khoản trợ cấp này đã được quyết định rồi."))]
    if not grant.requested_on <= command.day <= today:
        found.append(Problem.stop("day", "day", _("Ngày quyết định phải từ ngày đề nghị đến hôm nay.")))
    if not command.approved:
        if not command.why.strip():
            found.append(Problem.stop("why", "why", _("Hãy ghi lý do không duyệt.")))
        return found
    members = len(members_in_order(session, GroupId(grant.group_id), command.day))
    if command.present:
        if not 0 <= command.in_favour <= command.present <= members:
            found.append(
                Problem.stop(
                    "vote", "in_favour", _("Số phiếu không hợp với {n} thành viên.").format(n=members)
                )
            )
        elif command.in_favour * 2 <= command.present:
            found.append(Problem.stop("majority", "in_favour", _("Chưa quá nửa người dự họp đồng ý.")))
    elif len({name.strip() for name in command.officers if name.strip()}) < 2:
        found.append(
            Problem.stop(
                "officers", "officers", _("Cần biểu quyết của cuộc họp, hoặc hai người có chức vụ duyệt.")
            )
        )
    return found


def pay(book: Book, grant_id: int, day: date, act: Act) -> Outcome[PostedVoucher]:
    """Pay an approved grant out of the social-fund box. Raises Refusal, also above what is in it."""
    with book.write(act) as session:
        grant = session.get_one(SocialGrant, grant_id)
        group = GroupId(grant.group_id)
        refuse_if_stopped(_check_paying(session, grant, day, act.today))
        entry = Entry(EntryKind.SOCIAL_OUT, grant.amount, member=MemberId(grant.member_id))
        draft = VoucherDraft(
            group=group,
            paper=paper_for([entry]),
            day=day,
            lines=lines_of([entry]),
            text=", ".join(part for part in (grant.reason.title, grant.words) if part),
            member=MemberId(grant.member_id),
        )
        voucher = post(session, [draft])[0]
        grant.state, grant.paid_on, grant.voucher_id = GrantState.PAID, day, voucher.id
    return Outcome(voucher, Changed.of(*_CHANGED, group=group))


def _check_paying(session: Session, grant: SocialGrant, day: date, today: date) -> list[Problem]:
    if grant.state is not GrantState.APPROVED:
        return [Problem.stop("not-approved", "", _("Khoản này chưa được duyệt hoặc đã chi rồi."))]
    if day > today or (grant.decided_on is not None and day < grant.decided_on):
        return [Problem.stop("day", "day", _("Ngày chi phải từ ngày duyệt đến hôm nay."))]
    held = group_balances(session, GroupId(grant.group_id), day).get(Account.SOCIAL_CASH, 0)
    if grant.amount > held:
        return [
            Problem.stop(
                "social-short",
                "day",
                _("Quỹ xã hội chỉ còn {held}; không lấy tiền quỹ vay để chi.").format(held=show_dong(held)),
            )
        ]
    return []


def take_back(book: Book, grant_id: int, reason: str, act: Act) -> Outcome[PostedVoucher]:
    """Take a payment back with a reason: its voucher is reversed on its own day. Raises Refusal."""
    with book.write(act) as session:
        grant = session.get_one(SocialGrant, grant_id)
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        if grant.state is not GrantState.PAID or grant.voucher_id is None:
            raise Refusal([Problem.stop("not-paid", "", _("Khoản này chưa chi."))])
        voucher = reverse(session, [VoucherId(grant.voucher_id)], reason.strip())[0]
        grant.state = GrantState.REVERSED
    return Outcome(voucher, Changed.of(*_CHANGED, group=GroupId(grant.group_id)))


# -- questions -------------------------------------------------------------------------------------


def fund(book: Book, group: GroupId, day: date) -> SocialFund:
    """Return the fund on a day with all its grants, the latest first."""
    with book.read() as session:
        balances = group_balances(session, group, day)
        rows = session.execute(
            select(SocialGrant, Member, Voucher)
            .join(Member, Member.id == SocialGrant.member_id)
            .outerjoin(Voucher, Voucher.id == SocialGrant.voucher_id)
            .where(SocialGrant.group_id == group)
            .order_by(SocialGrant.requested_on.desc(), SocialGrant.id.desc())
        )
        grants = tuple(
            GrantRow(
                grant.id,
                MemberId(member.id),
                member.code,
                join_name(member.family, member.middle, member.given),
                grant.reason,
                grant.words,
                grant.amount,
                grant.requested_on,
                grant.state,
                grant.decision,
                grant.paid_on,
                None if voucher is None else VoucherId(voucher.id),
                "" if voucher is None else show_number(voucher.paper, voucher.number, voucher.year),
            )
            for grant, member, voucher in rows
        )
    return SocialFund(
        balances.get(Account.SOCIAL_CASH, 0),
        balances.get(Account.SOCIAL_FUND, 0),
        balances.get(Account.SOCIAL_GRANTS, 0),
        sum(grant.amount for grant in grants if grant.state is GrantState.APPROVED),
        grants,
    )
