"""Names that are products or calls written without a sign, such as ``pi2``, ``sinxy`` and ``xsin``, and their readings.

Such a name would otherwise become a parameter with a slider, which nobody means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from engine.language.functions import CONSTANTS, FUNCTIONS, SPELLINGS

BRACKETS = "(...)"
"""Stands in a reading for the brackets behind the name."""
ARGUMENT = "..."
"""Stands in a reading for the argument that a function lacks."""

_FACTORS = frozenset({"x", "y", *CONSTANTS, "π", "τ"})
_LETTER_TOO = "e"
"""The constant that counts as a plain letter in a name that contains a definition of the text."""
_SIGNS = re.compile("(π|^τ)")
"""Signs that part a name: π anywhere, but τ only in front, since ``Δτ`` is a name like any other."""
_UNNUMBERED = frozenset({"pi", "π", "tau", "τ"})
"""Factors behind which a number is no index."""
_APPLIED = frozenset(
    spelling
    for spelling, name in SPELLINGS.items()
    if (spec := FUNCTIONS[name]).most == 1 and not (spec.rule_only or spec.inner or (spec.symbol and not spec.by_name))
)
"""Functions of one argument."""
_OWN = _FACTORS | _APPLIED
"""A glued name holds one of these: definitions alone may spell the name of another, as l and r spell ``lr``."""
_WORDS_TOO = frozenset({"step", "sign", "floor", "ceil", "round", "frac", "gamma", "lb"}) & _APPLIED
"""Functions whose names are plain words too, which may have an index or end a name: ``step2``, ``xstep``."""


def readings(
    name: str, defined: AbstractSet[str], functions: AbstractSet[str] = frozenset(), brackets: bool = False
) -> list[str]:
    """Return what `name` may be meant as, the likeliest first; nothing where it is a name like any other.

    Parameters
    ----------
    name
        A name that has no meaning of its own.
    defined, functions
        What the text has defined: names of numbers, and of functions.
    brackets
        Whether brackets stand behind it.
    """
    applied = _APPLIED | functions
    pieces = _pieces(name, _OWN) or _pieces(name, _OWN - {_LETTER_TOO} | functions | defined) or _parted_by_signs(name)
    if _OWN.isdisjoint(pieces) or _names_something(pieces, brackets):
        return []
    pieces += [BRACKETS] * brackets
    wide = pieces if applied.isdisjoint(pieces) else _powered(pieces, applied)
    return list(dict.fromkeys((_widest(wide, applied), _narrowest(pieces, applied))))


def _pieces(name: str, known: AbstractSet[str]) -> list[str]:
    """Return the pieces, each `known` or a number, that make up `name`, long ones rather than short ones; or none."""
    reached: dict[int, list[str]] = {0: []}
    for start in range(len(name)):
        for end in range(len(name), start, -1) if start in reached else ():
            piece = name[start:end]
            if piece != name and (piece in known or piece.isdecimal()):
                reached.setdefault(end, [*reached[start], piece])
    return reached.get(len(name), [])


def _parted_by_signs(name: str) -> list[str]:
    """Return ``π`` and ``r`` for ``πr``, whatever an r is."""
    return [] if "_" in name else [piece for piece in _SIGNS.split(name) if piece]


def _names_something(pieces: Sequence[str], brackets: bool) -> bool:
    """Return whether the pieces make a plain name: a single piece, a name with an index, or one that ends in a word."""
    first, *others = pieces
    numbered = len(others) == 1 and others[0].isdecimal() and first not in _UNNUMBERED | _APPLIED - _WORDS_TOO
    return not others or numbered or (others[-1] in _WORDS_TOO and not brackets)


def _powered(pieces: Sequence[str], applied: AbstractSet[str]) -> list[str]:
    """Return the pieces with each number that stands behind a factor as its power."""
    joined: list[str] = []
    for piece in pieces:
        if piece.isdecimal() and joined and joined[-1] not in applied:
            joined[-1] += f"^{piece}"
        else:
            joined.append(piece)
    return joined


def _widest(pieces: Sequence[str], applied: AbstractSet[str]) -> str:
    """Return the pieces as a product, in which a function takes all that follows."""
    first, *rest = pieces
    others = _widest(rest, applied) if rest else ""
    if first in applied:
        return _call(first, others)
    return f"{first}*{others}" if others else first


def _narrowest(pieces: Sequence[str], applied: AbstractSet[str]) -> str:
    """Return the pieces as a product, in which a number is a power, and a function takes what is next to it."""
    factor, *rest = pieces
    power = _taken_power(rest)
    if factor in applied and rest and rest[0] in applied:
        return _call(factor, _narrowest(rest, applied)) + power
    if factor in applied:
        factor = _call(factor, rest.pop(0) if rest else "")
        power = power or _taken_power(rest)
    others = [_narrowest(rest, applied)] if rest else []
    return "*".join([factor + power, *others])


def _taken_power(pieces: list[str]) -> str:
    """Take a number from the front of `pieces`, and return it as a power."""
    return f"^{pieces.pop(0)}" if pieces and pieces[0].isdecimal() else ""


def _call(function: str, argument: str) -> str:
    return f"{function}({ARGUMENT if argument in ('', BRACKETS) else argument})"
