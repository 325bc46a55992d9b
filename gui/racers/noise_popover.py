"""The noise popover: kind and size of the noise on all gradients, and the number of seeds that each racer runs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from engine.language.errors import FormulaError
from engine.language.number_spec import NumberSpec
from engine.race.randomness import MOST_SEEDS, NOISES, Randomness
from engine.rules.modifiers.wrappers import NOISE, WRAPPERS
from gui.session.session import Session
from gui.widgets.numbers.value_slider import ValueSlider
from gui.widgets.popover import Popover
from gui.widgets.wheel import ChoiceBox

WIDTH_PX = 340
NO_NOISE, NO_NOISE_SUMMARY = "No noise", "Every racer gets the exact gradient."
SEEDS = NumberSpec(
    "seeds",
    1.0,
    1.0,
    float(MOST_SEEDS),
    help="Runs of each racer; the loss curves show their median and the band that holds eight of ten",
    whole=True,
)
SEED = NumberSpec(
    "seed",
    0.0,
    0.0,
    1000.0,
    help="Determines all random numbers: the same seed gives the same race",
    whole=True,
)
SIZE_HELP = "Size of the noise"


class NoisePopover(Popover):
    """Controls of `Session.randomness`."""

    def __init__(self, owner: NoiseButton, session: Session) -> None:
        super().__init__(owner)
        self._session = session
        self.setFixedWidth(WIDTH_PX)
        self.kind = ChoiceBox()
        self.kind.setAccessibleName("Kind of noise")
        for name in ("", *NOISES):
            self.kind.addItem(noise_title(name), name)
        self.summary, self.message = QLabel(), QLabel()
        self.summary.setObjectName("muted")
        self.message.setObjectName("error")
        for label in (self.summary, self.message):
            label.setWordWrap(True)
        self.message.hide()
        randomness = session.randomness
        self.strength = ValueSlider(
            NumberSpec("size", NOISE.default, NOISE.low, NOISE.high, "log", help=SIZE_HELP), randomness.sigma
        )
        self.seeds = ValueSlider(SEEDS, float(randomness.seeds))
        self.seed = ValueSlider(SEED, float(randomness.seed))
        self.reset = QPushButton("No noise, one seed")
        self.reset.setToolTip("Every racer runs once, on exact gradients")
        self._arrange()
        self.kind.activated.connect(lambda: self._take(noise=self.kind.currentData()))
        self.strength.changed.connect(lambda value: self._take(sigma=value))
        self.seeds.changed.connect(lambda value: self._take(seeds=int(value)))
        self.seed.changed.connect(lambda value: self._take(seed=int(value)))
        self.reset.clicked.connect(lambda: self._take(**vars(Randomness())))
        for slider in (self.strength, self.seeds, self.seed):
            slider.refused.connect(self._refuse)
        session.randomness_changed.connect(self._follow)
        self._follow()

    def _arrange(self) -> None:
        heading, races_again = QLabel("Noise laboratory"), QLabel("Another seed restarts the race.")
        heading.setObjectName("heading")
        races_again.setObjectName("muted")
        layout = QVBoxLayout(self)
        for widget in (
            heading, self.kind, self.summary, self.strength, self.seeds, self.seed, races_again, self.message,
            self.reset,
        ):  # fmt: skip
            layout.addWidget(widget)

    def _take(self, **changes: Any) -> None:
        """Change fields of the session's `Randomness`."""
        try:
            self._session.set_randomness(**changes)
        except FormulaError as error:
            self._refuse(str(error))
            return
        self.message.hide()
        self.take_room()

    def _follow(self) -> None:
        randomness = self._session.randomness
        self.kind.setCurrentIndex(self.kind.findData(randomness.noise))
        self.summary.setText(WRAPPERS[randomness.noise].summary if randomness.noise else NO_NOISE_SUMMARY)
        self.strength.setEnabled(bool(randomness.noise))
        for slider, value in (
            (self.strength, randomness.sigma),
            (self.seeds, randomness.seeds),
            (self.seed, randomness.seed),
        ):
            slider.show_value(float(value))
        self.take_room()

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))
        self._follow()


class NoiseButton(QPushButton):
    """A button that says what is random, and opens the popover."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.clicked.connect(self.open_popover)
        session.randomness_changed.connect(self._follow)
        self._follow()

    def open_popover(self) -> NoisePopover:
        """Open the controls; return them."""
        popover = NoisePopover(self, self._session)
        popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popover.open(popover.kind)
        return popover

    def _follow(self) -> None:
        randomness = self._session.randomness
        parts = [f"noise {randomness.sigma:g}"] * bool(randomness.noise) + [f"{randomness.seeds} seeds"] * (
            randomness.seeds > 1
        )
        self.setText(", ".join(parts) or "Noise")
        title = noise_title(randomness.noise)
        self.setToolTip(f"Noise laboratory: {title[0].lower()}{title[1:]}, seeds of each racer: {randomness.seeds}")


def noise_title(name: str) -> str:
    """Return the words for a kind of noise, "" being none."""
    return name.replace("_", " ").replace("heavy ", "heavy-").capitalize() if name else NO_NOISE
