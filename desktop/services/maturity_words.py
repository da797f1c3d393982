"""The working behind each item of the maturity score, in words: the numbers, and what an officer saw as evidence."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from desktop.models.capacity_kinds import Item
from desktop.models.rules.maturity import MaturityFacts, Observed, Reach, democratic, elected_on, even
from resources.indicators import limit
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _, ngettext


def working(item: Item, facts: MaturityFacts, seen: Observed) -> str:
    """Return the numbers behind an item."""
    return _WORKINGS[item](facts, seen)


def evidence(item: Item, seen: Observed) -> str:
    """Return what the officer wrote down for an item, "" when nothing is observed of it."""
    return {
        Item.BOOKS: seen.books_evidence,
        Item.RULES: seen.rules_evidence,
        Item.DEMOCRACY: seen.election_evidence,
        Item.SELF_RUN: seen.self_evidence,
    }.get(item, "")


def _of(part: int, whole: int, words: str) -> str:
    """Return "85,7 %: 12/14 …"; without a whole that nothing can be said."""
    if not whole:
        return _("Không tính được: chưa có số liệu trong kỳ.")
    share = show_percent(Fraction(part, whole), 1)
    return words.format(part=show_number(part), whole=show_number(whole), share=share)


def _meetings(facts: MaturityFacts, _seen: Observed) -> str:
    near = limit("maturity.plan.days", facts.ends)
    text = _("{share}: {part}/{whole} buổi họp đúng lịch (lệch không quá {near} ngày)")
    return _of(facts.on_plan, facts.planned, text.replace("{near}", str(near)))


def _attendance(facts: MaturityFacts, _seen: Observed) -> str:
    return _of(facts.came, facts.called, _("{share}: {part}/{whole} lượt có mặt (kể cả đến muộn)"))


def _saving(facts: MaturityFacts, _seen: Observed) -> str:
    return _of(facts.saved, facts.called, _("{share}: {part}/{whole} lượt có đóng tiết kiệm, cổ phần"))


def _turning(facts: MaturityFacts, _seen: Observed) -> str:
    if facts.median_lent is None:
        return _("Không tính được: quỹ vay chưa có tiền.")
    count = len(facts.lent_out)
    return ngettext(
        "{share}: trung vị phần quỹ đang cho vay, {n} lần cuối tháng",
        "{share}: trung vị phần quỹ đang cho vay, {n} lần cuối tháng",
        count,
    ).format(n=count, share=show_percent(facts.median_lent, 1))


def _repayment(facts: MaturityFacts, _seen: Observed) -> str:
    if not facts.outstanding:
        return _("Không còn dư nợ.") if facts.ever_lent else _("Nhóm chưa cho vay.")
    return _("PAR30 {share}: {risk} trên dư nợ {whole}").format(
        risk=show_dong(facts.at_risk),
        whole=show_dong(facts.outstanding),
        share=show_percent(Fraction(facts.at_risk, facts.outstanding), 1),
    )


def _books(facts: MaturityFacts, seen: Observed) -> str:
    wanted = limit("maturity.counts", facts.ends)
    if facts.counts:
        counts = "; ".join(f"{show_day(one.day)}: {show_dong(one.difference)}" for one in facts.counts)
        box = _("chênh lệch {n} lần kiểm quỹ gần nhất: {counts}").format(n=len(facts.counts), counts=counts)
    else:
        box = _("chưa kiểm quỹ lần nào")
    if len(facts.counts) < wanted:
        box += " " + _("(cần đủ {n} lần)").format(n=wanted)
    if not seen.sampled:
        books = _("chưa đối chiếu sổ tiết kiệm")
    else:
        books = _("đối chiếu {n} sổ tiết kiệm, {wrong} sổ sai").format(n=seen.sampled, wrong=seen.wrong)
    return f"{box[0].upper()}{box[1:]}; {books}"


def _rules(_facts: MaturityFacts, seen: Observed) -> str:
    if seen.written is None:
        return _("Chưa quan sát.")
    if not seen.written:
        return _("Không có quy chế viết.")
    if not seen.asked:
        return _("Có quy chế viết; chưa hỏi thành viên nào.")
    return _of(seen.knew, seen.asked, _("{share} nắm được quy chế viết: {part}/{whole} người được hỏi"))


def _democracy(facts: MaturityFacts, seen: Observed) -> str:
    if not facts.officers:
        return _("Sổ chưa ghi ai giữ chức vụ.")
    recent, terms, women = democratic(facts, seen)
    last = elected_on(facts, seen)
    elected = _("chưa rõ ngày bầu") if last is None else _("bầu gần nhất {day}").format(day=show_day(last))
    return "; ".join(
        f"{text} ({_met(met)})"
        for met, text in (
            (recent, elected),
            (terms, _("giữ một chức lâu nhất {n} tháng").format(n=facts.longest)),
            (women, _("{n}/{whole} chức chủ chốt do nữ giữ").format(n=facts.women, whole=facts.officers)),
        )
    )


def _met(answer: bool) -> str:
    return _("đạt") if answer else _("chưa đạt")


def _inclusion(facts: MaturityFacts, _seen: Observed) -> str:
    if not facts.reach:
        return _("Chưa có số dân của xã để so sánh.")
    return "; ".join(f"{one.category.title}: {_reach(one, facts)}" for one in facts.reach)


def _reach(one: Reach, facts: MaturityFacts) -> str:
    answer = even(one, facts.ends)
    if answer is None or one.index is None:
        return _("chưa đủ số liệu")
    met = _met(answer)
    if one.category.sensitive:
        return met  # in a small group the number itself would tell of single people
    return f"{float(one.index):.2f}".replace(".", ",") + f" ({met})"


def _social(facts: MaturityFacts, _seen: Observed) -> str:
    if not facts.has_rules:
        return _("Sổ chưa có quy chế của nhóm.")
    if facts.contribution:
        rule = _("quy chế: đóng {amount} mỗi buổi").format(amount=show_dong(facts.contribution))
    else:
        rule = _("quy chế không có khoản đóng quỹ xã hội")
    used = _("đã chi {amount} trong 12 tháng").format(amount=show_dong(facts.grants))
    return f"{rule[0].upper()}{rule[1:]}; {used}"


def _self_run(facts: MaturityFacts, seen: Observed) -> str:
    dependence = facts.dependence
    outside = "–" if dependence is None else show_percent(dependence, 1)
    tail = _("vốn ngoài {share}").format(share=outside)
    if seen.alone is None or seen.keeper is None:
        return _("Chưa quan sát.") + f" ({tail})"
    return _("{n}/3 buổi họp gần nhất không có cán bộ; ghi sổ: {keeper}; {outside}").format(
        n=seen.alone, keeper=seen.keeper.title.lower(), outside=tail
    )


_WORKINGS: dict[Item, Callable[[MaturityFacts, Observed], str]] = {
    Item.MEETINGS: _meetings,
    Item.ATTENDANCE: _attendance,
    Item.SAVING: _saving,
    Item.TURNING: _turning,
    Item.REPAYMENT: _repayment,
    Item.BOOKS: _books,
    Item.RULES: _rules,
    Item.DEMOCRACY: _democracy,
    Item.INCLUSION: _inclusion,
    Item.SOCIAL: _social,
    Item.SELF_RUN: _self_run,
}
