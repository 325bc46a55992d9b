"""Icons are seen, and differ."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from gui.look.icons import ICONS, paint_icon

SIDE = 32
pytestmark = pytest.mark.usefixtures("qapp")


def painted(name: str) -> np.ndarray:
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_icon(painter, name, QRectF(0, 0, SIDE, SIDE), QColor("white"))
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(SIDE, SIDE, 4)[..., 3] / 255.0


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_seen_and_stays_within_its_square(name: str) -> None:
    cover = painted(name)
    assert 0.02 < cover.mean() < 0.7
    assert not cover[[0, -1]].any() and not cover[:, [0, -1]].any()


def test_no_two_icons_look_the_same() -> None:
    pictures = [painted(name).round(1).tobytes() for name in ICONS]
    assert len(set(pictures)) == len(ICONS)
