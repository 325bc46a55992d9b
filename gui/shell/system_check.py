"""Finds, before Qt is started, what would make Qt end the process without an exception."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable

LIBRARIES = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4", "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-sync.so.1": "libxcb-sync1",
    "libdbus-1.so.3": "libdbus-1-3", "libfontconfig.so.1": "libfontconfig1",
}  # fmt: skip
"""Libraries that Qt loads on Linux, and the Debian package of each."""

Loader = Callable[[str], object]


def missing_packages(load: Loader = ctypes.CDLL) -> list[str]:
    """Return the Debian packages of libraries that `load` does not find: it raises an OSError."""
    return [package for library, package in LIBRARIES.items() if not _loads(library, load)]


def problem(load: Loader = ctypes.CDLL) -> str:
    """Return why no window can be opened, as a sentence that says what to do; "" where one can be."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return ""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display to open a window on; --headless races without one."
    if os.environ.get("WAYLAND_DISPLAY") and os.environ.get("QT_QPA_PLATFORM") != "xcb":
        return ""
    if not _display_answers():
        return f"The display {os.environ.get('DISPLAY', '')} does not answer; --headless races without one."
    packages = missing_packages(load)
    return f"Qt needs libraries that are missing: sudo apt-get install {' '.join(packages)}" if packages else ""


def _display_answers() -> bool:
    """Return whether the X display can be reached: Qt would end the process where it cannot."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not broken


def _loads(library: str, load: Loader) -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True
