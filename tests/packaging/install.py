"""The wheel installs and runs in a fresh environment; run by `make test-install`, since it fetches half a gigabyte."""

import csv
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 900
MOST_BYTES = 2e6
"""The wheel has 1.2 million; a picture or a table that gets into it by mistake has more."""
pytestmark = pytest.mark.timeout(2 * PATIENCE_S)

RACE = ["--landscape", "Beale", "--racer", "Adam(lr=0.1)", "--racer", "Momentum", "--start=1,1.5"]
NOTEBOOK = """
import descent_derby
from engine import OPTIMIZERS, Race, compile_loss
from landscapes import LANDSCAPES

loss = compile_loss(LANDSCAPES["Rosenbrock"].formula, **LANDSCAPES["Rosenbrock"].parameters)
race = Race(loss, ["Adam(lr=0.02)", "BFGS"], start=(-1.2, 1.0))
race.advance(200)
print(float(race.losses.max()))
"""
FOREIGN = "MINE = 'of another program'\n"


def run(command: list[str], folder: Path, patience_s: float = PATIENCE_S, **environment: str) -> str:
    """Run a command in `folder`; return what it printed, once it has ended well."""
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=patience_s
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """Where a tool put the program, and the settings under which that touches nothing of the person's."""

    tool: str
    program: Path
    python: Path
    folder: Path

    def environment(self) -> dict[str, str]:
        """Return variables that keep settings, sessions and object code in the folder of the test."""
        places = {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "DERBY_CACHE": "objects"}
        return {name: str(self.folder / place) for name, place in places.items()}

    def call(self, *arguments: str, **environment: str) -> str:
        """Run the program with arguments; return what it printed."""
        return run([str(self.program), *arguments], self.folder, **self.environment(), **environment)

    def ask(self, program: str, *options: str) -> str:
        """Run a text as Python in the environment of the program; return what it printed."""
        return run([str(self.python), *options, "-c", program], self.folder, **self.environment())

    @property
    def site_packages(self) -> Path:
        """The folder of the environment's packages."""
        return Path(self.ask("import sysconfig; print(sysconfig.get_path('purelib'))").strip())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as pip does, with the build system from the package index."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)], folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an environment's programs, for the tools that install."""
    folder = tmp_path_factory.mktemp("tools")
    run([sys.executable, "-m", "venv", str(folder)], folder)
    return folder / "bin"


@pytest.fixture(scope="module", params=["pip", "pipx", "uv"])
def installed(
    request: pytest.FixtureRequest, wheel: Path, tools: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """Install the wheel with a tool that is fetched for that."""
    tool, folder = request.param, tmp_path_factory.mktemp(request.param)
    if tool != "pip":
        fetched = subprocess.run([tools / "pip", "install", "--quiet", tool], capture_output=True, text=True)
        if fetched.returncode:
            pytest.skip(f"{tool} could not be fetched from the package index, so nothing is said about it.")
    yield {"pip": by_pip, "pipx": by_pipx, "uv": by_uv}[tool](wheel, tools, folder)


def by_pip(wheel: Path, tools: Path, folder: Path) -> Installed:
    """Install into a new virtual environment."""
    environment = folder / "environment"
    run([sys.executable, "-m", "venv", str(environment)], folder)
    run([str(environment / "bin" / "pip"), "install", "--quiet", str(wheel)], folder)
    return Installed("pip", environment / "bin" / "descent-derby", environment / "bin" / "python", folder)


def by_pipx(wheel: Path, tools: Path, folder: Path) -> Installed:
    """Install as a program of its own, by pipx."""
    places = {"PIPX_HOME": str(folder / "pipx"), "PIPX_BIN_DIR": str(folder / "bin"), "PIPX_MAN_DIR": str(folder)}
    run([str(tools / "pipx"), "install", "--python", sys.executable, str(wheel)], folder, **places)
    python = folder / "pipx" / "venvs" / "descent-derby" / "bin" / "python"
    return Installed("pipx", folder / "bin" / "descent-derby", python, folder)


def by_uv(wheel: Path, tools: Path, folder: Path) -> Installed:
    """Install as a program of its own, by uv."""
    places = {"UV_TOOL_DIR": str(folder / "uv"), "UV_TOOL_BIN_DIR": str(folder / "bin")}
    run([str(tools / "uv"), "tool", "install", "--python", sys.executable, str(wheel)], folder, **places)
    python = folder / "uv" / "descent-derby" / "bin" / "python"
    return Installed("uv", folder / "bin" / "descent-derby", python, folder)


@pytest.fixture
def display() -> None:
    """Skip where no window can be shown, and say so."""
    if not os.environ.get("DISPLAY"):
        pytest.skip("There is no display, so no window is opened: install xvfb.")


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < MOST_BYTES


def test_the_wheel_holds_every_file_of_the_program(wheel: Path) -> None:
    files = {f"descent_derby/{path.relative_to(ROOT).as_posix()}" for path in files_of_the_program()}
    # It is the package's own `__init__.py` there.
    files.remove("descent_derby/gui/shell/installed.py")
    # Only who changes the program reads it.
    files.remove("descent_derby/docs/architecture.md")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("descent_derby/")}
    assert inside == files | {"descent_derby/__init__.py", "descent_derby/__main__.py"}


