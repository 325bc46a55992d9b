"""Arrows and ellipses on a picture: where they point, how long they are, and what is said of that."""

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from engine.language.types import Point
from gui.views.contour.arrows.layer import Arrows, ArrowStrokes
from gui.views.contour.arrows.marks import HeadMarks
from gui.views.contour.arrows.scales import PATIENCE, Scales, number_of, round_below
from gui.views.raster_layer import Viewport

RED = "#ff0000"
SIDE = 200
VIEWPORT = Viewport(((-2.0, 2.0), (-1.0, 1.0)), (SIDE, SIDE), 1.0)
"""A unit of x is 50 px, one of y 100 px."""
KINDS = ("gradient", "momentum", "step", "rate")


def red_places(strokes: ArrowStrokes, marks: Sequence[HeadMarks], kinds: tuple[str, ...] = KINDS) -> np.ndarray:
    """Return the pixels of a picture that are of the racer's colour, from its middle: rightwards and upwards."""
    image = strokes.draw(VIEWPORT, Arrows(tuple(marks), kinds, "#0000ff")).image
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    rows, columns = np.nonzero((raw[..., 2] > 200) & (raw[..., 0] < 60))
    return np.column_stack([columns - SIDE / 2, SIDE / 2 - rows])


@pytest.mark.parametrize("kind", KINDS[:3])
@pytest.mark.parametrize("vector", [(3.0, 0.0), (0.0, -0.02), (-500.0, 250.0)], ids=str)
def test_an_arrow_points_along_its_vector(qapp: QApplication, kind: str, vector: Point) -> None:
    places = red_places(ArrowStrokes(), [HeadMarks((0.0, 0.0), RED, {kind: vector})])
    farthest = places[np.hypot(*places.T).argmax()]
    expected = np.array(vector) * [50.0, 100.0]
    angle = np.degrees(np.arctan2(*farthest[::-1]) - np.arctan2(*expected[::-1]))
    assert abs((angle + 180) % 360 - 180) < 12 and 20 <= np.hypot(*farthest) <= 75


def test_an_ellipse_has_the_radii_of_its_rates(qapp: QApplication) -> None:
    strokes = ArrowStrokes()
    places = np.abs(red_places(strokes, [HeadMarks((0.0, 0.0), RED, {"rate": (0.01, 0.0025)})]))
    across, up = places.max(axis=0)
    # A rate of 0.01 is 50 px per unit, and a quarter of it twice as many.
    assert across / up == pytest.approx(2.0, rel=0.1)


def test_all_racers_have_one_factor_and_it_stays_while_arrows_can_be_read() -> None:
    scales = Scales()
    assert scales.fitted({"step": [1.0, 7.0]}) == {"step": 5.0}
    assert scales.fitted({"step": [15.0]}) == {"step": 5.0}
    assert scales.fitted({"step": [50.0]}) == {"step": 1.0}
    assert scales.fitted({"step": [0.0]}) == {"step": 1.0}


def test_arrows_that_no_finite_factor_would_show_get_none() -> None:
    scales = Scales()
    assert scales.fitted({"gradient": [5e-324]}) == {"gradient": 1.0}
    assert scales.fitted({"gradient": [6.0]}) == {"gradient": 10.0}


def test_a_factor_does_not_swing_with_the_gradients_of_a_race_but_suits_a_race_that_is_held() -> None:
    scales = Scales()
    assert scales.fitted({"gradient": [60.0]}, settled=False) == {"gradient": 1.0}
    swings = [scales.fitted({"gradient": [length]}, settled=False)["gradient"] for length in (0.5, 40.0) * 50]
    assert set(swings) == {1.0}
    assert scales.fitted({"gradient": [6000.0]}, settled=False) == {"gradient": 0.01}, "too long ones cover the plot"
    faded = [scales.fitted({"gradient": [60.0]}, settled=False)["gradient"] for _ in range(PATIENCE)]
    assert set(faded[:-1]) == {0.01} and faded[-1] == 1.0
    assert scales.fitted({"gradient": [6.0]}) == {"gradient": 10.0}


@pytest.mark.parametrize(("factor", "text"), [(0.02, "0.02"), (5.0, "5"), (2e-7, "2e−7"), (1e6, "1e6"), (2e12, "2e12")])
def test_a_factor_is_a_round_number(factor: float, text: str) -> None:
    assert round_below(factor * 1.3) == pytest.approx(factor)
    assert number_of(factor) == text


def test_what_is_no_number_is_not_drawn(qapp: QApplication) -> None:
    marks = [HeadMarks((0.0, 0.0), RED, {"step": (np.nan, 1.0)}), HeadMarks((np.inf, 0.0), RED, {"step": (1.0, 1.0)})]
    assert len(red_places(ArrowStrokes(), marks)) == 0
