"""An optimizer whose rule somebody has edited."""

import pytest

from engine import OPTIMIZERS, FormulaError, Race, compile_loss
from engine.optimizers.racer_text import optimizer_of

ADAM = OPTIMIZERS["Adam"]


def test_without_a_rule_it_is_the_one_of_the_catalogue() -> None:
    assert optimizer_of("adam") is ADAM
    assert optimizer_of("Adam | clip_norm") == OPTIMIZERS["Adam | clip_norm"]


def test_names_that_stay_keep_their_rows_and_a_new_one_gets_one() -> None:
    known = optimizer_of("Adam", ADAM.rule + "\nw = w + push*sign(g)")
    new, *others = known.hyperparameters
    assert tuple(others) == ADAM.hyperparameters
    assert (new.name, new.default) == ("push", 1.0) and new.low <= new.default <= new.high
    assert "lr" in known.playground and known.compile(push=0.5).hyperparameters["push"] == 0.5


def test_a_name_that_goes_leaves_no_row() -> None:
    assert list(optimizer_of("Adam", "w = w - lr*g").defaults) == ["lr"]


@pytest.mark.parametrize(
    ("name", "like"),
    [("lr", "lr"), ("lr2", "lr"), ("beta", "beta1"), ("beta2", "beta2"), ("beta7", "beta1"), ("eps", "eps")],
)
def test_a_new_name_that_all_optimizers_use_alike_means_the_same(name: str, like: str) -> None:
    (row,) = optimizer_of("SGD", f"w = w - {name}*g").hyperparameters
    expected = ADAM.hyperparameter(like)
    assert (row.name, row.default, row.scale) == (name, expected.default, expected.scale)


def test_what_goes_round_it_goes_round_the_edited_rule_too() -> None:
    known = optimizer_of("SGD | clip_norm | cosine", "w = w - lr*kick*g")
    assert set(known.defaults) == {"lr", "kick", "max_norm", "T", "low"}
    race = Race(compile_loss("100*x^2"), [known.compile(lr=1.0, kick=2.0, max_norm=0.25, T=1e9)], start=(1, 0))
    race.advance(1)
    assert race.positions[0].tolist() == pytest.approx([0.5, 0.0])


def test_it_does_not_claim_to_follow_what_the_original_follows() -> None:
    known = optimizer_of("Adam", "w = w - lr*g")
    assert ADAM.badge and not known.badge
    assert (known.source, known.link) == (ADAM.source, ADAM.link)


@pytest.mark.parametrize("rule", [" ", "m = g", "w = w - lr*(g", "w = w - grad(grad(w))", "w = w - hess(f)", "w = wg"])
def test_a_wrong_rule_is_told_at_its_place_in_the_rule(rule: str) -> None:
    with pytest.raises(FormulaError) as told:
        optimizer_of("Adam | clip_norm | cosine", rule)
    assert 0 <= told.value.start <= told.value.end <= len(rule)


def test_a_rule_that_what_goes_round_it_finds_nothing_in_is_told() -> None:
    with pytest.raises(FormulaError, match="asks for no learning rate"):
        optimizer_of("SGD | cosine", "w = w - 0.1*g")


def test_a_solver_has_no_rule_to_edit() -> None:
    with pytest.raises(FormulaError, match="BFGS is a solver"):
        optimizer_of("BFGS", "w = w - g")
