"""Runs a program on a display of its own making, and looks at the windows it opens."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]
PATIENCE_S = 100

LOOKING = """
import sys, time
from PySide6.QtWidgets import QApplication

def look(*_):
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)
    for number, widget in enumerate(w for w in QApplication.topLevelWidgets() if w.isVisible()):
        widget.grab().save(f"{sys.argv[1]}/{number}.png")
    return 0

QApplication.exec = look
"""


def run_program(program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program with these changes of its environment; return the completed process."""
    import os

    command = [sys.executable, "-c", program, *arguments]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONFAULTHANDLER": "1", **environment}
    return subprocess.run(
        command, cwd=REPOSITORY, env=surroundings, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
