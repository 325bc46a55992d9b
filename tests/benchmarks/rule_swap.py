"""From a keystroke in the editor of rules to a racer that steps by the new rule, and what the others notice of it."""

import random
import time

from measure import spread
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from real_window import close, racing_window, run_for, wait_for

from engine.race.race import Race
from gui.window.main_window import MainWindow

TYPED = " - push*sign(g)*t/(t + 10) + 0*norm(m)*g"
SWAPS = 60
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.08, 0.25
SHARE = 0.95
GOAL_MS = 100.0


class Swapped:
    """Notes when the race has replaced a rule, and how long the runner was kept by it."""

    def __init__(self) -> None:
        self.moment, self.kept = 0.0, 0.0
        self._replace = Race.replace
        Race.replace = lambda race, racer, rule: self._note(race, racer, rule)

    def _note(self, race: Race, racer: int, rule: object) -> None:
        began = time.perf_counter()
        self._replace(race, racer, rule)
        self.moment = time.perf_counter()
        self.kept = self.moment - began

    def end(self) -> None:
        """Leave things as they were."""
        Race.replace = self._replace


def keys(window: MainWindow, swapped: Swapped) -> tuple[list[float], list[float], list[float]]:
    """Type, and take back; return the ms to the race and to the frame, and those that the race was kept."""
    moment, editor = random.Random(0), window.bottom_panel.rule.editor
    reached, shown, kept = [], [], []
    editor.moveCursor(QTextCursor.MoveOperation.End)
    while len(reached) < SWAPS:
        for character in TYPED:
            before, rule = swapped.moment, window.session.racers[-1].rule
            began = time.perf_counter()
            QTest.keyClicks(editor, character)
            window_reads(window)
            if window.session.racers[-1].rule != rule:
                request = window.controller.runner.newest_request
                wait_for(window, lambda frame, request=request: frame.answered >= request)
                shown.append(1e3 * (time.perf_counter() - began))
                if swapped.moment != before:
                    reached.append(1e3 * (swapped.moment - began))
                    kept.append(1e3 * swapped.kept)
            run_for(moment.uniform(SHORTEST_PAUSE_S, LONGEST_PAUSE_S))
        window.bottom_panel.rule.back.click()
        window_reads(window)
    return reached, shown, kept


def window_reads(window: MainWindow) -> None:
    """Run the event loop until the editor has read what was typed."""
    while not window.bottom_panel.rule.has_read:
        run_for(1e-3)


def main() -> None:
    """Print the latencies."""
    window, swapped = racing_window(), Swapped()
    window.session.set_speed(10_000.0)
    window.bottom_panel.edit(window.session.racers[-2].key)
    run_for(1.0)
    QTest.keyClicks(window.bottom_panel.rule.editor, "#")
    run_for(1.0)
    reached, shown, kept = keys(window, swapped)
    swapped.end()
    print(spread("a keystroke in a rule to its racer running it", reached, SHARE, GOAL_MS))
    print(spread("a keystroke in a rule to the frame that shows it", shown, SHARE, GOAL_MS))
    print(spread("what all racers stand still for it", kept, SHARE, GOAL_MS), flush=True)
    close(window)


if __name__ == "__main__":
    main()
