"""What would end the process without a word is told in a sentence before."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.system_check import LIBRARIES, missing_packages, opengl_platform, problem

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux leaves these to the user")


def without_cursor(library: str) -> object:
    """Load `library` as on a machine that lacks the one which Debian most often lacks."""
    if library == "libxcb-cursor.so.0":
        raise OSError(f"{library}: cannot open shared object file")
    return ctypes.CDLL(library)


def nothing_there(library: str) -> object:
    raise OSError(library)


@pytest.mark.usefixtures("opengl")
def test_a_missing_library_is_told_with_the_line_that_installs_it() -> None:
    assert problem() == ""
    assert problem(without_cursor) == "Qt needs libraries that are missing: sudo apt-get install libxcb-cursor0"


def test_every_missing_library_names_its_package() -> None:
    assert missing_packages(nothing_there) == list(LIBRARIES.values())
    assert missing_packages(lambda library: None) == []


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "glx"),
        ({"QT_QPA_PLATFORM": "xcb:extra", "DISPLAY": ":0"}, "glx"),
        ({"QT_QPA_PLATFORM": "wayland", "DISPLAY": ":0"}, "egl"),
        ({"DISPLAY": ":0"}, "glx"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "egl"),
        ({"QT_QPA_PLATFORM": "", "DISPLAY": ":0"}, "glx"),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, ""),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, ""),
        ({}, ""),
    ],
)
def test_the_opengl_of_a_session_is_that_of_qts_platform(environment: dict[str, str], platform: str) -> None:
    assert opengl_platform(environment) == platform


@pytest.mark.usefixtures("opengl")
@pytest.mark.parametrize(("chosen", "used"), [("", "GLXPlatform"), ("egl", "EGLPlatform")])
def test_pyopengl_follows_qt_and_not_the_session_unless_it_is_told(chosen: str, used: str, tmp_path: Path) -> None:
    """A window under XWayland: the session is Wayland's, and Qt's platform is X."""
    code = f"from gui.command_line import main; main(['--picture', {str(tmp_path / 'p.png')!r}, '--steps', '1']); "
    code += "from OpenGL import platform; print(type(platform.PLATFORM).__name__)"
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "XDG_SESSION_TYPE": "wayland", "WAYLAND_DISPLAY": "nowhere"}
    environment.pop("PYOPENGL_PLATFORM", None)
    environment |= {"PYOPENGL_PLATFORM": chosen} if chosen else {}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=90, env=environment
    )
    assert result.stdout.split()[-1:] == [used], result.stderr
