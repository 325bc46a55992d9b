"""What a person who types a rule must know: the names that a rule reads, and what becomes of all others."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

OWN_ROW = "A rule of your own ..."
"""The first row of the list of optimizers."""
NAMES: Mapping[str, str] = {
    "w": "position at the step",
    "g": "gradient at w",
    "f": "loss at w",
    "t": "step, from 1",
}
"""The names that every rule may read."""
SHORT_UNTIL = " at "
"""Where a short line ends the meaning of a name."""
OTHERS = "Every other name becomes a slider, or is kept from step to step if the rule assigns it: v = 0.9*v + g."
SEARCHED = "a rule of your own own type write new custom empty"
"""The words by which a search finds the row."""


def names_in_a_line() -> str:
    """Return the names and what they mean, as rich text of one line; as short as a small window needs it."""
    first = (f"<b>{name}</b> {meaning.partition(SHORT_UNTIL)[0]}" for name, meaning in NAMES.items())
    return f"{' &nbsp;'.join(first)} &nbsp;other names are sliders"


def own_rule_page(rule: str) -> list[str]:
    """Return what the list says of a rule of one's own, which begins as `rule`: paragraphs of rich text."""
    rows = "".join(f"<tr><td><b>{name}</b>&nbsp;&nbsp;</td><td>{meaning}</td></tr>" for name, meaning in NAMES.items())
    return [
        "<b>A rule of your own</b>",
        "You type one step of an optimizer; it races while you type. It begins as plain gradient descent:",
        f"<pre style='white-space: pre-wrap'>{escape(rule)}</pre>",
        f"<table style='margin-top: 10px'>{rows}</table>",
        escape(OTHERS),
    ]
