"""Work that is shared out is done once, all of it, and whatever goes wrong is told."""

import threading
import time

import pytest

from engine.machine.threads import parallel_for


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


def test_a_mistake_in_a_part_reaches_who_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        parallel_for(lambda part: 1 // part, range(100))
