"""The structure of a paper for people who listen to it: headings, paragraphs, tables with their heads.

A tagged PDF names, for every string on the page, the element it belongs to; everything else (lines, shades, page
numbers, repeated heads) is an artifact that a screen reader passes over. Layout code says what begins; a page
that is not tagged ignores it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName

Tag = Literal["Document", "Sect", "H1", "H2", "P", "Table", "TR", "TH", "TD"]


@dataclass(slots=True)
class Node:
    """One element: what it holds, and the marks (page, number on the page) of its strings."""

    tag: Tag
    children: list[Node] = field(default_factory=list)
    marks: list[tuple[object, int]] = field(default_factory=list)


class Tags:
    """The structure of one document while it is laid out. `current` takes the strings written now."""

    def __init__(self) -> None:
        self.root = Node("Document")
        self.current: Node | None = None
        self._section = self.root

    def section(self) -> None:
        """Begin a paper of its own (one member's statement)."""
        self._section = Node("Sect")
        self.root.children.append(self._section)
        self.current = None

    def begin(self, tag: Tag, parent: Node | None = None) -> Node:
        """Begin an element of the paper, or inside `parent`; what is written next belongs to it."""
        self.current = Node(tag)
        (parent or self._section).children.append(self.current)
        return self.current

    def skip(self) -> None:
        """What is written next says nothing new: page numbers, repeated heads."""
        self.current = None

    def install(self, document: Any, pages: dict[object, list[Node]]) -> None:
        """Add the structure to a reportlab document; `pages` holds, per page of ours, the nodes of its marks.

        The n-th page of ours is the n-th of the document.
        """
        places: dict[object, tuple[Any, int]] = {}
        for number, (page, own) in enumerate(zip(document.Pages.pages, pages, strict=True)):
            page.StructParents, page.Tabs = number, PDFName("S")
            page.__NoDefault__ = [*type(page).__NoDefault__, "StructParents", "Tabs"]
            places[own] = (document.Reference(page), number)
        top = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        references: dict[int, Any] = {}
        element = _element(document, self.root, document.Reference(top), places, references)
        top.dict["K"] = element
        numbers: list[Any] = []
        for own, nodes in pages.items():
            numbers += [places[own][1], PDFArray([references[id(node)] for node in nodes])]
        top.dict["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        top.dict["ParentTreeNextKey"] = len(pages)
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


class _Silent(Tags):
    """The structure of a document that is not tagged: nothing is kept, so batches cost neither time nor room."""

    def section(self) -> None:
        """Keep nothing."""

    def begin(self, tag: Tag, parent: Node | None = None) -> Node:
        """Keep nothing."""
        return self.root


SILENT: Tags = _Silent()


def _element(
    document: Any, node: Node, parent: Any, places: dict[object, tuple[Any, int]], references: dict[int, Any]
) -> Any:
    """Return the reference to the PDF object of a node, made with all below it."""
    entry = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(node.tag), "P": parent})
    if node.tag == "TH":
        entry.dict["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
    reference = references[id(node)] = document.Reference(entry)
    kids: list[Any] = [
        PDFDictionary({"Type": PDFName("MCR"), "Pg": places[page][0], "MCID": number})
        for page, number in node.marks
    ]
    kids += [_element(document, child, reference, places, references) for child in node.children]
    entry.dict["K"] = PDFArray(kids)
    return reference
