"""The register of assets that came with support: entered, changed, checked, ended with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import SupportAssetId, new_uid
from desktop.models.problems import Problem, Refusal, refuse_if_stopped
from desktop.models.records.every import AssetCheck, SupportAsset, SupportTransfer
from desktop.models.rules import people
from desktop.models.support_kinds import AssetEnd, Condition, Use
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.attachments import NewFile, Subject, attach_in
from desktop.services.codes import next_code
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.dates import show_day
from resources.lang.dong import MAX_DONG, show_dong
from resources.lang.messages import _

CHANGED = Changed.of(Topic.SUPPORTS)
MOST_YEARS = 50


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An asset as it is entered: value in đồng, life in years, whose it is and who answers for it."""

    name: str
    value: int
    owner: str
    responsible: str
    years: int
    place: str
    serial: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """An asset as somebody saw it on a day."""

    asset: SupportAssetId
    day: date
    condition: Condition
    use: Use
    checker: str
    note: str = ""
    files: tuple[NewFile, ...] = ()


# -- rules -----------------------------------------------------------------------------------------


def check_asset(asset: NewAsset) -> list[Problem]:
    """Return what is wrong with what is written of an asset, each at its field."""
    found = []
    for field, text, words in (
        ("name", asset.name, _("Cần ghi tên tài sản.")),
        ("owner", asset.owner, _("Cần ghi ai là chủ sở hữu.")),
        ("responsible", asset.responsible, _("Cần ghi người chịu trách nhiệm.")),
        ("place", asset.place, _("Cần ghi nơi để tài sản.")),
    ):
        if not text.strip():
            found.append(Problem.stop("missing", field, words))
    if type(asset.value) is not int or not 0 < asset.value <= MAX_DONG:
        found.append(
            Problem.stop("value", "asset_value", _("Giá trị tài sản phải là số nguyên đồng lớn hơn 0."))
        )
    if type(asset.years) is not int or not 0 < asset.years <= MOST_YEARS:
        text = _("Thời gian sử dụng phải từ 1 đến {n} năm.").format(n=MOST_YEARS)
        found.append(Problem.stop("years", "years", text))
    return found


def check_assets(assets: Sequence[NewAsset], value: int, registered: int = 0) -> list[Problem]:
    """Return what is wrong with the assets of a hand-over of `value` đồng, `registered` of it already entered."""
    found = [problem for asset in assets for problem in check_asset(asset)]
    if not found and sum(asset.value for asset in assets) + registered > value:
        text = _("Tổng giá trị tài sản không được quá giá trị bàn giao ({value}).").format(
            value=show_dong(value)
        )
        found.append(Problem.stop("assets", "asset_value", text))
    return found


def add_assets(session: Session, transfer: SupportTransfer, assets: Sequence[NewAsset]) -> list[int]:
    """Enter assets of a hand-over inside an open write, checked before."""
    made = []
    for asset in assets:
        row = SupportAsset(
            uid=new_uid(),
            code=next_code(session, SupportAsset),
            transfer_id=transfer.id,
            name="",
            value=asset.value,
            owner="",
            responsible="",
            years=asset.years,
            place="",
        )
        _apply(row, asset)
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


def _apply(row: SupportAsset, asset: NewAsset) -> None:
    row.name, row.value, row.years = people.tidy(asset.name), asset.value, asset.years
    row.owner, row.responsible = people.tidy(asset.owner), people.tidy(asset.responsible)
    row.place, row.serial = people.tidy(asset.place), people.tidy(asset.serial)
    row.note = people.tidy_note(asset.note)


# -- deeds -----------------------------------------------------------------------------------------


def register(book: Book, transfer: int, asset: NewAsset, act: Act) -> Outcome[SupportAssetId]:
    """Enter one more asset of a hand-over. Raises Refusal."""
    with book.write(act) as session:
        row = session.get_one(SupportTransfer, transfer)
        if row.taken_back:
            raise Refusal([Problem.stop("taken-back", "", _("Lần bàn giao này đã hủy."))])
        refuse_if_stopped(check_assets([asset], row.value, _registered(session, transfer)))
        made = SupportAssetId(add_assets(session, row, [asset])[0])
    return Outcome(made, CHANGED)


