"""Completion for the editor of formulas and rules: a list of names, and the signature of the call around the cursor."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from engine.language.display.completion import Suggestion, Suggestions, call_tip_at, suggestions_at
from engine.language.display.symbols import LETTERS
from gui.formula.completion_list import FormulaList
from gui.formula.editor import FormulaEditor
from gui.look.theme import Theme

FEWEST_LETTERS = 2
"""The letters of a name after which the list opens by itself; after one, too many names would fit."""
MOST_READ = 5_000
"""Characters.  A longer text gets no completion, because reading it would delay the next keystroke."""
SPELLED = re.compile(r"\\([A-Za-z]+)[^A-Za-z]?$")
"""A Greek letter as TeX writes it, and the character that was typed after it."""
PAGE_ROWS = 7
"""The rows that Page Down moves by."""
Key = Qt.Key


class FormulaAssistant(QObject):
    """Watches an editor.  `tip_changed` is emitted with the rich text of the call at the cursor, or ""."""

    tip_changed = Signal(str)

    def __init__(self, editor: FormulaEditor, theme: Theme) -> None:
        super().__init__(editor)
        self._editor, self._theme = editor, theme
        self._offered = Suggestions(0, 0, ())
        self.list = FormulaList(editor, theme)
        self.list.chosen.connect(self._accept)
        editor.installEventFilter(self)
        editor.typed.connect(self._typed)
        editor.cursorPositionChanged.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.list.set_theme(theme)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that the list uses."""
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
            self.tip_changed.emit("")
        if event.type() == QEvent.Type.FocusIn:
            self._follow()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._ask()
            return True
        return self.list.isVisible() and self._takes(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Give a key to the open list; return whether the list uses it: Tab and Return if a name is selected."""
        selected = self.list.selected
        moves: dict[int, int] = {
            Key.Key_Down: 1,
            Key.Key_Up: -1,
            Key.Key_PageDown: PAGE_ROWS,
            Key.Key_PageUp: -PAGE_ROWS,
        }
        if event.key() in moves:
            self.list.move_by(moves[event.key()])
        elif event.key() == Key.Key_Escape:
            self.list.hide()
        elif event.key() in (Key.Key_Tab, Key.Key_Return, Key.Key_Enter) and selected is not None:
            self._accept(selected)
        else:
            return False
        return True

    def _typed(self, text: str) -> None:
        """Open the list after a letter of a name; replace the TeX name of a Greek letter by the letter."""
        if self._spelled(text):
            return
        in_name = text.isalnum() or text == "_" or (text == "\b" and self.list.isVisible())
        self._offer(FEWEST_LETTERS if in_name else None)

    def _ask(self) -> None:
        """Open the list with its first name selected; insert that name where it is the only one."""
        self._offer(0)
        if len(self._offered.found) == 1:
            self._accept(self._offered.found[0])
        elif self._offered.found:
            self.list.move_by(1)

    def _offer(self, fewest: int | None) -> None:
        """Open the list where at least `fewest` letters of a name are typed, or close it."""
        editor, position = self._editor, self._editor.position
        text = editor.toPlainText()
        self._offered = Suggestions(position, position, ())
        if fewest is not None and len(text) <= MOST_READ:
            kind = editor.kind
            self._offered = suggestions_at(text, position, kind.rule, editor.columns, kind.variables)
        found, letters = self._offered.found, text[self._offered.start : position]
        complete = len(found) == 1 and found[0].text == letters
        if not found or complete or len(letters) < (fewest or 0):
            self.list.hide()
            return
        begin = editor.textCursor()
        begin.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(letters))
        self.list.open(found, editor.cursorRect(begin))

    def _accept(self, suggestion: Suggestion) -> None:
        """Insert a name; after a function's name, put the cursor between its brackets."""
        self.list.hide()
        text = self._editor.toPlainText()
        start, end = self._offered.start, self._offered.end
        start -= text[start - 1 : start] == "\\"
        called = suggestion.arguments is not None and text[end : end + 1] != "("
        self._editor.put_at(start, end, suggestion.text + "()" * called, back=int(called))

    def _spelled(self, typed: str) -> bool:
        """Replace a backslash and `alpha` by `α` once something else follows; return whether it did."""
        text, position = self._editor.toPlainText(), self._editor.position
        spelled = SPELLED.search(text[:position])
        if spelled is None or not typed or typed.isalpha() or spelled[1] not in LETTERS:
            return False
        kept = "" if typed == " " else typed
        self._editor.put_at(spelled.start(), position, LETTERS[spelled[1]] + kept)
        return True

    def _follow(self) -> None:
        """Emit the signature of the call around the cursor; close the list where the cursor has left its name."""
        text, position = self._editor.toPlainText(), self._editor.position
        if not self._offered.start <= position <= self._offered.end:
            self.list.hide()
        readable = len(text) <= MOST_READ and self._editor.hasFocus()
        kind, data = self._editor.kind, bool(self._editor.columns)
        tip = call_tip_at(text, position, kind.rule, data) if readable else None
        if tip is None:
            self.tip_changed.emit("")
            return
        arguments = list(map(escape, tip.function.arguments or ()))
        if arguments:
            current = min(tip.current, len(arguments) - 1)
            arguments[current] = f'<b style="color: {self._theme.text}">{arguments[current]}</b>'
        name = f'<span style="color: {self._theme.syntax[tip.function.kind]}">{escape(tip.function.name)}</span>'
        self.tip_changed.emit(f"{name}({', '.join(arguments)})&nbsp;&nbsp; {escape(tip.function.summary)}")
