"""How often the contour view shows what is seen anew while it is panned, in the real window."""

import time

from PySide6.QtCore import QTimer
from real_window import close, racing_window, run_for

from engine.live.commands import Pause
from gui.look.theme import FRAME_INTERVAL_MS
from gui.window.main_window import MainWindow

SECONDS = 4.0
STRIDE = 0.002
"""How far each move goes, as a share of what is seen."""


def rate(window: MainWindow) -> float:
    """Pan, and return how often a second what is seen is drawn anew."""
    box = window.contour.panels[0].getPlotItem().getViewBox()
    width, shown = box.viewRect().width(), set[int | None]()

    def move() -> None:
        box.translateBy(x=STRIDE * width)
        shown.add(window.contour.shown_detail)

    moving = QTimer(interval=FRAME_INTERVAL_MS)
    moving.timeout.connect(move)
    moving.start()
    began = time.perf_counter()
    run_for(SECONDS)
    moving.stop()
    return len(shown - {None}) / (time.perf_counter() - began)


def main() -> None:
    """Print the rates with a race at full speed, and without one."""
    window = racing_window()
    racing = rate(window)
    window.controller.runner.post(Pause())
    columns, rows = window.contour.panels[0].pixels()
    figures = f"{rate(window):.0f} times a second, {racing:.0f} beside a race at full speed"
    print(f"panning at {columns} by {rows}: what is seen is drawn anew {figures} (goal 30)", flush=True)
    close(window)


if __name__ == "__main__":
    main()
