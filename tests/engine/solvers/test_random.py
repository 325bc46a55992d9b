"""The random numbers of solvers are those of rules, and as random as their names say."""

import numpy as np
import pytest

from engine.compiled.argument_types import INTEGER, MATRIX, REAL, ArgumentType
from engine.compiled.driver import Driver
from engine.language.codegen.noise import uniforms
from engine.solvers.context import CONTEXT
from engine.solvers.methods.differential_evolution import three_others
from engine.solvers.random import normal_pair, uniform_pair


def draw_uniforms(contexts: np.ndarray, seed: float, rows: np.ndarray) -> None:
    for number in range(len(rows)):
        rows[number, 0], rows[number, 1] = uniform_pair(contexts[0], seed, number)


def draw_normals(contexts: np.ndarray, seed: float, rows: np.ndarray) -> None:
    for number in range(len(rows)):
        rows[number, 0], rows[number, 1] = normal_pair(contexts[0], seed, number)


def choose(contexts: np.ndarray, members: int, rows: np.ndarray) -> None:
    for member in range(members):
        rows[member, 0], rows[member, 1], rows[member, 2] = three_others(contexts[0], 0.0, member, members)


def drawn(function: object, own: float = 0.0, count: int = 4, **place: int) -> np.ndarray:
    context, rows = np.zeros(1, dtype=CONTEXT), np.empty((count, 2))
    for name, value in place.items():
        context[name] = value
    Driver(function, [ArgumentType(CONTEXT, 1), REAL, MATRIX])(context, own, rows)
    return rows


@pytest.mark.parametrize(
    "place", [{}, {"seed": 5, "step": 7, "instance": 3}, {"seed": -9, "step": 2**40, "instance": 2**31}]
)
def test_without_a_seed_of_its_own_a_solver_draws_what_a_rule_draws(place: dict) -> None:
    instance = np.array([place.get("instance", 0)], dtype=np.uint64)
    expected = [uniforms(place.get("seed", 0), place.get("step", 0), number, instance)[0] for number in range(8)]
    assert drawn(draw_uniforms, **place).ravel().tolist() == expected


def test_every_seed_step_and_instance_draws_other_numbers() -> None:
    rows = [
        drawn(draw_uniforms), drawn(draw_uniforms, 1.0), drawn(draw_uniforms, 2.0), drawn(draw_uniforms, seed=1),
        drawn(draw_uniforms, step=1), drawn(draw_uniforms, instance=1),
    ]  # fmt: skip
    assert len(np.unique(np.concatenate(rows))) == 6 * 8


def test_normal_numbers_are_normal_and_independent() -> None:
    rows = drawn(draw_normals, count=100_000)
    share = [(np.abs(rows) < bound).mean() for bound in (0.6745, 1.0, 2.0)]
    np.testing.assert_allclose(share, [0.5, 0.6827, 0.9545], atol=4e-3)
    assert abs(np.corrcoef(rows.T)[0, 1]) < 0.01 and np.isfinite(rows).all()


@pytest.mark.parametrize("members", [4, 5, 20])
def test_three_others_are_others_and_each_is_as_likely(members: int) -> None:
    counts = np.zeros((3, members))
    for step in range(3000):
        context, rows = np.zeros(1, dtype=CONTEXT), np.empty((members, 3))
        context["step"] = step
        _CHOOSE(context, members, rows)
        chosen = rows[1].astype(int)
        assert len({1, *chosen}) == 4 and chosen.min() >= 0 and chosen.max() < members
        counts[range(3), chosen] += 1
    expected = 3000 / (members - 1)
    assert (np.abs(np.delete(counts, 1, axis=1) - expected) < 5 * expected**0.5).all()


_CHOOSE = Driver(choose, [ArgumentType(CONTEXT, 1), INTEGER, MATRIX])
