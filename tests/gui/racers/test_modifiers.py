"""The modifiers of a racer: added, set, typed and removed on its card."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.rules.modifiers.schedule import SCHEDULES, factors
from gui.racers.card import RacerCard
from gui.racers.modifiers.picker import GROUPS, ModifierPicker
from gui.window.main_window import MainWindow
from tests.gui.person import go_to, has_colour, pixels, settle, wait_until

pytestmark = pytest.mark.one_window


def put_round(window: MainWindow, number: int, *names: str) -> RacerCard:
    card = window.racers_panel.cards[number]
    for name in names:
        listed = card.footer.open_list()
        assert isinstance(listed, ModifierPicker)
        listed.select(name)
        listed.add.click()
    return card


def optimizer(window: MainWindow, number: int) -> str:
    return window.session.racers[number].optimizer


def obeyed(qtbot: QtBot, window: MainWindow) -> None:
    wait_until(qtbot, lambda: window.frame.answered == window.controller.runner.newest_request)


def test_a_wrapper_from_the_list_goes_round_the_racer_where_it_stands_and_the_others_notice_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    go_to(qtbot, window, 80)
    undisturbed = [racer.position for racer in window.frame.racers]
    go_to(qtbot, window, 50)
    before = [racer.position for racer in window.frame.racers]
    card = put_round(window, 0, "clip_norm")
    assert optimizer(window, 0) == "SGD | clip_norm" and card.modifiers.blocks[0].chip.isVisible()
    obeyed(qtbot, window)
    assert [racer.position for racer in window.frame.racers] == before
    assert window.frame.racers[0].trail.last_step == 50
    card.sliders["max_norm"].field.setText("0.001")
    card.sliders["max_norm"].field.editingFinished.emit()
    go_to(qtbot, window, 80)
    after = [racer.position for racer in window.frame.racers]
    assert after[1:] == undisturbed[1:]
    assert 0 < np.hypot(*np.subtract(after[0], before[0])) < 1e-3


def test_the_cross_of_a_chip_takes_it_away_and_the_others_keep_their_settings(qtbot: QtBot, window: MainWindow) -> None:
    card = put_round(window, 0, "weight_decay", "cosine", "weight_decay")
    assert list(card.sliders) == ["lr", "weight_decay", "weight_decay_2", "T", "low", "weight_decay_3"]
    window.session.set_hyperparameter(card.key, "weight_decay_2", 0.2)
    window.session.set_hyperparameter(card.key, "weight_decay_3", 0.3)
    card.modifiers.blocks[0].cross.click()
    assert optimizer(window, 0) == "SGD | cosine | weight_decay"
    assert card.sliders["weight_decay_2"].value == 0.3 and card.sliders["lr"].value == 0.004
    for block in list(card.modifiers.blocks)[::-1]:
        block.cross.click()
    assert optimizer(window, 0) == "SGD" and not card.modifiers.isVisible()
    obeyed(qtbot, window)
    assert window.frame.formula.error is None


def test_nothing_goes_round_a_racer_by_itself(window: MainWindow) -> None:
    assert all("|" not in racer.optimizer for racer in window.session.racers)
    assert not any(card.modifiers.isVisible() for card in window.racers_panel.cards)


def test_the_list_has_every_wrapper_and_schedule_and_says_what_each_is_for(window: MainWindow) -> None:
    listed = window.racers_panel.cards[0].footer.open_list()
    told = set()
    for name in (name for names in GROUPS.values() for name in names):
        listed.select(name)
        assert listed.selected == name and name in listed.details.text()
        assert listed.line.isVisible() == (name in GROUPS["Schedules"])
        told.add(listed.details.text())
    assert len(told) == sum(map(len, GROUPS.values()))


def solver_added(qtbot: QtBot, window: MainWindow, name: str) -> int:
    """Add a solver to the race; return the number of its card."""
    window.session.add_racer(name)
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    return 4


def test_a_schedule_that_a_person_puts_round_newtons_method_changes_its_trail_until_it_is_taken_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    number = solver_added(qtbot, window, "Newton")
    go_to(qtbot, window, 12)
    plain = window.frame.racers[number].trail.positions.tolist()
    go_to(qtbot, window, 0)
    card = put_round(window, number, "schedule")
    card.modifiers.blocks[0].formula.put("1/(t + depth)")
    assert optimizer(window, number) == "Newton | schedule(1/(t + depth))" and card.modifiers.blocks[0].line.isVisible()
    assert list(card.sliders) == ["lr", "depth"]
    go_to(qtbot, window, 12)
    scheduled = window.frame.racers[number].trail.positions.tolist()
    assert scheduled[0] == plain[0] and scheduled[1] != plain[1] and scheduled[-1] != plain[-1]
    go_to(qtbot, window, 0)
    card.modifiers.blocks[0].cross.click()
    go_to(qtbot, window, 12)
    assert window.frame.racers[number].trail.positions.tolist() == plain


def test_an_average_round_a_solver_begins_where_it_is_and_follows_it(qtbot: QtBot, window: MainWindow) -> None:
    number = solver_added(qtbot, window, "NelderMead")
    go_to(qtbot, window, 20)
    alone = window.frame.racers[number].trail.positions.tolist()
    go_to(qtbot, window, 5)
    put_round(window, number, "ema")
    go_to(qtbot, window, 20)
    averaged = window.frame.racers[number].trail.positions.tolist()
    assert averaged[:6] == alone[:6] and averaged[-1] != alone[-1]
    np.testing.assert_allclose(averaged[6], 0.9 * np.array(alone[5]) + 0.1 * np.array(alone[6]), rtol=1e-12)


def test_what_does_not_go_round_a_solver_is_faint_and_says_why(qtbot: QtBot, window: MainWindow) -> None:
    number = solver_added(qtbot, window, "BFGS")
    listed = window.racers_panel.cards[number].footer.open_list()
    assert isinstance(listed, ModifierPicker) and listed.add.isEnabled() and not listed.message.isVisible()
    (row,) = listed.rows.findItems("   cosine", Qt.MatchFlag.MatchExactly)
    why = "BFGS finds the length of its steps by itself, so there is no step size that a schedule multiplies."
    assert row.toolTip() == why and row.foreground() == listed.rows.item(0).foreground(), "as a heading is"
    listed.select("cosine")
    assert listed.message.isVisible() and listed.message.text() == why and not listed.add.isEnabled()
    settle(qtbot, window)
    assert listed.details.height() >= listed.details.heightForWidth(listed.details.width()), "nothing is cut off"
    qtbot.keyClick(listed.rows, Qt.Key.Key_Return)
    assert listed.isVisible() and optimizer(window, number) == "BFGS"
    (other,) = listed.rows.findItems("   polyak", Qt.MatchFlag.MatchExactly)
    assert other.toolTip() == "" and other.foreground() != row.foreground()
    listed.select("polyak")
    listed.add.click()
    assert optimizer(window, number) == "BFGS | polyak"


def test_what_does_not_go_round_a_rule_is_told_in_the_list_and_the_racer_goes_on(
    qtbot: QtBot, window: MainWindow
) -> None:
    card = put_round(window, 0, "warmup")
    listed = card.footer.open_list()
    listed.select("warmup")
    qtbot.keyClick(listed.rows, Qt.Key.Key_Return)
    assert listed.isVisible() and "One warm-up is enough." in listed.message.text()
    assert optimizer(window, 0) == "SGD | warmup"
    listed.select("ema")
    assert not listed.message.isVisible()
    qtbot.keyClick(listed.rows, Qt.Key.Key_Return)
    assert optimizer(window, 0) == "SGD | warmup | ema"


def test_a_learning_rate_free_rule_takes_a_schedule_too(qtbot: QtBot, window: MainWindow) -> None:
    window.session.add_racer("Prodigy")
    put_round(window, 4, "cosine")
    wait_until(qtbot, lambda: len(window.frame.racers) == 5)
    go_to(qtbot, window, 30)
    assert window.frame.racers[4].status == "running" and window.frame.racers[4].position != window.frame.start


def test_a_schedule_is_typed_on_the_card_and_its_free_names_become_sliders(qtbot: QtBot, window: MainWindow) -> None:
    go_to(qtbot, window, 20)
    card = put_round(window, 0, "schedule")
    formula = card.modifiers.blocks[0].formula
    wait_until(qtbot, formula.hasFocus)
    qtbot.keyClicks(formula, "exp(-t/T)*depth")
    assert optimizer(window, 0) == "SGD | schedule(exp(-t/T)*depth)"
    assert card.modifiers.blocks[0].formula is formula and formula.hasFocus()
    assert list(card.sliders)[2:] == ["T", "depth"] and card.sliders["T"].value == 500
    window.session.set_hyperparameter(card.key, "depth", 0.0)
    before = window.frame.racers[0].position
    go_to(qtbot, window, 40)
    assert window.frame.racers[0].position == before


@pytest.mark.parametrize(
    ("typed", "told"),
    [("cos(t", "is not closed"), ("lr*t", 'does not know "lr"'), ("", 'Try "cos(pi*t/T)"'), ("1/t) | sam", '")"')],
)
def test_a_schedule_that_is_none_is_told_at_its_field_and_the_last_good_one_goes_on(
    qtbot: QtBot, window: MainWindow, typed: str, told: str
) -> None:
    card = put_round(window, 0, "schedule")
    block, before = card.modifiers.blocks[0], optimizer(window, 0)
    block.formula.put(typed)
    assert block.message.isVisible() and told in block.message.text()
    assert optimizer(window, 0) == before and block.formula.toPlainText() == typed
    block.formula.put("1/t")
    assert not block.message.isVisible() and optimizer(window, 0) == "SGD | schedule(1/t)"


def test_a_schedule_is_typed_in_the_editor_of_formulas_on_one_line(qtbot: QtBot, window: MainWindow) -> None:
    field = put_round(window, 0, "schedule").modifiers.blocks[0].formula
    wait_until(qtbot, field.hasFocus)
    height = field.height()
    qtbot.keyClicks(field, "1/(t + 2) + sqr")
    assert [entry.name for entry in field.assistant.list.shown] == ["sqrt"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClicks(field, "t")
    assert field.toPlainText() == "1/(t + 2) + sqrt(t)"
    marked = [mark.cursor.selectedText() for mark in field.extraSelections()]
    assert marked == [")", "("], "the brackets on both sides of the cursor's name"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert optimizer(window, 0) == "SGD | schedule(1/(t + 2) + sqrt(t))"
    QApplication.clipboard().setText("k = t/5\nexp(-k)")
    field.selectAll()
    field.paste()
    assert field.toPlainText() == "k = t/5; exp(-k)" and field.height() == height
    assert optimizer(window, 0) == "SGD | schedule(k = t/5; exp(-k))"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_step_is_coloured_as_a_variable_and_other_names_as_sliders(
    qtbot: QtBot, window: MainWindow, theme: str
) -> None:
    field = put_round(window, 0, "schedule").modifiers.blocks[0].formula
    field.put("1 - t/tiredness")
    window.session.set_theme(theme)
    settle(qtbot, window)
    seen = pixels(field)
    for kind in ("variable", "parameter", "number"):
        assert has_colour(seen, window.theme.syntax[kind], least=2), kind


def test_a_mistake_in_a_schedule_is_underlined(qtbot: QtBot, window: MainWindow) -> None:
    field = put_round(window, 0, "schedule").modifiers.blocks[0].formula
    field.put("t + sinn(t) + 1")
    (underlined,) = field.extraSelections()
    assert underlined.cursor.selectedText() == "sinn"


def test_the_dot_of_a_schedule_is_where_the_race_is(qtbot: QtBot, window: MainWindow) -> None:
    line = put_round(window, 3, "cosine").modifiers.blocks[0].line
    places = {}
    for step in (0, 250, 500, 2000, 250):
        go_to(qtbot, window, step)
        curve = line.curve
        assert curve.steps[-1] >= step
        places.setdefault(step, []).append((line.dot.x(), line.dot.y()))
        assert np.interp(max(step, 1), curve.steps, curve.factors) == pytest.approx(
            factors(SCHEDULES["cosine"], {}, max(step, 1)), abs=0.01
        )
    (before, after), (start,), (end,) = places[250], places[0], places[500]
    assert before == after, "going back shows what was there"
    assert start[0] < before[0] < end[0] and start[1] < before[1] < end[1], (
        "on the right and lower, as the factor falls"
    )


def test_a_curve_follows_its_sliders_and_waits_for_a_warm_up(window: MainWindow) -> None:
    card = put_round(window, 0, "cosine", "warmup")
    line = card.modifiers.blocks[0].line
    window.session.set_hyperparameter(card.key, "W", 100.0)
    assert line.curve.factors[line.curve.steps <= 101].min() == 1.0
    window.session.set_hyperparameter(card.key, "low", 0.5)
    assert line.curve.factors.min() == 0.5


def test_a_card_with_parts_still_fits_and_the_newest_is_in_view(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1100, 700)
    settle(qtbot, window)
    card = put_round(window, 3, "warmup_stable_decay", "heavy_tailed_noise", "lookahead")
    viewport = window.racers_panel.scroll_area.viewport()
    wait_until(qtbot, lambda: card.height() >= card.minimumSizeHint().height())
    wait_until(qtbot, lambda: viewport.rect().contains(card.footer.mapTo(viewport, card.footer.rect().center())))
    assert card.width() <= viewport.width()
    assert card.modifiers.blocks[0].line.width() >= 60


def test_the_keyboard_alone_puts_a_wrapper_round(qtbot: QtBot, window: MainWindow) -> None:
    card = window.racers_panel.cards[1]
    card.footer.add.setFocus()
    qtbot.keyClick(card.footer.add, Qt.Key.Key_Space)
    wait_until(qtbot, lambda: QApplication.activePopupWidget() is not None)
    listed = QApplication.activePopupWidget()
    wait_until(qtbot, listed.search.hasFocus)
    qtbot.keyClick(listed.search, Qt.Key.Key_Down)
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert optimizer(window, 1) == "Momentum | clip_value"


def test_wrappers_and_schedules_are_searched_and_a_slip_is_asked_about(qtbot: QtBot, window: MainWindow) -> None:
    listed = window.racers_panel.cards[0].footer.open_list()
    for sought, shown in {"clip": ["clip_norm", "clip_value"], "warmpu": ["warmup"], "pascanu": ["clip_norm"]}.items():
        listed.search.clear()
        qtbot.keyClicks(listed.search, sought)
        assert set(shown) <= set(listed.shown) and listed.selected == shown[0], sought
    listed.search.setText("qqqq")
    assert listed.shown == [] and listed.details.text() == "No wrapper or schedule fits."
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert listed.isVisible() and optimizer(window, 0) == "SGD", "Return adds nothing then"
    listed.search.setText("cosine")
    qtbot.keyClick(listed.search, Qt.Key.Key_Return)
    assert optimizer(window, 0) == "SGD | cosine"


def test_a_name_that_nobody_gave_says_what_races_and_a_given_one_stays(qtbot: QtBot, window: MainWindow) -> None:
    card = put_round(window, 0, "clip_norm", "schedule")
    assert window.session.racers[0].name == card.name.text() == "SGD | clip_norm | schedule"
    card.modifiers.blocks[0].cross.click()
    assert window.session.racers[0].name == "SGD | schedule"
    window.session.set_look(card.key, name="mine")
    card.modifiers.blocks[0].cross.click()
    assert (window.session.racers[0].name, optimizer(window, 0)) == ("mine", "SGD")
