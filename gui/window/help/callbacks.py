"""What the entries of the menu Help do that open a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from engine.live.runner import Runner
from gui.session.session import Session
from gui.window.menus import Callback

if TYPE_CHECKING:
    from gui.window.help.about import About
    from gui.window.help.manual import Manual
    from gui.window.help.usual_settings import UsualSettings


def help_callbacks(window: QWidget, session: Session, runner: Runner) -> Mapping[str, Callback]:
    """Return them by the names of the entries."""
    return {
        "manual": partial(_open_manual, window),
        "usual settings": partial(_open_usual_settings, window, session, runner),
        "about": partial(_open_about, window),
    }


def _open_manual(window: QWidget) -> Manual:
    from gui.window.help.manual import open_manual

    return open_manual(window)


def _open_about(window: QWidget) -> About:
    from gui.window.help.about import open_about

    return open_about(window)


def _open_usual_settings(window: QWidget, session: Session, runner: Runner) -> UsualSettings:
    from gui.window.help.usual_settings import open_usual_settings

    return open_usual_settings(window, session, runner)
