"""Typesets a rule with a place for a number where each of its names stands, line by line and coordinate by coordinate.

A number that changes with every step has a place of one width, so that nothing moves while the numbers do: whoever
draws the line finds the places by their colours, and writes the numbers there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from engine.language.display.coordinates import COORDINATES, CoordinateReader
from engine.language.display.mathml import Box, operator
from engine.language.display.symbols import coordinate_box, name_box, number_box
from engine.language.display.typeset import Line, alike_in, typeset, typeset_rule
from engine.language.precedence import PRODUCT
from engine.language.syntax.parser import parse_rule
from engine.language.syntax.tree import Assignment, Call, Expression, Name, Number, RuleTree

Known = Mapping[str, float | tuple[float, float]]
"""What each name is: a number or a vector."""
RESULT = ""
"""The name of the place for what a line assigns."""
AXES = ("x", "y")
STEP = "t"
WIDTH_EM, BRACKETS_EM, HEIGHT_EM, DIGIT_EM = 3.1, 0.5, 0.5, 0.38
"""Sizes of a place: its width, what brackets around the number add, its height, and the width of a digit; an em is 4/3
of the size of the letters, as it is in points."""
IF_NEGATIVE, ALWAYS = 1, 2
"""When a number has brackets; 0 for never."""
PLACES = 1 << 16
"""More places than a rule has."""
CONSTANT_DIGITS = 6
"""Significant digits of a hyperparameter."""
OF_A_ROW = 6
"""The work of a row beside that of what is computed."""
MARK = "\t"
"""Stands between the name of a vector and a coordinate, where no name of a text has it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number belongs: the line, from 0, the name that is read there or `RESULT`, and the coordinate, from 0.

    A number that is no vector has the coordinate 0.
    """

    line: int
    name: str
    coordinate: int

    @property
    def is_signed(self) -> bool:
        """Whether the number may be negative."""
        return self.name != STEP


@dataclass(frozen=True)
class NumberedLine:
    """A line as it stands in the text, and the rows with places for numbers: one, or one for each coordinate."""

    symbols: Line
    rows: tuple[Line, ...]


@dataclass(frozen=True)
class NumberedRule:
    """The lines of a rule that run in every step, and the places of their numbers, in the order of their colours."""

    lines: tuple[NumberedLine, ...]
    places: tuple[Place, ...]


def colour_of(number: int, brackets: int = 0) -> str:
    """Return the colour in which the place with this number is marked."""
    return f"#{number + 1 + brackets * PLACES:06x}"


def marked_by(colour: str) -> tuple[int, int]:
    """Return the number of the place that a colour marks, and when the number there has brackets."""
    brackets, number = divmod(int(colour.removeprefix("#"), 16), PLACES)
    return number - 1, brackets


def numbered_rule(
    text: str, constants: Mapping[str, float], read: Sequence[Known], assigned: Sequence[float | tuple[float, float]]
) -> NumberedRule:
    """Return the lines of a rule with places for numbers.

    Parameters
    ----------
    text : str
    constants : mapping of str to float
        The hyperparameters, which are written as they are.
    read : sequence of mapping
        What each name is in each line that runs in every step; of these only the step `t` decides the width.
    assigned : sequence of float or (x, y)
        What each of these lines assigns.

    Raises
    ------
    FormulaError
        Where the text is no rule.
    """
    tree = _settled(parse_rule(text), constants)
    numbering = _Numbering(tree, constants)
    symbols = typeset_rule(tree)[len(tree.functions) :]
    lines = [(line, shown) for line, shown in zip(tree.assignments, symbols, strict=True) if not line.initial]
    found = [
        NumberedLine(shown, numbering.rows(number, line, read[number], isinstance(assigned[number], tuple)))
        for number, (line, shown) in enumerate(lines)
    ]
    return NumberedRule(tuple(found), tuple(numbering.places))


@dataclass
class _Numbering:
    """Gives each place of a rule its number."""

    tree: RuleTree
    constants: Mapping[str, float]
    places: list[Place] = field(default_factory=list)

    def rows(self, number: int, line: Assignment, known: Known, is_vector: bool) -> tuple[Line, ...]:
        """Return the rows of a line."""
        as_typed = alike_in((*self.tree.functions, *self.tree.assignments), set())
        vectors = {name for name, value in known.items() if isinstance(value, tuple)}
        reader = CoordinateReader(vectors, self.tree.functions, lambda name, at: f"{name}{MARK}{at}")
        coordinates = range(COORDINATES if is_vector else 1)
        return tuple(
            self._row(number, line.name, reader.coordinate(line.value, at), known, as_typed, at if is_vector else None)
            for at in coordinates
        )

    def _row(self, number: int, name: str, value: Expression, known: Known, as_typed: Set[str], at: int | None) -> Line:
        """Return ``name = value with numbers = number``; without the middle where it is a name or a number alone."""

        def named(leaf: str) -> Box | None:
            if leaf in self.constants:
                return number_box(float(f"{self.constants[leaf]:.{CONSTANT_DIGITS}g}"))
            vector, _, coordinate = leaf.partition(MARK)
            return self._place(Place(number, vector, int(coordinate or 0)), known) if vector in known else None

        left = name_box(name, as_typed) if at is None else coordinate_box(name, as_typed, AXES[at])
        parts, work, equals = [left.markup], OF_A_ROW, operator("=")
        if not isinstance(value, Name | Number):
            middle = typeset(value, as_typed, named)
            first, *others = middle.parts
            parts, work = [left.markup + equals + first, *others], work + middle.work
        return Line((*parts, equals + self._place(Place(number, RESULT, at or 0), known).markup), work)

    def _place(self, place: Place, known: Known) -> Box:
        number, width = len(self.places), WIDTH_EM
        self.places.append(place)
        if not place.is_signed:
            width = DIGIT_EM * len(f"{known[STEP]:.0f}")
            return Box(last=_space(width, colour_of(number)), begins="digit", ends="digit")
        return Box(
            last=_space(width, colour_of(number)),
            level=PRODUCT,
            begins="sign",
            ends="digit",
            signed=(
                _space(width + BRACKETS_EM, colour_of(number, IF_NEGATIVE)),
                _space(width + BRACKETS_EM, colour_of(number, ALWAYS)),
            ),
        )


def _settled(tree: RuleTree, constants: Mapping[str, float]) -> RuleTree:
    """Return a rule without the choices that hyperparameters decide."""
    lines = tuple(replace(line, value=_decided(line.value, constants)) for line in tree.assignments)
    return replace(tree, assignments=lines)


def _decided(tree: Expression, constants: Mapping[str, float]) -> Expression:
    """Return a tree in which a choice that a hyperparameter decides is what it chooses."""
    if not isinstance(tree, Call):
        return tree
    if tree.function == "where" and isinstance(switch := tree.arguments[0], Name) and switch.name in constants:
        return _decided(tree.arguments[1 if constants[switch.name] else 2], constants)
    return replace(tree, arguments=tuple(_decided(argument, constants) for argument in tree.arguments))


def _space(width: float, colour: str) -> str:
    return f'<mspace width="{width:.2f}em" height="{HEIGHT_EM}em" mathbackground="{colour}"/>'
