"""Trails and loss curves as images, painted without a window."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage

from engine.live.frame import RacerFrame
from engine.race.bands import Band
from engine.race.trail import Trail
from gui.look.theme import RACER_COLOURS
from gui.views.contour.trail_strokes import CORE_PX, SKIPPED, Trails, TrailStrokes
from gui.views.curves.loss_scale import MOST_DECADES, fit_bounds, log_span
from gui.views.curves.strokes import MOST_POINTS, Curves, draw_curves, thinned
from gui.views.painting import draw_line, painting
from gui.views.racer_look import RacerLook, with_raised
from gui.views.raster_layer import FAR_PX, Viewport

SHEET = Viewport(((0.0, 1.0), (0.0, 1.0)), (200.0, 100.0), 1.0)
HALO = "#070a12"
WALK = np.clip(0.5 + np.cumsum(np.random.default_rng(1).normal(0, 0.02, (600, 2)), axis=0), 0.05, 0.95)
SCRIBBLE = np.vstack([WALK, np.random.default_rng(3).uniform(0.2, 0.8, (5000, 2))])
"""A line with 5,000 random jumps, none of which can be left out."""
pytestmark = pytest.mark.usefixtures("qapp")

numbers = st.floats(allow_nan=False, allow_infinity=False)


def racer(
    positions: np.ndarray, generation: object = 0, losses: Sequence[float] | None = None, status: str = "running"
) -> RacerFrame:
    values = np.ones(len(positions)) if losses is None else np.asarray(losses, dtype=float)
    trail = Trail(generation, np.arange(len(positions)), positions, values)
    return RacerFrame((float(positions[-1, 0]), float(positions[-1, 1])), float(values[-1]), status, 1, trail)


def looks(count: int) -> list[RacerLook]:
    return [RacerLook(f"racer {number}", colour) for number, colour in enumerate(RACER_COLOURS[:count])]


def pixels(image: QImage) -> np.ndarray:
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 2::-1].astype(int)


def share_of(image: QImage, colour: str) -> int:
    wanted = QColor(colour).getRgb()[:3]
    return int((np.abs(pixels(image) - wanted).max(axis=2) < 12).sum())


def test_a_trail_that_grows_looks_like_the_trail_that_came_at_once() -> None:
    growing = TrailStrokes()
    for rows in range(10, 601, 10):
        drawn = growing.draw(SHEET, Trails(looks(1), [racer(WALK[:rows])], HALO))
    whole = TrailStrokes().draw(SHEET, Trails(looks(1), [racer(WALK)], HALO))
    apart = np.abs(pixels(drawn.image) - pixels(whole.image)).max(axis=2) > 60
    assert share_of(whole.image, RACER_COLOURS[0]) > 300
    assert apart.mean() < 0.03


def test_thinning_a_trail_changes_nothing_that_is_drawn() -> None:
    strokes = TrailStrokes()
    before = strokes.draw(SHEET, Trails(looks(1), [racer(WALK)], HALO))
    trail = racer(WALK).trail
    kept = np.unique(np.append(np.arange(0, 600, 7), 599))
    thin = Trail(0, trail.steps[kept], trail.positions[kept], trail.losses[kept])
    after = strokes.draw(SHEET, Trails(looks(1), [RacerFrame(tuple(WALK[-1]), 1.0, "running", 1, thin)], HALO))
    assert (pixels(before.image) == pixels(after.image)).all()


def covered(image: QImage) -> np.ndarray:
    """Return which pixels are not transparent, those of halos included."""
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), 3] > 60


def exact(positions: np.ndarray, viewport: Viewport) -> np.ndarray:
    """Return which pixels a line through all positions covers, without any thinning."""
    image = viewport.blank()
    with painting(image) as painter:
        draw_line(painter, viewport.places(positions), RACER_COLOURS[0], CORE_PX)
    return covered(image)


def within(mask: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Return which pixels of `mask` have none of `other` at or beside them."""
    near = np.zeros_like(other)
    padded = np.pad(other, 1)
    for down in range(3):
        for right in range(3):
            near |= padded[down : down + other.shape[0], right : right + other.shape[1]]
    return mask & ~near


