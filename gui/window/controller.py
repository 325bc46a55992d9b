"""Passes what the session holds on to the runner, and the runner's frames on to the views; no widgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from engine.live.commands import (
    DrawQuantity,
    Pause,
    Play,
    ReplayRace,
    ReturnToStood,
    SetBatch,
    SetBounds,
    SetData,
    SetFinish,
    SetFormula,
    SetHeight,
    SetHyperparameter,
    SetLoss,
    SetParameter,
    SetRacers,
    SetRandomness,
    SetSpeed,
    SetStart,
    SetTransform,
    TimeSteps,
)
from engine.live.frame import FormulaState
from engine.live.race_log import RaceLog
from engine.live.racer_settings import RacerSettings
from engine.live.runner import Runner
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.own.function_location import FunctionLocation
from gui.files.function_loader import FunctionLoader
from gui.landscape.data.table_fetch import TableFetch
from gui.look.theme import FRAME_INTERVAL_MS, LOOK_INTERVAL_MS
from gui.session.choices import Choices, RacerChoice
from gui.session.session import Session

MISTAKE_MS = 500
"""A mistake that stands for so long is not one on the way to what is being typed."""
LONGEST_DRAWING_MS = 100
"""A race shows another frame after so long, though the views are still drawing the last one."""
SIGN_MS = 300
"""What takes longer shows that it is under way."""


class Controller(QObject):
    """Posts a command for every choice, and emits every new frame.

    Attributes
    ----------
    frame_ready : signal of Frame
    waiting : signal of bool
        Whether the runner has been at something for so long that a person should see that it works.
    is_drawing : callable
        Returns whether the views are still drawing the last frame, so that another one would only be in their way.
    """

    frame_ready = Signal(object)
    waiting = Signal(bool)

    def __init__(self, session: Session, functions: FunctionLoader | None = None) -> None:
        super().__init__()
        self.session = session
        self.functions = functions or FunctionLoader()
        self.is_drawing: Callable[[], bool] = lambda: False
        self.runner = Runner()
        self.rows = TableFetch(session)
        self._before_function: Choices | None = None
        self._log: RaceLog | None = None
        self._drawn = DrawQuantity("", frozenset())
        self._log_request = 0
        self._fallback = ""
        self._shown = self._answered = 0
        self._since_shown, self._since_answer = QElapsedTimer(), QElapsedTimer()
        self._since_shown.start()
        self._since_answer.start()
        self._newest_answer, self._waits = 0, False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        self._mistake = QTimer(self, singleShot=True, interval=MISTAKE_MS)
        self._mistake.timeout.connect(self._return_to_stood)
        self._mistaken = 0
        self._note_formula()
        self._connect()

    def _connect(self) -> None:
        """Follow the session; by methods alone, since a lambda would keep the controller for as long as the session."""
        session = self.session
        self.rows.fetched.connect(self._send_fetched)
        session.changed.connect(self._note_formula)
        session.landscape_chosen.connect(self._expect_landscape)
        session.formula_changed.connect(self._send_formula)
        session.parameter_changed.connect(self._send_parameter)
        session.racers_changed.connect(self._send_racers)
        session.rule_changed.connect(self._send_racers)
        session.hyperparameter_changed.connect(self._send_hyperparameter)
        session.start_changed.connect(self._send_start)
        session.transform_changed.connect(self._send_transform)
        session.bounds_changed.connect(self._send_bounds)
        session.height_changed.connect(self._send_height)
        session.data_changed.connect(self._send_data)
        session.batch_changed.connect(self._send_batch)
        session.randomness_changed.connect(self._send_randomness)
        session.speed_changed.connect(self._send_speed)
        session.finish_changed.connect(self._send_finish)
        for changed in (session.chart_changed, session.looks_changed, session.racers_changed):
            changed.connect(self._send_quantity)

    def begin(self) -> None:
        """Send everything that was chosen, and start."""
        self._send_racers()
        self._send_height()
        self._send_randomness()
        self._send_batch()
        # There is no picture without a formula that can be drawn: the text as it stands follows the first frame.
        self._send_formula(self.session.good_formula)
        self._send_speed()
        self._send_finish()
        self._send_quantity()
        self.runner.start()
        self._timer.start()

    def end(self) -> None:
        """Stop the runner."""
        self._timer.stop()
        self._mistake.stop()
        self.rows.end()
        self.functions.cancel_all()
        self.runner.stop()

    def toggle(self) -> None:
        """Play, or pause."""
        frame = self.runner.latest()
        if frame is not None and frame.playing:
            self.runner.post(Pause())
        else:
            self.runner.post(Play())

    def time_steps(self, key: int) -> None:
        """Measure how long a step of the racer with this key takes."""
        self.runner.post(TimeSteps(key))

    def repeat(self, log: RaceLog) -> None:
        """Repeat the race of a log with the racers of the session, once its rows are there."""
        self._log, self._log_request = log, 0
        if self._timer.isActive():
            self._send_formula()

    def race_log(self) -> RaceLog | None:
        """Return how the race came to its step; None where no file can hold it."""
        frame = self.runner.latest()
        if self._log is not None and (not self._log_request or frame is None or frame.answered < self._log_request):
            return self._log
        return frame.log if frame is not None else None

    def leave_function(self) -> None:
        """Go back from a Python function to the formula before it, as it was shown and set."""
        if self._before_function is not None:
            self.session.return_to(self._before_function)
        else:
            self.session.leave_function()

    def _note_formula(self) -> None:
        """Remember the choices that a Python function takes the place of, to go back to them."""
        if self.session.function is None:
            self._before_function = self.session.choices()

    def _expect_landscape(self) -> None:
        """Have the next formula replaced by the last good one where it is wrong: the race is on another landscape."""
        self._fallback = self.session.good_formula

    def _send_formula(self, text: str | None = None) -> None:
        session = self.session
        if session.function is not None and self._send_function(session.function):
            return
        self.functions.cancel_losses()
        if not self.rows.ask():
            return
        text = session.formula if text is None else text
        if self._log is not None and not self._log_request:
            self._send_log(self._log)
            if text == session.good_formula:
                return
        self.runner.post(self._formula(text))

    def _send_log(self, log: RaceLog) -> None:
        """Have a race repeated on the last text that could be drawn: a half-typed one has no race."""
        session = self.session
        racers = tuple(map(settings_of, session.racers))
        formula = self._formula(session.good_formula)
        self._log_request = self.runner.post(ReplayRace(formula, racers, session.randomness, session.batch, log))

    def _formula(self, text: str) -> SetFormula:
        session = self.session
        bounds, parameters, start = session.bounds, dict(session.parameters), session.start
        minima, fallback, self._fallback = tuple(session.minima), self._fallback, ""
        typed = not session.landscape
        return SetFormula(text, bounds, parameters, start, session.transform, session.data, minima, typed, fallback)

    def _send_function(self, place: FunctionLocation) -> bool:
        """Race on a Python function, and return whether it could be done.

        A function whose file was not run since the program started gives way to the formula behind it, and is offered.
        """
        session, loss = self.session, self.functions.loss(place)
        if loss is None:
            self.functions.offered.emit(place)
            session.leave_function()
            return False
        bounds, parameters, start = session.bounds, dict(session.parameters), session.start
        self.runner.post(SetLoss(loss, bounds, parameters, start, session.transform))
        return True

    def _send_fetched(self) -> None:
        self._send_formula(None if self._shown else self.session.good_formula)

    def _send_parameter(self, name: str, value: float) -> None:
        self.runner.post(SetParameter(name, value))

    def _send_data(self) -> None:
        if self.session.data is not None and not self.rows.is_pending:
            self.runner.post(SetData(self.session.data))

    def _send_batch(self) -> None:
        self.runner.post(SetBatch(self.session.batch))

    def _send_start(self) -> None:
        self.runner.post(SetStart(*self.session.start))

    def _send_transform(self) -> None:
        self.runner.post(SetTransform(self.session.transform, self.session.start))

    def _send_bounds(self) -> None:
        self.runner.post(SetBounds(self.session.bounds))

    def _send_height(self) -> None:
        self.runner.post(SetHeight(self.session.height))

    def _send_racers(self) -> None:
        self.runner.post(SetRacers(tuple(settings_of(racer) for racer in self.session.racers)))

    def _send_hyperparameter(self, key: int, name: str, value: float) -> None:
        self.runner.post(SetHyperparameter(key, name, value))

    def _send_randomness(self) -> None:
        self.runner.post(SetRandomness(self.session.randomness))

    def _send_speed(self) -> None:
        self.runner.post(SetSpeed(self.session.speed))

    def _send_finish(self) -> None:
        self.runner.post(SetFinish(self.session.finish))

    def _send_quantity(self) -> None:
        quantity = self.session.quantity
        drawn = DrawQuantity(
            quantity, frozenset(racer.key for racer in self.session.racers if racer.visible and quantity)
        )
        if drawn != self._drawn:
            self._drawn = drawn
            self.runner.post(drawn)

    def _look(self) -> None:
        frame = self.runner.latest()
        self._follow_answers(frame.answered if frame is not None else 0)
        if frame is None or frame.number == self._shown:
            return
        # What somebody did is shown at once; a race that only goes on keeps the rhythm of the screen and of the views.
        if frame.answered != self._answered or self._is_time():
            own = self.session.function is not None
            if self._shown == 0 and not own and self.session.formula != frame.formula.text:
                self._send_formula()
            self._shown, self._answered = frame.number, frame.answered
            self._since_shown.start()
            self._wait_on_mistake(frame.formula)
            if not self.rows.is_pending and frame.formula.text:
                self.session.good_formula = frame.formula.text
            self.frame_ready.emit(frame)

    def _is_time(self) -> bool:
        """Return whether a race that goes on may show another frame."""
        elapsed = self._since_shown.elapsed()
        return elapsed >= FRAME_INTERVAL_MS and (elapsed >= LONGEST_DRAWING_MS or not self.is_drawing())

    def _wait_on_mistake(self, formula: FormulaState) -> None:
        """Bring the landscape before a mistake back if the mistake stands and what came just before did not."""
        if formula.error is None:
            self._mistake.stop()
        elif formula.request != self._mistaken:
            self._mistaken = formula.request
            self._mistake.start()

    def _return_to_stood(self) -> None:
        self.runner.post(ReturnToStood())

    def _follow_answers(self, answer: int) -> None:
        """Emit `waiting` when the newest command has waited for long, and when the runner has carried it out."""
        if answer != self._newest_answer or answer == self.runner.newest_request:
            self._newest_answer = answer
            self._since_answer.restart()
        waits = self._since_answer.elapsed() > SIGN_MS
        if waits != self._waits:
            self._waits = waits
            self.waiting.emit(waits)


def settings_of(racer: RacerChoice) -> RacerSettings:
    """Return what the runner needs to know of a racer."""
    function = racer.function if isinstance(racer.function, FunctionOptimizer) else None
    return RacerSettings(racer.key, racer.optimizer, racer.values, racer.rule, function)
