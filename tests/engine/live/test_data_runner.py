"""A loss from data under the runner: a coarse picture first, other rows under the race, mini-batches and epochs."""

from collections.abc import Iterator

import numpy as np
import pytest

from engine.data.columns import Columns
from engine.data.rows import MadeData
from engine.live.commands import Play, SetBatch, SetData, SetFormula, SetRacers, Step
from engine.live.frame import Frame
from engine.live.racer_settings import RacerSettings
from engine.live.runner import Runner
from engine.loss.loss import Loss
from engine.loss.terrain import sample_terrain
from engine.loss.terrain_sampler import COARSE_SIZE, DETAIL_WORK, TERRAIN_SIZE, TerrainSampler, affordable
from tests.engine.live.running import wait_for

LINE = "mean((x*u + y - v)^2)"
BOUNDS = ((-2.0, 3.0), (-2.0, 4.0))
POINTS = 4000


@pytest.fixture
def runner() -> Iterator[Runner]:
    runner = Runner()
    runner.post(SetRacers((RacerSettings(1, "SGD", {"lr": 0.05}),)))
    runner.post(SetFormula(LINE, BOUNDS, {}, (-1.5, -1.2), data=MadeData("line", {"points": 200})))
    runner.start()
    yield runner
    runner.stop()


def first_frame(runner: Runner) -> Frame:
    return wait_for(runner, lambda frame: True)


def test_a_small_data_set_is_drawn_at_once(runner: Runner) -> None:
    frame = first_frame(runner)
    assert frame.terrain.values.shape == (TERRAIN_SIZE, TERRAIN_SIZE)
    assert frame.columns is not None and frame.columns.rows == 200 and frame.epoch == 0


def test_other_rows_move_the_landscape_under_the_race(runner: Runner) -> None:
    runner.post(Play())
    wait_for(runner, lambda frame: frame.step > 5)
    request = runner.post(SetData(MadeData("line", {"slope": -2})))
    frame = wait_for(runner, lambda frame: frame.answered >= request)
    assert frame.step > 5 and frame.columns is not None
    assert np.polyfit(frame.columns["u"], frame.columns["v"], 1)[0] == pytest.approx(-2, abs=0.1)
    lowest = np.unravel_index(np.argmin(frame.terrain.values), frame.terrain.values.shape)[1]
    assert np.linspace(*BOUNDS[0], frame.terrain.values.shape[1])[lowest] == pytest.approx(-2, abs=0.1)


def test_columns_of_a_file_may_be_raced_on(runner: Runner) -> None:
    columns = {"mass": np.array([1.0, 2.0, 3.0]), "size": np.array([2.0, 4.0, 6.0])}
    runner.post(SetFormula("mean((x*mass + y - size)^2)", BOUNDS, {}, (0.0, 0.0), data=columns))
    frame = wait_for(runner, lambda frame: "mass" in frame.formula.text)
    assert frame.terrain.loss_near(2.0, 0.0) < 0.01


def test_epochs_are_counted_by_batches(runner: Runner) -> None:
    runner.post(SetBatch(20))
    runner.post(Step(35))
    assert wait_for(runner, lambda frame: frame.step == 35).epoch == 3
    runner.post(SetBatch(None))
    runner.post(Step(1))
    assert wait_for(runner, lambda frame: frame.step == 36).epoch == 36


def test_a_batch_size_is_kept_for_the_next_data_set(runner: Runner) -> None:
    runner.post(SetBatch(50))
    runner.post(SetFormula("x^2 + y^2", BOUNDS, {}, (1.0, 1.0)))
    assert wait_for(runner, lambda frame: frame.columns is None).epoch is None
    runner.post(SetFormula(LINE, BOUNDS, {}, (1.0, 1.0), data=MadeData("line")))
    runner.post(Step(8))
    assert wait_for(runner, lambda frame: frame.step == 8 and frame.columns is not None).epoch == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (None, '"mean(...)" runs over the rows of a data set, and there is none.'),
        (MadeData("circle"), 'There is no data set "circle".'),
        ({"u": np.array([]), "v": np.array([])}, "There is no row in this data set."),
    ],
)
def test_what_cannot_be_run_over_is_told_and_the_last_good_one_stays(runner: Runner, data: object, told: str) -> None:
    first_frame(runner)
    request = runner.post(SetFormula(LINE + " + x^2", BOUNDS, {}, data=data))  # type: ignore[arg-type]
    frame = wait_for(runner, lambda frame: frame.formula.request == request)
    assert frame.formula.error is not None and frame.formula.error.message == told
    assert frame.formula.text == LINE


