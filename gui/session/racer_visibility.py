"""What is drawn of each racer of a session: itself, its basin map, its swarm."""

from __future__ import annotations

from dataclasses import replace

from gui.session.choices import NO_SWARM, RacerChoice
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


def mapped_racer(session: Session) -> RacerChoice | None:
    """Return the racer whose basin map is shown where all racers share a panel; None where no map is shown."""
    return next((racer for racer in session.racers if racer.mapped), None)


def show_map(session: Session, key: int | None) -> None:
    """Show the basin map of this racer, in the place of that of another; None shows none."""
    session.racers = [replace(racer, mapped=racer.key == key) for racer in session.racers]
    session.looks_changed.emit()


def release(session: Session, key: int, count: int) -> None:
    """Release so many starts of a racer at once; none ends its swarm."""
    session.set_look(key, swarm=count)


def end_swarms(session: Session) -> None:
    """End the swarms of all racers."""
    session.racers = [replace(racer, swarm=NO_SWARM) for racer in session.racers]
    session.looks_changed.emit()


def _show(session: Session, keys: set[int]) -> None:
    """Draw the racers with these keys; all at once, so that it is one edit, and drawn once."""
    session.racers = [replace(racer, visible=racer.key in keys) for racer in session.racers]
    session.looks_changed.emit()
