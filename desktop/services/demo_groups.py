"""What the demonstration groups agreed on: kinds, constitutions, names and places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

from desktop.models.kinds import Attendance, Frequency, GroupKind
from desktop.models.rules.charter import USUAL_OFFICES, Charter
from desktop.models.rules.constitution import FineRule, Rules
from desktop.models.rules.templates import charter_from, read_template
from resources import places
from resources import templates as files


@dataclass(frozen=True, slots=True)
class Pattern:
    """A way of keeping a group: its kind, what it is called, its rules, and the outside money it began with (đồng)."""

    kind: GroupKind
    called: str
    rules: Rules
    external: int = 0
    women: float = 0.75


def _fines(late: int, absent: int, phone: int = 0) -> tuple[FineRule, ...]:
    rules = [
        FineRule("late", "Đi muộn", late, Attendance.LATE),
        FineRule("absent", "Vắng không phép", absent, Attendance.ABSENT),
    ]
    if phone:
        rules.append(FineRule("phone", "Dùng điện thoại trong buổi họp", phone))
    return tuple(rules)


_ANY_DAY = date(2000, 1, 1)

PATTERNS = (
    Pattern(
        GroupKind.VSLA,
        "Nhóm tiết kiệm",
        Rules(
            valid_from=_ANY_DAY,
            frequency=Frequency.MONTHLY,
            weekday=5,
            meeting_time="14:00",
            meeting_place="Nhà văn hóa ấp",
            share_value=20_000,
            shares_min=1,
            shares_max=5,
            withdrawals=True,
            social_contribution=5_000,
            fines=_fines(5_000, 10_000, 5_000),
            quorum_percent=60,
        ),
    ),
    Pattern(
        GroupKind.SAVINGS_CREDIT,
        "Tổ phụ nữ tiết kiệm",
        Rules(
            valid_from=_ANY_DAY,
            frequency=Frequency.MONTHLY,
            month_day=10,
            meeting_time="08:00",
            meeting_place="Trụ sở ấp",
            compulsory_saving=50_000,
            social_contribution=10_000,
            fines=_fines(10_000, 20_000),
            quorum_percent=67,
        ),
        women=1.0,
    ),
    Pattern(
        GroupKind.SELF_HELP,
        "Nhóm tự lực người khuyết tật",
        Rules(
            valid_from=_ANY_DAY,
            frequency=Frequency.FORTNIGHTLY,
            weekday=6,
            meeting_time="09:00",
            meeting_place="Nhà tổ trưởng",
            compulsory_saving=10_000,
            social_contribution=2_000,
            fines=_fines(2_000, 5_000),
            quorum_percent=50,
        ),
        women=0.5,
    ),
    Pattern(
        GroupKind.COOPERATIVE_GROUP,
        "Tổ hợp tác",
        Rules(
            valid_from=_ANY_DAY,
            frequency=Frequency.MONTHLY,
            weekday=6,
            meeting_time="13:30",
            meeting_place="Nhà kho của tổ",
            share_value=100_000,
            shares_min=1,
            shares_max=3,
            voluntary_savings=False,
            withdrawals=False,
            social_contribution=10_000,
            fines=_fines(20_000, 50_000),
            quorum_percent=60,
        ),
        women=0.35,
    ),
    Pattern(
        GroupKind.REVOLVING_FUND,
        "Nhóm quỹ quay vòng",
        Rules(
            valid_from=_ANY_DAY,
            frequency=Frequency.FOUR_WEEKLY,
            weekday=4,
            meeting_time="14:00",
            meeting_place="Hội trường xã",
            compulsory_saving=30_000,
            social_contribution=5_000,
            fines=_fines(5_000, 10_000),
            quorum_percent=60,
        ),
        external=20_000_000,
    ),
)
"""The patterns in turn: the first group keeps the first one, and so on round."""

_FLOWERS = (
    "Hoa Sen", "Hoa Súng", "Bông Điên Điển", "Hướng Dương", "Mai Vàng", "Hoa Lục Bình", "Bông Lúa", "Cây Dừa",
    "Sao Mai", "Bình Minh", "Hoa Hồng", "Cát Tường", "Tre Xanh", "Phù Sa", "Cù Lao", "Sông Tiền", "Sông Hậu",
    "Đoàn Kết", "Vươn Lên", "Niềm Tin", "Hy Vọng", "Ánh Sáng", "Tương Lai", "Ước Mơ",
)  # fmt: skip

_HAMLETS = (
    "Tân Phú", "Tân Thạnh", "An Thạnh", "An Hòa", "Bình Hòa", "Bình Phú", "Phú Thạnh", "Phú Lợi", "Long Thuận",
    "Long Hòa", "Mỹ Thuận", "Mỹ Hưng", "Hòa Bình", "Thạnh Lợi", "Đông Thạnh", "Tây An",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Home:
    """Where a group lives: province and commune codes, hamlets."""

    province: str
    commune: str
    hamlets: tuple[str, ...]


@cache
def charter_of(kind: GroupKind) -> tuple[str, Charter]:
    """Return the code and the words of the template of a kind; every group of the story has all offices."""
    found = next(one for one in map(read_template, files.shipped().values()) if one.kind is kind)
    return found.code, replace(charter_from(found), offices=USUAL_OFFICES)


@cache
def _communes(province: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.code, row.kind) for row in places.communes(province))


def make_home(rng: Random, province: str) -> Home:
    """Return a real commune of a province, and made-up hamlets in it."""
    code, kind = rng.choice(_communes(province))
    word = "khóm" if kind == "phường" else "ấp"
    return Home(province, code, tuple(f"{word} {name}" for name in rng.sample(_HAMLETS, 3)))


def group_name(pattern: Pattern, number: int) -> str:
    """Return a name for the `number`-th group; from the second round of names on it bears its number."""
    flower, again = _FLOWERS[(number - 1) % len(_FLOWERS)], (number - 1) // len(_FLOWERS)
    return f"{pattern.called} {flower}" + (f" {again + 1}" if again else "")
