"""The spec of one operator or function, as the table has it, and the domains that several of them share."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

ARGUMENT_NAMES = ("u", "v", "s", "t")
"""The arguments' names in the texts of a spec."""

Intervals: TypeAlias = tuple[tuple[float, float], ...]
"""Open intervals of real numbers, in ascending order."""

POSITIVE: Intervals = ((0.0, math.inf),)
ABOVE_1: Intervals = ((1.0, math.inf),)
WITHIN_1: Intervals = ((-1.0, 1.0),)
OUTSIDE_1: Intervals = ((-math.inf, -1.0), (1.0, math.inf))
BETWEEN_POLES: Intervals = (*((float(pole), pole + 1.0) for pole in range(-120, 0)), (0.0, math.inf))
"""Where the gamma function and its logarithmic derivatives are finite; below -120 a double lies too near to a pole."""


@dataclass(frozen=True)
class Function:
    """The spec of one operator or function.

    Attributes
    ----------
    name : str
        The name of the spec, which is also its name in a text unless only an operator writes it.
    least, most : int
        How many arguments it takes; `most` is None where it takes any number, which are then folded in pairs.
    summary : str
        What it gives, in a few words.
    differential : str
        The differential of the result, "0" for a piecewise constant function; "" leaves it to `meaning`.
    numpy : callable or None
        The function on float64 arrays.
    native : str
        How machine code computes it: ``instruction NAME``, ``compare OPERATOR``, ``select``, ``intrinsic NAME``
        (always inline), ``remainder NAME`` (a function of `codegen.remainder`) or ``call NAME`` (the C mathematics
        library, by its vector variant where there is one; powers of vectors are those of `codegen.power`).
    meaning : str
        In place of `numpy` and `native`: a text of this language that the function abbreviates.
    exact : callable or None
        The function in arithmetic of many digits, for tests: its first argument is `mpmath.mp`, which the program
        itself never imports, and the others are `mpf` numbers.  Every function that a formula may apply has one.
    domain : tuple of Intervals
        For each argument in turn, the open intervals from which tests draw it; an argument without an entry may be any
        number.  A test that needs one interval takes the last.
    traits : str
        What simplification may rely on: "positive" or "not negative" where all values are, "even" where f(-u) is f(u),
        "odd" where it is -f(u), "rising" where a larger argument gives no smaller value, "partial" where the value is
        infinite or NaN for some finite arguments, "fresh" where every call gives another value.
    bounds : pair of float
        The least and the largest value, or numbers beyond them.
    over : str
        For an odd function, the result divided by u, with its value at 0.
    kink : str
        The slope that is used where the textbook has none, or more than one.
    symbol : str
        The operator that writes it, if one does.
    spellings : tuple of str
        Other names for it.
    overloads : str
        The name that it shares with a function of fewer arguments: ``log(u, v)`` beside ``log(u)``.
    special : tuple of (float, str)
        Values of the last argument for which another function of the arguments before gives the same: ``log(u, 2)`` is
        ``log2(u)``.
    alone : str
        What a function of any number of arguments gives for a single one.
    rule_only : bool
        Whether only rules may apply it.
    inner : bool
        Whether it is a part of other specs: it can be called, but is never offered.
    by_name : bool
        Whether an operator may be called by its name too.
    letter : bool
        Whether the name is a Greek letter too, which without brackets is a parameter.
    form : str
        How it is typeset: ``infix SIGN``, ``prefix SIGN``, ``postfix SIGN``, ``product``, ``fraction``, ``floored``
        (a fraction within ⌊ ⌋), ``power``, ``index``, ``root INDEX``, ``nth`` (a root whose index is the last
        argument), ``fence OPENING CLOSING``, ``cases``, ``mean``, ``name NAME INDEX`` or ``based NAME`` (a name whose
        index is the last argument); "" for its own name before its arguments.
    """

    name: str
    least: int
    most: int | None
    summary: str
    differential: str = ""
    numpy: Callable[..., Any] | None = None
    native: str = ""
    meaning: str = ""
    exact: Callable[..., Any] | None = None
    domain: tuple[Intervals, ...] = ()
    traits: str = ""
    bounds: tuple[float, float] = (-math.inf, math.inf)
    over: str = ""
    kink: str = ""
    symbol: str = ""
    spellings: tuple[str, ...] = ()
    overloads: str = ""
    special: tuple[tuple[float, str], ...] = ()
    alone: str = "u"
    rule_only: bool = False
    inner: bool = False
    by_name: bool = False
    letter: bool = False
    form: str = ""

    @property
    def arguments(self) -> tuple[str, ...]:
        """The names of its arguments in `summary` and `differential`; the last is "..." where any number may follow."""
        return ARGUMENT_NAMES[: self.least] if self.most is not None else (*ARGUMENT_NAMES[:2], "...")

    def takes(self, arguments: int) -> bool:
        """Return whether it can be applied to so many arguments."""
        return self.least <= arguments and (self.most is None or arguments <= self.most)

    @property
    def written(self) -> str:
        """The name that is written before its arguments."""
        return self.overloads or self.name

    @property
    def signature(self) -> str:
        """A call of it as a text, such as ``hypot(u, v)``."""
        return f"{self.written}({', '.join(self.arguments)})"
