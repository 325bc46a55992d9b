"""Shows a formula or a rule typeset."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.language.display.typeset import typeset_formula, typeset_rule
from engine.language.errors import FormulaError
from engine.language.syntax.parser import parse_formula, parse_rule
from engine.live.frame import FormulaState
from engine.loss.slopes import slope_lines
from gui.background.worker import Worker
from gui.formula.drawing import Room, picture_of
from gui.look.offscreen import pixel_ratio
from gui.look.theme import Theme

HEIGHT_PX, WITH_SLOPES_PX = 58, 132
"""Heights of the strip.  With the editor it is as high as the landscape bar beside them, including one chip."""
PAUSE_MS = 40
"""The delay after a keystroke.  The landscape is drawn first, because typesetting would compete with it for the GIL."""
DIMMED = 0.35
"""Opacity of the last correct text while the present one has a mistake."""
Drawer = Callable[[Room, str], QImage | None]
"""Draws within a size in a colour, on the worker's thread; returns None where there is too much to draw."""
TOO_MUCH = "Too large to be shown typeset."


class Typeset(QScrollArea):
    """Shows the last correct text, drawn on a thread of its own.  `drawn` is emitted when there is another picture."""

    drawn = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("typeset")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self._theme, self.text = theme, ""
        self._asked, self._answered = 0, 0
        self._worker = Worker("typeset formula")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)

    @property
    def up_to_date(self) -> bool:
        """Whether all that was asked for is shown."""
        return not self._pause.isActive() and self._answered == self._asked

    def show_text(self, text: str, newest: bool) -> None:
        """Show the last correct text, dimmed where it is not the newest."""
        self.sheet.set_opacity(1.0 if newest else DIMMED)
        if text != self.text:
            self.text = text
            self.setAccessibleDescription(text)
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
        if not self.text:
            return
        self._asked += 1
        bar = self.verticalScrollBar().sizeHint().width()
        room = Room(self.width() - bar, self.height(), pixel_ratio(self))
        request = partial(_drawn, self._drawer(), room, self._theme.text)
        self._worker.ask("text", _numbered(self._asked, request), self._take)

    def _drawer(self) -> Drawer:
        raise NotImplementedError

    def _take(self, answer: tuple[int, QImage | str]) -> None:
        self._answered, picture = answer
        self.sheet.show_picture(picture)
        # Of a formula that is larger than the strip, its beginning is shown first.
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self.drawn.emit()


class FormulaTypeset(Typeset):
    """A formula, with its partial derivatives on demand, in a strip whose height does not depend on the text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "The formula, typeset")
        self._slopes = False
        self._columns: tuple[str, ...] = ()
        self.setFixedHeight(HEIGHT_PX)

    def show_state(self, state: FormulaState) -> None:
        """Show the last correct formula."""
        if state.columns != self._columns:
            self._columns = state.columns
            self._pause.start()
        self.show_text(state.text, state.error is None)

    def show_slopes(self, wanted: bool) -> None:
        """Show the formula with its partial derivatives, or alone."""
        self._slopes = wanted
        self.setFixedHeight(WITH_SLOPES_PX if wanted else HEIGHT_PX)
        self._pause.start()

    def _drawer(self) -> Drawer:
        return partial(_draw_formula, self.text, self._columns, self._slopes)


class RuleTypeset(Typeset):
    """The lines of a rule."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "The rule, typeset")

    def _drawer(self) -> Drawer:
        return partial(_draw_rule, self.text)


def _numbered(number: int, task: Callable[[], QImage | str]) -> Callable[[], tuple[int, QImage | str]]:
    return lambda: (number, task())


def _draw_formula(text: str, columns: tuple[str, ...], slopes: bool, room: Room, colour: str) -> QImage | None:
    formula = typeset_formula(parse_formula(text, columns))
    return picture_of([*formula, *(slope_lines(text, columns) if slopes else ())], room, colour, apart=slopes)


def _draw_rule(text: str, room: Room, colour: str) -> QImage | None:
    """Draw each line in a row of its own, as in a paper, or several in a row where not all rows would be visible."""
    lines = typeset_rule(parse_rule(text))
    picture = picture_of(lines, room, colour, apart=True)
    seen = picture is None or picture.deviceIndependentSize().height() <= room.height
    return picture if seen else picture_of(lines, room, colour, apart=False)


def _drawn(drawer: Drawer, room: Room, colour: str) -> QImage | str:
    """Return a picture, or a sentence that says why there is none."""
    try:
        return drawer(room, colour) or TOO_MUCH
    except FormulaError as error:
        return str(error)


class _Sheet(QWidget):
    """Paints a picture, or a sentence instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.picture: QImage | str = ""
        self.opacity = 1.0

    def show_picture(self, picture: QImage | str) -> None:
        """Show another picture, and take its size."""
        self.picture = picture
        if isinstance(picture, QImage):
            self.resize(picture.deviceIndependentSize().toSize())
        else:
            self.resize(self.fontMetrics().boundingRect(picture).size() + QSize(2, 8))
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Paint the picture with this opacity."""
        if opacity != self.opacity:
            self.opacity = opacity
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture or the sentence."""
        painter = QPainter(self)
        painter.setOpacity(self.opacity)
        if isinstance(self.picture, QImage):
            painter.drawImage(0, 0, self.picture)
        else:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, self.picture)
