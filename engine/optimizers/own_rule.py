"""The optimizer with which a person's own rule begins: plain gradient descent, which no list of optimizers shows."""

from engine.rules.hyperparameters import learning_rate
from engine.rules.optimizer import Optimizer

OWN_RULE = Optimizer(
    "OwnRule",
    "w = w - lr*g",
    (learning_rate(1e-3, 3e-3),),
    "",
    "A rule that you type: one step of an optimizer, as formulas, a line each. It begins as plain gradient descent.",
)
