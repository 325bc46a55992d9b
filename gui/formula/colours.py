"""The syntax highlighter for formulas and rules."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from engine.language.display.highlight import spans_of
from engine.language.syntax.names import VARIABLES
from gui.formula.places import to_qt
from gui.look.theme import Theme

MOST_COLOURED = 5_000
"""Characters.  A longer text is not coloured, because that would delay the next keystroke."""
Colouring = list[tuple[int, int, str]]
"""Start, length and kind of the spans of one line, in UTF-16 units as Qt counts."""


class FormulaColours(QSyntaxHighlighter):
    """Colours a document, after a change all of its lines: the names and brackets of one may depend on another."""

    def __init__(
        self, document: QTextDocument, theme: Theme, rule: bool = False, variables: Collection[str] = VARIABLES
    ) -> None:
        super().__init__(document)
        self._rule, self._variables = rule, variables
        self._columns: Collection[str] = ()
        self._text: str | None = None
        self._lines: list[Colouring] = []
        self._formats: dict[str, QTextCharFormat] = {}
        self.set_theme(theme)
        document.contentsChanged.connect(self._colour_other_lines)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._formats = {kind: QTextCharFormat() for kind in theme.syntax}
        for kind, colour in theme.syntax.items():
            self._formats[kind].setForeground(QColor(colour))
        self._formats["comment"].setFontItalic(True)
        self._colour_all()

    def set_columns(self, columns: Collection[str]) -> None:
        """Take the names of the columns that the text may read."""
        if tuple(columns) != tuple(self._columns):
            self._columns, self._text = columns, None
            self._colour_all()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        whole = self.document().toPlainText()
        if whole != self._text:
            self._text, self._lines = whole, _by_line(whole, self._rule, self._columns, self._variables)
        number = self.currentBlock().blockNumber()
        for start, length, kind in self._lines[number] if number < len(self._lines) else ():
            self.setFormat(start, length, self._formats[kind])

    def _colour_other_lines(self) -> None:
        if self.document().blockCount() > 1:
            self._colour_all()

    def _colour_all(self) -> None:
        # The document would emit its signals for new colours as it does for a new text.
        with QSignalBlocker(self.document()):
            self.rehighlight()


def _by_line(text: str, rule: bool, columns: Collection[str], variables: Collection[str]) -> list[Colouring]:
    """Return the spans of each line of `text`; none where there is too much of it."""
    lines: list[Colouring] = [[] for _ in range(text.count("\n") + 1)]
    if len(text) > MOST_COLOURED:
        return lines
    number, begin = 0, 0
    for span in spans_of(text, rule, columns, variables):
        while (end := text.find("\n", begin)) >= 0 and end < span.start:
            number, begin = number + 1, end + 1
        line = text[begin:]
        start, stop = (to_qt(line, place - begin) for place in (span.start, span.end))
        lines[number].append((start, stop - start, span.kind))
    return lines
