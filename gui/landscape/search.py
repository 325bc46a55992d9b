"""Landscapes are found by name, tag, family, source or what they teach, even with a slip in a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from landscapes import Landscape

SHORTEST_FORGIVEN = 4
"""Letters of a word in which a slip is forgiven; a slip would make too many shorter words out of one another."""
WORD_START = re.compile("(?<=[a-z])(?=[A-Z])")
"""Where the next word begins in a name such as GoldsteinPrice."""


def found(landscapes: Sequence[Landscape], sought: str, family: Callable[[Landscape], str]) -> list[Landscape]:
    """Return the landscapes that match `sought`, first those whose name begins with it, then those whose name holds it.

    Every word must stand somewhere in what is known of a landscape.  Where no landscape matches, a word may differ from
    the beginning of a known one by one letter, or by two neighbouring letters that have changed places.
    """
    words = plain(sought).split()
    if not words:
        return list(landscapes)
    texts = [known_text(entry, family(entry)) for entry in landscapes]
    matching = [entry for entry, text in zip(landscapes, texts, strict=True) if all(word in text for word in words)]
    if not matching:
        matching = _nearly_found(landscapes, texts, words)
    return sorted(matching, key=lambda entry: _rank(entry, "".join(words)))


def _nearly_found(landscapes: Sequence[Landscape], texts: Sequence[str], words: Sequence[str]) -> list[Landscape]:
    """Return the landscapes in whose texts every word stands, except for a slip."""
    known = [set(re.findall(r"\w+", text)) for text in texts]
    vocabulary = set[str]().union(*known)
    near = [{entry for entry in vocabulary if is_nearly(word, entry)} for word in words]
    return [entry for entry, there in zip(landscapes, known, strict=True) if all(there & similar for similar in near)]


def _rank(landscape: Landscape, sought: str) -> tuple[int, int]:
    """Return a key that sorts names that begin with `sought` first, then those that hold it, the shorter first."""
    name = plain(landscape.name).replace(" ", "")
    if sought not in name:
        return 2, 0
    return (0 if name.startswith(sought) else 1), len(name)


def known_text(landscape: Landscape, family: str) -> str:
    """Return all that a landscape can be found by."""
    name = WORD_START.sub(" ", landscape.name)
    parts = (landscape.name, name, family, *landscape.tags, landscape.note, landscape.source, landscape.remark)
    return plain(" ".join(parts))


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def is_nearly(word: str, known: str) -> bool:
    """Return whether `known` begins with `word`, or does except for a slip."""
    if known.startswith(word):
        return True
    lengths = (len(word) - 1, len(word), len(word) + 1)
    return len(word) >= SHORTEST_FORGIVEN and any(is_a_slip_apart(word, known[:length]) for length in lengths)


def is_a_slip_apart(one: str, other: str) -> bool:
    """Return whether two words differ by one letter, or by two neighbouring letters that have changed places.

    Not `difflib`: at every key that finds nothing, a thousand words are compared, for which it takes 75 ms instead of
    17 ms; and it counts a letter that has moved far as one slip.
    """
    if abs(len(one) - len(other)) > 1:
        return False
    ahead = _common(one, other)
    behind = _common(one[ahead:][::-1], other[ahead:][::-1])
    left, right = (word[ahead : len(word) - behind] for word in (one, other))
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _common(one: str, other: str) -> int:
    """Return how many letters two words share at their beginning."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared
