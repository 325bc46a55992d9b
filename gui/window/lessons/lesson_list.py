"""The list of all lessons, by their paths: what is done is ticked, and what cannot be played says why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.look.theme import SPACING_PX
from gui.session.lessons.lesson_collection import LessonCollection
from gui.widgets.screen_room import within_screen
from gui.widgets.text_button import TextButton
from gui.window.lessons.course import Course, course_on
from landscapes.lessons import PATHS

WIDTH_PX, HEIGHT_PX, MARGIN_PX = 560, 720, 14
OWN, WRONG, EDIT = "My lessons", "These cannot be played", "Edit"
OWN_FOLDER = "Lessons of your own are read from {}."
READING = "Reading the lessons ..."
DONE, NOT_DONE = "✓", ""
TICK_PX, NUMBER_PX = 18, 22


class LessonRow(QPushButton):
    """A lesson in the list.

    `approached` is emitted with the `Course` when the mouse or the keyboard comes to the row: a click may follow.
    """

    approached = Signal(object)

    def __init__(self, course: Course, is_done: bool) -> None:
        super().__init__()
        self.setObjectName("row")
        self.course, self.is_done = course, is_done
        self.setAccessibleName(f"{course.lesson.title}{', done' if is_done else ''}")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACING_PX, 0, SPACING_PX, 0)
        number = str(course.number + 1) if course.title else ""
        for text, name, width in ((DONE if is_done else NOT_DONE, "good", TICK_PX), (number, "muted", NUMBER_PX)):
            label = QLabel(text)
            label.setObjectName(name)
            label.setFixedWidth(width)
            row.addWidget(label)
        row.addWidget(QLabel(course.lesson.title), 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def event(self, event: QEvent) -> bool:
        """Tell that the mouse or the keyboard has come."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            self.approached.emit(self.course)
        return super().event(event)


class LessonList(QDialog):
    """Lists lessons.

    `chosen` is emitted with the `Course` whose lesson was clicked, `approached` with one that may be, and `edit_asked`
    with the file of one of one's own.
    """

    chosen = Signal(object)
    approached = Signal(object)
    edit_asked = Signal(object)

    def __init__(self, parent: QWidget, own_folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("Lessons")
        self._own_folder = own_folder
        self.rows: list[LessonRow] = []
        self.mistakes: list[QLabel] = []
        self.edits: list[TextButton] = []
        area = QScrollArea(widgetResizable=True)
        area.setObjectName("page")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setSpacing(2)
        self._column.setContentsMargins(0, 0, SPACING_PX, 0)
        self._waiting = _words(READING, "muted")
        self._column.addWidget(self._waiting)
        self._column.addStretch()
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.addWidget(area)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(within_screen(parent, WIDTH_PX, HEIGHT_PX))

    def show_collection(self, collection: LessonCollection, done: Collection[str]) -> None:
        """Show all lessons, and tick those that are done."""
        self._waiting.hide()
        for path in PATHS:
            course = course_on(path, collection.lessons)
            self._add_section(path, [Course(path, course.lessons, at) for at in range(len(course.lessons))], done)
        if collection.own:
            self._add_section(OWN, [Course("", (lesson,)) for lesson in collection.own], done)
        if collection.mistakes:
            self._add(_words(WRONG.upper(), "heading"), gap=True)
            self.mistakes = [_words(str(mistake), "error") for mistake in collection.mistakes]
            for mistake, label in zip(collection.mistakes, self.mistakes, strict=True):
                self._add_editable(label, mistake.file)
        self._add(_words(OWN_FOLDER.format(self._own_folder), "muted"), gap=True)

    def _add_section(self, title: str, courses: Sequence[Course], done: Collection[str]) -> None:
        count = sum(course.lesson.name in done for course in courses)
        self._add(_words(f"{title}: {count} of {len(courses)} done".upper(), "heading"), gap=bool(self.rows))
        for course in courses:
            row = LessonRow(course, course.lesson.name in done)
            row.clicked.connect(lambda *_, course=course: self._choose(course))
            row.approached.connect(self.approached)
            self._add_editable(row, course.lesson.file)
            self.rows.append(row)

    def _add_editable(self, widget: QWidget, file: Path) -> None:
        """Add a widget about a lesson, with a button that edits its file where that is the person's own."""
        if file.parent != self._own_folder:
            self._add(widget)
            return
        line, edit = QWidget(), TextButton(EDIT, "offer")
        edit.setAccessibleName(f"{EDIT} {file.stem}")
        edit.setToolTip(f"Edit {file.name}")
        edit.clicked.connect(lambda: self._edit(file))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(widget, 1)
        row.addWidget(edit)
        self._add(line)
        self.edits.append(edit)

    def _add(self, widget: QWidget, gap: bool = False) -> None:
        """Add a widget at the end, with a gap before it where it begins something new."""
        if gap:
            self._column.insertSpacing(self._column.count() - 1, MARGIN_PX)
        self._column.insertWidget(self._column.count() - 1, widget)

    def _edit(self, file: Path) -> None:
        self.accept()
        self.edit_asked.emit(file)

    def _choose(self, course: Course) -> None:
        self.accept()
        self.chosen.emit(course)


def _words(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
