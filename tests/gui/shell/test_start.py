"""The first window does not wait for what opens later: its modules are imported when it opens."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE_S = 100
TREES = ("engine", "gui", "landscapes")
MOST_MODULES = 640
"""Of the program's own: each takes about half a millisecond of the start."""
LATER_PACKAGES = (
    "numba", "scipy", "OpenGL", "pyqtgraph.opengl", "ziamath", "pandas", "xarray", "matplotlib", "urllib.request",
    "ssl", "xml.sax",
)  # fmt: skip
"""What only a part of the program needs: the compiler, 3-D, typesetting, notebooks, the web."""
LATER_PARTS = (
    "engine.tuning", "engine.public", "gui.window.studies.tuning", "gui.window.studies.settings_map",
    "gui.window.studies.league_table", "gui.window.lessons.writing.editor", "gui.window.help.manual",
    "gui.racers.inspector", "gui.racers.rule.panel", "gui.landscape.picker", "gui.views.surface.view",
)  # fmt: skip
REMEDY = (
    "Import what opens later in the function that opens it, as CONTRIBUTING.md says beneath 'What opens later'. "
    "`python -X importtime main.py` shows who imports what."
)
FIRST_PAINT = """
import os, sys
import main as program
from PySide6.QtCore import QEvent, QObject, QTimer
from gui.shell.app import make_application
from gui.window.main_window import MainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            print(*sys.modules, flush=True)
            os._exit(0)
        return False

application, watch = make_application(), Watch()
application.installEventFilter(watch)
sys.argv[1:] = ["--fresh"]
program.start()
"""


@cache
def imported() -> frozenset[str]:
    """Return the names of the modules that the program has imported when its window is painted first."""
    command = [sys.executable, "-c", FIRST_PAINT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
    assert done.stdout, done.stderr
    return frozenset(done.stdout.split())


def test_few_modules_of_the_program_come_before_the_first_window() -> None:
    own = [name for name in imported() if name.partition(".")[0] in TREES]
    assert len(own) <= MOST_MODULES, f"{len(own)} modules come before the first window. {REMEDY}"


@pytest.mark.parametrize("later", [*LATER_PACKAGES, *LATER_PARTS])
def test_what_only_a_part_of_the_program_needs_comes_after_the_first_window(later: str) -> None:
    found = sorted(name for name in imported() if name == later or name.startswith(f"{later}."))
    assert found == [], REMEDY
