"""The table of usual settings: what happens when each is moved, with a button that races it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.live.commands import Play, Restart
from engine.live.runner import Runner
from gui.background.busy_sign import busy
from gui.look.theme import SPACING_PX
from gui.session.lessons.heat_edit import race_heat
from gui.session.session import Session
from gui.widgets.screen_room import within_screen
from landscapes.lessons import Heat
from landscapes.lessons.usual_settings import USUAL_SETTINGS, UsualSetting

OPENING = (
    "What is mostly chosen, and what happens when it is moved. Race it puts a smaller value, a usual one and a larger "
    "one side by side, in the place of your race; Ctrl+Z brings that back."
)
TITLES = ("Setting", "Usually", "Smaller", "Larger")
WIDTHS = (3, 2, 4, 4)
"""Shares of the width."""
WIDTH_PX, HEIGHT_PX, MARGIN_PX = 900, 640, 16
RACE = "Race it"


class UsualSettings(QDialog):
    """The table; it stays open beside the window.  `race_asked` is emitted with the row that is to be raced."""

    race_asked = Signal(object)

    def __init__(self, parent: QWidget, settings: Sequence[UsualSetting] = USUAL_SETTINGS) -> None:
        # The keys of a window are heard in its tools too, and so Space and Ctrl+Z are here.
        super().__init__(parent, Qt.WindowType.Tool)
        self.setWindowTitle("Usual settings")
        self.buttons: list[QPushButton] = []
        opening = _words(OPENING, "muted")
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, SPACING_PX, 0)
        self._grid.setHorizontalSpacing(2 * SPACING_PX)
        self._grid.setVerticalSpacing(SPACING_PX)
        for column, (title, share) in enumerate(zip(TITLES, WIDTHS, strict=True)):
            self._grid.addWidget(_words(title.upper(), "heading"), 0, column)
            self._grid.setColumnStretch(column, share)
        for setting in settings:
            self._add_row(setting)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea(widgetResizable=True)
        area.setObjectName("page")
        area.setWidget(page)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, SPACING_PX, MARGIN_PX)
        layout.setSpacing(SPACING_PX)
        layout.addWidget(opening)
        layout.addSpacing(SPACING_PX)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.resize(within_screen(parent, WIDTH_PX, HEIGHT_PX))

    def _add_row(self, setting: UsualSetting) -> None:
        row = self._grid.rowCount()
        line = QFrame()
        line.setObjectName("line")
        line.setFixedHeight(1)
        self._grid.addWidget(line, row, 0, 1, len(TITLES) + 1)
        self._grid.addWidget(_words(setting.name, "rank"), row + 1, 0)
        self._grid.addWidget(_words(setting.does, "muted"), row + 1, 1, 1, len(TITLES) - 1)
        self._grid.addWidget(_words(setting.whose, "muted"), row + 2, 0)
        for column, text in enumerate((setting.usual, setting.lower, setting.higher), start=1):
            self._grid.addWidget(_words(text), row + 2, column)
        button = QPushButton(RACE)
        button.setAccessibleName(f"{RACE}: {setting.title}")
        button.setToolTip("\n".join(told(heat) for heat in setting.heats))
        button.clicked.connect(lambda: self.race_asked.emit(setting))
        self.buttons.append(button)
        self._grid.addWidget(button, row + 1, len(TITLES), 2, 1, Qt.AlignmentFlag.AlignTop)


def told(heat: Heat) -> str:
    """Return the racers of a heat, a line each."""
    batch = f" (batch {heat.batch})" if heat.batch is not None else ""
    return "\n".join(f"{racer}{batch}" for racer in heat.racers)


def _words(text: str, kind: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setObjectName(kind)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def open_usual_settings(window: QWidget, session: Session, runner: Runner) -> UsualSettings:
    """Show the table beside a window; return it."""
    table = window.findChild(UsualSettings)
    if table is None:
        # A hundred labels are made and laid out.
        with busy("the usual settings"):
            table = UsualSettings(window)
        table.race_asked.connect(lambda setting: _race(setting, session, runner))
    table.show()
    table.raise_()
    table.activateWindow()
    return table


def _race(setting: UsualSetting, session: Session, runner: Runner) -> None:
    """Race the values of a row; of those that cannot race at once, the smallest."""
    with busy("another race"):
        race_heat(session, setting.scene, setting.heats[0])
    runner.post(Restart())
    runner.post(Play())
