"""What all losses of one formula share: its graph with its slopes, and its machine code, made when it is first used."""

from __future__ import annotations

from functools import lru_cache

from engine.language.codegen.loss_kernel import (
    FIRST_ORDER,
    LossGraph,
    MemberCode,
    compile_loop,
    compile_point,
    compile_slopes,
)
from engine.language.codegen.machine_code import OPTIMISED, QUICK, Code
from engine.language.graph.derivative import differentiate
from engine.language.syntax.names import VARIABLES
from engine.loss.formula import build_formula, untransformed
from engine.loss.transform import TRANSFORM_NAMES, transformed_variables
from engine.machine.garbage_collector import collector_paused
from engine.machine.locked_cached_property import locked_cached_property

MOST_KEPT = 24
"""Formulas whose code is kept for losses to come: more than a path of lessons has."""


class LossCode:
    """The graph and the machine code of a formula.

    Parameters and rows are arguments of the code, so that losses which differ in these alone have it in common.

    Attributes
    ----------
    names : tuple of str
        The parameters of the formula.
    """

    def __init__(self, text: str, columns: tuple[str, ...], is_transformed: bool) -> None:
        variables = transformed_variables if is_transformed else untransformed
        with collector_paused():
            self._graph, value = build_formula(text, columns, variables)
            self._outputs = [value]
            for variable in VARIABLES:
                self._outputs.append(differentiate(self._graph, value, variable))
                self._graph.check_size(0, len(text))
        found = self._graph.names_in([value])
        self.names = tuple(name for name in found if name not in {*VARIABLES, *TRANSFORM_NAMES, *columns})
        self._columns, self._numbers = columns, (*self.names, *(TRANSFORM_NAMES if is_transformed else ()))

    @locked_cached_property
    def landscape(self) -> LossGraph:
        """The graph of the loss and its slopes."""
        return LossGraph(self._graph, self._outputs, self._numbers, self._columns)

    @locked_cached_property
    def curved_landscape(self) -> LossGraph:
        """The graph of the loss, its slopes and its second derivatives."""
        gx, gy = self._outputs[1:]
        pairs = ((gx, "x"), (gx, "y"), (gy, "y"))
        seconds = [differentiate(self._graph, slope, variable) for slope, variable in pairs]
        return self.landscape.with_outputs([*self._outputs, *seconds])

    @locked_cached_property
    def quick(self) -> Code:
        """Unoptimised code of ``value`` alone; that with slopes for a large formula."""
        # Compiling a large formula takes so long that it is done once, with slopes.
        if self.landscape.is_large:
            return self.slopes
        # With many rows a point, optimised code soon saves the time that optimising takes.
        level = OPTIMISED if self._columns else QUICK
        return compile_loop("value", self.landscape.with_outputs(self._outputs[:1]), level)

    @locked_cached_property
    def slopes(self) -> Code:
        """The code of value and gradient."""
        return compile_slopes(self.landscape)

    @locked_cached_property
    def curved(self) -> Code:
        """The code of value, gradient and second derivatives at one point."""
        return compile_point(self.curved_landscape)

    @locked_cached_property
    def hessian(self) -> Code:
        """The code of the second derivatives over arrays."""
        return compile_loop("hessian", self.landscape.with_outputs(self.curved_landscape.outputs[FIRST_ORDER:]))

    @locked_cached_property
    def member(self) -> MemberCode:
        """The code for instances that have parameters of their own."""
        return MemberCode(self.landscape)

    @locked_cached_property
    def curved_member(self) -> MemberCode:
        """The same with second derivatives."""
        return MemberCode(self.curved_landscape)


@lru_cache(MOST_KEPT)
def code_of(text: str, columns: tuple[str, ...], is_transformed: bool) -> LossCode:
    """Return the code of a formula; losses of one formula share it, and it is made ahead by whoever asks first.

    Raises
    ------
    FormulaError
        Where the text is no formula.
    """
    return LossCode(text, columns, is_transformed)
