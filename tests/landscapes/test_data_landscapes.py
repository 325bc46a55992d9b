"""Every loss from data is what its entry says, for the data that it begins with."""

import math
from functools import cache

import numpy as np
import pytest

from engine import Loss, Race, compile_loss
from engine.data.datasets import GENERATORS, generate
from engine.loss.prediction import Prediction
from landscapes import DATA_LANDSCAPES, LANDSCAPES, TAGS, DataLandscape

LONGEST_NOTE = 120
EXACT = 1e-9
KINKED = {"AbsoluteRegression"}
GRID = 161

every = pytest.mark.parametrize("landscape", DATA_LANDSCAPES.values(), ids=lambda landscape: landscape.name)


@cache
def loss_of(name: str) -> Loss:
    entry = DATA_LANDSCAPES[name]
    return compile_loss(entry.formula, generate(entry.data, **entry.settings), **entry.parameters)


@every
def test_every_entry_says_what_it_teaches_and_names_its_data(landscape: DataLandscape) -> None:
    assert landscape.note.endswith(".") and landscape.note.count(".") == 1
    assert len(landscape.note) <= LONGEST_NOTE
    assert set(landscape.tags) <= set(TAGS)
    assert landscape.data in GENERATORS
    assert set(landscape.settings) <= set(GENERATORS[landscape.data].defaults)
    assert set(loss_of(landscape.name).parameters) == set(landscape.parameters) == set(landscape.ranges)


def test_no_loss_from_data_has_the_name_or_the_note_of_another_landscape() -> None:
    entries = [*LANDSCAPES.values(), *DATA_LANDSCAPES.values()]
    assert len({entry.name.lower() for entry in entries}) == len({entry.note for entry in entries}) == len(entries)


@every
def test_every_minimum_has_the_lowest_loss_and_is_level(landscape: DataLandscape) -> None:
    loss = loss_of(landscape.name)
    for point in landscape.minima:
        assert float(loss.value(*point)) == pytest.approx(landscape.lowest, abs=EXACT)
        if landscape.name not in KINKED:
            assert math.hypot(*loss.gradient(*point)) < EXACT


@every
def test_nothing_in_the_domain_lies_lower(landscape: DataLandscape) -> None:
    x, y = np.meshgrid(*(np.linspace(*side, GRID) for side in landscape.domain))
    assert np.nanmin(loss_of(landscape.name).value(x, y)) >= landscape.lowest - EXACT


@pytest.mark.parametrize("name", KINKED)
def test_a_kinked_minimum_is_the_lowest_of_all_points_beside_it(name: str) -> None:
    landscape, loss = DATA_LANDSCAPES[name], loss_of(name)
    (x, y), angles = landscape.minima[0], np.linspace(0, 2 * np.pi, 720)
    for radius in (1e-6, 1e-3, 1.0):
        assert loss.value(x + radius * np.cos(angles), y + radius * np.sin(angles)).min() > landscape.lowest


@every
def test_a_saddle_is_level_and_bends_both_ways(landscape: DataLandscape) -> None:
    for point in landscape.saddles:
        hxx, hxy, hyy = (float(part) for part in loss_of(landscape.name).hessian(*point))
        lesser, greater = np.linalg.eigvalsh([[hxx, hxy], [hxy, hyy]])
        assert math.hypot(*loss_of(landscape.name).gradient(*point)) < EXACT and lesser < 0 < greater


@every
def test_every_start_lies_in_the_domain_where_there_is_a_slope(landscape: DataLandscape) -> None:
    for start in (landscape.start, *landscape.other_starts):
        assert all(low < value < high for value, (low, high) in zip(start, landscape.domain, strict=True))
        assert 0 < math.hypot(*loss_of(landscape.name).gradient(*start)) < math.inf


@pytest.mark.parametrize("name", [name for name in DATA_LANDSCAPES if "convex" in DATA_LANDSCAPES[name].tags])
def test_between_two_points_of_a_convex_loss_nothing_lies_above_the_line(name: str) -> None:
    low, high = np.array(DATA_LANDSCAPES[name].domain).T
    here, there = np.random.default_rng(2).uniform(low, high, (2, 500, 2))
    value = loss_of(name).value
    line = (value(*here.T) + value(*there.T)) / 2
    assert np.all(value(*((here + there) / 2).T) <= line + EXACT * np.abs(line))


@every
def test_an_ill_conditioned_minimum_bends_a_hundred_times_more_one_way(landscape: DataLandscape) -> None:
    hxx, hxy, hyy = (float(part) for part in loss_of(landscape.name).hessian(*landscape.minima[0]))
    lesser, greater = np.linalg.eigvalsh([[hxx, hxy], [hxy, hyy]])
    assert (greater > 100 * lesser) == ("ill-conditioned" in landscape.tags) or landscape.name in KINKED


def lead(name: str, ahead: str, behind: str, steps: int) -> bool:
    race = Race(loss_of(name), [ahead, behind], DATA_LANDSCAPES[name].start)
    race.advance(steps)
    excess = race.losses - DATA_LANDSCAPES[name].lowest
    return bool(excess[0] < 0.1 * excess[1])


def test_strides_of_their_own_help_the_sparse_column() -> None:
    assert lead("SparseColumnRegression", "Adagrad(lr=1)", "SGD(lr=0.5)", 40)


def test_standardising_makes_a_round_bowl_of_the_ravine() -> None:
    steps = 100
    raw = Race(loss_of("RawColumnRegression"), ["SGD(lr=0.05)"], DATA_LANDSCAPES["RawColumnRegression"].start)
    round_ = Race(loss_of("StandardisedRegression"), ["SGD(lr=0.4)"], DATA_LANDSCAPES["StandardisedRegression"].start)
    raw.advance(steps)
    round_.advance(steps)
    assert round_.losses[0] - DATA_LANDSCAPES["StandardisedRegression"].lowest < 1e-12
    assert raw.losses[0] - DATA_LANDSCAPES["RawColumnRegression"].lowest > 1e-3


def test_the_prediction_of_a_class_is_its_probability() -> None:
    loss, landscape = loss_of("LogisticRegression"), DATA_LANDSCAPES["LogisticRegression"]
    said = Prediction(landscape.prediction, [*loss.columns]).values([0.5], [-0.2], loss.columns, {})[0]
    classes = loss.columns["c"]
    entropy = -np.mean(classes * np.log(said) + (1 - classes) * np.log(1 - said))
    assert entropy == pytest.approx(float(loss.value(0.5, -0.2)), rel=1e-12)


@every
def test_every_loss_has_a_prediction_of_each_row_for_each_racer(landscape: DataLandscape) -> None:
    loss = loss_of(landscape.name)
    model = Prediction(landscape.prediction or landscape.formula, [*loss.columns])
    said = model.values([0.1, 0.2], [0.3, 0.4], loss.columns, loss.parameters)
    assert said.shape == (2, loss.rows) and np.isfinite(said).all()
    assert model.reads == set(list(loss.columns)[:-1])
