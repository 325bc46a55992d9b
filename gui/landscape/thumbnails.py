"""Small pictures of landscapes: drawn once, on a thread of their own, and kept in files for the next start."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QObject, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPixmap

from engine.data.rows import columns_of
from engine.language.errors import FormulaError
from engine.loss.loss import Loss
from engine.loss.terrain import sample_terrain
from gui.background.worker import Worker
from gui.files.atomic_write import atomic_write
from gui.look.theme import Theme
from gui.session.choices import FIRST_HEIGHT
from gui.session.saved_landscape import data_of, height_of, transform_of
from gui.views.shading.pixels import make_palette, resample, shade
from landscapes import Landscape

RENDERER = 2
"""It grows when the same landscape is drawn otherwise, so that the pictures of older programs are no longer used."""
COLUMNS, ROWS = 96, 72
"""Samples of the landscape."""
WIDTH_PX, HEIGHT_PX = 256, 192
"""Of the picture: twice what a tile shows, for screens with small pixels and for the larger one beside the tiles."""
MOST_OTHERS = 250
"""Pictures that are kept beside those that were last asked for, 70 KB each: the whole catalogue in both themes."""
MOST_READY = 64
"""Pictures that are ready to be painted, 200 KB each: more than are ever seen at a time."""
FORMAT = "PNG"
PAUSE_MS = 40
"""From a picture until `arrived` is emitted for all that have come meanwhile: the window paints its tiles anew then."""
LAST_BYTES = b"IEND\xaeB`\x82"
"""How every whole picture file ends."""


class Thumbnails(QObject):
    """Reads or draws the pictures that are wanted, one after the other.

    In memory they are kept as the contents of their files, which take a third of the room of their pixels.

    Parameters
    ----------
    folder : Path, optional
        Where the pictures are kept; without one they are drawn anew in every program.

    Attributes
    ----------
    arrived : signal
        There are more pictures.
    progressed : signal of (int, int)
        How many pictures there are, and how many were wanted.
    drawn : int
        How many pictures had to be drawn because there was no whole file of them.
    """

    arrived = Signal()
    progressed = Signal(int, int)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._worker = Worker("thumbnails")
        self._wanted: set[str] = set()
        self._contents: dict[str, bytes] = {}
        self._ready: dict[str, QPixmap] = {}
        self.drawn = 0
        self._ended = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._emit_arrived)

    def picture(self, landscape: Landscape, theme: Theme) -> QPixmap | None:
        """Return the picture of a landscape, or None where it is not there yet."""
        key = thumbnail_key(landscape, theme)
        if key not in self._contents:
            return None
        # The one that was last asked for comes last.
        picture = self._ready.pop(key, None)
        self._ready[key] = picture if picture is not None else QPixmap.fromImage(image_of(self._contents[key]))
        for old in list(self._ready)[:-MOST_READY]:
            del self._ready[old]
        return self._ready[key]

    def want(self, landscapes: Iterable[Landscape], theme: Theme) -> None:
        """Read or draw the pictures that are not there, in this order."""
        asked = {thumbnail_key(landscape, theme): landscape for landscape in landscapes}
        self._drop_others(asked)
        for key, landscape in asked.items():
            if key not in self._wanted:
                self._wanted.add(key)
                self._ask(key, landscape, theme)
        self.progressed.emit(len(self._contents), len(self._wanted))

    def _drop_others(self, asked: Collection[str]) -> None:
        """Drop the oldest pictures that are not asked for now; they can be read again from their files."""
        others = [key for key in self._contents if key not in asked]
        for key in others[: max(len(others) - MOST_OTHERS, 0)]:
            del self._contents[key]
            self._ready.pop(key, None)
            self._wanted.discard(key)

    def end(self) -> None:
        """End the thread that draws."""
        self._ended = True
        self._worker.end()

    def _ask(self, key: str, landscape: Landscape, theme: Theme) -> None:
        path = self._folder / f"{key}.png" if self._folder is not None else None
        self._worker.ask(
            key,
            lambda: (key, *kept_or_drawn(path, landscape, theme, self._is_wanted)),
            self._take,
            self._do_without,
        )

    def _is_wanted(self, share: float) -> bool:
        """Return whether a file that a landscape is fitted to is to be read further; on the thread."""
        return not self._ended

    def _take(self, answer: tuple[str, bytes, bool]) -> None:
        key, content, drawn = answer
        self._contents[key] = content
        self.drawn += drawn
        self._emit_soon()

    def _do_without(self, key: str) -> None:
        """Wait no longer for a picture that could not be drawn; when it is wanted again, it is tried again."""
        self._wanted.discard(key)
        self._emit_soon()

    def _emit_soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _emit_arrived(self) -> None:
        self.arrived.emit()
        self.progressed.emit(len(self._contents), len(self._wanted))


def thumbnail_key(landscape: Landscape, theme: Theme) -> str:
    """Return a name that differs between any two landscapes that are not drawn the same."""
    values = sorted(landscape.parameters.items())
    ground = (
        landscape.formula,
        landscape.domain,
        values,
        data_of(landscape),
        transform_of(landscape),
        height_of(landscape),
    )
    look = (theme.terrain, theme.iso_line, theme.hole)
    drawn_from = repr((RENDERER, COLUMNS, ROWS, WIDTH_PX, HEIGHT_PX, ground, look))
    return hashlib.sha256(drawn_from.encode()).hexdigest()


def kept_or_drawn(
    path: Path | None, landscape: Landscape, theme: Theme, notify: Callable[[float], bool]
) -> tuple[bytes, bool]:
    """Return the picture that is kept at `path`, or draw and keep it; and whether it had to be drawn."""
    kept = kept_content(path) if path is not None else None
    if kept is not None:
        return kept, False
    image = drawn_image(landscape, theme, notify)
    content = content_of(image)
    # Not where the landscape cannot be drawn: a file of numbers that is gone may come back.
    if path is not None and image != hole_image(theme):
        # A picture that cannot be kept is drawn again at the next start.
        with contextlib.suppress(OSError):
            atomic_write(path, content)
    return content, True


def kept_content(path: Path) -> bytes | None:
    """Return the picture in a file, or None where there is no file or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    if not content.endswith(LAST_BYTES):
        return None
    image = image_of(content)
    return content if (image.width(), image.height()) == (WIDTH_PX, HEIGHT_PX) else None


