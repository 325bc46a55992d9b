"""The numbers and names along the block, from every side: where they stand, and which are left out."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QMatrix4x4, QPainter, QVector4D

from gui.look.theme import DARK
from gui.views.surface.camera import Camera, StandardView, projection_of, view_of
from gui.views.surface.items.axes_painter import NUMBERED_MARGINS_PX, AxesPainter
from gui.views.surface.items.scene_item import Canvas
from gui.views.surface.key_bindings import FRONT, HOME, SIDE, TOP
from gui.views.surface.scene_coordinates import BASE, RELIEF
from tests.gui.views.scenery import bowl, terrain

SIZE = (560, 470)
NUMBERS = {"x": {"−2", "−1", "0", "1", "2"}, "y": {"−1", "0", "1", "2", "3"}}


class Texts(QPainter):
    """A painter that records the texts it writes and their places."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.boxes: list[tuple[str, QRectF]] = []

    def drawText(self, place: QPointF, text: str) -> None:
        metrics = QFontMetricsF(self.font())
        size = metrics.horizontalAdvance(text), metrics.capHeight()
        self.boxes.append((text, QRectF(place.x(), place.y() - size[1], *size)))
        super().drawText(place, text)


def camera_of(standard_view: StandardView) -> Camera:
    return standard_view.camera(SIZE, NUMBERED_MARGINS_PX, (BASE, RELIEF))


def matrix_of(camera: Camera) -> QMatrix4x4:
    return projection_of(camera, (0, 0, *SIZE), SIZE) * view_of(camera)


def texts_from(camera: Camera) -> list[tuple[str, QRectF]]:
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = Texts(image)
    canvas = Canvas(view_of(camera), projection_of(camera, (0, 0, *SIZE), SIZE), SIZE, 1.0)
    AxesPainter(painter, canvas.matrix, SIZE, DARK, QFont()).paint(terrain(1, bowl), canvas.eye)
    painter.end()
    return painter.boxes


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.parametrize(
    ("standard_view", "names"),
    [(HOME, {"x", "y", "loss"}), (TOP, {"x", "y"}), (FRONT, {"x", "loss"}), (SIDE, {"y", "loss"})],
)
def test_every_axis_that_is_seen_has_its_name_and_no_other(
    qapp: object, standard_view: StandardView, names: set[str], parallel: bool
) -> None:
    texts = texts_from(camera_of(replace(standard_view, parallel=parallel)))
    assert {text for text, _ in texts if text.isalpha()} == names
    for (first, box), (second, other) in combinations(texts, 2):
        assert not box.intersects(other), (first, second)
    for text, box in texts:
        assert QRectF(0, 0, *SIZE).contains(box), text


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.parametrize(("standard_view", "name"), [(FRONT, "x"), (SIDE, "y")])
def test_from_the_front_and_the_side_the_numbers_of_one_axis_stand_in_a_row_beneath_it(
    qapp: object, standard_view: StandardView, name: str, parallel: bool
) -> None:
    camera = camera_of(replace(standard_view, parallel=parallel))
    texts = texts_from(camera)
    named = next(box for text, box in texts if text == name)
    lowest = max(_seen(camera, (x, y, BASE))[1] for x in (-1, 1) for y in (-1, 1))
    numbers = [(text, box) for text, box in texts if box.top() > lowest and text != name]
    assert {text for text, _ in numbers} == NUMBERS[name]
    lefts = [box.left() for _, box in sorted(numbers, key=lambda each: float(each[0].replace("−", "-")))]
    assert lefts == sorted(lefts)
    assert all(box.top() < named.top() for _, box in numbers)


@pytest.mark.parametrize("parallel", [False, True])
@pytest.mark.parametrize("centre", [(0.2, 0.3, 0.3), (-0.3, 0.2, 0.3), (0.0, 0.0, 0.3)])
def test_from_the_top_the_numbers_stand_below_and_to_the_left_whatever_is_in_the_middle(
    qapp: object, parallel: bool, centre: tuple[float, float, float]
) -> None:
    camera = replace(camera_of(replace(TOP, parallel=parallel)), centre=centre, distance=8.5)
    texts = dict(texts_from(camera))
    left, bottom = _seen(camera, (-1.0, 0.0, RELIEF)), _seen(camera, (0.0, -1.0, RELIEF))
    assert texts["x"].top() > bottom[1] and texts["y"].right() < left[0]


def test_from_a_low_place_no_number_hangs_in_the_air(qapp: object) -> None:
    for elevation in np.linspace(0.0, 15.0, 7):
        texts = texts_from(replace(camera_of(FRONT), elevation=float(elevation)))
        highest = min(box.top() for text, box in texts if text == "loss")
        assert all(box.top() >= highest for _, box in texts)
        assert "y" not in dict(texts)


def _seen(camera: Camera, place: tuple[float, float, float]) -> tuple[float, float]:
    seen = matrix_of(camera).map(QVector4D(*place, 1.0))
    x, y = seen.x() / seen.w(), seen.y() / seen.w()
    return SIZE[0] * (1.0 + x) / 2.0, SIZE[1] * (1.0 - y) / 2.0
