"""What inspector, arrows and ellipse cost the window a frame while four racers race, part by part.  Needs a display."""

import functools
import time
from collections import defaultdict
from collections.abc import Callable

from real_window import close, racing_window, run_for

from gui.racers.inspector.panel import InspectorPanel
from gui.racers.inspector.sheet import Sheet
from gui.session.choices import ARROWS, FIRST_RACERS
from gui.views.contour.arrows.key import ArrowKey
from gui.views.contour.arrows.layer import ArrowLayer
from gui.views.surface.arrow_scales import ArrowScales
from gui.views.surface.items.arrows_item import ArrowsItem

RACED_S = 8.0
SPEED = 60.0
"""Steps a second: a new step with each frame."""
GOAL_MS = 1.0
PARTS: dict[str, list[tuple[type, str]]] = {
    "inspector": [(InspectorPanel, "show_racer"), (Sheet, "paintEvent")],
    "arrows on the map": [(ArrowLayer, "show_racers"), (ArrowLayer, "_explain"), (ArrowLayer, "_place_key")],
    "arrows in 3-D": [(ArrowScales, "fit"), (ArrowScales, "explain"), (ArrowsItem, "prepare"), (ArrowsItem, "draw")],
    "keys": [(ArrowKey, "paintEvent")],
}


def timed(spent: dict[str, float], part: str, method: Callable[..., object]) -> Callable[..., object]:
    """Return a method that adds the processor's time of each of its calls to what its part has spent."""

    @functools.wraps(method)
    def run(*arguments: object, **named: object) -> object:
        began = time.thread_time()
        try:
            return method(*arguments, **named)
        finally:
            spent[part] += time.thread_time() - began

    return run


def main() -> None:
    """Print the ms a frame of each part."""
    spent: dict[str, float] = defaultdict(float)
    for part, methods in PARTS.items():
        for owner, name in methods:
            setattr(owner, name, timed(spent, part, getattr(owner, name)))
    window, shown = racing_window(FIRST_RACERS), []
    session = window.session
    session.set_speed(SPEED)
    for kind in ARROWS:
        session.show_arrows(kind, True)
    window.bottom_panel.inspect(session.racers[-1].key)
    run_for(2.0)
    window.controller.frame_ready.connect(lambda frame: shown.append(frame.number))
    spent.clear()
    run_for(RACED_S)
    costs = {part: 1e3 * spent[part] / max(len(shown), 1) for part in PARTS}
    told = ", ".join(f"{part} {cost:.2f}" for part, cost in costs.items())
    print(f"{told}; together {sum(costs.values()):.2f} ms a frame of {len(shown)} (goal {GOAL_MS:.0f} ms)", flush=True)
    close(window)


if __name__ == "__main__":
    main()
