"""Has the values of steps told of the racers for which they are shown, and of no others, and shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.live.commands import WatchSteps
from engine.live.frame import Frame
from engine.live.runner import Runner
from gui.racers.panel import RacersPanel
from gui.session.session import Session
from gui.window.explaining.arrow_menu import ArrowMenu
from gui.window.panes.bottom_panel import BottomPanel


class StepWatch(QObject):
    """Watches the racer that is inspected, and all that are visible while they have arrows.

    Parameters
    ----------
    panel : BottomPanel
        Has the inspector, and is the parent.
    racers_panel : RacersPanel
        Whose cards ask for the inspector.
    """

    def __init__(self, panel: BottomPanel, racers_panel: RacersPanel, session: Session, runner: Runner) -> None:
        super().__init__(panel)
        self._panel, self._session, self._runner, self._racers_panel = panel, session, runner, racers_panel
        self._wanted = WatchSteps(frozenset())
        self._last: int | None = None
        racers_panel.inspect_asked.connect(panel.inspect)
        panel.inspected_changed.connect(self._follow)
        for changed in (session.racers_changed, session.looks_changed, session.arrows_changed):
            changed.connect(self._follow)
        self._follow()

    def show_frame(self, frame: Frame) -> None:
        """Show the step of the inspected racer; the frame has the racers of the session."""
        inspector, key = self._panel.inspector, self._panel.inspected
        if inspector is not None and key in frame.keys:
            inspector.show_racer(frame.racers[frame.keys.index(key)], settled=not frame.playing)

    def menu(self, window: QWidget) -> ArrowMenu:
        """Return the menu of the arrows, which a window is the parent of."""
        return ArrowMenu(window, self._session)

    def inspect_some(self) -> bool:
        """Inspect the racer whose card has the keyboard, or the one that was last, or the first; close what is open.

        Return whether there is one.
        """
        if self._panel.inspecting and self._panel.inspector is not None:
            self._panel.inspector.close_inspector()
            return True
        keys = [racer.key for racer in self._session.racers]
        wanted = [key for key in (self._racers_panel.key_in_use, self._last) if key in keys and key is not None]
        if keys:
            self._panel.inspect((wanted or keys)[0])
        return bool(keys)

    def _follow(self) -> None:
        """Have those told of whose values are shown now."""
        inspected = self._panel.inspected
        self._last = self._last if inspected is None else inspected
        keys = {inspected} if inspected is not None else set[int]()
        if self._session.arrows:
            keys.update(racer.key for racer in self._session.racers if racer.visible)
        wanted = WatchSteps(frozenset(keys), "rate" in self._session.arrows)
        if wanted != self._wanted:
            self._wanted = wanted
            self._runner.post(wanted)
