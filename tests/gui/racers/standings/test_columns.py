"""Where each racer stands, in numbers."""

from dataclasses import replace

import numpy as np
import pytest

from engine.live.frame import RacerFrame
from engine.race.evaluations import Evaluations
from engine.race.trail import Trail
from gui.racers.standings.columns import (
    COLUMNS,
    Standing,
    distance_to_nearest,
    evaluations_until,
    ordered,
    tab_separated,
    text_of,
)

TITLES = [column.title for column in COLUMNS]
ROW = Standing(1, "Adam", "red", 2, 0.1 + 0.2, 1.5, None, 1200, 0.25, "running", "")
OTHERS = [
    replace(ROW, key=2, name="sgd", rank=1, loss=float("nan"), distance=None, arrived=40),
    replace(ROW, key=3, name="Momentum", rank=3, loss=-2.0, distance=0.25, arrived=9),
]


def racer(last_step: int, evaluations: int | None = None, counted: bool = True) -> RacerFrame:
    trail = Trail(object(), np.arange(last_step + 1), np.zeros((last_step + 1, 2)), np.zeros(last_step + 1))
    by_step = Evaluations(np.array([0.0, 10.0]), np.array([0.0, 20.0]), 2.0) if counted else None
    return RacerFrame((0.0, 0.0), 1.0, "running", 1, trail, evaluations=evaluations, evaluations_by_step=by_step)


def test_the_distance_is_that_of_the_nearest_of_all_minima() -> None:
    assert distance_to_nearest((1.0, 1.0), [(1.0, 4.0), (4.0, 5.0), (1.0, -9.0)]) == 3.0


def test_without_a_known_minimum_or_a_finite_point_there_is_no_distance() -> None:
    assert distance_to_nearest((1.0, 1.0), []) is None
    assert distance_to_nearest((float("nan"), 1.0), [(0.0, 0.0)]) is None
    assert distance_to_nearest((float("inf"), 1.0), [(0.0, 0.0)]) is None


def test_evaluations_grow_with_the_steps_and_end_where_a_racer_has_diverged() -> None:
    assert evaluations_until(racer(last_step=100), step=100) == 200
    assert evaluations_until(racer(last_step=30), step=100) == 60
    assert evaluations_until(racer(last_step=100, evaluations=77), step=100) == 77, "a solver counts itself"
    assert evaluations_until(racer(last_step=100, counted=False), step=100) is None


@pytest.mark.parametrize(
    ("title", "rising", "falling"),
    [
        ("Rank", [2, 1, 3], [3, 1, 2]),
        ("Racer", [1, 3, 2], [2, 3, 1]),
        ("Loss", [3, 1, 2], [1, 3, 2]),
        ("Distance", [3, 1, 2], [1, 3, 2]),
        ("Arrived", [3, 2, 1], [2, 3, 1]),
    ],
)
def test_every_column_orders_both_ways_and_unknown_values_come_last(
    title: str, rising: list[int], falling: list[int]
) -> None:
    rows, column = [ROW, *OTHERS], TITLES.index(title)
    assert [row.key for row in ordered(rows, column)] == rising
    assert [row.key for row in ordered(rows, column, descending=True)] == falling


def test_a_cell_is_short_and_a_copied_one_has_all_digits() -> None:
    assert text_of(ROW, TITLES.index("Loss")) == "0.3"
    assert text_of(ROW, TITLES.index("Evaluations")) == "1,200"
    assert text_of(ROW, TITLES.index("Arrived")) == "–"
    titles, line = tab_separated([replace(ROW, name="my\tracer")]).splitlines()
    assert titles.split("\t") == TITLES
    cells = dict(zip(TITLES, line.split("\t"), strict=True))
    assert float(cells["Loss"]) == 0.1 + 0.2
    assert (cells["Racer"], cells["Arrived"], cells["Evaluations"]) == ("my racer", "", "1200")
