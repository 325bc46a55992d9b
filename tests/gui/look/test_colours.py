"""Racers can be told apart, in both themes and by colour-blind people; and what is kept is drawn as the theme's shade.

The simulations are the matrices for severity 1.0 of Machado, Oliveira and Fernandes, "A physiologically-based model for
simulation of color vision deficiency", IEEE TVCG 15 (2009), applied to linear sRGB.  The difference is CIEDE2000, as
Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", Color Research and Application 30 (2005), write it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from gui.look.racer_colours import FORMER_COLOURS, drawn_colour, grounds
from gui.look.theme import DARK, LIGHT, NAMED_COLOURS, RACER_COLOURS, Theme
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from gui.views.legend import OPACITY
from landscapes import LANDSCAPES

FIRST, LEAST_DIFFERENCE, LEAST_CONTRAST = 8, 12.0, 3.0
VISIONS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Matrix from linear sRGB to XYZ, with the white point D65."""

both_themes = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)


def levels(colour: str) -> NDArray[np.float64]:
    return np.array(QColor(colour).getRgb()[:3], float) / 255.0


def linear(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def lab(paint: NDArray[np.float64]) -> NDArray[np.float64]:
    share = XYZ @ paint / XYZ.sum(axis=1)
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    chromas = np.array([np.hypot(*one[1:]), np.hypot(*other[1:])])
    stretch = 1.5 - 0.5 * np.sqrt(chromas.mean() ** 7 / (chromas.mean() ** 7 + 25.0**7))
    lights, reds, blues = np.array([one, other]).T * np.array([[1.0], [stretch], [1.0]])
    chromas, hues = np.hypot(reds, blues), np.degrees(np.arctan2(blues, reds)) % 360
    turn = (hues[1] - hues[0] + 180) % 360 - 180 if chromas.all() else 0.0
    hue = hues[0] + turn / 2 if chromas.all() else hues.sum()
    light, chroma = lights.mean(), chromas.mean()
    waves = ((-0.17, 1, -30), (0.24, 2, 0), (0.32, 3, 6), (-0.20, 4, -63))
    weight = 1 + sum(size * np.cos(np.radians(times * hue + shift)) for size, times, shift in waves)
    by_light = np.diff(lights)[0] / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    by_chroma = np.diff(chromas)[0] / (1 + 0.045 * chroma)
    by_hue = 2 * np.sqrt(chromas.prod()) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * weight)
    rotation = np.sin(np.radians(60 * np.exp(-(((hue % 360 - 275) / 25) ** 2))))
    rotation *= -2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return float(np.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue))


def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    dark, light = sorted(float(linear(paint) @ [0.2126, 0.7152, 0.0722]) + 0.05 for paint in (one, other))
    return light / dark


def least_contrast(colour: str, theme: Theme) -> float:
    return min(contrast(levels(colour), levels(ground)) for ground in grounds(theme))


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_is_that_of_the_published_examples(
    one: tuple[float, float, float], other: tuple[float, float, float], difference: float
) -> None:
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(difference, abs=1e-4)


@both_themes
@pytest.mark.parametrize("vision", VISIONS)
def test_the_first_eight_colours_can_be_told_apart(theme: Theme, vision: str) -> None:
    drawn = {name: linear(levels(drawn_colour(NAMED_COLOURS[name], theme))) for name in list(NAMED_COLOURS)[:FIRST]}
    seen = {name: lab(np.clip(np.array(VISIONS[vision]) @ paint, 0.0, 1.0)) for name, paint in drawn.items()}
    differences = {pair: ciede2000(seen[pair[0]], seen[pair[1]]) for pair in combinations(seen, 2)}
    assert min(differences.values()) >= LEAST_DIFFERENCE, min(differences, key=lambda pair: differences[pair])


@both_themes
@pytest.mark.parametrize("colour", RACER_COLOURS)
def test_every_racer_colour_stands_out_from_plots_cards_and_halos(theme: Theme, colour: str) -> None:
    drawn = drawn_colour(colour, theme)
    assert least_contrast(drawn, theme) >= LEAST_CONTRAST
    assert contrast(levels(drawn), levels(theme.halo)) >= LEAST_CONTRAST


@both_themes
@pytest.mark.parametrize("colour", RACER_COLOURS)
def test_every_racer_colour_stands_out_from_the_legend_over_any_landscape(theme: Theme, colour: str) -> None:
    # The darkest and the brightest that light can make of a landscape.
    for below in (0.0, 0.9):
        ground = OPACITY * levels(theme.panel) + (1.0 - OPACITY) * below
        assert contrast(levels(drawn_colour(colour, theme)), ground) >= LEAST_CONTRAST


@both_themes
@pytest.mark.parametrize("name", FORMER_COLOURS)
def test_a_former_racer_colour_is_drawn_as_the_one_of_its_name(theme: Theme, name: str) -> None:
    assert drawn_colour(FORMER_COLOURS[name], theme) == drawn_colour(NAMED_COLOURS[name], theme)


def test_a_former_racer_colour_is_not_given_to_another_racer() -> None:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], ["SGD"])
    first = session.racers[0].key
    session.set_look(first, colour=FORMER_COLOURS["pink"])
    for _ in range(FIRST - 1):
        session.add_racer("Adam")
    assert session.racer(first).colour == FORMER_COLOURS["pink"], "what is kept stays"
    assert NAMED_COLOURS["pink"] not in [racer.colour for racer in session.racers]


@both_themes
@pytest.mark.parametrize("colour", ["#ff00ff", "#ffffff", "#000000", "#00ff00", "#0000ff", "#ffff00", "#808080"])
def test_an_own_colour_changes_only_as_far_as_contrast_asks(theme: Theme, colour: str) -> None:
    drawn = drawn_colour(colour, theme)
    if least_contrast(colour, theme) >= LEAST_CONTRAST:
        assert drawn == colour
    else:
        assert LEAST_CONTRAST <= least_contrast(drawn, theme) < 1.05 * LEAST_CONTRAST


def test_a_darkened_colour_keeps_its_hue() -> None:
    bright, dark = QColor("#ffcc00"), QColor(drawn_colour("#ffcc00", LIGHT))
    assert dark.lightness() < bright.lightness()
    assert dark.hsvSaturation() > 240 and abs(dark.hsvHue() - bright.hsvHue()) < 5
