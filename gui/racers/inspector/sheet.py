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

DIGITS = "0123456789"


@dataclass(frozen=True, eq=False)
class Letters:
    """The letters of numbers in one size: the font, and the glyph and the width of each.

    `shapes` translates digits that are as wide as a 0 to it: texts that become equal have their letters at one place.
    """

    font: QRawFont
    glyphs: dict[str, int]
    widths: dict[str, float]
    shapes: dict[int, str]

    @classmethod
    def of(cls, file: str, size: float) -> Letters:
        """Return the letters of the font in a file."""
        font = QRawFont(file, size)
        glyphs = font.glyphIndexesForString(LETTERS)
        advances = [advance.x() for advance in font.advancesForGlyphIndexes(glyphs)]
        widths = dict(zip(LETTERS, advances, strict=True))
        shapes = {ord(digit): "0" for digit in DIGITS if widths[digit] == widths["0"]}
        return cls(font, dict(zip(LETTERS, glyphs, strict=True)), widths, shapes)

    def places(self, text: str, x: float, base: float) -> list[QPointF]:
        """Return where the letters of a text stand that begins at `x`."""
        places = []
        for letter in text:
            places.append(QPointF(x, base))
            x += self.widths[letter]
        return places


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
        self._places: dict[tuple[int, str], list[QPointF]] = {}
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
        self._arranged, self._colour, self.texts, self._places = arranged, QColor(colour), (), {}
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
        for number, (spot, text) in enumerate(zip(self.spots, self.texts, strict=True)):
            letters = self._letters[spot.size]
            if spot.brackets == ALWAYS or (spot.brackets == IF_NEGATIVE and text.startswith(MINUS)):
                text = f"({text})"
            # Numbers change with every step and their shapes seldom do; to place each letter anew took a millisecond.
            shape = number, text.translate(letters.shapes)
            if shape not in self._places:
                self._places[shape] = letters.places(text, _left(spot, text, letters), spot.base)
            glyphs, places = runs.setdefault(spot.size, ([], []))
            glyphs += [letters.glyphs[letter] for letter in text]
            places += self._places[shape]
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


def _left(spot: Spot, text: str, letters: Letters) -> float:
    """Return where a number begins."""
    if spot.brackets == ALWAYS:
        # What is written at the brackets stands at the right.
        return spot.x + spot.width - sum(letters.widths[letter] for letter in text)
    if spot.place.is_signed and not text.startswith((MINUS, "(")):
        # Digits stay where they are while the sign changes.
        return spot.x + letters.widths[MINUS] + (spot.brackets == IF_NEGATIVE) * letters.widths["("]
    return spot.x
