"""What a person last chose for a picture, so that the next one begins with it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from gui.session.picture_choice import PictureChoice
from gui.session.studies.last_studies import LastStudies


class LastPicture(LastStudies):
    """The field of a session that belongs to pictures.

    Attributes
    ----------
    picture : PictureChoice
        The last one that was saved or copied.
    """

    picture_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture = PictureChoice()

    def set_picture(self, choice: PictureChoice) -> None:
        """Remember what was chosen for a picture."""
        self.picture = choice
        self.picture_changed.emit()
