"""Which landscapes a person means: by name, tag, family, source or what they teach, even with a slip in a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from landscapes import Landscape

SHORTEST_FORGIVEN = 4
"""Letters of a word in which a slip is forgiven; in a shorter one it would be another word."""
HUMP = re.compile("(?<=[a-z])(?=[A-Z])")
"""Where a name of several words is put together."""


def found(landscapes: Sequence[Landscape], sought: str, family: Callable[[Landscape], str]) -> list[Landscape]:
    """Return the landscapes that fit `sought`, those whose name begins so first, then those whose name holds it.

    Every word must stand somewhere in what is known of a landscape; where no landscape fits, a word may differ from the
    beginning of one that stands there by one letter, or by two letters that have changed places.
    """
    words = plain(sought).split()
    if not words:
        return list(landscapes)
    texts = [known_text(entry, family(entry)) for entry in landscapes]
    fitting = [entry for entry, text in zip(landscapes, texts, strict=True) if all(word in text for word in words)]
    if not fitting:
        fitting = _nearly_found(landscapes, texts, words)
    return sorted(fitting, key=lambda entry: _rank(entry, "".join(words)))


def _nearly_found(landscapes: Sequence[Landscape], texts: Sequence[str], words: Sequence[str]) -> list[Landscape]:
    """Return the landscapes in whose texts every word stands but for a slip."""
    known = [set(re.findall(r"\w+", text)) for text in texts]
    vocabulary = set[str]().union(*known)
    near = [{begun for begun in vocabulary if is_nearly(word, begun)} for word in words]
    return [entry for entry, there in zip(landscapes, known, strict=True) if all(there & meant for meant in near)]


def _rank(landscape: Landscape, sought: str) -> tuple[int, int]:
    """Return what puts names that begin with what is sought first, then those that hold it; of these the shorter."""
    name = plain(landscape.name).replace(" ", "")
    if sought not in name:
        return 2, 0
    return (0 if name.startswith(sought) else 1), len(name)


def known_text(landscape: Landscape, family: str) -> str:
    """Return all that a landscape can be found by."""
    name = HUMP.sub(" ", landscape.name)
    told = (landscape.name, name, family, *landscape.tags, landscape.note, landscape.source, landscape.remark)
    return plain(" ".join(told))


def plain(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def is_nearly(word: str, known: str) -> bool:
    """Tell whether `known` begins with `word`, or does but for a slip."""
    if known.startswith(word):
        return True
    lengths = (len(word) - 1, len(word), len(word) + 1)
    return len(word) >= SHORTEST_FORGIVEN and any(is_a_slip_apart(word, known[:length]) for length in lengths)


def is_a_slip_apart(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two neighbours that have changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    ahead = _common(one, other)
    behind = _common(one[ahead:][::-1], other[ahead:][::-1])
    left, right = (word[ahead : len(word) - behind] for word in (one, other))
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])


def _common(one: str, other: str) -> int:
    """Return how many first letters two words share."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared
