"""Maps as datasets of xarray, which the program does not need otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray

from engine.language.types import Array

if TYPE_CHECKING:
    import xarray


def dataset(variables: Mapping[Sequence[str], Mapping[str, NDArray[Any]]], axes: Mapping[str, Array]) -> xarray.Dataset:
    """Return a dataset.

    Parameters
    ----------
    variables : mapping
        Arrays by the names of their dimensions, and by their own.
    axes : mapping
        The values along dimensions.

    Raises
    ------
    ImportError
        Where xarray is not installed.
    """
    try:
        import xarray
    except ImportError:
        raise ImportError("This needs the package xarray, which is not installed: pip install xarray") from None
    found = {name: (list(names), values) for names, own in variables.items() for name, values in own.items()}
    return xarray.Dataset(found, dict(axes))
