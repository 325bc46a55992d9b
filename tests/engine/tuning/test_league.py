"""A league: every racer on every landscape, tuned alike, in rows that can be raced again."""

import dataclasses
import math
import resource
import sys
from pathlib import Path

import numpy as np
import pytest

from engine import FormulaError, Race, compile_loss, compile_rule, league, tune
from engine.tuning.grounds import ground_of, loss_of
from engine.tuning.league import League
from engine.tuning.league_file import LeagueFile, LeagueFileError
from engine.tuning.row import COLUMNS, checkpoints
from landscapes import CATALOGUE, LANDSCAPES, Landscape

RACERS = ["Adam", "SAM", "NoisySGD", "BFGS", "NelderMead"]
PLACES = ["Beale", "DeepLine", "HuberRegression"]
BUDGET = 30


@pytest.fixture(scope="module")
def played() -> League:
    return league(RACERS, PLACES, BUDGET, starts=2, seeds=(0, 5), batch=8)


def test_there_is_a_row_for_each_racer_and_landscape(played: League) -> None:
    assert [(row.racer, row.landscape) for row in played.rows] == [
        (racer, place) for racer in RACERS for place in PLACES
    ]
    for row in played.rows:
        assert row.remark == "" and row.evaluations <= BUDGET and len(row.losses) == 4
        assert row.spent <= BUDGET * row.trials * 4
        assert row.loss == sorted(row.losses)[2] and row.curve[-1] <= row.loss
        assert len(row.curve) == len(checkpoints(BUDGET)) and list(row.curve) == sorted(row.curve, reverse=True)


def test_every_cell_can_be_raced_again_to_the_same_bits(played: League) -> None:
    for row in played.rows:
        loss = loss_of(ground_of(row.landscape))
        runs = [(start, seed) for start in row.starts for seed in row.seeds]
        for (start, seed), steps, end, value in zip(runs, row.steps, row.ends, row.losses, strict=True):
            race = Race(loss, [row.text], start, seed=seed, batch=row.batch or None)
            race.advance(steps)
            assert tuple(race.positions[0].tolist()) == end
            assert value == (math.inf if race.status[0].startswith("diverged") else float(loss.value(*end)))


def test_only_landscapes_from_data_are_raced_on_mini_batches(played: League) -> None:
    assert {row.landscape: row.batch for row in played.rows} == {"Beale": 0, "DeepLine": 8, "HuberRegression": 8}


def test_a_row_tells_what_the_tuning_found(played: League) -> None:
    for row in played.rows:
        loss = loss_of(ground_of(row.landscape))
        (tuned,) = tune(
            [loss], [row.racer], BUDGET, trials=5, starts=row.starts, seeds=row.seeds, batch=row.batch or None
        )
        assert (tuned.text, tuned.loss, tuned.score, tuned.spent) == (row.text, row.loss, row.left, row.spent)


def test_the_ruleset_without_trials_races_the_racers_as_they_are_written() -> None:
    (row,) = league(["Adam(lr=0.1)"], ["Beale"], BUDGET, trials=1).rows
    assert (row.text, row.spent, row.settings["lr"]) == ("Adam(lr=0.1)", BUDGET, 0.1)


def test_a_landscape_may_be_given_itself_and_needs_no_minima() -> None:
    plane = Landscape("Slope", "a*x + y^2", ((-1, 1), (-1, 1)), (), (0.5, 0.5), "typed", parameters={"a": 2.0})
    half = Landscape("Half", "sqrt(x) + (x - 1)^2 + y^2", ((-2, 2), (-2, 2)), (), (-1.0, 0.5), "typed")
    nowhere = Landscape("Nowhere", "log(-1 - x^2)", ((-2, 2), (-2, 2)), (), (0.0, 0.5), "typed")
    rule = compile_rule("w = w - lr*g", lr=0.01)
    rows = league(["SGD", rule], [plane, half, nowhere], BUDGET, starts=2).rows
    assert [row.racer for row in rows] == ["SGD"] * 3 + ["Rule"] * 3
    assert rows[0].loss < rows[0].loss_at_start and rows[0].parameters == {"a": 2.0}
    assert all(x > 0 for x, _ in rows[1].starts) and math.isfinite(rows[1].loss)
    assert rows[2].remark == "Nowhere has a finite loss at hardly any place of its domain." and math.isinf(rows[2].loss)


def test_names_are_found_in_any_catalogue_and_a_slip_is_answered() -> None:
    mine = {"Bowl": LANDSCAPES["Beale"]}
    assert ground_of("Bowl", mine).name == "Beale"
    assert ground_of("beale") == ground_of(CATALOGUE["Beale"]) != ground_of("Rosenbrock")
    with pytest.raises(FormulaError, match=r"There is no landscape \"Bael\"\. Did you mean \"Beale\"\?"):
        ground_of("Bael")
    with pytest.raises(FormulaError, match=r"There is no nowhere:MAPS in which Beale could be found"):
        ground_of("Beale", "nowhere:MAPS")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"budget": 0}, "The budget of evaluations must be a whole number from 1 up, not 0."),
        ({"budget": -1}, "not -1."),
        ({"starts": 0}, "The number of starts"),
        ({"trials": 0}, "The number of trials"),
        ({"racers": ["Adm"]}, 'Did you mean "Adam"'),
        ({"racers": ["Adam", "Adam"]}, "The racer Adam is there 2 times"),
        ({"landscapes": ["Beale", "beale"]}, "The landscape Beale is there 2 times"),
        ({"seeds": ()}, "There is no seed"),
        ({"score": "best"}, "There are: median, worst."),
    ],
)
def test_a_mistake_is_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        league(**{"racers": ["Adam"], "landscapes": ["Beale"], "budget": BUDGET, **options})
    assert sentence in str(caught.value)


