"""Everything that goes round one racer's rule: a block for each wrapper and schedule, in the order of its name."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.optimizers.racer_modifiers import delay_of, modifiers_of
from gui.look.theme import Theme
from gui.racers.modifiers.block import ModifierBlock
from gui.session.session import Session

GAP_PX = 8


class ModifierStack(QWidget):
    """The parts of a racer; hidden while there are none."""

    def __init__(self, session: Session, key: int, theme: Theme) -> None:
        super().__init__()
        self._session, self._key, self._theme = session, key, theme
        self.blocks: list[ModifierBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP_PX // 2, 0, 0)
        self._column.setSpacing(GAP_PX)
        session.hyperparameter_changed.connect(self._follow_value)
        self.show_parts()

    def show_parts(self) -> None:
        """Show what goes round the racer now; blocks of parts that stay remain, so that what is being typed stays."""
        racer = self._session.racer(self._key)
        parts = modifiers_of(racer.optimizer, racer.entry.hyperparameters)
        if [part.word for part in parts] != [block.word for block in self.blocks]:
            for block in self.blocks:
                self._column.removeWidget(block)
                block.hide()
                block.deleteLater()
            self.blocks = [
                ModifierBlock(self._session, self._key, *numbered, self._theme) for numbered in enumerate(parts)
            ]
            for block in self.blocks:
                self._column.addWidget(block)
        for number, (block, part) in enumerate(zip(self.blocks, parts, strict=True)):
            block.show_part(part, delay_of(number, parts, racer.values))
        self.setVisible(bool(parts))

    def show_colour(self, colour: str) -> None:
        """Give the dots the racer's colour."""
        for block in self.blocks:
            block.line.show_colour(colour)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for block in self.blocks:
            block.set_theme(theme)

    def show_step(self, step: int) -> None:
        """Put the dots of all schedules where the race is."""
        for block in self.blocks:
            block.show_step(step)

    def _follow_value(self, key: int, name: str) -> None:
        """Draw the schedules anew: one may wait for another."""
        if key == self._key and self.blocks:
            self.show_parts()
