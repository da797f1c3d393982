"""The papers of support: gather what each prints, number it, and note that it was printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.ids import GroupId, SupportId
from desktop.models.inclusion_kinds import SeenHow
from desktop.models.kinds import Office
from desktop.models.records.every import Support, SupportAsset, SupportTransfer
from desktop.models.rules.loans.calendar import add_months
from desktop.models.rules.support.assessment import Score, gate_of, items_of
from desktop.models.rules.support.dossier import DueState
from desktop.models.rules.support.standards import FULL, Standards, shown_text
from desktop.models.support_kinds import Wave
from desktop.services import heads, paper_marks
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.indicators.facts import Scope
from desktop.services.indicators.loading import load
from desktop.services.indicators.registry import indicators
from desktop.services.livelihood_papers import group_or_book, place_of
from desktop.services.prints import PrintOrder
from desktop.services.support_book import detail_in, note_hardship
from desktop.services.support_facts import behind_of, group_of
from desktop.services.support_register import assets_in
from desktop.services.support_standards import standards_in
from desktop.services.support_views import (
    AssessmentView,
    AssetRow,
    ContributionView,
    DecisionView,
    SupportDetail,
    TransferView,
)
from desktop.store.book import Book
from reports.kit.values import PrintMark, Signer
from reports.support_assessment import AssessmentForm
from reports.support_assets import AssetCard, AssetRegister
from reports.support_dossier import ContributionLine, DecisionLine, SupportDossier, TransferLine
from reports.support_handover import Handover
from reports.support_values import AssessmentBlock, AssetLine, CheckLine, ItemLine, SupportBlock
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _
from resources.training import module_title

T = TypeVar("T")


def _paper(
    book: Book,
    support: SupportId,
    act: Act,
    report: str,
    make: Callable[[Session, SupportDetail, PrintMark], T],
) -> Outcome[T]:
    """Read a dossier, number the paper, and make its value; in a read-only book it carries no number."""
    with book.read() if book.readonly else book.write(act) as session:
        detail = detail_in(session, support, act.today)
        group = detail.row.group
        member = detail.beneficiary.member
        order = PrintOrder(report, group, member=member, ends=act.today, subject=detail.row.code)
        value = make(session, detail, paper_marks.issue_marks(session, [order], act)[0])
    if report == "support-dossier":
        note_hardship(book, SeenHow.PRINTED, detail)
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


# -- the dossier -----------------------------------------------------------------------------------


@heads.for_paper
def dossier(book: Book, support: SupportId, act: Act) -> Outcome[SupportDossier]:
    """Return a dossier whole, as of today, with the figures of the group that receives or follows it (BC11)."""
    figures, period = _figures(book, support, act.today)

    def make(session: Session, detail: SupportDetail, mark: PrintMark) -> SupportDossier:
        group = detail.row.group
        officers = {} if group is None else heads.officers(session, group, act.today)
        return SupportDossier(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            support=_block(detail),
            as_of=act.today,
            state=detail.row.stage.title,
            share="–" if detail.row.share is None else show_percent(detail.row.share, 1),
            least=_least(detail),
            assessments=tuple(_assessed(one) for one in detail.assessments),
            decisions=tuple(_decided(one) for one in detail.decisions),
            contributions=tuple(_given(one) for one in detail.contributions if not one.taken_back),
            transfers=tuple(_handed(one) for one in detail.transfers),
            assets=tuple(_asset(one) for one in detail.assets if one.ended_on is None),
            blocks=_said(detail),
            schedule=_schedule(detail),
            figures=figures,
            period=period,
            secret=bool(detail.hardship_basis),
            place=place_of(session, group),
            signers=(
                Signer(_("Đại diện bên nhận"), detail.requested_by),
                Signer(_("Tổ trưởng"), officers.get(Office.CHAIR, "")),
                Signer(_("Người lập"), act.who),
            ),
        )

    return _paper(book, support, act, "support-dossier", make)


FIGURES = ("NH14", "BV02", "BV05", "BV06", "BV07")
"""What the list of indicators asks of this paper (BC11)."""


def _figures(book: Book, support: SupportId, day: date) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Return id, name and value of the figures of a dossier's group over the last twelve months, and these in words."""
    with book.read() as session:
        record = session.get_one(Support, support)
        group = group_of(record, behind_of(session, [record])[support])
    if group is None:
        return (), ""
    starts = add_months(day, -12) + timedelta(days=1)
    facts = load(book, Scope(group=group), starts, day)
    shown = tuple(
        (key, indicators()[key].title, indicators()[key].show(indicators()[key].compute(facts)))
        for key in FIGURES
    )
    return shown, _("từ {first} đến {last}").format(first=show_day(starts), last=show_day(day))


def _said(detail: SupportDetail) -> tuple[str, ...]:
    """Return what must be told beside the state: what blocks, or why it was withdrawn."""
    if detail.withdrawn_on is not None:
        text = _("Rút ngày {day}: {why}.")
        return (text.format(day=show_day(detail.withdrawn_on), why=detail.withdrawn_reason.rstrip(".")),)
    return () if detail.row.transferred else tuple(problem.message for problem in detail.blocks)


