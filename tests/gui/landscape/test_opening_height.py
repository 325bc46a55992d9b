"""The height that a landscape opens with."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.data.rows import columns_of
from engine.loss.heights import AUTOMATIC, COLOUR_BANDS, CROWDED_SHARE
from engine.loss.loss import Loss
from engine.loss.terrain import sample_terrain
from gui.files.session_file import read_choices, write_choices
from gui.session.choices import FIRST_RACERS
from gui.session.saved_landscape import data_of
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import wait_until

PLAIN_WITH_A_HOLE = "Easom"
SIZE = 96


def asked(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the newest frame contains the answer to the newest command."""
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)


@pytest.mark.parametrize("name", CATALOGUE)
def test_no_landscape_opens_in_mostly_one_colour(name: str) -> None:
    landscape = CATALOGUE[name]
    loss = Loss(landscape.formula, {}, columns_of(data_of(landscape)))
    loss.set(**landscape.parameters)
    heights = sample_terrain(loss.preview, landscape.domain, SIZE, SIZE, 0, AUTOMATIC).heights
    finite = heights[np.isfinite(heights)]
    crowd = np.histogram(finite, COLOUR_BANDS, (0.0, 1.0))[0].max() / finite.size
    if name == PLAIN_WITH_A_HOLE:
        assert finite.min() == 0.0 and crowd > 0.9, "a plain is drawn as one"
    else:
        assert crowd < CROWDED_SHARE + 0.05


def test_a_landscape_opens_with_its_own_height_until_a_person_chooses_one(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    session, switch = window.session, window.height_switch
    asked(qtbot, window)
    assert switch.buttons[AUTOMATIC].isChecked() and switch.marked == "log"
    session.choose(CATALOGUE["Beale"])
    asked(qtbot, window)
    assert window.frame.height == switch.marked == "rank" and "here rank" in switch.buttons[AUTOMATIC].toolTip()
    session.set_formula(CATALOGUE["Ackley"].formula)
    asked(qtbot, window)
    assert window.frame.height == "linear", "a typed formula is measured as well"
    switch.buttons["log"].click()
    session.choose(CATALOGUE["Beale"])
    asked(qtbot, window)
    assert window.frame.height == "log" and switch.marked == "" and switch.buttons["log"].isChecked()
    write_choices(tmp_path / "session.json", session.choices())
    again = Session(CATALOGUE["Sphere"], list(FIRST_RACERS))
    assert again.height == AUTOMATIC
    again.take(read_choices(tmp_path / "session.json"))
    assert again.height == "log"
    switch.buttons[AUTOMATIC].click()
    asked(qtbot, window)
    assert window.frame.height == switch.marked == "rank"
