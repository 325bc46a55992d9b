"""The machine code of a rule writes only into rows that the rule has, and its numbers follow from the step alone."""

import subprocess
import sys

import numpy as np
import pytest

from engine import compile_loss, compile_rule
from engine.language.types import Array
from engine.rules.kernel import StepKernel

STEPS = 29
"""Neither a whole number of vectors nor less than one."""
LOSS = compile_loss("a*x^2 + y^2")
POWERS = "w = w - g*beta^t"
WITH_THE_STEP = (
    POWERS,
    "m = beta*m + (1 - beta)*g\nw = w - lr*m/(1 - beta^t)",
    "w = w - lr*(1 + cos(pi*t/period))*g",
    "w = w - (lr if t < 700004 else 0.5*lr)*g/sqrt(t)",
    "w = w - lr*mod(t, period)*g + 0.01*floor(t/period)*w",
    "w = w - lr*exp(-t/period)*g*log(t + 1)",
)
FIRST_STEPS = 1, 6_690, 700_000, 10_000_000
"""From the second on 0.9^t has no place among the doubles any more."""

COMPILE_WITH_A_NUMBER_TOO_MANY = """
from dataclasses import replace
from engine.language.codegen.step_graph import Quantity
from engine.language.codegen.step_kernel import StepCode
from engine.rules.rule import Rule
step = Rule("m = 0.9*m + sum(g^2); w = w - lr*m*g", {}).update.step
nodes = step.results["m"].nodes
try:
    StepCode(replace(step, results={**step.results, "m": Quantity((*nodes, *nodes), is_vector=False)}))
except ValueError as error:
    print(error)
"""


def test_a_result_without_a_row_is_refused_even_in_optimised_python() -> None:
    for options in ([], ["-O"]):
        command = [sys.executable, *options, "-c", COMPILE_WITH_A_NUMBER_TOO_MANY]
        result = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert result.stdout.strip() == "A rule must have a row for each number that it moves or keeps.", result.stderr


def prepared(kernel: StepKernel, hyper: Array, first: int, steps: int) -> Array:
    return kernel.prepare(first, steps, hyper, LOSS.parameter_array)


@pytest.mark.parametrize("text", WITH_THE_STEP)
@pytest.mark.parametrize("first", FIRST_STEPS)
def test_the_numbers_of_a_step_have_the_same_bits_wherever_a_call_begins(text: str, first: int) -> None:
    rule = compile_rule(text)
    hyper = np.array([{"beta": 0.9, "lr": 0.01, "period": 30.0}[name] for name in rule.hyperparameters])
    kernel, inlined = rule.kernel(LOSS), rule.kernel_for_many(LOSS)
    whole = prepared(kernel, hyper, first, STEPS)
    singles = [prepared(kernel, hyper, first + number, 1) for number in range(STEPS)]
    assert np.vstack(singles).tobytes() == whole.tobytes()
    assert {row.tobytes() for row in whole.T} <= {row.tobytes() for row in prepared(inlined, hyper, first, STEPS).T}


@pytest.mark.parametrize("beta", [0.9, 0.999, 1.0, 1.001, 0.0, -0.5])
@pytest.mark.parametrize("first", FIRST_STEPS)
def test_powers_of_the_step_are_those_of_python(beta: float, first: int) -> None:
    found = prepared(compile_rule(POWERS).kernel(LOSS), np.array([beta]), first, STEPS)
    with np.errstate(over="ignore"):
        wanted = np.float64(beta) ** np.arange(first, first + STEPS)
    np.testing.assert_array_max_ulp(found[:, 0], wanted, 2)