STEPS = np.arange(25_000)
DECAY = np.exp(-STEPS / 4000.0)
LONG = {
    "a ravine": np.column_stack([0.1 + 0.8 * STEPS / 25_000, 0.5 + 0.4 * (-1.0) ** STEPS * DECAY]),
    "a spiral": np.column_stack([0.5 + 0.45 * DECAY * np.cos(STEPS / 40), 0.5 + 0.45 * DECAY * np.sin(STEPS / 40)]),
    "a slow curve": np.column_stack([0.1 + 0.8 * (1 - DECAY), 0.1 + 0.8 * (1 - DECAY) ** 3]),
}


@pytest.mark.parametrize("zoom", [1.0, 30.0])
@pytest.mark.parametrize("in_parts", [False, True], ids=["at once", "as it grows"])
@pytest.mark.parametrize("positions", LONG.values(), ids=LONG)
def test_a_long_trail_covers_the_pixels_of_the_exact_line(positions: np.ndarray, in_parts: bool, zoom: float) -> None:
    (x, y), reach = positions[12_000], 0.5 / zoom
    near = (x - reach, x + reach), (y - reach, y + reach)
    viewport = Viewport(near if zoom > 1.0 else SHEET.bounds, (400.0, 300.0), 1.0)
    strokes = TrailStrokes()
    for rows in range(50, 25_001, 50) if in_parts else [25_000]:
        drawn = strokes.draw(viewport, Trails(looks(1), [racer(positions[:rows])], HALO, settled=not in_parts))
    truth = exact(positions, viewport)
    core = np.abs(pixels(drawn.image) - QColor(RACER_COLOURS[0]).getRgb()[:3]).max(axis=2) < 90
    assert drawn.caption == ""
    assert truth.sum() > 100
    assert within(core, truth).mean() < 0.003, "nothing is drawn where the racer never was"
    assert not within(truth, covered(drawn.image)).any(), "nothing of the trail is missing"


def test_another_race_wipes_the_trails_of_the_last() -> None:
    strokes = TrailStrokes()
    strokes.draw(SHEET, Trails(looks(1), [racer(WALK)], HALO))
    after = strokes.draw(SHEET, Trails(looks(1), [racer(WALK[:1], generation=1)], HALO))
    alone = TrailStrokes().draw(SHEET, Trails(looks(1), [racer(WALK[:1])], HALO))
    assert (pixels(after.image) == pixels(alone.image)).all()


def test_racers_at_one_place_share_a_disc() -> None:
    here = np.array([[0.5, 0.5]])
    drawn = TrailStrokes().draw(SHEET, Trails(looks(4), [racer(here) for _ in range(4)], HALO))
    shares = [share_of(drawn.image, colour) for colour in RACER_COLOURS[:4]]
    assert min(shares) > 3
    assert max(shares) < 3 * min(shares)


def test_steps_that_are_not_drawn_are_told() -> None:
    strokes = TrailStrokes()
    assert strokes.draw(SHEET, Trails(looks(1), [racer(WALK[:100])], HALO)).caption == ""
    assert strokes.draw(SHEET, Trails(looks(1), [racer(WALK[:190])], HALO)).caption == ""
    assert strokes.draw(SHEET, Trails(looks(1), [racer(SCRIBBLE)], HALO)).caption == SKIPPED


def test_steps_left_out_in_a_hurry_are_drawn_once_the_race_holds() -> None:
    strokes = TrailStrokes()
    strokes.draw(SHEET, Trails(looks(1), [racer(SCRIBBLE[:2])], HALO))
    strokes.draw(SHEET, Trails(looks(1), [racer(SCRIBBLE)], HALO))
    held = strokes.draw(SHEET, Trails(looks(1), [racer(SCRIBBLE)], HALO, settled=True))
    whole = TrailStrokes().draw(SHEET, Trails(looks(1), [racer(SCRIBBLE)], HALO))
    assert held.caption == ""
    assert (pixels(held.image) == pixels(whole.image)).all()


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5))
def test_places_are_where_a_painter_can_reach_them(points: list[tuple[float, float]]) -> None:
    places = SHEET.places(np.array(points))
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= FAR_PX + 200


