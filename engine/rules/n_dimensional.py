"""A rule that updates each coordinate by itself, on a loss of any number of coordinates that the caller evaluates.

The machine code takes two neighbouring coordinates for x and y, and each pair for an instance of a swarm: so the steps
are those of a race, to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from engine.language.codegen.assembly import LANES
from engine.language.codegen.loss_kernel import DIMENSIONS, FIRST_ORDER, SECOND_ORDER, component_along
from engine.language.codegen.step_kernel import StepCode
from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import RuleText
from engine.language.types import Array
from engine.machine.aligned import aligned_empty
from engine.rules.initial_state import start_block
from engine.rules.kernel import StepKernel
from engine.rules.rule_settings import RuleSettings
from engine.rules.update import Update

Ask: TypeAlias = "Callable[[Array], tuple[float, ArrayLike] | tuple[float, ArrayLike, ArrayLike]]"
"""Returns, for a point (n,), the loss, its gradient (n,) and, where the rule reads it, the Hessian's diagonal (n,)."""
MOST_CODES = 64
"""Rules whose machine code is kept for the next start: tens of kilobytes each."""
NO_PARAMETERS = np.empty(0)
"""The machine code reads no parameters: the caller evaluates the loss."""


class NDimensionalRule:
    """A rule over any number of coordinates; `over` and `Rule.over` make one.

    Attributes
    ----------
    rule : RuleSettings
        Its settings may be changed at any time by ``rule.set``.
    t : int
        The number of steps that it has made.
    diverged : int or None
        The step at which a coordinate or the loss left the finite numbers; from then on nothing moves.
    """

    def __init__(self, rule: RuleSettings, code: StepCode, start: ArrayLike, seed: int) -> None:
        places = np.array(start, dtype=np.float64)
        if places.ndim != 1 or not places.size:
            raise ValueError(f"A start is a row of numbers, and this is an array of shape {places.shape}.")
        self.rule = rule
        self.t = 0
        self.diverged: int | None = None
        step = rule.update.step
        self._rounds, self._reads = step.rounds, step.reads
        self._seed = seed
        self._size = places.size
        pairs = -(-places.size // (DIMENSIONS * LANES)) * LANES
        self._answers = aligned_empty((len(self._rounds), DIMENSIONS + SECOND_ORDER, pairs))
        self._answers.fill(0.0)
        self._kernel = StepKernel(code, self._answers, seed)
        self._block, self._left = np.empty((DIMENSIONS, pairs)), np.full(pairs, np.inf)
        self._put(places, self._block)
        self._begun = False

    @property
    def w(self) -> Array:
        """The position, float64 (n,)."""
        return self._in_a_row(self._block[:DIMENSIONS])

    @property
    def states(self) -> dict[str, Array | float]:
        """The states: vectors (n,) and numbers; empty before the first step."""
        step = self.rule.update.step
        rows = {name: self._block[place] for name, place in step.places.items() if name != "w" and self._begun}
        vectors = step.vectors
        return {name: self._in_a_row(own) if name in vectors else float(own[0, 0]) for name, own in rows.items()}

    def step(
        self, g: ArrayLike, f: float | None = None, hessdiag: ArrayLike | None = None, ask: Ask | None = None
    ) -> None:
        """Make one step.

        Parameters
        ----------
        g : float64 (n,)
            The gradient at the position.
        f : float, optional
            The loss there: rules may read it, and one that is not finite counts as divergence.
        hessdiag : float64 (n,), optional
            The diagonal of the Hessian there, for rules that read it.
        ask : callable, optional
            For rules that evaluate the loss at other points: given one (n,), it returns the loss there, its gradient
            (n,) and, for ``hessdiag(p)``, the diagonal of the Hessian (n,).

        Raises
        ------
        ValueError
            Where the rule reads what is not given, or something has another size than the position.
        """
        _check_given(self._reads[0], f, hessdiag)
        self._write(self._answers[0, DIMENSIONS:], 0.0 if f is None else f, g, hessdiag)
        if not self._begun:
            self._begin(f, hessdiag, ask)
        if self.diverged is None:
            self._advance(ask)

    def _advance(self, ask: Ask | None) -> None:
        hyper = np.array(list(self.rule.hyperparameters.values()))
        table = self._kernel.prepare(self.t + 1, 1, hyper, NO_PARAMETERS)
        # Points depend on the answers of earlier rounds: until all are known, the step is made on copies to find them.
        for number_of_round in range(max(self._rounds[1:], default=-1) + 1):
            self._kernel.run(self._block.copy(), self._left.copy(), self.t + 1, table, NO_PARAMETERS)
            for number in (number for number, own in enumerate(self._rounds) if number and own == number_of_round):
                point = self._in_a_row(self._answers[number, :DIMENSIONS])
                self._ask(ask, point, self._reads[number], self._answers[number, DIMENSIONS:])
        self._kernel.run(self._block, self._left, self.t + 1, table, NO_PARAMETERS)
        left = float(self._left.min())
        if left < np.inf:
            self.diverged = int(left)
        else:
            self.t += 1

    def _begin(self, f: float | None, hessdiag: ArrayLike | None, ask: Ask | None) -> None:
        """Initialise the states; ``init`` lines may evaluate the loss at the start and elsewhere."""
        start, elsewhere = self._block.tobytes(), dict[tuple[bytes, bool], Array]()

        def loss_at(component: int, point: Sequence[Array]) -> Array:
            place, bent = np.array(point), component >= FIRST_ORDER
            answers = self._answers[0, DIMENSIONS:]
            if place.tobytes() == start:
                _check_given({component}, f, hessdiag)
            elif (place.tobytes(), bent) in elsewhere:
                answers = elsewhere[place.tobytes(), bent]
            else:
                answers = elsewhere[place.tobytes(), bent] = np.empty_like(answers)
                self._ask(ask, self._in_a_row(place), {component}, answers)
            answer: Array = answers[component]
            return answer

        self._block = start_block(self.rule.update, self._block.T, self.rule.hyperparameters, loss_at, self._seed, 0)
        self._begun = True

    def _ask(self, ask: Ask | None, point: Array, read: set[int], answers: Array) -> None:
        """Write the loss and its derivatives at a point into `answers`; the rule reads the components `read`."""
        if ask is None:
            raise ValueError('This rule asks for the loss at other points too: give a function of a point as "ask".')
        f, g, *bend = ask(point)
        if not bend and max(read) >= FIRST_ORDER:
            raise ValueError('This rule reads second derivatives elsewhere: "ask" must return their diagonal as well.')
        self._write(answers, f, g, *bend)

    def _write(self, answers: Array, f: float, g: ArrayLike, hessdiag: ArrayLike | None = None) -> None:
        answers[0] = f
        self._put(g, answers[1:FIRST_ORDER])
        if hessdiag is not None:
            self._put(hessdiag, [answers[component_along(FIRST_ORDER, number)] for number in range(DIMENSIONS)])

    def _put(self, numbers: ArrayLike, rows: Array | Sequence[Array]) -> None:
        """Write numbers (n,) as x and y of pairs into two rows; padding repeats the last one."""
        given = np.asarray(numbers, dtype=np.float64)
        if given.shape != (self._size,):
            raise ValueError(f"A row of {self._size:,} numbers is needed, and this is an array of shape {given.shape}.")
        for coordinate, row in enumerate(rows):
            own = given[coordinate::DIMENSIONS]
            row[: own.size], row[own.size :] = own, given[-1]

    def _in_a_row(self, pairs: Array) -> Array:
        """Return x and y of pairs, float64 (2, pairs), as numbers (n,)."""
        row: Array = pairs.T.reshape(-1)[: self._size].copy()
        return row


def over(rule: RuleSettings, start: ArrayLike, seed: int) -> NDimensionalRule:
    """Return `rule` at `start` (n,), before its first step; the result keeps its settings, and does not copy them.

    Raises
    ------
    FormulaError
        Where a coordinate is not updated by itself.
    ValueError
        Where `start` is no row of numbers.
    """
    mixing = rule.update.mixing
    if mixing is not None:
        message = f'With "{mixing.function}", a coordinate is not updated by itself: this rule is for two of them.'
        hint = "Rules that go over any number do without sums, lengths and numbers of coordinates."
        raise FormulaError(message, mixing.start, mixing.end, hint)
    return NDimensionalRule(rule, _code_of(rule.written), start, seed)


@lru_cache(MOST_CODES)
def _code_of(text: RuleText) -> StepCode:
    """Return the machine code of one rule for losses that are computed elsewhere."""
    return StepCode(Update(text).step, given=True)


def _check_given(read: set[int], f: float | None, hessdiag: ArrayLike | None) -> None:
    """Raise a ValueError where some of the components that a rule reads at its position are not given."""
    if 0 in read and f is None:
        raise ValueError('This rule reads the loss: give it as "f".')
    if max(read, default=0) >= FIRST_ORDER and hessdiag is None:
        raise ValueError('This rule reads second derivatives: give their diagonal as "hessdiag".')
