"""The submenu of the View menu about many starts at once: whose basin map is shown, and whose swarms are released."""

from __future__ import annotations

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from gui.racers.many_menus import NONE, add_swarm_entries
from gui.session.racer_visibility import end_swarms, mapped_racer, show_map
from gui.session.session import Session
from gui.window.many.basin_maps import BasinMaps


class ManyMenu(QMenu):
    """The submenu, whose entries are those of the racers that there are when it opens."""

    def __init__(self, window: QWidget, session: Session, maps: BasinMaps) -> None:
        super().__init__("Many s&tarts at once", window)
        self._session = session
        self.maps, self.swarms = QMenu("&Basin map", self), QMenu("&Swarms", self)
        for submenu in (self.maps, self.swarms):
            self.addMenu(submenu)
        every = self.addAction("&Every method from every start ...")
        every.triggered.connect(lambda *_: _open_every_method(window, session, maps))
        self.aboutToShow.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        self.maps.clear()
        self.swarms.clear()
        mapped, group = mapped_racer(self._session), QActionGroup(self.maps)
        chosen = mapped.key if mapped is not None else None
        named = [(racer.key, racer.name.replace("&", "&&")) for racer in self._session.racers]
        for key, name in [(None, NONE), *named]:
            action = self.maps.addAction(name)
            action.setCheckable(True)
            action.setChecked(key == chosen)
            action.triggered.connect(lambda *_, key=key: show_map(self._session, key))
            group.addAction(action)
        self.swarms.addAction("&End all").triggered.connect(lambda *_: end_swarms(self._session))
        for (_, name), racer in zip(named, self._session.racers, strict=True):
            counts = QMenu(name, self.swarms)
            add_swarm_entries(counts, self._session, racer)
            self.swarms.addMenu(counts)


def _open_every_method(window: QWidget, session: Session, maps: BasinMaps) -> None:
    from gui.window.many.every_method import open_every_method

    open_every_method(window, session, maps)
