"""The camera controller of linked 3-D views: standard views from a menu, a turntable, and following of a racer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal

from engine.live.frame import RacerFrame
from engine.loss.terrain import Terrain
from gui.views.surface.camera import Camera, Place, StandardView
from gui.views.surface.key_bindings import HOME
from gui.views.surface.panels import SurfacePanels
from gui.views.surface.scene_coordinates import scene_places

TURNTABLE_DEGREES_S = 12.0
"""Speed of the turntable; a whole turn takes half a minute."""
SLOWEST_DISPLAY_HZ = 30.0
"""Least refresh rate that is believed; some displays report none, or one too low for any movement."""
LONGEST_TURN_S = 0.1
"""Longest time for which one step turns the block, so that it does not jump after a pause."""
LEADER, NOBODY = -1, -2
"""Values of `followed` that are no racer's key: follow the leader, or nobody."""


class CameraController(QObject):
    """Turns the camera of `panels` continuously, keeps it on a racer, or sets it to a standard view."""

    changed = Signal()
    """Emitted when the projection, the turntable or the followed racer has changed."""
    camera_chosen = Signal(object)
    """The `Camera` or the `StandardView` that a person chose in a menu."""

    def __init__(self, panels: SurfacePanels) -> None:
        super().__init__(panels)
        self._panels = panels
        self._turns, self._turned_at = False, 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._followed = NOBODY
        self._seen: tuple[Terrain, Sequence[int], Sequence[RacerFrame]] | None = None
        self._head: Place | None = None
        panels.camera_moved.connect(self._stop_conflicting)
        panels.installEventFilter(self)

    @property
    def parallel(self) -> bool:
        """Whether the projection is orthographic."""
        return self._panels.seen_from.parallel

    @property
    def turns(self) -> bool:
        """Whether the turntable is switched on."""
        return self._turns

    @property
    def turning(self) -> bool:
        """Whether the block is turning now; it pauses while the views are not visible."""
        return self._timer.isActive()

    @property
    def followed(self) -> int:
        """The key of the racer that is followed, `LEADER` or `NOBODY`."""
        return self._followed

    def show_standard_view(self, standard_view: StandardView) -> None:
        """Show the whole block from a standard direction, as its key does."""
        self._panels.set_camera(replace(standard_view, parallel=self.parallel))
        self._stop_conflicting(standard_view)
        self.camera_chosen.emit(self._panels.seen_from)

    def show(self, seen_from: Camera | StandardView) -> None:
        """Show what was chosen elsewhere."""
        self._panels.set_camera(seen_from)
        self.changed.emit()

    def set_parallel(self, parallel: bool) -> None:
        """Set the projection, orthographic or perspective."""
        self.show(replace(self._panels.seen_from, parallel=parallel))
        self.camera_chosen.emit(self._panels.seen_from)

    def set_turning(self, turns: bool) -> None:
        """Start or stop the turntable."""
        self._turns = turns
        self._update_timer(self._panels.isVisible() and not self._panels.window().isMinimized())
        self.changed.emit()

    def follow(self, key: int) -> None:
        """Keep the racer of this key, or the `LEADER`, in the middle of the picture; `NOBODY` ends that."""
        self._followed, self._head = key, None
        self._look_at_head()
        self.changed.emit()

    def show_racers(self, terrain: Terrain, keys: Sequence[int], racers: Sequence[RacerFrame]) -> None:
        """Store the racers' positions, and centre the followed one."""
        self._seen = terrain, keys, racers
        if self._followed not in (LEADER, NOBODY, *keys):
            self.follow(NOBODY)
        elif self._followed != NOBODY:
            self._look_at_head()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pause the turntable while the views are hidden or their window is minimised."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._update_timer(event.type() == QEvent.Type.Show)
        return False

    def _stop_conflicting(self, seen_from: Camera | StandardView) -> None:
        """Stop the turntable after a person moved the camera, and following too after a return to the home view."""
        if self._turns:
            self.set_turning(False)
        if isinstance(seen_from, StandardView) and seen_from.name == HOME.name:
            self.follow(NOBODY)
        elif self._head is not None:
            self._centre(self._head)
        self.changed.emit()

    def _update_timer(self, seen: bool) -> None:
        if not (self._turns and seen):
            self._timer.stop()
        elif not self._timer.isActive():
            self._turned_at = time.monotonic()
            self._timer.start(round(1000.0 / max(self._panels.screen().refreshRate(), SLOWEST_DISPLAY_HZ)))

    def _turn(self) -> None:
        camera = self._camera
        # Skip the step while the last one is not drawn yet.
        if camera is None or not self._panels.up_to_date:
            return
        now = time.monotonic()
        way = TURNTABLE_DEGREES_S * min(now - self._turned_at, LONGEST_TURN_S)
        self._turned_at = now
        self._panels.set_camera(replace(camera, azimuth=(camera.azimuth + way) % 360.0))

    def _look_at_head(self) -> None:
        """Centre the head of the followed racer if it lies within the block; otherwise keep the camera."""
        if self._followed == NOBODY or self._seen is None:
            return
        terrain, keys, racers = self._seen
        pairs = zip(keys, racers, strict=True)
        suited = [racer for key, racer in pairs if self._followed in (LEADER, key)]
        head = _place_of(terrain, min(suited, key=lambda racer: racer.rank)) if suited else None
        if head is not None and head != self._head:
            self._head = head
            self._centre(head)

    def _centre(self, place: Place) -> None:
        camera = self._camera
        if camera is not None:
            self._panels.set_camera(replace(camera, centre=place))

    @property
    def _camera(self) -> Camera | None:
        """The camera of the first view, None before there is one."""
        return self._panels.panels[0].camera if self._panels.panels else None


def _place_of(terrain: Terrain, racer: RacerFrame) -> Place | None:
    """Return the place of a racer's head in the scene, None if it is outside the domain or not finite."""
    inside = [low <= at <= high for at, (low, high) in zip(racer.position, terrain.bounds, strict=True)]
    if not all(inside):
        return None
    x, y, z = scene_places(terrain, np.array([racer.position]))[0].tolist()
    return x, y, z
