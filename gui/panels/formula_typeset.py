"""The formula as it is read, typeset beneath the text: a strip that keeps its height, whatever is typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.frame import FormulaState
from engine.language.errors import FormulaError
from engine.language.parser import parse_formula
from engine.language.typeset import typeset_formula
from engine.slopes import slope_lines
from gui.panels.formula_drawing import Room, picture_of
from gui.theme import Theme
from gui.views.worker import Worker

HEIGHT_PX, WITH_SLOPES_PX = 54, 132
PAUSE_MS = 40
"""After a keystroke the landscape comes first: typesetting takes Python's lock from it."""
DIMMED = 0.35
"""Opacity of the last good formula while the text is wrong."""
TOO_MUCH = "This formula is too large to be shown typeset."


class FormulaTypeset(QScrollArea):
    """Shows the last good formula, and its slopes where they are wanted; a thread of its own draws them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("The formula as it is read")
        self.setObjectName("typeset")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self._theme, self._slopes, self._text = theme, False, ""
        self._asked, self._answered = 0, 0
        self._worker = Worker("typesetter")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.setFixedHeight(HEIGHT_PX)

    @property
    def up_to_date(self) -> bool:
        """Tell whether the strip shows everything that was asked for."""
        return not self._pause.isActive() and self._answered == self._asked

    def show_state(self, state: FormulaState) -> None:
        """Show the last good formula, dimmed while the newest text is none."""
        self.sheet.set_opacity(1.0 if state.error is None else DIMMED)
        if state.text != self._text:
            self._text = state.text
            self.setAccessibleDescription(state.text)
            self._pause.start()

    def show_slopes(self, wanted: bool) -> None:
        """Show the slopes too, or the formula alone."""
        self._slopes = wanted
        self.setFixedHeight(WITH_SLOPES_PX if wanted else HEIGHT_PX)
        self._pause.start()

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new size."""
        super().resizeEvent(event)
        self._pause.start()

    def end(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._worker.end()

    def _ask(self) -> None:
        if not self._text:
            return
        self._asked += 1
        bar = self.verticalScrollBar().sizeHint().width()
        room = Room(self.width() - bar, self.height(), self.devicePixelRatioF())
        request = partial(_draw, self._text, self._slopes, room, self._theme.text)
        self._worker.ask("formula", _numbered(self._asked, request), self._take)

    def _take(self, answer: tuple[int, QImage | str]) -> None:
        self._answered, picture = answer
        self.sheet.show_picture(picture)
        # The strip alone decides what is seen of a large formula: it begins where reading begins.
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)


def _numbered(number: int, task: Callable[[], QImage | str]) -> Callable[[], tuple[int, QImage | str]]:
    return lambda: (number, task())


def _draw(text: str, slopes: bool, room: Room, colour: str) -> QImage | str:
    """Return a picture of a formula, or a sentence; on the thread."""
    try:
        lines = typeset_formula(parse_formula(text))
        picture = picture_of([*lines, *(slope_lines(text) if slopes else ())], room, colour, apart=slopes)
    except FormulaError as error:
        return str(error)
    return picture or TOO_MUCH


class _Sheet(QWidget):
    """A picture, or a sentence in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.picture: QImage | str = ""
        self.opacity = 1.0

    def show_picture(self, picture: QImage | str) -> None:
        """Show another picture, and be as large."""
        self.picture = picture
        if isinstance(picture, QImage):
            self.resize(picture.deviceIndependentSize().toSize())
        else:
            self.resize(self.fontMetrics().boundingRect(picture).size() + QSize(2, 8))
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Be seen more or less clearly."""
        if opacity != self.opacity:
            self.opacity = opacity
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        painter.setOpacity(self.opacity)
        if isinstance(self.picture, QImage):
            painter.drawImage(0, 0, self.picture)
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.picture)
