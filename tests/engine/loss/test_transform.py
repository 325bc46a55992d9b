"""A landscape turned, stretched and shifted is the same landscape, seen otherwise."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FormulaError, Race, compile_loss
from engine.loss.loss import Loss
from engine.loss.transform import IDENTITY, Transform
from landscapes import LANDSCAPES

BUMPY = "a*sin(x)*exp(-y^2/9) + hypot(x, 2y - 1)*(y if x > 0.3 else x*y)"
TRANSFORMED = compile_loss(BUMPY, a=2.0).transformed(angle=1.0).compile()
PLAIN = compile_loss(BUMPY, a=2.0)
NUMBERS = st.floats(-3.0, 3.0)
POINTS = st.tuples(NUMBERS, NUMBERS)
TRANSFORMS = st.builds(Transform, st.floats(-360.0, 360.0), st.floats(0.2, 5.0), POINTS, POINTS)
STEPS = 60


def matrix(transform: Transform) -> np.ndarray:
    """Return what leads from steps in the picture to steps in the formula."""
    turn = math.radians(transform.angle)
    turned = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return np.diag([1.0 / transform.stretch, transform.stretch]) @ turned


@settings(deadline=None)
@given(TRANSFORMS, POINTS)
def test_a_transformed_landscape_has_exact_derivatives(transform: Transform, point: tuple[float, float]) -> None:
    TRANSFORMED.set_transform(transform)
    steps, own = matrix(transform), transform.own(point)
    hxx, hxy, hyy = map(float, PLAIN.hessian(*own))
    # The kink of the branch must not lie between the two roundings of one place.
    if abs(own[0] - 0.3) < 1e-6 or math.hypot(own[0], 2 * own[1] - 1) < 1e-3:
        return
    assert TRANSFORMED.value(*point) == pytest.approx(float(PLAIN.value(*own)), rel=1e-9, abs=1e-9)
    gradient = steps.T @ np.array([float(slope) for slope in PLAIN.gradient(*own)])
    assert np.array(TRANSFORMED.gradient(*point)) == pytest.approx(gradient, rel=1e-8, abs=1e-8)
    bent = steps.T @ np.array([[hxx, hxy], [hxy, hyy]]) @ steps
    assert np.array(TRANSFORMED.hessian(*point)) == pytest.approx(bent[[0, 0, 1], [0, 1, 1]], rel=1e-6, abs=1e-6)
    assert TRANSFORMED.preview(*point) == pytest.approx(float(TRANSFORMED.value(*point)), rel=1e-12, abs=1e-12)


@given(TRANSFORMS, POINTS)
def test_a_place_and_back_is_where_one_began_and_areas_stay(transform: Transform, point: tuple[float, float]) -> None:
    assert transform.own(transform.shown(point)) == pytest.approx(point, abs=1e-11)
    assert np.linalg.det(matrix(transform)) == pytest.approx(1.0)


@given(TRANSFORMS)
def test_the_pivot_moves_by_the_shift_alone(transform: Transform) -> None:
    moved = tuple(pivot + shift for pivot, shift in zip(transform.pivot, transform.shift, strict=True))
    assert transform.shown(transform.pivot) == pytest.approx(moved, abs=1e-12)


def test_an_upright_landscape_is_the_plain_formula_bit_for_bit() -> None:
    x, y = np.random.default_rng(0).uniform(-3, 3, (2, 1000))
    upright = PLAIN.transformed(angle=720.0, pivot=(3.0, 1.0))
    assert upright.landscape.size == PLAIN.landscape.size
    assert len(upright.parameter_array) == 1
    for ours, theirs in zip(upright.value_and_gradient(x, y), PLAIN.value_and_gradient(x, y), strict=True):
        assert ours.tobytes() == theirs.tobytes()


@pytest.mark.parametrize("name", ["Beale", "Himmelblau", "Ackley", "Rosenbrock"])
def test_the_minima_go_along(name: str) -> None:
    ground = LANDSCAPES[name]
    transform = Transform(33.0, 1.7, (0.25, -0.5), (1.0, 2.0))
    loss = Loss(ground.formula, ground.parameters, transform=transform)
    for minimum in ground.minima:
        assert float(loss.value(*transform.shown(minimum))) == pytest.approx(ground.lowest, abs=1e-12)


def test_a_right_angle_turns_exactly() -> None:
    transform = Transform(90.0)
    assert transform.shown((3.0, 1.0)) == (-1.0, 3.0)
    assert PLAIN.transformed(angle=90.0).value(-1.0, 3.0) == PLAIN.value(3.0, 1.0)


def test_turning_on_recompiles_nothing() -> None:
    loss = compile_loss("x^2 + b*y^2", b=9.0).transformed(angle=10.0)
    code = loss.point_address
    loss.set_transform(Transform(90.0, 2.0, (1.0, 0.0)))
    assert loss.point_address == code
    assert loss.value(1.0, 2.0) == pytest.approx((2.0 / 2.0) ** 2)
    assert loss.parameters == {"b": 9.0}
    loss.set(b=4.0)
    assert loss.value(0.0, 0.0) == pytest.approx(4.0 * 2.0**2)


def turned_race(racer: str, angle: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the trail of a racer, and that on the landscape turned, turned back."""
    plain = compile_loss("(x^2 + 20*y^2)/2 + sin(x*y)")
    transform, start = Transform(angle), (-2.0, 0.7)
    trails = []
    for loss, place in ((plain, start), (plain.transformed(angle), transform.shown(start))):
        race = Race(loss, [racer], start=place)
        race.advance(STEPS)
        trails.append(race.trail(0))
    return trails[0], np.array([transform.own((x, y)) for x, y in trails[1].tolist()])


