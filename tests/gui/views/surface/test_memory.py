"""Twenty 3-D views side by side take little memory where a program draws them, and give it back when they go."""

import sys

import pytest

from gui.views.opengl import in_software, renderer_name
from tests.gui.views.offered import run_program

VIEWS = 20
MOST_VIEWS_MB = 100
"""Most memory that the views take beyond a single one; with a context for each view it was 165 MB."""
MOST_GROWTH_MB = 15
"""Largest growth from the first to the third time side by side, and of the memory that is left after each."""
MOST_KEPT_MB = 30
"""Most memory that stays afterwards: the common context of the views, with its programs."""

CHANGES = """
import gc, sys, time
from gui.shell.app import make_application
application = make_application()
from gui.background.free_memory import trim_heap
from gui.look.theme import DARK, RACER_COLOURS
from gui.views.racer_look import RacerLook
from gui.views.surface.panels import TRIM_MS, SurfacePanels
from gui.views.view_controls import OVERLAY
from tests.gui.views.scenery import bowl, racer, terrain

def resident_mb():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20

def wait(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.002)

def show(layout, count):
    panels.set_layout(layout)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (len(panels.panels) == count and panels.up_to_date):
        wait(0.01)
    assert len(panels.panels) == count and panels.up_to_date
    wait(0.3 + (TRIM_MS / 1000 if count == 1 else 0))
    if count > 1:
        # While views are shown free memory goes back every ten seconds, which is too long to wait for here.
        trim_heap()
    return resident_mb()

count = int(sys.argv[1])
panels = SurfacePanels(DARK)
panels.resize(700, 800)
panels.show_terrain(terrain(1, bowl, 256))
looks = [RacerLook(f"racer {number}", RACER_COLOURS[number % 8]) for number in range(count)]
racers = [racer([(0.0, 1.0), (1.0, 0.1 * number)]) for number in range(count)]
panels.show_racers(looks, racers)
panels.show()
panels.load()
figures = [show(OVERLAY, 1)]
for _ in range(3):
    figures += [show("side by side", count), show(OVERLAY, 1)]
print(*figures)
panels.close()
panels.end()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is read from /proc")
def test_a_grid_of_views_takes_little_memory_and_gives_it_back(opengl: None) -> None:
    if not in_software(renderer_name()):
        pytest.skip("what a graphics card keeps is not this process's memory")
    done = run_program(CHANGES, str(VIEWS))
    assert done.returncode == 0 and "Error" not in done.stderr, done.stderr
    alone, *later = map(float, done.stdout.split())
    grids, rests = later[::2], later[1::2]
    assert grids[0] - alone < MOST_VIEWS_MB
    assert grids[-1] - grids[0] < MOST_GROWTH_MB
    assert rests[0] - alone < MOST_KEPT_MB
    assert rests[-1] - rests[0] < MOST_GROWTH_MB
