"""A dashed line has its dashes where they were, however it grows and whatever of it is seen."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from gui.views.dashes import DASHES, Dash, dashed, dashed_segments, length_of
from gui.views.painting import draw_line, painting

PICTURE = 300.0, 100.0
PLAIN = Dash((10.0, 5.0), "")
STRAIGHT = np.array([(0.0, 50.0), (300.0, 50.0)])


def test_a_straight_line_has_dashes_and_gaps_of_their_lengths() -> None:
    pieces = dashed(STRAIGHT, PLAIN, 0.0, PICTURE)
    np.testing.assert_allclose(pieces[:, 0], np.arange(0.0, 300.0, 15.0), atol=1e-9)
    np.testing.assert_allclose(pieces[:, 2] - pieces[:, 0], 10.0)
    assert (pieces[:, [1, 3]] == 50.0).all()


def test_many_short_segments_have_the_dashes_of_one_long_one() -> None:
    fine = np.column_stack([np.linspace(0.0, 300.0, 1001), np.full(1001, 50.0)])
    pieces = dashed(fine, PLAIN, 0.0, PICTURE)
    assert (pieces[:, 2] - pieces[:, 0]).sum() == pytest.approx(200.0)
    assert ((pieces[:, [0, 2]].mean(axis=1) % 15.0) < 10.0).all()


def test_a_line_that_grows_keeps_its_dashes() -> None:
    line = np.array([(3.0, 4.0), (70.0, 60.0), (71.0, 61.0), (200.0, 10.0), (290.0, 90.0)])
    for dash in DASHES[1:]:
        whole = dashed(line, dash, 0.0, PICTURE)
        parts = [dashed(line[:3], dash, 0.0, PICTURE), dashed(line[2:], dash, length_of(line[:3]), PICTURE)]
        np.testing.assert_allclose(np.vstack(parts), whole, atol=1e-9)


def test_segments_on_the_ground_have_the_dashes_of_their_line_from_any_of_them_on() -> None:
    line = np.array([(3.0, 4.0), (70.0, 60.0), (71.0, 61.0), (200.0, 10.0), (290.0, 90.0)])
    segments = np.hstack([line[:-1], line[1:]]) / 100.0
    for dash in DASHES[1:]:
        whole = dashed(line, dash, 0.0, PICTURE)
        dashes, owner, end = dashed_segments(segments, dash, 0.0, 100.0)
        np.testing.assert_allclose(dashes * 100.0, whole, atol=1e-9)
        assert end == pytest.approx(length_of(line))
        later, later_owner, _ = dashed_segments(segments[2:], dash, length_of(line[:3]), 100.0)
        np.testing.assert_allclose(later * 100.0, whole[owner >= 2], atol=1e-9)
        assert (later_owner + 2 == owner[owner >= 2]).all()


@pytest.mark.parametrize("far", [1e4, 1e12, 1e200])
def test_what_leaves_the_picture_costs_nothing_and_what_is_seen_stays(far: float) -> None:
    line = np.array([(10.0, 50.0), (far, 50.0), (far, -far), (10.0, -far)])
    pieces = dashed(line, PLAIN, 0.0, PICTURE)
    assert len(pieces) == 20 and np.isfinite(pieces).all()


def test_a_line_that_stands_still_has_no_dashes() -> None:
    assert len(dashed(np.array([(5.0, 5.0), (5.0, 5.0)]), PLAIN, 0.0, PICTURE)) <= 1


def test_a_dashed_line_is_painted_with_gaps() -> None:
    covers = []
    for dash in DASHES:
        image = QImage(300, 100, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(QColor("#000000"))
        with painting(image) as painter:
            draw_line(painter, STRAIGHT, "#ffffff", 2.0, dash=dash)
        covers.append(sum(image.pixelColor(x, 50).red() > 128 for x in range(300)) / 300)
    assert covers[0] == 1.0
    assert all(0.2 < cover < 0.8 for cover in covers[1:])
