"""Choices that are no part of a race, and so stay when another session takes the place of one."""

from __future__ import annotations

from dataclasses import replace

from gui.files.session_file import KeptSession
from gui.session.choices import Choices

OF_THE_WINDOW = (
    "theme", "layout", "views", "height", "favourites", "geometry", "dashes", "loss_axis", "curve_axis", "quantity",
    "camera", "pane_sizes", "hidden_panes", "picture", "arrows",
)  # fmt: skip
"""Choices that belong to the window rather than to a race: they stay when another race is gone back to."""
OF_THE_PERSON = ("theme", "favourites", "geometry", "picture")
"""Choices that stay when a file is opened, which brings its views along."""


def with_choices_of_window(kept: KeptSession, now: Choices) -> KeptSession:
    """Return a kept session in the window as it is now."""
    return _with(kept, now, OF_THE_WINDOW)


def with_choices_of_person(kept: KeptSession, now: Choices) -> KeptSession:
    """Return a kept session with the choices of now that belong to the person."""
    return _with(kept, now, OF_THE_PERSON)


def _with(kept: KeptSession, now: Choices, names: tuple[str, ...]) -> KeptSession:
    return replace(kept, choices=replace(kept.choices, **{name: getattr(now, name) for name in names}))
