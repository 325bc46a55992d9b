"""What every test of the engine shares: the machine code of rules, so that each is compiled once for all tests."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from engine.rules import rule

MOST_SHARED = 512
"""The program keeps fewer than there are optimizers, so that tests of all of them would compile each one every time."""


@pytest.fixture(autouse=True, scope="session")
def machine_code_is_shared() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_code_of", "_given_code_of", "_member_code_of", "_read"):
            patch.setattr(rule, name, lru_cache(MOST_SHARED)(getattr(rule, name).__wrapped__))
        yield
