"""Contents of the 3-D view for tests, and functions that read its picture."""

import time
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from engine.live.frame import RacerFrame
from engine.loss.heights import fit_scale
from engine.loss.terrain import Terrain
from engine.race.trail import Trail
from gui.look.theme import RACER_COLOURS
from gui.views.racer_look import RacerLook
from gui.views.surface.view import SurfaceView

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
SIZE = (480, 520)
COLOUR_DISTANCE = 30
PATIENCE_S = 20.0


def terrain(
    number: int, loss: Callable[[np.ndarray, np.ndarray], np.ndarray], samples: int = 128, kind: str = "log"
) -> Terrain:
    x, y = np.meshgrid(np.linspace(*BOUNDS[0], samples), np.linspace(*BOUNDS[1], samples))
    with np.errstate(all="ignore"):
        values = np.broadcast_to(np.asarray(loss(x, y), dtype=np.float64), x.shape)
    scale = fit_scale(values, kind)
    return Terrain(number, BOUNDS, scale.heights(values), values, scale)


def bowl(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x**2 + (y - 1) ** 2


def racer(points: Sequence[tuple[float, float]], generation: int = 0, rank: int = 1) -> RacerFrame:
    positions = np.array(points, dtype=np.float64)
    trail = Trail(generation, np.arange(len(positions)), positions, np.zeros(len(positions)))
    return RacerFrame((float(positions[-1, 0]), float(positions[-1, 1])), 0.0, "running", rank, trail)


def settle(view: SurfaceView) -> None:
    """Wait for the newest picture."""
    deadline = time.monotonic() + PATIENCE_S
    while not view.up_to_date and time.monotonic() < deadline:
        QApplication.processEvents()
        time.sleep(0.001)
    assert view.up_to_date, "the picture did not come"


def pixels(view: SurfaceView) -> np.ndarray:
    """Return the newest picture of a view, int (rows, columns, 3): red, green, blue."""
    settle(view)
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), 2::-1].astype(int)


def of_colour(picture: np.ndarray, colour: str) -> np.ndarray:
    wanted = QColor(colour)
    return np.abs(picture - [wanted.red(), wanted.green(), wanted.blue()]).max(axis=2) < COLOUR_DISTANCE


def count_of(picture: np.ndarray, colour: str) -> int:
    return int(of_colour(picture, colour).sum())


def ground(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows and the columns of all pixels that are not background."""
    return np.nonzero(np.abs(picture - picture[0, 0]).max(axis=2) > 8)


def fan(count: int, length: int) -> tuple[tuple[RacerLook, ...], tuple[RacerFrame, ...]]:
    """Return racers whose trails lead from the middle in different directions, to just inside the domain's edge."""
    racers = []
    for number in range(count):
        angle, way = 2 * np.pi * number / count, np.linspace(0.0, 1.6, length)
        racers.append(racer(np.stack([way * np.cos(angle), 1 + way * np.sin(angle)], axis=1).tolist(), rank=number + 1))
    looks = tuple(RacerLook(f"racer {number}", RACER_COLOURS[number]) for number in range(count))
    return looks, tuple(racers)


def drag(view: SurfaceView, start: QPointF, end: QPointF) -> None:
    """Press the left button, move and release."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, place, button, held in (
        (QEvent.Type.MouseButtonPress, start, left, left), (QEvent.Type.MouseMove, end, none, left),
        (QEvent.Type.MouseButtonRelease, end, left, none),
    ):  # fmt: skip
        where = view.mapToGlobal(place)
        QApplication.sendEvent(view, QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier))
