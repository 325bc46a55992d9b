"""Hints for signs of LaTeX, Python and MATLAB, by what stands beside them: ``\\frac``, ``np.sin``, ``x.^2``."""

from __future__ import annotations

from collections.abc import Mapping

_DRESS = frozenset(
    "left right big bigl bigr Big Bigl Bigr mathrm operatorname text displaystyle quad".split()  # noqa: SIM905
)
"""Commands of LaTeX that say how a formula looks."""
_LATEX: Mapping[str, str] = {
    **dict.fromkeys(("frac", "dfrac", "tfrac"), 'Write "(a)/(b)".'),
    **dict.fromkeys(("cdot", "times", "ast"), 'Write "*".'),
    "sum": 'Write "sum(term, i, first, last)".', "prod": 'Write "prod(term, i, first, last)".',
    "sqrt": 'Write "sqrt(...)", or "root(..., n)" for an n-th root.', "infty": "Write a large number, such as 1e300.",
    "begin": 'Write a choice as "a if c else b".',
}  # fmt: skip
"""Hints for commands of LaTeX whose name alone means something else here, or nothing."""
_MODULES = frozenset({"np", "numpy", "math", "Math", "cmath", "torch", "jnp", "jax", "tf", "K", "F", "sp", "sympy"})
_INDEXED = frozenset({"x", "X", "w", "u", "z", "p", "v"})
_COORDINATES = 'The coordinates are called "x" and "y".'
_OF_A_RULE = 'Write "coordinate(w, 1)" or "coordinate(w, 2)".'


def hint_beside(character: str, before: str, after: str) -> str:
    """Return what to type instead of `character`, by what stands closely before and after it, or ""."""
    if character == "\\":
        return f'Leave out "\\{after}".' if after in _DRESS else _LATEX.get(after, "")
    if character == "." and before in _MODULES:
        return f'Write functions and numbers by their own names, without "{before}.".'
    if character == "." and after in ("^", "*", "/"):
        return f'Write "{after}": everything is a number here.'
    if character == "[" and before in _INDEXED:
        return _OF_A_RULE if before == "w" else _COORDINATES
    return ""
