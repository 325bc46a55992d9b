"""Writes the session a few seconds after each change and at the end, and keeps the one before it, to go back to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.background.incremental_task import IncrementalTask
from gui.files.record_file import RecordError, set_aside
from gui.files.session_file import KeptSession, checked_racer, read_session, write_choices
from gui.session.choices import Choices, RacerChoice
from gui.session.session import Session

PAUSE_MS = 2000
"""From the first change to the writing: a crash loses no more than that, and a dragged slider does not write a file at
every frame."""
READING_S = 0.2
"""How long rules may be read before the window stands; the other racers join behind it."""

OF_THE_WINDOW = ("theme", "layout", "views", "height", "favourites", "geometry", "dashes")
"""Choices that belong to the window rather than to a race: they stay when another race is gone back to."""


class SessionKeeper(QObject):
    """Writes a session to `path`, and the one that it replaced to a file beside it; without a path writes nothing.

    Attributes
    ----------
    message : signal of str
        What could not be read or written, in one sentence.
    progressed : signal of str
        What is still being restored, in one sentence; "" once everything is.
    """

    message = Signal(str)
    progressed = Signal(str)

    def __init__(self, session: Session, path: Path | None = None) -> None:
        super().__init__()
        self._session, self._path = session, path
        self._before: KeptSession | None = None
        self._written: Choices | None = None
        self._pending: list[RacerChoice] = []
        self._lost = 0
        self._joining = IncrementalTask(self, self._join_next)
        self._failed = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.save)

    def open(self, restore: bool) -> str:
        """Restore the kept session, or keep it for `go_back`; return what went wrong, or "".

        From here on changes are written.
        """
        kept, sentence = self._read(self._path)
        self._before, trouble = self._read(self._before_path())
        if kept is not None and restore:
            self._restore(kept)
        elif kept is not None:
            self._keep_before(kept)
        self._session.changed.connect(self._save_later)
        return sentence or trouble

    @property
    def pending(self) -> int:
        """How many racers of the session have still to join it: their rules are read one after the other."""
        return len(self._pending)

    @property
    def can_go_back(self) -> bool:
        """Whether there was a race before this one."""
        return self._before is not None

    def start_afresh(self) -> None:
        """Begin the race of a first start; the present one can be gone back to."""
        self._keep_before(self._now)
        self._pending = []
        self._session.start_afresh()

    def go_back(self) -> None:
        """Exchange this race for the one before it; the window stays as it is."""
        before = self._before
        if before is not None:
            self._keep_before(self._now)
            now = self._session.choices()
            kept = {name: getattr(now, name) for name in OF_THE_WINDOW}
            self._restore(replace(before, choices=replace(before.choices, **kept)))

    def save(self) -> None:
        """Write the session now, if it is not written yet."""
        self._timer.stop()
        choices = self._now.whole
        if choices != self._written and self._write(self._path, choices):
            self._written = choices

    def end(self) -> None:
        """Write the session; racers that have still to join it do so at the next start."""
        self._joining.end()
        self.save()

    @property
    def _now(self) -> KeptSession:
        return KeptSession(self._session.choices(), tuple(self._pending))

    def _restore(self, kept: KeptSession) -> None:
        """Put a kept session in the place of this one; its pending racers join it later."""
        self._pending, self._lost = list(kept.pending), 0
        self._session.take(kept.choices)
        if self._pending:
            self._joining.go_on(at_once=False)

    def _join_next(self) -> bool:
        """Let the next racer join; return whether there was one."""
        if not self._pending:
            self.progressed.emit("")
            if self._lost:
                sentence = f"Of the last session, {self._lost} more racers cannot be restored: they have no rule."
                self.message.emit(sentence)
            return False
        racer = self._pending.pop(0)
        try:
            self._session.restore_racer(checked_racer(racer))
        except RecordError:
            self._lost += 1
        self.progressed.emit(f"Restoring racers: {len(self._pending):,} are still to come ...")
        return True

    def _save_later(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep_before(self, kept: KeptSession) -> None:
        self._before = kept
        self._write(self._before_path(), kept.whole)

    def _before_path(self) -> Path | None:
        return self._path.with_name(f"{self._path.stem}.before{self._path.suffix}") if self._path is not None else None

    def _read(self, path: Path | None) -> tuple[KeptSession | None, str]:
        """Return what a file holds, and what is wrong with it; a broken file is set aside."""
        if path is None:
            return None, ""
        try:
            return read_session(path, READING_S), ""
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
                self.message.emit(f"The session cannot be kept in {path.parent}: {error.strerror}.")
            self._failed = True
            return False
        self._failed = False
        return True
