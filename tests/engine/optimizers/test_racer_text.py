"""How a racer is written: an optimizer with wrappers and schedules."""

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, FormulaError, Race, compile_loss
from engine.live.racer_settings import RacerSettings, check_racers
from engine.optimizers import racer_syntax
from engine.optimizers.entries import Entries
from engine.optimizers.function_optimizer import function_optimizer
from engine.optimizers.racer_syntax import MOST_MODIFIERS
from engine.optimizers.racer_text import parse_racer
from engine.rules.modifiers.schedule import SCHEDULES
from engine.rules.modifiers.scheduling import scheduled
from engine.rules.optimizer import Optimizer

WHOLE = "Adam(lr=0.1) | clip_norm(max_norm=2) | cosine(T=300)"


def error_of(text: str) -> tuple[str, FormulaError]:
    """The faulty part of a racer's text, and what is said about it."""
    with pytest.raises(FormulaError) as caught:
        parse_racer(text)
    return text[caught.value.start : caught.value.end], caught.value


def test_what_goes_round_an_optimizer_adds_its_hyperparameters_and_nothing_else() -> None:
    optimizer, values = parse_racer(WHOLE)
    assert optimizer.name == "Adam | clip_norm | cosine"
    assert values == {"lr": 0.1, "max_norm": 2, "T": 300}
    assert optimizer.defaults == {**OPTIMIZERS["Adam"].defaults, "max_norm": 1, "T": 500, "low": 0}
    assert optimizer.follows == "" and optimizer.source == OPTIMIZERS["Adam"].source


def test_nothing_goes_round_an_optimizer_that_does_not_say_so() -> None:
    optimizer, values = parse_racer("adam(lr=0.1)")
    assert optimizer is OPTIMIZERS["Adam"] and values == {"lr": 0.1}


@pytest.mark.parametrize(
    "text",
    ["adam(lr=0.1)|CLIP_NORM(max_norm=2)|Cosine(T=+3e2)", "Adam( lr = 0.1 ) | clip_norm(max_norm=2,)| cosine(T=300)"],
)
def test_blanks_and_capitals_do_not_matter(text: str) -> None:
    optimizer, values = parse_racer(text)
    assert (optimizer.rule, values) == (parse_racer(WHOLE)[0].rule, parse_racer(WHOLE)[1])


def test_values_reach_their_own_part_whatever_the_order_and_the_names() -> None:
    decays = "weight_decay(weight_decay=0.2) | cosine(T=30) | weight_decay(weight_decay=0.3)"
    optimizer, values = parse_racer(f"SGD(weight_decay=0.1) | {decays} | polynomial(T=40)")
    assert values == {"weight_decay": 0.1, "weight_decay_2": 0.2, "weight_decay_3": 0.3, "T": 30, "T_2": 40}
    assert optimizer.compile(**values).hyperparameters == {**optimizer.defaults, **values}


def test_a_typed_schedule_has_a_formula_and_values_for_its_free_names() -> None:
    optimizer, values = parse_racer("SGD | schedule(max(0.1, |cos(pi*t/T)|^k), T=50, k=2)")
    assert optimizer.name == "SGD | schedule(max(0.1, |cos(pi*t/T)|^k))"
    assert values == {"T": 50, "k": 2}


def test_the_catalogue_finds_a_wrapped_optimizer_by_its_name_but_does_not_list_it() -> None:
    name = "Momentum | lookahead | schedule(1/t)"
    assert OPTIMIZERS[name].name == name and OPTIMIZERS[name] is OPTIMIZERS[name]
    assert name in OPTIMIZERS and name not in list(OPTIMIZERS)
    assert pickle.loads(pickle.dumps(OPTIMIZERS[name])) == OPTIMIZERS[name]
    for wrong in (
        "Momentum | lookback",
        "| cosine",
        "|",
        "Adm | cosine",
        "Adam(lr=0.1) | cosine",
        "Adam | cosine(T=3)",
    ):
        assert wrong not in OPTIMIZERS
        with pytest.raises(KeyError, match=r"There is no|A name has no values"):
            OPTIMIZERS[wrong]


def test_a_race_in_the_background_takes_a_wrapped_optimizer_by_its_name() -> None:
    check_racers([RacerSettings(0, "Adam | ema | cosine", {"lr": 0.1, "decay": 0.8, "T": 100})])
    with pytest.raises(FormulaError, match='no hyperparameter "max_norm"'):
        check_racers([RacerSettings(0, "Adam | ema", {"max_norm": 0.1})])


def test_every_value_of_a_wrapped_racer_moves_while_it_races() -> None:
    race = Race(compile_loss("x^2 + 3y^2"), [WHOLE], start=(1, 1))
    for name in race.racers[0].rule.hyperparameters:
        race.advance(5)
        race.set(0, **{name: 0.5})
    trail = race.trail(0).copy()
    race.advance(5)
    race.rewind(len(trail) - 1)
    assert race.trail(0).tobytes() == trail.tobytes()


