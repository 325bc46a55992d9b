"""A picture that lies on the ground: a texture over a rectangle of the plane, which the ground's shader reads."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage, QVector4D

from engine.language.types import Bounds
from gui.views.surface.items.gl_objects import Texture, Uniform

NOWHERE = QVector4D(0.0, 0.0, 0.0, 0.0)


class DrapedImage(Protocol):
    """An image of 32 bits a pixel, premultiplied, over a rectangle of the plane; its top row is at the largest y.

    It is compared by identity.
    """

    @property
    def image(self) -> QImage: ...  # noqa: D102  # the class says what it is

    @property
    def bounds(self) -> Bounds: ...  # noqa: D102


class Drape:
    """A place on the ground for one image at a time.

    Parameters
    ----------
    name : str
        Of the shader's texture; its place is called "<name>_at".
    unit : int
        The texture unit that it is bound to.
    """

    def __init__(self, name: str, unit: int) -> None:
        self._name, self._unit = name, unit
        self._wanted: DrapedImage | None = None
        self._uploaded: DrapedImage | None = None
        self._texture: Texture | None = None

    def show(self, image: DrapedImage | None) -> bool:
        """Show another image in the next picture, None for none; return whether it is another one."""
        changed = image is not self._wanted
        self._wanted = image
        return changed

    def forget(self) -> None:
        """Forget the texture, whose context is gone."""
        self._texture = self._uploaded = None

    def prepare(self) -> object:
        """Upload the image if it has changed; return what differs where the picture does."""
        if self._wanted is not self._uploaded:
            # What no image needs is freed: each takes a megabyte on the card.
            self._texture = (self._texture or Texture()) if self._wanted is not None else None
            if self._texture is not None and self._wanted is not None:
                self._texture.upload(texels(self._wanted.image))
            self._uploaded = self._wanted
        return self._uploaded

    def bind(self, ground: Bounds) -> dict[str, Uniform]:
        """Bind the texture, and return the uniforms of the shader, where the ground lies over such a rectangle."""
        if self._texture is None or self._uploaded is None:
            return {f"{self._name}_at": NOWHERE}
        self._texture.bind(self._unit)
        corner, sides = [], []
        for (low, high), (from_, to) in zip(ground, self._uploaded.bounds, strict=True):
            corner.append((from_ - low) / (high - low))
            sides.append((high - low) / (to - from_))
        return {self._name: self._unit, f"{self._name}_at": QVector4D(*corner, *sides)}


def texels(image: QImage) -> NDArray[np.uint8]:
    """Return the bytes of an image as texels, uint8 (rows, columns, 4), not copied: blue, green, red and opacity."""
    rows, columns = image.height(), image.bytesPerLine() // 4
    return np.frombuffer(image.constBits(), np.uint8).reshape(rows, columns, 4)[:, : image.width()]
