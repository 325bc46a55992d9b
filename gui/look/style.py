"""The theme as a Qt palette and style sheet."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.look.icons import FOLDER
from gui.look.theme import DARK, LIGHT, Theme

SHEET = Path(__file__).with_name("style.qss")
LETTERS = re.compile(r"(?<=font-size: )\d+(?=px)")
"""The height of the letters of a rule of the sheet."""
STYLE = "fusion"
"""The Qt style that looks the same on every system and lets a style sheet change every control."""


def theme_of(application: QApplication, choice: str) -> Theme:
    """Return the theme that `choice` ("system", "dark" or "light") stands for now."""
    light = choice == "light" or (choice == "system" and _system_is_light(application))
    return LIGHT if light else DARK


def _system_is_light(application: QApplication) -> bool:
    """Return whether the system asks for light colours.

    Qt's X11 and offscreen platforms always answer "light", whatever the desktop shows, so their answer is ignored.
    """
    answers = QApplication.platformName() not in ("xcb", "offscreen")
    return answers and application.styleHints().colorScheme() == Qt.ColorScheme.Light


def apply(application: QApplication, theme: Theme) -> None:
    """Apply `theme` to the whole program.

    The old style sheet is removed first: Qt takes four times as long to replace one sheet by another.
    """
    apply_palette(application, theme)
    apply_sheet(application, theme)


def apply_palette(application: QApplication, theme: Theme) -> None:
    """Apply what `theme` has beside its style sheet, and remove the sheet that there is.

    A window is made between this and `apply_sheet`: beneath a sheet, Qt matches its rules with a widget and all widgets
    in it whenever it is laid into another, which takes as long as to make them.
    """
    # The sheet names its pictures by this prefix: their folder is elsewhere in a clone than in an installed wheel.
    QDir.setSearchPaths("icons", [str(FOLDER)])
    application.setStyleSheet("")
    if application.style().name() != STYLE:
        application.setStyle(STYLE)
    application.setPalette(palette_of(theme))


def apply_sheet(application: QApplication, theme: Theme) -> None:
    """Apply the style sheet of `theme` to all widgets."""
    application.setStyleSheet(style_sheet(theme))


def palette_of(theme: Theme) -> QPalette:
    """Return the colours of `theme` as the palette that Qt's own controls use."""
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.LinkVisited: theme.accent,
        QPalette.ColorRole.HighlightedText: "#ffffff",
    }.items():
        palette.setColor(role, QColor(colour))
    return palette


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of `theme`: `style.qss` with the theme's colours in it, its letters magnified."""
    sheet = Template(SHEET.read_text(encoding="utf-8")).substitute(vars(theme))
    return LETTERS.sub(lambda size: str(theme.px(int(size[0]))), sheet)
