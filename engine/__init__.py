"""The mathematics of Descent Derby, without a window: losses and rules from texts, races and swarms.

A *loss* is a compiled formula, a *rule* the text of one update step, a *racer* a rule with its settings and its trail,
a *swarm* many starts of one racer.
"""

from engine.language.errors import FormulaError
from engine.loss.loss import Loss, compile_loss
from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import function_optimizer
from engine.race.race import Race
from engine.race.swarm import Swarm
from engine.rules.rule import Rule, compile_rule

__all__ = [
    "OPTIMIZERS", "FormulaError", "Loss", "Race", "Rule", "Swarm", "compile_loss", "compile_rule", "function_optimizer",
]  # fmt: skip
