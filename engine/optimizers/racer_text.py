"""Reads a racer as people write one: ``Adam``, ``Adam(lr=0.02)``, ``Adam | clip_norm(max_norm=1) | cosine(T=500)``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import Token, tokens_of
from engine.loss.number_text import read_number
from engine.optimizers.edited import edited
from engine.optimizers.entries import ENTRIES
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule, typed_schedule
from engine.rules.modifiers.scheduling import scheduled
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from engine.rules.modifiers.wrapping import wrapped
from engine.rules.optimizer import Optimizer
from engine.rules.rule import read_rule
from engine.solvers.enclosure import enclosed
from engine.solvers.solver import Solver

Entry = Optimizer | Schedule | Wrapper

MOST_PARTS = 20
"""Wrappers and schedules of one racer: its rule is to stay short enough to be read."""
PARTS = (*WRAPPERS, *SCHEDULES, TYPED)
"""What may stand after a bar."""
EXAMPLE = f"{TYPED}(cos(pi*t/T), T=500)"
MOST_KEPT = 256
"""Wrapped and edited optimizers that are kept for the next who asks: more than race at once, tens of kilobytes each."""


def parse_racer(text: str) -> tuple[Optimizer, dict[str, float]]:
    """Return the optimizer that `text` names, wrapped as it says, and the values that it gives.

    Raises
    ------
    FormulaError
        Where the text names no optimizer, wrapper or schedule or no hyperparameter of it, or a value is no number.
    """
    return _enclosed(*_read(text))


def parse_settings(text: str, optimizer: Optimizer) -> dict[str, float]:
    """Return the values that ``(name=number, ...)`` gives to an optimizer; "" gives none.

    Raises
    ------
    FormulaError
        Where it has no hyperparameter of a name, or a value is no number.
    """
    return _settings(tokens_of(text), optimizer, text)


@lru_cache(MOST_KEPT)
def parts_in(name: str) -> tuple[Schedule | Wrapper, ...]:
    """Return the wrappers and schedules that a name tells, in its order.

    Raises
    ------
    FormulaError
        Where one of them is none.
    """
    return tuple(_part(tokens, name).entry for tokens in _parts(tokens_of(name))[1:])


@lru_cache(MOST_KEPT)
def optimizer_of(name: str, rule: str = "") -> Optimizer:
    """Return the optimizer of this name, which may tell wrappers and schedules: ``Adam | clip_norm``.

    Parameters
    ----------
    name : str
    rule : str
        What takes the place of the catalogue's rule, within all that goes round it; "" for the catalogue's.

    Raises
    ------
    FormulaError
        Where there is none, the name gives values, which an optimizer does not keep, or the rule is none.  The place is
        one in `rule`, if there is one.
    """
    optimizer, values, parts = _read(name)
    if values or any(part.values for part in parts):
        bare = " | ".join([optimizer.name, *(part.entry.name for part in parts)])
        raise FormulaError("A name has no values.", 0, len(name), f"Write `{bare}`.")
    if not rule:
        return _enclosed(optimizer, {}, parts)[0]
    optimizer = edited(optimizer, rule)
    try:
        return _enclosed(optimizer, {}, parts)[0]
    except FormulaError as error:
        raise FormulaError(error.message, 0, len(rule), error.hint) from None


@dataclass(frozen=True)
class _Part:
    """A wrapper or schedule as it was written, and where."""

    entry: Schedule | Wrapper
    values: Mapping[str, float]
    start: int
    end: int


def _read(text: str) -> tuple[Optimizer, dict[str, float], list[_Part]]:
    """Return the optimizer that `text` names, the values that it gives, and what it puts round it."""
    first, *others = _parts(tokens_of(text))
    name = first[0]
    if name.kind != "name" or name.text not in ENTRIES:
        raise FormulaError(f"There is no optimizer `{name.text}`.", name.start, name.end, _guess_optimizer(name.text))
    optimizer = ENTRIES[name.text]
    values = _settings(first[1:], optimizer, text)
    if len(others) > MOST_PARTS:
        place = others[MOST_PARTS][0].start, len(text)
        raise FormulaError(f"There are too many wrappers and schedules: {MOST_PARTS} are the most.", *place)
    return optimizer, values, [_part(tokens, text) for tokens in others]


def _parts(tokens: list[Token]) -> list[list[Token]]:
    """Return what stands between the bars that stand in no brackets; each ends with a token of kind ``stop``."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "|" and depth <= 0:
            parts[-1].append(replace(token, kind="stop"))
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _part(tokens: list[Token], text: str) -> _Part:
    """Return what stands after a bar."""
    name, *others = tokens
    place = name.start, tokens[-1].start
    if name.text.lower() == TYPED:
        schedule, others = _typed(tokens, text)
        return _Part(schedule, _settings(others, schedule, text), *place)
    entry = WRAPPERS.get(name.text.lower()) or SCHEDULES.get(name.text.lower())
    if name.kind != "name":
        raise FormulaError("A wrapper or schedule is missing here.", name.start, name.end, "Write `Adam | cosine`.")
    if entry is None:
        message = f"There is no wrapper or schedule `{name.text}`."
        hint = _nearest(name.text, PARTS) or f"There are: {', '.join(PARTS)}."
        raise FormulaError(message, name.start, name.end, hint)
    return _Part(entry, _settings(others, entry, text), *place)


def _typed(tokens: list[Token], text: str) -> tuple[Schedule, list[Token]]:
    """Return the schedule whose formula stands in brackets, and the tokens of its settings."""
    opening = tokens[1]
    if opening.text != "(":
        raise _no_formula(tokens[0].start, tokens[0].end)
    end = _end_of_formula(tokens)
    formula = text[opening.end : tokens[end].start]
    if not formula.strip() or _is_setting(tokens[2:end]):
        raise _no_formula(opening.start, tokens[end].end)
    try:
        schedule = typed_schedule(formula)
    except FormulaError as error:
        place = opening.end + error.start, opening.end + error.end
        raise FormulaError(error.message, *place, error.hint) from None
    return schedule, [opening, *tokens[end + (tokens[end].text == ",") :]]


