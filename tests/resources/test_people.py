from __future__ import annotations

import pytest

from resources.people import ethnic_groups, ethnic_name, find_ethnic


def test_54_groups_and_two_more() -> None:
    assert [group.code for group in ethnic_groups()] == [f"{number:02d}" for number in range(1, 57)]
    assert ethnic_name("01") == "Kinh"
    assert ethnic_name("05") == "Khmer"
    assert ethnic_name("55") == "Người nước ngoài"
    assert ethnic_name("99") == "99"


@pytest.mark.parametrize(
    ("text", "code"),
    [("Khơ-me", "05"), ("khmer", "05"), ("H’Mông", "08"), ("Ê Đê", "12"), ("kinh", "01"), ("K'Ho", "16")],
)
def test_a_group_is_known_by_its_spellings(text: str, code: str) -> None:
    found = find_ethnic(text)
    assert found is not None
    assert found.code == code


def test_no_spelling_belongs_to_two_groups() -> None:
    for group in ethnic_groups():
        for name in (group.name, *group.other_names):
            assert find_ethnic(name) == group
    assert find_ethnic("không có") is None
