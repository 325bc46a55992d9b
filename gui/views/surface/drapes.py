"""What lies on the ground of all 3-D views: basin maps, and swarms, which are shown less often than a race's frames."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from gui.views.surface.items.drape import DrapedImage

SWARM_PAUSE_MS = 80
"""Pause after a picture of swarms: with each the whole ground is drawn anew."""
Images = Sequence[DrapedImage | None]


class Drapes(QObject):
    """The images of all views, in the order of the views; `due` is emitted when the views are to take them."""

    due = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._maps: Images = ()
        self._swarms: Images = ()
        self._late = False
        self._pause = QTimer(self, singleShot=True, interval=SWARM_PAUSE_MS)
        self._pause.timeout.connect(self._go_on)

    @property
    def wait(self) -> bool:
        """Whether swarms wait that are newer than those of the views."""
        return self._late

    def show_maps(self, maps: Images) -> None:
        """Lay a basin map on the ground of each view; None lays none."""
        if not _are_same(maps, self._maps):
            self._maps = tuple(maps)
            self.due.emit()

    def show_swarms(self, swarms: Images) -> None:
        """Lay swarms on the ground of each view, a moment later if they change fast; None lays none."""
        if _are_same(swarms, self._swarms):
            return
        self._swarms = tuple(swarms)
        if self._pause.isActive():
            self._late = True
        else:
            self._pause.start()
            self.due.emit()

    def of(self, number: int) -> tuple[DrapedImage | None, DrapedImage | None]:
        """Return the basin map and the swarms of a view, by its number."""
        basins, swarms = (each[number] if number < len(each) else None for each in (self._maps, self._swarms))
        return basins, swarms

    def end(self) -> None:
        """Emit nothing more."""
        self._pause.stop()

    def _go_on(self) -> None:
        """Show what came during the pause."""
        if self._late:
            self._late = False
            self._pause.start()
            self.due.emit()


def _are_same(images: Images, others: Images) -> bool:
    return len(images) == len(others) and all(one is other for one, other in zip(images, others, strict=True))
