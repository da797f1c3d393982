"""The portfolio of a day: what is outstanding, how late it is, which loans are behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.rules.loans.arrears import buckets_of, scale_on
from desktop.services.loan_portfolio import LoanAtRisk, Portfolio, Recovery, portfolio, recovery
from desktop.views.kit.blocks import Figure, Wrap, label, scroll_area
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.inputs import Choice
from desktop.views.kit.row_table import RowTable
from desktop.views.kit.runner import Ticket
from desktop.views.kit.table_view import RowAction, TableView
from desktop.views.kit.theme import px, space
from desktop.views.loans import prints
from desktop.views.loans.bars import GroupAndDay
from desktop.views.loans.columns import AGES, RISKS, AgeRow
from desktop.views.loans.words import bucket_words, share
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number, show_percent
from resources.lang.messages import _, ngettext

ALL, LATE, AT_RISK = "all", "late", "risk"


class PortfolioTab(QWidget):
    """Figures, ageing as a table and as a chart, and the loans; a band of the ageing opens its loans."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.found: Portfolio | None = None
        self._asked: Ticket | None = None
        self.buckets = buckets_of(desk.settings["loan_ageing"])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = scroll_area(self)
        outer.addWidget(area)
        holder = QWidget(area)
        area.setWidget(holder)
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(0, space(3), 0, 0)
        self.body.setSpacing(space(3))
        self.bar = GroupAndDay(desk, _("Tính đến ngày"), self)
        self.bar.changed.connect(self.reload)
        self.body.addWidget(self.bar)
        self._build_figures()
        self._build_ageing()
        self._build_loans()

    def _build_figures(self) -> None:
        self.outstanding = Figure(_("Dư nợ gốc"), "–", parent=self)
        self.par = Figure(_("Rủi ro trên 30 ngày (PAR30)"), "–", parent=self)
        self.overdue = Figure(_("Quá hạn"), "–", parent=self)
        self.provisions = Figure(_("Dự phòng cần có"), "–", parent=self)
        self.recovered = Figure(_("Đã thu trên đến hạn"), "–", parent=self)
        figures = Wrap(170, 5, self)
        for figure in (self.outstanding, self.par, self.overdue, self.provisions, self.recovered):
            figures.add(figure)
        self.body.addWidget(figures)

    def _build_ageing(self) -> None:
        self.ages: RowTable[AgeRow] = RowTable(self.desk, AGES, key=lambda row: row.place)
        self.age_view = TableView(
            self.ages,
            "loans.ageing",
            _("Tuổi nợ"),
            filterable=False,
            empty=Empty("loan", _("Ngày này chưa có dư nợ.")),
            actions=(RowAction(_("Xem các khoản vay"), self.drill, "search"),),
        )
        self.age_view.tools.insertWidget(0, label(_("Tuổi nợ"), "heading", self))
        self.age_view.opened.connect(self.drill)
        self.age_view.setMinimumHeight(px(348))
        self.chart = Chart(self)
        self.chart.setMinimumHeight(px(240))
        both = Wrap(400, 2, self)
        both.add(self.age_view)
        both.add(self.chart)
        self.body.addWidget(both)

    def _build_loans(self) -> None:
        self.loans: RowTable[LoanAtRisk] = RowTable(self.desk, RISKS, key=lambda row: row.id)
        self.view = TableView(
            self.loans,
            "loans.portfolio",
            _("Các khoản vay trong danh mục"),
            empty=Empty("good", _("Không có khoản vay nào như vậy.")),
            actions=(RowAction(_("Mở khoản vay"), self.open_loan, "open"),),
        )
        self.view.opened.connect(self.open_loan)
        which: list[tuple[Any, str]] = [
            (LATE, _("Đang quá hạn hoặc đã gia hạn")),
            (AT_RISK, _("Rủi ro trên 30 ngày")),
            (ALL, _("Cả danh mục")),
            *((place, bucket_words(bucket)) for place, bucket in enumerate(self.buckets)),
        ]
        self.which = Choice(which, self)
        self.which.setAccessibleName(_("Khoản vay nào"))
        self.which.changed.connect(self._show_loans)
        self.view.tools.insertWidget(0, self.which)
        self.view.setMinimumHeight(px(320))
        self.body.addWidget(self.view, 1)

    # -- loading ------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the portfolio of the chosen day."""
        day, group, buckets = self.bar.day, self.bar.group, self.buckets
        if day is None:
            return
        scale = scale_on(self.desk.settings["loan_scale"], day)
        if self._asked is not None:
            self._asked.drop()
        self._asked = self.desk.ask(
            lambda book: (
                portfolio(book, day, group, scale=scale, buckets=buckets),
                recovery(book, day, group),
            ),
            self._show,
            owner=self,
        )

    def _show(self, answer: tuple[Portfolio, Recovery]) -> None:
        found, paid = answer
        self.found = found
        # A recovery rate alone hides what is lost a year: the two stand together.
        self.recovered.set(
            "–" if paid.rate is None else show_percent(paid.rate, 1),
            ""
            if paid.allr is None
            else _("mất vốn ước tính {allr} một năm (ALLR)").format(allr=show_percent(paid.allr, 1)),
        )
        count = len(found.loans)
        self.outstanding.set(
            show_dong(found.outstanding),
            ngettext("{n} khoản vay", "{n} khoản vay", count).format(n=show_number(count)),
        )
        self.par.set(share(found.at_risk_30, found.outstanding), show_dong(found.at_risk_30))
        late = sum(1 for loan in found.loans if loan.days_late)
        self.overdue.set(
            show_dong(found.overdue), ngettext("{n} khoản vay", "{n} khoản vay", late).format(n=late)
        )
        self.provisions.set(show_dong(found.provisions), self._scale_words(found))
        counts = [sum(1 for loan in found.loans if bucket.holds(loan.days_late)) for bucket in found.buckets]
        rows = [
            AgeRow(place, bucket, counts[place], found.ageing[place], found.outstanding)
            for place, bucket in enumerate(found.buckets)
        ]
        self.ages.set_rows(rows if found.loans else [])
        self.age_view.set_summary(
            _("Tổng {total}").format(total=show_dong(found.outstanding)) if rows else ""
        )
        self._show_loans()
        self._draw(rows, show_day(found.day))

    def _scale_words(self, found: Portfolio) -> str:
        return scale_on(self.desk.settings["loan_scale"], found.day).legal_basis

    def _draw(self, rows: list[AgeRow], day: str) -> None:
        self.chart.setVisible(bool(self.found and self.found.loans))
        if not self.found or not self.found.loans:
            return
        title = _("Dư nợ theo số ngày trễ, {day}").format(day=day)
        names = [bucket_words(row.bucket) for row in rows]
        amounts = tuple(row.amount for row in rows)

        def job() -> str:
            from reports.kit import charts

            drawing = charts.bars(
                title, names, [charts.Series(_("Dư nợ"), amounts)], wide=480, high=300, look=look()
            )
            return charts.svg(drawing, title)

        words = "; ".join(f"{name}: {show_dong(amount)}" for name, amount in zip(names, amounts, strict=True))
        self.desk.aside(job, lambda svg: self.chart.show_svg(svg, f"{title}. {words}"), owner=self)

    def _show_loans(self) -> None:
        if self.found is None:
            return
        wanted = self.which.value()
        loans = [loan for loan in self.found.loans if self._fits(loan, wanted)]
        loans.sort(key=lambda loan: (-loan.days_late, -loan.outstanding))
        self.loans.set_rows(loans)
        self.view.set_summary(
            _("Dư nợ {owed} · quá hạn {late}").format(
                owed=show_dong(sum(loan.outstanding for loan in loans)),
                late=show_dong(sum(loan.overdue for loan in loans)),
            )
            if loans
            else ""
        )

    # -- deeds --------------------------------------------------------------------------------------

    def drill(self, row: AgeRow) -> None:
        """Show the loans of a band of the ageing."""
        self.which.set_value(row.place)
        self.view.grid.setFocus()

    def open_loan(self, row: LoanAtRisk) -> None:
        """Open the page of a loan."""
        self.desk.open_page("loan", loan=row.id)

    def print_shown(self) -> None:
        """Show the list of overdue loans on paper."""
        if self.bar.day is not None:
            prints.overdue(self.desk, self, self.bar.group, self.bar.day)

    def _fits(self, loan: LoanAtRisk, wanted: object) -> bool:
        if wanted == ALL:
            return True
        if wanted == LATE:
            return loan.days_late > 0 or loan.extended > 0
        if wanted == AT_RISK:
            return loan.days_late > 30 or loan.rescheduled > 0
        return isinstance(wanted, int) and self.buckets[wanted].holds(loan.days_late)
