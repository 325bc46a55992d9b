"""A function of one's own travels as its place: by module and name, or by file and name, never as code."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import FormulaError, Race, compile_loss, compile_rule
from engine.loss.function_loss import loss_at
from engine.own.function_location import FunctionLocation, functions_in, parse_location
from tests.engine.own import hills

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
BOWL = "def bowl(x, y, depth=2.0):\n    return depth*x*x + y*y\n\n\ndef _hidden(x, y):\n    return x\n"


def bowl_file(tmp_path: Path, text: str = BOWL) -> Path:
    path = tmp_path / "own hills.py"
    path.write_text(text)
    return path


def sent(thing: object) -> object:
    """Return what another process makes of a pickle: what it prints of it."""
    program = "import pickle, sys; print(pickle.load(sys.stdin.buffer))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, input=pickle.dumps(thing), capture_output=True, check=True, timeout=100)
    return done.stdout.decode().strip()


def test_a_loss_and_a_rule_of_a_module_arrive_in_another_process_with_their_settings() -> None:
    loss = compile_loss(hills.valley, gradient=hills.valley_slopes, b=7).transformed(angle=20.0)
    assert sent(loss) == repr(loss)
    rule = compile_rule(hills.adam, lr=0.5)
    assert sent(rule) == repr(rule)


def test_what_was_pickled_comes_back_as_it_was() -> None:
    loss = compile_loss(hills.camel).transformed(angle=20.0, shift=(1.0, 2.0))
    other = pickle.loads(pickle.dumps(loss))
    x = np.linspace(-1, 1, 50)
    assert np.array_equal(other.value(x, x), loss.value(x, x))
    assert (other.slopes, other.parameters, other.transform) == (loss.slopes, loss.parameters, loss.transform)


def test_a_loss_of_a_file_travels_by_file_and_name(tmp_path: Path) -> None:
    place = parse_location(f"{bowl_file(tmp_path)}:bowl")
    loss = loss_at(place, {"depth": 5.0})
    assert loss.place == place
    assert sent(loss) == "compile_loss(bowl, depth=5)"
    assert loss.transformed(angle=10.0).place == place


SPAWNING = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from engine import compile_loss, compile_rule

def bowl(x, y, depth=2.0):
    return depth*x*x + y*y

def step(w, g, lr=0.5):
    w -= lr*g

def least(loss, rule):
    from engine import Race
    race = Race(loss, [rule], start=(1.0, 1.0))
    race.advance(2)
    return race.positions[0].tolist()

if __name__ == "__main__":
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as executor:
        print(executor.submit(least, compile_loss(bowl, depth=1.0), compile_rule(step, lr=0.25)).result())
"""


def test_functions_of_a_script_reach_the_processes_that_it_starts(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SPAWNING)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=110)
    assert done.stdout.strip() == "[0.25, 0.25]", done.stderr


def test_what_no_other_process_could_find_is_refused_when_it_is_sent() -> None:
    local = compile_loss(lambda x, y: x * y)
    with pytest.raises(FormulaError, match="cannot be sent to another process"):
        pickle.dumps(local)

    def step(w, g):
        w -= g

    with pytest.raises(FormulaError, match="cannot be sent to another process"):
        pickle.dumps(compile_rule(step))
    race = Race(local, [step], start=(1, 1))
    race.advance(3)


def test_a_function_that_has_gone_meanwhile_is_told(tmp_path: Path) -> None:
    path = bowl_file(tmp_path)
    kept = pickle.dumps(loss_at(parse_location(f"{path}:bowl"), {}))
    path.write_text("def hill(x, y):\n    return x*y\n")
    with pytest.raises(FormulaError, match=r'has no function "bowl". Its functions: hill\.'):
        pickle.loads(kept)
    path.unlink()
    with pytest.raises(FormulaError, match=r"There is no file .*own hills\.py\."):
        pickle.loads(kept)
    with pytest.raises(FormulaError, match="module nowhere_at_all cannot be imported"):
        FunctionLocation("bowl", "nowhere_at_all").find()
    with pytest.raises(FormulaError, match='has no function "canyon"'):
        FunctionLocation("canyon", hills.__name__).find()


BROKEN = {
    "def bowl(x, y) return x": "SyntaxError",
    "import no_such_module_anywhere": "ModuleNotFoundError",
    "1/0": "ZeroDivisionError: division by zero.",
    "raise SystemExit(3)": "SystemExit: 3.",
    "\x00": "cannot be run",
}


@pytest.mark.parametrize(("text", "sentence"), BROKEN.items(), ids=range(len(BROKEN)))
def test_a_file_that_cannot_be_run_is_told_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    path = bowl_file(tmp_path, text)
    with pytest.raises(FormulaError) as caught:
        loss_at(parse_location(f"{path}:bowl"), {})
    assert sentence in str(caught.value)
    assert "own hills.py cannot be run" in str(caught.value)


@pytest.mark.parametrize("text", ["bowl", ":bowl", "hills.py:", "hills.py:3", "hills.py:a b"])
def test_what_names_no_function_of_a_file_is_refused(text: str) -> None:
    with pytest.raises(FormulaError, match=r"file\.py:name"):
        parse_location(text)


def test_a_file_may_import_its_neighbours_and_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "neighbour_of_hills.py").write_text("DEPTH = 3.0\n")
    path = bowl_file(tmp_path, "from neighbour_of_hills import DEPTH\nfrom math import sin\n\n\n"
                               "def bowl(x, y):\n    return DEPTH*x*x + sin(y)\n")  # fmt: skip
    before = list(sys.path)
    assert loss_at(parse_location(f"{path}:bowl"), {}).value(1.0, 0.0) == 3.0
    assert sys.path == before
    assert list(functions_in(str(path))) == ["bowl"]


def test_what_is_no_loss_in_a_file_is_told_as_anywhere(tmp_path: Path) -> None:
    path = bowl_file(tmp_path, "bowl = 3\n")
    with pytest.raises(FormulaError, match='has no function "bowl"'):
        loss_at(parse_location(f"{path}:bowl"), {})
