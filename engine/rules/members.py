"""The settings of the members of a swarm: hyperparameters, parameters of the formula, and seeds of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.data.batches import Batches
from engine.data.columns import Columns
from engine.language.codegen.noise import SEED
from engine.language.errors import FormulaError
from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss


@dataclass(frozen=True)
class Members:
    """The settings of n members.

    Attributes
    ----------
    hyper : float64 (n, hyperparameters)
    parameters : float64 (n, numbers)
        The loss's `parameter_array` for each member.
    seeds : int64 (n,) or None
        With them, each member draws the random numbers of the first racer in a race of its seed.  Without them, all
        share the seed of the swarm, and each draws numbers of its own.
    varied : frozenset of str
        Which of "hyperparameters", "parameters" and "seeds" are given for each member.
    """

    hyper: Array
    parameters: Array
    seeds: NDArray[np.int64] | None
    varied: frozenset[str]

    def part(self, first: int, count: int, padded: int) -> Members:
        """Return `count` members from `first` on, the last one repeated up to `padded`."""
        rows = first + np.minimum(np.arange(padded), count - 1)
        seeds = None if self.seeds is None else self.seeds[rows]
        return Members(self.hyper[rows], self.parameters[rows], seeds, self.varied)

    def with_hyper(self, names: Sequence[str], values: Mapping[str, float]) -> Members:
        """Return the members with new values of some hyperparameters, the same for all."""
        hyper = self.hyper.copy()
        for name, value in values.items():
            hyper[:, names.index(name)] = value
        return replace(self, hyper=hyper)

    def batches(self, columns: Columns, size: int | None, seed: int) -> list[Batches]:
        """Return the mini-batches of all members, or of each seed."""
        seeds = [seed] if self.seeds is None else self.seeds.tolist()
        return [Batches(columns, size, own) for own in seeds]

    def parameter_rows(self, batches: Sequence[Batches], first: int, steps: int) -> Array:
        """Return the parameters in each of `steps` updates, float64 (steps, n, numbers), with the rows of batches.

        `batches` are those of `Members.batches`; the columns of their data set are not copied.
        """
        own = 1 + len(batches[0].columns)
        table = np.repeat(self.parameters[np.newaxis], steps, axis=0)
        for number, drawn in enumerate(batches):
            rows = drawn.parameters(self.parameters[0], first, steps)[:, -own:]
            if len(batches) == 1:
                table[:, :, -own:] = rows[:, np.newaxis]
            else:
                table[:, number, -own:] = rows
        return table


@dataclass(frozen=True)
class Grouping:
    """Members in groups that have some hyperparameters in common: their numbers are computed once.

    In a sweep of 128 learning rates and 128 decays, a power of the decay has 128 values and not 16,384.

    Attributes
    ----------
    numbers : int64
        The numbers of an update that are the same within each group.
    groups : int64 (n,)
        The group of each member.
    hyper : float64 (groups, hyperparameters)
        Of one member of each.
    """

    numbers: NDArray[np.int64]
    groups: NDArray[np.int64]
    hyper: Array


def groupings(hyper: Array, read: Mapping[int, frozenset[int]]) -> list[Grouping]:
    """Return groupings that have every number once.

    Parameters
    ----------
    hyper : float64 (n, hyperparameters)
    read : mapping of int to frozenset of int
        For each number the hyperparameters that it depends on.
    """
    bits = hyper.view(np.int64)
    varied = frozenset(np.flatnonzero((bits != bits[:1]).any(axis=0)).tolist())
    numbers: dict[frozenset[int], list[int]] = {}
    for number, names in read.items():
        numbers.setdefault(names & varied, []).append(number)
    found = []
    for names, own in numbers.items():
        keys, *others = [bits[:, name] for name in sorted(names)] or [np.zeros(len(hyper), dtype=np.int64)]
        for other in others:
            left, right = (np.unique(part, return_inverse=True)[1].ravel() for part in (keys, other))
            keys = left * len(hyper) + right
        _, first, groups = np.unique(keys, return_index=True, return_inverse=True)
        found.append(Grouping(np.array(own), groups.ravel(), np.ascontiguousarray(hyper[first])))
    return found


def members_of(
    count: int, names: Sequence[str], defaults: Mapping[str, float], loss: MachineLoss,
    hyperparameters: Mapping[str, ArrayLike], parameters: Mapping[str, ArrayLike], seeds: ArrayLike | None,
) -> Members:  # fmt: skip
    """Return the settings of `count` members, of which some are given for each.

    Raises
    ------
    FormulaError
        Where a name is none, an array has another length, or a value is not finite.
    """
    hyper = np.tile(np.array([defaults[name] for name in names]), (count, 1))
    for name, values in hyperparameters.items():
        hyper[:, _place("hyperparameter", name, names)] = _each("hyperparameter", name, values, count)
    own = np.tile(loss.parameter_array, (count, 1))
    for name, values in parameters.items():
        own[:, _place("parameter", name, [*loss.parameters])] = _each("parameter", name, values, count)
    varied = {"hyperparameters": hyperparameters, "parameters": parameters, "seeds": seeds is not None}
    kept = frozenset(name for name, given in varied.items() if given)
    return Members(hyper, own, None if seeds is None else _seeds(seeds, count), kept)


def distinct(parameters: Array) -> Iterator[tuple[Array, NDArray[np.intp]]]:
    """Yield each different row of `parameters`, and the numbers of the members that have it."""
    rows, numbers = np.unique(parameters.view(np.int64), axis=0, return_inverse=True)
    for number, row in enumerate(rows):
        yield row.view(np.float64), np.flatnonzero(numbers.ravel() == number)


def _place(kind: str, name: str, known: Sequence[str]) -> int:
    if name not in known:
        raise FormulaError(f'There is no {kind} "{name}" here.', hint=f"Known: {', '.join(known) or 'none'}.")
    return known.index(name)


def _each(kind: str, name: str, values: ArrayLike, count: int) -> Array:
    """Return a value for each of `count` members, from one for all or one for each."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise FormulaError(f'The {kind} "{name}" must be a number, or a number for each member.') from None
    if array.shape not in ((), (count,)):
        raise FormulaError(
            f'The {kind} "{name}" needs one number, or {count:,}: one for each member, not {array.size:,}.'
        )
    if not np.isfinite(array).all():
        raise FormulaError(f'The {kind} "{name}" must be finite for every member.')
    return np.broadcast_to(array, (count,))


def _seeds(seeds: ArrayLike, count: int) -> NDArray[np.int64]:
    array = np.asarray(seeds)
    if array.dtype.kind not in "iu" or array.shape not in ((), (count,)):
        raise FormulaError(f"Seeds are whole numbers: one, or {count:,}, one for each member.")
    wrapped = [int(seed) & SEED for seed in np.broadcast_to(array, (count,)).tolist()]
    return np.array(wrapped, dtype=np.uint64).view(np.int64)
