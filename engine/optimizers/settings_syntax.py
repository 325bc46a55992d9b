"""The syntax of settings: ``(name=number, ...)`` behind an optimizer, a wrapper or a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import Token
from engine.loss.number_text import read_number
from engine.rules.modifiers.schedule import Schedule
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.optimizer import Optimizer

Entry = Optimizer | Schedule | Wrapper


def read_settings(tokens: Sequence[Token], entry: Entry, text: str) -> dict[str, float]:
    """Return the values that `tokens` give to an entry; they are all of ``(name=number, ...)``, or nothing but a stop.

    Raises
    ------
    FormulaError
        Where the entry has no hyperparameter of a name, or a value is no number.
    """
    tokens, values = list(tokens), dict[str, float]()
    if tokens[0].text == "(":
        tokens.pop(0)
        while tokens[0].text != ")":
            name, value = _setting(tokens, entry, text)
            values[name] = value
            if tokens[0].text == ",":
                tokens.pop(0)
            elif tokens[0].text != ")":
                raise _mistake(tokens[0], entry)
        tokens.pop(0)
    if tokens[0].kind != "stop":
        raise _mistake(tokens[0], entry)
    return values


def _setting(tokens: list[Token], entry: Entry, text: str) -> tuple[str, float]:
    """Remove ``name=number`` from the front of `tokens` and return it."""
    if len(tokens) < 4 or tokens[0].kind != "name" or tokens[1].text != "=":
        raise _mistake(tokens[0], entry)
    name = tokens[0]
    if name.text not in entry.defaults:
        message = f'{_shown(entry)} has no hyperparameter "{name.text}".'
        known = f"It has: {', '.join(entry.defaults)}." if entry.defaults else f'Write "{entry.name}".'
        raise FormulaError(message, name.start, name.end, known)
    del tokens[:2]
    first, length = tokens[0], _length_of_value(tokens)
    if length == 0:
        raise FormulaError(f'"{name.text}" must be a number.', first.start, first.end)
    last = tokens[length - 1]
    del tokens[:length]
    try:
        return name.text, read_number(text[first.start : last.end])
    except FormulaError as error:
        place = first.start + error.start, first.start + error.end
        raise FormulaError(f'"{name.text}" must be a number.', *place, str(error)) from None


def _length_of_value(tokens: Sequence[Token]) -> int:
    """Return how many of `tokens` are the value that begins here.

    A comma that neither another setting nor the closing bracket follows belongs to it, so that ``0,001`` is read, and
    refused, whole.
    """
    depth = 0
    for number, (token, after) in enumerate(pairwise(tokens)):
        separates = token.text == "," and (after.kind == "name" or after.text == ")")
        names_another = token.kind == "name" and after.text == "="
        if depth == 0 and (token.text == ")" or separates or names_another):
            return number
        depth += (token.text == "(") - (token.text == ")")
    return len(tokens) - 1


def _shown(entry: Entry) -> str:
    """Return `entry` as a sentence writes it: an optimizer by its name, any other in the type of code."""
    return entry.name if isinstance(entry, Optimizer) else f'"{entry.name}"'


def _mistake(token: Token, entry: Entry) -> FormulaError:
    settings = "".join(f"({row.name}={row.default:g})" for row in entry.hyperparameters[:1])
    return FormulaError(
        "This is not how a racer is written.", token.start, token.end, f'Write "{entry.name}{settings}".'
    )
