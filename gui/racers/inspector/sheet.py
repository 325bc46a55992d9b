"""The picture of a rule, with numbers that are written into it and cost little to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QPaintEvent, QRawFont
from PySide6.QtWidgets import QWidget

from engine.language.display.numbered import ALWAYS, IF_NEGATIVE
from gui.racers.inspector.arrangement import Arranged, Spot
from gui.racers.inspector.number_text import LETTERS, MINUS


@dataclass(frozen=True, eq=False)
class Letters:
    """The letters of numbers in one size: the font, and the glyph and the width of each."""

    font: QRawFont
    glyphs: dict[str, int]
    widths: dict[str, float]

    @classmethod
    def of(cls, file: str, size: float) -> Letters:
        """Return the letters of the font in a file."""
        font = QRawFont(file, size)
        glyphs = font.glyphIndexesForString(LETTERS)
        widths = [advance.x() for advance in font.advancesForGlyphIndexes(glyphs)]
        return cls(font, dict(zip(LETTERS, glyphs, strict=True)), dict(zip(LETTERS, widths, strict=True)))


class Sheet(QWidget):
    """Paints a picture of a rule and its numbers.

    Attributes
    ----------
    texts : tuple of str
        The numbers, in the order of the picture's spots.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.texts: tuple[str, ...] = ()
        self._arranged: Arranged | None = None
        self._colour = QColor()
        self._letters: dict[float, Letters] = {}
        self._runs: list[QGlyphRun] = []

    @property
    def spots(self) -> Sequence[Spot]:
        """Where the numbers of the picture are."""
        return self._arranged.spots if self._arranged is not None else ()

    def show_picture(self, arranged: Arranged, texts: tuple[str, ...], colour: str) -> None:
        """Show another picture, with numbers in a colour, and take its size."""
        file = str(arranged.font)
        if self._arranged is None or arranged.font != self._arranged.font:
            self._letters = {}
        for size in {spot.size for spot in arranged.spots} - set(self._letters):
            self._letters[size] = Letters.of(file, size)
        self._arranged, self._colour, self.texts = arranged, QColor(colour), ()
        self.setFixedSize(arranged.image.deviceIndependentSize().toSize())
        self.show_numbers(texts)
        self.update()

    def show_numbers(self, texts: tuple[str, ...]) -> None:
        """Show other numbers in the same picture."""
        if texts != self.texts:
            self.texts = texts
            self._runs = self._written()
            self.update()

    def _written(self) -> list[QGlyphRun]:
        """Return the glyphs of all numbers, a run for each size."""
        runs: dict[float, tuple[list[int], list[QPointF]]] = {}
        for spot, text in zip(self.spots, self.texts, strict=True):
            letters = self._letters[spot.size]
            glyphs, places = runs.setdefault(spot.size, ([], []))
            x = spot.x
            if spot.brackets == ALWAYS:
                # What is written at the brackets stands at the right.
                text = f"({text})"
                x += spot.width - sum(letters.widths[letter] for letter in text)
            elif spot.brackets == IF_NEGATIVE and text.startswith(MINUS):
                text = f"({text})"
            elif spot.place.is_signed and not text.startswith(MINUS):
                # Digits stay where they are while the sign changes.
                x += letters.widths[MINUS] + (spot.brackets == IF_NEGATIVE) * letters.widths["("]
            for letter in text:
                glyphs.append(letters.glyphs[letter])
                places.append(QPointF(x, spot.base))
                x += letters.widths[letter]
        return [self._run(size, *found) for size, found in runs.items()]

    def _run(self, size: float, glyphs: list[int], places: list[QPointF]) -> QGlyphRun:
        run = QGlyphRun()
        run.setRawFont(self._letters[size].font)
        run.setGlyphIndexes(glyphs)
        run.setPositions(places)
        return run

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture and the numbers."""
        if self._arranged is None:
            return
        painter = QPainter(self)
        painter.drawImage(0, 0, self._arranged.image)
        painter.setPen(self._colour)
        for run in self._runs:
            painter.drawGlyphRun(QPointF(), run)
        painter.end()
