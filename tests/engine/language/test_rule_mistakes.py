"""A mistake in a rule is told at its place, with what to try, as one in a formula is."""

import pytest

from engine.language.errors import FormulaError
from engine.rule import compile_rule

MISTAKES = {
    # text: words of the sentence, words of what to try, how the text goes on from the marked place ("" is its end)
    # Names
    "w = w - lr*gg": ("`gg` is not known", "Did you mean `g`", "gg"),
    "w = ww - lr*g": ("`ww` is not known", "Did you mean `w`", "ww"),
    "w = w - lr*g/sqrt(tt)": ("`tt` is not known", "Did you mean `t`", "tt"),
    "step(u) = lr*ff*u\nw = w - step(g)": ("has a meaning already", "another name", "step"),
    "move(u) = lr*ff*u\nw = w - move(g)": ("`ff` is not known", "Did you mean `f`", "ff"),
    "m_hat = 0.9*g\nw = w - lr*m_hta": ("`m_hta` is not known", "Did you mean `m_hat`", "m_hta"),
    "w = w - lr*grad": ("`grad` needs its argument", "`g`, or `grad(u)`", "grad"),
    "w = w - lr*grad w": ("`grad` needs its argument", "`grad(w)`", "grad"),
    "w = w - lr*grda(w)": ("`grda` is not known", "Did you mean `grad`", "grda"),
    "w = w - lr*g*loss": ("`loss` needs its argument", "`f`, or `loss(u)`", "loss"),
    # Other points
    "w = w - lr*grad(grad(w))": ("gives a slope", "`hess(v)`", "grad(w)"),
    "w = w - grad(hess(g))": ("gives a slope", "`hess(v)`", "hess"),
    "w = w - g*loss(grad(w))": ("gives a slope", "`hess(v)`", "grad(w)"),
    "w = w - sum(grad(grad(w)), i, 1, 3)": ("gives a slope", "`hess(v)`", "grad(w)"),
    "w = w - grad(f)": ("works on a vector", "", "f)"),
    "w = w - hess(norm(g))": ("works on a vector", "", "norm(g)"),
    # Coordinates
    "w = w - coordinate(g, 3)": ("numbered from 1 to 2", "", "3"),
    "w = w - g*coordinate(2g, 1.5)": ("numbered from 1 to 2", "", "1.5"),
    "n = n + 1\nw = w - coordinate(g, n)": ("numbered from 1 to 2", "", "n)"),
    "w = w - coordinate(f, 1)": ("works on a vector", "", "f,"),
    "w = w - vector(1, g)": ("is made of numbers", "", "g)"),
    "w = w - vector(1, 2, 3)": ("takes 2 arguments, not 3", "`vector(u, v)`", "vector"),
    "first(v) = coordinate(v, 1)\nw = w - g - first(f)": ("works on a vector", "", "w - g"),
    "third(v) = coordinate(v, 3)\nw = w - loss(third(g))*g": ("numbered from 1 to 2", "", "w - loss"),
    # Where a number is needed
    "w = w - sum(g*i, i, 1, g)": ("must not depend", "whole", "g)"),
    "w = w - sum(g*i, i, 1, t)": ("must not depend", "whole", "t)"),
    # Arguments
    "w = w - hess()": ("`hess` needs an argument", "`hess(u)`", "hess()"),
    "w = w - hessdiag": ("`hessdiag` needs brackets", "`hessdiag()`", "hessdiag"),
    "w = w - randn": ("`randn` needs brackets", "`randn()`", "randn"),
    "w = w - randn(2)": ("`randn` takes no arguments, not 1", "`randn()`", "randn"),
    "w = w - randn(": ("missing", "", ""),
    "w = w - norm()": ("`norm` needs an argument", "`norm(u, v, ...)`", "norm()"),
    "w = w - dot(g)": ("takes 2 arguments, not 1", "`dot(u, v)`", "dot"),
    # Lines
    "": ("no rule", "`w = w - lr*g`", ""),
    "m = 0.9*m + g": ("say where to go", "`w = w - lr*g`", ""),
    "w - lr*g": ("defines nothing", "", "w - lr*g"),
    "f = 2\nw = w - g": ("given", "", "f ="),
    "init w = 1\nw = w - g": ("starts where it is put", "Leave out", "w = 1"),
    "init m = 1\nw = w - g": ("`m` never changes", "`m = ...`", "m = 1"),
    "init m = 1\nm = g\nw = w - m": ("never read before", "Leave out", "m = 1"),
    "init m = 1\ninit m = 2\nm = m + g\nw = w - m": ("started twice", "Keep one", "m = 2"),
    "move(u) = m*u\nm = m + g\nw = w - move(g)": ("`m` changes", "argument", "m*u"),
    "w = w - lr*g +": ("missing at the end", "", ""),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_a_rule_is_told_where_it_is_with_what_to_try(text: str) -> None:
    message, hint, place = MISTAKES[text]
    with pytest.raises(FormulaError) as caught:
        compile_rule(text)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert text.startswith(place, error.start) if place else error.start == len(text.rstrip())


@pytest.mark.parametrize(
    "rule",
    [
        "p = w + rho*grad(w)/norm(grad(w))\nw = w - lr*grad(p)",
        "w = w - lr*grad(w - lr*grad(w - lr*grad(w)))",
        "gg = g*g\nw = w - lr*gg",
        "w = w - lr*g*wd*g2*T*gt",
        "m_hat = 0.9*g\nw = w - lr*m_hat*m_hot",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(rule: str) -> None:
    assert "lr" in compile_rule(rule).hyperparameters