def _least(detail: SupportDetail) -> str:
    """Return the least co-contribution. Why it is the lower one stands only on the dossier, for who may see it."""
    if not detail.hardship:
        return f"{detail.least_share} %"
    if not detail.hardship_basis:
        return _("{least} % (mức thấp)").format(least=detail.least_share)
    return _("{least} % (hộ nghèo, đặc biệt khó khăn: {basis})").format(
        least=detail.least_share, basis=detail.hardship_basis
    )


def _block(detail: SupportDetail) -> SupportBlock:
    row = detail.row
    return SupportBlock(
        row.code,
        row.title,
        row.kind.title,
        row.who,
        detail.quantity,
        detail.provider,
        row.asked,
        row.requested_on,
        detail.requested_by,
        detail.purpose,
        ", ".join(module_title(code) for code in detail.training) or _("một khóa bất kỳ"),
    )


def _assessed(view: AssessmentView) -> AssessmentBlock:
    found = view.judgement
    return AssessmentBlock(
        view.wave.title,
        tuple(_item(score, view.standards) for score in view.scores),
        view.day,
        view.assessor,
        found.points,
        found.most,
        found.missed,
        found.result.title,
        view.note,
    )


def _item(score: Score, standards: Standards) -> ItemLine:
    item = items_of(Wave.BEFORE)[score.item - 1]
    gate = gate_of(item.number, standards)
    evidence = score.evidence
    if score.files:
        files = _("{n} tệp đính kèm").format(n=score.files)
        evidence = f"{evidence} ({files})" if evidence else files
    basis = score.basis if score.proposed is None else f"{score.proposed}: {score.basis}"
    return ItemLine(
        item.number,
        shown_text(item.text, standards),
        "*" * gate,
        "" if score.score is None else str(score.score),
        evidence,
        basis,
        (score.score or 0) < gate,
    )


def _decided(view: DecisionView) -> DecisionLine:
    return DecisionLine(
        view.day,
        view.verdict.title,
        view.amount,
        _person(view.decider, view.decider_post),
        _person(view.second, view.second_post),
        view.reason,
        view.override,
        view.in_force,
    )


def _person(name: str, post: str) -> str:
    return f"{name} ({post})" if name and post else name


def _given(view: ContributionView) -> ContributionLine:
    what = view.description
    if view.tenths:
        whole, rest = divmod(view.tenths, 10)
        days = f"{show_number(whole)},{rest}" if rest else show_number(whole)
        labour = _("{n} công × {rate}").format(n=days, rate=show_dong(view.rate))
        what = f"{what}; {labour}" if what else labour
    if view.giver:
        what = f"{what} ({view.giver})" if what else view.giver
    evidence = "; ".join(part for part in (view.evidence.replace("\n", "; "), view.voucher_number) if part)
    if not evidence and view.counts:
        evidence = _("tệp đính kèm")
    return ContributionLine(view.day, view.kind.title, what, view.value, evidence, view.counts)


def _handed(view: TransferView) -> TransferLine:
    return TransferLine(
        view.day,
        view.what,
        view.value,
        view.minutes,
        view.receiver,
        view.voucher_number,
        view.reason if view.taken_back else "",
    )


def _schedule(detail: SupportDetail) -> str:
    waiting = [
        f"{one.wave.title} {show_day(one.due)}" for one in detail.again if one.state is not DueState.DONE
    ]
    return _("Đánh giá lại sau bàn giao: {plan}.").format(plan="; ".join(waiting)) if waiting else ""


# -- the minutes of a hand-over --------------------------------------------------------------------


@heads.for_paper
def handover(book: Book, support: SupportId, transfer: int, act: Act) -> Outcome[Handover]:
    """Return the minutes of a hand-over."""

    def make(session: Session, detail: SupportDetail, mark: PrintMark) -> Handover:
        view = next(one for one in detail.transfers if one.id == transfer)
        group = detail.row.group
        under = session.get_one(SupportTransfer, transfer).decision_id
        decision = next(one for one in detail.decisions if one.id == under)
        signers = [Signer(_("Bên giao"), view.giver), Signer(_("Bên nhận"), view.receiver)]
        signers += [Signer(_("Người chứng kiến"), view.witness)] if view.witness else []
        return Handover(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            support=_block(detail),
            number=view.minutes,
            day=view.day,
            what=view.what,
            value=view.value,
            giver=view.giver,
            receiver=view.receiver,
            witness=view.witness,
            where=view.place,
            basis=_basis(decision),
            contribution=_("{given}, {share} (mức tối thiểu {least})").format(
                given=show_dong(detail.row.given),
                share="–" if detail.row.share is None else show_percent(detail.row.share, 1),
                least=_least(replace(detail, hardship_basis="")),  # the paper goes to the giver too
            ),
            route=view.route.title if detail.row.kind.money else _("Trao tận tay"),
            voucher=view.voucher_number,
            assets=tuple(_asset(one) for one in detail.assets if one.transfer == transfer),
            place=place_of(session, group),
            signers=tuple(signers),
        )

    return _paper(book, support, act, "support-handover", make)


