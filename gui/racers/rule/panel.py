"""The panel in which a racer's rule is edited: the text, the rule typeset, what is wrong in it, and its source.

A text races as soon as it is a correct rule.  The first change of a rule of the catalogue makes a copy of its racer,
which races beside the original and is edited from then on.
"""

from __future__ import annotations

from functools import partial
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from engine.language.errors import Replacement
from engine.optimizers.edited import check_editable
from gui.background.worker import Worker
from gui.files.optimizer_library import OptimizerLibrary
from gui.formula.assistant import FormulaAssistant
from gui.formula.editor import RULE, FormulaEditor
from gui.formula.typeset import RuleTypeset
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.rule.own_rule_words import OTHERS, names_in_a_line
from gui.racers.rule.reading import Reading, read_rule
from gui.racers.rule.saving import RuleSaving
from gui.racers.rule.source_label import SourceLabel
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.offer_label import OfferLabel, error_summary

DOT_PX = 12
GAP_PX = 8
MESSAGE_PX = 20
"""The height of the line of messages, which stays when there is none."""
DURING_RACE = "A change applies during the race; new states begin at 0."
TO_CATALOGUE = "Back to the rule of the catalogue; undo (Ctrl+Z) brings the changes again"
TO_GRADIENT_DESCENT = "Back to plain gradient descent; undo (Ctrl+Z) brings the changes again"
HEIGHT_PX = 110
"""The least height in which a rule can be read."""


