"""A driver gives what its plain function gives, needs Numba only where its code was not kept, and refuses the unfit."""

import math
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from engine.compiled import object_cache
from engine.compiled.argument_types import INTEGER, MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import Driver
from engine.language.codegen.machine_code import Code

PAIR = np.dtype([("inverse", np.float64, (2, 2)), ("before", np.float64)])


class Trial(NamedTuple):
    length: float
    loss: float


def halved(trial: Trial) -> Trial:
    return Trial(trial.length / 2.0, trial.loss)


def work(rows: np.ndarray, first: int, scale: float) -> int:
    trial = Trial(scale, math.exp(rows[first, 0]))
    for i in range(first, len(rows)):
        trial = halved(trial)
        rows[i, 0] = trial.length
        rows[i, 1] = max(trial.loss, rows[i, 1])
    return len(rows) - first


def halve_records(records: np.ndarray) -> None:
    for i in range(len(records)):
        records[i].before /= 2.0
        records[i].inverse[0, 1] = records[i].before


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def test_a_driver_gives_what_its_plain_function_gives(own_folder: Path) -> None:
    numbers = np.random.default_rng(1).normal(size=(2, 9, 2))
    compiled, plain = numbers[0].copy(), numbers[0].copy()
    assert Driver(work, [MATRIX, INTEGER, REAL])(compiled, 2, 3.0) == work(plain, 2, 3.0) == 7
    assert compiled.tobytes() == plain.tobytes()


def test_records_are_arguments_too(own_folder: Path) -> None:
    records = np.zeros(3, dtype=PAIR)
    records["before"] = 4.0
    assert Driver(halve_records, [ArgumentType(PAIR, 1)])(records) == 0
    assert records["before"].tolist() == [2.0] * 3 and records["inverse"][2].tolist() == [[0, 2], [0, 0]]


def test_kept_code_runs_without_numba(own_folder: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, '.'); from tests.engine.compiled import test_driver as t; import numpy as np\n"
        "d = t.Driver(t.work, [t.MATRIX, t.INTEGER, t.REAL]); print(d.prepare(), d(np.ones((3, 2)), 0, 1.0))\n"
        "print('numba' in sys.modules)"
    )
    told = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]
    assert told == [["True", "3", "True"], ["False", "3", "False"]]


def test_an_array_of_another_kind_is_refused_before_it_is_read(own_folder: Path) -> None:
    driver = Driver(work, [MATRIX, INTEGER, REAL])
    for unfit in (np.ones((3, 2), np.float32), np.ones(3), np.ones((2, 3)).T):
        with pytest.raises(TypeError, match="A driver takes"):
            driver(unfit, 0, 1.0)


def allocate(values: np.ndarray) -> float:
    return float(np.zeros(len(values)).sum())


def test_a_function_that_needs_memory_is_no_driver(own_folder: Path) -> None:
    # Here, since importing this file shall not import Numba.
    from numba.core.errors import NumbaError

    with pytest.raises(NumbaError):
        Driver(allocate, [VECTOR]).prepare()


def divide(values: np.ndarray) -> None:
    values[0] = values[1] / values[2]


def test_nothing_divided_by_nothing_is_no_number_and_no_error(own_folder: Path) -> None:
    values = np.array([1.0, 0.0, 0.0])
    Driver(divide, [VECTOR])(values)
    assert np.isnan(values[0])


def test_code_of_texts_is_called_by_its_address(own_folder: Path) -> None:
    code = Code("define i64 @sum(i64 %a, i64 %b) {\n%c = add i64 %a, %b\nret i64 %c\n}")
    from tests.engine.compiled.calling import called

    assert Driver(called, [INTEGER, INTEGER])(code.address("sum"), 40) == called(code.address("sum"), 40) == 42
