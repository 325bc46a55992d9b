"""Films the real window for the README: a formula is typed, a parameter is dragged, and four racers run down.

A picture is taken once the window shows all that was asked of it, and the clock of the race goes on by the same time
from picture to picture: the film runs smoothly, however slow the machine is.  It ends as it began, so that it repeats
without a jolt.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from PIL import Image
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QImage, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine.live import pacing
from gui.session.session import Session
from gui.shell.app import make_application, open_window
from gui.window import status_line
from gui.window.main_window import MainWindow
from landscapes import LANDSCAPES

FILM = Path(__file__).with_name("film.webp")
SIZE = QSize(1280, 960)
"""The window's, in pixels: the cards of all four racers are whole in it."""
FILM_SIZE = QSize(1080, 810)
"""The film's: a page on GitHub is narrower, and each pixel more makes it longer to load."""
RATE_HZ = 20
"""Pictures a second."""

FORMULA = "x^4 - 16x^2 + 5x + y^4 - a*y^2 + 5y"
"""StyblinskiTang, doubled.  Without brackets, so that its beginnings are landscapes too."""
PARAMETER, VALUE, ENDS = "a", 16.0, (0.0, 20.0)
LOWEST_SHARE = 0.05
"""How far along its slider the parameter is dragged before it comes back."""
RACERS = ("SGD(lr=0.004)", "Momentum(lr=0.002)", "RMSProp(lr=0.05)", "Adam(lr=0.3)")
START = (4.5, -0.1)
"""From here Momentum rolls through the nearest well into the lowest one, and the others stay in the nearest."""
SPEED = 40.0
"""Steps a second."""

LETTER, WAY, DRAG, TURN, PRESS, LOOK, END = 2, 8, 16, 16, 3, 5, 24
"""Pictures of a letter, a way of the pointer, half a drag, half a turn of the block, a press of the button, a look at
what has happened, and a look at the end."""
RACE = 72
"""Pictures of the race."""
TURN_PX = QPointF(70.0, 10.0)
"""How far the block is turned, by dragging it to and fro."""

ARROW = QPolygonF([
    QPointF(x, y) for x, y in ((0, 0), (0, 17), (4, 13.2), (7, 19.5), (9.6, 18.3), (6.8, 12.2), (12, 12))
])  # fmt: skip
"""The outline of the pointer, in pixels from its tip."""
ARROW_WIDTH_PX, RING_WIDTH_PX, RING_PX = 1.2, 2.0, 11.0
"""The widths of its outline and of the ring that shows a press, and that ring's radius."""
QUALITY, EFFORT = 42, 4
"""Of the compression, of 100 and of 6."""
PATIENCE_S, REST_S, NAP_S = 20.0, 0.03, 0.002
"""The longest wait for a picture, for how long nothing new may have come before it is taken, and between two looks."""
SPARE_S = 1e-9
"""What is added to the time of a picture, so that no rounding takes its last step to the next picture."""
LOOKS = 8
"""So often a race looks at its clock, at least, until it has made the steps of a picture."""


class FilmClock:
    """A clock in the place of the module `time`, which goes on from picture to picture.

    Attributes
    ----------
    looks : int
        How often it was looked at since the last picture.
    """

    def __init__(self) -> None:
        self._now, self.looks = 0.0, 0

    def monotonic(self) -> float:
        """Return the seconds since the film began."""
        self.looks += 1
        return self._now

    def go_on(self) -> None:
        """Go on to the next picture."""
        self._now += 1.0 / RATE_HZ + SPARE_S
        self.looks = 0