def content_of(image: QImage) -> bytes:
    """Return the content of the file of a picture."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, FORMAT)  # type: ignore[call-overload]  # PySide declares bytes, and takes only str.
    return bytes(buffer.data().data())


def image_of(content: bytes) -> QImage:
    """Return the picture of a content; that of a damaged one has no size."""
    return QImage.fromData(content, FORMAT)  # type: ignore[arg-type]  # As above.


def drawn_image(landscape: Landscape, theme: Theme, notify: Callable[[float], bool] | None = None) -> QImage:
    """Return a picture of a landscape, or that of a hole where its formula cannot be drawn.

    `notify` is called now and then with the share of a file that is read; reading ends where it returns False.
    """
    try:
        loss = Loss(landscape.formula, {}, columns_of(data_of(landscape), notify), transform_of(landscape))
        loss.set(**{name: value for name, value in landscape.parameters.items() if name in loss.parameters})
    except FormulaError:
        return hole_image(theme)
    height = height_of(landscape) or FIRST_HEIGHT
    # Not compiled: machine code for so few samples would take ten times as long as evaluating them without it.
    ground = sample_terrain(loss.preview, landscape.domain, COLUMNS, ROWS, 0, height)
    heights = resample(ground.heights, ground.bounds, ground.bounds, WIDTH_PX, HEIGHT_PX)
    pixels = shade(heights, make_palette(theme), WIDTH_PX, HEIGHT_PX)
    return QImage(pixels.data, WIDTH_PX, HEIGHT_PX, 4 * WIDTH_PX, QImage.Format.Format_RGB32).copy()


def hole_image(theme: Theme) -> QImage:
    """Return the picture of a landscape that cannot be drawn."""
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.hole))
    return image
