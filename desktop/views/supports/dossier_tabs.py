"""The tabs of a dossier's page: request, assessments, decisions, co-contributions, hand-overs, assets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.services.support_views import (
    AssessmentView,
    AssetRow,
    ContributionView,
    SupportDetail,
    TransferView,
)
from desktop.views.kit.blocks import Card, Facts, label
from desktop.views.kit.desk import Desk
from desktop.views.kit.empty import Empty
from desktop.views.kit.tab import Tab, listing
from desktop.views.kit.table_view import RowAction
from desktop.views.supports.columns import (
    ASSESSMENTS,
    ASSETS,
    CHECKS,
    CONTRIBUTIONS,
    DECISIONS,
    ITEMS,
    TRANSFERS,
    ItemLine,
)
from resources.lang.dates import show_day
from resources.lang.dong import show_dong, show_number
from resources.lang.messages import _
from resources.training import module_title


class FactsTab(Tab):
    """The request, and what blocks a hand-over now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        card = Card(_("Đề nghị"), "document", self)
        self.facts = Facts((), self)
        card.body.addWidget(self.facts)
        self.blocks = label("", "warn", self, wrap=True)
        self.body.addWidget(self.blocks)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def take(self, detail: SupportDetail) -> None:
        """Show the request of a dossier."""
        row = detail.row
        words = "\n".join(problem.message for problem in detail.blocks)
        self.blocks.setText(words)
        self.blocks.setVisible(bool(words) and not row.transferred)
        basis = _("mức thấp") if detail.hardship else _("mức chung")
        if detail.hardship_basis:
            basis = _("mức thấp: {basis}").format(basis=detail.hardship_basis)
        pairs = [
            (_("Hỗ trợ"), " · ".join(part for part in (row.kind.title, row.title, detail.quantity) if part)),
            (_("Người nhận"), f"{row.who} ({row.who_kind})"),
            (_("Nhóm theo dõi"), row.group_name),
            (_("Nguồn hỗ trợ"), detail.provider),
            (_("Giá trị đề nghị"), show_dong(row.asked)),
            (_("Đề nghị"), _("{day}, {who}").format(day=show_day(row.requested_on), who=detail.requested_by)),
            (_("Dùng để"), detail.purpose),
            (_("Đối ứng tối thiểu"), f"{detail.least_share} % ({basis})"),
            (
                _("Đào tạo cần xong trước"),
                ", ".join(module_title(code) for code in detail.training) or _("một khóa bất kỳ"),
            ),
        ]
        if detail.withdrawn_on is not None:
            pairs.append((_("Đã rút"), f"{show_day(detail.withdrawn_on)}: {detail.withdrawn_reason}"))
        self.facts.set(pairs)