class RulePanel(QFrame):
    """The rule of one racer.  `closed` is emitted when the panel closes."""

    closed = Signal()

    def __init__(self, session: Session, optimizer_library: OptimizerLibrary, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMinimumHeight(HEIGHT_PX)
        self._session, self._optimizer_library, self._theme = session, optimizer_library, theme
        self.key: int | None = None
        self._advice = DURING_RACE
        self._text = self._read = self._raced = self._optimizer = ""
        self._reader = Worker("rules")
        self.dot, self.name, self.tip = QLabel(), ElidedLabel(), QLabel()
        self.message = OfferLabel("error", "What is wrong with the rule")
        self.message.chosen.connect(self._put_in)
        self.beside = QCheckBox("Edit a copy")
        self.back = QPushButton("Restore original")
        self.save = QPushButton("Save ...")
        self.saving = RuleSaving(optimizer_library)
        self.editor = FormulaEditor(theme, RULE)
        self.assistant = FormulaAssistant(self.editor, theme)
        self.typeset = RuleTypeset(theme)
        self.source = SourceLabel(theme)
        self._dress()
        self._arrange()
        self._connect()
        self.hide()

    def _dress(self) -> None:
        self.dot.setFixedSize(DOT_PX, DOT_PX)
        self.name.setObjectName("rank")
        self.editor.setObjectName("rule")
        self.tip.setObjectName("muted")
        self.tip.setTextFormat(Qt.TextFormat.RichText)
        self.beside.setToolTip(
            "The first change makes a copy of this racer, which races beside it and is edited from then on"
        )
        self.save.setToolTip("Save to my optimizers, which come first in the list of optimizers")
        for label in (self.message, self.tip):
            # A long message would else widen the window.
            label.setMinimumWidth(1)
            label.setFixedHeight(MESSAGE_PX)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_PX)
        head.addWidget(self.dot)
        head.addWidget(self.name, 1)
        for button in (self.beside, self.back, self.save, self.saving):
            head.addWidget(button)
        head.addWidget(IconButton("close", "Close the editor (Escape)", self.close_rule))
        texts = QGridLayout()
        texts.setHorizontalSpacing(2 * GAP_PX)
        texts.addWidget(self.editor, 0, 0)
        texts.addWidget(self.typeset, 0, 1)
        for column in range(2):
            texts.setColumnStretch(column, 1)
        footer = QHBoxLayout()
        footer.setSpacing(3 * GAP_PX)
        footer.addWidget(self.message)
        footer.addWidget(self.tip)
        footer.addWidget(self.source, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addLayout(texts, 1)
        layout.addLayout(footer)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._typed)
        self.assistant.tip_changed.connect(self._show_tip)
        self.beside.toggled.connect(lambda: self._show_tip(""))
        self.back.clicked.connect(lambda: self.editor.put(self._racer.original.rule))
        self.save.clicked.connect(lambda: self._ask_name(True))
        self.saving.ended.connect(self._end_saving)
        self._session.racers_changed.connect(self._follow)
        self._session.looks_changed.connect(self._show_look)
        self._session.rule_changed.connect(self._read_anew)

    @property
    def up_to_date(self) -> bool:
        """Whether all that was typed has been read and drawn."""
        return self.has_read and self.typeset.up_to_date

    @property
    def has_read(self) -> bool:
        """Whether all that was typed has been read, and races if it is a rule."""
        return self._read == self._text

    def open_rule(self, key: int) -> None:
        """Edit the rule of this racer.

        Raises
        ------
        FormulaError
            Where the racer runs a solver, which has no rule.
        """
        racer = self._session.racer(key)
        check_editable(racer.original)
        if key != self.key:
            self.key, self._text, self._optimizer = key, racer.rule_text, racer.optimizer
            self._raced = self._text
            with QSignalBlocker(self.editor):
                self.editor.setPlainText(racer.rule_text)
            self.beside.setChecked(not racer.rule and not racer.is_own_rule)
            self._advice = names_in_a_line() if racer.is_own_rule else DURING_RACE
            self.tip.setToolTip(OTHERS if racer.is_own_rule else "")
            self.back.setToolTip(TO_GRADIENT_DESCENT if racer.is_own_rule else TO_CATALOGUE)
            self._show_reading(Reading(racer.optimizer, racer.rule_text))
        self._ask_name(False)
        self._show_look()
        self.show()
        self.editor.setFocus()

    def close_rule(self) -> None:
        """Close the panel; the racer keeps its edited rule."""
        self.key = None
        self._read = self._text
        self.hide()
        self.closed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        for part in (self.editor, self.assistant, self.typeset, self.source):
            part.set_theme(theme)
        self._theme = theme
        self._show_look()

    def end(self) -> None:
        """End the threads."""
        self._reader.end()
        self.typeset.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the panel on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_rule()
        else:
            super().keyPressEvent(event)

    @property
    def _racer(self) -> RacerChoice:
        assert self.key is not None, "a racer is being edited"
        return self._session.racer(self.key)

    def _typed(self) -> None:
        """Have a new text read; Qt's signal also comes when only the colours changed."""
        text = self.editor.toPlainText()
        if self.key is None or text == self._text:
            return
        self._text = text
        self._ask()

    def _ask(self) -> None:
        self._optimizer = self._racer.optimizer
        self._reader.ask("rule", partial(read_rule, self._optimizer, self._text), self._take)

    def _read_anew(self, key: int) -> None:
        """Show a rule that was set elsewhere; read the text again for other modifiers, on which it may depend."""
        if key != self.key:
            return
        if self._racer.rule_text != self._raced:
            self._raced = self._racer.rule_text
            self.editor.put(self._raced)
        elif self._racer.optimizer != self._optimizer:
            self._ask()

    def _take(self, reading: Reading) -> None:
        if self.key is None or (reading.text, reading.optimizer) != (self._text, self._optimizer):
            return
        if reading.error is None:
            self._race(reading.text)
        self._show_reading(reading)

    def _race(self, text: str) -> None:
        """Give the typed rule to the racer, or to a copy of it."""
        racer = self._racer
        rule = "" if text == racer.original.rule else text
        if rule == racer.rule:
            return
        self._raced = text
        if not self.beside.isChecked():
            self._session.set_rule(racer.key, rule)
            return
        self.key = self._session.edit_beside(racer.key, rule)
        self.beside.setChecked(False)
        self._show_look()

    def _show_reading(self, reading: Reading) -> None:
        """Show what is wrong, or the rule typeset."""
        self._read = reading.text
        error = reading.error
        # Who has typed nothing of a rule of their own yet needs its names, which stand in the place of a message.
        begins = self._racer.is_own_rule and not reading.text.strip()
        errors = (error, *error.also) if error is not None and not begins else ()
        self.message.show_message(error_summary(errors), errors[0].replacements if errors else ())
        self.message.setToolTip("\n".join(map(str, errors)))
        self.message.setVisible(bool(errors))
        self.save.setEnabled(error is None)
        self.editor.show_errors(errors)
        self.typeset.show_text(reading.text if error is None else self.typeset.text, newest=error is None)
        self.back.setEnabled(reading.text != self._racer.original.rule)
        self._show_tip("")

    def _put_in(self, replacement: Replacement) -> None:
        """Insert an offered text as one undoable step, unless the text has changed since it was offered."""
        if self.editor.toPlainText() == self._read:
            self.editor.put_at(replacement.start, replacement.end, replacement.text)
            self.editor.setFocus()

    def _show_tip(self, tip: str) -> None:
        """Show the signature of the call around the cursor; without one, what the next change will do."""
        beside = f"A change makes a copy that races beside {escape(self.name.text())}."
        promise = beside if self.beside.isChecked() else self._advice
        self.tip.setText(tip or ("" if self.message.text() else promise))

    def _show_look(self) -> None:
        if self.key is not None:
            racer = self._racer
            colour = drawn_colour(racer.colour, self._theme)
            self.dot.setStyleSheet(f"background: {colour}; border-radius: {DOT_PX // 2}px;")
            self.name.setText(racer.name)
            self.source.show_source(racer.original, edited=bool(racer.rule))
            self._show_tip("")

    def _follow(self) -> None:
        """Close the panel if its racer was removed."""
        if self.key is not None and self.key not in [racer.key for racer in self._session.racers]:
            self.close_rule()

    def _ask_name(self, asked: bool) -> None:
        for button in (self.beside, self.back, self.save):
            button.setVisible(not asked)
        self.saving.setVisible(asked)
        if asked:
            self.saving.begin(self.name.text())

    def _end_saving(self, name: str) -> None:
        self._ask_name(False)
        self.editor.setFocus()
        if name:
            racer = self._racer
            mistake = self._optimizer_library.save(racer, name)
            if not mistake:
                self._session.set_look(racer.key, name=name)
            self.tip.setText(escape(mistake or f"Saved: {name} is one of my optimizers now."))
