"""The background thread: commands in, the newest frame out.

Whoever draws never computes and never waits: a command returns at once with its number, and `Runner.latest` hands out
the newest snapshot.  The thread advances the race in short slices, so that a command reaches it within one.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.frame import FormulaState, Frame, Point, RacerFrame
from engine.language.errors import FormulaError
from engine.loss import Loss, compile_loss
from engine.optimizers import OPTIMIZERS
from engine.race import Race
from engine.terrain import Bounds, Terrain, sample_terrain

SLICE_S = 0.004
"""How long a slice of the race may take: a command waits no longer, and the lock is free between slices."""
PUBLISH_S = 0.008
"""The least time between two frames while racing: twice as often as a screen shows them."""
IDLE_S = 0.25
RATE_WINDOW_S = 0.5
"""Over how long the reached speed is measured."""
TERRAIN_SIZE = 256
STACK_BYTES = 16 * 2**20
"""LLVM needs more than the 512 KiB that macOS gives a thread."""
LATEST_ONLY = frozenset({"set_formula", "set_start", "set_speed", "set_detail", "set_racers", "seek"})
"""Commands of which only the newest in the queue is carried out."""


@dataclass(frozen=True)
class RacerSettings:
    """A racer as the window knows it: `key` stays with it, `values` are its hyperparameters."""

    key: int
    optimizer: str
    values: Mapping[str, float] = field(default_factory=dict)


Command = tuple[int, str, tuple[object, ...]]


class Runner:
    """A race on a thread of its own.  All methods may be called from any thread, and none waits."""

    def __init__(self) -> None:
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._requests = 0
        self._latest: Frame | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = _State()

    def start(self) -> None:
        """Start the thread."""
        before = threading.stack_size(STACK_BYTES)
        self._thread = threading.Thread(target=self._work, name="runner", daemon=True)
        self._thread.start()
        threading.stack_size(before)

    def stop(self) -> None:
        """End the thread, and wait for the slice it is in."""
        self._stopping.set()
        self._post("wake")
        if self._thread is not None:
            self._thread.join()

    def latest(self) -> Frame | None:
        """Return the newest frame, or None before the first."""
        return self._latest

    def set_formula(
        self, text: str, bounds: Bounds, parameters: Mapping[str, float], start: Point | None = None
    ) -> int:
        """Race on another formula, from the start; a wrong one is told in the frame, and the last good one stays."""
        return self._post("set_formula", text, bounds, dict(parameters), start)

    def set_parameter(self, name: str, value: float) -> int:
        """Change a parameter of the formula under the running race."""
        return self._post("set_parameter", name, value)

    def set_racers(self, racers: Sequence[RacerSettings]) -> int:
        """Race these; who was there already goes on, a newcomer catches up from the start."""
        return self._post("set_racers", tuple(racers))

    def set_hyperparameter(self, key: int, name: str, value: float) -> int:
        """Change a hyperparameter of a racer under way."""
        return self._post("set_hyperparameter", key, name, value)

    def set_start(self, x: float, y: float) -> int:
        """Race from another point, from step 0."""
        return self._post("set_start", x, y)

    def set_speed(self, steps_per_second: float) -> int:
        """Aim at this many steps per second."""
        return self._post("set_speed", steps_per_second)

    def set_detail(self, bounds: Bounds, columns: int, rows: int) -> int:
        """Sample this rectangle too, for a view that shows it."""
        return self._post("set_detail", bounds, columns, rows)

    def play(self) -> int:
        """Let the race run."""
        return self._post("play")

    def pause(self) -> int:
        """Hold the race."""
        return self._post("pause")

    def step(self, n: int = 1) -> int:
        """Make `n` steps and hold."""
        return self._post("step", n)

    def back(self, n: int = 1) -> int:
        """Go back `n` steps and hold."""
        return self._post("back", n)

    def seek(self, step: int) -> int:
        """Go to a step, back or forth, and hold."""
        return self._post("seek", step)

    def restart(self) -> int:
        """Go back to step 0."""
        return self._post("restart")

    def _post(self, name: str, *arguments: object) -> int:
        self._requests += 1
        self._commands.put((self._requests, name, arguments))
        return self._requests

    def _work(self) -> None:
        state, published = self._state, 0.0
        while not self._stopping.is_set():
            changed = self._obey(wait=not state.playing)
            moved = state.playing and state.advance_slice()
            now = time.monotonic()
            if (changed or (moved and now - published >= PUBLISH_S)) and state.race is not None:
                self._latest = state.frame()
                published = now

    def _obey(self, wait: bool) -> bool:
        """Carry out what is in the queue; tell whether there was anything."""
        commands: list[Command] = []
        try:
            commands.append(self._commands.get(timeout=IDLE_S if wait else 0.0))
            while True:
                commands.append(self._commands.get_nowait())
        except queue.Empty:
            pass
        for request, name, arguments in newest_only(commands):
            if name != "wake":
                self._state.obey(request, name, arguments)
        return bool(commands)


def newest_only(commands: Sequence[Command]) -> list[Command]:
    """Return `commands` without those that a later one makes pointless."""
    seen: set[object] = set()
    kept: list[Command] = []
    for command in reversed(commands):
        _, name, arguments = command
        key: object = name if name in LATEST_ONLY else None
        if name in ("set_parameter", "set_hyperparameter"):
            key = (name, *arguments[:-1])
        if key is None or key not in seen:
            kept.append(command)
        seen.add(key)
    return kept[::-1]


class _State:
    """What the thread alone touches."""

    def __init__(self) -> None:
        self.race: Race | None = None
        self.playing = False
        self.speed = 60.0
        self._racers: list[RacerSettings] = []
        self._start: Point = (0.0, 0.0)
        self._bounds: Bounds = ((-1.0, 1.0), (-1.0, 1.0))
        self._terrain: Terrain | None = None
        self._detail_wanted: tuple[Bounds, int, int] | None = None
        self._detail: Terrain | None = None
        self._error: FormulaError | None = None
        self._request = 0
        self._frames = 0
        self._terrains = 0
        self._due = 0.0
        self._clock = 0.0
        self._steps_per_slice = 64.0
        self._marks: list[tuple[float, int]] = []

    def obey(self, request: int, name: str, arguments: tuple[object, ...]) -> None:
        """Carry out a command; whatever goes wrong becomes a sentence in the next frame."""
        handler: Callable[..., None] = getattr(self, f"_on_{name}")
        if name == "set_formula":
            self._request, self._error = request, None
        try:
            handler(*arguments)
        except FormulaError as error:
            self._error = error
        except Exception as error:  # The thread must outlive any mistake of ours; the person is told.
            self._error = FormulaError(f"That did not work: {type(error).__name__}.", hint="Please report it.")

    def advance_slice(self) -> bool:
        """Advance the race by what is due, for at most a slice of time; tell whether it moved."""
        now = time.monotonic()
        self._due = min(self._due + (now - self._clock) * self.speed, self.speed * PUBLISH_S * 2 + 1)
        self._clock = now
        steps = int(min(self._due, self._steps_per_slice))
        # Few long slices: many short ones would hold Python's lock most of the time, and the window waits for it.
        if self.race is None or self._due < max(1.0, self.speed * PUBLISH_S):
            time.sleep(PUBLISH_S / 4)
            return False
        self.race.advance(steps)
        took = max(time.monotonic() - now, 1e-6)
        self._steps_per_slice = max(1.0, min(steps * SLICE_S / took, 2.0 * self._steps_per_slice))
        self._due -= steps
        return True

    def frame(self) -> Frame:
        """Return a snapshot."""
        race, terrain = self.race, self._terrain
        assert race is not None and terrain is not None, "frames begin with the first good formula"
        self._frames += 1
        losses, status = race.losses, race.status
        order = np.argsort(np.argsort(losses, kind="stable"), kind="stable") + 1
        racers = tuple(
            RacerFrame((float(x), float(y)), float(loss), text, int(rank), racer.history.trail())
            for racer, (x, y), loss, text, rank in zip(race.racers, race.positions, losses, status, order, strict=True)
        )
        formula = FormulaState(race.loss.text, race.loss.parameters, self._error, self._request)
        rate = self._rate(race.step)
        return Frame(self._frames, race.step, self.playing, rate, self._start, racers, terrain, self._detail, formula)

    def _rate(self, step: int) -> float:
        """Return the steps per second over the last moments."""
        now = time.monotonic()
        if not self.playing:
            self._marks.clear()
            return 0.0
        self._marks.append((now, step))
        while now - self._marks[0][0] > RATE_WINDOW_S and len(self._marks) > 2:
            self._marks.pop(0)
        (then, before) = self._marks[0]
        seconds = now - then
        return max(step - before, 0) / seconds if seconds > 0 else 0.0

    def _on_set_formula(self, text: str, bounds: Bounds, parameters: dict[str, float], start: Point | None) -> None:
        loss = compile_loss(text)
        loss.set(**{name: value for name, value in parameters.items() if name in loss.parameters})
        self._bounds = bounds
        self._start = start if start is not None else self._start
        self._race_on(loss)
        self._sample(loss)

    def _race_on(self, loss: Loss) -> None:
        self.race = Race(loss, [], start=np.empty((0, 2)))
        for settings in self._racers:
            self._add(settings)
        self._marks.clear()

    def _sample(self, loss: Loss) -> None:
        self._terrains += 2
        number = self._terrains
        self._terrain = sample_terrain(loss, self._bounds, TERRAIN_SIZE, TERRAIN_SIZE, number)
        if self._detail_wanted is not None:
            bounds, columns, rows = self._detail_wanted
            self._detail = sample_terrain(loss, bounds, columns, rows, number + 1, self._terrain.scale)

    def _on_set_parameter(self, name: str, value: float) -> None:
        if self.race is not None and name in self.race.loss.parameters:
            self.race.loss.set(**{name: value})
            self._sample(self.race.loss)

    def _on_set_racers(self, racers: tuple[RacerSettings, ...]) -> None:
        before, self._racers = {settings.key: settings for settings in self._racers}, list(racers)
        if self.race is None:
            return
        running = dict(zip(before, self.race.racers, strict=True))
        self.race.racers, self.race.start = [], np.empty((0, 2))
        for settings in racers:
            known = before.get(settings.key)
            if known is not None and known.optimizer == settings.optimizer:
                self.race.racers.append(running[settings.key])
                self.race.start = np.vstack([self.race.start, self._start])
                self.race.set(len(self.race.racers) - 1, **settings.values)
            else:
                self._add(settings)

    def _add(self, settings: RacerSettings) -> None:
        assert self.race is not None
        self.race.add(OPTIMIZERS[settings.optimizer].compile(**settings.values), self._start)

    def _on_set_hyperparameter(self, key: int, name: str, value: float) -> None:
        for number, settings in enumerate(self._racers):
            if settings.key == key and self.race is not None:
                self.race.set(number, **{name: value})
                values = {**settings.values, name: value}
                self._racers[number] = RacerSettings(key, settings.optimizer, values)

    def _on_set_start(self, x: float, y: float) -> None:
        self._start = (x, y)
        if self.race is not None:
            self.race.restart(self._start)
            self._marks.clear()

    def _on_set_speed(self, steps_per_second: float) -> None:
        self.speed = max(steps_per_second, 0.1)

    def _on_set_detail(self, bounds: Bounds, columns: int, rows: int) -> None:
        self._detail_wanted = (bounds, columns, rows)
        if self.race is not None and self._terrain is not None:
            self._terrains += 2
            scale = self._terrain.scale
            self._detail = sample_terrain(self.race.loss, bounds, columns, rows, self._terrains, scale)

    def _on_play(self) -> None:
        self.playing, self._clock, self._due = True, time.monotonic(), 0.0

    def _on_pause(self) -> None:
        self.playing = False

    def _on_step(self, n: int) -> None:
        self.playing = False
        if self.race is not None:
            self.race.advance(n)

    def _on_back(self, n: int) -> None:
        if self.race is not None:
            self._on_seek(self.race.step - n)

    def _on_seek(self, step: int) -> None:
        self.playing = False
        if self.race is not None:
            self.race.rewind(min(max(step, 0), self.race.step))
            self.race.advance(max(step, 0) - self.race.step)

    def _on_restart(self) -> None:
        if self.race is not None:
            self.race.restart()
            self._marks.clear()
