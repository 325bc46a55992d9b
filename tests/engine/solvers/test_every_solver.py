"""What every solver promises, whatever it does: it races as a rule does, and nothing it meets upsets it."""

import pickle

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, Swarm, compile_loss
from engine.race.timeline import FIRST_SPACING
from engine.solvers.solver import Solver
from landscapes import LANDSCAPES

SOLVERS = {name: entry for name, entry in OPTIMIZERS.items() if isinstance(entry, Solver)}
WAVY = "a*sin(3x)*cos(2y) + (x^2 + y^2)/10"
START = (1.3, -0.7)
HOSTILE = (
    "3", "0*x", "x", "-x^2 - y^2", "x*y", "1/(x*y)", "1e300*(x^2 + y^2)", "floor(5x)", "sqrt(x)", "log(-1)", "-exp(x)",
    "|x| + |y|", "sqrt(|x - 0.7|)", "where(x > 0.5, x^2, log(-1))", "exp(exp(x^2))", "1e-300*x", "x^3 + y^3",
)  # fmt: skip
VISIBLE = 0.5
"""Progress: the share of the loss at the start, above that at the minimum, that may be left."""
STEPS = 200
CLIMBS = {("Newton", "Himmelblau")}
"""A start on a hill, to whose top Newton's method goes; its warning says so."""


def race_of(*racers: str, formula: str = WAVY, start: tuple[float, float] = START) -> Race:
    return Race(compile_loss(formula), list(racers), start=start)


each_solver = pytest.mark.parametrize("name", SOLVERS)


@each_solver
def test_a_race_is_the_same_however_it_is_cut_into_slices(name: str) -> None:
    whole, sliced = race_of(name), race_of(name)
    whole.advance(60)
    for steps in (1, 2, 20, 36, 1):
        sliced.advance(steps)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()
    assert whole.racers[0].block.tobytes() == sliced.racers[0].block.tobytes()


@each_solver
def test_going_back_over_live_changes_and_on_again_repeats_the_race_bit_for_bit(name: str) -> None:
    race = race_of(name)
    race.advance(20)
    row = SOLVERS[name].hyperparameters[0]
    race.set(0, **{row.name: (row.default + row.low) / 2})
    race.advance(10)
    race.loss.set(a=2)
    race.advance(30)
    trail, block = race.trail(0).copy(), race.racers[0].block.copy()
    race.rewind(45)
    assert race.positions[0].tolist() == trail[45].tolist()
    race.advance(15)
    assert race.trail(0).tobytes() == trail.tobytes() and race.racers[0].block.tobytes() == block.tobytes()


@each_solver
def test_going_back_to_before_a_checkpoint_repeats_the_race_bit_for_bit(name: str) -> None:
    race = race_of(name)
    race.advance(FIRST_SPACING + 10)
    trail = race.trail(0).copy()
    race.rewind(FIRST_SPACING + 3)
    race.rewind(FIRST_SPACING - 3)
    race.advance(13)
    assert race.trail(0).tobytes() == trail.tobytes()


@pytest.mark.parametrize("name", [name for name in SOLVERS if "seed" not in SOLVERS[name].defaults])
def test_every_instance_of_a_swarm_moves_bit_for_bit_like_a_racer_from_its_start(name: str) -> None:
    starts = np.random.default_rng(5).uniform(-2, 2, (11, 2))
    loss = compile_loss(WAVY)
    swarm, race = Swarm(loss, name, starts), Race(loss, [name] * len(starts), start=starts)
    swarm.advance(15)
    swarm.advance(10)
    race.advance(25)
    assert swarm.positions.tobytes() == race.positions.tobytes()


@pytest.mark.parametrize("formula", HOSTILE)
def test_hostile_landscapes_race(formula: str) -> None:
    race = race_of(*SOLVERS, formula=formula, start=(0.7, 0.3))
    race.advance(80)
    race.advance(20)
    assert np.isfinite(race.positions).all()
    assert {status.split()[0] for status in race.status} <= {"running", "converged", "diverged"}


@each_solver
@pytest.mark.parametrize("landscape", ["Rosenbrock", "Beale", "Himmelblau"])
def test_the_settings_it_comes_with_make_visible_progress(name: str, landscape: str) -> None:
    ground, rule = LANDSCAPES[landscape], SOLVERS[name].compile(**SOLVERS[name].playground)
    race = Race(compile_loss(ground.formula, **ground.parameters), [rule], start=ground.start)
    before = race.losses[0]
    race.advance(STEPS)
    assert not race.status[0].startswith("diverged")
    assert (race.losses[0] < VISIBLE * before) == ((name, landscape) not in CLIMBS)


