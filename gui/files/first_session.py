"""Whether a session races what a first start races, so that nothing is lost with it."""

from __future__ import annotations

from gui.files.session_file import KeptSession
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from landscapes import CATALOGUE


def is_first(kept: KeptSession) -> bool:
    """Return whether a session races what a first start races."""
    return _raced(kept) == _raced(KeptSession(Session(CATALOGUE[FIRST_LANDSCAPE], FIRST_RACERS).choices()))


def _raced(kept: KeptSession) -> tuple[object, ...]:
    choices = kept.whole
    racers = [(racer.name, racer.optimizer, racer.rule, racer.values, racer.function) for racer in choices.racers]
    return racers, choices.formula, choices.parameters, choices.start, choices.transform, choices.data
