"""Which views of the landscape there are: both, or one alone, as the session chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.window.menus import check_choice

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

TIPS = {"3-D": "The 3-D view alone (Ctrl+2)", "contour": "The contour view alone (Ctrl+3)"}
BOTH, BOTH_TIP = "both", "Both views (Ctrl+1)"


class ViewChoice(QObject):
    """Shows the views that are wanted in a window; what is hidden rests."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._views = {"3-D": window.surface, "contour": window.contour}
        window.surface.alone_asked.connect(lambda: self._switch("3-D"))
        window.contour.alone_asked.connect(lambda: self._switch("contour"))
        self._session.views_changed.connect(self._follow)
        self._follow()

    def take_keyboard(self) -> None:
        """Let the keyboard go to a view: the contour view, where there is one."""
        view = self._views["contour" if self._session.views == BOTH else self._session.views]
        (view.panels[0] if view.panels else view).setFocus()

    def _switch(self, name: str) -> None:
        """Show this view alone, or both again."""
        self._session.set_views(BOTH if self._session.views == name else name)

    def _follow(self) -> None:
        window, chosen = self._window, self._session.views
        check_choice(window.views_shown, chosen)
        # What only one of them bears goes over to the one that is there.
        holder = window.contour if chosen == "contour" else window.surface
        if window.height_switch.parentWidget() is not holder:
            for view in self._views.values():
                view.remove_control(window.height_switch)
            holder.add_control(window.height_switch)
        focused = QApplication.focusWidget()
        for name, view in self._views.items():
            view.set_wanted(chosen in (BOTH, name), chosen == name, BOTH_TIP if chosen == name else TIPS[name])
        if not window.contour.wanted:
            window.controller.runner.set_detail(None)
        if focused is not None and window.views.isAncestorOf(focused) and not focused.isVisible():
            # Not in the formula: Space must go on to start the race.
            self.take_keyboard()
