"""Makes a lesson of the state of a window, and opens it in the editor."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.language.errors import FormulaError
from engine.live.frame import Frame
from gui.background.worker import Worker
from gui.files.atomic_write import atomic_write
from gui.session.choices import Choices
from gui.session.session import Session
from gui.window.controller import Controller

if TYPE_CHECKING:
    from gui.window.lessons.writing.editor import LessonEditor

CANNOT = "No lesson can be made from here: {}"
NOT_SIGNS = re.compile(r"[^a-z0-9]+")
"""What does not stand in the name of a lesson's file."""
SUFFIX = ".toml"


class LessonWriting(QObject):
    """Writes lessons into the person's own folder.

    Attributes
    ----------
    play_asked : signal of Lesson
        A lesson is to be played from its editor.
    message : signal of str
        Why no lesson can be made, in one sentence; "" once one is.
    """

    play_asked = Signal(object)
    message = Signal(str)

    def __init__(self, window: QWidget, session: Session, controller: Controller, folder: Path) -> None:
        super().__init__(window)
        self._window, self._session, self._folder = window, session, folder
        self._step = 0
        self._worker = Worker("a lesson's draft")
        self.editor: LessonEditor | None = None
        controller.frame_ready.connect(self._follow)

    def begin(self) -> None:
        """Make a lesson of the state of now, and open it."""
        self._worker.ask("draft", partial(_drafted, self._session.choices(), self._step, self._folder), self._take)

    def open(self, file: Path) -> None:
        """Open a lesson of the person's own folder in the editor."""
        self._worker.ask("draft", partial(_read, file), self._take)

    def edit(self, file: Path, text: str) -> LessonEditor:
        """Open a lesson in the editor, in the place of another one; return the editor."""
        from gui.window.lessons.writing.editor import LessonEditor

        self.close()
        self.editor = LessonEditor(self._window, file, text)
        self.editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.editor.play_asked.connect(self.play_asked)
        self.editor.show()
        return self.editor

    def close(self) -> None:
        """Close the editor, which keeps what was typed."""
        if self.editor is not None and shiboken6.isValid(self.editor):
            self.editor.close()
        self.editor = None

    def end(self) -> None:
        """Close the editor, and end the thread."""
        self.close()
        self._worker.end()

    def _follow(self, frame: Frame) -> None:
        self._step = frame.step

    def _take(self, drafted: tuple[Path, str] | str) -> None:
        if isinstance(drafted, str):
            self.message.emit(drafted)
            return
        self.message.emit("")
        self.edit(*drafted)


def _drafted(choices: Choices, step: int, folder: Path) -> tuple[Path, str] | str:
    """Write the draft of a lesson; return its file and its text, or why there is none."""
    from gui.session.lessons.lesson_draft import draft_of

    try:
        text = draft_of(choices, step)
        file = free_file(folder, choices.landscape or "formula")
        atomic_write(file, text.encode("utf-8"))
    except FormulaError as error:
        return CANNOT.format(error)
    except OSError as error:
        return CANNOT.format(f"{folder} cannot be written: {error.strerror}.")
    return file, text


def _read(file: Path) -> tuple[Path, str] | str:
    """Return a file with its text, or why it cannot be read."""
    try:
        # What is no text in UTF-8 can be edited too: its author sees where.
        return file, file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"{file.name} cannot be read: {error.strerror}."


def free_file(folder: Path, about: str) -> Path:
    """Return a file of the folder that does not exist yet, with a name that says what the lesson is about."""
    stem = NOT_SIGNS.sub("_", f"lesson {about}".lower()).strip("_")
    number = 1
    while (file := folder / f"{stem}{f'_{number}' if number > 1 else ''}{SUFFIX}").exists():
        number += 1
    return file