@given(st.lists(st.lists(st.floats(-320, 310), min_size=1, max_size=4), min_size=1, max_size=3))
def test_the_axes_hold_every_step_and_the_losses_that_matter(heights: list[list[float]]) -> None:
    lines = [np.column_stack([np.arange(len(line)) * 37.0, line]) for line in heights]
    low, high = log_span(lines, [False] * len(lines))
    (x0, x1), (y0, y1) = fit_bounds(max(line[-1, 0] for line in lines), (low, high))
    points = np.vstack(lines)
    assert x0 == 0.0 and x1 >= points[:, 0].max() and y0 < y1
    assert y0 <= low + 1e-9 and high - 1e-9 <= y1
    assert high >= max(line[0] for line in heights), "every start is shown"
    assert low == max(points[:, 1].min(), high - MOST_DECADES)


def test_a_diverged_racer_leaves_the_plot_and_that_is_told() -> None:
    calm, wild = [1.0, 0.5, 0.2], [1.0, 1e30, 1e200]
    racers = [racer(WALK[:3], losses=calm), racer(WALK[:3], losses=wild, status="diverged at step 3")]
    drawn = draw_curves(SHEET, Curves(looks(2), racers))
    alone = draw_curves(SHEET, Curves(looks(1), racers[:1]))
    assert drawn.viewport.bounds[1][1] <= alone.viewport.bounds[1][1] + 1.01, "a little room to see it leave, no more"
    assert drawn.note == "racer 1 leaves the plot above" and alone.note == ""
    assert share_of(drawn.image, RACER_COLOURS[1]) > 0, "it is seen until it leaves"


@pytest.mark.parametrize("linear", [False, True])
def test_a_racer_that_rises_squashes_no_other_and_an_arrow_tells_where_it_left(linear: bool) -> None:
    calm, rising = racer(WALK[:5], losses=[8.0, 6.0, 4.0, 3.0, 2.0]), racer(WALK[:5], losses=[8.0, 9.0, 1e4, 1e5, 1e6])
    alone = draw_curves(SHEET, Curves(looks(1), [calm], linear=linear)).viewport.bounds[1]
    drawn = draw_curves(SHEET, Curves(looks(2), [calm, rising], linear=linear))
    assert drawn.logarithmic != linear
    assert drawn.viewport.bounds[1][1] <= (alone[1] + 1.01 if not linear else 2.0 * alone[1])
    assert "racer 1 leaves the plot above" in drawn.note
    top = (np.abs(pixels(drawn.image)[:9] - QColor(RACER_COLOURS[1]).getRgb()[:3]).max(axis=2) < 12).sum(axis=1)
    assert 0 < top[3] < top[7], "a triangle that points up"


def test_racers_that_all_rise_are_all_shown() -> None:
    both = [racer(WALK[:3], losses=[1.0, 1e3, 1e6]), racer(WALK[:3], losses=[1.0, 1e2, 1e5])]
    drawn = draw_curves(SHEET, Curves(looks(2), both))
    assert drawn.viewport.bounds[1][1] >= 6.0 and drawn.note == ""


def test_before_the_first_step_the_axes_are_sensible() -> None:
    at_start = racer(WALK[:1], losses=[181.3])
    log = draw_curves(SHEET, Curves(looks(1), [at_start])).viewport.bounds
    assert log[0] == (0.0, 10.0) and 1.0 < log[1][0] < 2.0 and 2.5 < log[1][1] < 3.5
    linear = draw_curves(SHEET, Curves(looks(1), [at_start], linear=True)).viewport.bounds
    assert linear[1][0] == 0.0 and 181.3 <= linear[1][1] <= 250.0
    nothing = racer(WALK[:1], losses=[0.0])
    assert draw_curves(SHEET, Curves(looks(1), [nothing])).viewport.bounds[1] == pytest.approx((-3.0, 0.0), abs=0.5)
    assert draw_curves(SHEET, Curves(looks(1), [nothing], linear=True)).viewport.bounds[1] == (0.0, 1.0)
    at_minimum = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:1], losses=[-3.0])], -3.0))
    assert at_minimum.viewport.bounds[1] == pytest.approx((-3.0, 0.0), abs=0.5)


