"""The landscapes that can be chosen: one's own, and those of the catalogue."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from gui.files.saved_entries import LONGEST_NAME, SavedEntries, without
from gui.files.saved_landscapes import SAVED_LANDSCAPES
from gui.session.landscape_data import SavedLandscape
from landscapes import CATALOGUE, DATA_LANDSCAPES, FAMILIES, Landscape

FAMILY_OF = {
    **{entry.name: family for family, entries in FAMILIES.items() for entry in entries},
    **dict.fromkeys(DATA_LANDSCAPES, "data"),
}
OWN = "mine"


class Library(QObject):
    """All landscapes; one's own are kept in the file at `path`, without one only as long as the program runs.

    Attributes
    ----------
    changed : signal
        One's own landscapes are others now.
    told : signal of str
        What could not be read or written, in one sentence.
    removed : signal of str and callable
        The name of one of one's own that was taken out, and what puts it back.
    """

    changed = Signal()
    told = Signal(str)
    removed = Signal(str, object)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._own = SavedEntries(SAVED_LANDSCAPES, path, self.told.emit)
        self._last_surprise = ""

    def open(self) -> str:
        """Read one's own landscapes; return what went wrong, or ""."""
        trouble = self._own.open()
        self.changed.emit()
        return trouble

    @property
    def landscapes(self) -> list[Landscape]:
        """All of them, one's own first."""
        return [*self._own.things, *CATALOGUE.values()]

    def find(self, name: str) -> Landscape | None:
        """Return the landscape of this name, in any case, or None."""
        return self._own.find(name) or CATALOGUE.get(name)

    def is_own(self, landscape: Landscape) -> bool:
        """Tell whether a landscape is one's own."""
        return landscape.name not in CATALOGUE

    def family(self, landscape: Landscape) -> str:
        """Return the kind of landscape that it is listed under."""
        return FAMILY_OF.get(landscape.name, OWN)

    def mistake_in_name(self, name: str, besides: str = "") -> str:
        """Return in a sentence why a landscape cannot have this name, or ""; it may be that of `besides`."""
        if not name.strip():
            return "Give it a name."
        if len(name.strip()) > LONGEST_NAME:
            return f"A name has at most {LONGEST_NAME} characters."
        known = self.find(name.strip())
        return f"There is a landscape {known.name} already." if known is not None and known.name != besides else ""

    def save(self, landscape: SavedLandscape) -> None:
        """Take a landscape among one's own, in the place of one of the same name."""
        self._change(lambda own: [*without(own, landscape.name), landscape])

    def describe(self, name: str, new_name: str, note: str) -> None:
        """Give one of one's own landscapes another name and note."""
        self._change(
            lambda own: [replace(entry, name=new_name, note=note) if entry.name == name else entry for entry in own]
        )

    def remove(self, name: str, back: Callable[[], object] = lambda: None) -> None:
        """Take a landscape out of one's own, and tell what puts it back; `back` is done then too."""
        put_back = self._own.take_out(name)

        def restore() -> None:
            put_back()
            self.changed.emit()
            back()

        self.changed.emit()
        self.removed.emit(name, restore)

    def neighbour(self, name: str, way: int) -> Landscape:
        """Return the landscape `way` further on than the one of this name, from the last on to the first."""
        names = [entry.name for entry in self.landscapes]
        now = names.index(name) if name in names else (-1 if way > 0 else 0)
        return self.landscapes[(now + way) % len(names)]

    def surprise(self, besides: str = "") -> Landscape:
        """Return a landscape by chance: neither that of this name nor the one of last time."""
        others = [entry for entry in self.landscapes if entry.name not in (besides, self._last_surprise)]
        chosen = random.choice(others)
        self._last_surprise = chosen.name
        return chosen

    def _change(self, changed: Callable[[list[SavedLandscape]], list[SavedLandscape]]) -> None:
        self._own.change(changed)
        self.changed.emit()


def library_path() -> Path:
    """Return where this user's own landscapes are kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    return Path(folder) / SAVED_LANDSCAPES.file
