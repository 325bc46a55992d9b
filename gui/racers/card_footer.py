"""The last line of a racer's card: what can be put round its rule, what it costs, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.live.frame import RacerFrame
from engine.optimizers.racer_modifiers import refusal_of
from gui.racers.details import RacerDetails
from gui.racers.modifiers.picker import ModifierPicker
from gui.racers.published_button import PublishedButton
from gui.session.session import Session
from gui.widgets.icon_button import IconButton
from gui.widgets.link_button import LinkButton
from gui.widgets.message_popover import MessagePopover

ABOUT_PX = 22
PLURALS = {"loss": "losses", "gradient": "gradients", "Hessian": "Hessians"}


class CardFooter(QWidget):
    """A button at either end, and between them a few words.  `put` tells that a part has come."""

    put = Signal()

    def __init__(self, session: Session, key: int) -> None:
        super().__init__()
        self._session, self._key = session, key
        self.add = LinkButton("add", "Put round it ...")
        self.add.setToolTip(
            "Put a wrapper or a schedule round the rule: clipping, averaging, a falling learning rate ..."
        )
        self.add.clicked.connect(self.open_list)
        self.cost = QLabel()
        self.cost.setObjectName("muted")
        self.published = PublishedButton(session, key, ABOUT_PX)
        self.about = IconButton("about", "About this optimizer", self.open_details, size=ABOUT_PX)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.add, 1)
        layout.addWidget(self.cost)
        layout.addWidget(self.published)
        layout.addWidget(self.about)

    def show_rule(self) -> None:
        """Follow a rule that may have other hyperparameters now."""
        self.published.show_settings()

    def show_racer(self, racer: RacerFrame) -> None:
        """Say what the racer costs."""
        self.cost.setText(cost_of(racer.evaluations, racer.asks))

    def open_list(self) -> ModifierPicker | MessagePopover:
        """Open the list of what can be put round the rule, or say why nothing can; return it."""
        racer = self._session.racer(self._key)
        opened = (
            MessagePopover(self.add, racer.entry.bare)
            if racer.entry.bare
            else ModifierPicker(self.add, self._put_round, racer.colour, lambda part: refusal_of(racer.entry, part))
        )
        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened.open(opened)
        return opened

    def _put_round(self, part: str) -> None:
        self._session.add_modifier(self._key, part)
        self.put.emit()

    def open_details(self) -> RacerDetails:
        """Open what is known of the racer's optimizer; return it."""
        details = RacerDetails(self.about, self._session, self._key)
        details.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        details.open(details.settings[0])
        return details


def cost_of(evaluations: int | None, asks: Mapping[str, int]) -> str:
    """Return how often the landscape is asked: in all so far, or in each step; "" where that is nowhere."""
    if evaluations is not None:
        return f"{evaluations:,} evaluation{'s' * (evaluations != 1)}"
    told = [f"{count} {PLURALS[what] if count > 1 else what}" for what, count in asks.items()]
    return f"{' + '.join(told)} a step" if told else ""
