"""The one signal that tells every page what a deed has changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.acts import Changed


class Bulletin(QObject):
    """`changed(Changed)`: sent once after each deed that changed something."""

    changed = Signal(object)

    def publish(self, change: Changed) -> None:
        """Tell everyone, unless nothing changed."""
        if change.topics:
            self.changed.emit(change)
