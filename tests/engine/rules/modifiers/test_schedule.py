"""Schedules against the closed forms of public implementations; PyTorch counts epochs from 0, we count t from 1."""

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPTIMIZERS, FormulaError, Race, Swarm, compile_loss
from engine.language.syntax.lines import lines_of
from engine.rules.modifiers.schedule import LONGEST, SCHEDULES, Schedule, factors, typed_schedule
from engine.rules.modifiers.scheduling import scheduled

EPOCHS = range(400)
STEPS = np.array(EPOCHS) + 1
PLANE = "3x - 0.5y"
EXACT = 1e-13
"""The cosine of a large angle rounds at the angle's own last digit."""


def cosine(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1 + math.cos(math.pi * share)) / 2


def step_lr(epoch: int, step_size: int, gamma: float) -> float:
    return gamma ** (epoch // step_size)


def exponential_lr(epoch: int, gamma: float) -> float:
    return gamma**epoch


def polynomial_lr(epoch: int, T: int, power: float) -> float:
    return (1 - min(epoch, T) / T) ** power


def cosine_annealing_lr(epoch: int, T: int, low: float) -> float:
    return cosine(1, low, min(epoch, T) / T)


def warm_restarts(epoch: int, T_0: int, T_mult: int, low: float) -> float:
    length, since = T_0, epoch
    while since >= length:
        since -= length
        length *= T_mult
    return cosine(1, low, since / length)


def one_cycle_lr(epoch: int, T: int, pct_start: float, div_factor: float, final_div_factor: float) -> float:
    first = 1 / div_factor
    top, end = pct_start * T - 1, T - 1
    if epoch >= end:
        return first / final_div_factor
    if epoch <= top:
        return cosine(first, 1, epoch / top)
    return cosine(1, first / final_div_factor, (epoch - top) / (end - top))


def cyclic_lr(epoch: int, low: float, step_size_up: int, step_size_down: int) -> float:
    since = epoch % (step_size_up + step_size_down)
    share = since / step_size_up if since <= step_size_up else 1 - (since - step_size_up) / step_size_down
    return low + (1 - low) * share


def linear_lr(epoch: int, start_factor: float, total_iters: int) -> float:
    return start_factor + (1 - start_factor) * min(epoch, total_iters) / total_iters


def warm_up(epoch: int, W: int) -> float:
    return linear_lr(epoch, 1 / W, W - 1)


def adagrad_decay(epoch: int, decay_rate: float) -> float:
    return 1 / (1 + epoch * decay_rate)


def inverse_root(epoch: int, hold: int) -> float:
    return 1.0 if epoch < hold else math.sqrt(hold / (epoch + 1))


def stable_between(epoch: int, W: int, T: int, D: int, low: float) -> float:
    if epoch < W:
        return max(low, (epoch + 1) / W)
    return 1.0 if epoch < T - D else max(low, (T - epoch) / D)


CASES: list[tuple[str, Callable[..., float], dict[str, float]]] = [
    ("step", step_lr, {"step_size": 30, "gamma": 0.1}),
    ("step", step_lr, {"step_size": 7, "gamma": 0.7}),
    ("exponential", exponential_lr, {"gamma": 0.97}),
    ("polynomial", polynomial_lr, {"T": 250, "power": 1}),
    ("polynomial", polynomial_lr, {"T": 90, "power": 2.5}),
    ("cosine", cosine_annealing_lr, {"T": 300, "low": 0}),
    ("cosine", cosine_annealing_lr, {"T": 77, "low": 0.2}),
    ("cosine_restarts", warm_restarts, {"T_0": 50, "T_mult": 1, "low": 0}),
    ("cosine_restarts", warm_restarts, {"T_0": 5, "T_mult": 2, "low": 0.1}),
    ("cosine_restarts", warm_restarts, {"T_0": 3, "T_mult": 5, "low": 0}),
    ("one_cycle", one_cycle_lr, {"T": 300, "pct_start": 0.3, "div_factor": 25, "final_div_factor": 1e4}),
    ("one_cycle", one_cycle_lr, {"T": 100, "pct_start": 0.5, "div_factor": 10, "final_div_factor": 100}),
    ("triangular", cyclic_lr, {"low": 0.1, "step_size_up": 20, "step_size_down": 20}),
    ("triangular", cyclic_lr, {"low": 0, "step_size_up": 13, "step_size_down": 41}),
    ("warmup", warm_up, {"W": 50}),
    ("inverse_time", adagrad_decay, {"decay_rate": 0.05}),
    ("inverse_sqrt", inverse_root, {"hold": 60}),
    ("warmup_stable_decay", stable_between, {"W": 40, "T": 300, "D": 90, "low": 0.02}),
]


def lengths(racer: str, steps: int) -> np.ndarray:
    """How far each step goes on a plane: the learning rate times the slope."""
    race = Race(compile_loss(PLANE), [racer])
    race.advance(steps)
    return -np.diff(race.trail(0), axis=0)[:, 0] / 3


@pytest.mark.parametrize(("name", "closed_form", "values"), CASES)
def test_a_schedule_follows_its_closed_form(
    name: str, closed_form: Callable[..., float], values: dict[str, float]
) -> None:
    expected = [closed_form(epoch, **values) for epoch in EPOCHS]
    np.testing.assert_allclose(factors(SCHEDULES[name], values, STEPS), expected, rtol=EXACT, atol=EXACT)


def test_every_schedule_has_a_closed_form_and_all_its_hyperparameters_are_moved() -> None:
    for name, schedule in SCHEDULES.items():
        own = [values for case, _, values in CASES if case == name]
        assert name == "constant" or own
        assert {key for values in own for key in values} == set(schedule.defaults)


@pytest.mark.parametrize(("name", "closed_form", "values"), CASES)
def test_a_race_takes_the_steps_that_the_curve_shows(
    name: str, closed_form: Callable[..., float], values: dict[str, float]
) -> None:
    settings = ", ".join(f"{key}={value:g}" for key, value in values.items())
    shown = factors(SCHEDULES[name], values, STEPS)
    # A step is a difference of positions up to 400, which round at 1e-14.
    np.testing.assert_allclose(lengths(f"SGD(lr=0.5) | {name}({settings})", len(STEPS)), 0.5 * shown, atol=1e-12)


@pytest.mark.parametrize("racer", ["SGD(lr=0.001)", "Adam(lr=0.02)", "AdaGrad(lr=0.5, lr_decay=0.01)", "Lion(lr=0.01)"])
def test_a_constant_schedule_changes_no_bit(racer: str) -> None:
    loss = compile_loss("(1 - x)^2 + 100*(y - x^2)^2")
    race = Race(loss, [racer, f"{racer} | constant"], start=(-1.2, 1))
    race.advance(1000)
    assert race.trail(0).tobytes() == race.trail(1).tobytes()


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name not in ("warmup", "warmup_stable_decay")])
def test_a_warm_up_rises_for_w_steps_and_then_lets_the_schedule_beside_it_begin(name: str) -> None:
    first, *_ = alone = factors(SCHEDULES[name], {}, STEPS)
    expected = np.concatenate([first * np.arange(1, 51) / 50, alone[:150]])
    for racer in (f"SGD(lr=0.1) | warmup(W=50) | {name}", f"SGD(lr=0.1) | {name} | warmup(W=50)"):
        np.testing.assert_allclose(lengths(racer, 200), 0.1 * expected, atol=1e-12)


