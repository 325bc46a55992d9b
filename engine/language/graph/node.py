"""A node of a graph: one operation of a formula, with what it is applied to."""

from __future__ import annotations

from dataclasses import dataclass

ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True)
class Node:
    """A constant (`payload` its value), a name (`payload` the name), or a function applied to arguments (node indices).

    The function ``loss`` is the loss or a derivative at a point, by its `payload`: 0 is the loss, 1 and 2 are its
    slopes by x and y, 3 to 5 its second derivatives by xx, xy and yy.  ``noise`` is the random number `payload`.

    A graph of one coordinate that stands for any is written as that of x, with the slope by x and the second derivative
    by xx.  In it `ALTERNATE` is its first argument for the coordinates 0, 2, 4 and so on, and its second for the rest.
    """

    function: str
    arguments: tuple[int, ...] = ()
    payload: float | str | int | None = None
