"""The wrappers and schedules of one racer, as blocks on its card."""
