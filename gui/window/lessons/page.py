"""The pages of a lesson, in the order in which a person goes through them."""

from __future__ import annotations

from enum import IntEnum


class Page(IntEnum):
    """What the strip shows."""

    SCENE = 0
    """The text, while the race plays to the decisive moment."""
    QUESTION = 1
    """The question, while the race waits."""
    REPLY = 2
    """What the race says of the answer, once it has ended."""
    SLIDER = 3
    """The one slider that breaks what was shown."""
    EXPLORE = 4
    """The whole playground, in the state of now."""
