"""What was chosen of the finish: when a racer has arrived, and whether the race is held once everyone is done."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from engine.live.finish import FinishRule
from gui.session.landscape_choice import LandscapeChoice
from landscapes import Landscape


class FinishChoice(LandscapeChoice):
    """The choices of a landscape and of the finish.

    Attributes
    ----------
    finish : FinishRule
    """

    finish_changed = Signal()

    def __init__(self, landscape: Landscape) -> None:
        super().__init__(landscape)
        self.finish = FinishRule()

    def set_finish(self, **changes: object) -> None:
        """Set `tolerance` or `holds` of the finish.

        Raises
        ------
        FormulaError
            Where there is no such tolerance; nothing has changed then.
        """
        self.finish = replace(self.finish, **changes)  # type: ignore[arg-type]
        self.finish_changed.emit()
