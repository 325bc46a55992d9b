"""The racers: rank, name, loss and state of each, with its hyperparameters beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from engine.frame import RacerFrame
from engine.optimizers import OPTIMIZERS
from gui.panels.value_slider import ValueSlider
from gui.session import RacerChoice, Session
from gui.theme import PANEL_WIDTH_PX, SPACING_PX

SHOWN_FIRST = 2
"""Hyperparameters that are always visible; the others open with the arrow."""


class RacerCard(QFrame):
    """One racer."""

    def __init__(self, session: Session, choice: RacerChoice) -> None:
        super().__init__()
        self.setObjectName("card")
        self._session, self.key = session, choice.key
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        self.rank, self.state, self.loss = QLabel(), QLabel(), QLabel()
        self.message = QLabel()
        self.message.setObjectName("error")
        self.message.setWordWrap(True)
        self.message.hide()
        layout.addLayout(self._head(choice))
        status = QHBoxLayout()
        for label in (self.loss, self.state):
            label.setObjectName("muted")
            status.addWidget(label, 1)
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.addLayout(status)
        layout.addWidget(self.message)
        self.sliders = self._make_sliders(choice)
        for number, slider in enumerate(self.sliders.values()):
            layout.addWidget(slider)
            slider.setVisible(number < SHOWN_FIRST)

    def _head(self, choice: RacerChoice) -> QHBoxLayout:
        head = QHBoxLayout()
        self.colour = QToolButton()
        self.colour.setFixedSize(18, 18)
        self.colour.setAccessibleName("Colour")
        self.colour.setToolTip("Choose a colour")
        self.colour.clicked.connect(self._choose_colour)
        self.name = QLineEdit(choice.name)
        self.name.setAccessibleName("Name")
        self.name.setFrame(False)
        self.name.setToolTip(OPTIMIZERS[choice.optimizer].summary)
        self.name.editingFinished.connect(lambda: self._session.set_look(self.key, name=self.name.text()))
        head.addWidget(self.colour)
        head.addWidget(self.name, 1)
        head.addWidget(self.rank)
        for text, tip, action in (
            ("◉", "Show or hide", self._toggle),
            ("+", "Duplicate", lambda: self._session.duplicate_racer(self.key)),
            ("▾", "More hyperparameters", self._open),
            ("✕", "Remove", lambda: self._session.remove_racer(self.key)),
        ):
            button = QToolButton(text=text)
            button.setObjectName("flat")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(action)
            head.addWidget(button)
        self._paint(choice.colour)
        return head

    def _make_sliders(self, choice: RacerChoice) -> dict[str, ValueSlider]:
        sliders, session = {}, self._session
        for row in OPTIMIZERS[choice.optimizer].hyperparameters:
            slider = ValueSlider(row, choice.values.get(row.name, row.default), choice.ranges.get(row.name))
            slider.range_changed.connect(
                lambda low, high, name=row.name: session.set_hyperparameter_range(choice.key, name, low, high)
            )
            slider.changed.connect(lambda value, name=row.name: self._set(name, value))
            slider.refused.connect(self._refuse)
            sliders[row.name] = slider
        return sliders

    def show_racer(self, racer: RacerFrame) -> None:
        """Show where the racer stands."""
        self.rank.setText(f"#{racer.rank}")
        self.loss.setText(f"loss {racer.loss:.4g}")
        self.state.setText(racer.status)

    def _set(self, name: str, value: float) -> None:
        self.message.hide()
        self._session.set_hyperparameter(self.key, name, value)

    def _refuse(self, sentence: str) -> None:
        self.message.setText(sentence)
        self.message.show()

    def _open(self) -> None:
        rest = list(self.sliders.values())[SHOWN_FIRST:]
        for slider in rest:
            slider.setVisible(slider.isHidden())

    def _toggle(self) -> None:
        self._session.set_look(self.key, visible=not self._session.racer(self.key).visible)

    def _choose_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._session.racer(self.key).colour), self, "Colour of the racer")
        if chosen.isValid():
            self._paint(chosen.name())
            self._session.set_look(self.key, colour=chosen.name())

    def _paint(self, colour: str) -> None:
        self.colour.setStyleSheet(f"background: {colour}; border: none; border-radius: 9px;")


class RacersPanel(QWidget):
    """All racers, and a button that adds one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._session = session
        self.cards: list[RacerCard] = []
        add = QPushButton("Add a racer")
        menu = QMenu(add)
        menu.setToolTipsVisible(True)
        for name, optimizer in OPTIMIZERS.items():
            menu.addAction(name, lambda name=name: session.add_racer(name)).setToolTip(optimizer.summary)
        add.setMenu(menu)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACING_PX)
        self._list.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addWidget(add)
        session.racers_changed.connect(self._follow)
        self._follow()

    def show_racers(self, racers: Sequence[RacerFrame]) -> None:
        """Show where each racer stands."""
        for card, racer in zip(self.cards, racers, strict=False):
            card.show_racer(racer)

    def _follow(self) -> None:
        """Keep the cards of racers that stay, so that what is open or being typed stays."""
        known = {card.key: card for card in self.cards}
        self.cards = [known.pop(choice.key, None) or self._new(choice) for choice in self._session.racers]
        for card in known.values():
            self._list.removeWidget(card)
            card.deleteLater()

    def _new(self, choice: RacerChoice) -> RacerCard:
        card = RacerCard(self._session, choice)
        self._list.insertWidget(self._list.count() - 1, card)
        return card
