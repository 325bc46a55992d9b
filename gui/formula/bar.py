"""Where a loss function is typed: which landscape it is, the text, what is wrong in it, how it is read, its sliders."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QToolButton

from engine.language.errors import Replacement
from engine.live.frame import FormulaState
from engine.loss.hints import Hint
from gui.files.landscape_library import LandscapeLibrary
from gui.formula.assistant import FormulaAssistant
from gui.formula.editor import FormulaEditor
from gui.formula.function_card import FunctionCard
from gui.formula.history import FormulaHistory
from gui.formula.reading import FormulaReading
from gui.formula.sliders import FormulaSliders
from gui.landscape.bar import LandscapeBar
from gui.landscape.data.sliders import DataSliders
from gui.landscape.thumbnails import Thumbnails
from gui.look.theme import Theme
from gui.session.landscape_data import column_names
from gui.session.session import Session
from gui.widgets.numbers.value_slider import ValueSlider
from gui.widgets.offer_label import told_together

TEXT_INSET_PX = 10
"""Where the text begins within its frame."""


class FormulaBar(QFrame):
    """Joins the parts of the bar with the session, and with what the runner makes of the text."""

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
        self.reading = FormulaReading(theme)
        self.message, self.typeset = self.reading.message, self.reading.typeset
        self.slopes = QToolButton(text="∇ slopes", checkable=True)
        self.function = FunctionCard()
        self.parameters, self.data = FormulaSliders(session), DataSliders(session)
        self._dress()
        self._arrange()
        self.landscape.told.connect(self._refuse)
        self.editor.textChanged.connect(self._typed)
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
        self.slopes.setObjectName("flat")
        self.slopes.setAccessibleName("Show the slopes")
        self.slopes.setToolTip("Show the slopes by x and by y beneath the formula")

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
        """Show what the runner made of the text."""
        if self._session.function is None:
            self.typeset.show_state(state)
        else:
            self.function.show_state(state)
        self.landscape.show_state(state)
        if state.error is None:
            self.parameters.show_parameters(state.parameters)
        before, self._state = self._state, state
        # Sixty times a second nothing has changed.
        if before is None or state.error is not before.error or state.text != before.text:
            self._wrong_text = self.editor.toPlainText()
            self._tell_errors()
        # A mistake comes first: what else the last good text may mean is not asked then.
        hints = state.hints if state.error is None else ()
        if hints != self._hints:
            self._hints = hints
            self.reading.show_hints(hints)

    def end(self) -> None:
        """End the thread that typesets."""
        self.typeset.end()

    def _typed(self) -> None:
        text = self.editor.toPlainText()
        # Colours and undone steps that come to nothing are told as changes too.
        if text != self._session.formula and not self.history.recall(text):
            self._session.set_formula(text)

    def _put_in(self, replacement: Replacement) -> None:
        """Put in a text that was offered, as one step that can be undone, if it was offered for what stands there."""
        state = self._state
        told_of = state.text if state is not None and state.error is None else self._wrong_text
        if self.editor.toPlainText() != told_of:
            return
        self.editor.put_at(replacement.start, replacement.end, replacement.text)
        self.editor.setFocus()

    def _follow_data(self) -> None:
        """Let the editor know the columns."""
        self.editor.set_columns(column_names(self._session.data))

    def _follow(self) -> None:
        own = self._session.function is not None
        self.function.show_place(self._session.function)
        self.editor.setVisible(not own)
        self.typeset.sheet.setVisible(not own)
        self.slopes.setEnabled(not own)
        if self.editor.toPlainText() != self._session.formula:
            with QSignalBlocker(self.editor):
                self.history.replace()

    def _tell_errors(self) -> None:
        """Say what is wrong with the formula, if anything is."""
        error = self._state.error if self._state is not None else None
        errors = (error, *error.also) if error is not None else ()
        offered = errors[0].replacements if errors else ()
        self.reading.tell(told_together(errors), "\n".join(map(str, errors)), offered)
        self.editor.show_errors(errors)

    def _refuse(self, sentence: str) -> None:
        """Say what cannot be; "" where that is over, and the formula has the line again."""
        if sentence:
            self.reading.tell(sentence)
        else:
            self._tell_errors()
