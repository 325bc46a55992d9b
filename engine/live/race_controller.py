"""Carries out commands on a live race, advances it, and takes frames of it: all that the runner's thread does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from engine.compiled.driver import NoCompilerError
from engine.language.errors import FormulaError
from engine.live.commands import Command
from engine.live.frame import FormulaState, Frame, RacerFrame
from engine.live.live_race import LiveRace
from engine.live.pacing import PUBLISH_S
from engine.loss.hints import Hint, Hints
from engine.loss.loss import Loss
from engine.loss.terrain import Terrain
from engine.machine.failures import report_failure
from engine.race.race import Race

ReportFailure = Callable[[str, Exception], object]
"""Takes what failed, as a clause, and an unexpected exception with its traceback."""


class RaceController:
    """The live race, and what is wrong with what was asked of it.

    Parameters
    ----------
    report_failure : callable
        Called with every unexpected exception, on the thread that uses the controller.
    """

    def __init__(self, report_failure: ReportFailure = report_failure) -> None:
        self.live = LiveRace()
        self._report_failure = report_failure
        self._reported: set[tuple[str, type[Exception]]] = set()
        self._hints = Hints()
        self._error: FormulaError | None = None
        self._request = self._answered = 0
        self._frames = 0

    @property
    def race(self) -> Race | None:
        """The race, or None before the first formula that can be compiled."""
        return self.live.race

    @property
    def playing(self) -> bool:
        """Whether the race goes on by itself."""
        return self.live.playing

    def execute(self, request: int, command: Command) -> None:
        """Carry out the command with this number; no exception leaves this method."""
        self._answered = request
        self._reported.clear()
        if command.sets_formula:
            self._request, self._error = request, None
        with self.report_errors(command.failed, of_formula=command.sets_formula):
            command.apply(self.live)

    def precompile(self) -> None:
        """Compile what the first step will need, while no command waits: while somebody types, none may wait for it."""
        if self.live.race is not None:
            with self.report_errors("Compiling the formula failed", of_formula=True):
                self.live.race.loss.compile()

    def advance(self) -> bool:
        """Advance the race by what is due; return whether there is something new to see: it moved, or cannot go on."""
        moved = None
        with self.report_errors("The race failed and is held"):
            moved = self.advance_slice()
        if moved is None:
            # A race that cannot go on would be tried again at once, for ever.
            self.live.playing = False
        return moved is not False

    def advance_slice(self) -> bool:
        """Advance the race by what is due, for at most a slice of time; return whether it moved."""
        steps = self.live.pacer.begin_slice()
        if self.live.race is None or not steps:
            time.sleep(PUBLISH_S / 4)
            return False
        self.live.race.advance(steps)
        self.live.pacer.end_slice(steps)
        return True

    @property
    def detail_due_s(self) -> float | None:
        """In how many seconds the visible part is to be sampled more finely; None where it is already."""
        return self.live.sampler.detail_due_s

    def refine(self) -> bool:
        """Sample more finely what is due, or a part of it; return whether there is something new to see."""
        if self.live.race is None or self.detail_due_s != 0.0:
            return False
        with self.report_errors("Sampling the visible part failed"):
            return self.live.sampler.refine(self.live.race.loss)
        return True

    @contextmanager
    def report_errors(self, failed: str, of_formula: bool = False) -> Iterator[None]:
        """Catch every exception: refusals become the error of the next frame, unexpected ones are reported.

        What is tried again and again reports the same failure once between two commands.

        Parameters
        ----------
        failed : str
            What failed where the exception is unexpected, as a clause.
        of_formula : bool
            Whether an unexpected exception too is an error of the formula.
        """
        try:
            yield
        except FormulaError as error:
            self._error = error
        except NoCompilerError as error:
            self._error = FormulaError(str(error), hint="Start the program with --selfcheck: it lists what there is.")
        except Exception as error:  # The thread must outlive any mistake in the program.
            if of_formula:
                self._error = FormulaError(f"{failed} ({type(error).__name__}).")
            if (failed, type(error)) not in self._reported:
                self._reported.add((failed, type(error)))
                self._report_failure(failed, error)

    def take_frame(self) -> Frame | None:
        """Return a snapshot of the race; None where there is no race yet, or where taking it failed."""
        with self.report_errors("Taking a snapshot of the race failed"):
            return self._frame()
        return None

    def _frame(self) -> Frame | None:
        live, sampler = self.live, self.live.sampler
        if live.race is None or sampler.terrain is None:
            return None
        self._frames += 1
        race, loss = live.race, live.race.loss
        if not live.playing:
            live.rate.reset()
        racers = racer_frames(race)
        return Frame(
            number=self._frames,
            answered=self._answered,
            step=race.step,
            playing=live.playing,
            steps_per_second=live.rate.measure(race.step) if live.playing else 0.0,
            start=live.start,
            racers=racers,
            terrain=sampler.terrain,
            detail=sampler.detail,
            formula=self._formula_state(race, self._current_hints(race, sampler.terrain)),
            epoch=race.epoch,
            columns=loss.columns,
            minimum=self._current_minimum(race, racers),
        )

    def _current_minimum(self, race: Race, racers: tuple[RacerFrame, ...]) -> float | None:
        """Return the minimum to measure losses from; None where none is known, or looking for it failed."""
        with self.report_errors("Looking for a minimum failed"):
            return self.live.minimum.update(race.loss, racers, race.step)
        return None

    def _formula_state(self, race: Race, hints: tuple[Hint, ...]) -> FormulaState:
        loss = race.loss
        return FormulaState(
            text=loss.text,
            parameters=loss.parameters,
            error=self._error,
            request=self._request,
            columns=tuple(loss.columns or ()),
            hints=hints,
            slopes=loss.slopes,
            remark=loss.remark,
        )

    def _current_hints(self, race: Race, terrain: Terrain) -> tuple[Hint, ...]:
        """Return what the formula may be meant as; nothing for a loss without a formula."""
        hints: tuple[Hint, ...] = ()
        with self.report_errors("Looking for hints failed"):
            if isinstance(race.loss, Loss):
                hints = self._hints.of(race.loss, (terrain, self.live.sampler.detail))
        return hints


def racer_frames(race: Race) -> tuple[RacerFrame, ...]:
    """Return a snapshot of each racer of `race`."""
    losses = race.losses
    ranks = np.argsort(np.argsort(losses, kind="stable"), kind="stable") + 1
    rows = zip(race.racers, race.positions, losses, race.status, ranks, strict=True)
    return tuple(
        RacerFrame(
            position=(float(x), float(y)),
            loss=float(loss),
            status=status,
            rank=int(rank),
            trail=racer.history.trail(),
            band=race.band(number),
            reason=race.reason(number),
            rested=race.rested(number),
            evaluations=race.evaluations(number),
            asks=racer.rule.asks,
            population=race.population(number),
        )
        for number, (racer, (x, y), loss, status, rank) in enumerate(rows)
    )