def test_a_large_data_set_is_drawn_coarsely_and_then_finely() -> None:
    loss = Loss(LINE, {}, Columns({"u": np.linspace(-1, 1, POINTS), "v": np.linspace(0, 1, POINTS) ** 2})).compile()
    sampler = TerrainSampler()
    sampler.bounds = BOUNDS
    sampler.sample(loss)
    assert sampler.terrain is not None and sampler.terrain.values.shape == (COARSE_SIZE, COARSE_SIZE)
    parts = 1
    while not sampler.refine(loss):
        assert sampler.terrain.values.shape == (COARSE_SIZE, COARSE_SIZE)
        parts += 1
    assert parts > 5, "a command need not wait for all of it"
    whole = sample_terrain(loss.value, BOUNDS, TERRAIN_SIZE, TERRAIN_SIZE, 1)
    assert sampler.terrain.values.tobytes() == whole.values.tobytes()
    assert sampler.terrain.heights.tobytes() == whole.heights.tobytes()
    assert sampler.detail_due_s is None


def test_what_is_visible_waits_for_the_domain_and_is_then_sampled() -> None:
    loss = Loss(LINE, {}, Columns({"u": np.ones(POINTS), "v": np.ones(POINTS)})).compile()
    sampler = TerrainSampler()
    sampler.sample(loss)
    sampler.set_viewport(((0.0, 0.5), (0.0, 0.5)), 300, 300)
    shapes = []
    while sampler.detail_due_s is not None:
        if sampler.refine(loss):
            shapes.append((sampler.terrain.values.shape, sampler.detail is not None))
    assert shapes == [((TERRAIN_SIZE, TERRAIN_SIZE), False), ((TERRAIN_SIZE, TERRAIN_SIZE), True)]


def test_where_nobody_looks_any_more_only_the_domain_is_sampled() -> None:
    loss = Loss(LINE, {}, Columns({"u": np.ones(POINTS), "v": np.ones(POINTS)})).compile()
    sampler = TerrainSampler()
    sampler.sample(loss)
    sampler.set_viewport(((0.0, 0.5), (0.0, 0.5)), 300, 300)
    sampler.clear_viewport()
    while sampler.detail_due_s is not None:
        sampler.refine(loss)
    assert sampler.terrain is not None and sampler.terrain.values.shape == (TERRAIN_SIZE, TERRAIN_SIZE)
    sampler.set_viewport(((0.0, 0.5), (0.0, 0.5)), 300, 300)
    assert not sampler.refine(loss), "a part of it"
    sampler.clear_viewport()
    assert sampler.detail_due_s is None and sampler.detail is None


def test_a_sample_under_way_is_finished_while_the_view_moves_on() -> None:
    loss = Loss(LINE, {}, Columns({"u": np.ones(POINTS), "v": np.ones(POINTS)})).compile()
    sampler, seen = TerrainSampler(), []
    sampler.sample(loss)
    while sampler.detail_due_s is not None:
        sampler.refine(loss)
    for move in range(30):
        sampler.set_viewport(((0.01 * move, 0.5 + 0.01 * move), (0.0, 0.5)), 60, 60)
        if sampler.refine(loss) and sampler.detail is not None:
            seen.append(sampler.detail.bounds[0][0])
    while sampler.detail_due_s is not None:
        sampler.refine(loss)
    assert seen == sorted(seen) != [] and sampler.detail.bounds[0][0] == 0.29, "and the last view is sampled too"


def test_a_finer_sample_costs_no_more_than_it_is_worth() -> None:
    assert affordable(572, 530, 1) == (572, 530)
    columns, rows = affordable(572, 530, 10_000)
    assert TERRAIN_SIZE < columns < 572 and columns * rows * 10_000 == pytest.approx(DETAIL_WORK, rel=0.01)
    assert affordable(572, 100, 10**9) == (TERRAIN_SIZE, 100), "as fine as the domain, whatever that costs"
