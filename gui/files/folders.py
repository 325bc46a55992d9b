"""The folders in which this program keeps the user's files, the same for the window and for the command line.

They are those that Qt names `AppConfigLocation`, `AppDataLocation` and `CacheLocation`, found without Qt.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs

PROGRAM = "Descent Derby"


def session_path() -> Path:
    """Return where the session of this user is kept."""
    return platformdirs.user_preference_path(PROGRAM, appauthor=False) / "session.json"


def saved_folder() -> Path:
    """Return the folder of the landscapes and optimizers that this user saved."""
    return platformdirs.user_data_path(PROGRAM, appauthor=False, roaming=True)


def lessons_folder() -> Path:
    """Return the folder of the lessons that this user wrote or was given."""
    return saved_folder() / "lessons"


def thumbnails_folder() -> Path:
    """Return the folder of the pictures of landscapes, which may be deleted at any time."""
    return platformdirs.user_cache_path(PROGRAM, appauthor=False) / "thumbnails"


def unsaved_folder(folder: Path) -> Path:
    """Return where, beside the session in `folder`, sessions are kept that others took the place of unsaved."""
    return folder / "unsaved"
