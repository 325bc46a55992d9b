"""What the loss curves say at the pointer, without a window."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect

from engine.live.frame import RacerFrame
from engine.race.evaluations import Evaluations
from engine.race.trail import Trail
from gui.look.theme import DARK, RACER_COLOURS
from gui.views.curves.progress import EPOCH, EVALUATIONS, STEP, Progress
from gui.views.curves.reading import Reading, Row, nearest, read, step_to_go_to
from gui.views.curves.reading_box import ReadingBox
from gui.views.curves.strokes import CurveDrawing, Curves, draw_curves
from gui.views.racer_look import RacerLook
from gui.views.raster_layer import Viewport

pytestmark = pytest.mark.usefixtures("qapp")
PLOT = Viewport(((0.0, 1.0), (0.0, 1.0)), (300.0, 100.0), 1.0)


def racer(losses: list[float], cost: float = 1.0, status: str = "running") -> RacerFrame:
    trail = Trail(0, np.arange(len(losses)), np.zeros((len(losses), 2)), np.array(losses))
    spent = Evaluations(np.zeros(1), np.zeros(1), cost)
    return RacerFrame((0.0, 0.0), losses[-1], status, 1, trail, evaluations_by_step=spent)


def drawing(*racers: RacerFrame, progress: Progress | None = None, minimum: float | None = None) -> CurveDrawing:
    looks = [RacerLook(name, RACER_COLOURS[place]) for place, name in enumerate("ABCD"[: len(racers)])]
    return draw_curves(PLOT, Curves(looks, racers, minimum, progress=progress or Progress()))


def lines(reading: Reading) -> list[str]:
    return [reading.head, *(f"{row.look.name} {row.text}" for row in reading.rows)]


def test_racers_are_read_in_the_order_of_their_losses() -> None:
    drawn = drawing(racer([9.0, 8.0, 7.0]), racer([9.0, 1.5, 0.25]))
    assert lines(read(drawn, 1.2)) == ["step 1", "B 1.5", "A 8"]
    assert lines(read(drawn, 1.8)) == ["step 2", "B 0.25", "A 7"]


def test_what_is_read_is_what_the_axis_measures() -> None:
    drawn = drawing(racer([9.0, 5.5]), minimum=5.0)
    assert lines(read(drawn, 1.0)) == ["step 1 · loss − minimum", "A 0.5"]


def test_a_diverged_racer_is_read_last_and_beyond_the_race_there_is_nothing() -> None:
    drawn = drawing(racer([9.0, 1e300], status="diverged at step 2"), racer([9.0, 8.0, 7.0, 6.0]))
    assert lines(read(drawn, 3.0)) == ["step 3", "B 6", "A diverged"]
    assert lines(read(drawn, 7.0)) == ["step 7 · not raced yet"]


def test_a_place_by_evaluations_is_another_step_for_each_racer() -> None:
    drawn = drawing(racer([9.0, 8.0, 7.0], cost=1.0), racer([9.0, 5.0, 4.0], cost=2.0), progress=Progress(EVALUATIONS))
    assert lines(read(drawn, 2.0)) == ["2 evaluations", "B 5", "A 7"]
    assert [step_to_go_to(drawn.content, 2.0, number) for number in (0, 1, None)] == [2, 1, 1]


def test_a_place_by_epochs_is_told_with_its_step_and_without_data_there_are_only_steps() -> None:
    drawn = drawing(racer([9.0, 8.0, 7.0]), progress=Progress(EPOCH, 4))
    assert lines(read(drawn, 0.5)) == ["epoch 0.5 · step 2", "A 7"]
    assert Progress(EPOCH, None).unit == STEP


def test_a_curve_is_pointed_at_within_a_few_pixels_also_where_it_is_steep() -> None:
    drawn = drawing(racer([1e3, 1e3, 1e3, 1e3, 1e3]), racer([1e3, 1e2, 1e-6, 1e-6, 1e-6]))
    pixel = 10.0 / 300.0, 10.0 / 100.0
    assert nearest(drawn, 4.0, -6.2, pixel, 7.0) == 1
    assert nearest(drawn, 4.0, 2.9, pixel, 7.0) == 0
    assert nearest(drawn, 4.0, -2.0, pixel, 7.0) is None
    assert nearest(drawn, 1.6, -2.0, pixel, 20.0) == 1, "it falls past here between two steps"
    assert nearest(drawn, 9.0, -6.0, pixel, 7.0) is None, "no racer has been here"


def test_a_hidden_racer_is_neither_read_nor_pointed_at() -> None:
    drawn = drawing(racer([9.0, 8.0]), racer([9.0, 1.0]))
    looks = (drawn.content.looks[0], replace(drawn.content.looks[1], visible=False))
    hidden = draw_curves(PLOT, replace(drawn.content, looks=looks))
    assert lines(read(hidden, 1.0)) == ["step 1", "A 8"]


def test_racers_beyond_the_room_are_counted_and_the_one_pointed_at_is_among_those_shown() -> None:
    box = ReadingBox(None)
    box.set_theme(DARK)
    rows = tuple(Row(number, RacerLook(f"racer {number}", RACER_COLOURS[0]), f"{number}") for number in range(34))
    box.show_reading(Reading("step 7", rows), 30, QPoint(10, 10), QRect(0, 0, 240, 90))
    assert box.lines[0] == "step 7" and box.lines[1] == "racer 0 0"
    assert "racer 30 30" in box.lines
    assert box.lines[-1] == f"and {34 - (len(box.lines) - 2)} more"
    assert box.height() <= 90
    wide = QRect(0, 0, 900, 90)
    shown = len(box.lines)
    box.show_reading(Reading("step 7", rows), None, QPoint(890, 10), wide)
    assert len(box.lines) > shown, "a wide plot has room for more columns"
    assert wide.contains(box.geometry()) and box.geometry().right() < 890
