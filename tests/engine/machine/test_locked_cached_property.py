"""What is made when it is first asked for is made once, though threads ask at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from engine import Swarm, compile_loss
from engine.machine.locked_cached_property import locked_cached_property

THREADS = 8


class Maker:
    def __init__(self) -> None:
        self.made = 0

    @locked_cached_property
    def code(self) -> object:
        # Long enough for all others to ask meanwhile.
        time.sleep(0.05)
        self.made += 1
        return object()


def test_threads_that_ask_together_get_the_one_that_was_made() -> None:
    maker = Maker()
    with ThreadPoolExecutor(THREADS) as threads:
        codes = list(threads.map(lambda _: maker.code, range(THREADS)))
    assert maker.made == 1 and set(codes) == {maker.code}


@pytest.mark.parametrize("name", ["DampedNewton", "TrustRegion", "BFGS", "AdaHessian"])
def test_a_swarm_whose_threads_are_the_first_to_ask_for_machine_code_runs_it(name: str) -> None:
    starts = np.random.default_rng(5).uniform(-2, 2, (64, 2))
    ends = []
    for _ in range(5):
        # A loss that nobody has asked for second derivatives yet.
        swarm = Swarm(compile_loss("a*sin(3x)*cos(2y) + (x^2 + y^2)/10 + exp(-x*y)", a=0.7), name, starts)
        swarm.advance(20)
        ends.append(swarm.positions.tobytes())
    assert len(set(ends)) == 1
