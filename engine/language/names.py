"""What a name may be where it stands: a function, a factor that is given, or a free name that becomes a slider."""

from __future__ import annotations

import difflib
from collections.abc import Set

from engine.language.errors import FormulaError
from engine.language.functions import CONSTANTS, FUNCTIONS, SPELLINGS, Function
from engine.language.suggestions import ELSEWHERE, FOREIGN, NO_NUMBERS, OTHER_AXES, shown
from engine.language.tokens import Token

VARIABLES = ("x", "y")
GIVEN_TO_RULES = ("w", "g", "f", "t")
WORDS = frozenset({"if", "else", "and", "or", "not"})
OPERATOR_ROWS = frozenset(row.name for row in FUNCTIONS.values() if row.symbol and not row.by_name)


def function_named(name: str, rule: bool) -> Function | None:
    """Return the row that `name` writes in a formula or a rule, or None."""
    row = FUNCTIONS.get(SPELLINGS.get(name, ""))
    return None if row is None or row.name in OPERATOR_ROWS or (row.rule_only and not rule) else row


def is_factor(name: str, rule: bool) -> bool:
    """Tell whether brackets after `name` are a product: ``x(y + 1)``, where ``f(y + 1)`` would be a function."""
    return name in VARIABLES or name in CONSTANTS or (rule and name in GIVEN_TO_RULES)


def check_assigned(token: Token) -> None:
    """Refuse to define a word of the language or of programs."""
    if token.text in WORDS | FOREIGN:
        raise FormulaError(f"`{token.text}` is no name.", token.start, token.end, "Choose another.")


def check_free(token: Token, before: str, rule: bool, defined: Set[str]) -> None:
    """Refuse a name that nobody means as a slider; `before` is what stands up to and with it."""
    name, place = token.text, (token.start, token.end)
    if name in FOREIGN:
        raise FormulaError(f"`{name}` belongs to programs, not to formulas.", *place)
    if len(name) > 1 and set(name) <= {*VARIABLES}:
        raise FormulaError(f"`{name}` is no product.", *place, f"Write `{shown('*'.join(name))}`.")
    if name in NO_NUMBERS and name not in defined:
        raise FormulaError(f"`{name}` is no number here.", *place, NO_NUMBERS[name])
    if name in OTHER_AXES and name not in defined and not rule:
        raise FormulaError(f"The coordinates are `x` and `y`, not `{name}`.", *place, f"Write `{OTHER_AXES[name]}`.")
    if before in ("d/dx", "d/dy"):
        raise FormulaError("Slopes are worked out for you.", *place, "Leave out the `d/d...`.")


def unknown_function(token: Token, rule: bool) -> FormulaError:
    """Return the error for ``name(...)`` where the name is no function here."""
    name, place = token.text, (token.start, token.end)
    if not rule and name in SPELLINGS and FUNCTIONS[SPELLINGS[name]].rule_only:
        return FormulaError(f"`{name}` is for rules, not for formulas.", *place)
    known = [spelling for spelling in SPELLINGS if function_named(spelling, rule) is not None]
    close = difflib.get_close_matches(name.lower(), known, n=1) if len(name) > 1 else []
    guess = f"Did you mean `{close[0]}`?" if close else f"To multiply, write `{shown(name)}*(...)`."
    return FormulaError(f"`{shown(name)}` is not known.", *place, ELSEWHERE.get(name, guess))
