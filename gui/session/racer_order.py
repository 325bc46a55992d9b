"""The order of the racers, which a person may change."""

from __future__ import annotations

from gui.session.session import Session


def can_move(session: Session, key: int, places: int) -> bool:
    """Return whether there is a place for a racer so many places further down, or up where it is negative."""
    keys = [racer.key for racer in session.racers]
    return key in keys and 0 <= keys.index(key) + places < len(keys)


def move(session: Session, key: int, places: int) -> None:
    """Move a racer so many places further down, or up where it is negative; do nothing where there is no such place."""
    if can_move(session, key, places):
        racers = list(session.racers)
        number = [racer.key for racer in racers].index(key)
        racers.insert(number + places, racers.pop(number))
        session.racers = racers
        session.racers_changed.emit()
