"""The order of the racers in a frame, and that in the session, which a person may have changed since the frame."""

from __future__ import annotations

from dataclasses import replace

from engine.live.frame import Frame
from gui.session.session import Session


def ordered(frame: Frame, session: Session) -> Frame:
    """Return a frame with its racers in the order of the session; one of other racers is returned as it is."""
    keys = _keys(session)
    if frame.keys == keys or sorted(frame.keys) != sorted(keys):
        return frame
    racers = dict(zip(frame.keys, frame.racers, strict=True))
    return replace(frame, keys=keys, racers=tuple(racers[key] for key in keys))


def is_of(frame: Frame, session: Session) -> bool:
    """Return whether a frame shows the racers of the session, in their order: the session may have others by now."""
    return frame.keys == _keys(session) and len(frame.keys) == len(frame.racers)


def _keys(session: Session) -> tuple[int, ...]:
    return tuple(racer.key for racer in session.racers)
