"""The momentum of a rule is found by what its lines do, whatever it is called."""

import pytest

from engine import OPTIMIZERS, compile_rule
from engine.race.curves.momentum import Momentum, momentum_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v = mu*v + g\nw = w - lr*v", Momentum("v", uphill=True)),
        ("push = mu*push - lr*g\nw = w + push", Momentum("push", uphill=False)),
        ("b = 0.9*b + 0.1*g\ns = 0.99*s + 0.01*g^2\nw = w - lr*b/(sqrt(s) + 1e-8)", Momentum("b", uphill=True)),
        ("s = 0.99*s + 0.01*g^2\nw = w - lr*g/(sqrt(s) + 1e-8)", None),
        ("w = w - lr*(2*g - last)\nlast = g", None),
        ("w = w - lr*g\na = 0.9*a + 0.1*w\ninit a = w", None),
        ("c = 0.9*c + 0.1*g\nw = w - lr*g", None),
    ],
    ids=["sum", "with rate", "mean", "second moment", "last gradient", "mean of positions", "not used"],
)
def test_of_typed_rules(text: str, expected: Momentum | None) -> None:
    assert momentum_of(compile_rule(text, lr=0.1)) == expected


@pytest.mark.parametrize(
    ("racer", "name"),
    [("Momentum", "v"), ("Adam", "m"), ("NAdam", "m"), ("Lion", "m"), ("SGD", ""), ("RMSProp", ""), ("AdaGrad", "")],
)
def test_of_the_catalogue(racer: str, name: str) -> None:
    entry = OPTIMIZERS[racer]
    found = momentum_of(entry.compile(**entry.playground))
    assert (found.name if found is not None else "") == name
