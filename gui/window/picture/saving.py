"""Opens the dialog of pictures, and saves or copies what it gives; a file is written behind the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from gui.background.worker import Worker
from gui.files.atomic_write import atomic_write
from gui.session.session import Session
from gui.widgets.notice import Notice
from gui.window.picture.dialog import PictureDialog
from gui.window.picture.maker import PictureMaker
from gui.window.picture.of_window import MakeLike, PicturedWindow, moment_of, window_maker

FORMAT, SUFFIX = QByteArray(b"PNG"), ".png"
KINDS = f"Pictures (*{SUFFIX})"
TITLE = "Save a picture"
COPIED, WRITING, SAVED = "Copied.", "Writing {} ...", "Saved {}."
NOT_WRITTEN = "{} cannot be written: {}."
THERE_ALREADY = "{} exists already; choose another name, or that one with its ending."
NOT_YET = "There is nothing to be seen yet."
LOOK_MS = 500
"""Between two looks whether the race has gone on since the picture was asked for."""


class PictureSaving(QObject):
    """Joins the menus, the dialog, the clipboard and the file.

    Parameters
    ----------
    window : QWidget
        The parent.
    pictured : PicturedWindow
        The same window, as what pictures need of it.
    make_like : callable
        Makes a second window.
    """

    def __init__(self, window: QWidget, pictured: PicturedWindow, make_like: MakeLike, notice: Notice) -> None:
        super().__init__(window)
        self._window, self._pictured, self._notice = window, pictured, notice
        self._make_window = window_maker(pictured, make_like)
        self._session: Session = pictured.session
        self._folder = Path()
        self._worker: Worker | None = None
        self._written = Path()
        self.dialog: PictureDialog | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def open(self, view: str = "") -> None:
        """Ask for a picture of a view, or of that of the last picture."""
        if self.dialog is not None:
            return
        if self._pictured.frame is None:
            self._notice.notify(NOT_YET)
            return
        last = self._session.picture
        maker = self._maker()
        choice = last if not view else type(last)(view, last.size, last.scale, last.theme)
        self.dialog = dialog = PictureDialog(self._window, choice)
        dialog.save_asked.connect(self._save)
        dialog.copy_asked.connect(self._copy)
        dialog.moment_asked.connect(self._take_moment)
        dialog.finished.connect(self._forget)
        if maker is not None:
            dialog.show_maker(maker)
        dialog.open()
        self._timer.start()

    def end(self) -> None:
        """Close the dialog, and end the thread once what is being written is written."""
        if self.dialog is not None:
            self.dialog.reject()
        if self._worker is not None:
            self._worker.end()

    def _maker(self) -> PictureMaker | None:
        moment = moment_of(self._pictured)
        return PictureMaker(moment, self._make_window) if moment is not None else None

    def _take_moment(self) -> None:
        maker = self._maker()
        if self.dialog is not None and maker is not None:
            self.dialog.show_maker(maker)
            self.dialog.offer_newest(False)

    def _look(self) -> None:
        frame = self._pictured.frame
        if self.dialog is not None and frame is not None:
            self.dialog.offer_newest(frame.step != self.dialog.step)

    def _forget(self) -> None:
        self._timer.stop()
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None

    def _copy(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        if self.dialog is not None:
            self._session.set_picture(self.dialog.choice)
            self.dialog.say(COPIED, "good")

    def _save(self, image: QImage) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        suggested = self._folder / f"{self._session.landscape or 'race'}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(dialog, TITLE, str(suggested), KINDS)
        if not chosen:
            return
        path = Path(chosen).absolute()
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
            if path.exists():
                # The dialog has asked about the name that was typed.
                dialog.say(THERE_ALREADY.format(path.name))
                return
        self._session.set_picture(dialog.choice)
        dialog.say(WRITING.format(path.name), "muted")
        self._folder, self._written = path.parent, path
        self._worker = self._worker or Worker("picture")
        self._worker.ask("write", partial(write_picture, path, image), self._take, self._fail)

    def _take(self, trouble: str) -> None:
        """Close the dialog after a picture was written, or say in it why it was not."""
        path = self._written
        if trouble and self.dialog is not None:
            self.dialog.say(NOT_WRITTEN.format(path.name, trouble))
        elif not trouble:
            if self.dialog is not None:
                self.dialog.accept()
            folder = QUrl.fromLocalFile(str(path.parent))
            self._notice.offer(SAVED.format(path.name), partial(QDesktopServices.openUrl, folder), "Open its folder")

    def _fail(self, _: str) -> None:
        """Say that a picture was not written; the error reporter says why."""
        self._take("something went wrong")


def write_picture(path: Path, image: QImage) -> str:
    """Write a picture; return why that cannot be done, or ""."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, FORMAT).write(image):
        return "there is no memory for it"
    try:
        atomic_write(path, bytes(buffer.data().data()))
    except OSError as error:
        return str(error.strerror)
    return ""
