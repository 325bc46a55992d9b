"""Where a loss function is typed: what is wrong is underlined, and told in one plain line beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from engine.frame import FormulaState
from engine.optimizers import Hyperparameter
from gui.panels.value_slider import ValueSlider
from gui.session import Session
from gui.theme import Theme
from landscapes import LANDSCAPES

OWN = "your own formula"
LINES_SHOWN = 3
SLIDER_REACH = 5.0
"""A parameter's slider reaches from minus this many times its value to plus as many."""
SLIDERS_A_ROW = 3


class FormulaBar(QFrame):
    """The landscape picker, the formula, its sliders and its mistakes."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session, self._theme = session, theme
        self._state: FormulaState | None = None
        self.picker = QComboBox()
        self.picker.setAccessibleName("Landscape")
        self.picker.addItems([OWN, *LANDSCAPES])
        self.picker.setToolTip("Pick a landscape")
        self.editor = FormulaEditor()
        self.message = QLabel()
        self.message.setObjectName("error")
        self._sliders = QWidget()
        for empty in (self.message, self._sliders):
            empty.hide()
        self._sliders_layout = QGridLayout(self._sliders)
        self._sliders_layout.setContentsMargins(0, 0, 0, 0)
        self._names: list[str] = []
        self.sliders: dict[str, ValueSlider] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self.picker, 0, 0, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        for widget in (self.editor, self.message, self._sliders):
            right.addWidget(widget)
        layout.addLayout(right, 0, 1)
        layout.setColumnStretch(1, 1)
        self.picker.textActivated.connect(self._pick)
        self.editor.textChanged.connect(self._typed)
        session.formula_changed.connect(self._follow)
        session.landscape_chosen.connect(self._names.clear)
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Underline in the error colour of `theme`."""
        self._theme = theme
        if self._state is not None:
            self.show_state(self._state)

    def show_state(self, state: FormulaState) -> None:
        """Show what the runner made of the text."""
        self._state, error = state, state.error
        self.message.setText(str(error) if error else "")
        self.message.setVisible(error is not None)
        self.editor.underline(error.start if error else 0, error.end if error else 0, self._theme.error)
        if error is None and list(state.parameters) != self._names:
            chosen = self._session.parameters
            self._make_sliders({name: chosen.get(name, value) for name, value in state.parameters.items()})

    def _typed(self) -> None:
        self._session.set_formula(self.editor.toPlainText())

    def _pick(self, name: str) -> None:
        if name in LANDSCAPES:
            self._session.choose(LANDSCAPES[name])

    def _follow(self) -> None:
        self.picker.setCurrentText(self._session.landscape or OWN)
        if self.editor.toPlainText() != self._session.formula:
            self.editor.blockSignals(True)
            self.editor.setPlainText(self._session.formula)
            self.editor.blockSignals(False)
            self.editor.fit()

    def _make_sliders(self, parameters: dict[str, float]) -> None:
        landscape = LANDSCAPES.get(self._session.landscape)
        ranges = landscape.ranges if landscape is not None else {}
        self._names[:] = parameters
        self.sliders = {}
        while self._sliders_layout.count():
            widget = self._sliders_layout.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()
        for number, (name, value) in enumerate(parameters.items()):
            reach = SLIDER_REACH * (abs(value) or 1.0)
            low, high = ranges.get(name, (-reach, reach))
            row = Hyperparameter(name, value, low, high, help=f"parameter {name}")
            slider = ValueSlider(row, value, self._session.parameter_ranges.get(name))
            slider.range_changed.connect(lambda *ends, name=name: self._session.set_parameter_range(name, *ends))
            slider.changed.connect(lambda new, name=name: self._session.set_parameter(name, new))
            slider.refused.connect(self._refuse)
            self.sliders[name] = slider
            self._sliders_layout.addWidget(slider, number // SLIDERS_A_ROW, number % SLIDERS_A_ROW)
        self._sliders.setVisible(bool(parameters))

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.setVisible(True)


class FormulaEditor(QPlainTextEdit):
    """A few lines of text."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Formula")
        self.setToolTip("A loss function of x and y; every other name becomes a slider")
        self.setPlaceholderText("x^2 + a*y^2")
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the text, up to a few lines."""
        lines = min(max(self.document().blockCount(), 1), LINES_SHOWN)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        policy = Qt.ScrollBarPolicy
        fits = self.document().blockCount() <= LINES_SHOWN
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOff if fits else policy.ScrollBarAsNeeded)

    def underline(self, start: int, end: int, colour: str) -> None:
        """Underline the characters from `start` to `end`; nothing where both are 0."""
        selections = []
        length = len(self.toPlainText())
        if end > 0 and length:
            selection = QTextEdit.ExtraSelection()
            selection.format = QTextCharFormat()
            selection.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            selection.format.setUnderlineColor(QColor(colour))
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(start, length - 1))
            cursor.setPosition(min(max(end, start + 1), length), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selections.append(selection)
        self.setExtraSelections(selections)
