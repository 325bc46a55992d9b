"""Every part of the window draws a racer in the same colour: the shade of the theme that it wears."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.look import style
from gui.look.racer_colours import FORMER_COLOURS, drawn_colour
from gui.look.theme import DARK, LIGHT, NAMED_COLOURS
from gui.views.legend import Legend
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import colour_count, go_to, has_colour, pixels, settle

pytestmark = pytest.mark.one_window

CYAN = NAMED_COLOURS["cyan"]


@pytest.fixture
def held(qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """Yield a window whose race over data is paused at step 29, when no line covers another."""
    window.session.choose(CATALOGUE["LinearRegression"])
    go_to(qtbot, window, 29)
    yield window
    style.apply(QApplication.instance(), DARK)


def test_a_held_race_is_drawn_in_the_shades_of_another_theme(qtbot: QtBot, held: MainWindow) -> None:
    parts = (held.contour, held.curves, held.bottom_panel.data)
    for theme in (LIGHT, DARK):
        held.theme_choice.switch()
        settle(qtbot, held)
        for racer, card in zip(held.session.racers, held.racers_panel.cards, strict=True):
            drawn = drawn_colour(racer.colour, theme)
            for part in (*parts, card.colour):
                assert has_colour(pixels(part), drawn), (theme.name, racer.name, part)
            legend = held.contour.panels[0].findChild(Legend)
            assert drawn in legend.text()


def test_the_3d_view_draws_the_same_shades(qtbot: QtBot, opengl: None, held: MainWindow) -> None:
    held.theme_choice.switch()
    settle(qtbot, held)
    shown = pixels(held.surface)
    assert all(has_colour(shown, drawn_colour(racer.colour, LIGHT)) for racer in held.session.racers)


def test_a_held_trail_takes_the_halo_of_another_theme(qtbot: QtBot, held: MainWindow) -> None:
    held.theme_choice.switch()
    settle(qtbot, held)
    whites = colour_count(pixels(held.contour), LIGHT.halo)
    for racer in held.session.racers:
        held.session.set_look(racer.key, visible=False)
    settle(qtbot, held)
    assert whites > colour_count(pixels(held.contour), LIGHT.halo) + 100


def test_the_session_keeps_what_was_chosen_and_swatches_show_what_will_be_drawn(qtbot: QtBot, held: MainWindow) -> None:
    held.theme_choice.switch()
    settle(qtbot, held)
    card = held.racers_panel.cards[0]
    swatches = card.open_palette().swatches
    assert has_colour(pixels(swatches[CYAN]), LIGHT.racers["cyan"])
    swatches[CYAN].click()
    settle(qtbot, held)
    assert held.session.racers[0].colour == CYAN
    assert has_colour(pixels(card.colour), LIGHT.racers["cyan"])


def test_a_former_colour_is_the_checked_swatch_of_its_name(qtbot: QtBot, held: MainWindow) -> None:
    card = held.racers_panel.cards[0]
    held.session.set_look(card.key, colour=FORMER_COLOURS["violet"])
    palette = card.open_palette()
    assert [colour for colour, swatch in palette.swatches.items() if swatch.isChecked()] == [NAMED_COLOURS["violet"]]
    settle(qtbot, held)
    assert has_colour(pixels(held.contour), NAMED_COLOURS["violet"])


def test_the_rule_editor_shows_the_shade_too(qtbot: QtBot, held: MainWindow) -> None:
    racer = held.session.racers[0]
    held.bottom_panel.edit(racer.key)
    held.theme_choice.switch()
    settle(qtbot, held)
    assert has_colour(pixels(held.bottom_panel.rule.dot), drawn_colour(racer.colour, LIGHT))


def test_dash_patterns_are_a_switch_of_the_view_menu_that_the_session_keeps(qtbot: QtBot, held: MainWindow) -> None:
    colours = [drawn_colour(racer.colour, DARK) for racer in held.session.racers]
    legend = held.contour.panels[0].findChild(Legend)
    solid = [colour_count(pixels(held.curves), colour) for colour in colours]
    held.menus.dashes.trigger()
    settle(qtbot, held)
    assert held.session.choices().dashes and held.menus.dashes.isChecked()
    dashes = [colour_count(pixels(held.curves), colour) for colour in colours]
    assert dashes[0] >= solid[0], "the first line stays solid, and is seen through the gaps of the others"
    assert all(0 < few < 0.85 * many for few, many in zip(dashes[1:], solid[1:], strict=True))
    assert "–&nbsp;–&nbsp;–" in legend.text()
    held.session.set_dashes(False)
    settle(qtbot, held)
    assert not held.menus.dashes.isChecked() and "–&nbsp;–" not in legend.text()
    assert [colour_count(pixels(held.curves), colour) for colour in colours] == solid
