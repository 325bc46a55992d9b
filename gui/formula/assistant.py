"""Helps while a formula or a rule is typed: offers names, puts the chosen one in, and tells the arguments of a call."""

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
"""Letters of a name before the list opens by itself: after one, too much would fit."""
MOST_READ = 5_000
"""Characters: in a longer text nothing is offered, for reading it would hold up the next keystroke."""
SPELLED = re.compile(r"\\([A-Za-z]+)[^A-Za-z]?$")
"""A letter as TeX spells it, and what was typed after it."""
FAR = 7
"""Rows that Page Down goes."""
Key = Qt.Key


class FormulaAssistant(QObject):
    """Watches an editor.  `tip_changed` tells the call around the cursor, as rich text, or ""."""

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
        """Take the keys that are meant for the list."""
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
        """Let the open list have a key, if it has a use for it: Tab and Return only where a name is selected."""
        selected = self.list.selected
        moves = {Key.Key_Down: 1, Key.Key_Up: -1, Key.Key_PageDown: FAR, Key.Key_PageUp: -FAR}
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
        """Offer names after a letter of one, and make a letter of its name in TeX."""
        if self._spelled(text):
            return
        in_name = text.isalnum() or text == "_" or (text == "\b" and self.list.isVisible())
        self._offer(FEWEST_LETTERS if in_name else None)

    def _ask(self) -> None:
        """Offer what fits, the first selected; put it in where it is the only one."""
        self._offer(0)
        if len(self._offered.found) == 1:
            self._accept(self._offered.found[0])
        elif self._offered.found:
            self.list.move_by(1)

    def _offer(self, fewest: int | None) -> None:
        """Open the list where at least `fewest` letters of a name are typed, or close it."""
        editor, place = self._editor, self._editor.place
        text = editor.toPlainText()
        self._offered = Suggestions(place, place, ())
        if fewest is not None and len(text) <= MOST_READ:
            kind = editor.kind
            self._offered = suggestions_at(text, place, kind.rule, editor.columns, kind.variables)
        found, letters = self._offered.found, text[self._offered.start : place]
        complete = len(found) == 1 and found[0].text == letters
        if not found or complete or len(letters) < (fewest or 0):
            self.list.hide()
            return
        begin = editor.textCursor()
        begin.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(letters))
        self.list.open(found, editor.cursorRect(begin))

    def _accept(self, suggestion: Suggestion) -> None:
        """Put a name in, and the cursor between the brackets of a function."""
        self.list.hide()
        text = self._editor.toPlainText()
        start, end = self._offered.start, self._offered.end
        start -= text[start - 1 : start] == "\\"
        called = suggestion.arguments is not None and text[end : end + 1] != "("
        self._editor.put_at(start, end, suggestion.text + "()" * called, back=int(called))

    def _spelled(self, typed: str) -> bool:
        """Make `α` of a backslash and `alpha` once something else follows; tell whether it did."""
        text, place = self._editor.toPlainText(), self._editor.place
        spelled = SPELLED.search(text[:place])
        if spelled is None or not typed or typed.isalpha() or spelled[1] not in LETTERS:
            return False
        kept = "" if typed == " " else typed
        self._editor.put_at(spelled.start(), place, LETTERS[spelled[1]] + kept)
        return True

    def _follow(self) -> None:
        """Tell the call around the cursor; close the list where the cursor has left its name."""
        text, place = self._editor.toPlainText(), self._editor.place
        if not self._offered.start <= place <= self._offered.end:
            self.list.hide()
        readable = len(text) <= MOST_READ and self._editor.hasFocus()
        kind, data = self._editor.kind, bool(self._editor.columns)
        tip = call_tip_at(text, place, kind.rule, data) if readable else None
        if tip is None:
            self.tip_changed.emit("")
            return
        arguments = list(map(escape, tip.function.arguments or ()))
        if arguments:
            current = min(tip.current, len(arguments) - 1)
            arguments[current] = f'<b style="color: {self._theme.text}">{arguments[current]}</b>'
        name = f'<span style="color: {self._theme.syntax[tip.function.kind]}">{escape(tip.function.name)}</span>'
        self.tip_changed.emit(f"{name}({', '.join(arguments)})&nbsp;&nbsp; {escape(tip.function.summary)}")
