"""What a map or the curves are computed from, and the computation: stage by stage, and left at any time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock

from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.race.maps.sweep import Sweep, SweepMap
from gui.session.choices import RacerChoice
from gui.views.studies.setting_axis import SettingAxis
from gui.window.studies.study_ground import StudyGround

MOST_WORK, LEAST_CELLS = 3e8, 48
"""How often a map evaluates a formula, for each row of its data: a few seconds; and the cells that it has anyway."""
GOAL_SHARE = 0.01
"""The share of the loss at the start that is counted to where nobody has set a goal."""


class Leaving:
    """Lets a computation be left from the window's thread."""

    def __init__(self) -> None:
        self._lock, self.left = Lock(), False
        self._map: SweepMap | None = None

    def leave(self) -> None:
        """Let the stages end soon."""
        with self._lock:
            self.left = True
            if self._map is not None:
                self._map.cancel()

    def stages(self, sweep: SweepMap) -> Iterator[Sweep]:
        """Return the stages of a map, which end where the computation is left."""
        with self._lock:
            # From here on `leave` finds the map; `stages` forgets what was cancelled before.
            found = sweep.stages()
            self._map = sweep
        return iter(()) if self.left else found


@dataclass(frozen=True, eq=False)
class Request:
    """A map of one racer over two axes, or the curves of several over one.

    Attributes
    ----------
    ground : StudyGround
    racers : tuple of RacerChoice
    axes : tuple of SettingAxis
        Two for a map, the first one along x; or one.
    cells : (int, int)
        Along x and along y, at most.
    steps : int
    goal : float or None
    """

    ground: StudyGround
    racers: tuple[RacerChoice, ...]
    axes: tuple[SettingAxis, ...]
    cells: tuple[int, int]
    steps: int
    goal: float | None


@dataclass(frozen=True, eq=False)
class Stage:
    """What is known of a request so far: of each racer the newest sweep, by its key.

    Attributes
    ----------
    goal : float
        The loss to which steps were counted.
    start_loss : float
        That of now, without the numbers of the axes.
    parameters : mapping of str to float
        Those of the formula, as they are now.
    finished : bool
        Whether nothing follows.
    """

    request: Request
    sweeps: dict[int, Sweep]
    goal: float
    start_loss: float
    parameters: Mapping[str, float]
    finished: bool


def stages_of(request: Request, leaving: Leaving) -> Iterator[Stage]:
    """Yield stage after stage; none where it was left.

    Raises
    ------
    FormulaError
        Where the axes, the racer or the formula do not do.
    """
    ground, loss = request.ground, request.ground.loss()
    start_loss = float(loss.value(*ground.start))
    # Where the start has no loss nobody gets anywhere, and that is what is drawn.
    usual = GOAL_SHARE * start_loss if math.isfinite(start_loss) else 0.0
    goal = request.goal if request.goal is not None else usual
    sweeps: dict[int, Sweep] = {}
    for number, racer in enumerate(request.racers, start=1):
        cells = _cells(request, loss.rows)
        axes = {axis.name: _values(axis, count) for axis, count in zip(request.axes, cells, strict=False)}
        made = SweepMap(
            loss, ground.rule(racer), axes, ground.start, request.steps, goal, ground.randomness.seed,
            ground.batch_of(loss),
        )  # fmt: skip
        for sweep in leaving.stages(made):
            sweeps[racer.key] = sweep
            finished = number == len(request.racers) and sweep.stride == 1
            yield Stage(request, dict(sweeps), goal, start_loss, dict(loss.parameters), finished)
        if leaving.left:
            return


def _cells(request: Request, rows: int) -> tuple[int, ...]:
    """Return how many cells there are along each axis: fewer where a step evaluates many rows."""
    cells = request.cells[: len(request.axes)]
    work = math.prod(cells) * max(request.steps, 1) * max(rows, 1)
    share = min((MOST_WORK / work) ** (1.0 / len(cells)), 1.0)
    return tuple(max(round(count * share), min(count, LEAST_CELLS)) for count in cells)


def _values(axis: SettingAxis, count: int) -> Array:
    """Return the values in the middles of the cells.

    Raises
    ------
    FormulaError
        Where float64 cannot tell them apart.
    """
    values = axis.middles(count)
    if not (values[1:] > values[:-1]).all():
        raise FormulaError(f'The axis "{axis.name}" is so short that float64 cannot tell its settings apart.')
    return values
