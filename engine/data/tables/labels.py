"""The words of a column of two classes: a number for each, -1 for the first in the alphabet and 1 for the other."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CLASSES = 2
FEWEST_ALIKE = 2
"""Rows of each class: two words that stand once each are rather two names."""
LOW, HIGH = -1.0, 1.0


class Labels:
    """Collects the words of a column, as long as there are no more than two different ones."""

    def __init__(self) -> None:
        self._numbers = array("b")
        self._words: dict[str, str] = {}
        self._more = False

    def add(self, text: str, is_word: bool) -> None:
        """Take a cell, a word or not."""
        self._numbers.append(self._number(text) if is_word and not self._more else 0)

    def _number(self, text: str) -> int:
        word = " ".join(text.split())
        known = self._words.setdefault(word.casefold(), word)
        self._more = len(self._words) > CLASSES
        return [*self._words.values()].index(known) + 1

    def halve(self) -> None:
        """Drop every second row."""
        self._numbers = self._numbers[::2]

    @property
    def words(self) -> tuple[str, str] | None:
        """The two words in the order of the alphabet, whatever their case; None where there are not two classes."""
        counts = [self._numbers.count(number) for number in (1, 2)]
        if self._more or min(counts) < FEWEST_ALIKE:
            return None
        low, high = (self._words[key] for key in sorted(self._words))
        return low, high

    def values(self) -> NDArray[np.float64]:
        """Return -1 for the first word of the alphabet, 1 for the other, NaN where there is none, float64 (rows,)."""
        swapped = [*self._words] != sorted(self._words)
        numbers = np.array([np.nan, HIGH, LOW] if swapped else [np.nan, LOW, HIGH])
        return numbers[np.array(self._numbers, dtype=np.int64)]


@dataclass(frozen=True)
class TwoClasses:
    """The two values of a column that tells classes apart, and what stands in the file for each."""

    low: float
    high: float
    low_text: str
    high_text: str

    @property
    def sentence(self) -> str:
        """Which of them counts as 1, and which as -1."""
        return f"{self.high_text} is +1, {self.low_text} is -1"


def classes_of(values: NDArray[np.float64], words: tuple[str, str] | None) -> TwoClasses | None:
    """Return the two classes of a column, or None where it has not two values; NaN counts as none."""
    found = np.unique(values[np.isfinite(values)])
    if len(found) != CLASSES:
        return None
    low, high = found.tolist()
    return TwoClasses(low, high, *(words or (f"{low:g}", f"{high:g}")))


def class_remark(name: str, classes: TwoClasses) -> str:
    """Return the sentence that says which value of a column counts as 1, and which as -1."""
    return f'In "{name}", {classes.sentence}.'
