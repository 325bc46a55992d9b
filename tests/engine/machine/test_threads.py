"""Work that is shared out is done once, all of it, and whatever goes wrong is told."""

import os
import sys
import threading
import time

import pytest

from engine.machine.priority import LOWER, give_way, niceness
from engine.machine.threads import parallel_for

PATIENCE_S = 10.0


@pytest.mark.parametrize("count", [0, 1, 2, 1000])
def test_every_part_is_done_once(count: int) -> None:
    done: list[int] = []
    parallel_for(done.append, range(count))
    assert sorted(done) == list(range(count))


def test_who_asks_waits_for_nobody_who_has_not_begun() -> None:
    held = threading.Event()
    others = [threading.Thread(target=parallel_for, args=(lambda part: held.wait(), range(64))) for _ in range(2)]
    for other in others:
        other.start()
    time.sleep(0.1)
    done: list[int] = []
    parallel_for(done.append, range(8))
    held.set()
    for other in others:
        other.join()
    assert sorted(done) == list(range(8))


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has priorities of threads.")
def test_the_workers_of_a_thread_that_gives_way_give_way_and_no_others_do() -> None:
    def seen() -> set[int]:
        found: set[int] = set()
        together = threading.Barrier(min(os.cpu_count() or 1, 2))
        parallel_for(lambda part: (found.add(niceness()), together.wait(PATIENCE_S)), range(together.parties))
        return found

    def after_giving_way() -> None:
        give_way()
        low.append(seen())

    low: list[set[int]] = []
    thread = threading.Thread(target=after_giving_way)
    thread.start()
    thread.join()
    assert low == [{LOWER}] and seen() == {niceness()} != {LOWER}


def test_a_mistake_in_a_part_reaches_who_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        parallel_for(lambda part: 1 // part, range(100))
