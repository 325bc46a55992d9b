"""Pictures of the race are truly drawn at the size and in the theme that are wanted, and the window notices nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from engine.live.commands import Pause, Play
from engine.race.curves.quantities import DISTANCE
from gui.files.record_file import RecordError
from gui.files.session_file import read_choices, write_choices
from gui.look.racer_colours import drawn_colour
from gui.look.theme import DARK, LIGHT
from gui.session.choices import FIRST_LANDSCAPE
from gui.session.picture_choice import PICTURE_VIEWS, PictureChoice
from gui.session.session import Session
from gui.shell import app
from gui.window.main_window import MainWindow
from gui.window.picture.dialog import PictureDialog
from landscapes import LANDSCAPES
from tests.gui.person import go_to, settle, wait_until

SIZE, SCALE = (1000, 640), 2
SIZES = {"window": (1600, 1000)}
"""A whole window does not fit into as few pixels as a view."""
pytestmark = pytest.mark.usefixtures("opengl")


@pytest.fixture
def dialog(qtbot: QtBot, same_window: MainWindow) -> Iterator[PictureDialog]:
    go_to(qtbot, same_window, 60)
    same_window.pictures.open()
    dialog = same_window.pictures.dialog
    wait_until(qtbot, lambda: is_drawn(dialog))
    yield dialog
    if same_window.pictures.dialog is not None:
        dialog.reject()
    # Without a window manager, no window becomes active by itself.
    same_window.activateWindow()


def is_drawn(dialog: PictureDialog) -> bool:
    return not dialog.preview.pixmap().isNull() and dialog.caption.text().startswith("Step 60 · ")


def choose(qtbot: QtBot, dialog: PictureDialog, view: str, size: str, scale: str, theme: str) -> None:
    for segments, word in ((dialog.views, view), (dialog.sizes, size), (dialog.scales, scale), (dialog.themes, theme)):
        segments.buttons[word].click()
    wait_until(qtbot, lambda: is_drawn(dialog))


def type_size(qtbot: QtBot, dialog: PictureDialog, width: str, height: str) -> None:
    for field, text in zip(dialog.sides, (width, height), strict=True):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
    dialog.save.setFocus()


def saved(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, path: Path) -> QImage:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.pictures.dialog.save.click()
    wait_until(qtbot, lambda: window.pictures.dialog is None)
    return QImage(str(path))


def colours(image: QImage) -> np.ndarray:
    """Return the pixels, int (rows, columns, 3)."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.width(), 4)
    return raw[..., 2::-1].astype(int)


