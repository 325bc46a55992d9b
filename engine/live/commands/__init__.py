"""What can be asked of a race under way, one frozen dataclass a command.

A command holds its arguments, and `apply` carries it out on the runner's thread.  `landscape` has the commands about
the loss and its samples, `racers` those about who races from where, `playback` those about time, `replay` the one
that repeats a whole race, and `watching` those about what is told of a race.
"""

from engine.live.commands.command import Command, newest_only
from engine.live.commands.landscape import (
    ReturnToStood,
    SetBounds,
    SetData,
    SetFormula,
    SetHeight,
    SetLoss,
    SetParameter,
    SetTransform,
    SetViewport,
)
from engine.live.commands.playback import GoBack, Pause, Play, Restart, Seek, SetFinish, SetSpeed, SetStop, Step
from engine.live.commands.racers import SetBatch, SetHyperparameter, SetRacers, SetRandomness, SetStart, TimeSteps
from engine.live.commands.replay import ReplayRace
from engine.live.commands.watching import DrawQuantity, WatchSteps

__all__ = [
    "Command", "DrawQuantity", "GoBack", "Pause", "Play", "ReplayRace", "Restart", "ReturnToStood", "Seek", "SetBatch",
    "SetBounds", "SetData", "SetFinish", "SetFormula", "SetHeight", "SetHyperparameter", "SetLoss", "SetParameter",
    "SetRacers", "SetRandomness", "SetSpeed", "SetStart", "SetStop", "SetTransform", "SetViewport", "Step", "TimeSteps",
    "WatchSteps", "newest_only",
]  # fmt: skip
