"""The rule of a racer, edited in the window as a person does."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import OPTIMIZERS
from gui.main_window import MainWindow
from gui.panels.rule_panel import RulePanel
from tests.gui.person import colour_count, go_to, has_colour, pixels, settle, wait_until
from tests.mutations import mutations

ADAM = 3
MUTATIONS = 50


def edit(qtbot: QtBot, window: MainWindow, number: int = ADAM) -> RulePanel:
    window.racers_panel.cards[number].edit.click()
    panel = window.foot.rule
    assert panel is not None
    settle(qtbot, window)
    return panel


def type_at_end(qtbot: QtBot, window: MainWindow, text: str) -> None:
    editor = window.foot.rule.editor
    editor.setFocus()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, text)
    settle(qtbot, window)


def test_the_pencil_opens_the_rule_with_its_equations_and_its_paper(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    assert panel.isVisible() and QApplication.focusWidget() is panel.editor
    assert panel.editor.toPlainText() == OPTIMIZERS["Adam"].rule
    assert has_colour(pixels(panel.editor), window.theme.syntax["parameter"])
    assert colour_count(pixels(panel.typeset), window.theme.text) > 500
    assert OPTIMIZERS["Adam"].link in panel.source.text()
    assert all(view.isVisible() and view.width() > 200 for view in (window.surface, window.contour, window.curves))


def test_the_first_change_makes_a_copy_that_races_beside_the_original(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 60)
    edit(qtbot, window)
    type_at_end(qtbot, window, " - push*g")
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    original, copy = window.session.racers[ADAM], window.session.racers[-1]
    assert (original.name, original.rule, copy.name) == ("Adam", "", "Adam edited")
    assert copy.rule.endswith(" - push*g") and copy.colour not in [racer.colour for racer in window.session.racers[:-1]]
    card = window.racers_panel.cards[-1]
    assert card.sliders["push"].isVisible(), "a new name has a slider at once"
    window.session.set_hyperparameter(copy.key, "push", 0.001)
    go_to(qtbot, window, 100)
    assert window.frame.racers[-1].position != window.frame.racers[ADAM].position
    assert has_colour(pixels(window.contour), copy.colour)
    type_at_end(qtbot, window, "*2")
    assert len(window.session.racers) == 5, "the copy is edited from then on"


def test_a_racer_can_be_edited_itself_while_the_race_runs(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    panel.beside.click()
    window.controller.runner.play()
    wait_until(qtbot, lambda: window.frame.step > 20)
    panel.editor.selectAll()
    qtbot.keyClicks(panel.editor, "w = w + 0*g")
    wait_until(qtbot, lambda: window.session.racers[ADAM].rule == "w = w + 0*g")
    settle(qtbot, window)
    first = window.frame
    wait_until(qtbot, lambda: window.frame.step > first.step + 20)
    assert first.racers[ADAM].trail.last_step > 20, "its trail stays"
    assert window.frame.racers[ADAM].position == first.racers[ADAM].position
    assert window.frame.racers[0].position != first.racers[0].position
    assert len(window.frame.racers) == 4


def test_a_wrong_rule_is_told_at_its_place_and_the_race_goes_on_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    for wrong, told in (
        (" - gg", ""), (" - lr*(g", "not closed"), (" - hess(f)", "vector"), (" - grad(grad(w))", ""), (" @", ""),
    ):  # fmt: skip
        panel.editor.put(OPTIMIZERS["Adam"].rule + wrong)
        settle(qtbot, window)
        if wrong == " - gg":
            continue
        assert told in panel.message.text() and panel.message.isVisible()
        assert has_colour(pixels(panel.editor), window.theme.error)
        assert not panel.save.isEnabled()
    assert window.session.racers[-1].rule in ("", OPTIMIZERS["Adam"].rule + " - gg")
    panel.editor.put("")
    settle(qtbot, window)
    assert panel.message.isVisible() and window.session.racers[ADAM].rule == ""
