"""What the loss curves say at one place: the step, each racer's loss there, and which curve passes closest by.

A value is looked up by bisection, so that a reading takes no longer in a long race.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.live.frame import RacerFrame
from gui.views.curves.loss_scale import LossScale
from gui.views.curves.number_axes import plain_text
from gui.views.curves.progress import EPOCH, EVALUATIONS, Progress
from gui.views.curves.strokes import DIVERGED, CurveDrawing, Curves
from gui.views.racer_look import RacerLook

BESIDE = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""Where a curve is looked up around the pointer, in units of the distance within which it is pointed at."""
NOT_RACED = "not raced yet"


@dataclass(frozen=True)
class Row:
    """One racer in a reading: its number, its look, and its loss as text."""

    number: int
    look: RacerLook
    text: str


@dataclass(frozen=True)
class Reading:
    """What is read at one place: where that is, in words, and the racers, that with the lowest loss first."""

    head: str
    rows: tuple[Row, ...]


def read(drawing: CurveDrawing, place: float) -> Reading:
    """Return what the curves of a drawing say at a place along their axis."""
    content, entries = drawing.content, []
    for number, (look, racer) in enumerate(zip(content.looks, content.racers, strict=False)):
        if look.visible and (step := content.progress.step_at(racer, place)) >= 0:
            loss = loss_at(racer, step)
            if loss is not None:
                text = plain_text(drawing.scale.measured(loss))
                entries.append((loss, Row(number, look, text)))
            elif racer.status.startswith(DIVERGED):
                entries.append((math.inf, Row(number, look, DIVERGED)))
    is_raced = any(math.isfinite(loss) for loss, _ in entries)
    rows = tuple(row for _, row in sorted(entries, key=lambda entry: entry[0])) if is_raced else ()
    head = head_of(content.progress, place)
    if not rows:
        return Reading(f"{head} · {NOT_RACED}", ())
    return Reading(f"{head} · {drawing.caption}" if drawing.scale.minimum else head, rows)


def head_of(progress: Progress, place: float) -> str:
    """Return in words where a place along the axis is."""
    if progress.unit == EVALUATIONS:
        return f"{round(place):,} evaluations"
    step = round(place * (progress.steps_per_epoch or 1)) if progress.unit == EPOCH else round(place)
    return f"epoch {place:.4g} · step {step:,}" if progress.unit == EPOCH else f"step {step:,}"


def loss_at(racer: RacerFrame, step: int) -> float | None:
    """Return the loss of a racer at a step, or at the last one before it that is kept; None beyond its trail."""
    trail = racer.trail
    row = trail.rows_after(step) - 1
    return float(trail.losses[row]) if row >= 0 and step <= trail.last_step else None


def step_to_go_to(content: Curves, place: float, number: int | None) -> int:
    """Return the step of the race at a place along the axis.

    Where that is another step for each racer, it is that of racer `number`, or the earliest of all.
    """
    pairs = list(zip(content.looks, content.racers, strict=False))
    if number is not None and number < len(pairs):
        return content.progress.step_at(pairs[number][1], place)
    steps = [content.progress.step_at(racer, place) for look, racer in pairs if look.visible]
    return min(steps, default=0)


def nearest(
    drawing: CurveDrawing, place: float, height: float, pixel: tuple[float, float], within_px: float
) -> int | None:
    """Return the number of the racer whose curve passes closest to a point, None where none is within `within_px`.

    `pixel` is the size of a pixel in the units of the two axes.
    """
    content = drawing.content
    numbers, losses = [], []
    for number, (look, racer) in enumerate(zip(content.looks, content.racers, strict=False)):
        if look.visible:
            around = _losses_around(racer, content.progress, place, within_px * pixel[0])
            if around is not None:
                numbers.append(number)
                losses.append(around)
    if not numbers:
        return None
    heights = heights_of(drawing.scale, losses)
    apart = np.maximum(heights.min(axis=1) - height, height - heights.max(axis=1)).clip(0.0)
    closest = int(apart.argmin())
    return numbers[closest] if apart[closest] <= within_px * pixel[1] else None


def heights_of(scale: LossScale, losses: Sequence[np.ndarray]) -> np.ndarray:
    """Return the heights (racers, n) of losses, that of NaN at the top."""
    rows = np.array(losses)
    return scale.heights(np.where(np.isnan(rows), np.inf, rows))


def _losses_around(racer: RacerFrame, progress: Progress, place: float, reach: float) -> np.ndarray | None:
    """Return the losses of a racer at and beside a place, None where it was never near."""
    last = racer.trail.last_step
    if last < 0 or progress.step_at(racer, place - reach) > last:
        return None
    steps = [min(progress.step_at(racer, place + share * reach), last) for share in BESIDE]
    rows = np.searchsorted(racer.trail.steps, np.array(steps, np.int64), side="right") - 1
    return racer.trail.losses[np.maximum(rows, 0)]
