"""Which panes of the window are shown: those that the session does not hide, or one view that fills the window."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from gui.session.session import Session
from gui.window.landscape_views import LandscapeViews
from gui.window.menus import Callback
from gui.window.panes.bottom_panel import BottomPanel
from gui.window.panes.central_widget import CentralWidget
from gui.window.view_choice import ViewChoice

CHART, DATA = "chart", "data"
PANES_OF_ENTRIES = {
    "pick": "formula", "save": "formula", "transform": "formula", "numbers": "formula", "edit formula": "formula",
    "fit table": "formula", "add racer": "racers", "edit rule": "", "inspect": "",
}  # fmt: skip
"""The pane in which an entry of the menus opens something, and which it shows first; "" where any will do."""


class Arrangement(QObject):
    """Shows and hides the panes of a window.

    Parameters
    ----------
    view_choice : ViewChoice
        Shows the views, and takes the keyboard of a pane that was hidden.

    Attributes
    ----------
    pane_asked : signal
        A pane is asked for that a presentation does not show.
    """

    pane_asked = Signal()

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        central: CentralWidget,
        views: LandscapeViews,
        bottom_panel: BottomPanel,
        racers_panel: QWidget,
        view_choice: ViewChoice,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._central, self._view_choice = window, session, central, view_choice
        self._bottom_panel = bottom_panel
        self._panes = {"formula": central.formula, "racers": racers_panel}
        contour, surface = self._bared = views.both
        self._views: Mapping[str, QWidget] = {"3-D": surface, "contour": contour, CHART: bottom_panel}
        self.filling, self._presenting, self._hidden = "", False, list(session.hidden_panes)
        # A whole session that takes the place of another, as in a lesson, asks for no pane.
        self._asking = QTimer(self, singleShot=True, interval=0)
        self._asking.timeout.connect(self.pane_asked)
        session.taken.connect(self._asking.stop)
        # Methods, because a partial would keep the views, which ask, alive for ever.
        surface.fill_asked.connect(self._fill_surface)
        contour.fill_asked.connect(self._fill_contour)
        bottom_panel.chart.fill_asked.connect(self._fill_chart)
        bottom_panel.data.enlarged.connect(self._enlarge_data)
        session.panes_changed.connect(self._follow_panes)
        session.views_changed.connect(self._follow_views)
        bottom_panel.editing_changed.connect(self._show)
        self._show()

    def switch_filling(self, name: str = "") -> None:
        """Let a view fill the window, or show the other panes again; without a name, the one with the keyboard."""
        self._fill("" if self.filling else name or self._focused)

    def _fill_surface(self) -> None:
        self.switch_filling("3-D")

    def _fill_contour(self) -> None:
        self.switch_filling("contour")

    def _fill_chart(self) -> None:
        self.switch_filling(CHART)

    def switch_full_screen(self) -> None:
        """Show the window without its frame on the whole screen, or as it was."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def present(self, presenting: bool) -> None:
        """Show only what an audience needs, or the other panes again; the panes have sizes of their own meanwhile."""
        self._presenting = presenting
        self._central.present(presenting)
        for view in self._bared:
            view.set_bare(presenting)
        # Which controls a view has depends on whether it fills the window, which may have changed meanwhile.
        self._view_choice.fill(self.filling)
        self._show()

    def revealing(self, callbacks: Mapping[str, Callback]) -> Mapping[str, Callback]:
        """Return the callbacks of menus that first show the pane in which they open something."""
        return {
            name: partial(self._reveal, PANES_OF_ENTRIES[name], act) if name in PANES_OF_ENTRIES else act
            for name, act in callbacks.items()
        }

    def _reveal(self, pane: str, act: Callback) -> object:
        self.pane_asked.emit()
        self._fill("")
        if pane:
            self._session.show_pane(pane, True)
        return act()

    @property
    def _focused(self) -> str:
        """The name of the view that has the keyboard, or else of one that is shown."""
        focus = QApplication.focusWidget()
        shown = [name for name, view in self._views.items() if view.isVisible()]
        owners = [name for name in shown if focus is not None and self._views[name].isAncestorOf(focus)]
        return (owners or shown or [CHART])[0]

    def _follow_views(self) -> None:
        """Show the views that were chosen; one that fills the window would hide the other."""
        self._fill("")

    def _follow_panes(self) -> None:
        """Show the panes that were chosen; only their sizes may have changed, too."""
        if self._hidden != self._session.hidden_panes:
            is_shown = any(pane not in self._session.hidden_panes for pane in self._hidden)
            self._hidden = list(self._session.hidden_panes)
            if is_shown:
                self._asking.start()
            self._fill("")

    def _enlarge_data(self, large: bool) -> None:
        """Let the data fill the window, or show the other panes again."""
        if large:
            self._fill(DATA)
        elif self.filling == DATA:
            self._fill("")

    def _fill(self, name: str) -> None:
        if name != self.filling:
            self.filling = name
            self._view_choice.fill(name)
            # Another way may lead back from large data than their own button.
            self._bottom_panel.data.large.setChecked(name == DATA)
        self._show()

    def _show(self) -> None:
        """Show the panes that are wanted now."""
        focused = QApplication.focusWidget()
        hidden = self._session.hidden_panes
        for name, pane in self._panes.items():
            pane.setVisible(not (self.filling or self._presenting) and name not in hidden)
        chart = self.filling == CHART or (not self.filling and CHART not in hidden)
        data = self.filling == DATA
        explaining = self._bottom_panel.explaining and not self._presenting
        self._bottom_panel.present(self._presenting)
        self._bottom_panel.want_chart(chart, data)
        self._bottom_panel.setVisible(chart or data or (not self.filling and explaining))
        self._central.pair.setVisible(self.filling not in (CHART, DATA))
        if focused is not None and self._window.isAncestorOf(focused) and not focused.isVisible():
            # Not in the formula: Space must go on to start the race.
            self._view_choice.take_keyboard()
