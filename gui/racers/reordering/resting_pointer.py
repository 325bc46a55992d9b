"""The card over which the pointer rests: one that it only passes makes the views draw nothing."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

REST_MS = 100
"""A pointer that stays over a card for so long points at its racer."""


class RestingPointer(QObject):
    """`rested` is emitted with the key of a racer over whose card the pointer rests, and with None when it leaves."""

    rested = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._key: int | None = None
        self._rested = False
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self._rest)

    def point_at(self, key: int | None) -> None:
        """The pointer has come over the card of this racer, or has left it where `key` is None."""
        self._key = key
        if key is not None:
            self._resting.start()
            return
        self._resting.stop()
        if self._rested:
            self._rested = False
            self.rested.emit(None)

    def _rest(self) -> None:
        self._rested = True
        self.rested.emit(self._key)
