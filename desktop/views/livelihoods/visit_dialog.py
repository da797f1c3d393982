"""Writing a visit down: what the year brought, what it cost, days and hours, what was seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.models.livelihood_kinds import Contribution, Evidence, Practice, Wave
from desktop.models.rules.livelihoods.income import Asset, Figures, monthly_per_head, net_income
from desktop.models.rules.livelihoods.standards import MOST_DAYS
from desktop.models.rules.livelihoods.visits import DueState, check_figures
from desktop.services import livelihood_visits
from desktop.services.acts import Act, Outcome
from desktop.services.livelihood_book import LivelihoodDetail
from desktop.services.livelihood_visits import Visit, VisitRow
from desktop.views.kit.desk import Desk
from desktop.views.kit.dialog import FormDialog
from desktop.views.kit.form import Field, Section
from desktop.views.kit.inputs import check, choice, day, dong, line, number, text
from desktop.views.livelihoods.inputs import codes, hours, kinds, numbered
from resources.lang.dong import show_dong
from resources.lang.messages import N_, _

_ASSETS = 3
_MONEY = ("revenue", "own_use", "stock_start", "stock_end", "costs", "hired", "interest")


def fields() -> list[Field | Section]:
    """Return the fields of a visit."""
    found: list[Field | Section] = [
        Field("wave", N_("Lần thăm"), choice(kinds(Wave)), required=True),
        Field("day", N_("Ngày thăm"), day(past=True), required=True),
        Field("visitor", N_("Người thăm"), line(), required=True),
        Field("operating", N_("Sinh kế đang hoạt động"), check(), default=True, hint=N_("Nghỉ giữa vụ vẫn là đang hoạt động.")),
        Field("months", N_("Số liệu của mấy tháng"), number(1, 36), default=12, width=10, hint=N_("12, hoặc độ dài một lứa, một vụ")),
        Field("household", N_("Số người trong hộ"), number(0, 50), width=10),
        Section(N_("Thu và chi"), N_("Của cả thời gian trên; sổ quy ra một năm. Hàng nhà dùng tính theo giá bán tại ruộng.")),
        Field("revenue", N_("Tiền bán được"), dong()),
        Field("own_use", N_("Nhà dùng, ăn"), dong()),
        Field("costs", N_("Chi phí bằng tiền"), dong()),
        Field("hired", N_("Thuê người"), dong()),
        Field("interest", N_("Trả lãi vay"), dong()),
        Field("stock_start", N_("Hàng, con giống đầu kỳ"), dong()),
        Field("stock_end", N_("Hàng, con giống cuối kỳ"), dong()),
        Section(N_("Tài sản dùng nhiều năm"), N_("Giá mua chia đều cho số năm dùng.")),
    ]  # fmt: skip
    for place in range(1, _ASSETS + 1):
        found += [
            Field(f"asset{place}", numbered(N_("Tài sản {n}"), place), line()),
            Field(f"cost{place}", numbered(N_("Giá mua {n}"), place), dong()),
            Field(f"years{place}", numbered(N_("Dùng mấy năm {n}"), place), number(1, 50), width=8),
        ]
    found += [
        Section(N_("Công lao động của hộ")),
        Field("days", N_("Số ngày làm trong năm"), number(0, MOST_DAYS), width=10),
        Field("minutes", N_("Số giờ mỗi ngày"), hours(), width=10),
        Section(N_("Thấy và nghe")),
        Field("practices", N_("Thực hành thích ứng đã thấy tận mắt"), codes(Practice, 3), span=0),
        Field(
            "contribution",
            N_("Nếu không có hỗ trợ, anh/chị có làm được như bây giờ không?"),
            choice(kinds(Contribution)),
            span=2,
        ),
        Field("displaces", N_("Lấy khách hoặc đất của thành viên khác"), check()),
        Field("evidence", N_("Bằng chứng"), choice(kinds(Evidence))),
        Field("note", N_("Ghi chú, cú sốc trong kỳ"), text(2), span=2),
    ]
    return found


def figures_from(values: dict[str, Any]) -> Figures:
    """Return the figures that were typed; an empty amount is nothing."""
    assets = tuple(
        Asset(values[f"asset{n}"].strip(), values[f"cost{n}"] or 0, values[f"years{n}"] or 5)
        for n in range(1, _ASSETS + 1)
        if values[f"asset{n}"].strip() or values[f"cost{n}"]
    )
    money = {name: values[name] or 0 for name in _MONEY}
    return Figures(
        **money,
        months=values["months"] or 12,
        days=values["days"] or 0,
        minutes=values["minutes"] or 0,
        household=values["household"] or 0,
        assets=assets,
    )


def values_of(row: VisitRow) -> dict[str, Any]:
    """Return a visit as the form shows it."""
    figures = row.figures
    found: dict[str, Any] = {name: getattr(figures, name) or None for name in (*_MONEY, "household")}
    found |= {"months": figures.months, "days": figures.days, "minutes": figures.minutes}
    for place in range(1, _ASSETS + 1):
        asset = figures.assets[place - 1] if place <= len(figures.assets) else None
        found[f"asset{place}"] = "" if asset is None else asset.name
        found[f"cost{place}"] = None if asset is None else asset.cost
        found[f"years{place}"] = None if asset is None else asset.years
    for name in (
        "wave", "day", "visitor", "operating", "practices", "contribution", "displaces", "evidence", "note",
    ):  # fmt: skip
        found[name] = getattr(row, name)
    return found


class VisitDialog(FormDialog):
    """A visit; the net income of a year is shown while it is typed."""

    def __init__(
        self,
        desk: Desk,
        detail: LivelihoodDetail,
        then: Callable[[Any], object],
        parent: QWidget,
        row: VisitRow | None = None,
        wave: Wave | None = None,
    ) -> None:
        rest = () if row is None else row.figures.assets[_ASSETS:]

        def deed(book: Any, typed: dict[str, Any], act: Act) -> Outcome[Any]:
            from dataclasses import replace

            figures = figures_from(typed)
            visit = Visit(
                detail.row.id,
                typed["wave"],
                typed["day"],
                typed["visitor"],
                replace(figures, assets=(*figures.assets, *rest)),
                typed["operating"],
                tuple(typed["practices"]),
                typed["contribution"],
                typed["displaces"],
                typed["evidence"],
                typed["note"],
                bool(typed.get("agreed")),
            )
            if row is None:
                return livelihood_visits.record(book, visit, act)
            return livelihood_visits.change(book, row.id, row.version, visit, act)

        values = values_of(row) if row is not None else _usual(desk, detail, wave)
        super().__init__(
            desk,
            _("Thăm {name}, {owner}").format(name=detail.row.name, owner=detail.row.owner.text),
            fields(),
            deed,
            then,
            values=values,
            columns=3,
            width=900,
            save_text=_("Ghi lần thăm"),
            parent=parent,
        )
        self.result_line = self.line_below()
        self.form.changed.connect(self._show)
        self._show("")

    def _show(self, _key: str) -> None:
        figures = figures_from(self.form.values())
        if any(problem.field == "months" for problem in check_figures(figures)):
            self.result_line.setText("")
            return
        said = _("Thu nhập ròng một năm: {net}").format(net=show_dong(net_income(figures)))
        head = monthly_per_head(figures)
        if head is not None:
            said = _("{net}; mỗi người mỗi tháng {head}").format(net=said, head=show_dong(head))
        self.result_line.setText(said)


def _usual(desk: Desk, detail: LivelihoodDetail, wave: Wave | None) -> dict[str, Any]:
    """Return what a new visit begins with: the wave that is next, who visits, the assets seen last time."""
    waiting = [one.wave for one in detail.schedule if one.state not in (DueState.DONE, DueState.VOID)]
    values: dict[str, Any] = {
        "wave": wave or (waiting[0] if waiting else Wave.BASE),
        "day": desk.today(),
        "visitor": desk.who,
        "operating": True,
        "months": 12,
        "contribution": Contribution.UNASKED,
        "evidence": Evidence.DECLARED,
    }
    if detail.row.visits:
        last = values_of(detail.row.visits[-1])
        for key in ("household", *(f"{name}{n}" for name in ("asset", "cost", "years") for n in (1, 2, 3))):
            values[key] = last[key]
        values["stock_start"] = last["stock_end"]
    return values
