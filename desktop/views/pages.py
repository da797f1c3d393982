"""The list of pages. To add one: write it and name it here; it is imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from resources.lang.messages import N_

if TYPE_CHECKING:
    from desktop.views.kit.page import Page


class PageEntry(NamedTuple):
    """A page of the navigation: `module` is "package.module:Class", `needs_book` greys it without a book.

    `shown` False: reached by routes only. `below`: stands at the foot of the navigation.
    `under`: the page whose button stays marked while this one is open. `part`: pages of one part of the navigation
    stand together, a line between the parts.
    """

    key: str
    title: str
    icon: str
    module: str
    shortcut: str = ""
    needs_book: bool = True
    shown: bool = True
    below: bool = False
    under: str = ""
    part: str = ""

    def load(self) -> type[Page]:
        """Import the page's class."""
        module, _colon, name = self.module.partition(":")
        made: type[Page] = getattr(import_module(module), name)
        return made


PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        "start", N_("Trang đầu"), "home", "desktop.views.start.page:StartPage", "Alt+1", needs_book=False
    ),
    PageEntry("groups", N_("Nhóm"), "groups", "desktop.views.groups.page:GroupsPage", "Alt+2", part="money"),
    PageEntry(
        "members", N_("Thành viên"), "member", "desktop.views.members.page:MembersPage", "Alt+3", part="money"
    ),
    PageEntry(
        "meetings",
        N_("Buổi họp"),
        "meeting",
        "desktop.views.meetings.page:MeetingsPage",
        "Alt+4",
        part="money",
    ),
    PageEntry("loans", N_("Cho vay"), "loan", "desktop.views.loans.page:LoansPage", "Alt+5", part="money"),
    PageEntry(
        "cashbook",
        N_("Sổ quỹ"),
        "cashbook",
        "desktop.views.cashbook.page:CashbookPage",
        "Alt+6",
        part="money",
    ),
    PageEntry(
        "livelihoods",
        N_("Sinh kế, việc làm"),
        "livelihood",
        "desktop.views.livelihoods.page:LivelihoodsPage",
        "Alt+J",
        part="work",
    ),
    PageEntry(
        "livelihood",
        N_("Sinh kế"),
        "livelihood",
        "desktop.views.livelihoods.activity_page:ActivityPage",
        shown=False,
        under="livelihoods",
    ),
    PageEntry(
        "shock",
        N_("Thiên tai, dịch bệnh"),
        "warning",
        "desktop.views.livelihoods.shock_page:ShockPage",
        shown=False,
        under="livelihoods",
    ),
    PageEntry(
        "support",
        N_("Hỗ trợ nguồn lực"),
        "support",
        "desktop.views.supports.page:SupportsPage",
        "Alt+H",
        part="work",
    ),
    PageEntry(
        "support-dossier",
        N_("Hồ sơ hỗ trợ"),
        "support",
        "desktop.views.supports.dossier_page:DossierPage",
        shown=False,
        under="support",
    ),
    PageEntry(
        "training",
        N_("Tập huấn"),
        "training",
        "desktop.views.training.page:TrainingPage",
        "Alt+T",
        part="work",
    ),
    PageEntry(
        "training_class",
        N_("Lớp tập huấn"),
        "training",
        "desktop.views.training.class_page:ClassPage",
        shown=False,
        under="training",
    ),
    PageEntry(
        "attendance",
        N_("Điểm danh lớp tập huấn"),
        "training",
        "desktop.views.meetings.hours_page:HoursPage",
        shown=False,
        under="training",
    ),
    PageEntry(
        "coordination",
        N_("Phối hợp, cam kết"),
        "coordination",
        "desktop.views.coordination.page:CoordinationPage",
        "Alt+K",
        part="work",
    ),
    PageEntry(
        "coordination-meeting",
        N_("Cuộc họp phối hợp"),
        "coordination",
        "desktop.views.coordination.meeting_page:MeetingPage",
        shown=False,
        under="coordination",
    ),
    PageEntry(
        "replication",
        N_("Nhân rộng"),
        "replication",
        "desktop.views.replication.page:ReplicationPage",
        "Alt+R",
        part="work",
    ),
    PageEntry(
        "reports", N_("Báo cáo"), "reports", "desktop.views.reports.page:ReportsPage", "Alt+7", part="figures"
    ),
    PageEntry(
        "analysis",
        N_("Phân tích"),
        "analysis",
        "desktop.views.analysis.page:AnalysisPage",
        "Alt+0",
        part="figures",
    ),
    PageEntry(
        "board",
        N_("Bảng theo dõi dự án"),
        "board",
        "desktop.views.board.page:BoardPage",
        "Alt+B",
        part="figures",
    ),
    PageEntry(
        "board-list",
        N_("Danh sách sau số liệu"),
        "board",
        "desktop.views.board.list_page:BoardListPage",
        shown=False,
        under="board",
    ),
    PageEntry(
        "oversight",
        N_("Kiểm tra, sao lưu"),
        "verify",
        "desktop.views.oversight.page:OversightPage",
        "Alt+8",
        part="figures",
    ),
    PageEntry(
        "preferences",
        N_("Thiết lập"),
        "preferences",
        "desktop.views.preferences.page:PreferencesPage",
        "Alt+9",
        needs_book=False,
        below=True,
    ),
    PageEntry(
        "users",
        N_("Người dùng, riêng tư"),
        "lock",
        "desktop.views.users.page:UsersPage",
        "Alt+U",
        below=True,
    ),
    PageEntry(
        "group",
        N_("Nhóm"),
        "groups",
        "desktop.views.groups.group_page:GroupPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "audit",
        N_("Đợt kiểm tra"),
        "verify",
        "desktop.views.oversight.visit_page:VisitPage",
        shown=False,
        under="oversight",
    ),
    PageEntry(
        "group-new",
        N_("Thành lập nhóm"),
        "groups",
        "desktop.views.groups.found_page:FoundPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "member",
        N_("Thành viên"),
        "member",
        "desktop.views.members.member_page:MemberPage",
        shown=False,
        under="members",
    ),
    PageEntry(
        "household",
        N_("Hộ gia đình"),
        "household",
        "desktop.views.members.household_page:HouseholdPage",
        shown=False,
        under="members",
    ),
    PageEntry(
        "imports",
        N_("Nhập thành viên từ tệp"),
        "import",
        "desktop.views.imports.page:ImportPage",
        shown=False,
        under="members",
    ),
    PageEntry(
        "household-list",
        N_("Nhập danh sách hộ nghèo"),
        "household",
        "desktop.views.analysis.household_list_page:HouseholdListPage",
        shown=False,
        under="analysis",
    ),
    PageEntry(
        "loan",
        N_("Khoản vay"),
        "loan",
        "desktop.views.loans.loan_page:LoanPage",
        shown=False,
        under="loans",
    ),
    PageEntry(
        "loan-new",
        N_("Đơn vay mới"),
        "loan",
        "desktop.views.loans.new_page:NewLoanPage",
        shown=False,
        under="loans",
    ),
    PageEntry(
        "loan-product",
        N_("Sản phẩm vay"),
        "loan",
        "desktop.views.loans.product_page:ProductPage",
        shown=False,
        under="loans",
    ),
    PageEntry(
        "loan-take",
        N_("Nhóm đi vay"),
        "loan",
        "desktop.views.loans.take_page:TakePage",
        shown=False,
        under="loans",
    ),
    PageEntry(
        "rosca",
        N_("Dây họ"),
        "refresh",
        "desktop.views.rosca.page:RoscaPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "rosca-new",
        N_("Lập dây họ"),
        "refresh",
        "desktop.views.rosca.new_page:NewRoscaPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "savings-run",
        N_("Nhập lãi tiết kiệm"),
        "check",
        "desktop.views.savings.page:SavingsRunPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "share-out",
        N_("Chia cổ phần"),
        "cash",
        "desktop.views.share_out.page:ShareOutPage",
        shown=False,
        under="groups",
    ),
    PageEntry(
        "cash-count",
        N_("Kiểm kê quỹ"),
        "cash",
        "desktop.views.money.count_page:CountPage",
        shown=False,
        under="cashbook",
    ),
    PageEntry(
        "opening",
        N_("Số dư đầu"),
        "book",
        "desktop.views.money.opening_page:OpeningPage",
        shown=False,
        under="groups",
    ),
)


