"""A wheel scrolls what it is over; it changes a control only where that has the keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QScrollBar, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.racers.panel import SETTLING_S
from gui.window.main_window import MainWindow
from tests.gui.person import settle, wait_until

pytestmark = pytest.mark.one_window

NOTCH = QPoint(0, -120)
STILL, FINGER = QPoint(), QPoint(0, -7)
"""Pixel deltas of one wheel event: none from a mouse, which reports notches only, and some from a trackpad."""

MOUSE = (Qt.ScrollPhase.NoScrollPhase,)
TRACKPAD = (Qt.ScrollPhase.ScrollBegin, Qt.ScrollPhase.ScrollUpdate, Qt.ScrollPhase.ScrollEnd)


def turn(target: QWidget, angle: QPoint = NOTCH, pixels: QPoint = STILL, at: QPoint | None = None) -> None:
    """Turn the wheel with the pointer over a control; a trackpad also reports the begin and the end of the gesture."""
    top, place = target.window(), target.rect().center() if at is None else at
    pointer = QPointF(target.mapTo(top, place))
    phases = Qt.ScrollPhase
    for phase in (
        (phases.NoScrollPhase,) if pixels.isNull() else (phases.ScrollBegin, phases.ScrollUpdate, phases.ScrollEnd)
    ):
        moves = phase in (phases.NoScrollPhase, phases.ScrollUpdate)
        told = (angle, pixels) if moves else (STILL, STILL)
        QTest.wheelEvent(top.windowHandle(), pointer, *told, Qt.KeyboardModifier.NoModifier, phase)


@pytest.fixture
def full(qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """Yield a window with more racers than its panel shows, one of them with a typed schedule."""
    for name in ("Lion", "AdaGrad", "Nadam", "AdamW"):
        window.session.add_racer(name)
    window.session.add_modifier(window.session.racers[0].key, "schedule(cos(pi*t/T))")
    wait_until(qtbot, lambda: window.frame is not None and len(window.frame.racers) == 8)
    # The panel scrolls to the new card until its layouts no longer change.
    qtbot.wait(round(1000 * SETTLING_S))
    settle(qtbot, window)
    window.contour.panels[0].setFocus()
    yield window
    for popover in QApplication.topLevelWidgets():
        if popover.windowType() == Qt.WindowType.Popup:
            popover.close()


def under_pointer(viewport: QWidget) -> set[QWidget]:
    """Return the widgets in a viewport that a pointer can be over."""
    inner = viewport.findChildren(QWidget)
    return {one for one in inner if viewport.childAt(one.mapTo(viewport, one.rect().center())) is one}


def values(within: QWidget) -> list[int]:
    sliders = [slider.value() for slider in within.findChildren(QSlider)]
    return sliders + [box.currentIndex() for box in within.findChildren(QComboBox)]


@pytest.mark.parametrize("pixels", [QPoint(), FINGER], ids=["mouse", "trackpad"])
def test_a_wheel_over_the_racers_scrolls_them_and_changes_nothing(
    qtbot: QtBot, full: MainWindow, pixels: QPoint
) -> None:
    panel = full.racers_panel
    bar, before, chosen = panel.scroll_area.verticalScrollBar(), values(panel), full.session.choices()
    seen = set[QWidget]()
    for start in range(bar.pageStep() // 2, bar.maximum() - 60, bar.pageStep() // 2):
        bar.setValue(start)
        for widget in under_pointer(panel.scroll_area.viewport()) - seen:
            bar.setValue(start)
            turn(widget, pixels=pixels)
            assert bar.value() > start, f"{widget} keeps the wheel"
            seen.add(widget)
    assert len(seen) > 100 and {"Slider", "NumberField", "IconButton"} <= {type(widget).__name__ for widget in seen}
    assert values(panel) == before and full.session.choices() == chosen
    assert QApplication.focusWidget() is full.contour.panels[0]


def test_a_control_that_comes_under_the_resting_pointer_is_not_changed(full: MainWindow) -> None:
    panel, before = full.racers_panel, values(full.racers_panel)
    bar, viewport = panel.scroll_area.verticalScrollBar(), panel.scroll_area.viewport()
    pointer, passed = QPoint(viewport.width() // 2, viewport.height() // 3), set[str]()
    for _ in range(10 * bar.maximum()):
        passed.add(type(viewport.childAt(pointer)).__name__)
        turn(viewport, QPoint(0, -20), at=pointer)
        if bar.value() == bar.maximum():
            break
    assert bar.value() == bar.maximum() and "Slider" in passed
    assert values(panel) == before


def test_a_slider_with_the_keyboard_takes_the_wheel_under_the_pointer(qtbot: QtBot, full: MainWindow) -> None:
    panel = full.racers_panel
    first, second = panel.cards[0].sliders["lr"].slider, panel.cards[1].sliders["lr"].slider
    bar = panel.scroll_area.verticalScrollBar()
    first.setFocus()
    turn(first)
    assert bar.value() == 0 and panel.cards[0].sliders["lr"].value < 0.004
    held = first.value()
    turn(second)
    assert (first.value(), bar.value() > 0) == (held, True), "the pointer is over another one"
    bar.setValue(0)
    turn(first, at=QPoint(0, -50))
    assert first.value() == held, "a gesture that began on it goes on elsewhere"
    first.setValue(0)
    bar.setValue(0)
    turn(first)
    assert bar.value() == 0, "at its end it does not let the list slip away"


def test_a_wheel_over_time_and_parameters_changes_neither(qtbot: QtBot, full: MainWindow) -> None:
    full.session.set_formula("a*x^2 + b*y^2")
    wait_until(qtbot, lambda: list(full.formula_bar.sliders) == ["a", "b"])
    before = full.session.speed, dict(full.session.parameters), full.frame.step
    for slider in full.findChildren(QAbstractSlider):
        if not isinstance(slider, QScrollBar) and slider.isVisible():
            turn(slider)
            turn(slider, QPoint(0, 120))
    assert (full.session.speed, dict(full.session.parameters), full.frame.step) == before


def test_a_wheel_over_a_list_of_choices_changes_none_before_it_has_the_keyboard(full: MainWindow) -> None:
    popover = full.racers_panel.noise.open_popover()
    popover.seeds.field.setFocus()
    turn(popover.kind)
    assert popover.kind.currentIndex() == 0 and not popover.kind.hasFocus()
    popover.kind.setFocus()
    turn(popover.kind)
    assert popover.kind.currentIndex() == 1


def test_a_wheel_over_a_list_or_a_text_does_not_take_the_keyboard(full: MainWindow) -> None:
    for open_list in (full.racers_panel.open_list, full.formula_bar.landscape.open_picker):
        opened = open_list()
        keyboard = QApplication.focusWidget()
        assert keyboard is opened.search
        for widget in under_pointer(opened):
            turn(widget)
        assert QApplication.focusWidget() is keyboard
        opened.close()
    turn(full.formula_bar.editor.viewport())
    assert not full.formula_bar.editor.hasFocus()
    assert not [w for w in full.findChildren(QWidget) if w.focusPolicy() == Qt.FocusPolicy.WheelFocus and w.isVisible()]
