"""A property that is made when it is first asked for, once, whichever threads ask at the same time."""

from __future__ import annotations

from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    made_once = cached_property
else:

    class made_once(cached_property):  # noqa: N801 - it is used like the one that it extends
        """A `functools.cached_property` that two threads cannot make twice, as they can from Python 3.12 on.

        Machine code that was made twice would be dropped once, while another thread runs it.
        """

        def __init__(self, make: Any) -> None:
            super().__init__(make)
            self._lock = RLock()

        def __get__(self, instance: Any, owner: Any = None) -> Any:
            """Return the value, made by the first thread that asks; the others wait for it."""
            with self._lock:
                return super().__get__(instance, owner)
