"""Every landscape is what its entry says."""

import csv
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import Loss, compile_loss
from landscapes import FAMILIES, LANDSCAPES, TAGS, Landscape

VALUES = Path(__file__).parents[1] / "data" / "landscape_values.csv"
FEWEST = 130
LONGEST_NOTE = 120
"""Characters of a note: a line beneath the picker."""
EXACT = 1e-9
"""How far a loss may be off, as a share of its size."""
BESIDE_A_CUSP = 1e-6
"""How far it may be off where the last digit of x moves a loss that goes down to a tip with infinite slope."""
GRID = 401
BEST, HALVINGS = 60, 45
"""Points of the grid from which the search goes on, and how often it halves its stride."""
LEVEL = 1e-6
"""A gradient is 0 if a step of this share of the domain, along the greatest curvature, would account for it."""
STAIRS = {"Plateau", "Step2"}
"""Those that have no slope anywhere."""
FIRST_FOURTEEN = (
    "Rosenbrock", "Himmelblau", "Beale", "Rastrigin", "Ackley", "SixHumpCamel", "StyblinskiTang", "GoldsteinPriceLog",
    "Booth", "ThreeHumpCamel", "Ravine50", "Peaks", "DropWave", "MullerBrown",
)  # fmt: skip
"""Names that scripts elsewhere rely on."""

every = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=lambda landscape: landscape.name)
with_sliders = pytest.mark.parametrize(
    "landscape", [landscape for landscape in LANDSCAPES.values() if landscape.ranges], ids=lambda entry: entry.name
)


@cache
def loss_of(name: str) -> Loss:
    return compile_loss(LANDSCAPES[name].formula, **LANDSCAPES[name].parameters)


def tolerance(landscape: Landscape) -> float:
    share = BESIDE_A_CUSP if "non-smooth" in landscape.tags else EXACT
    return share * max(1.0, abs(landscape.lowest))


def is_inside(landscape: Landscape, point: tuple[float, float]) -> bool:
    """Return whether a point lies in the domain and not on its edge."""
    return all(low < value < high for value, (low, high) in zip(point, landscape.domain, strict=True))


