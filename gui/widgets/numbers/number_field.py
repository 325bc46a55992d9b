"""The field for a number, read as a formula is read; every number field of the window is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from engine.language.errors import FormulaError
from engine.loss.number_text import quoted, read_number, read_whole
from landscapes.landscape import Range

EDITING_LETTERS = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X)
"""With Ctrl they select all, copy, paste and cut."""
UNDOING_LETTERS = (Qt.Key.Key_Y, Qt.Key.Key_Z)
"""With Ctrl they redo and undo: in the field while a text is typed in it, or was refused; else in the window."""
WRONG = "wrong"
"""The property by which the style sheet knows a field whose text was refused."""


class NumberField(QLineEdit):
    """Shows a number and takes another.

    `entered` is emitted with a number that was typed, `refused` with a sentence that says why a text is none, and with
    "" once that is over.  The number stays what it was, and undo brings the refused text back.

    Parameters
    ----------
    subject
        What the number is, as the beginning of a sentence.
    written
        Formats a number; a formula must be able to contain the result.
    limits
        Returns the least and the largest number that is taken; None for any finite number.
    unit
        What the number counts; it stands behind the limits in a sentence.
    keeps_refused
        Whether a refused text stays in the field: for two fields that are only right together.
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
        self._put_refused_back = False
        self.setAccessibleName(subject)
        self.setFixedWidth(width)
        self.editingFinished.connect(self._read)

    def show_value(self, value: float) -> None:
        """Show a number, unless a text is being typed."""
        typing = self.hasFocus() and self.text() != self._shown
        self.value, self._shown = value, self._written(value)
        if not typing and self.text() != self._shown:
            self.setText(self._shown)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget what was refused: when the keyboard comes back, undo is the window's."""
        super().focusOutEvent(event)
        self._put_refused_back = False

    def discard(self) -> None:
        """Show the number instead of what was typed."""
        self._report("")
        self._put_back()

    def event(self, event: QEvent) -> bool:
        """Leave the window its shortcuts: Ctrl with a letter that edits no text, and Space before anything is typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves(event):
            event.ignore()
            return False
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        """Return whether a key is the window's, even where Qt knows another use of it in a field."""
        untouched = self.text() == self._shown
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            return untouched
        if event.key() in UNDOING_LETTERS and (not untouched or self._put_refused_back):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return control and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z and event.key() not in EDITING_LETTERS

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Discard what was typed on Escape; where nothing was, leave Escape to the popover around the field."""
        if event.key() == Qt.Key.Key_Escape and (self.mistake or self.text() != self._shown):
            self.discard()
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        """Take what was typed; an unchanged text is not read, since it may show the number rounded."""
        text = self.text()
        if text == self._shown:
            if self._keeps_refused:
                self._report("")
            return
        try:
            value = self._number(text)
        except FormulaError as error:
            self._report(f"{self._wanted}, not {quoted(text)}. {error}".strip())
            if not self._keeps_refused:
                self._put_back()
                self._put_refused_back = True
            return
        self._report("")
        self._put_refused_back = False
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
        """Return what the field takes, as the beginning of a sentence."""
        wanted = f"{self._subject} must be a {'whole' if self._whole else 'finite'} number"
        if self._limits is not None:
            wanted += " from {:,.10g} to {:,.10g}".format(*self._limits())
        return f"{wanted} {self._unit}".rstrip()

    def _put_back(self) -> None:
        # setText would clear the undo history, and with it what was typed.
        if self.text() != self._shown:
            self.selectAll()
            self.insert(self._shown)

    def _report(self, mistake: str) -> None:
        changed, self.mistake = bool(mistake or self.mistake), mistake
        if changed:
            self.setProperty(WRONG, bool(mistake))
            self.style().polish(self)
            self.refused.emit(mistake)
