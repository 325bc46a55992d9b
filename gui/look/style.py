"""The theme as a Qt palette and style sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.look.theme import DARK, LIGHT, Theme

STYLE = "fusion"
"""Of Qt's styles the one that looks alike on every system and follows a style sheet throughout."""


def theme_of(application: QApplication, choice: str) -> Theme:
    """Return what `choice` ("system", "dark" or "light") means now."""
    light = choice == "light" or (choice == "system" and _system_is_light(application))
    return LIGHT if light else DARK


def _system_is_light(application: QApplication) -> bool:
    """Tell whether the system asks for light colours: a bare X display always says so, and means nothing by it."""
    tells = QApplication.platformName() not in ("xcb", "offscreen")
    return tells and application.styleHints().colorScheme() == Qt.ColorScheme.Light


def apply(application: QApplication, theme: Theme) -> None:
    """Dress the whole program in `theme`.

    Without a sheet in between: Qt takes four times as long to put one sheet in the place of another.
    """
    application.setStyleSheet("")
    if application.style().name() != STYLE:
        application.setStyle(STYLE)
    application.setPalette(palette_of(theme))
    application.setStyleSheet(style_sheet(theme))


def palette_of(theme: Theme) -> QPalette:
    """Return the colours of `theme` as Qt's own parts take them."""
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
    """Return the style sheet of `theme`."""
    return f"""
        QWidget {{ color: {theme.text}; font-size: 13px; }}
        QMainWindow, QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.window}; border: none; }}
        QFrame#card {{ background: {theme.panel}; border: 1px solid {theme.border}; border-radius: 8px; }}
        QFrame#words {{ background: {theme.panel}; }}
        QLabel#muted, QStatusBar, QStatusBar QLabel {{ color: {theme.muted}; }}
        QStatusBar::item {{ border: none; }}
        QStatusBar QLabel {{ padding: 0 8px; }}
        QStatusBar QLabel#good {{ color: {theme.good}; }}
        QStatusBar QLabel#error {{ color: {theme.error}; }}
        QLabel#error {{ color: {theme.error}; }}
        QLabel#good {{ color: {theme.good}; }}
        QLabel#rank {{ font-weight: 600; }}
        QLabel#heading {{ color: {theme.muted}; font-size: 11px; font-weight: 600; letter-spacing: 1px; }}
        QPlainTextEdit, QLineEdit, QDoubleSpinBox, QSpinBox, QComboBox {{
            background: {theme.panel}; border: 1px solid {theme.border}; border-radius: 6px; padding: 3px 6px; }}
        QPlainTextEdit {{ font-family: "DejaVu Sans Mono", monospace; font-size: 15px; }}
        QPlainTextEdit#rule, QPlainTextEdit#typed {{ font-size: 13px; }}
        QCheckBox::indicator {{
            width: 13px; height: 13px; background: {theme.panel}; border: 1px solid {theme.muted};
            border-radius: 3px; }}
        QCheckBox::indicator:checked {{ background: {theme.accent}; border-color: {theme.accent}; }}
        QCheckBox::indicator:hover, QCheckBox::indicator:focus {{ border-color: {theme.accent}; }}
        QPlainTextEdit:focus, QLineEdit:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border-color: {theme.accent}; }}
        QListWidget#suggestions {{
            background: {theme.raised}; border: 1px solid {theme.border}; border-radius: 6px; padding: 3px; }}
        QScrollArea#typeset, QScrollArea#typeset > QWidget, QScrollArea#typeset > QWidget > QWidget {{
            background: transparent; color: {theme.muted}; }}
        QListView#tiles {{ background: transparent; border: none; }}
        QLabel#title {{ font-size: 15px; font-weight: 600; }}
        QProgressBar {{ background: {theme.border}; border: none; border-radius: 2px; }}
        QProgressBar::chunk {{ background: {theme.accent}; border-radius: 2px; }}
        QScrollArea#page, QScrollArea#page > QWidget, QScrollArea#page > QWidget > QWidget {{
            background: transparent; }}
        QPushButton, QToolButton {{
            background: {theme.raised}; border: 1px solid {theme.border}; border-radius: 6px; padding: 5px 10px; }}
        QPushButton:disabled, QToolButton:disabled {{ color: {theme.muted}; }}
        QToolButton#flat, QToolButton#offer {{
            background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 2px 4px;
            color: {theme.muted}; }}
        QToolButton#flat:checked {{ color: {theme.accent}; }}
        QToolButton#offer {{ color: {theme.accent}; }}
        QToolButton#flat:hover, QToolButton#offer:hover {{ background: {theme.raised}; }}
        QFrame#chip {{ background: {theme.raised}; border: 1px solid {theme.border}; border-radius: 11px; }}
        QFrame#chip QLabel {{ font-size: 12px; }}
        QPushButton#link {{ background: transparent; border: none; padding: 1px 0; font-size: 12px; }}
        QFrame#segments {{ background: {theme.panel}; border: 1px solid {theme.border}; border-radius: 13px; }}
        QToolButton#segment {{ border-color: transparent; border-radius: 10px; }}
        QPushButton#chip, QToolButton#segment {{
            background: transparent; border-radius: 11px; padding: 1px 8px; font-size: 12px; color: {theme.muted}; }}
        QPushButton#chip:checked, QToolButton#segment:checked {{
            background: {theme.accent}; border-color: {theme.accent}; color: #ffffff; }}
        QPushButton#accent {{ background: {theme.accent}; border-color: {theme.accent}; color: #ffffff; }}
        QFrame#card QLineEdit {{ padding: 1px 6px; }}
        QLineEdit[wrong="true"], QLineEdit[wrong="true"]:focus {{ border-color: {theme.error}; }}
        QFrame#card QLineEdit#wide {{ padding: 5px 8px; }}
        QFrame#card QLineEdit#name {{ border-color: transparent; font-weight: 600; }}
        QFrame#card QLineEdit#name:hover {{ border-color: {theme.border}; }}
        QFrame#card QLineEdit#name:focus {{ border-color: {theme.accent}; }}
        QToolButton#swatch {{ border: 2px solid transparent; }}
        QToolButton#swatch:hover, QToolButton#swatch:focus, QToolButton#swatch:checked {{
            border-color: {theme.text}; }}
        QToolButton#tight {{
            background: transparent; border: 1px solid transparent; padding: 0; color: {theme.muted}; }}
        QToolButton#over {{ background: {theme.panel}; padding: 0; }}
        QPushButton:checked {{ background: {theme.accent}; border-color: {theme.accent}; color: white; }}
        QPushButton:hover, QToolButton:hover {{ border-color: {theme.accent}; }}
        QPushButton:focus, QToolButton:focus {{ border-color: {theme.accent}; }}
        QToolButton#primary {{ background: {theme.accent}; border: 2px solid {theme.accent}; border-radius: 19px; }}
        QToolButton#primary:hover, QToolButton#primary:focus {{ border-color: {theme.text}; }}
        QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.border}; }}
        QSlider::sub-page:horizontal {{ background: {theme.accent}; border-radius: 2px; }}
        QSlider::handle:horizontal {{
            width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background: {theme.text}; }}
        QSlider::handle:horizontal:focus {{ background: {theme.accent}; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
        QScrollBar::handle:vertical {{
            background: {theme.border}; border-radius: 3px; margin: 0 2px; min-height: 32px; }}
        QScrollBar::handle:vertical:hover {{ background: {theme.muted}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QToolTip {{
            background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.border}; padding: 4px 6px; }}
        QMenu {{ background: {theme.raised}; border: 1px solid {theme.border}; padding: 4px; }}
        QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
        QMenu::item:selected {{ background: {theme.accent}; color: white; }}
        QDialog {{ background: {theme.panel}; }}
        QSplitter::handle {{ background: {theme.window}; }}
    """
