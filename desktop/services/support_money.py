"""The money of support in the ledger of the group: posted with the deed, reversed with the deed."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, MemberId, VoucherId
from desktop.models.kinds import EntryKind
from desktop.models.problems import Problem, Refusal
from desktop.models.records.every import Support
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of, paper_for
from desktop.models.support_kinds import MoneyRoute, SupportKind
from desktop.services.acts import Changed, Topic
from desktop.services.ledger import PostedVoucher, post, reverse
from desktop.services.supports import money_group
from resources.lang.messages import _

_MOVED = (Topic.SUPPORTS, Topic.LIVELIHOODS, Topic.GROUPS, Topic.ENTRIES)

GRANTS = {SupportKind.REVOLVING: EntryKind.EXTERNAL_IN, SupportKind.CASH: EntryKind.OTHER_INCOME}
"""How money given to a group is booked: what turns round stays somebody else's, a grant is the group's own."""


def receive(
    session: Session,
    support: Support,
    kind: EntryKind,
    amount: int,
    day: date,
    route: MoneyRoute,
    text: str,
    payer: MemberId | None,
) -> PostedVoucher | None:
    """Post money that comes to the group of a dossier; None where it does not come to the group. Raises Refusal."""
    if route is MoneyRoute.DIRECT:
        return None
    entries = [Entry(kind, amount)]
    if route is MoneyRoute.BANK:  # through the box on paper: the legs on it cancel out
        entries.append(Entry(EntryKind.BANK_IN, amount))
    draft = VoucherDraft(
        group=money_group(session, support, day),
        paper=paper_for(entries),
        day=day,
        lines=lines_of(entries),
        text=text,
        member=payer,
    )
    return post(session, [draft])[0]


def send_back(session: Session, voucher: int | None, reason: str) -> PostedVoucher | None:
    """Reverse the voucher of a deed that is taken back. Raises Refusal, also where the money is gone already."""
    if voucher is None:
        return None
    return reverse(session, [VoucherId(voucher)], reason)[0]


def changed(session: Session, support: Support, voucher: PostedVoucher | None) -> Changed:
    """Return what a deed changed: the ledger too, where it posted."""
    if voucher is None:
        return Changed.of(Topic.SUPPORTS, Topic.LIVELIHOODS)
    group = GroupId(support.through_id) if support.through_id is not None else None
    return Changed.of(*_MOVED, group=group)


def need_reason(reason: str) -> None:
    """Raise Refusal where a deed is taken back without a reason."""
    if not reason.strip():
        raise Refusal([Problem.stop("reason", "reason", _("Hãy ghi lý do."))])
