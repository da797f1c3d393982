"""The search over everything."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from desktop.models.kinds import EntryKind, Paper
from desktop.models.rules.entries import Entry, VoucherDraft, lines_of
from desktop.services.acts import Act
from desktop.services.ledger import post
from desktop.services.search import HitKind, find_members, search
from desktop.store.book import Book
from tests.services.people_kit import enrol, found_group, household


def titles(book: Book, text: str) -> list[str]:
    return [hit.title for hit in search(book, text, 20)]


@pytest.fixture
def people(any_book: Book, act: Act) -> Book:
    for name in (
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Hòa",
        "Nguyễn Thị Hoà Bình",
        "Trần Thị Khoa",
        "Đặng Thị Đào",
    ):
        enrol(any_book, act, name)
    return any_book


def test_without_marks_both_spellings_are_found(people: Book) -> None:
    assert set(titles(people, "nguyen thi hoa")) == {
        "Nguyễn Thị Hoa",
        "Nguyễn Thị Hòa",
        "Nguyễn Thị Hoà Bình",
    }


@pytest.mark.parametrize("typed", ["nguyễn thị hòa", "NGUYỄN THỊ HOÀ", "hòa", "hoà thị"])
def test_hits_that_agree_in_their_marks_come_first(people: Book, typed: str) -> None:
    assert set(titles(people, typed)[:2]) == {"Nguyễn Thị Hòa", "Nguyễn Thị Hoà Bình"}


def test_decomposed_text_is_the_same_text(people: Book) -> None:
    assert titles(people, unicodedata.normalize("NFD", "Nguyễn Thị Hòa"))[0] == "Nguyễn Thị Hòa"


def test_d_is_loose_and_order_is_free(people: Book) -> None:
    assert titles(people, "dao dang") == ["Đặng Thị Đào"]
    assert titles(people, "đặng") == ["Đặng Thị Đào"]


def test_whole_words_come_before_letters_inside_words(people: Book) -> None:
    assert titles(people, "hoa")[-1] == "Trần Thị Khoa"


def test_nothing_is_found_by_nothing(people: Book) -> None:
    assert search(people, "  ", 20) == []
    assert search(people, "%", 20) == []
    assert search(people, "x" * 300, 20) == []
    assert len(search(people, "n", 2)) == 2


def test_groups_and_households_are_found_too(book: Book, act: Act) -> None:
    group = found_group(book, act, "Hoa Sen", hamlet="ấp 3")
    home = household(book, act, "ấp Thới Hòa")
    member = enrol(book, act, "Lê Thị Hoa", household=home, is_head=True, group=group)
    hits = search(book, "hoa", 20)
    assert [(hit.kind, hit.id) for hit in hits] == [
        (HitKind.MEMBER, member),
        (HitKind.GROUP, group),
        (HitKind.HOUSEHOLD, home),
    ]
    assert hits[0].subtitle == "TV-0001 · sinh 1985 · ấp Thới Hòa · Hoa Sen"
    assert hits[1].subtitle == "N-001 · ấp 3"
    assert hits[2].title == "Hộ Lê Thị Hoa"
    assert search(book, "n-001", 5)[0].title == "Hoa Sen"
    assert find_members(book, "tv-0001", 5)[0].id == member


def test_a_voucher_is_found_by_its_number(book: Book, act: Act) -> None:
    group = found_group(book, act)
    with book.write(act) as session:
        entries = [Entry(EntryKind.OTHER_INCOME, 50_000)]
        draft = VoucherDraft(
            group=group,
            paper=Paper.RECEIPT,
            day=date(2026, 3, 1),
            lines=lines_of(entries),
            text="Bán giấy vụn",
        )
        voucher = post(session, [draft])[0]
    for typed in ("PT-0001/2026", "pt-1/2026", "PT 1", "pt1/26"):
        hit = search(book, typed, 5)[0]
        assert (hit.kind, hit.id) == (HitKind.VOUCHER, voucher.id)
        assert hit.title == "Phiếu thu PT-0001/2026"
        assert "Bán giấy vụn" in hit.subtitle
    assert search(book, "PT-1/2025", 5) == []
