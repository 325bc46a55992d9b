"""Points of a data set are placed, added and removed with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.data.rows import MadeData
from engine.language.errors import FormulaError
from gui.session.session import Session
from gui.views.data.view import DataView
from gui.widgets.notice import Notice


class PointChanges(QObject):
    """Carries the changes of points in the data view over to the session.

    Parameters
    ----------
    notice : Notice
        Shows why a point cannot be removed.
    """

    def __init__(self, view: DataView, session: Session, notice: Notice) -> None:
        super().__init__(view)
        self._session, self._notice = session, notice
        view.point_placed.connect(self._place)
        view.point_removed.connect(self._remove)

    def _place(self, place: int, across: float, up: float) -> None:
        """Place a point, unless it is gone: the view may still show more rows, until it is drawn again."""
        data = self._session.data
        if isinstance(data, MadeData) and place <= len(data.rows):
            self._session.set_data(data.with_point(place, across, up))

    def _remove(self, place: int) -> None:
        data = self._session.data
        if not isinstance(data, MadeData) or place >= len(data.rows):
            return
        try:
            self._session.set_data(data.without_point(place))
        except FormulaError as error:
            self._notice.notify(error.message)
