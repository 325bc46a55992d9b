"""The menu of the quantities that can be drawn beneath the loss chart."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from gui.racers.racer_quantities import fill_with_quantities
from gui.session.session import Session


class QuantityMenu(QMenu):
    """Chooses the quantity of the session; it is filled whenever it opens, since racers and their rules change."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__("&Draw beneath it", parent)
        self._session = session
        self.aboutToShow.connect(self.fill)
        # What the rules name is read when it opens: to read them all takes long, and an empty menu would not open.
        fill_with_quantities(self, session, ())

    def fill(self) -> None:
        """Offer what the racers of now have: those that are shown, or all where none is."""
        racers = [racer for racer in self._session.racers if racer.visible]
        fill_with_quantities(self, self._session, racers or list(self._session.racers))
