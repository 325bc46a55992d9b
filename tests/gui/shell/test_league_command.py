"""A league as a person calls it from a shell."""

import csv
import io
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine import Race
from engine.tuning.grounds import ground_of, loss_of
from engine.tuning.league import League
from gui.shell import command_line, league_command
from landscapes import CATALOGUE

ROOT = Path(__file__).parents[3]
SMALL = ["--league", "--budget", "20", "--trials", "2"]


class Terminal(io.StringIO):
    """What is written to it, as to a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_league_writes_rows_that_race_again_to_the_same_bits_and_prints_the_standings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "league.csv"
    chosen = ["--racer", "SGD(lr=0.001)", "--racer", "BFGS", "--landscape", "beale", "--landscape", "DeepLine"]
    arguments = [*SMALL, *chosen, "--seeds", "2", "--starts", "2", "--batch", "8", "--out", str(out)]
    assert command_line.main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == "" and printed.out.splitlines()[0].split() == ["racer", "mean", "rank", "solved", "fastest"]
    assert printed.out.splitlines()[1].startswith("BFGS") and "2 landscapes count." in printed.out
    rows = list(csv.DictReader(out.open()))
    assert {(row["racer"], row["landscape"]) for row in rows} == {
        (racer, place) for racer in ("SGD(lr=0.001)", "BFGS") for place in ("Beale", "DeepLine")
    }
    for row in rows:
        start = tuple(map(float, row["starts"].split(";")[1].split()))
        seed, steps = int(row["seeds"].split(";")[1]), int(row["steps"].split(";")[3])
        race = Race(loss_of(ground_of(row["landscape"])), [row["text"]], start, seed, int(row["batch"]) or None)
        race.advance(steps)
        assert row["ends"].split(";")[3] == " ".join(map(repr, race.positions[0].tolist()))
    before = out.read_text()
    assert command_line.main(arguments) == 0 and out.read_text() == before, "there is nothing left to be raced"


def test_tags_choose_landscapes_and_without_a_name_all_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, list[str]]] = []

    def record(racers: list[str], landscapes: list[object], *_: object, **__: object) -> League:
        asked.append((len(racers), [entry.name for entry in landscapes]))
        return League([])

    monkeypatch.setattr(league_command, "league", record)
    for arguments in (["--tag", "ravine", "--landscape", "Sphere"], []):
        assert command_line.main(["--league", *arguments]) == 0
    (_, some), (racers, every) = asked
    assert racers == 98 and every == list(CATALOGUE)
    assert {*some} == {"Sphere", *(entry.name for entry in CATALOGUE.values() if "ravine" in entry.tags)}


def test_a_league_never_imports_qt() -> None:
    arguments = [*SMALL, "--racer", "SGD", "--landscape", "Beale"]
    code = f"import sys; from gui.shell.command_line import main; main({arguments}); "
    code += "sys.exit(any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60).returncode == 0


def test_a_terminal_is_told_how_far_the_league_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert command_line.main([*SMALL, "--racer", "SGD", "--landscape", "Beale", "--landscape", "Sphere"]) == 0
    assert "2 of 2 cells" in terminal.getvalue() and terminal.getvalue().endswith("\n")


def test_a_league_that_is_stopped_says_how_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> League:
        raise KeyboardInterrupt

    monkeypatch.setattr(league_command, "league", stop)
    assert command_line.main(["--league", "--out", "mine.csv"]) == league_command.STOPPED
    told = capsys.readouterr().err.strip()
    assert told == "The league was stopped. The same command goes on from mine.csv."


def test_what_cannot_be_raced_is_told_beneath_the_standings() -> None:
    (row,) = league_command.league(["SGD"], ["Beale"], 5, trials=1).rows
    failed = replace(row, loss=math.inf, loss_at_start=math.inf, curve=(), remark="It has no loss.")
    assert league_command._lines(League([failed]))[-1] == "SGD on Beale: It has no loss."


MISTAKES = [
    (["--budget", "0"], "The budget of evaluations must be a whole number from 1 up, not 0."),
    (["--budget", "-3"], "not -3."),
    (["--budget", "many"], "--budget wants a whole number such as 500, not many."),
    (["--trials", "0"], "The number of trials must be a whole number from 1 up, not 0."),
    (["--starts", "0"], "The number of starts must be a whole number from 1 up, not 0."),
    (["--racer", "Adm"], 'Did you mean "Adam"'),
    (["--racer", "SGD", "--racer", "SGD"], "The racer SGD is there 2 times"),
    (["--landscape", "Bael"], 'Did you mean "Beale"?'),
    (["--tag", "flat"], "choose from 'convex'"),
    (["--headless"], "leave out --headless."),
    (["--formula", "x^2"], "leave out --formula."),
    (["--out", "main.py"], "main.py is no table of a league."),
    (
        ["--out", "/nowhere/league.csv", "--landscape", "Beale", "--racer", "SGD"],
        "league.csv cannot be written: No such",
    ),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_mistake_is_one_sentence_and_status_two(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(ROOT)
    assert command_line.main(["--league", *arguments]) == 2
    told = capsys.readouterr().err
    assert words in told and len(told.splitlines()) == 1


@pytest.mark.parametrize("option", ["--budget=5", "--trials=5", "--starts=2", "--out=a.csv", "--tag=ravine"])
def test_an_option_of_leagues_goes_with_a_league(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert command_line.main([option]) == 2
    assert capsys.readouterr().err == f"{option.partition('=')[0]} goes with --league.\n"
