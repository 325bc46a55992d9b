"""Opens the program on the screen it is started on, and names every control that cannot be brought into sight.

`test_small_screens` starts it as a program of its own: how much a screen is scaled is settled before there is a window.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, QStandardPaths
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QSlider,
    QWidget,
)

from engine.data.rows import table_at
from gui.look.theme import FRAME_PX
from gui.session.session import Session
from gui.shell.app import make_application, open_window
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE

CONTROLS = QAbstractButton, QComboBox, QGraphicsView, QLineEdit, QListView, QPlainTextEdit, QSlider
TABLE = str(Path(__file__).parents[2] / "data" / "landscape_values.csv")
MANY = (
    "SGD", "Momentum", "RMSProp", "Adam", "Lion", "AdaGrad", "NAdam", "AdamW", "Adadelta", "Rprop", "BFGS", "CMAES",
)  # fmt: skip
WITH_SLIDERS = "a*x^2 + b*y^2 + c*x + d*y + e1*x*y + a_name_that_is_long*x + k*y"
PATIENCE_MS, SETTLE_MS, REST_MS = 60_000, 150, 20
MOST_LOOKS = 12
LEAST_PX = 12
"""Least width and height of a control that a person can hit."""


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(PATIENCE_MS // REST_MS):
        if holds():
            return
        QTest.qWait(REST_MS)
    raise AssertionError("the window does not get ready")


def unreachable(top: QWidget) -> Iterator[str]:
    """Name each control of a window that no scrolling brings into the window and onto the screen."""
    screen = top.screen().availableGeometry()
    if not screen.contains(top.geometry()):
        yield f"{top}: {top.geometry()} beyond the screen, {screen}"
    for control in top.findChildren(QWidget):
        told = isinstance(control, QLabel) and control.objectName() == "error" and control.text()
        # A control inside another one, such as the button that clears a search, is counted with the outer one.
        inner = isinstance(control.parent(), (QLineEdit, QComboBox))
        meant = (told or isinstance(control, CONTROLS)) and not inner
        if meant and control.isVisible() and control.window() is top and not in_sight(control, top):
            name = control.accessibleName() or control.toolTip() or getattr(control, "text", lambda: "")()
            yield f"{type(control).__name__} {name!r}: {control.geometry()} of {control.parentWidget()}"


def in_sight(control: QWidget, top: QWidget) -> bool:
    """Return whether scrolling shows all of a control, or as much of a list as its viewport holds."""
    areas, parent = list[QScrollArea](), control.parentWidget()
    while parent is not None and parent is not top:
        if isinstance(parent, QScrollArea):
            areas.append(parent)
        parent = parent.parentWidget()
    for area in reversed(areas):
        # Not `ensureWidgetVisible`, which shows only the part of a field around its cursor.
        middle = control.mapTo(area.widget(), control.rect().center())
        area.ensureVisible(middle.x(), middle.y(), control.width() // 2 + 1, control.height() // 2 + 1)
    whole, parent = control.rect(), control.parentWidget()
    if min(whole.width(), whole.height()) < LEAST_PX:
        return False
    while parent is not None:
        shown = QRect(control.mapTo(parent, QPoint()), control.size())
        if not parent.rect().contains(shown):
            return False
        parent = parent.parentWidget() if parent is not top else None
    return True


def look(where: str, top: QWidget) -> list[str]:
    """Return the controls that cannot be reached once the layouts no longer change."""
    found: list[str] = []
    for _ in range(MOST_LOOKS):
        QTest.qWait(SETTLE_MS)
        found = [f"{where}: {trouble}" for trouble in unreachable(top)]
        if not found:
            break
    return found


def opened(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Open every card and dialog in turn."""
    card, bar = window.racers_panel.cards[-1], window.formula_bar.landscape
    for name, open_it in {
        "noise": window.racers_panel.noise.open_popover,
        "optimizers": window.racers_panel.open_list,
        "landscapes": bar.open_picker,
        "turn": bar.open_transform,
        "numbers of the place": bar.open_place,
        "save": bar.open_form,
        "keyboard": window.show_keys,
        "add modifier": card.footer.open_list,
        "about": card.footer.open_details,
        "palette": card.open_palette,
        "table": lambda: window.table_opening.show_columns(TABLE, table_at(TABLE)),
        "range": next(iter(card.sliders.values())).open_range,
    }.items():
        top = open_it()
        yield name, top
        for field in top.findChildren(QLineEdit):
            # An invalid number, because its error message takes room too.
            field.insert("0,5")
            field.editingFinished.emit()
        yield f"{name} with a mistake", top
        top.close()


def menus(window: MainWindow) -> Iterator[str]:
    screen = window.screen().availableGeometry()
    for menu in window.menuBar().findChildren(QMenu):
        menu.popup(window.mapToGlobal(window.menuBar().rect().bottomLeft()))
        QTest.qWait(SETTLE_MS // 10)
        if not screen.contains(menu.geometry()):
            yield f"menu {menu.title()}: {menu.geometry()}"
        menu.close()


def troubles(window: MainWindow) -> list[str]:
    """Return the controls that cannot be reached, for every state of the window."""
    session = window.session
    found = look("few racers", window)
    for name in MANY:
        session.add_racer(name)
    session.add_modifier(session.racers[0].key, "clip_norm")
    session.add_modifier(session.racers[0].key, "schedule(cos(pi*t/T))")
    session.set_look(session.racers[1].key, name="a name that is longer than any card is wide, and goes on")
    wait_until(lambda: window.frame is not None and len(window.frame.racers) == len(session.racers))
    for card in window.racers_panel.cards:
        if not card.more.isHidden():
            card.more.click()
    window.transport.step.insert("0,5")
    window.transport.step.editingFinished.emit()
    found += look("many racers, all sliders, a mistake", window)
    window.edit_some_rule()
    found += look("a rule", window)
    window.bottom_panel.rule.save.click()
    found += look("a name for a rule", window)
    window.bottom_panel.rule.close_rule()
    window.landscape_views.switch_layout()
    found += look("side by side", window)
    window.landscape_views.switch_layout()
    session.set_formula(WITH_SLIDERS)
    wait_until(lambda: len(window.formula_bar.sliders) == 7)
    window.formula_bar.slopes.click()
    found += look("sliders and slopes", window)
    window.edit_some_rule()
    found += look("sliders, slopes and a rule", window)
    for name, top in opened(window):
        found += look(name, top)
    session.choose(CATALOGUE["LinearRegression"])
    wait_until(lambda: window.frame.columns is not None and "points" in window.formula_bar.data.sliders)
    found += look("data and a rule", window)
    window.bottom_panel.rule.close_rule()
    wait_until(window.bottom_panel.data.isVisible)
    return found + look("data", window) + list(menus(window))


def main(theme: str) -> None:
    QStandardPaths.setTestModeEnabled(True)
    application = make_application()
    window = open_window(Session(CATALOGUE["Himmelblau"], []), theme, None, restore=False)
    window.show()
    wait_until(lambda: window.frame is not None and window.contour.landscape_shown)
    screen = window.screen().availableSize()
    # Smaller than the screen by the frame that a window system would add.
    window.resize(screen - QSize(*FRAME_PX))
    print(f"screen {screen.width()} x {screen.height()}", file=sys.stderr)
    for trouble in troubles(window):
        print(trouble)
    print(f"window {window.width()} x {window.height()}", file=sys.stderr)
    window.close()
    del application
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
