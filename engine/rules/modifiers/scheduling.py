"""Scheduling: the rule that schedules make of another rule, whose learning rate they multiply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.language.errors import FormulaError
from engine.language.syntax.rule_text import RuleText, joined, joined_lines, of_name, unused
from engine.rules.modifiers.schedule import RATE, Schedule
from engine.rules.optimizer import Optimizer

CLOCK = RuleText("clock = max(1, t - delay)")
"""The number of the step for schedules that wait until a warm-up has ended."""
PRODUCT, TIMES, END_OF_FACTOR = RuleText(f" = {RATE}"), RuleText("*("), RuleText(")")


def scheduled(optimizer: Optimizer, *schedules: Schedule) -> Optimizer:
    """Return `optimizer` with its learning rate multiplied by every one of `schedules`.

    Their hyperparameters follow its own, in order; one whose name is taken has a number after it.  A warm-up comes
    first in time, wherever it stands.

    Raises
    ------
    FormulaError
        Where the rule has no learning rate after its first step, or there are two warm-ups.
    """
    rule = optimizer.rule_text
    if not rule.reads(RATE):
        message = f"{optimizer.name} asks for no learning rate from step to step."
        raise FormulaError(message, hint="Leave the schedule out.")
    check_together(schedules)
    taken = {*rule.names, *optimizer.defaults}
    renamings = [_renaming(schedule, taken) for schedule in schedules]
    rate = unused("lr_t", taken)
    lines = _lines_of_rate(rate, unused("s", taken | {rate}), schedules, renamings)
    return optimizer.modified(
        " | ".join([optimizer.name, *(schedule.name for schedule in schedules)]),
        joined_lines([*lines, rule.with_names_in_steps({RATE: rate})]),
        [replace(spec, name=new[spec.name]) for schedule, new in zip(schedules, renamings, strict=True)
         for spec in schedule.hyperparameters],
    )  # fmt: skip


def check_together(schedules: Sequence[Schedule]) -> None:
    """Raise a FormulaError where there are two warm-ups among `schedules`."""
    if sum(bool(schedule.delays) for schedule in schedules) > 1:
        raise FormulaError("One warm-up is enough.", hint="Leave the others out.")


def _lines_of_rate(
    rate: str, clock: str, schedules: Sequence[Schedule], renamings: Sequence[Mapping[str, str]]
) -> list[RuleText]:
    """Return the lines that give `rate` its value in each step; `clock` is a name for the time without a warm-up."""
    delays = [new[schedule.delays] for schedule, new in zip(schedules, renamings, strict=True) if schedule.delays]
    waits = bool(delays) and len(schedules) > 1
    lines = [CLOCK.with_names({"clock": clock, "delay": delays[0]})] if waits else []
    product = [of_name(rate), PRODUCT]
    for schedule, new in zip(schedules, renamings, strict=True):
        time = {"t": clock} if waits and not schedule.delays else {}
        *definitions, factor = schedule.text.with_names({**new, **time}).line_texts()
        lines += definitions
        product += [TIMES, factor, END_OF_FACTOR]
    return [*lines, joined(product)]


def _renaming(schedule: Schedule, taken: set[str]) -> dict[str, str]:
    """Return an unused name for each name that is the schedule's own, and add these to `taken`."""
    renaming: dict[str, str] = {}
    for name in (*schedule.defaults, *schedule.text.names_defined):
        renaming[name] = unused(name, taken)
        taken.add(renaming[name])
    return renaming
