"""My optimizers: racers that a person saved under a name, each with its rule, what goes round it and its settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.files import record_checks as check
from gui.files.library import library_path
from gui.files.saved_entries import NAME, SavedEntries, without
from gui.files.saved_optimizer import SAVED_OPTIMIZERS
from gui.session.choices import RacerChoice


class SavedOptimizers(QObject):
    """The saved ones; in the file at `path`, without one only as long as the program runs.

    Attributes
    ----------
    told : signal of str
        What could not be written, in one sentence.
    removed : signal of str and callable
        The name of one that was taken out, and what puts it back.
    """

    told = Signal(str)
    removed = Signal(str, object)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self._own = SavedEntries(SAVED_OPTIMIZERS, path, self.told.emit)

    def open(self) -> str:
        """Read them; return what went wrong, or ""."""
        return self._own.open()

    @property
    def saved(self) -> list[RacerChoice]:
        """All of them, the newest last."""
        return list(self._own.things)

    def find(self, name: str) -> RacerChoice | None:
        """Return the one of this name, in any case, or None."""
        return self._own.find(name)

    def save(self, racer: RacerChoice, name: str) -> str:
        """Take a racer under `name`, in the place of one of that name; return why that cannot be, or ""."""
        known = self.find(name)
        if known is None and len(self.saved) >= check.MOST_ENTRIES:
            return f"You have {check.MOST_ENTRIES} optimizers of your own, the most there can be."
        saved = replace(racer, key=0, name=name, colour="")
        self._own.change(lambda own: [*without(own, known.name if known is not None else name), saved])
        return ""

    def rename(self, name: str, new_name: str) -> str:
        """Give one another name; return why that cannot be, or ""."""
        known = self.find(new_name)
        if not NAME.fullmatch(new_name):
            return "An optimizer needs a name."
        if known is not None and known.name != name:
            return f"You have an optimizer {known.name} already."
        self._own.change(lambda own: [replace(one, name=new_name) if one.name == name else one for one in own])
        return ""

    def remove(self, name: str) -> None:
        """Take one out, and tell what puts it back; a racer of it goes on."""
        self.removed.emit(name, self._own.take_out(name))


def own_optimizers_path() -> Path:
    """Return where this user's own optimizers are kept."""
    return library_path().with_name(SAVED_OPTIMIZERS.file)
