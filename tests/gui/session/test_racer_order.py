"""The order of the racers: changed, undone and kept."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from gui.session.edit_history import EditHistory
from gui.session.function_racers import together
from gui.session.racer_order import move
from gui.session.session import Session
from landscapes import LANDSCAPES


def names(session: Session) -> list[str]:
    return [racer.name for racer in session.racers]


def test_a_moved_racer_is_moved_back_by_undo_and_keeps_its_place_in_the_saved_choices(qtbot: QtBot) -> None:
    session = Session(LANDSCAPES["Himmelblau"], ["SGD", "Adam", "RMSProp"])
    history = EditHistory(session)
    move(session, session.racers[2].key, -1)
    assert names(session) == ["SGD", "RMSProp", "Adam"]
    assert [racer.name for racer in session.choices().racers] == names(session)
    history.note()
    assert history.stack.undoText() == "swapping RMSProp and Adam", "either may have been meant"
    history.undo()
    assert names(session) == ["SGD", "Adam", "RMSProp"]
    history.redo()
    assert names(session) == ["SGD", "RMSProp", "Adam"]
    move(session, session.racers[0].key, -1)
    move(session, session.racers[2].key, 1)
    assert names(session) == ["SGD", "RMSProp", "Adam"], "there is nothing above the first and below the last"


def test_an_absent_racer_comes_back_behind_those_that_were_added_before_it() -> None:
    racers = Session(LANDSCAPES["Himmelblau"], ["SGD", "Adam", "RMSProp", "Lion"]).racers
    first, second, third, fourth = racers
    assert together([first, third, fourth], [second]) == racers
    assert together([second, third, fourth], [first]) == racers
    assert together([first, second], [fourth, third]) == racers
    moved = [third, first, second]
    late = replace(fourth, name="late")
    assert together(moved, [late]) == [*moved, late]
