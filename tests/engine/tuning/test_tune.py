"""Racers are tuned fairly: the same budget, the same search, and no knowledge of a minimum."""

import math
import pickle

import numpy as np
import pytest

from engine import OPTIMIZERS, FormulaError, Race, compile_loss, compile_rule, tune
from engine.data.datasets import generate
from engine.tuning.runs import RunJob, run_job
from engine.tuning.score import shares_left
from engine.tuning.search import rounds_of
from engine.tuning.space import DIGITS, NOT_TUNED, Dimension, search_space, tunable

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
BOWL = "x^2 + y^2"
START = (-1.2, 1.0)
BUDGET = 60


def losses_of_one(racer: str, loss: str = ROSENBROCK, **options: object) -> list[float]:
    (tuned,) = tune([compile_loss(loss)], [racer], BUDGET, starts=START, trials=8, **options)
    return [trial.losses[0].item() for trial in tuned.trials]


def test_every_racer_has_the_same_number_of_trials_and_none_evaluates_more_than_the_budget() -> None:
    racers = ["SGD", "Adam", "SAM", "BFGS", "NelderMead", "CMAES"]
    tuned = tune([compile_loss(ROSENBROCK)], racers, BUDGET, starts=[START, (1.5, 1.0)], seeds=(0, 1), trials=8)
    assert [each.racer for each in tuned] == racers
    assert {len(each.trials) for each in tuned} == {8}
    assert all(0 < each.evaluations <= BUDGET and each.spent <= 8 * 4 * BUDGET for each in tuned)
    by_name = dict(zip(racers, tuned, strict=True))
    assert by_name["SGD"].steps[0].tolist() == [[BUDGET] * 2] * 2
    assert by_name["SAM"].steps[0].tolist() == [[BUDGET // 2] * 2] * 2, "two gradients a step"


@pytest.mark.parametrize("racer", ["SGD", "SAM", "BFGS", "NelderMead", "CMAES", "DifferentialEvolution", "NoisySGD"])
def test_a_run_does_what_a_race_of_as_many_steps_does_and_one_step_more_is_beyond_the_budget(racer: str) -> None:
    loss, rule = compile_loss(ROSENBROCK), OPTIMIZERS[racer].compile()
    runs = run_job(RunJob(loss, rule, (), np.empty((1, 0)), np.array([START]), (3,), BUDGET))
    race = Race(loss, [racer], START, seed=3)
    race.advance(runs.steps.item())
    assert runs.evaluations.item() == race.evaluations_by_step(0).at(float(race.step)) <= BUDGET
    assert runs.losses.item() == float(loss.value(*race.positions[0].tolist()))
    race.advance(1)
    assert race.rested(0) is not None or race.evaluations_by_step(0).at(float(race.step)) > BUDGET


def test_the_best_setting_is_a_text_that_races_to_the_loss_that_is_told() -> None:
    loss = compile_loss(ROSENBROCK)
    for tuned in tune([loss], ["Adam(beta1=0.8)", "NelderMead"], BUDGET, starts=START):
        race = Race(loss, [tuned.text], START)
        race.advance(tuned.steps[0].item())
        assert (
            float(loss.value(*race.positions[0].tolist())) == tuned.loss == min(t.losses[0].min() for t in tuned.trials)
        )
    assert tune([loss], ["Adam(beta1=0.8)"], BUDGET, starts=START)[0].text == "Adam(lr=0.8806, beta1=0.8)"


def test_the_same_seed_finds_the_same_bits_and_another_one_tries_other_settings() -> None:
    assert losses_of_one("Adam", seed=1) == losses_of_one("Adam", seed=1) != losses_of_one("Adam", seed=2)


def test_a_racer_is_tried_as_it_is_written_so_that_tuning_makes_none_worse() -> None:
    race = Race(compile_loss(ROSENBROCK), ["Adam(lr=0.3)"], START)
    race.advance(BUDGET)
    losses = losses_of_one("Adam(lr=0.3)")
    assert losses[0] == pytest.approx(race.losses[0]) and min(losses) <= losses[0]


def test_the_learning_rate_of_a_bowl_comes_near_the_one_that_theory_names() -> None:
    # One step of lr = 1/curvature arrives; every other rate leaves (1 - lr*c)^2 of the loss.
    (tuned,) = tune([compile_loss("4x^2 + 4y^2")], ["SGD"], 1, starts=(1, 1))
    assert tuned.settings["lr"] == pytest.approx(1 / 8, rel=0.02)


def test_the_score_knows_no_minimum_and_no_scale() -> None:
    losses, at_start = np.array([[[3.0]], [[1.0]], [[math.inf]]]), np.array([11.0])
    shares = shares_left(losses, at_start, 1.0)
    assert shares.ravel().tolist() == [0.2, 0.0, math.inf]
    np.testing.assert_allclose(shares_left(5 * losses - 70, 5 * at_start - 70, -65.0), shares)
    assert shares_left(np.array([[[2.0]], [[3.0]]]), np.array([2.0]), 2.0).ravel().tolist() == [1.0, math.inf]
    raised = [losses_of_one("SGD", loss) for loss in (ROSENBROCK, f"{ROSENBROCK} - 1000")]
    assert np.argmin(raised[0]) == np.argmin(raised[1])


def test_several_losses_count_alike_whatever_their_size() -> None:
    losses = [compile_loss("1e6*(x^2 + 3y^2)"), compile_loss("1e-6*(x^2 + 3y^2)")]
    (tuned,) = tune(losses, ["SignSGD"], BUDGET, starts=[[(1, 1)], [(-1, 2)]], score="worst")
    assert [own.shape for own in tuned.trials[0].losses] == [(1, 1), (1, 1)]
    best = min(tuned.trials, key=lambda trial: trial.score)
    assert best.settings == tuned.settings and tuned.score < 0.01


def test_where_half_the_plane_has_no_loss_the_racers_that_go_there_have_diverged() -> None:
    loss = compile_loss("sqrt(x) + (x - 1)^2 + y^2")
    (tuned,) = tune([loss], ["SGD"], BUDGET, starts=(2, 1))
    assert math.isfinite(tuned.loss) and any(math.isinf(trial.score) for trial in tuned.trials)
    with pytest.raises(FormulaError, match=r'At the start \(-1, 0\) "sqrt\(x\).*" has no finite slopes'):
        tune([loss], ["SGD"], BUDGET, starts=(-1, 0))


def test_mini_batches_and_random_rules_run_with_each_seed_as_a_race_does() -> None:
    loss = compile_loss("mean((x*u + y - v)^2)", generate("line"))
    (tuned,) = tune([loss], ["NoisySGD"], BUDGET, starts=(-1, 2), seeds=(4, 7), batch=8, trials=3)
    race = [Race(loss, [tuned.text], (-1, 2), seed=seed, batch=8) for seed in (4, 7)]
    for each in race:
        each.advance(BUDGET)
    best = min(tuned.trials, key=lambda trial: trial.score).losses[0]
    assert best.ravel().tolist() == [float(loss.value(*each.positions[0].tolist())) for each in race]
    assert best[0, 0] != best[0, 1]


def test_the_curve_shows_how_sharp_the_optimum_is() -> None:
    curve = tune([compile_loss(BOWL)], ["SGD"], 20, starts=(1, 1))[0].curves[0]
    assert curve.name == "lr" and (curve.lost[curve.values > 1.1] > 1e6).all()
    # After 20 steps (1 - 2 lr)^40 of the loss is left: a tenth at lr = 0.028 and again below lr = 1.
    assert 0.02 < curve.low < 0.05 and 0.6 < curve.high < 1.0
    assert curve.factor == pytest.approx(math.sqrt(curve.high / curve.low))


def test_what_is_searched_is_plain_data_that_can_be_changed() -> None:
    assert search_space("Adam") == (Dimension("lr", 1e-5, 10.0, "log"),)
    assert search_space("Adam", ["beta1"]) == (Dimension("beta1", 0.0, 0.9999, "linear"),)
    for name in OPTIMIZERS:
        assert not {dimension.name for dimension in search_space(name)} & {*NOT_TUNED}
    narrow = (Dimension("lr", 0.1, 0.2), Dimension("beta1", 0.5, 0.9, "linear"))
    (tuned,) = tune([compile_loss(BOWL)], ["Adam"], BUDGET, starts=(1, 1), trials=9, spaces=[narrow])
    assert all(0.1 <= t.settings["lr"] <= 0.2 and 0.5 <= t.settings["beta1"] <= 0.9 for t in tuned.trials[1:])
    assert (
        Dimension("lr", 1e-5, 10.0).at(0.5) == float(f"{0.01:.{DIGITS}g}") and Dimension("k", 1, 3, "linear").at(1) == 3
    )


def test_the_noise_of_a_wrapper_is_not_tuned_away() -> None:
    assert [dimension.name for dimension in search_space("SGD | noise(sigma=0.5)")] == ["lr"]


def test_half_of_the_trials_are_spread_evenly_and_the_others_lie_round_the_best() -> None:
    assert [rounds_of(trials) for trials in (1, 2, 5, 11, 32)] == [(1,), (2,), (3, 1, 1), (6, 2, 2, 1), (17, 5, 5, 5)]
    (tuned,) = tune([compile_loss(ROSENBROCK)], ["Adam"], BUDGET, starts=START)
    rates = [trial.settings["lr"] for trial in tuned.trials]
    spread = [max(some) / min(some) for some in (rates[1:17], rates[17:22], rates[27:])]
    assert spread[0] > 1e5 and spread[0] > 100 * spread[1] > 100 * spread[2]


def test_rules_of_ones_own_are_tuned_by_their_learning_rate_and_others_by_what_is_named() -> None:
    rule = compile_rule("v = mu*v + g\nw = w - lr*v", mu=0.5, lr=0.01)
    (tuned,) = tune([compile_loss(BOWL)], [pickle.loads(pickle.dumps(rule))], BUDGET, starts=(1, 1), trials=9)
    assert list(tuned.settings) == ["lr"] and tuned.loss < 1e-6
    bare = compile_rule("w = w - rate*g", rate=0.1)
    (tuned,) = tune([compile_loss(BOWL)], [bare], BUDGET, starts=(1, 1))
    assert (tuned.settings, len(tuned.trials), tuned.curves) == ({}, 1, ())
    (tuned,) = tune([compile_loss(BOWL)], [bare], BUDGET, starts=(1, 1), spaces=[[Dimension("rate", 0.01, 1.0)]])
    assert len(tuned.trials) == 32 and tunable(bare).name == tuned.text


def test_progress_is_told_to_the_end_and_a_stop_returns_the_best_so_far() -> None:
    told: list[tuple[int, int]] = []
    loss = compile_loss(ROSENBROCK)
    tune([loss], ["SGD", "Adam"], BUDGET, starts=START, progress=lambda *done: told.append(done))
    assert [done for done, _ in told] == list(range(1, len(told) + 1)) and told[-1][0] == told[-1][1]
    told.clear()
    racers = ["SGD", "Adam"]
    stopped = tune([loss], racers, BUDGET, starts=START, progress=lambda *done: told.append(done),
                   stopped=lambda: len(told) >= 2)  # fmt: skip
    assert [len(each.trials) for each in stopped] == [17, 17]
    assert tune([loss], racers, BUDGET, starts=START, stopped=lambda: True) == []


MISTAKES = [
    ({"budget": 0}, "The budget of evaluations must be a whole number from 1 up, not 0."),
    ({"budget": -5}, "not -5."),
    ({"budget": 2.5}, "not 2.5."),
    ({"trials": 0}, "The number of trials must be a whole number from 1 up, not 0."),
    ({"racers": ["Adm"]}, 'Did you mean "Adam"'),
    ({"losses": []}, "There is no loss to tune on."),
    ({"seeds": ()}, "There is no seed to run with."),
    ({"starts": (1, 2, 3)}, "Starts are points"),
    ({"score": "best"}, "There are: median, worst."),
    ({"batch": 0}, "at least 1"),
    ({"spaces": []}, "There are 1 racers and 0 search spaces."),
    ({"spaces": [[Dimension("speed", 1, 2)]]}, 'Adam has no hyperparameter "speed". Known: '),
]


@pytest.mark.parametrize(("options", "sentence"), MISTAKES)
def test_a_mistake_is_a_sentence(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        tune(**{"losses": [compile_loss(BOWL)], "racers": ["Adam"], **options})
    assert sentence in str(caught.value)


def test_a_range_that_is_none_is_a_sentence() -> None:
    for ends in ((1.0, 1.0), (2.0, 1.0), (1.0, math.inf), (0.0, 1.0)):
        with pytest.raises(FormulaError, match="cannot be tuned"):
            Dimension("lr", *ends)
    with pytest.raises(FormulaError, match='declares no range for a hyperparameter "speed"'):
        search_space("Adam", ["speed"])
