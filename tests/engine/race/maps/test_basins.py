"""A basin map says of every start what a race from there would have shown."""

from collections.abc import Callable
from threading import Timer

import numpy as np
import pytest

from engine import BasinMap, Basins, FormulaError, Race, basins, compile_loss, compile_rule
from engine.language.types import Bounds
from engine.loss.machine_loss import MachineLoss
from engine.race.compile_racer import RacerLike

HIMMELBLAU = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2"
MINIMA = np.array([(3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)])
DOMAIN: Bounds = ((-5, 5), (-5, 5))
SOME = [(0, 0), (3, 17), (20, 5), (11, 12), (23, 23)]
"""Rows and columns of cells that are set beside races."""


def race_at(map: Basins, row: int, column: int, loss: MachineLoss, racer: RacerLike, steps: int, seed: int = 0) -> Race:
    race = Race(loss, [racer], start=(map.x[column], map.y[row]), seed=seed)
    race.advance(steps)
    return race


@pytest.mark.parametrize(
    "racer",
    ["Adam(lr=0.1)", "Momentum | noise(sigma=0.5)", "Lion | cosine(T=60) | clip_norm(max_norm=1)", "BFGS", "SPSA",
     "CMAES", "SGD(lr=0.1)", "BFGS | noise(sigma=0.1)", "NelderMead", "SimulatedAnnealing"],
)  # fmt: skip
def test_every_cell_ends_bit_for_bit_where_a_race_from_its_start_ends(racer: str) -> None:
    loss = compile_loss(HIMMELBLAU)
    map = basins(loss, racer, DOMAIN, size=24, steps=75, seed=3)
    for row, column in SOME:
        race = race_at(map, row, column, loss, racer, 75, seed=3)
        diverged = race.racers[0].diverged_at
        if diverged is None:
            assert map.ends[row, column].tolist() == race.positions[0].tolist()
            assert map.labels[row, column] != -1
        else:
            assert map.labels[row, column] == -1 and map.steps[row, column] == diverged


def test_a_rule_of_one_s_own_that_draws_uniform_numbers_draws_in_each_cell_those_of_a_race() -> None:
    loss, rule = compile_loss("x^2 + y^2"), compile_rule("w = w - lr*g + 0.1*(rand() - 0.5)", lr=0.05)
    map = basins(loss, rule, DOMAIN, size=24, steps=40, seed=3)
    for row, column in SOME:
        race = race_at(map, row, column, loss, rule, 40, seed=3)
        assert map.ends[row, column].tolist() == race.positions[0].tolist()


def test_a_solver_that_has_come_to_rest_says_so_and_a_rule_never_does() -> None:
    loss = compile_loss("x^4 - x^2 + y^2")
    map = basins(loss, "Newton", DOMAIN, size=32, steps=60)
    for row, column in SOME:
        assert map.resting[row, column] == (race_at(map, row, column, loss, "Newton", 60).rested(0) is not None)
    assert map.resting.any() and not basins(loss, "Adam", DOMAIN, size=32, steps=60).resting.any()


def test_each_cell_has_the_minimum_that_its_race_arrives_at_and_the_step() -> None:
    loss = compile_loss(HIMMELBLAU)
    map = basins(loss, "Adam(lr=0.1)", DOMAIN, size=24, steps=400)
    assert np.allclose(sorted(map.minima.tolist()), sorted(MINIMA.tolist()), atol=1e-5)
    # From a start that is lower than the median, a racer has arrived as if it began at the median.
    starts = loss.value(map.x, map.y[:, np.newaxis])
    high = np.argwhere(starts >= np.median(starts))[::50].tolist()
    for row, column in high:
        race = race_at(map, row, column, loss, "Adam(lr=0.1)", 400)
        label = map.labels[row, column]
        assert np.hypot(*(race.positions[0] - map.minima[label])) < 1e-2
        race.set_minimum(map.minimum_losses[label])
        arrival = race.arrival(0, 1e-6)
        assert arrival is not None and map.steps[row, column] == arrival.step


