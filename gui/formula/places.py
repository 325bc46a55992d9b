"""Places in a text: Qt counts the 16-bit units of UTF-16, of which a character beyond the first 65,536 takes two."""

from __future__ import annotations


def to_qt(text: str, place: int) -> int:
    """Return a place in `text`, counted in characters, as Qt counts it."""
    return place if text.isascii() else _units(text[:place])


def from_qt(text: str, place: int) -> int:
    """Return a place in `text`, as Qt counts it, in characters."""
    if text.isascii():
        return place
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * place]
    return len(units.decode("utf-16-le", "surrogatepass"))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
