"""What every name of a rule's text is in one step of a racer.

- `record`: the values of one step, which views are handed.
- `replay`: makes earlier steps of a racer again, beside the race.
- `updates`: some updates of a racer and what held for each.
- `lines`: what each line of a rule assigns in these updates.
- `made`: puts them together for one update.
- `watch`: the values of any step of one racer of a race.
"""
