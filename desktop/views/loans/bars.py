"""The line above a table of loans: a group (or all of them) and a day; the kit's."""

from __future__ import annotations

from desktop.views.kit.group_and_day import GroupAndDay

__all__ = ["GroupAndDay"]