def test_two_schedules_multiply() -> None:
    both = lengths("SGD(lr=0.1) | step(step_size=10, gamma=0.5) | step(step_size=15)", 40)
    product = factors(SCHEDULES["step"], {"step_size": 10, "gamma": 0.5}, STEPS[:40])
    product *= factors(SCHEDULES["step"], {"step_size": 15}, STEPS[:40])
    np.testing.assert_allclose(both, 0.1 * product, atol=1e-13)


def test_a_typed_schedule_is_a_formula_of_t_whose_free_names_are_hyperparameters() -> None:
    taken = lengths("SGD(lr=0.1) | schedule(least = 0.2; max(least, |cos(pi*t/T)|), T=30)", 100)
    np.testing.assert_allclose(taken, 0.1 * np.maximum(0.2, np.abs(np.cos(np.pi * STEPS[:100] / 30))), atol=1e-12)


def test_a_typed_schedule_waits_for_a_warm_up_whatever_it_does_with_t() -> None:
    taken = lengths("SGD(lr=0.1) | schedule(2t/(t*(t + 1))) | warmup(W=10)", 60)
    since = np.maximum(STEPS[:60] - 10, 1)
    np.testing.assert_allclose(taken, 0.1 * np.minimum(STEPS[:60] / 10, 1) * 2 / (since + 1), atol=1e-13)


def test_a_schedule_moves_every_learning_rate_of_a_rule_but_not_where_states_begin() -> None:
    rule = scheduled(OPTIMIZERS["AdamW"], SCHEDULES["cosine"]).rule
    assert rule.count("lr_t") == 3
    assert [line for line in rule.splitlines() if "lr_t" in line] == [
        "lr_t = lr*(low + (1 - low)*(1 + cos(pi*min(t - 1, T)/T))/2)",
        "w = w - lr_t*weight_decay*w - lr_t * m_hat / (sqrt(v_hat) + eps)",
    ]


def test_hyperparameters_of_a_schedule_move_while_it_races_and_nothing_is_recompiled() -> None:
    race = Race(compile_loss(PLANE), ["SGD(lr=0.1) | cosine(T=100)"])
    kernel = race.racers[0].kernel
    race.advance(50)
    race.set(0, T=200, low=0.5)
    race.advance(50)
    before = factors(SCHEDULES["cosine"], {"T": 100}, STEPS[:50])
    after = factors(SCHEDULES["cosine"], {"T": 200, "low": 0.5}, STEPS[50:100])
    np.testing.assert_allclose(-np.diff(race.trail(0), axis=0)[:, 0] / 3, 0.1 * np.append(before, after), atol=1e-12)
    assert race.racers[0].kernel is kernel


