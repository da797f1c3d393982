"""What a screen reader gets: headings, paragraphs, and tables whose cells know their heads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from reports import samples
from reports.catalogue import CATALOGUE, find
from reports.kit.report import PaperOptions
from reports.member_statement import render, render_group
from tests.reports.paper import reader
from tests.reports.test_papers import SAMPLES


def elements(node: Any) -> Iterator[Any]:
    """Yield the structure elements below a node, in reading order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield one
            yield from elements(one)


def test_a_single_statement_is_tagged() -> None:
    root = reader(render(samples.statement())).trailer["/Root"]  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]
    tags = [one["/S"] for one in elements(root["/StructTreeRoot"])]
    assert tags[:2] == ["/Document", "/Sect"]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 4  # one for each account's table
    assert tags.count("/Table") == 5
    assert "/TH" in tags


def test_every_row_has_a_cell_for_every_head() -> None:
    root = reader(render(samples.statement())).trailer["/Root"]  # type: ignore[index]
    for table in elements(root["/StructTreeRoot"]):
        if table["/S"] != "/Table":
            continue
        rows = [kid.get_object() for kid in table["/K"]]
        heads = [kid.get_object()["/S"] for kid in rows[0]["/K"]]
        assert set(heads) == {"/TH"}
        for row in rows[1:]:
            assert [kid.get_object()["/S"] for kid in row["/K"]] == ["/TD"] * len(heads)


@pytest.mark.parametrize("key", [report.key for report in CATALOGUE])
def test_every_mark_on_a_page_belongs_to_an_element(key: str) -> None:
    pdf = reader(find(key).render(SAMPLES[key], PaperOptions(tagged=True)))
    root = pdf.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]
    numbers = root["/ParentTree"]["/Nums"]
    owners = {numbers[place]: numbers[place + 1].get_object() for place in range(0, len(numbers), 2)}
    assert len(owners) == len(pdf.pages)
    for page in pdf.pages:
        contents = page.get_contents()
        assert contents is not None
        code = contents.get_data()
        marks = code.count(b"/MCID")
        assert marks == len(owners[page["/StructParents"]])
        assert code.count(b"BDC") + code.count(b"BMC") == code.count(b"EMC")
        # Nothing is shown outside an element or an artifact.
        shown = code.split(b"BT\n", 1)[1]
        assert shown.count(b" Tj") >= marks


def test_batches_are_not_tagged_unless_asked() -> None:
    values = [samples.statement(0), samples.statement(1)]
    assert "/StructTreeRoot" not in reader(render_group(values)).trailer["/Root"]  # type: ignore[operator]
    asked = reader(render_group(values, PaperOptions(tagged=True))).trailer["/Root"]  # type: ignore[index]
    sections = [one for one in elements(asked["/StructTreeRoot"]) if one["/S"] == "/Sect"]
    assert len(sections) == 2
