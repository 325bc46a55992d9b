"""The racers: a card for each, and a button that adds one."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.frame import RacerFrame
from engine.own.place import Place
from gui.gradually import Gradually
from gui.own_functions import OwnFunctions
from gui.own_optimizers import OwnOptimizers
from gui.panels.absent_card import AbsentCard
from gui.panels.noise_popover import NoiseButton
from gui.panels.optimizer_list import OptimizerList
from gui.panels.popover import close_popovers
from gui.panels.racer_card import RacerCard
from gui.session import RacerChoice, Session
from gui.theme import PANEL_WIDTH_PX, SPACING_PX, Theme

NOBODY = "Nobody races yet. Add a racer below, or with Ctrl+Shift+A."
REWRITE_S = 0.1
"""The least time between two writings of the numbers while racing."""
FEW = 4
"""Cards that are made at once, as many as at a first start; more come a few at a time."""
SWEEP_MS = 5
"""Between the ends of two cards that went together."""
SETTLING_MS = (0, 40, 120, 240)
"""When to look where a card lies: layouts within layouts settle one after the other."""


class RacersPanel(QWidget):
    """All racers, and a button that adds one.  `edit_asked` tells the key of a racer whose rule is to be edited."""

    edit_asked = Signal(int)

    def __init__(self, session: Session, mine: OwnOptimizers, functions: OwnFunctions, theme: Theme) -> None:
        super().__init__()
        self._mine, self._functions, self._theme = mine, functions, theme
        self._written_at, self._shows_newcomers = 0.0, False
        self._standing: Sequence[RacerFrame] = ()
        self._step = 0
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._session = session
        self.cards: list[RacerCard] = []
        self.absent: list[AbsentCard] = []
        self._making = Gradually(self, self._make_next)
        self.coming = QLabel()
        self.coming.setObjectName("muted")
        self.coming.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.coming.hide()
        self.add = QPushButton("Add a racer")
        self.add.clicked.connect(self.open_list)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(SPACING_PX)
        self.nobody = QLabel(NOBODY)
        self.nobody.setObjectName("muted")
        self.nobody.setWordWrap(True)
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._list.addWidget(self.nobody)
        self._list.addWidget(self.coming)
        self._list.addStretch(1)
        self.scroll = scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        self.noise = NoiseButton(session)
        below = QHBoxLayout()
        below.addWidget(self.add, 1)
        below.addWidget(self.noise, 1)
        layout.addLayout(below)
        session.racers_changed.connect(self._follow)
        session.looks_changed.connect(self._follow_looks)
        session.rule_changed.connect(self._follow_rule)
        functions.refused.connect(self._tell_absent)
        self._follow()

    def end(self) -> None:
        """Make no more cards."""
        self._making.end()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        for card in self.cards:
            card.parts.set_theme(theme)

    def open_list(self) -> OptimizerList:
        """Open the list of all optimizers, which adds the chosen one; return it."""
        listed = OptimizerList(self.add, self._mine, self._functions.steps)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.chosen.connect(self._session.add_racer)
        listed.own_chosen.connect(self._session.add_saved)
        listed.function_chosen.connect(self._session.add_function)
        listed.open(listed.search)
        return listed

    def show_racers(self, racers: Sequence[RacerFrame], step: int, settled: bool = True) -> None:
        """Show where each racer stands; while they move, no more often than numbers can be read."""
        self._standing, self._step = racers, step
        now = time.monotonic()
        if not settled and now - self._written_at < REWRITE_S:
            return
        self._written_at = now
        for card in self.cards:
            self._show_standing(card)

    @property
    def up_to_date(self) -> bool:
        """Tell whether every racer has its card."""
        return not self._making.under_way

    def _show_standing(self, card: RacerCard) -> None:
        """Show on a card where its racer stands, if that is known yet."""
        number = self._place_of(card.key)
        if number < len(self._standing) == len(self._session.racers):
            card.show_racer(self._standing[number], self._step)

    def _place_of(self, key: int) -> int:
        return [racer.key for racer in self._session.racers].index(key)

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
                card.tell(sentence)

    def _follow_rule(self, key: int) -> None:
        for card in self.cards:
            if card.key == key:
                card.show_rule()
                # Its new sliders are what somebody who edits the rule wants next.
                self._show(card)

    def _follow(self) -> None:
        """Keep the cards of racers that stay, so that what is open or being typed stays; the others come by and by."""
        keys = {choice.key for choice in self._session.racers}
        self._follow_absent()
        self.nobody.setVisible(not keys and not self.absent)
        gone = [card for card in self.cards if card.key not in keys]
        self.cards = [card for card in self.cards if card.key in keys]
        close_popovers(*gone)
        for number, card in enumerate(gone):
            self._list.removeWidget(card)
            card.hide()
            QTimer.singleShot(number * SWEEP_MS, card, card.deleteLater)
        # One that joins others is what somebody wants to see next; a whole field begins with its first.
        self._shows_newcomers = bool(self.cards)
        for _ in range(FEW):
            self._make_next()
        self._making.go_on()

    def _follow_absent(self) -> None:
        """Have a card for each racer whose function was not run, beneath those of all who race."""
        keys = [choice.key for choice in self._session.absent]
        for card in [card for card in self.absent if card.key not in keys]:
            self.absent.remove(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        known = [card.key for card in self.absent]
        for choice in [choice for choice in self._session.absent if choice.key not in known]:
            card = AbsentCard(choice)
            card.run_asked.connect(self._functions.open_step)
            card.remove_asked.connect(self._session.remove_racer)
            self.absent.append(card)
            # The last in the list is room.
            self._list.insertWidget(self._list.count() - 1, card)

    def _tell_absent(self, place: Place, sentence: str) -> None:
        for card in self.absent:
            if card.place == place:
                card.tell(sentence)

    def _make_next(self) -> bool:
        """Make the first card that is missing; tell whether there was one."""
        made = {card.key for card in self.cards}
        missing = [choice for choice in self._session.racers if choice.key not in made]
        if missing:
            self._make(missing[0])
        left = len(missing) - 1
        self.coming.setText(f"{left} more {'card' if left == 1 else 'cards'} ...")
        self.coming.setVisible(left > 0)
        return bool(missing)

    def _make(self, choice: RacerChoice) -> None:
        card = RacerCard(self._session, choice, self._theme)
        card.edit_asked.connect(self.edit_asked)
        card.grown.connect(lambda: self._show(card.foot))
        place = self._place_of(choice.key)
        self.cards.insert(place, card)
        self._list.insertWidget(place, card)
        self._show_standing(card)
        if self._shows_newcomers:
            self._show(card)

    def _show(self, newcomer: QWidget) -> None:
        """Scroll to what has come, which must be seen; its place is known only once all layouts have settled."""
        for pause in SETTLING_MS:
            QTimer.singleShot(pause, newcomer, lambda: self.scroll.ensureWidgetVisible(newcomer))