class Hand:
    """The pointer of the person in the film, which is painted into the pictures.

    Parameters
    ----------
    window : MainWindow
    place : QPointF
        Where the pointer lies at first, in the window.
    """

    def __init__(self, window: MainWindow, place: QPointF) -> None:
        self._window, self._place, self._pressed = window, place, False
        self._lie()

    def move(self, widget: QWidget, place: QPointF, pictures: int = WAY) -> Iterator[None]:
        """Move to a place of a widget, slowly at first and in the end; yield for each picture."""
        start, end = self._place, QPointF(widget.mapTo(self._window, place.toPoint()))
        for number in range(1, pictures + 1):
            self._place = start + (end - start) * (1.0 - math.cos(math.pi * number / pictures)) / 2.0
            if self._pressed:
                self._send(widget, QEvent.Type.MouseMove, Qt.MouseButton.NoButton)
            else:
                self._lie()
            yield

    def press(self, widget: QWidget) -> None:
        """Press the left button over a widget, which takes the keyboard where it takes it by a click."""
        self._pressed = True
        if widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            widget.setFocus(Qt.FocusReason.MouseFocusReason)
        self._send(widget, QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)

    def release(self, widget: QWidget) -> None:
        """Release the button over a widget."""
        self._pressed = False
        self._send(widget, QEvent.Type.MouseButtonRelease, Qt.MouseButton.LeftButton)
        self._lie()

    def paint(self, painter: QPainter) -> None:
        """Paint the pointer, with a ring round its tip while the button is pressed."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._place)
        if self._pressed:
            painter.setPen(QPen(QColor("white"), RING_WIDTH_PX))
            painter.drawEllipse(QPointF(), RING_PX, RING_PX)
        painter.setPen(QPen(QColor("black"), ARROW_WIDTH_PX))
        painter.setBrush(QColor("white"))
        painter.drawPolygon(ARROW)

    def _lie(self) -> None:
        """Let what lies under the pointer know of it."""
        QCursor.setPos(self._window.mapToGlobal(self._place.toPoint()))

    def _send(self, widget: QWidget, kind: QEvent.Type, button: Qt.MouseButton) -> None:
        place = widget.mapFrom(self._window, self._place.toPoint())
        held = Qt.MouseButton.LeftButton if self._pressed else Qt.MouseButton.NoButton
        everywhere, modifiers = QPointF(widget.mapToGlobal(place)), Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(place), everywhere, button, held, modifiers))


def story(window: MainWindow, hand: Hand) -> Iterator[None]:
    """Do in the window what the person in the film does; yield for each picture."""
    yield from _look(LOOK)
    yield from _type(window, hand)
    yield from _look(LOOK)
    yield from _drag_parameter(window, hand)
    yield from _look(LOOK)
    yield from _race(window, hand)
    yield from _look(END)


def _look(pictures: int) -> Iterator[None]:
    return itertools.repeat(None, pictures)


def _click(hand: Hand, widget: QWidget) -> Iterator[None]:
    hand.press(widget)
    yield from _look(PRESS)
    hand.release(widget)
    yield


def _type(window: MainWindow, hand: Hand) -> Iterator[None]:
    """Type the formula in the place of the one that is there."""
    editor = window.formula_bar.editor
    yield from hand.move(editor, QPointF(editor.rect().center()))
    editor.setFocus(Qt.FocusReason.MouseFocusReason)
    yield from _click(hand, editor.viewport())
    editor.selectAll()
    yield from _look(LOOK)
    for letter in FORMULA:
        QTest.keyClicks(editor, letter)
        yield from _look(0 if letter.isspace() else LETTER)


def _drag_parameter(window: MainWindow, hand: Hand) -> Iterator[None]:
    """Drag the parameter down and back."""
    slider = window.formula_bar.sliders[PARAMETER].slider
    here = QPointF(slider.handle().center())
    yield from hand.move(slider, here)
    hand.press(slider)
    yield from hand.move(slider, QPointF(LOWEST_SHARE * slider.width(), here.y()), DRAG)
    yield from hand.move(slider, here, DRAG)
    hand.release(slider)
    yield


def _race(window: MainWindow, hand: Hand) -> Iterator[None]:
    """Let the race run, and turn the block to and fro meanwhile."""
    play, surface = window.transport.play, window.surface.panels[0]
    yield from hand.move(play, QPointF(play.rect().center()))
    yield from _click(hand, play)
    middle = QPointF(surface.rect().center())
    yield from hand.move(surface, middle)
    hand.press(surface)
    for place in (middle + TURN_PX, middle - TURN_PX, middle):
        yield from hand.move(surface, place, TURN)
    hand.release(surface)
    yield from _look(RACE - WAY - 3 * TURN)
    QTest.keyClick(surface, Qt.Key.Key_Space)


def opened() -> MainWindow:
    """Return the window, in which the race of the film can be repeated."""
    application = make_application()
    # A cursor that blinks in real time would flicker in the film.
    application.setCursorFlashTime(0)
    session = Session(replace(LANDSCAPES["StyblinskiTang"], minima=()), RACERS)
    session.set_start(*START)
    session.set_parameter(PARAMETER, VALUE)
    session.set_parameter_range(PARAMETER, *ENDS)
    session.set_speed(SPEED)
    window = open_window(session, "dark", None, restore=False)
    # No sentence about compiling is to be seen.
    window.precompiler.end()
    window.resize(SIZE)
    window.show()
    window.activateWindow()
    return window


def pictures(window: MainWindow, rehearsed: bool = True) -> Iterator[QImage]:
    """Yield the pictures of the film.

    Parameters
    ----------
    window : MainWindow
        As `opened` returns it.
    rehearsed : bool
        Whether the story is gone through once before, unseen, so that the film begins as it ends.
    """
    race_clock, frame_clock = FilmClock(), FilmClock()
    # What paces the race, and what says how fast it goes, reads the time from here.
    pacing.time, status_line.time = cast("Any", race_clock), cast("Any", frame_clock)
    hand = Hand(window, QPointF(window.rect().center()))
    for rehearsal in (True, False) if rehearsed else (False,):
        for _ in story(window, hand):
            # What was asked for is answered before the clock goes on, or it would be chance whether a step comes first.
            settle(window, race_clock)
            race_clock.go_on()
            frame_clock.go_on()
            settle(window, race_clock)
            if not rehearsal:
                yield picture(window, hand)


def settle(window: MainWindow, clock: FilmClock) -> None:
    """Wait until the window shows what was asked of it, and the race has made the steps that are due.

    Raises
    ------
    RuntimeError
        If that takes too long.
    """
    runner, known, rested = window.controller.runner, None, 0.0
    deadline = time.monotonic() + PATIENCE_S
    while not _shows_newest(window, clock) or time.monotonic() < rested + REST_S:
        QApplication.processEvents()
        if runner.latest() is not known:
            known, rested = runner.latest(), time.monotonic()
        if time.monotonic() > deadline:
            raise RuntimeError("The window did not show what was asked of it.")
        time.sleep(NAP_S)


def _shows_newest(window: MainWindow, clock: FilmClock) -> bool:
    """Return whether the views show the newest step; sliders of half-typed names may still come."""
    frame, newest = window.frame, window.controller.runner.latest()
    if frame is None or newest is None or frame.number != newest.number:
        return False
    if frame.playing and clock.looks < LOOKS:
        return False
    answered = frame.answered == window.controller.runner.newest_request
    return answered and window.landscape_views.up_to_date and window.charts.up_to_date


def picture(window: MainWindow, hand: Hand) -> QImage:
    """Return a picture of the window and the pointer."""
    image = window.grab().toImage()
    painter = QPainter(image)
    hand.paint(painter)
    painter.end()
    smooth = Qt.TransformationMode.SmoothTransformation
    return image.scaled(FILM_SIZE, mode=smooth).convertToFormat(QImage.Format.Format_RGB888)


def write(film: Iterable[QImage], path: Path) -> None:
    """Write pictures as an animation that repeats for ever."""
    first, *others = [
        Image.frombytes("RGB", image.size().toTuple(), bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())
        for image in film
    ]
    duration_ms = round(1000 / RATE_HZ)
    first.save(
        path, save_all=True, append_images=others, duration=duration_ms, loop=0, quality=QUALITY, method=EFFORT
    )  # fmt: skip


if __name__ == "__main__":
    shown = opened()
    write(pictures(shown), FILM)
    shown.close()
