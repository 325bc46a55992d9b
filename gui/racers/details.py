"""The details of a racer's optimizer: its paper, the implementation that it is tested against, and known settings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.racer_modifiers import core_of
from engine.optimizers.racer_text import modifiers_in
from gui.racers.optimizer_words import (
    description,
    edited_description,
    function_description,
    own_description,
    page,
    proof_of,
    settings_text,
)
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.widgets.popover import Popover

WIDTH_PX, MARGIN_PX, GAP_PX = 340, 12, 8
INSPECT_TIP = "Show its equations with the numbers of the current step"
ALONE = "That holds for the rule without its wrappers and schedules."
SETTINGS = {
    "For two coordinates": "Settings that make visible progress on landscapes of two coordinates",
    "As published": "The defaults that its source gives, made for many coordinates",
}
OWN_SETTINGS = {"At first": "The values with which the names of your rule began"}
FUNCTION_SETTINGS = {"As in its file": "The defaults of the function's arguments"}


class RacerDetails(Popover):
    """A page of text, beneath it buttons that set the rule's hyperparameters, and one that opens the inspector.

    `inspect_asked` is emitted when the steps of the racer are to be inspected.
    """

    inspect_asked = Signal()

    def __init__(self, owner: QWidget, session: Session, key: int) -> None:
        super().__init__(owner)
        self._session, self._key = session, key
        racer = session.racer(key)
        self.text = QLabel(details_of(racer))
        self.text.setWordWrap(True)
        self.text.setOpenExternalLinks(True)
        self.text.setFixedWidth(WIDTH_PX)
        heading = QLabel("Settings")
        heading.setObjectName("muted")
        layout = QGridLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(GAP_PX)
        layout.addWidget(self.text, 0, 0, 1, 3)
        layout.addWidget(heading, 1, 0)
        self._known: tuple[Mapping[str, float], ...] = (racer.suited, racer.published)
        names = SETTINGS
        if isinstance(racer.function, FunctionOptimizer):
            names, self._known = FUNCTION_SETTINGS, (racer.published,)
        elif racer.is_own_rule:
            names, self._known = OWN_SETTINGS, (racer.suited,)
        self.settings = [
            self._button(name, tip, known) for (name, tip), known in zip(names.items(), self._known, strict=True)
        ]
        for column, button in enumerate(self.settings, 1):
            layout.addWidget(button, 1, column)
        self.inspect = QPushButton("Inspect its steps")
        self.inspect.setAutoDefault(False)
        self.inspect.setToolTip(INSPECT_TIP)
        self.inspect.clicked.connect(self._inspect)
        layout.addWidget(self.inspect, 2, 1, 1, 2)
        self._show_settings()

    def _inspect(self) -> None:
        self.close()
        self.inspect_asked.emit()

    def _button(self, name: str, tip: str, known: Mapping[str, float]) -> QPushButton:
        button = QPushButton(name)
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setToolTip(f"{tip}:\n{settings_text(known)}")
        button.clicked.connect(lambda: self._take(known))
        return button

    def _take(self, known: Mapping[str, float]) -> None:
        self._session.take_settings(self._key, known)
        self._show_settings()

    def _show_settings(self) -> None:
        """Press the button of the settings that the racer has now."""
        racer = self._session.racer(self._key)
        for button, known in zip(self.settings, self._known, strict=True):
            button.setChecked(racer.own_values == known)


def details_of(racer: RacerChoice) -> str:
    """Return what is known of a racer's optimizer, as rich text."""
    if isinstance(racer.function, FunctionOptimizer):
        return page(*function_description(racer.function))
    core = OPTIMIZERS[core_of(racer.optimizer)]
    if racer.is_own_rule:
        return page(*own_description())
    if racer.rule:
        return page(*edited_description(core))
    proof = proof_of(core)
    return page(*description(core, rule=False), f"{proof} {ALONE}" if modifiers_in(racer.optimizer) else proof)
