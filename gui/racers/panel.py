"""The panel of the racers: a card for each, and a button that adds one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.live.frame import RacerFrame
from engine.own.function_location import FunctionLocation
from gui.files.function_loader import FunctionLoader
from gui.files.optimizer_library import OptimizerLibrary
from gui.look.theme import PANEL_WIDTH_PX, Theme
from gui.racers.absent_card import AbsentCard
from gui.racers.card import RacerCard
from gui.racers.card_column import CardColumn
from gui.racers.finish_popover import FinishButton
from gui.racers.noise_popover import NoiseButton
from gui.racers.optimizer_list import OptimizerList
from gui.racers.racer_menu import RacerOpeners
from gui.racers.reordering.resting_pointer import RestingPointer
from gui.racers.standings.button import StandingsButton
from gui.session.racer_order import move
from gui.session.session import Session
from gui.widgets.popover import close_popovers

NO_RACERS = "There is no racer yet. Add one below, or with Ctrl+Shift+A."
NOBODY = -1
"""No racer's key."""
REWRITE_S = 0.1
"""The least time between two updates of the numbers during a race."""
FEW = 4
"""The cards that are made before the panel is shown, as many as at a first start; others follow one by one."""
SETTLING_S = 2.0
"""For so long a new card is kept in view: nested layouts settle one after the other, and each may move it."""


class RacersPanel(QWidget):
    """All racers.

    `edit_asked` is emitted with the key of a racer whose rule is to be edited, `inspect_asked` with that of one whose
    steps are, `tune_asked` with that of one to be tuned, `racer_pointed` with that of a racer over whose card the
    pointer rests, and with None when it leaves.
    """

    edit_asked = Signal(int)
    inspect_asked = Signal(int)
    tune_asked = Signal(int)
    racer_pointed = Signal(object)

    def __init__(
        self, session: Session, optimizer_library: OptimizerLibrary, functions: FunctionLoader, theme: Theme
    ) -> None:
        super().__init__()
        self._optimizer_library, self._functions, self._theme = optimizer_library, functions, theme
        self._written_at = 0.0
        self._keys: set[int] = set()
        self._hovered: int | None = None
        self._refused = NOBODY
        self.absent: list[AbsentCard] = []
        self._standing: Mapping[int, RacerFrame] = {}
        self._step = 0
        self.setMinimumWidth(PANEL_WIDTH_PX)
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
        self._pointer = RestingPointer(self)
        self._settled_at = 0.0
        bar = self.scroll_area.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_in_view)
        bar.actionTriggered.connect(self._let_go)
        self.noise, self.finish = NoiseButton(session), FinishButton(session)
        self.standings = StandingsButton(session, theme)
        self._lay_out()
        self._connect_parts()
        session.racers_changed.connect(self._follow)
        session.looks_changed.connect(self._follow_looks)
        session.rule_changed.connect(self._follow_rule)
        functions.refused.connect(self._show_refusal)
        self._follow()
        for choice in session.racers[:FEW]:
            self.column.card(choice.key)

    def _connect_parts(self) -> None:
        self._pointer.rested.connect(self.racer_pointed)
        self.column.drag.begun.connect(self._let_go)
        self.column.drag.moved.connect(partial(move, self._session))
        self.standings.racer_pointed.connect(self._show_pointed)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.no_racers)
        layout.addWidget(self.scroll_area, 1)
        below = QHBoxLayout()
        below.addWidget(self.add, 1)
        below.addWidget(self.noise, 1)
        below.addWidget(self.finish, 1)
        below.addWidget(self.standings)
        layout.addLayout(below)

    @property
    def cards(self) -> list[RacerCard]:
        """The cards of all racers; reading this makes those that are not visible too."""
        return [self.column.card(racer.key) for racer in self._session.racers]

    def end(self) -> None:
        """Make no more cards, and close the table."""
        self.column.end()
        self.standings.end()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme
        self.column.set_theme(theme)
        self.standings.set_theme(theme)
        for card in self.absent:
            card.set_theme(theme)

    def open_list(self) -> OptimizerList:
        """Open the list of all optimizers, which adds the chosen one; return it."""
        listed = OptimizerList(self.add, self._optimizer_library, self._functions.steps)
        listed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        listed.own_chosen.connect(self._add_own_rule)
        listed.chosen.connect(self._session.add_racer)
        listed.saved_chosen.connect(self._session.add_saved)
        listed.function_chosen.connect(self._session.add_function)
        listed.open(listed.search)
        return listed

    def _add_own_rule(self) -> None:
        """Add a racer whose rule is still to be typed, and have its editor opened."""
        self.edit_asked.emit(self._session.add_own_rule())

    def show_racers(self, racers: Sequence[RacerFrame], step: int, settled: bool = True) -> None:
        """Show where each racer stands; during a race no more often than a person can read numbers."""
        self._standing, self._step = dict(zip(self._shown_keys, racers, strict=False)), step
        now = time.monotonic()
        if not settled and now - self._written_at < REWRITE_S:
            return
        self._written_at = now
        for card in self.column.made:
            self._show_standing(card)
        self.standings.show_racers(racers, step, settled)

    def show_hovered(self, key: int | None) -> None:
        """Let the card of the racer that a person points at stand out; None lets none."""
        self._hovered = key
        for card in self.column.made:
            card.set_hovered(card.key == key)

    def _show_pointed(self, key: int | None) -> None:
        """Bring the card of a racer whose row was chosen into view."""
        if key in self._keys and key is not None:
            self._show(self.column.card(key))

    @property
    def openers(self) -> RacerOpeners:
        """What opens something of a racer from its menu, wherever that is."""
        return RacerOpeners(self.edit_asked.emit, self.inspect_asked.emit, self.tune_asked.emit)

    @property
    def callbacks(self) -> Mapping[str, Callable[[], object]]:
        """What the entries of the menus do that open something from this panel."""
        return {
            "set finish": self.finish.open_popover,
            "standings": self.standings.open_table,
            "add racer": self.open_list,
        }

    @property
    def up_to_date(self) -> bool:
        """Whether every visible racer has its card."""
        return self.column.up_to_date

    def _show_standing(self, card: RacerCard) -> None:
        """Show on a card where its racer stands, if that is known yet."""
        if card.key in self._standing:
            card.show_racer(self._standing[card.key], self._step)

    @property
    def _shown_keys(self) -> list[int]:
        return [racer.key for racer in self._session.racers]

    def _follow_looks(self) -> None:
        for card in self.column.made:
            card.show_look()
        self.column.update()

    @property
    def key_in_use(self) -> int | None:
        """The key of the racer whose card has the keyboard."""
        return next((card.key for card in self.column.made if card.has_keyboard), None)

    def select(self, key: int) -> None:
        """Bring the card of a racer into view, and give it the keyboard, so that it stands out."""
        card = self.column.card(key)
        card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(card)

    def refuse(self, key: int, sentence: str) -> None:
        """Show on a racer's card why its rule cannot be edited, until another is."""
        self.accept()
        self._refused = key
        self.column.card(key).show_message(sentence)

    def accept(self) -> None:
        """Take back what `refuse` has shown."""
        if self._refused in self._keys:
            self.column.card(self._refused).show_message("")
        self._refused = NOBODY

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
        card.tune_asked.connect(self.tune_asked)
        card.inspect_asked.connect(self.inspect_asked)
        card.pointed.connect(self._pointer.point_at)
        card.grown.connect(lambda: self._show(card.footer))
        self._show_standing(card)
        card.set_hovered(card.key == self._hovered)
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
