"""Which column of a commune's list is what: by its heading, and remembered for the next list of the same form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.records.every import ImportProfile
from desktop.services.exchange.columns import fingerprint, guess_by
from desktop.store.book import Book
from resources.lang.messages import N_, _


class ListField(StrEnum):
    """What a column of a list of households may hold."""

    NAME = "name"
    CITIZEN_NUMBER = "citizen_number"
    SEX = "sex"
    FEMALE_MARK = "female_mark"
    BIRTH = "birth"
    BIRTH_MALE = "birth_male"
    BIRTH_FEMALE = "birth_female"
    ETHNIC = "ethnic"
    HAMLET = "hamlet"
    COMMUNE = "commune"
    STATUS = "status"
    POOR_MARK = "poor_mark"
    NEAR_MARK = "near_mark"
    B1 = "b1"
    B2 = "b2"
    PAPER = "paper"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Return the name of the field in the language in use."""
        return _(_TITLES[self])


_TITLES = {
    ListField.NAME: N_("Họ và tên chủ hộ"),
    ListField.CITIZEN_NUMBER: N_("Số định danh (CCCD)"),
    ListField.SEX: N_("Giới tính"),
    ListField.FEMALE_MARK: N_("Nữ (đánh dấu)"),
    ListField.BIRTH: N_("Ngày sinh hoặc năm sinh"),
    ListField.BIRTH_MALE: N_("Năm sinh (cột Nam)"),
    ListField.BIRTH_FEMALE: N_("Năm sinh (cột Nữ)"),
    ListField.ETHNIC: N_("Dân tộc"),
    ListField.HAMLET: N_("Thôn, ấp"),
    ListField.COMMUNE: N_("Xã, phường"),
    ListField.STATUS: N_("Diện hộ (nghèo, cận nghèo)"),
    ListField.POOR_MARK: N_("Hộ nghèo (đánh dấu)"),
    ListField.NEAR_MARK: N_("Hộ cận nghèo (đánh dấu)"),
    ListField.B1: N_("Điểm B1"),
    ListField.B2: N_("Điểm B2"),
    ListField.PAPER: N_("Số giấy chứng nhận"),
    ListField.NOTE: N_("Ghi chú"),
}
_SYNONYMS = {
    ListField.NAME: "họ và tên chủ hộ|họ tên chủ hộ|tên chủ hộ|chủ hộ|họ và tên|họ tên|head of household|head|name",
    ListField.CITIZEN_NUMBER: "cccd|số cccd|số định danh|số định danh cá nhân|căn cước|số căn cước|căn cước công dân|"
    "cmnd/cccd|cccd/cmnd|số cmnd/cccd|số cccd chủ hộ|số định danh cccd|citizen number|national id|id number",
    ListField.SEX: "giới tính|giới|phái|nam/nữ|sex|gender",
    ListField.FEMALE_MARK: "nữ chủ hộ|chủ hộ là nữ|là nữ|female-headed",
    ListField.BIRTH: "ngày sinh|năm sinh|ngày tháng năm sinh|sinh năm|ngày sinh hoặc năm sinh|year of birth|birth year|date of birth",
    ListField.BIRTH_MALE: "nam|năm sinh nam|năm sinh cột nam|sinh năm nam",
    ListField.BIRTH_FEMALE: "nữ|năm sinh nữ|năm sinh cột nữ|sinh năm nữ",
    ListField.ETHNIC: "dân tộc|ethnicity|ethnic group",
    ListField.HAMLET: "thôn|ấp|thôn ấp|thôn, ấp|thôn/ấp|ấp/thôn|thôn bản|khóm|khóm/ấp|ấp/khóm|xóm|tổ dân phố|khu phố|bản|"
    "địa bàn|hamlet|village|địa chỉ",
    ListField.COMMUNE: "xã|phường|xã phường|xã/phường|xã, phường|phường/xã|tên xã|commune|ward",
    ListField.STATUS: "diện hộ|đối tượng|loại hộ|phân loại|kết quả|kết quả rà soát|kết quả phân loại|hộ nghèo/cận nghèo|"
    "diện|diện hộ nghèo, cận nghèo|status|classification",
    ListField.POOR_MARK: "hộ nghèo|nghèo|hộ nghèo đánh dấu|poor",
    ListField.NEAR_MARK: "hộ cận nghèo|cận nghèo|hộ cận nghèo đánh dấu|near poor",
    ListField.B1: "b1|điểm b1|tổng điểm b1|phiếu b1|điểm thu nhập",
    ListField.B2: "b2|điểm b2|tổng điểm b2|phiếu b2|điểm thiếu hụt",
    ListField.PAPER: "số giấy chứng nhận|giấy chứng nhận|số gcn|mã hộ|số sổ|certificate",
    ListField.NOTE: "ghi chú|chú thích|note|notes",
}

ListMapping = tuple[ListField | None, ...]
_KIND = "households"


def guess(headings: Sequence[str]) -> ListMapping:
    """Return the field of each column by its heading."""
    synonyms = {field.value: f"{field.label}|{words}" for field, words in _SYNONYMS.items()}
    return tuple(None if name is None else ListField(name) for name in guess_by(headings, synonyms))


def mapping_for(book: Book, headings: Sequence[str]) -> ListMapping:
    """Return the mapping used last for a list of this form, or the best guess."""
    with book.read() as session:
        kept = session.scalar(
            select(ImportProfile.mapping).where(
                ImportProfile.kind == _KIND, ImportProfile.headings == fingerprint(headings)
            )
        )
    if kept is not None:
        names = json.loads(kept)
        known = {field.value for field in ListField}
        if len(names) == len(headings):
            return tuple(ListField(name) if name in known else None for name in names)
    return guess(headings)


def remember(session: Session, headings: Sequence[str], mapping: ListMapping) -> None:
    """Keep the mapping for the next list of this form, inside an open write."""
    mark = fingerprint(headings)
    text = json.dumps([None if field is None else field.value for field in mapping])
    profile = session.scalars(
        select(ImportProfile).where(ImportProfile.kind == _KIND, ImportProfile.headings == mark)
    ).one_or_none()
    if profile is None:
        session.add(ImportProfile(kind=_KIND, headings=mark, mapping=text))
    else:
        profile.mapping = text
