"""A file is replaced whole or not at all, whatever goes wrong, and however many programs write it."""

import subprocess
import sys
from pathlib import Path

import pytest

from gui.files.atomic_write import atomic_write

ROOT = Path(__file__).parents[3]
FULL = """
import resource, sys
from pathlib import Path
from gui.files.atomic_write import atomic_write
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic_write(Path(sys.argv[1]), b"x" * 5000)
except OSError as error:
    print(error.strerror)
"""
WRITING = """
import sys
from pathlib import Path
from gui.files.atomic_write import atomic_write
for _ in range(100):
    atomic_write(Path(sys.argv[1]), sys.argv[2].encode() * 100_000)
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_a_file_is_made_with_its_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "file.json"
    atomic_write(path, b"first")
    atomic_write(path, b"second")
    assert path.read_bytes() == b"second" and files_in(path.parent) == ["file.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the size of files")
def test_a_full_disk_leaves_the_file_as_it_was_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"before")
    writing = start(FULL, str(path))
    assert writing.communicate(timeout=60)[0] == "File too large\n"
    assert path.read_bytes() == b"before" and files_in(tmp_path) == ["file.json"]


def test_content_is_on_the_disk_before_the_file_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, stored = tmp_path / "file.json", []
    path.write_bytes(b"before")
    monkeypatch.setattr("os.fsync", lambda descriptor: stored.append(path.read_bytes()))
    atomic_write(path, b"after")
    assert stored == [b"before"] and path.read_bytes() == b"after"


def test_a_draft_that_cannot_be_stored_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(b"before")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space left"):
        atomic_write(path, b"after")
    assert path.read_bytes() == b"before" and files_in(tmp_path) == ["file.json"]


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        atomic_write(tmp_path / "file" / "inner.json", b"x")


def test_of_two_programs_that_write_at_once_each_reader_sees_one_whole_content(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    atomic_write(path, b"a" * 100_000)
    programs = [start(WRITING, str(path), letter) for letter in "ab"]
    seen = set()
    while any(program.poll() is None for program in programs):
        seen.add(path.read_bytes())
    assert [program.wait(timeout=60) for program in programs] == [0, 0]
    assert seen <= {b"a" * 100_000, b"b" * 100_000} and files_in(tmp_path) == ["file.json"]
