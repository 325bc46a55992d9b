"""The mathematics of Descent Derby, without a window: losses and rules from texts, races, swarms and leagues.

A *loss* is a compiled formula, a *rule* the text of one update step, a *racer* a rule with its settings and its trail,
a *swarm* many starts of one racer, a *league* many racers on many landscapes, each tuned with the same care.  A
*basin map* says where all starts end, a *sweep* which settings work.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.public import *  # noqa: F403


def __getattr__(name: str) -> Any:
    """Return a public name, or the list of them.

    All are imported when the first is asked for: the window, which asks for none, starts without them.
    """
    import engine.public as public

    if name not in ("__all__", *public.__all__):
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    return getattr(public, name)


def __dir__() -> list[str]:
    import engine.public as public

    return sorted({*globals(), *public.__all__})
