"""Co-contributions: written down, proven by papers so that they count, taken back with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, SupportId, new_uid
from desktop.models.kinds import EntryKind
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Member, Support, SupportContribution
from desktop.models.rules import people
from desktop.models.rules.support.contribution import Given, check_evidence, check_given
from desktop.models.support_kinds import ContributionKind, MoneyRoute
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.ledger import PostedVoucher
from desktop.services.support_money import changed, need_reason, receive, send_back
from desktop.services.supports import CHANGED
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.messages import _, speaking


@dataclass(frozen=True, slots=True)
class Contribute:
    """A co-contribution. `counted` asks that it counts, which takes evidence: text or files.

    Labour is `tenths` of a day at `rate` đồng a day; all else is `value` đồng. `giver` is the person who gives.
    """

    support: SupportId
    day: date
    kind: ContributionKind
    value: int = 0
    tenths: int = 0
    rate: int = 0
    description: str = ""
    giver: MemberId | None = None
    route: MoneyRoute = MoneyRoute.DIRECT
    counted: bool = True
    evidence: str = ""
    files: tuple[NewFile, ...] = ()

    @property
    def given(self) -> Given:
        """Return what was given, as the rules reckon it."""
        return Given(self.kind, self.value, self.tenths, self.rate)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a deed wrote: the key of its row, and the voucher where money came to the group."""

    id: int
    voucher: PostedVoucher | None = None


def contribute(book: Book, command: Contribute, act: Act) -> Outcome[Kept]:
    """Keep a co-contribution; cash that comes to the group posts its voucher. Raises Refusal at the field."""
    with book.write(act) as session:
        support = session.get_one(Support, command.support)
        refuse_if_stopped(_check(session, support, command, act.today))
        labour = command.kind is ContributionKind.LABOUR
        row = SupportContribution(
            uid=new_uid(),
            support_id=command.support,
            day=command.day,
            kind=command.kind,
            value=command.given.worth,
            tenths=command.tenths if labour else 0,
            rate=command.rate if labour else 0,
            description=people.tidy(command.description),
            giver_id=command.giver,
            evidence=people.tidy_note(command.evidence) if command.counted else "",
            confirmed_on=command.day if command.counted else None,
            route=command.route,
            at=act.at,
            by=act.who,
        )
        with speaking(PLAIN.language):  # what the book keeps is in the language of its papers
            text = _("Đối ứng {code}: {what}").format(
                code=support.code, what=row.description or support.title
            )
        voucher = receive(
            session,
            support,
            EntryKind.OTHER_INCOME,
            row.value,
            command.day,
            command.route,
            text,
            command.giver,
        )
        row.voucher_id = None if voucher is None else voucher.id
        session.add(row)
        session.flush()
        if command.counted:
            for one in command.files:
                attach_in(session, Subject.of(row), one, act)
        return Outcome(Kept(row.id, voucher), changed(session, support, voucher))


def _check(session: Session, support: Support, command: Contribute, today: date) -> list[Problem]:
    if support.withdrawn_on is not None:
        return [Problem.stop("withdrawn", "", _("Đề nghị này đã rút."))]
    found = check_given(command.given, command.route, command.day, today, support.requested_on)
    if command.counted:
        found += check_evidence(command.evidence, len(command.files))
    if command.giver is not None and session.get(Member, command.giver) is None:
        found.append(Problem.stop("giver", "giver", _("Người này không có trong sổ.")))
    return found


def confirm(
    book: Book, contribution: int, day: date, evidence: str, files: tuple[NewFile, ...], act: Act
) -> Outcome[int]:
    """Prove a co-contribution, so that it counts: papers by name, files, or both. Raises Refusal."""
    with book.write(act) as session:
        row = _standing(session, contribution)
        problems = check_evidence(evidence, len(files))
        if not row.day <= day <= act.today:
            text = _("Ngày xác nhận phải từ ngày đối ứng đến hôm nay.")
            problems.append(Problem.stop("day", "day", text))
        refuse_if_stopped(problems)
        more = people.tidy_note(evidence)
        row.evidence = "\n".join(part for part in (row.evidence, more) if part)
        row.confirmed_on = row.confirmed_on or day
        for one in files:
            attach_in(session, Subject.of(row), one, act)
    return Outcome(contribution, CHANGED)


def take_back(book: Book, contribution: int, reason: str, act: Act) -> Outcome[Kept]:
    """Take a co-contribution back with a reason: its voucher is reversed on its own day. Raises Refusal."""
    need_reason(reason)
    with book.write(act) as session:
        row = _standing(session, contribution)
        support = session.get_one(Support, row.support_id)
        voucher = send_back(session, row.voucher_id, reason.strip())
        row.taken_back, row.reason = True, people.tidy_note(reason)
        return Outcome(Kept(contribution, voucher), changed(session, support, voucher))


def _standing(session: Session, contribution: int) -> SupportContribution:
    row = session.get_one(SupportContribution, contribution)
    if row.taken_back:
        raise Refusal([Problem.stop("taken-back", "", _("Khoản đối ứng này đã hủy."))])
    return row
