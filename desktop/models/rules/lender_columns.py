"""The sheet's column of interest that members pay to a lender through the group, which hands it on.

It is not the group's money: it waits on an account of its own (`COLLECTED`) until it is handed on, and is never divided.
What each member owes the lender is in the lender's books, so nothing is proposed.
"""

from __future__ import annotations

from desktop.models.kinds import EntryKind
from desktop.models.rules.savings_columns import no_check
from desktop.models.rules.sheet_parts import SheetColumn
from resources.lang.messages import N_

LENDER_COLUMNS: list[SheetColumn] = [
    SheetColumn(
        "collected",
        N_("Lãi thu hộ"),
        EntryKind.COLLECTED_IN,
        lambda rules: rules.collects,
        lambda _facts, _member, _state: 0,
        no_check,
    ),
]
