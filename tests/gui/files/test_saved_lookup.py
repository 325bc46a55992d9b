"""What a person saved can be named on the command line, in the window and without Qt."""

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.loss.transform import Transform
from gui.files.folders import saved_folder
from gui.files.record_file import write_record
from gui.files.records.landscapes import SAVED_LANDSCAPES
from gui.files.records.optimizers import SAVED_OPTIMIZERS
from gui.session.choices import RacerChoice
from gui.session.saved_landscape import SavedLandscape
from gui.session.session import Session
from landscapes import LANDSCAPES
from tests.gui.called import ROOT, call

PUSH = RacerChoice(
    0, "My push", "SGD | clip_norm", "", {"lr": 0.5, "push": 2.0, "max_norm": 1e6}, {"push": (0.0, 9.0)},
    rule="w = w - lr*push*g",
)  # fmt: skip
BOWL = SavedLandscape(
    "My bowl", "a*x^2 + y^2", ((-3.0, 3.0), (-2.0, 2.0)), ((0.0, 0.0),), (1.0, 1.0), "saved by you", {"a": 0.25},
    note="Round.",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a saved landscape and two saved optimizers."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = saved_folder()
    folder.mkdir(parents=True)
    write_record(folder / SAVED_LANDSCAPES.file, SAVED_LANDSCAPES.kind, [SAVED_LANDSCAPES.to_record(BOWL)])
    saved = [PUSH, replace(PUSH, name="My push 2", values={**PUSH.values, "lr": 0.25})]
    write_record(folder / SAVED_OPTIMIZERS.file, SAVED_OPTIMIZERS.kind, list(map(SAVED_OPTIMIZERS.to_record, saved)))
    return folder


def after_a_step(*arguments: str) -> list[tuple[float, float]]:
    result = call("--headless", "--steps", "1", "--csv", "-", *arguments)
    assert result.stderr == ""
    rows = csv.DictReader(result.stdout.splitlines())
    return [(float(row["x"]), float(row["y"])) for row in rows if row["step"] == "1"]


def test_an_optimizer_and_a_landscape_of_ones_own_race_without_a_window(home: Path) -> None:
    race = ["--landscape", "my bowl", "--racer", "my PUSH", "--racer", "My push(push=1, max_norm=0.5)"]
    first, second = after_a_step(*race)
    assert first == (0.5, -1.0), "lr is 0.5, push 2, and the slope (0.5, 2)"
    length = (0.5**2 + 2.0**2) ** 0.5
    assert second == pytest.approx((1 - 0.25 * 0.5 / length, 1 - 0.25 * 2.0 / length))


def test_of_names_that_begin_alike_the_longest_is_meant(home: Path) -> None:
    assert after_a_step("--landscape", "My bowl", "--racer", "My push 2(push=4)") == [(0.5, -1.0)]


def test_no_qt_is_imported_for_what_is_ones_own(home: Path) -> None:
    race = ["--headless", "--steps", "2", "--racer", "My push", "--landscape", "My bowl"]
    code = f"import sys; from gui.shell.command_line import main; assert main({race}) == 0 == main(['--list']); "
    code += "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--racer", "My push(speed=1)"], 'My push has no hyperparameter "speed". It has: push, lr, max_norm.'),
        (["--racer", "My push | cosine"], "saved with it"),
        (["--racer", "My pushes"], "There is no optimizer"),
        (["--landscape", "My bow"], 'Did you mean "My bowl"?'),
        (["--racer", "My psuh(lr=0.1)"], 'Did you mean "My push"?'),
    ],
)
def test_a_mistake_about_ones_own_is_one_sentence(home: Path, arguments: list[str], words: str) -> None:
    result = call("--headless", *arguments)
    assert result.returncode == 2 and words in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_list_names_ones_own(home: Path) -> None:
    listed = call("--list").stdout
    assert "My landscapes\n  My bowl: Round.\n" in listed
    assert "My optimizers\n  My push: made of SGD | clip_norm\n" in listed


def test_a_broken_file_is_left_to_the_window(home: Path) -> None:
    (home / SAVED_OPTIMIZERS.file).write_text("{")
    result = call("--headless", "--racer", "My push")
    assert result.returncode == 2 and "There is no optimizer" in result.stderr
    assert (home / SAVED_OPTIMIZERS.file).read_text() == "{"
    assert "My optimizers" not in call("--list").stdout


def test_in_the_window_it_races_under_its_name_with_its_settings(qapp: object) -> None:
    session = Session(LANDSCAPES["Beale"], ["SGD", PUSH])
    first, mine = session.racers
    assert (mine.name, mine.rule, mine.values, mine.ranges) == ("My push", PUSH.rule, PUSH.values, PUSH.ranges)
    assert mine.key != first.key and mine.colour not in ("", first.colour)


def test_a_landscape_of_ones_own_lies_without_a_window_as_it_was_saved(home: Path) -> None:
    turned = replace(BOWL, name="My turned bowl", transform=Transform(90.0, pivot=(0.0, 0.0)))
    write_record(
        home / SAVED_LANDSCAPES.file, SAVED_LANDSCAPES.kind, list(map(SAVED_LANDSCAPES.to_record, (BOWL, turned)))
    )
    ((x, y),) = after_a_step("--landscape", "My bowl", "--start=1,2", "--racer", "SGD(lr=0.1)")
    ((across, up),) = after_a_step("--landscape", "My turned bowl", "--start=-2,1", "--racer", "SGD(lr=0.1)")
    assert (across, up) == pytest.approx((-y, x))
    ((x, y),) = after_a_step("--landscape", "My turned bowl", "--racer", "SGD(lr=0)")
    assert (x, y) == pytest.approx((-1, 1)), "the start is turned, too"


def test_a_start_in_the_window_is_where_it_was_asked_for_however_the_landscape_lies(
    qapp: object, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.shell import app, command_line

    given: list[Session] = []
    monkeypatch.setattr(app, "run", lambda choices, **_: given.append(Session(choices.landscape, choices.racers)) or 0)
    turned = replace(BOWL, transform=Transform(90.0, pivot=(0.0, 0.0)))
    write_record(home / SAVED_LANDSCAPES.file, SAVED_LANDSCAPES.kind, [SAVED_LANDSCAPES.to_record(turned)])
    for start in ([], ["--start=2,0.5"]):
        assert command_line.main(["--landscape", "My bowl", *start]) == 0
    assert [session.start for session in given] == [pytest.approx((-1, 1)), pytest.approx((2, 0.5))]
