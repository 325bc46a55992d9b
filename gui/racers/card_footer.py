"""The last line of a racer's card: buttons that add a modifier, restore published settings, tune the racer, and
open the details."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.optimizers.racer_modifiers import refusal_of
from gui.look.racer_colours import drawn_colour
from gui.look.theme import Theme
from gui.racers.details import RacerDetails
from gui.racers.published_button import PublishedButton
from gui.session.session import Session
from gui.widgets.icon_button import IconButton
from gui.widgets.link_button import LinkButton
from gui.widgets.message_popover import MessagePopover

if TYPE_CHECKING:
    from gui.racers.modifiers.picker import ModifierPicker

ABOUT_PX = 22


class CardFooter(QWidget):
    """Four buttons.

    `added` is emitted when the racer got another modifier, `inspect_asked` when its steps are to be inspected,
    `tune_asked` when it is to be tuned.
    """

    added = Signal()
    inspect_asked = Signal()
    tune_asked = Signal()

    def __init__(self, session: Session, key: int, theme: Theme) -> None:
        super().__init__()
        self._session, self._key, self._theme = session, key, theme
        self.add = LinkButton("add", "Add wrapper or schedule ...")
        self.add.setToolTip("Modify the rule: clip gradients, average steps, lower the learning rate over time ...")
        self.add.clicked.connect(self.open_list)
        self.published = PublishedButton(session, key, ABOUT_PX)
        self.tune = IconButton("tune", "Tune this racer", self.tune_asked.emit, size=ABOUT_PX)
        self.about = IconButton("about", "About this optimizer", self.open_details, size=ABOUT_PX)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.add, 1)
        layout.addWidget(self.published)
        layout.addWidget(self.tune)
        layout.addWidget(self.about)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of `theme`."""
        self._theme = theme

    def show_rule(self) -> None:
        """Follow a rule that may have other hyperparameters now."""
        self.published.show_settings()

    def open_list(self) -> ModifierPicker | MessagePopover:
        """Open the list of modifiers, or a message that says why this racer takes none; return it."""
        from gui.racers.modifiers.picker import ModifierPicker

        racer = self._session.racer(self._key)
        colour = drawn_colour(racer.colour, self._theme)
        opened = (
            MessagePopover(self.add, racer.entry.bare)
            if racer.entry.bare
            else ModifierPicker(self.add, self._add, colour, lambda entry: refusal_of(racer.entry, entry))
        )
        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened.open(opened)
        return opened

    def _add(self, modifier: str) -> None:
        self._session.add_modifier(self._key, modifier)
        self.added.emit()

    def open_details(self) -> RacerDetails:
        """Open what is known of the racer's optimizer; return it."""
        details = RacerDetails(self.about, self._session, self._key)
        details.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        details.inspect_asked.connect(self.inspect_asked)
        details.open(details.settings[0])
        return details
