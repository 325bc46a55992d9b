"""Converts positions in a text: Qt counts UTF-16 units, of which a character beyond U+FFFF takes two."""

from __future__ import annotations


def to_qt(text: str, place: int) -> int:
    """Return Qt's position for a position in characters."""
    return place if text.isascii() else _units(text[:place])


def from_qt(text: str, place: int) -> int:
    """Return the position in characters for Qt's position."""
    if text.isascii():
        return place
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * place]
    return len(units.decode("utf-16-le", "surrogatepass"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