@pytest.mark.parametrize("racer", ["SGD(lr=0.02)", "Momentum(lr=0.01)", "Newton", "BFGS"])
def test_a_rotation_invariant_optimizer_runs_the_same_race_turned(racer: str) -> None:
    plain, turned = turned_race(racer, 30.0)
    assert turned == pytest.approx(plain, abs=1e-6)


@pytest.mark.parametrize("racer", ["Adam(lr=0.1)", "AdaGrad(lr=0.1)", "SignSGD(lr=0.02)"])
def test_an_optimizer_that_looks_at_each_coordinate_by_itself_does_not(racer: str) -> None:
    plain, turned = turned_race(racer, 30.0)
    assert np.abs(turned - plain).max() > 0.05


def test_a_race_under_a_landscape_that_was_turned_goes_back_bit_for_bit() -> None:
    loss = compile_loss("x^2 + 9*y^2").transformed(angle=20.0)
    race = Race(loss, ["Adam(lr=0.1)"], start=(1.0, 1.0))
    race.advance(30)
    loss.set_transform(Transform(70.0))
    race.advance(30)
    there = race.trail(0)[45].tolist()
    race.rewind(45)
    assert race.positions[0].tolist() == there


def test_a_transformed_loss_pickles_and_says_what_it_is() -> None:
    loss = compile_loss("a*x^2", a=3).transformed(angle=90.0, shift=(1.0, 0.0))
    copy = pickle.loads(pickle.dumps(loss))
    assert copy.value(1.0, 2.0) == loss.value(1.0, 2.0) == 12.0
    assert repr(loss).startswith("compile_loss('a*x^2', a=3).transformed(angle=90.0, stretch=1.0, shift=(1.0, 0.0), ")


@pytest.mark.parametrize(
    "numbers", [{"angle": math.nan}, {"stretch": 0.0}, {"stretch": -1.0}, {"shift": (math.inf, 0.0)},
                {"stretch": 1e-320}, {"shift": (1e308, 0.0), "stretch": 1e-10}],
)  # fmt: skip
def test_a_transform_that_is_none_is_refused_in_a_sentence(numbers: dict) -> None:
    with pytest.raises(FormulaError, match=r"^A .*\.$"):
        PLAIN.transformed(**numbers)


def test_a_loss_compiled_without_a_transform_says_how_to_turn_it() -> None:
    with pytest.raises(FormulaError, match="without a transform"):
        PLAIN.set_transform(Transform(1.0))
    assert PLAIN.transform == IDENTITY


def test_a_turned_data_loss_runs_over_its_rows() -> None:
    rows = {"u": [1.0, 2.0, -1.0], "v": [0.5, 3.0, 1.0]}
    upright = compile_loss("mean((a*x*u + y - v)^2)", rows, a=2)
    turned = upright.transformed(angle=30, stretch=2, shift=(1, -1))
    place = turned.transform.shown((0.3, -0.7))
    assert turned.value(*place) == pytest.approx(upright.value(0.3, -0.7), rel=1e-13)
    more = {"u": [4.0], "v": [1.0]}
    turned.set_columns(more)
    upright.set_columns(more)
    assert turned.value(*place) == pytest.approx(upright.value(0.3, -0.7), rel=1e-13)
    assert turned.preview(*place) == pytest.approx(turned.value(*place), rel=1e-13)
