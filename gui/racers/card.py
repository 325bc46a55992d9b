"""The card of one racer: its rank, name, loss, cost and state, its hyperparameters, and its modifiers."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
)

from engine.live.frame import RacerFrame
from gui.look.racer_colours import drawn_colour
from gui.look.theme import PANEL_WIDTH_PX, SCROLL_BAR_PX, Theme
from gui.racers.card_footer import CardFooter
from gui.racers.cost_label import CostLabel
from gui.racers.modifiers.stack import ModifierStack
from gui.racers.optimizer_words import rule_summary
from gui.racers.palette import Palette
from gui.racers.racer_menu import RacerOpeners, racer_menu
from gui.racers.reordering.grip import Grip
from gui.racers.sliders import RacerSliders
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.icon_button import IconButton
from gui.widgets.numbers.value_slider import ValueSlider
from gui.widgets.steady_label import SteadyLabel

DOT_PX = 18
HOVER_PX, RADIUS_PX = 2.0, 7.0
"""The border of a card whose racer is pointed at: its width, and the radius of its corners."""
MARGIN_PX = 10
GRIP_PX = 26
"""The height of the grip, which is that of the buttons beside it."""
LOSS_PX = 104
"""The least width of the loss, so that the cost beside it stays in place while the number changes."""
LEAST_WIDTH_PX, EDGES_PX = PANEL_WIDTH_PX - SCROLL_BAR_PX, 2 * (MARGIN_PX + 1)
"""The least width of a card, beside the scroll bar, and what its border and margins take of it."""
RUNNING = "running"
DIVERGED = "diverged"
RANK_TIP = "The place: first who has arrived, by the step; then the others, by their losses"
STATE_NAMES = {"diverged": "error", "converged": "good", "arrived": "good", "stalled": "warning"}
"""The names by which the style sheet knows the colours of these states; all other states are muted."""


class RacerCard(QFrame):
    """One racer.

    `edit_asked` is emitted with its key when its rule is to be edited, `inspect_asked` when its steps are to be
    inspected, `tune_asked` when it is to be tuned, `grown` when a modifier was added at its end, `pointed` with its key
    when the pointer comes over it, with None when it leaves.
    """

    edit_asked = Signal(int)
    inspect_asked = Signal(int)
    tune_asked = Signal(int)
    grown = Signal()
    pointed = Signal(object)

    def __init__(self, session: Session, choice: RacerChoice, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session, self.key, self._theme = session, choice.key, theme
        self._shown_name = choice.name
        self.is_hovered = False
        self.own_sliders, self.modifiers = RacerSliders(session, self.key), ModifierStack(session, self.key, theme)
        self.more = self.own_sliders.more
        self.footer = CardFooter(session, self.key, theme)
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, 8, MARGIN_PX, 8)
        layout.setSpacing(4)
        layout.addLayout(self._head(choice))
        layout.addWidget(self._source_of(choice))
        layout.addLayout(self._status())
        for widget in (self.message, self.own_sliders, self.modifiers, self.footer):
            layout.addWidget(widget)
        self.grip = Grip(self, QRect(0, layout.contentsMargins().top(), MARGIN_PX, GRIP_PX))
        # A click on its free surface chooses the racer; Tab goes from control to control.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.own_sliders.refused.connect(self.show_message)
        self.footer.added.connect(self._grow)
        self.footer.tune_asked.connect(lambda: self.tune_asked.emit(self.key))
        self.footer.inspect_asked.connect(lambda: self.inspect_asked.emit(self.key))
        self.show_look()
        self.show_rule()

    @property
    def sliders(self) -> dict[str, ValueSlider]:
        """The sliders of all hyperparameters: those of the rule, then those of its modifiers."""
        columns = (self.own_sliders, *(block.own_sliders for block in self.modifiers.blocks))
        return {name: slider for column in columns for name, slider in column.sliders.items()}

    @property
    def is_unchanged(self) -> bool:
        """Whether a new card would be the same: nothing on it is in use, unfolded, shown or remembered."""
        used = QApplication.activePopupWidget() is not None or self.has_keyboard
        blocks = self.modifiers.blocks
        unfolded = any(column.more.opened for column in (self.own_sliders, *(block.own_sliders for block in blocks)))
        messages = not (self.message.isHidden() and all(block.message.isHidden() for block in blocks))
        return not (used or unfolded or messages or self.footer.published.remembers)

    @property
    def has_keyboard(self) -> bool:
        """Whether the card, or a control on it, has the keyboard."""
        focus = QApplication.focusWidget()
        return focus is self or (focus is not None and self.isAncestorOf(focus))

    def _head(self, choice: RacerChoice) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(4)
        self.colour = QToolButton()
        self.colour.setObjectName("dot")
        self.colour.setFixedSize(DOT_PX, DOT_PX)
        self.colour.setAccessibleName("Colour")
        self.colour.setToolTip("Choose a colour")
        self.colour.clicked.connect(self.open_palette)
        self.name = QLineEdit(choice.name)
        self.name.setObjectName("name")
        self.name.setAccessibleName("Name")
        self.name.setFrame(False)
        self.name.editingFinished.connect(self._rename)
        self.rank = SteadyLabel()
        self.rank.setObjectName("rank")
        self.rank.setToolTip(RANK_TIP)
        head.addWidget(self.colour)
        head.addWidget(self.name, 1)
        head.addWidget(self.rank)
        for button in self._buttons():
            button.setAccessibleName(f"{button.toolTip()}: {choice.name}")
            head.addWidget(button)
        return head

    def _buttons(self) -> tuple[IconButton, ...]:
        self.eye = IconButton("eye", "Show or hide", self._toggle)
        self.edit = IconButton("edit", "Edit the rule", lambda: self.edit_asked.emit(self.key))
        copy = IconButton("copy", "Duplicate", lambda: self._session.duplicate_racer(self.key))
        return self.edit, self.eye, copy, IconButton("remove", "Remove", lambda: self._session.remove_racer(self.key))

    def _source_of(self, choice: RacerChoice) -> ElidedLabel:
        """Return the line that says which file the racer's function is in; hidden for a racer without one."""
        self.source = ElidedLabel(choice.place.label if choice.place is not None else "")
        self.source.setObjectName("muted")
        self.source.setToolTip(choice.place.path if choice.place is not None else "")
        self.source.setVisible(choice.place is not None)
        return self.source

    def _status(self) -> QGridLayout:
        self.loss, self.cost, self.state = SteadyLabel(least_px=LOSS_PX), CostLabel(), QLabel()
        self.loss.setToolTip("The height of the landscape where the racer is now")
        self.state.setObjectName("muted")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._status_grid = QGridLayout()
        self._status_grid.addWidget(self.loss, 0, 0)
        self._status_grid.addWidget(self.cost, 0, 1)
        self._status_grid.addWidget(self.state, 0, 2)
        self._status_grid.setColumnStretch(1, 1)
        self._cost_below = False
        return self._status_grid

    def show_rule(self) -> None:
        """Show a slider for each hyperparameter that the rule has now, and a block for each modifier."""
        choice = self._session.racer(self.key)
        self._show_tip(choice)
        self.own_sliders.show_specs(choice.own_specs)
        self.modifiers.show_modifiers()
        self.footer.show_rule()

    def show_racer(self, racer: RacerFrame, step: int) -> None:
        """Show where the racer stands at a step of the race, and why it stopped if it did."""
        self.rank.setText(f"#{racer.rank}")
        loss = f"loss {racer.loss:.4g}".replace("-", "−")
        self.loss.setText(loss if math.isfinite(racer.loss) else "no loss here")
        before = self.cost.text(), self.state.text()
        self.cost.show_racer(racer)
        state, tip = state_of(racer)
        self.state.setText(state)
        self.state.setToolTip(tip)
        kind = STATE_NAMES.get(state.split()[0], "muted")
        if self.state.objectName() != kind:
            self.state.setObjectName(kind)
            self.state.style().polish(self.state)
        if before != (self.cost.text(), state):
            self._place_cost()
        self.modifiers.show_step(step)

    def _place_cost(self) -> None:
        """Show the cost beside the loss, or in a line below where the state leaves no room for it."""
        for label in (self.cost, self.state):
            # sizeHint is that of the style sheet's font only after the sheet was applied.
            label.ensurePolished()
        hints = self.cost.sizeHint().width() + self.state.sizeHint().width()
        below = LOSS_PX + hints + 2 * self._status_grid.horizontalSpacing() > self._status_px
        if below != self._cost_below:
            self._cost_below = below
            self._status_grid.removeWidget(self.cost)
            self._status_grid.addWidget(self.cost, *((1, 0, 1, 3) if below else (0, 1, 1, 1)))

    @property
    def _status_px(self) -> int:
        """The width of the line with loss, cost and state."""
        return max(self.width(), LEAST_WIDTH_PX) - EDGES_PX

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cost where there is room for it now."""
        super().resizeEvent(event)
        self._place_cost()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.footer.set_theme(theme)
        self.modifiers.set_theme(theme)
        self.show_look()

    def show_look(self) -> None:
        """Show the racer's colour, its name, and whether it is drawn."""
        choice = self._session.racer(self.key)
        colour = drawn_colour(choice.colour, self._theme)
        self.colour.setStyleSheet(f"background: {colour}; border-radius: {DOT_PX // 2}px;")
        self.eye.show_icon("eye" if choice.visible else "eye shut")
        self.modifiers.show_colour(colour)
        self._shown_name = choice.name
        self._show_tip(choice)
        if not self.name.hasFocus():
            self.name.setText(choice.name)
            self.name.home(False)

    def _show_tip(self, choice: RacerChoice) -> None:
        """Show in the name's tooltip the whole name, which the card may cut off, and what the racer runs."""
        self.name.setToolTip(f"{choice.name}\n{rule_summary(choice)}")

    def set_hovered(self, hovered: bool) -> None:
        """Stand out by a border in the racer's colour while a person points at the racer."""
        if hovered != self.is_hovered:
            self.is_hovered = hovered
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, and the border of a racer that is pointed at or chosen."""
        super().paintEvent(event)
        if self.is_hovered or self.hasFocus():
            paint = QColor(drawn_colour(self._session.racer(self.key).colour, self._theme))
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(paint, HOVER_PX))
            inset = HOVER_PX / 2.0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS_PX, RADIUS_PX)
            painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Emit that the racer is pointed at."""
        super().enterEvent(event)
        self.pointed.emit(self.key)

    def leaveEvent(self, event: QEvent) -> None:
        """Emit that the racer is pointed at no more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the racer."""
        openers = RacerOpeners(self.edit_asked.emit, self.inspect_asked.emit, self.tune_asked.emit)
        racer_menu(self.window(), self._session, self.key, openers).popup(event.globalPos())

    def open_palette(self) -> Palette:
        """Open the colour swatches; return them."""
        palette = Palette(self.colour, self._session.racer(self.key).colour, self._theme)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.chosen.connect(lambda colour: self._session.set_look(self.key, colour=colour))
        palette.open_at_colour()
        return palette

    def show_message(self, sentence: str) -> None:
        """Show what is wrong, or cannot be done; hide the message where `sentence` is empty."""
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))

    def _rename(self) -> None:
        """Take the typed name; where it is empty, the racer keeps its name."""
        name = self.name.text().strip() or self._shown_name
        self.name.setText(name)
        self._session.set_look(self.key, name=name)

    def _grow(self) -> None:
        """Give the keyboard to the formula field of the new modifier, if it has one."""
        formula = self.modifiers.blocks[-1].formula
        if formula is not None:
            formula.setFocus()
            formula.selectAll()
        self.grown.emit()

    def _toggle(self) -> None:
        self._session.set_look(self.key, visible=not self._session.racer(self.key).visible)


def state_of(racer: RacerFrame) -> tuple[str, str]:
    """Return in what state a racer is, and what there is to say of that."""
    stopped = f"stopped at step {racer.rested:,}" if racer.rested is not None else ""
    arrived = f"arrived at step {racer.arrived.step:,}" if racer.arrived is not None else ""
    state = stopped if stopped and racer.status == RUNNING else racer.status
    sentences = [f"{arrived.capitalize()}, with loss {racer.arrived.loss:.3g}."] if racer.arrived is not None else []
    sentences += [f"{stopped.capitalize()}. {racer.reason}" if stopped else racer.reason]
    # Whoever diverged after it arrived keeps its place, but the state of now must be seen.
    return state if not arrived or state.startswith(DIVERGED) else arrived, " ".join(filter(None, sentences))
