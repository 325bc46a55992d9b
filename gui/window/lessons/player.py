"""The player of lessons: which lesson and page is shown, what the race does for it, and what it answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from engine.language.errors import FormulaError
from engine.live.frame import Frame
from engine.race.claims.claim import Claim, filled
from engine.race.claims.racer_record import RacerRecord
from gui.background.worker import Worker
from gui.session.lessons.lesson_race import prepare_scene, records_of_lesson
from gui.session.lessons.verdict import UNDECIDED, Verdict, records_shown, verdict_on
from gui.session.session import Session
from gui.window.lessons.course import Course
from gui.window.lessons.lesson_slider import slider_of
from gui.window.lessons.page import Page
from gui.window.lessons.stage import Stage
from gui.window.lessons.strip import LessonStrip
from landscapes.lessons import Caption, Lesson

ANSWER_S = 4.0
"""How long the race takes to its end, once an answer is chosen, and that of another heat to show it."""
BROKEN = "Here what the scene has shown is no longer so."
RACES_AFTER_MS = 350
"""From the click until the other heats are raced: the scene, which a person waits for, comes first."""
CHANGED = -1
"""The number of a heat of which something was changed since it was set up."""
CANNOT = "This lesson cannot be raced: {}"


class LessonPlayer(QObject):
    """Plays the lessons of a course.

    Attributes
    ----------
    course : Course or None
        What is played; None while there is no lesson.
    guides : signal of bool
        Whether the lesson says what comes next, as it does until everything is the person's.
    answered : signal of str
        The race has answered in the lesson of this name.
    ended : signal
        The course is at its end, or cannot be played on.
    refused : signal of str
        Why a lesson cannot be played, in one sentence.
    """

    guides = Signal(bool)
    answered = Signal(str)
    ended = Signal()
    refused = Signal(str)

    def __init__(self, parent: QObject, session: Session, stage: Stage, strip: LessonStrip, worker: Worker) -> None:
        super().__init__(parent)
        self._session, self._stage, self._strip = session, stage, strip
        self.course: Course | None = None
        self.page = Page.SCENE
        self._racing = False
        self._heat = 0
        self._chosen: int | None = None
        self._frame: Frame | None = None
        self._raced: list[RacerRecord] | None = None
        self._worker = worker
        self._racing_all = QTimer(self, singleShot=True, interval=RACES_AFTER_MS)
        self._racing_all.timeout.connect(self._race_all)
        stage.reached.connect(self._arrive)
        for signal, act in (
            (strip.answered, self.answer),
            (strip.skipped, self.skip),
            (strip.went_back, self.go_back),
            (strip.went_on, self.go_on),
        ):
            signal.connect(act)

    @property
    def lesson(self) -> Lesson:
        """The lesson that is played."""
        assert self.course is not None
        return self.course.lesson

    def play(self, course: Course) -> None:
        """Play the lesson of a course from its beginning."""
        self.course, self._raced, self._chosen = course, None, None
        self._racing_all.start()
        self._strip.show_lesson(course.lesson, course.place)
        self._open(Page.SCENE)

    def _race_all(self) -> None:
        """Have all heats raced behind the scene that plays, and the next scene prepared while this one is read."""
        following = self.course.moved(1) if self.course is not None else None
        self._worker.ask("races", partial(_raced, self.lesson, following), self._take_races)

    def end(self) -> None:
        """Play nothing any more."""
        self.course = None
        self.guides.emit(False)
        self._racing_all.stop()
        self._stage.release()

    def answer(self, number: int) -> None:
        """Let the race answer."""
        self._chosen = number
        self._open(Page.REPLY)

    def skip(self) -> None:
        """Take the race to where it was playing to."""
        self._stage.go_to(self.lesson.pause if self.page == Page.SCENE else self.lesson.steps)

    def go_back(self) -> None:
        """Show the page before, or the lesson before."""
        if self.course is None:
            return
        if self.page == Page.EXPLORE:
            self._heat = CHANGED
        if self.page > Page.SCENE:
            self._open(Page(self.page - 1))
        elif (before := self.course.moved(-1)) is not None:
            self.play(before)
        else:
            self._open(Page.SCENE)

    def go_on(self) -> None:
        """Show the next page, or the next lesson."""
        if self.course is None:
            return
        if self.page < Page.EXPLORE:
            if self.page == Page.SCENE:
                self.skip()
            else:
                self._open(Page(self.page + 1))
        elif (following := self.course.moved(1)) is not None:
            self.play(following)
        else:
            self.ended.emit()

    def captions(self, frame: Frame) -> list[Caption]:
        """Return the captions of the scene that belong to a frame; those before the question go with its answer."""
        is_scene = self.course is not None and self.page <= Page.REPLY and self._heat == 0 and self._stage.is_on(frame)
        if not is_scene:
            return []
        due = [caption for caption in self.lesson.captions if caption.step <= frame.step]
        if self.page < Page.REPLY:
            return due
        return [caption for caption in due if caption.point is not None or caption.step > self.lesson.pause]

    def _open(self, page: Page) -> None:
        """Open a page, and have the race do what it needs."""
        self.page, self._frame = page, None
        try:
            self._direct(page)
        except FormulaError as error:
            self.refused.emit(CANNOT.format(error))
            self.ended.emit()
            return
        self._show()

    def _direct(self, page: Page) -> None:
        """Have the race do what a page needs."""
        lesson, stage = self.lesson, self._stage
        self._racing = page in (Page.SCENE, Page.REPLY)
        if page == Page.SCENE:
            self._chosen = None
            self._set_up(0, anew=True)
            stage.play_to(lesson.pause)
        elif page == Page.QUESTION:
            self._chosen = None
            self._set_up(0)
            stage.go_to(lesson.pause)
        elif page == Page.REPLY:
            self._set_up(0)
            stage.play_to(lesson.steps, ANSWER_S)
        elif page == Page.SLIDER:
            # The slider belongs to a racer that a person may have changed or removed meanwhile.
            self._set_up(0, anew=stage.is_changed)
            stage.go_to(lesson.steps)
            control = slider_of(lesson, self._session)
            control.changed.connect(self._follow_slider)
            self._strip.put_slider(control)
        else:
            stage.release()

    def _set_up(self, heat: int, anew: bool = False) -> None:
        """Show a heat, unless it is shown already."""
        if anew or heat != self._heat:
            self._stage.set_up(self.lesson, self.lesson.heats[heat])
            self._heat = heat

    def _follow_slider(self) -> None:
        self._heat = CHANGED
        self._stage.run_again(self.lesson.steps)

    def _arrive(self, frame: Frame) -> None:
        """Go on from where the race was to stop."""
        if self.course is None:
            return
        if self.page == Page.SCENE:
            self.page, self._racing = Page.QUESTION, False
            self._show()
        elif self.page == Page.REPLY and self._racing:
            self._frame = frame
            self._settle()
        elif self.page == Page.SLIDER:
            self._frame = frame
            self._judge_slider()

    def _take_races(self, answer: tuple[Lesson, list[RacerRecord] | FormulaError]) -> None:
        lesson, raced = answer
        if self.course is None or lesson is not self.lesson:
            return
        if isinstance(raced, FormulaError):
            self.refused.emit(CANNOT.format(raced))
            self.ended.emit()
            return
        self._raced = raced
        self._show()
        self._settle()

    def _settle(self) -> None:
        """Say what the race answers, once it has ended and the other heats are raced."""
        if self.page != Page.REPLY or not self._racing or self._frame is None or self._raced is None:
            return
        assert self._chosen is not None
        self._racing = False
        chosen = self.lesson.answers[self._chosen]
        records = records_shown(self._frame.racers, self._frame.step, self._raced)
        verdict = verdict_on(chosen, records) if records is not None else Verdict(None, UNDECIDED)
        shows = chosen.heat != 1
        self._strip.show_verdict(verdict)
        self.answered.emit(self.lesson.name)
        if shows:
            self._set_up(chosen.heat - 1)
            self._stage.play_to(self.lesson.steps, ANSWER_S)
        self._show()

    def _judge_slider(self) -> None:
        """Say whether the claim of the slider holds in the race of now."""
        holds = None
        if self._frame is not None and self._raced is not None:
            records = records_shown(self._frame.racers, self._frame.step, self._raced)
            holds = Claim(self.lesson.slider.shows).decided(records) if records is not None else None
        self._strip.feedback.setText(BROKEN if holds else "")

    def _show(self) -> None:
        """Show the page of now in the strip."""
        if self.course is None:
            return
        lesson, raced = self.lesson, self._raced
        told = (lesson.slider.text, lesson.afterwards)
        words = [filled(sentence, raced) if raced is not None else "" for sentence in told]
        self._strip.slider_text.setText(words[0])
        self._strip.afterwards.setText(words[1])
        is_shown, is_last = self._heat > 0, self.course.moved(1) is None
        self.guides.emit(self.page < Page.EXPLORE)
        self._strip.show_page(self.page, self._chosen, self._racing, is_shown, is_last)


def _raced(lesson: Lesson, following: Course | None) -> tuple[Lesson, list[RacerRecord] | FormulaError]:
    """Return a lesson with the racers of all heats, or why they cannot be raced; prepare the scene that follows."""
    try:
        records = records_of_lesson(lesson)
    except FormulaError as error:
        return lesson, error
    if following is not None:
        prepare_scene(following.lesson)
    return lesson, records
