"""Puts a heat of a lesson in the place of the race, plays it as far as a step, and tells when it is there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.live.commands import Command, Pause, Play, Restart, Seek, SetSpeed, SetStop
from engine.live.frame import Frame
from gui.session.choices import Choices
from gui.session.lessons.lesson_scene import choices_of, is_same_race
from gui.session.session import Session
from gui.window.controller import Controller
from landscapes.lessons import Heat, Lesson


class Stage(QObject):
    """The race of a window, as a lesson directs it.

    Attributes
    ----------
    reached : signal of Frame
        The race stands at the step to which it was played or taken.
    """

    reached = Signal(object)

    def __init__(self, parent: QObject, session: Session, controller: Controller) -> None:
        super().__init__(parent)
        self._session, self._runner = session, controller.runner
        self._target: int | None = None
        self._request = 0
        self._scene: Choices | None = None
        controller.frame_ready.connect(self._follow)

    def set_up(self, lesson: Lesson, heat: Heat) -> None:
        """Show a heat at its start.

        Raises
        ------
        FormulaError
            Where it cannot be raced; nothing has changed then.
        """
        choices = choices_of(lesson, heat, self._session.choices())
        self.release()
        # New racers need not catch up with the old race.
        self._post(Pause(), Restart())
        self._session.take(choices)
        self._scene = self._session.choices()

    @property
    def is_changed(self) -> bool:
        """Whether somebody has changed the race since it was set up."""
        return self._scene is None or not is_same_race(self._session.choices(), self._scene)

    def play_to(self, step: int, seconds: float | None = None) -> None:
        """Play as far as a step at the speed of the session, or so fast that it takes no longer than `seconds`."""
        speed = self._session.speed if seconds is None else max(self._session.speed, step / seconds)
        self._expect(step, SetStop(step), SetSpeed(speed), Play())

    def go_to(self, step: int) -> None:
        """Take the race to a step at once."""
        self._expect(step, SetStop(step), Seek(step))

    def run_again(self, step: int) -> None:
        """Run the race again from its start, with the settings of now."""
        self._post(Restart())
        self.go_to(step)

    def release(self) -> None:
        """Let the race go on without an end, at the speed of the session."""
        self._target = None
        self._post(SetStop(None), SetSpeed(self._session.speed))

    def is_on(self, frame: Frame) -> bool:
        """Return whether a frame came after what was asked of the race last."""
        return frame.answered >= self._request

    def _expect(self, step: int, *commands: Command) -> None:
        self._target, self._request = step, self._post(*commands)

    def _post(self, *commands: Command) -> int:
        return max(self._runner.post(command) for command in commands)

    def _follow(self, frame: Frame) -> None:
        target = self._target
        if target is None or not self.is_on(frame) or frame.playing or frame.step < target:
            return
        self._target = None
        self.reached.emit(frame)
