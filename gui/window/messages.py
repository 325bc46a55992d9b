"""Shows in the status line what the parts of the program report: notes, progress and what went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from gui.background.busy_sign import busy
from gui.files.landscape_library import LandscapeLibrary
from gui.look.theme import Theme
from gui.session.edit_history import EditHistory
from gui.session.lessons.lesson_scene import HIDDEN_PANES
from gui.session.session import Session
from gui.session.state import Differences
from gui.window.status_line import StatusLine


class Messages(QObject):
    """Writes into the status line of a window."""

    def __init__(
        self, window: QObject, status: StatusLine, session: Session, library: LandscapeLibrary, history: EditHistory
    ) -> None:
        super().__init__(window)
        self._status, self._session, self._library, self._history = status, session, library, history
        self._offered: tuple[str, Differences] | None = None
        history.removed.connect(self.offer_undo)
        history.stack.indexChanged.connect(self._follow_edits)
        session.formula_changed.connect(self.show_note)
        session.landscape_named.connect(self.show_note)
        session.panes_changed.connect(self.show_note)
        session.taken.connect(self.announce_session)
        self.show_note()

    def show_note(self) -> None:
        """Show what is known of the landscape, unless a scene of a lesson shows it: a note may tell the answer."""
        plays = set(HIDDEN_PANES) <= set(self._session.hidden_panes)
        known = self._library.find(self._session.landscape) if not plays else None
        name, note, source = (known.name, known.note, known.source) if known is not None else ("", "", "")
        self._status.show_note(name, note, source)

    def show_progress(self, text: str) -> None:
        """Show how far the reading of a file is, and the note again where `text` is empty."""
        if text:
            self._status.note.setText(text)
        else:
            self.show_note()

    def announce_theme(self, theme: Theme) -> None:
        """Say that the window is about to change its theme."""
        self._status.show_at_once(f"Changing to the {theme.name} theme ...")

    def announce_session(self) -> None:
        """Show that the window is busy: all racers, plots and sliders of another session are made next."""
        with busy("another session"):
            self.show_note()

    def offer_back(self, name: str, put_back: Callable[[], None]) -> None:
        """Say that an entry of the library was removed, and offer to put it back."""
        self._status.notice.offer(f"Removed {name}.", put_back)

    def offer_undo(self, sentence: str, differing: Differences) -> None:
        """Say what a person removed, and offer to take that back for as long as it is gone."""
        self._offered = sentence, differing
        self._status.notice.offer(sentence, lambda: self._history.take_back(differing))

    def _follow_edits(self) -> None:
        """Withdraw the offer to take back what is taken back."""
        if self._offered is not None and not self._history.stands(self._offered[1]):
            self._status.notice.withdraw(self._offered[0])
            self._offered = None
