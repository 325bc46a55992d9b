"""A field for one number, read as the formula bar reads it; every field of the window that takes a number is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from engine.language.errors import FormulaError
from engine.loss.number_text import quoted, read_number, read_whole
from landscapes.landscape import Range

WRONG = "wrong"
"""The property by which the style sheet knows a field whose text was refused."""


class NumberField(QLineEdit):
    """Shows a number and takes another.

    `entered` tells a number that was typed.  `refused` tells, in a sentence, why a text is none, and "" once that is
    over; the number stays what it was, and undo brings the text back.

    Parameters
    ----------
    subject
        What the number is, as a sentence begins.
    written
        How a number is shown; the language must be able to read it.
    limits
        The least and the largest number that is taken; None for any finite one.
    unit
        What the number counts, as it stands behind the limits.
    keeps_refused
        Whether a refused text stays in the field: where a number is nothing without another one beside it.
    """

    entered = Signal(float)
    refused = Signal(str)

    def __init__(
        self,
        subject: str,
        width: int,
        written: Callable[[float], str] = "{:.5g}".format,
        whole: bool = False,
        limits: Callable[[], Range] | None = None,
        unit: str = "",
        keeps_refused: bool = False,
    ) -> None:
        super().__init__()
        self._subject, self._unit = subject, unit
        self._written, self._whole, self._limits, self._keeps_refused = written, whole, limits, keeps_refused
        self.value = 0.0
        self.mistake = ""
        self._shown = ""
        self.setAccessibleName(subject)
        self.setFixedWidth(width)
        self.editingFinished.connect(self._read)

    def show_value(self, value: float) -> None:
        """Show a number, but not in the place of what is being typed."""
        typing = self.hasFocus() and self.text() != self._shown
        self.value, self._shown = value, self._written(value)
        if not typing and self.text() != self._shown:
            self.setText(self._shown)

    def give_up(self) -> None:
        """Show the number in the place of what was typed."""
        self._tell("")
        self._put_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up what was typed; where nothing was, it closes what the field stands in."""
        if event.key() == Qt.Key.Key_Escape and (self.mistake or self.text() != self._shown):
            self.give_up()
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        """Take what was typed; a number that was only looked at is not rounded to what is shown of it."""
        text = self.text()
        if text == self._shown:
            if self._keeps_refused:
                self._tell("")
            return
        try:
            value = self._number(text)
        except FormulaError as error:
            self._tell(f"{self._wanted}, not {quoted(text)}. {error}".strip())
            if not self._keeps_refused:
                self._put_back()
            return
        self._tell("")
        self.value, self._shown = value, self._written(value)
        self._put_back()
        self.entered.emit(value)

    def _number(self, text: str) -> float:
        value = float(read_whole(text) if self._whole else read_number(text))
        if self._limits is not None:
            low, high = self._limits()
            if not low <= value <= high:
                raise FormulaError("")
        return value

    @property
    def _wanted(self) -> str:
        """Return what the field takes, without the end of the sentence."""
        wanted = f"{self._subject} must be a {'whole' if self._whole else 'finite'} number"
        if self._limits is not None:
            wanted += " from {:,.10g} to {:,.10g}".format(*self._limits())
        return f"{wanted} {self._unit}".rstrip()

    def _put_back(self) -> None:
        # Not by setText, which would forget what was typed.
        if self.text() != self._shown:
            self.selectAll()
            self.insert(self._shown)

    def _tell(self, mistake: str) -> None:
        told, self.mistake = bool(mistake or self.mistake), mistake
        if told:
            self.setProperty(WRONG, bool(mistake))
            self.style().polish(self)
            self.refused.emit(mistake)
