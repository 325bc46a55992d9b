"""Hints on a valid formula that leaves a part of the picture empty: what else the person may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.language.errors import Replacement
from engine.language.graph.graph import Graph
from engine.language.graph.odd_powers import OddPower, odd_powers
from engine.language.graph.reference import evaluate
from engine.language.syntax.parser import parse_formula
from engine.language.syntax.suggestions import LONGEST_READING, shown
from engine.language.syntax.tree import (
    Assignment,
    Call,
    Chain,
    Expression,
    FormulaTree,
    FunctionDefinition,
    Reduction,
    all_parts_of,
)
from engine.language.types import Array
from engine.loss.formula import build_tree
from engine.loss.loss import Loss
from engine.loss.terrain import Terrain
from engine.loss.transform import transformed_variables

LONGEST_SHOWN = 24
"""Characters of a power or a base that are shown: a longer one would hide the offer at the end of the sentence."""
MOST_EVALUATED = 400
"""Empty samples at which a base is evaluated: enough to find a negative one, and hardly any time."""
MOST_ROWS = 200
"""Rows of a data set at which it is evaluated."""


@dataclass(frozen=True)
class Hint:
    """A sentence on a formula without a mistake.

    Attributes
    ----------
    sentence : str
        What the picture shows, and what to write instead.
    brief : str
        A short form of the sentence.
    replacement : Replacement
        What both offer to write, in quotes.
    """

    sentence: str
    brief: str
    replacement: Replacement


class Hints:
    """Finds the hints for one loss after another, anew when there is another picture."""

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()
        self._found: tuple[Hint, ...] = ()
        self._powers: _Powers | None = None

    def of(self, loss: Loss, terrains: Sequence[Terrain | None]) -> tuple[Hint, ...]:
        """Return the hints for `loss`, of which `terrains` are the samples that are drawn."""
        seen = (loss, *terrains)
        if len(seen) != len(self._seen) or any(now is not before for now, before in zip(seen, self._seen, strict=True)):
            self._seen, self._found = seen, self._find(loss, terrains)
        return self._found

    def _find(self, loss: Loss, terrains: Sequence[Terrain | None]) -> tuple[Hint, ...]:
        points = np.concatenate([_empty_samples(terrain) for terrain in terrains if terrain is not None], axis=1)
        # Most pictures have no empty samples, and need no second parse of the text.
        if not points.size:
            return ()
        if self._powers is None or self._powers.loss is not loss:
            self._powers = _Powers(loss)
        return tuple(map(_hint, self._powers.negative_at(points)))


def _hint(power: OddPower) -> Hint:
    written = f'"{power.written}"' if len(power.written) <= LONGEST_SHOWN else "This power"
    base = f'"{power.base}"' if len(power.base) <= LONGEST_SHOWN else "its base"
    real = shown(power.real.text, LONGEST_READING)
    sentence = f'{written} is no number where {base} is negative. For the real root, write "{real}".'
    return Hint(sentence, f'Real root: "{real}"', power.real)


class _Powers:
    """The powers in a loss that have no value where their base is negative, and the graph of their bases."""

    def __init__(self, loss: Loss) -> None:
        self.loss = loss
        # Most formulas have no power at all: looking for the sign is quicker than parsing.
        raised = "^" in loss.text or "**" in loss.text
        tree = parse_formula(loss.text, tuple(loss.columns or ())) if raised else None
        self._powers = odd_powers(loss.text, tree) if tree is not None else []
        self._graph, self._bases = Graph(loss.columns or ()), [list[int]() for _ in self._powers]
        if tree is not None and self._powers:
            self._build(tree)

    def _build(self, tree: FormulaTree) -> None:
        """Build the graph of the formula, and note the base of each power in every call or term that repeats it."""
        names = {id(power.call): f"power {number}" for number, power in enumerate(self._powers)}
        bases = dict(zip(names.values(), self._bases, strict=True))

        def call(function: str, *arguments: int) -> int:
            if function in bases:
                bases[function].append(arguments[0])
                function = "pow"
            return self._graph.call(function, *arguments)

        environment = {} if self.loss.transform.is_identity else transformed_variables(self._graph)
        build_tree(_renamed_in_lines(tree, names), self._graph, environment, call)

    def negative_at(self, points: Array) -> list[OddPower]:
        """Return the powers whose base is negative at one of `points` (2, n)."""
        if not self._powers:
            return []
        columns = {name: column[:MOST_ROWS] for name, column in (self.loss.columns or {}).items()}
        values = {**self.loss.numbers, **columns, "x": points[0], "y": points[1]}
        negative = [any((base < 0.0).any() for base in evaluate(self._graph, bases, values)) for bases in self._bases]
        return [power for power, found in zip(self._powers, negative, strict=True) if found]


def _empty_samples(terrain: Terrain) -> Array:
    """Return points (2, n) of a terrain where the loss is NaN, a spread sample of all of them."""
    rows, columns = np.nonzero(np.isnan(terrain.values))
    every = max(len(rows) // MOST_EVALUATED, 1)
    (xmin, xmax), (ymin, ymax) = terrain.bounds
    up, across = (side - 1 for side in terrain.values.shape)
    x, y = xmin + (xmax - xmin) * columns[::every] / across, ymin + (ymax - ymin) * rows[::every] / up
    return np.stack([x, y])


def _renamed_in_lines(tree: FormulaTree, names: dict[int, str]) -> FormulaTree:
    definitions: list[Assignment | FunctionDefinition] = [
        replace(line, value=_renamed(line.value, names)) for line in tree.definitions
    ]
    return FormulaTree(tuple(definitions), _renamed(tree.result, names))


def _renamed(tree: Expression, names: dict[int, str]) -> Expression:
    """Return a tree in which the calls whose identity is in `names` have these names; without recursion."""
    made: dict[int, Expression] = {}
    for part in reversed(all_parts_of(tree)):
        if isinstance(part, Call):
            arguments = tuple(made[id(argument)] for argument in part.arguments)
            made[id(part)] = replace(part, function=names.get(id(part), part.function), arguments=arguments)
        elif isinstance(part, Chain):
            made[id(part)] = replace(part, terms=tuple(made[id(term)] for term in part.terms))
        elif isinstance(part, Reduction):
            term, first, last = (made[id(each)] for each in (part.term, part.first, part.last))
            made[id(part)] = replace(part, term=term, first=first, last=last)
        else:
            made[id(part)] = part
    return made[id(tree)]
