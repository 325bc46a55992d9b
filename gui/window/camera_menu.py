"""The submenu that shows the 3-D view from its sides, turns it, and lets it follow a racer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from gui.session.session import Session
from gui.views.surface.camera_controller import LEADER, NOBODY, CameraController
from gui.views.surface.key_bindings import FRONT, HOME, NAME, PARALLEL_KEYS, SIDE, STANDARD_VIEWS, TOP
from gui.views.surface.panels import SurfacePanels
from gui.window.menus import make_action

TEXTS = {HOME: "&Home\tHome", TOP: "From the &top", FRONT: "From the &front", SIDE: "From the &side"}
"""The key Home is that of all views' reset, which does this too: it is only shown here."""


class CameraMenu(QMenu):
    """Keeps its check marks and the names of the racers up to date.

    Parameters
    ----------
    window : QWidget
        The parent of the menu and its actions.
    surface : SurfacePanels
        The 3-D view, which hears the keys of the menu.
    """

    def __init__(
        self, window: QWidget, session: Session, surface: SurfacePanels, camera_controller: CameraController
    ) -> None:
        super().__init__(f"&{NAME}", window)
        self._window, self._session, self._surface = window, session, surface
        self._camera_controller = camera_controller
        # Asked for now, the answer would hold up the first window.
        surface.landscape_drawn.connect(self._follow_surface, Qt.ConnectionType.SingleShotConnection)
        for keys, standard_view in STANDARD_VIEWS.items():
            heard = keys if standard_view is not HOME else ()
            self._add(TEXTS[standard_view], heard, partial(camera_controller.show_standard_view, standard_view))
        self.addSeparator()
        self.parallel = self._add_switch("&Orthographic", PARALLEL_KEYS, camera_controller.set_parallel)
        self.turntable = self._add_switch("T&urntable", (), camera_controller.set_turning)
        # PySide would lose sight of one that `addMenu` made from its title.
        self.follow = QMenu("Fo&llow", self)
        self.addMenu(self.follow)
        self._racers = QActionGroup(self.follow)
        camera_controller.changed.connect(self._show_state)
        for changed in (session.racers_changed, session.looks_changed):
            changed.connect(self._name_racers)
        self._name_racers()

    def _add(self, text: str, keys: Sequence[Qt.Key], act: Callable[[], object]) -> QAction:
        """Add an entry whose keys are heard where the 3-D view has the keyboard."""
        action = make_action(self._window, text, [QKeySequence(key).toString() for key in keys], act)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._surface.addAction(action)
        self.addAction(action)
        return action

    def _add_switch(self, text: str, keys: Sequence[Qt.Key], switch: Callable[[bool], None]) -> QAction:
        action = self._add(text, keys, lambda: switch(action.isChecked()))
        action.setCheckable(True)
        return action

    def _name_racers(self) -> None:
        """List the racers that can be followed."""
        self.follow.clear()
        racers = [(racer.key, racer.name.replace("&", "&&")) for racer in self._session.racers]
        for key, name in [(NOBODY, "Nobody"), (LEADER, "The leader"), *racers]:
            action = self.follow.addAction(name)
            action.setCheckable(True)
            action.setData(key)
            action.triggered.connect(lambda *_, key=key: self._camera_controller.follow(key))
            self._racers.addAction(action)
        self._show_state()

    def _follow_surface(self) -> None:
        self.setEnabled(self._surface.available)

    def _show_state(self) -> None:
        self.parallel.setChecked(self._camera_controller.parallel)
        self.turntable.setChecked(self._camera_controller.turns)
        for action in self.follow.actions():
            action.setChecked(action.data() == self._camera_controller.followed)
