"""The curves of one setting: the loss that each racer reaches, against the value of that setting."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.language.types import Array
from engine.race.maps.axes import FORMULA, RACER
from engine.race.maps.sweep import Sweep
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.session.choices import RacerChoice
from gui.views.studies.setting_axis import SettingAxis
from gui.views.studies.setting_curves import SettingCurve
from gui.window.studies.settings_map.request import Stage

LEAST_SHARE = 1e-16
"""Of the loss at the start: what is below it is drawn there, since a logarithmic axis has no 0."""
MARGIN = 0.04


def curves_of(stage: Stage, theme: Theme) -> tuple[list[SettingCurve], tuple[SettingAxis, SettingAxis]]:
    """Return a line for each racer whose sweep has begun, and the axes of all."""
    losses = [sweep.losses for sweep in stage.sweeps.values()]
    axis = _loss_axis(np.concatenate(losses), stage.start_loss)
    racers = {racer.key: racer for racer in stage.request.racers}
    curves = [_curve(racers[key], sweep, axis, theme, stage.parameters) for key, sweep in stage.sweeps.items()]
    return curves, (stage.request.axes[0], axis)


def _loss_axis(losses: Array, start: float) -> SettingAxis:
    """Return the axis of losses: logarithmic where all are positive, or 0."""
    finite = losses[np.isfinite(losses) & (losses <= max(start, losses.min()))]
    low, high = (float(finite.min()), max(start, float(finite.max()))) if len(finite) else (0.0, 1.0)
    if low >= 0.0 and high > 0.0:
        return SettingAxis("loss", max(low, LEAST_SHARE * high) / 2.0, 4.0 * high, log=True)
    room = MARGIN * (high - low or 1.0)
    return SettingAxis("loss", low - room, high + room, log=False)


def _curve(
    racer: RacerChoice, sweep: Sweep, axis: SettingAxis, theme: Theme, parameters: Mapping[str, float]
) -> SettingCurve:
    """Return the line of a racer, with its best value marked, and that of now."""
    ((name, values),) = sweep.axes.items()
    heights = np.maximum(sweep.losses, axis.at(MARGIN / 2.0))
    best = int(np.argmin(sweep.losses))
    mark = (float(values[best]), float(heights[best])) if np.isfinite(sweep.losses[best]) else None
    own = name.removeprefix(RACER)
    now = racer.values[own] if own in racer.values else parameters[name.removeprefix(FORMULA)]
    near = int(np.argmin(np.abs(values - now)))
    seen = values[0] <= now <= values[-1] and np.isfinite(heights[near])
    ring = (now, float(heights[near])) if seen else None
    return SettingCurve(racer.name, drawn_colour(racer.colour, theme), values, heights, mark, ring)