def test_minima_of_different_losses_each_count_the_steps_to_their_own() -> None:
    loss = compile_loss("(x^2 - 1)^2 + x/2 + y^2")
    map = basins(loss, "SGD(lr=0.05)", ((-2, 2), (-1, 1)), size=20, steps=300)
    assert len(map.minima) == 2 and map.minimum_losses[0] < map.minimum_losses[1]
    assert (map.labels[:, :9] == 0).all() and (map.labels[:, 12:] == 1).all()
    race = race_at(map, 0, 18, loss, "SGD(lr=0.05)", 300)
    race.set_minimum(map.minimum_losses[1])
    arrival = race.arrival(0, 1e-6)
    assert arrival is not None and map.steps[0, 18] == arrival.step


def test_minima_that_are_known_have_the_first_labels_and_others_are_found() -> None:
    loss = compile_loss(HIMMELBLAU)
    known = basins(loss, "BFGS", DOMAIN, 24, 100, minima=MINIMA[[2, 0]])
    assert known.minima[:2].tolist() == MINIMA[[2, 0]].tolist() and len(known.minima) == 4
    found = basins(loss, "BFGS", DOMAIN, 24, 100)
    assert np.allclose(known.minima[known.labels], found.minima[found.labels], atol=1e-5)


def test_rows_are_y_upwards_and_where_there_is_no_loss_a_racer_diverges_at_once() -> None:
    map = basins(compile_loss("log(y)^2 + x^2"), "SGD(lr=0.02)", ((-1, 1), (-2, 2)), size=16, steps=600)
    assert (map.labels[:8] == -1).all() and (map.steps[:8] == 0).all()
    assert (map.labels[10:] == 0).all() and map.minima.round(5).tolist() == [[0.0, 1.0]]
    assert map.y[0] < map.y[-1]


@pytest.mark.parametrize(
    ("formula", "racer", "labels"),
    [
        ("x + 0*y", "SGD", {-2}),
        ("3 + 0*x", "Adam", {-2}),
        ("x^3 + y^2", "SGD(lr=0.01)", {-2, -1}),
        ("x^2 + 0*y", "SGD(lr=0.3)", {0}),
        ("(x^2 + y^2 - 1)^2", "SGD(lr=0.05)", {0}),
        ("x^4 + y^4", "BFGS", {0}),
        ("x^2 + y^2", "SGD(lr=0)", {-2}),
        ("x^2 + y^2", "SGD(lr=1e300)", {-1}),
    ],
)
def test_landscapes_without_a_single_minimum_have_labels_that_make_sense(
    formula: str, racer: str, labels: set[int]
) -> None:
    map = basins(compile_loss(formula), racer, ((-2, 2), (-2, 2.1)), size=16, steps=300)
    assert set(map.labels.ravel().tolist()) == labels


def test_at_a_kink_a_known_minimum_is_where_racers_settle() -> None:
    loss = compile_loss("abs(x) + abs(y)")
    map = basins(loss, "NelderMead", ((-2, 2), (-2, 2)), 16, 200, minima=[(0, 0)])
    assert (map.labels >= 0).mean() > 0.9 and map.minima.tolist() == [[0.0, 0.0]]


def test_mini_batches_are_those_of_a_race() -> None:
    columns = {"u": np.linspace(-1, 1, 21), "v": np.linspace(0, 3, 21) ** 2}
    loss = compile_loss("mean((x*u + y - v)^2)", columns)
    map = basins(loss, "SGD(lr=0.1)", DOMAIN, 16, 200, batch=4, seed=5)
    race = Race(loss, ["SGD(lr=0.1)"], start=(map.x[3], map.y[9]), seed=5, batch=4)
    race.advance(200)
    assert map.ends[9, 3].tolist() == race.positions[0].tolist()


def changed_after(stages: BasinMap, change: Callable[[], object]) -> Basins:
    """Return the last picture where `change` is called after the first."""
    pictures = stages.stages()
    next(pictures)
    change()
    *_, last = pictures
    return last


def assert_same(first: Basins, second: Basins) -> None:
    assert first.labels.tobytes() == second.labels.tobytes() and first.steps.tobytes() == second.steps.tobytes()
    assert first.ends.tobytes() == second.ends.tobytes() and first.minima.tobytes() == second.minima.tobytes()


