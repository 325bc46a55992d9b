"""Words that are cut off for lack of room stand whole in a tooltip, whichever control shows them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from gui.landscape.change_chip import ChangeChip
from gui.widgets.elided_label import ElidedLabel, YieldingLabel
from gui.widgets.link_button import LinkButton
from gui.window.main_window import MainWindow
from tests.gui.person import wait_until

LONG = "A name that is far too long for the room that there is"


def chip() -> ChangeChip:
    made = ChangeChip()
    made.show_change(LONG, "a tip")
    return made


def tip_of(widget: QWidget) -> str:
    """Return what the tooltip of a widget says where the pointer rests on it."""
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), widget.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(widget, event)
    return QToolTip.text()


@pytest.mark.parametrize(
    "make", [lambda: ElidedLabel(LONG), lambda: YieldingLabel(LONG), lambda: LinkButton("place", LONG), chip]
)
def test_only_words_that_are_cut_off_stand_in_the_tooltip(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.setToolTip("a tip")
    widget.show()
    for width, said in ((80, f"{LONG}\na tip"), (900, "a tip")):
        widget.setFixedWidth(width)
        # The words are laid out anew once the width is there.
        wait_until(qtbot, lambda said=said: tip_of(widget) == said)
    QToolTip.hideText()


def test_a_landscape_and_a_racer_with_long_names_tell_them_whole(qtbot: QtBot, same_window: MainWindow) -> None:
    window, session = same_window, same_window.session
    session.set_look(session.racers[0].key, name=LONG)
    session.name_landscape(LONG)
    window.bottom_panel.edit(session.racers[0].key)
    card, button = window.racers_panel.cards[0], window.formula_bar.landscape.button
    assert isinstance(button, QPushButton)
    for widget in (card.name, button):
        assert tip_of(widget).startswith(LONG)
    name = window.bottom_panel.rule.name
    name.setFixedWidth(80)
    assert tip_of(name).startswith(LONG)
    name.setMaximumWidth(10_000)
    window.bottom_panel.rule.close_rule()
    QToolTip.hideText()