class AssessmentsTab(Tab):
    """The assessments, and the items of the chosen one below."""

    def __init__(
        self,
        desk: Desk,
        assess: Callable[[], object],
        files: Callable[[AssessmentView], object],
        paper: Callable[[AssessmentView], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.plan = label("", "muted", self, wrap=True)
        self.body.addWidget(self.plan)
        self.table, self.view = listing(
            desk,
            ASSESSMENTS,
            "support.assessments",
            _("Các lần đánh giá"),
            empty=Empty(
                "check",
                _("Chưa đánh giá lần nào."),
                _("16 mục, mỗi mục 0, 1 hoặc 2 điểm; 2 điểm phải có bằng chứng."),
                (_("Đánh giá"), assess),
            ),
            actions=(
                RowAction(_("Bằng chứng…"), files, "document", "F4"),
                RowAction(_("In phiếu đánh giá"), paper, "print"),
            ),
            opened=paper,
            chosen=self._chosen,
            least=170,
            filterable=False,
        )
        self.body.addWidget(self.view)
        self.items, self.items_view = listing(
            desk,
            ITEMS,
            "support.items",
            _("Các mục của lần đánh giá đã chọn"),
            key=lambda row: row.item.number,
            empty=Empty("check", _("Chọn một lần đánh giá ở trên.")),
            least=320,
            filterable=False,
        )
        self.body.addWidget(self.items_view, 1)

    def take(self, detail: SupportDetail) -> None:
        """Show the assessments of a dossier."""
        self.table.set_rows(list(reversed(detail.assessments)))
        self._chosen(detail.assessments[-1] if detail.assessments else None)
        self.items_view.setVisible(bool(detail.assessments))
        waiting = [
            _("{wave}: {day}").format(wave=one.wave.title, day=show_day(one.due))
            for one in detail.again
            if one.done is None
        ]
        self.plan.setText(_("Sau bàn giao: {plan}").format(plan="; ".join(waiting)) if waiting else "")
        self.plan.setVisible(bool(waiting))

    def _chosen(self, row: AssessmentView | None) -> None:
        lines = [] if row is None else [ItemLine(row, place) for place in range(len(row.scores))]
        self.items.set_rows(lines)
        self.items_view.set_summary("" if row is None else row.note)


class DecisionsTab(Tab):
    """The decisions, the latest first."""

    def __init__(self, desk: Desk, decide: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table, self.view = listing(
            desk,
            DECISIONS,
            "support.decisions",
            _("Các quyết định"),
            empty=Empty(
                "verify",
                _("Chưa có quyết định."),
                _("Quyết định dựa trên lần đánh giá gần nhất; ngoại lệ cần hai người và lý do."),
                (_("Quyết định"), decide),
            ),
            least=280,
            filterable=False,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: SupportDetail) -> None:
        """Show the decisions of a dossier."""
        self.table.set_rows(list(reversed(detail.decisions)))


class ContributionsTab(Tab):
    """What the recipients give."""

    def __init__(
        self,
        desk: Desk,
        new: Callable[[], object],
        confirm: Callable[[ContributionView], object],
        back: Callable[[ContributionView], object],
        files: Callable[[ContributionView], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)

        def standing(row: ContributionView) -> bool:
            return desk.can_write and not row.taken_back

        self.table, self.view = listing(
            desk,
            CONTRIBUTIONS,
            "support.contributions",
            _("Đối ứng"),
            empty=Empty(
                "cash",
                _("Chưa ghi đối ứng nào."),
                _("Tiền, ngày công, vật tư hay đất của người nhận; chỉ phần có chứng từ được tính."),
                (_("Ghi đối ứng"), new),
            ),
            actions=(
                RowAction(_("Bổ sung chứng từ…"), confirm, "check", "F3", standing),
                RowAction(_("Ảnh, bản quét…"), files, "document", "F4"),
                RowAction(_("Hủy khoản này…"), back, "undo", "Del", standing),
            ),
            opened=files,
            least=280,
            filterable=False,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: SupportDetail) -> None:
        """Show the co-contributions of a dossier."""
        self.table.set_rows(list(detail.contributions))
        waiting = sum(one.value for one in detail.contributions if not one.counts and not one.taken_back)
        said = _("Được tính {given}").format(given=show_dong(detail.row.given))
        if waiting:
            said = _("{said} · chưa có chứng từ {waiting}").format(said=said, waiting=show_dong(waiting))
        self.view.set_summary(said if detail.contributions else "")


class TransfersTab(Tab):
    """The hand-overs."""

    def __init__(
        self,
        desk: Desk,
        new: Callable[[], object],
        paper: Callable[[TransferView], object],
        back: Callable[[TransferView], object],
        files: Callable[[TransferView], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)

        def standing(row: TransferView) -> bool:
            return desk.can_write and not row.taken_back

        self.table, self.view = listing(
            desk,
            TRANSFERS,
            "support.transfers",
            _("Bàn giao"),
            empty=Empty(
                "forward",
                _("Chưa bàn giao."),
                _("Bàn giao được khi đánh giá đạt và có quyết định, hoặc duyệt ngoại lệ của hai người."),
                (_("Bàn giao"), new),
            ),
            actions=(
                RowAction(_("In biên bản bàn giao"), paper, "print"),
                RowAction(_("Biên bản đã ký, ảnh…"), files, "document", "F4"),
                RowAction(_("Hủy bàn giao…"), back, "undo", "Del", standing),
            ),
            opened=paper,
            least=280,
            filterable=False,
        )
        self.body.addWidget(self.view, 1)

    def take(self, detail: SupportDetail) -> None:
        """Show the hand-overs of a dossier."""
        self.table.set_rows(list(detail.transfers))


class AssetsTab(Tab):
    """The assets of a dossier, and the checks of the chosen one below."""

    def __init__(
        self,
        desk: Desk,
        new: Callable[[], object],
        edit: Callable[[AssetRow], object],
        check: Callable[[AssetRow], object],
        end: Callable[[AssetRow], object],
        paper: Callable[[AssetRow], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)

        def standing(row: AssetRow) -> bool:
            return desk.can_write and row.ended_on is None

        self.table, self.view = listing(
            desk,
            ASSETS,
            "support.assets",
            _("Tài sản của hồ sơ"),
            empty=Empty(
                "household",
                _("Chưa có tài sản nào."),
                _("Tài sản vào sổ khi bàn giao."),
                (_("Thêm tài sản"), new),
            ),
            actions=(
                RowAction(_("Thêm tài sản…"), lambda _row: new(), "plus", "Ins", desk.may_write),
                RowAction(_("Kiểm tra…"), check, "check", "F3", standing),
                RowAction(_("Sửa tài sản…"), edit, "edit", "F2", standing),
                RowAction(_("In thẻ tài sản"), paper, "print"),
                RowAction(_("Thanh lý, mất, hỏng…"), end, "leave", "Del", standing),
            ),
            opened=check,
            chosen=self._chosen,
            least=200,
            filterable=False,
        )
        self.body.addWidget(self.view)
        self.checks, self.checks_view = listing(
            desk,
            CHECKS,
            "support.checks",
            _("Các lần kiểm tra tài sản đã chọn"),
            empty=Empty("check", _("Chưa kiểm tra lần nào.")),
            least=180,
            filterable=False,
        )
        self.body.addWidget(self.checks_view, 1)

    def take(self, detail: SupportDetail) -> None:
        """Show the assets of a dossier."""
        self.table.set_rows(list(detail.assets))
        self._chosen(detail.assets[0] if detail.assets else None)
        self.checks_view.setVisible(bool(detail.assets))
        held = [one for one in detail.assets if one.ended_on is None]
        self.view.set_summary(
            _("{n} tài sản, {value}").format(
                n=show_number(len(held)), value=show_dong(sum(one.value for one in held))
            )
            if detail.assets
            else ""
        )

    def _chosen(self, row: AssetRow | None) -> None:
        self.checks.set_rows([] if row is None else list(reversed(row.checks)))
