"""Types opening balances of a paper group until it is killed: keeps a draft at each change, posts, takes back, again."""

from __future__ import annotations

from dataclasses import replace
from multiprocessing.connection import Connection

from desktop.models.ids import GroupId, MemberId
from desktop.services import openings
from desktop.services.books import open_book
from tests.services.test_openings import a_paper
from tests.village import Village, an_act


def run(address: str, first: int, said: Connection) -> None:
    """Keep a draft, say so, post it, say so, take it back, go on: what is said has been told to be done."""
    book = open_book(address, "Thư ký")
    village = Village(GroupId(1), tuple(MemberId(n) for n in (1, 2, 3)))
    act, number = an_act(), first
    while True:
        sheet = replace(a_paper(village), handed_by=f"Lần {number}")
        openings.keep_draft(book, village.group, sheet, act)
        said.send(("draft", number))
        openings.open_group(book, village.group, sheet, act)
        said.send(("posted", number))
        openings.take_back(book, village.group, "làm lại", act)
        number += 1
