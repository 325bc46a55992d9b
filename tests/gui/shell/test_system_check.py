"""What would end the process without a word is told in a sentence before."""

import ctypes
import sys

import pytest

from gui.shell.system_check import LIBRARIES, missing_packages, problem

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
