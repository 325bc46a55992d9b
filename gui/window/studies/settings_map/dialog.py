"""The window with a map of two settings of a racer, or with the curves of one setting of all racers."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from engine.language.errors import FormulaError
from gui.look.offscreen import pixel_ratio
from gui.look.theme import Theme
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.session.study_choices import AxisChoice
from gui.views.curves.number_axes import plain_text
from gui.views.studies.setting_curves import SettingCurves
from gui.views.studies.settings_view import Axes, MapImage, SettingsView
from gui.window.controller import Controller
from gui.window.studies.fields import Mistake
from gui.window.studies.settings_map.controls import CURVE, MapControls
from gui.window.studies.settings_map.curves import curves_of
from gui.window.studies.settings_map.map_work import MapWork
from gui.window.studies.settings_map.numbers import Number, axes_of, chosen_axis, drawn_axis, numbers_of
from gui.window.studies.settings_map.painting import Drawn, Look
from gui.window.studies.settings_map.request import Request
from gui.window.studies.settings_map.words import border_words, pointer_words
from gui.window.studies.study_dialog import StudyDialog
from gui.window.studies.study_ground import StudyGround, ground_of_session

SIZE, GAP_PX = QSize(760, 780), 8
CELL_PX, MOST_CELLS, CURVE_CELLS = 2, 320, 256
"""The side of a cell on the screen, the most cells along a side, and the values of a curve."""
SOON_MS = 10
NO_RACER = "There is no racer whose settings could be mapped."
ONE_NUMBER = "A map has two axes, and there are not two numbers: neither of this racer nor of the formula."
NOBODY_HAS_IT = 'No racer has a "{}".'
TOO_NEAR = "this is as deep as the map goes, because float64 tells no nearer settings apart."


class SettingsMapDialog(StudyDialog):
    """A window that stays open beside the race."""

    def __init__(self, parent: QWidget, session: Session, controller: Controller, theme: Theme) -> None:
        super().__init__(parent, "Map of settings", SIZE, GAP_PX)
        self._session, self._controller, self.theme = session, controller, theme
        self.work, self.controls = MapWork(), MapControls(session)
        self.view, self.curves = SettingsView(theme), SettingCurves(theme)
        # Another size of the map would be another map, to be computed anew.
        self.mistake = Mistake(keeps_room=True)
        self.readout, self.border, self.best = QLabel(), QLabel(), QLabel()
        self.use = QPushButton("Go to the best")
        self.numbers: dict[str, Number] = {}
        self.racer: RacerChoice | None = None
        self.axes: tuple[AxisChoice, ...] = ()
        self.drawn: Drawn | None = None
        self._asked: object = None
        self._deepest: tuple[AxisChoice, ...] = ()
        self._depth = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.follow)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.curves)
        self.use.setAutoDefault(False)
        for label in (self.readout, self.border):
            label.setObjectName("muted")
            label.setWordWrap(True)
        below = QHBoxLayout()
        below.addWidget(self.best, 1)
        below.addWidget(self.use)
        layout = self.column
        for part in (self.controls, self.mistake):
            layout.addWidget(part)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.readout)
        layout.addLayout(below)
        layout.addWidget(self.border)

    def _connect(self) -> None:
        self.work.arrived.connect(self._show_drawn)
        self.work.refused.connect(self.mistake.say)
        self.controls.refused.connect(self.mistake.say)
        self.view.axes_asked.connect(self._zoom)
        self.view.whole_asked.connect(self._show_whole)
        self.view.cross_moved.connect(self._use)
        self.view.pointed.connect(self._read)
        self.view.resized.connect(self._soon.start)
        self.use.clicked.connect(self._go_to_best)
        self._session.changed.connect(self._soon.start)
        # A typed formula can be drawn some time after it was typed, and then the frame has its parameters.
        self._controller.frame_ready.connect(self._look)

    def open_map(self) -> None:
        """Show the window."""
        self.appear(self.view)
        self.follow()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self.theme = theme
        self.view.set_theme(theme)
        self.curves.set_theme(theme)
        self._soon.start()
        self._paint_again()

    def end(self) -> None:
        """Leave what is under way, and close."""
        self.work.end()
        self.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Compute nothing for a window that is not seen."""
        super().hideEvent(event)
        self.work.leave()
        self._asked = None

    @property
    def up_to_date(self) -> bool:
        """Whether what is shown is whole, and of the newest choices."""
        return not self._soon.isActive() and not self.work.under_way

    def follow(self) -> None:
        """Show what the session has chosen, and have it computed where that is another map."""
        if not self.isVisible():
            return
        try:
            ground = ground_of_session(self._session, self._controller.functions)
            request = self._request(ground)
        except FormulaError as error:
            self.mistake.say(str(error))
            return
        asked = self._identity(request)
        if asked == self._asked:
            self._show_cross()
            return
        self._asked = asked
        self.mistake.say(self._depth if self.axes == self._deepest else "")
        self.work.begin(request, self._look_now)

    def _request(self, ground: StudyGround) -> Request:
        """Show what is chosen in the controls and the axes; return it.

        Raises
        ------
        FormulaError
            Where there is nothing to be computed.
        """
        choice, racers = self._session.settings_map, self._session.racers
        if not racers:
            raise FormulaError(NO_RACER)
        self.racer = next((racer for racer in racers if racer.name == choice.racer), racers[0])
        self.numbers = numbers_of(self._session, self.racer, self._parameters)
        self.axes = axes_of(choice, self.numbers)
        self.controls.show_choice(self.racer.name, self.axes, self.numbers)
        is_curve = choice.kind == CURVE
        self.stack.setCurrentWidget(self.curves if is_curve else self.view)
        for part in (self.use, self.best, self.readout, self.border):
            part.setVisible(not is_curve)
        return self._curve_request(ground) if is_curve else self._map_request(ground, self.racer)

    def _map_request(self, ground: StudyGround, racer: RacerChoice) -> Request:
        if len(self.axes) < 2:
            raise FormulaError(ONE_NUMBER)
        choice, rect = self._session.settings_map, self.view.plot_rect
        axes = drawn_axis(self.axes[0]), drawn_axis(self.axes[1])
        self.view.show_axes(*axes)
        self._show_cross()
        width, height = (min(max(round(side / CELL_PX), 16), MOST_CELLS) for side in (rect.width(), rect.height()))
        return Request(ground, (racer,), axes, (width, height), choice.steps, choice.goal)

    def _curve_request(self, ground: StudyGround) -> Request:
        choice, name = self._session.settings_map, self.axes[0].name
        own = self.numbers[name].name
        racers = tuple(racer for racer in self._session.racers if own in racer.values)
        if self.numbers[name].is_parameter:
            racers = tuple(self._session.racers)
        if not racers:
            raise FormulaError(NOBODY_HAS_IT.format(own))
        return Request(ground, racers, (drawn_axis(self.axes[0]),), (CURVE_CELLS, 1), choice.steps, choice.goal)

    @property
    def _parameters(self) -> dict[str, float]:
        """The parameters of the formula that is raced on."""
        frame = self._controller.runner.latest()
        return dict(frame.formula.parameters) if frame is not None else {}

    @property
    def _look_now(self) -> Look:
        rect, ratio = self.view.plot_rect, pixel_ratio(self.view)
        pixels = round(rect.width() * ratio), round(rect.height() * ratio)
        return Look(self._session.settings_map.result, self.theme, pixels, ratio)

    def _identity(self, request: Request) -> object:
        """Return what tells two requests apart: everything but the values of the axes' own numbers, and the colours."""
        ground, own = request.ground, [self.numbers[axis.name] for axis in self.axes[: len(request.axes)]]
        ours = {number.name for number in own if not number.is_parameter}
        theirs = {number.name for number in own if number.is_parameter and len(request.axes) > 1}
        racers = [
            (racer.key, racer.optimizer, racer.rule, id(racer.function), _without(racer.values, ours),
             (racer.name, racer.colour, racer.values) if len(request.axes) < 2 else None)
            for racer in request.racers
        ]  # fmt: skip
        plain = (
            ground.formula, _without(ground.parameters, theirs), id(ground.data), ground.transform, id(ground.function),
            ground.start, ground.batch, ground.randomness,
        )  # fmt: skip
        return plain, racers, request.axes, request.cells, request.steps, request.goal, self._look_now

    def _look(self) -> None:
        """Follow a formula that can be drawn now."""
        if self.isVisible() and list(self._parameters) != [n.name for n in self.numbers.values() if n.is_parameter]:
            self._soon.start()

    def _show_cross(self) -> None:
        if len(self.axes) == 2:
            x, y = (self.numbers[axis.name].value for axis in self.axes)
            self.view.show_cross((x, y))

    def _show_drawn(self, drawn: Drawn) -> None:
        self.drawn, request = drawn, drawn.request
        self.controls.show_goal(drawn.stage.goal)
        if len(request.axes) < 2:
            self.curves.show_curves(*curves_of(drawn.stage, self.theme))
            return
        best = (drawn.best.x, drawn.best.y) if drawn.best is not None else None
        self.view.show_map(MapImage(drawn.image, (request.axes[0], request.axes[1])), best)
        self.use.setEnabled(best is not None)
        self.border.setText(border_words(drawn))
        if not self.view.underMouse():
            self._read(None)
        if drawn.best is None:
            self.best.setText("Every racer diverges here.")
            return
        names = [axis.name for axis in request.axes]
        x, y, loss = (plain_text(number) for number in (drawn.best.x, drawn.best.y, drawn.best.loss))
        self.best.setText(f"Best: {names[0]} {x}, {names[1]} {y}: loss {loss}")

    def _paint_again(self) -> None:
        if self.drawn is not None and len(self.drawn.request.axes) < 2:
            self.curves.show_curves(*curves_of(self.drawn.stage, self.theme))

    def _read(self, values: tuple[float, float] | None) -> None:
        self.readout.setText(pointer_words(self.drawn, values, self._session.settings_map.result))

    def _zoom(self, axes: Axes) -> None:
        """Show other parts of the axes, as far as float64 can tell their cells apart."""
        cells = self.drawn.request.cells if self.drawn is not None else (MOST_CELLS, MOST_CELLS)
        for axis, count in zip(axes, cells, strict=True):
            values = axis.middles(count)
            if not (axis.low < axis.high and (values[1:] > values[:-1]).all()):
                self._deepest, self._depth = self._session.settings_map.axes, f"{axis.name}: {TOO_NEAR}"
                self.mistake.say(self._depth)
                return
        self.mistake.say("")
        # At once: the next notch of the wheel may come before the session is followed.
        self.view.show_axes(*axes)
        self._session.set_settings_map(axes=tuple(map(chosen_axis, axes)), racer=self.racer.name if self.racer else "")

    def _show_whole(self) -> None:
        self._session.set_settings_map(axes=tuple(self.numbers[axis.name].first for axis in self.axes))

    def _use(self, x: float, y: float) -> None:
        """Race with these settings."""
        for axis, value in zip(self.axes, (x, y), strict=True):
            number = self.numbers[axis.name]
            if number.is_parameter:
                self._session.set_parameter(number.name, value)
            elif self.racer is not None:
                self._session.set_hyperparameter(self.racer.key, number.name, value)

    def _go_to_best(self) -> None:
        if self.drawn is not None and self.drawn.best is not None:
            self._use(self.drawn.best.x, self.drawn.best.y)


def _without(values: Mapping[str, float], names: Collection[str]) -> dict[str, float]:
    return {name: value for name, value in values.items() if name not in names}
