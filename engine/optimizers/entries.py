"""The optimizers by family, in the order in which a list shows them: the entries of each file that is named here."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType

from engine.optimizers.families import (
    adam,
    adam_divisor,
    adam_memory,
    adaptive,
    averaging,
    bounded,
    cautious,
    curvature,
    first_order,
    matrix,
    momentum,
    normalised,
    rate_free,
    sharpness,
    sign,
)
from engine.optimizers.own_rule import OWN_RULE
from engine.rules.optimizer import Optimizer
from engine.solvers.methods import (
    annealing,
    cma_es,
    conjugate_gradient,
    differential_evolution,
    nelder_mead,
    newton,
    particle_swarm,
    quasi_newton,
    searched_descent,
    spsa,
    trust_region,
)


class Entries(Mapping[str, Optimizer]):
    """Optimizers by name, in any case; read only.  The `unlisted` ones are found, but not listed."""

    def __init__(self, entries: tuple[Optimizer, ...], unlisted: tuple[Optimizer, ...] = (OWN_RULE,)) -> None:
        self._entries = MappingProxyType({entry.name.lower(): entry for entry in entries})
        self._found = MappingProxyType({**{entry.name.lower(): entry for entry in unlisted}, **self._entries})

    def __getitem__(self, name: str) -> Optimizer:
        entry = self._found.get(name.lower()) if isinstance(name, str) else None
        if entry is None:
            raise KeyError(f"There is no optimizer {name}. There are: {', '.join(self)}.")
        return entry

    def __iter__(self) -> Iterator[str]:
        return (entry.name for entry in self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)


def _entries(*modules: ModuleType) -> tuple[Optimizer, ...]:
    return tuple(entry for module in modules for entry in vars(module).values() if isinstance(entry, Optimizer))


FAMILIES: Mapping[str, tuple[Optimizer, ...]] = MappingProxyType({
    "Gradient descent and momentum": _entries(first_order, momentum),
    "Adaptive": _entries(adaptive),
    "Adam and its relatives": _entries(adam, adam_divisor, adam_memory),
    "Sign and bounded": _entries(sign, cautious, bounded),
    "Normalised": _entries(normalised),
    "Learning-rate-free": _entries(rate_free),
    "Averaging": _entries(averaging),
    "Sharpness": _entries(sharpness),
    "Second order": _entries(curvature, matrix, newton, trust_region, quasi_newton),
    "Line search": _entries(searched_descent, conjugate_gradient),
    "Derivative-free": _entries(nelder_mead, spsa, annealing, cma_es, particle_swarm, differential_evolution),
})  # fmt: skip
"""The optimizers by family, in the order in which a list shows them."""

ENTRIES = Entries(tuple(entry for family in FAMILIES.values() for entry in family))
"""All of them by name."""
