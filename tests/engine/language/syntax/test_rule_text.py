"""A rule's text gives what it reads, needs and defines, and texts made of it have the tokens of their characters."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import OPTIMIZERS, FormulaError
from engine.language.syntax import tokens
from engine.language.syntax.rule_text import RuleText, joined, joined_lines, of_name
from engine.language.syntax.tokens import LONGEST_TEXT, meaningful
from engine.optimizers.racer_text import parse_racer
from engine.rules.modifiers.wrappers import WRAPPERS

MOMENTUM = RuleText("init v = lr*g\nv = mu*v + g   # velocity\nw = w - lr*(v\n  + mu*v)")


def test_what_a_rule_reads_needs_and_defines() -> None:
    assert MOMENTUM.names == {"init", "v", "lr", "g", "mu", "w"}
    assert MOMENTUM.names_defined == ("v", "w")
    assert MOMENTUM.reads("lr") and not MOMENTUM.reads("f")
    assert MOMENTUM.needs("g") and MOMENTUM.needs("w") and not RuleText("g = 2\nw = w - g").needs("g")
    assert RuleText("bent(v) = v/hessdiag()\nw = w - bent(g)").reads_in_function("hessdiag")
    assert not RuleText("w = w - g/hessdiag()").reads_in_function("hessdiag")


def test_an_init_line_is_neither_read_nor_changed_with_the_lines_of_a_step() -> None:
    rule = RuleText("init v = lr\nw = w - v*g")
    assert not rule.reads("lr")
    assert rule.with_names_in_steps({"v": "u"}).text == "init v = lr\nw = w - u*g"
    assert rule.with_names({"v": "u"}).text == "init u = lr\nw = w - u*g"


def test_spaces_comments_and_brackets_over_lines_stay_as_they_were_typed() -> None:
    assert MOMENTUM.with_names({"lr": "rate"}).text == MOMENTUM.text.replace("lr", "rate")
    assert [line.text for line in MOMENTUM.line_texts()] == [
        "init v = lr*g",
        "v = mu*v + g",
        "w = w - lr*(v\n  + mu*v)",
    ]


def test_an_expression_in_place_of_a_factor_without_a_sign_gets_brackets() -> None:
    assert RuleText("2t + 3*t").with_names({"t": RuleText("s + 1")}).text == "2(s + 1) + 3*s + 1"
    assert RuleText("2k").with_names({"k": "k_2"}).text == "2k_2"


def test_a_point_goes_to_second_derivatives_that_name_none() -> None:
    rule = RuleText("w = w - hess(hess(g), w)/hessdiag() + hess(g)")
    assert rule.with_point("z").text == "w = w - hess(hess(g, z), w)/hessdiag(z) + hess(g, z)"


def test_joined_lines_leave_out_what_is_empty() -> None:
    assert joined_lines([RuleText(""), RuleText("a = 1"), RuleText(""), RuleText("w = a")]).text == "a = 1\nw = a"
    assert joined([of_name("a"), RuleText(" = "), RuleText("1")]).text == "a = 1"


def test_texts_that_are_too_long_together_are_refused() -> None:
    half = RuleText("a" + " " * (LONGEST_TEXT // 2))
    with pytest.raises(FormulaError, match="too long"):
        joined([half, half])


def test_a_text_is_equal_by_its_characters_and_pickles_as_them() -> None:
    made = RuleText("v = g").with_names({"v": "u"})
    assert made == RuleText("u = g") and hash(made) == hash(RuleText("u = g"))
    assert pickle.loads(pickle.dumps(made)) == made
    assert b"tokens" not in pickle.dumps(made)


RACERS = [
    f"{name} | {' | '.join(WRAPPERS)} | warmup | cosine_restarts" for name in ("Adam", "SAM", "Sophia", "Nesterov")
]


@pytest.mark.parametrize("racer", [*RACERS, "SGD | schedule((1 # one\n/(t²·√k))) | ema"])
def test_a_text_made_of_others_has_the_tokens_of_its_characters(racer: str) -> None:
    made = parse_racer(racer)[0].rule_text
    assert list(made.tokens) == meaningful(made.text)


PIECES = st.sampled_from(
    ["v", "t", "w", "2", " ", "+", "(", ")", "\n", " = ", "²", "# c", "init ", "hess(v)", "|", ";"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_replacing_names_in_any_text_gives_the_tokens_of_its_characters(text: str) -> None:
    made = RuleText(text).with_names({"v": "vv", "t": RuleText("(s + 1)")})
    assert list(made.tokens) == meaningful(made.text)
    assert RuleText(text).with_names({}).text == text


def test_a_racer_with_many_modifiers_is_tokenised_once_and_its_modifiers_once_for_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    racer = "Momentum | ema | clip_norm | warmup | cosine"
    parse_racer(racer)
    seen: list[str] = []
    real = tokens.pieces_of
    monkeypatch.setattr(tokens, "pieces_of", lambda text: (seen.append(text), real(text))[1])
    vars(OPTIMIZERS["Momentum"]).pop("rule_text")
    parse_racer(racer)
    assert seen == [racer, OPTIMIZERS["Momentum"].rule]
