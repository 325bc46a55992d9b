"""The text editor for formulas and rules, which colours the text, matches brackets and underlines mistakes."""

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
"""The frame and margins above and below the lines, together."""
Selection = QTextEdit.ExtraSelection


@dataclass(frozen=True)
class Kind:
    """What an editor is for: a formula, a rule or a schedule.

    Attributes
    ----------
    name, tip, example : str
        The editor's accessible name, its tooltip, and its placeholder.
    rule : bool
        Whether the language reads the text as a rule, not as a formula.
    lines : int or None
        The most lines that are shown; None for as many as there is room for.
    variables : tuple of str
        The variables of a formula; not used for a rule, which has those of the language.
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
    "One step of an optimizer: w is its position, g the gradient there; every other name becomes a slider",
    "w = w - lr*g",
    True,
    None,
)


class FormulaEditor(QPlainTextEdit):
    """A formula or rule as text.

    `typed` is emitted with the text of a key after the editor has inserted it.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, kind: Kind = FORMULA) -> None:
        super().__init__()
        self.kind = kind
        self.setAccessibleName(kind.name)
        self.setToolTip(kind.tip)
        self.setPlaceholderText(kind.example)
        self.setTabChangesFocus(True)
        # Qt's default for a text would let a wheel over it take the keyboard.
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
    def position(self) -> int:
        """The position of the cursor, in characters."""
        return from_qt(self.toPlainText(), self.textCursor().position())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.colours.set_theme(theme)
        self._mark()

    def put(self, text: str) -> None:
        """Replace the whole text by `text`, as one undoable step."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def put_at(self, start: int, end: int, text: str, back: int = 0) -> None:
        """Replace the characters from `start` to `end` by `text`; put the cursor `back` characters before its end."""
        cursor = self._cursor_over(start, end)
        cursor.insertText(text)
        cursor.setPosition(cursor.position() - back)
        self.setTextCursor(cursor)

    def fit(self, most: int) -> None:
        """Take the height of the text, but of no more than `most` lines; a wrapped line counts as several."""
        # The size of a plain text document is in lines.
        lines = max(round(self.document().size().height()), 1)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * min(lines, most) + FRAME_PX)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > most else policy.ScrollBarAlwaysOff)

    def show_errors(self, errors: Sequence[FormulaError]) -> None:
        """Underline the span of each of `errors`; its sentence is the tooltip there."""
        self._errors = errors
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert the key's text, and emit `typed`."""
        super().keyPressEvent(event)
        self.typed.emit(event.text())

    def event(self, event: QEvent) -> bool:
        """Show a mistake as the tooltip of its span; mark brackets only while the editor has the keyboard."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            done = super().event(event)
            self._mark()
            return done
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            position = from_qt(self.toPlainText(), self.cursorForPosition(event.pos()).position())
            here = [str(error) for error in self._errors if error.start <= position <= error.end]
            QToolTip.showText(event.globalPos(), here[0] if here else self.toolTip(), self)
            return True
        return super().event(event)

    def _mark(self) -> None:
        """Underline the mistakes; highlight the bracket at the cursor and its partner."""
        self.setExtraSelections([*self._underlined(), *self._brackets()])

    def _underlined(self) -> list[Selection]:
        length = len(self.toPlainText())
        selections = []
        for error in self._errors if length else ():
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(self._theme.error))
            # A mistake at the end of the text is shown at its last character.
            start = min(error.start, length - 1)
            selections.append(self._selection(start, min(max(error.end, start + 1), length), look))
        return selections

    def _brackets(self) -> list[Selection]:
        partners = outline_of(self.toPlainText()).partners if self.hasFocus() else {}
        position = self.position
        near = next((at for at in (position - 1, position) if at in partners), None)
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
