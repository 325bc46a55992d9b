"""What studies race on and with: the landscape and the racers of the session, as they were when a study began."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.rows import Data, columns_of
from engine.language.errors import FormulaError
from engine.language.types import Bounds, Point
from engine.loss.loss import Loss
from engine.loss.machine_loss import MachineLoss
from engine.loss.transform import Transform
from engine.race.racer import AnyRule
from engine.race.randomness import Randomness, noisy, strength
from gui.files.function_loader import FunctionLoader
from gui.session.choices import RacerChoice
from gui.session.session import Session


@dataclass(frozen=True, eq=False)
class StudyGround:
    """A landscape of the session.

    Attributes
    ----------
    formula : str
    parameters : dict
    data : Data or None
    transform : Transform
    function : MachineLoss or None
        The loss of a Python function, which is raced on in the place of the formula.
    bounds, start, batch
        Those of the session.
    randomness : Randomness
    """

    formula: str
    parameters: dict[str, float]
    data: Data | None
    transform: Transform
    function: MachineLoss | None
    bounds: Bounds
    start: Point
    batch: int | None
    randomness: Randomness

    def loss(self) -> MachineLoss:
        """Return a compiled loss of its own, which may take a while: not for the window's thread.

        Raises
        ------
        FormulaError
            Where the data cannot be read.
        """
        if self.function is None:
            loss: MachineLoss = Loss(self.formula, {}, columns_of(self.data), self.transform)
        else:
            loss = self.function.with_transform(self.transform)
        loss.set(**{name: value for name, value in self.parameters.items() if name in loss.parameters})
        return loss.compile()

    def batch_of(self, loss: MachineLoss) -> int | None:
        """Return how many rows a step learns from; None for all, or where there are none."""
        return self.batch if loss.columns is not None else None

    def rule(self, racer: RacerChoice) -> AnyRule:
        """Return the compiled rule of a racer, with its values and the noise of the race."""
        entry = racer.entry
        return noisy(entry, self.randomness).compile(**racer.values, **strength(entry, self.randomness))


def ground_of_session(session: Session, functions: FunctionLoader) -> StudyGround:
    """Return what the session races on.

    Raises
    ------
    FormulaError
        Where it races on nothing yet.
    """
    function = None
    if session.function is not None:
        function = functions.loss(session.function)
        if function is None:
            raise FormulaError("The file of the Python function has not been run yet.")
    elif not session.good_formula:
        raise FormulaError("There is no landscape to race on yet.")
    return StudyGround(
        session.good_formula, dict(session.parameters), session.data, session.transform, function, session.bounds,
        session.start, session.batch, session.randomness,
    )  # fmt: skip
