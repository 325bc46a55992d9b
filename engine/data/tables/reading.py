"""What somebody chose where a table may be read in more ways than one, and what there is to choose."""

from __future__ import annotations

from dataclasses import dataclass, replace

COMMA, POINT = "comma", "point"
"""What separates the whole part of a number from its fraction."""
EVERY_COLUMN = ""


@dataclass(frozen=True)
class Reading:
    """Choices for a file; the defaults leave everything to what the file tells.

    Attributes
    ----------
    decimals : tuple of (str, str)
        Names of columns, or `EVERY_COLUMN`, each with `COMMA` or `POINT`; heeded where a column may be read both ways.
    titles : bool or None
        Whether the first row of cells is one of titles; None for what the other rows tell.
    """

    decimals: tuple[tuple[str, str], ...] = ()
    titles: bool | None = None

    def decimal_of(self, name: str) -> str | None:
        """Return what was chosen for a column, None where nothing was."""
        chosen = dict(self.decimals)
        return chosen.get(name, chosen.get(EVERY_COLUMN))

    def names(self, name: str) -> bool:
        """Tell whether something was chosen for this very column."""
        return name in dict(self.decimals)

    def with_decimal(self, name: str, decimal: str) -> Reading:
        """Return these choices with another one for a column."""
        return replace(
            self, decimals=(*((other, sign) for other, sign in self.decimals if other != name), (name, decimal))
        )


AS_THE_FILE_TELLS = Reading()


@dataclass(frozen=True)
class Doubt:
    """What may be read in two ways.

    Attributes
    ----------
    told : str
        What it is taken for, in a sentence.
    offer : str
        What else it may be, as a button says it.
    other : Reading
        With which it is read the other way.
    column : str
        The name of the column that it is about; "" for the whole file.
    """

    told: str
    offer: str
    other: Reading
    column: str = ""
