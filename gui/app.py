"""Builds the program, connects it and shows it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QSurfaceFormat
from PySide6.QtWidgets import QApplication

from gui import style
from gui.main_window import MainWindow
from gui.session import Session
from gui.theme import DARK, LIGHT, Theme
from gui.views.surface import surface_format
from landscapes import Landscape

SWITCH_INTERVAL_S = 5e-4
"""How long the runner may keep Python's lock while the window wants it; the default lets it wait ten times longer."""
PATIENCE_S = 60.0
SETTLE_S = 0.6
"""How long the shading thread and the views get after the last step of a picture."""


def run(landscape: Landscape, racers: list[str], theme: str, chosen: bool) -> int:
    """Open the window; return the exit status."""
    application = make_application()
    window = MainWindow(Session(landscape, racers), _dress(application, theme))
    window.show()
    return application.exec()


def picture(landscape: Landscape, racers: list[str], path: Path, steps: int, size: tuple[int, int], theme: str) -> int:
    """Draw the real window after `steps` steps to `path`; return the exit status."""
    application = make_application()
    window = MainWindow(Session(landscape, racers), _dress(application, theme))
    window.resize(*size)
    window.show()
    window.controller.runner.step(steps)
    _wait(application, lambda: window.frame is not None and window.frame.step == steps, PATIENCE_S)
    _wait(application, lambda: False, SETTLE_S)
    written = window.grab().save(str(path))
    window.close()
    if not written:
        print(f"The picture could not be written to {path}.", file=sys.stderr)
    return 0 if written else 2


def make_application() -> QApplication:
    """Return the one application, ready for several OpenGL views."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    prepare_opengl()
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = QApplication(["descent-derby"])
    application.setApplicationName("Descent Derby")
    return application


def prepare_opengl() -> None:
    """Set, before there is an application, what all its OpenGL views have in common."""
    # Without shared contexts a floating view blanks the others.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    # macOS shares contexts of one profile only, and the one that it shares from is made with the application.
    QSurfaceFormat.setDefaultFormat(surface_format())


def _dress(application: QApplication, theme: str) -> Theme:
    """Apply the theme that was asked for; the system's where it tells, else dark."""
    light = theme == "light" or (
        theme == "system" and application.styleHints().colorScheme() == Qt.ColorScheme.Light and _system_tells()
    )
    chosen = LIGHT if light else DARK
    style.apply(application, chosen)
    return chosen


def _system_tells() -> bool:
    """Tell whether the platform knows a colour scheme: a bare X display always says light."""
    return QApplication.platformName() not in ("xcb", "offscreen")


def _wait(application: QApplication, holds: object, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not holds():  # type: ignore[operator]
        application.processEvents()
        time.sleep(0.005)
