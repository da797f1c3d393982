"""What the papers of one activity have in common: a head with its code, name and owner."""

from __future__ import annotations

from typing import Protocol

from reports.kit import papers
from reports.kit.page import Frame
from reports.kit.report import PaperOptions
from reports.kit.values import GroupBlock, Organisation, PrintMark
from reports.livelihood_values import ActivityBlock


class OfActivity(Protocol):
    """A value that is printed about one activity."""

    @property
    def organisation(self) -> Organisation:
        """Whose paper it is."""

    @property
    def group(self) -> GroupBlock:
        """The group of the owner."""

    @property
    def mark(self) -> PrintMark:
        """The number and the code of this printing."""

    @property
    def activity(self) -> ActivityBlock:
        """The activity."""

    @property
    def large_print(self) -> bool:
        """Whether the owner asks for large print."""


def begin(title: str, value: OfActivity, options: PaperOptions) -> papers.Paper:
    """Open the file of a paper about one activity."""
    activity = value.activity
    frame = Frame(
        title=title,
        organisation=value.organisation,
        group=value.group,
        mark=value.mark,
        subtitle=f"{activity.code} · {activity.name}",
        running=f"{activity.code} · {activity.owner}",
    )
    return papers.begin(frame, frame.running, options, large_print=value.large_print)
