"""How the program says no.

`Refusal`: a rule says no; it carries every problem found, each with the field it belongs to.
`Trouble`: the world says no (disk, lock, another program); its text says what happened, `advice` what to do.
Anything else that is raised is our own mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How grave a problem is: refuse, ask for the user's yes, or only tell."""

    STOP = "stop"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not right: `code` for programs, `field` where it shows, `message` for the user.

    A field of the meeting sheet is named "member-id/column", for example "12/savings".
    """

    code: str
    field: str
    message: str
    level: Level = Level.STOP

    @classmethod
    def stop(cls, code: str, field: str, message: str) -> Problem:
        """Return a problem that refuses the deed."""
        return cls(code, field, message, Level.STOP)

    @classmethod
    def warn(cls, code: str, field: str, message: str) -> Problem:
        """Return a problem that the user may overrule by saying yes."""
        return cls(code, field, message, Level.WARN)

    @classmethod
    def note(cls, code: str, field: str, message: str) -> Problem:
        """Return something worth telling that refuses nothing."""
        return cls(code, field, message, Level.NOTE)


class Refusal(Exception):
    """A rule refused the deed; nothing was written. `problems` holds all that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


class Trouble(Exception):
    """The world refused: a full disk, a locked file, a damaged book. Nothing was half-written."""

    def __init__(self, message: str, advice: str = "", code: str = "trouble") -> None:
        self.message = message
        self.advice = advice
        self.code = code
        super().__init__(f"{message} {advice}".strip())


def refuse_if_stopped(problems: Iterable[Problem], *, agreed: bool = False) -> None:
    """Raise Refusal when a problem stops the deed, or warns and the user has not `agreed` to go on."""
    found = tuple(problems)
    if any(p.level is Level.STOP or (p.level is Level.WARN and not agreed) for p in found):
        raise Refusal(found)
