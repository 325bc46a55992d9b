"""The mathematics of Descent Derby, without a window: losses and rules from texts, races, swarms and leagues.

A *loss* is a compiled formula, a *rule* the text of one update step, a *racer* a rule with its settings and its trail,
a *swarm* many starts of one racer, a *league* many racers on many landscapes, each tuned with the same care.  A
*basin map* says where all starts end, a *sweep* which settings work.
"""

from engine.language.errors import FormulaError
from engine.loss.loss import Loss, compile_loss
from engine.optimizers import OPTIMIZERS
from engine.optimizers.function_optimizer import function_optimizer
from engine.race.maps.basins import BasinMap, Basins, basins
from engine.race.maps.box_dimension import box_dimension
from engine.race.maps.sweep import Sweep, SweepMap, sweep
from engine.race.race import Race
from engine.race.swarm import Swarm
from engine.rules.rule import Rule, compile_rule
from engine.tuning.league import league
from engine.tuning.tune import tune

__all__ = [
    "OPTIMIZERS", "BasinMap", "Basins", "FormulaError", "Loss", "Race", "Rule", "Swarm", "Sweep", "SweepMap", "basins",
    "box_dimension", "compile_loss", "compile_rule", "function_optimizer", "league", "sweep", "tune",
]  # fmt: skip
