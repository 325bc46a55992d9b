"""The inspector shows the equations of a racer with the numbers of the step that the window shows."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from engine import Race, compile_loss
from engine.language.display.numbered import RESULT
from gui.look.contrast import contrast
from gui.look.theme import DARK, LIGHT
from gui.racers.inspector.number_text import MINUS
from gui.racers.inspector.panel import InspectorPanel
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window

ADAM = 3
NEAR = 5e-3
"""Of numbers of three and more digits."""


def inspector_of(qtbot: QtBot, window: MainWindow, number: int) -> InspectorPanel:
    window.racers_panel.inspect_asked.emit(window.session.racers[number].key)
    inspector = window.bottom_panel.inspector
    assert inspector is not None and inspector.isVisible()
    wait_until(qtbot, lambda: bool(inspector.sheet.texts) and inspector.values is not None)
    settle(qtbot, window)
    return inspector


def numbers(inspector: InspectorPanel) -> dict[tuple[str, str], list[float]]:
    """Return what is written on the sheet: by the line and the name that is read there, the coordinates."""
    found: dict[tuple[str, str], dict[int, float]] = {}
    names = [line.name for line in inspector.values.lines]
    for spot, text in zip(inspector.sheet.spots, inspector.sheet.texts, strict=True):
        key = names[spot.place.line], spot.place.name
        found.setdefault(key, {})[spot.place.coordinate] = float(text.replace(MINUS, "-"))
    return {key: [coordinates[number] for number in sorted(coordinates)] for key, coordinates in found.items()}


def test_the_numbers_are_those_of_the_race_and_go_back_with_it(qtbot: QtBot, window: MainWindow) -> None:
    inspector = inspector_of(qtbot, window, ADAM)
    session, shown = window.session, {}
    race = Race(compile_loss(session.formula), ["Adam(lr=0.12)"], session.start)
    race.advance(42)
    trail = race.trail(0)
    for step in (42, 17, 1):
        go_to(qtbot, window, step)
        assert inspector.step.text() == f"Step {step}"
        shown[step] = numbers(inspector)
        np.testing.assert_allclose(shown[step]["w", "w"], trail[step - 1], rtol=NEAR)
        np.testing.assert_allclose(shown[step]["w", RESULT], trail[step], rtol=NEAR)
        slope = np.array(race.loss.gradient(*trail[step - 1]))
        np.testing.assert_allclose(shown[step]["d", "g"], slope, rtol=NEAR)
        m, before = (np.array(shown[step]["m", name]) for name in (RESULT, "m"))
        np.testing.assert_allclose(m, 0.9 * before + 0.1 * slope, rtol=NEAR)
        np.testing.assert_allclose(shown[step]["m_hat", RESULT], m / (1 - 0.9**step), rtol=NEAR)
        assert shown[step]["m_hat", "t"] == [step]
    assert shown[1]["m", "m"] == [0.0, 0.0]
    go_to(qtbot, window, 0)
    assert inspector.step.text() == "Step 1, which comes first"
    assert numbers(inspector) == shown[1]


def test_it_follows_a_race_that_runs_and_nothing_moves_on_the_sheet(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 100)
    inspector = inspector_of(qtbot, window, ADAM)
    spots, seen = inspector.sheet.spots, set[int]()
    window.controller.toggle()
    for _ in range(3):
        wait_until(qtbot, lambda: inspector.values.update not in seen)
        seen.add(inspector.values.update)
        assert inspector.sheet.spots is spots
    window.controller.toggle()
    settle(qtbot, window)
    assert inspector.values.update == window.frame.step


def test_a_typed_rule_of_numbers_and_vectors(qtbot: QtBot, window: MainWindow) -> None:
    racer = window.session.racers[0]
    window.session.set_rule(racer.key, "push = 0.5*push + norm(g)\nw = w - lr*g/push")
    go_to(qtbot, window, 5)
    inspector = inspector_of(qtbot, window, 0)
    shown = numbers(inspector)
    g, before = np.array(shown["push", "g"]), shown["push", "push"][0]
    assert shown["push", RESULT] == pytest.approx([0.5 * before + np.hypot(*g)], rel=NEAR)
    window.session.set_hyperparameter(racer.key, "lr", 0.25)
    settle(qtbot, window)
    go_to(qtbot, window, 6)
    wait_until(qtbot, lambda: inspector.values.hyperparameters["lr"] == 0.25)


def test_a_solver_gives_a_reason_and_a_removed_racer_closes_the_panel(qtbot: QtBot, window: MainWindow) -> None:
    inspector = inspector_of(qtbot, window, 0)
    window.session.add_racer("BFGS")
    wait_until(qtbot, lambda: len(window.frame.racers) == len(window.session.racers))
    go_to(qtbot, window, 3)
    inspector.racers.setCurrentIndex(len(window.session.racers) - 1)
    inspector.racers.activated.emit(len(window.session.racers) - 1)
    wait_until(qtbot, lambda: inspector.message.text().startswith("BFGS is a solver"))
    assert inspector.message.isVisible() and not inspector.sheet.isVisible()
    window.session.remove_racer(window.session.racers[-1].key)
    assert not inspector.isVisible()


def test_it_opens_from_the_menu_and_the_details_and_escape_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    next(action for action in window.findChildren(QAction) if "Inspect a racer" in action.text()).trigger()
    inspector = window.bottom_panel.inspector
    assert inspector is not None and inspector.isVisible() and inspector.key == window.session.racers[0].key
    inspector.setFocus()
    qtbot.keyClick(inspector, Qt.Key.Key_Escape)
    assert not inspector.isVisible()
    settle(qtbot, window)
    assert all(racer.watched is None for racer in window.frame.racers), "what is not shown is not computed"
    window.racers_panel.cards[1].footer.open_details().inspect.click()
    assert inspector.isVisible() and inspector.key == window.session.racers[1].key


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_numbers_have_the_colour_of_the_theme_with_contrast(qtbot: QtBot, window: MainWindow, theme: object) -> None:
    assert contrast(theme.syntax["number"], theme.panel) >= 4.5
    go_to(qtbot, window, 10)
    inspector = inspector_of(qtbot, window, ADAM)
    window.session.set_theme(theme.name)
    settle(qtbot, window)
    assert has_colour(pixels(inspector.sheet), theme.syntax["number"], least=60)
    assert has_colour(pixels(inspector.sheet), theme.text, least=60)
