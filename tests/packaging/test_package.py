"""The package that a wheel installs, laid out as `pyproject.toml` says, without building it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from gui.window.help.manual_pages import MANUAL
from gui.window.help.versions import VERSION

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """Return a folder that holds `descent_derby` as a wheel would bring it."""
    folder = tmp_path / "site-packages"
    for source, target in {**WHEEL["sources"], **WHEEL["force-include"]}.items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        (folder / target).symlink_to(ROOT / source)
    return folder


def run(packages: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(packages)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=60
    )


def test_the_wheel_holds_every_folder_of_code() -> None:
    folders = {*(path.parent.name for path in ROOT.glob("*/__init__.py")), "docs"}
    assert set(WHEEL["only-include"]) == set(WHEEL["sources"]) == folders
    assert set(WHEEL["sources"].values()) == {f"descent_derby/{name}" for name in folders}


def test_the_pages_of_the_manual_are_in_it(packages: Path, tmp_path: Path) -> None:
    program = "import descent_derby; from gui.window.help.manual_pages import MANUAL, FOLDER; "
    program += "print(FOLDER.parent.name, *(page.file for page in MANUAL if page.path.exists()))"
    found = run(packages, tmp_path, "-c", program).stdout.split()
    assert found == ["descent_derby", *(page.file for page in MANUAL)]
    assert not any(page.path.match(pattern) for page in MANUAL for pattern in WHEEL["exclude"])


def test_the_version_is_that_of_the_program() -> None:
    assert PROJECT["project"]["version"] == VERSION


def test_python_starts_the_package_though_the_folder_has_modules_of_its_names(packages: Path, tmp_path: Path) -> None:
    for name in ("engine", "gui", "landscapes"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong one')")
    done = run(packages, tmp_path, "-m", "descent_derby", "--version")
    assert (done.stdout, done.stderr) == (f"Descent Derby {VERSION}\n", "")


def test_its_folders_can_be_imported_by_their_names_once_it_is(packages: Path, tmp_path: Path) -> None:
    program = "import descent_derby; from engine import Race; from landscapes import LANDSCAPES; print(Race.__module__)"
    assert run(packages, tmp_path, "-c", program).stdout.strip() == "engine.race.race"


def test_its_help_names_the_program_that_was_installed(packages: Path, tmp_path: Path) -> None:
    assert run(packages, tmp_path, "-m", "descent_derby", "--help").stdout.startswith("usage: descent-derby ")


POOL = """
if __name__ == "__main__":
    import descent_derby
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from engine import compile_loss
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        print(float(pool.submit(compile_loss("x^2 + a*y", a=3).value, 2.0, 5.0).result()))
"""


def test_a_loss_goes_to_other_processes_which_find_its_folders_by_themselves(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "pool.py").write_text(POOL)
    assert run(packages, tmp_path, "pool.py").stdout.strip() == "19.0"


def test_without_it_they_cannot(packages: Path, tmp_path: Path) -> None:
    assert "ModuleNotFoundError" in run(packages, tmp_path, "-c", "import engine").stderr


def test_another_package_of_such_a_name_is_left_alone_and_named(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "engine.py").write_text("")
    done = run(packages, tmp_path, "-c", "import engine, descent_derby")
    told = done.stderr.splitlines()[-1]
    assert told.startswith('ImportError: Descent Derby needs the name "engine"')
    assert str(tmp_path / "engine.py") in told