def files_of_the_program() -> Iterator[Path]:
    """Yield what is in the folders of code, icons and styles included, and the pages that the manual shows."""
    yield from (ROOT / "docs").glob("*.md")
    for folder in ("engine", "gui", "landscapes"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                yield path


def test_the_program_tells_its_version(installed: Installed) -> None:
    assert installed.call("--version").startswith("Descent Derby ")


def test_python_starts_it_as_a_module(installed: Installed) -> None:
    told = run([str(installed.python), "-m", "descent_derby", "--version"], installed.folder)
    assert told.startswith("Descent Derby ")


def test_it_finds_all_its_packages(installed: Installed) -> None:
    found = installed.call("--selfcheck")
    assert "is missing" not in found
    assert "compiler: Numba can be imported" in found


def test_it_races_without_a_window(installed: Installed) -> None:
    trails = installed.folder / "trails.csv"
    installed.call("--headless", "--steps", "50", "--csv", str(trails), *RACE)
    with trails.open() as stream:
        rows = list(csv.DictReader(stream))
    assert {row["racer"] for row in rows} == {"Adam(lr=0.1)", "Momentum"}
    assert len(rows) == 2 * 51


def test_a_notebook_imports_its_engine(installed: Installed) -> None:
    assert float(installed.ask(NOTEBOOK)) < 24.2


@pytest.mark.usefixtures("display")
def test_it_draws_its_window(installed: Installed) -> None:
    picture = installed.folder / "race.png"
    installed.call("--picture", str(picture), "--steps", "20", "--size", "900x600", *RACE)
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.usefixtures("display")
def test_its_window_stays_open_and_compiles_loops_in_other_processes(installed: Installed) -> None:
    objects = installed.folder / "of the window"
    environment = {**os.environ, **installed.environment(), "DERBY_CACHE": str(objects)}
    errors = installed.folder / "errors.txt"
    with errors.open("w") as stream:
        # In a session of its own: what it compiles with is ended along with it.
        window = subprocess.Popen(
            [installed.program, "--fresh"], cwd=installed.folder, env=environment, stderr=stream, start_new_session=True
        )
    try:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and window.poll() is None and not any(objects.glob("*")):
            time.sleep(0.5)
        assert window.poll() is None, errors.read_text()
        assert any(objects.glob("*"))
    finally:
        os.killpg(window.pid, signal.SIGTERM)
        window.wait(60)
    assert errors.read_text() == ""


def test_it_takes_no_name_but_its_own(installed: Installed) -> None:
    record = next(installed.site_packages.glob("descent_derby-*.dist-info")) / "RECORD"
    names = {line.partition("/")[0] for line in record.read_text().splitlines() if not line.startswith("..")}
    assert names == {"descent_derby", record.parent.name}


def test_it_stands_beside_other_packages_of_the_names_of_its_folders(installed: Installed) -> None:
    others = [installed.site_packages / f"{name}.py" for name in ("engine", "gui", "landscapes")]
    try:
        for path in others:
            path.write_text(FOREIGN)
        assert installed.ask("import engine, gui, landscapes; print(engine.MINE)").strip() == "of another program"
        assert installed.call("--version").startswith("Descent Derby ")
        installed.call("--headless", "--steps", "5", *RACE)
    finally:
        for path in others:
            path.unlink(missing_ok=True)


def test_it_compiles_its_loops_beforehand(installed: Installed) -> None:
    if installed.tool != "pip":
        pytest.skip("Compiling takes minutes: it is done once, for pip.")
    # Its processes find the program though Python may look for modules in no working folder.
    assert "loops" in installed.call("--compile", PYTHONSAFEPATH="1")
    assert re.search(r"^compiled loops: (\d+) of \1 are kept in ", installed.call("--selfcheck"), re.MULTILINE)
    assert installed.call("--compile").startswith("All ")
