"""What is known of an optimizer, in words: paragraphs of rich text for whoever shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from engine.language.errors import FormulaError
from engine.optimizers import Optimizer
from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import RacerChoice

BY_EQUATIONS = "makes the steps that its paper's equations say"
"""The proof of a rule that no public implementation has."""

CLOSENESS = " to "
"""Stands in a badge before the largest error."""


def description(optimizer: Optimizer, rule: bool = True) -> Iterator[str]:
    """Give what an entry says, paragraph by paragraph, with its `rule` or without."""
    yield f"<b>{escape(optimizer.name)}</b>"
    yield escape(optimizer.summary)
    if optimizer.warning:
        yield f"<b>Mind:</b> {escape(optimizer.warning)}"
    if rule:
        yield f"<pre style='white-space: pre-wrap'>{escape(optimizer.rule)}</pre>"
    source = escape(optimizer.source)
    yield f'<a href="{escape(optimizer.link)}">{source}</a>' if optimizer.link else source
    if optimizer.differs:
        yield f"Differs from the paper: {escape(optimizer.differs)}."


def own_description(saved: RacerChoice) -> Iterator[str]:
    """Give what is known of an optimizer of one's own, paragraph by paragraph; its rule may be wrong by now."""
    yield f"<b>{escape(saved.name)}</b>"
    yield f"Yours, made of {escape(saved.optimizer)}."
    try:
        settings = saved.entry.playground | saved.values
        yield f"<pre style='white-space: pre-wrap'>{escape(saved.rule_text)}</pre>"
        yield escape(told({name: settings[name] for name in saved.entry.playground}, joint=", "))
    except FormulaError as error:
        yield f"It cannot race any more. {escape(str(error))}"


def function_description(optimizer: FunctionOptimizer) -> Iterator[str]:
    """Give what is known of a step of one's own, paragraph by paragraph."""
    yield f"<b>{escape(optimizer.name)}</b>"
    if optimizer.summary:
        yield escape(optimizer.summary)
    yield f"A Python function of yours: {escape(optimizer.source)}."
    if optimizer.made.states:
        yield escape(f"From step to step it keeps {', '.join(optimizer.made.states)}.")


def told(settings: Mapping[str, float], joint: str = "\n") -> str:
    """Return `settings` one beneath the other, or with another `joint`."""
    return joint.join(f"{name} = {value:g}" for name, value in settings.items())


def proof_of(optimizer: Optimizer) -> str:
    """Return what an optimizer is held against, as a paragraph."""
    badge = optimizer.badge or BY_EQUATIONS
    return f"<b>✓</b> {escape(badge[0].upper() + badge[1:])}."


def mark_of(optimizer: Optimizer) -> str:
    """Return how closely an optimizer follows what it is held against, and a sign where there is a warning."""
    _, follows, error = optimizer.badge.rpartition(CLOSENESS)
    return "  ".join(filter(None, ["⚠" if optimizer.warning else "", f"✓ {error}" if follows else ""]))


def page(*paragraphs: str) -> str:
    """Return `paragraphs` one beneath the other."""
    return "".join(one if one.startswith("<pre") else f"<p>{one}</p>" for one in paragraphs)
