"""What is known of a racer's optimizer: its paper, what it is held against, and the settings that are known for it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import FunctionOptimizer
from engine.optimizers.racer_modifiers import core_of
from engine.optimizers.racer_text import modifiers_in
from gui.racers.optimizer_words import description, function_description, page, proof_of, told
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.widgets.popover import Popover

WIDTH_PX, MARGIN_PX, GAP_PX = 340, 12, 8
EDITED = "Its rule was edited: it follows nothing but its own text."
ALONE = "That holds for the rule alone, with nothing round it."
SETTINGS = {
    "For two coordinates": "Settings that make visible progress on landscapes of two coordinates",
    "As published": "The defaults that its source gives, made for many coordinates",
}
FUNCTION_SETTINGS = {"As in its file": "The defaults of the function's arguments"}


class RacerDetails(Popover):
    """A page of text, and beneath it buttons that set the hyperparameters of the rule."""

    def __init__(self, owner: QWidget, session: Session, key: int) -> None:
        super().__init__(owner)
        self._session, self._key = session, key
        racer = session.racer(key)
        self.text = QLabel(told_of(racer))
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
        words, known_settings = SETTINGS, (racer.suited, racer.published)
        if isinstance(racer.function, FunctionOptimizer):
            words, known_settings = FUNCTION_SETTINGS, (racer.published,)
        self._known = known_settings
        self.settings = [
            QPushButton(name, checkable=True, autoDefault=False, toolTip=f"{tip}:\n{told(known)}")
            for (name, tip), known in zip(words.items(), known_settings, strict=True)
        ]
        for column, (button, known) in enumerate(zip(self.settings, known_settings, strict=True), 1):
            button.clicked.connect(lambda _, known=known: self._take(known))
            layout.addWidget(button, 1, column)
        self._show_settings()

    def _take(self, known: Mapping[str, float]) -> None:
        self._session.take_settings(self._key, known)
        self._show_settings()

    def _show_settings(self) -> None:
        """Show which of them the racer has now."""
        racer = self._session.racer(self._key)
        for button, known in zip(self.settings, self._known, strict=True):
            button.setChecked(racer.own_values == known)


def told_of(racer: RacerChoice) -> str:
    """Return what is known of a racer's optimizer, as rich text."""
    if isinstance(racer.function, FunctionOptimizer):
        return page(*function_description(racer.function))
    core = OPTIMIZERS[core_of(racer.optimizer)]
    if racer.rule:
        return page(*description(core, rule=False), EDITED)
    proof = proof_of(core)
    return page(*description(core, rule=False), f"{proof} {ALONE}" if modifiers_in(racer.optimizer) else proof)
