"""Rotating funds: agreed, opened, paid late, an opening taken back, a part handed over, the commune notified.

The money passes through the group's box: what comes in is owed to the one who draws (`Account.ROSCA`) until it is
drawn, so that an opening leaves nothing of it in the box unless somebody has not paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, RoscaId, RoscaPartId, VoucherId, new_uid
from desktop.models.kinds import EntryKind, OpeningState, RoscaState
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Group, Member, Rosca, RoscaOpening, RoscaPart, RoscaPayment
from desktop.models.rules import rosca as rules
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.rules.rosca import RoscaTerms
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.facts import members_in_order
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.rosca_facts import Rotation, holder, rotation
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.dates import show_day
from resources.lang.dong import show_dong
from resources.lang.messages import _, speaking

_CHANGED = (Topic.ROSCAS, Topic.ENTRIES)


@dataclass(frozen=True, slots=True)
class Agree:
    """Agree on a rotating fund. `parts` says how many parts each member takes; their number is that of the openings."""

    group: GroupId
    terms: RoscaTerms
    organiser: MemberId
    parts: Mapping[MemberId, int]
    agreed_on: date
    name: str = ""
    place: str = ""
    security: str = ""
    rules: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Hold the next opening: who draws, at which bid, and what each part has paid in (all of it, where not said)."""

    rosca: RoscaId
    day: date
    drawer: RoscaPartId
    bid: int = 0
    paid: Mapping[RoscaPartId, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class RoundPosted:
    """An opening just posted, with its vouchers: receipts first, then what was drawn."""

    opening: int
    number: int
    vouchers: tuple[PostedVoucher, ...]


def agree(book: Book, command: Agree, act: Act) -> Outcome[RoscaId]:
    """Write down an agreement. Raises Refusal; that identity papers are missing only warns."""
    with book.write(act) as session:
        taken = {member: count for member, count in command.parts.items() if count}
        terms = replace(command.terms, parts=sum(command.parts.values()))
        problems = rules.check_terms(terms, command.parts, act.today)
        problems += _check_people(session, command, taken, act)
        refuse_if_stopped(problems, agreed=command.agreed)
        record = Rosca(
            uid=new_uid(),
            group_id=command.group,
            code=next_code(session, Rosca),
            name=command.name.strip(),
            kind=terms.kind,
            draw_order=terms.order,
            part_value=terms.part_value,
            parts=terms.parts,
            starts=terms.starts,
            frequency=terms.frequency,
            organiser_id=command.organiser,
            commission=terms.commission,
            late_basis_points=int(terms.late_percent * 100),
            organiser_covers=terms.organiser_covers,
            agreed_on=command.agreed_on,
            place=command.place.strip(),
            security=command.security.strip(),
            rules=command.rules.strip(),
            recorded_at=act.at,
            recorded_by=act.who,
        )
        session.add(record)
        session.flush()
        holders = [member for member, count in taken.items() for _part in range(count)]
        session.add_all(
            RoscaPart(uid=new_uid(), rosca_id=record.id, number=number, member_id=member)
            for number, member in enumerate(holders, 1)
        )
    return Outcome(RoscaId(record.id), Changed.of(Topic.ROSCAS, group=command.group))


def _check_people(session: Session, command: Agree, taken: Mapping[MemberId, int], act: Act) -> list[Problem]:
    found: list[Problem] = []
    if command.agreed_on > act.today:
        found.append(
            Problem.stop(
                "future", "agreed_on", _("Ngày {day} chưa tới.").format(day=show_day(command.agreed_on))
            )
        )
    if command.terms.starts < command.agreed_on:
        found.append(
            Problem.stop("starts", "starts", _("Kỳ mở đầu tiên không thể trước ngày ký văn bản thỏa thuận."))
        )
    roster = {row.member_id for row in members_in_order(session, command.group, command.agreed_on)}
    if command.organiser not in roster:
        found.append(Problem.stop("organiser", "organiser", _("Chủ họ phải là thành viên của nhóm.")))
    if set(taken) - roster:
        found.append(Problem.stop("parts", "parts", _("Người tham gia phải là thành viên của nhóm.")))
    people = roster & {*taken, command.organiser}
    return found + rules.check_holders(
        holder(session, member, command.agreed_on) for member in sorted(people)
    )


# -- openings --------------------------------------------------------------------------------------


def open_round(book: Book, command: OpenRound, act: Act) -> Outcome[RoundPosted]:
    """Post the next opening: a receipt for each who paid in, the draw, the commission. Raises Refusal."""
    with book.write(act) as session:
        turning = rotation(session, command.rosca)
        rosca = turning.rosca
        facts = turning.facts(act.today)
        problems = rules.check_opening(facts, command.day, command.drawer, command.bid, command.paid)
        refuse_if_stopped([*problems, *_check_group(session, rosca, command.day)])
        worked = rules.draw(turning.terms, facts.parts, facts.drawn, command.drawer, command.bid)
        paid = {part: command.paid.get(part, due) for part, due in worked.dues.items()}
        drafts, receipts = _receipts(turning, facts.number, command.day, worked.dues, paid)
        covered = sum(worked.dues.values()) - sum(paid.values()) if turning.terms.organiser_covers else 0
        drawn = sum(paid.values()) + covered - worked.commission
        drawer = _member_of(turning, command.drawer)
        text = _text(turning, facts.number)
        drafts.append(
            _voucher(rosca, command.day, Entry(EntryKind.ROSCA_OUT, drawn, member=drawer), text, drawer)
        )
        if worked.commission:
            drafts.append(
                _voucher(
                    rosca,
                    command.day,
                    Entry(EntryKind.ROSCA_COMMISSION, worked.commission, member=drawer),
                    text,
                    MemberId(rosca.organiser_id),
                )
            )
        posted = post(session, drafts)
        opening = RoscaOpening(
            uid=new_uid(),
            rosca_id=rosca.id,
            number=facts.number,
            day=command.day,
            part_id=command.drawer,
            drawer_id=drawer,
            bid=command.bid,
            drawn=drawn,
            voucher_id=posted[len(receipts)].id,
            commission_voucher_id=posted[-1].id if worked.commission else None,
            note=command.note.strip(),
            recorded_at=act.at,
            recorded_by=act.who,
        )
        session.add(opening)
        session.flush()
        for (part, amount, covers), voucher in zip(receipts, posted, strict=False):
            session.add(
                _payment(turning, opening, part, worked.dues[part], amount, voucher.id, covers=covers)
            )
        for part, amount in paid.items():
            if not amount:  # nothing came in: the part owes all of it
                session.add(_payment(turning, opening, part, worked.dues[part], 0, None))
        if facts.number == turning.terms.parts and not _anything_owed(worked.dues, paid):
            rosca.state = RoscaState.ENDED
    result = RoundPosted(opening.id, facts.number, tuple(posted))
    return Outcome(result, Changed.of(*_CHANGED, group=GroupId(rosca.group_id)))


def _anything_owed(dues: Mapping[RoscaPartId, int], paid: Mapping[RoscaPartId, int]) -> bool:
    return any(paid[part] < due for part, due in dues.items())


def _check_group(session: Session, rosca: Rosca, day: date) -> list[Problem]:
    group = session.get_one(Group, rosca.group_id)
    if group.closed is not None and day > group.closed:
        return [Problem.stop("group-closed", "day", _("Nhóm đã giải thể."))]
    if day < rosca.agreed_on:
        return [Problem.stop("before", "day", _("Ngày này trước ngày ký văn bản thỏa thuận."))]
    return []


def _receipts(
    turning: Rotation,
    number: int,
    day: date,
    dues: Mapping[RoscaPartId, int],
    paid: Mapping[RoscaPartId, int],
) -> tuple[list[VoucherDraft], list[tuple[RoscaPartId, int, bool]]]:
    """Return a receipt for each part that paid in, and for what the organiser pays in its place."""
    rosca, text = turning.rosca, _text(turning, number)
    drafts: list[VoucherDraft] = []
    made: list[tuple[RoscaPartId, int, bool]] = []
    for part, due in dues.items():
        member = _member_of(turning, part)
        if paid[part]:
            drafts.append(
                _voucher(rosca, day, Entry(EntryKind.ROSCA_IN, paid[part], member=member), text, member)
            )
            made.append((part, paid[part], False))
        if short := due - paid[part]:
            if not turning.terms.organiser_covers:
                continue
            entry = Entry(EntryKind.ROSCA_ADVANCE, short, member=member)
            drafts.append(_voucher(rosca, day, entry, text, MemberId(rosca.organiser_id)))
            made.append((part, short, True))
    return drafts, made


def _voucher(rosca: Rosca, day: date, entry: Entry, text: str, person: MemberId) -> VoucherDraft:
    return VoucherDraft(
        group=GroupId(rosca.group_id),
        paper=paper_for([entry]),
        day=day,
        lines=lines_of([entry]),
        text=text,
        member=person,
    )


def _text(turning: Rotation, number: int) -> str:
    with speaking(PLAIN.language):  # what the book keeps is in the language of its papers
        return _("Dây họ {code}, kỳ {number}").format(code=turning.rosca.code, number=number)


def _member_of(turning: Rotation, part: RoscaPartId) -> MemberId:
    return MemberId(next(one.member_id for one in turning.parts if one.id == part))


def _payment(
    turning: Rotation,
    opening: RoscaOpening,
    part: RoscaPartId,
    due: int,
    amount: int,
    voucher: VoucherId | None,
    *,
    covers: bool = False,
) -> RoscaPayment:
    return RoscaPayment(
        uid=new_uid(),
        opening_id=opening.id,
        part_id=part,
        member_id=_member_of(turning, part),
        day=opening.day,
        due=due,
        amount=amount,
        covers=covers,
        voucher_id=voucher,
    )


# -- afterwards ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayLate:
    """A part pays what it still owes for an opening, with interest (None: as agreed), in đồng."""

    rosca: RoscaId
    opening: int
    part: RoscaPartId
    day: date
    amount: int
    interest: int | None = None


def pay_late(book: Book, command: PayLate, act: Act) -> Outcome[tuple[PostedVoucher, ...]]:
    """Post late money: it comes into the box and goes on to whom it is owed. Raises Refusal."""
    with book.write(act) as session:
        turning = rotation(session, command.rosca)
        rosca = turning.rosca
        opening = next(one for one in turning.openings if one.id == command.opening)
        owed = turning.owed(opening, command.part)
        refuse_if_stopped(_check_late(opening, command, owed, act.today))
        interest = (
            rules.late_interest(turning.terms, command.amount, opening.day, command.day)
            if command.interest is None
            else command.interest
        )
        member, text = _member_of(turning, command.part), _text(turning, opening.number)
        covered = turning.terms.organiser_covers
        creditor = MemberId(rosca.organiser_id if covered else opening.drawer_id)
        entries = [Entry(EntryKind.ROSCA_IN, command.amount, member=member)]
        entries += [Entry(EntryKind.ROSCA_LATE_INTEREST, interest, member=member)] if interest else []
        back = EntryKind.ROSCA_ADVANCE_BACK if covered else EntryKind.ROSCA_OUT
        passed = Entry(back, command.amount + interest, member=member)
        came = replace(_voucher(rosca, command.day, entries[0], text, member), lines=lines_of(entries))
        posted = post(session, [came, _voucher(rosca, command.day, passed, text, creditor)])
        session.add(
            RoscaPayment(
                uid=new_uid(),
                opening_id=opening.id,
                part_id=command.part,
                member_id=member,
                day=command.day,
                due=0,
                amount=command.amount,
                late_interest=interest,
                voucher_id=posted[0].id,
                passed_voucher_id=posted[1].id,
            )
        )
        session.flush()
        if len(turning.openings) == turning.terms.parts and _settled(rotation(session, command.rosca)):
            rosca.state = RoscaState.ENDED
    return Outcome(tuple(posted), Changed.of(*_CHANGED, group=GroupId(rosca.group_id)))


def _settled(turning: Rotation) -> bool:
    return not any(turning.owed(opening, part.id) for opening in turning.openings for part in turning.parts)


def _check_late(opening: RoscaOpening, command: PayLate, owed: int, today: date) -> list[Problem]:
    if not owed:
        return [Problem.stop("paid", "amount", _("Kỳ này đã góp đủ."))]
    found = []
    if type(command.amount) is not int or not 0 < command.amount <= owed:
        found.append(Problem.stop("amount", "amount", _("Còn phải góp {owed}.").format(owed=show_dong(owed))))
    if not opening.day <= command.day <= today:
        found.append(
            Problem.stop(
                "day", "day", _("Ngày góp phải từ {day} đến hôm nay.").format(day=show_day(opening.day))
            )
        )
    if command.interest is not None and not 0 <= command.interest <= owed:
        found.append(Problem.stop("interest", "interest", _("Tiền lãi góp chậm không hợp lệ.")))
    return found


def reverse_round(book: Book, rosca_id: RoscaId, reason: str, act: Act) -> Outcome[int]:
    """Take the last opening back with a reason: all its vouchers are reversed. Raises Refusal; gives its number."""
    with book.write(act) as session:
        turning = rotation(session, rosca_id)
        if not reason.strip():
            raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
        if not turning.openings:
            raise Refusal([Problem.stop("none", "", _("Dây họ chưa mở kỳ nào."))])
        opening = turning.openings[-1]
        vouchers = [opening.voucher_id, opening.commission_voucher_id]
        for payment in turning.payments:
            if payment.opening_id == opening.id:
                vouchers += [payment.voucher_id, payment.passed_voucher_id]
        reverse(session, [VoucherId(one) for one in vouchers if one is not None], reason.strip())
        opening.state, opening.reason = OpeningState.REVERSED, reason.strip()
        turning.rosca.state = RoscaState.RUNNING
    return Outcome(opening.number, Changed.of(*_CHANGED, group=GroupId(turning.rosca.group_id)))


def hand_over(book: Book, part: RoscaPartId, to: MemberId, act: Act) -> Outcome[None]:
    """Let another member hold a part from now on, with its rights and duties (Article 8). Raises Refusal."""
    with book.write(act) as session:
        record = session.get_one(RoscaPart, part)
        turning = rotation(session, RoscaId(record.rosca_id))
        rosca = turning.rosca
        problems = rules.check_holders([holder(session, to, act.today)])
        problems = [Problem.stop(p.code, "member", p.message) for p in problems if p.code == "age"]
        roster = {row.member_id for row in members_in_order(session, GroupId(rosca.group_id), act.today)}
        if to not in roster:
            problems.append(
                Problem.stop("member", "member", _("Người nhận phần họ phải là thành viên của nhóm."))
            )
        if to == record.member_id:
            problems.append(Problem.stop("member", "member", _("Người này đang giữ phần họ.")))
        if rosca.state is RoscaState.ENDED:
            problems.append(Problem.stop("ended", "member", _("Dây họ đã mãn.")))
        if any(turning.owed(opening, part) for opening in turning.openings):
            problems.append(
                Problem.stop("owes", "member", _("Phần họ này còn nợ tiền góp; hãy thu đủ trước khi chuyển."))
            )
        refuse_if_stopped(problems)
        record.member_id = session.get_one(Member, to).id
    return Outcome(None, Changed.of(Topic.ROSCAS, group=GroupId(rosca.group_id)))


def notify(book: Book, rosca_id: RoscaId, day: date, note: str, act: Act) -> Outcome[None]:
    """Keep that the commune People's Committee was notified in writing, and by which paper. Raises Refusal."""
    with book.write(act) as session:
        rosca = session.get_one(Rosca, rosca_id)
        if not rosca.agreed_on <= day <= act.today:
            refuse_if_stopped(
                [
                    Problem.stop(
                        "day",
                        "day",
                        _("Ngày thông báo phải từ {day} đến hôm nay.").format(day=show_day(rosca.agreed_on)),
                    )
                ]
            )
        rosca.notified_on, rosca.notice = day, note.strip()
    return Outcome(None, Changed.of(Topic.ROSCAS, group=GroupId(rosca.group_id)))
