"""Phiếu thu, phiếu chi, phiếu chuyển khoản: two on a page, in the 01-TT / 02-TT look with the signers of a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from io import BytesIO

from reports.kit import fonts, qr, signatures
from reports.kit.heads import group_name, group_place, print_count
from reports.kit.ink import Page
from reports.kit.page import Area, Document
from reports.kit.report import PLAIN, PaperOptions, Report, in_its_language
from reports.kit.styles import A4, LARGE, MM, Edition, Sheet, baseline
from reports.kit.text import clean, wrap
from reports.kit.values import GroupBlock, Organisation, PrintMark, Signer
from resources.lang.dates import show_day_long, show_instant
from resources.lang.dong import in_words, show_dong
from resources.lang.messages import N_, _


class ReceiptKind(StrEnum):
    """Money coming in (phiếu thu, 01-TT), going out (phiếu chi, 02-TT), or moved between the group's own boxes and bank
    (phiếu chuyển khoản, which has no form of the state).
    """

    IN = "in"
    OUT = "out"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Receipt:
    """One voucher of money. `amount` in đồng.

    `debit` and `credit` are account numbers as printed ("111", "321, 411"). `person` pays or receives.
    `book` is the number of the receipt book (quyển số), `attached` the number of papers that belong to it.
    `cancelled` is the reason why it no longer stands ("Đã hủy bằng PC-2026-0012"): it is printed crossed.
    `source` and `target` are the boxes or the bank account that money is moved between; `person` is then who goes with it.
    """

    kind: ReceiptKind
    organisation: Organisation
    group: GroupBlock
    number: str
    day: date
    person: str
    reason: str
    amount: int
    mark: PrintMark
    person_address: str = ""
    debit: str = ""
    credit: str = ""
    book: str = ""
    attached: int = 0
    leader: str = ""
    treasurer: str = ""
    preparer: str = ""
    fingerprint: bool = False
    cancelled: str = ""
    source: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Receipts:
    """Vouchers to print one after another. `copies` 2 puts both copies (liên 1, liên 2) on one page."""

    receipts: tuple[Receipt, ...]
    copies: int = 1


_HALF = A4[1] / 2
_QR_SIDE = 20 * MM
_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)


@in_its_language
def render(value: Receipts, options: PaperOptions = PLAIN) -> bytes:
    """Return the vouchers as a PDF, two on a page; large print takes a page for each."""
    return render_vouchers(
        [(receipt, None) for receipt in value.receipts], value.copies, _("Phiếu thu, phiếu chi"), options
    )


Block = Callable[[Area], None]
"""Draws what a voucher says beyond its form, between the amount and the signatures."""


def render_vouchers(
    vouchers: Sequence[tuple[Receipt, Block | None]], copies: int, title: str, options: PaperOptions
) -> bytes:
    """Return vouchers as a PDF, two on a page. `title` names the file if there are several."""
    out = BytesIO()
    if not vouchers:
        raise ValueError("no receipt to print")
    first = vouchers[0][0]
    document = Document(
        out,
        title=f"{_title(first)} {first.number}" if len(vouchers) == 1 else title,
        author=first.organisation.name,
        subject=group_name(first.group),
        produced=first.mark.printed_at,
        fast=options.fast,
        tagged=options.tagged is not False,
    )
    slots = _Slots(document)
    for receipt, block in vouchers:
        for copy in range(1, copies + 1):
            slots.add(receipt, block, copy if copies > 1 else 0, options)
    slots.finish()
    document.save()
    return out.getvalue()


class _Slots:
    """Upper and lower half of each page, filled in turn; a voucher that needs it gets a whole page."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._page: Page | None = None

    def add(self, receipt: Receipt, block: Block | None, copy: int, options: PaperOptions) -> None:
        """Draw one voucher in the next free half."""
        edition = LARGE if options.large_print else self._edition(receipt, block, copy, options)
        if edition is None or edition.large:
            self.finish()
            area = _Pages(self._document, edition or Edition(_SIZES[-1], 8))
            _draw(area, receipt, block, copy, options)
            self._document.put(area.pages, self._bookmark(receipt, copy))
            return
        if self._page is None:
            self._page = self._document.new_page(_half(0))
            _draw(Area(self._page, _half(0), edition), receipt, block, copy, options)
            self._document.mark(self._bookmark(receipt, copy))
            self._page.line(0, _HALF, A4[0], _HALF, 0.4, 3)
        else:
            _draw(Area(self._page, _half(1), edition), receipt, block, copy, options)
            self._document.mark(self._bookmark(receipt, copy))
            self.finish()

    def finish(self) -> None:
        """Put the page that is begun, if any."""
        if self._page is not None:
            self._document.put([self._page])
            self._page = None

    def _edition(
        self, receipt: Receipt, block: Block | None, copy: int, options: PaperOptions
    ) -> Edition | None:
        """Return the largest letters at which the voucher fits half a page, None if none do."""
        for size in _SIZES:
            edition = Edition(size, 8)
            area = Area(self._document.new_page(_half(0), scratch=True), _half(0), edition)
            if _draw(area, receipt, block, copy, options) >= _half(0).bottom:
                return edition
        return None

    def _bookmark(self, receipt: Receipt, copy: int) -> str:
        return f"{receipt.number} · {receipt.person}" if copy < 2 else ""