def test_a_racer_that_is_pointed_at_stands_out_among_faded_ones() -> None:
    flat = [racer(WALK[:50], losses=[loss] * 50) for loss in (2.0, 5.0)]
    plain = draw_curves(SHEET, Curves(looks(2), flat))
    drawn = draw_curves(SHEET, Curves(with_raised(looks(2), 0), flat))
    assert share_of(drawn.image, RACER_COLOURS[0]) > 1.3 * share_of(plain.image, RACER_COLOURS[0])
    assert share_of(drawn.image, RACER_COLOURS[1]) == 0 < share_of(plain.image, RACER_COLOURS[1])


def test_a_part_is_drawn_with_all_its_points_and_everything_else_is_still_known() -> None:
    losses = np.where(np.arange(50_000) == 40_003, 1e-3, 1.0)
    long = racer(np.zeros((50_000, 2)), losses=losses)
    near = Viewport(((40_000.0, 40_010.0), (-4.0, 1.0)), SHEET.size, 1.0)
    part = draw_curves(near, Curves(looks(1), [long], zoomed=True))
    assert part.viewport.bounds == near.bounds
    assert part.whole == draw_curves(SHEET, Curves(looks(1), [long])).whole
    drawn = np.argwhere(np.abs(pixels(part.image) - QColor(RACER_COLOURS[0]).getRgb()[:3]).max(axis=2) < 60)
    assert drawn[drawn[:, 0].argmax(), 1] == pytest.approx(60, abs=2), "the dip is three tenths along"
    assert {0, 199} <= {*drawn[:, 1].tolist()}, "the curve enters and leaves at the edges"


def test_losses_far_below_all_others_lie_on_the_floor_and_that_is_told() -> None:
    racers = [racer(WALK[:3], losses=[100.0, 1.0, 1e-30]), racer(WALK[:3], losses=[100.0, 10.0, 5.0])]
    drawn = draw_curves(SHEET, Curves(looks(2), racers))
    assert drawn.viewport.bounds[1] == pytest.approx((-10.0, 2.0))
    assert drawn.note == "below 10⁻¹⁰ on the floor"
    assert (np.abs(pixels(drawn.image)[-3:] - QColor(RACER_COLOURS[0]).getRgb()[:3]).max(axis=2) < 60).any()


@pytest.mark.parametrize(
    "losses", [[np.nan] * 3, [np.inf, 1.0, 2.0], [0.0, 0.0, 0.0], [-5.0, 3.0, -1e300], [1e308, 1.0, 5e-324]]
)
def test_hostile_losses_are_drawn(losses: list[float]) -> None:
    negative = np.nanmin([*losses, 0.0]) < 0.0
    for minimum in (None, 0.0, 2.5, -1e300, -1e308):
        drawn = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:3], losses=losses)], minimum))
        assert np.isfinite(drawn.viewport.bounds).all()
        assert drawn.caption == ("loss − minimum" if minimum else "loss")
        assert drawn.logarithmic == (minimum is not None or not negative)


def test_losses_are_measured_from_the_minimum_and_its_value_is_told() -> None:
    drawn = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:4], losses=[10.09, 0.19, 0.0901, 0.09 + 1e-6])], 0.09))
    assert (drawn.caption, drawn.note) == ("loss − minimum", "minimum 0.09")
    assert drawn.viewport.bounds[1] == (-6.0, 1.0)
    negative = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:3], losses=[7.0, -2.0, -2.99])], -3.0))
    assert (negative.caption, negative.note, negative.logarithmic) == ("loss − minimum", "minimum −3", True)
    assert negative.viewport.bounds[1] == pytest.approx((-2.5, 1.0))


def test_the_leader_lies_on_the_floor_only_where_it_has_arrived() -> None:
    under_way = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:3], losses=[5.0, 0.0, -1.0])], -3.0))
    assert under_way.viewport.bounds[1] == pytest.approx((0.0, 1.2))
    arrived = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:3], losses=[5.0, 0.0, -3.0])], -3.0))
    assert arrived.viewport.bounds[1][0] == pytest.approx(-12.0, abs=1.0)
    assert "on the floor" in arrived.note


