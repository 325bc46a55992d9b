"""What goes round a solver does what it does round a rule, and what makes no sense there is refused."""

import pickle
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import OPTIMIZERS, FormulaError, Race, Swarm, compile_loss
from engine.loss.loss import Loss
from engine.optimizers.racer_text import parse_racer
from engine.rules.modifiers.schedule import SCHEDULES, factors
from engine.rules.modifiers.wrappers import WRAPPERS
from engine.solvers.modified_solver import refusal
from engine.solvers.solver import Solver

Vector = NDArray[np.float64]
SOLVERS = {name: entry for name, entry in OPTIMIZERS.items() if isinstance(entry, Solver)}
RATES = {name: entry.step_size for name, entry in SOLVERS.items() if entry.step_size}
PAIRS = [
    f"{name} | {part.name}"
    for name, entry in SOLVERS.items()
    for part in (*WRAPPERS.values(), *SCHEDULES.values())
    if not refusal(entry, part)
]
WAVY = "a*sin(3x)*cos(2y) + (x^2 + y^2)/10"
BOWL = "(x^2 + y^2)/2"
START = (1.3, -0.7)
SLOPELESS = ("SimulatedAnnealing", "SPSA", "NelderMead", "CMAES", "ParticleSwarm", "DifferentialEvolution")


@cache
def ground(formula: str) -> Loss:
    """The loss of a formula, whose parameters stay as they are."""
    return compile_loss(formula)


def race_of(*racers: str, formula: str = WAVY, seed: int = 0) -> Race:
    return Race(ground(formula), list(racers), start=START, seed=seed)


def trail(racer: str, steps: int = 40, formula: str = WAVY) -> Vector:
    race = race_of(racer, formula=formula)
    race.advance(steps)
    return race.trail(0)


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("schedule", ["cosine", "step", "warmup", "cosine_restarts", "one_cycle"])
def test_a_scheduled_solver_takes_the_steps_of_one_whose_step_size_is_set_by_hand_each_time(
    name: str, schedule: str
) -> None:
    by_hand, entry = race_of(name), SCHEDULES[schedule]
    values = {name: 3.0 for name in entry.defaults if name in ("T", "T_0", "W", "step_size")}
    size, row = SOLVERS[name].defaults[RATES[name]], factors(entry, values, np.arange(1, 31))
    for factor in row:
        by_hand.set(0, **{RATES[name]: size * factor})
        by_hand.advance()
    settings = ", ".join(f"{name}={value}" for name, value in values.items())
    assert trail(f"{name} | {schedule}({settings})", 30).tobytes() == by_hand.trail(0).tobytes()
    assert by_hand.trail(0).tobytes() != trail(name, 30).tobytes()


@pytest.mark.parametrize("name", RATES)
@pytest.mark.parametrize("one", ["constant", "schedule(1)", "cosine(low=1)", "constant | step(gamma=1)"])
def test_a_factor_of_one_leaves_the_trail_as_it_is_bit_for_bit(name: str, one: str) -> None:
    assert trail(f"{name} | {one}").tobytes() == trail(name).tobytes()


@pytest.mark.parametrize("name", SOLVERS)
@pytest.mark.parametrize("part", ["noise(sigma=0)", "anisotropic_noise(sigma=0)", "weight_decay(weight_decay=0)"])
def test_a_wrapper_that_does_nothing_leaves_the_trail_as_it_is_bit_for_bit(name: str, part: str) -> None:
    if not refusal(SOLVERS[name], WRAPPERS[part.partition("(")[0]]):
        assert trail(f"{name} | {part}").tobytes() == trail(name).tobytes()


@pytest.mark.parametrize(
    "parts",
    [
        "cosine(T=30)", "warmup(W=5) | step(step_size=10)", "schedule(1/t)", "ema", "polyak", "polyak(begin=6)",
        "lookahead", "lookahead(k=3, alpha=0.2) | cosine", "weight_decay", "ema | lookahead", "lookahead | ema",
        "ema | weight_decay | polyak", "weight_decay | ema | lookahead(k=3)", "ema | ema(decay=0.5)",
    ],
)  # fmt: skip
def test_on_a_round_bowl_newtons_method_does_what_gradient_descent_does_with_the_same_round_it(parts: str) -> None:
    newton, descent = (trail(f"{name}(lr=0.1) | {parts}", formula=BOWL) for name in ("Newton", "SGD"))
    np.testing.assert_allclose(newton, descent, rtol=1e-13, atol=1e-14)


