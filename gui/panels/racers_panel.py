"""The racers: rank, name, loss and state of each, with its hyperparameters beneath."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.frame import RacerFrame
from engine.optimizers import Hyperparameter
from gui.panels.icon_button import IconButton
from gui.panels.icons import paint_icon
from gui.panels.optimizer_list import OptimizerList
from gui.panels.palette import Palette
from gui.panels.value_slider import ValueSlider
from gui.session import RacerChoice, Session
from gui.theme import PANEL_WIDTH_PX, SPACING_PX

SHOWN_FIRST = 2
"""Hyperparameters that are always visible; the others open beneath."""
ARROW_PX, ARROW_GAP_PX = 14, 5
DOT_PX = 18
STATE_NAMES = {"diverged": "error", "converged": "good"}
"""How the style sheet calls the colour of a state; all others are muted."""
REWRITE_S = 0.1
"""The least time between two writings of the numbers while racing."""


class RacerCard(QFrame):
    """One racer.  `edit_asked` tells that its rule is to be edited."""

    edit_asked = Signal(int)

    def __init__(self, session: Session, choice: RacerChoice) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session, self.key = session, choice.key
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
        status = QHBoxLayout()
        for label in (self.loss, self.state):
            status.addWidget(label, 1)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addLayout(status)
        layout.addWidget(self.message)
        self._rows: Sequence[Hyperparameter] = ()
        self.sliders: dict[str, ValueSlider] = {}
        self.more = MoreButton()
        layout.addWidget(self.more)
        session.hyperparameter_changed.connect(self._follow_value)
        self.show_rule()

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
        self.show_look()
        return head

    def show_rule(self) -> None:
        """Have a slider for each hyperparameter of the rule as it is now, at the value that is set."""
        choice = self._session.racer(self.key)
        rows = choice.entry.hyperparameters
        if rows != self._rows:
            self._rows = rows
            for slider in self.sliders.values():
                slider.hide()
                slider.deleteLater()
            self.sliders = self._make_sliders(choice)
            place = self.layout().indexOf(self.more)
            for number, slider in enumerate(self.sliders.values()):
                self.layout().insertWidget(place + number, slider)
            self.more.fold(list(self.sliders)[SHOWN_FIRST:], list(self.sliders.values())[SHOWN_FIRST:])
        for name, value in choice.values.items():
            self._follow_value(self.key, name, value)

    def _make_sliders(self, choice: RacerChoice) -> dict[str, ValueSlider]:
        sliders, session = {}, self._session
        for row in self._rows:
            slider = ValueSlider(row, choice.values.get(row.name, row.default), choice.ranges.get(row.name))
            slider.range_changed.connect(
                lambda low, high, name=row.name: session.set_hyperparameter_range(choice.key, name, low, high)
            )
            slider.changed.connect(lambda value, name=row.name: self._set(name, value))
            slider.refused.connect(self.refuse)
            sliders[row.name] = slider
        return sliders

    def show_racer(self, racer: RacerFrame) -> None:
        """Show where the racer stands."""
        self.rank.setText(f"#{racer.rank}")
        self.loss.setText(f"loss {racer.loss:.4g}" if math.isfinite(racer.loss) else "no loss here")
        self.state.setText(racer.status)
        kind = STATE_NAMES.get(racer.status.split()[0], "muted")
        if self.state.objectName() != kind:
            self.state.setObjectName(kind)
            self.state.style().polish(self.state)

    def show_look(self) -> None:
        """Show the racer's colour, its name, and whether it is drawn."""
        choice = self._session.racer(self.key)
        self.colour.setStyleSheet(f"background: {choice.colour}; border: none; border-radius: {DOT_PX // 2}px;")
        self.eye.show_icon("eye" if choice.visible else "eye shut")
        if not self.name.hasFocus():
            self.name.setText(choice.name)

    def open_palette(self) -> Palette:
        """Open the swatches; return them."""
        palette = Palette(self.colour, self._session.racer(self.key).colour)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.chosen.connect(lambda colour: self._session.set_look(self.key, colour=colour))
        palette.open_at_colour()
        return palette

    def _rename(self) -> None:
        """Take the typed name; a racer without one keeps what it had."""
        name = self.name.text().strip() or self._session.racer(self.key).name
        self.name.setText(name)
        self._session.set_look(self.key, name=name)

    def _set(self, name: str, value: float) -> None:
        self.message.hide()
        self._session.set_hyperparameter(self.key, name, value)

    def _follow_value(self, key: int, name: str, value: float) -> None:
        if key == self.key and name in self.sliders:
            self.sliders[name].show_value(value)

    def refuse(self, sentence: str) -> None:
        """Say why something cannot be done."""
        self.message.setText(sentence)
        self.message.show()

    def _toggle(self) -> None:
        self._session.set_look(self.key, visible=not self._session.racer(self.key).visible)


