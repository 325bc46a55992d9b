"""A window that is closed is freed, with all that it held, though what it showed lives on."""

import gc
import weakref

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.files.landscape_library import LandscapeLibrary
from gui.files.optimizer_library import OptimizerLibrary
from gui.files.session_keeper import SessionKeeper
from gui.look import style
from gui.look.theme import DARK
from gui.session.choices import FIRST_LANDSCAPE, FIRST_RACERS
from gui.session.session import Session
from gui.window.main_window import MainWindow
from landscapes import CATALOGUE, LANDSCAPES
from tests.gui.person import put_away, settle, type_formula, wait_until


def use(qtbot: QtBot, window: MainWindow) -> None:
    """Use the window so that it creates and deletes its temporary parts."""
    session, bar = window.session, window.formula_bar
    window.landscape_views.switch_layout()
    session.add_modifier(session.racers[0].key, "clip_norm")
    session.remove_racer(session.racers[1].key)
    settle(qtbot, window)
    card = window.racers_panel.cards[0]
    for open_it in (
        card.footer.open_details, card.footer.open_list, card.open_palette, window.racers_panel.open_list,
        window.racers_panel.noise.open_popover, bar.landscape.open_picker, bar.landscape.open_transform,
        bar.landscape.open_form, window.show_keys,
    ):  # fmt: skip
        open_it().close()
    window.bottom_panel.edit(session.racers[0].key)
    window.bottom_panel.rule.close_rule()
    type_formula(qtbot, window, "a*x^2 + sin(y)")
    wait_until(qtbot, lambda: "a" in bar.sliders)
    session.choose(CATALOGUE["LinearRegression"])
    wait_until(qtbot, lambda: window.frame.columns is not None and "points" in bar.data.sliders)
    window.notice.offer("A sentence.", window.landscape_views.switch_layout)
    window.theme_choice.switch()
    settle(qtbot, window)


def used_and_closed(qtbot: QtBot, session: Session) -> dict[str, weakref.ref[object]]:
    """Return weak references to the parts of a window that was used and closed, by name."""
    window = MainWindow(session, DARK, SessionKeeper(session), OptimizerLibrary(), LandscapeLibrary())
    window.show()
    wait_until(qtbot, lambda: window.frame is not None and window.contour.landscape_shown)
    use(qtbot, window)
    parts = {
        "window": window, "controller": window.controller, "runner": window.controller.runner,
        "contour view": window.contour, "3-D view": window.surface, "racers": window.racers_panel,
    }  # fmt: skip
    put_away(window)
    return {name: weakref.ref(part) for name, part in parts.items()}


def test_a_closed_window_is_freed_though_its_session_lives_on(qtbot: QtBot) -> None:
    style.apply(QApplication.instance(), DARK)
    session = Session(LANDSCAPES[FIRST_LANDSCAPE], list(FIRST_RACERS))
    parts = used_and_closed(qtbot, session)
    gc.collect()
    assert [name for name, part in parts.items() if part() is not None] == []
    session.set_randomness(seed=7)
    session.set_speed(30.0)
