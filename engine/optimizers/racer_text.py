"""Reads a racer as people write one: ``Adam``, ``Adam(lr=0.02)``."""

from __future__ import annotations

import difflib

from engine.language.errors import FormulaError
from engine.language.tokens import Token, tokens_of
from engine.optimizers import OPTIMIZERS, Optimizer


def parse_racer(text: str) -> tuple[Optimizer, dict[str, float]]:
    """Return the optimizer that `text` names, and the values that it gives.

    Raises
    ------
    FormulaError
        Where the text names no optimizer or no hyperparameter of it, or a value is no number.
    """
    tokens = tokens_of(text)
    name = tokens.pop(0)
    if name.text not in OPTIMIZERS:
        raise FormulaError(f"There is no optimizer `{name.text}`.", name.start, name.end, _guess(name.text))
    optimizer = OPTIMIZERS[name.text]
    values: dict[str, float] = {}
    if tokens[0].text == "(":
        tokens.pop(0)
        while tokens[0].text != ")":
            key, value = _setting(tokens, optimizer)
            values[key] = value
            if tokens[0].text == ",":
                tokens.pop(0)
            elif tokens[0].text != ")":
                raise _mistake(tokens[0], optimizer)
        tokens.pop(0)
    if tokens[0].kind != "stop":
        raise _mistake(tokens[0], optimizer)
    return optimizer, values


def _setting(tokens: list[Token], optimizer: Optimizer) -> tuple[str, float]:
    """Take ``name=number`` from the front of `tokens`."""
    if len(tokens) < 4 or tokens[0].kind != "name" or tokens[1].text != "=":
        raise _mistake(tokens[0], optimizer)
    name = tokens.pop(0)
    tokens.pop(0)
    if name.text not in optimizer.defaults:
        known = ", ".join(optimizer.defaults)
        message = f"{optimizer.name} has no hyperparameter `{name.text}`."
        raise FormulaError(message, name.start, name.end, f"It has: {known}.")
    sign = -1.0 if tokens[0].text == "-" else 1.0
    if tokens[0].text in ("-", "+"):
        tokens.pop(0)
    number = tokens.pop(0)
    if number.kind != "number":
        raise FormulaError(f"`{name.text}` must be a number.", number.start, number.end)
    return name.text, sign * float(number.text)


def _mistake(token: Token, optimizer: Optimizer) -> FormulaError:
    example = f"Write `{optimizer.name}({next(iter(optimizer.defaults))}=0.01)`."
    return FormulaError("This is not how a racer is written.", token.start, token.end, example)


def _guess(name: str) -> str:
    close = difflib.get_close_matches(name.lower(), [known.lower() for known in OPTIMIZERS], n=1)
    if close:
        return f"Did you mean `{OPTIMIZERS[close[0]].name}`?"
    return f"There are {len(OPTIMIZERS)}, such as SGD, Momentum and Adam."
