"""Thins a long line to what a screen can show: the drawn line is the true one, to a fraction of a pixel.

The line is walked once.  From the last vertex that was kept, the *anchor*, every vertex since then narrows a sector of
directions in which a straight line passes it closely enough; when the next vertex lies outside of the sector, or has
come back, the vertex before it is kept and becomes the anchor.  (Williams, An efficient algorithm for the piecewise
linear approximation of planar curves, 1978; Sklansky and Gonzalez, Fast polygonal approximation of digitized curves,
1980; that a line which comes back is cut is our addition.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.compiled.argument_types import INTEGER, MATRIX, REAL, VECTOR, ArgumentType
from engine.compiled.driver import driver
from engine.language.types import Array

Rows = NDArray[np.int64]
SHARE = 0.5**0.5
"""Of the tolerance for each of two errors at a right angle: beside the drawn line, and beyond its end."""
FARTHEST = 1e6
"""In pixels: vertices farther out are pulled in along their ray from the middle, since the direction of a line must
still tell its vertices apart; within the rectangle the line moves by less than half a pixel."""
HUGE = 1e300
"""The ray of a vertex that overflows has still a direction."""
PASSES = 3
"""How often a line is thinned at most, each time to twice the tolerance."""
HOPELESS = 8
"""A line with so many times the bends that can be drawn is not thinned enough by a coarser tolerance either."""
BRIEF_POINTS = 20_000
"""So few vertices are walked in less time than it takes to release the GIL and to acquire it again."""
LEFT, RIGHT, ABOVE, BELOW = 1, 2, 4, 8
"""Beyond which sides of the visible rectangle a vertex lies, as bits."""
BEYOND = -1.0
"""In the place of a distance: all vertices since the anchor lie beyond one side, and no sector was kept."""
Sector = tuple[float, float, float, float]
"""A direction at its left edge and one at its right edge, of any length."""
WIDEST: Sector = (0.0, 0.0, 0.0, 0.0)
"""Before there is a vertex that narrows it."""


@dataclass(frozen=True)
class Pixels:
    """Where a plane lies on a screen.

    Attributes
    ----------
    origin : (x, y)
        The point of the plane that lies at a corner of the visible rectangle.
    scale : (x, y)
        Pixels for one unit of x and of y; negative where they count the other way.
    size : (width, height)
        Of the visible rectangle, in pixels.
    margin : float
        Pixels around it in which the line must be exact too: half the width of its stroke.
    """

    origin: tuple[float, float]
    scale: tuple[float, float]
    size: tuple[float, float]
    margin: float = 0.0


def rows_to_draw(points: Array, pixels: Pixels, tolerance: float, most: int) -> tuple[Rows, float]:
    """Return which vertices of a line to draw, int64 (m,), and to which tolerance they draw it.

    Where more than `most` are needed, the tolerance is doubled, twice at most; a line that needs more even so is drawn
    through every second, third ... of its vertices, to a tolerance of infinity.  So is every line as long as the loop
    that finds its bends is not compiled.

    Parameters
    ----------
    points : float64 (n, 2)
    pixels : Pixels
    tolerance : float
        In pixels.
    most : int
        At least 2.
    """
    rows, reached = np.arange(len(points), dtype=np.int64), np.zeros(1)
    if thin_line.load():
        thin = thin_line.run_briefly if len(points) <= BRIEF_POINTS else thin_line
        layout = np.array([*pixels.origin, *pixels.scale, *pixels.size, pixels.margin])
        rows = rows[: thin(tolerance, np.ascontiguousarray(points), layout, most, rows, reached)]
    if len(rows) <= most:
        return rows, float(reached[0])
    # The last vertex is drawn, where the racer is, and the first, where the line before it ends.
    stride = -(-len(rows) // (most - 1))
    spread = rows[::-stride][::-1]
    return np.concatenate([rows[:1], spread[spread > rows[0]]]), np.inf


@driver(
    REAL, MATRIX, VECTOR, INTEGER, ArgumentType(np.dtype(np.int64), 1), VECTOR, title="the thinning of trails",
)  # fmt: skip
def thin_line(tolerance: float, points: Array, layout: Array, most: int, rows: Rows, reached: Array) -> int:
    """Move the numbers of the vertices that are needed to the front of `rows` (n,), and return how many there are.

    Within the visible rectangle no point of the drawn line is farther than the tolerance from the true one, nor the
    other way round.  Parts of the line that lie wholly beyond one side of the rectangle stay beyond it.

    Parameters
    ----------
    tolerance : float
        In pixels; doubled, twice at most, where more than `most` vertices are needed.
    points : float64 (n, 2)
        Finite.
    layout : float64 (7,)
        The origin, the scale, the size and the margin of a `Pixels`.
    most : int
    rows : int64 (n,)
        From 0 to n - 1.
    reached : float64 (1,)
        To it the tolerance is added to which the line is drawn.
    """
    count = len(points)
    for _ in range(PASSES):
        count = needed_rows(tolerance, points, layout, rows, count)
        # What an earlier pass left out lies within the sum of all tolerances.
        reached[0] += tolerance
        if count <= most or count > HOPELESS * most:
            break
        tolerance *= 2.0
    return count


def needed_rows(tolerance: float, points: Array, layout: Array, rows: Rows, total: int) -> int:
    """Keep, of the line through the first `total` of `rows`, those vertices that are needed; return how many.

    They are moved to the front of `rows`, which is safe since no row is written before it has been read.
    """
    if total == 0:
        return 0
    reach = tolerance * SHARE
    count, turn, last = 1, 1, rows[total - 1]
    anchor_x, anchor_y = pixel(points, rows[0], layout)
    shared, farthest, sector = sides(anchor_x, anchor_y, layout), 0.0, WIDEST
    while turn < total:
        x, y = pixel(points, rows[turn], layout)
        along, across = x - anchor_x, y - anchor_y
        distance = (along * along + across * across) ** 0.5
        outside = shared & sides(x, y, layout)
        if outside:
            shared, farthest = outside, BEYOND
        elif fits(along, across, distance, reach, farthest, sector):
            shared = 0
            if distance > reach:
                sector = narrowed(sector, farthest == 0.0, along, across, reach / distance)
                farthest = max(farthest, distance)
        else:
            before = rows[turn - 1]
            rows[count] = before
            count += 1
            anchor_x, anchor_y = pixel(points, before, layout)
            shared, farthest = sides(anchor_x, anchor_y, layout), 0.0
            continue
        turn += 1
    if rows[count - 1] != last:
        rows[count] = last
        count += 1
    return count


def pixel(points: Array, number: int, layout: Array) -> tuple[float, float]:
    """Return where a vertex lies on the screen, from the corner of the visible rectangle."""
    middle_x, middle_y = 0.5 * layout[4], 0.5 * layout[5]
    x = min(max((points[number, 0] - layout[0]) * layout[2] - middle_x, -HUGE), HUGE)
    y = min(max((points[number, 1] - layout[1]) * layout[3] - middle_y, -HUGE), HUGE)
    nearer = FARTHEST / max(abs(x), abs(y), FARTHEST)
    return middle_x + x * nearer, middle_y + y * nearer


def sides(x: float, y: float, layout: Array) -> int:
    """Return beyond which sides of the visible rectangle a vertex lies, as bits."""
    found = 0
    if x < -layout[6]:
        found |= LEFT
    elif x > layout[4] + layout[6]:
        found |= RIGHT
    if y < -layout[6]:
        found |= ABOVE
    elif y > layout[5] + layout[6]:
        found |= BELOW
    return found


def fits(along: float, across: float, distance: float, reach: float, farthest: float, sector: Sector) -> bool:
    """Return whether a straight line from the anchor to a vertex passes closely enough by all vertices between them."""
    if farthest == 0.0:
        return True
    if farthest == BEYOND or distance <= reach or distance < farthest - reach:
        return False
    left_x, left_y, right_x, right_y = sector
    return right_x * across - right_y * along >= 0.0 and along * left_y - across * left_x >= 0.0


def narrowed(sector: Sector, is_first: bool, along: float, across: float, sine: float) -> Sector:
    """Return the directions of `sector` that pass a vertex closely enough; all that do, where it is the first.

    `sine` belongs to the angle at the anchor between the vertex and the edge of what is close to it.
    """
    cosine = (1.0 - sine * sine) ** 0.5
    left_x, left_y, right_x, right_y = sector
    to_left_x, to_left_y = cosine * along - sine * across, cosine * across + sine * along
    to_right_x, to_right_y = cosine * along + sine * across, cosine * across - sine * along
    if is_first or left_x * to_left_y - left_y * to_left_x < 0.0:
        left_x, left_y = to_left_x, to_left_y
    if is_first or right_x * to_right_y - right_y * to_right_x > 0.0:
        right_x, right_y = to_right_x, to_right_y
    return left_x, left_y, right_x, right_y