@pytest.mark.parametrize(
    ("text", "part", "message", "hint"),
    [
        ("Adam | clip", "clip", 'There is no wrapper or schedule "clip".', 'Did you mean "clip_norm"?'),
        ("Adam | cosin(T=5)", "cosin", 'There is no wrapper or schedule "cosin".', 'Did you mean "cosine"?'),
        ("Adam | cosine | lokahead", "lokahead", 'There is no wrapper or schedule "lokahead".', '"lookahead"?'),
        ("Adam | Lion", "Lion", 'There is no wrapper or schedule "Lion".', "There are: clip_norm, "),
        ("Adam | cosine(T_max=5)", "T_max", '"cosine" has no hyperparameter "T_max".', "It has: T, low."),
        ("Adam | cosine(lr=5)", "lr", '"cosine" has no hyperparameter "lr".', "It has: T, low."),
        ("Adam | constant(T=5)", "T", '"constant" has no hyperparameter "T".', 'Write "constant".'),
        ("Adam | cosine(T=x)", "x", '"T" must be a number.', ""),
        ("Adam | cosine(5)", "5", "This is not how a racer is written.", 'Write "cosine(T=500)".'),
        ("Adam | cosine(T=5", "", "This is not how a racer is written.", 'Write "cosine(T=500)".'),
        ("Adam | cosine T", "T", "This is not how a racer is written.", 'Write "cosine(T=500)".'),
        ("Adam | ", "", "A wrapper or schedule is missing here.", 'Write "Adam | cosine".'),
        ("Adam || ema", "|", "A wrapper or schedule is missing here.", 'Write "Adam | cosine".'),
        ("Adam | 5", "5", "A wrapper or schedule is missing here.", 'Write "Adam | cosine".'),
        ("cosine", "cosine", 'There is no optimizer "cosine".', 'It is added to an optimizer: "Adam | cosine".'),
        ("| cosine", "|", 'There is no optimizer "|".', "such as SGD"),
        ("Adam | warmup | ema | warmup", "warmup | ema | warmup", "One warm-up is enough.", "Leave the others out."),
        (
            "COCOB | ema | cosine",
            "cosine",
            "COCOB asks for no learning rate from step to step.",
            "Leave the schedule out.",
        ),
        ("Adam | schedule", "schedule", "The schedule has no formula yet.", 'Try "schedule(cos(pi*t/T), T=500)".'),
        ("Adam | schedule( )", "( )", "The schedule has no formula yet.", 'Try "schedule(cos(pi*t/T), T=500)".'),
        ("Adam | schedule(T=5)", "(T=5)", "The schedule has no formula yet.", 'Try "schedule('),
        ("Adam | schedule(cso(t), T=5)", "cso", '"cso" is not known.', 'Did you mean "csc"?'),
        ("Adam | schedule(lr*t)", "lr", 'A schedule does not know "lr".', "The schedule is its factor: leave it out."),
        ("Adam | schedule(1/x)", "x", 'A schedule does not know "x".', 'It knows the step "t".'),
        ("Adam | schedule(1/norm(g, 1))", "g", 'A schedule does not know "g".', 'It knows the step "t".'),
        ("Adam | schedule(t = 2; t)", "t", '"t" is the number of the step.', "Choose another name."),
        ("Adam | schedule(cos(t)", "", "This is not how a racer is written.", 'Write "schedule(cos(t))".'),
        ("Adam | schedule(k/t, K=5)", "K", '"schedule(k/t)" has no hyperparameter "K".', "It has: k."),
    ],
)
def test_a_mistake_is_told_at_its_place_with_what_to_try(text: str, part: str, message: str, hint: str) -> None:
    found, error = error_of(text)
    assert (found, error.message) == (part, message)
    assert hint in error.hint


def descend(w: np.ndarray, g: np.ndarray, lr: float = 0.1) -> None:
    w -= lr * g


def test_nothing_goes_round_a_function_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = function_optimizer(descend)
    monkeypatch.setattr(racer_syntax, "ENTRIES", Entries((entry,)))
    found, error = error_of("descend | cosine | ema")
    assert (found, error.message) == (
        "cosine | ema",
        "descend is a function, to which no wrapper or schedule can be added.",
    )
    assert parse_racer("Descend") == (entry, {})


def test_more_than_a_person_can_read_does_not_go_round_one_rule() -> None:
    parse_racer("SGD" + " | ema" * MOST_MODIFIERS)
    assert error_of("SGD" + " | ema" * (MOST_MODIFIERS + 1))[1].message.startswith("There are too many wrappers")


def test_a_schedule_says_so_where_a_rule_asks_for_no_learning_rate() -> None:
    rule = Optimizer("Fixed", "init v = lr\nv = v\nw = w - v*g", OPTIMIZERS["SGD"].hyperparameters[:1], "", "")
    with pytest.raises(FormulaError, match="Fixed asks for no learning rate from step to step"):
        scheduled(rule, SCHEDULES["cosine"])


PIECES = [
    *(
        "Adam",
        "SGD",
        "lr",
        "=",
        "0.1",
        "-1",
        "1e9",
        "(",
        ")",
        "|",
        ",",
        " | ",
        "clip_norm",
        "cosine",
        "warmup",
        "T",
        "ema",
    ),
    *(
        "schedule",
        "schedule(",
        "cos(pi*t/T)",
        "t",
        "w",
        "init",
        "a = t",
        "f(u) = u",
        ";",
        "\n",
        "#",
        "if",
        "sum(i, i, 1, t)",
    ),
    *("lookahead(k=0)", "|x|", "²", "√", "é", "'", "\x00", "randn()", "grad(w)", "lr_t", "s", "2t"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_a_racer_or_a_mistake_that_is_told(text: str) -> None:
    for racer in (text, f"SGD | {text}", f"SGD | schedule({text})", f"SGD | schedule({text}) | warmup"):
        try:
            optimizer, values = parse_racer(racer)
            optimizer.compile(**values)
        except FormulaError as error:
            assert 0 <= error.start <= error.end <= len(racer)
