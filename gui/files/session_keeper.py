"""Keeps the session: a few seconds after each change, and at the end; the one before it too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from gui.background.gradually import Gradually
from gui.files.record_file import RecordError, set_aside
from gui.files.session_file import Kept, fit, read_kept, write_choices
from gui.session.choices import Choices, RacerChoice
from gui.session.session import Session

PAUSE_MS = 2000
"""Between the first change and the writing: a crash loses no more, and a dragged slider writes no file a frame."""
READING_S = 0.2
"""How long the rules of a file may be read before the window stands; what is left is read behind it."""

OF_THE_WINDOW = ("theme", "layout", "views", "height", "favourites", "geometry")
"""What belongs to the person at the window rather than to a race, and stays when another race is gone back to."""


class SessionKeeper(QObject):
    """Writes a session to `path`, and the one that it took the place of beside it; without a path, only remembers.

    Attributes
    ----------
    told : signal of str
        What could not be read or written, in one sentence.
    progressed : signal of str
        What is still being restored, in one sentence; "" where nothing is any more.
    """

    told = Signal(str)
    progressed = Signal(str)

    def __init__(self, session: Session, path: Path | None = None) -> None:
        super().__init__()
        self._session, self._path = session, path
        self._before: Kept | None = None
        self._written: Choices | None = None
        self._coming: list[RacerChoice] = []
        self._lost = 0
        self._joining = Gradually(self, self._join_next)
        self._failed = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.save)

    def open(self, restore: bool) -> str:
        """Take the kept session, or set it aside for `go_back`; return what went wrong, or "".

        From here on changes are written.
        """
        kept, sentence = self._read(self._path)
        self._before, trouble = self._read(self._before_path())
        if kept is not None and restore:
            self._take(kept)
        elif kept is not None:
            self._keep_before(kept)
        self._session.changed.connect(self._note)
        return sentence or trouble

    @property
    def coming(self) -> int:
        """How many racers of the session are still to join it: their rules are read by and by."""
        return len(self._coming)

    @property
    def can_go_back(self) -> bool:
        """Whether there was a race before this one."""
        return self._before is not None

    def start_afresh(self) -> None:
        """Race what a first start races; the race of now can be gone back to."""
        self._keep_before(self._now)
        self._coming = []
        self._session.start_afresh()

    def go_back(self) -> None:
        """Change places with the race before; the window stays as it is."""
        before = self._before
        if before is not None:
            self._keep_before(self._now)
            now = self._session.choices()
            kept = {name: getattr(now, name) for name in OF_THE_WINDOW}
            self._take(replace(before, choices=replace(before.choices, **kept)))

    def save(self) -> None:
        """Write the session now, if it is not written yet."""
        self._timer.stop()
        choices = self._now.whole
        if choices != self._written and self._write(self._path, choices):
            self._written = choices

    def end(self) -> None:
        """Write the session; who is still to join it does so at the next start."""
        self._joining.end()
        self.save()

    @property
    def _now(self) -> Kept:
        return Kept(self._session.choices(), tuple(self._coming))

    def _take(self, kept: Kept) -> None:
        """Put a kept session in the place of this one; racers whose rules are still to be read join it later."""
        self._coming, self._lost = list(kept.coming), 0
        self._session.take(kept.choices)
        if self._coming:
            self._joining.go_on(at_once=False)

    def _join_next(self) -> bool:
        """Let the next racer join; tell whether there was one."""
        if not self._coming:
            self.progressed.emit("")
            if self._lost:
                self.told.emit(f"Of the last session, {self._lost} more racers cannot be restored: they have no rule.")
            return False
        racer = self._coming.pop(0)
        try:
            self._session.restore_racer(fit(racer))
        except RecordError:
            self._lost += 1
        self.progressed.emit(f"Restoring racers: {len(self._coming):,} are still to come ...")
        return True

    def _note(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep_before(self, kept: Kept) -> None:
        self._before = kept
        self._write(self._before_path(), kept.whole)

    def _before_path(self) -> Path | None:
        return self._path and self._path.with_name(f"{self._path.stem}.before{self._path.suffix}")

    def _read(self, path: Path | None) -> tuple[Kept | None, str]:
        """Return what a file holds, and what is wrong with it; a broken one is set aside."""
        try:
            return (read_kept(path, READING_S) if path else None), ""
        except RecordError as error:
            return None, f"The last session cannot be restored. {error} {self._set_aside(path)}"

    def _set_aside(self, path: Path) -> str:
        try:
            return f"It is kept as {set_aside(path).name}."
        except OSError:
            self._path = None
            return "It stays as it is, and this session is not kept."

    def _write(self, path: Path | None, choices: Choices) -> bool:
        if path is None:
            return False
        try:
            write_choices(path, choices)
        except OSError as error:
            if not self._failed:
                self.told.emit(f"The session cannot be kept in {path.parent}: {error.strerror}.")
            self._failed = True
            return False
        self._failed = False
        return True


def session_path() -> Path:
    """Return where this user's session is kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "session.json"
