"""A step of one's own in the real window: opened, set, opened again, kept, and absent until its file is run."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from engine.live.commands import Pause, Play
from engine.optimizers.function_optimizer import optimizer_at
from engine.own.function_location import FunctionLocation
from gui.files.record_file import RecordError
from gui.files.session_file import read_choices
from gui.look.racer_colours import drawn_colour
from gui.look.theme import LIGHT
from gui.racers.optimizer_list import FUNCTIONS
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.function_racers import function_racer
from gui.session.session import Session
from gui.shell.app import open_window
from gui.shell.command_line import main
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.engine.own.slow import slow_step
from tests.gui.opening import open_file
from tests.gui.person import PATIENCE_MS, go_to, has_colour, pixels, put_away, settle

pytestmark = pytest.mark.one_window

ROLL = '''
from pathlib import Path
Path(__file__).with_name("was_run").touch()

def roll(w, g, v, lr=0.002, momentum=0.9):
    """Roll like a ball with friction."""
    v[:] = momentum*v + g
    w -= lr*v
'''
AND_A_LOSS = ROLL + "\ndef bowl(x, y, depth=2.0):\n    return depth*x*x + y*y\n"
LONG = 90
"""Number of lines for which Numba needs seconds on any machine."""
FASTER = ROLL.replace("w -= lr*v", "w -= lr*(v + boost*g)").replace("momentum=0.9", "momentum=0.9, boost=1.0")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "rules.py"
    path.write_text(ROLL)
    return path


@pytest.fixture
def with_roll(rules: Path) -> Callable[[Path | None], MainWindow]:
    """Return a function that opens a window on the session at a path, with a racer that runs a Python step."""
    roll = optimizer_at(FunctionLocation("roll", path=str(rules)))
    rules.with_name("was_run").unlink()
    racers = ["SGD(lr=0.004)", function_racer(roll, {"lr": 0.003}), "Adam(lr=0.1)"]

    def open_it(path: Path | None) -> MainWindow:
        window = open_window(Session(CATALOGUE[FIRST_LANDSCAPE], racers), None, path, restore=False)
        window.show()
        return window

    return open_it


def open_step(window: MainWindow, qtbot: QtBot, path: Path, name: str = "roll") -> None:
    window.controller.functions.open_step(FunctionLocation(name, path=str(path)))
    # Numba compiles one function at a time, and one of an earlier test may still be compiling.
    qtbot.waitUntil(lambda: not window.controller.functions.is_busy, timeout=2 * PATIENCE_MS)
    settle(qtbot, window)


def reopen(qtbot: QtBot, path: Path) -> MainWindow:
    """Return a window on the session that was saved at a path."""
    window = open_window(Session(CATALOGUE["Beale"], ["SGD"]), None, path, restore=True)
    window.show()
    qtbot.waitUntil(lambda: window.frame is not None, timeout=PATIENCE_MS)
    settle(qtbot, window)
    return window


def names(window: MainWindow) -> list[str]:
    return [racer.name for racer in window.session.racers]


def test_a_step_joins_the_race_once_the_user_lets_its_file_be_run(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, rules: Path
) -> None:
    assert "rules.py is a program" in open_file(window, monkeypatch, rules, "Cancel")
    assert not window.controller.functions.is_busy and not rules.with_name("was_run").exists()
    open_file(window, monkeypatch, rules)
    qtbot.waitUntil(lambda: len(window.session.racers) == len(FIRST_RACERS) + 1, timeout=PATIENCE_MS)
    settle(qtbot, window)
    card = window.racers_panel.cards[-1]
    assert (card.name.text(), card.source.text(), card.source.toolTip()) == ("roll", "roll in rules.py", str(rules))
    assert card.source.isVisible() and not window.racers_panel.cards[0].source.isVisible()
    assert list(card.sliders) == ["lr", "momentum"]
    go_to(qtbot, window, 100)
    assert window.frame.racers[-1].loss < 1.0

    card.sliders["lr"].changed.emit(0.0)
    settle(qtbot, window)
    # Without friction and slope the racer stays where it is.
    stands = window.frame.racers[-1].position
    go_to(qtbot, window, 130)
    assert window.frame.racers[-1].position == stands


def test_in_a_file_of_both_each_function_is_told_as_what_it_is(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, rules: Path
) -> None:
    rules.write_text(AND_A_LOSS)
    listed: list[list[str]] = []
    monkeypatch.setattr(QInputDialog, "getItem", lambda *args: (listed.append(args[3]) or args[3][0], True))
    open_file(window, monkeypatch, rules)
    qtbot.waitUntil(lambda: names(window)[-1] == "roll", timeout=PATIENCE_MS)
    assert listed == [["roll: an optimizer's step, to race", "bowl: a loss to race on"]]
    assert window.session.function is None


def test_the_list_of_optimizers_has_it_while_it_is_known(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    open_step(window, qtbot, rules)
    window.session.remove_racer(window.session.racers[-1].key)
    listed = window.racers_panel.open_list()
    assert listed.rows.item(1).text() == FUNCTIONS and listed.shown[1] == "roll"
    qtbot.keyClicks(listed.search, "friction")
    assert listed.selected == "roll"
    assert "Roll like a ball with friction." in listed.details.text() and "rules.py" in listed.details.text()
    assert not listed.as_published.isVisible() and not listed.rename.isVisible()
    listed.add.click()
    settle(qtbot, window)
    assert names(window)[-1] == "roll" and len(window.frame.racers) == len(FIRST_RACERS) + 1


def test_what_cannot_be_done_with_it_is_told_on_its_card(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    open_step(window, qtbot, rules)
    card = window.racers_panel.cards[-1]
    card.edit.click()
    assert card.message.text() == "roll in rules.py is a Python function: edit its file, and open it again."
    remark = card.footer.open_list()
    assert remark.label.text() == "roll is a function, to which no wrapper or schedule can be added."
    remark.close()
    details = card.footer.open_details()
    assert "A Python function of yours: roll in rules.py." in details.text.text()
    window.session.set_hyperparameter(card.key, "lr", 0.5)
    details.settings[0].click()
    assert window.session.racer(card.key).values == {"lr": 0.002, "momentum": 0.9}


def test_a_file_that_is_opened_again_gives_its_racers_the_new_step(
    window: MainWindow, qtbot: QtBot, rules: Path
) -> None:
    open_step(window, qtbot, rules)
    key = window.session.racers[-1].key
    window.session.set_hyperparameter(key, "lr", 0.001)
    go_to(qtbot, window, 10)
    before = window.frame.racers[-1].trail.positions.copy()
    rules.write_text(FASTER)
    open_step(window, qtbot, rules)
    assert window.session.racers[-1].key == key and len(window.session.racers) == len(FIRST_RACERS) + 1
    assert window.session.racer(key).values == {"lr": 0.001, "momentum": 0.9, "boost": 1.0}
    assert list(window.racers_panel.cards[-1].sliders) == ["lr", "momentum", "boost"]
    go_to(qtbot, window, 20)
    assert (window.frame.racers[-1].trail.positions[: len(before)] == before).all()


BAD = {
    "def roll(w, g)": "rules.py cannot be run: SyntaxError",
    "def roll(w):\n    w -= 1": 'The step "roll" has no argument "g".',
    "def roll(w, g):\n    raise ValueError('no')": "raised ValueError: no.",
    "def roll(w, g):\n    w += float('nan')": "leads to no finite number",
    "def roll(w, g):\n    w[:] = 3.0": "leads to (3, 3) wherever it was tried: it ignores w and g.",
    "def roll(w, g):\n    g -= w": "leaves w where it is",
    "roll = 3": 'rules.py has no function "roll".',
    "": 'rules.py has no function "roll".',
}


def test_what_is_no_step_is_told_and_the_race_goes_on(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    before = window.session.choices()
    for text, sentence in BAD.items():
        rules.write_text(text)
        open_step(window, qtbot, rules)
        assert sentence in window.notice.label.text(), text
    rules.unlink()
    open_step(window, qtbot, rules)
    assert window.notice.label.text() == f"There is no file {rules}."
    assert window.session.choices() == before
    go_to(qtbot, window, 5)


def test_a_step_that_raises_under_way_ends_its_racer_alone(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    rules.write_text("def roll(w, g, t, lr=0.001):\n    if t > 7:\n        raise ValueError('enough')\n    w -= lr*g\n")
    open_step(window, qtbot, rules)
    rules.unlink()
    go_to(qtbot, window, 20)
    assert [racer.status for racer in window.frame.racers] == ["running"] * len(FIRST_RACERS) + ["diverged at step 8"]


def test_a_long_compilation_shows_its_progress_and_can_be_left(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    rules.write_text(slow_step(LONG))
    leave, note = window.status.stop, window.status.note
    window.controller.runner.post(Play())
    window.controller.functions.open_step(FunctionLocation("slow", path=str(rules)))
    qtbot.waitUntil(lambda: "Compiling slow in rules.py ... 1 s" in note.text(), timeout=PATIENCE_MS)
    assert leave.isVisible()
    step = window.frame.step
    qtbot.waitUntil(lambda: window.frame.step > step + 5, timeout=PATIENCE_MS)
    leave.click()
    assert not leave.isVisible() and "Compiling" not in note.text()
    # What was left is still compiled to its end, which takes longer beside pictures of a race.
    window.controller.runner.post(Pause())
    rules.with_name("other.py").write_text(ROLL)
    open_step(window, qtbot, rules.with_name("other.py"))
    assert names(window)[len(FIRST_RACERS) :] == ["roll"]


def test_who_picks_a_landscape_meanwhile_still_gets_the_step(window: MainWindow, qtbot: QtBot, rules: Path) -> None:
    window.controller.functions.open_step(FunctionLocation("roll", path=str(rules)))
    window.session.choose(CATALOGUE["Beale"])
    qtbot.waitUntil(lambda: names(window)[-1] == "roll", timeout=PATIENCE_MS)


def test_a_kept_racer_is_absent_until_the_user_lets_its_file_be_run(
    with_roll: Callable[[Path | None], MainWindow], qtbot: QtBot, tmp_path: Path, rules: Path
) -> None:
    path = tmp_path / "session.json"
    window = with_roll(path)
    before = [(racer.name, racer.colour, racer.values) for racer in window.session.racers]
    assert window.racers_panel.open_list().shown[1] == "roll"
    put_away(window)

    window = reopen(qtbot, path)
    assert not rules.with_name("was_run").exists()
    assert names(window) == ["SGD", "Adam"] and len(window.frame.racers) == 2
    (card,) = window.racers_panel.absent
    assert card.isVisible() and card.name.text() == "roll"
    (absent,) = window.session.absent
    assert has_colour(pixels(card.dot), drawn_colour(absent.colour, window.theme))
    card.set_theme(LIGHT)
    assert has_colour(pixels(card.dot), drawn_colour(absent.colour, LIGHT))
    assert (
        card.message.text()
        == "roll in rules.py was not run, because a Python file is a program. Run it if you trust it."
    )
    assert window.notice.label.text().startswith("The function roll in rules.py was in the race.")
    assert "roll" not in window.racers_panel.open_list().shown
    card.run.click()
    qtbot.waitUntil(lambda: not window.session.absent, timeout=PATIENCE_MS)
    settle(qtbot, window)
    assert [(racer.name, racer.colour, racer.values) for racer in window.session.racers] == before
    assert [card.name.text() for card in window.racers_panel.cards] == ["SGD", "roll", "Adam"]
    assert window.racers_panel.absent == [] and len(window.frame.racers) == 3

    # The race before belongs to this run of the program, which has already run its functions.
    window.start_afresh()
    assert names(window) == ["SGD", "Momentum", "RMSProp", "Adam"]
    window.go_back()
    settle(qtbot, window)
    assert names(window) == ["SGD", "roll", "Adam"]
    put_away(window)


def test_a_racer_whose_file_is_gone_stays_absent_with_a_sentence(
    with_roll: Callable[[Path | None], MainWindow], qtbot: QtBot, tmp_path: Path, rules: Path
) -> None:
    path = tmp_path / "session.json"
    put_away(with_roll(path))
    rules.unlink()
    window = reopen(qtbot, path)
    (card,) = window.racers_panel.absent
    card.run.click()
    qtbot.waitUntil(lambda: f"There is no file {rules}." == card.message.text(), timeout=PATIENCE_MS)
    go_to(qtbot, window, 5)
    put_away(window)
    kept = read_choices(path)
    assert [racer.name for racer in kept.racers] == ["SGD", "roll", "Adam"]
    assert kept.racers[1].is_absent and kept.racers[1].place == FunctionLocation("roll", path=str(rules))

    window = reopen(qtbot, path)
    window.racers_panel.absent[0].remove_asked.emit(window.session.absent[0].key)
    assert window.racers_panel.absent == []
    put_away(window)
    assert [racer.name for racer in read_choices(path).racers] == ["SGD", "Adam"]


def test_a_loss_and_steps_that_were_kept_are_offered_together(
    with_roll: Callable[[Path | None], MainWindow], qtbot: QtBot, tmp_path: Path, rules: Path
) -> None:
    path = tmp_path / "session.json"
    window = with_roll(path)
    rules.with_name("hills.py").write_text(AND_A_LOSS)
    window.controller.functions.open(FunctionLocation("bowl", path=str(rules.with_name("hills.py"))))
    qtbot.waitUntil(lambda: window.session.function is not None, timeout=PATIENCE_MS)
    put_away(window)

    window = reopen(qtbot, path)
    assert "bowl in hills.py and roll in rules.py were in the race" in window.notice.label.text()
    window.notice.back.click()
    qtbot.waitUntil(lambda: not window.controller.functions.is_busy, timeout=PATIENCE_MS)
    assert window.session.function is not None and names(window) == ["SGD", "roll", "Adam"]
    put_away(window)


NOT_BELIEVED = (
    {"function": {"name": "a b", "module": "", "path": "/x.py"}},
    {"function": {"name": "roll", "module": "os", "path": ""}},
    {"optimizer": "Adam"},
    {"rule": "w = w - g"},
    {"function": None},
)


def test_a_session_whose_racer_has_no_place_of_a_file_is_not_believed(
    with_roll: Callable[[Path | None], MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "session.json"
    put_away(with_roll(path))
    good = path.read_text()
    read_choices(path)
    for changes in NOT_BELIEVED:
        record = json.loads(good)
        record["session"]["racers"][1] |= changes
        path.write_text(json.dumps(record))
        with pytest.raises(RecordError, match='"racers"'):
            read_choices(path)


def test_the_command_line_races_a_step_of_a_file(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    racers = ["--racer", f"{rules}:roll(lr=0.0015)", "--racer", f" {rules}:roll ", "--racer", "Momentum(lr=0.0015)"]
    assert main(["--headless", *racers, "--steps", "40"]) == 0
    own, other, momentum = (line.split("x=")[1] for line in capsys.readouterr().out.splitlines())
    assert own == momentum != other


@pytest.mark.parametrize(
    ("racer", "sentence"),
    [
        ("RULES:nothing", 'rules.py has no function "nothing". Its functions: roll.'),
        ("RULES:roll | cosine", "roll is a function, to which no wrapper or schedule can be added."),
        ("RULES:roll(speed=3)", 'roll has no hyperparameter "speed". It has: lr, momentum.'),
        ("RULES:roll(lr=fast)", '"lr" must be a number.'),
        ("RULES:roll(lr=0.1", "This is not how a racer is written."),
        ("RULES:3", "rules.py: names no function of a file. Write file.py:name."),
        ("hills.txt:roll", "hills.txt is no Python file."),
        ("gone.py:roll", "gone.py."),
    ],
)
def test_a_mistake_on_the_command_line_is_one_sentence(
    rules: Path, capsys: pytest.CaptureFixture[str], racer: str, sentence: str
) -> None:
    assert main(["--headless", "--racer", racer.replace("RULES", str(rules))]) == 2
    told = capsys.readouterr().err.strip()
    assert sentence in told and "\n" not in told


def test_a_picture_shows_a_step_of_a_file(rules: Path, tmp_path: Path) -> None:
    path = tmp_path / "race.png"
    racers = ["--racer", f"{rules}:roll(lr=0.003)", "--racer", "Adam(lr=0.1)"]
    assert main(["--picture", str(path), *racers, "--steps", "60", "--size", "900x700"]) == 0
    assert QImage(str(path)).size().width() == 900
