"""The racer that a person points at, on the chart, in a legend or among the standings: it stands out in every view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, SignalInstance

from gui.session.session import Session
from gui.views.racer_look import RacerLook, with_raised


class RacerHover(QObject):
    """Knows which racer is pointed at.

    Attributes
    ----------
    changed : signal of int or None
        Another racer is pointed at, the one with this key, or none.

    Parameters
    ----------
    sources : sequence of signals of int or None
        Emitted with the number of the racer that is pointed at in one view, or None.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject, session: Session, sources: Sequence[SignalInstance]) -> None:
        super().__init__(parent)
        self._session = session
        self._key: int | None = None
        for hovered in sources:
            hovered.connect(self._take)
        session.racers_changed.connect(self._forget)

    def emphasised(self, looks: Sequence[RacerLook]) -> tuple[RacerLook, ...]:
        """Return the looks of all racers of the session, with that of the racer that is pointed at raised."""
        # One that is hidden would only let all others fade.
        keys = [racer.key if racer.visible else None for racer in self._session.racers]
        return with_raised(looks, keys.index(self._key) if self._key is not None and self._key in keys else None)

    def point_at(self, key: int | None) -> None:
        """Let the racer with this key stand out; None lets none."""
        if key != self._key:
            self._key = key
            self.changed.emit(key)

    def _forget(self) -> None:
        self._take(None)

    def _take(self, number: int | None) -> None:
        racers = self._session.racers
        self.point_at(racers[number].key if number is not None and number < len(racers) else None)