def _end_of_formula(tokens: list[Token]) -> int:
    """Return the number of the token at which the formula after ``schedule(`` ends: a bracket, a comma or the last."""
    depth = 0
    for number, token in enumerate(tokens[1:-1], 1):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 or (depth == 1 and token.text == "," and _is_setting(tokens[number + 1 : -1])):
            return number
    return len(tokens) - 1


def _is_setting(tokens: list[Token]) -> bool:
    """Tell whether `tokens` are ``name = ...`` on one line."""
    texts = [token.text for token in tokens]
    return texts[1:2] == ["="] and tokens[0].kind == "name" and all(token.kind != "end" for token in tokens)


def _no_formula(start: int, end: int) -> FormulaError:
    return FormulaError("The schedule has no formula yet.", start, end, f"Try `{EXAMPLE}`.")


def _enclosed(
    optimizer: Optimizer, values: Mapping[str, float], parts: Sequence[_Part]
) -> tuple[Optimizer, dict[str, float]]:
    """Return `optimizer` with all `parts` round it, and all values by the names that they have there."""
    if not parts:
        return optimizer, dict(values)
    ordered = sorted(parts, key=lambda part: isinstance(part.entry, Wrapper))
    result = _built(optimizer, ordered)
    written = [part.values.get(row.name) for part in ordered for row in part.entry.hyperparameters]
    added = result.hyperparameters[len(optimizer.hyperparameters) :]
    given = {row.name: value for row, value in zip(added, written, strict=True) if value is not None}
    name = " | ".join([optimizer.name, *(part.entry.name for part in parts)])
    return replace(result, name=name), {**values, **given}


def _built(optimizer: Optimizer, parts: Sequence[_Part]) -> Optimizer:
    """Return `optimizer` with all `parts` round it, of which schedules stand before wrappers."""
    if isinstance(optimizer, Solver):
        return _built_of_solver(optimizer, parts)
    with _told_at(parts):
        if optimizer.bare:
            raise FormulaError(optimizer.bare, hint="Leave this out.")
    schedules = [part for part in parts if isinstance(part.entry, Schedule)]
    if schedules:
        with _told_at(schedules):
            optimizer = scheduled(optimizer, *(part.entry for part in schedules if isinstance(part.entry, Schedule)))
    for part in parts:
        if isinstance(part.entry, Wrapper):
            with _told_at([part]):
                optimizer = wrapped(optimizer, part.entry)
    with _told_at(parts):
        read_rule(optimizer.rule_text)
    return optimizer


def _built_of_solver(solver: Solver, parts: Sequence[_Part]) -> Solver:
    """Return `solver` with all `parts` round it; what cannot go round it is told where it stands."""
    for part in parts:
        with _told_at([part]):
            enclosed(solver, [part.entry])
    with _told_at([part for part in parts if isinstance(part.entry, Schedule)] or parts):
        return enclosed(solver, [part.entry for part in parts])


@contextmanager
def _told_at(parts: Sequence[_Part]) -> Iterator[None]:
    """Give errors that know no place in the racer's text that of `parts`."""
    try:
        yield
    except FormulaError as error:
        raise FormulaError(error.message, parts[0].start, parts[-1].end, error.hint) from None


def _settings(tokens: Sequence[Token], entry: Entry, text: str) -> dict[str, float]:
    """Return the values of ``(name=number, ...)``, all of `tokens`, cut from `text`; nothing at all gives none."""
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
    """Take ``name=number`` from the front of `tokens`."""
    if len(tokens) < 4 or tokens[0].kind != "name" or tokens[1].text != "=":
        raise _mistake(tokens[0], entry)
    name = tokens[0]
    if name.text not in entry.defaults:
        message = f"{_shown(entry)} has no hyperparameter `{name.text}`."
        known = f"It has: {', '.join(entry.defaults)}." if entry.defaults else f"Write `{entry.name}`."
        raise FormulaError(message, name.start, name.end, known)
    del tokens[:2]
    first, length = tokens[0], _length_of_value(tokens)
    if length == 0:
        raise FormulaError(f"`{name.text}` must be a number.", first.start, first.end)
    last = tokens[length - 1]
    del tokens[:length]
    try:
        return name.text, read_number(text[first.start : last.end])
    except FormulaError as error:
        place = first.start + error.start, first.start + error.end
        raise FormulaError(f"`{name.text}` must be a number.", *place, str(error)) from None


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
    """Return how a sentence calls `entry`: optimizers have names, the others are words of this language."""
    return entry.name if isinstance(entry, Optimizer) else f"`{entry.name}`"


def _mistake(token: Token, entry: Entry) -> FormulaError:
    settings = "".join(f"({row.name}={row.default:g})" for row in entry.hyperparameters[:1])
    return FormulaError(
        "This is not how a racer is written.", token.start, token.end, f"Write `{entry.name}{settings}`."
    )


def _guess_optimizer(name: str) -> str:
    if name.lower() in PARTS:
        return f"It goes round an optimizer: `Adam | {name.lower()}`."
    return _nearest(name, ENTRIES) or f"There are {len(ENTRIES)}, such as SGD, Momentum and Adam."


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the question after the nearest of `known`, or "" where none is near."""
    names = {other.lower(): other for other in known}
    close = difflib.get_close_matches(name.lower(), names, n=1)
    return f"Did you mean `{names[close[0]]}`?" if close else ""
