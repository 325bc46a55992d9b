"""Whether members of swarms that have arrived or left begin anew."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.session.starts.basin_choice import BasinChoice


class SwarmChoice(BasinChoice):
    """The field of a session that belongs to all swarms; which racers have one is among the racers' fields.

    Attributes
    ----------
    respawn : bool
    """

    swarms_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.respawn = False

    def set_respawn(self, respawn: bool) -> None:
        """Let members of swarms that have arrived or left begin anew, or let them be."""
        if respawn != self.respawn:
            self.respawn = respawn
            self.swarms_changed.emit()
