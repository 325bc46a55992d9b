"""What is known of an optimizer, as paragraphs of rich text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from engine.language.errors import FormulaError
from engine.optimizers import Optimizer
from engine.optimizers.function_optimizer import FunctionOptimizer
from gui.session.choices import RacerChoice

BY_EQUATIONS = "makes the steps that its paper's equations say"
"""What is tested of a rule that no public implementation has."""

EDITED = "The rule was edited, so it is tested against nothing."
PAPERS_RULE = "The paper's rule, before your changes:"

CLOSENESS = " to "
"""The word of a badge that stands before the largest error."""


def description(optimizer: Optimizer, rule: bool = True) -> Iterator[str]:
    """Yield the paragraphs of a catalogue entry, with its `rule` or without."""
    yield f"<b>{escape(optimizer.name)}</b>"
    yield escape(optimizer.summary)
    if optimizer.warning:
        yield f"<b>Note:</b> {escape(optimizer.warning)}"
    if rule:
        yield f"<pre style='white-space: pre-wrap'>{escape(optimizer.rule)}</pre>"
    yield linked_source(optimizer)
    if optimizer.differs:
        yield f"Differs from the paper: {escape(optimizer.differs)}."


def edited_description(optimizer: Optimizer) -> Iterator[str]:
    """Yield the paragraphs of a catalogue entry whose rule a person has changed: its paper describes another rule."""
    yield f"<b>{escape(optimizer.name)}, edited</b>"
    yield EDITED
    yield f"{PAPERS_RULE} {linked_source(optimizer)}"


def rule_summary(racer: RacerChoice) -> str:
    """Return a sentence on what a racer runs; of an edited rule the paper's summary would not be true."""
    if racer.is_own_rule:
        return "A rule of your own."
    return f"The rule of {racer.original.name} with your changes." if racer.rule else racer.entry.summary


def own_description() -> Iterator[str]:
    """Yield the paragraphs of a rule that a person typed from the beginning."""
    yield "<b>A rule of your own</b>"
    yield "It comes from no paper, and is tested against nothing."


def linked_source(optimizer: Optimizer) -> str:
    """Return the paper of an optimizer as rich text, a link where the entry has one."""
    source = escape(optimizer.source)
    return f'<a href="{escape(optimizer.link)}">{source}</a>' if optimizer.link else source


def saved_description(saved: RacerChoice) -> Iterator[str]:
    """Yield the paragraphs of a saved optimizer; its rule may have a mistake by now."""
    yield f"<b>{escape(saved.name)}</b>"
    yield "A rule of your own." if saved.is_own_rule else f"Your own, made from {escape(saved.optimizer)}."
    try:
        settings = {**saved.entry.playground, **saved.values}
        yield f"<pre style='white-space: pre-wrap'>{escape(saved.rule_text)}</pre>"
        yield escape(settings_text({name: settings[name] for name in saved.entry.playground}, separator=", "))
    except FormulaError as error:
        yield f"It cannot race any more: its rule has a mistake. {escape(str(error))}"


def function_description(optimizer: FunctionOptimizer) -> Iterator[str]:
    """Yield the paragraphs of an optimizer whose step is a person's function."""
    yield f"<b>{escape(optimizer.name)}</b>"
    if optimizer.summary:
        yield escape(optimizer.summary)
    yield f"A Python function of yours: {escape(optimizer.source)}."
    if optimizer.made.states:
        yield escape(f"From step to step it keeps {', '.join(optimizer.made.states)}.")


def settings_text(settings: Mapping[str, float], separator: str = "\n") -> str:
    """Return `settings` as text, one a line, or with another `separator`."""
    return separator.join(f"{name} = {value:g}" for name, value in settings.items())


def proof_of(optimizer: Optimizer) -> str:
    """Return the paragraph that says what an optimizer is tested against."""
    badge = optimizer.badge or BY_EQUATIONS
    return f"<b>✓</b> {escape(badge[0].upper() + badge[1:])}."


def mark_of(optimizer: Optimizer) -> str:
    """Return how closely an optimizer follows what it is tested against, and a sign where it has a warning."""
    _, follows, error = optimizer.badge.rpartition(CLOSENESS)
    return "  ".join(filter(None, ["⚠" if optimizer.warning else "", f"✓ {error}" if follows else ""]))


def page(*paragraphs: str) -> str:
    """Return `paragraphs` as one rich text."""
    return "".join(one if one.startswith(("<pre", "<table")) else f"<p>{one}</p>" for one in paragraphs)
