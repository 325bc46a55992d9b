"""What follows a race from step to step, there and back: swarms beside a racer."""
