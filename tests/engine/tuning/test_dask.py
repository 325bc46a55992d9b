"""Sweeps, tunings and leagues on Dask's executor: two workers on this machine."""

import os
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import numpy as np
import pytest

from engine import compile_loss, league, sweep, tune
from engine.machine.jobs import run_jobs
from tests.engine.machine.dying import die

distributed = pytest.importorskip("distributed", reason="Dask is not installed; make test-optional runs these tests")
pytestmark = [pytest.mark.thorough, pytest.mark.timeout(600)]

RACERS, PLACES, BUDGET = ["Adam", "BFGS"], ["Beale", "LinearRegression"], 20
LOSS = compile_loss("(1 - x)^2 + 100*(y - x^2)^2")
PAGE = Path(__file__).parents[3] / "docs" / "tuning.md"


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    import dask

    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.admin.low-level-log-length": 0}
    with (
        dask.config.set(settings),
        distributed.LocalCluster(2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture
def executor(client: object) -> Iterator[Executor]:
    with client.get_executor() as executor:
        yield executor


def test_a_league_on_dask_has_the_rows_that_it_has_here(executor: Executor) -> None:
    assert league(RACERS, PLACES, BUDGET, executor).rows == league(RACERS, PLACES, BUDGET).rows


def test_a_tuning_on_dask_finds_what_it_finds_here(executor: Executor) -> None:
    there, here = (tune([LOSS], RACERS, BUDGET, where, starts=(1, 2), trials=3) for where in (executor, None))
    assert [(each.text, each.loss, each.score) for each in there] == [
        (each.text, each.loss, each.score) for each in here
    ]


def test_a_sweep_on_dask_has_the_same_bits(executor: Executor) -> None:
    axes = {"lr": np.geomspace(1e-3, 10, 70), "beta1": np.linspace(0, 0.9, 5)}
    there, here = (sweep(LOSS, "Adam", axes, (-1.2, 1), 60, 0.1, executor=where) for where in (executor, None))
    for name in ("losses", "start_losses", "steps", "escape"):
        assert getattr(there, name).tobytes() == getattr(here, name).tobytes()


def test_a_worker_that_dies_costs_its_job_which_is_tried_again(executor: Executor, tmp_path: Path) -> None:
    names = ["a", "once", "b", "fatal", "c"]
    results = dict(run_jobs(die, [tmp_path / name for name in names], executor))
    assert {names[number]: result for number, result in results.items()} == {
        "a": "a", "once": "once", "b": "b", "c": "c", "fatal": None
    }  # fmt: skip


def test_the_lines_for_a_cluster_on_the_page_of_tuning_do_what_they_say(
    client: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program,) = re.findall(r"^```python\n(from dask.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(program.replace("tcp://scheduler:8786", client.scheduler.address), names)
    assert len(Path("league.csv").read_text().splitlines()) == 5 and os.listdir() == ["league.csv"]
    assert np.isfinite(names["map"].losses).all()
