"""A formula of thousands of terms is compiled in moments, and means the same as its parts."""

import numpy as np

from engine import Race, Swarm, compile_loss
from engine.language.graph import MOST_NODES
from engine.language.loss_kernel import LARGE_NODES

TERMS = 250
PARTS = range(10)
LARGE = "\n".join(
    [f"p{part} = " + " + ".join(f"sin({n}x)*cos({n}y)/{n}" for n in range(part + 1, TERMS + 1, 10)) for part in PARTS]
    + [" + ".join(f"p{part}" for part in PARTS)]
)
"""The terms on ten lines: one line holds no more than a person would write."""
X, Y = np.random.default_rng(2).uniform(-1.0, 1.0, (2, 13))


def test_a_large_formula_agrees_with_numpy_and_its_gradient_with_its_terms() -> None:
    loss = compile_loss(LARGE)
    assert loss.landscape.is_large
    np.testing.assert_allclose(loss.value(X, Y), loss.preview(X, Y), rtol=1e-12)
    n = np.arange(1, TERMS + 1)[:, None]
    gx, gy = loss.gradient(X, Y)
    np.testing.assert_allclose(gx, (np.cos(n * X) * np.cos(n * Y)).sum(0), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(gy, -(np.sin(n * X) * np.sin(n * Y)).sum(0), rtol=1e-9, atol=1e-9)
    hxx, hxy, hyy = loss.hessian(X, Y)
    np.testing.assert_allclose(hxx, -(n * np.sin(n * X) * np.cos(n * Y)).sum(0), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(hxy, -(n * np.cos(n * X) * np.sin(n * Y)).sum(0), rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(hyy, hxx, rtol=1e-9, atol=1e-6)


def test_a_swarm_on_a_large_formula_moves_like_a_race() -> None:
    loss, starts = compile_loss(LARGE), np.stack([X, Y], axis=1)
    swarm, race = Swarm(loss, "Adam", starts), Race(loss, ["Adam"] * len(X), start=starts)
    swarm.advance(20)
    race.advance(20)
    assert swarm.positions.tobytes() == race.positions.tobytes()


def test_the_threshold_lies_beyond_what_people_type() -> None:
    assert not compile_loss("(1-x)^2 + 100(y - x^2)^2").landscape.is_large
    assert LARGE_NODES < MOST_NODES
