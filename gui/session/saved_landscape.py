"""A landscape that the user saved, and what is known of any landscape besides its formula."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.data.datasets import GENERATORS
from engine.data.rows import MadeData, TableData
from engine.loss.transform import Transform
from landscapes import DataLandscape, Landscape

DataSet = MadeData | TableData
SAVED, FITTED, TYPED = "saved by you", "fitted to a file of yours", "typed"
"""The source of a landscape that the user saved, fitted or typed."""


@dataclass(frozen=True)
class SavedLandscape(Landscape):
    """A landscape that the user saved, with all that was chosen for it.

    Attributes
    ----------
    data : MadeData, TableData or None
        The data set that the formula runs over.
    transform : Transform or None
        How the landscape lies; None where none was chosen.
    height : str
        Of `gui.session.choices.HEIGHT_KINDS`; "" where none was chosen.
    """

    data: DataSet | None = field(kw_only=True, default=None)
    transform: Transform | None = field(kw_only=True, default=None)
    height: str = field(kw_only=True, default="")


def data_of(landscape: Landscape) -> DataSet | None:
    """Return the data set that a landscape is fitted to, with all of its settings, or None where there is none."""
    if isinstance(landscape, SavedLandscape):
        return landscape.data
    if not isinstance(landscape, DataLandscape):
        return None
    return MadeData(landscape.data, {**GENERATORS[landscape.data].defaults, **landscape.settings})


def transform_of(landscape: Landscape) -> Transform:
    """Return the transform of a landscape: the saved one, or one about the middle of its domain without effect."""
    chosen = landscape.transform if isinstance(landscape, SavedLandscape) else None
    (x0, x1), (y0, y1) = landscape.domain
    return chosen or Transform(pivot=(x0 / 2.0 + x1 / 2.0, y0 / 2.0 + y1 / 2.0))


def height_of(landscape: Landscape) -> str:
    """Return the scale of height that a landscape was saved with, or ""."""
    return landscape.height if isinstance(landscape, SavedLandscape) else ""
