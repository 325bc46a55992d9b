"""What a person saved, as the command line names it: found and read without Qt, and nothing is written."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from engine import FormulaError
from engine.optimizers import BAR
from engine.optimizers.racer_text import parse_settings
from gui.files.record_file import PROGRAM
from gui.files.saved_entries import sound_entries
from gui.files.saved_landscapes import SAVED_LANDSCAPES
from gui.files.saved_optimizer import SAVED_OPTIMIZERS
from gui.session.choices import RacerChoice
from landscapes import Landscape


def own_folder() -> Path:
    """Return the folder of a person's own landscapes and optimizers, which is Qt's `AppDataLocation`."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA", home / "AppData" / "Roaming"))
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME", ""))
        # A relative path means nothing there.
        folder = folder if folder.is_absolute() else home / ".local" / "share"
    return folder / PROGRAM


def own_landscapes() -> list[Landscape]:
    """Return the landscapes that can be read."""
    return sound_entries(SAVED_LANDSCAPES, own_folder())


def own_optimizers() -> list[RacerChoice]:
    """Return the optimizers that can be read."""
    return sound_entries(SAVED_OPTIMIZERS, own_folder())


def own_racer(text: str) -> RacerChoice | None:
    """Return the racer that ``My Adam`` or ``My Adam(lr=0.1)`` names; None where no optimizer of one's own is named.

    Raises
    ------
    FormulaError
        Where its rule is none any more, or the settings are none of it.
    """
    named = [saved for saved in own_optimizers() if _settings_after(saved.name, text) is not None]
    if not named:
        return None
    saved = max(named, key=lambda saved: len(saved.name)).fitted()
    settings = _settings_after(saved.name, text) or ""
    if settings.startswith(BAR):
        message = "What goes round an optimizer of your own is saved with it."
        raise FormulaError(message, hint=f"Write `{saved.name}`, or begin with `{saved.optimizer}`.")
    values = parse_settings(settings, replace(saved.entry, name=saved.name))
    return replace(saved, values={**saved.values, **values})


def _settings_after(name: str, text: str) -> str | None:
    """Return what follows `name`, in any case, at the front of `text`; None where that is no racer of this name."""
    rest = text.strip()[len(name) :].strip()
    begins = text.strip().lower().startswith(name.lower())
    return rest if begins and rest[:1] in ("", "(", BAR) else None
