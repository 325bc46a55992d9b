"""Every field of the window that takes a number reads what the formula bar reads, and refuses what that refuses."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.live.commands import Pause, Play
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.numbers.value_slider import ValueSlider
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE
from tests.gui.person import wait_until

pytestmark = pytest.mark.one_window

COMMA = '"," does not fit here. A decimal number has a point: "0.001".'
REFUSED = {
    "0,001": COMMA, "1_5": "groups of three digits", "1 000": "no gaps", "٣": 'Type a plain "3"',
    "nan": '"nan" is no number',
    "1e400": "too large", "0x10": "decimal digits", "x": '"x" has no value here', "": "A number is missing.",
    "1\n2": "defines nothing", "9" * 5000: "too large", "1/0": "not a finite number",
}  # fmt: skip
READ = {"3e1": 30.0, "5·2": 10.0, "2^4": 16.0, "60/2": 30.0, "5.": 5.0, " 7 ": 7.0, "1e+1": 10.0, "sqrt(49)": 7.0}
FREE = {"2pi": 6.283185307179586, "−0.5": -0.5, "1e−3": 1e-3, "1/3": 1 / 3, "2^-4": 0.0625, ".5": 0.5}
"""Numbers that only some fields accept, since they are neither whole nor above 1."""


def every_field(window: MainWindow) -> dict[str, tuple[NumberField, Callable[[], object]]]:
    """Return, by name, a field of each kind and a function that returns the value that the field sets."""
    session, card = window.session, window.racers_panel.cards[3]
    noise, transform = window.racers_panel.noise.open_popover(), window.formula_bar.landscape.open_transform()
    ends = card.sliders["lr"].open_range()
    return {
        "hyperparameter": (card.sliders["beta1"].field, lambda: session.racer(card.key).values["beta1"]),
        "low end": (ends.low, lambda: session.racer(card.key).ranges.get("lr")),
        "parameter": (window.formula_bar.sliders["noise"].field, lambda: session.parameters.get("noise", 1.0)),
        "batch": (window.formula_bar.data.sliders["batch"].field, lambda: session.batch),
        "data setting": (window.formula_bar.data.sliders["points"].field, lambda: session.data.settings["points"]),
        "step": (window.transport.step, lambda: window.frame.step),
        "speed": (window.transport.rate, lambda: session.speed),
        "size of noise": (noise.strength.field, lambda: session.randomness.sigma),
        "seeds": (noise.seeds.field, lambda: session.randomness.seeds),
        "seed": (noise.seed.field, lambda: session.randomness.seed),
        "angle": (transform.sliders["angle"].field, lambda: session.transform.angle),
        "stretch": (transform.sliders["stretch"].field, lambda: session.transform.stretch),
    }


@pytest.fixture
def lab(qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """Yield a window with a loss from data and a parameter, so that there is a field of every kind."""
    window.session.choose(CATALOGUE["LinearRegression"])
    window.session.set_randomness(noise="noise", sigma=1.0)
    window.session.set_formula("mean((x*u + y - v)^2) + noise*x^2")
    wait_until(qtbot, lambda: "noise" in window.formula_bar.sliders and "points" in window.formula_bar.data.sliders)
    yield window
    for popover in QApplication.topLevelWidgets():
        if popover.windowType() == Qt.WindowType.Popup:
            popover.close()


def type_in(field: QLineEdit, text: str) -> None:
    """Replace the text of a field, as pasting does, and leave the field."""
    field.selectAll()
    field.insert(text)
    field.editingFinished.emit()


def told(window: MainWindow) -> str:
    """Return the text of every visible error message."""
    tops: list[QWidget] = [window, *(top for top in QApplication.topLevelWidgets() if top is not window)]
    labels = [label for top in tops for label in top.findChildren(QLabel) if label.objectName() == "error"]
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_every_field_refuses_what_the_formula_bar_refuses_with_its_sentence(lab: MainWindow) -> None:
    for kind, (field, decided) in every_field(lab).items():
        before, shown = decided(), field.text()
        for text, words in REFUSED.items():
            type_in(field, text)
            assert words in told(lab), (kind, text, told(lab))
            assert decided() == before, (kind, text)
            if kind != "low end":
                assert field.text() == shown, (kind, text)
        field.discard()
        assert "does not fit" not in told(lab) and field.text() == shown


def test_every_field_reads_what_the_formula_bar_reads(qtbot: QtBot, lab: MainWindow) -> None:
    for kind, (field, decided) in every_field(lab).items():
        for text, value in READ.items():
            if kind == "low end" and value >= 10.0:
                continue
            type_in(field, text)
            taken = value, (value, 10.0)
            if kind == "step":
                wait_until(qtbot, lambda decided=decided, taken=taken: decided() in taken)
            assert decided() in taken, (kind, text)


def test_a_number_may_be_small_negative_or_worked_out(lab: MainWindow) -> None:
    for kind in ("parameter", "hyperparameter", "angle"):
        for text, value in FREE.items():
            field, decided = every_field(lab)[kind]
            type_in(field, text)
            assert decided() == value, (kind, text)


def test_a_field_for_whole_numbers_refuses_others(lab: MainWindow) -> None:
    for kind in ("step", "seeds", "seed", "batch", "data setting"):
        for text in ("2.5", "1/3", "pi"):
            field, decided = every_field(lab)[kind]
            before = decided()
            field.discard()
            assert "is not whole" not in told(lab), (kind, text)
            type_in(field, text)
            assert "must be a whole number" in told(lab) and "is not whole" in told(lab), (kind, text)
            assert decided() == before, (kind, text)
            field.discard()


def test_no_field_of_the_window_reads_numbers_in_another_way(lab: MainWindow) -> None:
    """Fields for names and searches stay texts; all others are those that this file is about."""
    every_field(lab)
    words = {"Name", "Search the optimizers", "Name of the optimizer"}
    sliders = lab.findChildren(ValueSlider)
    assert len(sliders) > 10
    for field in lab.findChildren(QLineEdit):
        assert isinstance(field, NumberField) or field.accessibleName() in words, field.accessibleName()


def test_what_was_refused_comes_back_with_undo(qtbot: QtBot, lab: MainWindow) -> None:
    field = lab.racers_panel.cards[0].sliders["lr"].field
    shown = field.text()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0,5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == shown and '"0.5"' in told(lab)
    while field.text() != "0,5":
        assert field.isUndoAvailable()
        field.undo()


def test_escape_gives_up_what_is_being_typed(qtbot: QtBot, lab: MainWindow) -> None:
    slider = lab.racers_panel.cards[0].sliders["lr"]
    value = slider.value
    slider.field.setFocus()
    slider.field.selectAll()
    qtbot.keyClicks(slider.field, "7")
    qtbot.keyClick(slider.field, Qt.Key.Key_Escape)
    slider.slider.setFocus()
    assert slider.value == value


def test_a_number_that_is_only_looked_at_is_not_rounded(lab: MainWindow) -> None:
    slider = lab.racers_panel.cards[0].sliders["lr"]
    type_in(slider.field, "0.123456789")
    slider.field.setFocus()
    slider.slider.setFocus()
    assert slider.value == lab.session.racers[0].values["lr"] == 0.123456789


def test_what_is_being_typed_is_not_overwritten_by_the_race(qtbot: QtBot, lab: MainWindow) -> None:
    step = lab.transport.step
    lab.activateWindow()
    step.setFocus()
    wait_until(qtbot, step.hasFocus)
    step.selectAll()
    qtbot.keyClicks(step, "50")
    lab.controller.runner.post(Play())
    wait_until(qtbot, lambda: lab.frame.step > 5)
    lab.controller.runner.post(Pause())
    assert step.text() == "50"
    qtbot.keyClick(step, Qt.Key.Key_Return)
    wait_until(qtbot, lambda: lab.frame.step == 50)


def test_a_sentence_stays_while_the_race_goes_on_and_goes_with_the_next_number(qtbot: QtBot, lab: MainWindow) -> None:
    field = lab.formula_bar.sliders["noise"].field
    type_in(field, "0,5")
    lab.controller.runner.post(Play())
    first = lab.frame.step
    wait_until(qtbot, lambda: lab.frame.step > first + 5)
    assert '"0.5"' in lab.formula_bar.message.text() and field.property("wrong")
    type_in(field, "0.5")
    assert lab.formula_bar.message.text() == "" and not field.property("wrong")
