"""What wrappers do to the rule within, as laws and against loops written by hand."""

import itertools
import pickle
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, FormulaError, Race, Rule, Swarm, compile_loss
from engine.optimizers import Optimizer
from engine.rules.hyperparameters import Hyperparameter
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from engine.rules.modifiers.wrapping import wrapped
from engine.solvers.solver import Solver

RULES = {name: entry for name, entry in OPTIMIZERS.items() if not isinstance(entry, Solver)}
ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
START = (-1.2, 1.0)
BOWL = "x^2 + 3*y^2"
RATE = 2e-3
MANY = 40_000
Vector = np.ndarray


def trail(racer: str | Rule, steps: int, formula: str = ROSENBROCK, start: tuple[float, float] = START) -> Vector:
    race = Race(compile_loss(formula), [racer], start=start)
    race.advance(steps)
    return race.trail(0)


def slope(place: Vector) -> Vector:
    x, y = place
    return np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])


def walk(step: Callable[[int, Vector], Vector], steps: int) -> Vector:
    """Where `step`, given the number of the step and the place, leads from the start."""
    places = [np.array(START)]
    for t in range(1, steps + 1):
        places.append(step(t, places[-1]))
    return np.array(places)


@settings(max_examples=30, deadline=None)
@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1.0), st.floats(-3, 3), st.floats(-3, 3))
def test_clipped_by_its_norm_no_step_of_descent_is_longer_than_the_rate_times_that(
    max_norm: float, lr: float, x: float, y: float
) -> None:
    places = trail(f"SGD(lr={lr!r}) | clip_norm(max_norm={max_norm!r})", 5, start=(x, y))
    lengths = np.linalg.norm(np.diff(places, axis=0), axis=1)
    # Positions round at their own last digit.
    assert np.all(lengths <= lr * max_norm * (1 + 1e-12) + 1e-15 * np.abs(places).max())


def test_clipping_by_the_norm_keeps_the_direction_and_clipping_by_value_does_not() -> None:
    by_norm, by_value = (
        trail(f"SGD(lr=1) | {clip}", 1, "30x + 40y", (0, 0))[1] for clip in ("clip_norm", "clip_value")
    )
    np.testing.assert_allclose(by_norm, [-0.6, -0.8], rtol=1e-15)
    np.testing.assert_allclose(by_value, [-1, -1], rtol=1e-15)


@pytest.mark.parametrize("clip", ["clip_norm(max_norm=1000)", "clip_value(clip_value=1000)"])
def test_a_gradient_that_is_short_enough_is_not_clipped_by_a_bit(clip: str) -> None:
    assert trail(f"Adam(lr=0.1) | {clip}", 300).tobytes() == trail("Adam(lr=0.1)", 300).tobytes()


def test_clipping_a_flat_landscape_leaves_the_racer_where_it_is() -> None:
    assert trail("SGD | clip_norm | sam | clip_value", 10, "0x").tolist() == [list(START)] * 11


def test_weight_decay_with_no_learning_rate_only_shrinks() -> None:
    places = trail("Adam(lr=0) | weight_decay(weight_decay=0.1)", 50)
    np.testing.assert_allclose(places, np.outer(0.9 ** np.arange(51), START), rtol=1e-13)


def test_weight_decay_leaves_the_step_of_the_rule_as_it_is() -> None:
    plain, decayed = (trail(racer, 1)[1] for racer in ("Adam(lr=0.1)", "Adam(lr=0.1) | weight_decay(weight_decay=0.2)"))
    np.testing.assert_allclose(plain - decayed, 0.2 * np.array(START), rtol=1e-13)


@pytest.mark.parametrize(("k", "alpha"), [(5, 0.5), (3, 0.8), (1, 0.5), (7, 0)])
def test_lookahead_is_at_its_slow_place_every_k_steps(k: int, alpha: float) -> None:
    slow = np.array(START)

    def step(t: int, place: Vector) -> Vector:
        nonlocal slow
        fast = place - RATE * slope(place)
        if t % k:
            return fast
        slow = slow + alpha * (fast - slow)
        return slow

    expected = walk(step, 60)
    np.testing.assert_allclose(trail(f"SGD(lr={RATE}) | lookahead(k={k}, alpha={alpha})", 60), expected, rtol=1e-11)


