"""The user's files lie where the window of earlier versions, which asked Qt, has put them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.windows import Windows, get_win_folder_from_env_vars

from gui.files import folders

ROOT = Path(__file__).parents[3]
KINDS = ("session_path().parent", "saved_folder()", "thumbnails_folder().parent")
LOCATIONS = ("AppConfigLocation", "AppDataLocation", "CacheLocation")
CODE = f"""
from PySide6.QtCore import QCoreApplication, QStandardPaths
from gui.files.folders import PROGRAM, saved_folder, session_path, thumbnails_folder
application = QCoreApplication([])
application.setApplicationName(PROGRAM)
for folder in ({", ".join(KINDS)}):
    print(folder)
for location in {LOCATIONS}:
    print(QStandardPaths.writableLocation(QStandardPaths.StandardLocation[location]))
"""
VARIABLES = {"config": "XDG_CONFIG_HOME", "data": "XDG_DATA_HOME", "cache": "XDG_CACHE_HOME"}


@pytest.mark.parametrize("homes", ["given", "relative", "none"])
def test_the_folders_are_those_that_qt_names(tmp_path: Path, homes: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES.values()}
    environment["HOME"] = str(tmp_path)
    for name, variable in VARIABLES.items():
        if homes == "given":
            environment[variable] = str(tmp_path / name)
        elif homes == "relative":
            environment[variable] = name
    run = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, capture_output=True, text=True, timeout=60, env=environment
    )
    lines = [Path(line) for line in run.stdout.splitlines()]
    assert run.returncode == 0, run.stderr
    assert lines[:3] == lines[3:] and all(tmp_path in line.parents for line in lines)


QT_ON = {
    # As the documentation of QStandardPaths has them, for a program without an organization.
    MacOS: ("Library/Preferences/{}", "Library/Application Support/{}", "Library/Caches/{}"),
    Windows: ("AppData/Local/{}", "AppData/Roaming/{}", "AppData/Local/{}/cache"),
}


@pytest.mark.parametrize("system", QT_ON)
def test_the_folders_are_those_that_qt_names_on_other_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: Callable[..., object]
) -> None:
    for variable in VARIABLES.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData/Local"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "AppData/Roaming"))
    monkeypatch.setattr("platformdirs.PlatformDirs", system)
    monkeypatch.setattr("platformdirs.windows.get_win_folder", get_win_folder_from_env_vars)
    found = (folders.session_path().parent, folders.saved_folder(), folders.thumbnails_folder().parent)
    expected = [tmp_path / place.format(folders.PROGRAM) for place in QT_ON[system]]
    # The file systems of Windows do not tell `Cache` from `cache`.
    assert [str(folder).lower() for folder in found] == [str(folder).lower() for folder in expected]
