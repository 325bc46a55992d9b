"""Vector functions are within 4 units of the last place, and the program runs without them."""

import os
import subprocess
import sys

import pytest

from engine.language.codegen.vector_math import SWITCH
from engine.language.functions import Function
from tests.ulps import vectorised, worst_ulps

PROMISED_ULPS = 4.0
POINTS = 60


@pytest.mark.parametrize("spec", vectorised(), ids=lambda spec: spec.name)
def test_a_vector_function_is_within_four_ulp_of_fifty_digits(spec: Function) -> None:
    assert worst_ulps(spec, POINTS) <= PROMISED_ULPS


def test_vector_functions_can_be_done_without() -> None:
    code = "from engine.language.codegen.vector_math import vector_library; from engine import compile_loss; "
    code += "print(vector_library().name, float(compile_loss('sin(x)').value(1.0, 0.0)))"
    environment = {**os.environ, SWITCH: "off"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert result.stdout.split() == ["none", "0.8414709848078965"], result.stderr


def test_the_option_does_without_them_and_the_selfcheck_says_so() -> None:
    command = [sys.executable, "main.py", "--scalar-math", "--selfcheck"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "vector functions: none" in result.stdout
