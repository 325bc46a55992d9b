"""Fixtures of many tests: the Qt application, a display with OpenGL; and Hypothesis without time limits or chance."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

REQUIRED = "DERBY_REQUIRE_DISPLAY"
"""Environment variable; set to 1, it makes tests that need a display fail without one, instead of being skipped."""

# Without a deadline, because Hypothesis measures the clock's time, which a busy machine stretches; tests about time
# measure the processor's time. With the same examples in each run, so that a failure is of the change at hand;
# `--hypothesis-profile=exploring` draws others.
settings.register_profile("exploring", deadline=None)
settings.register_profile("same each time", deadline=None, derandomize=True)
settings.load_profile("same each time")

WAITING = 2
"""Processes of tests beyond one a core: a test of the window waits half of its time, for pictures and for pauses."""


def pytest_xdist_auto_num_workers() -> int:
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores + WAITING


@pytest.fixture(scope="session")
def qapp() -> object:
    """Return the Qt application, created as the program does; there can be only one in a process."""
    from gui.shell.app import make_application

    return make_application()


@pytest.fixture
def opengl(qapp: object) -> Iterator[None]:
    """Skip a test if there is no OpenGL, with the reason; fail it if `REQUIRED` is set to 1."""
    from gui.views.opengl import opengl_available

    if not opengl_available():
        reason = "There is no display with OpenGL here: install xvfb, and the tests of the 3-D view run."
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield


@pytest.fixture(scope="module")
def memory_of_others_aside() -> Iterator[None]:
    """Freeze the objects of earlier tests, so that the garbage collector does not slow a module that measures time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
