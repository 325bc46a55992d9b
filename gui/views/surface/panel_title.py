"""The name of a racer above its 3-D view, elided where it is too long."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from gui.look.theme import Theme
from gui.views.racer_look import RacerLook, legible
from gui.views.view_controls import title_points


class PanelTitle(QLabel):
    """The name, in the racer's colour; its tool tip has it in full."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.PlainText)
        self._theme = theme

    def show_racer(self, look: RacerLook | None, theme: Theme) -> None:
        """Show the name of a racer, or nothing over the view of all racers."""
        self._theme = theme
        self.setVisible(look is not None)
        self.setToolTip(look.name if look is not None else "")
        if look is not None:
            self.setStyleSheet(f"color: {legible(look.colour, theme)}; font-size: {title_points(theme)}pt")
        self._write()

    def place(self, place: QRect) -> None:
        """Take this place, and show as much of the name as it holds."""
        self.setGeometry(place)
        self._write()

    def leave(self) -> None:
        """Go with the view: at once for who looks, and for memory soon."""
        self.hide()
        self.deleteLater()

    def _write(self) -> None:
        font = QFont(self.font())
        font.setPointSize(title_points(self._theme))
        self.setText(QFontMetrics(font).elidedText(self.toolTip(), Qt.TextElideMode.ElideRight, self.width()))
