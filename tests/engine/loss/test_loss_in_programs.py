"""A loss in a program of one's own: the same numbers as from the loss, for as long as the program can be run."""

import gc
import subprocess
import sys
import textwrap
import weakref
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from engine import Race, compile_loss
from engine.data.datasets import generate
from engine.loss.loss import Loss
from tests.engine.own import hills

ROOT = Path(__file__).parents[3]


@njit
def descend(loss, x, y, lr, steps):
    for _ in range(steps):
        _, gx, gy = loss(x, y)
        x -= lr * gx
        y -= lr * gy
    return x, y


LOSSES = {
    "formula": lambda: compile_loss("(1-x)^2 + 100*(y-x^2)^2"),
    "calls": lambda: compile_loss("sin(3x)*exp(cos(y)) + hypot(x, y)^2.5"),
    "turned": lambda: compile_loss("(1-x)^2 + 100*(y-x^2)^2").transformed(angle=30.0, stretch=2.0),
    "data": lambda: compile_loss("mean((x*u + y - v)^2)", generate("line")),
    "large": lambda: compile_loss("sum(sin(i*x) + cos(i*y)/i, i, 1, 300)"),
    "own": lambda: compile_loss(hills.camel),
    "differences": lambda: compile_loss(hills.tent),
}


@pytest.mark.parametrize("make", LOSSES.values(), ids=LOSSES)
def test_a_program_gets_the_very_numbers_of_the_loss(make: object) -> None:
    loss = make()
    ask = loss.numba
    for x, y in np.random.default_rng(0).normal(size=(20, 2)).tolist():
        expected = [float(part[0]) for part in loss.value_and_gradient(np.full(8, x), np.full(8, y))]
        np.testing.assert_allclose(ask(x, y), expected, rtol=1e-15 if loss.columns is None else 1e-12)


def test_a_program_descends_as_a_racer_does() -> None:
    loss = compile_loss("(1-x)^2 + 100*(y-x^2)^2")
    race = Race(loss, ["SGD(lr=0.0001)"], start=(-1.0, 1.5))
    race.advance(5000)
    assert descend(loss.numba, -1.0, 1.5, 1e-4, 5000) == pytest.approx(tuple(race.positions[0]), rel=1e-12)


def test_a_slider_that_moves_is_seen_by_a_program_that_is_compiled_already() -> None:
    loss = compile_loss("a*x^2 + y^2", a=1)
    ask = loss.numba

    @njit
    def doubled(x, y):
        return 2.0 * ask(x, y)[0]

    assert doubled(1.0, 0.0) == 2.0
    loss.set(a=5)
    assert doubled(1.0, 0.0) == 10.0


def test_whole_numbers_are_points_too() -> None:
    assert compile_loss("x^2 + y").numba(3, 2) == (11.0, 6.0, 1.0)


@pytest.mark.parametrize("make", [LOSSES["formula"], LOSSES["own"], LOSSES["data"]], ids=["formula", "own", "data"])
def test_the_code_of_a_loss_lives_as_long_as_a_program_that_calls_it(make: object) -> None:
    """The loss is gone, and so is the function; a program that was compiled with it holds its machine code."""
    loss = make()
    expected = float(loss.value(np.full(8, 0.5), np.full(8, 0.25))[0])
    parameters = weakref.ref(
        loss.parameter_array.base if loss.parameter_array.base is not None else loss.parameter_array
    )
    ask = loss.numba

    @njit
    def inner(x, y):
        return ask(x, y)[0]  # noqa: F821 - deleted below

    @njit
    def outer(x, y):
        return inner(x, y) + 1.0  # noqa: F821 - deleted below

    assert outer(0.5, 0.25) == pytest.approx(expected + 1.0)
    del loss, ask, inner
    # The program must not need its cells: what was compiled keeps what it calls.
    outer.py_func.__closure__[0].cell_contents = None
    gc.collect()
    assert parameters() is not None
    filling = [compile_loss(f"x^{power} + y") for power in range(2, 12)]
    assert outer(0.5, 0.25) == pytest.approx(expected + 1.0)
    assert len(filling) == 10


def test_a_loss_is_made_ready_for_programs_once() -> None:
    """Numba forgets nothing that it has compiled."""
    loss = compile_loss("x^2 + y^2")
    assert loss.numba is loss.numba


def test_a_loss_with_other_parameters_is_another_function_for_programs() -> None:
    loss = compile_loss("a*x^2 + y", a=1)
    assert loss.numba(1.0, 0.0)[0] == 1.0
    assert loss.with_parameters(np.array([3.0])).numba(1.0, 0.0)[0] == 3.0


def test_kernels_keep_the_loss_that_they_ask() -> None:
    race = Race(compile_loss(hills.valley), ["Adam(lr=0.02)", "BFGS", hills.adam], start=(-1.2, 1.0))
    kernels = [racer.kernel for racer in race.racers]
    blocks = [racer.block.copy() for racer in race.racers]
    hypers, parameters = [racer.hyper for racer in race.racers], race.loss.parameter_array.copy()
    del race
    gc.collect()
    for kernel, block, hyper in zip(kernels, blocks, hypers, strict=True):
        diverged = np.full(block.shape[1], np.inf)
        kernel.run(block, diverged, 1, kernel.prepare(1, 5, hyper, parameters), parameters)
        assert np.isfinite(block[:2]).all()
        assert (block[0] != -1.2).all()


def test_a_program_with_addresses_in_it_is_not_kept_on_disk(tmp_path: Path) -> None:
    """Numba's cache would hand the addresses of this process to the next."""
    (tmp_path / "program.py").write_text(
        textwrap.dedent(
            """
            from numba import njit
            from engine import compile_loss
            ask = compile_loss("x^2 + 3y").numba
            @njit(cache=True)
            def twice(x, y):
                return 2 * ask(x, y)[0]
            print(twice(1.0, 2.0), sum(twice._cache_hits.values()))
            """
        )
    )
    command = [sys.executable, "-W", "ignore", str(tmp_path / "program.py")]
    environment = {"PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PATH": "/usr/bin"}
    for _ in range(2):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=100)
        assert done.stdout.split() == ["14.0", "0"]
    assert not list((tmp_path / "cache").rglob("*.nbc"))


def test_losses_of_one_formula_share_machine_code_and_keep_numbers_of_their_own() -> None:
    one, other = compile_loss("k*x^2 + y^2", k=2.0), compile_loss("k*x^2 + y^2", k=5.0)
    assert one.member_code is other.member_code
    assert (one.value(1.0, 0.0), other.value(1.0, 0.0)) == (2.0, 5.0)
    turned = one.transformed(angle=30.0)
    assert turned.member_code is not one.member_code
    assert turned.member_code is other.transformed(angle=60.0).member_code


def test_the_quick_value_of_a_loss_has_the_same_bits_whatever_others_have_compiled() -> None:
    text, (x, y) = "sin(3x)*exp(cos(y))/7 + (x^2 + y)^0.3", np.random.default_rng(0).uniform(0.1, 3.0, (2, 500))
    first = Loss(text, {}).quick_value(x, y)
    compile_loss(text)
    np.testing.assert_array_equal(Loss(text, {}).quick_value(x, y), first)