def _basis(decision: DecisionView) -> str:
    text = _("Quyết định ngày {day} của {who}, giá trị duyệt {amount}").format(
        day=show_day(decision.day),
        who=_person(decision.decider, decision.decider_post),
        amount=show_dong(decision.amount),
    )
    if decision.override:
        text = _("{text}; duyệt ngoại lệ cùng {second}, lý do: {why}").format(
            text=text, second=_person(decision.second, decision.second_post), why=decision.reason
        )
    return text


# -- the form of an assessment ---------------------------------------------------------------------


@heads.for_paper
def assessment(
    book: Book, support: SupportId, wave: Wave, kept: int | None, act: Act
) -> Outcome[AssessmentForm]:
    """Return the form of an assessment as it was kept, or blank without one."""

    def make(session: Session, detail: SupportDetail, mark: PrintMark) -> AssessmentForm:
        view = next((one for one in detail.assessments if one.id == kept), None)
        standards = standards_in(session, act.today) if view is None else view.standards
        group = detail.row.group
        filled = view is not None
        return AssessmentForm(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            support=_block(detail),
            block=_blank(wave, standards) if view is None else _assessed(view),
            as_of=act.today,
            again=wave is not Wave.BEFORE,
            passes=standards.passes,
            improves=standards.improves,
            place=place_of(session, group) if filled else "",
            signers=(
                Signer(_("Đại diện bên nhận"), detail.requested_by if filled else ""),
                Signer(_("Người đánh giá"), view.assessor if view is not None else ""),
            ),
        )

    return _paper(book, support, act, "support-assessment", make)


def _blank(wave: Wave, standards: Standards) -> AssessmentBlock:
    asked = items_of(wave)
    lines = tuple(
        ItemLine(item.number, shown_text(item.text, standards), "*" * gate_of(item.number, standards))
        for item in asked
    )
    return AssessmentBlock(wave.title, lines, most=FULL * len(asked))


# -- assets ----------------------------------------------------------------------------------------


def _asset(row: AssetRow) -> AssetLine:
    state = _("Chưa kiểm tra")
    if row.end_kind is not None:
        state = row.end_kind.title
    elif row.last is not None:
        state = row.last.condition.title
    return AssetLine(
        row.code,
        row.name,
        row.value,
        row.left,
        row.owner,
        row.responsible,
        row.place,
        row.years,
        row.handed_on,
        state,
        row.serial,
        "" if row.last is None else show_day(row.last.day),
    )


@heads.for_paper
def register(book: Book, group: GroupId | None, day: date, act: Act) -> Outcome[AssetRegister]:
    """Return the register of assets of a group, or of the whole book, as it stands on a day."""
    with book.read() if book.readonly else book.write(act) as session:
        rows = [row for row in assets_in(session, day) if row.ended_on is None and group in (None, row.group)]
        order = PrintOrder("asset-register", group, ends=day)
        officers = {} if group is None else heads.officers(session, group, day)
        value = AssetRegister(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=paper_marks.issue_marks(session, [order], act)[0],
            as_of=day,
            assets=tuple(_asset(row) for row in rows),
            place=place_of(session, group),
            signers=(
                Signer(_("Người lập"), act.who),
                Signer(_("Tổ trưởng"), officers.get(Office.CHAIR, "")),
            ),
        )
    return Outcome(value, Changed.of(Topic.PRINTS, group=group))


@heads.for_paper
def asset(book: Book, asset_id: int, act: Act) -> Outcome[AssetCard]:
    """Return the card of an asset with its checks."""
    with book.read() as session:
        support = session.execute(
            select(SupportTransfer.support_id)
            .join(SupportAsset, SupportAsset.transfer_id == SupportTransfer.id)
            .where(SupportAsset.id == asset_id)
        ).scalar_one()

    def make(session: Session, detail: SupportDetail, mark: PrintMark) -> AssetCard:
        row = next(one for one in detail.assets if one.id == asset_id)
        group = detail.row.group
        ended = ""
        if row.ended_on is not None and row.end_kind is not None:
            ended = _("Ra khỏi sổ ngày {day}: {kind}. {why}").format(
                day=show_day(row.ended_on), kind=row.end_kind.title, why=row.end_reason
            )
        return AssetCard(
            organisation=heads.organisation(session),
            group=group_or_book(session, group),
            mark=mark,
            as_of=act.today,
            asset=_asset(row),
            support=f"{detail.row.code} · {detail.row.title}",
            note=row.note,
            ended=ended,
            checks=tuple(
                CheckLine(one.day, one.condition.title, one.use.title, one.checker, one.note)
                for one in row.checks
            ),
            next_check=row.next_check,
            place=place_of(session, group),
            signers=(Signer(_("Người chịu trách nhiệm"), row.responsible), Signer(_("Người lập"), act.who)),
        )

    return _paper(book, SupportId(support), act, "asset-card", make)
