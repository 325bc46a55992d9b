"""What can be asked of a race under way, one frozen dataclass a command.

A command holds its arguments, and `apply` carries it out on the runner's thread.  `landscape` has the commands about
the loss and its samples, `racers` those about who races from where, `playback` those about time.
"""

from engine.live.commands.command import Command, newest_only
from engine.live.commands.landscape import (
    SetBounds,
    SetData,
    SetFormula,
    SetHeight,
    SetLoss,
    SetParameter,
    SetTransform,
    SetViewport,
)
from engine.live.commands.playback import GoBack, Pause, Play, Restart, Seek, SetSpeed, Step
from engine.live.commands.racers import SetBatch, SetHyperparameter, SetRacers, SetRandomness, SetStart

__all__ = [
    "Command", "GoBack", "Pause", "Play", "Restart", "Seek", "SetBatch", "SetBounds", "SetData", "SetFormula",
    "SetHeight", "SetHyperparameter", "SetLoss", "SetParameter", "SetRacers", "SetRandomness", "SetSpeed", "SetStart",
    "SetTransform", "SetViewport", "Step", "newest_only",
]  # fmt: skip
