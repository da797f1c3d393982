"""Loans in short words: stages and lateness as labels, shares as percents, the price of an offer in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from desktop.models.rules.loan_products import Offer
from desktop.models.rules.loan_requests import Caution
from desktop.models.rules.loans.arrears import Bucket
from desktop.models.rules.loans.state import Parts
from desktop.models.rules.loans.terms import Terms
from desktop.services import loan_words
from desktop.views.kit.desk import Desk
from resources.lang.dong import show_dong, show_percent
from resources.lang.messages import _


def caution(desk: Desk) -> Caution:
    """Return the limits of care that the settings hold."""
    kept = desk.settings
    return Caution(
        kept["loan_ceiling"], kept["loan_dsr_warn"], kept["loan_dsr_stop"], kept["loan_guarantees"]
    )


def bucket_words(bucket: Bucket) -> str:
    """Return a band of days late ("31–60 ngày")."""
    if bucket.last == 0:
        return _("Trong hạn")
    if bucket.last is None:
        return _("Trên {n} ngày").format(n=bucket.first - 1)
    return _("{first}–{last} ngày").format(first=bucket.first, last=bucket.last)


def share(part: int, whole: int) -> str:
    """Return a part of a whole in percent; a dash when there is no whole."""
    return show_percent(Fraction(part, whole)) if whole else "–"


def parts_words(parts: Parts) -> str:
    """Return what an amount pays: "Gốc 300.000 ₫, lãi 15.000 ₫"."""
    named = (
        (_("gốc {amount}"), parts.principal),
        (_("lãi {amount}"), parts.interest),
        (_("phí {amount}"), parts.fees),
        (_("phạt {amount}"), parts.penalties),
    )
    said = ", ".join(text.format(amount=show_dong(amount)) for text, amount in named if amount)
    return said[:1].upper() + said[1:]


def rate_words(terms: Terms) -> str:
    """Return the rate and what it is counted on; a flat rate with what it is on the declining balance."""
    text = f"{loan_words.rate_text(terms)}, {loan_words.method_text(terms)}"
    equivalent = loan_words.equivalent_text(terms)
    return (
        _("{rate}; thật ra là {equivalent}").format(rate=text, equivalent=equivalent) if equivalent else text
    )


def cost_words(apr: Fraction | Decimal, eir: Fraction | Decimal) -> str:
    """Return the true price of a year in a sentence."""
    return _("Giá thật một năm, tính cả phí: {apr} (APR), lãi nhập gốc {eir} (EIR)").format(
        apr=loan_words.percent(apr),
        eir=loan_words.percent(eir),
    )


def offer_words(made: Offer) -> list[str]:
    """Return the price of an offer, sentence by sentence, as one would say it to the borrower."""
    said = [_("Lãi suất {rate}.").format(rate=rate_words(made.terms))]
    cost = made.cost
    said.append(
        _("Nhận {received}, trả tổng cộng {paid}, tức tốn thêm {cost}.").format(
            received=show_dong(cost.received), paid=show_dong(cost.paid), cost=show_dong(cost.cost)
        )
    )
    said.append(cost_words(cost.apr_percent, cost.eir_percent) + ".")
    if made.upfront:
        said.append(_("Trừ {fee} phí khi giải ngân.").format(fee=show_dong(made.upfront)))
    return said
