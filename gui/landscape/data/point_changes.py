"""Points of a data set are placed, added and removed with the mouse, and each change can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from engine import FormulaError
from engine.data.rows import MadeData
from gui.session.session import Session
from gui.views.data.view import DataView
from gui.widgets.notice import Notice

MOST_KEPT = 200
"""Changes that can be undone."""


ByHand = tuple[tuple[tuple[int, float, float], ...], tuple[int, ...]]
"""The rows that were placed by hand, and those that were removed by hand."""


class PointChanges(QObject):
    """Carries the changes of points in the data view over to the session.

    Parameters
    ----------
    notice : Notice
        Shows why a point cannot be removed, and offers to put a removed one back.
    """

    def __init__(self, view: DataView, session: Session, notice: Notice) -> None:
        super().__init__(view)
        self._session, self._notice = session, notice
        self._before: list[ByHand] = []
        view.grasped.connect(self._keep)
        view.point_placed.connect(self._place)
        view.point_removed.connect(self._remove)
        view.undone.connect(self._undo)
        session.landscape_chosen.connect(self._before.clear)

    @property
    def _rows(self) -> int:
        """How many rows the data set has; the view may still show more, until it is drawn again."""
        data = self._session.data
        return len(data.rows) if isinstance(data, MadeData) else 0

    def _keep(self) -> None:
        """Keep the points as they are before a change."""
        if isinstance(self._session.data, MadeData):
            self._before.append(_by_hand(self._session.data))
            del self._before[:-MOST_KEPT]

    def _place(self, place: int, across: float, up: float) -> None:
        if place <= self._rows:
            self._change(lambda data: data.with_point(place, across, up))

    def _remove(self, place: int) -> None:
        if place >= self._rows:
            return
        try:
            self._change(lambda data: data.without_point(place))
        except FormulaError as error:
            self._notice.notify(error.message)
        else:
            self._notice.offer("A point was taken away.", self._undo)

    def _undo(self) -> None:
        """Put the points back where they were before the last change; the sliders stay where they are."""
        data = self._session.data
        # Points are kept whenever one is grasped, also where it is let go without a change.
        while isinstance(data, MadeData) and self._before and self._before[-1] == _by_hand(data):
            self._before.pop()
        if self._before:
            placed, removed = self._before.pop()
            self._change(lambda data: replace(data, placed=placed, removed=removed))

    def _change(self, changed: Callable[[MadeData], MadeData]) -> None:
        if isinstance(self._session.data, MadeData):
            self._session.set_data(changed(self._session.data))


def _by_hand(data: MadeData) -> ByHand:
    return data.placed, data.removed
