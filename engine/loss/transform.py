"""Transforms: a landscape turned and stretched about a point, and shifted, exactly.

A transform is a substitution: in the formula x becomes a*x + b*y + c, and y likewise.  The six numbers are parameters
of the kernels, so no slider recompiles anything, and the formula is differentiated through them like through any other
name, so slopes and second derivatives are exact.  Turning a landscape turns the trail of an optimizer that uses vectors
alone, such as gradient descent; one that treats each coordinate by itself, such as Adam, takes another trail.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from engine.language.errors import FormulaError
from engine.language.graph.graph import Graph
from engine.language.syntax.names import VARIABLES
from engine.language.types import Point

TRANSFORM_NAMES = ("x by x", "x by y", "x by 1", "y by x", "y by y", "y by 1")
"""The names of the six numbers in a graph; with their blanks, no typed name can be the same."""
RIGHT_ANGLE = 90.0
QUARTER_SINES = (0.0, 1.0, 0.0, -1.0)
"""The sines of multiples of 90 degrees, where `math.sin` has a rounding error."""


@dataclass(frozen=True)
class Transform:
    """A turn, a stretch and a shift; the defaults are the identity.

    Attributes
    ----------
    angle : float
        The angle of the turn in degrees, anticlockwise.
    stretch : float
        The factor by which the landscape becomes longer along its own x and shorter along its own y: areas stay.
    shift : (x, y)
        The shift after that, in the units of x and y.
    pivot : (x, y)
        The point that turn and stretch do not move.

    Raises
    ------
    FormulaError
        Where a number is not finite, or the stretch not above 0.
    """

    angle: float = 0.0
    stretch: float = 1.0
    shift: Point = (0.0, 0.0)
    pivot: Point = (0.0, 0.0)

    def __post_init__(self) -> None:
        numbers = (self.angle, self.stretch, *self.shift, *self.pivot)
        if not all(map(math.isfinite, numbers)):
            raise FormulaError("A landscape is turned, stretched and shifted by finite numbers.")
        if not self.stretch > 0.0:
            raise FormulaError(f"A stretch must be above 0, not {self.stretch:g}.")
        if not all(map(math.isfinite, (1.0 / self.stretch, *self.numbers))):
            raise FormulaError("A landscape cannot be stretched and shifted so far.")

    @property
    def is_identity(self) -> bool:
        """Whether it changes nothing, whatever the pivot."""
        return self.angle % 360.0 == 0.0 and self.stretch == 1.0 and self.shift == (0.0, 0.0)

    @property
    def numbers(self) -> tuple[float, ...]:
        """The six numbers, in the order of `TRANSFORM_NAMES`; they map the picture to the formula."""
        cosine, sine = _sine(self.angle + RIGHT_ANGLE), _sine(self.angle)
        rows = ((cosine / self.stretch, sine / self.stretch), (-sine * self.stretch, cosine * self.stretch))
        middle = [pivot + shift for pivot, shift in zip(self.pivot, self.shift, strict=True)]
        moved = [
            pivot - across * middle[0] - up * middle[1] for pivot, (across, up) in zip(self.pivot, rows, strict=True)
        ]
        return (*rows[0], moved[0], *rows[1], moved[1])

    def shown(self, point: Point) -> Point:
        """Return the point of the picture at which a point of the formula is drawn."""
        if self.is_identity:
            return point
        cosine, sine = _sine(self.angle + RIGHT_ANGLE), _sine(self.angle)
        along, across = (value - pivot for value, pivot in zip(point, self.pivot, strict=True))
        along, across = along * self.stretch, across / self.stretch
        x = self.pivot[0] + self.shift[0] + cosine * along - sine * across
        return x, self.pivot[1] + self.shift[1] + sine * along + cosine * across

    def own(self, point: Point) -> Point:
        """Return the point of the formula that is drawn at a point of the picture: the inverse of `shown`."""
        if self.is_identity:
            return point
        a, b, c, d, e, f = self.numbers
        x, y = point
        return a * x + b * y + c, d * x + e * y + f


def transformed_variables(graph: Graph) -> dict[str, int]:
    """Add the nodes to a graph that x and y stand for under a transform, and return them by name."""
    x, y = map(graph.name, VARIABLES)
    numbers = [graph.name(name) for name in TRANSFORM_NAMES]
    nodes = []
    for across, up, moved in (numbers[:3], numbers[3:]):
        turned = graph.call("add", graph.call("mul", across, x), graph.call("mul", up, y))
        nodes.append(graph.call("add", turned, moved))
    return dict(zip(VARIABLES, nodes, strict=True))


def _sine(degrees: float) -> float:
    quarters = degrees / RIGHT_ANGLE
    return QUARTER_SINES[int(quarters) % 4] if quarters.is_integer() else math.sin(math.radians(degrees))


IDENTITY = Transform()
"""The transform that changes nothing."""
