"""The description of a number that a person may set: its name, its default, its range and its scale."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NumberSpec:
    """A number with what a slider needs: a parameter, a hyperparameter or a setting of a data set.

    Attributes
    ----------
    name : str
    default, low, high : float
        The value to begin with, and the ends of the slider.
    scale : str
        ``linear``, ``log`` or ``switch`` (0 or 1).
    unit : str
        What the value counts; "" for a plain number.
    help : str
        What it does, in a few words.
    whole : bool
        Whether its slider has whole numbers alone.
    """

    name: str
    default: float
    low: float
    high: float
    scale: str = "linear"
    unit: str = ""
    help: str = ""
    whole: bool = False

    def nearest(self, value: float) -> float:
        """Return the value that the slider can have nearest to `value`."""
        within = min(max(value, self.low), self.high)
        return float(round(within)) if self.whole else within
