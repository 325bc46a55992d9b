"""The real program in a process of its own, which obeys lines on its standard input: see `Driven` in the tests."""

import json
import sys

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from gui.shell import app, command_line
from gui.window.main_window import MainWindow


def window() -> MainWindow | None:
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
    return found[0] if found and found[0].frame is not None else None


def obey() -> None:
    shown, (word, *numbers) = window(), sys.stdin.readline().split() or ["close"]
    if word == "speed":
        shown.session.set_speed(float(numbers[0]))
    elif word == "size":
        shown.resize(*map(int, numbers))
    elif word == "close":
        shown.close()
    tell(shown)


def tell(shown: MainWindow) -> None:
    facts = {
        "speed": shown.session.speed,
        "size": [shown.width(), shown.height()],
        "notice": shown.notice.label.text(),
        "title": shown.windowTitle(),
    }
    print(json.dumps(facts), flush=True)


def begin() -> None:
    if window() is None:
        QTimer.singleShot(20, begin)
        return
    tell(window())
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window())
    notifier.activated.connect(obey)


app.make_application()
QTimer.singleShot(0, begin)
sys.exit(command_line.main(sys.argv[1:]))
