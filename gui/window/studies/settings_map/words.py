"""What is said beneath a map: of the settings under the pointer, and of the border of divergence."""

from __future__ import annotations

import math

from engine.language.types import Array
from gui.views.curves.number_axes import plain_text
from gui.window.studies.settings_map.painting import Drawn

DIGITS = 10
KEYS = {
    "loss": "Darker is lower, from the loss at the start to 10⁻¹⁶ of it. Red diverges: the brighter, the later.",
    "steps": "Darker is sooner at the goal. Grey does not get there, and red diverges: the brighter, the later.",
    "escape": "Darker leaves the finite numbers sooner; the lightest is higher than it began; grey descends.",
}
"""What the colours of each result mean."""


def pointer_words(drawn: Drawn | None, values: tuple[float, float] | None, result: str) -> str:
    """Return what became of the racer of the cell at these values; without them, what the colours mean."""
    if drawn is None or values is None or len(drawn.request.axes) < 2:
        return KEYS[result]
    (sweep,) = drawn.stage.sweeps.values()
    column, row = (_nearest(own, value) for own, value in zip(sweep.axes.values(), values, strict=True))
    names = [axis.name for axis in drawn.request.axes]
    place = ", ".join(f"{name} {plain_text(value, DIGITS)}" for name, value in zip(names, values, strict=True))
    escape, steps = float(sweep.escape[column, row]), float(sweep.steps[column, row])
    if math.isfinite(escape):
        return f"{place}: diverged at step {escape:,.0f}"
    sooner = f", at the goal after {steps:,.0f} steps" if math.isfinite(steps) else ""
    return f"{place}: loss {plain_text(float(sweep.losses[column, row]))}{sooner}"


def border_words(drawn: Drawn) -> str:
    """Return the dimension of the border of divergence, with the sizes of the boxes that it was fitted over."""
    if drawn.border is None:
        return drawn.words
    sizes = ", ".join(map(str, drawn.border.sizes.tolist()))
    return (
        f"Border of divergence: box-counting dimension {drawn.border.dimension:.2f}, fitted over boxes of {sizes} cells"
    )


def _nearest(values: Array, value: float) -> int:
    """Return the number of the cell in whose part of the axis a value lies."""
    return int(abs(values - value).argmin())
