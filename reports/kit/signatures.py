"""Signature blocks: room to sign, or to leave a fingerprint before a witness."""

from __future__ import annotations

from collections.abc import Sequence

from reports.kit import fonts
from reports.kit.page import Area, Flow
from reports.kit.styles import HAIR, MM, Style, baseline
from reports.kit.text import wrap
from reports.kit.values import Signer
from resources.lang.messages import _

SPACE = 22 * MM
"""Free height to sign in; 20 mm is the least that is asked for."""


def draw(flow: Area, signers: Sequence[Signer], dated: str = "", *, space: float = SPACE) -> None:
    """Draw the blocks side by side; see `Blocks`."""
    Blocks(flow, signers, dated, space=space).draw()


class Blocks:
    """Signature blocks side by side, a row of them never torn apart.

    `dated` ("Tân Hưng, ngày …") stands above on the right. A signer with a fingerprint gets a box for it, and
    a witness beside it. Large print sets fewer blocks in a row.
    """

    def __init__(
        self, flow: Area, signers: Sequence[Signer], dated: str = "", *, space: float = SPACE
    ) -> None:
        self._flow = flow
        blocks = [block for signer in signers for block in _with_witness(signer)]
        most = len(blocks)
        if flow.edition.large:
            most = 4 if flow.sheet.wide > flow.sheet.high else 2
        self._rows = [
            _BlockRow(
                flow, blocks[start : start + most], dated if start == 0 else "", space, min(most, len(blocks))
            )
            for start in range(0, len(blocks), max(most, 1))
        ]

    @property
    def first_height(self) -> float:
        """The height of the first row, for keeping it with what stands above."""
        return self._rows[0].high if self._rows else 0

    @property
    def together(self) -> float:
        """The height of all rows that stay on one page: all, or the first where they would fill half of it."""
        high = sum(row.high for row in self._rows)
        return self.first_height if high > self._flow.sheet.tall / 2 else high

    def draw(self) -> None:
        """Draw all rows at the cursor, on one page if they fit on one."""
        flow, high = self._flow, self.together
        if isinstance(flow, Flow) and flow.left_over < high:
            flow.signatures_turn()
            flow.need(high)
        for row in self._rows:
            row.draw()


def _with_witness(signer: Signer) -> list[Signer]:
    if not signer.fingerprint:
        return [signer]
    return [signer, Signer(_("Người làm chứng"), signer.witness)]


class _BlockRow:
    """One row of blocks, measured before it is drawn."""

    def __init__(self, flow: Area, blocks: Sequence[Signer], dated: str, space: float, columns: int) -> None:
        style, small = flow.edition.body, flow.edition.small
        self.flow, self.blocks, self.space = flow, blocks, space
        self.room = flow.sheet.room / columns
        wide = self.room - 8
        self.dated = wrap(dated, fonts.ITALIC, style.size, flow.sheet.room) if dated else ()
        self.titles = [wrap(block.title.upper(), fonts.BOLD, style.size, wide) for block in blocks]
        self.hints = [wrap(_hint(block), fonts.ITALIC, small.size, wide) for block in blocks]
        self.names = [wrap(block.name, fonts.BOLD, style.size, wide) for block in blocks]
        self.title_high = max(len(lines) for lines in self.titles) * style.leading
        self.hint_high = max(len(lines) for lines in self.hints) * small.leading
        name_high = max(len(lines) for lines in self.names) * style.leading
        above = (0.6 + len(self.dated)) * style.leading
        self.high = above + self.title_high + self.hint_high + space + name_high

    def draw(self) -> None:
        """Draw the row, on the next page if it does not fit on this one."""
        flow, style, small = self.flow, self.flow.edition.body, self.flow.edition.small
        flow.need(self.high)
        low = flow.y - self.high
        flow.gap(0.6 * style.leading)
        flow.page.tags.begin("P")
        for piece in self.dated:
            flow.line(piece, style.italic, align="right")
        title_low = flow.y - self.title_high
        sign_top = title_low - self.hint_high
        for number, block in enumerate(self.blocks):
            middle = flow.sheet.left + self.room * (number + 0.5)
            _lines(flow, self.titles[number], middle, flow.y, style.bold)
            _lines(flow, self.hints[number], middle, title_low, small.italic)
            if block.fingerprint:
                wide, tall = 16 * MM, min(20 * MM, self.space - 2 * MM)
                flow.page.box(middle - wide / 2, sign_top - 1 * MM - tall, wide, tall, HAIR)
            _lines(flow, self.names[number], middle, sign_top - self.space, style.bold)
        flow.y = low


def _hint(block: Signer) -> str:
    return _("(Điểm chỉ ngón trỏ phải)") if block.fingerprint else _("(Ký, ghi rõ họ tên)")


def _lines(flow: Area, lines: Sequence[str], middle: float, top: float, style: Style) -> None:
    flow.page.tags.begin("P")
    for line in lines:
        flow.page.centred(middle, baseline(top, style), style.face, style.size, line)
        top -= style.leading
