"""Inclusion in the real window: consent, the six questions by keyboard, large print, and the clerk who sees none of it."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

import pytest

from desktop.models.inclusion_kinds import Accommodate, Purpose, Role
from desktop.services import assessments, consents, inclusion, members, users
from desktop.services.attachments import Subject
from desktop.services.users import NewUser
from desktop.store.book import Book
from tests.journeys.real_window import Screen, missing_programs, until
from tests.journeys.steps import choose, program, save_paper
from tests.reports.paper import look, said
from tests.views.meetings.people import Village, act_on, settle

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(bool(missing_programs()), reason=f"missing here: {', '.join(missing_programs())}"),
]

DAY = date(2026, 3, 5)
BOSS, OFFICER, CLERK = "mat khau boss", "mat khau hoa nhap", "mat khau thu ky"
SECRETS = ("Có khuyết tật", "WG-SS", "Sinh hoạt hằng ngày", "Rất khó khăn", "kho doc chu nho")
"""What only the inclusion officer may read of the first member afterwards."""


@pytest.fixture
def sonhom(tmp_path: Path) -> tuple[Path, Village]:
    """A group of three in a book with an administrator, an inclusion officer and a clerk."""
    path = tmp_path / "so.sonhom"
    with Book.create(str(path), "Sổ xã Tân Hưng", who="Chị Boss") as made:
        village = settle(made, size=3, today=DAY)
        users.switch_on(made, "Chị Boss", BOSS, BOSS, act_on(DAY))
        users.add(made, NewUser("Anh Hòa", Role.INCLUSION, OFFICER), act_on(DAY))
        users.add(made, NewUser("Thư ký Lan", Role.CLERK, CLERK), act_on(DAY))
    return path, village


def open_person(display: Screen) -> None:
    """The list of people, found by the given name, and the tab of inclusion."""
    display.go("Thành viên – Sổ", "alt+3")
    display.tab_to("Lọc Thành viên")
    display.type("hoa")
    time.sleep(1)
    display.go("Nguyễn Thị Hoa", "Down", "Return")
    time.sleep(1)
    display.press("ctrl+6")


def to_part(display: Screen, steps: int) -> None:
    """Go to the tabs within the tab, and so many to the right."""
    display.tab_to("Các phần hòa nhập")
    display.press(*["Right"] * steps)
    time.sleep(0.5)


def test_consent_questions_large_print_and_the_clerk(
    display: Screen, sonhom: tuple[Path, Village], tmp_path: Path
) -> None:
    path, village = sonhom
    member = village.members[0]
    with program(display, path, DAY, OFFICER, "Anh Hòa"):
        open_person(display)
        # The paper of consent: of all purposes only this one was ticked.
        display.tab_to("&Ghi đồng ý…")
        display.go("Ghi sự đồng ý", "space")
        display.tab_to(f"field-{Purpose.HEALTH.value}")
        display.press("space", "ctrl+s")

        def agreed() -> set[Purpose]:
            with Book.open(str(path)) as book:
                return {row.purpose for row in consents.of_member(book, member) if row.holds}

        until(agreed, "the consent")
        assert agreed() == {Purpose.HEALTH}

        # Washington: much difficulty in seeing (3), some in walking (2), none elsewhere. One digit each, Enter goes on.
        to_part(display, 1)
        display.tab_to("Biểu mẫu")
        choose(display, "(WG-SS)")
        display.tab_to("&Phiếu mới")
        display.go("(WG-SS)", "space")
        for digit in "312111":
            display.press(digit, "Return")
        display.press("ctrl+s")
        until(lambda: "Có khuyết tật (WG)" in "\n".join(display.look()["words"]), "the result in the list")

        # What the person needs: large print, because of a barrier that is sensitive itself.
        to_part(display, 3)
        display.tab_to("&Ghi điều chỉnh…")
        display.press("space")
        display.tab_to("field-barrier")
        display.type("kho doc chu nho")
        display.press("ctrl+s")

        def needs() -> list[Accommodate]:
            with Book.open(str(path)) as book:
                return [one.kind for one in inclusion.of_member(book, member).accommodations]

        until(needs, "the accommodation")
        assert needs() == [Accommodate.LARGE_PRINT]

        # The statement follows the record, and says so before it is printed.
        time.sleep(1)
        display.go("In sao kê", "ctrl+p")
        display.reads("Theo hồ sơ (chữ lớn)")
        display.press("ctrl+s")
        until(lambda: display.title().startswith("Sao kê của"), "the statement")
        time.sleep(1)
        large = save_paper(display, tmp_path, "sao-ke.pdf")

    assert "Nguyễn Thị Hoa" in said(large)
    # Large print is 18 points and more; only the frame of the paper (numbers of pages, marks) may be smaller.
    sizes = [box.size for page in look(large) for box in page.boxes for _letter in box.text]
    assert statistics.median(sizes) >= 18

    with program(display, path, DAY, CLERK, "Thư ký Lan"):
        open_person(display)
        display.reads("chỉ dành cho cán bộ hòa nhập")
        for step in range(6):
            to_part(display, 1 if step else 0)
            shown = "\n".join(display.look()["words"])
            assert [word for word in SECRETS if word in shown] == []

    with Book.open(str(path)) as book:
        users.sign_in(book, "Anh Hòa", OFFICER)
        (row,) = assessments.history(book, Subject("members", members.get(book, member).uid))
        assert (row.answers["seeing"], row.answers["walking"]) == (3, 2)
