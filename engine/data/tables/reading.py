"""A person's choices where a table may be read in more than one way, and the doubts that offer them."""

from __future__ import annotations

from dataclasses import dataclass, replace

COMMA, POINT = "comma", "point"
"""The decimal signs."""
EVERY_COLUMN = ""


@dataclass(frozen=True)
class Reading:
    """The choices for a file; by default everything follows from the file.

    Attributes
    ----------
    decimals : tuple of (str, str)
        Names of columns, or `EVERY_COLUMN`, each with `COMMA` or `POINT`; used where a column may be read both ways.
    titles : bool or None
        Whether the first row has the titles; None if the other rows decide.
    """

    decimals: tuple[tuple[str, str], ...] = ()
    titles: bool | None = None

    def decimal_of(self, name: str) -> str | None:
        """Return the choice for a column, or None; older sessions have its name in small letters."""
        chosen = {known.casefold(): decimal for known, decimal in self.decimals}
        return chosen.get(name.casefold(), chosen.get(EVERY_COLUMN))

    def names(self, name: str) -> bool:
        """Return whether there is a choice for this very column."""
        return name.casefold() in {known.casefold() for known, _ in self.decimals}

    def with_decimal(self, name: str, decimal: str) -> Reading:
        """Return these choices with another one for a column."""
        return replace(
            self,
            decimals=(
                *((other, sign) for other, sign in self.decimals if other.casefold() != name.casefold()),
                (name, decimal),
            ),
        )


AS_THE_FILE_TELLS = Reading()


@dataclass(frozen=True)
class Doubt:
    """Something that may be read in two ways.

    Attributes
    ----------
    message : str
        A sentence on how it is read.
    offer : str
        The other way, as the text of a button.
    other : Reading
        The choices with which it is read the other way.
    column : str
        The name of the column; "" for the whole file.
    """

    message: str
    offer: str
    other: Reading
    column: str = ""
