"""Where a loss function is typed: which landscape it is, the text, what is wrong in it, how it is read, its sliders."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton

from engine.frame import FormulaState
from gui.landscape_data import column_names
from gui.panels.data_sliders import DataSliders
from gui.panels.formula_assistant import FormulaAssistant
from gui.panels.formula_editor import FormulaEditor
from gui.panels.formula_history import FormulaHistory
from gui.panels.formula_sliders import FormulaSliders
from gui.panels.formula_typeset import FormulaTypeset
from gui.panels.landscape_bar import LandscapeBar
from gui.panels.value_slider import ValueSlider
from gui.session import Session
from gui.shelf import Shelf
from gui.theme import Theme
from gui.thumbnails import Thumbnails

MESSAGE_PX, TEXT_INSET_PX = 20, 10
"""The line of sentences, which is there without a sentence too; where the text begins within its frame."""


class FormulaBar(QFrame):
    """Joins the parts of the bar with the session, and with what the runner makes of the text."""

    def __init__(self, session: Session, theme: Theme, shelf: Shelf, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._state: FormulaState | None = None
        self.landscape = LandscapeBar(session, shelf, thumbnails, theme)
        self.editor = FormulaEditor(theme)
        self.editor.setPlainText(session.formula)
        self.assistant = FormulaAssistant(self.editor, theme)
        self.history = FormulaHistory(self.editor, session)
        self.message, self.tip = QLabel(), QLabel()
        self.typeset = FormulaTypeset(theme)
        self.slopes = QToolButton(text="∇ slopes", checkable=True)
        self.parameters, self.data = FormulaSliders(session), DataSliders(session)
        self._dress()
        self._arrange()
        self.landscape.told.connect(self._refuse)
        self.editor.textChanged.connect(self._typed)
        self.assistant.tip_changed.connect(self.tip.setText)
        self.slopes.toggled.connect(self.typeset.show_slopes)
        for sliders in (self.parameters, self.data):
            sliders.refused.connect(self._refuse)
        session.formula_changed.connect(self._follow)
        session.landscape_chosen.connect(self._follow_data)
        self._follow_data()
        self._follow()

    def _dress(self) -> None:
        self.message.setObjectName("error")
        self.tip.setObjectName("muted")
        self.tip.setTextFormat(Qt.TextFormat.RichText)
        self.tip.setAccessibleName("Arguments")
        self.message.setAccessibleName("What is wrong with the formula")
        self.slopes.setObjectName("flat")
        self.slopes.setAccessibleName("Show the slopes")
        self.slopes.setToolTip("Show the slopes by x and by y beneath the formula")

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(24)
        line.setContentsMargins(TEXT_INSET_PX, 0, TEXT_INSET_PX, 0)
        line.addWidget(self.message)
        line.addWidget(self.tip, 1, Qt.AlignmentFlag.AlignRight)
        for label in (self.message, self.tip):
            # A long sentence must not make the window wider; and none must not make the bar lower.
            label.setMinimumWidth(1)
            label.setFixedHeight(MESSAGE_PX)
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setVerticalSpacing(2)
        layout.addWidget(self.landscape, 0, 0, 5, 1)
        layout.addWidget(self.editor, 0, 1)
        layout.addLayout(line, 1, 1)
        self.landscape.tools.addWidget(self.slopes)
        read = QHBoxLayout()
        read.setContentsMargins(TEXT_INSET_PX, 0, 0, 0)
        read.addWidget(self.typeset)
        layout.addLayout(read, 2, 1)
        layout.addWidget(self.parameters, 3, 1)
        layout.addWidget(self.data, 4, 1)
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
        self.typeset.show_state(state)
        self.landscape.show_state(state)
        if state.error is None:
            self.parameters.show_parameters(state.parameters)
        before, self._state = self._state, state
        # Sixty times a second nothing has changed.
        if before is None or state.error is not before.error or (state.error is None and self.message.text()):
            errors = (state.error, *state.error.also) if state.error is not None else ()
            more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
            self.message.setText(f"{errors[0]}{more}" if errors else "")
            self.message.setToolTip("\n".join(map(str, errors)))
            self.editor.show_errors(errors)

    def end(self) -> None:
        """End the thread that typesets."""
        self.typeset.end()

    def _typed(self) -> None:
        text = self.editor.toPlainText()
        # Colours and undone steps that come to nothing are told as changes too.
        if text != self._session.formula and not self.history.recall(text):
            self._session.set_formula(text)

    def _follow_data(self) -> None:
        """Let the editor know the columns."""
        self.editor.set_columns(column_names(self._session.data))

    def _follow(self) -> None:
        if self.editor.toPlainText() != self._session.formula:
            with QSignalBlocker(self.editor):
                self.history.replace()

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
