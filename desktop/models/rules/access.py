"""Who uses the open book and what they may see. A book without users is open to everybody, as before."""

from __future__ import annotations

from typing import NamedTuple

from desktop.models.roles import Role


class Access(NamedTuple):
    """What the user of the open book may see and do.

    Without users in the book `role` is None and everything is open. With users, nobody is signed in at first
    (`locked`): nothing is written and nothing sensitive is shown until somebody signs in.
    """

    user: str = ""
    role: Role | None = None
    locked: bool = False

    @property
    def guarded(self) -> bool:
        """Tell whether the book has users, so that reading is logged and consent is asked for everywhere."""
        return self.locked or self.role is not None

    @property
    def sensitive(self) -> bool:
        """Tell whether sensitive data of single people may be shown."""
        return not self.locked and (self.role is None or self.role.sensitive)

    @property
    def manages(self) -> bool:
        """Tell whether users may be managed."""
        return not self.locked and (self.role is None or self.role.manages)


OPEN = Access()
LOCKED = Access(locked=True)
