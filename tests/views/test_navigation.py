"""The bar on the left holds every page also where the window is low or the letters are large."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.views.kit import theme
from desktop.views.navigation import Navigation
from desktop.views.pages import PAGES

SHOWN = [entry.key for entry in PAGES if entry.shown]


def _in_sight(navigation: Navigation, button: QToolButton) -> bool:
    """Tell whether the whole height of a button lies inside what is drawn."""
    top = button.mapTo(navigation, QPoint(0, 0)).y()
    return top >= 0 and top + button.height() <= navigation.height() and not button.visibleRegion().isEmpty()


@pytest.fixture
def navigation(qtbot: Any, dressed: QApplication) -> Navigation:
    made = Navigation(narrow=False)
    qtbot.addWidget(made)
    made.resize(208, 1200)
    made.show()
    return made


def test_a_low_window_still_reaches_every_page(navigation: Navigation, qtbot: Any) -> None:
    navigation.resize(208, 380)
    qtbot.wait(20)
    assert navigation.minimumSizeHint().height() <= 380, (
        "pages must not push the window higher than the screen"
    )
    for key in SHOWN:
        navigation.button(key).setEnabled(True)
        navigation.button(key).setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.wait(1)
        assert _in_sight(navigation, navigation.button(key)), key
        navigation.set_current(key)
        assert _in_sight(navigation, navigation.button(key)), key


def test_rows_stand_closer_only_where_they_would_not_fit(navigation: Navigation, qtbot: Any) -> None:
    wide = navigation.button("start").height()
    navigation.resize(208, 500)
    qtbot.waitUntil(lambda: navigation.button("start").height() < wide)
    navigation.resize(208, 1200)
    qtbot.waitUntil(lambda: navigation.button("start").height() == wide)


@pytest.mark.parametrize("narrow", [False, True])
def test_names_and_icons_are_whole_beside_the_bar(qtbot: Any, dressed: QApplication, narrow: bool) -> None:
    theme.apply(dressed, "contrast", 150)
    try:
        made = Navigation(narrow=narrow)
        qtbot.addWidget(made)
        made.resize(made.width(), 420)
        made.show()
        qtbot.waitUntil(lambda: made._scroll.verticalScrollBar().maximum() > 0)
        qtbot.wait(20)
        across = made._scroll.horizontalScrollBar()
        assert across.maximum() == 0, "what scrolls under a hidden bar is cut"
        assert all(made.button(key).width() >= made.button(key).sizeHint().width() for key in SHOWN)
    finally:
        theme.apply(dressed, "light", 100)
