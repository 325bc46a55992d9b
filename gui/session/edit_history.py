"""Undo and redo of everything that a person changes in a session, as differences between states of its plain data.

An edit is what has changed between two turns of the event loop, whatever control it came from: nothing has to say that
it can be undone.  Gradual changes of one thing, such as a drag or the typing of a formula, are one edit.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QUndoCommand, QUndoStack

from gui.session.edit_words import Edit, edit_of, goes_on
from gui.session.restoring import put
from gui.session.session import Session
from gui.session.state import (
    GOOD_FORMULA,
    ORDER,
    RACER,
    Differences,
    Place,
    applied,
    differences,
    is_same,
    order_of,
    state_of,
    with_keys,
)

MOST_EDITS = 200
"""Edits that can be undone; the oldest is forgotten for the next one."""
JOIN_S = 1.0
"""Changes of one thing that follow each other within this time are one edit, as the letters of a word are."""
RELEASE_MS = 20
"""The interval at which it is seen that a mouse button is released: the next drag is another edit."""


class EditCommand(QUndoCommand):
    """One edit.  `differing` holds what it changed; `follows` is whether it goes on with what the edit before began."""

    def __init__(self, history: EditHistory, edit: Edit, differing: Differences, follows: bool) -> None:
        super().__init__(edit.words)
        self._history, self.edit, self.differing, self._follows = history, edit, differing, follows
        self._done = True

    def id(self) -> int:
        """Return the same number for all edits, so that Qt asks each whether the next one belongs to it."""
        return 0

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over an edit that goes on with this one; where nothing is left of both, Qt drops them."""
        if not isinstance(other, EditCommand) or not other._follows or not goes_on(self.edit, other.edit):
            return False
        merged = {**self.differing}
        for place, (old, new) in other.differing.items():
            merged[place] = self.differing.get(place, (old, new))[0], new
        self.differing = {place: pair for place, pair in merged.items() if not is_same(*pair)}
        self.setObsolete(not self.differing.keys() - {ORDER, GOOD_FORMULA})
        return True

    def redo(self) -> None:
        """Make the change again; when the edit is recorded, it was made already."""
        if not self._done:
            self._history.put({place: new for place, (_, new) in self.differing.items()})
        self._done = True

    def undo(self) -> None:
        """Take the change back."""
        self._history.put({place: old for place, (old, _) in self.differing.items()})
        self._done = False


class KeptEdits(NamedTuple):
    """Edits of a session that was set aside: what each is and changed, how many are done, and the order of racers."""

    edits: tuple[tuple[Edit, Differences], ...]
    done: int
    keys: tuple[int, ...]


class EditHistory(QObject):
    """Records the edits of a session.

    Attributes
    ----------
    stack : QUndoStack
        The edits, with signals about what can be undone and redone.
    removed : signal of (str, object)
        A sentence about what a person has removed, and the differences to hand to `take_back`.
    """

    removed = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(MOST_EDITS)
        self._known = state_of(session)
        self._closed, self._held, self._changed_at = True, False, 0.0
        self._stands_still = False
        self._noting = QTimer(self, singleShot=True, interval=0)
        self._noting.timeout.connect(self.note)
        self._releasing = QTimer(self, interval=RELEASE_MS)
        self._releasing.timeout.connect(self._see_release)
        session.changed.connect(self._noting.start)
        session.taken.connect(self.clear)
        session.racer_restored.connect(self._absorb)

    @property
    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What the entries of the menus do about edits, by their names."""
        return {"undo": self.undo, "redo": self.redo}

    def undo(self) -> None:
        """Undo the last edit."""
        self.note()
        self.stack.undo()

    def redo(self) -> None:
        """Redo the edit that was undone last."""
        self.note()
        self.stack.redo()

    def take_back(self, differing: Differences) -> None:
        """Take an edit back that may not be the last one: what came after it stays."""
        self.note()
        last = self.stack.command(self.stack.index() - 1)
        if isinstance(last, EditCommand) and last.differing is differing:
            self.stack.undo()
            return
        put(self._session, applied(state_of(self._session), {place: old for place, (old, _) in differing.items()}))
        self._closed = True
        self.note()

    def stands(self, differing: Differences) -> bool:
        """Return whether the session still is as an edit has left it."""
        after = applied(state_of(self._session), {place: new for place, (_, new) in differing.items()})
        return not differences(state_of(self._session), after)

    def clear(self) -> None:
        """Forget all edits: another session was opened."""
        self.stack.clear()
        self._known, self._closed = state_of(self._session), True

    def set_aside(self) -> KeptEdits:
        """Return all edits, for `take_up` once the session that they are of is back."""
        self.note()
        commands = [self.stack.command(number) for number in range(self.stack.count())]
        edits = tuple((each.edit, each.differing) for each in commands if isinstance(each, EditCommand))
        return KeptEdits(edits, self.stack.index(), _keys_of(self._session))

    def take_up(self, kept: KeptEdits) -> None:
        """Let edits be undone again that were set aside; its racers have other keys since, in the same order."""
        self.clear()
        keys = _keys_of(self._session)
        if len(keys) != len(kept.keys):
            return
        now = dict(zip(kept.keys, keys, strict=True))
        for edit, differing in kept.edits:
            self.stack.push(EditCommand(self, edit, with_keys(differing, now), follows=False))
        self._stands_still = True
        self.stack.setIndex(kept.done)
        self._stands_still = False

    def note(self) -> None:
        """Record what has changed since the last edit."""
        self._noting.stop()
        before, now = self._known, state_of(self._session)
        differing = differences(before, now)
        self._known = now
        if not differing:
            return
        edit = edit_of(differing, before, now)
        follows = edit.joins and self._follows()
        self._closed, self._changed_at = False, time.monotonic()
        self.stack.push(EditCommand(self, edit, differing, follows))
        if edit.removal:
            self.removed.emit(edit.removal, differing)

    def put(self, values: Mapping[Place, object]) -> None:
        """Put values into the session, which is no new edit."""
        self._closed = True
        if self._stands_still:
            return
        put(self._session, applied(state_of(self._session), values))
        self._known = state_of(self._session)

    def _follows(self) -> bool:
        """Return whether a change may belong to the last edit: it is of the same drag, or came soon after."""
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        follows = self._held if pressed else time.monotonic() - self._changed_at < JOIN_S
        self._held = pressed
        if pressed:
            self._releasing.start()
        return follows and not self._closed

    def _see_release(self) -> None:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._releasing.stop()
            self._closed, self._held = True, False

    def _absorb(self, key: int) -> None:
        """Take a racer that joins from a kept session as one that was always there."""
        place, now = (RACER, key), state_of(self._session)
        racer = now.get(place)
        known = {**self._known, place: racer}
        if key in order_of(now):
            known[ORDER] = (*order_of(self._known), key)
        self._known = known


def _keys_of(session: Session) -> tuple[int, ...]:
    """Return the keys of all racers, in the order in which a session file has them."""
    return tuple(racer.key for racer in session.choices().racers)
