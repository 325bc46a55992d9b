"""What the window shows at one moment, and what it looks like on a stage: everything that a picture is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from engine.language.types import Bounds
from engine.live.frame import Frame
from engine.loss.function_loss import FunctionLoss
from gui.look.theme import Theme
from gui.session.choices import FIRST_LANDSCAPE, Choices
from gui.session.session import Session
from gui.views.curves.view import LossCurves
from gui.window.controller import Controller
from gui.window.landscape_views import LandscapeViews
from landscapes import CATALOGUE


class PictureError(Exception):
    """A picture cannot be drawn or written; the message is a plain sentence that says why."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What the window shows.

    Attributes
    ----------
    function : FunctionLoss or None
        The Python function that is raced on, if there is one.
    map_bounds : ((xmin, xmax), (ymin, ymax))
        The part of the plane that the map shows.
    chart_bounds : ((low, high), (low, high)) or None
        The part of its axes that the loss chart shows; None for all of them.
    sizes : mapping
        The size of each of `PICTURE_VIEWS` in the window.
    grabbed : QImage
        The window itself, with everything that is open or being typed in it.
    """

    frame: Frame
    choices: Choices
    theme: Theme
    function: FunctionLoss | None
    map_bounds: Bounds
    chart_bounds: Bounds | None
    sizes: Mapping[str, QSize]
    grabbed: QImage


@dataclass(frozen=True, eq=False)
class Cast:
    """The parts of a stage: a whole window, or the views of a picture.

    Attributes
    ----------
    widget : QWidget
        What the picture shows.
    show_frame : callable
        Shows a frame everywhere.
    is_drawn : callable
        Returns whether everything shows the newest frame.
    prepare : callable
        Called before each drawing: it hides what no picture shows.
    close : callable
        Ends the threads.
    """

    widget: QWidget
    controller: Controller
    landscape_views: LandscapeViews
    curves: LossCurves
    show_frame: Callable[[Frame], object]
    is_drawn: Callable[[], bool]
    prepare: Callable[[], object]
    close: Callable[[], object]


MakeWindow = Callable[[Session, Theme, FunctionLoss | None], Cast]
"""Makes a second window on a session of its own, in a theme, which races on the function if there is one."""


def session_of(choices: Choices) -> Session:
    """Return a session with these choices, which nobody else changes."""
    session = Session(CATALOGUE[FIRST_LANDSCAPE], ())
    session.take(choices)
    return session
