"""The definitions of a text, its calls and its pairs of brackets; found even while the text is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.language.errors import FormulaError
from engine.language.reductions import ARGUMENTS, REDUCTIONS
from engine.language.syntax.lines import begins_definition, lines_of, split
from engine.language.syntax.tokens import Token, meaningful_among


@dataclass(frozen=True)
class Definition:
    """A name and where it holds.

    Attributes
    ----------
    parameters : tuple of str or None
        Those of a function; None for a name that stands for a number.
    start, end : int
        The part of the text in which the name is known: all of it, or the line or the call that it is local to.
    """

    name: str
    parameters: tuple[str, ...] | None
    start: int
    end: int


@dataclass(frozen=True)
class Application:
    """``name(...)``; `separators` are the places of the commas between its arguments."""

    name: str
    opening: int
    separators: tuple[int, ...]
    closing: int | None


@dataclass(frozen=True)
class Outline:
    """The definitions of a text by name, its calls, and the place of each bracket's partner, None where it has none."""

    definitions: dict[str, list[Definition]] = field(default_factory=dict)
    applications: list[Application] = field(default_factory=list)
    partners: dict[int, int | None] = field(default_factory=dict)

    def definition_of(self, name: str, place: int) -> Definition | None:
        """Return the definition of `name` that holds at `place`."""
        found = self.definitions.get(name, ())
        return next((known for known in found if known.start <= place <= known.end), None)

    def known_at(self, place: int) -> list[Definition]:
        """Return the definitions that hold at `place`."""
        return [known for name in self.definitions if (known := self.definition_of(name, place)) is not None]


def outline_of(text: str) -> Outline:
    """Return the outline of any text; that of one too long to be read is empty."""
    try:
        return _outline(lines_of(text), len(text))
    except FormulaError:
        return Outline()


def outline_among(pieces: list[Token], end: int) -> Outline:
    """Return the outline of a text of `end` characters that is split into `pieces` already."""
    try:
        return _outline(split(meaningful_among(pieces, end)), end)
    except FormulaError:
        return Outline()


def _outline(lines: Sequence[Sequence[Token]], end: int) -> Outline:
    outline = Outline()
    for line in lines:
        applications = list(_applications(line, outline.partners))
        outline.applications.extend(applications)
        for definition in (*_defined_by(line, end), *_indices(line, applications, end)):
            outline.definitions.setdefault(definition.name, []).append(definition)
    return outline


def _defined_by(line: Sequence[Token], end: int) -> Iterator[Definition]:
    """Yield the definition of a line: a name, or a function and, on this line alone, its parameters."""
    padded = [*line, Token("stop", "", end, end), Token("stop", "", end, end)]
    if not begins_definition(padded, 0):
        return
    name, *others = line
    parameters = None
    if others[0].text == "(":
        head = others[1 : [token.text for token in others].index("=")]
        parameters = tuple(token.text for token in head if token.kind == "name")
    yield Definition(name.text, parameters, 0, end)
    for parameter in parameters or ():
        yield Definition(parameter, None, name.start, line[-1].end)


def _applications(line: Sequence[Token], partners: dict[int, int | None]) -> Iterator[Application]:
    """Yield the calls of a line, and note in `partners` which brackets belong together."""
    open_now: list[tuple[Token, str, list[int]]] = []
    before = None
    for token in line:
        if token.text == "(":
            partners[token.start] = None
            open_now.append((token, before.text if before is not None and before.kind == "name" else "", []))
        elif token.text == "," and open_now:
            open_now[-1][2].append(token.start)
        elif token.text == ")":
            partners[token.start] = None
            if open_now:
                opening, name, separators = open_now.pop()
                partners[opening.start], partners[token.start] = token.start, opening.start
                yield Application(name, opening.start, tuple(separators), token.start)
        before = token
    for opening, name, separators in open_now:
        yield Application(name, opening.start, tuple(separators), None)


def _indices(line: Sequence[Token], applications: Sequence[Application], end: int) -> Iterator[Definition]:
    """Yield the index of each sum and product, known within its brackets."""
    places = {token.start: number for number, token in enumerate(line)}
    for application in applications:
        if application.name in REDUCTIONS and len(application.separators) + 1 == len(ARGUMENTS):
            index = line[places[application.separators[0]] + 1]
            if index.kind == "name":
                closing = end if application.closing is None else application.closing
                yield Definition(index.text, None, application.opening, closing)
