"""The card of one racer: its rank, name, loss and state, its hyperparameters, and what goes round its rule."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout

from engine.live.frame import RacerFrame
from gui.look.theme import Theme
from gui.racers.card_footer import CardFooter
from gui.racers.modifiers.stack import ModifierStack
from gui.racers.palette import Palette
from gui.racers.sliders import RacerSliders
from gui.session.session import RacerChoice, Session
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.value_slider import ValueSlider

DOT_PX = 18
RUNNING = "running"
STATE_NAMES = {"diverged": "error", "converged": "good"}
"""How the style sheet calls the colour of a state; all others are muted."""


class RacerCard(QFrame):
    """One racer.  `edit_asked` tells that its rule is to be edited, `grown` that more has come to its end."""

    edit_asked = Signal(int)
    grown = Signal()

    def __init__(self, session: Session, choice: RacerChoice, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session, self.key = session, choice.key
        self._known_as = choice.name
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        self.rank, self.state, self.loss = QLabel(), QLabel(), QLabel()
        self.rank.setObjectName("rank")
        self.rank.setToolTip("Rank: 1 has the lowest loss")
        self.state.setObjectName("muted")
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        layout.addLayout(self._head(choice))
        self.source = ElidedLabel(choice.place.told if choice.place is not None else "")
        self.source.setObjectName("muted")
        self.source.setToolTip(choice.place.path if choice.place is not None else "")
        self.source.setVisible(choice.place is not None)
        layout.addWidget(self.source)
        status = QHBoxLayout()
        for label in (self.loss, self.state):
            status.addWidget(label, 1)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addLayout(status)
        layout.addWidget(self.message)
        self.own, self.parts = RacerSliders(session, self.key), ModifierStack(session, self.key, theme)
        self.more = self.own.more
        self.foot = CardFooter(session, self.key)
        for widget in (self.own, self.parts, self.foot):
            layout.addWidget(widget)
        self.own.told.connect(self.tell)
        self.foot.put.connect(self._grow)
        self.show_look()
        self.show_rule()

    @property
    def sliders(self) -> dict[str, ValueSlider]:
        """The sliders of all hyperparameters: the rule's own, then those of what goes round it."""
        return {name: slider for one in (self.own, *self.parts.blocks) for name, slider in one.sliders.items()}

    @property
    def is_as_made(self) -> bool:
        """Whether a card made anew would be the same: nothing on it is being used, unfolded, told or remembered."""
        focus = QApplication.focusWidget()
        used = QApplication.activePopupWidget() is not None or (focus is not None and self.isAncestorOf(focus))
        unfolded = any(sliders.more.opened for sliders in (self.own, *(block.own for block in self.parts.blocks)))
        told = not (self.message.isHidden() and all(block.message.isHidden() for block in self.parts.blocks))
        return not (used or unfolded or told or self.foot.published.remembers)

    def _head(self, choice: RacerChoice) -> QHBoxLayout:
        head = QHBoxLayout()
        self.colour = QToolButton()
        self.colour.setFixedSize(DOT_PX, DOT_PX)
        self.colour.setAccessibleName("Colour")
        self.colour.setToolTip("Choose a colour")
        self.colour.clicked.connect(self.open_palette)
        self.name = QLineEdit(choice.name)
        self.name.setObjectName("name")
        self.name.setAccessibleName("Name")
        self.name.setFrame(False)
        self.name.setToolTip(choice.entry.summary)
        self.name.editingFinished.connect(self._rename)
        head.setSpacing(4)
        head.addWidget(self.colour)
        head.addWidget(self.name, 1)
        head.addWidget(self.rank)
        self.eye = IconButton("eye", "Show or hide", self._toggle)
        self.edit = IconButton("edit", "Edit the rule", lambda: self.edit_asked.emit(self.key))
        for button in (
            self.edit,
            self.eye,
            IconButton("copy", "Duplicate", lambda: self._session.duplicate_racer(self.key)),
            IconButton("remove", "Remove", lambda: self._session.remove_racer(self.key)),
        ):
            button.setAccessibleName(f"{button.toolTip()}: {choice.name}")
            head.addWidget(button)
        return head

    def show_rule(self) -> None:
        """Have a slider for each hyperparameter of the rule as it is now, and a block for each part round it."""
        choice = self._session.racer(self.key)
        self.own.show_rows(choice.own_specs)
        self.parts.show_parts()
        self.foot.show_rule()

    def show_racer(self, racer: RacerFrame, step: int) -> None:
        """Show where the racer stands at a step of the race, and why it stands still if it says so."""
        self.rank.setText(f"#{racer.rank}")
        self.loss.setText(f"loss {racer.loss:.4g}" if math.isfinite(racer.loss) else "no loss here")
        stopped = f"stopped at step {racer.rested:,}" if racer.rested is not None else ""
        self.state.setText(stopped if stopped and racer.status == RUNNING else racer.status)
        self.state.setToolTip(f"{stopped.capitalize()}. {racer.reason}" if stopped else "")
        kind = STATE_NAMES.get(racer.status.split()[0], "muted")
        if self.state.objectName() != kind:
            self.state.setObjectName(kind)
            self.state.style().polish(self.state)
        self.parts.show_step(step)
        self.foot.show_racer(racer)

    def show_look(self) -> None:
        """Show the racer's colour, its name, and whether it is drawn."""
        choice = self._session.racer(self.key)
        self.colour.setStyleSheet(f"background: {choice.colour}; border: none; border-radius: {DOT_PX // 2}px;")
        self.eye.show_icon("eye" if choice.visible else "eye shut")
        self.parts.show_colour(choice.colour)
        self._known_as = choice.name
        if not self.name.hasFocus():
            self.name.setText(choice.name)
            self.name.home(False)

    def open_palette(self) -> Palette:
        """Open the swatches; return them."""
        palette = Palette(self.colour, self._session.racer(self.key).colour)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.chosen.connect(lambda colour: self._session.set_look(self.key, colour=colour))
        palette.open_at_colour()
        return palette

    def _rename(self) -> None:
        """Take the typed name; a racer without one keeps what it had."""
        name = self.name.text().strip() or self._known_as
        self.name.setText(name)
        self._session.set_look(self.key, name=name)

    def tell(self, sentence: str) -> None:
        """Say what is wrong, or cannot be done; "" where nothing is."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _grow(self) -> None:
        """Let a formula that is there to be typed have the keyboard."""
        formula = self.parts.blocks[-1].formula
        if formula is not None:
            formula.setFocus()
            formula.selectAll()
        self.grown.emit()

    def _toggle(self) -> None:
        self._session.set_look(self.key, visible=not self._session.racer(self.key).visible)
