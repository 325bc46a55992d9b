"""The popover with the numbers of the start and of the domain, each in a field."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.language.types import Bounds, Point
from gui.session.session import Session
from gui.widgets.numbers.number_field import NumberField
from gui.widgets.numbers.range_popover import range_mistake
from gui.widgets.popover import Popover

WIDTH_PX, FIELD_PX, MARGIN_PX, GAP_PX = 300, 96, 12, 8
EXPLANATION = (
    "Ctrl and click in either view places the start as well. Ctrl+D makes the part that the contour view shows the "
    "domain, Ctrl+Shift+D brings the landscape's own back."
)
AXES = ("x", "y")


class PlacePopover(Popover):
    """Fields for the start's x and y, and for both ends of x and y in the domain; they change the session at once.

    Attributes
    ----------
    start : (NumberField, NumberField)
        x and y.
    domain : ((NumberField, NumberField), (NumberField, NumberField))
        The low and the high end of x, and of y.
    """

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self._session = session
        self.start = tuple(NumberField(f"{axis} of the start", FIELD_PX) for axis in AXES)
        self.domain = tuple(
            tuple(NumberField(f"The {end} {axis}", FIELD_PX, keeps_refused=True) for end in ("lowest", "highest"))
            for axis in AXES
        )
        self.message, explanation = QLabel(), QLabel(EXPLANATION)
        self.message.setObjectName("error")
        explanation.setObjectName("muted")
        for words in (self.message, explanation):
            words.setWordWrap(True)
        self.message.hide()
        self.reset = QPushButton("Reset the domain")
        self.reset.setToolTip("Show the part that the landscape itself asks for (Ctrl+Shift+D)")
        self.reset.clicked.connect(self._reset)
        self._arrange(explanation)
        self._connect()
        self._show_start()
        self._show_domain()

    def _arrange(self, explanation: QLabel) -> None:
        heading = QLabel("START AND DOMAIN")
        heading.setObjectName("heading")
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setVerticalSpacing(GAP_PX)
        layout.addWidget(heading, 0, 0, 1, 4)
        across, up = self.domain
        lines = (("start", self.start, "and"), ("x from", across, "to"), ("y from", up, "to"))
        for row, (name, fields, between) in enumerate(lines, 1):
            for column, widget in enumerate((QLabel(name), fields[0], QLabel(between), fields[1])):
                layout.addWidget(widget, row, column)
        for part in (self.message, explanation, self.reset):
            layout.addWidget(part, layout.rowCount(), 0, 1, 4)

    def _connect(self) -> None:
        for field in self.start:
            field.entered.connect(self._take_start)
            field.refused.connect(self._say)
        for field in (field for ends in self.domain for field in ends):
            field.entered.connect(self._take_domain)
            field.refused.connect(self._take_domain)
        self._session.start_changed.connect(self._show_start)
        self._session.bounds_changed.connect(self._show_domain)

    def _show_start(self) -> None:
        for field, value in zip(self.start, self._session.start, strict=True):
            field.show_value(value)

    def _show_domain(self) -> None:
        for fields, ends in zip(self.domain, self._session.bounds, strict=True):
            for field, end in zip(fields, ends, strict=True):
                field.show_value(end)

    def _take_start(self) -> None:
        x, y = (field.value for field in self.start)
        self._session.set_start(x, y)

    def _take_domain(self) -> None:
        """Show the part of the plane that the fields describe, or say why there is none."""
        (x0, x1), (y0, y1) = ([field.value for field in fields] for fields in self.domain)
        mistakes = [field.mistake for fields in self.domain for field in fields]
        mistakes += [_mistake_of(axis, ends) for axis, ends in zip(AXES, ((x0, x1), (y0, y1)), strict=True)]
        self._say(next(filter(None, mistakes), ""))
        if not any(mistakes) and ((x0, x1), (y0, y1)) != self._session.bounds:
            self._session.set_bounds(((x0, x1), (y0, y1)))

    def _reset(self) -> None:
        for field in (field for ends in self.domain for field in ends):
            field.discard()
        self._session.set_bounds(self._session.domain)
        self._say("")

    def _say(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.take_room()


def start_text(start: Point) -> str:
    """Return the start in a few signs."""
    return "start {:.3g}, {:.3g}".format(*start).replace("-", "−")


def domain_text(bounds: Bounds) -> str:
    """Return the domain in a few signs."""
    return "domain x {:.3g} … {:.3g}, y {:.3g} … {:.3g}".format(*bounds[0], *bounds[1]).replace("-", "−")


def _mistake_of(axis: str, ends: tuple[float, float]) -> str:
    """Return why a domain cannot have these ends of an axis, as a sentence; "" where it can."""
    mistake = range_mistake(*ends, log=False)
    return f"{axis}: {mistake}" if mistake else ""