def test_a_swarm_runs_a_scheduled_rule_as_a_race_does() -> None:
    loss = compile_loss("x^2 + 3y^2")
    race, swarm = (
        Race(loss, ["Adam(lr=0.1) | one_cycle(T=80)"], start=(2, -1)),
        Swarm(loss, "Adam(lr=0.1) | one_cycle(T=80)", np.full((20, 2), (2.0, -1.0))),
    )
    race.advance(100)
    swarm.advance(100)
    assert np.all(swarm.positions == race.positions[0])


@pytest.mark.parametrize("pair", [*itertools.permutations(SCHEDULES, 2)], ids=" | ".join)
def test_a_rule_with_two_schedules_has_no_name_but_its_own_and_theirs(pair: tuple[str, str]) -> None:
    optimizer = OPTIMIZERS[" | ".join(["SGD", *pair])]
    assert optimizer.compile().hyperparameters == optimizer.defaults


def test_a_schedule_after_one_with_definitions_goes_by_the_number_of_the_step() -> None:
    both = lengths("SGD(lr=0.1) | triangular | polynomial(T=10)", 10)
    alone = lengths("SGD(lr=0.1) | triangular", 10)
    np.testing.assert_allclose(both, alone * np.linspace(1.0, 0.1, 10), rtol=1e-11)


def test_a_curve_can_be_drawn_at_any_steps() -> None:
    curve = factors(SCHEDULES["triangular"], {}, [[1, 26, 51], [76, 101, 126]])
    np.testing.assert_allclose(curve, [[0.1, 0.55, 1], [0.55, 0.1, 0.55]])
    assert factors(SCHEDULES["constant"], {}, [1, 2, 3]).tolist() == [1, 1, 1]


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_a_schedule_is_an_entry_that_a_slider_and_a_student_can_read(schedule: Schedule) -> None:
    typed = typed_schedule(schedule.formula)
    assert {row.name for row in typed.hyperparameters} == set(schedule.defaults)
    assert schedule.summary.endswith(".") and schedule.summary.count(".") == 1
    assert len(lines_of(schedule.formula)) < 10
    for row in schedule.hyperparameters:
        assert row.low <= row.default <= row.high and row.help
        assert row.scale in ("linear", "log") and (row.scale != "log" or row.low > 0)
    assert np.isfinite(factors(schedule, {}, STEPS)).all()


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_a_slider_at_its_end_leaves_a_factor_between_0_and_1(schedule: Schedule, end: str) -> None:
    for row in schedule.hyperparameters:
        curve = factors(schedule, {row.name: getattr(row, end)}, STEPS)
        assert np.all((curve >= 0) & (curve <= 1 + EXACT)), row.name


LONG = np.concatenate([np.arange(1.0, 300.0), np.round(np.geomspace(300, 1e6, 500)), LONGEST + np.arange(-5.0, 6.0)])
"""Steps from the first to ten times as many as a schedule can last."""


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_every_choice_of_ends_of_sliders_leaves_factors_between_0_and_1_for_ever(schedule: Schedule) -> None:
    sliders = [(row.low, row.default, row.high) for row in schedule.hyperparameters]
    for ends in itertools.product(*sliders):
        curve = factors(schedule, dict(zip(schedule.defaults, ends, strict=True)), LONG)
        assert np.all((curve >= 0) & (curve <= 1 + EXACT)), ends


@given(st.data(), st.sampled_from([schedule for schedule in SCHEDULES.values() if schedule.hyperparameters]))
def test_anything_between_the_ends_of_sliders_leaves_factors_between_0_and_1_for_ever(
    data: st.DataObject, schedule: Schedule
) -> None:
    values = {row.name: data.draw(st.floats(row.low, row.high) | st.integers(math.ceil(row.low), math.floor(row.high)))
              for row in schedule.hyperparameters}  # fmt: skip
    curve = factors(schedule, values, LONG)
    assert np.all((curve >= 0) & (curve <= 1 + EXACT)), values


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("T=10, pct_start=1", [*(0.04 + 0.96 * (1 - math.cos(math.pi * k / 9)) / 2 for k in range(10)), *[1] * 10]),
        ("T=1, pct_start=1", [1] * 20),
        ("T=1, pct_start=0", [4e-6] * 20),
        ("T=10, pct_start=0.1, div_factor=25", [cosine(1, 4e-6, min(k, 9) / 9) for k in range(20)]),
    ],
)
def test_one_cycle_may_rise_all_the_way_or_fall_all_the_way(settings: str, expected: list[float]) -> None:
    # PyTorch's own at T=10, pct_start=1 ends at its full learning rate too.
    np.testing.assert_allclose(
        lengths(f"SGD(lr=0.1) | one_cycle({settings})", 20), 0.1 * np.array(expected), atol=1e-13
    )


def test_a_value_that_does_not_fit_is_refused_where_a_curve_is_drawn() -> None:
    with pytest.raises(FormulaError, match="Known: T, low"):
        factors(SCHEDULES["cosine"], {"T_max": 3}, STEPS)
    with pytest.raises(FormulaError, match="finite"):
        factors(SCHEDULES["cosine"], {"T": math.nan}, STEPS)
