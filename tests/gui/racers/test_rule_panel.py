"""The rule of a racer, edited in the window as a person does."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from engine import OPTIMIZERS
from engine.live.commands import Play
from gui.look.racer_colours import drawn_colour
from gui.look.theme import DARK
from gui.racers.rule.panel import RulePanel
from gui.window.main_window import MainWindow
from tests.gui.person import colour_count, go_to, has_colour, pixels, settle, wait_until
from tests.mutations import mutations

pytestmark = pytest.mark.one_window

ADAM = 3
MUTATIONS = 50


def edit(qtbot: QtBot, window: MainWindow, number: int = ADAM) -> RulePanel:
    window.racers_panel.cards[number].edit.click()
    panel = window.bottom_panel.rule
    assert panel is not None
    settle(qtbot, window)
    return panel


def type_at_end(qtbot: QtBot, window: MainWindow, text: str) -> None:
    editor = window.bottom_panel.rule.editor
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
    assert panel.typeset.sheet.height() <= panel.typeset.height(), "every line is seen"
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
    window.controller.runner.post(Play())
    wait_until(qtbot, lambda: window.frame.step > 20)
    panel.editor.selectAll()
    qtbot.keyClicks(panel.editor, "w = w + 0*g")
    wait_until(qtbot, lambda: window.session.racers[ADAM].rule == "w = w + 0*g")
    settle(qtbot, window)
    first = window.frame
    wait_until(qtbot, lambda: window.frame.step > first.step + 20)
    assert first.racers[ADAM].trail.last_step > 20, "its trail stays"
    assert window.frame.racers[ADAM].position == first.racers[ADAM].position
    assert window.frame.racers[0].trail.last_step > first.racers[0].trail.last_step, "the others go on"
    assert len(window.frame.racers) == 4


def underlined(panel: RulePanel) -> list[str]:
    marks = [mark for mark in panel.editor.extraSelections() if mark.format.underlineColor().isValid()]
    return [mark.cursor.selectedText() for mark in marks]


WRONG = {
    "": "no rule yet",
    "m = 0.9*m + g": "where to go",
    "w = w - lr*(g": "not closed",
    "w = w - lr*gg": 'Did you mean "g"',
    "w = w - hess(f)": "vector",
    "w = w - grad(grad(w))": "asks at a point",
    "w = w - lr*g @": "no meaning here",
    "init w = g\nw = w - g": "starts where it is put",
    "w = w -": "missing",
}  # fmt: skip


def test_a_wrong_rule_is_told_at_its_place_and_the_race_goes_on_as_it_was(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    before = window.session.racers
    for wrong, told in WRONG.items():
        panel.editor.put(wrong)
        settle(qtbot, window)
        assert panel.message.isVisible() and told in panel.message.text(), wrong
        assert bool(underlined(panel)) == bool(wrong)
        assert not panel.save.isEnabled()
        assert window.session.racers is before
    go_to(qtbot, window, 30)
    panel.editor.undo()
    panel.editor.put("w = w - lr*g")
    settle(qtbot, window)
    assert not panel.message.isVisible() and window.session.racers[-1].rule == "w = w - lr*g"


def test_what_goes_round_a_rule_stays_and_says_where_it_cannot(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("SGD | cosine")
    panel = edit(qtbot, window, 4)
    assert panel.editor.toPlainText() == OPTIMIZERS["SGD"].rule
    panel.editor.put("w = w - 0.01*g")
    settle(qtbot, window)
    assert "learning rate" in panel.message.text() and len(window.session.racers) == 5
    panel.editor.put("w = w - lr*sign(g)")
    settle(qtbot, window)
    assert list(window.racers_panel.cards[-1].sliders) == ["lr", "T", "low"]
    panel.editor.put("w = w - 0.01*g")
    settle(qtbot, window)
    window.session.remove_modifier(window.session.racers[-1].key, 0)
    wait_until(qtbot, lambda: window.session.racers[-1].rule == "w = w - 0.01*g")
    assert not panel.message.isVisible()


def test_the_rule_of_the_catalogue_comes_back_and_undo_brings_the_changes_again(
    qtbot: QtBot, window: MainWindow
) -> None:
    panel = edit(qtbot, window)
    assert not panel.back.isEnabled()
    type_at_end(qtbot, window, " - push*g")
    panel.back.click()
    settle(qtbot, window)
    assert (window.session.racers[-1].rule, len(window.session.racers)) == ("", 5)
    panel.editor.undo()
    settle(qtbot, window)
    assert window.session.racers[-1].rule.endswith("push*g") and len(window.session.racers) == 5


def test_names_of_rules_are_offered_while_one_types(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    type_at_end(qtbot, window, " + hessd")
    listed = panel.assistant.list
    assert [entry.name for entry in listed.shown] == ["hessdiag"]
    assert window.rect().contains(listed.geometry())
    qtbot.keyClick(panel.editor, Qt.Key.Key_Down)
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return)
    assert panel.editor.toPlainText().endswith("+ hessdiag()")
    assert "hessdiag" in panel.tip.text()


def test_a_solver_says_on_its_card_that_it_has_no_rule(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("BFGS")
    card = window.racers_panel.cards[-1]
    card.edit.click()
    assert card.message.text() == "BFGS is a solver: it runs no rule that could be edited."
    assert window.bottom_panel.rule is None or not window.bottom_panel.rule.isVisible()


def test_escape_closes_the_editor_and_the_views_have_their_room_again(qtbot: QtBot, window: MainWindow) -> None:
    before = window.contour.height()
    panel = edit(qtbot, window)
    assert window.contour.height() < before
    qtbot.keyClick(panel.editor, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert not panel.isVisible() and window.contour.height() == before


def test_the_editor_closes_with_its_racer_and_follows_its_name(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    key = window.session.racers[ADAM].key
    window.session.set_look(key, name="my Adam", colour="#123456")
    assert panel.name.text() == "my Adam" and has_colour(pixels(panel.dot), drawn_colour("#123456", DARK))
    window.session.remove_racer(key)
    assert not panel.isVisible()
    window.start_afresh()
    settle(qtbot, window)


def test_a_key_edits_the_rule_of_the_card_that_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.racers_panel.cards[1].name.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.bottom_panel.rule.name.text() == "Momentum"


def test_in_a_small_window_the_curves_give_way_to_the_rule(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1100, 700)
    wait_until(qtbot, lambda: window.width() == 1100)
    panel = edit(qtbot, window)
    assert not window.curves.isVisible() and panel.isVisible() and window.contour.isVisible()
    for button in (panel.beside, panel.back, panel.save):
        assert button.width() >= button.sizeHint().width(), "no word is cut off"
    panel.editor.put("w = w - lr*push*g")
    panes = window.racers_panel.scroll_area.viewport()
    wait_until(qtbot, lambda: len(window.racers_panel.cards) == 5)
    card = window.racers_panel.cards[-1]
    wait_until(qtbot, lambda: panes.rect().contains(card.mapTo(panes, card.rect().bottomLeft())))
    panel.close_rule()
    assert window.curves.isVisible()


def test_whatever_is_typed_raises_nothing(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    window.session.set_speed(2000.0)
    window.controller.runner.post(Play())
    for rule in mutations(MUTATIONS, seed=2):
        panel.editor.put(rule)
        wait_until(qtbot, lambda: panel.up_to_date)
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)
    assert window.frame.formula.error is None and len(window.frame.racers) == 5
    assert not window.notice.isVisible(), window.notice.label.text()


def test_an_edited_rule_does_not_pass_for_the_papers(qtbot: QtBot, window: MainWindow) -> None:
    panel = edit(qtbot, window)
    assert panel.source.text().startswith("<a href"), "the catalogue's rule is the paper's"
    panel.beside.click()
    type_at_end(qtbot, window, " - push*g")
    assert panel.source.text().startswith("Edited; the paper&#x27;s rule: <a href")
    card = window.racers_panel.cards[ADAM]
    assert card.name.toolTip().endswith("The rule of Adam with your changes.")
    told = card.footer.open_details().text.text()
    assert "Adam, edited" in told and "The paper's rule, before your changes: <a href" in told
    QApplication.activePopupWidget().close()
    panel.editor.put(OPTIMIZERS["Adam"].rule)
    settle(qtbot, window)
    assert panel.source.text().startswith("<a href")
    assert OPTIMIZERS["Adam"].summary in card.name.toolTip()


def test_what_is_cut_off_stands_whole_in_a_tooltip(qtbot: QtBot, window: MainWindow) -> None:
    name = "A racer with a name that is longer than its card and its editor have room for"
    panel = edit(qtbot, window)
    window.session.set_look(window.session.racers[ADAM].key, name=name)
    assert name in window.racers_panel.cards[ADAM].name.toolTip()
    window.session.add_modifier(window.session.racers[0].key, "cosine")
    more = window.racers_panel.cards[1].more
    panel.name.setFixedWidth(80)
    more.setFixedWidth(60)
    for cut, whole in ((panel.name, name), (more, more.text())):
        place = cut.rect().center()
        QApplication.sendEvent(cut, QHelpEvent(QEvent.Type.ToolTip, place, cut.mapToGlobal(place)))
        assert QToolTip.text().startswith(whole)
    QToolTip.hideText()
