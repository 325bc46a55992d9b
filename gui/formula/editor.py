"""The text in which a formula or a rule is typed: coloured, its brackets matched, its mistakes underlined."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QToolTip

from engine.language.display.outline import outline_of
from engine.language.errors import FormulaError
from engine.language.syntax.names import VARIABLES
from gui.formula.colours import FormulaColours
from gui.formula.places import from_qt, to_qt
from gui.look.theme import Theme

FRAME_PX = 18
"""Above and below the lines together."""
Selection = QTextEdit.ExtraSelection


@dataclass(frozen=True)
class Kind:
    """What may be typed.

    Attributes
    ----------
    name, tip, example : str
        What it is called, what it is, and what stands there while nothing does.
    rule : bool
        Whether it is a rule, as the language tells it from a formula.
    lines : int or None
        The most lines that are shown; None for as many as there is room for.
    variables : tuple of str
        What is given to a formula, which a rule is told otherwise.
    """

    name: str
    tip: str
    example: str
    rule: bool
    lines: int | None
    variables: tuple[str, ...] = VARIABLES


FORMULA = Kind("Formula", "A loss function of x and y; every other name becomes a slider", "x^2 + a*y^2", False, 3)
RULE = Kind(
    "Rule",
    "One step of an optimizer: w is where it stands, g the gradient there; every other name becomes a slider",
    "w = w - lr*g",
    True,
    None,
)


class FormulaEditor(QPlainTextEdit):
    """A formula or rule as text, with the mistakes that `show_errors` was given.

    `typed` tells a key's text once it is in.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, kind: Kind = FORMULA) -> None:
        super().__init__()
        self.kind = kind
        self.setAccessibleName(kind.name)
        self.setToolTip(kind.tip)
        self.setPlaceholderText(kind.example)
        self.setTabChangesFocus(True)
        # A wheel over it must not take the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._errors: Sequence[FormulaError] = ()
        self.columns: Collection[str] = ()
        self.colours = FormulaColours(self.document(), theme, kind.rule, kind.variables)
        self.cursorPositionChanged.connect(self._mark)
        if kind.lines is not None:
            self.document().documentLayout().documentSizeChanged.connect(lambda: self.fit(kind.lines))
            self.fit(kind.lines)

    def set_columns(self, columns: Collection[str]) -> None:
        """Take the names of the columns that the text may read."""
        self.columns = columns
        self.colours.set_columns(columns)

    @property
    def place(self) -> int:
        """Where the cursor stands, in characters."""
        return from_qt(self.toPlainText(), self.textCursor().position())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.colours.set_theme(theme)
        self._mark()

    def put(self, text: str) -> None:
        """Put `text` in the place of everything, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def put_at(self, start: int, end: int, text: str, back: int = 0) -> None:
        """Put `text` in the place of the characters from `start` to `end`, and the cursor `back` before its end."""
        cursor = self._cursor_over(start, end)
        cursor.insertText(text)
        cursor.setPosition(cursor.position() - back)
        self.setTextCursor(cursor)

    def fit(self, most: int) -> None:
        """Be as high as the text, up to so many lines; a long line takes several."""
        # A plain document counts its height in lines.
        lines = max(round(self.document().size().height()), 1)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * min(lines, most) + FRAME_PX)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > most else policy.ScrollBarAlwaysOff)

    def show_errors(self, errors: Sequence[FormulaError]) -> None:
        """Underline the place of each of `errors`; over it, its sentence comes up."""
        self._errors = errors
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and tell it."""
        super().keyPressEvent(event)
        self.typed.emit(event.text())

    def event(self, event: QEvent) -> bool:
        """Tell a mistake where the pointer rests on it; mark brackets while somebody types."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            done = super().event(event)
            self._mark()
            return done
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = from_qt(self.toPlainText(), self.cursorForPosition(event.pos()).position())
            told = next((str(error) for error in self._errors if error.start <= place <= error.end), self.toolTip())
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def _mark(self) -> None:
        """Underline the mistakes, and mark the bracket at the cursor and its partner."""
        self.setExtraSelections([*self._underlined(), *self._brackets()])

    def _underlined(self) -> list[Selection]:
        length = len(self.toPlainText())
        selections = []
        for error in self._errors if length else ():
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(self._theme.error))
            # What is missing at the end is underlined at the last character.
            start = min(error.start, length - 1)
            selections.append(self._selection(start, min(max(error.end, start + 1), length), look))
        return selections

    def _brackets(self) -> list[Selection]:
        partners = outline_of(self.toPlainText()).partners if self.hasFocus() else {}
        place = self.place
        near = next((at for at in (place - 1, place) if at in partners), None)
        partner = partners.get(near) if near is not None else None
        if near is None or partner is None:
            return []
        look = QTextCharFormat()
        look.setBackground(QColor(self._theme.border))
        look.setForeground(QColor(self._theme.accent))
        return [self._selection(at, at + 1, look) for at in (near, partner)]

    def _selection(self, start: int, end: int, look: QTextCharFormat) -> Selection:
        selection = Selection()
        selection.format = look
        selection.cursor = self._cursor_over(start, end)
        return selection

    def _cursor_over(self, start: int, end: int) -> QTextCursor:
        text = self.toPlainText()
        cursor = QTextCursor(self.document())
        cursor.setPosition(to_qt(text, start))
        cursor.setPosition(to_qt(text, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor
