"""Results as tables of pandas and xarray, where these are installed."""

import sys
from collections.abc import Callable

import numpy as np
import pytest

from engine import basins, compile_loss, league, sweep
from engine.race.maps.basins import Basins
from engine.race.maps.sweep import Sweep
from engine.tuning.league import League

MISSING = "is not installed; make test-optional runs these tests"


def played() -> League:
    return league(["SGD", "Adam"], ["Beale", "Rosenbrock"], 20, trials=1)


def swept() -> Sweep:
    rates, heights = np.array([0.01, 0.1, 3.0]), np.array([1.0, 2.0])
    return sweep(compile_loss("h*x^2 + y^2"), "SGD", {"lr": rates, "h": heights}, (1, 1), 20)


def mapped() -> Basins:
    return basins(compile_loss("(x^2 - 1)^2 + y^2"), "SGD(lr=0.05)", ((-2, 2), (-1, 1)), (6, 4), 200)


def test_a_league_becomes_a_table_by_racer_and_landscape() -> None:
    pytest.importorskip("pandas", reason=f"pandas {MISSING}")
    result = played()
    table = result.to_pandas()
    assert table.loc[("Adam", "Beale"), "loss"] == result.rows[2].loss
    assert table["loss"].unstack().shape == (2, 2) and table.loc[("SGD", "Rosenbrock"), "text"] == "SGD"


def test_a_sweep_becomes_a_dataset_over_its_axes() -> None:
    pytest.importorskip("xarray", reason=f"xarray {MISSING}")
    data = swept().to_xarray()
    assert data.losses.dims == ("lr", "h") and data.losses.shape == (3, 2)
    assert not data.diverges.sel(lr=0.1, h=1.0) and data.diverges.sel(lr=3.0, h=2.0)
    assert float(data.losses.sel(lr=0.1).min()) == swept().losses[1].min()


def test_a_basin_map_becomes_a_dataset_over_its_starts() -> None:
    pytest.importorskip("xarray", reason=f"xarray {MISSING}")
    result = mapped()
    data = result.to_xarray()
    assert data.labels.dims == ("y", "x") and data.sizes == {"y": 4, "x": 6, "minimum": 2}
    right = data.labels.sel(x=1.5, y=0.0, method="nearest")
    assert data.minimum_x[int(right)] == pytest.approx(1.0)
    assert (data.end_y.values == result.ends[..., 1]).all()


@pytest.mark.parametrize(
    ("package", "ask"),
    [
        ("pandas", lambda: League([]).to_pandas()),
        ("xarray", lambda: swept().to_xarray()),
        ("xarray", lambda: mapped().to_xarray()),
    ],
    ids=["league", "sweep", "basins"],
)
def test_a_missing_package_is_told_in_a_sentence(
    package: str, ask: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What stands there as None cannot be imported.
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"^This needs the package {package}, which is not installed: pip install"):
        ask()
