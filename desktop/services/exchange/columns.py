"""Which column of somebody's list is which field: by its heading, in Vietnamese or English, and remembered."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.records.every import ImportProfile
from desktop.store.book import Book
from resources.lang.legacy import tcvn3_to_unicode, vni_to_unicode
from resources.lang.messages import N_, _, language
from resources.lang.names import fold, fold_tones, nfc


class Field(StrEnum):
    """What a column of a list of members may hold."""

    CODE = "code"
    FULL_NAME = "full_name"
    FAMILY_MIDDLE = "family_middle"
    FAMILY = "family"
    MIDDLE = "middle"
    GIVEN = "given"
    SEX = "sex"
    FEMALE_MARK = "female_mark"
    BIRTH = "birth_date"
    CITIZEN_NUMBER = "citizen_number"
    OLD_PAPER = "old_paper"
    PHONE = "phone"
    ETHNIC = "ethnic_code"
    JOINED = "joined"
    HOUSEHOLD = "household"
    HEAD = "is_head"
    HAMLET = "hamlet"
    COMMUNE = "commune"
    ADDRESS = "address_text"
    GROUP = "group"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the name of the field in the language in use."""
        return _(_TITLES[self])


_TITLES = {
    Field.CODE: N_("Mã thành viên"),
    Field.FULL_NAME: N_("Họ và tên"),
    Field.FAMILY_MIDDLE: N_("Họ và tên đệm"),
    Field.FAMILY: N_("Họ"),
    Field.MIDDLE: N_("Tên đệm"),
    Field.GIVEN: N_("Tên"),
    Field.SEX: N_("Giới tính"),
    Field.FEMALE_MARK: N_("Nữ (đánh dấu)"),
    Field.BIRTH: N_("Ngày sinh hoặc năm sinh"),
    Field.CITIZEN_NUMBER: N_("Số định danh (CCCD)"),
    Field.OLD_PAPER: N_("Giấy tờ cũ (CMND)"),
    Field.PHONE: N_("Điện thoại"),
    Field.ETHNIC: N_("Dân tộc"),
    Field.JOINED: N_("Ngày tham gia"),
    Field.HOUSEHOLD: N_("Mã hộ"),
    Field.HEAD: N_("Chủ hộ"),
    Field.HAMLET: N_("Thôn, ấp"),
    Field.COMMUNE: N_("Xã, phường"),
    Field.ADDRESS: N_("Địa chỉ"),
    Field.GROUP: N_("Nhóm"),
    Field.NOTE: N_("Ghi chú"),
}

