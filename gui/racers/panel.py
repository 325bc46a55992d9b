"""The panel of the racers: a card for each, and a button that adds one."""

from __future__ import annotations

import time
from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.live.frame import RacerFrame
from engine.own.function_location import FunctionLocation
from gui.files.function_loader import FunctionLoader
from gui.files.optimizer_library import OptimizerLibrary
from gui.look.theme import PANEL_WIDTH_PX, Theme
from gui.racers.absent_card import AbsentCard
from gui.racers.card import RacerCard
from gui.racers.card_column import CardColumn
from gui.racers.noise_popover import NoiseButton
from gui.racers.optimizer_list import OptimizerList
from gui.session.session import Session
from gui.widgets.popover import close_popovers

NO_RACERS = "There is no racer yet. Add one below, or with Ctrl+Shift+A."
REWRITE_S = 0.1
"""The least time between two updates of the numbers during a race."""
FEW = 4
"""The cards that are made before the panel is shown, as many as at a first start; others follow one by one."""
SETTLING_S = 2.0
"""For so long a new card is kept in view: nested layouts settle one after the other, and each may move it."""


class RacersPanel(QWidget):
    """All racers.  `edit_asked` is emitted with the key of a racer whose rule is to be edited."""

    edit_asked = Signal(int)

    def __init__(
        self, session: Session, optimizer_library: OptimizerLibrary, functions: FunctionLoader, theme: Theme
    ) -> None:
        super().__init__()
        self._optimizer_library, self._functions, self._theme = optimizer_library, functions, theme
        self._written_at = 0.0
        self._keys: set[int] = set()
        self.absent: list[AbsentCard] = []
        self._standing: Sequence[RacerFrame] = ()
        self._step = 0
        self.setFixedWidth(PANEL_WIDTH_PX)
        self._session = session
        self.add = QPushButton("Add a racer")
        self.add.clicked.connect(self.open_list)
        self.no_racers = QLabel(NO_RACERS)
        self.no_racers.setObjectName("muted")
        self.no_racers.setWordWrap(True)
        self.no_racers.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.column = CardColumn(session, theme, self._make)
        self.scroll_area = self.column.area
        self._newcomer: QWidget | None = None
        self._settled_at = 0.0
        bar = self.scroll_area.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_in_view)
        bar.actionTriggered.connect(self._let_go)
        self.noise = NoiseButton(session)
        self._lay_out()
        session.racers_changed.connect(self._follow)
        session.looks_changed.connect(self._follow_looks)
        session.rule_changed.connect(self._follow_rule)
        functions.refused.connect(self._show_refusal)
        self._follow()
        for choice in session.racers[:FEW]:
            self.column.card(choice.key)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.no_racers)
        layout.addWidget(self.scroll_area, 1)
        below = QHBoxLayout()
        below.addWidget(self.add, 1)
        below.addWidget(self.noise, 1)
        layout.addLayout(below)

    @property
    def cards(self) -> list[RacerCard]:
        """The cards of all racers; reading this makes those that are not visible too."""
        return [self.column.card(racer.key) for racer in self._session.racers]

    def end(self) -> None:
        """Make no more cards."""
        self.column.end()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.column.set_theme(theme)
        for card in self.absent:
            card.set_theme(theme)

    def open_list(self) -> OptimizerList:
        """Open the list of all optimizers, which adds the chosen one; return it."""
        listed = OptimizerList(self.add, self._optimizer_library, self._functions.steps)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.chosen.connect(self._session.add_racer)
        listed.saved_chosen.connect(self._session.add_saved)
        listed.function_chosen.connect(self._session.add_function)
        listed.open(listed.search)
        return listed

    def show_racers(self, racers: Sequence[RacerFrame], step: int, settled: bool = True) -> None:
        """Show where each racer stands; during a race no more often than a person can read numbers."""
        self._standing, self._step = racers, step
        now = time.monotonic()
        if not settled and now - self._written_at < REWRITE_S:
            return
        self._written_at = now
        for card in self.column.made:
            self._show_standing(card)

    @property
    def up_to_date(self) -> bool:
        """Whether every visible racer has its card."""
        return self.column.up_to_date

    def _show_standing(self, card: RacerCard) -> None:
        """Show on a card where its racer stands, if that is known yet."""
        number = self._number_of(card.key)
        if number < len(self._standing) == len(self._session.racers):
            card.show_racer(self._standing[number], self._step)

    def _number_of(self, key: int) -> int:
        return [racer.key for racer in self._session.racers].index(key)

    def _follow_looks(self) -> None:
        for card in self.column.made:
            card.show_look()
        self.column.update()

    @property
    def key_in_use(self) -> int | None:
        """The key of the racer whose card has the keyboard."""
        focus = QApplication.focusWidget()
        return next((card.key for card in self.column.made if focus is not None and card.isAncestorOf(focus)), None)

    def refuse(self, key: int, sentence: str) -> None:
        """Show on a racer's card why something cannot be done."""
        self.column.card(key).show_message(sentence)

    def _follow_rule(self, key: int) -> None:
        card = self.column.card(key)
        card.show_rule()
        # Whoever edits the rule needs its new sliders next.
        self._show(card)

    def _follow(self) -> None:
        """Keep the cards of racers that stay, with what is open or typed on them; the others are made one by one."""
        keys = [choice.key for choice in self._session.racers]
        self._follow_absent()
        self.no_racers.setVisible(not keys and not self.absent)
        stay, newcomers = self._keys & set(keys), [key for key in keys if key not in self._keys]
        self._keys = set(keys)
        removed = self.column.show_rows(keys)
        close_popovers(*removed)
        self.column.delete_gradually(removed)
        # A racer that was added to others is scrolled to; a new set of racers is shown from its first one.
        if stay and newcomers:
            self._show(self.column.card(newcomers[-1]))

    def _follow_absent(self) -> None:
        """Show a card for each racer whose function was not run, beneath the cards of all that race."""
        keys = [choice.key for choice in self._session.absent]
        for card in [card for card in self.absent if card.key not in keys]:
            self.absent.remove(card)
            card.hide()
            card.deleteLater()
        known = [card.key for card in self.absent]
        for choice in [choice for choice in self._session.absent if choice.key not in known]:
            card = AbsentCard(choice, self._theme)
            card.run_asked.connect(self._functions.open_step)
            card.remove_asked.connect(self._session.remove_racer)
            self.absent.append(card)
        self.column.put_below(self.absent)

    def _show_refusal(self, place: FunctionLocation, sentence: str) -> None:
        for card in self.absent:
            if card.place == place:
                card.show_message(sentence)

    def _make(self, key: int) -> RacerCard:
        card = RacerCard(self._session, self._session.racer(key), self._theme)
        card.edit_asked.connect(self.edit_asked)
        card.grown.connect(lambda: self._show(card.footer))
        self._show_standing(card)
        return card

    def _show(self, newcomer: QWidget) -> None:
        """Scroll to a widget that was added; where it lies is known only when all layouts have settled."""
        self._newcomer, self._settled_at = newcomer, time.monotonic() + SETTLING_S
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        """Scroll to the newcomer once more, after what has just moved it."""
        newcomer = self._newcomer
        if newcomer is not None and shiboken6.isValid(newcomer) and time.monotonic() < self._settled_at:
            QTimer.singleShot(0, newcomer, lambda: self.scroll_area.ensureWidgetVisible(newcomer))

    def _let_go(self) -> None:
        """Leave the view to the person who scrolls."""
        self._newcomer = None
