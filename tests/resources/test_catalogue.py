"""The tool of the translator: it collects, keeps, fills, and finds what is wrong."""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from resources import catalogue
from resources.lang import messages

CODE = """
from resources.lang.messages import N_, _, ngettext
TABLE = [N_("Quỹ")]
def say(n, free):
    return _("Còn {free}").format(free=free) + ngettext("{n} thành viên", "{n} thành viên", n).format(n=n)
"""

Program = Callable[[str], None]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program of one file whose text the test gives, with its own catalogues."""
    (tmp_path / "desktop").mkdir()
    collect = catalogue.collect
    sources = catalogue.sources
    monkeypatch.setattr(catalogue, "file", lambda name: tmp_path.joinpath(*name.split("/")))
    monkeypatch.setattr(catalogue, "collect", lambda: collect(tmp_path))
    monkeypatch.setattr(catalogue, "sources", lambda root=tmp_path: sources(root))

    def write(code: str) -> None:
        (tmp_path / "desktop" / "x.py").write_text(code, encoding="utf-8")

    write(CODE)
    return write


ENGLISH = {"Quỹ": "Fund", "Còn {free}": "{free} left", "{n} thành viên": ["one member", "{n} members"]}


def fill(tmp_path: Path, translations: dict[str, object]) -> int:
    path = tmp_path / "en.json"
    path.write_text(json.dumps(translations), encoding="utf-8")
    return catalogue.main(["fill", "en", str(path)])


def test_from_code_to_english(program: Program, tmp_path: Path) -> None:
    assert catalogue.main(["update"]) == 0
    assert catalogue.missing("vi") == {}
    assert catalogue.missing("en") == {"Quỹ": "", "Còn {free}": "", "{n} thành viên": ["", ""]}
    assert catalogue.main(["check"]) == 1
    assert fill(tmp_path, ENGLISH) == 0
    assert catalogue.check() == []
    english = gettext.translation("sonhom", tmp_path / "locale", ["en"])
    assert english.gettext("Quỹ") == "Fund"
    assert english.ngettext("{n} thành viên", "{n} thành viên", 1) == "one member"
    assert english.ngettext("{n} thành viên", "{n} thành viên", 2) == "{n} members"


def test_updating_again_changes_nothing(program: Program, tmp_path: Path) -> None:
    catalogue.update()
    fill(tmp_path, ENGLISH)
    before = {path: path.read_bytes() for path in (tmp_path / "locale").rglob("*.?o*")}
    catalogue.update()
    assert {path: path.read_bytes() for path in (tmp_path / "locale").rglob("*.?o*")} == before


def test_a_new_and_a_gone_text_are_noticed(program: Program, tmp_path: Path) -> None:
    catalogue.update()
    fill(tmp_path, ENGLISH)
    program(CODE.replace("Quỹ", "Tiền"))
    found = catalogue.check()
    assert any("not collected yet: 'Tiền'" in complaint for complaint in found)
    assert any("no longer in the program: 'Quỹ'" in complaint for complaint in found)
    catalogue.update()
    assert catalogue.missing("en") == {"Tiền": ""}


@pytest.mark.parametrize("said", ["{fre} left", "left", "{free} {more}", " {free} left"])
def test_a_translation_with_other_fields_is_refused(program: Program, tmp_path: Path, said: str) -> None:
    catalogue.update()
    assert fill(tmp_path, {"Còn {free}": said}) == 1
    assert "Còn {free}" in catalogue.missing("en")


def test_a_stale_mo_file_is_noticed(program: Program, tmp_path: Path) -> None:
    catalogue.update()
    fill(tmp_path, ENGLISH)
    po = catalogue.po_file("en")
    po.write_text(po.read_text(encoding="utf-8").replace('"Fund"', '"Box"'), encoding="utf-8")
    assert catalogue.check() == ["en: the .mo file is stale; run: python -m resources.catalogue compile"]
    catalogue.compile_all()
    assert catalogue.check() == []


def test_a_doubtful_translation_is_noticed(program: Program, tmp_path: Path) -> None:
    catalogue.update()
    fill(tmp_path, ENGLISH)
    po = catalogue.po_file("en")
    po.write_text(
        po.read_text(encoding="utf-8").replace('msgid "Quỹ"', '#, fuzzy\nmsgid "Quỹ"'), encoding="utf-8"
    )
    catalogue.compile_all()
    assert any("fuzzy" in complaint for complaint in catalogue.check())


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ('def f(n):\n    return _(f"Còn {n}")\n', "f-string"),
        ('NAME = _("Quỹ")\n', "import time"),
        ('class A:\n    name = _("Quỹ")\n', "import time"),
        ('def f(name=_("Quỹ")):\n    return name\n', "import time"),
        ('NAME = N_("Quỹ")\nf = lambda: _("Quỹ")\n', ""),
        ('def f():\n    return _("Quỹ")\n', ""),
    ],
)
def test_marks_that_cannot_work_are_found(tmp_path: Path, code: str, problem: str) -> None:
    path = tmp_path / "x.py"
    path.write_text(code, encoding="utf-8")
    found = catalogue.misuse(path)
    assert (problem in found[0]) if problem else found == []


def test_the_house_marks_its_texts_rightly() -> None:
    assert [complaint for path in catalogue.sources() for complaint in catalogue.misuse(path)] == []


def test_one_word_for_one_and_for_many() -> None:
    """Vietnamese says "Nhóm" of one group and of all of them; English must not."""
    assert (messages.many("Nhóm"), messages.many("Thành viên")) == ("Nhóm", "Thành viên")
    with messages.speaking("en"):
        assert (messages._("Nhóm"), messages.many("Nhóm")) == ("Group", "Groups")
        assert messages.many("Trang đầu") == "Home"
