"""What every test of the engine shares: the machine code of rules, so that each is compiled once for all tests."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from engine.rules import n_dimensional, rule

MOST_SHARED = 512
"""The program keeps fewer than there are optimizers, so that tests of all of them would compile each one every time."""


@pytest.fixture(autouse=True, scope="session")
def machine_code_is_shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module, name in (
            (rule, "_code_of"),
            (rule, "_member_code_of"),
            (rule, "_read"),
            (n_dimensional, "_code_of"),
        ):
            patch.setattr(module, name, lru_cache(MOST_SHARED)(getattr(module, name).__wrapped__))
        yield
