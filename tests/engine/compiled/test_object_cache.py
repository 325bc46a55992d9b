"""The folder of object code can hurt nobody: what is damaged, missing or not writable is compiled again."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.compiled import object_cache
from engine.compiled.argument_types import VECTOR
from engine.compiled.driver import Driver


def double(values: np.ndarray) -> int:
    for i in range(len(values)):
        values[i] *= 2.0
    return len(values)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(object_cache.FOLDER_VARIABLE, str(tmp_path / "objects"))
    return tmp_path / "objects"


def doubled() -> list[float]:
    values = np.array([1.0, 2.0])
    assert Driver(double, [VECTOR])(values) == 2
    return values.tolist()


@pytest.mark.parametrize("damage", ["emptied", "cut short", "flipped", "garbage", "a folder"])
def test_damaged_object_code_is_compiled_again(folder: Path, damage: str) -> None:
    doubled()
    (path,) = folder.glob("*.object")
    content = path.read_bytes()
    middle = len(content) // 2
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    else:
        flipped = bytes(255 - byte for byte in content[middle : middle + 200])
        path.write_bytes(
            {
                "emptied": b"", "cut short": content[:middle], "garbage": b"not object code at all" * 9,
                "flipped": content[:middle] + flipped + content[middle + 200 :],
            }[damage]
        )  # fmt: skip
    assert doubled() == [2.0, 4.0]


def test_a_folder_that_cannot_be_made_costs_nothing_but_time(folder: Path) -> None:
    folder.write_text("a file is in the way")
    assert doubled() == [2.0, 4.0] and not object_cache.save("name", "mark", b"data")
    assert object_cache.load("name", "mark") is None


def test_what_was_kept_comes_back_and_leaves_no_drafts(folder: Path) -> None:
    assert object_cache.save("name", "mark", b"data" * 1000)
    assert object_cache.load("name", "mark") == b"data" * 1000 and object_cache.load("name", "other") is None
    assert [path.suffix for path in folder.iterdir()] == [object_cache.SUFFIX]


def test_many_writers_at_once_leave_one_whole_file(folder: Path) -> None:
    writers = [
        threading.Thread(target=object_cache.save, args=("name", "mark", bytes([n]) * 100_000)) for n in range(8)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    data = object_cache.load("name", "mark")
    assert data is not None and len(data) == 100_000 and len(set(data)) == 1


def test_object_code_that_nobody_used_for_long_is_removed(folder: Path) -> None:
    for name in ("old", "used"):
        object_cache.save(name, "mark", b"data")
    long_ago = time.time() - 2 * object_cache.STALE_DAYS * object_cache.SECONDS_A_DAY
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    object_cache.load("used", "mark")
    object_cache.save("new", "mark", b"data")
    assert sorted(path.name.split("-")[0] for path in folder.iterdir()) == ["new", "used"]
