"""The names that `engine` offers to programs, gathered from their modules."""

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
