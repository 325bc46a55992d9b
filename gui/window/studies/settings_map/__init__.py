"""The window with maps of two settings and curves of one: which settings work, and how sharp their border is.

A *number* is what can be an axis: a hyperparameter of a racer, of its wrappers and schedules, or a parameter of the
formula.
"""