def sharpness(image: QImage) -> float:
    """Return how much of an image is lost with half of its pixels: nothing of one that was enlarged."""
    smooth = Qt.TransformationMode.SmoothTransformation
    half = image.scaled(image.width() // 2, image.height() // 2, mode=smooth)
    again = half.scaled(image.size(), mode=smooth)
    return float((np.abs(colours(image) - colours(again)).max(axis=2) > 25).mean())


@pytest.mark.parametrize("view", PICTURE_VIEWS)
def test_a_picture_is_drawn_at_its_size_in_its_theme_and_the_window_stays_as_it_is(
    qtbot: QtBot, same_window: MainWindow, dialog: PictureDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    view: str,
) -> None:  # fmt: skip
    window, application = same_window, QApplication.instance()
    before = window.session.choices(), application.styleSheet(), window.grab().toImage()
    width, height = size = SIZES.get(view, SIZE)
    type_size(qtbot, dialog, str(width), str(height))
    for segments, word in ((dialog.views, view), (dialog.scales, f"{SCALE}×"), (dialog.themes, "light")):
        segments.buttons[word].click()
    wait_until(qtbot, lambda: f"{width} × {height} pixels" in dialog.caption.text())
    picture = saved(qtbot, window, monkeypatch, tmp_path / "mine.png")

    assert picture.size() == QSize(*size)
    assert picture.pixelColor(2, height // 2) == QColor(LIGHT.window)
    small = drawn(window, PictureChoice(view, (width // SCALE, height // SCALE), 1, "light"))
    enlarged = small.scaled(picture.size(), mode=Qt.TransformationMode.SmoothTransformation)
    alike = np.abs(colours(picture) - colours(enlarged)).max(axis=2) < 60
    assert alike.mean() > 0.9, "twice the pixels show the same layout"
    assert sharpness(picture) > 3 * sharpness(enlarged)

    assert window.theme is DARK and application.styleSheet() == before[1]
    assert window.session.picture == PictureChoice(view, size, SCALE, "light")
    window.session.set_picture(before[0].picture)
    assert window.session.choices() == before[0]
    assert window.notice.label.text() == "Saved mine.png."


def drawn(window: MainWindow, choice: PictureChoice) -> QImage:
    """Return a picture without the dialog, as the command line draws it."""
    return app._staged(QApplication.instance(), window, choice)


def test_the_window_as_it_stands_is_copied_pixel_for_pixel(
    qtbot: QtBot, same_window: MainWindow, dialog: PictureDialog
) -> None:
    assert dialog.choice == PictureChoice(), "the window as it is shown"
    dialog.copy.click()
    copied = QGuiApplication.clipboard().image()
    shown = same_window.grab().toImage()
    assert copied.size() == same_window.size()
    assert (colours(copied) == colours(shown)).all(axis=2).mean() > 0.98
    assert dialog.message.text() == "Copied." and dialog.isVisible()


def test_a_view_as_it_is_shown_has_its_size_times_the_scale_and_shows_its_part_of_the_plane(
    qtbot: QtBot, same_window: MainWindow, dialog: PictureDialog
) -> None:
    choose(qtbot, dialog, "map", "as shown", "3×", "as shown")
    dialog.copy.click()
    copied = QGuiApplication.clipboard().image()
    assert copied.size() == same_window.contour.size() * 3
    assert [round(field.value) for field in dialog.sides] == [copied.width(), copied.height()]
    dialog.reject()
    panel = same_window.contour.panels[0]
    panel.show_bounds(((-1.0, 0.0), (-1.0, 0.0)))
    whole, part = copied, drawn(same_window, PictureChoice("map", None, 3))
    panel.reset_view()
    middle = slice(part.height() // 3, part.height() // 2), slice(part.width() // 2, 2 * part.width() // 3)
    assert np.abs(colours(part)[middle] - colours(whole)[middle]).mean() > 5, "the map is that of the visible part"


def test_what_cannot_be_drawn_or_written_is_told_in_the_dialog(
    qtbot: QtBot, same_window: MainWindow, dialog: PictureDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    type_size(qtbot, dialog, "400", "300")
    wait_until(qtbot, lambda: dialog.message.text().startswith("The window needs at least "))
    assert not dialog.save.isEnabled() and not dialog.copy.isEnabled()
    type_size(qtbot, dialog, "50", "300")
    assert dialog.message.text() == "The width must be a whole number from 100 to 10,000 pixels, not 50."
    type_size(qtbot, dialog, "10000", "10000")
    wait_until(
        qtbot, lambda: dialog.message.text() == "A picture has at most 40,000,000 pixels; 10,000 × 10,000 are more."
    )

    choose(qtbot, dialog, "chart", "1280 × 720", "1×", "as shown")
    assert dialog.save.isEnabled() and dialog.message.text() == ""
    (tmp_path / "taken.png").mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "taken.png"), ""))
    dialog.save.click()
    wait_until(qtbot, lambda: dialog.message.text() == "taken.png cannot be written: Is a directory.")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.png"] and dialog.isVisible()


def test_a_picture_of_the_chart_shows_what_is_drawn_beneath_the_losses(qtbot: QtBot, same_window: MainWindow) -> None:
    go_to(qtbot, same_window, 60)
    choice = PictureChoice("chart", (700, 500))
    losses = drawn(same_window, choice)
    same_window.session.set_quantity(DISTANCE)
    settle(qtbot, same_window)
    both = drawn(same_window, choice)
    as_shown = drawn(same_window, PictureChoice("chart", None))
    assert as_shown.size() == same_window.charts.size()
    same_window.session.set_quantity("")
    settle(qtbot, same_window)
    for racer in same_window.session.racers:
        colour = QColor(drawn_colour(racer.colour, DARK)).getRgb()[:3]
        for picture, is_there in ((losses, False), (both, True)):
            # In the lower plot, above the legend; the losses of a single chart are low there only at its right end.
            part = colours(picture)[270:430, 100:300]
            assert (np.abs(part - colour).max(axis=2) < 40).any() == is_there


def test_the_race_goes_on_meanwhile_and_its_present_step_can_be_taken(
    qtbot: QtBot, same_window: MainWindow, dialog: PictureDialog
) -> None:
    post = same_window.controller.runner.post
    post(Play())
    wait_until(qtbot, dialog.newest.isVisible)
    assert dialog.step == 60, "the picture is that of the moment at which it was asked for"
    dialog.newest.click()
    assert dialog.step > 60
    post(Pause())


def test_right_clicks_ask_for_a_picture_of_the_view(qtbot: QtBot, same_window: MainWindow) -> None:
    for view, wanted in ((same_window.contour, "map"), (same_window.surface, "3-D")):
        view.menu_asked.emit(None, QPoint(100, 100))
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entry = next(action for action in menu.actions() if "picture" in action.text())
        menu.close()
        entry.trigger()
        assert same_window.pictures.dialog.choice.view == wanted
        same_window.pictures.dialog.reject()
        same_window.activateWindow()
    same_window.chart_menu.picture.trigger()
    assert same_window.pictures.dialog.choice.view == "chart"
    same_window.pictures.dialog.reject()


def test_the_last_picture_is_kept_with_the_session_and_older_files_have_none(tmp_path: Path) -> None:
    session, path = Session(LANDSCAPES[FIRST_LANDSCAPE], []), tmp_path / "session.json"
    session.set_picture(PictureChoice("both", (3840, 2160), 3, "light"))
    write_choices(path, session.choices())
    assert read_choices(path).picture == session.picture
    record = json.loads(path.read_text())
    record["session"]["picture"]["scale"] = 99
    path.write_text(json.dumps(record))
    with pytest.raises(RecordError):
        read_choices(path)
    del record["session"]["picture"]
    path.write_text(json.dumps(record))
    assert read_choices(path).picture == PictureChoice()


def test_the_command_line_draws_one_view_at_a_scale(tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    choices = app.OpeningChoices(LANDSCAPES["Beale"], ["Adam"], theme="light")
    assert app.picture(choices, path, 20, (900, 500), view="chart", scale=2) == 0
    picture = QImage(str(path))
    assert picture.size() == QSize(900, 500) and picture.pixelColor(2, 2) == QColor(LIGHT.window)
