"""Puts other names into a text and leaves all else as it was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from engine.language.functions import FUNCTIONS
from engine.language.syntax.definitions import head_of
from engine.language.syntax.lines import begins_definition, lines_of
from engine.language.syntax.names import GIVEN_TO_RULES, WORDS
from engine.language.syntax.tokens import LONGEST_NAME, Token

SECOND_DERIVATIVES = "hess", "hessdiag"
"""The functions whose last argument is a point that may be left out."""


def names_in(text: str) -> set[str]:
    """Return every name that stands in `text`."""
    return {token.text for line in lines_of(text) for token in line if token.kind == "name"}


def reads(text: str, name: str) -> bool:
    """Tell whether `name` stands in a line of `text` other than an ``init`` line."""
    return any(token.text == name for line in _lines_changing(text) for token in line)


def needs(text: str, name: str) -> bool:
    """Tell whether a line of `text` other than an ``init`` line reads `name` before one assigns it."""
    for first, *others in _lines_changing(text):
        if any(token.text == name for token in others):
            return True
        if first.text == name:
            return False
    return False


def names_defined(text: str) -> list[str]:
    """Return the names that lines of `text` define, each once, in its order."""
    lines = [line for line in lines_of(text) if begins_definition(line, 0)]
    return list(dict.fromkeys(head_of(line) for line in lines))


def line_texts(text: str) -> list[str]:
    """Return the lines of `text`; one that goes on within brackets is one."""
    return [text[line[0].start : line[-2].end] for line in lines_of(text)]


def rewritten(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with other texts in place of `names`, in every line."""
    return _replaced(text, lines_of(text), names)


def rewritten_but_starts(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with other texts in place of `names`, but not in ``init`` lines, which run before step 1."""
    return _replaced(text, _lines_changing(text), names)


def asked_at(text: str, place: str) -> str:
    """Return `text` with `place` as the point of second derivatives that name none, but not in ``init`` lines."""
    pieces, at = list[str](), 0
    for end, separator in _open_ends(_lines_changing(text)):
        pieces += [text[at:end], separator, place]
        at = end
    return "".join([*pieces, text[at:]])


def functions_reading(text: str, name: str) -> bool:
    """Tell whether `name` stands in a function that `text` defines."""
    lines = [line for line in lines_of(text) if begins_definition(line, 0) and line[1].text == "("]
    return any(token.text == name for line in lines for token in line)


def unused(name: str, taken: Collection[str]) -> str:
    """Return `name`, or `name` with the first number from 2 that makes it differ from all that are `taken`."""
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"_{number}"
        free = name[: LONGEST_NAME - len(ending)] + ending
    return free


def _lines_changing(text: str) -> list[list[Token]]:
    return [line for line in lines_of(text) if not (line[0].text == "init" and line[1].kind == "name")]


def _replaced(text: str, lines: list[list[Token]], names: Mapping[str, str]) -> str:
    pieces, at = list[str](), 0
    for start, end, new in _replacements(lines, names):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _replacements(lines: list[list[Token]], names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    for line in lines:
        for number, token in enumerate(line):
            if token.kind == "name" and token.text in names:
                new = names[token.text]
                factor = token.text in GIVEN_TO_RULES and _is_factor(line[:number], line[number + 1])
                yield token.start, token.end, f"({new})" if factor else new


def _open_ends(lines: list[list[Token]]) -> Iterator[tuple[int, str]]:
    """Yield where the brackets of each call close that could have a point more, and what goes between."""
    ends = []
    for line in lines:
        for number, token in enumerate(line):
            if token.text in SECOND_DERIVATIVES:
                closing, commas = _closed(line, number + 1)
                arguments = commas + 1 if closing > number + 2 else 0
                if arguments < (FUNCTIONS[token.text].most or 0):
                    ends.append((line[closing].start, ", " if arguments else ""))
    yield from sorted(ends)


def _closed(line: list[Token], opening: int) -> tuple[int, int]:
    """Return where the bracket at `opening` is closed, and how many commas stand in it, brackets within apart."""
    depth, commas = 0, 0
    for at in range(opening, len(line)):
        depth += (line[at].text == "(") - (line[at].text == ")")
        commas += line[at].text == "," and depth == 1
        if depth == 0:
            return at, commas
    return len(line) - 1, commas


def _is_factor(before: list[Token], after: Token) -> bool:
    """Tell whether a product without a sign is at hand, as in ``2t`` or ``f(t + 1)``, which not every name allows."""
    beside = [*before[-1:], after]
    return after.text == "(" or any(token.text == ")" for token in before[-1:]) or any(map(_is_operand, beside))


def _is_operand(token: Token) -> bool:
    return token.kind == "number" or (token.kind == "name" and token.text not in WORDS)
