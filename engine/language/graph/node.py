"""A node of a graph: one operation of a formula, with what it is applied to."""

from __future__ import annotations

from dataclasses import dataclass

ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True)
class Node:
    """A constant (`payload` its value), a name (`payload` the name), or a row applied to arguments (indices of nodes).

    The function ``loss`` asks the landscape at a point; its `payload` says for what: 0 the loss, 1 and 2 its slopes by
    x and y, 3 to 5 its second derivatives by xx, xy and yy.  The function ``noise`` is the random number `payload`.

    A graph of one coordinate, which stands for any, reads as that of x: its slope, and the second derivative along it.
    There `ALTERNATE` is its first argument for x and every other coordinate from there, and its second for the rest.
    """

    function: str
    arguments: tuple[int, ...] = ()
    payload: float | str | int | None = None