def change(
    book: Book, asset_id: SupportAssetId, version: int, asset: NewAsset, act: Act
) -> Outcome[SupportAssetId]:
    """Change what is written of an asset: who answers for it, where it stands. Raises Refusal, Trouble "stale"."""
    with book.write(act) as session:
        row = _there(session, asset_id)
        expect_version(row, version)
        transfer = session.get_one(SupportTransfer, row.transfer_id)
        others = _registered(session, transfer.id) - row.value
        refuse_if_stopped(check_assets([asset], transfer.value, others))
        _apply(row, asset)
    return Outcome(asset_id, CHANGED)


def check(book: Book, command: Check, act: Act) -> Outcome[int]:
    """Keep how an asset was found. Raises Refusal."""
    with book.write(act) as session:
        row = _there(session, command.asset)
        handed = session.get_one(SupportTransfer, row.transfer_id).day
        problems = []
        if not handed <= command.day <= act.today:
            text = _("Ngày kiểm tra phải từ ngày bàn giao ({day}) đến hôm nay.").format(day=show_day(handed))
            problems.append(Problem.stop("day", "day", text))
        if not command.checker.strip():
            problems.append(Problem.stop("checker", "checker", _("Cần ghi người kiểm tra.")))
        amiss = command.condition in (Condition.POOR, Condition.MISSING) or command.use is not Use.AS_MEANT
        if amiss and not command.note.strip():
            text = _("Tài sản hỏng, không thấy hoặc không dùng đúng: cần ghi rõ và cách xử lý.")
            problems.append(Problem.stop("note", "note", text))
        refuse_if_stopped(problems)
        made = AssetCheck(
            uid=new_uid(),
            asset_id=command.asset,
            day=command.day,
            condition=command.condition,
            use=command.use,
            checker=people.tidy(command.checker),
            note=people.tidy_note(command.note),
            at=act.at,
            by=act.who,
        )
        session.add(made)
        session.flush()
        for one in command.files:
            attach_in(session, Subject.of(made), one, act)
        key = made.id
    return Outcome(key, CHANGED)


def end(
    book: Book, asset_id: SupportAssetId, kind: AssetEnd, day: date, reason: str, act: Act
) -> Outcome[SupportAssetId]:
    """Take an asset off the register: disposed, lost, broken, with the reason. Raises Refusal."""
    with book.write(act) as session:
        row = _there(session, asset_id)
        handed = session.get_one(SupportTransfer, row.transfer_id).day
        problems = []
        if not handed <= day <= act.today:
            text = _("Ngày phải từ ngày bàn giao ({day}) đến hôm nay.").format(day=show_day(handed))
            problems.append(Problem.stop("day", "day", text))
        if not reason.strip():
            problems.append(Problem.stop("reason", "reason", _("Hãy ghi lý do.")))
        if kind is AssetEnd.TAKEN_BACK:
            text = _("Hãy hủy lần bàn giao ở trang hồ sơ; tài sản ra khỏi sổ theo nó.")
            problems.append(Problem.stop("kind", "kind", text))
        refuse_if_stopped(problems)
        row.ended_on, row.end_kind, row.end_reason = day, kind, people.tidy_note(reason)
    return Outcome(asset_id, CHANGED)


def _there(session: Session, asset: SupportAssetId) -> SupportAsset:
    row = session.get_one(SupportAsset, asset)
    if row.ended_on is not None:
        raise Refusal([Problem.stop("ended", "", _("Tài sản này đã ra khỏi sổ theo dõi."))])
    return row


def _registered(session: Session, transfer: int) -> int:
    total = session.scalar(
        select(func.coalesce(func.sum(SupportAsset.value), 0)).where(SupportAsset.transfer_id == transfer)
    )
    return int(total or 0)
