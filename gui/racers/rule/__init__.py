"""The panel in which a racer's rule is edited, read while it is typed, and saved."""
