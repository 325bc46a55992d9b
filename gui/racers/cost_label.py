"""What a racer costs: how often it evaluates the loss, its gradient or its Hessian."""

from __future__ import annotations

from collections.abc import Mapping

from engine.live.frame import RacerFrame
from gui.widgets.elided_label import ElidedLabel

PLURALS = {"loss": "losses", "gradient": "gradients", "Hessian": "Hessians"}

EACH_STEP = (
    "That is what each of its steps asks of the loss, and what a step costs where the loss is dear. A racer that asks "
    "twice as much should get there in half of the steps."
)
SO_FAR = "It has asked for the loss or its slopes so often until now; how often a step asks differs from step to step."


class CostLabel(ElidedLabel):
    """The cost of one racer, in a line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("muted")

    def show_racer(self, racer: RacerFrame) -> None:
        """Show what the racer costs."""
        text = cost_of(racer.evaluations, racer.asks)
        if text != self.text():
            self.setText(text)
            self.setToolTip(f"{text[:1].upper()}{text[1:]}. {SO_FAR if racer.evaluations is not None else EACH_STEP}")


def cost_of(evaluations: int | None, asks: Mapping[str, int]) -> str:
    """Return a racer's cost in words.

    Parameters
    ----------
    evaluations : int or None
        Evaluations so far, for a solver whose number of them varies from step to step.
    asks : mapping
        For other racers how often each step asks for the loss, the gradient and the Hessian.
    """
    if evaluations is not None:
        return f"{evaluations:,} evaluation{'s' * (evaluations != 1)}"
    counts = [f"{count} {PLURALS[what] if count > 1 else what}" for what, count in asks.items()]
    return f"{' + '.join(counts)} a step" if counts else ""
