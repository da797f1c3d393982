"""Blocks that the papers of rotating funds share: what was agreed, who takes part."""

from __future__ import annotations

from reports.kit import papers
from reports.kit.columns import Column, Row
from reports.kit.page import Flow
from reports.kit.tables import Look
from reports.rosca_values import RoscaHead
from resources.lang.dates import show_day
from resources.lang.dong import WordStyle, in_words, show_dong, show_number
from resources.lang.messages import _

BLANK = "…" * 24
"""What stands for a detail that is written in by hand."""


def running(head: RoscaHead) -> str:
    """Return what following pages say of the fund."""
    return " · ".join(part for part in (head.code, head.name) if part)


def terms_fields(flow: Flow, head: RoscaHead, words: WordStyle) -> None:
    """Say what was agreed, as Article 8 of Decree 19/2019/NĐ-CP lists it."""
    pairs = [
        (_("Mã dây họ:"), head.code),
        (_("Loại họ:"), head.kind_text),
        (_("Số phần họ:"), show_number(head.parts)),
        (_("Kỳ mở họ:"), head.frequency_text),
        (_("Kỳ đầu:"), show_day(head.starts)),
        (_("Kỳ cuối:"), show_day(head.ends)),
    ]
    rest = [
        (
            _("Một phần họ góp mỗi kỳ:"),
            _("{amount} ({words})").format(
                amount=show_dong(head.part_value), words=in_words(head.part_value, words)
            ),
        ),
        (_("Tổng các phần họ mỗi kỳ:"), show_dong(head.pot)),
        (_("Thứ tự lĩnh:"), head.order_text),
        (_("Lãi:"), head.interest_text),
        (_("Hoa hồng của chủ họ:"), show_dong(head.commission) if head.commission else ""),
        (_("Góp chậm:"), head.late_text),
    ]
    labels = max(flow.label_width(pairs), flow.label_width(rest))
    flow.fields(pairs, least=labels)
    flow.fields(rest, columns=1, least=labels)


def holders_table(head: RoscaHead, *, sign: bool) -> papers.Laid:
    """Return the members with all that the agreement must say of them, and room to sign."""
    columns = [
        Column(_("STT"), "centre", 16, key=True),
        Column(_("Họ và tên"), "text", 80, key=True),
        Column(_("Ngày sinh"), "tight", 50),
        Column(_("Số giấy tờ tùy thân"), "tight", 64),
        Column(_("Nơi cư trú"), "text", 90),
        Column(_("Phần họ số"), "tight", 40),
        *([Column(_("Ký hoặc điểm chỉ"), "write", 72)] if sign else []),
    ]
    rows = [
        Row(
            (
                str(number),
                one.person.name,
                one.person.born,
                one.person.citizen_number,
                one.person.address,
                ", ".join(map(str, one.parts)),
                *([""] if sign else []),
            )
        )
        for number, one in enumerate(head.holders, 1)
    ]
    return papers.Laid(columns, rows, Look(_("Các thành viên"), grid=True, row_height=24 if sign else 0))
