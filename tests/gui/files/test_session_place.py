"""Each process has a file of its own for its session, and what killed processes left behind is put away."""

import os
import time
from pathlib import Path

from gui.files.folders import unsaved_folder
from gui.files.session_place import WRITING_S, SessionPlace, clean_drafts


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_second_place_is_a_copy_until_the_first_is_released(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    first, second = SessionPlace(path), SessionPlace(path)
    assert (first.path, first.is_copy) == (path, False)
    assert second.path != path and second.is_copy and second.source == path
    first.release(changed=True)
    third = SessionPlace(path)
    assert not third.is_copy
    second.path.write_text("changed")
    second.release(changed=True)
    (unsaved,) = unsaved_folder(tmp_path).iterdir()
    assert unsaved.read_text() == "changed"
    third.release(changed=True)
    assert names(tmp_path) == {"unsaved"}, "a place without changes leaves nothing behind"


def test_a_lock_that_was_held_for_long_is_still_one(tmp_path: Path) -> None:
    first = SessionPlace(tmp_path / "session.json")
    long_ago = time.time() - 86_400
    os.utime(tmp_path / "session.json.lock", (long_ago, long_ago))
    assert SessionPlace(tmp_path / "session.json").is_copy
    first.release(changed=False)


def test_files_that_were_being_written_when_a_process_was_killed_are_removed(tmp_path: Path) -> None:
    own = ["session.json.123", "session.before.json.123"]
    others = ["recent.json.77", "landscapes.json.77"]
    for name in (*own, *others, "session.json", "session.json.old", "errors.log"):
        (tmp_path / name).touch()
    place = SessionPlace(tmp_path / "session.json")
    assert names(tmp_path) & {*own} == set() and {*others} <= names(tmp_path), "another copy may be writing the others"
    long_ago = time.time() - 2 * WRITING_S
    for name in others:
        os.utime(tmp_path / name, (long_ago, long_ago))
    clean_drafts(tmp_path)
    place.release(changed=False)
    assert names(tmp_path) == {"session.json", "session.json.old", "errors.log"}


def test_a_folder_that_cannot_be_written_is_no_second_copy(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not SessionPlace(tmp_path / "file" / "session.json").is_copy
