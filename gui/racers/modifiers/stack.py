"""The modifiers of one racer: a block for each, in the order in which the racer's name lists them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.optimizers.racer_modifiers import delay_of, modifiers_of
from gui.look.theme import Theme
from gui.racers.modifiers.block import ModifierBlock
from gui.session.session import Session

GAP_PX = 8


class ModifierStack(QWidget):
    """A block for each modifier; hidden while there is none."""

    def __init__(self, session: Session, key: int, theme: Theme) -> None:
        super().__init__()
        self._session, self._key, self._theme = session, key, theme
        self.blocks: list[ModifierBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP_PX // 2, 0, 0)
        self._column.setSpacing(GAP_PX)
        session.hyperparameter_changed.connect(self._follow_value)
        self.show_modifiers()

    def show_modifiers(self) -> None:
        """Show the racer's present modifiers; the blocks of the same words stay, with what is being typed."""
        racer = self._session.racer(self._key)
        modifiers = modifiers_of(racer.optimizer, racer.entry.hyperparameters)
        if [modifier.word for modifier in modifiers] != [block.word for block in self.blocks]:
            for block in self.blocks:
                self._column.removeWidget(block)
                block.hide()
                block.deleteLater()
            self.blocks = [
                ModifierBlock(self._session, self._key, *numbered, self._theme) for numbered in enumerate(modifiers)
            ]
            for block in self.blocks:
                self._column.addWidget(block)
        for number, (block, modifier) in enumerate(zip(self.blocks, modifiers, strict=True)):
            block.show_modifier(modifier, delay_of(number, modifiers, racer.values))
        self.setVisible(bool(modifiers))

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
        """Put the dots of all schedules at a step of the race."""
        for block in self.blocks:
            block.show_step(step)

    def _follow_value(self, key: int, name: str) -> None:
        """Draw all schedules again: the delay of one may be the hyperparameter of another."""
        if key == self._key and self.blocks:
            self.show_modifiers()
