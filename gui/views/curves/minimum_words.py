"""What the window says of the minimum: how high it is, and where the number is from."""

from __future__ import annotations

from gui.views.curves.number_axes import plain_text

NO_MINIMUM = "No minimum is known here: losses are shown as they are, and nobody arrives."


def minimum_words(minimum: float | None, is_known: bool) -> str:
    """Return a sentence about the minimum that losses are measured from.

    Parameters
    ----------
    minimum : float or None
        The loss there; None where none is known.
    is_known : bool
        Whether it is that of the landscape's known minima; else it was found below the best racer.
    """
    if minimum is None:
        return NO_MINIMUM
    source = "as the catalogue has it" if is_known else "found by Newton's method below the best racer"
    return f"The minimum is {plain_text(minimum)}, {source}."
