"""The button that opens the standings, and keeps them up to date."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal

from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.racers.card import state_of
from gui.session.session import Session
from gui.widgets.icon_button import IconButton

if TYPE_CHECKING:
    from gui.racers.standings.table import StandingsTable

TIP = "Standings: all racers in a table (Ctrl+Shift+R)"
REWRITE_S = 0.2
"""The least time between two updates during a race: to paint many rows takes most of a frame."""


class StandingsButton(IconButton):
    """Opens the table, and hands it what is new of the race while it is open.

    `racer_pointed` is that of the table; `time_asked` is emitted with the key of a racer whose time it lacks.
    """

    racer_pointed = Signal(object)
    time_asked = Signal(int)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__("standings", TIP, self.open_table)
        self._session, self._theme = session, theme
        self._table: StandingsTable | None = None
        self._racers: Sequence[RacerFrame] = ()
        self._step, self._shown_at = 0, 0.0
        self._asked: set[int] = set()
        session.looks_changed.connect(self._show)
        session.racers_changed.connect(self._forget)

    def open_table(self) -> StandingsTable:
        """Show the table, or bring it to the front; return it."""
        if self._table is None:
            from gui.racers.standings.table import StandingsTable

            self._table = StandingsTable(self.window(), self._theme)
            self._table.racer_pointed.connect(self.racer_pointed)
            self._fill(self._table)
            # Cards, and the buttons of the race, stay visible.
            panel = self.parentWidget() or self
            corner = QPoint(panel.mapToGlobal(QPoint(0, 0)).x(), self.mapToGlobal(QPoint(0, 0)).y())
            self._table.take_room(len(self._session.racers), corner)
        self._fill(self._table)
        self._table.show()
        self._table.raise_()
        self._table.activateWindow()
        self._table.view.setFocus()
        self._ask_for_a_time()
        return self._table

    def show_racers(self, racers: Sequence[RacerFrame], step: int, settled: bool) -> None:
        """Show where each racer stands at a step of the race; while it is not `settled`, other frames follow."""
        self._racers, self._step = racers, step
        self._ask_for_a_time()
        now = time.monotonic()
        if settled or now - self._shown_at >= REWRITE_S:
            self._shown_at = now
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        if self._table is not None:
            self._table.set_theme(theme)

    def end(self) -> None:
        """Close the table with the window, whose views draw nothing any more."""
        if self._table is not None:
            self._table.blockSignals(True)
            self._table.close()

    def _forget(self) -> None:
        """Wait for what the race says of the other racers."""
        self._racers = ()
        self._asked.clear()

    def _ask_for_a_time(self) -> None:
        """Ask for the time of one racer that lacks it: many at once would hold the race for as long as all take."""
        if self._table is None or not self._table.isVisible():
            return
        timed = {choice.key: racer.step_s for choice, racer in zip(self._session.racers, self._racers, strict=False)}
        self._asked -= {key for key, step_s in timed.items() if step_s is not None}
        if not self._asked & timed.keys():
            untimed = next((key for key, step_s in timed.items() if step_s is None), None)
            if untimed is not None:
                self._asked.add(untimed)
                self.time_asked.emit(untimed)

    def _show(self) -> None:
        if self._table is not None and self._table.isVisible():
            self._fill(self._table)

    def _fill(self, table: StandingsTable) -> None:
        choices, minima = self._session.racers, self._session.shown_minima
        if len(choices) == len(self._racers):
            from gui.racers.standings.columns import standing_of

            pairs = zip(choices, self._racers, strict=True)
            table.show_rows([standing_of(*pair, state_of(pair[1]), minima, self._step) for pair in pairs])
