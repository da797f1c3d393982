"""What a screen reader finds: every control that takes the focus has a name. Used by the tests of all pages."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QMenu, QWidget

_IGNORED = (QAbstractSlider, QMenu)


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Give every widget below `root` (and itself) that the keyboard can reach, on hidden pages too."""
    for widget in [root, *root.findChildren(QWidget)]:
        if (
            isinstance(widget, _IGNORED)
            or (widget.isHidden() and widget is not root)
            or widget.window() is not root.window()
        ):
            continue
        if widget.objectName().startswith("qt_") or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if widget.focusProxy() is not None or _inside_compound(widget):
            continue
        yield widget


def _inside_compound(widget: QWidget) -> bool:
    """The line inside a spin box or the view port of a table speaks through its owner."""
    owner = widget.parentWidget()
    return isinstance(owner, QAbstractScrollArea) and owner.viewport() is widget


def name_of(widget: QWidget) -> str:
    """Return the name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def nameless(root: QWidget) -> list[str]:
    """Return a description of every focusable control without a name; empty is good."""
    return [
        f"{type(widget).__name__} {widget.objectName()!r} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(root)
        if not name_of(widget)
    ]


def assert_named(root: QWidget) -> None:
    """Fail with the list of controls that have no accessible name."""
    found = nameless(root)
    assert not found, "controls without a name: " + "; ".join(found)
