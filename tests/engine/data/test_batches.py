"""Mini-batches: the same rows for everybody, each once an epoch, and the same on every replay."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import FormulaError, Race, Swarm, compile_loss, compile_rule
from engine.data.batches import Batches
from engine.data.columns import Columns

GENERATOR = np.random.default_rng(3)
U = GENERATOR.normal(size=100)
V = 0.5 * U + 1 + 0.3 * GENERATOR.normal(size=100)
LINE = "mean((x*u + y - v)^2)"
START = (-1.5, 2.0)


def line_race(*racers: str, batch: int | None = 8, seed: int = 0) -> Race:
    return Race(compile_loss(LINE, {"u": U, "v": V}), racers, START, seed, batch=batch)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 70), st.integers(-(2**70), 2**70))
def test_an_epoch_goes_through_every_row_once(rows: int, size: int, seed: int) -> None:
    batches = Batches(Columns({"u": np.arange(rows)}), size, seed)
    for epoch in (0, 3):
        steps = range(epoch * batches.per_epoch + 1, (epoch + 1) * batches.per_epoch + 1)
        chosen = [batches.rows_of(step) for step in steps]
        assert sorted(np.concatenate(chosen).tolist()) == list(range(rows))
        assert all(len(rows_of_step) == batches.size for rows_of_step in chosen[:-1])


def test_orders_differ_between_epochs_and_between_seeds() -> None:
    columns = Columns({"u": U})
    orders = [
        tuple(Batches(columns, 50, seed).rows_of(2 * epoch + 1).tolist()) for seed in (0, 1) for epoch in range(4)
    ]
    assert len(set(orders)) == len(orders)


def test_every_place_is_as_likely_for_every_row() -> None:
    rows, epochs = 5, 4000
    batches = Batches(Columns({"u": np.arange(rows)}), 1, 9)
    firsts = [int(batches.rows_of(epoch * rows + 1)[0]) for epoch in range(epochs)]
    expected = epochs / rows
    assert (np.abs(np.bincount(firsts) - expected) < 5 * np.sqrt(expected)).all()


def test_a_step_learns_from_its_batch_alone() -> None:
    race = line_race("SGD(lr=0.1)")
    race.advance(30)
    batches = Batches(Columns({"u": U, "v": V}), 8, 0)
    x, y = START
    for step in range(1, 31):
        u, v = U[batches.rows_of(step)], V[batches.rows_of(step)]
        residual = x * u + y - v
        x, y = x - 0.1 * np.mean(2 * residual * u), y - 0.1 * np.mean(2 * residual)
        assert race.trail(0)[step] == pytest.approx([x, y], rel=1e-12)


def test_shown_losses_are_those_of_all_rows() -> None:
    race = line_race("Adam(lr=0.05)")
    race.advance(200)
    trail = race.trail(0)
    np.testing.assert_array_equal(race.trail_losses(0), race.loss.value(trail[:, 0], trail[:, 1]))
    assert race.losses[0] == race.trail_losses(0)[-1]


def test_the_same_batches_for_every_racer_whenever_it_enters() -> None:
    race = line_race("SGD(lr=0.05)")
    race.advance(77)
    race.add("SGD(lr=0.05)", START)
    race.advance(23)
    assert race.trail(0).tobytes() == race.trail(1).tobytes()


def test_a_race_on_batches_is_the_same_however_it_is_cut_into_slices() -> None:
    whole, sliced = line_race("Adam(lr=0.01)"), line_race("Adam(lr=0.01)")
    whole.advance(9000)
    for steps in (1, 12, 4096, 4000, 891):
        sliced.advance(steps)
    assert whole.trail(0).tobytes() == sliced.trail(0).tobytes()


def test_going_back_and_on_again_repeats_batches_data_and_sizes() -> None:
    race = line_race("Momentum(lr=0.01)")
    race.advance(1500)
    race.set_batch(3)
    race.advance(400)
    race.loss.set_columns({"u": U[:40], "v": V[:40] + 1})
    race.advance(400)
    trail = race.trail(0).copy()
    race.rewind(1200)
    race.rewind(1100)
    assert race.trail(0).tobytes() == trail[:1101].tobytes()


def test_batches_may_be_given_up_under_way() -> None:
    race = line_race("Adam(lr=0.05)")
    race.advance(50)
    race.set_batch(None)
    race.advance(3000)
    slope, intercept = np.polyfit(U, V, 1)
    assert race.positions[0] == pytest.approx([slope, intercept], abs=1e-6)


def test_a_swarm_on_batches_moves_bit_for_bit_like_a_race() -> None:
    loss = compile_loss(LINE, {"u": U, "v": V})
    starts = GENERATOR.uniform(-2, 2, (20, 2))
    swarm, race = (
        Swarm(loss, "Adam(lr=0.02)", starts, 5, batch=7),
        Race(loss, ["Adam(lr=0.02)"] * 20, starts, 5, batch=7),
    )
    swarm.advance(500)
    race.advance(500)
    assert swarm.positions.tobytes() == race.positions.tobytes()


def test_a_batch_of_all_rows_is_no_batch() -> None:
    whole, all_rows = line_race("Adam(lr=0.05)", batch=None), line_race("Adam(lr=0.05)", batch=100)
    whole.advance(50)
    all_rows.advance(50)
    assert whole.trail(0).tobytes() == all_rows.trail(0).tobytes()


def test_solvers_are_given_all_rows() -> None:
    race, whole = line_race("BFGS", "Newton"), line_race("BFGS", "Newton", batch=None)
    race.advance(20)
    whole.advance(20)
    assert race.positions.tobytes() == whole.positions.tobytes()


def test_an_epoch_is_counted_when_all_rows_were_used() -> None:
    race = line_race("SGD(lr=0.01)", batch=30)
    assert race.epoch == 0
    race.advance(3)
    assert race.epoch == 0
    race.advance(1)
    assert race.epoch == 1
    assert line_race("SGD", batch=None).epoch == 0
    assert Race(compile_loss("x^2 + y^2"), ["SGD"]).epoch is None


def test_another_point_is_asked_with_the_rows_of_the_step() -> None:
    loss = compile_loss("mean((x - u)^2) + 0*y", {"u": np.array([0.0, 8.0])})
    race = Race(loss, [compile_rule("q = grad(w)\nw = w - 0.5*q")], (1.0, 0.0), batch=1)
    race.advance(2)
    assert sorted(race.trail(0)[1:, 0].tolist()) == [0.0, 8.0]


@pytest.mark.parametrize("batch", [0, -1, 2.5])
def test_a_batch_is_a_whole_number_of_rows(batch: float) -> None:
    with pytest.raises(FormulaError, match="whole number of rows"):
        line_race("SGD", batch=batch)  # type: ignore[arg-type]


def test_without_data_there_is_no_batch() -> None:
    with pytest.raises(FormulaError, match="this loss has none"):
        Race(compile_loss("x^2"), ["SGD"], batch=4)


def test_a_racer_that_leaves_the_numbers_stops_on_batches_too() -> None:
    race = line_race("SGD(lr=50)")
    race.advance(5000)
    assert race.status[0].startswith("diverged at step") and np.isfinite(race.trail_losses(0)).all()