class _Pages(Area):
    """Whole pages for a voucher in large print, or with more to say than half a page holds."""

    def __init__(self, document: Document, edition: Edition) -> None:
        super().__init__(document.new_page(_whole()), _whole(), edition)
        self._document = document
        self.pages = [self.page]

    def need(self, height: float) -> None:
        """Go on on a new page if `height` points do not fit on this one."""
        if self.y - height < self.sheet.bottom:
            self.page = self._document.new_page(self.sheet)
            self.pages.append(self.page)
            self.y = self.sheet.high - self.sheet.top


def _half(place: int) -> Sheet:
    """Return the upper (0) or lower (1) half of the page, as a sheet with the whole page's height."""
    top, bottom = 9 * MM, 8 * MM
    if place == 0:
        return Sheet(*A4, 20 * MM, 15 * MM, top, _HALF + bottom)
    return Sheet(*A4, 20 * MM, 15 * MM, _HALF + top, bottom)


def _whole() -> Sheet:
    return Sheet(*A4, 13 * MM, 13 * MM, 12 * MM, 10 * MM)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the three kinds of voucher call the same things."""

    title: str
    form: str
    person: str
    why: str
    signer: str
    done: str


def _words(receipt: Receipt) -> _Words:
    received = _("Đã nhận đủ số tiền (viết bằng chữ): {words}.")
    match receipt.kind:
        case ReceiptKind.IN:
            return _Words(
                _("Phiếu thu"), _("Mẫu số 01 - TT"), _("Họ và tên người nộp tiền:"), _("Lý do nộp:"),
                _("Người nộp tiền"), received,
            )  # fmt: skip
        case ReceiptKind.OUT:
            return _Words(
                _("Phiếu chi"), _("Mẫu số 02 - TT"), _("Họ và tên người nhận tiền:"), _("Lý do chi:"),
                _("Người nhận tiền"), received,
            )  # fmt: skip
        case ReceiptKind.BETWEEN:
            return _Words(
                _("Phiếu chuyển khoản"), "", _("Họ và tên người giao dịch:"), _("Nội dung:"),
                _("Người giao dịch"), _("Đã chuyển đủ số tiền (viết bằng chữ): {words}."),
            )  # fmt: skip


def _title(receipt: Receipt) -> str:
    return _words(receipt).title


def _draw(area: Area, receipt: Receipt, block: Block | None, copy: int, options: PaperOptions) -> float:
    """Draw one voucher and return where it ends."""
    area.page.tags.section()
    low = _head(area, receipt)
    _middle(area, receipt, copy)
    area.y = min(area.y, low) - 0.4 * area.edition.body.leading
    _content(area, receipt, options)
    if block is not None:
        block(area)
    _signatures(area, receipt)
    low = _code(area, receipt)
    _received(area, receipt, options)
    _foot(area, receipt)
    area.y = min(area.y, low)
    if receipt.cancelled:
        _cross(area, area.sheet.high - area.sheet.top)
    return area.y


def _head(area: Area, receipt: Receipt) -> float:
    """Draw unit and address on the left, form, book, number and accounts on the right; return the lower end."""
    sheet, body, small = area.sheet, area.edition.body, area.edition.small
    right = [
        (_words(receipt).form, body.bold),
        (_("Quyển số: {book}").format(book=receipt.book) if receipt.book else "", small),
        (_("Số: {number}").format(number=receipt.number), body.bold),
        (_("Nợ: {accounts}").format(accounts=receipt.debit) if receipt.debit else "", small),
        (_("Có: {accounts}").format(accounts=receipt.credit) if receipt.credit else "", small),
    ]
    taken = max(fonts.width(clean(text), style.face, style.size) for text, style in right)
    room = sheet.room - min(taken, sheet.room / 2) - 12
    left = [
        (_("Đơn vị: {name}").format(name=group_name(receipt.group)), body.bold),
        (receipt.organisation.name, small),
        (
            _("Địa chỉ: {address}").format(
                address=group_place(receipt.group) or receipt.organisation.address
            ),
            small,
        ),
    ]
    top = low = area.y
    for text, style in left:
        area.page.tags.begin("P")
        for line in wrap(text, style.face, style.size, room):
            area.page.text(sheet.left, baseline(low, style), style.face, style.size, line)
            low -= style.leading
    area.y = low
    for text, style in right:
        area.page.tags.begin("P")
        for line in wrap(text, style.face, style.size, sheet.room / 2) if text else ():
            area.page.right(sheet.end, baseline(top, style), style.face, style.size, line)
            top -= style.leading
    return top


def _middle(area: Area, receipt: Receipt, copy: int) -> None:
    """Write title, copy and day in the middle."""
    title, body = area.edition.title, area.edition.body
    area.page.tags.begin("H1")
    area.line(_title(receipt).upper(), title, align="centre")
    area.page.tags.begin("P")
    day = show_day_long(receipt.day)
    area.line(day[0].upper() + day[1:], body.italic, align="centre")
    if receipt.cancelled:
        heading = area.edition.heading
        for line in wrap(receipt.cancelled, heading.face, heading.size, area.sheet.room):
            area.line(line, heading, align="centre")
    if copy:
        area.line(_("Liên {copy}").format(copy=copy), area.edition.small, align="centre")


def _content(area: Area, receipt: Receipt, options: PaperOptions) -> None:
    """Write who, why and how much, in digits and in words."""
    named = _words(receipt)
    words = in_words(receipt.amount, options.words) + "."
    attached = _("{count} chứng từ gốc").format(count=receipt.attached) if receipt.attached else ""
    area.fields(
        [
            (named.person, receipt.person),
            (_("Địa chỉ:"), receipt.person_address),
            (_("Chuyển từ:"), receipt.source),
            (_("Chuyển đến:"), receipt.target),
            (named.why, receipt.reason),
            (_("Số tiền:"), show_dong(receipt.amount)),
            (_("Viết bằng chữ:"), words),
            (_("Kèm theo:"), attached),
        ],
        columns=1,
    )


def _signatures(area: Area, receipt: Receipt) -> None:
    """Draw the blocks of a group: leader, treasurer, preparer, and who pays or receives."""
    payer = Signer(_words(receipt).signer, receipt.person, receipt.fingerprint)
    signatures.draw(
        area,
        [
            Signer(_("Tổ trưởng"), receipt.leader),
            Signer(_("Thủ quỹ"), receipt.treasurer),
            Signer(_("Người lập"), receipt.preparer),
            payer,
        ],
        space=20.5 * MM,
    )


def _code(area: Area, receipt: Receipt) -> float:
    """Draw the QR code at the right edge, if there is one, and keep the texts beside it off; return its end."""
    text = receipt.mark.qr
    if not text:
        return area.y
    area.need(_QR_SIDE)
    quiet = qr.quiet(text, _QR_SIDE)
    low = area.y - _QR_SIDE - 1
    qr.draw(area.page, text, area.sheet.end - _QR_SIDE + quiet, low, _QR_SIDE)
    area.sheet = replace(area.sheet, right=area.sheet.right + _QR_SIDE)
    return low


def _received(area: Area, receipt: Receipt, options: PaperOptions) -> None:
    """Let the one who takes the money, or moves it, confirm it in words, as the form does below the signatures."""
    area.gap(0.3 * area.edition.body.leading)
    words = in_words(receipt.amount, options.words)
    area.write(_words(receipt).done.format(words=words))


def _foot(area: Area, receipt: Receipt) -> None:
    """Say in small letters when and by whom the voucher was printed."""
    small, mark = area.edition.small, receipt.mark
    printed = _("In lúc {when}, người in: {who}").format(
        when=show_instant(mark.printed_at), who=mark.printed_by
    )
    code = _("Mã kiểm tra: {code}").format(code=mark.check_code) if mark.check_code else ""
    text = " · ".join(part for part in (printed, print_count(mark), code) if part)
    area.gap(0.3 * small.leading)
    area.write(text, small)


def _cross(area: Area, top: float) -> None:
    """Cross a voucher that no longer stands; crossed papers are kept, never thrown away."""
    page, left, right = area.page, area.sheet.left, A4[0] - 15 * MM
    page.line(left, top, right, area.y, 1)
    page.line(left, area.y, right, top, 1)


REPORT = Report("receipts", N_("Phiếu thu, phiếu chi"), Receipts, render)
