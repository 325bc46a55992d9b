"""What a name means where it stands: a function, a variable, a definition, or a free name that becomes a parameter."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from engine.language.errors import FormulaError, Replacement
from engine.language.functions import CONSTANTS, FUNCTIONS, OVER_ROWS, SPELLINGS, Function
from engine.language.reductions import REDUCTIONS
from engine.language.syntax.glued_names import ARGUMENT, readings
from engine.language.syntax.suggestions import (
    ELSEWHERE,
    FOREIGN,
    NO_NUMBERS,
    OTHER_AXES,
    call_shown,
    product_meant,
    shown,
)
from engine.language.syntax.tokens import LONGEST_NAME, NAME, Token

VARIABLES = ("x", "y")
GIVEN_TO_RULES = ("w", "g", "f", "t")
VECTORS_OF_RULES = GIVEN_TO_RULES[:2]
WORDS = frozenset({"if", "else", "and", "or", "not"})
OPERATORS = frozenset(spec.name for spec in FUNCTIONS.values() if spec.symbol and not spec.by_name)
IMAGINARY = frozenset({"i", "j"})


class Scope:
    """What the names of a text mean, as far as it is read.

    Attributes
    ----------
    rule : bool
        Whether the text is a rule.
    values : set of str
        The names that lines above have defined.
    functions : dict of str to tuple of str
        The functions that lines above have defined, with their parameters.
    later : set of str
        The names that a formula defines on this line or further down, and the functions that any text does.
    states : set of str
        The names that a rule defines on any line; above that line they have their value of the step before.
    plain : set of str
        The names that stand somewhere in the text without brackets after them.
    unread : set of str
        The names whose definition is wrong: their meaning is unknown, so no use of them is an error.
    begun : str
        The name that this line defines.
    columns : set of str
        The columns of the data set that a formula runs over; they are among the `values`.
    """

    def __init__(
        self,
        rule: bool,
        later: Iterable[str] = (),
        states: AbstractSet[str] = frozenset(),
        plain: AbstractSet[str] = frozenset(),
        columns: AbstractSet[str] = frozenset(),
    ) -> None:
        self.rule = rule
        self.columns = columns
        self.values: set[str] = {*columns}
        self.functions: dict[str, tuple[str, ...]] = {}
        self.later = set(later)
        self.states = states
        self.plain = plain
        self.unread: set[str] = set()
        self.begun = ""


def function_named(name: str, rule: bool, data: bool = False) -> Function | None:
    """Return the function called `name` in a rule or in a formula, which may have a data set; None if there is none."""
    spec = FUNCTIONS.get(SPELLINGS.get(name, ""))
    if spec is None or spec.name in OPERATORS:
        return None
    return spec if rule or not spec.rule_only or (data and spec.name == OVER_ROWS) else None


def check_column(name: str) -> None:
    """Raise a FormulaError for the name of a column that a formula cannot read, or reads as something else."""
    known = {*VARIABLES, *CONSTANTS, *REDUCTIONS, *WORDS, *FOREIGN, *NO_NUMBERS, *SPELLINGS}
    if name in known or not re.fullmatch(NAME, name) or len(name) > LONGEST_NAME:
        raise FormulaError(f'A column cannot be called "{shown(name)}".', hint="Choose a name of letters and digits.")


def is_factor(name: str, scope: Scope) -> bool:
    """Return whether brackets after `name` are a product: ``x(y + 1)``, where ``f(y + 1)`` would be a function."""
    return name in VARIABLES or name in CONSTANTS or (scope.rule and name in GIVEN_TO_RULES)


def check_assigned(token: Token) -> None:
    """Raise a FormulaError for the definition of a word of the language or of programming languages."""
    if token.text in WORDS | FOREIGN:
        raise FormulaError(f'"{token.text}" is no name.', token.start, token.end, "Choose another.")


def check_changed(token: Token, scope: Scope) -> None:
    """Raise a FormulaError for an assignment in a rule to what is no name, or to a function of the text."""
    check_assigned(token)
    if token.text in scope.functions:
        raise FormulaError(f'"{token.text}" is a function already.', token.start, token.end, "Choose another name.")


def check_new(token: Token, scope: Scope) -> None:
    """Raise a FormulaError for the definition of a name that a formula knows already."""
    name, place = token.text, (token.start, token.end)
    check_assigned(token)
    known = (*VARIABLES, *CONSTANTS, *REDUCTIONS)
    if name in known or function_named(name, scope.rule, bool(scope.columns)) is not None:
        raise FormulaError(f'"{name}" has a meaning already.', *place, "Choose another name.")
    if name in scope.columns:
        raise FormulaError(f'"{name}" is a column of the data.', *place, "Choose another name.")
    if name in scope.values or name in scope.functions:
        raise FormulaError(f'"{name}" is defined twice.', *place, "Choose another name.")


def check_new_function(token: Token, scope: Scope) -> None:
    """Raise a FormulaError for a function with a name of the table, even one that only an operator writes."""
    check_new(token, scope)
    if token.text in SPELLINGS:
        message = f'"{token.text}" has a meaning already.'
        raise FormulaError(message, token.start, token.end, "Choose another name.")


def check_bound(token: Token, scope: Scope, taken: Collection[str]) -> None:
    """Raise a FormulaError for a parameter of a function, or an index, that hides a meaning; ``f(x) = x^2`` may."""
    name, place = token.text, (token.start, token.end)
    check_assigned(token)
    spec = function_named(name, scope.rule, bool(scope.columns))
    if name in CONSTANTS or name in REDUCTIONS or name in scope.functions or (spec is not None and not spec.letter):
        raise FormulaError(f'"{name}" has a meaning already.', *place, "Choose another name.")
    if name in taken:
        raise FormulaError(f'"{name}" stands here twice.', *place, "Choose another name.")


def check_foreign(token: Token, before: str) -> None:
    """Raise a FormulaError for a word of programming languages and for ``d/dx``; `before` is the text up to its end."""
    if token.text in FOREIGN:
        raise FormulaError(f'"{token.text}" belongs to programs, not to formulas.', token.start, token.end)
    if before in ("d/dx", "d/dy"):
        raise FormulaError("Slopes are worked out for you.", token.start, token.end, 'Leave out the "d/d...".')


def misnamed(token: Token, scope: Scope, local: Iterable[str] = (), sign: str = "") -> FormulaError | None:
    """Return the error for a name that nobody means as a parameter; None where `token` may be one.

    `local` are the names that have a meaning only there; `sign` is a sign before it that takes a single factor, or "".
    """
    name, place = token.text, (token.start, token.end)
    if name in scope.later:
        hint = "Move its definition up, or choose another name."
        return FormulaError(f'"{name}" is used before it is defined.', *place, hint)
    if name in scope.values or name in scope.unread:
        return None
    if name in NO_NUMBERS:
        return FormulaError(f'"{name}" is no number here.', *place, NO_NUMBERS[name])
    if name in OTHER_AXES and not scope.rule:
        message, hint = f'The coordinates are "x" and "y", not "{name}".', f'Write "{OTHER_AXES[name]}".'
        return FormulaError(message, *place, hint, replacements=(Replacement(OTHER_AXES[name], *place),))
    if name in scope.functions:
        hint = f'Write "{call_shown(name, scope.functions[name])}".'
        return FormulaError(f'"{shown(name)}" needs its argument in brackets.', *place, hint)
    return _glued_name(token, scope, local, sign=sign)


def misnamed_after_number(number: Token, name: Token, local: Collection[str]) -> FormulaError | None:
    """Return the error for ``0x1F`` and ``2j``, which are numbers to programmers; `name` follows `number` closely."""
    both, place = shown(number.text + name.text), (number.start, name.end)
    if number.text == "0" and re.fullmatch("[xXoObB][0-9a-fA-F]*[0-9][0-9a-fA-F]*", name.text):
        return FormulaError(f'"{both}" is no number here.', *place, "Write it with decimal digits.")
    if name.text in IMAGINARY and name.text not in local:
        hint = f'To multiply, write "{shown(number.text)}*{name.text}".'
        return FormulaError("Numbers are real here.", *place, hint)
    return None


def _glued_name(
    token: Token, scope: Scope, local: Iterable[str], brackets: bool = False, sign: str = ""
) -> FormulaError | None:
    """Return the error for ``pi2`` and ``sinxy``, products and calls to a reader and one name to the parser."""
    if token.text in scope.states:
        return None
    vectors = VECTORS_OF_RULES if scope.rule else ()
    meant = readings(token.text, scope.values.union(local, vectors), frozenset(scope.functions), brackets)
    if not meant:
        return None
    hint = " or ".join(product_meant(sign, reading) for reading in meant[: 1 if sign else None])
    place = token.start, token.end
    # Behind a sign of division or power, a reading that fits this place would have to hold that sign too.
    complete = not sign and not brackets and not any(ARGUMENT in reading for reading in meant)
    replacements = tuple(Replacement(reading, *place) for reading in meant) if complete else ()
    return FormulaError(
        f'"{shown(token.text)}" is one name.', *place, f"Did you mean {hint}?", replacements=replacements
    )


def unknown_function(token: Token, scope: Scope, local: Iterable[str] = (), sign: str = "") -> FormulaError:
    """Return the error for ``name(...)`` where the name is no function; `local` and `sign` are those of `misnamed`."""
    name, place = token.text, (token.start, token.end)
    if name == scope.begun:
        return FormulaError(
            f'"{name}" is used in its own definition.', *place, 'For what repeats, write a "sum" or "prod".'
        )
    if name in scope.later:
        return FormulaError(f'"{name}" is used before it is defined.', *place, "Move its definition up.")
    if name == OVER_ROWS:
        message = f'"{name}(...)" runs over the rows of a data set, and there is none.'
        return FormulaError(message, *place, 'Choose a landscape with data, or write a "sum".')
    if not scope.rule and name in SPELLINGS and FUNCTIONS[SPELLINGS[name]].rule_only:
        return FormulaError(f'"{name}" is for rules, not for formulas.', *place)
    indexed = re.fullmatch("(log|root)_?([0-9]+|_[A-Za-z])", name)
    if indexed and indexed[1] + indexed[2] not in SPELLINGS:
        return FormulaError(f'"{name}" is not known.', *place, f'Write "{indexed[1]}(..., {indexed[2].strip("_")})".')
    if name in ELSEWHERE:
        return FormulaError(f'"{name}" is not known.', *place, ELSEWHERE[name])
    product = f'To multiply, write "{shown(name)}*(...)".'
    if name in scope.values:
        return FormulaError(f'"{shown(name)}" is a number, not a function.', *place, product)
    together = _glued_name(token, scope, local, brackets=True, sign=sign)
    if together is not None:
        return together
    known = [spelling for spelling in SPELLINGS if function_named(spelling, scope.rule, bool(scope.columns))]
    close = difflib.get_close_matches(name.lower(), [*known, *REDUCTIONS, *scope.functions], n=1)
    if close and len(name) > 1:
        hint, replacements = f'Did you mean "{close[0]}"?', (Replacement(close[0], *place),)
        return FormulaError(f'"{shown(name)}" is not known.', *place, hint, replacements=replacements)
    if name in scope.plain:
        return FormulaError(f'"{shown(name)}" is a parameter, not a function.', *place, product)
    hint = f'{product} To define it, begin with a line "{shown(name)}(u) = ...".'
    return FormulaError(f'"{shown(name)}" is not known.', *place, hint)
