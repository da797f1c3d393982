"""Hand-overs: only under an approval in force, with minutes, and with the assets that enter the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import SupportId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import Support, SupportAsset, SupportTransfer
from desktop.models.rules import people
from desktop.models.rules.support.dossier import check_transfer
from desktop.models.support_kinds import AssetEnd, MoneyRoute, SupportKind
from desktop.services.acts import Act, Outcome
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.support_assets import NewAsset, add_assets, check_assets
from desktop.services.support_contributions import Kept
from desktop.services.support_facts import behind_of, rows_in
from desktop.services.support_money import GRANTS, changed, need_reason, receive, send_back
from desktop.services.support_standards import standards_in
from desktop.store.book import Book
from reports.kit.report import PLAIN
from resources.lang.messages import _, speaking


@dataclass(frozen=True, slots=True)
class Transfer:
    """A hand-over: its value in đồng, what was handed over, the number of the minutes, who gave and who received."""

    support: SupportId
    day: date
    value: int
    what: str
    minutes: str
    giver: str
    receiver: str
    witness: str = ""
    place: str = ""
    route: MoneyRoute = MoneyRoute.DIRECT
    assets: tuple[NewAsset, ...] = ()
    files: tuple[NewFile, ...] = ()


def transfer(book: Book, command: Transfer, act: Act) -> Outcome[Kept]:
    """Keep a hand-over; money that comes to the group posts its voucher. Raises Refusal: no approval in force, before
    its day, above its value, too little co-contribution, no minutes, assets that do not fit.
    """
    with book.write(act) as session:
        rows = rows_in(session, command.support)
        support, dossier = rows.support, rows.dossier
        standards = standards_in(session, command.day)
        problems = check_transfer(dossier, command.day, command.value, command.route, standards, act.today)
        if dossier.approval is not None:
            problems += _check_words(command, support.kind)
        refuse_if_stopped(problems)
        assert dossier.approval is not None
        row = SupportTransfer(
            uid=new_uid(),
            support_id=command.support,
            decision_id=dossier.approval.id,
            day=command.day,
            value=command.value,
            what=people.tidy(command.what),
            minutes=people.tidy(command.minutes),
            giver=people.tidy(command.giver),
            receiver=people.tidy(command.receiver),
            witness=people.tidy(command.witness),
            place=people.tidy(command.place),
            route=command.route,
            at=act.at,
            by=act.who,
        )
        if command.route is not MoneyRoute.DIRECT:
            with speaking(PLAIN.language):  # what the book keeps is in the language of its papers
                text = _("Hỗ trợ {code}: {what}").format(code=support.code, what=support.title)
            payer = behind_of(session, [support])[support.id].owner.person
            voucher = receive(
                session, support, GRANTS[support.kind], row.value, row.day, row.route, text, payer
            )
        else:
            voucher = None
        row.voucher_id = None if voucher is None else voucher.id
        session.add(row)
        session.flush()
        add_assets(session, row, command.assets)
        for one in command.files:
            attach_in(session, Subject.of(row), one, act)
        return Outcome(Kept(row.id, voucher), changed(session, support, voucher))


def _check_words(command: Transfer, kind: SupportKind) -> list[Problem]:
    found = []
    for field, text, words in (
        ("what", command.what, _("Cần ghi bàn giao những gì, số lượng bao nhiêu.")),
        ("minutes", command.minutes, _("Cần ghi số biên bản bàn giao.")),
        ("giver", command.giver, _("Cần ghi người giao.")),
        ("receiver", command.receiver, _("Cần ghi người nhận.")),
    ):
        if not text.strip():
            found.append(Problem.stop("missing", field, words))
    if kind is SupportKind.ASSET and not command.assets:
        text = _("Hỗ trợ tài sản thì phải ghi tài sản vào sổ theo dõi.")
        found.append(Problem.stop("assets", "assets", text))
    return [*found, *check_assets(command.assets, command.value)]


def take_back(book: Book, transfer_id: int, reason: str, act: Act) -> Outcome[Kept]:
    """Take a hand-over back with a reason: its voucher is reversed, its assets leave the register. Raises Refusal."""
    need_reason(reason)
    with book.write(act) as session:
        row = session.get_one(SupportTransfer, transfer_id)
        if row.taken_back:
            raise Refusal([Problem.stop("taken-back", "", _("Lần bàn giao này đã hủy."))])
        support = session.get_one(Support, row.support_id)
        voucher = send_back(session, row.voucher_id, reason.strip())
        row.taken_back, row.reason = True, people.tidy_note(reason)
        _end_assets(session, row, act.today)
        return Outcome(Kept(transfer_id, voucher), changed(session, support, voucher))


def _end_assets(session: Session, row: SupportTransfer, today: date) -> None:
    for asset in session.scalars(select(SupportAsset).where(SupportAsset.transfer_id == row.id)):
        if asset.ended_on is None:
            asset.ended_on, asset.end_kind, asset.end_reason = today, AssetEnd.TAKEN_BACK, row.reason
