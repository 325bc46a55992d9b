"""A claim about a race: a text of the formula language, and what a race answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.language.errors import FormulaError
from engine.language.functions import CONSTANTS, FUNCTIONS
from engine.language.syntax.parser import parse_expression
from engine.language.syntax.tree import Call, Chain, Expression, Name, Number, all_parts_of
from engine.race.claims.interval import ANYTHING, FALSE, TRUE, Interval, applied, exactly
from engine.race.claims.quantities import QUANTITIES
from engine.race.claims.racer_record import RacerRecord

STEPS = "steps"
"""The name that stands for the last step of the race of racer 1."""
PARAMETERS = {entry.name: entry.parameters for entry in QUANTITIES.values()}
IN_BRACES = re.compile(r"\{([^{}]+)\}")
"""A number of the race within a sentence: ``It needs {steps_to(1, 1e-3)} steps.``"""
LARGEST_WRITTEN_OUT = 1e6
DIGITS = 3


@dataclass(frozen=True)
class Claim:
    """A text such as ``steps_to(1, 1e-3) < steps_to(2, 1e-3)``; the racers are numbered from 1."""

    text: str

    def check(self, racers: int) -> None:
        """Raise a FormulaError where the text asks what no race of so many racers can answer."""
        for part in all_parts_of(self._tree):
            if isinstance(part, Name) and part.name not in {STEPS, *CONSTANTS}:
                known = ", ".join(f'"{entry.signature}"' for entry in QUANTITIES.values())
                hint = f'Numbers, "{STEPS}" and {known}.'
                raise FormulaError(f'A race has no "{part.name}".', part.start, part.end, hint)
            if isinstance(part, Call) and part.function in QUANTITIES:
                _check_racer(part, racers)

    def measured(self, records: Sequence[RacerRecord]) -> Interval:
        """Return the value of the text after the race of these racers.

        Raises
        ------
        FormulaError
            Where the text asks what this race cannot answer.
        """
        self.check(len(records))
        return _value(self._tree, records)

    def decided(self, records: Sequence[RacerRecord]) -> bool | None:
        """Return whether it holds for the race of these racers; None where that race cannot decide it.

        Raises
        ------
        FormulaError
            Where the text asks what this race cannot answer.
        """
        found = self.measured(records)
        return None if found not in (FALSE, TRUE) else found == TRUE

    @cached_property
    def _tree(self) -> Expression:
        return parse_expression(self.text, PARAMETERS)


def claims_within(sentence: str) -> list[Claim]:
    """Return what stands within the braces of a sentence."""
    return [Claim(text) for text in IN_BRACES.findall(sentence)]


def filled(sentence: str, records: Sequence[RacerRecord]) -> str:
    """Return a sentence with what stands within braces as the race of these racers has it.

    Raises
    ------
    FormulaError
        Where it asks what this race cannot answer.
    """
    return IN_BRACES.sub(lambda found: _written(Claim(found[1]).measured(records)), sentence)


def _written(number: Interval) -> str:
    """Return a number as people write it."""
    if not number.is_known:
        return "unknown" if number == ANYTHING else "never"
    if number.low.is_integer() and abs(number.low) < LARGEST_WRITTEN_OUT:
        return f"{number.low + 0.0:,.0f}".replace("-", "−")
    return f"{number.low:.{DIGITS}g}".replace("-", "−")


def _check_racer(call: Call, racers: int) -> None:
    number = call.arguments[0]
    if not (isinstance(number, Number) and number.value.is_integer() and 1 <= number.value <= racers):
        hint = f"The racers are numbered from 1 to {racers}."
        raise FormulaError("There is no such racer.", number.start, number.end, hint)


def _value(tree: Expression, records: Sequence[RacerRecord]) -> Interval:
    """Return the value of an expression."""
    match tree:
        case Number():
            return exactly(tree.value)
        case Name():
            return exactly(CONSTANTS[tree.name] if tree.name in CONSTANTS else records[0].steps)
        case Chain():
            terms = [_value(term, records) for term in tree.terms]
            held = [applied(name, terms[at : at + 2]) for at, name in enumerate(tree.comparisons)]
            return min((one for one in held if one is not None), key=lambda one: (one.low, one.high))
        case Call() if tree.function in QUANTITIES:
            return _asked(tree, records)
        case Call() if tree.function in FUNCTIONS:
            found = applied(tree.function, [_value(argument, records) for argument in tree.arguments])
            if found is not None:
                return found
    raise FormulaError("This cannot be asked of a race.", tree.start, tree.end, "Compare two numbers of the race.")


def _asked(call: Call, records: Sequence[RacerRecord]) -> Interval:
    """Return what a racer answers."""
    racer, *others = [_value(argument, records) for argument in call.arguments]
    if not all(other.is_known for other in others):
        raise FormulaError("This number is not known after the race.", call.start, call.end, "Write a number.")
    try:
        return QUANTITIES[call.function].measure(records[int(racer.low) - 1], *(other.low for other in others))
    except FormulaError as error:
        raise FormulaError(error.message, call.start, call.end, error.hint) from None
