"""How long compiling keeps Python's lock from another thread, which wants it every half millisecond."""

import gc
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise

from compile_latency import LONG_SUM, texts

from engine import compile_loss
from gui.shell.app import SWITCH_INTERVAL_S

TICK_S = 5e-4
GOAL_MS = 5.0


def longest_hold_ms(work: Callable[[], object]) -> float:
    """Return the longest time between two ticks of another thread while `work` runs, less the tick itself."""
    moments, done = [], threading.Event()

    def tick() -> None:
        while not done.is_set():
            moments.append(time.perf_counter())
            time.sleep(TICK_S)

    ticking = threading.Thread(target=tick)
    ticking.start()
    work()
    done.set()
    ticking.join()
    return 1e3 * (max(later - earlier for earlier, later in pairwise(moments)) - TICK_S)


def main() -> None:
    """Print the longest hold over the literature's formulas, and over a long sum, as the window would see it."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    # As in the window: what was there at the start is no garbage to look through.
    gc.freeze()
    compile_loss("x")
    usual = [longest_hold_ms(lambda text=text: compile_loss(text)) for text in texts()]
    print(f"compiling holds Python's lock: at most {max(usual):.1f} ms, {len(usual)} compilations (goal {GOAL_MS:.0f})")
    long = longest_hold_ms(lambda: compile_loss(LONG_SUM))
    print(f"compiling a sum of 2,000 terms holds it: at most {long:.1f} ms (goal {GOAL_MS:.0f})", flush=True)
    gc.unfreeze()
    sys.setswitchinterval(before)


if __name__ == "__main__":
    main()
