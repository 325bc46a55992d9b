"""A classifier fitted to columns of a file, in the real window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.data.classifier import logistic_weights
from engine.data.tables.file import read_table
from engine.data.tables.labels import TwoClasses
from gui.files.session_file import read_choices, write_choices
from gui.landscape.data.scale_words import WHY
from gui.landscape.data.table_popover import TablePopover
from gui.session.table_models import side_text
from gui.window.main_window import MainWindow
from tests.gui.person import PATIENCE_MS, has_colour, pixels, settle, type_formula

pytestmark = pytest.mark.one_window

DRAWS = np.random.default_rng(3)
SIDES = np.where(np.arange(120) % 2 == 0, -1.0, 1.0)
MASS, FLIPPER = 3900 + 400 * DRAWS.normal(size=120) + 400 * SIDES, 198 + 7 * DRAWS.normal(size=120) + 8 * SIDES


@pytest.fixture
def penguins(tmp_path: Path) -> Path:
    path = tmp_path / "Penguins.csv"
    rows = zip(SIDES.tolist(), MASS.tolist(), FLIPPER.tolist(), strict=True)
    lines = [f"{'Gentoo' if side > 0 else 'Adelie'},{mass!r},{flip!r},{int(side > 0)}" for side, mass, flip in rows]
    path.write_text("Species,Body Mass (g),Flipper,passed\n" + "\n".join(lines))
    return path


def opened(window: MainWindow, qtbot: QtBot, path: Path) -> TablePopover:
    with qtbot.waitSignal(window.tables.read, timeout=PATIENCE_MS):
        window.tables.open(str(path))
    return next(child for child in window.findChildren(TablePopover) if child.isVisible())


def choose(popover: TablePopover, across: str, beside: str, up: str) -> None:
    for listed, title in ((popover.across, across), (popover.beside, beside), (popover.up, up)):
        listed.setCurrentIndex(listed.findText(title))


def test_a_classifier_of_two_columns_draws_its_boundaries_and_is_scaled_by_a_click(
    window: MainWindow, qtbot: QtBot, penguins: Path, tmp_path: Path
) -> None:
    popover = opened(window, qtbot, penguins)
    shown = popover.preview
    assert [shown.horizontalHeaderItem(place).text() for place in (0, 1)] == ["Species", "Body Mass (g)"]
    assert (shown.item(0, 0).text(), shown.item(0, 1).text()) == ("Adelie", repr(float(MASS[0])))
    assert popover.fit.isEnabled() and not popover.classify.isEnabled() and "two classes" in popover.classify.toolTip()
    choose(popover, "Body Mass (g)", "Flipper", "Species")
    assert 'In "Species", Gentoo is +1, Adelie is -1.' in popover.remarks.text()
    assert popover.why.text() == WHY and popover.standardise.isChecked() and not popover.fit.isEnabled()
    popover.classify.click()
    settle(qtbot, window)
    scaled = window.session.formula
    assert scaled.endswith("x*Body_Mass_g_scaled + y*Flipper_scaled + bias)))  # Gentoo is +1, Adelie is -1")
    best, _ = logistic_weights([(MASS - MASS.mean()) / MASS.std(), (FLIPPER - FLIPPER.mean()) / FLIPPER.std()], SIDES)
    middle = [sum(side) / 2 for side in window.session.bounds]
    assert [*middle, window.session.parameters["bias"]] == pytest.approx(best, rel=1e-9)
    view, switch = window.bottom_panel.data, window.formula_bar.data.scale
    assert has_colour(pixels(view), window.theme.text, least=60), "the points of a class"
    assert has_colour(pixels(view), window.session.racers[-1].colour, least=60), "the boundary"
    assert switch.isVisible() and switch.isChecked()
    switch.click()
    settle(qtbot, window)
    assert (
        window.session.formula
        == "mean(softplus(-Species*(x*Body_Mass_g + y*Flipper + bias)))  # Gentoo is +1, Adelie is -1"
    )
    raw = best[:2] / [MASS.std(), FLIPPER.std()]
    assert [sum(side) / 2 for side in window.session.bounds] == pytest.approx(raw, rel=1e-9)
    write_choices(tmp_path / "session.json", window.session.choices())
    assert read_choices(tmp_path / "session.json").data.names == ("Body_Mass_g", "Flipper", "Species")
    switch.click()
    settle(qtbot, window)
    assert window.session.formula == scaled and switch.isChecked()


def test_the_data_can_be_made_large_and_as_they_were(window: MainWindow, qtbot: QtBot, penguins: Path) -> None:
    popover = opened(window, qtbot, penguins)
    choose(popover, "Body Mass (g)", "nothing else", "passed")
    assert 'In "passed", 1 is +1, 0 is -1.' in popover.remarks.text() and popover.fit.isEnabled()
    popover.classify.click()
    settle(qtbot, window)
    assert "passed_side = 2*passed - 1" in window.session.formula
    view, before = window.bottom_panel.data, window.views.sizes()
    assert not view.toolTip().startswith("Both classes"), "a curve over one column"
    view.large.click()
    settle(qtbot, window)
    assert not window.curves.isVisible() and view.height() > window.views.height() / 2
    assert view.width() == window.bottom_panel.width()
    window.arrangement.switch_filling()
    assert not view.large.isChecked(), "a key leads back as well"
    view.large.click()
    view.large.click()
    settle(qtbot, window)
    assert window.curves.isVisible() and window.views.sizes() == before
    type_formula(qtbot, window, "mean(log(1 + exp(-(2*passed - 1)*(x*Body_Mass_g/4000 + y))))")
    settle(qtbot, window)
    assert has_colour(pixels(view), window.session.racers[-1].colour, least=20), "a typed form has its curve too"
    window.formula_bar.data.scale.click()
    settle(qtbot, window)
    assert window.frame.formula.error is None and "Body_Mass_g_scaled/4000" in window.session.formula
    window.formula_bar.data.scale.click()
    settle(qtbot, window)
    assert window.session.formula == "mean(log(1 + exp(-(2*passed - 1)*(x*Body_Mass_g/4000 + y))))"


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(0.0, 1.0, "2*c - 1"), (1.0, 2.0, "2*c - 3"), (-3.0, 1.0, "0.5*c + 0.5"), (0.1, 0.7, "1 if c > 0.1 else -1")],
)
def test_two_numbers_are_taken_to_minus_one_and_one(low: float, high: float, text: str) -> None:
    assert side_text("c", TwoClasses(low, high, "", "")) == text


def test_what_a_classifier_cannot_be_fitted_to_is_told_before_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    path, owner = tmp_path / "table.csv", QWidget()
    qtbot.addWidget(owner)
    path.write_text("a,b,c\n" + "".join(f"{number},7,{'yes' if number > 3 else 'no'}\n" for number in range(9)))
    popover = TablePopover(owner, str(path), read_table(path))
    choose(popover, "a", "nothing else", "c")
    assert popover.classify.isEnabled() and "separate the classes" in popover.remarks.text()
    choose(popover, "a", "b", "c")
    assert not popover.classify.isEnabled() and popover.classify.toolTip().startswith('Every value of "b" is the same')
    popover.standardise.setChecked(False)
    assert popover.classify.isEnabled(), "as they are, the columns need no deviation"
    choose(popover, "a", "a", "c")
    assert not popover.classify.isEnabled() and popover.remarks.text().startswith("A line goes by one column")