def test_sam_takes_the_gradient_a_little_way_uphill() -> None:
    rho = 0.05

    def step(t: int, place: Vector) -> Vector:
        uphill = slope(place)
        return place - RATE * slope(place + rho * uphill / np.linalg.norm(uphill))

    places = trail(f"SGD(lr={RATE}) | sam(rho={rho})", 40)
    np.testing.assert_allclose(places, walk(step, 40), rtol=1e-10)


OF_EVERY_ORDER = ["Momentum(lr=0.0005)", "AdaHessian(lr=0.05)", "Sophia(lr=0.02, k=3)"]


@pytest.mark.parametrize("racer", OF_EVERY_ORDER)
@pytest.mark.parametrize("decay", [0.0, 0.9, 0.99])
def test_ema_draws_an_average_that_forgets_and_the_rule_goes_its_own_way(racer: str, decay: float) -> None:
    own = trail(racer, 80)
    expected = [own[0], own[1]]
    for place in own[2:]:
        expected.append(decay * expected[-1] + (1 - decay) * place)
    np.testing.assert_allclose(trail(f"{racer} | ema(decay={decay})", 80), expected, rtol=1e-11)


@pytest.mark.parametrize("racer", OF_EVERY_ORDER)
@pytest.mark.parametrize("begin", [0, 10])
def test_polyak_draws_the_mean_of_all_places_since_it_began(racer: str, begin: int) -> None:
    own = trail(racer, 80)
    expected = [own[t] if t <= begin else own[begin + 1 : t + 1].mean(axis=0) for t in range(81)]
    expected[0] = own[0]
    np.testing.assert_allclose(trail(f"{racer} | polyak(begin={begin})", 80), expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("rule", ["w = w - lr*hess(g)", "w = w - lr*hess((g - 2*(w - 1)), 2*(w + 1))"])
def test_a_hessian_times_a_vector_is_taken_at_the_place_of_the_rule_that_is_averaged(rule: str) -> None:
    bent = Optimizer("Bent", rule, (Hyperparameter("lr", 1e-7, 0, 1),), "", "")
    own, averaged = trail(bent.compile(), 40), trail(wrapped(bent, WRAPPERS["polyak"]).compile(), 40)
    assert np.ptp(own) > 1e-3
    np.testing.assert_allclose(averaged[1:], np.cumsum(own[1:], axis=0) / np.arange(1, 41)[:, None], rtol=1e-11)


def noises(wrapper: str, formula: str = "0x") -> Vector:
    """What a wrapper adds to the gradient of `formula` for each of many instances, float64 (MANY, 2)."""
    swarm = Swarm(compile_loss(formula), f"SGD(lr=1) | {wrapper}", np.zeros((MANY, 2)), seed=1)
    swarm.advance(1)
    return -swarm.positions - compile_loss(formula).gradient(0, 0)


def test_noise_is_normal_and_alike_in_all_directions() -> None:
    added = noises("noise(sigma=0.3)")
    np.testing.assert_allclose(np.cov(added.T), 0.09 * np.eye(2), atol=2e-3)
    np.testing.assert_allclose(np.mean(added**4, axis=0), 3 * 0.3**4, rtol=0.05)


def test_anisotropic_noise_is_as_large_as_each_coordinate_of_the_slope() -> None:
    deviations = noises("anisotropic_noise(sigma=0.3)", "3x - 0.5y").std(axis=0)
    np.testing.assert_allclose(deviations, [0.9, 0.15], rtol=0.02)


def test_heavy_tailed_noise_is_normal_at_2_and_cauchy_at_1_and_wilder_below() -> None:
    normal = noises("heavy_tailed_noise(sigma=0.3, alpha=2)")
    np.testing.assert_allclose(np.cov(normal.T), 2 * 0.09 * np.eye(2), atol=4e-3)
    quartiles = np.quantile(noises("heavy_tailed_noise(sigma=0.3, alpha=1)"), [0.25, 0.5, 0.75], axis=0)
    np.testing.assert_allclose(quartiles, [[-0.3] * 2, [0] * 2, [0.3] * 2], atol=0.01)
    far = [np.quantile(np.abs(noises(f"heavy_tailed_noise(alpha={alpha})")), 0.999) for alpha in (2, 1.5, 1, 0.7)]
    assert np.all(np.diff(far) > 0)


@pytest.mark.parametrize("noise", [name for name in WRAPPERS if "noise" in name])
def test_one_seed_is_the_same_noise_for_all_racers(noise: str) -> None:
    racers = [f"SGD | {noise}", f"Momentum(momentum=0) | {noise}", f"SGD | {noise} | clip_norm(max_norm=1e9)"]
    race, again, other = (Race(compile_loss(BOWL), racers, (1, -1), seed) for seed in (3, 3, 4))
    for each in (race, again, other):
        each.advance(40)
    assert race.trail(0).tobytes() == again.trail(0).tobytes() != other.trail(0).tobytes()
    np.testing.assert_allclose(race.trail(1), race.trail(0), rtol=1e-12)
    np.testing.assert_allclose(race.trail(2), race.trail(0), rtol=1e-12)


def test_a_rule_that_is_averaged_reads_the_loss_at_its_own_place() -> None:
    rule = Optimizer("Typed", "w = w - lr*f*g", OPTIMIZERS["SGD"].hyperparameters[:1], "", "")
    own = trail(rule.compile(lr=1e-6), 40)
    averaged = trail(wrapped(rule, WRAPPERS["polyak"]).compile(lr=1e-6), 40)
    np.testing.assert_allclose(averaged[1:], np.cumsum(own[1:], axis=0) / np.arange(1, 41)[:, None], rtol=1e-11)


def test_gradients_that_a_rule_asks_for_elsewhere_are_clipped_too() -> None:
    ahead = Optimizer("Ahead", "v = mu*v - lr*grad(w + mu*v)\nw = w + v", (), "", "")
    rule = wrapped(ahead, WRAPPERS["clip_norm"])
    assert rule.rule.splitlines() == [
        "grad_clip_norm(p) = grad(p)*min(1, max_norm/norm(grad(p)))",
        "v = mu*v - lr*grad_clip_norm(w + mu*v)",
        "w = w + v",
    ]
    place, v = np.array(START), np.zeros(2)
    for _ in range(30):
        asked = slope(place + 0.9 * v)
        v = 0.9 * v - 0.01 * asked * min(1, 1 / np.linalg.norm(asked))
        place = place + v
    compiled = Rule(rule.rule, {"mu": 0.9, "lr": 0.01, "max_norm": 1})
    np.testing.assert_allclose(trail(compiled, 30)[-1], place, rtol=1e-11)


def test_the_first_wrapper_stands_nearest_to_the_rule() -> None:
    clipped_last, clipped_first = (
        trail(f"SGD(lr=1) | {wrappers}", 1, "x^2", (3, 0))[1, 0]
        for wrappers in ("clip_norm | sam(rho=0.5)", "sam(rho=0.5) | clip_norm")
    )
    assert clipped_last == 2 and clipped_first == 2
    assert trail("SGD(lr=1) | weight_decay(weight_decay=0.5) | lookahead(k=1)", 1, "0x", (8, 0))[1, 0] == 6
    assert trail("SGD(lr=1) | lookahead(k=1) | weight_decay(weight_decay=0.5)", 1, "0x", (8, 0))[1, 0] == 4


@pytest.mark.parametrize("optimizer", RULES.values(), ids=list(RULES))
def test_every_wrapper_goes_round_every_rule(optimizer: Optimizer) -> None:
    for wrapper in WRAPPERS.values():
        outer = wrapped(optimizer, wrapper)
        assert outer.compile().hyperparameters == outer.defaults
        assert len(outer.defaults) == len(optimizer.defaults) + len(wrapper.defaults)


@pytest.mark.parametrize("optimizer", RULES.values(), ids=list(RULES))
def test_the_names_of_all_wrappers_at_once_find_room_in_every_rule(optimizer: Optimizer) -> None:
    rule = OPTIMIZERS[" | ".join([optimizer.name, *WRAPPERS])].compile()
    added = sum(len(wrapper.defaults) for wrapper in WRAPPERS.values())
    assert len(rule.hyperparameters) == len(optimizer.defaults) + added


@pytest.mark.parametrize("name", [*[*RULES][::3], "SAM", "Sophia"])
def test_all_wrappers_at_once_race_round_a_rule(name: str) -> None:
    """Of the rules each third, and two that ask for more than one slope: each takes its time to compile."""
    race = Race(compile_loss(BOWL), [" | ".join([name, *WRAPPERS])], start=(1, -1))
    race.advance(50)
    assert race.status == ["running"]
    assert len(set(race.trail(0)[:, 0])) > 40


@pytest.mark.parametrize("pair", [*itertools.permutations(WRAPPERS, 2)], ids=" | ".join)
def test_wrappers_go_round_each_other(pair: tuple[str, str]) -> None:
    race = Race(compile_loss(BOWL), [f"RMSProp(lr=0.01) | {' | '.join(pair)}"], start=(1, -1))
    before = race.losses[0]
    race.advance(100)
    assert race.losses[0] < before


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_a_wrapper_goes_round_itself_under_names_of_its_own(wrapper: Wrapper) -> None:
    once = wrapped(OPTIMIZERS["SGD"], wrapper)
    twice = wrapped(once, wrapper)
    added = [row.name for row in twice.hyperparameters[-len(wrapper.hyperparameters) :]]
    assert len(set(twice.defaults)) == len(twice.hyperparameters)
    assert all(name.endswith(("_2", "_3")) for name in added)
    assert len(set(twice.compile().states)) == 2 * len(once.compile().states)


def test_a_name_that_the_rule_has_too_gets_a_number() -> None:
    rule = OPTIMIZERS["SGD | weight_decay"].compile(weight_decay=0.25, weight_decay_2=0.5)
    assert trail(rule, 1, "0x", (8, 0))[1, 0] == 8 - 8 * 0.25 * rule.hyperparameters["lr"] - 8 * 0.5


def test_a_wrapper_says_so_where_a_rule_asks_for_no_gradient_or_for_a_hessian_in_a_function() -> None:
    wander = Optimizer("Wander", "w = w - lr*f", (), "", "")
    with pytest.raises(FormulaError, match='Wander asks for no gradient that "clip_norm" could change'):
        wrapped(wander, WRAPPERS["clip_norm"])
    newton = Optimizer("Diagonal", "bent(v) = v/hessdiag()\nw = w - bent(g)", (), "", "")
    wrapped(newton, WRAPPERS["clip_norm"]).compile()
    with pytest.raises(FormulaError, match='Diagonal asks for the Hessian in a function, and "ema" draws it elsewhere'):
        wrapped(newton, WRAPPERS["ema"])


def test_a_wrapped_rule_is_a_rule_that_is_pickled_shown_and_swarms() -> None:
    loss = compile_loss(BOWL)
    racer = "Adam(lr=0.1) | clip_norm(max_norm=2) | ema(decay=0.5)"
    race, swarm = Race(loss, [racer], start=(2, -1)), Swarm(loss, racer, np.full((9, 2), (2.0, -1.0)))
    rule = pickle.loads(pickle.dumps(race.racers[0].rule))
    assert (rule.name, rule.text) == ("Adam | clip_norm | ema", OPTIMIZERS["Adam | clip_norm | ema"].rule)
    again = Race(loss, [rule], start=(2, -1))
    for each in (race, again, swarm):
        each.advance(200)
    assert race.trail(0).tobytes() == again.trail(0).tobytes()
    assert np.all(swarm.positions == race.positions[0])


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_a_wrapper_is_an_entry_that_a_slider_and_a_student_can_read(wrapper: Wrapper) -> None:
    assert wrapper.summary.endswith(".") and wrapper.summary.count(".") == 1
    assert any(str(year) in wrapper.source for year in range(1950, 2030))
    assert wrapper.gradient or wrapper.after
    for row in wrapper.hyperparameters:
        assert row.low <= row.default <= row.high and row.help
        assert row.scale in ("linear", "log") and (row.scale != "log" or row.low > 0)


@pytest.mark.parametrize("value", [0.0, -1.0, 1e300, -1e300])
@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
def test_absurd_settings_of_a_wrapper_race_or_diverge(wrapper: Wrapper, value: float) -> None:
    race = Race(compile_loss(ROSENBROCK), [f"SGD | {wrapper.name}"], start=START)
    race.set(0, **dict.fromkeys(list(race.racers[0].rule.hyperparameters)[2:], value))
    race.advance(50)
    assert np.isfinite(race.positions).all() and np.isfinite(race.losses).all()


@pytest.mark.parametrize("name", sorted(OPTIMIZERS.keys() - RULES.keys()))
def test_a_solver_is_told_why_what_changes_slopes_alone_does_not_go_round_it(name: str) -> None:
    with pytest.raises(FormulaError, match=f'(?=.*"clip_norm")(?=.*{name})'):
        Race(compile_loss(BOWL), [f"{name} | clip_norm"])
