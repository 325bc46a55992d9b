"""A racer's modifiers, its wrappers and schedules: a block for each on its card, and the list to add one from."""
