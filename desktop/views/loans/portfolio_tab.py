"""The portfolio of a day: what is outstanding, how late it is, which loans are behind it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.rules.loans.arrears import AGEING, Bucket
from desktop.models.rules.loans.standards import scale_words, tolerance_words
from desktop.services import loan_standards
from desktop.services.loan_portfolio import LoanAtRisk, Portfolio, portfolio
from desktop.services.loan_recovery import Recovery, recovery
from desktop.views.kit.blocks import Figure, Wrap, button, label, scroll_area
from desktop.views.kit.charts import Chart, look
from desktop.views.kit.choice_box import Choice
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
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
        self.buckets: tuple[Bucket, ...] = AGEING
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
        self.counting = label("", "muted", self, wrap=True)
        self.counting_button = button(_("Cách tính nợ quá hạn…"), self.change_counting, parent=self)
        row = QHBoxLayout()
        row.addWidget(self.counting, 1)
        row.addWidget(self.counting_button)
        self.body.addLayout(row)

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
        self.which = Choice(self._choices(), self)
        self.which.setAccessibleName(_("Khoản vay nào"))
        self.which.changed.connect(self._show_loans)
        self.view.tools.insertWidget(0, self.which)
        self.view.setMinimumHeight(px(320))
        self.body.addWidget(self.view, 1)

    def _choices(self) -> list[tuple[Any, str]]:
        return [
            (LATE, _("Đang quá hạn hoặc đã gia hạn")),
            (AT_RISK, _("Rủi ro trên 30 ngày")),
            (ALL, _("Cả danh mục")),
            *((place, bucket_words(bucket)) for place, bucket in enumerate(self.buckets)),
        ]

    # -- loading ------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the portfolio of the chosen day."""
        day, group = self.bar.day, self.bar.group
        if day is None:
            return
        if self._asked is not None:
            self._asked.drop()
        self._asked = self.desk.ask(
            lambda book: (portfolio(book, day, group), recovery(book, day, group)),
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
        self.provisions.set(show_dong(found.provisions), scale_words(found.standards, found.day))
        self._say_counting(found)
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

    def _say_counting(self, found: Portfolio) -> None:
        """Say what is overdue here, with what that leaves out; the bands of the ageing are those of the day."""
        left_out = (
            _("{words} · chưa tính {amount}").format(
                words=tolerance_words(found.tolerance), amount=show_dong(found.passed_over)
            )
            if found.passed_over
            else tolerance_words(found.tolerance)
        )
        self.counting.setText(left_out)
        if found.buckets != self.buckets:
            self.buckets, chosen = found.buckets, self.which.value()
            self.which.set_choices(self._choices())
            self.which.set_value(chosen if chosen in (LATE, AT_RISK, ALL) else LATE)

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

    def change_counting(self) -> None:
        """Let arrears and debt groups be counted otherwise from a day on."""
        if not self.desk.can_write:
            return
        today = self.desk.today()

        def show(answer: tuple[Any, Any]) -> None:
            from desktop.views.loans import standards_dialog

            said = self.desk.saying(_("Đã ghi cách tính."))
            standards_dialog.standards(self.desk, *answer, said, self).open()

        self.desk.ask(
            lambda book: (loan_standards.standards(book, today), loan_standards.lines(book, today)),
            show,
            owner=self,
        )

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
