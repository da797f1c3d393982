"""A constitution as the articles of a document that every member signs. Whole sentences, from the data alone."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.kinds import Attendance, LeavingRule, Office, RemainderRule
from desktop.models.rules import constitution_words as words
from desktop.models.rules.charter import Charter, lines_of
from desktop.models.rules.constitution import Rules
from desktop.models.rules.savings_terms import SavingsAgreed
from resources.lang.dong import show_dong
from resources.lang.messages import _


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its title and its clauses."""

    title: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What the articles name of the group: how it is called, where it is, how many members it has."""

    name: str
    kind: str
    place: str
    members: int
    cycle: str = ""


def articles(
    rules: Rules, charter: Charter, group: Named, lending: str, savings: tuple[SavingsAgreed, ...] = ()
) -> tuple[Article, ...]:
    """Return the articles in their order; those about what the group does not have are left out."""
    found = [
        Article(_("Tên nhóm"), _name(group)),
        Article(_("Mục đích"), lines_of(charter.aim) or (_("Các thành viên tự nguyện giúp nhau."),)),
        Article(_("Thành viên"), _membership(charter)),
        Article(_("Họp nhóm"), _meetings(rules)),
        Article(_("Cổ phần, tiết kiệm"), (*_savings(rules), *map(words.savings_words, savings))),
        Article(_("Quỹ xã hội"), _social(rules)),
        Article(_("Cho vay"), _loans(lending)),
        Article(_("Tiền phạt"), _fines(rules)),
        Article(_("Chức vụ"), _offices(charter)),
        Article(_("Giữ tiền và sổ sách"), _books(charter)),
        Article(_("Chia quỹ cuối chu kỳ"), _share_out(rules, group)),
        Article(_("Rời nhóm"), _leaving(rules)),
        Article(_("Quy định khác"), charter.further()),
        Article(_("Sửa đổi quy chế"), _change(rules)),
    ]
    return tuple(article for article in found if article.clauses)


def _name(group: Named) -> tuple[str, ...]:
    found = [_("Nhóm có tên là {name}, thuộc loại {kind}.").format(name=group.name, kind=group.kind.lower())]
    if group.place:
        found.append(_("Địa bàn hoạt động: {place}.").format(place=group.place))
    return tuple(found)


def _membership(charter: Charter) -> tuple[str, ...]:
    return (
        *(lines_of(charter.membership) or (_("Ai tự nguyện và được nhóm đồng ý thì được vào nhóm."),)),
        _(
            "Thành viên có quyền bằng nhau: mỗi người một phiếu, được xem sổ và sao kê của mình bất cứ lúc nào."
        ),
        _("Người khuyết tật được hỗ trợ để đi họp, hiểu giấy tờ và giữ chức vụ như mọi người."),
    )


def _meetings(rules: Rules) -> tuple[str, ...]:
    text = _("Nhóm họp {frequency}, {day}").format(
        frequency=rules.frequency.title.lower(), day=words.meeting_day(rules).lower()
    )
    if rules.meeting_time:
        text = _("{text}, lúc {time}").format(text=text, time=rules.meeting_time)
    if rules.meeting_place:
        text = _("{text}, tại {place}").format(text=text, place=rules.meeting_place)
    found = [f"{text}."]
    if rules.quorum_percent:
        found.append(
            _("Buổi họp hợp lệ khi có ít nhất {percent} % thành viên dự.").format(
                percent=rules.quorum_percent
            )
        )
    found.append(_("Mỗi buổi họp có biên bản; tiền thu, chi được đếm và đọc to trước mọi người."))
    return tuple(found)


def _savings(rules: Rules) -> tuple[str, ...]:
    found = []
    if rules.has_shares:
        bounds = (
            _("mỗi kỳ họp mua từ {least} đến {most} cổ phần")
            if rules.shares_min
            else _("mỗi kỳ họp mua nhiều nhất {most} cổ phần")
        ).format(least=rules.shares_min, most=rules.shares_max)
        found.append(
            _("Mỗi cổ phần giá {value}, giữ nguyên suốt chu kỳ; {bounds}.").format(
                value=show_dong(rules.share_value), bounds=bounds
            )
        )
        found.append(_("Mỗi lần mua được đánh dấu vào sổ của thành viên ngay tại buổi họp."))
    if rules.compulsory_saving:
        found.append(
            _("Mỗi kỳ họp mỗi thành viên đóng tiết kiệm bắt buộc {amount}.").format(
                amount=show_dong(rules.compulsory_saving)
            )
        )
    if rules.voluntary_savings:
        found.append(_("Nhóm nhận tiết kiệm tự nguyện, không hạn chế số tiền."))
        found.append(
            _("Tiết kiệm tự nguyện được rút tại buổi họp, trong số dư của mình.")
            if rules.withdrawals
            else _("Tiết kiệm tự nguyện không rút trong chu kỳ.")
        )
    return tuple(found)


def _social(rules: Rules) -> tuple[str, ...]:
    if not rules.social_contribution:
        return ()
    return (
        _("Mỗi kỳ họp mỗi thành viên góp quỹ xã hội {amount}.").format(
            amount=show_dong(rules.social_contribution)
        ),
        _(
            "Quỹ xã hội dùng để giúp thành viên khi ốm đau, tang gia, thiên tai và việc khác nhóm thống nhất; "
            "không dùng để cho vay, để riêng và đếm riêng."
        ),
    )


def _loans(lending: str) -> tuple[str, ...]:
    found = lines_of(lending)
    if not found:
        return ()
    return (
        *found,
        _("Khoản vay do buổi họp xét duyệt; người vay không biểu quyết khoản vay của mình."),
    )


def _fines(rules: Rules) -> tuple[str, ...]:
    found = []
    for fine in rules.fines:
        text = _("{title}: {amount}").format(title=fine.title, amount=show_dong(fine.amount))
        if fine.attendance in (Attendance.LATE, Attendance.ABSENT, Attendance.EXCUSED):
            text = _("{text}, theo điểm danh").format(text=text)
        found.append(f"{text}.")
    if found:
        found.append(_("Buổi họp được miễn phạt khi có lý do chính đáng, ghi vào biên bản."))
    return tuple(found)


def _offices(charter: Charter) -> tuple[str, ...]:
    if not charter.seats():
        return ()
    found = [
        _("Nhóm bầu: {offices}.").format(offices=words.offices(charter).lower()),
        _("Thành viên bầu theo đa số người dự họp, bầu lại ít nhất mỗi chu kỳ một lần."),
    ]
    if charter.seats().get(Office.KEY_HOLDER):
        found.append(_("Người giữ chìa khóa không giữ chức vụ khác trong ban quản lý."))
    return tuple(found)


def _books(charter: Charter) -> tuple[str, ...]:
    keys = charter.seats().get(Office.KEY_HOLDER, 0)
    kept = (
        _("Tiền giữ trong hòm có {n} khóa, chỉ mở tại buổi họp khi đủ người giữ chìa khóa.").format(n=keys)
        if keys
        else _("Tiền của nhóm do người được nhóm giao giữ, đối chiếu với sổ tại mỗi buổi họp.")
    )
    return (
        kept,
        _("Chứng từ đã ghi sổ không sửa, không xóa; ghi sai thì lập chứng từ đảo và nêu lý do."),
    )


def _share_out(rules: Rules, group: Named) -> tuple[str, ...]:
    if not rules.has_shares:
        return ()
    rest = (
        _("chuyển sang quỹ xã hội")
        if rules.share_out_remainder is RemainderRule.SOCIAL
        else _("để lại cho chu kỳ sau")
    )
    unit = (
        _("đúng từng đồng")
        if rules.share_out_unit == 1
        else _("tròn xuống đến {unit}").format(unit=show_dong(rules.share_out_unit))
    )
    found = [
        _("Hết chu kỳ, sau khi thu nợ và kiểm quỹ, tài sản ròng được chia theo số cổ phần của từng người."),
        _("Mỗi người được chia {unit}; số lẻ {rest}.").format(unit=unit, rest=rest),
    ]
    if group.cycle:
        found.insert(0, _("Chu kỳ hiện nay: {cycle}.").format(cycle=group.cycle))
    return tuple(found)


def _leaving(rules: Rules) -> tuple[str, ...]:
    found = [_("Thành viên rời nhóm phải trả hết nợ; tiết kiệm của mình được trả lại đủ.")]
    if rules.has_shares:
        found.append(_paid_back(rules))
    return tuple(found)


def _paid_back(rules: Rules) -> str:
    if rules.leaving_rule is LeavingRule.CURRENT:
        return _("Rời giữa chu kỳ: cổ phần được trả theo giá trị ngày rời nhóm.")
    if rules.leaving_rule is LeavingRule.LESS_FEE:
        return _("Rời giữa chu kỳ: cổ phần được trả bằng số tiền đã góp, trừ phí {percent} %.").format(
            percent=rules.leaving_fee_percent
        )
    return _("Rời giữa chu kỳ: cổ phần được trả bằng số tiền đã góp, không có lãi.")


def _change(rules: Rules) -> tuple[str, ...]:
    return (
        _(
            "Quy chế được sửa khi buổi họp có đủ {percent} % thành viên dự và quá nửa số người dự tán thành; "
            "ghi biên bản, có ngày áp dụng."
        ).format(percent=rules.quorum_percent),
        _("Quy chế mới không áp dụng cho các buổi họp đã qua."),
    )
