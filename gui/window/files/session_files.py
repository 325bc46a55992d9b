"""How a person opens and saves sessions; what was open is never lost, and so nothing asks whether to save it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.live.commands import Pause, Restart
from gui.files.record_file import RecordError
from gui.files.session_file import read_session
from gui.files.session_keeper import SessionKeeper
from gui.widgets.notice import Notice
from gui.window.controller import Controller
from gui.window.menus import Callback

SUFFIX = ".derby"
KINDS = f"Sessions (*{SUFFIX});;All files (*)"
OPEN, SAVE = "Open a session", "Save the session"
OVERWRITE, ELSEWHERE = "Overwrite it", "Save as ..."
CHANGED = "{} has changed since it was opened or saved here: another program has written it."
OPENED = "Opened {}. The race before it is not saved in a file, but it is kept."
WITHOUT_STEPS = "{} is saved. Opened again, its race starts at step 0: no file holds the code of a Python function."
NOT_SAVED = "{} cannot be written: {}. The session is kept as it is."
NOT_OPENED = "{} cannot be opened. {}"


class SessionFiles(QObject):
    """Joins the menu, the dialogs and the notice with the keeper of the session and the race."""

    def __init__(self, window: QWidget, keeper: SessionKeeper, controller: Controller, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._keeper, self._controller, self._notice = window, keeper, controller, notice
        keeper.race_log = controller.race_log
        keeper.log_ready.connect(self._repeat)
        keeper.replacing.connect(self._hold)
        self._repeat()

    @property
    def callbacks(self) -> Mapping[str, Callback]:
        """What the entries of the menus do about files of sessions, by their names."""
        return {"open session": self.choose, "save session": self.save, "save session as": self.save_as}

    def choose(self) -> None:
        """Let a person choose a session, and open it."""
        self._choose_in(self._folder)

    def choose_unsaved(self) -> None:
        """Let a person choose among all sessions that nobody saved."""
        unsaved = self._keeper.recent.unsaved()
        self._choose_in(str(unsaved[0].parent) if unsaved else self._folder)

    def open(self, path: Path) -> None:
        """Open a session; where that cannot be done, say so, and what is open goes on."""
        try:
            unsaved = self._keeper.open_file(path.absolute())
        except RecordError as error:
            self._notice.notify(NOT_OPENED.format(path.name, error))
            return
        if unsaved:
            self._notice.offer(OPENED.format(path.name), self._keeper.go_back, "Return to it")
        else:
            self._notice.notify("")

    def save(self) -> None:
        """Save the session in its file, or let a person choose one where it has none."""
        path = Path(self._keeper.file.path)
        if not self._keeper.file.path or (self._is_foreign(path) and not self._may_overwrite(path)):
            self.save_as()
        else:
            self._write(path)

    def save_as(self) -> None:
        """Let a person choose a file, and save the session there."""
        now = self._keeper.now
        suggested = now.file.path or str(Path(self._folder, f"{now.choices.landscape or 'Race'}{SUFFIX}"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, SAVE, suggested, KINDS)
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(SUFFIX)
            # The dialog has asked about the name that was typed.
            if path.exists() and not self._agrees(f"{path.name} exists already.", OVERWRITE):
                return
        self._write(path)

    @property
    def _folder(self) -> str:
        """The folder of the session's file, where others are looked for first; "" where it has none."""
        path = self._keeper.file.path
        return str(Path(path).parent) if path else ""

    def _choose_in(self, folder: str) -> None:
        path, _ = QFileDialog.getOpenFileName(self._window, OPEN, folder, KINDS)
        if path:
            self.open(Path(path))

    def _write(self, path: Path) -> None:
        try:
            self._keeper.save_file(path.absolute())
        except OSError as error:
            self._notice.notify(NOT_SAVED.format(path.name, error.strerror))
            return
        now = self._keeper.now
        self._notice.notify("" if now.can_be_repeated else WITHOUT_STEPS.format(path.name))

    def _is_foreign(self, path: Path) -> bool:
        """Return whether a file has another content than this window last read or wrote."""
        try:
            kept = read_session(path, 0.0)
        except RecordError:
            return True
        return kept is not None and kept.digest != self._keeper.file.digest

    def _may_overwrite(self, path: Path) -> bool:
        return self._agrees(CHANGED.format(path.name), OVERWRITE, ELSEWHERE)

    def _agrees(self, sentence: str, yes: str, no: str = "Cancel") -> bool:
        """Ask a person, and return whether the answer is `yes`."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Descent Derby", sentence, parent=self._window)
        agree = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(no, QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is agree

    def _hold(self) -> None:
        """Hold the race before another session comes, at its start: new racers need not catch up with it."""
        for command in (Pause(), Restart()):
            self._controller.runner.post(command)

    def _repeat(self) -> None:
        log = self._keeper.take_log()
        if log is not None:
            self._controller.repeat(log)
