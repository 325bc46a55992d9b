"""The landscapes that can be chosen: those that the user saved, and those of the catalogue."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.files.folders import saved_folder
from gui.files.records.landscapes import SAVED_LANDSCAPES
from gui.files.records.saved_entries import LONGEST_NAME, SavedEntries, without
from gui.session.saved_landscape import SavedLandscape
from landscapes import CATALOGUE, DATA_LANDSCAPES, FAMILIES, Landscape

FAMILY_OF = {
    **{entry.name: family for family, entries in FAMILIES.items() for entry in entries},
    **dict.fromkeys(DATA_LANDSCAPES, "data"),
}
SAVED_FAMILY = "saved"
"""What the window calls the family of the saved landscapes."""


class LandscapeLibrary(QObject):
    """All landscapes; the saved ones are kept in the file at `path`, without one only as long as the program runs.

    Attributes
    ----------
    changed : signal
        The saved landscapes have changed.
    message : signal of str
        What could not be written, in one sentence.
    removed : signal of str and callable
        The name of a saved landscape that was taken out, and what puts it back.
    """

    changed = Signal()
    message = Signal(str)
    removed = Signal(str, object)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._saved = SavedEntries(SAVED_LANDSCAPES, path, self.message.emit)
        self._last_surprise = ""

    def open(self) -> str:
        """Read the saved landscapes; return what went wrong, or ""."""
        trouble = self._saved.open()
        self.changed.emit()
        return trouble

    @property
    def landscapes(self) -> list[Landscape]:
        """All landscapes, the saved ones first."""
        return [*self._saved.entries, *CATALOGUE.values()]

    def find(self, name: str) -> Landscape | None:
        """Return the landscape of this name, in any case, or None."""
        return self._saved.find(name) or CATALOGUE.get(name)

    def is_saved(self, landscape: Landscape) -> bool:
        """Return whether a landscape is one that the user saved, rather than one of the catalogue."""
        return landscape.name not in CATALOGUE

    def family(self, landscape: Landscape) -> str:
        """Return the family that a landscape is listed under."""
        return FAMILY_OF.get(landscape.name, SAVED_FAMILY)

    def mistake_in_name(self, name: str, besides: str = "") -> str:
        """Return in a sentence why a landscape cannot have this name, or ""; it may have the name `besides`."""
        if not name.strip():
            return "Give it a name."
        if len(name.strip()) > LONGEST_NAME:
            return f"A name has at most {LONGEST_NAME} characters."
        known = self.find(name.strip())
        return f"There is a landscape {known.name} already." if known is not None and known.name != besides else ""

    def save(self, landscape: SavedLandscape) -> None:
        """Save a landscape, in the place of a saved one of the same name."""
        self._change(lambda saved: [*without(saved, landscape.name), landscape])

    def describe(self, name: str, new_name: str, note: str) -> None:
        """Give a saved landscape another name and note."""
        self._change(
            lambda saved: [replace(entry, name=new_name, note=note) if entry.name == name else entry for entry in saved]
        )

    def remove(self, name: str, back: Callable[[], object] = lambda: None) -> None:
        """Take a saved landscape out, and emit what puts it back; `back` is called after that, too."""
        put_back = self._saved.take_out(name)

        def restore() -> None:
            put_back()
            self.changed.emit()
            back()

        self.changed.emit()
        self.removed.emit(name, restore)

    def neighbour(self, name: str, step: int) -> Landscape:
        """Return the landscape that stands `step` places behind that of this name; the first follows the last."""
        names = [entry.name for entry in self.landscapes]
        now = names.index(name) if name in names else (-1 if step > 0 else 0)
        return self.landscapes[(now + step) % len(names)]

    def surprise(self, besides: str = "") -> Landscape:
        """Return a random landscape, but neither that of the name `besides` nor that of the last call."""
        others = [entry for entry in self.landscapes if entry.name not in (besides, self._last_surprise)]
        chosen = random.choice(others)
        self._last_surprise = chosen.name
        return chosen

    def _change(self, changed: Callable[[list[SavedLandscape]], list[SavedLandscape]]) -> None:
        self._saved.change(changed)
        self.changed.emit()


def landscapes_path() -> Path:
    """Return where this user's saved landscapes are kept."""
    return saved_folder() / SAVED_LANDSCAPES.file
