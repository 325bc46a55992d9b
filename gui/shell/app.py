"""Opens the window, or draws a picture of it, with everything that the program needs for that."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyqtgraph.util.garbage_collector import GarbageCollector
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.live.commands import Step
from engine.loss.function_loss import FunctionLoss
from gui.files.folders import PROGRAM, saved_folder, session_path, thumbnails_folder
from gui.files.landscape_library import LandscapeLibrary, landscapes_path
from gui.files.optimizer_library import OptimizerLibrary, optimizers_path
from gui.files.session_keeper import SessionKeeper
from gui.files.session_place import SessionPlace, clean_drafts
from gui.landscape.thumbnails import Thumbnails
from gui.look import style
from gui.session.choices import RacerChoice
from gui.session.picture_choice import PictureChoice
from gui.session.session import Session
from gui.shell.error_reporter import ErrorReporter
from gui.shell.memory import HeapTrimmer, limit_heaps
from gui.views.opengl import share_contexts
from gui.window.main_window import MainWindow
from gui.window.picture.maker import PictureMaker
from gui.window.picture.moment import PictureError
from gui.window.picture.of_window import moment_of, window_maker
from landscapes import Landscape

LOG = "errors.log"
COPY = (
    "Descent Derby is open already, so this window works on a copy of the session. Save it in a file, or find it later "
    "under File, Open a recent session."
)
SWITCH_INTERVAL_S = 5e-4
"""How long the runner may hold the GIL while the window waits for it; Python's default is ten times as long."""
LOADED_MS = 2000
"""From the first picture until modules that are imported after it, such as those that typeset, are there."""
PATIENCE_S = 60.0
COLLECT_S = 0.1
"""Between two garbage collections: each finds little, and so none takes long."""


@dataclass(frozen=True)
class OpeningChoices:
    """What a window opens with, where no kept session says otherwise.

    Attributes
    ----------
    landscape : Landscape
    racers : sequence
        Each a racer, or a text such as "Adam(lr=0.1)".
    function : FunctionLoss or None
        What is raced on in the place of the landscape.
    theme, views : str or None
        Of `THEMES` and `VIEWS`; None for the session's.
    """

    landscape: Landscape
    racers: Sequence[str | RacerChoice]
    function: FunctionLoss | None = None
    theme: str | None = None
    views: str | None = None


def run(
    choices: OpeningChoices,
    keep: bool = True,
    restore: bool = True,
    file: Path | None = None,
    lesson: Path | None = None,
) -> int:
    """Open the window; return the exit status.

    Parameters
    ----------
    choices : OpeningChoices
    keep, restore : bool
        Whether the session is kept from start to start, and whether the kept one comes before `choices`.
    file : Path or None
        A session that a person saved, to be opened in the place of the kept one.
    lesson : Path or None
        A lesson to be played at once.
    """
    application = make_application()
    path = session_path()
    reporter = ErrorReporter(path.with_name(LOG) if keep else None)
    optimizer_library, library = OptimizerLibrary(optimizers_path()), LandscapeLibrary(landscapes_path())
    thumbnails = Thumbnails(thumbnails_folder())
    session, place = Session(choices.landscape, choices.racers), SessionPlace(path) if keep else None
    clean_drafts(saved_folder())
    window = open_window(
        session, choices.theme, place, restore, optimizer_library, library, thumbnails, choices.function, choices.views,
        file,
    )  # fmt: skip
    reporter.happened.connect(window.notice.notify)
    window.lessons.begin(lesson)
    status = _execute(application, window, place)
    reporter.release()
    return status


def _execute(application: QApplication, window: MainWindow, place: SessionPlace | None) -> int:
    """Show the window until it is closed, and give up the place of its session; return the exit status."""
    begun = window.keeper.now.digest
    window.show()
    freeze_garbage_collection()
    QTimer.singleShot(LOADED_MS, freeze_garbage_collection)
    status = application.exec()
    if place is not None:
        place.release(changed=window.keeper.now.digest != begun)
    return status


