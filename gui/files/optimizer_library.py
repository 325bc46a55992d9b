"""The optimizers that the user saved: racers under a name, each with its rule, wrappers, schedules and settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.files.folders import saved_folder
from gui.files.records.optimizers import SAVED_OPTIMIZERS
from gui.files.records.saved_entries import NAME, SavedEntries, without
from gui.files.records.types import MOST_ENTRIES
from gui.session.choices import RacerChoice


class OptimizerLibrary(QObject):
    """The saved optimizers, kept in the file at `path`; without one they last as long as the program runs.

    Attributes
    ----------
    message : signal of str
        What could not be written, in one sentence.
    removed : signal of str and callable
        The name of an optimizer that was taken out, and what puts it back.
    """

    message = Signal(str)
    removed = Signal(str, object)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._entries = SavedEntries(SAVED_OPTIMIZERS, path, self.message.emit)

    def open(self) -> str:
        """Read the saved optimizers; return what went wrong, or ""."""
        return self._entries.open()

    @property
    def saved(self) -> list[RacerChoice]:
        """All saved optimizers, the newest last."""
        return list(self._entries.entries)

    def find(self, name: str) -> RacerChoice | None:
        """Return the optimizer of this name, in any case, or None."""
        return self._entries.find(name)

    def save(self, racer: RacerChoice, name: str) -> str:
        """Save a racer under `name`, in the place of an optimizer of that name; return why that cannot be, or ""."""
        known = self.find(name)
        if known is None and len(self.saved) >= MOST_ENTRIES:
            return f"You have {MOST_ENTRIES} optimizers of your own, the most there can be."
        saved = replace(racer, key=0, name=name, colour="")
        self._entries.change(lambda entries: [*without(entries, known.name if known is not None else name), saved])
        return ""

    def rename(self, name: str, new_name: str) -> str:
        """Give an optimizer another name; return why that cannot be, or ""."""
        known = self.find(new_name)
        if not NAME.fullmatch(new_name):
            return "An optimizer needs a name."
        if known is not None and known.name != name:
            return f"You have an optimizer {known.name} already."
        self._entries.change(
            lambda entries: [replace(entry, name=new_name) if entry.name == name else entry for entry in entries]
        )
        return ""

    def remove(self, name: str) -> None:
        """Take an optimizer out, and emit what puts it back; racers of it go on."""
        self.removed.emit(name, self._entries.take_out(name))


def optimizers_path() -> Path:
    """Return where this user's saved optimizers are kept."""
    return saved_folder() / SAVED_OPTIMIZERS.file
