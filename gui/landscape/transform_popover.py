"""The popover that turns, stretches and shifts the landscape, with a slider for each."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.language.errors import FormulaError
from engine.language.number_spec import NumberSpec
from engine.loss.transform import Transform
from gui.session.session import Session
from gui.widgets.numbers.value_slider import ValueSlider
from gui.widgets.popover import Popover

WIDTH_PX, MARGIN_PX, GAP_PX = 360, 12, 8
WIDEST_ANGLE, WIDEST_STRETCH = 180.0, 4.0
EXPLANATION = (
    "The start moves with the landscape, and the race runs again. A racer whose trail turns with it does not depend on "
    "the axes; one whose trail changes its shape treats x and y separately."
)


class TransformPopover(Popover):
    """The sliders of a transform, which change the session at once."""

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner)
        self.setFixedWidth(WIDTH_PX)
        self._session = session
        heading = QLabel("TURN, STRETCH, SHIFT")
        heading.setObjectName("heading")
        explanation = QLabel(EXPLANATION)
        explanation.setObjectName("muted")
        explanation.setWordWrap(True)
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        self.reset = QPushButton("Reset")
        self.reset.setToolTip("Show the landscape as its formula defines it")
        self.reset.clicked.connect(self._reset)
        values = _values(session.transform)
        self.sliders = {spec.name: ValueSlider(spec, values[spec.name]) for spec in _specs(session)}
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setVerticalSpacing(GAP_PX)
        for part in (heading, *self.sliders.values(), self.message, explanation, self.reset):
            layout.addWidget(part, layout.rowCount(), 0)
        session.transform_changed.connect(self._follow)
        for slider in self.sliders.values():
            slider.changed.connect(lambda _: self._take())
            slider.refused.connect(self._refuse)

    def _take(self) -> None:
        value = {name: slider.value for name, slider in self.sliders.items()}
        try:
            self._session.set_transform(value["angle"], value["stretch"], (value["shift x"], value["shift y"]))
        except FormulaError as error:
            self._refuse(error.message)
        else:
            self._refuse("")

    def _reset(self) -> None:
        for name, value in _values(Transform()).items():
            self.sliders[name].show_value(value)
        self._take()

    def _follow(self) -> None:
        for name, value in _values(self._session.transform).items():
            self.sliders[name].show_value(value)

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self.take_room()


def transform_text(transform: Transform) -> str:
    """Return a transform in a few signs, "" for the identity."""
    if transform.is_identity:
        return ""
    parts = [f"{transform.angle:g}°"] if transform.angle % 360.0 else []
    if transform.stretch != 1.0:
        parts.append(f"×{transform.stretch:.3g}")
    if transform.shift != (0.0, 0.0):
        parts.append("→ ({:.3g}, {:.3g})".format(*transform.shift))
    return "  ".join(parts).replace("-", "−")


def _values(transform: Transform) -> dict[str, float]:
    return {
        "angle": transform.angle,
        "stretch": transform.stretch,
        "shift x": transform.shift[0],
        "shift y": transform.shift[1],
    }


def _specs(session: Session) -> list[NumberSpec]:
    """Return what the sliders set; shifts reach half the width of the domain to either side."""
    (x0, x1), (y0, y1) = session.domain
    across, up = x1 / 2.0 - x0 / 2.0, y1 / 2.0 - y0 / 2.0
    about = "the middle of its domain"
    return [
        NumberSpec("angle", 0.0, -WIDEST_ANGLE, WIDEST_ANGLE, unit="degrees", help=f"anticlockwise about {about}"),
        NumberSpec("stretch", 1.0, 1.0 / WIDEST_STRETCH, WIDEST_STRETCH, "log",
                       help="times longer along its own x, and shorter along its own y"),
        NumberSpec("shift x", 0.0, -across, across, help="to the right"),
        NumberSpec("shift y", 0.0, -up, up, help="upwards"),
    ]  # fmt: skip
