"""How many steps the racers of a basin map make."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.session.choices import FIRST_BASIN_STEPS
from gui.session.pane_choice import PaneChoice


class BasinChoice(PaneChoice):
    """The field of a session that belongs to basin maps; which racers have one is among the racers' fields.

    Attributes
    ----------
    basin_steps : int
    """

    basins_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.basin_steps = FIRST_BASIN_STEPS

    def set_basin_steps(self, steps: int) -> None:
        """Set how many steps every racer of a basin map makes."""
        self.basin_steps = steps
        self.basins_changed.emit()
