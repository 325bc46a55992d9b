"""Brings the columns that a formula reads to mean 0 and deviation 1, as a text that a person could have typed."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import tokens_of

SUFFIX = "_scaled"
"""What the name of a standardised column ends in."""


def standardised(text: str, columns: Sequence[str]) -> str:
    """Return a formula that reads each of `columns` brought to mean 0 and deviation 1.

    Each gets a line that defines it, `u_scaled = (u - mean(u))/...`, and the formula reads `u_scaled` in its place.
    A text that cannot be read stays.
    """
    read = [name for name in columns if name in _names_of(text)]
    taken = _names_of(text) - _defined(text, columns)
    if not read or is_standardised(text, columns) or any(name + SUFFIX in taken for name in read):
        return text
    lines = [definition(name) for name in read]
    return "\n".join([*lines, _renamed(text, {name: name + SUFFIX for name in read})])


def as_they_are(text: str, columns: Sequence[str]) -> str:
    """Return the formula that `standardised` was given: without the lines that define standardised columns."""
    lines = {definition(name) for name in columns}
    rest = "\n".join(line for line in text.split("\n") if line not in lines)
    return _renamed(rest, {name + SUFFIX: name for name in columns if definition(name) in text.split("\n")})


def is_standardised(text: str, columns: Sequence[str]) -> bool:
    """Return whether a formula standardises one of `columns` as `standardised` does."""
    return bool(_defined(text, columns))


def definition(name: str) -> str:
    """Return the line that defines a column brought to mean 0 and deviation 1."""
    return f"{name}{SUFFIX} = ({name} - mean({name}))/sqrt(mean(({name} - mean({name}))^2))"


def _defined(text: str, columns: Sequence[str]) -> set[str]:
    lines = text.split("\n")
    return {name + SUFFIX for name in columns if definition(name) in lines}


def _names_of(text: str) -> set[str]:
    try:
        return {token.text for token in tokens_of(text) if token.kind == "name"}
    except FormulaError:
        return set()


def _renamed(text: str, names: dict[str, str]) -> str:
    """Return a text with other names; what lies between names, comments too, stays."""
    try:
        tokens = [token for token in tokens_of(text) if token.kind == "name" and token.text in names]
    except FormulaError:
        return text
    for token in reversed(tokens):
        text = text[: token.start] + names[token.text] + text[token.end :]
    return text
