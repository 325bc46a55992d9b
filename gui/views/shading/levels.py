"""Where the iso-lines lie: the same heights in every view, and more between them where little height is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gui.look.theme import ISO_LINES

LINES_PER_HEIGHT = ISO_LINES + 1
"""Heights times this are whole numbers exactly on the lines; 0 and `LINES_PER_HEIGHT` itself bear none."""


@dataclass(frozen=True)
class Levels:
    """The heights that bear iso-lines, for heights that are counted from `base`.

    Attributes
    ----------
    base : float
        The height that is counted as 0, so that small differences of height stay exact; an even level.
    lines : float
        Levels in a unit of height.
    faintness : float
        The share of a line's opacity that every second level has.
    first, last : float
        The numbers of the lowest and the highest level that bears a line, counted from `base`.
    """

    base: float = 0.0
    lines: float = LINES_PER_HEIGHT
    faintness: float = 1.0
    first: float = 1.0
    last: float = LINES_PER_HEIGHT - 1

    def numbers(self) -> tuple[float, ...]:
        """Return what the shading needs, in its order."""
        return self.base, self.lines, self.faintness, self.first, self.last


WHOLE = Levels()
"""Those of the whole landscape."""


def finer_levels(doublings: float, middle: float) -> Levels:
    """Return levels of which there are 2 to the power of `doublings` (> 0) times as many as in the whole landscape.

    Each level of the whole landscape stays one.  New ones lie halfway between those that are there, and grow from
    nothing with the fraction of `doublings`, so that no line appears or goes at once.

    Parameters
    ----------
    doublings : float
    middle : float
        A height in the middle of those that are seen.
    """
    whole = int(doublings)
    lines = LINES_PER_HEIGHT * 2.0 ** (whole + 1)
    base = 2.0 * np.rint(middle * lines / 2.0) / lines
    return Levels(float(base), lines, doublings - whole, -np.inf, np.inf)
