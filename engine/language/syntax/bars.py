"""Which bars open and which close: ``|x - 5|y - 4|x|`` has two readings, and its error shows both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.language.errors import FormulaError
from engine.language.syntax.cursor import DEEPEST_NESTING
from engine.language.syntax.names import WORDS
from engine.language.syntax.suggestions import two_meanings
from engine.language.syntax.tokens import Token

MOST_UNDECIDED = 100
"""Bars within one pair of brackets that may open as well as close: with more, comparing all readings takes long."""

Reading = tuple[bool, ...]
"""For each bar, whether it opens."""
State = tuple[int, bool]
"""How many bars are open, and whether the one before has opened."""


@dataclass(frozen=True)
class Bar:
    """A ``|`` between its neighbours.

    Attributes
    ----------
    at : int
        The index of its token in the line.
    may_open, may_close : bool
        Whether the grammar allows it to open, and to close.
    looks_open, looks_closed : bool
        Whether the spaces beside it suggest that it opens, or closes.
    behind_operand, before_factor : bool
        Whether it multiplies without a sign what stands before it if it opens, or behind it if it closes.
    """

    at: int
    may_open: bool
    may_close: bool
    looks_open: bool
    looks_closed: bool
    behind_operand: bool
    before_factor: bool

    def as_spaced(self) -> Bar:
        """Return the bar as the spaces beside it allow it to be read."""
        may_open = self.may_open and not (self.may_close and self.looks_closed)
        return replace(self, may_open=may_open, may_close=self.may_close and not (self.may_open and self.looks_open))


def ambiguous_bars(tokens: Sequence[Token], text: str) -> FormulaError | None:
    """Return the error for the first bars of a line of `text` that two readers may read differently, if there are any.

    What stands beside a bar decides whether it opens; where that leaves two readings, the spaces must suggest the first
    of them, as in ``|x| y |x|``.
    """
    for bars in _groups(tokens):
        plain = _readings(bars)
        if plain is None:
            place = tokens[bars[0].at].start, tokens[bars[-1].at].end
            return FormulaError("Which of these bars belong together is not plain.", *place, 'Write "abs(...)".')
        if len(plain) > 1 and _readings([bar.as_spaced() for bar in bars]) != plain[:1]:
            start, end = tokens[bars[0].at].start, tokens[bars[-1].at].end
            first, second = (_written(bars, reading, tokens, text) for reading in plain)
            return two_meanings(start, end, first, second)
    return None


def _groups(tokens: Sequence[Token]) -> Iterator[list[Bar]]:
    """Yield the bars that stand within the same brackets and between the same commas."""
    if not any(token.text == "|" for token in tokens):
        return
    pending: list[list[Bar]] = [[]]
    for at, token in enumerate(tokens):
        if token.text == "(":
            pending.append([])
        elif token.text == ")" and len(pending) > 1:
            yield pending.pop()
        elif token.text == ",":
            yield pending[-1]
            pending[-1] = []
        elif token.text == "|":
            pending[-1].append(_bar(tokens, at))
    yield from reversed(pending)


def _bar(tokens: Sequence[Token], at: int) -> Bar:
    token, after = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
    before = tokens[at - 1] if at else None
    behind_operand = before is not None and (before.kind == "power" or _is_operand(before, ")"))
    gap_before, gap_after = before is not None and before.end < token.start, after.start > token.end
    # Nobody reads `|x|+2|y|` as |x·|2|·y|, or `|x||y||x|` as |x·||y||·x|.
    first_of_sum = not behind_operand and after.text in ("+", "-", "not", "|")
    return Bar(
        at,
        may_open=first_of_sum or _is_operand(after, "("),
        may_close=(behind_operand or (before is not None and before.text == "|")) and after.kind != "number",
        looks_open=gap_before and not gap_after,
        looks_closed=gap_after and not gap_before,
        behind_operand=behind_operand,
        before_factor=_is_operand(after, "("),
    )


def _is_operand(token: Token, bracket: str) -> bool:
    """Return whether an operand, or this bracket of one, is `token`."""
    named = token.kind == "name" and token.text not in WORDS
    return named or token.kind == "number" or token.text == bracket


def _readings(bars: Sequence[Bar]) -> list[Reading] | None:
    """Return the first two ways in which `bars` pair up, of which the first closes each bar as soon as possible.

    None where too many of them are undecided.
    """
    reached: list[set[State]] = [{(0, False)}]
    undecided = 0
    for at in range(len(bars)):
        steps = [_steps(bars, at, state) for state in reached[-1]]
        undecided += any(len(ways) > 1 for ways in steps)
        if undecided > MOST_UNDECIDED:
            return None
        reached.append({after for ways in steps for _, after in ways})
    ways: list[dict[State, int]] = [{state: state[0] == 0 for state in reached[-1]}]
    for at in reversed(range(len(bars))):
        behind = ways[-1]
        # Two are enough to know that there is more than one.
        ways.append(
            {state: min(sum(behind[after] for _, after in _steps(bars, at, state)), 2) for state in reached[at]}
        )
    ways.reverse()
    return [_reading(bars, ways, number) for number in range(ways[0][0, False])]


def _steps(bars: Sequence[Bar], at: int, state: State) -> list[tuple[bool, State]]:
    """Return the choices for a bar: whether it opens, and the state behind it."""
    bar, (depth, after_opening) = bars[at], state
    empty = after_opening and at > 0 and bars[at - 1].at == bar.at - 1
    steps: list[tuple[bool, State]] = []
    if bar.may_close and depth and not empty:
        steps.append((False, (depth - 1, False)))
    if bar.may_open and depth < min(DEEPEST_NESTING, len(bars) - at):
        steps.append((True, (depth + 1, True)))
    return steps


def _reading(bars: Sequence[Bar], ways: Sequence[Mapping[State, int]], number: int) -> Reading:
    """Return the way with this `number`, from 0."""
    reading, state = list[bool](), (0, False)
    for at in range(len(bars)):
        for opens, after in _steps(bars, at, state):
            if number < ways[at + 1][after]:
                reading.append(opens)
                state = after
                break
            number -= ways[at + 1][after]
    return tuple(reading)


def _written(bars: Sequence[Bar], reading: Reading, tokens: Sequence[Token], text: str) -> str:
    """Return the text from the first bar to the last, with a `*` at each product beside a bar: it has one reading."""
    pieces, place = list[str](), tokens[bars[0].at].start
    for number, (bar, opens) in enumerate(zip(bars, reading, strict=True)):
        behind_closed = number > 0 and bars[number - 1].at == bar.at - 1 and not reading[number - 1]
        times_before = opens and number > 0 and (bar.behind_operand or behind_closed)
        times_behind = not opens and number + 1 < len(bars) and bar.before_factor
        pieces += [
            text[place : tokens[bar.at].start].rstrip(" ") if times_before else text[place : tokens[bar.at].start]
        ]
        pieces += ["*" * times_before, "|", "*" * times_behind]
        place = tokens[bar.at].end
    return "".join(pieces)
