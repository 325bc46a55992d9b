"""A sweep says of every setting what a race with it would have shown."""

import math

import numpy as np
import pytest

from engine import FormulaError, Race, SweepMap, compile_loss, sweep

TEXT = "a*sin(3x)*cos(2y) + (x^2 + b*y^2)/10"
RATES, BETAS = np.geomspace(1e-3, 30.0, 9), np.linspace(0.0, 0.99, 7)


@pytest.mark.parametrize(
    ("racer", "names"),
    [
        ("Adam", ("lr", "beta1")),
        ("SGD | noise(sigma=0.1)", ("lr", "sigma")),
        ("Momentum | clip_norm", ("momentum", "max_norm")),
        ("Lion | exponential", ("gamma", "lr")),
        ("NelderMead", ("size",)),
        ("SPSA", ("c",)),
    ],
)
def test_every_cell_is_a_racer_with_its_settings_bit_for_bit(racer: str, names: tuple[str, ...]) -> None:
    loss = compile_loss(TEXT)
    axes = dict(zip(names, (RATES, BETAS), strict=False))
    result = sweep(loss, racer, axes, start=(0.7, -1.1), steps=40, seed=2)
    for cell in [(0, 0), (4, 3), (8, 6), (6, 1)]:
        place = cell[: len(axes)]
        race = Race(loss, [racer], start=(0.7, -1.1), seed=2)
        race.set(0, **{name: float(values[at]) for (name, values), at in zip(axes.items(), place, strict=True)})
        race.restart()
        race.advance(40)
        diverged = race.racers[0].diverged_at
        assert result.escape[place] == (math.inf if diverged is None else diverged)
        assert result.losses[place] == (loss.value(*race.positions[0]) if diverged is None else math.inf)


def test_parameters_of_the_formula_are_axes_beside_those_of_the_racer() -> None:
    heights = np.array([0.5, 2.0])
    result = sweep(compile_loss(TEXT, b=3), "SGD", {"lr": RATES, "a": heights}, start=(1, 1), steps=30)
    assert result.losses.shape == (9, 2) and list(result.axes) == ["lr", "a"]
    race = Race(compile_loss(TEXT, b=3, a=2), [f"SGD(lr={float(RATES[4])!r})"], start=(1, 1))
    assert result.start_losses[4, 1] == race.losses[0]
    race.advance(30)
    assert result.losses[4, 1] == race.losses[0]


def test_a_name_of_both_is_told_apart_by_what_it_belongs_to() -> None:
    loss = compile_loss("x^2 + lr*y^2")
    with pytest.raises(FormulaError, match=r'Both the racer and the formula have a "lr".*"formula.lr"'):
        sweep(loss, "SGD", {"lr": RATES})
    result = sweep(loss, "SGD", {"racer.lr": [0.1, 0.2], "formula.lr": [1, 2, 3]}, start=(0, 1), steps=1)
    assert result.start_losses[0].tolist() == [1.0, 2.0, 3.0]
    assert np.allclose(result.losses[:, 2], 3.0 * (1.0 - 6.0 * np.array([0.1, 0.2])) ** 2)


def test_a_goal_tells_the_step_that_reaches_it() -> None:
    result = sweep(compile_loss("x^2 + y^2"), "SGD", {"lr": [0.01, 0.1, 0.5, 2.0]}, start=(1, 0), steps=50, goal=0.5)
    assert result.steps.tolist() == [18.0, 2.0, 1.0, math.inf]


def test_where_heavy_ball_is_stable_agrees_with_theory_to_a_cell() -> None:
    curvature = 3.0
    rates, momenta = np.linspace(0.01, 1.4, 80), np.linspace(-0.5, 1.2, 64)
    loss = compile_loss("h*(x^2 + y^2)/2", h=curvature)
    result = sweep(loss, "Momentum", {"lr": rates, "momentum": momenta}, start=(1, 0.5), steps=1500)
    theory = (rates[:, None] * curvature < 2.0 * (1.0 + momenta)) & (momenta < 1.0)
    differs = ~result.diverges != theory
    beside = np.zeros_like(theory)
    for axis in (0, 1):
        changes = np.diff(theory, axis=axis)
        for first in (0, 1):
            part = [slice(None), slice(None)]
            part[axis] = slice(first, theory.shape[axis] - 1 + first)
            beside[tuple(part)] |= changes
    assert not (differs & ~beside).any() and differs.mean() < 0.03


