"""What the session makes of an edited rule."""

import pytest

from engine import OPTIMIZERS, FormulaError
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.session import Session
from landscapes import LANDSCAPES


def session_with(racer: str) -> tuple[Session, int]:
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], [racer])
    return session, session.racers[0].key


def test_names_that_stay_keep_their_values_and_a_new_one_has_a_sensible_one() -> None:
    session, key = session_with("Adam(lr=0.5)")
    session.set_rule(key, "m = beta1*m + (1 - beta1)*g\nw = w - lr*push*m")
    assert session.racer(key).values == {"push": 1.0, "lr": 0.5, "beta1": 0.9}


def test_a_name_that_was_gone_while_somebody_typed_has_the_value_that_it_had() -> None:
    session, key = session_with("Adam(lr=0.5)")
    for rule in ("w = w - l*g", "w = w - 1*g", "w = w - lr*g"):
        session.set_rule(key, rule)
    assert session.racer(key).values == {"lr": 0.5}


def test_the_rule_of_the_catalogue_comes_back_with_its_settings() -> None:
    session, key = session_with("Adam(lr=0.5)")
    before = session.racer(key)
    session.set_rule(key, "w = w - g")
    session.set_rule(key, "")
    assert session.racer(key) == before and before.entry is OPTIMIZERS["Adam"]


@pytest.mark.parametrize(("racer", "rule"), [("Adam", "w = "), ("Adam", " "), ("BFGS", "w = w - g")])
def test_a_wrong_rule_changes_nothing(racer: str, rule: str) -> None:
    session, key = session_with(racer)
    before = session.racer(key)
    with pytest.raises(FormulaError):
        session.set_rule(key, rule)
    assert session.racer(key) is before


def test_a_copy_has_the_edited_rule_and_is_edited_apart() -> None:
    session, key = session_with("SGD")
    session.set_rule(key, "w = w - lr*sign(g)")
    copy = session.duplicate_racer(key)
    session.set_rule(copy, "w = w - lr*g/norm(g)")
    assert [racer.rule for racer in session.racers] == ["w = w - lr*sign(g)", "w = w - lr*g/norm(g)"]
    assert session.racer(copy).colour != session.racer(key).colour


def test_what_is_set_for_a_racer_that_is_gone_comes_to_nothing() -> None:
    session, key = session_with("SGD")
    session.add_racer("Adam")
    session.remove_racer(key)
    before, told = session.choices(), list[object]()
    for signal in (session.hyperparameter_changed, session.ranges_changed):
        signal.connect(lambda *what: told.append(what))
    session.set_hyperparameter(key, "lr", 1.0)
    session.set_hyperparameter_range(key, "lr", 0.0, 2.0)
    assert session.choices() == before and not told
    with pytest.raises(KeyError):
        session.racer(key)


def test_other_choices_in_the_place_of_all_are_told_as_one_change() -> None:
    session, _ = session_with("Adam")
    other, _ = session_with("SGD")
    other.set_formula("x^4 + y^2")
    told: list[str] = []
    session.changed.connect(lambda: told.append(session.formula))
    session.take(other.choices())
    assert told == ["x^4 + y^2"]
    session.set_speed(20.0)
    assert len(told) == 2
