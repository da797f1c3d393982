"""Made-up people of the Mekong delta for the demonstration book: names, birth, numbers. Nobody real is meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from desktop.models.kinds import Sex
from desktop.models.rules.people import Person

KINH, HOA, KHMER = "01", "04", "05"


@dataclass(frozen=True, slots=True)
class _Names:
    """The usual names of one people: words may be drawn more often by standing twice."""

    families: tuple[str, ...]
    middles: dict[Sex, tuple[str, ...]]
    givens: dict[Sex, tuple[str, ...]]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


_NAMES = {
    KINH: _Names(
        _words(
            "Nguyễn, Nguyễn, Nguyễn, Nguyễn, Nguyễn, Nguyễn, Trần, Trần, Trần, Lê, Lê, Lê, Phạm, Phạm, "
            "Huỳnh, Huỳnh, Võ, Võ, Phan, Phan, Đặng, Đặng, Bùi, Đỗ, Hồ, Ngô, Dương, Trương, Đinh, Lưu, Mai, "
            "Tô, Cao, Đoàn, Tạ, Hà"
        ),
        {
            Sex.FEMALE: _words(
                "Thị, Thị, Thị, Thị, Thị, Thị Kim, Thị Ngọc, Thị Mỹ, Thị Thu, Thị Bích, Ngọc, Kim, Thanh, "
                "Mỹ, Hồng, Thị Tuyết, Thị Cẩm"
            ),
            Sex.MALE: _words(
                "Văn, Văn, Văn, Văn, Hữu, Thành, Minh, Quốc, Hoàng, Công, Đức, Tấn, Thanh, Phước, Trọng"
            ),
        },
        {
            Sex.FEMALE: _words(
                "Hoa, Lan, Huệ, Hồng, Hường, Nga, Nguyệt, Phượng, Thủy, Thúy, Trang, Tuyết, Vân, Yến, Xuân, "
                "Hạnh, Hiền, Hòa, Liên, Loan, Mai, Nhung, Oanh, Phương, Quyên, Thảo, Thơm, Trinh, Ánh, Bé, "
                "Cúc, Diễm, Diệu, Đào, Giàu, Hai, Kiều, Lệ, Lành, Mười, Nhàn, Nhi, Nương, Út, Ba, Đẹp"
            ),
            Sex.MALE: _words(
                "An, Bảy, Bình, Chiến, Cường, Dũng, Dương, Đạt, Đông, Giang, Hải, Hậu, Hiếu, Hùng, Khánh, "
                "Lâm, Lộc, Lợi, Long, Minh, Nam, Nghĩa, Nhân, Phong, Phúc, Quân, Sang, Sơn, Tài, Tâm, Thắng, "
                "Thuận, Tiến, Toàn, Trí, Trung, Tuấn, Út, Vinh, Xuyên, Đức"
            ),
        },
    ),
    KHMER: _Names(
        _words("Thạch, Thạch, Thạch, Sơn, Sơn, Kim, Kim, Danh, Danh, Lâm, Châu, Lý, Kiên, Tăng"),
        {
            Sex.FEMALE: _words("Thị, Thị, Thị, Thị Sa, Thị Sô, Sô"),
            Sex.MALE: _words("Sa, Sà, Sô, Văn, Minh, Chanh, Ra"),
        },
        {
            Sex.FEMALE: _words("Rinh, Ri, Mây, Phia, Thia, Rang, Hia, Đa, Sane, Rây, Von, Na Ry, Phone"),
            Sex.MALE: _words("Rương, Rây, Khem, Phol, Thươl, Đa, Ty, Rết, Vuông, Sết, Hiên, Sóc"),
        },
    ),
    HOA: _Names(
        _words("Trần, Lâm, Quách, Lý, Trịnh, Mã, Vương, Hứa, Lâm, Huỳnh, Thái, Ông"),
        {
            Sex.FEMALE: _words("Thị, Tú, Mỹ, Bội, Tuyết, Huệ, Lệ, Xú"),
            Sex.MALE: _words("Chấn, Vĩnh, Gia, Quốc, Chí, Diệu, Tô"),
        },
        {
            Sex.FEMALE: _words("Muối, Nguyệt, Mùi, Anh, Linh, Phấn, Há, Bình, Dung, Châu"),
            Sex.MALE: _words("Hưng, Phát, Cường, Minh, Hào, Thành, Nguyên, Hoa"),
        },
    ),
}

_REGISTRIES = {
    "82": ("082", "087"),  # today's Đồng Tháp: registered in the old Tiền Giang or Đồng Tháp
    "86": ("083", "084", "086"),  # today's Vĩnh Long: the old Bến Tre, Trà Vinh or Vĩnh Long
    "92": ("092", "093", "094"),  # today's Cần Thơ: the old Cần Thơ, Hậu Giang or Sóc Trăng
}
PROVINCES = tuple(_REGISTRIES)
"""Codes of the provinces that the demonstration groups live in."""


def ethnic_mix(province: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return peoples and how often each is drawn in a province of `PROVINCES`."""
    return (KINH, KHMER, HOA), {"82": (97, 1, 2), "86": (78, 19, 3), "92": (80, 16, 4)}[province]


def make_person(
    rng: Random, province: str, ethnic: str, today: date, serial: int, women: float = 0.72
) -> Person:
    """Return somebody of a people who could live in a province of `PROVINCES`, grown up on `today`.

    `serial` (below a million) is another one for everybody: citizen numbers then differ. One in eight is known by the year of birth only, one in seven has no citizen number in the book, some have
    no phone; the old read large print.
    """
    sex = Sex.FEMALE if rng.random() < women else Sex.MALE
    names = _NAMES[ethnic]
    born = date(today.year - rng.randint(20, 76), rng.randint(1, 12), rng.randint(1, 28))
    year_only = rng.random() < 0.12
    aged = today.year - born.year
    return Person(
        family=rng.choice(names.families),
        middle=rng.choice(names.middles[sex]),
        given=rng.choice(names.givens[sex]),
        sex=sex,
        birth_date=None if year_only else born,
        birth_year=born.year,
        citizen_number="" if rng.random() < 0.14 else _citizen_number(rng, province, sex, born.year, serial),
        phone="" if rng.random() < 0.25 else f"0900{rng.randrange(10**6):06d}",
        ethnic_code=ethnic,
        large_print=aged >= 68 or rng.random() < 0.03,
    )


def _citizen_number(rng: Random, province: str, sex: Sex, year: int, serial: int) -> str:
    """Return twelve digits that agree with sex and year of birth, registered in the province as it was then."""
    digit = (sex is Sex.FEMALE) + (2 if year >= 2000 else 0)
    return f"{rng.choice(_REGISTRIES[province])}{digit}{year % 100:02d}{serial * 7919 % 10**6:06d}"
