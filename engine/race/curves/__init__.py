"""Curves of what a rule computes, along the steps of a race.

- `rate_terms`: by which factors the lines of a rule lead from the gradient to the step, read from its text.
- `rate`: the effective rate of each coordinate in some updates.
- `momentum`: which state of a rule is the running sum or mean of its gradients.
- `sharpness`: the largest second derivative of the loss, as the steps of a rule meet it.
- `quantities`: what can be drawn of a rule, and its values in some updates.
- `series`: the values of one quantity along one racer's steps, in bounded memory.
"""
