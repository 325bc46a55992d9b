"""Jobs on executors: threads of this machine, processes, and processes that die."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine import compile_loss, league, tune
from engine.machine.jobs import run_jobs
from tests.engine.machine.dying import die, processes

pytestmark = pytest.mark.thorough

RACERS, PLACES, BUDGET = ["Adam", "BFGS"], ["Beale", "LinearRegression"], 20


def test_processes_find_the_same_bits_as_threads() -> None:
    with processes() as pool:
        there = league(RACERS, PLACES, BUDGET, pool)
        losses = [
            compile_loss("(1 - x)^2 + 100*(y - x^2)^2"),
            compile_loss("mean((x*u - v)^2)", {"u": [1.0], "v": [2.0]}),
        ]
        tuned = [tune(losses, RACERS, BUDGET, executor, starts=(1, 2), trials=3) for executor in (pool, None)]
    assert there.rows == league(RACERS, PLACES, BUDGET).rows
    assert [each.text for each in tuned[0]] == [each.text for each in tuned[1]]
    assert [each.loss for each in tuned[0]] == [each.loss for each in tuned[1]]


def test_a_worker_that_dies_costs_its_job_which_is_tried_again(tmp_path: Path) -> None:
    names = ["a", "once", "b", "fatal", "c"]
    results = dict(run_jobs(die, [tmp_path / name for name in names], processes))
    assert {names[number]: result for number, result in results.items()} == {
        "a": "a", "once": "once", "b": "b", "c": "c", "fatal": None
    }  # fmt: skip


def test_what_a_job_raises_is_raised_and_the_callers_executor_is_not_shut_down() -> None:
    with ThreadPoolExecutor(2) as pool:
        with pytest.raises(ZeroDivisionError):
            list(run_jobs(lambda number: 1 / number, [1, 0, 2], pool))
        assert sorted(run_jobs(lambda number: 10 * number, range(200), pool)) == [(n, 10 * n) for n in range(200)]


def test_a_stop_drops_the_jobs_that_have_not_begun() -> None:
    begun, stop = [], threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        return number

    jobs = run_jobs(work, range(10_000), None, stop.is_set)
    next(jobs)
    stop.set()
    assert len([*jobs]) < 1000 and len(begun) < 1000
