"""The kind of height with which a landscape is shown first."""

import time

import numpy as np
import pytest

from engine.loss.heights import AUTOMATIC, HEIGHTS, fit_scale, suited_kind
from engine.loss.loss import Loss
from engine.loss.terrain import sample_terrain
from engine.loss.terrain_sampler import TerrainSampler
from landscapes import LANDSCAPES

SIZE = 96


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Beale", "rank"), ("Rosenbrock", "log"), ("Himmelblau", "log"), ("Rastrigin", "linear"), ("Easom", "linear")],
)
def test_each_landscape_opens_with_the_height_that_suits_it(name: str, kind: str) -> None:
    landscape = LANDSCAPES[name]
    loss = Loss(landscape.formula, landscape.parameters)
    terrain = sample_terrain(loss.preview, landscape.domain, SIZE, SIZE, 0, AUTOMATIC)
    assert suited_kind(terrain.values) == kind
    assert terrain.heights == pytest.approx(fit_scale(terrain.values, kind).heights(terrain.values))


@pytest.mark.parametrize("losses", [np.full((9, 9), 3.0), np.full((9, 9), np.nan), np.array([[np.inf, -1e308, 1e308]])])
def test_any_losses_have_a_kind(losses: np.ndarray) -> None:
    assert suited_kind(losses) in HEIGHTS


def test_the_kind_stays_while_a_parameter_is_dragged_and_is_found_again_for_the_next_landscape() -> None:
    sampler, loss = TerrainSampler(), Loss("exp(a*(x^2 + y^2)) + x", {"a": 0.05})
    sampler.bounds = ((-4.0, 4.0), (-4.0, 4.0))
    sampler.sample(loss, anew=True)
    before = sampler.height
    loss.set(a=2.0)
    sampler.sample(loss)
    assert sampler.height == before
    sampler.sample(loss, anew=True)
    assert sampler.height != before
    sampler.set_height(before)
    sampler.sample(loss, anew=True)
    assert sampler.height == before, "a person's choice holds for every landscape"
    sampler.set_height(AUTOMATIC)
    assert sampler.height != before


def test_finding_the_kind_takes_a_few_milliseconds() -> None:
    values = np.random.default_rng(0).normal(size=(256, 256))
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        suited_kind(values)
        taken.append(time.perf_counter() - began)
    assert min(taken) < 0.006
