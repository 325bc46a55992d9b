"""Runs jobs on any executor, and those again whose worker has died."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from engine.language.errors import FormulaError

Job = TypeVar("Job")
Result = TypeVar("Result")
ExecutorLike = Executor | Callable[[], Executor]
"""An executor, or a function that makes one: it is called again where the first one breaks."""
IN_FLIGHT = 128
"""Jobs that are handed over at a time: enough for the workers of a cluster, and few are lost with one of them."""
MOST_DEATHS = 2
"""How often a worker may die of one job that runs alone before that job is given up."""
LOOK_S = 0.1
"""Between two looks at whether the work is to be stopped."""
DEATHS_OF_OTHERS = frozenset({"KilledWorker"})
"""The name of Dask's exception for a job of which workers died: that of another package, which need not be there."""


def never() -> bool:
    """Return that nobody wants the work to stop."""
    return False


def run_jobs(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    executor: ExecutorLike | None = None,
    stopped: Callable[[], bool] = never,
) -> Iterator[tuple[int, Result | None]]:
    """Yield the number of each job with its result, as they are done.

    Parameters
    ----------
    work : callable
        Of a module, so that it can be sent to another process, as the jobs can.
    jobs : sequence
    executor : concurrent.futures.Executor or callable, optional
        Without one, the threads of this machine: kernels and compilers let go of Python's lock.  It is not shut down.
    stopped : callable
        Asked again and again; once it returns True, jobs that have not begun are dropped, and no more are yielded.

    Yields
    ------
    tuple
        None is the result of a job of which workers died twice while it ran alone.  Dask itself tries such a job
        several times before that counts here as one death.  What a job raises is raised here.
    """
    runner = _Runner(work, jobs, executor)
    try:
        while runner.busy and not stopped():
            yield from runner.done()
    finally:
        runner.close()


class _Runner(Generic[Job, Result]):
    """Keeps an executor busy.

    A worker that dies breaks a pool of processes, with all that runs in it.  So afterwards the jobs that were under way
    run again one by one, in a new pool: where a worker dies again, it is clear of which job.
    """

    def __init__(self, work: Callable[[Job], Result], jobs: Sequence[Job], executor: ExecutorLike | None) -> None:
        self._work, self._jobs = work, jobs
        self._make: Callable[[], Executor] = _threads
        self._owned = executor is None or not isinstance(executor, Executor)
        if isinstance(executor, Executor):
            self._make = type(executor)
        elif executor is not None:
            self._make = executor
        self._executor = executor if isinstance(executor, Executor) else self._make()
        self._waiting, self._suspects = deque(range(len(jobs))), deque[int]()
        self._running: dict[Future[Result], int] = {}
        self._deaths, self._attempts = Counter[int](), Counter[int]()

    @property
    def busy(self) -> bool:
        """Whether there are jobs to be done."""
        return bool(self._waiting or self._suspects or self._running)

    def done(self) -> list[tuple[int, Result | None]]:
        """Hand jobs over, and return those that were done within a moment."""
        self._fill()
        done, _ = wait(self._running, timeout=LOOK_S, return_when=FIRST_COMPLETED)
        results, lost, broken = list[tuple[int, Result | None]](), list[int](), False
        for future in done:
            number = self._running.pop(future)
            try:
                results.append((number, future.result()))
            except Exception as error:
                if not _is_death(error):
                    raise
                broken |= isinstance(error, BrokenExecutor)
                lost.append(number)
        return results + self._recovered(lost, broken) if lost else results

    def close(self) -> None:
        """Drop what has not begun, and wait for what has."""
        for future in self._running:
            future.cancel()
        if self._owned:
            self._executor.shutdown(wait=True, cancel_futures=True)
        else:
            wait(self._running)

    def _fill(self) -> None:
        """Hand over as many jobs as there is room for."""
        if self._suspects and self._running:
            return
        source, room = (self._suspects, 1) if self._suspects else (self._waiting, IN_FLIGHT)
        while source and len(self._running) < room:
            try:
                number = source[0]
                future = self._executor.submit(_attempt, self._work, self._jobs[number], self._attempts[number])
            except BrokenExecutor:
                # What is running is lost too, and is soon seen to be; where nothing is, it broke before.
                if not self._running:
                    self._renew()
                return
            self._running[future] = source.popleft()
            self._attempts[number] += 1

    def _recovered(self, lost: list[int], broken: bool) -> list[tuple[int, Result | None]]:
        """Take a new executor in the place of a broken one; return the jobs that are done or given up."""
        results: list[tuple[int, Result | None]] = []
        alone = len(lost) == 1 and not self._running
        wait(self._running)
        for future, number in self._running.items():
            if future.exception() is None:
                results.append((number, future.result()))
            else:
                lost.append(number)
        self._running.clear()
        if broken:
            self._renew()
        for number in sorted(lost):
            # In company it may have been another job of which the worker died.
            self._deaths[number] += alone
            if self._deaths[number] >= MOST_DEATHS:
                results.append((number, None))
            else:
                self._suspects.append(number)
        return results

    def _renew(self) -> None:
        self._executor.shutdown(wait=False)
        self._owned = True
        try:
            self._executor = self._make()
        except TypeError:
            kind = type(self._executor).__name__
            hint = f"Give a function that makes a {kind}, and another one will be made."
            raise FormulaError(f"A worker has died, and this {kind} cannot be used any more.", hint=hint) from None


def _attempt(work: Callable[[Job], Result], job: Job, number: int) -> Result:
    """Do a job; the `number` of the attempt makes it a call of its own: Dask answers equal ones by what came first."""
    return work(job)


def _is_death(error: Exception) -> bool:
    """Return whether an exception says that a worker has died."""
    return isinstance(error, BrokenExecutor) or type(error).__name__ in DEATHS_OF_OTHERS


def _threads() -> Executor:
    return ThreadPoolExecutor(os.cpu_count() or 1, "tuning")
