"""What stands in the menus of the window, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from gui.session.choices import HEIGHT_KINDS, THEMES, VIEWS
from gui.window.camera_menu import CameraMenu
from gui.window.menus import add_choice, add_menu, check_choice, make_action

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

RESET = "&Reset views"
VIEW_WORDS = {
    "both": ("3-D &and contour view", "Ctrl+1"),
    "3-D": ("&3-D view alone", "Ctrl+2"),
    "contour": ("&Contour view alone", "Ctrl+3"),
}
"""What an entry of the menu says for each of `VIEWS`, and its key."""


def make_menus(window: MainWindow) -> None:
    """Fill the menu bar of the window."""
    runner, standard = window.controller.runner, QKeySequence.StandardKey
    add_menu(window, "&File", (
        ("&Start afresh", [standard.New], window.start_afresh),
        ("&Back to the race before", ["Ctrl+Shift+N"], window.go_back),
        ("Open a Python &function ...", ["Ctrl+Shift+P"], window.opening.choose),
        ("Save a &picture ...", [standard.Save], window.save_picture),
        ("&Quit", ["Ctrl+Q"], window.close),
    ))  # fmt: skip
    _make_landscape_menu(window)
    add_menu(window, "&Race", (
        ("&Play or pause", ["Space"], window.controller.toggle),
        ("One &step on", ["."], lambda: runner.step(1)),
        ("One step &back", [","], lambda: runner.back(1)),
        ("&Restart", ["Ctrl+R"], lambda: runner.restart()),
        ("&Go to a step", ["Ctrl+G"], lambda: window.focus_text(window.transport.step)),
        ("&Add a racer", ["Ctrl+Shift+A"], window.racers_panel.open_list),
        ("Edit the &formula", ["Ctrl+E"], lambda: window.focus_text(window.formula_bar.editor)),
        ("&Edit a racer's rule", ["Ctrl+Shift+E"], window.edit_some_rule),
    ))  # fmt: skip
    view = add_menu(window, "&View", (
        ("&Overlay or side by side", ["Ctrl+L"], window.switch_layout),
        ("&Dark or light", ["Ctrl+T"], window.switch_theme),
        (RESET, ["Ctrl+0"], window.reset_views),
    ))  # fmt: skip
    window.views_shown = add_choice(view, "&Views", VIEWS, window.session.set_views, VIEW_WORDS)
    check_choice(window.views_shown, window.session.views)
    window.themes = add_choice(view, "&Theme", THEMES, window.session.set_theme)
    check_choice(window.themes, window.session.theme)
    window.camera_menu = CameraMenu(window)
    view.addMenu(window.camera_menu)
    add_menu(window, "&Help", (("&Keyboard", [standard.HelpContents], window.show_keys),))
    # Single keys, and so only where nobody types or searches a list.
    in_views = make_action(window.views, RESET, ["R", "Home"], window.reset_views)
    in_views.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    window.views.addAction(in_views)


def _make_landscape_menu(window: MainWindow) -> None:
    bar, session = window.formula_bar.landscape, window.session
    menu = add_menu(window, "&Landscape", (
        ("&Pick a landscape ...", [QKeySequence.StandardKey.Open], bar.open_picker),
        ("&Next landscape", ["Ctrl+PgDown"], lambda: bar.go_on(1)),
        ("Landscape &before", ["Ctrl+PgUp"], lambda: bar.go_on(-1)),
        ("&Surprise me", ["Ctrl+Shift+O"], bar.surprise),
        ("&Fit a table of yours ...", ["Ctrl+Shift+F"], window.pick_table),
        ("Save among my &landscapes ...", ["Ctrl+Shift+S"], bar.open_form),
        ("&Turn, stretch, shift ...", ["Ctrl+Shift+T"], bar.open_transform),
        ("&Use this view as the domain", ["Ctrl+D"], window.adopt_view),
        ("Back to its &own domain", ["Ctrl+Shift+D"], lambda: session.set_bounds(session.domain)),
    ))  # fmt: skip
    window.heights = add_choice(menu, "&Height", HEIGHT_KINDS, session.set_height)
    check_choice(window.heights, session.height)