def test_a_stopped_league_goes_on_from_its_file(tmp_path: Path, played: League) -> None:
    out = tmp_path / "league.csv"
    told: list[tuple[int, int]] = []
    rules = {"starts": 2, "seeds": (0, 5), "batch": 8, "out": out}
    part = league(
        RACERS, PLACES, BUDGET, **rules, progress=lambda *done: told.append(done), stopped=lambda: len(told) > 4
    )
    assert 4 < len(part.rows) < len(played.rows)
    with out.open("a") as stream:
        stream.write("1,Adam,Bea")
    before = out.read_bytes().splitlines()[: 1 + len(part.rows)]
    told.clear()
    whole = league(RACERS, PLACES, BUDGET, **rules, progress=lambda *done: told.append(done))
    assert told[0] == (len(part.rows), len(played.rows)) and told[-1] == (len(played.rows), len(played.rows))
    lines = out.read_bytes().splitlines()
    assert lines[: len(before)] == before and len(lines) == 1 + len(played.rows)
    kept = {(row.racer, row.landscape): row for row in LeagueFile(out).rows}
    assert whole.rows == played.rows == [kept[row.racer, row.landscape] for row in played.rows]


def test_a_file_of_another_league_or_version_or_of_something_else_stays_as_it_is(tmp_path: Path) -> None:
    out = tmp_path / "league.csv"
    league(["SGD"], ["Beale"], BUDGET, trials=1, out=out)
    whole = out.read_text()
    for text, sentence in {
        whole: "league.csv has rows of another league: SGD on Beale was raced with budget=30, trials=1, 1 starts",
        whole.replace("\n1,", "\n2,"): "league.csv was written by another version of this program.",
        whole.replace(",curve", ",bend"): "league.csv was written by another version of this program.",
        whole.replace("SGD,Beale,30", "SGD,Beale,many"): "league.csv cannot be read: line 2 is no row of a league.",
        "step,racer\n1,Adam\n": "league.csv is no table of a league.",
        "What I did today": "league.csv is no table of a league.",
    }.items():
        out.write_text(text)
        with pytest.raises(LeagueFileError) as caught:
            league(["SGD"], ["Beale"], BUDGET, trials=2, out=out)
        assert str(caught.value).startswith(sentence)
        assert out.read_text() == text
    out.write_bytes(b"\xff\xfe\n")
    with pytest.raises(LeagueFileError, match="is no table of a league"):
        LeagueFile(out)
    with pytest.raises(LeagueFileError, match="cannot be read: Is a directory"):
        LeagueFile(tmp_path)
    with pytest.raises(LeagueFileError, match="cannot be written: No such file or directory"):
        league(["SGD"], ["Beale"], BUDGET, trials=1, out=tmp_path / "no" / "league.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="sizes of files cannot be limited there")
def test_on_a_full_disk_whole_rows_stay_and_the_league_goes_on_from_them_later(tmp_path: Path) -> None:
    out = tmp_path / "league.csv"
    league(["SGD"], ["Beale"], BUDGET, trials=1, out=out)
    before = out.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 50, hard))
    try:
        with pytest.raises(LeagueFileError, match=r"league\.csv cannot be written any more: File too large\. The rows"):
            league(["SGD", "Adam"], ["Beale"], BUDGET, trials=1, out=out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert out.read_bytes() == before
    assert len(league(["SGD", "Adam"], ["Beale"], BUDGET, trials=1, out=out).rows) == 2


def test_a_row_is_written_and_read_whatever_stands_in_it(tmp_path: Path, played: League) -> None:
    odd = dataclasses.replace(
        played.rows[0], formula='a = "1";\\n\nx, π', parameters={}, loss=math.inf, curve=(), starts=((0.1, -1e-300),)
    )
    file = LeagueFile(tmp_path / "odd.csv")
    file.add(odd)
    file.add(played.rows[1])
    assert LeagueFile(tmp_path / "odd.csv").rows == [odd, played.rows[1]]
    assert (tmp_path / "odd.csv").read_text().splitlines()[0].split(",") == list(COLUMNS)


def test_starts_are_the_landscapes_own_then_even_places_with_a_loss() -> None:
    himmelblau = ground_of("Himmelblau")
    starts = himmelblau.starts_for(6, seed=0)
    entry = LANDSCAPES["Himmelblau"]
    own = [entry.start, *entry.other_starts]
    assert starts[: len(own)].tolist() == [list(point) for point in own]
    (x0, x1), (y0, y1) = entry.domain
    assert ((starts >= (x0, y0)) & (starts <= (x1, y1))).all() and len(np.unique(starts, axis=0)) == 6
    assert loss_of(himmelblau) is loss_of(ground_of("Himmelblau")), "it is compiled once"
    assert loss_of(himmelblau).text == compile_loss(entry.formula).text
