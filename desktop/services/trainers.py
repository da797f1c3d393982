"""The register of trainers: members who teach, and people from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.ids import MemberId, TrainerId, new_uid
from desktop.models.kinds import Sex
from desktop.models.problems import Problem, refuse_if_stopped
from desktop.models.records.every import ClassTrainer, Member, Trainer
from desktop.models.rules import people
from desktop.models.rules.identity import check_phone, normal_phone
from desktop.services.acts import Act, Changed, Outcome, Topic
from desktop.services.codes import next_code
from desktop.services.versions import expect_version
from desktop.store.book import Book
from resources.lang.messages import _
from resources.lang.names import fold

_CHANGED = Changed.of(Topic.TRAINING)


@dataclass(frozen=True, slots=True)
class TrainerFacts:
    """What is written of a trainer. A member's name, sex and telephone are those of the member."""

    name: str = ""
    member: MemberId | None = None
    sex: Sex | None = None
    organisation: str = ""
    fields: str = ""
    tot: str = ""
    tot_until: date | None = None
    phone: str = ""
    note: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class TrainerRow:
    """A trainer in a list; `classes` counts those taught."""

    id: TrainerId
    uid: bytes
    code: str
    name: str
    facts: TrainerFacts
    classes: int
    version: int

    def certified_on(self, day: date) -> bool:
        """Tell whether a certificate of a training of trainers is in force on a day."""
        until = self.facts.tot_until
        return bool(self.facts.tot) and (until is None or day <= until)


def register(book: Book, new: TrainerFacts, act: Act, *, agreed: bool = False) -> Outcome[TrainerId]:
    """Register a trainer; `agreed`: the user has said yes to what is only warned about. Raises Refusal."""
    with book.write(act) as session:
        refuse_if_stopped(_check(session, new, None), agreed=agreed)
        record = Trainer(uid=new_uid(), code=next_code(session, Trainer), name="", sex=Sex.OTHER)
        _apply(session, record, new)
        session.add(record)
        session.flush()
        made = TrainerId(record.id)
    return Outcome(made, _CHANGED)


def change(
    book: Book, trainer: TrainerId, version: int, new: TrainerFacts, act: Act, *, agreed: bool = False
) -> Outcome[TrainerId]:
    """Change what is written of a trainer. Raises Refusal, and Trouble "stale"."""
    with book.write(act) as session:
        record = session.get_one(Trainer, trainer)
        expect_version(record, version)
        refuse_if_stopped(_check(session, new, trainer), agreed=agreed)
        _apply(session, record, new)
    return Outcome(trainer, _CHANGED)


def _check(session: Session, new: TrainerFacts, but: TrainerId | None) -> list[Problem]:
    found = []
    if new.member is None:
        if not new.name.strip():
            text = _("Cần ghi họ tên, hoặc chọn một thành viên.")
            found.append(Problem.stop("missing", "name", text))
        if new.sex is None:
            found.append(Problem.stop("missing", "sex", _("Cần chọn giới tính.")))
        found += check_phone(new.phone)
    else:
        there = session.scalar(select(Trainer).where(Trainer.member_id == new.member))
        if there is not None and there.id != but:
            text = _("Thành viên này đã là giảng viên {code}.").format(code=there.code)
            found.append(Problem.stop("twice", "member", text))
    if new.tot_until is not None and not new.tot.strip():
        text = _("Có ngày hết hạn thì cần ghi số chứng chỉ TOT.")
        found.append(Problem.stop("tot", "tot", text))
    return found


def _apply(session: Session, record: Trainer, new: TrainerFacts) -> None:
    record.member_id = new.member
    if new.member is None:
        assert new.sex is not None
        record.name, record.sex, record.phone = people.tidy(new.name), new.sex, normal_phone(new.phone)
    else:  # the name is the member's own, so that it follows when it is mended or erased
        member = session.get_one(Member, new.member)
        record.name, record.sex, record.phone = "", member.sex, ""
    record.name_fold = fold(record.name)
    record.organisation, record.fields = people.tidy(new.organisation), people.tidy(new.fields)
    record.tot, record.tot_until = people.tidy(new.tot), new.tot_until
    record.note, record.active = people.tidy_note(new.note), new.active


def rows_in(session: Session, keys: Iterable[int] | None = None) -> list[TrainerRow]:
    """Return trainers (all without a list), by code."""
    query = select(Trainer, Member).outerjoin(Member, Member.id == Trainer.member_id).order_by(Trainer.code)
    if keys is not None:
        query = query.where(Trainer.id.in_(list(keys)))
    taught = {
        row[0]: row[1]
        for row in session.execute(
            select(ClassTrainer.trainer_id, func.count()).group_by(ClassTrainer.trainer_id)
        )
    }
    return [
        TrainerRow(
            TrainerId(one.id),
            one.uid,
            one.code,
            one.name if member is None else member.full_name,
            TrainerFacts(
                one.name,
                None if one.member_id is None else MemberId(one.member_id),
                one.sex if member is None else member.sex,
                one.organisation,
                one.fields,
                one.tot,
                one.tot_until,
                one.phone if member is None else member.phone,
                one.note,
                one.active,
            ),
            taught.get(one.id, 0),
            one.version,
        )
        for one, member in session.execute(query)
    ]


def listed(book: Book) -> list[TrainerRow]:
    """Return all trainers, by code."""
    with book.read() as session:
        return rows_in(session)
