"""The menus of a right click on the contour view, on its legend, and on the 3-D view."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from engine.language.types import Point
from gui.racers.racer_menu import RacerOpeners, racer_menu
from gui.session.session import Session
from gui.views.surface.key_bindings import STANDARD_VIEWS
from gui.window.camera_menu import TEXTS
from gui.window.landscape_views import LandscapeViews
from gui.window.menus import Callback
from gui.window.window_menus import FILE, LANDSCAPE, VIEW

ENTRIES = {entry.name: entry for entry in (*FILE, *LANDSCAPE, *VIEW)}
OF_CONTOUR = {"use view": "use view", "reset views": "reset views", "save picture": "save map"}
OF_SURFACE = {"reset views": "reset views", "save picture": "save 3-D view"}
"""Entries of the menu bar that these menus have too, with what they do here."""


class LandscapeMenus(QObject):
    """Opens the menus.

    Parameters
    ----------
    callbacks : mapping
        What the entries of the menu bar do, by their names, and "save map" and "save 3-D view".
    openers : RacerOpeners
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        views: LandscapeViews,
        callbacks: Mapping[str, Callback],
        openers: RacerOpeners,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._views = window, session, views
        self._callbacks, self._openers = callbacks, openers
        views.contour.menu_asked.connect(self._open_contour)
        views.surface.menu_asked.connect(self._open_surface)

    def _open_contour(self, point: Point | None, place: QPoint) -> None:
        number, racers = self._views.contour.racer_under, self._session.racers
        if number is not None and number < len(racers):
            racer_menu(self._window, self._session, racers[number].key, self._openers).popup(place)
            return
        menu = self._begin(point)
        self._add_known(menu, OF_CONTOUR)
        menu.popup(place)

    def _open_surface(self, point: Point | None, place: QPoint) -> None:
        menu = self._begin(point)
        for keys, standard_view in STANDARD_VIEWS.items():
            text, _, written = TEXTS[standard_view].partition("\t")
            show = partial(self._views.camera_controller.show_standard_view, standard_view)
            self._add(menu, text, written or QKeySequence(keys[0]).toString(), show)
        menu.addSeparator()
        self._add_known(menu, OF_SURFACE)
        menu.popup(place)

    def _begin(self, point: Point | None) -> QMenu:
        """Return a menu that begins with placing the start, where there is a point to place it at."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        start = menu.addAction("&Start here\tCtrl+Click")
        start.setEnabled(point is not None)
        if point is not None:
            start.triggered.connect(lambda *_: self._session.set_start(*point))
        menu.addSeparator()
        return menu

    def _add_known(self, menu: QMenu, names: Mapping[str, str]) -> None:
        """Add entries of the menu bar, under the texts and keys that they have there."""
        for name, act in names.items():
            key = QKeySequence(ENTRIES[name].keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            self._add(menu, ENTRIES[name].text, key, self._callbacks[act])

    def _add(self, menu: QMenu, text: str, key: str, act: Callback) -> None:
        """Add an entry that shows its key: the key itself is heard by the menu bar's own entry."""
        menu.addAction(f"{text}\t{key}").triggered.connect(lambda *_: act())
