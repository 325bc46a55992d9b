"""A Python function in the real window: run only where the user says so, raced on, left again, remembered."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from engine.live.commands import Play
from engine.loss.function_loss import loss_at
from engine.own.function_location import FunctionLocation, parse_location
from gui.files.record_file import RecordError
from gui.files.session_file import read_choices
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.shell.app import open_window
from gui.shell.command_line import main
from gui.window.function_opening import RUN
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.opening import open_file
from tests.gui.person import PATIENCE_MS, go_to, put_away, settle

pytestmark = pytest.mark.one_window

BOWL = """
from pathlib import Path
Path(__file__).with_name("was_run").touch()

def bowl(x, y, depth=2.0):
    return depth*x*x + y*y
"""
TWO = BOWL + "\ndef tent(x, y):\n    return abs(x) + abs(y)\n"
SLOW = "import time\ntime.sleep(1.5)\n" + BOWL


@pytest.fixture
def hills(tmp_path: Path) -> Path:
    path = tmp_path / "hills.py"
    path.write_text(BOWL)
    return path


def race_on(window: MainWindow, qtbot: QtBot, path: Path, name: str = "bowl") -> None:
    window.controller.functions.open(FunctionLocation(name, path=str(path)))
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)
    settle(qtbot, window)


def test_the_user_is_told_that_a_file_is_a_program_and_may_leave_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, hills: Path
) -> None:
    told = open_file(window, monkeypatch, hills, "Cancel")
    assert "hills.py is a program" in told and "only if you trust" in told
    assert not window.controller.functions.is_busy
    assert not hills.with_name("was_run").exists()


def test_a_function_is_raced_on_once_the_user_lets_it_be_run(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, hills: Path
) -> None:
    open_file(window, monkeypatch, hills)
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)
    settle(qtbot, window)
    card = window.formula_bar.function
    assert card.isVisible() and not window.formula_bar.editor.isVisible()
    assert (card.name.text(), card.slopes.text()) == ("bowl in hills.py", "slopes: complex step")
    assert window.formula_bar.landscape.button.text() == "bowl"
    assert window.frame.terrain.loss_near(2.0, 1.0) == pytest.approx(9.0, abs=0.3)
    go_to(qtbot, window, 50)
    assert all(racer.loss < 24.25 for racer in window.frame.racers)


def test_its_parameters_are_sliders(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    race_on(window, qtbot, hills)
    assert list(window.formula_bar.sliders) == ["depth"]
    window.session.set_parameter("depth", 10.0)
    settle(qtbot, window)
    assert window.frame.formula.parameters == {"depth": 10.0}
    assert window.frame.terrain.loss_near(2.0, 1.0) == pytest.approx(41.0, abs=1.5)


def test_one_of_several_functions_is_picked(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, hills: Path
) -> None:
    hills.write_text(TWO)
    listed: list[list[str]] = []
    monkeypatch.setattr(QInputDialog, "getItem", lambda *args: (listed.append(args[3]) or args[3][1], True))
    open_file(window, monkeypatch, hills)
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert listed == [["bowl: a loss to race on", "tent: a loss to race on"]]
    assert window.formula_bar.function.slopes.text() == "slopes: differences"


def test_there_is_a_way_back_to_the_formula(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    before = window.session.choices()
    race_on(window, qtbot, hills)
    window.formula_bar.function.back.click()
    settle(qtbot, window)
    assert window.session.choices() == before
    assert window.formula_bar.editor.isVisible() and not window.formula_bar.function.isVisible()
    assert window.frame.formula.text == CATALOGUE[FIRST_LANDSCAPE].formula


def test_to_pick_a_landscape_leaves_it(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    race_on(window, qtbot, hills)
    window.session.choose(CATALOGUE["Beale"])
    settle(qtbot, window)
    assert window.frame.formula.text == CATALOGUE["Beale"].formula
    assert window.formula_bar.editor.isVisible()
    assert window.session.choices().function is None


def test_it_is_turned_and_shown_elsewhere_as_any_landscape_is(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    race_on(window, qtbot, hills)
    window.session.set_transform(90.0, 1.0, (0.0, 0.0))
    window.session.set_bounds(((-2.0, 2.0), (-2.0, 2.0)))
    settle(qtbot, window)
    assert window.frame.terrain.loss_near(1.0, 0.0) == pytest.approx(1.0, abs=0.05)
    assert window.frame.terrain.loss_near(0.0, 1.0) == pytest.approx(2.0, abs=0.05)


BAD = {
    "def bowl(x, y)": "hills.py cannot be run: SyntaxError",
    "def bowl(x):\n    return x": "is a function of x, not of x and y",
    "def bowl(x, y):\n    raise ValueError('no')": "raised ValueError: no.",
    "def bowl(x, y):\n    return unknown": 'Numba cannot compile "bowl"',
    "import sys\nsys.exit()": "hills.py cannot be run: SystemExit.",
}


@pytest.mark.own_window
@pytest.mark.parametrize(("text", "sentence"), BAD.items(), ids=range(len(BAD)))
def test_what_is_no_loss_is_told_and_the_race_goes_on(
    window: MainWindow, qtbot: QtBot, hills: Path, text: str, sentence: str
) -> None:
    hills.write_text(text)
    before = window.session.choices()
    window.controller.functions.open(FunctionLocation("bowl", path=str(hills)))
    qtbot.waitUntil(window.notice.isVisible, timeout=PATIENCE_MS)
    assert sentence in window.notice.label.text()
    assert window.session.choices() == before
    go_to(qtbot, window, 5)
    assert window.frame.formula.text == CATALOGUE[FIRST_LANDSCAPE].formula


@pytest.mark.own_window
def test_a_file_without_a_function_is_told(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, hills: Path
) -> None:
    hills.write_text("depth = 3\n")
    open_file(window, monkeypatch, hills)
    qtbot.waitUntil(window.notice.isVisible, timeout=PATIENCE_MS)
    assert window.notice.label.text() == "hills.py has no function."


def test_the_race_goes_on_while_a_file_takes_its_time_and_says_so(
    window: MainWindow, qtbot: QtBot, hills: Path
) -> None:
    hills.write_text(SLOW)
    window.controller.runner.post(Play())
    window.controller.functions.open(FunctionLocation("bowl", path=str(hills)))
    qtbot.waitUntil(lambda: "Compiling bowl in hills.py" in window.status.note.text(), timeout=PATIENCE_MS)
    step = window.frame.step
    qtbot.waitUntil(lambda: window.frame.step > step + 5, timeout=PATIENCE_MS)
    assert window.session.function is None
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)


def test_who_chooses_something_else_waits_no_longer(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    hills.write_text(SLOW)
    window.controller.functions.open(FunctionLocation("bowl", path=str(hills)))
    window.session.choose(CATALOGUE["Beale"])
    assert not window.controller.functions.is_busy
    qtbot.wait(2500)
    assert window.session.function is None
    assert window.frame.formula.text == CATALOGUE["Beale"].formula


def test_it_cannot_be_saved_as_a_formula(window: MainWindow, qtbot: QtBot, hills: Path) -> None:
    race_on(window, qtbot, hills)
    assert window.formula_bar.landscape.open_form() is None
    assert "kept in its own file" in window.formula_bar.message.text()


@pytest.fixture
def reopened(qtbot: QtBot, tmp_path: Path, hills: Path) -> Callable[[], MainWindow]:
    """Return a function that opens a window on the saved session."""

    def reopen() -> MainWindow:
        session = Session(CATALOGUE[FIRST_LANDSCAPE], ["Adam(lr=0.1)"])
        window = open_window(session, None, tmp_path / "session.json", restore=True)
        window.show()
        qtbot.waitUntil(lambda: window.frame is not None, timeout=PATIENCE_MS)
        return window

    return reopen


def test_a_session_remembers_a_function_and_offers_to_run_it(
    reopened: Callable[[], MainWindow], qtbot: QtBot, hills: Path
) -> None:
    window = reopened()
    race_on(window, qtbot, hills)
    put_away(window)
    hills.with_name("was_run").unlink()

    window = reopened()
    settle(qtbot, window)
    assert window.notice.label.text().startswith("The function bowl in hills.py was in the race.")
    assert "not run" in window.notice.label.text()
    assert not hills.with_name("was_run").exists()
    assert window.frame.formula.text == CATALOGUE[FIRST_LANDSCAPE].formula
    assert window.formula_bar.editor.isVisible()
    assert window.notice.back.text() == RUN
    window.notice.back.click()
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert hills.with_name("was_run").exists()
    assert window.formula_bar.function.isVisible()
    put_away(window)


def test_a_formula_with_a_mistake_behind_a_function_gives_way_to_the_last_good_one(
    reopened: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path, hills: Path
) -> None:
    window = reopened()
    race_on(window, qtbot, hills)
    put_away(window)
    path = tmp_path / "session.json"
    record = json.loads(path.read_text())
    record["session"]["formula"] = "x^2 +"
    path.write_text(json.dumps(record))
    window = reopened()
    qtbot.waitUntil(lambda: window.frame.formula.error is not None, timeout=PATIENCE_MS)
    assert window.formula_bar.editor.toPlainText() == "x^2 +"
    assert window.frame.formula.text == CATALOGUE[FIRST_LANDSCAPE].formula
    put_away(window)


@pytest.mark.parametrize("broken", ["bowl", 3, {"name": "b c", "module": "", "path": "/x.py"},
                                    {"name": "bowl", "module": "os", "path": ""},
                                    {"name": "bowl", "module": "", "path": "x.py"}])  # fmt: skip
def test_a_session_whose_function_is_no_place_of_a_file_is_not_believed(
    reopened: Callable[[], MainWindow], tmp_path: Path, broken: object
) -> None:
    put_away(reopened())
    path = tmp_path / "session.json"
    record = json.loads(path.read_text())
    record["session"]["function"] = broken
    path.write_text(json.dumps(record))
    with pytest.raises(RecordError, match='"function"'):
        read_choices(path)


def test_the_command_line_races_on_a_function(hills: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--headless", "--loss", f"{hills}:bowl", "--set", "depth=3", "--racer", "BFGS", "--steps", "20"]) == 0
    assert "converged" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--loss", "HILLS:nothing"], 'hills.py has no function "nothing". Its functions: bowl.'),
        (["--loss", "HILLS"], "names no function of a file. Write file.py:name."),
        (["--loss", "HILLS:bowl", "--set", "height=3"], 'There is no parameter "height" here. Known: depth.'),
        (["--loss", "HILLS:bowl", "--formula", "x*y"], "Give --loss without --landscape, --formula and --table."),
    ],
)
def test_a_mistake_on_the_command_line_is_one_sentence(
    hills: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["--headless", *(option.replace("HILLS", str(hills)) for option in options)]) == 2
    assert capsys.readouterr().err.strip().endswith(sentence)


def test_a_function_of_the_command_line_opens_in_the_window(qtbot: QtBot, hills: Path) -> None:
    session = Session(CATALOGUE[FIRST_LANDSCAPE], ["Adam(lr=0.1)"])
    loss = loss_at(parse_location(f"{hills}:bowl"), {"depth": 4.0})
    window = open_window(session, None, None, restore=False, function=loss)
    window.show()
    qtbot.waitUntil(lambda: window.frame is not None and not window.frame.formula.text, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert window.frame.formula.parameters == {"depth": 4.0}
    assert window.formula_bar.function.name.text() == "bowl in hills.py"
    put_away(window)