@pytest.mark.parametrize("minimum", [0.0, 1e-31, None])
def test_losses_above_a_minimum_of_zero_are_the_losses(minimum: float | None) -> None:
    drawn = draw_curves(SHEET, Curves(looks(1), [racer(WALK[:3], losses=[1.0, 0.1, 1e-4])], minimum))
    assert (drawn.caption, drawn.note, drawn.logarithmic) == ("loss", "", True)
    assert drawn.viewport.bounds[1] == pytest.approx((-4.0, 0.0))


def test_losses_of_either_sign_without_a_minimum_are_drawn_as_they_are() -> None:
    racers = [racer(WALK[:3], losses=[2.0, 0.0, -2.0]), racer(WALK[:3], losses=[2.0, 1e9, 1e30], status="diverged")]
    drawn = draw_curves(SHEET, Curves(looks(2), racers))
    assert (drawn.caption, drawn.logarithmic) == ("loss", False)
    assert drawn.viewport.bounds[1] == pytest.approx((-2.0, 2.0))
    assert drawn.note == "racer 1 leaves the plot above"


def test_no_racer_is_an_empty_plot() -> None:
    assert not pixels(draw_curves(SHEET, Curves([], [])).image).any()


def test_a_thinned_curve_keeps_its_summits_and_valleys() -> None:
    losses = np.ones(50_000)
    losses[12_345], losses[33_333] = 9.0, 0.1
    steps, kept = thinned(np.arange(50_000), losses)
    assert len(kept) <= 2 * MOST_POINTS
    assert 12_345 in steps and 33_333 in steps and steps[-1] == 49_999
    assert (np.diff(steps) >= 0).all()


def with_band(low: float, median: float, high: float) -> RacerFrame:
    steps = np.arange(3)
    flat = [np.full(3, loss) for loss in (low, median, high)]
    return replace(racer(WALK[:3], losses=[1.0, 1.0, 1.0]), band=Band(steps, *flat))


def test_a_band_is_filled_between_its_quantiles_and_told() -> None:
    drawn = draw_curves(SHEET, Curves(looks(1), [with_band(0.01, 0.1, 10.0)]))
    narrow = draw_curves(SHEET, Curves(looks(1), [with_band(0.09, 0.1, 0.11)]))
    covered = [np.count_nonzero(pixels(drawing.image).any(axis=-1)) for drawing in (drawn, narrow)]
    assert covered[0] > 5 * covered[1]
    assert "median" in drawn.note and "eight of ten" in drawn.note


def test_seeds_that_diverged_leave_the_plot_and_the_median_stays() -> None:
    drawn = draw_curves(SHEET, Curves(looks(1), [with_band(0.01, 0.1, np.inf)]))
    assert pixels(drawn.image).any()
    assert np.isfinite(drawn.viewport.bounds).all()


def test_the_points_of_a_population_are_dots_of_the_racers_colour_and_leave_no_trace() -> None:
    strokes, alone = TrailStrokes(), racer(WALK[:2])
    bare = strokes.draw(SHEET, Trails(looks(1), [alone], HALO))
    members = np.array([(0.1, 0.9), (0.9, 0.9), (0.9, 0.1), (np.nan, 0.5), (1e300, 0.5)])
    many = strokes.draw(SHEET, Trails(looks(1), [replace(alone, population=members)], HALO))
    more = share_of(many.image, RACER_COLOURS[0]) - share_of(bare.image, RACER_COLOURS[0])
    assert 3 * 3 <= more < 3 * 20
    again = strokes.draw(SHEET, Trails(looks(1), [alone], HALO))
    assert (pixels(again.image) == pixels(bare.image)).all()
    hidden = Trails([replace(looks(1)[0], visible=False)], [replace(alone, population=members)], HALO)
    assert share_of(strokes.draw(SHEET, hidden).image, RACER_COLOURS[0]) == 0
