"""The mathematics of Descent Derby, without a window: losses and rules from texts, races, swarms and leagues.

A *loss* is a compiled formula, a *rule* the text of one update step, a *racer* a rule with its settings and its trail,
a *swarm* many starts of one racer, a *league* many racers on many landscapes, each tuned with the same care.  A
*basin map* says where all starts end, a *sweep* which settings work.
"""

# ruff: noqa: F403, F405

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.public import *

__all__ = [
    "OPTIMIZERS", "BasinMap", "Basins", "FormulaError", "Loss", "Race", "Rule", "Swarm", "Sweep", "SweepMap", "basins",
    "box_dimension", "compile_loss", "compile_rule", "function_optimizer", "league", "sweep", "tune",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import all public names when the first is asked for: the window, which does not ask, starts without them."""
    if name not in __all__:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    from engine import public

    return getattr(public, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
