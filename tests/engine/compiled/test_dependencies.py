"""The fingerprint of a driver changes with all that it is made from, and with nothing else."""

import subprocess
import sys
from enum import IntEnum
from types import FunctionType

import numpy as np
import pytest

from engine.compiled.dependencies import fingerprint, functions_called_by

FACTOR = 2.0
TABLE = np.arange(3.0)


class Way(IntEnum):
    DOWN = 1


def helper(value: float) -> float:
    return value * FACTOR


def top(value: float) -> float:
    return helper(value) + TABLE[Way.DOWN] + np.exp(value)


def many(value: float) -> float:
    return top(value) + helper(value) + other_helper(value)


def with_other(**values: object) -> FunctionType:
    """Return `top` among other globals."""
    return FunctionType(top.__code__, {**globals(), **values}, "top")


def other_helper(value: float) -> float:
    return value + FACTOR


def test_all_functions_on_the_way_are_reached() -> None:
    assert functions_called_by(top) == [top, helper]


def test_any_change_on_the_way_changes_the_fingerprint() -> None:
    changed = FunctionType(helper.__code__, {**globals(), "FACTOR": 3.0}, "helper")
    others = [
        {"TABLE": np.arange(4.0)},
        {"Way": IntEnum("Way", "UP DOWN")},
        {"helper": other_helper},
        {"helper": changed},
    ]
    marks = {fingerprint(with_other(**other)) for other in [{}, *others]} | {fingerprint(top, "Numba 99")}
    assert len(marks) == 6
    assert fingerprint(with_other()) == fingerprint(top)
    assert fingerprint(with_other(other_helper=helper)) == fingerprint(top)


def documented(value: float) -> float:
    """Return the value doubled."""
    return value * 2.0


def better_documented(value: float) -> float:
    """Return twice the value."""
    return value * 2.0


def tripled(value: float) -> float:
    """Return twice the value."""
    return value * 3.0


def test_a_docstring_changes_nothing() -> None:
    first, second, third = (
        fingerprint(FunctionType(each.__code__.replace(co_qualname="same"), globals(), "same"))
        for each in (documented, better_documented, tripled)
    )
    assert first == second != third


def test_it_is_the_same_in_every_process() -> None:
    script = "from tests.engine.compiled.test_dependencies import fingerprint, many; print(fingerprint(many))"
    marks = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(marks) == 1


def test_a_global_that_cannot_be_described_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot be told"):
        fingerprint(with_other(FACTOR=1.0, TABLE=object()))
