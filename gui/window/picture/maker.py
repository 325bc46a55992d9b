"""Makes the pictures of one moment, of whichever view and size are wanted."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from gui.look.theme import DARK, LIGHT, Theme
from gui.session.picture_choice import AS_SHOWN, SCALES, PictureChoice
from gui.window.picture.moment import MakeWindow, Moment, PictureError
from gui.window.picture.stage import PictureStage

THEMES_OF_WORDS = {DARK.name: DARK, LIGHT.name: LIGHT}


class PictureMaker(QObject):
    """Draws what is asked for last, and gives its image.

    Attributes
    ----------
    drawn : signal
        What was asked for last is drawn.
    """

    drawn = Signal()

    def __init__(self, moment: Moment, make_window: MakeWindow) -> None:
        super().__init__()
        self.moment, self._make_window = moment, make_window
        self._stage: PictureStage | None = None
        self._staged: tuple[str, Theme] | None = None
        self._grabbed = QTimer(self, singleShot=True, interval=0)
        self._grabbed.timeout.connect(self.drawn)

    def draw(self, choice: PictureChoice) -> None:
        """Draw a picture; `drawn` is emitted once its image can be taken.

        Raises
        ------
        PictureError
            Where there is no such picture, and why.
        """
        theme = self._theme(choice)
        if is_the_window(choice, theme, self.moment):
            # Another window would lack what is scrolled, opened or typed in this one.
            self.end()
            self._grabbed.start()
            return
        self._grabbed.stop()
        if self._stage is None or self._staged != (choice.view, theme):
            self.end()
            self._stage = PictureStage(self.moment, choice.view, theme, self._make_window)
            self._staged = choice.view, theme
            self._stage.drawn.connect(self.drawn)
        try:
            self._stage.take_size(choice)
        except PictureError:
            # A stage that was never shown has been laid out for no size.
            self.end()
            raise

    @property
    def is_drawn(self) -> bool:
        """Whether the image of what was asked for last can be taken."""
        return self._stage.is_drawn if self._stage is not None else not self._grabbed.isActive()

    @property
    def pixels(self) -> QSize:
        """The size of the picture that was asked for last."""
        return self._stage.pixels if self._stage is not None else self.moment.grabbed.size()

    def image(self, most_pixels: float = math.inf) -> QImage:
        """Return the picture, or the same picture in small.

        Raises
        ------
        PictureError
            Where it is too large for the memory or for OpenGL.
        """
        if self._stage is not None:
            return self._stage.image(most_pixels)
        image = QImage(self.moment.grabbed)
        image.setDevicePixelRatio(1.0)
        return image

    def end(self) -> None:
        """End what draws."""
        self._grabbed.stop()
        if self._stage is not None:
            self._stage.end()
            self._stage.deleteLater()
        self._stage = self._staged = None

    def _theme(self, choice: PictureChoice) -> Theme:
        return self.moment.theme if choice.theme == AS_SHOWN else THEMES_OF_WORDS[choice.theme]


def is_the_window(choice: PictureChoice, theme: Theme, moment: Moment) -> bool:
    """Return whether a picture is wanted of the window just as it stands."""
    as_shown = choice.size is None and choice.scale == SCALES[0]
    return choice.view == "window" and as_shown and theme is moment.theme
