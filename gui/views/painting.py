"""Painting on an image so that the painter is gone before the image, whatever happens: else the program ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QImage, QPainter


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """Give a smooth painter on `image`."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        yield painter
    finally:
        painter.end()
