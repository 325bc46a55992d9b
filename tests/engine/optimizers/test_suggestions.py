"""A name with a slip in it, or another usual name, leads to the optimizer that was meant."""

import pytest

from engine import OPTIMIZERS, FormulaError
from engine.optimizers.racer_text import parse_racer
from engine.optimizers.suggestions import ALIASES, nearest_names, nearest_optimizers, slips_between


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Adma", "Adam"),
        ("adm", "Adam"),
        ("RMSprob", "RMSProp"),
        ("BFSG", "BFGS"),
        ("lionn", "Lion"),
        ("nag", "Nesterov"),
    ],
)
def test_the_nearest_optimizer_is_named_first(written: str, meant: str) -> None:
    assert nearest_optimizers(written, OPTIMIZERS)[0] == meant
    with pytest.raises(FormulaError) as caught:
        parse_racer(f"{written}(lr=0.1)")
    assert str(caught.value) == f'There is no optimizer "{written}". Did you mean "{meant}"?'


def test_what_is_near_to_nothing_is_left_unanswered() -> None:
    assert nearest_optimizers("zzz", OPTIMIZERS) == [] == nearest_names("zzz", OPTIMIZERS)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("adma", "adam", 1), ("adm", "adam", 1), ("adam", "adam", 0), ("", "sgd", 3), ("abc", "cab", 2)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other) == slips_between(other, one) == slips


def test_every_other_name_leads_into_the_catalogue_and_is_no_name_there() -> None:
    listed = {name.lower() for name in OPTIMIZERS}
    assert all(meant in OPTIMIZERS and alias.lower() not in listed for alias, meant in ALIASES.items())


def test_a_rule_of_ones_own_is_found_but_not_listed() -> None:
    assert OPTIMIZERS["ownrule"].rule == "w = w - lr*g" and "OwnRule" not in list(OPTIMIZERS)
