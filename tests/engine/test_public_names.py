"""The names that `engine` offers are there for whoever asks, and cost nothing where nobody does."""

import subprocess
import sys
from pathlib import Path

import pytest

import engine
from engine import public

ROOT = Path(__file__).parents[2]
UNASKED = """
import sys
import engine.live.runner
print(*(name for name in sys.modules if name == "engine.public" or name.startswith("engine.tuning")))
"""


@pytest.mark.parametrize("name", public.__all__)
def test_a_public_name_is_imported_from_the_engine_and_listed(name: str) -> None:
    assert getattr(engine, name) is getattr(public, name)
    assert name in dir(engine)


def test_all_names_come_with_a_star() -> None:
    names: dict[str, object] = {}
    exec("from engine import *", names)
    assert {*names} - {"__builtins__"} == {*public.__all__}


def test_another_name_is_refused_as_by_any_module() -> None:
    with pytest.raises(AttributeError, match="module 'engine' has no attribute 'nothing'"):
        _ = engine.nothing
    with pytest.raises(ImportError, match="cannot import name 'nothing'"):
        from engine import nothing  # noqa: F401


def test_a_module_of_the_engine_brings_no_league_along() -> None:
    done = subprocess.run([sys.executable, "-c", UNASKED], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("\n", "")
