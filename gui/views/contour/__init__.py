"""The contour view: a landscape from above with the trails of its racers, in one plot or a plot a racer."""