_SYNONYMS = {
    Field.CODE: "mã|mã thành viên|mã tv|mã số|mã số thành viên|mã tổ viên|mã hội viên|code|member code|member no|member id|id",
    Field.FULL_NAME: "họ và tên|họ tên|tên thành viên|họ tên thành viên|họ và tên thành viên|tên đầy đủ|hội viên|"
    "tổ viên|thành viên|họ và tên tổ viên|họ tên tổ viên|họ và tên hội viên|full name|name|member name|member",
    Field.FAMILY_MIDDLE: "họ và đệm|họ đệm|họ và tên đệm|họ tên đệm|họ lót|họ và chữ lót|họ và tên lót|family and middle name",
    Field.FAMILY: "họ|family name|last name|surname|family",
    Field.MIDDLE: "đệm|tên đệm|chữ lót|tên lót|lót|middle name|middle",
    Field.GIVEN: "tên|tên gọi|given name|first name|given",
    Field.SEX: "giới tính|giới|phái|nam nữ|nam/nữ|sex|gender",
    Field.FEMALE_MARK: "nữ|female",
    Field.BIRTH: "ngày sinh|năm sinh|ngày tháng năm sinh|sinh ngày|sinh năm|ngày/năm sinh|ngày tháng năm|ns|"
    "date of birth|birth date|birthdate|dob|year of birth|birth year|born",
    Field.CITIZEN_NUMBER: "cccd|số cccd|số định danh|số định danh cá nhân|mã định danh|căn cước|số căn cước|"
    "căn cước công dân|số căn cước công dân|thẻ căn cước|cccd/cmnd|cmnd/cccd|số cmnd/cccd|số cccd/cmnd|cmt/cccd|"
    "cmnd cccd|citizen id|citizen number|national id|id number|id card|identity number",
    Field.OLD_PAPER: "cmnd|số cmnd|cmt|số cmt|chứng minh nhân dân|số chứng minh|giấy tờ cũ|hộ chiếu|old id|passport",
    Field.PHONE: "điện thoại|số điện thoại|sđt|đt|số đt|di động|điện thoại di động|tel|phone|phone number|mobile|telephone",
    Field.ETHNIC: "dân tộc|ethnicity|ethnic group|ethnic",
    Field.JOINED: "ngày tham gia|ngày vào|ngày vào nhóm|ngày vào tổ|ngày gia nhập|tham gia từ|ngày tham gia nhóm|"
    "date joined|joined|join date|joining date",
    Field.HOUSEHOLD: "mã hộ|số hộ|hộ|mã hộ gia đình|hộ gia đình|household|household code|household id|household no",
    Field.HEAD: "chủ hộ|là chủ hộ|quan hệ với chủ hộ|quan hệ chủ hộ|head|head of household|household head|is head|"
    "relation to head|relationship to head",
    Field.HAMLET: "thôn|ấp|thôn ấp|thôn/ấp|ấp/thôn|thôn bản|thôn/bản|bản|khóm|khóm/ấp|ấp/khóm|thôn xóm|xóm|tổ dân phố|"
    "khu phố|làng|buôn|hamlet|village",
    Field.COMMUNE: "xã|phường|xã phường|xã/phường|phường/xã|xã/thị trấn|tên xã|commune|ward",
    Field.ADDRESS: "địa chỉ|nơi ở|chỗ ở|nơi cư trú|thường trú|địa chỉ thường trú|hộ khẩu thường trú|chỗ ở hiện nay|address",
    Field.GROUP: "nhóm|tổ|mã nhóm|tên nhóm|nhóm tiết kiệm|tổ nhóm|tổ/nhóm|mã tổ|tên tổ|group|group code|group name",
    Field.NOTE: "ghi chú|chú thích|note|notes|remark|remarks|comment",
}

_SIGNS = re.compile(r"[^\w]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")

Mapping = tuple[Field | None, ...]
"""The field of each column, None for columns that are left out."""


@cache
def _known(_language: str) -> dict[str, Field]:
    """Return the field of each heading: the names this program shows and exports, and what people write.

    With marks ("Họ" is no "Hộ"), and without them, where the first of two fields wins.
    """
    names = [(word, field) for field, words in _SYNONYMS.items() for word in words.split("|")]
    names += [(field.label, field) for field in Field]
    found: dict[str, Field] = {}
    for key in (_marked_key, _key):
        for word, field in names:
            found.setdefault(key(word), field)
    return found


def _marked_key(heading: str) -> str:
    return "\x00" + _SIGNS.sub(" ", fold_tones(heading)).strip()


def _key(heading: str) -> str:
    return _SIGNS.sub(" ", fold(heading)).strip()


def field_of(heading: str) -> Field | None:
    """Return the field that a heading names; headings in old fonts ("Hä vµ tªn") are understood too."""
    known = _known(language())
    heading = nfc(heading)
    for reading in dict.fromkeys((heading, tcvn3_to_unicode(heading), vni_to_unicode(heading))):
        for text in (reading, _BRACKETS.sub(" ", reading)):
            for key in (_marked_key(text), _key(text)):
                if key in known:
                    return known[key]
    return None


