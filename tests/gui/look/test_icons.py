"""Icons are seen, and differ."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from gui.look.icons import FOLDER, icon_pixmap, paint_icon
from gui.widgets.icon_button import IconButton
from gui.window.main_window import MainWindow

SIDE = 32
ICONS = sorted(path.stem for path in FOLDER.glob("*.svg"))
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


@pytest.mark.parametrize("colour", ["#5b8cff", "#c92a2a"])
def test_an_icon_has_the_colour_that_is_asked_for(colour: str) -> None:
    picture = icon_pixmap("play", SIDE, QColor(colour), 1.0).toImage()
    assert picture.pixelColor(SIDE // 2, SIDE // 2) == QColor(colour)


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_has_as_many_pixels_as_the_screen_shows(ratio: float) -> None:
    picture = icon_pixmap("eye shut", 14, QColor("white"), ratio)
    assert picture.width() == picture.height() == 14 * ratio and picture.devicePixelRatio() == ratio


def test_an_icon_is_painted_once_for_all_buttons_of_a_colour() -> None:
    keys = [icon_pixmap("play", SIDE, QColor(colour), 1.0).cacheKey() for colour in ("red", "red", "blue")]
    assert keys[0] == keys[1] != keys[2]


def test_no_two_icons_look_the_same() -> None:
    pictures = [painted(name).round(1).tobytes() for name in ICONS]
    assert len(set(pictures)) == len(ICONS)


def test_an_icon_means_one_thing(qtbot: QtBot, window: MainWindow) -> None:
    window.bottom_panel.edit(window.session.racers[0].key)
    window.session.add_modifier(window.session.racers[0].key, "clip_norm")
    window.formula_bar.landscape.open_picker()
    meanings: dict[str, set[str]] = {}
    for button in window.findChildren(IconButton):
        meanings.setdefault(button.shown_icon, set()).add(button.accessibleName().split()[0].rstrip(":"))
    assert len(meanings) > 20
    assert all(len(verbs) == 1 for verbs in meanings.values()), {
        icon: verbs for icon, verbs in meanings.items() if len(verbs) > 1
    }
    assert meanings["close"] == {"Close"} and meanings["remove"] == {"Remove"}
