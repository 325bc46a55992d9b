"""The editor of a lesson's file: what is wrong is said while one types, the race is asked too, and a click plays it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.background.worker import Worker
from gui.files.atomic_write import atomic_write
from gui.look.theme import SPACING_PX
from gui.session.lessons.lesson_trial import checked
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.screen_room import within_screen
from gui.window.lessons.writing.text_edit import LessonText
from landscapes.lessons import Lesson, Mistake

WIDTH_PX, HEIGHT_PX, MARGIN_PX, LIST_PX = 760, 680, 12, 96
RESTED_MS = 300
"""Since the last key: then the text is written to its file, read and raced."""
SOUND, READING = "No mistakes: the race bears out what the lesson says.", "Reading ..."
KEPT = "Kept in {}"
NOT_KEPT = "This cannot be written: {}"
Answer = tuple[str, Lesson | None, list[Mistake], str]
"""A text, the lesson that it is, what is wrong with it, and why it is not kept."""


class LessonEditor(QDialog):
    """A window with the text of a lesson.  `play_asked` is emitted with the lesson that is to be played."""

    play_asked = Signal(object)

    def __init__(self, parent: QWidget, file: Path, text: str) -> None:
        # It stays beside the lesson while that is played.
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle(f"{file.stem} - lesson")
        self.file = file
        self.lesson: Lesson | None = None
        self.mistakes: list[Mistake] = []
        self._text = self._read = ""
        self._worker = Worker("a lesson's text")
        self._resting = QTimer(self, singleShot=True, interval=RESTED_MS)
        self._resting.timeout.connect(self._ask)
        self.text, self.place, self.state, self.list = LessonText(), ElidedLabel(), QLabel(), QListWidget()
        self.play, close = QPushButton("Play"), QPushButton("Close")
        self._arrange(close)
        close.clicked.connect(self.close)
        self.play.clicked.connect(self._play)
        self.list.itemActivated.connect(self._go_to)
        self.list.itemClicked.connect(self._go_to)
        self.text.setPlainText(text)
        self.text.textChanged.connect(self._typed)
        self._typed()
        self._ask()

    def _arrange(self, close: QPushButton) -> None:
        self.place.setObjectName("muted")
        self.place.setText(KEPT.format(self.file))
        self.state.setWordWrap(True)
        self.list.setObjectName("mistakes")
        self.list.setAccessibleName("Mistakes")
        self.list.setWordWrap(True)
        self.list.setFixedHeight(LIST_PX)
        self.list.setToolTip("A click goes to the line")
        self.play.setObjectName("accent")
        self.play.setToolTip("Plays the lesson in the window; your own session comes back when it ends")
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        for button in (close, self.play):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        for widget, stretch in ((self.place, 0), (self.text, 1), (self.list, 0)):
            layout.addWidget(widget, stretch)
        layout.addLayout(foot)
        self.resize(within_screen(self, WIDTH_PX, HEIGHT_PX))

    @property
    def up_to_date(self) -> bool:
        """Whether all that was typed has been read, raced and written."""
        return self._read == self._text

    def _typed(self) -> None:
        """Have a new text read; Qt's signal also comes when only the marks changed."""
        text = self.text.toPlainText()
        if text == self._text:
            return
        self._text, self.lesson = text, None
        self.play.setEnabled(False)
        self._say(READING, "muted")
        self._resting.start()

    def _ask(self) -> None:
        self._resting.stop()
        self._worker.ask("text", partial(_kept_and_checked, self.file, self._text), self._take)

    def _take(self, answer: Answer) -> None:
        text, lesson, mistakes, trouble = answer
        if text != self._text:
            return
        self._read, self.lesson, self.mistakes = text, lesson, mistakes
        self.play.setEnabled(lesson is not None)
        self.text.show_mistakes(mistakes)
        self.list.clear()
        for mistake in mistakes:
            words = f"Line {mistake.line}: {mistake.message} {mistake.hint}".strip()
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, mistake.line)
            self.list.addItem(item)
        self.list.setVisible(bool(mistakes))
        if trouble:
            self._say(NOT_KEPT.format(trouble), "error")
        else:
            self._say("" if mistakes else SOUND, "good")

    def _say(self, sentence: str, kind: str) -> None:
        self.state.setText(sentence)
        self.state.setObjectName(kind)
        self.state.style().polish(self.state)

    def _go_to(self, item: QListWidgetItem) -> None:
        self.text.go_to_line(item.data(Qt.ItemDataRole.UserRole))

    def _play(self) -> None:
        if self.lesson is not None:
            self.play_asked.emit(self.lesson)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write what was typed last, and end the thread."""
        self._resting.stop()
        if not self.up_to_date:
            _kept(self.file, self._text)
        self._worker.end()
        super().closeEvent(event)


def _kept(file: Path, text: str) -> str:
    """Write a text to its file; return why that cannot be done, or ""."""
    try:
        atomic_write(file, text.encode("utf-8"))
    except OSError as error:
        return f"{error.strerror}."
    return ""


def _kept_and_checked(file: Path, text: str) -> Answer:
    """Write a text to its file, and return what is wrong with it."""
    trouble = _kept(file, text)
    return (text, *checked(file, text), trouble)
