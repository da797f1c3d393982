"""Floods and other shocks: losses of households, help in time, plans for the next one; on both engines."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.ids import GroupId
from desktop.models.kinds import EntryKind
from desktop.models.livelihood_kinds import Hazard, LossShare, ReliefKind, Wave
from desktop.models.problems import Refusal
from desktop.services import households, livelihood_book, livelihood_gathering, shock_book, shocks, vouchers
from desktop.services.households import FoundHousehold
from desktop.services.shock_book import Event, LossLine
from desktop.services.vouchers import RecordVoucher
from tests.services.livelihood_kit import TODAY, Place, codes, visit
from tests.village import an_act, meet


def test_a_flood_with_losses_and_help_in_time(place: Place) -> None:
    meet(place.book, place.village, 1)
    meet(place.book, place.village, 2)
    day = date(2026, 3, 2)
    event = shocks.keep_event(place.book, Event(Hazard.INUNDATION, "Ngập", day, day), an_act(day)).value
    visit(place, Wave.BASE, date(2026, 1, 25))
    visit(place, Wave.M6, date(2026, 8, 1), 39_000_000)
    line = LossLine(
        place.home, "Vịt chết", "40 con", 3_000_000, LossShare.FROM_30_TO_70, livelihood=place.key
    )
    shocks.keep_loss(place.book, event, line, an_act(TODAY))
    grant = RecordVoucher(
        place.village.group, EntryKind.SOCIAL_OUT, 10_000, date(2026, 3, 8), place.owner, "Thiên tai"
    )
    vouchers.record(place.book, grant, an_act(date(2026, 3, 8)))
    (payable,) = shock_book.payables(place.book, event)
    assert (payable.kind, payable.amount) == (ReliefKind.GRANT, 10_000)
    shocks.link(place.book, event, payable.kind, payable.key, "", an_act(TODAY))
    with pytest.raises(Refusal):
        shocks.link(place.book, event, payable.kind, payable.key, "", an_act(TODAY))
    detail = shock_book.detail(place.book, event, TODAY)
    assert (detail.row.households, detail.row.value, detail.row.in_time, detail.row.helped) == (
        1,
        3_000_000,
        1,
        1,
    )
    assert detail.losses[0].recovered == date(2026, 8, 1)  # the visit found 95 % of the income again
    story = livelihood_book.detail(place.book, place.key, TODAY).story
    assert "shock" in {one.kind for one in story}
    assert livelihood_gathering.figures(place.book, TODAY, place.village.group).events[0].row.households == 1
    assert livelihood_gathering.figures(place.book, TODAY, GroupId(999)).events[0].row.households == 0


def test_losses_belong_to_their_household_and_time(place: Place) -> None:
    day = date(2026, 3, 2)
    with pytest.raises(Refusal) as refused:
        shocks.keep_event(
            place.book, Event(Hazard.STORM, " ", day, date(2026, 3, 1)), an_act(date(2026, 1, 1))
        )
    assert codes(refused) == {("name", "missing"), ("starts", "future"), ("ends", "order")}
    event = shocks.keep_event(place.book, Event(Hazard.STORM, "Bão", day, day), an_act(day)).value
    other = households.found(place.book, FoundHousehold(), an_act()).value
    wrong = LossLine(other, "", value=-1, livelihood=place.key, recovered=date(2026, 1, 1))
    with pytest.raises(Refusal) as refused:
        shocks.keep_loss(place.book, event, wrong, an_act(TODAY))
    assert {field for field, _code in codes(refused)} == {"item", "value", "recovered", "livelihood"}


def test_members_of_prepared_households_are_counted(place: Place) -> None:
    with pytest.raises(Refusal):
        shocks.keep_preparedness(place.book, place.home, TODAY, " ", an_act(TODAY))
    shocks.keep_preparedness(place.book, place.home, TODAY, "Kê cao", an_act(TODAY))
    assert livelihood_gathering.figures(place.book, TODAY).prepared == (2, 3)
    assert livelihood_gathering.figures(place.book, date(2029, 1, 1)).prepared == (0, 3)
