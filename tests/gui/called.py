"""The program as a shell calls it: in this process, which takes milliseconds, or in one of its own."""

import contextlib
import io
import subprocess
import sys
from pathlib import Path

from gui.shell import command_line

ROOT = Path(__file__).parents[2]
Finished = subprocess.CompletedProcess[str]


def call(*arguments: str) -> Finished:
    """Do what `arguments` ask for; return what was written, and the status."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = command_line.main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
    return Finished(list(arguments), status, out.getvalue(), err.getvalue())


def start_and_end(*arguments: str, **environment: str) -> Finished:
    """Start the program in a process of its own, with `environment` alone where it is given, and wait for its end."""
    command = [sys.executable, "main.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, env=environment or None)