def entry(key: str) -> PageEntry:
    """Return the entry of a page. Raises KeyError for an unknown key."""
    for found in PAGES:
        if found.key == key:
            return found
    raise KeyError(key)


FOUND_BY: dict[str, str] = {
    "groups": "khóa sổ quy chế chu kỳ chức vụ lập nhóm chia cổ phần dây họ số dư đầu",
    "members": "hộ gia đình người nhập danh sách excel",
    "meetings": "phiếu họp trống biên bản họp phiếu thu chi sửa đảo buổi họp điểm danh đếm tiền",
    "loans": "khoản vay đơn vay giải ngân thu nợ trả nợ đến hạn quá hạn sản phẩm lịch trả",
    "cashbook": "chứng từ chi phí ngân hàng vốn bên ngoài kiểm kê quỹ bảng cân đối đảo chứng từ",
    "reports": "sao kê biên bản phiếu thu chi in giấy kiểm tra giấy đã in mã qr đối chiếu bảng cân đối danh sách báo cáo tháng quý",
    "analysis": "chỉ số bảng chéo hòa nhập số dân danh sách cần làm",
    "preferences": "cỡ chữ to nhỏ màu giao diện tối tương phản ngôn ngữ tên bạn thư mục sao lưu",
    "users": "mật khẩu đăng nhập nhật ký truy cập",
}
"""What people type who want something of a page: deeds and papers that stand on it, for Ctrl+K."""
