"""Real processes: two copies of the program do not write over each other's session, and a killed one loses nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.files.session_file import read_choices

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[3]
LOST_S = 1.0
"""What is older than this is not lost."""
PATIENCE_S = 60


class Driven:
    """A process of the program, which does what it is told and answers with what it shows."""

    def __init__(self, home: Path, *arguments: str) -> None:
        folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.gui.shell.driven_program", *arguments],
            cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env={**os.environ, **folders},
        )  # fmt: skip
        self.shown = self.answer()

    def answer(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def do(self, line: str) -> dict:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self) -> None:
        self.do("close")
        assert self.process.wait(PATIENCE_S) == 0

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_S)


@pytest.fixture
def home(tmp_path: Path, opengl: None) -> Iterator[Path]:
    yield tmp_path


def folder(home: Path) -> Path:
    return home / "config" / "Descent Derby"


def test_a_killed_program_loses_neither_its_size_nor_what_is_older_than_a_second(home: Path) -> None:
    program = Driven(home)
    program.do("speed 44")
    program.do("size 1111 777")
    time.sleep(LOST_S)
    program.kill()
    (folder(home) / f"session.json.{program.process.pid}").write_text('{"half of it"')
    again = Driven(home)
    assert (again.shown["speed"], again.shown["size"]) == (44.0, [1111, 777])
    assert again.shown["notice"] == "", "the lock of a process that is gone is taken over"
    names = {path.name for path in folder(home).iterdir()}
    assert names <= {"session.json", "session.json.lock", "session.before.json"}, "nothing half-written stays"
    again.close()
    assert not (folder(home) / "session.json.lock").exists()


def test_a_second_copy_says_so_and_writes_over_nothing_of_the_first(home: Path) -> None:
    first = Driven(home)
    first.do("speed 55")
    time.sleep(LOST_S)
    second = Driven(home)
    assert second.shown["notice"].startswith("Descent Derby is open already")
    assert second.shown["speed"] == 55.0, "it begins with a copy"
    second.do("speed 77")
    second.close()
    killed = Driven(home)
    killed.do("speed 88")
    time.sleep(LOST_S)
    killed.kill()
    first.do("speed 66")
    first.close()
    assert read_choices(folder(home) / "session.json").speed == 66.0
    last = Driven(home)
    assert (last.shown["speed"], last.shown["notice"]) == (66.0, "")
    unsaved = [read_choices(path).speed for path in sorted((folder(home) / "unsaved").iterdir())]
    assert sorted(unsaved) == [77.0, 88.0], "what the copies did is found under Open a recent session"
    last.close()


def test_a_session_is_opened_from_the_command_line(home: Path) -> None:
    program = Driven(home)
    program.do("speed 33")
    program.close()
    file = home / "mine.derby"
    file.write_bytes((folder(home) / "session.json").read_bytes())
    program = Driven(home, str(file))
    assert (program.shown["title"], program.shown["speed"]) == ("mine.derby[*] – Descent Derby", 33.0)
    program.close()
    (home / "broken.derby").write_text("{")
    for name, sentence in {
        "broken.derby": "broken.derby cannot be opened. The file is not what this program writes.",
        "gone.derby": "gone.derby cannot be opened. There is no such file.",
    }.items():
        command = [sys.executable, "main.py", str(home / name)]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S)
        assert (told.returncode, told.stderr) == (2, sentence + "\n")
