"""Every landscape is what its source says."""

import math

import numpy as np
import pytest

from engine import compile_loss
from landscapes import LANDSCAPES

LOWEST = {
    "Rosenbrock": 0.0, "Himmelblau": 0.0, "Beale": 0.0, "Rastrigin": 0.0, "Ackley": 0.0,
    "SixHumpCamel": -1.03162845349, "StyblinskiTang": -78.3323314075, "GoldsteinPriceLog": -3.12912555061,
    "Booth": 0.0, "ThreeHumpCamel": 0.0, "Ravine50": 0.0, "Peaks": -6.55113333284, "DropWave": -1.0,
    "MullerBrown": -146.69951721,
}  # fmt: skip
"""The losses at the global minima, from the literature."""
LONGEST_NOTE = 120
"""Characters of a note: a line beneath the picker."""


def test_the_fourteen_landscapes_are_there_and_no_other() -> None:
    assert set(LANDSCAPES) == set(LOWEST)


def test_names_are_found_in_any_case() -> None:
    assert LANDSCAPES["rosenbrock"] is LANDSCAPES["ROSENBROCK"]
    assert "nowhere" not in LANDSCAPES


@pytest.mark.parametrize("key", ["nowhere", 5, None, ("Beale",)])
def test_a_key_that_is_no_landscape_is_told_which_there_are(key: object) -> None:
    assert key not in LANDSCAPES
    assert LANDSCAPES.get(key) is None  # type: ignore[call-overload]
    with pytest.raises(KeyError, match=r"There is no landscape .*Rosenbrock, "):
        LANDSCAPES[key]  # type: ignore[index]


@pytest.mark.parametrize("name", LOWEST)
def test_every_landscape_says_in_one_sentence_what_it_teaches(name: str) -> None:
    note = LANDSCAPES[name].note
    assert note.endswith(".") and note.count(".") == 1
    assert len(note) <= LONGEST_NOTE


@pytest.mark.parametrize("name", LOWEST)
def test_every_parameter_has_a_slider_on_which_its_value_lies(name: str) -> None:
    landscape = LANDSCAPES[name]
    assert set(landscape.ranges) == set(landscape.parameters)
    for parameter, (low, high) in landscape.ranges.items():
        assert low < landscape.parameters[parameter] < high


@pytest.mark.parametrize(
    ("name", "ends"), [(name, end) for name in LOWEST for end in (0, 1) if LANDSCAPES[name].ranges]
)
def test_the_ends_of_the_sliders_give_a_landscape_too(name: str, ends: int) -> None:
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **{key: side[ends] for key, side in landscape.ranges.items()})
    x, y = np.meshgrid(*(np.linspace(*side, 51) for side in landscape.domain))
    heights = loss.value(x, y)
    assert np.all(np.isfinite(heights)) and np.ptp(heights) > 0


@pytest.mark.parametrize("name", LOWEST)
def test_the_minima_have_the_known_loss(name: str) -> None:
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **landscape.parameters)
    for x, y in landscape.minima:
        assert float(loss.value(x, y)) == pytest.approx(LOWEST[name], abs=1e-7)


@pytest.mark.parametrize("name", LOWEST)
def test_around_a_minimum_everything_lies_higher(name: str) -> None:
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **landscape.parameters)
    angles = np.linspace(0.0, 2 * np.pi, 32, endpoint=False)
    for x, y in landscape.minima:
        for radius in (1e-3, 1e-2):
            around = loss.value(x + radius * np.cos(angles), y + radius * np.sin(angles))
            assert np.all(around > float(loss.value(x, y)))


@pytest.mark.parametrize("name", LOWEST)
def test_nothing_in_the_domain_lies_lower_than_the_minima(name: str) -> None:
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **landscape.parameters)
    x, y = np.meshgrid(*(np.linspace(*side, 801) for side in landscape.domain))
    assert np.nanmin(loss.value(x, y)) >= LOWEST[name] - 1e-7


@pytest.mark.parametrize("name", set(LOWEST) - {"Ackley", "DropWave"})
def test_the_minima_are_level(name: str) -> None:
    """Ackley and DropWave have no gradient at theirs."""
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **landscape.parameters)
    for x, y in landscape.minima:
        hxx, hxy, hyy = loss.hessian(x, y)
        curvature = max(abs(float(hxx)), abs(float(hxy)), abs(float(hyy)), 1.0)
        assert math.hypot(*loss.gradient(x, y)) < 1e-5 * curvature


@pytest.mark.parametrize("name", LOWEST)
def test_the_start_lies_in_the_domain_where_there_is_a_slope(name: str) -> None:
    landscape = LANDSCAPES[name]
    loss = compile_loss(landscape.formula, **landscape.parameters)
    assert all(low < value < high for value, (low, high) in zip(landscape.start, landscape.domain, strict=True))
    assert math.hypot(*loss.gradient(*landscape.start)) > 1e-3
    assert set(loss.parameters) == set(landscape.parameters)
