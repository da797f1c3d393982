"""Support in the demonstration book: dossiers at every step, an override, co-contributions, assets with checks.

Written through the services at the end of the story; money that comes to a group posts there. The same order makes the
same content; days are told from today backwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desktop.models.ids import GroupId, LivelihoodId, MemberId, SupportId
from desktop.models.rules.support.assessment import items_of
from desktop.models.support_kinds import (
    AssetEnd,
    Condition,
    ContributionKind,
    MoneyRoute,
    SupportKind,
    Use,
    Verdict,
    Wave,
)
from desktop.services import (
    group_lists,
    livelihood_book,
    periods,
    support_assessing,
    support_assets,
    support_book,
    support_contributions,
    support_transfers,
    supports,
)
from desktop.services.acts import Act
from desktop.services.livelihood_book import LivelihoodFilter
from desktop.services.support_assessing import Assess, Decide, ItemAnswer
from desktop.services.support_assets import Check, NewAsset
from desktop.services.support_contributions import Contribute
from desktop.services.support_transfers import Transfer
from desktop.services.supports import Beneficiary, Request
from desktop.store.book import Book

_CLOCK = time(13, 0, tzinfo=UTC)
OFFICER = "Lê Thị Bích Phượng"
LEADER = "Lê Văn Sơn"
DEPUTY = "Hà Thị Mai"
PROJECT = "Dự án Hòa nhập NMA-V"
_EVIDENCE = {
    1: "Biên bản họp tổ, 14/18 người dự, 11 nữ, 2 người khuyết tật",
    2: "Giấy chứng nhận khóa kinh doanh 40 giờ",
    3: "Biên bản thành lập, bảng chấm điểm trưởng thành",
    4: "Ba lần kiểm đếm quỹ khớp sổ",
    5: "Danh sách ký góp công, phiếu thu",
    6: "Giấy cam kết mua của thương lái",
    7: "Kế hoạch kinh doanh đã duyệt",
    8: "Quy chế sử dụng tài sản, giấy giao trách nhiệm",
    9: "Bảng rủi ro khí hậu của sinh kế",
    10: "Phiếu rà soát tác động, không có trẻ em lao động",
    11: "Danh sách ưu tiên dán ở nhà văn hóa",
    12: "Công văn đồng ý của UBND xã",
    13: "Kế hoạch rút lui sau 12 tháng",
    14: "Bảng nợ của hộ, dưới giới hạn",
    15: "Bảng chi phí một hộ",
    16: "Ảnh niêm yết, số điện thoại khiếu nại",
}


@dataclass(frozen=True, slots=True)
class _Story:
    """One dossier: for whom, what, how much, how many days ago it began, and how far it came.

    `low` are the items that get less than 2 (item, score). `steps`: "assessed", "decided", "given", "handed".
    """

    title: str
    quantity: str
    kind: SupportKind
    amount: int
    days_ago: int
    reach: str
    low: tuple[tuple[int, int], ...] = ((15, 1),)
    of_group: bool = False
    hardship: str = ""
    override: bool = False
    asset: str = ""
    lost: str = ""
    place: int = 0


_STORIES = (
    _Story("Máy ấp trứng", "1 máy 500 trứng", SupportKind.ASSET, 12_000_000, 400, "again", asset="Máy ấp 500 trứng", place=0),
    _Story("Máy thái chuối", "1 máy chạy điện", SupportKind.ASSET, 3_500_000, 380, "handed", asset="Máy thái chuối", lost="Mất trộm ban đêm, đã báo công an xã, có biên bản", place=4),
    _Story("Vốn quay vòng nuôi vịt", "quỹ của tổ", SupportKind.REVOLVING, 20_000_000, 55, "handed", of_group=True),
    _Story("Hạt giống, lưới che rau", "5 kg hạt giống, 200 m² lưới", SupportKind.IN_KIND, 4_000_000, 215, "handed", hardship="Sổ hộ nghèo năm nay", place=1),
    _Story("Máy may công nghiệp", "1 máy", SupportKind.ASSET, 9_000_000, 240, "handed", ((2, 1), (15, 0)), override=True, asset="Máy may công nghiệp", place=3),
    _Story("Tủ lạnh bán hàng", "1 tủ 300 lít", SupportKind.ASSET, 8_000_000, 70, "decided", place=2),
    _Story("Heo giống tái đàn", "4 con", SupportKind.IN_KIND, 6_000_000, 45, "assessed", ((2, 1), (4, 1), (7, 0), (9, 1), (13, 1), (14, 1)), place=4),
    _Story("Xe đẩy bán hàng có mái che", "1 xe", SupportKind.ASSET, 5_500_000, 12, "asked", place=5),
)  # fmt: skip


def support_demo(book: Book, today: date, who: str) -> int:
    """Add dossiers of support to the first group; return how many vouchers were posted."""
    rows = group_lists.page(
        book, group_lists.GroupFilter(), group_lists.GroupSort(group_lists.GroupOrder.CODE), 0, 1
    )
    activities = livelihood_book.listed(book, LivelihoodFilter(), today)
    if not rows or not activities:
        return 0
    group = rows[0].id
    with book.read() as session:
        through = periods.closed_through(session, group)
    posted = 0
    for story in _STORIES:
        start = today - timedelta(days=story.days_ago)
        activity = activities[story.place % len(activities)]
        if story.of_group and through is not None and start + timedelta(days=20) <= through:
            continue  # its money would fall into a closed period
        posted += _Writer(book, story, start, today, who).write(
            group, activity.id, activity.owner.text, activity.owner.person
        )
    return posted


class _Writer:
    """Writes one dossier step by step, each on its own day."""

    def __init__(self, book: Book, story: _Story, start: date, today: date, who: str) -> None:
        self.book, self.story, self.start, self.today, self.who = book, story, start, today, who

    def act(self, days: int) -> Act:
        """Return an act so many days after the request."""
        return Act(self.who, datetime.combine(self.start + timedelta(days=days), _CLOCK), self._day(days))

    def _day(self, days: int) -> date:
        return self.start + timedelta(days=days)

    def write(self, group: GroupId, activity: LivelihoodId, owner: str, person: MemberId | None) -> int:
        """Write the dossier as far as it came; return how many vouchers were posted."""
        story = self.story
        who = Beneficiary(group=group) if story.of_group else Beneficiary(livelihood=activity)
        receiver = "Đại diện tổ" if story.of_group else owner
        request = Request(
            who, story.kind, story.title, story.amount, self._day(0), receiver, through=group, provider=PROJECT,
            quantity=story.quantity, purpose="Tăng thu nhập, dùng chung khi rảnh", hardship=bool(story.hardship),
            hardship_basis=story.hardship, training=("KD40",),
        )  # fmt: skip
        support = supports.ask(self.book, request, self.act(0)).value
        if story.reach == "asked":
            return 0
        posted = self._contribute(support, person)
        self._assess(support, Wave.BEFORE, 10)
        if story.reach == "assessed":
            self._improve(support)
            return posted
        self._decide(support)
        if story.reach == "decided":
            return posted
        posted += self._hand_over(support, receiver, owner)
        if story.asset:
            self._look_after(support)
        if story.reach == "again":
            self._assess(support, Wave.FIRST, 18 + 183)
        return posted

    def _assess(self, support: SupportId, wave: Wave, days: int) -> None:
        low = dict(self.story.low) if wave is Wave.BEFORE else {13: 1}
        answers = tuple(
            ItemAnswer(
                item.number,
                low.get(item.number, 2),
                _EVIDENCE[item.number] if item.number not in low else "",
            )
            for item in items_of(wave)
        )
        command = Assess(support, self._day(days), OFFICER, answers, wave)
        support_assessing.assess(self.book, command, self.act(days))

    def _improve(self, support: SupportId) -> None:
        command = Decide(
            support, self._day(14), Verdict.IMPROVE, LEADER, decider_post="Điều phối dự án",
            reason="Học xong khóa kinh doanh, lập kế hoạch có dòng tiền, rồi đánh giá lại",
        )  # fmt: skip
        support_assessing.decide(self.book, command, self.act(14))

    def _decide(self, support: SupportId) -> None:
        override = self.story.override
        command = Decide(
            support, self._day(14), Verdict.APPROVE, LEADER, self.story.amount, "Điều phối dự án",
            override=override,
            second=DEPUTY if override else "",
            second_post="Phó Chủ tịch xã" if override else "",
            reason="Đơn hàng Tết cần máy ngay; học viên học xong khóa vào tháng sau" if override else "",
        )  # fmt: skip
        support_assessing.decide(self.book, command, self.act(14))

    def _contribute(self, support: SupportId, person: MemberId | None) -> int:
        story = self.story
        share = story.amount // 10 if story.hardship else story.amount // 4
        days = max(1, share // 2 // 200_000)
        labour = Contribute(
            support, self._day(5), ContributionKind.LABOUR, tenths=days * 10, rate=200_000, giver=person,
            description="Dựng chỗ, san nền", evidence="Danh sách chấm công có ký, tổ trưởng xác nhận",
        )  # fmt: skip
        support_contributions.contribute(self.book, labour, self.act(5))
        rest = max(500_000, share - days * 200_000)
        into = MoneyRoute.BOX if story.of_group else MoneyRoute.DIRECT
        money = Contribute(
            support, self._day(8), ContributionKind.CASH, rest, giver=person, route=into,
            description="Góp tiền mua thêm", evidence="Biên nhận số 07",
        )  # fmt: skip
        kept = support_contributions.contribute(self.book, money, self.act(8)).value
        if story.reach in ("decided", "assessed"):
            promised = Contribute(
                support,
                self._day(9),
                ContributionKind.MATERIAL,
                800_000,
                description="Cây, lá lợp",
                counted=False,
            )
            support_contributions.contribute(self.book, promised, self.act(9))
        return 0 if kept.voucher is None else 1

    def _hand_over(self, support: SupportId, receiver: str, owner: str) -> int:
        story = self.story
        assets: tuple[NewAsset, ...] = ()
        if story.asset:
            assets = (
                NewAsset(story.asset, story.amount, owner, receiver, 5, "Nhà người nhận", f"SN-{story.amount // 1000}"),
            )  # fmt: skip
        command = Transfer(
            support, self._day(18), story.amount, f"{story.title}: {story.quantity}",
            f"BB-{self._day(18):%m%d}/{self._day(18):%Y}", LEADER, receiver, "Trưởng ấp Võ Văn Tám",
            "Nhà văn hóa ấp", MoneyRoute.BOX if story.kind.money else MoneyRoute.DIRECT, assets,
        )  # fmt: skip
        kept = support_transfers.transfer(self.book, command, self.act(18)).value
        return 0 if kept.voucher is None else 1

    def _look_after(self, support: SupportId) -> None:
        row = support_book.detail(self.book, support, self.today).assets[0]
        for days, condition, note in (
            (120, Condition.FAIR, "Tra dầu, thay quạt gió"),
            (290, Condition.GOOD, ""),
        ):
            if self._day(days) > self.today:
                return
            command = Check(row.id, self._day(days), condition, Use.AS_MEANT, OFFICER, note)
            support_assets.check(self.book, command, self.act(days))
        if self.story.lost:
            command_day = self._day(330)
            support_assets.end(self.book, row.id, AssetEnd.LOST, command_day, self.story.lost, self.act(330))
