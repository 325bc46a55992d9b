"""The command that compiles all loops knows all of them, tells of each, and leaves nothing to the first start."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.compiled import store
from engine.compiled.driver import Driver
from engine.drivers import Compilation, drivers_of, prepare_all
from gui.drivers import program_drivers

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, store.FOLDER: str(folder), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a folder in which everything was compiled, and what that told."""
    folder = tmp_path_factory.mktemp("objects")
    done = run(folder, "main.py", "--compile")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def decorated() -> set[str]:
    """Return the names of all functions that are made drivers where they are written."""
    trees = [ast.parse(path.read_text("utf-8")) for part in ("engine", "gui") for path in (ROOT / part).rglob("*.py")]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {
        function.name
        for function in functions
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "driver"
    }


def test_every_driver_of_the_program_is_known() -> None:
    script = (
        "from gui.drivers import program_drivers; print(*[driver.function.__name__ for driver in program_drivers()])"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert decorated() <= set(done.stdout.split()) and len(decorated()) >= 3


def test_all_loops_are_compiled_once_with_a_line_each(compiled: tuple[Path, str]) -> None:
    folder, told = compiled
    *lines, last = told.splitlines()
    titles = [re.fullmatch(r"Compiling (\d+) of (\d+): (.+) \.\.\.", line).groups() for line in lines]
    assert [(int(number), int(total)) for number, total, _ in titles] == [
        (n + 1, len(lines)) for n in range(len(lines))
    ]
    assert sorted(title for *_, title in titles) == sorted(driver.title for driver in program_drivers())
    assert last.startswith(f"{len(lines)} of {len(lines)} loops compiled in ") and str(folder) in last
    again = run(folder, "main.py", "--compile")
    assert again.stdout == f"All {len(lines)} loops are compiled.\n"


def test_the_selfcheck_tells_where_loops_are_kept_and_what_compiles_them(
    compiled: tuple[Path, str], tmp_path: Path
) -> None:
    folder, _ = compiled
    total = len(program_drivers())
    told = run(folder, "main.py", "--selfcheck").stdout
    assert f"compiled loops: {total} of {total} are kept in {folder} ({total} files, 0." in told
    assert "compiler: Numba can be imported" in told and "\nnumba 0." in told
    told = run(tmp_path / "nowhere", "main.py", "--selfcheck").stdout
    assert f"compiled loops: 0 of {total} are kept in {tmp_path / 'nowhere'} (0 files, 0.0 MB)" in told


WITHOUT_NUMBA = (
    "import sys; sys.modules['numba'] = None; from gui.command_line import main; sys.exit(main(sys.argv[1:]))"
)


def test_kept_loops_race_where_numba_cannot_be_imported(compiled: tuple[Path, str]) -> None:
    folder, _ = compiled
    race = run(folder, "-c", WITHOUT_NUMBA, "--headless", "--steps", "5")
    assert (race.returncode, race.stderr) == (0, "")
    assert (
        "compiler: Numba, which compiles the loops of the program, cannot be imported: "
        in run(folder, "-c", WITHOUT_NUMBA, "--selfcheck").stdout
    )


@pytest.mark.parametrize("arguments", [["--compile"], ["--headless", "--steps", "5"]])
def test_without_either_a_sentence_says_so(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path, "-c", WITHOUT_NUMBA, *arguments)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Numba, which compiles the loops of the program, cannot be imported: ")


@pytest.mark.usefixtures("opengl")
def test_a_start_with_kept_loops_draws_and_steps_without_numba(compiled: tuple[Path, str]) -> None:
    done = run(compiled[0], "tests/benchmarks/first_paint.py")
    moments = json.loads(done.stdout)
    assert {what: imported for what, (_, imported) in moments.items()} == {
        "window": False,
        "landscape": False,
        "step": False,
    }


def steps() -> None:
    """Do nothing."""


def test_each_driver_is_prepared_once_and_told_of_only_where_it_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(store.FOLDER, str(tmp_path))
    own = sys.modules[__name__]
    monkeypatch.setattr(own, "first", Driver(steps, [], "first"), raising=False)
    monkeypatch.setattr(own, "same", own.first, raising=False)
    monkeypatch.setattr(own, "second", Driver(steps, [], "second", "the second loop"), raising=False)
    drivers = [driver for driver in drivers_of([own]) if driver.function is steps]
    assert drivers == [own.first, own.second]
    own.first.prepare()
    told: list[Compilation] = []
    assert prepare_all(drivers, told.append, lambda: False) == 0 and told == []
    assert prepare_all(drivers, told.append) == 1 and told == [Compilation("the second loop", 1, 1)]
    assert prepare_all(drivers, told.append) == 0 and len(told) == 1