def smooth_points(landscape: Landscape, points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Return those of `points` that are not on the edge of the domain, none where the landscape has kinks."""
    return [] if "non-smooth" in landscape.tags else [point for point in points if is_inside(landscape, point)]


def bends(landscape: Landscape, point: tuple[float, float]) -> NDArray[np.float64]:
    """Return the two principal curvatures, the lesser first."""
    hxx, hxy, hyy = (float(part) for part in loss_of(landscape.name).hessian(*point))
    return np.linalg.eigvalsh([[hxx, hxy], [hxy, hyy]])


def assert_level(landscape: Landscape, point: tuple[float, float]) -> None:
    size = max(high - low for low, high in landscape.domain)
    steepest = LEVEL * size * max(np.abs(bends(landscape, point)).max(), abs(landscape.lowest), EXACT)
    assert math.hypot(*loss_of(landscape.name).gradient(*point)) <= steepest


def grid_of(landscape: Landscape, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.meshgrid(*(np.linspace(*side, count) for side in landscape.domain))
    return x.ravel(), y.ravel()


def lowest_found(landscape: Landscape) -> float:
    """Return the lowest loss that a grid and a pattern search from its best points find in the domain."""
    loss = loss_of(landscape.name)
    x, y = grid_of(landscape, GRID)
    heights = loss.value(x, y)
    best = np.argsort(np.where(np.isnan(heights), np.inf, heights))[: BEST * BEST : BEST]
    x, y, heights = x[best], y[best], heights[best]
    sides = landscape.domain
    stride = np.ones(len(best))
    for _ in range(HALVINGS):
        moved = np.zeros(len(best), bool)
        for right, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)):
            there_x = np.clip(x + right * stride * (sides[0][1] - sides[0][0]) / GRID, *sides[0])
            there_y = np.clip(y + up * stride * (sides[1][1] - sides[1][0]) / GRID, *sides[1])
            there = loss.value(there_x, there_y)
            lower = there < heights
            x, y, heights = np.where(lower, (there_x, there_y, there), (x, y, heights))
            moved |= lower
        stride = np.where(moved, stride, stride / 2)
    return float(np.nanmin(heights))


def test_the_literature_is_there() -> None:
    assert len(LANDSCAPES) >= FEWEST
    assert set(FIRST_FOURTEEN) <= set(LANDSCAPES)


def test_no_two_landscapes_have_one_name_or_one_note() -> None:
    entries = [entry for entries in FAMILIES.values() for entry in entries]
    assert len({entry.name.lower() for entry in entries}) == len({entry.note for entry in entries}) == len(entries)
    assert len(LANDSCAPES) == len(entries)


def test_names_are_found_in_any_case() -> None:
    assert LANDSCAPES["rosenbrock"] is LANDSCAPES["ROSENBROCK"]
    assert "nowhere" not in LANDSCAPES


@pytest.mark.parametrize("key", ["nowhere", 5, None, ("Beale",)])
def test_a_key_that_is_no_landscape_is_told_which_there_are(key: object) -> None:
    assert key not in LANDSCAPES
    assert LANDSCAPES.get(key) is None  # type: ignore[call-overload]
    with pytest.raises(KeyError, match=r"There is no landscape .*Rosenbrock, "):
        LANDSCAPES[key]  # type: ignore[index]


@every
def test_every_landscape_says_in_one_sentence_what_it_teaches(landscape: Landscape) -> None:
    note = landscape.note
    assert note.endswith(".") and note.count(".") == 1 and note[0].isupper()
    assert len(note) <= LONGEST_NOTE


@every
def test_tags_are_of_the_fixed_set(landscape: Landscape) -> None:
    assert set(landscape.tags) <= set(TAGS)
    assert len(set(landscape.tags)) == len(landscape.tags)


@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_has_several_landscapes(tag: str) -> None:
    assert sum(tag in landscape.tags for landscape in LANDSCAPES.values()) > 2


@with_sliders
def test_every_parameter_has_a_slider_on_which_its_value_lies(landscape: Landscape) -> None:
    assert set(landscape.ranges) == set(landscape.parameters)
    for parameter, (low, high) in landscape.ranges.items():
        assert low < landscape.parameters[parameter] < high


@with_sliders
@pytest.mark.parametrize("end", [0, 1])
def test_the_ends_of_the_sliders_give_a_landscape_too(landscape: Landscape, end: int) -> None:
    loss = compile_loss(landscape.formula, **{key: side[end] for key, side in landscape.ranges.items()})
    heights = loss.value(*grid_of(landscape, 51))
    assert np.all(np.isfinite(heights)) and np.ptp(heights) > 0


@every
def test_a_formula_has_the_parameters_of_its_entry(landscape: Landscape) -> None:
    assert loss_of(landscape.name).parameters == dict(landscape.parameters)


with VALUES.open(encoding="utf-8", newline="") as table:
    KNOWN = [(row["name"], float(row["x"]), float(row["y"]), float(row["loss"])) for row in csv.DictReader(table)]


@pytest.mark.parametrize(("name", "x", "y", "loss"), KNOWN)
def test_the_loss_is_that_of_the_literatures_formula(name: str, x: float, y: float, loss: float) -> None:
    assert float(loss_of(name).value(x, y)) == pytest.approx(loss, rel=1e-9, abs=1e-9)


@every
def test_the_minima_lie_in_the_domain_and_have_the_lowest_loss(landscape: Landscape) -> None:
    assert landscape.minima
    for point in landscape.minima:
        assert all(low <= value <= high for value, (low, high) in zip(point, landscape.domain, strict=True))
        assert abs(float(loss_of(landscape.name).value(*point)) - landscape.lowest) <= tolerance(landscape)


@every
def test_nothing_in_the_domain_lies_lower_than_the_minima(landscape: Landscape) -> None:
    assert lowest_found(landscape) >= landscape.lowest - tolerance(landscape)


@every
def test_a_smooth_minimum_is_level_and_bends_upwards(landscape: Landscape) -> None:
    for point in smooth_points(landscape, landscape.minima + landscape.local_minima):
        assert_level(landscape, point)
        lesser, greater = bends(landscape, point)
        assert lesser >= -EXACT * max(1.0, greater)


@every
def test_a_local_minimum_lies_higher_than_the_lowest(landscape: Landscape) -> None:
    for point in landscape.local_minima:
        assert float(loss_of(landscape.name).value(*point)) > landscape.lowest + tolerance(landscape)


@every
def test_a_saddle_is_level_and_bends_both_ways(landscape: Landscape) -> None:
    for point in landscape.saddles:
        assert_level(landscape, point)
        lesser, greater = bends(landscape, point)
        assert lesser < 0 < greater or (landscape.name == "MonkeySaddle" and lesser == greater == 0)


@pytest.mark.parametrize("name", [name for name in LANDSCAPES if "saddle" in LANDSCAPES[name].tags])
def test_whoever_is_tagged_saddle_marks_one(name: str) -> None:
    assert LANDSCAPES[name].saddles


@pytest.mark.parametrize("name", [name for name in LANDSCAPES if "convex" in LANDSCAPES[name].tags])
def test_between_two_points_of_a_convex_landscape_nothing_lies_above_the_line(name: str) -> None:
    low, high = np.array(LANDSCAPES[name].domain).T
    here, there = np.random.default_rng(2).uniform(low, high, (2, 2000, 2))
    loss = loss_of(name).value
    line = (loss(*here.T) + loss(*there.T)) / 2
    assert np.all(loss(*((here + there) / 2).T) <= line + EXACT * np.abs(line))


@pytest.mark.parametrize("name", [name for name in LANDSCAPES if "ill-conditioned" in LANDSCAPES[name].tags])
def test_an_ill_conditioned_minimum_bends_a_hundred_times_more_one_way(name: str) -> None:
    lesser, greater = bends(LANDSCAPES[name], LANDSCAPES[name].minima[0])
    assert greater > 100 * lesser


@every
def test_every_start_lies_in_the_domain_where_there_is_a_slope(landscape: Landscape) -> None:
    for start in (landscape.start, *landscape.other_starts):
        assert is_inside(landscape, start)
        slope = math.hypot(*loss_of(landscape.name).gradient(*start))
        assert math.isfinite(slope) and (slope > 0) == (landscape.name not in STAIRS)
