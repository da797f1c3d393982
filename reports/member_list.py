"""Danh sách thành viên, also as attendance or acknowledgement list with a column to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer


class ListPurpose(StrEnum):
    """A plain list, a list to mark attendance, or one to acknowledge receipt; the last two are signed."""

    LIST = "list"
    ATTENDANCE = "attendance"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class ListedMember:
    """One row; empty texts leave their cell empty, and a column that is empty in all rows is not printed."""

    code: str
    full_name: str
    sex: str = ""
    born: str = ""
    address: str = ""
    household_code: str = ""
    phone: str = ""
    ethnicity: str = ""
    joined: str = ""
    status: str = ""
    office: str = ""


@dataclass(frozen=True, slots=True)
class MemberList:
    """The list. `subject` says what was attended or received ("Tập huấn trồng nấm", "Hỗ trợ 500.000 ₫")."""

    organisation: Organisation
    group: GroupBlock
    day: date
    members: tuple[ListedMember, ...]
    mark: PrintMark
    purpose: ListPurpose = ListPurpose.LIST
    subject: str = ""
    place: str = ""
    signers: tuple[Signer, ...] = ()
    large_print: bool = False