def test_pictures_become_finer_and_keep_what_was_computed() -> None:
    loss = compile_loss("a*(x^2 + y - 11)^2 + (x + y^2 - 7)^2")
    pictures = list(BasinMap(loss, "Adam(lr=0.1)", DOMAIN, (100, 130), 80).stages())
    assert [picture.stride for picture in pictures] == [4, 2, 1]
    whole = pictures[-1]
    for picture in pictures:
        assert picture.labels.shape == (130, 100)
        own = slice(1, None, 4) if picture.stride == 4 else slice(1, None, 2) if picture.stride == 2 else slice(None)
        assert (picture.labels[own, own] == whole.labels[own, own]).all()
        assert (picture.labels == whole.labels).mean() > 0.8
    whole_at_once = changed_after(BasinMap(loss, "Adam(lr=0.1)", DOMAIN, (100, 130), 80), lambda: loss.set(a=5))
    assert_same(whole_at_once, whole)


def test_a_cancelled_map_ends_and_goes_on_where_it_was() -> None:
    loss = compile_loss(HIMMELBLAU)
    cancelled = BasinMap(loss, "Momentum", DOMAIN, 96, 150)
    pictures = cancelled.stages()
    next(pictures)
    cancelled.cancel()
    assert list(pictures) == []
    assert_same(cancelled.finished(), basins(loss, "Momentum", DOMAIN, 96, 150))


def test_a_map_is_cancelled_from_another_thread_in_the_middle_of_its_steps() -> None:
    endless = BasinMap(compile_loss(HIMMELBLAU), "Adam", DOMAIN, 64, 10**9)
    timer = Timer(0.2, endless.cancel)
    timer.start()
    assert list(endless.stages()) == []


def test_more_steps_go_on_from_where_the_racers_are() -> None:
    loss = compile_loss(HIMMELBLAU)
    map = BasinMap(loss, "Adam(lr=0.1)", DOMAIN, 48, 40)
    map.finished()
    map.extend(110)
    assert_same(map.finished(), basins(loss, "Adam(lr=0.1)", DOMAIN, 48, 150))
    assert [picture.stride for picture in map.stages()] == [1]


def test_without_a_step_only_the_minima_themselves_are_settled_at() -> None:
    map = basins(compile_loss("x^2 + y^2"), "SGD", ((-1, 1), (-1, 1)), size=17, steps=0)
    assert map.labels[8, 8] == 0 and (map.labels >= 0).sum() == 1 and map.steps[8, 8] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"size": 0}, "at least one cell"),
        ({"size": -3}, "at least one cell"),
        ({"size": 2.5}, "whole number"),
        ({"size": 10**6}, "at most 4,194,304 cells"),
        ({"steps": -1}, "number of steps"),
        ({"steps": 1.5}, "number of steps"),
        ({"domain": ((1, 1), (0, 1))}, "from a lower to a higher finite x"),
        ({"domain": ((0, 1), (3, 2))}, "from a lower to a higher finite y"),
        ({"domain": ((0, np.inf), (0, 1))}, "finite x"),
        ({"domain": ((0, np.nan), (0, 1))}, "finite x"),
        ({"domain": ((-1e308, 1e308), (0, 1))}, "finite x"),
        ({"domain": (0, 1)}, "A domain is"),
        ({"domain": ((1, 1 + 1e-15), (0, 1))}, "so narrow along x"),
        ({"racer": "Adamant"}, "Adamant"),
        ({"racer": 3}, "A racer is"),
        ({"minima": [(0, np.nan)]}, "Known minima are points"),
        ({"minima": [1, 2, 3]}, "Known minima are points"),
        ({"minima": [(-1.0, 0.0)]}, "not a finite number at the minimum"),
        ({"batch": 4}, "data"),
        ({"tolerance": 0}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_a_map_is_refused_in_a_sentence(arguments: dict[str, object], sentence: str) -> None:
    given = {"racer": "SGD", "domain": DOMAIN, "size": 16, "steps": 10, **arguments}
    with pytest.raises(FormulaError, match=sentence):
        basins(compile_loss("log(x) + y^2"), **given)  # type: ignore[arg-type]
