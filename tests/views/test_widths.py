"""How columns share the window."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.views.kit.widths import Wish, on_lines, share


@st.composite
def wishes(draw: st.DrawFn) -> list[Wish]:
    found = []
    for _column in range(draw(st.integers(1, 12))):
        needed = draw(st.integers(20, 600))
        elastic = draw(st.booleans())
        least = draw(st.integers(20, needed)) if elastic else needed
        found.append(Wish(draw(st.integers(20, 300)), needed, least, elastic, draw(st.booleans())))
    return found


@given(wishes(), st.integers(100, 2500))
def test_nothing_is_narrower_than_it_can_be(columns: list[Wish], room: int) -> None:
    widths = share(columns, room)
    assert all(width >= wish.least for width, wish in zip(widths, columns, strict=True))
    assert all(width >= wish.needed for width, wish in zip(widths, columns, strict=True) if not wish.elastic)


@given(wishes(), st.integers(100, 2500))
def test_the_window_is_left_only_where_nothing_can_give_way(columns: list[Wish], room: int) -> None:
    widths = share(columns, room)
    assert sum(widths) <= max(room, sum(wish.least for wish in columns))


@given(wishes(), st.integers(100, 2500))
def test_nothing_is_cut_where_there_is_room(columns: list[Wish], room: int) -> None:
    widths = share(columns, room)
    if sum(wish.needed for wish in columns) <= room:
        assert all(width >= wish.needed for width, wish in zip(widths, columns, strict=True))


def test_short_words_stay_whole_and_long_ones_are_cut() -> None:
    short, long = Wish(100, 90, 50, True), Wish(100, 400, 60, True)
    assert share([short, long], 300) == [90, 210]


def test_a_text_is_parted_between_words_into_two_like_lines() -> None:
    assert on_lines("Quản lý nhóm và sổ sách", len) == len("Quản lý nhóm")
    assert on_lines("PC-0034/2026", len) == len("PC-0034/2026")
    assert on_lines("", len) == 0


@given(st.text(alphabet="ab ", max_size=40))
def test_two_lines_are_never_wider_than_one(text: str) -> None:
    assert len(text) // 2 - 1 <= on_lines(text, len) <= len(text)
