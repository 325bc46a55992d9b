"""Wrapping: the rule that a wrapper makes of another rule."""

from __future__ import annotations

from dataclasses import replace

from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import (
    SECOND_DERIVATIVES,
    RuleText,
    joined,
    joined_lines,
    of_name,
    unused,
)
from engine.rules.modifiers.wrappers import Wrapper
from engine.rules.optimizer import Optimizer

ASSIGNS_GRADIENT = RuleText("g = ")
GRADIENT_AT_POINT = RuleText("grad(p)")
FUNCTION_OF_POINT = RuleText("(p) = ")
LOSS_AT_RULE = RuleText("f_z = loss(w)")
"""The loss at the rule's own position, for rules that read it as ``f``."""


def wrapped(optimizer: Optimizer, wrapper: Wrapper) -> Optimizer:
    """Return `optimizer` with its rule changed by `wrapper`.

    Its hyperparameters follow those of the optimizer, in order.  A name of the wrapper that the rule has too gets a
    number after it.  Where the rule asks for gradients at other points, it gets those of the wrapper there too.

    Raises
    ------
    FormulaError
        Where the rule asks for nothing that the wrapper could change, or for more than it can.
    """
    _check(optimizer, wrapper)
    rule = optimizer.rule_text
    taken = {*rule.names, *optimizer.defaults}
    renaming = {name: unused(name, taken) for name in wrapper.own_names}
    before, after, gradient = (text.with_names(renaming) for text in wrapper.texts)
    lines, rule = _with_changed_questions(rule, wrapper, renaming, gradient, taken | {*renaming.values()})
    return optimizer.modified(
        f"{optimizer.name} | {wrapper.name}",
        joined_lines([before, *lines, rule, after]),
        [replace(spec, name=renaming[spec.name]) for spec in wrapper.hyperparameters],
    )


def _with_changed_questions(
    rule: RuleText, wrapper: Wrapper, renaming: dict[str, str], gradient: RuleText, taken: set[str]
) -> tuple[list[RuleText], RuleText]:
    """Return lines that stand before a rule, and the rule, changed where it asks for loss, gradient and Hessian.

    `gradient` is that of the wrapper under the names of `renaming`; `taken` are the names that cannot be given again.
    """
    lines: list[RuleText] = []
    if wrapper.moves_the_rule and rule.reads("f"):
        loss = unused("f_z", taken)
        lines.append(LOSS_AT_RULE.with_names({"f_z": loss}))
        rule = rule.with_names_in_steps({"f": loss})
    if wrapper.moves_the_rule:
        rule = rule.with_point(renaming["z"])
    if gradient.text and rule.reads("grad"):
        name = unused(f"grad_{wrapper.name}", taken)
        at_point = gradient.with_names({"w": "p", "g": GRADIENT_AT_POINT})
        lines.append(joined([of_name(name), FUNCTION_OF_POINT, at_point]))
        rule = rule.with_names_in_steps({"grad": name})
    if gradient.text and rule.needs("g"):
        lines.append(joined([ASSIGNS_GRADIENT, gradient]))
    return lines, rule


def _check(optimizer: Optimizer, wrapper: Wrapper) -> None:
    rule = optimizer.rule_text
    if wrapper.gradient and not (rule.needs("g") or rule.reads("grad")):
        message = f'{optimizer.name} asks for no gradient that "{wrapper.name}" could change.'
        raise FormulaError(message, hint="Leave the wrapper out.")
    if wrapper.moves_the_rule and any(rule.reads_in_function(name) for name in SECOND_DERIVATIVES):
        # The lines of a function have no position of their own that could be replaced by that of the rule.
        message = f'{optimizer.name} asks for the Hessian in a function, and "{wrapper.name}" draws it elsewhere.'
        raise FormulaError(message, hint="Ask for it in a line of the rule.")