def test_from_a_start_without_a_loss_every_racer_escapes_at_once() -> None:
    result = sweep(compile_loss("log(x) + y^2"), "Adam", {"lr": RATES}, start=(-1, 0), steps=10)
    assert (result.escape == 0).all() and np.isinf(result.losses).all() and result.diverges.all()


def test_values_beyond_the_ends_of_a_slider_are_raced_as_they_are() -> None:
    result = sweep(compile_loss("x^2 + y^2"), "Adam", {"lr": [-0.1, 1e12], "beta2": [-3.0, 1.5]}, (1, 1), 30)
    race = Race(compile_loss("x^2 + y^2"), ["Adam(lr=-0.1, beta2=-3)"], start=(1, 1))
    race.advance(30)
    assert result.losses[0, 0] == race.losses[0] or result.escape[0, 0] == race.racers[0].diverged_at


def test_a_solver_that_rests_keeps_its_loss_to_the_last_step() -> None:
    result = sweep(compile_loss("x^2 + y^2"), "BFGS", {"c1": [1e-4, 1e-3]}, (1, 1), 500)
    assert (result.losses < 1e-20).all() and np.isinf(result.escape).all()


def test_a_sweep_is_computed_coarse_to_fine_and_can_go_on() -> None:
    loss = compile_loss(TEXT)
    axes = {"lr": np.geomspace(1e-3, 1, 130), "beta1": np.linspace(0, 0.9, 70)}
    map = SweepMap(loss, "Adam", axes, (1, 1), 10)
    pictures = map.stages()
    assert next(pictures).losses.shape == (130, 70)
    map.cancel()
    assert list(pictures) == []
    assert [picture.stride for picture in map.stages()] == [2, 1]
    map.extend(15)
    whole = sweep(loss, "Adam", axes, (1, 1), 25)
    assert map.finished().losses.tobytes() == whole.losses.tobytes()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"axes": {}}, "one or two axes"),
        ({"axes": ["lr"]}, "one or two axes"),
        ({"axes": {"lr": RATES, "beta1": BETAS, "beta2": BETAS}}, "one or two axes"),
        ({"axes": {"lr": RATES, "racer.lr": BETAS}}, 'Both axes are "lr"'),
        ({"axes": {"speed": RATES}}, r'no number "speed".*The racer has: .*lr.*The formula has: a, b'),
        ({"axes": {"formula.lr": RATES}}, 'no number "formula.lr"'),
        ({"axes": {"lr": []}}, "at least one number"),
        ({"axes": {"lr": 0.1}}, "a row of"),
        ({"axes": {"lr": "fast"}}, "must be an array"),
        ({"axes": {"lr": [0.1, np.inf]}}, "finite numbers"),
        ({"axes": {"lr": [0.1, 0.1]}}, "same number twice"),
        ({"axes": {"lr": np.linspace(1, 1 + 1e-15, 64)}}, "same number twice"),
        ({"axes": {"lr": np.linspace(0, 1, 3000), "beta1": np.linspace(0, 1, 3000)}}, "at most 4,194,304 cells"),
        ({"start": (0, np.nan)}, "A start is"),
        ({"start": (0, 1, 2)}, "A start is"),
        ({"steps": -1}, "number of steps"),
        ({"goal": math.nan}, "goal must be"),
        ({"batch": 3}, "data"),
        ({"racer": "Adamant"}, "Adamant"),
    ],
)
def test_what_cannot_be_a_sweep_is_refused_in_a_sentence(arguments: dict[str, object], sentence: str) -> None:
    given = {"racer": "Adam", "axes": {"lr": RATES}, "steps": 5, **arguments}
    with pytest.raises(FormulaError, match=sentence):
        sweep(compile_loss(TEXT), **given)  # type: ignore[arg-type]
