"""The formula bar: the landscape, the formula's text, what is wrong in it, the formula typeset, and its sliders."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout

from engine.language.errors import Replacement
from engine.live.frame import FormulaState
from engine.loss.hints import Hint
from gui.files.landscape_library import LandscapeLibrary
from gui.formula.assistant import FormulaAssistant
from gui.formula.editor import FormulaEditor
from gui.formula.function_card import FunctionCard
from gui.formula.history import FormulaHistory
from gui.formula.name_typing import NameTyping
from gui.formula.reading import FormulaReading
from gui.formula.sliders import FormulaSliders
from gui.landscape.bar import LandscapeBar
from gui.landscape.data.sliders import DataSliders
from gui.landscape.thumbnails import Thumbnails
from gui.look.theme import Theme
from gui.session.landscape_data import column_names
from gui.session.session import Session
from gui.widgets.numbers.value_slider import ValueSlider
from gui.widgets.offer_label import error_summary
from gui.widgets.text_button import TextButton

TEXT_INSET_PX = 10
"""The distance between the editor's frame and its text."""


class FormulaBar(QFrame):
    """Connects the parts of the bar with the session and with the runner's frames."""

    def __init__(self, session: Session, theme: Theme, library: LandscapeLibrary, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._state: FormulaState | None = None
        self._hints: tuple[Hint, ...] = ()
        self._wrong_text = ""
        self.landscape = LandscapeBar(session, library, thumbnails, theme)
        self.editor = FormulaEditor(theme)
        self.editor.setPlainText(session.formula)
        self.assistant = FormulaAssistant(self.editor, theme)
        self.history = FormulaHistory(self.editor, session)
        self.name_typing = NameTyping(self.editor)
        self.reading = FormulaReading(theme)
        self.message, self.typeset = self.reading.message, self.reading.typeset
        self.slopes = TextButton("∇ slopes", "flat", checkable=True)
        self.function = FunctionCard()
        self.parameters, self.data = FormulaSliders(session), DataSliders(session)
        self._dress()
        self._arrange()
        self.landscape.refused.connect(self._refuse)
        self.editor.textChanged.connect(self._typed)
        self.name_typing.finished.connect(self._take_text)
        self.assistant.tip_changed.connect(self.reading.show_tip)
        self.reading.chosen.connect(self._put_in)
        self.slopes.toggled.connect(self.typeset.show_slopes)
        for sliders in (self.parameters, self.data):
            sliders.refused.connect(self._refuse)
        session.formula_changed.connect(self._follow)
        session.landscape_chosen.connect(self._follow_data)
        self._follow_data()
        self._follow()

    def _dress(self) -> None:
        self.slopes.setAccessibleName("Show the slopes")
        self.slopes.setToolTip("Show the partial derivatives by x and y beneath the formula")

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.landscape, 0, 0, 4, 1)
        layout.addWidget(self.editor, 0, 1)
        layout.addWidget(self.function, 0, 1)
        self.landscape.tools.addWidget(self.slopes)
        read = QHBoxLayout()
        read.setContentsMargins(TEXT_INSET_PX, 0, 0, 0)
        read.addWidget(self.reading)
        layout.addLayout(read, 1, 1)
        layout.addWidget(self.parameters, 2, 1)
        layout.addWidget(self.data, 3, 1)
        layout.setColumnStretch(1, 1)

    @property
    def sliders(self) -> Mapping[str, ValueSlider]:
        """The sliders of the parameters, by name."""
        return self.parameters.sliders

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for part in (self.landscape, self.editor, self.assistant, self.typeset):
            part.set_theme(theme)

    def show_state(self, state: FormulaState) -> None:
        """Show the runner's result for the text."""
        if self._session.function is None:
            self.typeset.show_state(state)
        else:
            self.function.show_state(state)
        self.landscape.show_state(state)
        if state.error is None:
            self.parameters.show_parameters(state.parameters)
        else:
            self.parameters.wait_for_formula()
        before, self._state = self._state, state
        # Called with every frame; mostly nothing has changed.
        if before is None or state.error is not before.error or state.text != before.text:
            self._wrong_text = self.editor.toPlainText()
            self._show_errors()
        # While there is a mistake, hints about the last correct text would distract from it.
        hints = state.hints if state.error is None else ()
        if hints != self._hints:
            self._hints = hints
            self.reading.show_hints(hints)

    @property
    def up_to_date(self) -> bool:
        """Whether the text was taken, and everything that belongs to it is shown."""
        return not self.name_typing.under_way and self.typeset.up_to_date and self.parameters.up_to_date

    def end(self) -> None:
        """End the typesetter's thread."""
        self.typeset.end()

    def _typed(self) -> None:
        self.parameters.wait_for_typing()
        text = self.editor.toPlainText()
        # Qt's signal also comes when only the colours changed, or when an undone step has no effect.
        if self._is_known(text) or self.history.recall(text):
            self.name_typing.stop()
        elif not self.name_typing.waits(self.sliders.keys()):
            self._session.set_formula(text)

    def _take_text(self) -> None:
        """Take the text with the name that was waited for."""
        text = self.editor.toPlainText()
        if not self._is_known(text):
            self._session.set_formula(text)

    def _is_known(self, text: str) -> bool:
        """Return whether `text` is the session's formula; blanks around a correct one change nothing."""
        correct = self._state is not None and self._state.error is None
        return text == self._session.formula or (correct and text.strip() == self._session.formula.strip())

    def _put_in(self, replacement: Replacement) -> None:
        """Insert an offered text as one undoable step, unless the text has changed since it was offered."""
        state, text = self._state, self.editor.toPlainText()
        offered_for = state.text if state is not None and state.error is None else self._wrong_text
        if text.strip() != offered_for.strip():
            return
        moved = _blanks_before(text) - _blanks_before(offered_for)
        self.editor.put_at(replacement.start + moved, replacement.end + moved, replacement.text)
        self.editor.setFocus()

    def _follow_data(self) -> None:
        """Give the editor the names of the data's columns."""
        self.editor.set_columns(column_names(self._session.data))

    def _follow(self) -> None:
        own = self._session.function is not None
        self.function.show_place(self._session.function)
        self.editor.setVisible(not own)
        self.typeset.sheet.setVisible(not own)
        self.slopes.setEnabled(not own)
        if not self._is_known(self.editor.toPlainText()):
            self.name_typing.stop()
            with QSignalBlocker(self.editor):
                self.history.replace()

    def _show_errors(self) -> None:
        """Show what is wrong with the formula; nothing where it is correct."""
        error = self._state.error if self._state is not None else None
        errors = (error, *error.also) if error is not None else ()
        offered = errors[0].replacements if errors else ()
        self.reading.show_message(error_summary(errors), "\n".join(map(str, errors)), offered)
        self.editor.show_errors(errors)

    def _refuse(self, sentence: str) -> None:
        """Show why an input was refused; after "" show the formula's mistakes again."""
        if sentence:
            self.reading.show_message(sentence)
        else:
            self._show_errors()


def _blanks_before(text: str) -> int:
    """Return the number of blanks that `text` begins with."""
    return len(text) - len(text.lstrip())
