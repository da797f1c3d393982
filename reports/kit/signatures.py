"""Signature blocks: room to sign, or to leave a fingerprint before a witness."""

from __future__ import annotations

from collections.abc import Sequence

from reports.kit import fonts
from reports.kit.page import Flow, baseline
from reports.kit.styles import HAIR, MM, Style
from reports.kit.text import wrap
from reports.kit.values import Signer
from resources.lang.messages import _

SPACE = 22 * MM
"""Free height to sign in; 20 mm is the least that is asked for."""


def draw(flow: Flow, signers: Sequence[Signer], dated: str = "", *, space: float = SPACE) -> None:
    """Draw the blocks side by side, all on one page; `dated` ("Tân Hưng, ngày …") stands above on the right.

    A signer with a fingerprint gets a box for it, and a witness beside it.
    """
    blocks = [block for signer in signers for block in _with_witness(signer)]
    per_row = len(blocks) if not flow.edition.large else min(len(blocks), 2 if flow.sheet.wide < 700 else 3)
    for start in range(0, len(blocks), max(per_row, 1)):
        _row(flow, blocks[start : start + per_row], dated if start == 0 else "", space, per_row)


def _with_witness(signer: Signer) -> list[Signer]:
    if not signer.fingerprint:
        return [signer]
    return [signer, Signer(_("Người làm chứng"), signer.witness)]


def _row(flow: Flow, blocks: Sequence[Signer], dated: str, space: float, columns: int) -> None:
    """Draw one row of blocks."""
    style = flow.edition.body
    small = flow.edition.small
    room = flow.sheet.room / columns
    titles = [wrap(block.title.upper(), fonts.BOLD, style.size, room - 8) for block in blocks]
    hints = [wrap(_hint(block), fonts.ITALIC, small.size, room - 8) for block in blocks]
    names = [wrap(block.name, fonts.BOLD, style.size, room - 8) for block in blocks]
    high = (
        max(len(lines) for lines in titles) * style.leading
        + max(len(lines) for lines in hints) * small.leading
        + space
        + max(len(lines) for lines in names) * style.leading
    )
    flow.need(high + (2.2 * style.leading if dated else 0.6 * style.leading))
    flow.gap(0.6 * style.leading)
    if dated:
        pieces = wrap(dated, fonts.ITALIC, style.size, flow.sheet.room)
        for piece in pieces:
            flow.line(piece, style.italic, align="right")
    top = flow.y
    title_low = top - max(len(lines) for lines in titles) * style.leading
    sign_top = title_low - max(len(lines) for lines in hints) * small.leading
    name_top = sign_top - space
    for number, block in enumerate(blocks):
        middle = flow.sheet.left + room * (number + 0.5)
        _lines(flow, titles[number], middle, top, style.bold)
        _lines(flow, hints[number], middle, title_low, small.italic)
        if block.fingerprint:
            wide, tall = 16 * MM, 20 * MM
            flow.page.box(middle - wide / 2, sign_top - 1 * MM - tall, wide, tall, HAIR)
        _lines(flow, names[number], middle, name_top, style.bold)
    flow.y = top - high


def _hint(block: Signer) -> str:
    return _("(Điểm chỉ ngón trỏ phải)") if block.fingerprint else _("(Ký, ghi rõ họ tên)")


def _lines(flow: Flow, lines: Sequence[str], middle: float, top: float, style: Style) -> None:
    for line in lines:
        flow.page.centred(middle, baseline(top, style), style.face, style.size, line)
        top -= style.leading
