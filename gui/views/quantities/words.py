"""What the plot of a quantity says in words: its title, what its curves are, and its values at a place."""

from __future__ import annotations

import numpy as np

from engine.race.curves.quantities import COORDINATES, DERIVED, DISTANCE
from engine.race.curves.series import QuantityCurve
from gui.views.curves.number_axes import plain_text
from gui.views.curves.reading import Reading, Row, head_of
from gui.views.quantities.drawing import QuantityCurves

UNKNOWN = "-"
"""Stands for a value that there is not."""


def title_of(quantity: str) -> str:
    """Return the name of a quantity as a reader knows it."""
    return DERIVED[quantity].title if quantity in DERIVED else quantity


def help_of(quantity: str) -> str:
    """Return a sentence on what a quantity is."""
    if quantity in DERIVED:
        return DERIVED[quantity].help
    return "The gradient where each step began" if quantity == "g" else f'What "{quantity}" is after each step'


def note_of(content: QuantityCurves) -> str:
    """Return what the curves are, or why there is none."""
    shown = content.visible()
    if not shown:
        if not any(look.visible for look in content.looks):
            return "no racer is shown"
        if any(racer.trail.last_step > 0 for racer in content.racers):
            return "no minimum is known" if content.quantity == DISTANCE else "no racer that is shown has it"
        return "not raced yet"
    notes = []
    if content.quantity in DERIVED and DERIVED[content.quantity].decades:
        notes += ["gaps: not above 0"] if any((curve.values[0] <= 0.0).any() for *_, curve in shown) else []
    if any(len(curve.values) > 1 and np.isfinite(curve.values[1]).any() for *_, curve in shown):
        notes.append("{} solid, {} dashed".format(*parts_of(content.quantity)))
    return "; ".join(notes)


def parts_of(quantity: str) -> tuple[str, str]:
    """Return what the two curves of a racer are."""
    parts = DERIVED[quantity].parts if quantity in DERIVED else COORDINATES
    return (parts[0], parts[-1])


def read_quantity(content: QuantityCurves, place: float) -> Reading:
    """Return what the curves say at a place along their axis."""
    rows = []
    for number, look, racer, curve in sorted(content.visible(), key=lambda each: each[0]):
        step = content.progress.step_at(racer, place)
        text = _text(content.quantity, curve, step) if step <= racer.trail.last_step else ""
        if text:
            rows.append(Row(number, look, text))
    return Reading(f"{head_of(content.progress, place)} · {title_of(content.quantity)}", tuple(rows))


def _text(quantity: str, curve: QuantityCurve, step: int) -> str:
    """Return the values after a step, or after the last one before it that has any; "" before the first."""
    row = int(np.searchsorted(curve.steps, step, side="right")) - 1
    if row < 0:
        return ""
    values = [float(value) for value in curve.values[:, row]]
    numbers = [plain_text(value) if np.isfinite(value) else UNKNOWN for value in values]
    if len(numbers) == 1 or (quantity in DERIVED and numbers[1] == UNKNOWN):
        return numbers[0]
    return ", ".join(numbers)