class MoreButton(QPushButton):
    """Opens and folds up what a card shows only on demand, and names it; hidden where there is nothing more."""

    def __init__(self) -> None:
        super().__init__()
        self._names: Sequence[str] = ()
        self._widgets: Sequence[QWidget] = ()
        self._opened = False
        self.setObjectName("link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.open(not self._opened))

    def fold(self, names: Sequence[str], widgets: Sequence[QWidget]) -> None:
        """Stand for these from now on; what was open stays open."""
        self._names, self._widgets = names, widgets
        self.setVisible(bool(names))
        self.open(self._opened and bool(names))

    def open(self, opened: bool) -> None:
        """Open, or fold up."""
        self._opened = opened
        for widget in self._widgets:
            widget.setVisible(opened)
        self.setText("fewer" if opened else ", ".join(self._names))
        self.setToolTip("Fewer hyperparameters" if opened else "More hyperparameters")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint an arrow, and as many of the words as fit."""
        palette, lively = QApplication.palette(), self.underMouse() or self.hasFocus()
        colour = palette.color(QPalette.ColorRole.WindowText if lively else QPalette.ColorRole.PlaceholderText)
        painter = QPainter(self)
        place = QRectF(0.0, (self.height() - ARROW_PX) / 2.0, ARROW_PX, ARROW_PX)
        paint_icon(painter, "fewer" if self._opened else "more", place, colour)
        words = QRectF(self.rect()).adjusted(ARROW_PX + ARROW_GAP_PX, 0.0, 0.0, 0.0)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.setPen(colour)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()


class RacersPanel(QWidget):
    """All racers, and a button that adds one.  `edit_asked` tells the key of a racer whose rule is to be edited."""

    edit_asked = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._written_at = 0.0
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._session = session
        self.cards: list[RacerCard] = []
        self.add = QPushButton("Add a racer")
        self.add.clicked.connect(self.open_list)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACING_PX)
        self._list.addStretch(1)
        self.scroll = scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.add)
        session.racers_changed.connect(self._follow)
        session.looks_changed.connect(self._follow_looks)
        session.rule_changed.connect(self._follow_rule)
        self._follow()

    def open_list(self) -> OptimizerList:
        """Open the list of all optimizers, which adds the chosen one; return it."""
        listed = OptimizerList(self.add)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.chosen.connect(self._session.add_racer)
        listed.open(listed.search)
        return listed

    def show_racers(self, racers: Sequence[RacerFrame], settled: bool = True) -> None:
        """Show where each racer stands; while they move, no more often than numbers can be read."""
        now = time.monotonic()
        if not settled and now - self._written_at < REWRITE_S:
            return
        self._written_at = now
        for card, racer in zip(self.cards, racers, strict=False):
            card.show_racer(racer)

    def _follow_looks(self) -> None:
        for card in self.cards:
            card.show_look()

    @property
    def key_in_use(self) -> int | None:
        """The key of the racer whose card has the keyboard."""
        focus = QApplication.focusWidget()
        return next((card.key for card in self.cards if focus is not None and card.isAncestorOf(focus)), None)

    def refuse(self, key: int, sentence: str) -> None:
        """Say on a racer's card why something cannot be done."""
        for card in self.cards:
            if card.key == key:
                card.refuse(sentence)

    def _follow_rule(self, key: int) -> None:
        for card in self.cards:
            if card.key == key:
                card.show_rule()

    def _follow(self) -> None:
        """Keep the cards of racers that stay, so that what is open or being typed stays."""
        known = {card.key: card for card in self.cards}
        self.cards = [known.pop(choice.key, None) or self._new(choice) for choice in self._session.racers]
        for card in known.values():
            self._list.removeWidget(card)
            card.deleteLater()

    def _new(self, choice: RacerChoice) -> RacerCard:
        card = RacerCard(self._session, choice)
        card.edit_asked.connect(self.edit_asked)
        self._list.insertWidget(self._list.count() - 1, card)
        if self.cards:
            # A newcomer below the others must be seen to have come; its place is known only after the layout.
            QTimer.singleShot(0, card, lambda: self.scroll.ensureWidgetVisible(card))
        return card
