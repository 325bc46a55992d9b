"""Which arrows a person has chosen to see at the heads of the racers."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.session.choices import ARROWS
from gui.session.last_picture import LastPicture


class ArrowChoice(LastPicture):
    """The field of a session that says what is drawn at the racers' heads.

    Attributes
    ----------
    arrows : list of str
        Of `ARROWS`, in that order.
    """

    arrows_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.arrows: list[str] = []

    def show_arrows(self, name: str, shown: bool) -> None:
        """Show one kind of arrow, or hide it."""
        if shown != (name in self.arrows):
            wanted = {*self.arrows, name} if shown else set(self.arrows) - {name}
            self.arrows = [each for each in ARROWS if each in wanted]
            self.arrows_changed.emit()
