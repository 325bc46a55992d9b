"""The machine code of a rule writes only into rows that the rule has."""

import subprocess
import sys

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