def guess_mapping(headings: Sequence[str], rows: Sequence[Sequence[object]] = ()) -> Mapping:
    """Return the field of each column by its heading; a field named twice belongs to the first column.

    With `rows`, a heading "Họ và tên" that stands over two columns is understood as family and middle name,
    and given name.
    """
    taken: set[Field] = set()
    found: list[Field | None] = []
    for heading in headings:
        field = field_of(heading)
        if field in taken:
            field = None
        if field is not None:
            taken.add(field)
        found.append(field)
    _settle_names(found, headings, rows)
    return tuple(found)


def guess_by(headings: Sequence[str], synonyms: MappingOf[str, str]) -> tuple[str | None, ...]:
    """Return the field of each column of another kind of list: `synonyms` are headings by field, apart by "|".

    With marks first, then without; headings in old fonts are understood; a field belongs to its first column.
    """
    known: dict[str, str] = {}
    for key in (_marked_key, _key):
        for name, words in synonyms.items():
            for word in words.split("|"):
                known.setdefault(key(word), name)
    taken: set[str] = set()
    found: list[str | None] = []
    for heading in headings:
        named = _named(nfc(heading), known)
        found.append(None if named in taken else named)
        if named is not None:
            taken.add(named)
    return tuple(found)


def _named(heading: str, known: MappingOf[str, str]) -> str | None:
    for reading in dict.fromkeys((heading, tcvn3_to_unicode(heading), vni_to_unicode(heading))):
        for text in (reading, _BRACKETS.sub(" ", reading)):
            for key in (_marked_key(text), _key(text)):
                if key in known:
                    return known[key]
    return None


def _settle_names(
    found: list[Field | None], headings: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Put right what the headings of name columns mean together."""
    if Field.GIVEN in found and not {Field.FAMILY, Field.FAMILY_MIDDLE, Field.FULL_NAME} & set(found):
        found[found.index(Field.GIVEN)] = Field.FULL_NAME  # "Tên" alone: the name
    if Field.FULL_NAME in found:
        at = found.index(Field.FULL_NAME)
        if at + 1 < len(headings) and not headings[at + 1] and _holds_given_names(rows, at + 1):
            found[at], found[at + 1] = Field.FAMILY_MIDDLE, Field.GIVEN


def _holds_given_names(rows: Sequence[Sequence[object]], column: int) -> bool:
    """Tell whether most cells of a column are one word."""
    cells = [row[column] for row in rows[:200]]
    words = sum(1 for cell in cells if isinstance(cell, str) and len(cell.split()) == 1)
    return words * 2 > len(cells)


# -- remembered ------------------------------------------------------------------------------------

_KIND = "members"


def fingerprint(headings: Sequence[str]) -> str:
    """Return what tells one form of list from another: its headings, however written."""
    return hashlib.sha256("\x1f".join(_key(nfc(heading)) for heading in headings).encode()).hexdigest()


def mapping_for(book: Book, headings: Sequence[str], rows: Sequence[Sequence[object]] = ()) -> Mapping:
    """Return the mapping that was used last for a list with these headings, or the best guess."""
    with book.read() as session:
        kept = session.scalar(
            select(ImportProfile.mapping).where(
                ImportProfile.kind == _KIND, ImportProfile.headings == fingerprint(headings)
            )
        )
    if kept is not None:
        words = json.loads(kept)
        known = {field.value for field in Field}
        if len(words) == len(headings):
            return tuple(Field(word) if word in known else None for word in words)
    return guess_mapping(headings, rows)


def remember(session: Session, headings: Sequence[str], mapping: Mapping) -> None:
    """Keep the mapping for the next list with these headings, inside an open write."""
    mark = fingerprint(headings)
    text = json.dumps([None if field is None else field.value for field in mapping])
    profile = session.scalars(
        select(ImportProfile).where(ImportProfile.kind == _KIND, ImportProfile.headings == mark)
    ).one_or_none()
    if profile is None:
        session.add(ImportProfile(kind=_KIND, headings=mark, mapping=text))
    else:
        profile.mapping = text
