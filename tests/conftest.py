"""What many tests need: one application, a display with OpenGL or a reason why not, and time on a busy machine."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

REQUIRED = "DERBY_REQUIRE_DISPLAY"
"""Set to 1, a missing display fails the tests that need one instead of skipping them."""

# Where time is the statement, a test measures the processor's; Hypothesis would measure the clock's.
settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def qapp() -> object:
    """Return the one application, as the program makes it."""
    from gui.shell.app import make_application

    return make_application()


@pytest.fixture
def opengl(qapp: object) -> Iterator[None]:
    """Skip where there is no OpenGL, and say so; fail where it is required."""
    from gui.views.opengl import opengl_available

    if not opengl_available():
        reason = "There is no display with OpenGL here: install xvfb, and the tests of the 3-D view run."
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield
