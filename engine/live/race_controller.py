"""Carries out commands on a live race, advances it, and takes frames of it: all that the runner's thread does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.compiled.driver import NoCompilerError
from engine.language.errors import FormulaError
from engine.live.commands import Command
from engine.live.frame import FormulaState, Frame, RacerFrame
from engine.live.live_race import LiveRace
from engine.live.loss_snapshot import LossSnapshot
from engine.live.pacing import LONGEST_REST_S
from engine.live.watching import PLAYING_S, STANDING_S
from engine.loss.hints import Hint, Hints
from engine.loss.loss import Loss
from engine.loss.terrain import Terrain
from engine.machine.failures import report_failure
from engine.race.arrivals import ranks
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
        self._loss: LossSnapshot | None = None

    @property
    def race(self) -> Race | None:
        """The race, or None before the first formula that can be compiled."""
        return self.live.race

    @property
    def playing(self) -> bool:
        """Whether the race goes on by itself, or is being repeated."""
        return self.live.playing or self.live.recorder.replay is not None

    def execute(self, request: int, command: Command) -> None:
        """Carry out the command with this number; no exception leaves this method."""
        self._answered = request
        self._reported.clear()
        if command.sets_formula:
            self._request, self._error = request, None
        with self.report_errors(command.failed, of_formula=command.sets_formula):
            if not command.spares_replay:
                self.live.recorder.end_replay()
            command.apply(self.live)

    def precompile(self) -> None:
        """Compile what the first step will need, while no command waits: while somebody types, none may wait for it."""
        if self.live.race is not None:
            with self.report_errors("Compiling the formula failed", of_formula=True):
                self.live.race.loss.compile()

    def advance(self, longest_rest_s: float = LONGEST_REST_S) -> bool:
        """Advance the race by what is due; return whether there is something new to see: it moved, or cannot go on.

        Where nothing is due yet, rest until it is, for at most so long.
        """
        moved = None
        with self.report_errors("The race failed and is held"):
            moved = self.advance_slice(longest_rest_s)
        if moved is None:
            # A race that cannot go on would be tried again at once, for ever.
            self.live.playing, self.live.recorder.replay = False, None
        return moved is not False

    def advance_slice(self, longest_rest_s: float = LONGEST_REST_S) -> bool:
        """Advance the race by what is due, for at most a slice of time, or rest; return whether it moved."""
        if self.live.recorder.replay is not None:
            self.live.continue_replay()
            return True
        steps = self.live.pacer.begin_slice()
        if self.live.race is None or not steps:
            time.sleep(min(self.live.pacer.due_in_s, longest_rest_s))
            return False
        stop = self.live.stop
        if stop is not None:
            steps = min(steps, max(stop - self.live.race.step, 0))
        if steps:
            self.live.race.advance(steps)
            self.live.pacer.end_slice(steps)
        reached = self.live.race.step
        if stop is not None and reached >= stop:
            self.live.playing = False
        if self.live.finish.hold(self.live.race):
            self.live.playing = False
            self.live.recorder.record_way_back(reached, self.live.race.step)
        return True

    @property
    def detail_due_s(self) -> float | None:
        """In how many seconds there is more to be sampled or drawn, though nothing moves; None where there is not."""
        return 0.0 if self._is_behind else self.live.sampler.detail_due_s

    def refine(self) -> bool:
        """Sample more finely what is due, or a part of it; return whether there is something new to see."""
        if self.live.race is None:
            return False
        if self.live.sampler.detail_due_s != 0.0:
            # Curves are made further by each frame that is taken.
            return self._is_behind
        with self.report_errors("Sampling the visible part failed"):
            return self.live.sampler.refine(self.live.race.loss)
        return True

    @property
    def _is_behind(self) -> bool:
        """Whether the race stands, and what is drawn of its steps does not yet reach to where it stands."""
        live, behind = self.live, False
        if live.race is not None and live.watching.quantity and not self.playing:
            with self.report_errors("Drawing a quantity failed"):
                behind = live.watching.is_behind(live.race, live.keys, live.minimum.places)
        return behind

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
        minimum = self._current_minimum()
        self._loss = LossSnapshot.of(loss, self._loss)
        return Frame(
            number=self._frames,
            answered=self._answered,
            step=race.step,
            playing=self.playing,
            steps_per_second=live.rate.measure(race.step) if live.playing else 0.0,
            start=live.start,
            racers=self._watched(racer_frames(race, live.finish.rule.tolerance), race),
            terrain=sampler.terrain,
            detail=sampler.detail,
            formula=self._formula_state(race, self._current_hints(race, sampler.terrain)),
            epoch=race.epoch,
            steps_per_epoch=race.steps_per_epoch,
            columns=loss.columns,
            height=sampler.height,
            log=live.log_so_far,
            minimum=minimum,
            minimum_is_known=live.minimum.is_known,
            tolerance=live.finish.rule.tolerance,
            is_over=live.finish.is_over(race),
            keys=tuple(live.keys),
            loss=self._loss,
            quantity=live.watching.quantity,
        )

    def _watched(self, racers: tuple[RacerFrame, ...], race: Race) -> tuple[RacerFrame, ...]:
        """Return frames of racers with what is watched of each."""
        watching, keys = self.live.watching, self.live.keys
        if watching.keys:
            with self.report_errors("Reading the values of a step failed"):
                watched = watching.values(race, keys)
                racers = tuple(replace(frame, watched=watched.get(number)) for number, frame in enumerate(racers))
        if watching.quantity:
            with self.report_errors("Drawing a quantity failed"):
                most_s = PLAYING_S if self.playing else STANDING_S
                drawn = watching.curves(race, keys, self.live.minimum.places, most_s)
                racers = tuple(replace(frame, drawn=drawn.get(key)) for key, frame in zip(keys, racers, strict=True))
        return racers

    def _current_minimum(self) -> float | None:
        """Return the minimum to measure losses from; None where none is known, or looking for it failed."""
        with self.report_errors("Looking for a minimum failed"):
            self.live.follow_minimum()
            return self.live.minimum.value
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


def racer_frames(race: Race, tolerance: float) -> tuple[RacerFrame, ...]:
    """Return a snapshot of each racer of `race`, which has arrived where it was near enough to the minimum."""
    losses = race.losses
    arrivals = [race.arrival(number, tolerance) for number in range(len(race.racers))]
    rows = zip(race.racers, race.positions, losses, standings(race), arrivals, ranks(arrivals, losses), strict=True)
    return tuple(
        RacerFrame(
            position=(float(x), float(y)),
            loss=float(loss),
            status=status,
            rank=rank,
            trail=racer.history.trail(),
            band=race.band(number),
            reason=reason,
            rested=race.rested(number),
            evaluations=race.evaluations(number),
            asks=racer.rule.asks,
            evaluations_by_step=race.evaluations_by_step(number),
            population=race.population(number),
            cloud=race.cloud(number),
            arrived=arrived,
            step_s=racer.step_s,
        )
        for number, (racer, (x, y), loss, (status, reason), arrived, rank) in enumerate(rows)
    )


def standings(race: Race) -> list[tuple[str, str]]:
    """Return the status of each racer as frames have it, and why it is so."""
    found = []
    for number, status in enumerate(race.status):
        stall = race.stall(number) if status == "running" else ""
        found.append(("stalled", stall) if stall else (status, race.reason(number)))
    return found