def open_window(
    session: Session,
    theme: str | None,
    place: SessionPlace | Path | None,
    restore: bool,
    optimizer_library: OptimizerLibrary | None = None,
    library: LandscapeLibrary | None = None,
    thumbnails: Thumbnails | None = None,
    function: FunctionLoss | None = None,
    views: str | None = None,
    file: Path | None = None,
) -> MainWindow:
    """Return the window on `session`, or on the one kept at `place`; it races on `function`, if there is one."""
    path, source = (place.path, place.source) if isinstance(place, SessionPlace) else (place, place)
    keeper = SessionKeeper(session, path, source)
    optimizer_library, library = optimizer_library or OptimizerLibrary(), library or LandscapeLibrary()
    trouble = " ".join(filter(None, (keeper.open(restore), optimizer_library.open(), library.open())))
    if theme is not None:
        session.set_theme(theme)
    if views is not None:
        session.set_views(views)
    application = make_application()
    theme_now = style.theme_of(application, session.theme)
    style.apply_palette(application, theme_now)
    window = MainWindow(session, theme_now, keeper, optimizer_library, library, thumbnails)
    style.apply_sheet(application, theme_now)
    if file is not None:
        window.session_files.open(file)
    if isinstance(place, SessionPlace) and place.is_copy:
        trouble = f"{COPY} {trouble}".strip()
    if trouble:
        window.notice.notify(trouble)
    if function is not None and function.place is not None:
        start = session.start
        window.controller.functions.keep(function)
        session.choose_function(function.place, function.parameters)
        session.set_start(*start)
    return window


def picture(
    choices: OpeningChoices, path: Path, steps: int, size: tuple[int, int], view: str = "window", scale: int = 1
) -> int:
    """Draw one of `PICTURE_VIEWS` of the real window after `steps` steps to `path`; return the exit status.

    At `scale`, texts and lines are so many times as large; the picture has `size` all the same.
    """
    application = make_application()
    session = Session(choices.landscape, choices.racers)
    window = open_window(session, choices.theme, None, False, function=choices.function, views=choices.views)
    window.resize(*size)
    # A pointer that happens to lie over it would raise a card or open a tip in the picture.
    window.setWindowFlag(Qt.WindowType.WindowTransparentForInput)
    # Drivers are compiled when they are needed: the picture must not show a sentence about compiling.
    window.precompiler.end()
    window.show()
    # There is no race to go on with before the rows of a file are there.
    _wait(application, lambda: window.frame is not None, PATIENCE_S)
    window.controller.runner.post(Step(steps))
    _wait(application, lambda: window.frame is not None and window.frame.step == steps, PATIENCE_S)
    _wait(application, lambda: _is_sharp(window), PATIENCE_S)
    _wait(application, lambda: window.up_to_date, PATIENCE_S)
    trouble = _write(application, window, path, PictureChoice(view, size, scale))
    window.close()
    if trouble:
        print(trouble, file=sys.stderr)
    return 2 if trouble else 0


def _write(application: QApplication, window: MainWindow, path: Path, choice: PictureChoice) -> str:
    """Write a picture of a window; return why that cannot be done, or ""."""
    plain = choice == PictureChoice(size=choice.size)
    try:
        image = window.grab().toImage() if plain else _staged(application, window, choice)
    except PictureError as error:
        return str(error)
    return "" if image.save(str(path)) else f"The picture could not be written to {path}."


def _staged(application: QApplication, window: MainWindow, choice: PictureChoice) -> QImage:
    """Return a picture of what a window shows, drawn at its own size."""
    moment = moment_of(window)
    if moment is None:
        raise PictureError("There is no race to be drawn.")
    maker = PictureMaker(moment, window_maker(window, window.another))
    try:
        maker.draw(choice)
        _wait(application, lambda: maker.is_drawn, PATIENCE_S)
        return maker.image()
    finally:
        maker.end()


def freeze_garbage_collection() -> None:
    """Exempt all objects of now from garbage collection: to look through them would stop every thread for long."""
    gc.freeze()


def make_application() -> QApplication:
    """Return the application, which is made by the first call."""
    existing = QCoreApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    limit_heaps()
    share_contexts()
    application = QApplication(["descent-derby"])
    application.setApplicationName(PROGRAM)
    HeapTrimmer(application)
    freeze_garbage_collection()
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
