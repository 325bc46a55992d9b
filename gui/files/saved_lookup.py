"""Saved landscapes and optimizers as the command line names them: read without Qt, and never written."""

from __future__ import annotations

from dataclasses import replace

from engine.language.errors import FormulaError
from engine.optimizers.racer_syntax import BAR
from engine.optimizers.racer_text import parse_settings
from gui.files.folders import saved_folder
from gui.files.records.landscapes import SAVED_LANDSCAPES
from gui.files.records.optimizers import SAVED_OPTIMIZERS
from gui.files.records.saved_entries import sound_entries
from gui.session.choices import RacerChoice
from gui.session.saved_landscape import SavedLandscape


def saved_landscapes() -> list[SavedLandscape]:
    """Return the saved landscapes that can be read."""
    return sound_entries(SAVED_LANDSCAPES, saved_folder())


def saved_optimizers() -> list[RacerChoice]:
    """Return the saved optimizers that can be read."""
    return sound_entries(SAVED_OPTIMIZERS, saved_folder())


def saved_racer(text: str) -> RacerChoice | None:
    """Return the racer that ``My Adam`` or ``My Adam(lr=0.1)`` names, or None where the text names no saved optimizer.

    Raises
    ------
    FormulaError
        Where its rule can no longer be read, or has no such settings.
    """
    named = [saved for saved in saved_optimizers() if _settings_after(saved.name, text) is not None]
    if not named:
        return None
    saved = max(named, key=lambda saved: len(saved.name)).fitted()
    settings = _settings_after(saved.name, text) or ""
    if settings.startswith(BAR):
        message = "The wrappers and schedules of an optimizer of your own are saved with it."
        raise FormulaError(message, hint=f'Write "{saved.name}", or begin with "{saved.optimizer}".')
    values = parse_settings(settings, replace(saved.entry, name=saved.name))
    return replace(saved, values={**saved.values, **values})


def _settings_after(name: str, text: str) -> str | None:
    """Return what follows `name`, in any case, at the front of `text`, or None where `text` names another racer."""
    rest = text.strip()[len(name) :].strip()
    begins = text.strip().lower().startswith(name.lower())
    return rest if begins and rest[:1] in ("", "(", BAR) else None
