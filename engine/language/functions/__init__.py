"""The table of everything that a formula or a rule can apply: one spec per operator or function, in one place.

A spec gives the calculus as a textbook does.  In `differential` and `meaning` the arguments are called ``u``, ``v``,
``s`` and ``t``, the result ``r``, and the differential of an argument ``du``, ``dv`` and so on; both are texts of this
language.  Where the function has a value but the textbook has no slope or an infinite one, `kink` names the slope that
is used: 0, or that of one side.  So slopes are finite wherever the values are, and no constant argument makes a NaN.

`function` is the record; `elementwise` and `exact` hold values that take more than one expression, on arrays and in
many digits; each other file is a family of specs.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from engine.language.functions.activations import ACTIVATIONS
from engine.language.functions.choices import CHOICES
from engine.language.functions.function import ARGUMENT_NAMES, Function
from engine.language.functions.hyperbolic import HYPERBOLIC
from engine.language.functions.norms import NORMS
from engine.language.functions.operators import OPERATORS
from engine.language.functions.powers import POWERS
from engine.language.functions.rounding import ROUNDING
from engine.language.functions.special import SPECIAL
from engine.language.functions.trigonometry import TRIGONOMETRY
from engine.language.functions.vectors import VECTORS

__all__ = [
    "ARGUMENT_NAMES", "CONSTANTS", "FAMILIES", "FUNCTIONS", "OVERLOADS", "OVER_ROWS", "SPELLINGS", "Function",
]  # fmt: skip

FAMILIES: Mapping[str, tuple[Function, ...]] = MappingProxyType(
    {
        "Operators": OPERATORS,
        "Comparisons and choice: true is 1, false is 0": CHOICES,
        "Powers, exponentials, logarithms": POWERS,
        "Norms": NORMS,
        "Trigonometry": TRIGONOMETRY,
        "Hyperbolic": HYPERBOLIC,
        "Signs and rounding": ROUNDING,
        "Activation functions": ACTIVATIONS,
        "Integrals and factorials": SPECIAL,
        "Vectors: only a rule has any": VECTORS,
    }
)
"""The specs by family."""

FUNCTIONS: Mapping[str, Function] = MappingProxyType({spec.name: spec for specs in FAMILIES.values() for spec in specs})
"""The specs by name."""

SPELLINGS: Mapping[str, str] = MappingProxyType(
    {spelling: spec.name for spec in FUNCTIONS.values() for spelling in (spec.name, *spec.spellings)}
)
"""Every way to write a function, and the name of its spec."""

OVERLOADS: Mapping[str, Function] = MappingProxyType(
    {spec.overloads: spec for spec in FUNCTIONS.values() if spec.overloads}
)
"""For each name that two specs share, the spec of more arguments."""

OVER_ROWS = "mean"
"""The function of rules that a formula may apply too, where it has a data set whose rows it averages over."""

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": np.pi, "tau": 2.0 * np.pi, "e": np.e})
"""Names that always mean the same number."""
