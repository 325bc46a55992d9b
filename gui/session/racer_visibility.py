"""Which racers of a session are drawn: one alone, or all."""

from __future__ import annotations

from dataclasses import replace

from gui.session.session import Session


def is_alone(session: Session, key: int) -> bool:
    """Return whether a racer is the only one of several that is drawn."""
    return len(session.racers) > 1 and [racer.key for racer in session.racers if racer.visible] == [key]


def show_alone(session: Session, key: int) -> None:
    """Draw this racer, and hide all others."""
    _show(session, {key})


def show_all(session: Session) -> None:
    """Draw every racer."""
    _show(session, {racer.key for racer in session.racers})


def _show(session: Session, keys: set[int]) -> None:
    """Draw the racers with these keys; all at once, so that it is one edit, and drawn once."""
    session.racers = [replace(racer, visible=racer.key in keys) for racer in session.racers]
    session.looks_changed.emit()
