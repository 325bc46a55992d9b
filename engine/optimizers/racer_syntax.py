"""The syntax of a racer: an optimizer and, behind bars, wrappers and schedules, each with its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.language.errors import FormulaError
from engine.language.syntax.tokens import Token, tokens_of
from engine.optimizers.entries import ENTRIES
from engine.optimizers.settings_syntax import read_settings
from engine.optimizers.suggestions import nearest_names, nearest_optimizers
from engine.rules.modifiers.schedule import SCHEDULES, TYPED, Schedule, typed_schedule
from engine.rules.modifiers.wrappers import WRAPPERS, Wrapper
from engine.rules.optimizer import Optimizer

BAR = "|"
"""Stands before each wrapper or schedule in a racer's text."""
MOST_MODIFIERS = 20
"""Wrappers and schedules of one racer: its rule is to stay short enough to be read."""
MODIFIERS = (*WRAPPERS, *SCHEDULES, TYPED)
"""What may stand after a bar."""
EXAMPLE = f"{TYPED}(cos(pi*t/T), T=500)"


@dataclass(frozen=True)
class WrittenModifier:
    """A wrapper or schedule as a text gives it.

    Attributes
    ----------
    entry : Schedule or Wrapper
    values : mapping of str to float
        Its settings, by the names of the entry.
    start, end : int
        The place in the text, as character offsets.
    """

    entry: Schedule | Wrapper
    values: Mapping[str, float]
    start: int
    end: int


def read_racer(text: str) -> tuple[Optimizer, dict[str, float], list[WrittenModifier]]:
    """Return the optimizer that `text` names, the values that it gives to it, and its wrappers and schedules.

    Raises
    ------
    FormulaError
        Where the text names no optimizer, wrapper or schedule or no hyperparameter of it, or a value is no number.
    """
    first, *others = _split_at_bars(tokens_of(text))
    name = first[0]
    if name.kind != "name" or name.text not in ENTRIES:
        raise FormulaError(f'There is no optimizer "{name.text}".', name.start, name.end, _guess_optimizer(name.text))
    optimizer = ENTRIES[name.text]
    values = read_settings(first[1:], optimizer, text)
    if len(others) > MOST_MODIFIERS:
        place = others[MOST_MODIFIERS][0].start, len(text)
        raise FormulaError(f"There are too many wrappers and schedules: {MOST_MODIFIERS} are the most.", *place)
    return optimizer, values, [_read_modifier(tokens, text) for tokens in others]


def read_modifiers(text: str) -> list[WrittenModifier]:
    """Return the wrappers and schedules of a racer, whatever stands before the first bar.

    Raises
    ------
    FormulaError
        Where one of them does not exist.
    """
    return [_read_modifier(tokens, text) for tokens in _split_at_bars(tokens_of(text))[1:]]


def _split_at_bars(tokens: list[Token]) -> list[list[Token]]:
    """Return the tokens between the bars that stand outside brackets; each list ends with a token of kind ``stop``."""
    sections: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == BAR and depth <= 0:
            sections[-1].append(replace(token, kind="stop"))
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _read_modifier(tokens: list[Token], text: str) -> WrittenModifier:
    """Return the wrapper or schedule that stands after a bar."""
    name, *others = tokens
    place = name.start, tokens[-1].start
    if name.text.lower() == TYPED:
        schedule, others = _read_typed_schedule(tokens, text)
        return WrittenModifier(schedule, read_settings(others, schedule, text), *place)
    entry = WRAPPERS.get(name.text.lower()) or SCHEDULES.get(name.text.lower())
    if name.kind != "name":
        raise FormulaError("A wrapper or schedule is missing here.", name.start, name.end, 'Write "Adam | cosine".')
    if entry is None:
        message = f'There is no wrapper or schedule "{name.text}".'
        hint = did_you_mean(nearest_names(name.text, MODIFIERS)) or f"There are: {', '.join(MODIFIERS)}."
        raise FormulaError(message, name.start, name.end, hint)
    return WrittenModifier(entry, read_settings(others, entry, text), *place)


def _read_typed_schedule(tokens: list[Token], text: str) -> tuple[Schedule, list[Token]]:
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
    """Return whether `tokens` are ``name = ...`` on one line."""
    texts = [token.text for token in tokens]
    return texts[1:2] == ["="] and tokens[0].kind == "name" and all(token.kind != "end" for token in tokens)


def _no_formula(start: int, end: int) -> FormulaError:
    return FormulaError("The schedule has no formula yet.", start, end, f'Try "{EXAMPLE}".')


def _guess_optimizer(name: str) -> str:
    if name.lower() in MODIFIERS:
        return f'It is added to an optimizer: "Adam | {name.lower()}".'
    return (
        did_you_mean(nearest_optimizers(name, ENTRIES)) or f"There are {len(ENTRIES)}, such as SGD, Momentum and Adam."
    )


def did_you_mean(near: Sequence[str]) -> str:
    """Return the question after the first of the names that are near, or "" where there are none."""
    return f'Did you mean "{near[0]}"?' if near else ""
