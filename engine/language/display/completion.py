"""Completion at a place of a text: the names that fit, with their signatures, and the argument that is being typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from engine.language.display.outline import Definition, Outline, outline_of
from engine.language.display.symbols import LETTERS
from engine.language.functions import CONSTANTS, FUNCTIONS, OVERLOADS, SPELLINGS, Function
from engine.language.reductions import ARGUMENTS, REDUCTIONS, Reducer
from engine.language.syntax.names import GIVEN_TO_RULES, VARIABLES, WORDS, function_named
from engine.language.syntax.tokens import Token, pieces_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that could stand at a place.

    Attributes
    ----------
    name : str
        The name by whose first letters it is found.
    arguments : tuple of str or None
        Those of a function, None for a name that stands alone.
    summary : str
        What it means, in a few words.
    kind : str
        As in `engine.language.display.highlight`.
    text : str
        The text to put in, without brackets.
    """

    name: str
    arguments: tuple[str, ...] | None
    summary: str
    kind: str
    text: str

    @property
    def signature(self) -> str:
        """The name as it is used: ``hypot(u, v)``."""
        return self.name if self.arguments is None else f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True)
class Suggestions:
    """The suggestions for the characters from `start` to `end`, the likeliest first."""

    start: int
    end: int
    found: tuple[Suggestion, ...]


@dataclass(frozen=True)
class CallTip:
    """The function within whose brackets a place lies, and the number of the argument there, from 0."""

    function: Suggestion
    current: int
    opening: int


def suggestions_at(
    text: str,
    place: int,
    rule: bool = False,
    columns: Collection[str] = (),
    variables: Collection[str] = VARIABLES,
) -> Suggestions:
    """Return the names that begin with the letters before `place`, whatever their case; without letters, all.

    `columns` are those of the data set that a formula runs over, and `variables` what else is given to it.
    """
    given = GIVEN_TO_RULES if rule else variables
    pieces = pieces_of(text)
    typed = next((piece for piece in pieces if piece.kind == "name" and piece.start < place <= piece.end), None)
    if typed is None:
        within = any(piece.start < place < piece.end for piece in pieces if piece.kind in ("number", "comment"))
        begin, letters = place, ""
        if within or any(piece.kind == "comment" and piece.end == place for piece in pieces):
            return Suggestions(place, place, ())
    else:
        begin, letters = typed.start, text[typed.start : place]
    outline = outline_of(text)
    known = [Suggestion(name, None, "a column of the data", "variable", name) for name in columns]
    known += [*_of_the_text(pieces, typed, outline, place, given, rule), *_of_the_language(rule, bool(columns))]
    if letters:
        known += _letters()
    fitting: dict[tuple[str, tuple[str, ...] | None], Suggestion] = {}
    for entry in known:
        if entry.name.lower().startswith(letters.lower()):
            fitting.setdefault((entry.name, entry.arguments), entry)
    # Names with exactly these letters come before those that differ in case; each group keeps its order.
    found = sorted(fitting.values(), key=lambda entry: not entry.name.startswith(letters))
    return Suggestions(begin, place if typed is None else typed.end, tuple(found))


def is_beginning_at(text: str, place: int, columns: Collection[str] = (), finished: Collection[str] = ()) -> bool:
    """Return whether the name that ends at `place` may be the beginning of one that is known in this formula.

    The name of a function is too, since its brackets are to follow.  A name that stands elsewhere in the text is
    finished, as those of `finished` are.
    """
    last = text[:place][-1:]
    if not last.isalnum() and last != "_":
        # No name ends here, and to look for those that begin with nothing would be most of a keystroke's work.
        return False
    suggestions = suggestions_at(text, place, columns=columns)
    name = text[suggestions.start : place]
    if suggestions.end != place or not name or name in (*VARIABLES, *columns, *finished):
        return False
    # Greek letters are not counted: a is more often a parameter than the beginning of alpha.
    known = [entry for entry in suggestions.found if entry.text == entry.name and entry.name.startswith(name)]
    if any(entry.name == name and entry.kind in ("parameter", "definition") for entry in known):
        return False
    return any(entry.name != name or entry.arguments is not None for entry in known)


def call_tip_at(text: str, place: int, rule: bool = False, data: bool = False) -> CallTip | None:
    """Return the innermost function within whose brackets `place` lies, or None."""
    outline = outline_of(text)
    inner = None
    for application in outline.applications:
        reaches = application.closing is None or place <= application.closing
        if application.opening < place and reaches and (inner is None or application.opening > inner.opening):
            inner = application
    if inner is None:
        return None
    function = _function(inner.name, len(inner.separators) + 1, outline.definition_of(inner.name, place), rule, data)
    if function is None or function.arguments is None:
        return None
    return CallTip(function, sum(comma < place for comma in inner.separators), inner.opening)


def _function(name: str, arguments: int, definition: Definition | None, rule: bool, data: bool) -> Suggestion | None:
    """Return the function called `name` that takes so many arguments, or None where there is none."""
    if definition is not None:
        return _defined(definition)
    spec = function_named(name, rule, data)
    if name in REDUCTIONS and not rule:
        return _from_reducer(REDUCTIONS[name])
    if spec is not None and arguments > spec.least and name in OVERLOADS:
        spec = OVERLOADS[name]
    return None if spec is None else _from_spec(name, spec)


def _of_the_text(
    pieces: list[Token], typed: Token | None, outline: Outline, place: int, given: Collection[str], rule: bool
) -> Iterator[Suggestion]:
    """Yield the definitions of the text, then its free names, without the one that is being typed."""
    definitions = [known for known in outline.known_at(place) if typed is None or known.name != typed.text]
    yield from map(_defined, definitions)
    others = {piece.text: None for piece in pieces if piece.kind == "name" and piece != typed}
    for name in others:
        taken = name in outline.definitions or name in (*given, *CONSTANTS, *WORDS) or name in SPELLINGS
        if not taken and name not in REDUCTIONS:
            yield Suggestion(name, None, "hyperparameter" if rule else "parameter", "parameter", name)


@cache
def _of_the_language(rule: bool, data: bool) -> tuple[Suggestion, ...]:
    """Return the names of the language, which are the same for every text and every keystroke."""
    return tuple(_functions_and_constants(rule, data))


def _functions_and_constants(rule: bool, data: bool) -> Iterator[Suggestion]:
    for name in sorted(SPELLINGS, key=lambda name: FUNCTIONS[SPELLINGS[name]].overloads or name):
        spec = function_named(name, rule, data)
        if spec is not None and not spec.inner:
            yield _from_spec(spec.overloads or name, spec)
    if not rule:
        yield from map(_from_reducer, REDUCTIONS.values())
    for name, value in CONSTANTS.items():
        yield Suggestion(name, None, f"{value:.6g}", "constant", name)


def _letters() -> Iterator[Suggestion]:
    for name, letter in LETTERS.items():
        if name not in CONSTANTS:
            yield Suggestion(name, None, f"the letter {letter}", "parameter", letter)


def _defined(known: Definition) -> Suggestion:
    return Suggestion(known.name, known.parameters, "defined above", "definition", known.name)


def _from_spec(name: str, spec: Function) -> Suggestion:
    return Suggestion(name, spec.arguments, spec.summary, "function", name)


def _from_reducer(reducer: Reducer) -> Suggestion:
    return Suggestion(reducer.name, ARGUMENTS, reducer.summary, "function", reducer.name)
