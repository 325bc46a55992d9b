"""Notices in a loop over instances whether any number is not finite, at the cost of an addition or two a vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from engine.language.codegen.assembly import LANES, MASK, VECTOR, calls
from engine.language.codegen.loops import Carried


class Watch(NamedTuple):
    """The lines of a watch over a loop.

    Attributes
    ----------
    each, behind : list of str
        The lines for each turn, and those behind the loop: they make ``%lost``, whether a number was not finite.
    carried : Carried
        What each turn hands on to the next.
    """

    each: list[str]
    carried: Carried
    behind: list[str]


def watch(numbers: Sequence[str], turn: Sequence[str]) -> Watch:
    """Return a watch over some operands of the lines of a `turn`.

    One sum tells: a part that is not finite leaves no finite sum, and a sum that is not finite, less itself, is NaN.
    """
    total, each = numbers[0], list[str]()
    for place, operand in enumerate(numbers[1:]):
        each.append(f"%total{place} = fadd {VECTOR} {total}, {operand}")
        total = f"%total{place}"
    each.append(f"%nothing = fsub {VECTOR} {total}, {total}")
    if any(map(calls, turn)):
        # A call preserves no vector, and to keep one in memory from turn to turn takes longer than plain descent does.
        each += [*_any_nan("%nothing", "gone"), "%odder = or i1 %odd, %gone"]
        return Watch(each, Carried("%odd", "false", "%odder", "%lost", "i1"), [])
    each.append(f"%odder = fadd {VECTOR} %odd, %nothing")
    return Watch(each, Carried("%odd", "zeroinitializer", "%odder", "%left"), _any_nan("%left", "lost"))


def _any_nan(vector: str, name: str) -> list[str]:
    """Return the lines that compute whether any lane of a vector is NaN."""
    return [
        f"%{name}s = fcmp uno {VECTOR} {vector}, {vector}",
        f"%{name}b = bitcast {MASK} %{name}s to i{LANES}",
        f"%{name} = icmp ne i{LANES} %{name}b, 0",
    ]
