"""Lessons in the window: they take the place of the person's session while one is played, and give it back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.live.frame import Frame
from gui.background.worker import Worker
from gui.files.folders import lessons_folder
from gui.files.lessons.progress import LessonProgress
from gui.files.session_keeper import SessionKeeper
from gui.session.edit_history import EditHistory, KeptEdits
from gui.session.lessons.lesson_collection import LessonCollection, read_collection, read_sound
from gui.session.lessons.lesson_race import prepare_scene
from gui.session.lessons.lesson_scene import HIDDEN_PANES
from gui.window.controller import Controller
from gui.window.landscape_views import LandscapeViews
from gui.window.lessons.course import Course, course_on
from gui.window.lessons.lesson_list import LessonList
from gui.window.lessons.offer import LessonOffer
from gui.window.lessons.player import LessonPlayer
from gui.window.lessons.scene_captions import SceneCaptions
from gui.window.lessons.stage import Stage
from gui.window.lessons.strip import LessonStrip
from gui.window.lessons.writing.writing import LessonWriting
from gui.window.menus import Callback
from landscapes.lessons import LESSONS_FOLDER, PATHS, Lesson, Mistake


class Lessons(QObject):
    """Joins the player, its strip, the list and the offer with the session of a window.

    Attributes
    ----------
    pane : QWidget
        Stands beside the views; hidden while there is neither a lesson nor an offer.
    own_folder : Path
        Where lessons of the person's own are.
    prepared : Course or None
        The one that was pointed at last in the list and is ready to be played.
    message : signal of str
        Why a lesson cannot be played, in one sentence.
    """

    message = Signal(str)

    def __init__(
        self,
        window: QWidget,
        history: EditHistory,
        controller: Controller,
        keeper: SessionKeeper,
        views: LandscapeViews,
    ) -> None:
        super().__init__(window)
        session = controller.session
        self._window, self._session, self._history, self._keeper = window, session, history, keeper
        self._edits: KeptEdits | None = None
        self.progress, self.own_folder = LessonProgress(keeper.folder), lessons_folder()
        self.strip, self.offer, self.pane = LessonStrip(), LessonOffer(), QWidget()
        layout = QVBoxLayout(self.pane)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.strip, self.offer):
            layout.addWidget(widget)
        self.pane.hide()
        self.list: LessonList | None = None
        self.prepared: Course | None = None
        self._worker = Worker("lessons")
        self.player = LessonPlayer(self, session, Stage(self, session, controller), self.strip, self._worker)
        self.writing = LessonWriting(window, session, controller, self.own_folder)
        self.captions = SceneCaptions(self, session, views, self.player.captions)
        controller.frame_ready.connect(self._caption)
        self._connect()

    @property
    def callbacks(self) -> Mapping[str, Callback]:
        """What the entries of the menus about lessons do, by their names."""
        return {"lessons": self.open_list, "new lesson": self.writing.begin}

    def _connect(self) -> None:
        self.player.answered.connect(self.progress.add)
        self.player.ended.connect(self.leave)
        for part in (self.player.refused, self.writing.message):
            part.connect(self.message)
        self.writing.play_asked.connect(self._play_alone)
        self.strip.left.connect(self.leave)
        self.strip.explored.connect(self.explore)
        self.offer.begin.clicked.connect(self._begin)
        self.offer.decline.clicked.connect(self._decline)
        self._keeper.brought_back.connect(self._end)

    def open_list(self) -> LessonList:
        """Open the list of all lessons, and return it."""
        self.list = LessonList(self._window, self.own_folder)
        self.list.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list.chosen.connect(self.play)
        self.list.approached.connect(self.prepare)
        self.list.edit_asked.connect(self.writing.open)
        self.list.destroyed.connect(self._forget_list)
        self.list.open()
        self._worker.ask("collection", partial(read_collection, self.own_folder), self._fill_list)
        return self.list

    def open_file(self, file: Path) -> None:
        """Play the lesson of a file, in its path where it is one of the program's."""
        self._worker.ask("file", partial(_read_file, file), self._play_read)

    def begin(self, file: Path | None) -> None:
        """Play the lesson of a file, or offer lessons where there is none."""
        if file is not None:
            self.open_file(file)
        else:
            self.make_offer()

    def make_offer(self) -> None:
        """Offer lessons, unless the person has declined that, or done one."""
        if self.progress.may_offer and self.player.course is None:
            self._show(self.offer)

    def play(self, course: Course) -> None:
        """Play a course; the person's session waits until it is left."""
        self.message.emit("")
        if self._edits is None:
            self._edits = self._history.set_aside()
        self._keeper.set_aside()
        self._show(self.strip)
        self.player.play(course)

    def prepare(self, course: Course) -> None:
        """Have everything made that the first step of a course needs, which a click may begin soon."""
        self._worker.ask("prepare", partial(_prepared, course), self._note_prepared)

    def _note_prepared(self, course: Course) -> None:
        """Remember which course is prepared."""
        self.prepared = course

    def _play_alone(self, lesson: Lesson) -> None:
        """Play a lesson that stands in no path."""
        self.play(Course("", (lesson,)))

    def explore(self) -> None:
        """Open the whole playground in the state of the lesson."""
        for pane in HIDDEN_PANES:
            self._session.show_pane(pane, True)
        self.strip.show_exploring(True)

    def leave(self) -> None:
        """Bring the person's session back."""
        self._keeper.bring_back()

    def stop(self) -> None:
        """Leave the lesson, and end the thread: the window is closed."""
        self.writing.end()
        self.leave()
        self._worker.end()

    def _begin(self) -> None:
        """Play the first lesson that was offered."""
        self.progress.decline()
        self._worker.ask("file", _first_path, self._play_read)

    def _decline(self) -> None:
        self.progress.decline()
        self.pane.hide()

    def _fill_list(self, collection: LessonCollection) -> None:
        if self.list is not None:
            self.list.show_collection(collection, self.progress.is_done)

    def _forget_list(self) -> None:
        self.list = None

    def _play_read(self, read: Course | list[Mistake]) -> None:
        if isinstance(read, Course):
            self.play(read)
        else:
            self.message.emit(" ".join(map(str, read)))

    def _caption(self, frame: Frame) -> None:
        if self.player.course is not None:
            self.captions.show_frame(frame)

    def _show(self, widget: QWidget) -> None:
        """Show the strip or the offer beside the views."""
        for each in (self.strip, self.offer):
            each.setVisible(each is widget)
        self.pane.show()

    def _end(self) -> None:
        if self._edits is not None:
            self._history.take_up(self._edits)
            self._edits = None
        self.player.end()
        self.captions.clear()
        self.pane.hide()


def _first_path() -> Course:
    return course_on(PATHS[0], read_collection(None).lessons)


def _prepared(course: Course) -> Course:
    prepare_scene(course.lesson)
    return course


def _read_file(file: Path) -> Course | list[Mistake]:
    """Return the course of a lesson's file, or what is wrong with it."""
    lesson, mistakes = read_sound(file)
    return mistakes if lesson is None else _course_of(lesson)


def _course_of(lesson: Lesson) -> Course:
    """Return the course on the first path of a lesson of the program, or that of a lesson alone."""
    path = next((path for path in PATHS if path in lesson.places), None)
    if path is None or lesson.file.parent != LESSONS_FOLDER:
        return Course("", (lesson,))
    return course_on(path, read_collection(None).lessons, lesson.name)
