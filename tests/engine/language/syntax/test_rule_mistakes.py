"""The error of a mistake in a rule has its place and what to try, like that of one in a formula."""

import pytest

from engine.rules.rule import compile_rule
from tests.engine.language.syntax.marked import assert_refused

MISTAKES = {
    # Names
    "w = w - lr*«gg»": ('"gg" is not known', 'Did you mean "g"'),
    "w = «ww» - lr*g": ('"ww" is not known', 'Did you mean "w"'),
    "w = w - lr*g/sqrt(«tt»)": ('"tt" is not known', 'Did you mean "t"'),
    "«step»(u) = lr*ff*u\nw = w - step(g)": ("has a meaning already", "another name"),
    "move(u) = lr*«ff»*u\nw = w - move(g)": ('"ff" is not known', 'Did you mean "f"'),
    "m_hat = 0.9*g\nw = w - lr*«m_hta»": ('"m_hta" is not known', 'Did you mean "m_hat"'),
    "w = w - lr*«grad»": ('"grad" needs its argument', '"g", or "grad(u)"'),
    "w = w - lr*«grad» w": ('"grad" needs its argument', '"grad(w)"'),
    "w = w - lr*«grda»(w)": ('"grda" is not known', 'Did you mean "grad"'),
    "w = w - lr*g*«loss»": ('"loss" needs its argument', '"f", or "loss(u)"'),
    "w = w - lr*«pi2»*g": ("is one name", '"pi*2" or "pi^2"'),
    "w = w - lr*«sing»": ("is one name", '"sin(g)"'),
    "v = v + g^2\nw = w - lr*g/«sqrtv»": ("is one name", '"sqrt(v)"'),
    # Other points
    "w = w - lr*grad(«grad(w)»)": ("gives a slope", '"hess(v)"'),
    "w = w - grad(«hess(g)»)": ("gives a slope", '"hess(v)"'),
    "w = w - g*loss(«grad(w)»)": ("gives a slope", '"hess(v)"'),
    "w = w - sum(grad(«grad(w)»), i, 1, 3)": ("gives a slope", '"hess(v)"'),
    "w = w - grad(«f»)": ("works on a vector", ""),
    "w = w - hess(«norm(g)»)": ("works on a vector", ""),
    # Coordinates
    "w = w - coordinate(g, «3»)": ("numbered from 1 to 2", ""),
    "w = w - g*coordinate(2g, «1.5»)": ("numbered from 1 to 2", ""),
    "n = n + 1\nw = w - coordinate(g, «n»)": ("numbered from 1 to 2", ""),
    "w = w - coordinate(«f», 1)": ("works on a vector", ""),
    "w = w - vector(1, «g»)": ("is made of numbers", ""),
    "w = w - «vector»(1, 2, 3)": ("takes 2 arguments, not 3", '"vector(u, v)"'),
    "first(v) = coordinate(v, 1)\nw = «w - g - first(f)»": ("works on a vector", ""),
    "third(v) = coordinate(v, 3)\nw = «w - loss(third(g))*g»": ("numbered from 1 to 2", ""),
    # Where a number is needed
    "w = w - sum(g*i, i, 1, «g»)": ("must not depend", "whole"),
    "w = w - sum(g*i, i, 1, «t»)": ("must not depend", "whole"),
    # Arguments
    "w = w - «hess()»": ('"hess" needs an argument', '"hess(u)"'),
    "w = w - «hessdiag»": ('"hessdiag" needs brackets', '"hessdiag()"'),
    "w = w - «randn»": ('"randn" needs brackets', '"randn()"'),
    "w = w - «randn»(2)": ('"randn" takes no arguments, not 1', '"randn()"'),
    "w = w - randn(«»": ("missing", ""),
    "w = w - «norm()»": ('"norm" needs an argument', '"norm(u, v, ...)"'),
    "w = w - «dot»(g)": ("takes 2 arguments, not 1", '"dot(u, v)"'),
    # Lines
    "«»": ("no rule", '"w = w - lr*g"'),
    "m = 0.9*m + g«»": ("say where to go", '"w = w - lr*g"'),
    "«w - lr*g»": ("defines nothing", ""),
    "«f» = 2\nw = w - g": ("given", ""),
    "init «w» = 1\nw = w - g": ("starts where it is put", "Leave out"),
    "init «m» = 1\nw = w - g": ('"m" never changes', '"m = ..."'),
    "init «m» = 1\nm = g\nw = w - m": ("never read before", "Leave out"),
    "init m = 1\ninit «m» = 2\nm = m + g\nw = w - m": ("started twice", "Keep one"),
    "move(u) = «m»*u\nm = m + g\nw = w - move(g)": ('"m" changes', "argument"),
    "w = w - lr*g +«»": ("missing at the end", ""),
}
"""To a text, in which « and » mark the place: words of the sentence, and of what to try."""


@pytest.mark.parametrize("marked", MISTAKES)
def test_a_mistake_in_a_rule_is_reported_at_its_place_with_what_to_try(marked: str) -> None:
    assert_refused(marked, *MISTAKES[marked], compile_rule)


@pytest.mark.parametrize(
    "rule",
    [
        "p = w + rho*grad(w)/norm(grad(w))\nw = w - lr*grad(p)",
        "w = w - lr*grad(w - lr*grad(w - lr*grad(w)))",
        "gg = g*g\nw = w - lr*gg",
        "w = w - lr*g*wd*g2*T*gt",
        "m_hat = 0.9*g\nw = w - lr*m_hat*m_hot",
        "w = w - lr*(sinx + g)/(1 + cost)\nsinx = g",
    ],
)
def test_what_only_looks_like_a_mistake_is_none(rule: str) -> None:
    assert "lr" in compile_rule(rule).hyperparameters
