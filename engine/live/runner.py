"""The background thread: commands in, the newest frame out.

Whoever draws never computes and never waits: a command returns at once with its number, and `Runner.latest` hands out
the newest snapshot.  The thread advances the race in short slices, so that a command reaches it within one.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Mapping, Sequence

from engine.data.rows import Data
from engine.language.types import Bounds, Point
from engine.live.frame import Frame
from engine.live.race_controller import PUBLISH_S, RaceController, RacerSettings
from engine.loss.machine_loss import MachineLoss
from engine.loss.transform import IDENTITY, Transform
from engine.machine.large_stack_thread import start_large_stack_thread
from engine.race.randomness import Randomness

__all__ = ["RacerSettings", "Runner"]

IDLE_S = 0.25
LATEST_ONLY = frozenset(
    {
        "set_formula",
        "set_loss",
        "set_transform",
        "set_bounds",
        "set_height",
        "set_randomness",
        "set_data",
        "set_batch",
        "set_start",
        "set_speed",
        "set_detail",
        "set_racers",
        "seek",
    }
)
"""Commands of which only the newest in the queue is carried out."""

Command = tuple[int, str, tuple[object, ...]]


class Runner:
    """A race on a thread of its own.  All methods may be called from any thread, and none waits."""

    def __init__(self) -> None:
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._requests = 0
        self._latest: Frame | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._controller = RaceController()

    def start(self) -> None:
        """Start the thread."""
        self._thread = start_large_stack_thread(self._work, "runner")

    def stop(self) -> None:
        """End the thread, and wait for the slice it is in."""
        self._stopping.set()
        self._post("wake")
        if self._thread is not None:
            self._thread.join()

    def latest(self) -> Frame | None:
        """Return the newest frame, or None before the first."""
        return self._latest

    @property
    def asked(self) -> int:
        """The number of the newest command; a frame whose `answered` is this number shows all that was asked for."""
        return self._requests

    def set_formula(
        self,
        text: str,
        bounds: Bounds,
        parameters: Mapping[str, float],
        start: Point | None = None,
        transform: Transform = IDENTITY,
        data: Data | None = None,
    ) -> int:
        """Race on another formula, from the start; a wrong one is told in the frame, and the last good one stays."""
        return self._post("set_formula", text, bounds, dict(parameters), start, transform, data)

    def set_loss(
        self, loss: MachineLoss, bounds: Bounds, parameters: Mapping[str, float], start: Point, transform: Transform
    ) -> int:
        """Race on a loss that is there already, from the start: a function of one's own, say."""
        return self._post("set_loss", loss, bounds, dict(parameters), start, transform)

    def set_data(self, data: Data) -> int:
        """Run the formula over other rows of the same columns; the race goes on."""
        return self._post("set_data", data)

    def set_batch(self, batch: int | None) -> int:
        """Let each step learn from so many rows of the data set, or from all."""
        return self._post("set_batch", batch)

    def set_transform(self, transform: Transform, start: Point) -> int:
        """Turn, stretch and shift the landscape; the race is run again on it, from a start that goes along."""
        return self._post("set_transform", transform, start)

    def set_bounds(self, bounds: Bounds) -> int:
        """Show another domain of the landscape; the race goes on."""
        return self._post("set_bounds", bounds)

    def set_height(self, kind: str) -> int:
        """Draw the landscape at another kind of height, of `engine.loss.heights.HEIGHTS`."""
        return self._post("set_height", kind)

    def set_randomness(self, randomness: Randomness) -> int:
        """Leave this to chance; another seed, or other seeds, race again from the start."""
        return self._post("set_randomness", randomness)

    def set_parameter(self, name: str, value: float) -> int:
        """Change a parameter of the formula under the running race."""
        return self._post("set_parameter", name, value)

    def set_racers(self, racers: Sequence[RacerSettings]) -> int:
        """Race these; who was there already goes on, by another rule if it has one, a newcomer catches up."""
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

    def set_detail(self, bounds: Bounds | None, columns: int = 0, rows: int = 0) -> int:
        """Sample this rectangle too, at once, for a view that shows it; None where none does any more."""
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
        controller, published = self._controller, 0.0
        while not self._stopping.is_set():
            # What was asked for is shown before the race goes on; what is seen comes along, where that is due already.
            obeyed, refined = self._obey(controller), controller.refine()
            if obeyed or refined:
                published = self._publish(controller)
            elif not controller.playing:
                controller.precompile()
            moved = controller.playing and controller.go_on()
            # What ends a race is told at once: nothing else would be told after it.
            if moved and (not controller.playing or time.monotonic() - published >= PUBLISH_S):
                published = self._publish(controller)

    def _publish(self, controller: RaceController) -> float:
        """Take a snapshot, if there is a race; return when."""
        if controller.race is not None:
            self._latest = controller.frame()
        return time.monotonic()

    def _obey(self, controller: RaceController) -> bool:
        """Carry out what is in the queue, waiting for it while there is nothing to do; tell whether there was any."""
        due_s = controller.detail_due_s
        patience = 0.0 if controller.playing else IDLE_S if due_s is None else due_s
        commands: list[Command] = []
        try:
            commands.append(self._commands.get(timeout=patience))
            while True:
                commands.append(self._commands.get_nowait())
        except queue.Empty:
            pass
        for request, name, arguments in newest_only(commands):
            if name != "wake":
                controller.execute(request, name, arguments)
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
