"""Who waits at a keyboard until a long function is compiled is told so; nobody else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.own.slow import slow_step

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
PROGRAM = "from engine import compile_rule; from rules import slow; compile_rule(slow)"
QUICK = """
import time
from engine.own.compile_notice import SILENT_S, notify_if_slow

with notify_if_slow("quick"):
    pass
time.sleep(2.0 * SILENT_S)
"""
TOLD = 'Numba is compiling "slow". This can take a while ...'


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "rules.py").write_text(slow_step())
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
    assert in_a_terminal(PROGRAM, environment).count(TOLD) == 1
    assert in_a_terminal(QUICK, environment) == "", "what is over in time needs no word"


def test_it_is_told_at_a_prompt_and_in_a_notebook(environment: dict[str, str]) -> None:
    code = f"import sys; sys.ps1 = 'In [1]: '; {PROGRAM}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=110)
    assert done.stderr.count(TOLD) == 1 and done.stdout == ""


def test_nothing_is_told_where_nobody_reads_it(environment: dict[str, str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=environment, timeout=110)
    assert (done.stdout, done.stderr) == ("", "")
    # A window compiles on another thread, and tells of it itself.
    beside = (
        f"import threading; thread = threading.Thread(target=lambda: exec({PROGRAM!r})); thread.start(); thread.join()"
    )
    assert in_a_terminal(beside, environment) == ""
