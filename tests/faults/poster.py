"""Posts meetings one after the other until it is killed. Before each, its draft is kept, as the window does."""

from __future__ import annotations

import json
from datetime import timedelta
from multiprocessing.connection import Connection

from desktop.models.ids import GroupId, MemberId, new_uid
from desktop.services import drafts, meetings
from desktop.services.books import open_book
from tests.village import START, Village, a_sheet, an_act

MEMBERS = 8


def run(address: str, first: int, said: Connection) -> None:
    """Keep a draft, say so, post it, say so, go on: what is said has been told to be done."""
    book = open_book(address, "Thư ký")
    village = Village(GroupId(1), tuple(MemberId(n) for n in range(1, MEMBERS + 1)))
    number = first
    while True:
        day = START + timedelta(days=number)
        act = an_act(day)
        drafts.keep(book, "meeting", "1", json.dumps({"number": number}), act)
        said.send(("draft", number))
        sheet = a_sheet(village, day, savings=10_000 + number)
        meetings.record(book, meetings.RecordMeeting(village.group, sheet, new_uid(), agreed=True), act)
        said.send(("posted", number))
        number += 1
