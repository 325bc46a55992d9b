"""The minimum that a frame's losses are measured from."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData
from engine.language.types import Point
from engine.live import minimum_tracker
from engine.live.commands import (
    Command,
    Restart,
    SetData,
    SetFormula,
    SetParameter,
    SetRacers,
    SetRandomness,
    SetTransform,
    Step,
)
from engine.live.frame import Frame
from engine.live.race_controller import RaceController
from engine.live.racer_settings import RacerSettings
from engine.loss.transform import IDENTITY, Transform
from engine.race.randomness import Randomness
from landscapes import CATALOGUE
from landscapes.landscape import DataLandscape, Landscape

BOUNDS = ((-2.0, 2.0), (-1.0, 3.0))
SGD = RacerSettings(1, "SGD", {"lr": 0.01})
KNOWN = [one for one in CATALOGUE.values() if one.minima and np.isfinite(one.lowest)]


class Racing:
    """A controller, without its thread."""

    def __init__(self, racers: Sequence[RacerSettings] = (SGD,)) -> None:
        self.failures: list[object] = []
        self.controller = RaceController(lambda *failure: self.failures.append(failure))
        self.does(SetRacers(tuple(racers)))

    def does(self, *commands: Command) -> Frame | None:
        for command in commands:
            self.controller.execute(1, command)
        frame = self.controller.take_frame()
        assert not self.failures
        return frame

    def minimum(self, *commands: Command) -> float | None:
        frame = self.does(*commands)
        assert frame is not None
        losses = [loss for racer in frame.racers for loss in racer.trail.losses.tolist() if np.isfinite(loss)]
        lowest = min(losses, default=np.inf)
        starts = [abs(float(racer.trail.losses[0])) for racer in frame.racers]
        if frame.minimum is not None:
            assert lowest >= frame.minimum - 1e-14 * max([abs(frame.minimum), *starts])
        return frame.minimum


def typed(text: str, start: Point = (1.5, 2.0), transform: Transform = IDENTITY) -> SetFormula:
    return SetFormula(text, BOUNDS, {}, start, transform)


def of(landscape: Landscape, transform: Transform = IDENTITY) -> SetFormula:
    data = None
    if isinstance(landscape, DataLandscape):
        data = MadeData(landscape.data, {**GENERATORS[landscape.data].defaults, **landscape.settings})
    start, minima = landscape.start, tuple(landscape.minima)
    return SetFormula(landscape.formula, landscape.domain, landscape.parameters, start, transform, data, minima)


@pytest.mark.parametrize("landscape", KNOWN, ids=lambda landscape: landscape.name)
def test_a_landscape_of_the_catalogue_is_measured_from_its_minimum(landscape: Landscape) -> None:
    # A root of a sine that is 0 but for rounding, as in NewFunction02, has half of the digits.
    exact = 1e-6 if "sqrt(|sin" in landscape.formula else 1e-9
    assert Racing(()).minimum(of(landscape)) == pytest.approx(landscape.lowest, rel=exact, abs=1e-12)


def test_the_minimum_stays_where_the_landscape_is_turned_and_stretched() -> None:
    racing, landscape = Racing(), CATALOGUE["SparseColumnRegression"]
    turned = racing.minimum(
        of(landscape), Step(20), SetTransform(Transform(30.0, 2.0, (1.0, 0.5)), (1.0, 1.0)), Step(5)
    )
    assert turned == pytest.approx(landscape.lowest, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "minimum"), [("x^4 + y^2 - 3", -3.0), ("cos(x) + y^2/4", -1.0), ("(x - y)^2 + x^2 + 5", 5.0)]
)
def test_a_typed_formula_is_measured_from_the_minimum_below_its_best_racer(text: str, minimum: float) -> None:
    racing = Racing()
    assert racing.minimum(typed(text)) is None, "before the first step nothing is looked for"
    assert racing.minimum(Step()) == pytest.approx(minimum, rel=1e-12)
    assert racing.minimum(Step(400)) == pytest.approx(minimum, rel=1e-12)


@pytest.mark.parametrize("text", ["x + y", "x^2 - y^2", "log(-x^2) + y", "floor(x) + floor(y)", "x^3 + y^2"])
def test_without_a_minimum_there_is_none_to_measure_from(text: str) -> None:
    racing = Racing()
    racing.does(typed(text, (1.0, 0.25)))
    for _ in range(6):
        assert racing.minimum(Step(50)) is None


def test_a_racer_below_a_false_minimum_is_the_start_of_the_search_for_another() -> None:
    racing, false = Racing(), ((2.0, 2.0),)
    formula = SetFormula("x^4 + y^2 - 3", BOUNDS, {}, (3.0, 3.0), minima=false)
    assert racing.minimum(formula) == 17.0
    assert racing.minimum(Step(100)) == pytest.approx(-3.0, rel=1e-12)


def test_a_minimum_on_the_edge_of_the_domain_is_none_once_a_racer_has_left() -> None:
    racing, saddle = Racing(), CATALOGUE["HyperbolicSaddle"]
    assert racing.minimum(of(dataclasses.replace(saddle, start=(0.5, 0.1)))) == pytest.approx(saddle.lowest)
    assert racing.minimum(Step(400)) is None
    assert racing.minimum(Restart()) == pytest.approx(saddle.lowest)


def test_a_parameter_moves_the_minimum_and_back() -> None:
    racing = Racing()
    formula = SetFormula("(x - a)^2 + y^2 + a", BOUNDS, {"a": 1.0}, (0.0, 1.0), minima=((1.0, 0.0),))
    assert racing.minimum(formula, Step(3)) == 1.0
    assert racing.minimum(SetParameter("a", 1.5)) == pytest.approx(1.5)
    assert racing.minimum(SetParameter("a", 1.0)) == 1.0


def test_losses_recorded_below_the_minimum_of_other_parameters_leave_none() -> None:
    racing = Racing()
    racing.does(SetFormula("x^2 + y^2 + a", BOUNDS, {"a": 0.0}, (1.0, 1.0)), Step(300))
    assert racing.minimum(SetParameter("a", 5.0), Step(1)) is None
    assert racing.minimum(Restart(), Step(1)) == pytest.approx(5.0)


def test_other_rows_have_another_minimum() -> None:
    racing, landscape = Racing(), CATALOGUE["LinearRegression"]
    racing.does(of(landscape), Step(10))
    other = racing.minimum(SetData(MadeData("line", {**GENERATORS["line"].defaults, "noise": 1.0})), Step(2))
    assert other is not None and other != pytest.approx(landscape.lowest, rel=1e-3)


def test_noisy_racers_of_many_seeds_lie_above_the_minimum() -> None:
    racing, landscape = Racing(), CATALOGUE["SparseColumnRegression"]
    racing.does(SetRandomness(Randomness(noise="noise", sigma=0.3, seeds=16)))
    assert racing.minimum(of(landscape), Step(500)) == pytest.approx(landscape.lowest, rel=1e-9)


def test_nothing_is_computed_for_a_frame_in_which_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    racing = Racing()
    racing.does(typed("x + y"), Step(40))
    monkeypatch.setattr(minimum_tracker, "polish", None)
    monkeypatch.setattr(minimum_tracker, "_losses_at", None)
    assert racing.minimum() is None
    assert racing.minimum(Step(39)) is None, "a racer that falls without end is looked after ever more rarely"
