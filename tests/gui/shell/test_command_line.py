"""The program as a person calls it from a shell."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Race, compile_loss
from gui.session.choices import FIRST_RACERS
from gui.shell import command_line
from gui.shell.options import DEFAULT_STEPS
from landscapes import LANDSCAPES
from tests.gui.called import ROOT, call, start_and_end

COMMA = '"," does not fit here. A decimal number has a point:'

STARTS = ("2,1", "max(1,2),1", " 2 , 5 - 4 ")


def test_a_headless_race_writes_every_step(tmp_path: Path) -> None:
    target = tmp_path / "trails.csv"
    race = ["--landscape", "beale", "--racer", "Adam(lr=0.1)", "--racer", "Momentum", "--start=1,1.5"]
    result = start_and_end("--headless", *race, "--steps", "20", "--csv", str(target))
    assert (result.returncode, result.stderr) == (0, "")
    rows = list(csv.DictReader(target.open()))
    assert list(rows[0]) == ["step", "racer", "x", "y", "loss"]
    assert len(rows) == 42
    assert (rows[0]["x"], rows[0]["y"], rows[20]["step"]) == ("1.0", "1.5", "20")


def test_a_headless_race_never_imports_qt() -> None:
    code = "import sys; from gui.shell.command_line import main; main(['--headless', '--steps', '3']); "
    code += "main(['--headless', '--steps', '3', '--table', 'tests/data/landscape_values.csv']); "
    code += "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60).returncode == 0


def test_parameters_are_set_from_the_command_line() -> None:
    result = call("--headless", "--formula", "x^2 + a*y^2", "--set", "a=10", "--racer", "SGD(lr=0.1)", "--start=1,1",
                  "--steps", "1", "--csv", "-")  # fmt: skip
    assert float(result.stdout.splitlines()[2].split(",")[3]) == pytest.approx(-1.0)


def test_wrappers_and_schedules_go_round_a_racer_from_the_command_line() -> None:
    racer = "SGD(lr=1) | clip_norm(max_norm=2) | step(step_size=1, gamma=0.5)"
    result = call("--headless", "--formula", "x^2", "--racer", racer, "--start=9,0", "--steps", "2", "--csv", "-")
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert [float(row["x"]) for row in rows] == [9, 7, 6]
    assert {row["racer"] for row in rows} == {racer}


def test_a_schedule_goes_round_a_solver_from_the_command_line() -> None:
    racer = "Newton(lr=0.5) | step(step_size=1, gamma=0.5)"
    result = call("--headless", "--formula", "x^2 + y^2", "--racer", racer, "--start=8,0", "--steps", "3", "--csv", "-")
    assert [float(row["x"]) for row in csv.DictReader(result.stdout.splitlines())] == [8, 4, 3, 2.625]


def test_a_loss_from_data_is_raced_on_mini_batches_from_the_command_line() -> None:
    race = ["--headless", "--landscape", "linearregression", "--racer", "SGD(lr=0.1)", "--steps", "30", "--csv", "-"]
    whole, batches = (call(*race, *batch).stdout.splitlines() for batch in ([], ["--batch", "8"]))
    assert whole[1] == batches[1] and whole[2] != batches[2]


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "penguins.csv"
    path.write_text("Species,Flipper (mm),Mass (kg)\n" + "".join(f"A,{row},{3 + row % 7}\n" for row in range(40)))
    return str(path)


def test_a_line_is_fitted_to_a_table_from_the_command_line(table: str) -> None:
    for columns in ([], ["--columns", "flipper", "Mass (kg)"]):
        race = ["--table", table, *columns, "--racer", "Newton(lr=1)", "--steps", "2", "--csv", "-"]
        last = call("--headless", *race).stdout.splitlines()[-1].split(",")
        flipper, mass = np.arange(40), 3 + np.arange(40) % 7
        slope, height = np.polyfit((flipper - flipper.mean()) / flipper.std(), mass, 1)
        assert [float(value) for value in last[2:4]] == pytest.approx([slope, height])


@pytest.mark.parametrize("names", [("Flipper_mm", "Mass_kg"), ("flipper_mm", "mass_kg")])
def test_a_formula_may_run_over_a_table_from_the_command_line(table: str, names: tuple[str, str]) -> None:
    model = ["--formula", f"mean(|k*x*{names[0]} + y - {names[1]}|)", "--set", "k=0.5", "--start=0,0"]
    rows = call(
        "--headless", "--table", table, *model, "--racer", "SGD", "--steps", "0", "--csv", "-"
    ).stdout.splitlines()
    assert float(rows[1].split(",")[4]) == pytest.approx(np.mean(3 + np.arange(40) % 7))


def test_the_window_is_given_the_table(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from gui.shell import app

    given = []
    monkeypatch.setattr(app, "run", lambda choices, restore, **_: given.append((choices.landscape, restore)) or 0)
    assert command_line.main(["--table", table]) == 0
    ((landscape, restore),) = given
    assert not restore and landscape.data.path == table and landscape.data.names == ("Flipper_mm", "Mass_kg")


MISTAKES = [
    (["--formula", "sinn(x)"], "sinn"),
    (["--table", "/nowhere/penguins.csv"], "penguins.csv: This file cannot be read"),
    (["--table", "main.py"], "No column of this file has numbers."),
    (["--table", "tests/data/landscape_values.csv", "--columns", "beak"], 'called "beak". Known: '),
    (["--table", "tests/data/landscape_values.csv", "--columns", "x"], "A line needs two columns."),
    (["--table", "main.py", "--landscape", "Beale"], "either --landscape or --table"),
    (["--columns", "u", "v"], "--columns goes with --table."),
    (["--landscape", "Beale", "--batch", "8"], "this loss has none"),
    (["--landscape", "LinearRegression", "--batch", "0"], "at least 1"),
    (["--landscape", "Rosenbrok"], 'Did you mean "Rosenbrock"?'),
    (["--landscape", "qqq"], "--list"),
    (["--racer", "Adm"], 'Did you mean "Adam"'),
    (["--racer", "Adam(speed=1)"], "lr, beta1"),
    (["--racer", "Adam | cosin(T=5)"], 'Did you mean "cosine"'),
    (["--racer", "BFGS | cosine"], "BFGS finds the length of its steps by itself"),
    (["--formula", "a*x", "--set", "b=1"], "Known: a"),
    (["--start=here"], "two numbers"),
    (["--steps", "-3"], "negative"),
    (["--steps", "abc"], "--steps wants a whole number such as 500, not abc."),
    (["--steps", "1.5"], "--steps wants a whole number such as 500, not 1.5. 1.5 is not whole."),
    (["--steps", "1_5"], 'not 1_5. "_" has no meaning here.'),
    (["--seed", "1,000"], f'not 1,000. {COMMA} "1.000". A large one has no gaps: "1000".'),
    (["--batch", "٨"], 'Type a plain "8".'),
    (["--formula", "a*x", "--set", "a=0,001"], f'such as a=10, not a=0,001. {COMMA} "0.001".'),
    (["--formula", "a*x", "--set", "a=1 000"], 'A large number has no gaps: "1000".'),
    (["--racer", "Adam(lr=0,001)"], f'"lr" must be a number. {COMMA} "0.001".'),
    (["--racer", "Adam | cosine(T=1,5)"], f'"T" must be a number. {COMMA} "1.5".'),
    (["--start=1,5,2"], f'such as 1,1.5, not 1,5,2. {COMMA} "1.5".'),
    (["--start=1"], "A number is missing."),
    (["--start="], "--start wants two numbers such as 1,1.5, not nothing. A number is missing."),
    (["--size", "1600x0,5"], f'--size wants pixels such as 1600x1000, not 1600x0,5. {COMMA} "0.5".'),
    (["--size", "12"], "--size wants pixels"),
    (["--size", "٣x5"], 'Type a plain "3".'),
    (["--start=1;2"], "--start wants two numbers"),
    (["--formula", "x", "--set", "a=" + "9" * 400], "too large"),
    (["--seed", "x"], "--seed wants a whole number"),
    (["--formula", "a*x", "--set", "=3"], "--set wants a name and a number such as a=10, not =3."),
    (["--formula", "a*x", "--set", "a"], "--set wants a name and a number such as a=10, not a."),
    (["--formula", "a*x", "--set", "a=inf"], "such as a=10, not a=inf."),
    (["--nonsense"], "--nonsense"),
    (["--formula", "x", "--landscape", "Beale"], "either"),
    (["--start=nan,1"], "two numbers"),
    (["--formula", ""], "no formula"),
    (["--picture", "race.png"], "either"),
    (["--csv", "/nowhere/at/all.csv"], "No such file"),
    (["--csv", "a.csv", "--json"], "Give either --csv or --json."),
    (["--picture", "race.pdf"], "--picture writes .png, "),
    (["--view", "map"], "--view goes with --picture."),
    (["--scale", "7"], "--scale wants 1 to 3, not 7."),
    (["--seeds", "0"], "--seeds wants 1 to "),
    (["--seeds", "many"], "--seeds wants a whole number such as 30, not many."),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_mistake_is_one_sentence_and_status_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(ROOT)
    try:
        status = command_line.main(["--headless", *arguments])
    except SystemExit as end:
        status = end.code
    told = capsys.readouterr().err
    assert status == 2
    assert words in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["--formula", "sinn(x)"], ["--nonsense"]])
def test_the_program_ends_with_that_sentence_and_that_status(arguments: list[str]) -> None:
    result = start_and_end("--headless", *arguments)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1 and "Traceback" not in result.stderr


def test_options_read_numbers_as_the_formula_bar_does() -> None:
    race = ["--formula", "a*x^2 + y^2", "--set", "a=1/3", "--start=−0.5,2pi", "--steps=1e1", "--racer=SGD(lr=2^-4)"]
    plain = ["--formula", "x^2/3 + y^2", "--start=-0.5,6.283185307179586", "--steps", "10", "--racer", "SGD(lr=0.0625)"]
    read, meant = (call("--headless", *options) for options in (race, plain))
    assert read.returncode == meant.returncode == 0
    assert read.stdout.split("x=")[1] == meant.stdout.split("x=")[1]


def race_of_seeds(seeds: int, steps: int) -> list[float]:
    loss = compile_loss("x^2 + y^2")
    race = Race(loss, ["SGD(lr=0.1) | noise(sigma=0.1)"], start=(1.0, 1.0), seeds=seeds)
    race.advance(steps)
    return race.losses_of_seeds(0).tolist()


def test_the_result_of_a_race_is_json_with_the_spread_of_its_seeds() -> None:
    racers = ["--racer", "SGD(lr=0.1) | noise(sigma=0.1)", "--racer", "SGD(lr=9)"]
    noisy = ["--formula", "x^2 + y^2", *racers, "--start=1,1"]
    result = json.loads(call("--headless", *noisy, "--steps", "777", "--seeds", "20", "--json").stdout)
    calm, wild = result["racers"]
    assert (result["steps"], result["seeds"], calm["start"]) == (777, 20, [1, 1])
    low, median, high = calm["losses_of_seeds"].values()
    of_seeds = race_of_seeds(20, 777)
    assert [low, median, high] == [sorted(of_seeds)[place] for place in (2, 10, 17)]
    assert wild["status"].startswith("diverged at step") and wild["losses_of_seeds"]["high"] is None
    lines = call("--headless", *noisy, "--steps", "777", "--seeds", "20").stdout.splitlines()
    assert f"median={median:.6g}" in lines[0]


def test_help_states_what_is_raced_without_options() -> None:
    words = " ".join(call("--help").stdout.split())
    assert f"how many steps to race; {DEFAULT_STEPS} unless it is given" in words
    assert f"Adam: lr={OPTIMIZERS['Adam'].hyperparameters[0].default:g}" in words
    assert f"without any --racer: {', '.join(FIRST_RACERS)}" in words


def test_json_and_seeds_need_a_race_without_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--json"], ["--seeds", "3"]):
        assert command_line.main(arguments) == 2
        assert f"{arguments[0]} goes with --headless" in capsys.readouterr().err


def test_a_comma_within_brackets_does_not_part_a_start() -> None:
    answers = [call("--headless", "--steps", "0", "--racer", "SGD", f"--start={start}").stdout for start in STARTS]
    assert "x=2 " in answers[0] and len({*answers}) == 1


def test_the_list_names_every_landscape_and_optimizer() -> None:
    listed = call("--list").stdout
    for name in (*LANDSCAPES, *OPTIMIZERS):
        assert f"  {name}: " in listed


def test_the_selfcheck_names_what_it_found() -> None:
    assert "vector functions" in call("--selfcheck").stdout


@pytest.mark.skipif(sys.platform != "linux", reason="X displays are Linux's")
def test_a_display_that_does_not_answer_is_one_sentence() -> None:
    environment = {**os.environ, "DISPLAY": ":987", "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    result = start_and_end(**environment)
    assert result.returncode == 2
    assert "does not answer" in result.stderr and len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("size", ["0x0", "99999999x3", "large"])
def test_a_picture_has_a_size_that_shows_something(size: str) -> None:
    result = call("--picture", "race.png", "--size", size)
    assert result.returncode == 2
    assert "--size wants" in result.stderr and len(result.stderr.splitlines()) == 1


def test_without_opengl_the_window_opens_with_the_contour_view_and_says_so() -> None:
    code = "from gui.shell.app import make_application; application = make_application(); "
    code += "from gui.window.main_window import MainWindow; from gui.session.session import Session; "
    code += "from gui.look.theme import DARK; "
    code += "from landscapes import LANDSCAPES; window = MainWindow(Session(LANDSCAPES['Beale'], ['Adam']), DARK); "
    code += "window.show(); print(window.surface.notice.text()); print(window.contour.isVisible()); window.close()"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, env=environment)
    notice, contour = result.stdout.splitlines()
    assert "OpenGL" in notice and contour == "True"


def test_the_lines_and_the_json_of_a_race_tell_after_which_step_a_racer_arrived() -> None:
    race = ("--headless", "--landscape", "Himmelblau", "--racer", "RMSProp(lr=0.03)", "--racer", "SGD(lr=0)")
    lines = call(*race, "--steps", "200").stdout.splitlines()
    assert lines[0].endswith(", arrived at step 80") and lines[1].endswith("running")
    racers = json.loads(call(*race, "--steps", "200", "--json").stdout)["racers"]
    assert [racer["arrived_at_step"] for racer in racers] == [80, None]