@each_solver
def test_absurd_hyperparameters_race_or_diverge(name: str) -> None:
    rows = SOLVERS[name].hyperparameters
    values = [(row, value) for row in rows for value in (0.0, -1.0, 1e300, -1e300, row.low, row.high)]
    race = race_of(*(f"{name}({row.name}={value!r})" for row, value in values))
    race.advance(5)
    assert np.isfinite(race.positions).all()


@each_solver
def test_a_start_in_a_hole_has_diverged_at_once_in_race_and_swarm(name: str) -> None:
    race = race_of(name, formula="log(x) + y^2", start=(-1, 0))
    race.advance(5)
    swarm = Swarm(race.loss, name, [(-1, 0)])
    swarm.advance(5)
    assert race.status == ["diverged at step 0"] and swarm.diverged.tolist() == [0.0]
    assert race.positions.tolist() == swarm.positions.tolist() == [[-1.0, 0.0]]


@each_solver
def test_points_asked_are_counted(name: str) -> None:
    race = race_of(name)
    counts = []
    for _ in range(5):
        race.advance()
        counts.append(race.evaluations(0))
    assert counts == sorted(counts) and 1 < counts[0] < counts[-1]


@each_solver
def test_a_pickled_solver_comes_back_with_its_settings(name: str) -> None:
    row = SOLVERS[name].hyperparameters[0]
    rule = SOLVERS[name].compile(**{row.name: row.high})
    again = pickle.loads(pickle.dumps(rule))
    assert again.solver == SOLVERS[name] and again.hyperparameters == rule.hyperparameters


@each_solver
def test_an_entry_tells_all_that_a_reader_wants_to_know(name: str) -> None:
    entry = SOLVERS[name]
    assert any(str(year) in entry.source for year in range(1840, 2030))
    assert entry.link.startswith("https://")
    assert entry.summary.endswith(".") and entry.summary.count(".") == 1
    assert entry.hyperparameters and entry.step_size in ("", *entry.defaults)
    for row in entry.hyperparameters:
        assert row.low <= row.default <= row.high and row.help
        assert row.name in entry.rule or row.name == "seed", f"{row.name} is not in the pseudo-code"


def test_a_setting_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(FormulaError, match='no hyperparameter "speed"'):
        race_of("DampedNewton(speed=1)")
    with pytest.raises(FormulaError, match="finite"):
        SOLVERS["DampedNewton"].compile(c1=np.nan)


def test_two_racers_of_one_solver_are_set_apart() -> None:
    rule = SOLVERS["DampedNewton"].compile()
    race = Race(compile_loss(WAVY), [rule, rule], start=START)
    race.set(0, c1=0.01)
    assert [racer.rule.hyperparameters["c1"] for racer in race.racers] == [0.01, 1e-4]
    assert rule.hyperparameters["c1"] == 1e-4


def test_a_solver_that_stays_where_it_is_says_why_and_goes_on_when_the_landscape_moves() -> None:
    race = race_of("DampedNewton", formula="a*(x^2 + y^2)")
    race.loss.set(a=0)
    race.advance(3)
    assert race.status == ["converged"] and race.reason(0) == "The ground is level here: there is no slope to follow."
    race.loss.set(a=1)
    race.advance(1)
    assert race.reason(0) == "" and race.losses[0] < 1e-20


def test_a_solver_tells_since_which_step_it_stays_however_the_race_is_cut() -> None:
    whole, sliced = (race_of("DampedNewton", formula="x^2 + y^2") for _ in range(2))
    whole.advance(40)
    for steps in (1, 1, 8, 30):
        sliced.advance(steps)
    first = next(step for step, place in enumerate(whole.trail(0)) if np.all(place == whole.trail(0)[-1]))
    assert whole.rested(0) == sliced.rested(0) == first > 0
    whole.rewind(0)
    assert whole.rested(0) is None and whole.reason(0) == ""


def test_a_rule_stays_for_no_reason_and_counts_nothing() -> None:
    race = race_of("SGD")
    assert (race.reason(0), race.rested(0), race.evaluations(0), race.population(0)) == ("", None, None, None)
