"""Households and members."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text

from desktop.models.kinds import MemberStatus, Sex
from desktop.models.records.base import (
    STRICT,
    Base,
    Flag,
    Key,
    Logged,
    Mapped,
    MaybeDay,
    SortText,
    Uid,
    Whole,
    WordColumn,
    mapped_column,
)


class Household(Logged, Base):
    """A household: the people who live and eat together. Its head is the member marked so.

    `address_text` is the address as it was written, kept for papers when it was written before the reform
    of 1 July 2025 (hamlet, commune, district, province).
    """

    __tablename__ = "households"
    __table_args__ = (STRICT,)
    __unlogged__ = frozenset({"name_fold", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    commune_code: Mapped[str | None] = mapped_column(default=None)
    hamlet: Mapped[str] = mapped_column(default="")
    address_text: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    name_fold: Mapped[str] = mapped_column(SortText, default="", index=True)
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}


class Member(Logged, Base):
    """A person. `name_fold` (no marks), `name_tones` (marks kept, one spelling) and `name_sort` follow from the name."""

    __tablename__ = "members"
    __table_args__ = (
        # The list in order, and the search in it, are answered from this index alone.
        Index("ix_members_list", "name_sort", "id", "name_fold", "name_tones"),
        Index(
            "uq_members_one_head",
            "household_id",
            unique=True,
            sqlite_where=text("is_head = 1"),
            postgresql_where=text("is_head = 1"),
        ),
        CheckConstraint("birth_year BETWEEN 1850 AND 2200", name="birth_year"),
        STRICT,
    )
    __unlogged__ = frozenset({"name_fold", "name_tones", "name_sort", "version"})

    id: Mapped[Key] = mapped_column(init=False)
    uid: Mapped[Uid]
    code: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str]
    middle: Mapped[str] = mapped_column(default="")
    given: Mapped[str]
    sort_name: Mapped[str] = mapped_column(default="")
    name_fold: Mapped[str] = mapped_column(SortText, default="", index=True)
    name_tones: Mapped[str] = mapped_column(SortText, default="")
    name_sort: Mapped[str] = mapped_column(SortText, default="")
    sex: Mapped[Sex] = mapped_column(WordColumn(Sex))
    birth_date: Mapped[MaybeDay] = mapped_column(default=None)
    birth_year: Mapped[int | None] = mapped_column(default=None)
    citizen_number: Mapped[str | None] = mapped_column(default=None, unique=True)
    old_paper: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="", index=True)
    ethnic_code: Mapped[str | None] = mapped_column(default=None)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"), default=None, index=True)
    is_head: Mapped[Flag] = mapped_column(default=False)
    joined: Mapped[MaybeDay] = mapped_column(default=None)
    left: Mapped[MaybeDay] = mapped_column(default=None)
    status: Mapped[MemberStatus] = mapped_column(WordColumn(MemberStatus), default=MemberStatus.ACTIVE)
    large_print: Mapped[Flag] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Whole, default=1)

    __mapper_args__ = {"version_id_col": version, "version_id_generator": lambda old: (old or 0) + 1}

    @property
    def full_name(self) -> str:
        """Return the name as it is written: family, middle, given."""
        return " ".join(part for part in (self.family, self.middle, self.given) if part)

    @property
    def born(self) -> date | int | None:
        """Return the birth date, or the year when only that is known."""
        return self.birth_date or self.birth_year


class MemberPhoto(Base):
    """A member's photo, apart from the member so that lists stay light. Never the picture of an identity card."""

    __tablename__ = "member_photos"
    __table_args__ = (STRICT,)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True, autoincrement=False)
    image: Mapped[bytes] = mapped_column(LargeBinary)
