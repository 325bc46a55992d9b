"""A cached property that several threads may read at the same time: its value is computed once."""

from __future__ import annotations

from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    locked_cached_property = cached_property
else:

    class locked_cached_property(cached_property):  # noqa: N801 - named like `cached_property`, which it extends
        """A `functools.cached_property` with a lock: since Python 3.12, two threads may compute the original twice.

        Of machine code that is made twice, one copy would be freed, perhaps while another thread runs it.
        """

        def __init__(self, make: Any) -> None:
            super().__init__(make)
            self._lock = RLock()

        def __get__(self, instance: Any, owner: Any = None) -> Any:
            """Return the value; the first thread computes it, and the others wait."""
            with self._lock:
                return super().__get__(instance, owner)
