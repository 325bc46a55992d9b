"""The command that compiles all loops knows all of them, tells of each, and leaves nothing to the first start."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from engine.compiled import object_cache
from engine.compiled.driver import Driver, NoCompilerError
from engine.data.shuffle import shuffle
from engine.optimizers.drivers import drivers_of
from engine.rules.step_loop import advance
from gui.window.driver_compilation import Compilation, load_or_compile, program_drivers

ROOT = Path(__file__).parents[3]


def fresh(driver: Driver) -> Driver:
    """Return a copy of a driver that has loaded nothing yet, as in a new process."""
    return Driver(driver.function, driver.arguments, driver.name, driver.title)


def broken_numba(folder: Path) -> str:
    """Return a search path for packages with which the import of Numba fails."""
    package = folder / "numba"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemError('Numba does not know this NumPy')")
    return str(folder)


def run(folder: Path, *arguments: str, packages: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        object_cache.FOLDER_VARIABLE: str(folder),
        "PYTHONPATH": os.pathsep.join(filter(None, [packages, str(ROOT)])),
    }
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=110
    )


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """Return a folder that contains every compiled loop, as `make setup` stores them."""
    # The user's own folder, which contains them already, because compiling all takes a minute.
    done = subprocess.run([sys.executable, "main.py", "--compile"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "objects"
    folder.mkdir()
    for driver in program_drivers():
        shutil.copy(object_cache.path_of(driver.name, driver.fingerprint), folder)
    return folder


def decorated() -> set[str]:
    """Return the names of all functions that a decorator makes drivers."""
    trees = [ast.parse(path.read_text("utf-8")) for part in ("engine", "gui") for path in (ROOT / part).rglob("*.py")]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {
        function.name
        for function in functions
        for mark in function.decorator_list
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "driver"
    }


def test_every_driver_of_the_program_is_known() -> None:
    script = "from gui.window.driver_compilation import program_drivers; "
    script += "print(*[driver.function.__name__ for driver in program_drivers()])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert decorated() <= set(done.stdout.split()) and len(decorated()) >= 3


def test_what_is_missing_is_compiled_with_a_line_each_and_then_nothing_is(compiled: Path) -> None:
    drivers = program_drivers()
    missing = {"advance", "shuffle", "shade_rows"}
    for path in compiled.iterdir():
        if path.name.rpartition("-")[0] in missing:
            path.unlink()
    done = run(compiled, "main.py", "--compile")
    *lines, last = done.stdout.splitlines()
    titles = [re.fullmatch(r"Compiling (\d) of 3: (.+) \.\.\.", line).groups() for line in lines]
    assert sorted(titles) == [(number, title) for number, (_, title) in zip("123", sorted(titles), strict=True)]
    assert {title for _, title in titles} == {driver.title for driver in drivers if driver.name in missing}
    assert last.startswith(f"3 of {len(drivers)} loops compiled in ") and str(compiled) in last
    again = run(compiled, "main.py", "--compile")
    assert again.stdout == f"All {len(drivers)} loops are compiled.\n"


def test_the_selfcheck_tells_where_loops_are_kept_and_what_compiles_them(compiled: Path, tmp_path: Path) -> None:
    total = len(program_drivers())
    told = run(compiled, "main.py", "--selfcheck").stdout
    assert f"compiled loops: {total} of {total} are kept in {compiled} ({total} files, 0." in told
    assert "compiler: Numba can be imported" in told and "\nnumba 0." in told
    told = run(tmp_path / "nowhere", "main.py", "--selfcheck").stdout
    assert f"compiled loops: 0 of {total} are kept in {tmp_path / 'nowhere'} (0 files, 0.0 MB)" in told


def test_kept_loops_race_where_numba_cannot_be_imported(compiled: Path, tmp_path: Path) -> None:
    packages = broken_numba(tmp_path)
    race = run(compiled, "main.py", "--headless", "--steps", "5", packages=packages)
    assert (race.returncode, race.stderr) == (0, "")
    told = run(compiled, "main.py", "--selfcheck", packages=packages).stdout
    assert "compiler: Numba, which compiles the loops of the program, cannot be imported: Numba does not know" in told


@pytest.mark.parametrize("arguments", [["--compile"], ["--headless", "--steps", "5"]])
def test_without_either_a_sentence_says_so(tmp_path: Path, arguments: list[str]) -> None:
    done = run(tmp_path / "objects", "main.py", *arguments, packages=broken_numba(tmp_path))
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("Numba, which compiles the loops of the program, cannot be imported: ")


@pytest.mark.usefixtures("opengl")
def test_a_start_with_kept_loops_draws_and_steps_without_numba(compiled: Path) -> None:
    done = run(compiled, "tests/benchmarks/first_paint.py")
    moments = json.loads(done.stdout)
    assert {what: imported for what, (_, imported) in moments.items()} == {
        "window": False,
        "landscape": False,
        "step": False,
    }


def steps() -> None:
    """Do nothing."""


def test_drivers_are_found_once_whatever_they_are_called() -> None:
    module = ModuleType("own")
    module.first = module.again = Driver(steps, [])
    module.second, module.other = Driver(steps, [], "second"), "no driver"
    assert [driver for driver in drivers_of([module, module]) if driver.function is steps] == [
        module.first, module.second,
    ]  # fmt: skip


def test_loops_are_told_by_names_of_their_own() -> None:
    drivers = program_drivers()
    assert len({driver.name for driver in drivers}) == len({driver.title for driver in drivers}) == len(drivers)


def test_only_what_is_not_kept_is_compiled_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path))
    fresh(shuffle).prepare()
    drivers, told = [fresh(shuffle), fresh(advance)], []
    assert load_or_compile(drivers, told.append) == 1 and told == [Compilation("the step loop", 1, 1)]
    assert all(driver.load() for driver in drivers)
    assert load_or_compile(drivers, told.append) == 0 and len(told) == 1


def test_where_nothing_can_be_kept_this_very_process_compiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    drivers, told = [Driver(steps, [], "first"), Driver(steps, [], "second")], []
    assert load_or_compile(drivers, told.append, wanted=lambda: len(told) < 2) == 2
    assert [driver.load() for driver in drivers] == [True, False] and len(told) == 2


def test_a_compilation_that_fails_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path))
    with pytest.raises(NoCompilerError, match="Loops could not be compiled: KeyError: 'nobody'"):
        load_or_compile([Driver(steps, [], "nobody")], lambda compilation: None)


def test_drivers_are_found_while_other_threads_import_modules() -> None:
    names = [f"imported_meanwhile_{number}" for number in range(20_000)]
    interval, begun = sys.getswitchinterval(), threading.Event()

    def import_more() -> None:
        begun.set()
        for name in names:
            sys.modules[name] = ModuleType(name)

    thread = threading.Thread(target=import_more)
    sys.setswitchinterval(1e-6)
    try:
        thread.start()
        begun.wait()
        while thread.is_alive():
            assert program_drivers()
    finally:
        thread.join()
        sys.setswitchinterval(interval)
        for name in names:
            sys.modules.pop(name, None)
