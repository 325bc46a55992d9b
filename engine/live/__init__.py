"""A race on a thread of its own: commands go in, frames come out.

- `runner`: the thread, with the queue of commands.
- `commands`: what can be asked of a race under way, one frozen dataclass a command.
- `race_controller`: carries out commands, advances the race, reports errors and takes frames; on that thread.
- `live_race`: the race, and the settings that outlive it when another landscape takes its place.
- `racer_settings`: what the window says of a racer, and the rule that is compiled from it.
- `race_log`: the settings of a race at its start and every later change, from which it is repeated.
- `recorder`: keeps that log while the race goes on, or the one that is being repeated.
- `minimum_tracker`: the minimum that losses are measured from, known or found.
- `finish`: who is done, and whether the race is held once everyone is.
- `watching`: the racers whose steps are watched by the names of their rules.
- `pacing`: how many steps are due, and how many a second are reached.
- `loss_snapshot`: the loss that is raced on as it was at one moment, for maps and swarms beside the race.
- `frame`: an immutable snapshot of the race for the views.
"""