@pytest.mark.parametrize("name", SOLVERS)
def test_an_average_is_drawn_of_the_places_to_which_the_solver_goes_by_itself(name: str) -> None:
    own = trail(name)
    mean = [own[0], *(own[1:step].mean(axis=0) for step in range(2, len(own) + 1))]
    recent = [own[0], own[1]]
    for place in own[2:]:
        recent.append(0.8 * recent[-1] + 0.2 * place)
    np.testing.assert_allclose(trail(f"{name} | polyak"), mean, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(trail(f"{name} | ema(decay=0.8)"), recent, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("racer", PAIRS)
def test_a_race_is_the_same_however_it_is_cut_and_when_it_goes_back(racer: str) -> None:
    whole, sliced = race_of(racer), race_of(racer)
    whole.advance(40)
    for steps in (1, 2, 9, 25, 3):
        sliced.advance(steps)
    sliced.rewind(7)
    sliced.advance(33)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()
    assert whole.racers[0].block.tobytes() == sliced.racers[0].block.tobytes()


@pytest.mark.parametrize("racer", PAIRS)
def test_members_of_a_swarm_move_bit_for_bit_like_racers_with_their_settings_and_seeds(racer: str) -> None:
    loss, starts, seeds = ground(WAVY), np.random.default_rng(5).uniform(-2, 2, (5, 2)), np.arange(5)
    rows = (OPTIMIZERS[racer].hyperparameters[0], OPTIMIZERS[racer].hyperparameters[-1])
    settings = {row.name: np.linspace((row.default + row.low) / 2, row.default, 5) for row in rows}
    swarm = Swarm(loss, racer, starts, hyperparameters=settings, seeds=seeds)
    alike = Swarm(loss, racer, starts)
    for steps in (15, 10):
        swarm.advance(steps)
        alike.advance(steps)
    for number, start in enumerate(starts):
        own = {name: float(values[number]) for name, values in settings.items()}
        race = Race(loss, [OPTIMIZERS[racer].compile(**own)], start=start, seed=number)
        race.advance(25)
        assert swarm.positions[number].tolist() == race.positions[0].tolist()
    race = Race(loss, [racer], start=starts[0])
    race.advance(25)
    assert alike.positions[0].tolist() == race.positions[0].tolist()


def test_a_swarm_of_scheduled_solvers_goes_on_over_long_stretches_as_a_race_does() -> None:
    loss, sizes = compile_loss(WAVY), np.linspace(50, 3000, 3)
    swarm = Swarm(loss, "SPSA | cosine | ema", [START] * 3, hyperparameters={"T": sizes}, seeds=[4, 4, 4])
    swarm.advance(2500)
    for number, size in enumerate(sizes):
        race = Race(loss, [f"SPSA | cosine(T={float(size)!r}) | ema"], start=START, seed=4)
        race.advance(2500)
        assert swarm.positions[number].tolist() == race.positions[0].tolist()


def test_a_line_search_goes_on_once_a_schedule_lets_it() -> None:
    race = race_of("ArmijoDescent | schedule(0 if t < 10 else 1)")
    race.advance(9)
    assert race.positions[0].tolist() == list(START) and race.reason(0) == "The search found no lower point."
    race.advance(1)
    assert race.positions[0].tolist() != list(START) and race.reason(0) == ""
    at_once = trail("ArmijoDescent | schedule(0 if t < 10 else 1)", 10)
    assert at_once.tobytes() == race.trail(0).tobytes()


def test_an_average_moves_on_while_the_solver_rests_and_rests_when_it_has_arrived() -> None:
    formula = "(x - 1)^2 + 9*(y + 0.5)^2 + (x - 1)^4"
    race, alone = (race_of(racer, formula=formula) for racer in ("DampedNewton | ema(decay=0.5)", "DampedNewton"))
    alone.advance(60)
    resting = alone.rested(0)
    race.advance(resting + 3)
    assert race.reason(0) == "" and np.abs(race.positions - alone.positions).max() > 1e-6
    race.advance(200)
    assert race.reason(0) == alone.reason(0) != "" and resting + 3 < race.rested(0) < resting + 100
    np.testing.assert_allclose(race.positions, alone.positions, rtol=1e-14)


@pytest.mark.parametrize("kind", ["noise", "anisotropic_noise", "heavy_tailed_noise"])
def test_noise_is_drawn_anew_in_each_step_and_by_the_seed_of_the_race(kind: str) -> None:
    racer = f"DampedNewton | {kind}(sigma=0.3)"
    one, other = race_of(racer), race_of(racer, seed=1)
    one.advance(50)
    other.advance(50)
    moves = np.diff(one.trail(0), axis=0)
    assert len(np.unique(moves, axis=0)) == 50 and one.trail(0).tobytes() != other.trail(0).tobytes()


def test_noise_tilts_the_landscape_so_that_losses_fit_slopes() -> None:
    """On a round bowl a tilt moves the minimum by itself, and Newton's step finds it at the first look."""
    race = race_of("DampedNewton | noise(sigma=0.3)", formula=BOWL)
    race.advance(4000)
    tilts = -race.trail(0)[1:] / 0.3
    assert race.evaluations(0) == 4001
    np.testing.assert_allclose(tilts.mean(axis=0), 0, atol=0.06)
    np.testing.assert_allclose(np.cov(tilts.T), np.eye(2), atol=0.08)
    np.testing.assert_allclose((np.abs(tilts) < 1).mean(), 0.6827, atol=0.02)


def test_noise_that_follows_the_slope_shakes_each_coordinate_by_a_share_of_its_own() -> None:
    places = trail("Newton(lr=1) | anisotropic_noise(sigma=0.5)", 400, "(x^2 + 9*y^2)/2")
    shares = -places[1:] / np.abs(places[:-1]) / 0.5
    np.testing.assert_allclose(np.std(shares[:100], axis=0), 1, atol=0.2)


def test_heavy_tails_throw_farther_than_a_bell_curve() -> None:
    tilts = -trail("Newton | heavy_tailed_noise(sigma=1, alpha=1.2)", 4000, BOWL)[1:]
    assert np.median(np.abs(tilts)) < 2 and np.abs(tilts).max() > 50
    bell = -trail("Newton | heavy_tailed_noise(sigma=1, alpha=2)", 4000, BOWL)[1:]
    np.testing.assert_allclose(np.cov(bell.T), 2 * np.eye(2), atol=0.15)


@pytest.mark.parametrize("name", SLOPELESS)
def test_a_solver_that_asks_for_no_slope_sees_noise_too(name: str) -> None:
    assert trail(f"{name} | noise(sigma=2)").tobytes() != trail(name).tobytes()


def test_the_loss_that_is_shown_is_that_of_the_landscape_as_it_is() -> None:
    race = race_of("BFGS | noise(sigma=3)")
    race.advance(30)
    x, y = race.trail(0).T
    assert race.trail_losses(0).tolist() == race.loss.value(x, y).tolist()


@pytest.mark.parametrize("name", SOLVERS)
def test_what_comes_under_way_lets_the_solver_go_on_with_all_that_it_remembers(name: str) -> None:
    race = race_of(name)
    race.advance(12)
    race.replace(0, f"{name} | noise(sigma=0)")
    race.advance(8)
    race.replace(0, f"{name} | noise(sigma=0) | polyak(begin=1e9)")
    race.advance(8)
    np.testing.assert_allclose(race.trail(0), trail(name, 28), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", SOLVERS)
def test_what_is_added_to_an_average_leaves_the_average_and_the_solver_where_they_are(name: str) -> None:
    race = race_of(f"{name} | ema")
    race.advance(12)
    race.replace(0, f"{name} | ema | noise(sigma=0)")
    race.advance(13)
    assert race.trail(0).tobytes() == trail(f"{name} | ema", 25).tobytes()


@pytest.mark.parametrize("name", SOLVERS)
def test_without_its_average_a_solver_goes_on_from_where_it_is_drawn(name: str) -> None:
    race = race_of(f"{name} | polyak")
    race.advance(12)
    drawn = race.positions[0].copy()
    race.replace(0, name)
    assert race.positions[0].tolist() == drawn.tolist()
    race.advance(30)
    race.rewind(12)
    assert race.positions[0].tolist() == drawn.tolist()
    race.advance(30)
    assert np.isfinite(race.positions).all() and race.positions[0].tolist() != drawn.tolist()


@pytest.mark.parametrize("formula", ["3", "1/(x*y)", "sqrt(x)", "-exp(x)", "where(x > 0.5, x^2, log(-1))"])
def test_hostile_landscapes_race_with_anything_round_a_solver(formula: str) -> None:
    race = Race(compile_loss(formula), PAIRS, start=(0.7, 0.3))
    race.advance(40)
    assert np.isfinite(race.positions).all()
    assert {status.split()[0] for status in race.status} <= {"running", "converged", "diverged"}


def test_absurd_settings_of_what_goes_round_a_solver_race_or_diverge() -> None:
    for racer in PAIRS:
        if racer.startswith(("Newton", "NelderMead")):
            own = len(SOLVERS[racer.partition(" ")[0]].hyperparameters)
            for row in OPTIMIZERS[racer].hyperparameters[own:]:
                for value in (0.0, -1.0, 1e300, -1e300, row.low, row.high):
                    race = race_of(racer)
                    race.set(0, **{row.name: value})
                    race.advance(5)
                    assert np.isfinite(race.positions).all()


@pytest.mark.parametrize(
    ("text", "part", "told"),
    [
        ("BFGS | cosine", "cosine", "BFGS finds the length of its steps by itself, so there is no step size"),
        ("TrustRegion | ema | warmup", "warmup", "TrustRegion finds the length of its steps by itself"),
        ("CMAES | schedule(1/t)", "schedule(1/t)", "CMAES finds the length of its steps by itself"),
        ("NelderMead | lookahead", "lookahead", "NelderMead goes on from where its own steps have led"),
        ("ConjugateGradient | weight_decay", "weight_decay", '"weight_decay" cannot put it elsewhere.'),
        ("SPSA | clip_norm", "clip_norm", 'SPSA asks for no gradient that "clip_norm" could change.'),
        ("BFGS | sam", "sam", "those that BFGS asks for must fit the losses it sees."),
        ("Newton | ema | clip_value", "clip_value", "those that Newton asks for must fit the curvature it sees."),
        ("Newton | warmup | ema | warmup", "warmup | ema | warmup", "One warm-up is enough."),
    ],
)
def test_what_makes_no_sense_round_a_solver_is_refused_where_it_stands(text: str, part: str, told: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_racer(text)
    assert text[caught.value.start : caught.value.end] == part and told in caught.value.message


def test_noise_and_averages_go_round_every_solver_and_clipping_and_sam_round_none() -> None:
    for name, solver in SOLVERS.items():
        refused = {part.name for part in WRAPPERS.values() if refusal(solver, part)}
        assert (
            {"clip_norm", "clip_value", "sam"}
            <= refused
            <= {"clip_norm", "clip_value", "sam", "lookahead", "weight_decay"}
        ), name
        schedules = {bool(refusal(solver, schedule)) for schedule in SCHEDULES.values()}
        assert schedules == {name not in RATES}
    assert RATES == {
        "Newton": "lr",
        "SaddleFreeNewton": "lr",
        "ArmijoDescent": "lr",
        "SPSA": "a",
        "SimulatedAnnealing": "size",
    }


def test_a_name_that_the_solver_has_too_gets_a_number() -> None:
    optimizer, values = parse_racer("SPSA(alpha=0.5) | lookahead(alpha=0.7) | step(gamma=0.9) | noise")
    assert values == {"alpha": 0.5, "alpha_2": 0.7, "gamma_2": 0.9}
    assert list(optimizer.defaults)[7:] == ["step_size", "gamma_2", "k", "alpha_2", "sigma"]
    assert optimizer.name == "SPSA | lookahead | step | noise"


def test_what_goes_round_a_solver_is_pickled_with_it_and_needs_no_compilation() -> None:
    optimizer = OPTIMIZERS["Newton | cosine | ema"]
    rule = optimizer.compile(T=50, decay=0.5)
    again = pickle.loads(pickle.dumps(rule))
    race = Race(compile_loss(WAVY), [rule, again], start=START)
    race.advance(20)
    assert race.trail(0).tobytes() == race.trail(1).tobytes() and again.hyperparameters == rule.hyperparameters
    assert optimizer.drivers == OPTIMIZERS["Newton"].drivers and optimizer.badge == ""
