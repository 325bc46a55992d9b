"""Opens the window, or draws a picture of it, with everything that the program needs for that."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from engine.live.commands import Step
from engine.loss.function_loss import FunctionLoss
from gui.files.folders import PROGRAM, session_path, thumbnails_folder
from gui.files.landscape_library import LandscapeLibrary, landscapes_path
from gui.files.optimizer_library import OptimizerLibrary, optimizers_path
from gui.files.session_keeper import SessionKeeper
from gui.landscape.thumbnails import Thumbnails
from gui.look import style
from gui.session.choices import RacerChoice
from gui.session.session import Session
from gui.shell.error_reporter import ErrorReporter
from gui.shell.memory import release_memory_early
from gui.views.opengl import share_contexts
from gui.window.main_window import MainWindow
from landscapes import Landscape

LOG = "errors.log"
SWITCH_INTERVAL_S = 5e-4
"""How long the runner may hold the GIL while the window waits for it; Python's default is ten times as long."""
LOADED_MS = 2000
"""From the first picture until modules that are imported after it, such as those that typeset, are there."""
PATIENCE_S = 60.0
COLLECT_S = 0.1
"""Between two garbage collections: each finds little, and so none takes long."""


def run(
    landscape: Landscape,
    racers: Sequence[str | RacerChoice],
    theme: str | None,
    keep: bool,
    restore: bool,
    function: FunctionLoss | None = None,
    views: str | None = None,
) -> int:
    """Open the window; return the exit status.

    Parameters
    ----------
    theme : str or None
        One of `THEMES`; None for the session's.
    keep : bool
        Whether the session is kept from start to start.
    restore : bool
        Whether the kept session comes before `landscape` and `racers`.
    function : FunctionLoss or None
        What is raced on in the place of `landscape`.
    views : str or None
        One of `VIEWS`; None for the session's.
    """
    application = make_application()
    path = session_path()
    reporter = ErrorReporter(path.with_name(LOG) if keep else None)
    optimizer_library, library = OptimizerLibrary(optimizers_path()), LandscapeLibrary(landscapes_path())
    thumbnails = Thumbnails(thumbnails_folder())
    session, kept = Session(landscape, racers), path if keep else None
    window = open_window(session, theme, kept, restore, optimizer_library, library, thumbnails, function, views)
    reporter.happened.connect(window.notice.notify)
    window.show()
    freeze_garbage_collection()
    QTimer.singleShot(LOADED_MS, freeze_garbage_collection)
    status = application.exec()
    reporter.release()
    return status


def open_window(
    session: Session,
    theme: str | None,
    path: Path | None,
    restore: bool,
    optimizer_library: OptimizerLibrary | None = None,
    library: LandscapeLibrary | None = None,
    thumbnails: Thumbnails | None = None,
    function: FunctionLoss | None = None,
    views: str | None = None,
) -> MainWindow:
    """Return the window on `session`, or on the one kept at `path`; it races on `function`, if there is one."""
    keeper = SessionKeeper(session, path)
    optimizer_library, library = optimizer_library or OptimizerLibrary(), library or LandscapeLibrary()
    trouble = " ".join(filter(None, (keeper.open(restore), optimizer_library.open(), library.open())))
    if theme is not None:
        session.set_theme(theme)
    if views is not None:
        session.set_views(views)
    application = make_application()
    theme_now = style.theme_of(application, session.theme)
    style.apply(application, theme_now)
    window = MainWindow(session, theme_now, keeper, optimizer_library, library, thumbnails)
    if trouble:
        window.notice.notify(trouble)
    if function is not None and function.place is not None:
        start = session.start
        window.controller.functions.keep(function)
        session.choose_function(function.place, function.parameters)
        session.set_start(*start)
    return window


def picture(
    landscape: Landscape,
    racers: Sequence[str | RacerChoice],
    path: Path,
    steps: int,
    size: tuple[int, int],
    theme: str | None,
    function: FunctionLoss | None = None,
    views: str | None = None,
) -> int:
    """Draw the real window after `steps` steps to `path`; return the exit status."""
    application = make_application()
    window = open_window(Session(landscape, racers), theme, None, restore=False, function=function, views=views)
    window.resize(*size)
    # Drivers are compiled when they are needed: the picture must not show a sentence about compiling.
    window.precompiler.end()
    window.show()
    # There is no race to go on with before the rows of a file are there.
    _wait(application, lambda: window.frame is not None, PATIENCE_S)
    window.controller.runner.post(Step(steps))
    _wait(application, lambda: window.frame is not None and window.frame.step == steps, PATIENCE_S)
    _wait(application, lambda: _is_sharp(window), PATIENCE_S)
    _wait(application, lambda: window.up_to_date, PATIENCE_S)
    written = window.grab().save(str(path))
    window.close()
    if not written:
        print(f"The picture could not be written to {path}.", file=sys.stderr)
    return 0 if written else 2


def freeze_garbage_collection() -> None:
    """Exempt all objects of now from garbage collection: to look through them would stop every thread for long."""
    gc.freeze()


def make_application() -> QApplication:
    """Return the application, which is made by the first call."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    release_memory_early()
    share_contexts()
    application = QApplication(["descent-derby"])
    application.setApplicationName(PROGRAM)
    # Garbage is collected on this thread alone: a Qt object that ends on another one may wait for a lock of this one.
    application.collector = GarbageCollector(COLLECT_S)  # type: ignore[attr-defined]  # it lives with the application
    return application


def _is_sharp(window: MainWindow) -> bool:
    """Return whether the contour view, if it is shown, has a sample a pixel."""
    if not window.contour.wanted:
        return True
    detail = window.frame.detail if window.frame is not None else None
    return detail is not None and detail.bounds == window.contour.panels[0].visible_bounds()


def _wait(application: QApplication, holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not holds():
        application.processEvents()
        time.sleep(0.005)
