"""A race on a thread of its own: commands go in, frames come out.

- `runner`: the thread, with the queue of commands.
- `commands`: what can be asked of a race under way, one frozen dataclass a command.
- `race_controller`: carries out commands, advances the race, reports errors and takes frames; on that thread.
- `live_race`: the race, and the settings that outlive it when another landscape takes its place.
- `pacing`: how many steps are due, and how many a second are reached.
- `frame`: an immutable snapshot of the race for the views.
"""
