"""Makes earlier updates of a racer again, beside the race, which does not notice."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

from engine.language.types import Array
from engine.loss.machine_loss import MachineLoss
from engine.race.racer import AnyRule, Racer, RuleSpan
from engine.race.stepper import Stepper


@dataclass(frozen=True, eq=False)
class ReplayedUpdate:
    """One update: its number, the rule, its hyperparameters, and what the racer was before and after, (slots,)."""

    number: int
    rule: AnyRule
    hyper: Array
    before: Array
    after: Array


class Replay:
    """Goes along the steps of one racer; going on from where it is costs nothing but the steps between.

    Parameters
    ----------
    stepper : Stepper
        Knows what held for each step.
    loss : MachineLoss
    seed : int
        That of the race.
    racer : Racer
        It is not changed.
    """

    def __init__(self, stepper: Stepper, loss: MachineLoss, seed: int, racer: Racer) -> None:
        self._stepper, self._loss, self._seed, self._racer = stepper, loss, seed, racer
        self._generation: object = None
        self._span: object = None
        self._shadow = copy(racer)
        self._step = 0

    def reaches(self, number: int) -> bool:
        """Return whether it is still known how the update with this number was made."""
        return number >= 1 and self.rule_of(number) is not None

    def rule_of(self, number: int) -> AnyRule | None:
        """Return the rule by which an update was made, None where that is forgotten."""
        span = self._span_of(number)
        return None if span is None else span.rule

    def update(self, number: int) -> ReplayedUpdate:
        """Return the update with this number, which the racer has made and which can be reached."""
        span = self._span_of(number)
        assert span is not None, "ask whether it is reached"
        self._go_to(number - 1, span)
        before = self._shadow.block[:, 0].copy()
        self._stepper.make(self._shadow, number - 1, number)
        self._step = number
        hyper = span.settings.value_at(number - 1)
        return ReplayedUpdate(number, span.rule, hyper, before, self._shadow.block[:, 0].copy())

    def coming(self, step: int) -> ReplayedUpdate:
        """Return the update that the racer, which is at `step`, would make next with the settings of now."""
        shadow = copy(self._racer)
        shadow.block, shadow.diverged, shadow.diverged_at = shadow.block.copy(), shadow.diverged.copy(), None
        before = shadow.block[:, 0].copy()
        self._stepper.make(shadow, step, step + 1)
        return ReplayedUpdate(step + 1, shadow.rule, shadow.settings.value_at(step), before, shadow.block[:, 0].copy())

    def conditions(self, number: int) -> tuple[object, ...]:
        """Return what decides on the update with this number, made or next; equal for equal updates."""
        span, step, generation = self._span_of(number), number - 1, self._racer.history.generation
        hyper = span.settings.value_at(step).tobytes() if span is not None else b""
        parameters = self._stepper.parameters_at(step).tobytes()
        return (
            generation,
            id(span.settings if span is not None else None),
            hyper,
            parameters,
            id(self._stepper.batches_at(step)),
        )

    def _span_of(self, number: int) -> RuleSpan | None:
        """Return the racer while the rule held by which it made an update; None where that is forgotten."""
        spans = [self._racer, *reversed(self._racer.earlier)]
        return next((span for span in spans if span.checkpoints[0][0] < number), None)

    def _go_to(self, step: int, span: RuleSpan) -> None:
        """Put the shadow at `step`, which the racer passed while `span` held."""
        begin, block, diverged = next(entry for entry in reversed(span.checkpoints) if entry[0] <= step)
        # After a rewind the racer may have gone another way.
        stands = self._generation is self._racer.history.generation and self._span is span.settings
        if not stands or not begin <= self._step <= step:
            self._load(span)
            self._shadow.block, self._shadow.diverged, self._step = block.copy(), diverged.copy(), begin
        self._stepper.make(self._shadow, self._step, step)
        self._step = step

    def _load(self, span: RuleSpan) -> None:
        if self._span is not span.settings:
            self._shadow = copy(self._racer)
            if span is not self._racer:
                self._shadow.resume(span)
                self._shadow.kernel = span.rule.kernel(self._loss, self._seed)
        self._shadow.diverged_at = None
        self._generation, self._span = self._racer.history.generation, span.settings
