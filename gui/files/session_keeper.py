"""Writes the session within a second after each change and at the end, and keeps the one before it, to go back to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from engine.live.race_log import RaceLog
from gui.background.incremental_task import IncrementalTask
from gui.background.worker import Worker
from gui.files.first_session import is_first
from gui.files.own_choices import with_choices_of_person, with_choices_of_window
from gui.files.recent_files import RecentFiles
from gui.files.record_file import RecordError, set_aside
from gui.files.session_file import (
    NO_FILE,
    KeptSession,
    SavedFile,
    checked_racer,
    read_session,
    with_keys,
    with_table_beside,
    write_session,
)
from gui.session.choices import RacerChoice
from gui.session.session import Session

PAUSE_MS = 300
"""From the first change to the writing: a process that is killed loses nothing that is older than a second, on a busy
machine too, and a dragged slider does not write a file at every frame."""
READING_S = 0.2
"""How long rules may be read before the window stands; the other racers join behind it."""


class SessionKeeper(QObject):
    """Writes a session to `path`, and the one that it replaced to a file beside it; without a path writes nothing.

    Parameters
    ----------
    source : Path, optional
        The file to restore, where it is not `path`: a second copy of the program must not write to that of the first.

    Attributes
    ----------
    message : signal of str
        What could not be read or written, in one sentence; "" once it could be written after all.
    progressed : signal of str
        What is still being restored, in one sentence; "" once everything is.
    log_ready : signal
        `take_log` returns the log of a restored race: all its racers have joined.
    replacing : signal
        Another session is about to take the place of this one.
    file_changed : signal
        The session is that of another file, or of none.
    brought_back : signal
        The session that was set aside is back.
    race_log : callable
        Returns how the race of now came to its step.
    """

    message = Signal(str)
    progressed = Signal(str)
    log_ready = Signal()
    replacing = Signal()
    file_changed = Signal()
    brought_back = Signal()

    def __init__(self, session: Session, path: Path | None = None, source: Path | None = None) -> None:
        super().__init__()
        self._session, self._path, self._source = session, path, source or path
        self.file = NO_FILE
        self.folder = path.parent if path is not None else None
        self.recent = RecentFiles(self.folder)
        self.race_log: Callable[[], RaceLog | None] = lambda: None
        self.waiting_log: RaceLog | None = None
        self._before: KeptSession | None = None
        self._written: KeptSession | None = None
        self._aside: KeptSession | None = None
        self._pending: list[RacerChoice] = []
        self._keys: list[int] = []
        self._lost = 0
        self._ended = False
        self._joining = IncrementalTask(self, self._join_next)
        self._failed = False
        self._worker: Worker | None = None
        self._writing, self._asked, self._stored = threading.Lock(), 0, 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._save_behind)

    def open(self, restore: bool) -> str:
        """Restore the kept session, or keep it for `go_back`; return what went wrong, or "".

        From here on changes are written.
        """
        kept, sentence = self._read(self._source)
        self._before, trouble = self._read(_before(self._source))
        if kept is not None and restore:
            self._restore(kept)
        elif kept is not None:
            self._keep_before(kept)
        self._session.changed.connect(self.save_soon)
        return sentence or trouble

    @property
    def pending(self) -> int:
        """How many racers of the session have still to join it: their rules are read one after the other."""
        return len(self._pending)

    @property
    def can_go_back(self) -> bool:
        """Whether there was a race before this one."""
        return self._before is not None

    @property
    def now(self) -> KeptSession:
        """The session as it stands."""
        log = self.waiting_log if self.waiting_log is not None else self.race_log()
        return KeptSession(self._session.choices(), tuple(self._pending), log, self.file)

    def set_aside(self) -> None:
        """Set the session aside as it stands: until `bring_back`, what is chosen is written nowhere."""
        if self._aside is None:
            self._aside = self.now
            self.replacing.emit()
            self._pending, self.waiting_log = [], None
            self._set_file(NO_FILE)

    def bring_back(self) -> None:
        """Put the session that was set aside in the place of this one; do nothing where none was."""
        aside = self._to_write
        if self._aside is not None:
            self._aside = None
            self._restore(aside)
            self.brought_back.emit()

    @property
    def _to_write(self) -> KeptSession:
        """The person's session: the one that is set aside, with the theme of now, or that of now."""
        if self._aside is None:
            return self.now
        return with_choices_of_person(self._aside, self._session.choices())

    def start_afresh(self) -> None:
        """Begin the race of a first start; the present one can be gone back to."""
        self.bring_back()
        self._keep_before(self.now)
        self.replacing.emit()
        self._pending, self.waiting_log = [], None
        self._session.start_afresh()
        self._set_file(NO_FILE)

    def go_back(self) -> None:
        """Exchange this race for the one before it; the window stays as it is."""
        self.bring_back()
        before = self._before
        if before is not None:
            self._before = None
            self._keep_before(self.now)
            self._restore(with_choices_of_window(before, self._session.choices()))

    def open_file(self, path: Path) -> bool:
        """Put the session of a file in the place of this one; return whether this one was not saved.

        This one can be gone back to.

        Raises
        ------
        RecordError
            Where the file cannot be read, or is no session; nothing has changed then.
        """
        kept = read_session(path, READING_S)
        if kept is None:
            raise RecordError("There is no such file.")
        self.bring_back()
        digest, kept = kept.digest, with_table_beside(kept, path.parent)
        now = self.now
        if now.file.path != str(path) or not now.is_saved:
            self._keep_before(now)
        file = NO_FILE if self.recent.is_unsaved(path) else SavedFile(str(path), digest)
        self._restore(with_choices_of_person(replace(kept, file=file), self._session.choices()))
        self.recent.add(path)
        return not (now.is_saved or is_first(now))

    def take_log(self) -> RaceLog | None:
        """Return the log of a restored race, for whoever repeats it from here on; None where there is none."""
        log = self.waiting_log
        if log is None or self._pending:
            return None
        self.waiting_log = None
        return log

    def save_file(self, path: Path) -> None:
        """Write the session to a file of the person's choice, which is that of the session from here on.

        Raises
        ------
        OSError
            Where that cannot be done; the file is then what it was.
        """
        now = self.now
        write_session(path, now.for_a_file)
        self.recent.add(path)
        self._set_file(SavedFile(str(path), now.digest))

    def save_soon(self) -> None:
        """Have the session written within a second."""
        if not (self._timer.isActive() or self._ended):
            self._timer.start()

    def save(self) -> None:
        """Write the session now, if it is not written yet."""
        self._timer.stop()
        now = self._to_write
        if self._path is not None and now != self._written:
            self._report(now, self._store(self._path, now, self._next_number()))

    def end(self) -> None:
        """Write the session; racers that have still to join it do so at the next start."""
        self._joining.end()
        if self._worker is not None:
            self._worker.end()
        self.save()
        self._ended = True

    def _save_behind(self) -> None:
        """Write the session on another thread: until the disk has a file may take longer than a frame."""
        now = self._to_write
        if self._path is None or now == self._written:
            return
        if self._worker is None:
            self._worker = Worker("session")
        task = partial(self._store, self._path, now, self._next_number())
        self._worker.ask("session", lambda: (now, task()), self._take_answer)

    def _take_answer(self, answer: tuple[KeptSession, OSError | None]) -> None:
        self._report(*answer)

    def _next_number(self) -> int:
        self._asked += 1
        return self._asked

    def _store(self, path: Path, kept: KeptSession, number: int) -> OSError | None:
        """Write a session, on any thread, unless a newer one is written; return what went wrong."""
        with self._writing:
            if number < self._stored:
                return None
            self._stored = number
            try:
                write_session(path, kept)
            except OSError as error:
                return error
        return None

    def _report(self, kept: KeptSession, error: OSError | None) -> None:
        """Note that a session is written, or say, once, that none can be."""
        if error is None:
            if self._failed:
                self.message.emit("")
            self._written, self._failed = kept, False
        elif not self._failed and self._path is not None:
            self._failed = True
            self.message.emit(f"The session cannot be kept in {self._path.parent}: {error.strerror}.")

    def _restore(self, kept: KeptSession) -> None:
        """Put a kept session in the place of this one; its pending racers join it later."""
        self.replacing.emit()
        self._pending, self._lost, self.waiting_log = list(kept.pending), 0, None
        self._keys = [racer.key for racer in kept.whole.racers]
        self._session.take(kept.choices)
        self.waiting_log = kept.log
        self._set_file(kept.file)
        if self._pending:
            self._joining.go_on(at_once=False)
        else:
            self._hand_over_log()

    def _hand_over_log(self) -> None:
        """Give the log of the restored race to whoever repeats it, now that all its racers are there."""
        log = self.waiting_log
        if log is not None:
            self.waiting_log = with_keys(log, self._keys, [racer.key for racer in self._session.choices().racers])
            if self.waiting_log is not None:
                self.log_ready.emit()

    def _join_next(self) -> bool:
        """Let the next racer join; return whether there was one."""
        if not self._pending:
            self.progressed.emit("")
            if self._lost:
                sentence = f"Of the last session, {self._lost} more racers cannot be restored: they have no rule."
                self.message.emit(sentence)
            self._hand_over_log()
            return False
        racer = self._pending.pop(0)
        try:
            self._session.restore_racer(checked_racer(racer))
        except RecordError:
            self._lost += 1
        self.progressed.emit(f"Restoring racers: {len(self._pending):,} are still to come ...")
        return True

    def _set_file(self, file: SavedFile) -> None:
        self.file = file
        self.file_changed.emit()
        self.save_soon()

    def _keep_before(self, kept: KeptSession) -> None:
        """Keep a session to go back to; one that was kept until now is put where it can be opened again."""
        before, self._before = self._before, kept
        path = _before(self._path)
        try:
            if before is not None and not (before.is_saved or is_first(before) or before.digest == kept.digest):
                self.recent.put_by(before)
            if path is not None:
                write_session(path, kept)
        except OSError as error:
            self._report(kept, error)

    def _read(self, path: Path | None) -> tuple[KeptSession | None, str]:
        """Return what a file holds, and what is wrong with it; a broken file is set aside."""
        if path is None:
            return None, ""
        try:
            return read_session(path, READING_S), ""
        except RecordError as error:
            return None, f"The last session cannot be restored. {error} {self._set_aside(path)}"

    def _set_aside(self, path: Path) -> str:
        if self._source != self._path:
            return "It stays as it is."
        try:
            return f"It is kept as {set_aside(path).name}."
        except OSError:
            self._path = None
            return "It stays as it is, and this session is not kept."


def _before(path: Path | None) -> Path | None:
    """Return where the session is kept that was before the one at `path`."""
    return path.with_name(f"{path.stem}.before{path.suffix}") if path is not None else None
