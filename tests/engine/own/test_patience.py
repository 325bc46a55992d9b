"""Who waits at a keyboard until a long function is compiled is told so; nobody else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.own.slow import slow_step

ROOT = Path(__file__).parents[3]
PROGRAM = "from engine import compile_rule; from rules import {0}; compile_rule({0})"
QUICK = "\n\ndef quick(w, g, lr=0.01):\n    w -= lr*g\n"
TWO_QUICK = """
import threading
from engine import compile_rule
from rules import quick
# What a first compilation sets up takes its time too.
thread = threading.Thread(target=compile_rule, args=[quick])
thread.start()
thread.join()
compile_rule(lambda w, g, lr=0.01: w - lr*g)
"""
TOLD = "Numba is compiling `slow`. This can take a while ..."


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "rules.py").write_text(slow_step() + QUICK)
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}


def in_a_terminal(code: str, environment: dict[str, str]) -> str:
    """Return what a program in a terminal says on its stderr."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run([sys.executable, "-c", code], stderr=theirs, env=environment, timeout=110)
        assert done.returncode == 0
        os.set_blocking(ours, False)
        return os.read(ours, 10_000).decode()
    except BlockingIOError:
        return ""
    finally:
        os.close(theirs)
        os.close(ours)


def test_a_long_compilation_is_told_once_in_a_terminal(environment: dict[str, str]) -> None:
    assert in_a_terminal(PROGRAM.format("slow"), environment).count(TOLD) == 1
    assert in_a_terminal(TWO_QUICK, environment) == ""


def test_it_is_told_at_a_prompt_and_in_a_notebook(environment: dict[str, str]) -> None:
    code = f"import sys; sys.ps1 = 'In [1]: '; {PROGRAM.format('slow')}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=110)
    assert done.stderr.count(TOLD) == 1 and done.stdout == ""


def test_nothing_is_told_where_nobody_reads_it(environment: dict[str, str]) -> None:
    code = PROGRAM.format("slow")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=110)
    assert (done.stdout, done.stderr) == ("", "")
    # A window compiles on another thread, and tells of it itself.
    beside = (
        f"import threading; thread = threading.Thread(target=lambda: exec({code!r})); thread.start(); thread.join()"
    )
    assert in_a_terminal(beside, environment) == ""
