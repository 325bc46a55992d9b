"""Rules of the catalogue with pieces cut, swapped, doubled and put in: what a person types on the way elsewhere."""

from collections.abc import Iterator

import numpy as np

from engine import OPTIMIZERS, FormulaError, Race, compile_loss, compile_rule
from engine.language.functions import SPELLINGS
from engine.language.syntax.names import GIVEN_TO_RULES, function_named
from engine.language.syntax.tokens import pieces_of
from engine.solvers.solver import Solver

MOST_CHANGES = 4
STEPS = 3
"""Updates of a mutated rule that can be read: the first, one with states, and one more."""
LOSS = compile_loss("(1 - x)^2 + 100*(y - x^2)^2")
SIGNS = [*"+-*/^=()|,;\n", "**", "==", "<", " if ", " else ", "init ", " and ", "²", "√", "'", "\0"]
ATOMS = [*GIVEN_TO_RULES, "m", "v", "lr", "x", "pi", "0", "1", "2.5", "1e308", "(w)", "randn()", "hessdiag()"]
CALLS = [f"{name}(" for name in SPELLINGS if function_named(name, rule=True) is not None]


def mutations(count: int, seed: int) -> Iterator[str]:
    """Yield `count` mutated rules, each optimizer's in its turn."""
    random = np.random.default_rng(seed)
    rules = [entry.rule for entry in OPTIMIZERS.values() if not isinstance(entry, Solver)]
    for number in range(count):
        pieces = [piece.text for piece in pieces_of(rules[number % len(rules)])]
        for _ in range(random.integers(1, MOST_CHANGES, endpoint=True)):
            _change(pieces, random)
        yield "".join(pieces)


def races(rule: str) -> bool:
    """Return whether `rule` can be read; if so it makes a few steps, and whatever is raised there is raised here."""
    try:
        compiled = compile_rule(rule)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(rule), rule
        return False
    race = Race(LOSS, [compiled], start=(-1.2, 1.0))
    race.advance(STEPS)
    assert np.isfinite(race.positions).all(), rule
    return True


def _change(pieces: list[str], random: np.random.Generator) -> None:
    """Cut, double, swap, exchange or put in one piece."""
    at, other = random.integers(len(pieces), size=2) if pieces else (0, 0)
    vocabulary = (SIGNS, ATOMS, CALLS)[random.integers(3)]
    new = vocabulary[random.integers(len(vocabulary))]
    match random.integers(5) if pieces else 4:
        case 0:
            del pieces[at]
        case 1:
            pieces.insert(at, pieces[other])
        case 2:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        case 3:
            pieces[at] = new
        case _:
            pieces.insert(at, new)
